"""CostByHand: squares to scale, the trace, the fog, the slope, and the numbers of nnlib."""

import numpy as np
import pytest
import traitlets
from screen import assert_numbers, button, copied, drag, go_to, more, ticks
from test_common import cost_numbers, costs_at, formula, value, way

from nnlib import widgets

MANY = np.random.default_rng(1).uniform(-3, 3, 40)
CASES = [
    {"X": [[-1.0], [0.5], [0.2], [1.4]], "Y": np.array([[1], [0], [0], [1]]), "w": 0, "b": 0},
    {"X": MANY, "Y": (MANY > 0).astype(float), "w": 4, "b": -4},
    {"X": [1000, -1000, 3, 3], "Y": [0, 1, 0.5, 0.25], "w": 4, "b": 4},
    {"X": [0, 0, 0, 0], "Y": [1, 1, 1, 1], "w": -4, "b": 4, "trace": [4, -4, 1, 1, -4, 4]},
    {},
]


@pytest.mark.parametrize("cost", ["quadratic", "cross-entropy"])
def test_every_number_is_nnlibs(widget_page, cost):
    hunts = [widgets.CostByHand(cost=cost, slope=True, reveal=True, **case) for case in CASES]
    page = widget_page(*hunts)
    for n in hunts:
        root = f"[data-nnb-model='{n.model_id}'] .nnb"
        assert_numbers(page, cost_numbers(n), root)
    drawn = page.locator("main").inner_html()
    assert "NaN" not in drawn and "Infinity" not in drawn and "undefined" not in drawn
    assert page.problems == []


def test_default_examples_have_their_lowest_cost_on_the_map():
    n = widgets.CostByHand(w=2, b=-3.2)
    assert len(n.X) == 12 and n.C < 0.004
    a = 1 / (1 + np.exp(3.2 - 2 * np.array(n.X)))
    assert n.C == pytest.approx(np.mean((a - n.Y) ** 2) / 2)
    assert np.hypot(*n.gradient) < 0.005
    assert n.C < widgets.CostByHand().C / 50


def test_squares_are_to_scale(widget_page):
    n = widgets.CostByHand(w=1, b=0)
    page = widget_page(n)
    at = ticks(page.locator(".nnb-picture").first)
    unit = at["0", "end"][1] - at["1", "end"][1]
    boxes = page.locator("path.nnb-square").evaluate_all("""list => list.map(e => {
      const b = e.getBBox(); return [b.width, b.height, e.dataset.sign]; })""")
    gaps = 1 / (1 + np.exp(-np.array(n.X))) - n.Y
    assert len(boxes) == len(n.X)
    for (width, height, sign), gap in zip(boxes, gaps, strict=True):
        assert width == pytest.approx(abs(gap) * unit, rel=1e-4)
        assert height == pytest.approx(width)
        assert sign == ("neg" if gap < 0 else "pos")
    page.get_by_label("cost", exact=True).select_option("cross-entropy")
    assert page.locator("path.nnb-square").count() == 0  # there the loss is no square


# ---- the trace and the fog ----

SEEN = """([w, b]) => { const c = document.querySelector('.nnb canvas');
  return c.getContext('2d').getImageData(Math.floor((w + 4) / 8 * c.width),
    Math.floor((4 - b) / 8 * c.height), 1, 1).data[3]; }"""


def test_the_map_is_fog_where_nobody_has_been(widget_page):
    page = widget_page(widgets.CostByHand(w=-2, b=2))
    here, far, between = [-2, 2], [3, -3], [1, 2]
    assert [page.evaluate(SEEN, place) for place in (here, far, between)] == [255, 0, 0]
    drag(page, page.locator("circle.nnb-handle:not(.nnb-example)"), 160)
    assert value(page, "w") > 1
    assert [page.evaluate(SEEN, place) for place in (here, far, between)] == [255, 0, 255]
    assert page.locator(".nnb-whole").count() == 0
    page.get_by_label("reveal all").check()
    assert [page.evaluate(SEEN, place) for place in (here, far, between)] == [255] * 3
    assert page.locator(".nnb-whole").count() == 1
    assert page.locator("math [data-name=lowest]").count() == 1


def test_the_map_has_the_colour_of_the_cost(widget_page):
    n = widgets.CostByHand(reveal=True)
    page = widget_page(n)
    shade = SEEN.replace("data[3]", "data[0]")
    places = [[2, -3.2], [0.5, -0.5], [-3, 3.5]]
    shades = [page.evaluate(shade, place) for place in places]
    costs = costs_at(n, places)
    assert costs[0] < costs[1] < costs[2] and shades[0] > shades[1] > shades[2]


def test_moves_leave_a_trace_of_their_turns(widget_page):
    page = widget_page(widgets.CostByHand(w=-2, b=2))
    for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
        formula(page, "w").press(key)
    assert copied(page).trace == [-2, 2, -1.7, 2]
    formula(page, "b").press("ArrowLeft")
    formula(page, "w").press("ArrowLeft")
    formula(page, "w").press("ArrowRight")
    assert copied(page).trace == [-2, 2, -1.7, 2, -1.7, 1.9, -1.8, 1.9, -1.7, 1.9]
    assert "Your way is 0.6 long" in page.locator(".nnb-caption").inner_text()
    n = copied(page)
    path = page.locator("path.nnb-trail").get_attribute("d")
    assert path.count("L") == len(way(n)) - 1
    page.wait_for_timeout(450)
    while button(page, "Undo").is_enabled():
        button(page, "Undo").click()
    assert copied(page).trace == [-2, 2]


