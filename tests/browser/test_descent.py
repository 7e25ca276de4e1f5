"""Descent1D and Descent2D: NumPy's paths, marked thresholds, readable explosions."""

import re

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_numbers, button, copied, drag, go_to, out_of_sight, read, say, ticks
from test_common import descent1d_numbers, descent2d_numbers, formula

import nnlib
from nnlib import widgets
from nnlib.widgets.descent1d import CURVES
from nnlib.widgets.descent2d import HILL, LANDSCAPES, WELLS

POINTS = re.compile(r"[ML]([-\d.]+) ([-\d.]+)")
MARKS = """root => [...root.querySelectorAll('.nnb-track:has([data-slider=eta]) i')].map(i =>
  i.hidden ? null : +i.style.getPropertyValue('--mark'))"""


def picture(page, index, root=".nnb"):
    return page.locator(root).first.locator(".nnb-picture").nth(index)


def points(node):
    """The corners of a path in pixels, shape (n, 2)."""
    return np.array(POINTS.findall(node.get_attribute("d")), float)


def frame(picture):
    """Functions from ticks' numbers to pixels, across and up."""
    at = ticks(picture)

    def axis(side, column):
        marks = sorted((float(read(text)[0]), place[column]) for (text, anchor), place in at.items()
                       if anchor == side)
        (a, p), (b, q) = marks[0], marks[-1]
        return lambda v: p + (np.asarray(v) - a) * (q - p) / (b - a)

    return axis("middle", 0), axis("end", 1)


def no_nonsense(page):
    drawn = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined", "null") if word in drawn]
    assert page.problems == []


# ---- the numbers ----

@pytest.mark.parametrize("C", CURVES)
def test_slope_and_curvature_are_those_of_the_curve(C):
    curve, bottoms = CURVES[C], {"double well": (-2, 1 + np.sqrt(0.5))}.get(C, (0,))
    for k, w in [(1, -3.1), (2.5, 0.4), (4, 2.2)]:
        slope = nnlib.numerical_gradient(lambda v, k=k: curve.C(k, v[0]), np.array([w]))
        assert curve.slope(k, w) == pytest.approx(slope[0], rel=1e-7)
    for bottom in bottoms:
        assert curve.slope(3, bottom) == pytest.approx(0, abs=1e-12)
        bend = (curve.slope(3, bottom + 1e-5) - curve.slope(3, bottom - 1e-5)) / 2e-5
        assert curve.curvature(3, bottom) == pytest.approx(bend, rel=1e-7)


@pytest.mark.parametrize("C", LANDSCAPES)
def test_gradient_and_eigenvalues_are_those_of_the_landscape(C):
    land = LANDSCAPES[C]
    for w in ([0.3, -1.2], [-1.7, 0.4]):
        slope = nnlib.numerical_gradient(lambda v: land.C(7.0, *v), np.array(w))
        assert land.gradient(7.0, *w) == pytest.approx(slope, rel=1e-6)
    for w in {"two wells": [(v, v / 2) for v in WELLS], "Rosenbrock": [(1, 1)],
              "saddle": [(-np.sqrt(2), 0)], "bowl": [(0, 0)]}[C]:
        assert land.gradient(7.0, *w) == pytest.approx((0, 0), abs=1e-12)
        steps = 1e-5 * np.eye(2)
        hessian = [(np.array(land.gradient(7.0, *(w + h))) - land.gradient(7.0, *(w - h))) / 2e-5
                   for h in steps]
        n = widgets.Descent2D(C=C, kappa=7, w=w)
        assert n.eigenvalues == pytest.approx(np.linalg.eigvalsh(hessian), rel=1e-7)


def test_the_path_is_the_rule_repeated():
    n = widgets.Descent1D(k=2, w=1.5, eta=0.4, steps=3)
    assert n.path == pytest.approx([1.5, 0.3, 0.06, 0.012])
    assert n.costs == pytest.approx(n.path**2)
    n = widgets.Descent2D(kappa=10, w=[1, 1], eta=0.1, beta=0.5, steps=2)
    assert n.path == pytest.approx(np.array([[1, 1], [0.9, 0], [0.9 - 0.05 - 0.09, -0.5]]))


