"""What only Playground has: runs that are nnlib's to the last digit, no number that is stale."""

import contextlib
import io
import re
from pathlib import Path

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_agree, assert_numbers, button, copied, drag, drawn, more
from test_common import playground_numbers, value

import nnlib
from nnlib import widgets
from nnlib.data.plane import PLANES, points
from nnlib.widgets.base import to_json
from nnlib.widgets.feedforward import params_of

RUN = [40, 0.03, 10, 0, 0, 3, 2.5, 0, 20, 0.1, 7, 0.01]  # trained, changed by hand, trained on
CASES = [
    {"record": RUN},
    {"data": "xor", "layers": [2], "record": [30, 0.05, 50, 0], "g": 2, "seed": 5},
    {"data": "spiral", "layers": [8, 8], "n": 500, "record": [20, 0.03, 10, 0], "pace": 50},
    {"data": "three arms", "layers": [6, 4], "activations": ["relu", "sigmoid"], "noise": 0.2,
     "record": [30, 0.03, 10, 0.001], "unit": [2, 3], "view": "last layer", "pair": [4, 2]},
    {"data": "three arms", "layers": [3], "cost": "quadratic", "record": [20, 0.3, 10, 0]},
    {"data": "moons", "layers": [], "record": [20, 0.3, 200, 0], "view": "last layer"},
    {"data": "blobs", "layers": [3, 1, 3, 1], "record": [20, 0.03, 10, 0], "view": "last layer",
     "activations": ["linear", "piecewise linear", "sign", "step"], "sample": 4},
    {"data": "own", "test": 30, "record": [30, 0.3, 3, 0], "unit": [1, 1]},
    {"data": "own", "test": 0, "layers": [2], "start": np.arange(9) / 10, "record": [9, 0.1, 2, 0]},
]


def program(page):
    """The network that the copied lines train with nnlib alone."""
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        copied(page)
        exec(page.locator(".nnb pre").text_content(), names)
    return names["net"]


def state_of(page):
    """The widget that Copy Python describes; what the program prints is not heard."""
    with contextlib.redirect_stdout(io.StringIO()):
        return copied(page)


def run_to(page, epochs):
    """Train on until the epoch is reached."""
    step = page.get_by_role("button", name="Train on")
    while float(page.locator("[data-name=epochs]").get_attribute("data-value")) < epochs:
        step.click()


# ---- the numbers ----

def test_every_number_is_nnlibs(widget_page):
    figures = [widgets.Playground(**case) for case in CASES]
    page = widget_page(*figures)
    for n in figures:
        assert_numbers(page, playground_numbers(n), f"[data-nnb-model='{n.model_id}'] .nnb")
    text = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in text]
    assert page.problems == []


REPORT = """async ({ code, json, clicks }) => {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const { default: widgets } = await import(url), state = JSON.parse(json);
  const model = { get: (key) => state[key], set: (key, v) => { state[key] = v; }, on() {}, off() {},
    save_changes() {} };
  const el = document.body.appendChild(document.createElement('div'));
  const end = widgets.render({ model, el });
  const step = el.querySelector('[aria-label="Train on"]');
  for (let i = 0; i < clicks; i++) step.click();
  while (!state.shown) await new Promise((done) => setTimeout(done, 20));
  end();
  el.remove();
  return state;
}"""


@pytest.mark.parametrize("case", CASES)
def test_weights_after_n_epochs_are_those_of_nnlib(widget_page, case):
    """All weights, as the page reports them to Python, and those of the copied program."""
    n = widgets.Playground(**case | {"pace": 5, "eta": case.get("eta", 0.03)})
    page = widget_page(n)
    told = page.evaluate(REPORT, {"code": n._esm, "json": to_json(n.state()), "clicks": 4})
    n.set(record=told["record"], shown=told["shown"])
    assert sum(row[0] for row in np.reshape(n.record, (-1, 4))) > 20
    want = params_of(n.trained())
    assert told["shown"]["params"] == pytest.approx(want, abs=1e-9)
    assert params_of(n.network()).tolist() == told["shown"]["params"]
    n.eta = 1  # a change that leaves the weights alone
    assert params_of(n.network()).tolist() == told["shown"]["params"]
    n.set(record=[*n.record, 1, 0.01, 10, 0])  # what the page has said no longer counts
    assert params_of(n.network()).tolist() == params_of(n.trained()).tolist()
    run_to(page, 60)
    assert params_of(program(page)) == pytest.approx(params_of(state_of(page).trained()), abs=1e-12)


