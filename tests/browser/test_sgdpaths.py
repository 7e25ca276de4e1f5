"""SGDPaths: the numbers of nnlib.train, the order of arrival, lit examples, noise, lost paths."""

import re

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_numbers, button, copied, drag, drawn, more, say
from test_common import formula, sgd_numbers, value

import nnlib
from nnlib import widgets

RNG = np.random.default_rng(3)
LINE = np.linspace(-1, 1, 64)
OTHER = {"X": RNG.uniform(-1, 1, (64, 1)), "Y": RNG.uniform(-1, 1, (64, 1)), "w": 4, "b": -4}
CASES = [
    {"seen": 64 * 7},
    {"X": LINE, "Y": LINE, "w": 1, "b": 0},  # the start is the lowest place
    {"eta": 1, "m": 1},  # all but the full batch of one example lose their way
    {"eta": 0.001, "m": 64, "seen": 639},
    {"m": 10, "seen": 60, "epochs": 3}, {"m": 7, "seen": 0}, {"seen": 129, "reshuffle": False},
    {**OTHER, "eta": 0.6, "m": 63, "epochs": 20, "seed": 5, "zoom": True},
]


def trained(n, m):
    """nnlib.train on the widget's points, start and seed: w, b and the cost after each epoch."""
    X, Y = np.array(n.X)[:, None], np.array(n.Y)[:, None]
    net = nnlib.Network([1, 1], output=nnlib.linear)
    net.weights[0][:], net.biases[0][:] = n.w, n.b
    run = nnlib.train(net, (X, Y), epochs=n.epochs, batch_size=m, eta=n.eta, rng=n.seed)
    return np.array([[*net.weights[0][0], *net.biases[0], epoch.cost] for epoch in run])


def lowest(n):
    a = n.best[0] * np.array(n.X) + n.best[1]
    return np.mean((a - n.Y) ** 2) / 2


# ---- the numbers ----

