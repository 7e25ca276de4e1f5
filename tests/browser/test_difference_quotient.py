"""The DifferenceQuotient: the digits of float64, the lines, the magnifier, the error curve."""

import numpy as np
import pytest
import traitlets
from screen import assert_numbers, button, copied, drag, go_to, ticks
from test_common import formula, quotient_numbers, value

from nnlib import widgets
from nnlib.widgets.difference_quotient import FUNCTIONS

LONG = np.finfo(np.longdouble).eps < np.finfo(float).eps  # else sin and exp are rounded twice
STEPS = [1, 0.5, 0.01, 3.7e-5, 1e-8, 1e-12, 4.5e-15, 1e-16]


# ---- the numbers ----

@pytest.mark.parametrize("f", FUNCTIONS)
@pytest.mark.parametrize("central", [False, True])
def test_every_digit_is_numpys(widget_page, f, central):
    cases = [*((1, h) for h in STEPS[::2]), *((-1.3, h) for h in STEPS[1:6:2]), (0, 4.5e-15)]
    quotients = [widgets.DifferenceQuotient(f=f, x=x, h=h, central=central) for x, h in cases]
    page = widget_page(*quotients)
    for n in quotients:
        want = quotient_numbers(n)
        if f in ("sin", "exp", "sigmoid") and not LONG:
            continue
        shown = assert_numbers(page, want, f"[data-nnb-model='{n.model_id}'] .nnb")
        for number in shown:
            if number["name"] in ("above", "below", "rise", "q"):
                assert number["value"] == want[number["name"]], (number, n.x, n.h)
    assert page.problems == []


@pytest.mark.parametrize("state, quotient, digits", [
    ({"f": "sigmoid", "x": 0, "h": 0.01, "central": True}, 0.2499979, 7),
    ({"f": "sigmoid", "x": 0, "h": 1e-15}, 0.222, 3),
    ({"f": "(3x+2x^2)^2", "x": 1, "h": 1e-5, "central": True}, 70, 5),
    ({"f": "(3x+2x^2)^2", "x": 1.3, "h": 1e-5, "central": True}, 119.392, 3),
    ({"f": "x^2", "x": 3, "h": 0.01}, 6.01, 9),
    ({"f": "x^3", "x": 1, "h": 1e-16}, 0, 9),
])
def test_known_quotients(state, quotient, digits):
    assert widgets.DifferenceQuotient(**state).quotient == pytest.approx(
        quotient, abs=0.5 * 10.0**-digits)


@pytest.mark.parametrize("f, numpys", [("sin", np.sin), ("exp", np.exp)])
def test_sin_and_exp_are_numpys_up_to_the_last_digit(f, numpys):
    for x in np.linspace(-4, 4, 500):
        ours, theirs = FUNCTIONS[f].f(x), numpys(x)
        assert type(ours) is np.float64 and abs(ours - theirs) <= np.spacing(abs(theirs))