ACTIONS = Path(__file__).with_name("random_acts.js").read_text("utf8")


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("seed", [1])
def test_a_thousand_random_acts_leave_nothing_stale(widget_page, seed):
    """No NaN, no exception; all numbers are of one state, and at every 25th act nnlib's."""
    page = widget_page(widgets.Playground(n=100, pace=2), width=1000)
    more(page)
    got = page.evaluate(ACTIONS, {"count": 1000, "seed": seed})
    assert got["problems"] == []
    seen, hands = set(), 0
    for shot in got["shots"]:
        names = {}
        exec(shot["python"], names)
        n = names["n"]
        usual = widgets.Playground()
        seen |= {key for key, v in n.state().items() if v != getattr(usual, key)}
        hands += 0 in n.record[::4]
        rows = np.reshape(n.record, (-1, 4))
        if (rows[rows[:, 0] > 0, 1] < 0.5).all():  # above, NumPy itself turns 1e-15 into 1e-6
            assert_agree(shot["numbers"], playground_numbers(n), rel=1e-7)
    assert hands >= 8
    assert seen >= {"data", "layers", "activations", "eta", "m", "record", "x", "unit", "view"}
    assert page.problems == []


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_lost_run_ends_before_it_is_lost(widget_page):
    n = widgets.Playground(layers=[8], activations="relu", g=5, eta=3, m=1, pace=50)
    page = widget_page(n)
    page.get_by_role("button", name="Train on").click()
    words = page.locator(".nnb-pg-told")
    expect(words).to_contain_text("the run is lost")
    now = state_of(page)
    assert_numbers(page, playground_numbers(now) | {"epochs": value_of(page, "epochs")})
    epoch = int(re.search(r"In epoch (\d+)", words.inner_text())[1])
    assert epoch == value_of(page, "epochs") + 1
    page.locator("[data-slider=eta]").press("Home")
    page.get_by_role("button", name="Train on").click()  # from the last weights that were whole
    expect(words).not_to_contain_text("lost")
    assert value_of(page, "epochs") > 0 and page.problems == []


# ---- the points ----

