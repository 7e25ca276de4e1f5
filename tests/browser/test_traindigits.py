"""TrainDigits: nnlib's numbers after any updates, runs in slices, the ghost, what is said."""

import base64
import re

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_numbers, button, copied, drawn, go_to, more, out_of_sight, ready
from test_common import scores, train_numbers, value

import nnlib
from nnlib import widgets
from nnlib.data import embedded_digits
from nnlib.widgets.bundle import bundle
from nnlib.widgets.digits import small_digits

DIGITS = embedded_digits()
DATA = DIGITS.X.astype(float), DIGITS.Y.astype(float)
TEST = DIGITS.X_test.astype(float), DIGITS.Y_test.astype(float)
PLAY = "button[aria-label=Train]"
# a page's numbers of a network that has followed `stretches` up to update u, all weights in a row
TRAIN = """([code, base64, seed, stretches, u]) => {
  const { decode, createRun, picture } = new Function('return ' + code)();
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const digits = decode(new DataView(bytes.buffer)), run = createRun(digits, seed);
  run.follow(stretches.map(([from, eta, m]) => ({ from, eta, m })));
  while (!run.work(u, performance.now() + 8));
  const late = run.work(u + 9, 0), stopped = !late && run.u === u; // no time, no work
  const W = Array.from({ length: 30 * 784 }, (_, k) => run.weight(Math.floor(k / 784), k % 784));
  const text = (list) => { // as base64
    const bytes = new Uint8Array(list.buffer), parts = [];
    for (let i = 0; i < bytes.length; i += 3e4)
      parts.push(btoa(String.fromCharCode(...bytes.subarray(i, i + 3e4))));
    return parts.join('');
  };
  const X = new Float32Array(digits.count * 784);
  for (let i = 0; i < digits.count; i++) X.set(picture(digits, i), 784 * i);
  return { stopped, X: text(X), labels: [...digits.labels], point: run.points.get(u),
    W: text(Float64Array.from(W)), more: run.others() };
}"""


def in_page(page, seed, stretches, u):
    """What Chromium computes with the modules of the widget."""
    code = bundle("trainer", esm=False).removesuffix("})();\n")
    code = f"{code}return {{ ...$trainer, ...$small_digits }};\n}})()"
    data = base64.b64encode(small_digits()).decode()
    got = page.evaluate(TRAIN, [code, data, seed, stretches, u])
    for key, kind in (("X", np.float32), ("W", float)):
        got[key] = np.frombuffer(base64.b64decode(got[key]), kind)
    return got


def trained(seed, m, etas):
    """nnlib's own epochs: one of each eta, all with batches of m."""
    net = nnlib.Network([784, 30, 10], rng=seed)
    run = nnlib.train(net, DATA, epochs=len(etas), batch_size=m, rng=seed,
                      eta=lambda epoch: etas[epoch - 1], validation=TEST)
    return net, list(run)[-1]


def change(page, key, v):
    """Change a setting as with the keys, without its rounding."""
    page.evaluate("""([key, v]) => { const input = document.querySelector(`[data-slider=${key}]`);
      input.value = key === 'eta' ? Math.log10(v) : v;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true })); }""", [key, v])


def points(locator):
    """The corners of a path's d, in pixels."""
    return np.array(re.findall(r"[-\d.]+", locator.get_attribute("d")), float).reshape(-1, 2)


# ---- the numbers ----