def random_settings(rng):
    """Settings of all kinds, calm and explosive ones."""
    shared = {"eta": float(np.exp(rng.uniform(np.log(0.001), np.log(10))))}
    one = {"C": rng.choice(list(CURVES)), "k": rng.uniform(0.25, 4), "w": rng.uniform(-4, 4),
           "steps": int(rng.integers(1, 51))}
    two = {"C": rng.choice(list(LANDSCAPES)), "kappa": np.exp(rng.uniform(0, np.log(100))),
           "w": rng.uniform(-2, 2, 2), "beta": rng.choice([0, rng.uniform(0, 0.99)]),
           "eta": shared["eta"] / 30 + 0.001, "steps": int(rng.integers(1, 301))}
    return widgets.Descent1D(**(shared | one)), widgets.Descent2D(**(shared | two))


def test_every_number_is_numpys_in_random_settings(widget_page):
    rng = np.random.default_rng(0)
    both = [n for _ in range(12) for n in random_settings(rng)]
    page = widget_page(*both, width=1280)
    exploded = 0
    for n in both:
        numbers = descent1d_numbers if isinstance(n, widgets.Descent1D) else descent2d_numbers
        assert_numbers(page, numbers(n), f"[data-nnb-model='{n.model_id}'] .nnb")
        exploded += n.explodes_after is not None
    assert 4 <= exploded <= 20  # both kinds were tried
    no_nonsense(page)


# ---- one weight ----

def test_the_path_is_drawn_on_the_curve_and_over_the_steps(widget_page):
    n = widgets.Descent1D(eta=1.7)
    page = widget_page(n)
    for index, across in ((0, n.path), (1, np.arange(21))):
        x, y = frame(picture(page, index))
        stops = picture(page, index).locator(".nnb-stop").evaluate_all(
            "all => all.map(c => [+c.getAttribute('cx'), +c.getAttribute('cy')])")
        assert np.array(stops) == pytest.approx(np.stack([x(across), y(n.costs)], 1)[1:], abs=0.1)
    way = points(picture(page, 0).locator(".nnb-steps-way"))
    x, y = frame(picture(page, 0))
    want = np.repeat(np.stack([x(n.path), y(n.costs)], 1), 2, axis=0)
    want = np.stack([want[1:, 0], want[:-1, 1]], 1)  # level, then down to the curve
    assert way == pytest.approx(want, abs=0.1)


def test_thresholds_are_marked_on_the_slider(widget_page):
    cases = [
        (widgets.Descent1D(), (1, 2)),
        (widgets.Descent1D(k=4, w=-2), (0.25, 0.5)),
        (widgets.Descent1D(C="double well"), (32 / 34, 64 / 34)),
        (widgets.Descent2D(), (2 / 11, 0.2)),
        (widgets.Descent2D(kappa=100, beta=0.5), (3 / 101, 0.03)),
        (widgets.Descent1D(C="plateau"), (16, 32)),  # beyond the end of the slider
    ]
    page = widget_page(*[n for n, _ in cases])
    drawn = page.locator(".nnb").evaluate_all(f"all => all.map({MARKS})")
    for (n, marks), places in zip(cases, drawn, strict=True):
        assert n.thresholds == pytest.approx(marks)
        assert places == pytest.approx([(np.log10(v) + 3) / 4 if v <= 10 else None for v in marks])


