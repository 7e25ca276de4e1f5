"""What the tests of all widgets share: reading the screen, moving things on it, judging it."""

from decimal import Decimal
from pathlib import Path

import axe_playwright_python
import pytest

from nnlib.widgets.base import to_json

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SUPER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBERS = """root => [...root.querySelectorAll('[data-value]')].map(e => ({name: e.dataset.name,
    value: +e.dataset.value, text: e.textContent, where: e.namespaceURI.split('/').at(-1)}))"""
SMALL_TEXT = """root => [...root.querySelectorAll('*')].filter(e => e.getClientRects().length
  && [...e.childNodes].some(c => c.nodeType == 3 && c.data.trim())).filter(e => {
    const svg = e.ownerSVGElement;
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    return parseFloat(getComputedStyle(e).fontSize) * scale < 11.9 && !e.closest('msub, msup');
  }).map(e => e.outerHTML.slice(0, 90))"""
CUT_TEXT = """root => { const all = root.getBoundingClientRect();
  return [...root.querySelectorAll('svg text')].filter(e => { const b = e.getBoundingClientRect();
    return b.left < all.left - 1 || b.right > all.right + 1; }).map(e => e.outerHTML); }"""

# A model as a host may give it, drawn in `el`; leftovers() ends the view and counts what stays.
COUNTERS = """
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const { default: widgets } = await import(url);
  const listeners = new Map(); let live = 0, saves = 0, timers = new Set(), observers = 0;
  const count = (target) => { const add = target.addEventListener;
    target.addEventListener = function (type, f, options) { live++;
      options?.signal?.addEventListener('abort', () => live--, { once: true });
      return add.call(this, type, f, options); }; };
  [document, window].forEach(count);
  const { setTimeout: set, clearTimeout: clear } = window;
  window.setTimeout = (f, ms) => { const id = set(() => { timers.delete(id); f(); }, ms);
    timers.add(id); return id; };
  window.clearTimeout = (id) => { timers.delete(id); clear(id); };
  for (const name of ['ResizeObserver', 'MutationObserver', 'IntersectionObserver'])
    window[name] = class extends window[name] { constructor(f) { super(f); observers++; }
      disconnect() { observers--; super.disconnect(); } };
  const model = {
    get: (key) => state[key],
    set: (key, v) => { state[key] = v; listeners.get('change:' + key)?.forEach((f) => f()); },
    on: (e, f) => listeners.set(e, [...(listeners.get(e) ?? []), f]),
    off: (e, f) => listeners.set(e, listeners.get(e).filter((g) => g !== f)),
    save_changes: () => { saves++; if (throwing) throw new Error('no kernel'); },
  };
  const el = document.body.appendChild(document.createElement('div'));
  const end = widgets.render({ model, el });
  const leftovers = () => { end(); const left = [...listeners.values()].flat().length;
    return { left, live, timers: timers.size, observers }; };
"""
VISIT = """async ({ code, json, throwing, key, value, slider }) => {
  const state = JSON.parse(json, (_, v) => typeof v?.$bytes === 'string'
    ? new DataView(Uint8Array.from(atob(v.$bytes), (c) => c.charCodeAt(0)).buffer) : v);
""" + COUNTERS + """
  const input = el.querySelector(`[data-slider=${slider}]`);
  const [from, to] = [Number(input.value), Number(input.max)];
  for (let i = 1; i <= 20; i++) { input.value = from + (i * (to - from)) / 20;
    input.dispatchEvent(new Event('input', { bubbles: true })); }
  const during = saves;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  const drawn = el.querySelector(`output[data-name=${slider}]`).dataset.value;
  model.set(key, value);
  await new Promise((f) => set(f, 30));
  const shown = el.querySelector(`[data-name=${key}]`).dataset.value;
  const link = [...el.querySelectorAll('button')].some((b) => b.textContent === 'Copy link');
  return { during, drawn: Number(drawn), to, shown: Number(shown), link, hash: location.hash,
    ...leftovers() };
}"""


def read(text):
    """The number that a text on the screen shows, and half a unit of its last digit."""
    mantissa, _, power = text.replace("−", "-").replace(",", "").partition("·10")
    number = Decimal(mantissa).scaleb(int(power.translate(SUPER) or 0))
    return number, Decimal("0.5").scaleb(number.as_tuple().exponent)


def ready(page):
    """Wait until the figures have come to where they are told to be."""
    page.wait_for_function("() => !document.querySelector('.nnb[aria-busy=true]')")


def assert_numbers(page, want, root=".nnb", rel=1e-9):
    """Each number on the screen is the wanted one of its name, and its text is its rounding."""
    ready(page)
    shown = page.locator(root).first.evaluate(NUMBERS)
    assert_agree(shown, want, rel)
    return shown


