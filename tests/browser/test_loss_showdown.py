"""LossShowdown: two neurons in a race, a factor struck out, and shares less the target."""

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_numbers, button, copied, drag, go_to, ready, ticks
from test_common import formula, race_numbers, share_numbers, value

import nnlib
from nnlib import widgets

RACES = [{"w": 2, "b": 2, "steps": 470}, {"w": -3, "b": 3, "eta": 1, "steps": 12},
         {"w": -3, "b": -3}, {"w": 3, "b": 2.5, "eta": 1, "steps": 130}]
SHARES = [{"z": [6] * 10, "y": 9}, {"z": [6, -6, 0], "y": 1, "T": 0.1, "eta": 1},
          {"z": np.linspace(-6, 6, 7), "y": 3, "T": 5, "eta": 0.005}]


def test_every_number_is_nnlibs(widget_page):
    figures = [widgets.LossShowdown(**case) for case in RACES]
    figures += [widgets.LossShowdown(view="softmax", **case) for case in SHARES]
    page = widget_page(*figures)
    for n in figures:
        numbers = race_numbers if n.view == "race" else share_numbers
        assert_numbers(page, numbers(n), f"[data-nnb-model='{n.model_id}'] .nnb")
    drawn = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in drawn]
    assert page.problems == []


@pytest.mark.parametrize("case", RACES)
def test_python_tells_the_same(case):
    n = widgets.LossShowdown(**case)
    want = race_numbers(n)
    assert n.arrivals == (want["nq"], want["nc"])
    assert n.start_errors == pytest.approx((want["d0q"], want["d0c"]), rel=1e-12)
    for key, neuron in zip("qc", n.now().values(), strict=True):
        got = [neuron[name] for name in ("a", "C", "delta")]
        assert got == pytest.approx([want[f"{name}{key}"] for name in "aCd"], rel=1e-9)


def test_the_slope_by_the_scores_is_that_of_the_loss():
    n = widgets.LossShowdown(z=[1.5, -2, 0.3, 3], y=1, T=0.7)

    def loss(z):
        return widgets.LossShowdown(z=z, y=1, T=0.7).loss

    assert n.gradient == pytest.approx(nnlib.numerical_gradient(loss, np.array(n.z)), abs=1e-7)
    assert n.q.sum() == pytest.approx(1) and n.gradient.sum() == pytest.approx(0)


# ---- the race ----

def test_terribly_wrong_is_slow_with_the_squared_cost_only(widget_page):
    page = widget_page(widgets.LossShowdown(), reduced_motion="reduce")
    button(page, "Terribly wrong").click()
    assert value(page, "d0q") == pytest.approx(0.0173, abs=5e-5)
    assert value(page, "d0c") == pytest.approx(0.982, abs=5e-4)
    assert value(page, "ratio") == pytest.approx(56.6, abs=0.05)
    assert page.locator("math [data-name=nq], math [data-name=nc]").count() == 0
    button(page, "Run the race").click()  # motion is unwelcome: the end at once
    ready(page)
    assert (value(page, "nq"), value(page, "nc")) == (469, 50)
    assert "after 50 steps with cross-entropy, after 469" in page.locator(
        ".nnb-verdict-line").inner_text()
    assert copied(page).steps == 540
    button(page, "To the starting line").click()
    assert copied(page).steps == 0


def test_the_race_runs_and_pauses_as_one_change(widget_page):
    page = widget_page(widgets.LossShowdown(w=2, b=2, name="race"))
    button(page, "Run the race").click()
    page.wait_for_function("+document.querySelector('math [data-name=n]').dataset.value > 20")
    assert "steps" not in page.url  # not settled yet
    button(page, "Pause the race").click()
    n = copied(page)
    assert f"steps={n.steps}" in page.url
    assert 20 < n.steps < 540
    assert_numbers(page, race_numbers(n))
    button(page, "Undo").click()
    assert copied(page).steps == 0 and button(page, "Undo").is_disabled()


def test_the_runner_stands_where_its_output_is(widget_page):
    page = widget_page(widgets.LossShowdown(w=2, b=2, steps=60))
    picture = page.locator(".nnb-picture").first
    at = ticks(picture)
    left, right = at["1", "middle"][0], at["0", "middle"][0]
    for name, key in (("squared", "q"), ("cross-entropy", "c")):
        x = float(picture.locator(f"circle.nnb-runner[data-run='{name}']").get_attribute("cx"))
        assert x == pytest.approx(right + value(page, f"a{key}") * (left - right), abs=1e-6)
        bar = picture.locator(f"rect.nnb-grad:not(.nnb-grad-in)[data-link=d{key}]")
        width = float(bar.get_attribute("width"))
        assert width == pytest.approx(value(page, f"d{key}") * (right - left), abs=1e-6)


