"""How a widget keeps up with a drag, in headless Chromium: time to the next paint, lost frames.

Run: python benchmarks/latency.py [events]. Median and p95 in milliseconds, first 10 left out; the
events come at any moment of a frame of 16.7 ms. Then one event for each frame; frames are counted.
At last TrainDigits trains for three seconds at each of its speeds, and the Playground for four with
each of five networks; `train` instead of a number does only that.
"""

import contextlib
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from nnlib import widgets
from nnlib.widgets.bundle import bundle

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from tools import chromium  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="nnlib.css">
<script defer src="nnlib.js"></script><main style="max-width: 740px">{}</main>"""
DRAGS = {  # what is dragged: a widget and its slider, over the whole track, or a "pen" in an eight
    "Neuron, w1": (lambda: widgets.Neuron(derivative=True), "w1"),
    "Descent1D, eta": (lambda: widgets.Descent1D(steps=50), "eta"),
    "Descent2D, eta": (lambda: widgets.Descent2D(beta=0.5, steps=300), "eta"),
    "Descent2D, kappa": (lambda: widgets.Descent2D(C="two wells", beta=0.5, steps=300), "kappa"),
    "SGDPaths, eta": (lambda: widgets.SGDPaths(epochs=10), "eta"),
    "ChainNudge, nudge": (lambda: widgets.ChainNudge(links=2), "size"),
    "Playground, eta": (widgets.Playground, "eta"),
    "Playground, by hand": (lambda: widgets.Playground(layers=[8, 8], weight=0), "chosen"),
    "BackpropStepper, step": (lambda: widgets.BackpropStepper("2-3-1"), "step"),
    "DrawDigit, pen": (widgets.DrawDigit, "pen"),
}
MEASURE = """async ([name, events]) => {
  const slider = document.querySelector(`[data-slider=${name}]`);
  const [low, high] = [Number(slider?.min), Number(slider?.max)];
  const slide = (i) => {
    slider.value = low + ((high - low) * i) / events;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  Element.prototype.setPointerCapture = () => {}; // of a pointer that is none
  const draw = (i) => {
    const sheet = document.querySelector('.nnb-dd-sheet'), box = sheet.getBoundingClientRect();
    sheet.dispatchEvent(new PointerEvent(i ? 'pointermove' : 'pointerdown', { bubbles: true,
      clientX: box.x + box.width * (0.5 + 0.2 * Math.sin(0.3 * i)),
      clientY: box.y + box.height * (0.5 + 0.3 * Math.sin(0.15 * i)) }));
  };
  const act = name === 'pen' ? draw : slide;
  const paint = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  }));
  const handler = [], whole = [];
  for (let i = 0; i < events; i++) {
    await new Promise((done) => setTimeout(done, 5 + 7 * (i % 5)));
    const start = performance.now();
    act(i);
    handler.push(performance.now() - start);
    await paint();
    whole.push(performance.now() - start);
  }
  const times = [];
  for (let i = 0; i < events; i++) {
    times.push(await new Promise(requestAnimationFrame));
    act(i);
  }
  const lost = times.slice(11).map((t, i) => Math.round((t - times[i + 10]) / (1000 / 60)) - 1);
  return { handler, whole, lost };
}"""
TRAIN_DIGITS = """async (speed) => {
  const press = (name) => document.querySelector(`button[aria-label="${name}"]`).click();
  const updates = () => Number(document.querySelector('math [data-name=u]').dataset.value);
  Object.assign(document.querySelector('.nnb-player select'), { value: speed });
  const from = updates(), times = [performance.now()];
  press('Train');
  while (times.at(-1) < times[0] + 3000) times.push(await new Promise(requestAnimationFrame));
  press('Pause');
  const frames = times.slice(2).map((t, i) => Math.round((t - times[i + 1]) / (1000 / 60)));
  return { rate: (updates() - from) / 3, frames: frames.length,
    lost: frames.reduce((sum, n) => sum + Math.max(0, n - 1), 0) };
}"""
TRAININGS = {  # 500 points, half of them held back, as in TensorFlow Playground
    "4-2 tanh, 1 epoch a frame": {"pace": 1},
    "4-2 tanh, 10 epochs a frame": {"pace": 10},
    "4-2 tanh, 50 epochs a frame": {"pace": 50},
    "8-8-8-8 tanh, 10 epochs a frame": {"layers": [8] * 4},
    "8-8, three classes, last layer": {"data": "three arms", "layers": [8, 8],
                                       "view": "last layer"},
}
TRAIN_PLANE = """async (seconds) => {
  const epoch = () => Number(document.querySelector('[data-name=epochs]').dataset.value);
  document.querySelector('[aria-label=Train]').click();
  let start = performance.now(), last = start, gaps = [];
  let first = 0, seen = 0, drawn = 0, pictures = 0;
  for (let warm = true; last - start < 1000 * (warm ? 1 : seconds);) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    if (epoch() !== seen) { pictures++; drawn++; }
    seen = epoch();
    if (warm && last - start >= 1000) {
      [warm, start, first, pictures, gaps] = [false, last, seen, 0, []];
    }
  }
  document.querySelector('[aria-label=Pause]')?.click();
  const time = (last - start) / 1000;
  return { epochs: (seen - first) / time, pictures: pictures / time, gaps, drawn };
}"""
FIRST = """() => [performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime]"""


@contextlib.contextmanager
def shown(widget):
    """A page that holds nothing but this widget."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = Path(folder)
        (folder / "nnlib.js").write_text(bundle("page", esm=False), "utf8")
        (folder / "nnlib.css").write_text(widget._css, "utf8")
        html = PAGE.format(widget._repr_mimebundle_()[0]["text/html"])
        (folder / "page.html").write_text(html, "utf8")
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((folder / "page.html").as_uri())
        page.wait_for_timeout(300)
        yield page
        browser.close()