def assert_agree(shown, want, rel=1e-9):
    """As assert_numbers, for numbers read from the screen already."""
    for number in shown:
        assert number["value"] == pytest.approx(want[number["name"]], rel=rel, abs=1e-9), number
        value, half = read(number["text"])
        assert abs(value - Decimal(number["value"])) <= half * Decimal("1.000000001"), number


def drag(page, locator, dx, dy=0):
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()


def touch_drag(page, locator, dx):
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    send = page.context.new_cdp_session(page).send
    send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in (0.3, 0.6, 1):
        points = [{"x": x + dx * part, "y": y}]
        send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def more(page):
    page.locator(".nnb-more summary").click()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def say(page):
    return page.locator(".nnb-say").inner_text()


def copied(page, **names):
    """The widget that Copy Python describes: the state of the page, computed by nnlib."""
    text = page.evaluate("""() => { const host = document.querySelector('.nnb');
      if (!host.querySelector('.nnb-more').open) host.querySelector('summary').click();
      [...host.querySelectorAll('button')].find(b => b.textContent == 'Copy Python').click();
      return host.querySelector('pre').textContent; }""")
    exec(text, names)
    return names["n"]


def drawn(page):
    """Wait until what has changed is drawn: two frames, and pictures as wide as their places."""
    page.evaluate("() => new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f)))")
    page.wait_for_function("""() => [...document.querySelectorAll('.nnb-picture')].every(node =>
      !node.clientWidth || node.querySelector('svg').viewBox.baseVal.width === node.clientWidth)""")
    ready(page)


def ticks(picture):
    """Where the ticks of a picture stand, {(text, "middle" or "end"): (x, y)}: x axis, y axis."""
    return {(text, anchor): (x, y) for text, anchor, x, y in picture.evaluate("""root =>
      [...root.querySelectorAll('.nnb-tick[text-anchor]')].map(t => [t.textContent,
      t.getAttribute('text-anchor'), +t.getAttribute('x'), +t.getAttribute('y') - 4])""")}


def still(page):
    """Stop the clock of the page: what waits for a pause waits until page.clock.run_for(ms)."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def go_to(page, hash):
    """Change the end of the address and wait until the figures have heard of it."""
    page.evaluate("""hash => new Promise(done => { location.hash = hash;
      addEventListener('hashchange', () => done(), { once: true }); })""", hash)


def out_of_sight(page):
    """Wait until the browser has told the figure that it cannot be seen."""
    page.evaluate("""() => new Promise(done => new IntersectionObserver((seen, observer) => {
      if (!seen.at(-1).isIntersecting) { observer.disconnect(); done(); } })
      .observe(document.querySelector('.nnb')))""")


def assert_fits(page, widths=(320, 390, 600, 700, 1100)):
    """Nothing is wider than the page, smaller than 12 pixels or cut off."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".nnb").evaluate(SMALL_TEXT) == []
        assert page.locator(".nnb").evaluate(CUT_TEXT) == []
        over = page.locator(".nnb-formula").evaluate_all(
            "list => Math.max(0, ...list.map(e => e.scrollWidth - e.clientWidth))")
        assert over <= 0 or width < 390


def assert_accessible(page):
    """No serious violation of axe, in light and dark."""
    page.add_style_tag(content=":root { color-scheme: light dark; }")
    page.evaluate(AXE.read_text("utf8"))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found = page.evaluate("""async () => (await axe.run(document)).violations
          .filter(v => ['serious', 'critical'].includes(v.impact))
          .map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 150)).join(' | '))""")
        assert found == []


def assert_keys_stay(page):
    """In JupyterLab each element that takes focus keeps its keys."""
    bare = page.locator(".nnb").evaluate("""root => [...root.querySelectorAll(
      'input, select, button, summary, a, [tabindex]')]
      .filter(e => e.getAttribute('data-lm-suppress-shortcuts') != 'true').map(e => e.outerHTML)""")
    assert bare == []


def assert_room_for_fingers(page):
    """Controls are 44 pixels high for a finger; only what one drags holds the page still."""
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    small = page.locator(".nnb").evaluate("""root => [...root.querySelectorAll(
      'button, select, summary, input[type=range]')].map(e => e.getBoundingClientRect())
      .filter(box => box.height && box.height < 43.9).length""")
    assert small == 0
    held = page.locator(".nnb").evaluate("""root => [...root.querySelectorAll('*')].filter(e =>
      getComputedStyle(e).touchAction == 'none').every(e => e.matches(
      '[data-scrub], [data-handle]'))""")
    assert held


def assert_good_guest(page, widget, slider, key, value):
    """Without a page around it: synced not too often, drawn from outside, nothing left behind."""
    for throwing in (False, True):
        got = page.evaluate(VISIT, {
            "code": widget._esm, "json": to_json(widget.state()), "throwing": throwing,
            "key": key, "value": value, "slider": slider})
        assert got == {
            "during": 1, "drawn": got["to"], "to": got["to"], "shown": value, "link": False,
            "hash": "", "left": 0, "live": 0, "timers": 0, "observers": 0}
        page.reload()