@pytest.mark.parametrize("kind", PLANES)
def test_points_are_pythons(kind):
    X, Y = points(kind, 90, noise=0.2, rng=7)
    assert X.shape == (90, 2) and Y.shape == (90, 3 if kind == "three arms" else 1)
    assert (np.round(X, 2) == X).all() and np.abs(X).max() < 8
    label = Y.argmax(axis=1) if Y.shape[1] > 1 else Y[:, 0]
    assert np.bincount(label.astype(int)).tolist() == [90 // PLANES[kind]] * PLANES[kind]
    n = widgets.Playground(data=kind, n=90, noise=0.2, sample=7)
    assert (n.X == X).all() and (n.Y == Y).all()
    with pytest.raises(ValueError, match="kind must be one of: circle, xor, blobs, spiral, moons,"):
        points("square")


def test_points_from_python(widget_page):
    rng = np.random.default_rng(2)
    X, label = 100 + 30 * rng.random((40, 2)), rng.integers(0, 3, 40)
    n = widgets.Playground(X=X, Y=label, record=[5, 0.0001, 4, 0], layers=[3])
    assert (n.X == X).all() and (n.Y.argmax(axis=1) == label).all() and n.data == "own"
    page = widget_page(n)
    assert_numbers(page, playground_numbers(n))
    assert page.locator(".nnb-pg-mark").count() == 6
    n.show(X / 30, Y=np.eye(3)[label])
    assert n.record == [] and n.X.max() < 5
    n.show(X / 30, Y=label[:, None] % 2)
    assert n.Y.shape == (40, 1)
    assert n.train_rows.sum() == 20 and (n.train_rows[::2]).all()


def value_of(page, name):
    return float(page.locator(f".nnb [data-name={name}]").first.get_attribute("data-value"))


def test_points_can_be_painted(widget_page):
    page = widget_page(widgets.Playground(data="own", record=[10, 0.3, 3, 0], test=0))
    before = state_of(page)
    ground = page.locator("rect.nnb-paint")
    button(page, "△ blue").click()
    drag(page, ground, 90, 40)
    page.wait_for_timeout(500)
    now = state_of(page)
    added = np.reshape(now.points[len(before.points):], (-1, 3))
    assert len(added) >= 2 and (added[:, 2] == 1).all() and now.record == []
    assert_numbers(page, playground_numbers(now))  # new points: a new run, and all its numbers
    button(page, "eraser").click()
    drag(page, ground, 90, 40)
    assert len(state_of(page).points) < len(now.points)
    button(page, "Clear").click()
    assert state_of(page).points == [-2, 0, 0, 2, 0, 1]
    button(page, "□ yellow").click()
    button(page, "Put one at the yellow point").click()  # the same with keys
    now = state_of(page)
    assert now.points[6:] == [1, 2, 2] and now.K == 3
    assert_numbers(page, playground_numbers(now))
    button(page, "eraser").click()
    for _ in range(3):
        drag(page, ground, 1)  # never fewer than two
    assert len(state_of(page).points) >= 6
    for _ in range(4):
        button(page, "Undo").click()
    assert page.problems == []


# ---- by hand ----

def test_a_weight_is_changed_by_hand_and_the_loss_follows(widget_page):
    n = widgets.Playground(record=[30, 0.03, 10, 0])
    page = widget_page(n)
    before = value(page, "C")
    hand = page.locator(".nnb-pg-hand .nnb-control")
    assert hand.is_hidden()
    edge = page.locator("path[data-link=w3_1_2]")
    place = edge.evaluate("""e => { const p = e.getPointAtLength(e.getTotalLength() / 2);
      const box = e.ownerSVGElement.getBoundingClientRect();
      return [p.x + box.left, p.y + box.top]; }""")
    page.mouse.click(*place)
    expect(hand).to_be_visible()
    assert hand.locator("label").inner_text().startswith("w₁₂⁽³⁾")
    slider = page.locator("[data-slider=chosen]")
    slider.press("Shift+ArrowRight")
    slider.press("ArrowRight")
    now = state_of(page)
    assert now.record[:4] == n.record and now.record[4:6] == [0, now.weight]
    old, new = (figure.trained().weights[2][0, 1] for figure in (n, now))
    assert new == pytest.approx(old + 1.1, abs=0.1)
    assert value(page, "C") != before
    assert_numbers(page, playground_numbers(now))
    page.wait_for_timeout(500)
    button(page, "Back").click()  # the hand's change is undone, no epoch
    assert value(page, "C") == before and value_of(page, "epochs") == 30
    button(page, "Undo").click()
    assert value(page, "C") != before
    button(page, "Undo").click()
    assert value(page, "C") == pytest.approx(before, abs=1e-12)
    dot = page.locator("circle[data-link=b1_2]").bounding_box()
    page.mouse.click(dot["x"] + 4, dot["y"] + 5)
    assert hand.locator("label").inner_text().startswith("b₂⁽¹⁾")


def test_units_are_chosen_with_pointer_and_keys(widget_page):
    page = widget_page(widgets.Playground(record=[30, 0.03, 10, 0]))
    unit = page.locator("rect[data-link=a2_1]").bounding_box()
    page.mouse.click(unit["x"] + unit["width"] / 2, unit["y"] + unit["height"] / 2)
    assert state_of(page).unit == [2, 1]
    more(page)
    names = {name for name in page.locator("text[data-name^=w2_1_]").evaluate_all(
        "list => list.map(e => e.dataset.name)")}
    assert names == {f"w2_1_{k}" for k in (1, 2, 3, 4)}
    expect(page.get_by_text("activation of unit 1 in layer 2")).to_be_visible()
    field = page.get_by_role("slider", name="units: arrows choose one")
    for key, unit in (("ArrowDown", [2, 2]), ("ArrowLeft", [1, 2]), ("ArrowRight", [2, 2])):
        field.press(key)
        assert state_of(page).unit == unit
        more(page)
    seen = []
    for _ in range(6):
        field.press("Enter")
        seen.append(field.get_attribute("aria-valuetext"))
    assert "w₂₁⁽²⁾" in seen[0] and "w₂₄⁽²⁾" in seen[3]
    assert "b₂⁽²⁾" in seen[4] and "chosen" not in seen[5]


def test_layers_and_units_come_and_go(widget_page):
    page = widget_page(widgets.Playground(record=[30, 0.03, 10, 0]))
    page.get_by_role("button", name="one unit more in layer 1").click()
    now = state_of(page)
    assert now.layers == [5, 2] and now.record == []
    assert_numbers(page, playground_numbers(now))
    button(page, "+ layer").click()
    button(page, "+ layer").click()
    assert button(page, "+ layer").is_disabled()
    assert state_of(page).layers == [5, 2, 2, 2]
    for _ in range(4):
        button(page, "− layer").click()
    now = state_of(page)
    assert now.layers == [] and button(page, "− layer").is_disabled()
    assert_numbers(page, playground_numbers(now))
    button(page, "Undo").click()
    assert page.locator(".nnb-pg-n").all_text_contents() == ["5"]


# ---- the run ----

def test_the_run_plays_while_it_is_changed_and_stops_out_of_sight(widget_page):
    page = widget_page(widgets.Playground(pace=2), widgets.Playground(), width=1000)
    first = page.locator(".nnb").first
    first.get_by_role("button", name="Train", exact=True).click()
    at = """e => +document.querySelector('[data-name=epochs]').dataset.value"""
    page.wait_for_function(f"() => ({at})() > 6")
    first.locator("[data-slider=eta]").press("Shift+ArrowRight")
    first.locator("[data-slider=m]").press("Shift+ArrowRight")
    assert page.evaluate(at) > 6  # the weights are kept
    then = page.evaluate(at)
    page.wait_for_function(f"() => ({at})() > {then + 6}")
    page.set_viewport_size({"width": 1000, "height": 300})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(300)
    rest = page.evaluate(at)
    page.wait_for_timeout(300)
    assert page.evaluate(at) == rest
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(f"() => ({at})() > {rest}")
    first.get_by_role("button", name="Pause").click()
    now, then = state_of(page), page.evaluate(at)
    assert len({row[1] for row in np.reshape(now.record, (-1, 4)).tolist()}) == 2
    assert_numbers(page, playground_numbers(now))
    # a pause, a new start and Undo at once: nothing has had the time to settle by itself
    first.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(f"() => ({at})() > {then}")
    paused, anew, undone = page.evaluate(f"""() => {{
        const at = {at}, buttons = [...document.querySelector('.nnb').querySelectorAll('button')];
        const press = (name) => buttons
            .find((e) => (e.ariaLabel ?? e.textContent) === name).click();
        return ['Pause', 'Start again (same start)', 'Undo'].map((name) => (press(name), at()));
    }}""")
    assert (anew, undone) == (0, paused) and paused > then
    assert page.problems == []


def test_where_motion_is_unwelcome_play_is_one_step(widget_page):
    page = widget_page(widgets.Playground(pace=3), reduced_motion="reduce")
    for want in (3, 6):
        page.get_by_role("button", name="Train", exact=True).click()
        page.wait_for_timeout(100)
        assert value_of(page, "epochs") == want


def test_the_run_before_stays_as_a_ghost(widget_page):
    page = widget_page(widgets.Playground(pace=10))
    assert page.locator(".nnb-pg-ghost").count() == 0
    run_to(page, 30)
    curve = page.locator(".nnb-pg-curve[data-part=train]").get_attribute("d")
    page.locator("[data-slider=eta]").press("Shift+ArrowRight")
    page.get_by_role("button", name="Start again (same start)").click()
    assert page.locator(".nnb-pg-ghosted").inner_text() == "Grey: the run before, with η = 0.0300."
    run_to(page, 10)
    assert page.locator(".nnb-pg-ghost[data-part=train]").get_attribute("d") == curve
    assert page.locator(".nnb-pg-curve[data-part=train]").get_attribute("d").split("L")[0] \
        == curve.split("L")[0]  # the same start


def test_curves_are_the_losses_of_the_epochs(widget_page):
    n = widgets.Playground(record=[20, 0.1, 10, 0], layers=[3], log=True)
    page = widget_page(n)
    for part, rows in (("train", n.train_rows), ("test", ~n.train_rows)):
        d = page.locator(f".nnb-pg-curve[data-part={part}]").get_attribute("d")
        heights = np.array(re.findall(r"[-\d.]+", d), float).reshape(-1, 2)[:21, 1]
        want = []
        for epochs in range(21):
            record = [epochs, 0.1, 10, 0] if epochs else []
            net = widgets.Playground(record=record, layers=[3]).trained()
            want.append(np.log10(nnlib.evaluate(net, n.X[rows], n.Y[rows], n.loss)[0]))
        a, b = np.polyfit(want, heights, 1)
        assert a < 0 and heights == pytest.approx(a * np.array(want) + b, abs=0.12)


# ---- the pictures ----

BOX = "e => [e.x.baseVal.value, e.y.baseVal.value, e.width.baseVal.value]"
PIXEL = """([index, x, y]) => { const svg = document.querySelectorAll('.nnb-picture svg')[index];
  const canvas = svg.previousElementSibling, k = canvas.width / parseFloat(canvas.style.width);
  const pen = canvas.getContext('2d');
  return [...pen.getImageData(Math.round(x * k), Math.round(y * k), 1, 1).data]; }"""


def test_the_maps_are_the_networks(widget_page):
    n = widgets.Playground(record=[150, 0.03, 10, 0])
    page = widget_page(n)
    page.wait_for_timeout(400)
    net, box = n.trained(), page.locator("rect[aria-hidden], rect.nnb-choose").last
    x, y, side = box.evaluate(BOX)
    for place in np.random.default_rng(0).uniform(-5.5, 5.5, (20, 2)):
        a = net([place])[0, 0]
        red, _, blue, _ = page.evaluate(PIXEL, [1, x + (place[0] + 6) / 12 * side,
                                                y + (6 - place[1]) / 12 * side])
        if abs(a - 0.5) > 0.05:
            assert (blue > red) == (a > 0.5)
    bound = page.locator(".nnb-pg-bound").get_attribute("d")
    ends = np.array(re.findall(r"[-\d.]+", bound), float).reshape(-1, 2)[::7]
    places = np.column_stack([(ends[:, 0] - x) / side * 12 - 6, 6 - (ends[:, 1] - y) / side * 12])
    assert net(places) == pytest.approx(0.5, abs=0.03)
    first = page.locator("rect[data-link=a1_1]")
    x, y, side = first.evaluate(BOX)
    for place in [(-4, -4), (4, 4), (-4, 4), (4, -4)]:
        a = net.forward([place])[1][1][0, 0]
        red, _, blue, _ = page.evaluate(PIXEL, [0, x + (place[0] + 6) / 12 * side,
                                                y + (6 - place[1]) / 12 * side])
        assert (blue > red) == (a > 0)


def test_the_last_layer_sees_its_activations(widget_page):
    n = widgets.Playground(data="xor", layers=[2], record=[200, 0.1, 10, 0], view="last layer")
    page = widget_page(n)
    d = page.locator(".nnb-pg-mark[data-part=train][data-class='1']").get_attribute("d")
    tips = np.array(re.findall(r"M([-\d.]+) ([-\d.]+)", d), float)
    seen = n.trained().forward(n.X[n.train_rows & (n.Y[:, 0] == 1)])[1][1]
    for k in range(2):
        slope, start = np.polyfit(seen[:, k], tips[:, k], 1)
        assert (slope > 0) == (k == 0)
        assert tips[:, k] == pytest.approx(slope * seen[:, k] + start, abs=0.4)
    line = np.array(re.findall(r"[-\d.]+", page.locator(".nnb-pg-bound").get_attribute("d")), float)
    line = line.reshape(-1, 2)
    assert np.abs(np.polyval(np.polyfit(*line.T, 1), line[:, 0]) - line[:, 1]).max() < 2  # straight


def test_the_inspected_point_moves(widget_page):
    page = widget_page(widgets.Playground(record=[20, 0.03, 10, 0]))
    drag(page, page.locator("circle.nnb-handle"), 50, 30)
    now = state_of(page)
    assert now.x[0] > 1 and now.x[1] < 2 and now.record == [20, 0.03, 10, 0]
    assert_numbers(page, playground_numbers(now))
    page.locator("circle.nnb-handle").press("ArrowUp")
    assert_numbers(page, playground_numbers(state_of(page)))
    more(page)
    box = page.locator("rect.nnb-choose").last.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    assert state_of(page).x[0] < -5


# ---- presets, Python ----

def trained(epochs, eta, **traits):
    n = widgets.Playground(record=[epochs, eta, 10, 0], **traits)
    return n.measure()[0]


def test_presets_say_the_truth():
    xor = [trained(300, 0.03, data="xor", layers=[units])[1] for units in (1, 2)]
    assert 0.65 < xor[0] < 0.75 and xor[1] > 0.88
    deep = [trained(150, 0.03, layers=[4, 4, 4], activations=phi)[1] for phi in ("linear", "tanh")]
    assert deep[0] < 0.65 and deep[1] > 0.95
    spiral = [trained(600, 0.1, data="spiral", noise=0.03, layers=[units] * 2)[1]
              for units in (3, 8)]
    assert spiral[1] > spiral[0] + 0.1
    n, leaps = widgets.Playground(layers=[4, 2]), []
    net = n.network()
    for eta in (1, 0.03):
        costs = [epoch.cost for epoch in nnlib.train(
            net, (n.X[n.train_rows], n.Y[n.train_rows]), cost=n.loss, epochs=20, batch_size=10,
            eta=eta, rng=0)]
        leaps.append(np.abs(np.diff(costs[3:])).mean())
    assert leaps[0] > 8 * leaps[1]


def test_a_network_from_python(widget_page):
    net = nnlib.Network([2, 3, 3], nnlib.relu, nnlib.softmax, rng=4)
    n = widgets.Playground(net=net, data="three arms")
    assert params_of(n.network()) == pytest.approx(params_of(net))
    assert n.network().activations == [nnlib.relu, nnlib.softmax]
    page = widget_page(n)
    assert_numbers(page, playground_numbers(n))
    run_to(page, 10)
    assert params_of(program(page)) == pytest.approx(params_of(state_of(page).trained()), abs=1e-12)
    for bad, words in ((3, "net must be an nnlib.Network; got int"),
                       (nnlib.Network([3, 1]), "Playground shows networks with 2 inputs and 1 or"),
                       (nnlib.Network([2, 9, 1]), "layers must be 0 to 4 whole numbers")):
        with pytest.raises((TypeError, ValueError, traitlets.TraitError), match=words):
            widgets.Playground(net=bad)


def test_settings_begin_a_new_run_and_training_goes_on():
    n = widgets.Playground(record=RUN)
    n.set(eta=0.5, m=3, lam=0.01, x=[0, 0], log=True)
    assert n.record == RUN
    for change in ({"layers": [3]}, {"seed": 1}, {"data": "xor"}, {"activations": "relu"}):
        n = widgets.Playground(record=RUN)
        n.set(**change)
        assert n.record == [], change
    n.set(seed=2, record=[5, 0.1, 10, 0])
    assert n.record == [5, 0.1, 10, 0]


@pytest.mark.parametrize("change, complaint", [
    ({"layers": [9]}, "layers must be 0 to 4 whole numbers from 1 to 8, the units of each"),
    ({"layers": [1] * 5}, "layers must be 0 to 4 whole numbers from 1 to 8, the units of each"),
    ({"activations": ["sine"]}, "activations must be 1 to 4 of: linear, step, sign, piecewise lin"),
    ({"data": "square"}, "data must be one of: circle, xor, blobs, spiral, moons, three arms, own"),
    ({"eta": 4}, "eta must be one number from 0.0001 to 3; got 4."),
    ({"record": [1, 2, 3]}, "record must hold rows of epochs, eta, m, lam (or 0, i, v, 0"),
    ({"record": [10_001, 0.1, 1, 0]}, "at most 10,000 epochs; got"),
    ({"n": 600}, "n must be one number from 20 to 500; got 600."),
    ({"points": [1, 2, 3]}, "points must be a list of 6 to 900 numbers"),
])
def test_bad_values_get_one_sentence(change, complaint):
    n = widgets.Playground()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("X, Y, complaint", [
    (np.ones((3, 3)), [0, 1, 0], "own points are X of shape (n, 2) with n from 2 to 300"),
    (np.ones((3, 2)), [0, 1], "got shapes (3, 2) and (2,)."),
    (np.ones((3, 2)), None, "got shapes (3, 2) and (0,)."),
    (np.ones((3, 2)), [0, 1, 5], "labels are 0, 1 or 2; got [0, 1, 5]."),
    (np.full((3, 2), np.nan), [0, 1, 1], "X must hold numbers from -1e+06 to 1e+06 only."),
])
def test_bad_points_get_one_sentence(X, Y, complaint):
    with pytest.raises(ValueError) as error:
        widgets.Playground(X=X, Y=Y)
    assert complaint in str(error.value)


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.Playground(name="play"))
    for part in ("m=0", "eta=9", "layers=9", "layers=1,1,1,1,1", "activations=sine", "data=own2",
                 "unit=1,9", "weight=99", "record=1,2,3", "record=0,99,1,0", "points=1,2,3,4,5,6",
                 "start=1", "test=95"):
        page.evaluate("hash => { location.hash = hash; }", f"play:{part}")
        drawn(page)
        assert state_of(page).state() == widgets.Playground().state() | {"name": ""}
        more(page)
    assert page.problems == []