@pytest.mark.parametrize("f", FUNCTIONS)
def test_slopes_are_those_of_the_functions(f):
    for x in (-2.2, -0.3, 0.4, 1.9):
        n = widgets.DifferenceQuotient(f=f, x=x, h=1e-5, central=True)
        assert n.quotient == pytest.approx(n.exact, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("f", FUNCTIONS)
def test_the_insight_holds_smaller_steps_help_until_rounding_takes_over(f):
    steps = (1, 1e-3, 1e-7, 1e-12, 1e-16)
    errors = [widgets.DifferenceQuotient(f=f, x=1, h=h).error for h in steps]
    assert errors[0] > errors[1] > errors[2] < errors[3] < errors[4]


# ---- the pictures ----

ENDS = "e => ['x1', 'y1', 'x2', 'y2'].map(k => +e.getAttribute(k))"


def pixels(page, index, low, high):
    """Pixels per unit of both axes of a picture, between two ticks that both axes have."""
    at = ticks(page.locator(".nnb-picture").nth(index))
    return (at[high, "middle"][0] - at[low, "middle"][0], at[high, "end"][1] - at[low, "end"][1])


@pytest.mark.parametrize("state", [
    {"f": "x^2", "x": 1, "h": 0.5}, {"f": "x^2", "x": -1, "h": 0.7, "central": True},
])
def test_secant_and_tangent_have_the_slopes(widget_page, state):
    n = widgets.DifferenceQuotient(**state)
    page = widget_page(n)
    across, up = pixels(page, 0, "0", "2")
    for name, slope in (("secant", n.quotient), ("exact", n.exact)):
        line = page.locator(f".nnb-picture line.nnb-{name}.nnb-result").first
        x1, y1, x2, y2 = line.evaluate(ENDS)
        assert (y2 - y1) / up / ((x2 - x1) / across) == pytest.approx(slope, rel=1e-6)


def test_magnifier_shows_a_line_and_then_the_stairs_of_float64(widget_page):
    def heights(h):
        page = widget_page(widgets.DifferenceQuotient(f="sigmoid", x=0, h=h))
        path = page.locator(".nnb-picture").nth(1).locator("path.nnb-curve").get_attribute("d")
        return len({point.split()[1] for point in path[1:].replace("M", "L").split("L")})
    assert heights(1e-6) > 60 and heights(1e-15) < 16


@pytest.mark.parametrize("f, x", [("x^3", 1), ("sin", 1), ("(3x+2x^2)^2", -1.3)])
def test_the_error_curve_is_the_computed_error(widget_page, f, x):
    """Each corner of both curves lies at log10 of its h and of NumPy's error."""
    page = widget_page(widgets.DifferenceQuotient(f=f, x=x))
    picture = page.locator(".nnb-picture").nth(2)
    at = ticks(picture)
    (x0, _), (x1, _) = at["10⁻¹²", "middle"], at["1", "middle"]
    (_, y0), (_, y1) = at["10⁻¹²", "end"], at["1", "end"]
    steps = [float(f"{10 ** (k / 10 - 16):.2g}") for k in range(161)]
    for i, central in enumerate((False, True)):
        errors = [widgets.DifferenceQuotient(f=f, x=x, h=h, central=central).error for h in steps]
        path = picture.locator("path.nnb-measured").nth(i).get_attribute("d")
        points = [tuple(map(float, p.split())) for p in path[1:].replace("M", "L").split("L")]
        want = [(h, error) for h, error in zip(steps, errors, strict=True) if error]
        assert len(points) == len(want)
        for (px, py), (h, error) in zip(points, want, strict=True):
            assert px == pytest.approx(x1 + np.log10(h) / 12 * (x1 - x0), abs=0.06)
            assert py == pytest.approx(y1 + np.log10(error) / 12 * (y1 - y0), abs=0.06)


def test_an_error_of_exactly_zero_is_marked(widget_page):
    page = widget_page(widgets.DifferenceQuotient(f="x^2", x=1, h=0.5, central=True))
    assert page.locator("circle.nnb-zero").count() > 5
    assert value(page, "error") == 0


# ---- changing it ----

def test_points_can_be_dragged(widget_page):
    page = widget_page(widgets.DifferenceQuotient(h=1))
    points = page.locator(".nnb-picture").first.locator("[data-handle]")
    drag(page, points.nth(0), -20)
    assert 0.3 < value(page, "h") < 0.7
    drag(page, points.nth(0), -200)
    assert value(page, "h") == 0.01  # not onto the other point: there is no quotient
    drag(page, points.nth(1), 60)
    assert copied(page).x > 1.5
    mark = page.locator(".nnb-picture").nth(2).locator("[data-handle]")
    drag(page, mark, -100)
    assert 1e-9 < value(page, "h") < 1e-4
    mark.press("ArrowLeft")
    assert value(page, "h") < 1e-4
    n = copied(page)
    assert_numbers(page, quotient_numbers(n))


def test_functions_and_both_sides(widget_page):
    page = widget_page(widgets.DifferenceQuotient())
    choose = page.get_by_label("f(x)", exact=True)
    assert choose.locator("option").evaluate_all("all => all.map(o => o.value)") == list(FUNCTIONS)
    for f in ("sin", "(3x+2x^2)^2"):
        choose.select_option(f)
        page.get_by_label("step to both sides").check()
        n = copied(page)
        assert (n.f, n.central) == (f, True)
        assert_numbers(page, quotient_numbers(n))
        page.get_by_label("step to both sides").uncheck()
    assert page.problems == []


@pytest.mark.parametrize("name, fact", [
    ("Shrink the step", lambda n: n.quotient == 3),
    ("Both sides", lambda n: n.error == 0.25 and n.central),
    ("Too small", lambda n: round(n.quotient, 3) == 0.222 and n.exact == 0.25),
    ("The best step", lambda n: n.error > 1e-4),
])
def test_presets_say_the_truth(widget_page, name, fact):
    page = widget_page(widgets.DifferenceQuotient())
    button(page, name).click()
    assert fact(copied(page))


@pytest.mark.parametrize("h, words", [
    (1e-16, "x + h is x itself"), (1e-8, "agree to about 7 of 16 digits"), (1, "the first digit"),
])
def test_caption_counts_the_digits_that_are_left(widget_page, h, words):
    page = widget_page(widgets.DifferenceQuotient(h=h))
    assert words in page.locator(".nnb-caption").inner_text()
    if h == 1e-16:
        formula(page, "h").press("ArrowRight")
        assert value(page, "h") == 1.12e-16


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.DifferenceQuotient(name="slope"))
    for part in ("h=0", "h=2", "x=4", "f=cos", "central=2"):
        go_to(page, f"slope:{part}")
        assert copied(page).state() == {**widgets.DifferenceQuotient().state(), "name": ""}
    assert page.problems == []


@pytest.mark.parametrize("change, complaint", [
    ({"f": "cos"}, "f must be one of: x^2, x^3, sin, exp, sigmoid, (3x+2x^2)^2; got 'cos'."),
    ({"h": 0}, "h must be one number from 1e-16 to 1; got 0."),
    ({"x": 4}, "x must be one number from -3 to 3; got 4."),
])
def test_bad_values_get_one_sentence(change, complaint):
    n = widgets.DifferenceQuotient()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)