def test_the_trail_is_the_cost_on_the_way(widget_page):
    n = widgets.CostByHand(w=1, b=0, trace=[-3, 2, 1, 2, 1, 0])
    page = widget_page(n)
    picture = page.locator(".nnb-picture").nth(2)
    at = ticks(picture)
    (x0, _), (x1, _) = at["−4", "middle"], at["4", "middle"]
    (_, y0), (_, y1) = at["0", "end"], at["0.1", "end"]
    path = picture.locator("path.nnb-trail").get_attribute("d")
    points = [tuple(map(float, p.split())) for p in path[1:].split("L")]
    places = way(n)
    for (px, py), (w, _), cost in zip(points, places, costs_at(n, places), strict=True):
        assert px == pytest.approx(x0 + (w + 4) / 8 * (x1 - x0), abs=0.06)
        assert py == pytest.approx(y0 + cost / 0.1 * (y1 - y0), abs=0.06)
    assert value(page, "best") == pytest.approx(costs_at(n, places).min(), abs=1e-12)


def test_python_leaves_the_same_trace():
    n = widgets.CostByHand(w=0, b=0, X=MANY, Y=MANY / 6 + 0.5)
    n.w = 1
    n.b = -1
    n.set(w=2, b=-2)
    assert n.trace == [0, 0, 1, 0, 1, -1, 2, -2]
    for _ in range(500):
        n.w = -n.w
    assert len(n.trace) == 800 and n.trace[-2:] == [2, -2]
    assert len(n._repr_mimebundle_()[0]["text/html"]) < 10_000


# ---- examples, slope, presets ----

def test_an_example_can_be_dragged_and_the_cost_follows(widget_page):
    page = widget_page(widgets.CostByHand())
    before = copied(page)
    drag(page, page.locator("circle.nnb-example").nth(4), -40, 60)
    n = copied(page)
    assert n.X != before.X and n.Y != before.Y and n.trace == before.trace
    assert n.C != before.C
    assert_numbers(page, cost_numbers(n))
    page.locator("circle.nnb-example").nth(4).press("ArrowUp")
    assert copied(page).Y[4] == pytest.approx(n.Y[4] + 0.05)


def test_the_arrow_points_downhill(widget_page):
    n = widgets.CostByHand(w=1, b=1, slope=True)
    page = widget_page(n)
    path = page.locator("path.nnb-arrow").get_attribute("d")
    (x0, y0), (x1, y1) = [map(float, p.split()) for p in path[1:].split("M")[0].split("L")]
    dw, db = n.gradient
    arrow = np.array([x1 - x0, -(y1 - y0)])
    assert arrow / np.linalg.norm(arrow) == pytest.approx(-np.array([dw, db]) / np.hypot(dw, db))
    page.get_by_label("show the slope").uncheck()
    assert page.locator("path.nnb-arrow, math [data-name=dw]").count() == 0


@pytest.mark.parametrize("name, fact", [
    ("Hunt blind", lambda n: not n.slope and not n.reveal and n.C > 0.2),
    ("Feel the slope", lambda n: n.slope and not n.reveal and np.hypot(*n.gradient) > 1e-3),
    ("Lift the fog", lambda n: n.reveal),
    ("Flat ground", lambda n: n.C > 0.2 and np.hypot(*n.gradient) < 1e-4),
])
def test_presets_say_the_truth(widget_page, name, fact):
    page = widget_page(widgets.CostByHand())
    button(page, name).click()
    n = copied(page)
    assert fact(n) and n.trace == [n.w, n.b]
    if name == "Flat ground":
        page.get_by_label("cost", exact=True).select_option("cross-entropy")
        assert np.hypot(*copied(page).gradient) > 1


def test_presets_keep_the_readers_examples(widget_page):
    page = widget_page(widgets.CostByHand(X=[0, 1, 2, 3], Y=[0, 0, 1, 1]))
    for preset in page.locator(".nnb-presets button").all():
        preset.click()
        assert copied(page).X == [0, 1, 2, 3]


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.CostByHand(name="hunt", w=1, b=1))
    for part in ("w=5", "Y=0,2,0,1", "X=1,2,3,4", "trace=1", "trace=9,9", "cost=mse"):
        go_to(page, f"hunt:{part}")
        assert value(page, "w") == 1 and copied(page).cost == "quadratic"
    more(page)
    assert page.problems == []


@pytest.mark.parametrize("change, complaint", [
    ({"w": 5}, "w must be one number from -4 to 4; got 5."),
    ({"X": [1, 2, 3]}, "X must be a list of 4 to 40 numbers"),
    ({"X": [1, 2, 3, 4]}, "X and Y must have the same length; got 4 and 12."),
    ({"Y": [2] * 12}, "Y must lie from 0 to 1, as a sigmoid's output does; got [2.0, 2.0"),
    ({"trace": [1]}, "trace must hold w and b in turn, from -4 to 4; got [1.0]."),
    ({"trace": [1, 9]}, "trace must hold w and b in turn, from -4 to 4; got [1.0, 9.0]."),
    ({"cost": "mse"}, "cost must be one of: quadratic, cross-entropy; got 'mse'."),
])
def test_bad_values_get_one_sentence(change, complaint):
    n = widgets.CostByHand()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)
    assert len(n.X) == len(n.Y) == 12