def measure(widget, slider, events):
    """Times of the handler and from input to paint, and of the page's first drawing."""
    with shown(widget) as page:
        return page.evaluate(MEASURE, [slider, events]), page.evaluate(FIRST)


def _tasks(session):
    """Seconds that the page's main thread has worked, however busy the computer is with others."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(item["value"] for item in metrics if item["name"] == "TaskDuration")


def trainings(seconds=4):
    """How fast TrainDigits and the Playground train, and draw meanwhile."""
    with shown(widgets.TrainDigits()) as page:
        for speed in ("0.25", "1", "4"):
            page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
            run = page.evaluate(TRAIN_DIGITS, speed)
            print(f"TrainDigits at {speed}x: {run['rate']:.0f} updates a second, "
                  f"frames lost {run['lost']} of {run['frames'] + run['lost']}")
    for label, traits in TRAININGS.items():
        with shown(widgets.Playground(n=500, **traits)) as page:
            cpu = page.context.new_cdp_session(page)
            cpu.send("Performance.enable", {"timeDomain": "threadTicks"})
            before = _tasks(cpu)
            got = page.evaluate(TRAIN_PLANE, seconds)
            work = 1000 * (_tasks(cpu) - before) / got["drawn"]
        p95 = statistics.quantiles(got["gaps"], n=20)[-1]
        print(f"{label:32} {got['epochs']:6.0f} epochs/s  {got['pictures']:4.1f} pictures/s  "
              f"p95 of a frame {p95:5.1f} ms  {work:5.1f} ms CPU each")


def main():
    if sys.argv[1:] == ["train"]:
        return trainings()
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    for label, (make, slider) in DRAGS.items():
        times, first = measure(make(), slider, events)
        print(f"{label}: drawn {first[0]:.0f} ms after opening a page that holds nothing else")
        for name, what in (("handler", "handler"), ("whole", "drag to paint")):
            values = times[name][10:]
            p95 = statistics.quantiles(values, n=20)[-1]
            print(f"  {what:16} median {statistics.median(values):5.1f} ms   p95 {p95:5.1f} ms")
        lost = sum(times["lost"])
        print(f"  frames lost      {lost} of {len(times['lost']) + lost}")
    trainings()


if __name__ == "__main__":
    main()