@pytest.mark.parametrize("case", [{}, {"m": 10, "seed": 7, "epochs": 4}, OTHER])
def test_train_lands_on_the_same_numbers(case):
    n = widgets.SGDPaths(**case)
    for places, m in zip(n.paths().values(), (1, n.m, 64), strict=True):
        ends = places[np.arange(1, n.epochs + 1) * -(-64 // m)]
        want = trained(n, m)
        assert ends == pytest.approx(want[:, :2], rel=1e-9, abs=1e-9)
        assert n.excess(ends) + lowest(n) == pytest.approx(want[:, 2], rel=1e-9, abs=1e-9)


def test_default_numbers():
    """The single-example path arrives first; after ten epochs the mini-batch path is lowest."""
    after = {epochs: widgets.SGDPaths(seen=64 * epochs).now() for epochs in (1, 10)}
    single, mini, full = (row[1] for row in after[1].values())
    assert single < mini < full
    assert [single, mini, full] == pytest.approx([0.1820824, 2.068490, 10.83818], rel=1e-5)
    single, mini, full = (row[1] for row in after[10].values())
    assert mini < single < full
    assert [single, mini, full] == pytest.approx([0.03018276, 0.001985815, 1.381593], rel=1e-5)
    assert [row[0] for row in after[10].values()] == [640, 80, 10]
    rng = np.random.default_rng(0)
    X = rng.uniform(-2, 3, (64, 1)).round(2)
    Y = (X - 0.5 + 0.8 * rng.standard_normal((64, 1))).round(2)
    assert widgets.SGDPaths(X, Y, -2.5, 3).state() == widgets.SGDPaths().state()


def test_every_number_is_pythons(widget_page):
    runs = [widgets.SGDPaths(**case) for case in CASES]
    page = widget_page(*runs)
    for name, m in {"e1": 1, "em": 8, "ef": 64}.items():
        cost = value(page, name) + lowest(runs[0])
        assert cost == pytest.approx(trained(runs[0], m)[6, 2], rel=1e-9, abs=1e-9)
    for n in runs:
        assert len(n._repr_mimebundle_()[0]["text/html"].encode()) < 10_000
        assert_numbers(page, sgd_numbers(n), f"[data-nnb-model='{n.model_id}'] .nnb")
    text = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in text]
    assert page.problems == []


def test_a_new_seed_in_the_page_is_pythons_seed(widget_page):
    page = widget_page(widgets.SGDPaths(name="s", epochs=2))
    for patch in ({"seed": 1}, {"seed": 1, "reshuffle": 0}, {"seed": 0, "epochs": 20, "seen": 999},
                  {"seed": 99_999, "m": 5, "seen": 77}):
        state = {"seed": 0, "epochs": 2, "reshuffle": 1, "m": 8, "seen": 128} | patch
        page.evaluate("hash => { location.hash = hash; }",
                      "s:" + "&".join(f"{key}={v}" for key, v in state.items()))
        expect(page.locator("[data-slider=seed]")).to_have_attribute(
            "aria-valuetext", re.compile(f"= {state['seed']:,}$"))
        drawn(page)
        n = widgets.SGDPaths(**{**state, "reshuffle": bool(state["reshuffle"])})
        assert_numbers(page, sgd_numbers(n))
    before = value(page, "e1")
    button(page, "New seed").click()
    assert copied(page).seed == 100_000 and value(page, "e1") != before
    more(page)
    button(page, "Undo").click()
    assert value(page, "e1") == before  # the same seed, the same run


# ---- the pictures ----

def frame(page):
    """Left, top and width of the landscape, in pixels."""
    return page.locator(".nnb-bowl").evaluate(
        "e => ['x', 'y', 'width'].map(key => e[key].baseVal.value)")


def points(locator):
    """The corners of a path's d, in pixels."""
    return np.array(re.findall(r"[-\d.]+", locator.get_attribute("d")), float).reshape(-1, 2)


def test_paths_stand_on_the_landscape_with_its_contours(widget_page):
    n = widgets.SGDPaths(epochs=2)
    page = widget_page(n)
    picture = page.locator(".nnb-picture").first
    left, top, side = frame(page)
    for key, places in zip(("single", "mini", "full"), n.paths().values(), strict=True):
        got = points(picture.locator(f".nnb-lane[data-run={key}]"))
        want = (places * [1, -1] + 4) / 8 * side + [left, top]
        assert got == pytest.approx(want, abs=0.06)
    styles = [picture.locator(f".nnb-lane[data-run={key}]").evaluate("""e => {
        const { stroke, strokeDasharray: dash } = getComputedStyle(e); return stroke + dash; }""")
        for key in ("single", "mini", "full")]
    assert len(set(styles)) == 3 and styles[2].endswith("none")
    names = picture.locator(".nnb-lane-name").all_text_contents()
    assert names == ["single", "m = 8", "full"]
    heights = []  # of the contours
    for path in page.locator("path.nnb-depth").all():
        along = path.evaluate("""e => [...Array(24).keys()].map(i => {
          const p = e.getPointAtLength(i / 24 * e.getTotalLength()); return [p.x, p.y]; })""")
        places = (np.array(along) - [left, top]) / side * [8, -8] + [-4, 4]
        height = n.excess(places)
        assert height == pytest.approx(height[0], rel=1e-3)
        heights.append(height[0])
    assert heights == pytest.approx([64, 16, 4, 1, 0.25], rel=1e-3)


def test_the_examples_of_the_step_are_lit(widget_page):
    n = widgets.SGDPaths(seen=64 + 13)
    page = widget_page(n)

    def lit(which):
        return {int(i) for i in page.locator(".nnb-datum").evaluate_all(
            f"list => list.flatMap((e, i) => e.hasAttribute('data-{which}') ? [i] : [])")}

    row = n.order[1]
    assert lit("seen") == set(row[:13]) and lit("now") == set(row[8:13])
    ring = page.locator(".nnb-last").evaluate("e => [e.cx.baseVal.value, e.cy.baseVal.value]")
    last = page.locator(".nnb-datum").nth(row[12])
    assert last.evaluate("e => [e.cx.baseVal.value, e.cy.baseVal.value]") == ring
    page.locator("[data-slider=seen]").press("End")
    assert len(lit("seen")) == 64  # an epoch leaves nothing out
    page.locator("[data-slider=seen]").press("Home")
    assert lit("seen") == lit("now") == set()


def test_the_axis_counts_samples_or_updates(widget_page):
    page = widget_page(widgets.SGDPaths())
    picture = page.locator(".nnb-picture").nth(2)

    def ends():
        return picture.locator(".nnb-lane-end").evaluate_all(
            "list => Object.fromEntries(list.map(e => [e.dataset.run, e.cx.baseVal.value]))")

    samples = ends()
    assert len({round(x, 6) for x in samples.values()}) == 1  # all have seen as much
    page.get_by_label("axis").select_option("updates")
    updates = ends()
    assert updates["single"] == pytest.approx(samples["single"])
    step = updates["single"] - updates["mini"]  # 640 to 80 updates, and 80 to 10
    assert step > 20 and updates["mini"] - updates["full"] == pytest.approx(step)


def test_noise_balls_are_as_high_as_they_say(widget_page):
    page = widget_page(widgets.SGDPaths(zoom=True))
    n, words = copied(page), page.locator(".nnb-verdict").inner_text()
    _, _, mean = n.now()["mini-batch"]
    assert f"m = 8 is {mean:.3g}" in words.replace("−", "-")
    left, top, side = frame(page)
    rim = page.locator("path.nnb-rim[data-run=mini]").evaluate(
        "e => { const p = e.getPointAtLength(9); return [p.x, p.y]; }")
    place = n.best + (np.array(rim) - [left + side / 2, top + side / 2]) / side * [1.6, -1.6]
    assert n.excess(place) == pytest.approx(mean, rel=1e-3)
    page.locator("[data-slider=seen]").press("Home")
    assert page.locator(".nnb-rim").count() == 0


def test_a_lost_path_is_said_in_words_and_comes_back(widget_page):
    page = widget_page(widgets.SGDPaths())
    formula(page, "eta").press("End")
    n, words = copied(page), page.locator(".nnb-verdict").inner_text()
    for name, (updates, excess, _) in n.now().items():
        label = {"mini-batch": "m = 8", "full batch": "full"}.get(name, name)
        assert (f"{label} is lost after {updates} update" in words) == (excess > 1e6)
    assert "single is lost" in words and value(page, "e1") > 1e6
    text = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in text]
    button(page, "Reset").click()
    assert "lost" not in page.locator(".nnb-verdict").inner_text()