def test_the_marks_are_the_thresholds_of_what_happens(widget_page):
    """Glide below 1/k, zig-zag up to 2/k, then each distance is longer than the last."""
    page = widget_page(*[widgets.Descent1D(eta=eta) for eta in (0.99, 1, 1.01, 1.99, 2, 2.01, 3)])
    words = ["it glides", "one step lands", "it zig-zags", "it zig-zags", "to and fro for ever",
             "it grows", "explodes at the first step"]
    for i, (eta, word) in enumerate(zip((0.99, 1, 1.01, 1.99, 2, 2.01, 3), words, strict=True)):
        n, root = widgets.Descent1D(eta=eta), page.locator(".nnb").nth(i)
        assert word in root.locator(".nnb-caption").inner_text()
        far, same = np.abs(n.path), np.sign(n.path[1:]) == np.sign(n.path[:-1])
        assert same.all() == (eta < 1) or eta == 1
        assert (np.diff(far) < 0).all() == (eta < 2) or eta == 1


def test_an_explosion_stays_readable_and_reset_mends_it(widget_page):
    page = widget_page(widgets.Descent1D(eta=0.3), width=1280)
    slider = page.locator("[data-slider=eta]")
    for eta, step in (("1", None), ("0.35", 2), ("0.6", 0)):  # 10, 2.24, 3.98
        slider.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input', "
                        "{ bubbles: true })); }", eta)
        n = copied(page)
        step = n.explodes_after
        assert step == int(np.flatnonzero(np.abs(n.path) < 4.4)[-1])
        told = f"explodes after step {step}" if step else "explodes at the first step"
        assert told in page.locator(".nnb-caption").inner_text()
        assert picture(page, 1).get_by_text(told).count() == 1
        assert_numbers(page, descent1d_numbers(n))
        no_nonsense(page)
        inside = page.locator(".nnb").evaluate("""root => [...root.querySelectorAll(
          '.nnb-steps-way, .nnb-stop')].every(e => { const b = e.getBoundingClientRect(),
          s = e.ownerSVGElement.getBoundingClientRect(); return b.left > s.left && b.right < s.right
          && b.top > s.top && b.bottom < s.bottom; })""")
        assert inside
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    button(page, "Reset").click()
    assert copied(page).state() == {**widgets.Descent1D().state(), "name": ""}
    assert "it glides" in page.locator(".nnb-caption").inner_text()


def test_the_whole_path_follows_each_move_of_a_drag(widget_page):
    page = widget_page(widgets.Descent1D(), widgets.Descent2D(), width=1280)
    for i, path in ((0, ".nnb-steps-way"), (1, "path.nnb-path")):
        root = page.locator(".nnb").nth(i)
        handle = root.locator("circle[data-handle]")
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        seen = {root.locator(path).first.get_attribute("d")}
        for dx in (20, 40, 60):
            page.mouse.move(x + dx, y + dx / 3)
            seen.add(root.locator(path).first.get_attribute("d"))
        assert len(seen) == 4
        page.mouse.up()
    no_nonsense(page)


def test_steps_light_up_and_the_rate_may_change_while_playing(widget_page):
    page = widget_page(widgets.Descent1D())
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play (Space)").click()
    page.wait_for_function("document.querySelector('.nnb-say').textContent.startsWith('3 of 20')")
    formula(page, "eta").press("Shift+ArrowRight")
    pause = page.get_by_role("button", name="Pause (Space)")
    expect(pause).to_be_visible()
    page.wait_for_function("document.querySelector('.nnb-say').textContent.startsWith('5 of 20')")
    pause.click()
    n, step = copied(page), int(say(page).split(" of")[0])
    assert n.eta > 0.3
    shown, half = read(say(page).split(" = ")[2].split(",")[0])
    assert float(shown) == pytest.approx(n.path[step], abs=float(half))
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    lit = page.locator(f".nnb-stop[data-link=p{step}][data-lit]")
    expect(lit).to_have_count(2)
    # a flat line has no height, which Playwright takes for hidden
    expect(page.locator(f".nnb-tangent[data-link=p{step}]")).to_have_css("visibility", "visible")