def test_digits_start_and_network_are_pythons(widget_page):
    page = widget_page()
    for seed, m, etas in [(0, 10, [3]), (5, 7, [0.5, 4]), (123_456, 100, [3, 3, 1])]:
        per = -(-1437 // m)
        stretches = [[i * per, eta, m] for i, eta in enumerate(etas)]
        got = in_page(page, seed, stretches, per * len(etas))
        net, epoch = trained(seed, m, etas)
        assert got["stopped"]
        assert got["point"]["cost"] == pytest.approx(epoch.cost, rel=1e-9)
        assert got["point"]["testCost"] == pytest.approx(epoch.validation_cost, rel=1e-9)
        assert got["point"]["testRight"] == round(360 * epoch.validation_accuracy)
        assert np.abs(got["W"] - net.weights[0].ravel()).max() < 1e-9
        others = np.concatenate([net.biases[0], net.weights[1].ravel(), net.biases[1]])
        assert np.abs(got["more"] - others).max() < 1e-9
    X = np.concatenate([DIGITS.X, DIGITS.X_test]).ravel()
    assert (got["X"] == X).mean() > 0.99999
    assert np.abs(got["X"] - X).max() < 1e-6  # where a rounding to float32 falls differently
    assert got["labels"] == [*DIGITS.labels, *DIGITS.test_labels]


def test_the_digits_travel_in_few_bytes(widget_page):
    n = widgets.TrainDigits()
    assert n.digits == small_digits() and len(n.digits) < 48_000
    html = n._repr_mimebundle_()[0]["text/html"]
    assert len(html) < 70_000


@pytest.mark.parametrize("eta, m, seed", [(3, 10, 0), (0.3, 1, 4), (30, 33, 9)])
def test_one_epoch_in_the_page_is_one_of_train(widget_page, eta, m, seed):
    page = widget_page(widgets.TrainDigits(eta=eta, m=m, seed=seed))
    button(page, "One epoch").click()
    net, epoch = trained(seed, m, [eta])
    want = {"u": epoch.updates, "C": epoch.cost, "D": epoch.validation_cost,
            "r": round(1437 * epoch.accuracy), "t": round(360 * epoch.validation_accuracy),
            "w": abs(net.weights[0]).max()}
    ready(page)
    for name, v in want.items():
        node = page.locator(f".nnb [data-name={name}]").last
        assert float(node.get_attribute("data-value")) == pytest.approx(v, rel=1e-9)
    outputs = net(TEST[0][[np.flatnonzero(DIGITS.test_labels == k)[0] for k in range(10)]])
    width = "list => list.map(e => +e.getAttribute('width'))"
    bars = [page.locator(f"rect.{kind}").evaluate_all(width)
            for kind in ("nnb-sure", "nnb-track-bar")]
    assert np.divide(*bars) == pytest.approx(outputs.max(axis=1), rel=1e-9)
    answers = page.locator(".nnb-answer").all_text_contents()
    largest = outputs.argmax(axis=1)
    assert answers == [f"{a} {'✓' if a == k else '✗'}" for k, a in enumerate(largest)]


def test_changes_on_the_way_are_the_same_in_python(widget_page):
    page = widget_page(widgets.TrainDigits(seed=1, updates=144))
    change(page, "eta", 0.5)
    button(page, "One epoch").click()
    ready(page)
    _, epoch = trained(1, 10, [3, 0.5])
    assert value(page, "C") == pytest.approx(epoch.cost, rel=1e-9)
    for _ in range(3):
        page.get_by_role("button", name="One update", exact=True).click()
    change(page, "eta", 1)
    change(page, "eta", 0.5)  # no update in between: no change
    assert copied(page).past == [144, 3, 10]
    more(page)
    change(page, "m", 40)
    change(page, "eta", 1)  # before an update: one change
    button(page, "One epoch").click()
    n = copied(page)
    assert n.past == [144, 3, 10, 291, 0.5, 10] and (n.eta, n.m) == (1, 40)
    assert n.updates == 291 + -(-1407 // 40)  # what was left of the third epoch
    assert_numbers(page, train_numbers(n))
    assert page.locator(".nnb-turn").count() == 2
    net, rng = nnlib.Network([784, 30, 10], rng=1), np.random.default_rng(1)
    for parts in ([(3, 10)] * 144, [(0.5, 10)] * 144, [(0.5, 10)] * 3 + [(1, 40)] * 36):
        order = rng.permutation(1437)
        for eta, m in parts:
            batch, order = order[:m], order[m:]
            gW, gb = net.backprop(DATA[0][batch], DATA[1][batch])
            for p, g in zip(net.weights + net.biases, gW + gb, strict=True):
                p -= eta * g
    assert value(page, "D") == pytest.approx(nnlib.evaluate(net, *TEST)[0], rel=1e-9)
    assert np.allclose(n.net().weights[0], net.weights[0], atol=1e-12)


@pytest.mark.parametrize("state", [
    {}, {"updates": 144, "eta": 2.0, "seed": 3}, {"updates": 46, "past": [12, 3, 10], "m": 33}])
def test_the_copied_program_makes_the_same_network(widget_page, capsys, state):
    page = widget_page(widgets.TrainDigits(**state))
    names = {}
    n = copied(page)
    exec(page.locator(".nnb pre").text_content(), names)
    net = names["net"]
    for W, V in zip(net.weights + net.biases, n.net().weights + n.net().biases, strict=True):
        assert np.abs(W - V).max() < 1e-12
    cost, right = nnlib.evaluate(net, *DATA)
    assert value(page, "C") == pytest.approx(cost, rel=1e-9)
    assert f"{right}" in capsys.readouterr().out


def test_curves_stand_where_the_costs_are(widget_page):
    n = widgets.TrainDigits(updates=30, m=20, ghost=[2, 8, 1, 50])
    page = widget_page(n)
    page.wait_for_function(
        "() => document.querySelector('.nnb-old')?.getAttribute('d').length > 60")
    picture = page.locator(".nnb-graph")
    boxes = picture.locator("clipPath rect").evaluate_all(
        "list => list.map(e => ['x', 'y', 'width', 'height'].map(k => e[k].baseVal.value))")
    for (x, y, w, h), top, keys in zip(boxes, (1, 0.6), (("r", "t"), ("C", "D")), strict=True):
        pane = picture.locator(".nnb-learn:not(.nnb-old)[clip-path*=url]")
        first = 0 if top == 1 else 2
        for i, (key, all_) in enumerate(zip(keys, (1437, 360) if top == 1 else (1, 1))):
            got = points(pane.nth(first + i))
            updates = np.rint((got[:, 0] - x) / w * 200).astype(int)
            want = [min(top, scores(n, u)[key] / all_) for u in updates]
            assert len(updates) > 8 and updates[0] == 0 and updates[-1] == 30
            assert got[:, 1] == pytest.approx(
                y + 2 + (h - 4) * (1 - np.array(want) / top), abs=0.06)
    old = points(picture.locator(".nnb-old").nth(3))
    other = widgets.TrainDigits(seed=2, eta=1, m=50, updates=8)
    x, y, w, h = boxes[1]
    assert old[-1] == pytest.approx(
        [x + w * 8 / 200, y + 2 + (h - 4) * (1 - other.now()["test_cost"] / 0.6)], abs=0.06)
    page.get_by_label("count").select_option("epochs")
    end = points(picture.locator(".nnb-learn:not(.nnb-old)").last)[-1, 0]
    assert (end - x) / w == pytest.approx(600 / 1437, abs=0.001)


# ---- the run ----

def test_it_plays_in_slices_while_it_is_seen(widget_page):
    page = widget_page(widgets.TrainDigits())
    assert value(page, "u") == 0  # nothing plays by itself
    page.locator(PLAY).click()
    page.wait_for_function("() => document.querySelector('math [data-name=u]').dataset.value > 12")
    page.add_style_tag(content="body { padding-bottom: 3000px }")
    page.evaluate("scrollTo(0, 3000)")
    out_of_sight(page)
    read = "document.querySelector('math [data-name=u]').dataset.value"
    page.evaluate("() => new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f)))")
    before = page.evaluate(read)
    page.wait_for_timeout(500)  # long enough to settle what does not go on
    assert page.evaluate(read) == before
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(f"() => {read} > {before}")
    button(page, "Pause").click()
    n = copied(page)
    assert n.updates > int(before) and n.past == []
    assert_numbers(page, train_numbers(n))
    assert page.locator(PLAY).is_visible() and page.problems == []
    more(page)
    button(page, "Undo").click()
    ready(page)
    assert value(page, "u") == 0  # a run is one thing to undo
    assert_numbers(page, train_numbers(copied(page)))


def test_eta_changes_while_it_runs(widget_page):
    page = widget_page(widgets.TrainDigits())
    page.locator(PLAY).click()
    page.wait_for_function("() => document.querySelector('math [data-name=u]').dataset.value > 5")
    change(page, "eta", 1)
    now = value(page, "u")
    page.wait_for_function(f"""() =>
      document.querySelector('math [data-name=u]').dataset.value > {now + 5}""")
    button(page, "Pause").click()
    n = copied(page)
    (until, eta, m), last = n.stretches
    assert (eta, m) == (3, 10) and 5 < until < n.updates and last == (n.updates, 1, 10)
    assert_numbers(page, train_numbers(n))


def test_a_preset_stops_the_run(widget_page):
    page = widget_page(widgets.TrainDigits())
    page.locator(PLAY).click()
    page.wait_for_function("() => document.querySelector('math [data-name=u]').dataset.value > 3")
    button(page, "The first hundred").click()
    expect(page.locator(PLAY)).to_be_visible()
    ready(page)
    assert value(page, "u") == 0


def test_a_long_way_is_gone_in_many_frames(widget_page):
    page = widget_page(widgets.TrainDigits(name="t"))
    seen = page.evaluate("""() => new Promise((done) => {
      const seen = new Set(), look = () => {
        const busy = document.querySelector('[aria-busy=true]');
        seen.add(document.querySelector('math [data-name=u]').dataset.value);
        if (busy || seen.size < 3) requestAnimationFrame(look); else done([...seen]); };
      location.hash = 't:updates=500'; requestAnimationFrame(look); })""")
    assert len(seen) > 20 and seen[-1] == "500"
    assert_numbers(page, train_numbers(widgets.TrainDigits(updates=500)))


def test_one_update_on_and_back(widget_page):
    page = widget_page(widgets.TrainDigits(updates=147, past=[145, 3, 10], eta=0.1))
    for name, u in [("One update", 148), ("One update back", 147), ("One update back", 146),
                    ("One update back", 145), ("One update back", 144), ("One update", 145)]:
        page.get_by_role("button", name=name, exact=True).click()
        n = copied(page)
        assert n.updates == u
        assert n.past == ([145, 3, 10] if u > 145 else []) and n.eta == (0.1 if u > 145 else 3)
        if n.eta == 3:
            assert n.stretches == [(u, 3, 10)]
        assert_numbers(page, train_numbers(n))
        more(page)
        if u == 145 and n.eta == 3:
            break


def test_start_again_keeps_the_run_as_thin_lines(widget_page):
    page = widget_page(widgets.TrainDigits(updates=20, seed=2))
    learned = [points(line) for line in page.locator(".nnb-learn").all()]
    page.get_by_role("button", name="Start again").click()
    change(page, "eta", 10)
    n = copied(page)
    assert n.ghost == [2, 20, 3, 10] and (n.updates, n.eta, n.seed, n.past) == (0, 10, 2, [])
    old = page.locator(".nnb-old")
    assert [points(line) == pytest.approx(want) for line, want in
            zip(old.all(), learned, strict=True)] == [True] * 4
    assert "thin: η = 3.00, m = 10" in page.locator(".nnb-graph").inner_text()
    more(page)
    button(page, "New seed").click()
    assert copied(page).seed == 3 and copied(page).ghost == n.ghost  # nothing new to keep
    for _ in range(3):
        button(page, "Undo").click()
    ready(page)
    assert_numbers(page, train_numbers(widgets.TrainDigits(updates=20, seed=2)))
    assert old.count() == 0
    change(page, "eta", 10)  # a setting that nothing was done with
    page.get_by_role("button", name="Start again").click()
    assert copied(page).ghost == n.ghost and value(page, "u") == 0


def test_where_motion_is_unwelcome_play_is_an_epoch(widget_page):
    page = widget_page(widgets.TrainDigits(m=100), reduced_motion="reduce")
    for want in (15, 30):
        page.locator(PLAY).click()
        ready(page)
        assert value(page, "u") == want
    button(page, "Pause").wait_for(state="detached")


def test_a_run_ends_after_a_hundred_epochs(widget_page):
    page = widget_page(widgets.TrainDigits(name="t", m=500))
    go_to(page, "t:updates=299")
    button(page, "One epoch").click()  # what is left of it
    for name in ("One epoch", "One update", "One step on (.)"):
        assert button(page, name).is_disabled()
    ready(page)
    assert value(page, "u") == 300 and value(page, "t") > 300


def test_the_guess_is_about_the_end_of_the_epoch(widget_page):
    page = widget_page(widgets.TrainDigits(updates=10, predict=True))
    _, epoch = trained(0, 10, [3])
    truth = round(360 * epoch.validation_accuracy)
    page.get_by_label("at the end of epoch 1?").fill("200")
    button(page, "Show").click()
    said = page.locator(".nnb-guess + p")
    want = f"You said 200; it is right after epoch 1 = {truth}. {truth - 200} too low."
    assert said.inner_text().startswith(want)
    button(page, "One epoch").click()
    ready(page)
    assert value(page, "t") == truth  # the run may go on, the guess stays
    assert said.inner_text().startswith(want)
    change(page, "eta", 1)
    page.get_by_label("at the end of epoch 2?").fill("300")
    assert page.locator("math [data-name=t]").last.text_content() == "?"
    button(page, "Show").click()
    _, epoch = trained(0, 10, [3, 1])
    assert f"right after epoch 2 = {round(360 * epoch.validation_accuracy)}." in said.inner_text()


# ---- what is said ----

def test_the_steps_take_the_next_update_apart(widget_page):
    n = widgets.TrainDigits(updates=60)
    page = widget_page(n)
    step, texts = page.get_by_role("button", name="One step on"), []
    while step.is_enabled():
        step.click()
        texts.append(page.locator(".nnb-say").inner_text())
    before, after = n.net(), widgets.TrainDigits(updates=61).net()
    batch = np.random.default_rng(0).permutation(1437)[600:610]
    x, y = DATA[0][batch], DATA[1][batch]
    labels, a = y.argmax(axis=1), before(x)[0]
    assert ", ".join(map(str, labels)) in texts[0] and "update 61 takes the next 10" in texts[0]
    assert f"answers {a.argmax()} (output {a.max():.3g}); the output for {labels[0]}" in texts[1]
    for net, text in ((before, texts[2]), (after, texts[4])):
        assert f" is {nnlib.evaluate(net, x, y)[0]:.3g}" in text
    step = np.abs(after.weights[0] - before.weights[0]).max()
    assert f"by more than {step:.3g}" in texts[3].replace("0.00", "0.00")


def test_presets_say_the_truth():
    good = {u: widgets.TrainDigits(updates=u).now() for u in (0, 100, 1440)}
    gain = [good[b]["test_right"] - good[a]["test_right"] for a, b in ((0, 100), (100, 1440))]
    assert gain[0] > 200 > 60 > gain[1] > 0  # the first hundred do most of the work
    assert good[100]["cost"] < 0.2 * good[0]["cost"]
    small = widgets.TrainDigits(eta=0.03, updates=720).now()
    assert small["cost"] > 0.4 and small["stuck"] < 0.1
    large = widgets.TrainDigits(eta=30, updates=144)
    now, net = large.now(), large.net()
    assert now["cost"] == pytest.approx(0.5, abs=0.01) and now["stuck"] > 0.6
    assert net(TEST[0]).max() < 0.2  # every output is near 0
    large.go(288, eta=1)
    assert large.now()["test_right"] < 60  # a smaller η does not save it soon
    many = widgets.TrainDigits(eta=0.3, m=100, updates=30).now()  # two epochs
    one = {u: widgets.TrainDigits(eta=0.3, m=1, updates=u).now() for u in (30, 2874)}
    assert one[2874]["cost"] < 0.1 < 0.4 < many["cost"] < one[30]["cost"]


@pytest.mark.parametrize("state, words", [
    ({}, "Nothing is learned yet: 35 of 360 right"),
    ({"updates": 30}, "30 updates: from 35 to "),
    ({"updates": 150}, "The first 100 updates: +274 test digits right. The 50 since then: "),
    ({"updates": 144, "eta": 0.03}, "the steps are too small to get far"),
    ({"updates": 40, "eta": 30}, "Saturated: "),
    ({"updates": 6, "eta": 100, "m": 1}, "lies above the picture"),
])
def test_words_for_what_happens(widget_page, state, words):
    n = widgets.TrainDigits(**state)
    page = widget_page(n)
    text = page.locator(".nnb-told").inner_text()
    assert words in text
    if "Saturated" in words:
        assert f"{n.now()['stuck']:.0%}".replace("%", " %") in text
    assert not [word for word in ("NaN", "Infinity") if word in page.locator(".nnb").inner_text()]


# ---- Python ----

def test_go_on_in_python():
    n = widgets.TrainDigits()
    n.go(100)
    n.go(44, eta=1)
    n.go(10, eta=0.5, m=20)
    assert n.past == [100, 3, 10, 144, 1, 10]
    assert (n.updates, n.eta, n.m) == (154, 0.5, 20)
    assert n.stretches == [(100, 3, 10), (144, 1, 10), (154, 0.5, 20)]
    n = widgets.TrainDigits()
    n.go(0, eta=1)
    assert n.past == [] and n.stretches == []
    net = n.net()
    net.weights[0][:] = 0
    assert n.net().weights[0].any()  # a copy each time


@pytest.mark.parametrize("traits, complaint", [
    ({"eta": 0}, "eta must be one number from 0.01 to 100; got 0."),
    ({"m": 501}, "m must be one number from 1 to 500; got 501."),
    ({"updates": 14_401}, "updates must end within 100 epochs; got "),
    ({"updates": 20, "past": [30, 3, 10]}, "updates is 20, but past goes on to update 30."),
    ({"updates": 20, "past": [10, 3]}, "past must be whole triples until, eta, m; got "),
    ({"updates": 40, "past": [20, 3, 10, 10, 3, 10]}, "past must have updates that increase"),
    ({"updates": 20, "past": [10, 300, 10]}, "past must have eta from 0.01 to 100"),
    ({"updates": 20, "past": [10, 3, 0]}, "past must have m from 1 to 500"),
    ({"ghost": [0]}, "ghost must be [] or [seed, until, eta, m, ...]; got [0.0]."),
    ({"ghost": [0, 1, 2]}, "ghost must be whole triples until, eta, m; got "),
])
def test_bad_values_get_one_sentence(traits, complaint):
    n = widgets.TrainDigits()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**traits)
    assert complaint in str(error.value) and "\n" not in str(error.value)


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.TrainDigits(name="t"))
    for part in ("eta=0", "m=501", "m=2.5", "updates=14401", "past=30,3,10", "updates=9&past=3,3",
                 "updates=30&past=20,3,10,10,3,10", "ghost=0", "ghost=0,5,3,0", "axis=time"):
        go_to(page, f"t:{part}")
        drawn(page)
        assert copied(page).state() == widgets.TrainDigits().state()
        more(page)
    assert page.problems == []