def test_the_race_can_be_dragged_to_any_step(widget_page):
    page = widget_page(widgets.LossShowdown(w=2, b=2))
    point = page.locator("circle.nnb-handle")
    point.press("ArrowRight")
    point.press("Shift+ArrowRight")
    assert copied(page).steps == 11
    drag(page, point, 60)
    n = copied(page)
    assert n.steps > 40
    assert_numbers(page, race_numbers(n))
    point.press("End")
    formula(page, "eta").press("ArrowRight")  # a finished race stays finished
    assert (n := copied(page)).steps >= max(n.arrivals)


def test_the_slope_is_struck_out_for_cross_entropy_only(widget_page):
    page = widget_page(widgets.LossShowdown())
    struck = page.locator("math [data-link=cancel]")
    assert [text.replace(" ", "") for text in struck.all_text_contents()] == ["σ′(z)"] * 2
    assert all("gradient" in image for image in struck.evaluate_all(
        "list => list.map(e => getComputedStyle(e).backgroundImage)"))


# ---- softmax ----

def test_bars_are_scores_shares_and_slopes(widget_page):
    n = widgets.LossShowdown(view="softmax", z=[2, 1, -1, 0.5], y=2)
    page = widget_page(n)
    assert page.locator(".nnb-picture").count() == 3
    for index, bars, values in ((0, ".nnb-score", n.z), (1, ".nnb-ink", n.q),
                                (2, ".nnb-grad:not(.nnb-grad-in)", n.gradient)):
        picture = page.locator(".nnb-picture").nth(index)
        at = ticks(picture)
        top, zero = max(float(text) for text, side in at if side == "end" and text[0].isdigit()), 0
        unit = (at["0", "end"][1] - at[f"{top:g}", "end"][1]) / top
        heights = picture.locator(f"rect{bars}").evaluate_all(
            "list => list.map(e => +e.getAttribute('height'))")
        assert heights == pytest.approx(np.maximum(0.5, np.abs(values) * unit), abs=1e-6), zero
    signs = page.locator("rect.nnb-grad:not(.nnb-grad-in)").evaluate_all(
        "list => list.map(e => e.dataset.sign)")
    assert signs == ["pos", "pos", "neg", "pos"]


def test_a_score_is_dragged_and_another_class_is_true(widget_page):
    page = widget_page(widgets.LossShowdown(view="softmax"))
    drag(page, page.locator("circle.nnb-handle").nth(1), 0, -40)
    n = copied(page)
    assert n.z[1] > 1.5 and n.z[0] == 2
    page.get_by_role("button", name="class 2 is the true one").click()
    assert copied(page).y == 2
    page.get_by_role("button", name="class 3 is the true one").press("Enter")
    assert copied(page).y == 3
    page.locator("[data-slider=K]").press("Home")
    n = copied(page)
    assert len(n.z) == 3 and n.y == 2  # the true class is kept among those that are left
    assert_numbers(page, share_numbers(n))
    page.locator("[data-slider=K]").press("End")
    assert copied(page).z[3:] == [0] * 7


def test_each_view_asks_for_its_own_guess(widget_page):
    page = widget_page(widgets.LossShowdown(predict=True))
    expect(page.get_by_label("After how many steps")).to_be_visible()
    button(page, "Softmax").click()
    expect(page.get_by_label("What will the loss of the true class be?")).to_be_visible()
    assert page.locator("[data-name=g0]").first.text_content() == "?"


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.LossShowdown(name="race", w=1, b=1))
    for part in ("w=4", "eta=2", "steps=-1", "steps=2.5", "z=1,2", "z=7,0,0", "y=4", "T=0",
                 "view=x"):
        go_to(page, f"race:{part}")
        assert copied(page).state() == widgets.LossShowdown(name="", w=1, b=1).state()
    assert page.problems == []


@pytest.mark.parametrize("change, complaint", [
    ({"w": 4}, "w must be one number from -3 to 3; got 4."),
    ({"eta": 0}, "eta must be one number from 0.005 to 1; got 0."),
    ({"steps": 1.5}, "steps must be a whole number; got 1.5."),
    ({"z": [1, 2]}, "z must be a list of 3 to 10 numbers"),
    ({"z": [7, 0, 0]}, "z must hold scores from -6 to 6; got [7.0, 0.0, 0.0]."),
    ({"y": 4}, "y is the true class, from 0 to 3 for 4 scores; got 4."),
    ({"view": "both"}, "view must be one of: race, softmax; got 'both'."),
])
def test_bad_values_get_one_sentence(change, complaint):
    n = widgets.LossShowdown()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)