# ---- the run ----

def test_the_run_plays_steps_and_stops_out_of_sight(widget_page):
    page = widget_page(widgets.SGDPaths(), widgets.SGDPaths(), width=1000)
    first = page.locator(".nnb").first
    seen = first.locator("output[data-name=seen]")
    first.get_by_role("button", name="Rewind the run").click()
    expect(seen).to_have_text("0")
    first.get_by_role("button", name="Run on").click()
    expect(seen).to_have_text("1")
    first.get_by_role("button", name="Run back").click()
    expect(seen).to_have_text("0")
    first.get_by_role("button", name="Play the run").click()
    page.wait_for_function(
        "() => document.querySelector('output[data-name=seen]').dataset.value > 3")
    page.locator("[data-slider=eta]").first.press("ArrowLeft")  # while it runs
    page.set_viewport_size({"width": 1000, "height": 300})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    page.evaluate("""() => { window.touched = 0; new MutationObserver(list => {
      window.touched += list.length; }).observe(document.querySelector('.nnb-body'),
      { subtree: true, childList: true, attributes: true, characterData: true }); }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.touched") == 0
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("() => window.touched > 0")
    first.get_by_role("button", name="Pause the run").click()
    assert page.problems == []


def test_where_motion_is_unwelcome_play_is_one_step(widget_page):
    page = widget_page(widgets.SGDPaths(seen=63), reduced_motion="reduce")
    seen = page.locator("output[data-name=seen]")
    for want in ("64", "72", "80"):
        page.get_by_role("button", name="Play the run").click()
        expect(seen).to_have_text(want)
    page.get_by_role("button", name="Run back").click()
    expect(seen).to_have_text("72")


def test_the_start_can_be_dragged(widget_page):
    page = widget_page(widgets.SGDPaths())
    drag(page, page.locator("circle.nnb-handle"), 60, 30)
    n = copied(page)
    assert n.w > -2.5 and n.b < 3
    assert_numbers(page, sgd_numbers(n))
    page.locator("circle.nnb-handle").press("ArrowUp")
    assert copied(page).b == pytest.approx(n.b + 0.1)


def test_the_steps_follow_the_last_mini_batch(widget_page):
    n = widgets.SGDPaths(seen=70)
    page = widget_page(n)
    step, texts = page.get_by_role("button", name="One step on"), []
    while step.is_enabled():
        step.click()
        texts.append(say(page))
    (w, b), batch = n.paths()["mini-batch"][7], n.order[0, 56:]
    x, y = np.array(n.X), np.array(n.Y)
    gap = w * x + b - y
    for text, index in zip(texts[2:4], (batch, slice(None)), strict=True):
        for slope in (np.mean(gap[index] * x[index]), np.mean(gap[index])):
            assert f"{slope:.3g}".replace("-", "−") in text.replace("0 by", " by")


def test_presets_say_the_truth(widget_page):
    page = widget_page(widgets.SGDPaths())
    facts = {
        "Who arrives first?": lambda single, mini, full: single < mini < full,
        "Who settles?": lambda single, mini, full: mini < single < full,
        "Per update": lambda single, mini, full: mini < single < full,
        "Too bold": lambda single, mini, full: full < 1e-4 < mini < 1 < 1e6 < single,
    }
    for name, fact in facts.items():
        button(page, name).click()
        assert fact(*(value(page, key) for key in ("e1", "em", "ef")))
        n = copied(page)
        assert (n.seen == 64) == (name == "Who arrives first?")
        assert n.zoom == (name == "Who settles?")
        assert (n.axis == "updates") == (name == "Per update")


def test_half_the_rate_shrinks_the_noise():
    """What a preset asks to try, after enough epochs for both rates to arrive."""
    whole, half = (widgets.SGDPaths(eta=eta, epochs=20).now() for eta in (0.1, 0.05))
    for key in ("single", "mini-batch"):
        assert half[key][2] < 0.7 * whole[key][2]


# ---- Python ----

def test_python_follows_seed_and_epochs():
    n = widgets.SGDPaths(epochs=3)
    assert n.seen == 192 and n.order.shape == (3, 64)
    n.set(seed=4, epochs=5)
    rng = np.random.default_rng(4)
    assert (n.order == [rng.permutation(64) for _ in range(5)]).all() and n.seen == 192
    n.epochs = 2
    assert n.seen == 128
    n.set(epochs=5, seen=300)
    assert n.seen == 300
    assert n.shuffles["seed"] == 4
    assert np.frombuffer(n.shuffles["rows"], np.uint8).tolist() == n.order.ravel().tolist()
    n.reshuffle = False
    assert (n.order == n.order[0]).all()


@pytest.mark.parametrize("change, complaint", [
    ({"X": [1, 2, 3]}, "X must be a list of 64 numbers from -1e+06 to 1e+06; got [1, 2, 3]."),
    ({"X": [1] * 64}, "the best line through X and Y must have w and b from -4 to 4; it has w = "),
    ({"Y": [9] * 64}, "the best line through X and Y must have w and b from -4 to 4; it has w = "),
    ({"w": 5}, "w must be one number from -4 to 4; got 5."),
    ({"eta": 2}, "eta must be one number from 0.001 to 1; got 2."),
    ({"m": 0}, "m must be one number from 1 to 64; got 0."),
    ({"m": 2.5}, "m must be a whole number; got 2.5."),
    ({"axis": "time"}, "axis must be one of: samples, updates; got 'time'."),
])
def test_bad_values_get_one_sentence(change, complaint):
    n = widgets.SGDPaths()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.SGDPaths(name="sgd"))
    for part in ("w=5", "m=0", "m=2.5", "eta=2", "seen=641", "epochs=21", "seed=-1", "axis=time"):
        page.evaluate("hash => { location.hash = hash; }", f"sgd:{part}")
        drawn(page)
        assert copied(page).state() == widgets.SGDPaths().state() | {"name": ""}
        more(page)
    assert page.problems == []