def test_nothing_moves_off_screen(widget_page):
    page = widget_page(widgets.Descent1D())
    page.evaluate("document.querySelector('main').style.paddingBottom = '3000px'")
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play (Space)").click()
    page.evaluate("scrollTo(0, 2500)")
    out_of_sight(page)
    page.evaluate("""() => { window.changes = 0; new MutationObserver((all) => {
      window.changes += all.length; }).observe(document.querySelector('.nnb'),
      { subtree: true, childList: true, attributes: true, characterData: true }); }""")
    text = page.locator(".nnb-say").text_content()
    page.wait_for_timeout(900)
    assert page.evaluate("window.changes") == 0
    assert page.locator(".nnb-say").text_content() == text
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".nnb-say")).not_to_have_text(text)


# ---- two weights ----

def test_the_arrow_stands_on_the_contour_through_the_start(widget_page):
    maps = [widgets.Descent2D(C=C, w=[-1.2, 0.8], eta=0.01) for C in LANDSCAPES]
    page = widget_page(*maps)
    for i, n in enumerate(maps):
        assert_perpendicular(page.locator(".nnb").nth(i).locator(".nnb-picture").first, n)


def assert_perpendicular(image, n):
    x, y = frame(image)
    start = np.array([x(n.w[0]), y(n.w[1])])
    tip = points(image.locator("path.nnb-arrow"))
    assert tip[0] == pytest.approx(start, abs=0.1)
    down = tip[1] - tip[0]
    want = np.array([-n.gradient[0], n.gradient[1]])  # pixels count downwards
    assert down / np.hypot(*down) == pytest.approx(want / np.hypot(*want), abs=1e-6)
    ends = points(image.locator(".nnb-level")).reshape(-1, 2, 2)
    ends = ends[np.hypot(*(ends[:, 1] - ends[:, 0]).T) > 2]  # a shorter piece has no direction
    nearest = ends[np.abs(ends - start).sum(axis=(1, 2)).argmin()]
    along = nearest[1] - nearest[0]
    assert np.abs(nearest - start).max() < 12
    assert abs(down @ along) < 0.12 * np.hypot(*down) * np.hypot(*along)


def test_contours_lie_where_the_cost_has_their_level(widget_page):
    n = widgets.Descent2D(C="two wells", kappa=5, w=[1.5, -1], eta=0.05)
    page = widget_page(n)
    image = picture(page, 0)
    x, y = frame(image)
    corners = points(image.locator(".nnb-contour:not(.nnb-level)"))
    w1 = -2 + 4 * (corners[:, 0] - x(-2)) / (x(2) - x(-2))
    w2 = -2 + 4 * (corners[:, 1] - y(-2)) / (y(2) - y(-2))
    power = np.log2(LANDSCAPES["two wells"].C(5, w1, w2) / 0.06)
    assert len(corners) > 1000
    assert np.abs(power - power.round()).max() < 0.2
    assert len(set(power.round())) > 6


def test_path_and_costs_are_drawn_where_numpy_has_them(widget_page):
    n = widgets.Descent2D(eta=0.15, steps=30)
    page = widget_page(n)
    x, y = frame(picture(page, 0))
    drawn = points(picture(page, 0).locator("path.nnb-path").first)
    assert drawn == pytest.approx(np.stack([x(n.path[:, 0]), y(n.path[:, 1])], 1), abs=0.1)
    image = picture(page, 1)
    x, y = frame_of_powers(image)
    w1, w2 = n.path.T
    parts = {"path.nnb-curve": n.costs, ".nnb-flat.nnb-result": w1**2 / 2,
             ".nnb-steep.nnb-result": 10 * w2**2 / 2}
    for name, values in parts.items():
        shown = points(image.locator(name))[:20]
        want = np.stack([x(np.arange(31)), y(np.log10(values))], 1)[:20]
        assert shown == pytest.approx(want, abs=0.1), name


def frame_of_powers(image):
    """As frame(), where the ticks upwards are powers of ten."""
    at = ticks(image)
    (_, y0), (_, y1) = at["10⁻⁹", "end"], at["10³", "end"]
    across = sorted((float(text), x) for (text, anchor), (x, _) in at.items() if anchor == "middle")
    (a, p), (b, q) = across[0], across[-1]
    return (lambda v: p + (v - a) * (q - p) / (b - a)), (lambda v: y0 + (v + 9) * (y1 - y0) / 12)


def thousandth(costs):
    return int(np.flatnonzero(costs > costs[0] / 1000)[-1]) + 1


def test_insight_best_rate_cliff_and_what_momentum_buys(widget_page):
    n = widgets.Descent2D()  # kappa 10, eta 0.18
    paces = {eta: abs(widgets.Descent2D(eta=eta, steps=100).costs[-1])
             for eta in (0.05, 0.1, 2 / 11, 0.19, 0.199)}
    assert min(paces, key=paces.get) == 2 / 11
    swing = widgets.Descent2D(eta=0.2)
    assert np.abs(swing.path[:, 1]) == pytest.approx(1.2)
    assert widgets.Descent2D(eta=0.21).explodes_after is not None
    page = widget_page(n)
    text = page.locator(".nnb-caption").inner_text
    assert "0.820" in text() and "−0.800" in text() and "the best pace there is" in text()
    assert f"to a thousandth for good after {thousandth(n.costs)} steps" in text()
    for key, words in (("ArrowRight", "over the cliff"), ("Shift+ArrowLeft", "flat part is the")):
        formula(page, "eta").press(key)
        assert words in text()
    button(page, "Momentum").click()
    n = copied(page)
    assert f"after {thousandth(n.costs)} steps; without momentum" in text()
    assert f"η = {n.plain_eta:.3g}, after {thousandth(n.plain_costs)} steps" in text()
    rate = np.diff(np.log(n.costs[[20, 80]]))[0] / np.diff(np.log(n.plain_costs[[20, 80]]))[0]
    assert 8 < rate < 12  # the root of kappa = 100
    assert picture(page, 0).locator("path.nnb-plain").count() == 2
    page.locator("[data-slider=beta]").press("Home")
    assert picture(page, 0).locator("path.nnb-plain").count() == 0


def test_a_change_of_landscape_starts_where_it_shows(widget_page):
    page = widget_page(widgets.Descent2D())
    choose = page.get_by_label("C", exact=True)
    assert choose.locator("option").evaluate_all("all => all.map(o => o.value)") == list(LANDSCAPES)
    for C in LANDSCAPES:
        choose.select_option(C)
        n = copied(page)
        assert n.C == C and n.explodes_after is None
        assert_numbers(page, descent2d_numbers(n))
    handle = picture(page, 0).locator("circle[data-handle]")
    drag(page, handle, -20, 30)
    assert copied(page).w != n.w
    handle.press("ArrowUp")
    no_nonsense(page)


def test_an_explosion_on_the_map_stays_readable(widget_page):
    states = [
        {"eta": 0.3}, {"eta": 10, "kappa": 100, "beta": 0.99}, {"C": "Rosenbrock", "eta": 0.2},
        {"C": "two wells", "eta": 3, "w": [-4, 4]}, {"C": "saddle", "eta": 5, "beta": 0.5},
    ]
    maps = [widgets.Descent2D(**state) for state in states]
    page = widget_page(*maps, width=390)
    for n in maps:
        step, root = n.explodes_after, f"[data-nnb-model='{n.model_id}'] .nnb"
        told = f"explodes after step {step}" if step else "explodes at the first step"
        assert told in page.locator(root).locator(".nnb-caption").inner_text()
        assert_numbers(page, descent2d_numbers(n), root)
    no_nonsense(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# ---- both ----

def test_predict_first_hides_the_path_and_what_is_said_of_it(widget_page):
    page = widget_page(widgets.Descent1D(predict=True), widgets.Descent2D(predict=True, beta=0.5))
    path = page.locator(".nnb-steps-way, .nnb-stop, path.nnb-path, .nnb-end-ring, path.nnb-part, "
                        "path.nnb-plain")
    assert path.count() > 40
    assert not [node for node in path.all() if node.is_visible()]
    assert page.locator(".nnb-caption").all_inner_texts() == ["", ""]
    for i, guess in ((0, "-2.1"), (1, "-0.96")):
        root = page.locator(".nnb").nth(i)
        root.locator(".nnb-guess input").fill(guess)
        root.get_by_role("button", name="Show").click()
        assert "That is it." in root.inner_text()
        assert root.locator(".nnb-caption").inner_text() != ""


@pytest.mark.parametrize("make, facts", [
    (widgets.Descent1D, {
        "Glide, zig-zag, explode": lambda n: n.eta * n.k < 1,
        "A steeper bowl": lambda n: n.thresholds == (0.25, 0.5) and abs(n.path[-1]) < abs(n.w),
        "Two valleys": lambda n: abs(n.path[-1] - 1.707) < 0.01,
        "Flat ground": lambda n: abs(n.path[-1] - n.w) < 0.1}),
    (widgets.Descent2D, {
        "Beside the cliff": lambda n: n.thresholds[1] == 0.2 and n.eta == 0.18,
        "A narrow valley": lambda n: abs(n.path[-1][0]) > 0.1 > abs(n.path[-1][1]),
        "Momentum": lambda n: n.costs[-1] < 1e-9 < 1e-3 < n.plain_costs[-1],
        "Two wells": lambda n: n.path[-1][0] > HILL}),
])
def test_presets_say_the_truth(widget_page, make, facts):
    page = widget_page(make())
    assert page.locator(".nnb-presets button").all_inner_texts() == list(facts)
    for name, fact in facts.items():
        button(page, name).click()
        assert fact(copied(page)), name


def test_what_the_presets_promise_comes_true():
    cliff = widgets.Descent1D(k=4, w=-2, eta=0.51)
    assert abs(cliff.path[-1]) > 2
    valleys = {w: widgets.Descent1D(C="double well", w=w, steps=50).path[-1]
               for w in (3, 0.5, 0, -1)}
    assert [round(float(v), 1) for v in valleys.values()] == [1.7, 1.7, -2, -2]
    assert abs(widgets.Descent1D(C="plateau", w=-4, eta=10).path[-1] + 4) > 1
    rolled = widgets.Descent2D(C="two wells", w=[1.5, -1], eta=0.05, beta=0.8)
    assert rolled.path[-1] == pytest.approx([-1, -0.5], abs=1e-3)


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.Descent2D(name="map"))
    for part in ("eta=0", "eta=11", "kappa=0", "w=1", "w=1,9", "C=hill", "beta=1", "steps=2.5"):
        go_to(page, f"map:{part}")
        assert copied(page).state() == {**widgets.Descent2D().state(), "name": ""}
    assert page.problems == []


@pytest.mark.parametrize("make, change, complaint", [
    (widgets.Descent1D, {"eta": 0}, "eta must be one number from 0.001 to 10; got 0."),
    (widgets.Descent1D, {"steps": 2.5}, "steps must be a whole number; got 2.5."),
    (widgets.Descent1D, {"C": "hill"}, "C must be one of: bowl, double well, plateau; got 'hill'."),
    (widgets.Descent2D, {"w": [1, 9]}, "w must lie from -4 to 4; got [1, 9]."),
    (widgets.Descent2D, {"w": [1]}, "w must be a list of 2 numbers"),
    (widgets.Descent2D, {"kappa": 0.5}, "kappa must be one number from 1 to 100; got 0.5."),
])
def test_bad_values_get_one_sentence(make, change, complaint):
    with pytest.raises(traitlets.TraitError) as error:
        make().set(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)


def test_dark_repaints_the_map(widget_page):
    page = widget_page(widgets.Descent2D())
    corner = """() => { const c = document.querySelector('.nnb canvas');
      return c.getContext('2d').getImageData(2, 2, 1, 1).data[0]; }"""
    light = page.evaluate(corner)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function(f"({corner})() < 100")
    assert light > 200
