"""The Neuron in a page of its own: every feature of the widget and of the frame around it."""

import json

import ipywidgets
import numpy as np
import pytest
import traitlets
from screen import (
    COUNTERS,
    assert_accessible,
    assert_fits,
    assert_keys_stay,
    assert_numbers,
    assert_room_for_fingers,
    button,
    copied,
    drag,
    drawn,
    go_to,
    more,
    out_of_sight,
    say,
    still,
    ticks,
    touch_drag,
)

from nnlib import widgets

PHI = ["linear", "step", "sign", "piecewise linear", "sigmoid", "tanh", "relu"]


def expected(n):
    """Every number that the widget can show, computed by nnlib."""
    values = {"b": n.b, "z": n.z, "a": n.a, "slope": n.slope}
    if len(n.w) == 1 and n.w[0]:
        values["turn"] = -n.b / n.w[0]
    for k, (w, x) in enumerate(zip(n.w, n.x, strict=True), 1):
        values |= {f"w{k}": w, f"x{k}": x}
    return values


def assert_shows(page, n, root=".nnb"):
    """Each number on the screen is nnlib's to 1e-9, and its text is its rounding."""
    shown = assert_numbers(page, expected(n), root)
    in_formula = {number["name"] for number in shown if number["where"] == "MathML"}
    assert in_formula >= {"b", "z", "a", "w1", "x1"}
    return shown


def value(page, name, root=".nnb"):
    return float(page.locator(f"{root} math [data-name={name}]").first.get_attribute("data-value"))


def formula(page, name):
    return page.locator(f"math [data-name={name}]").first


# ---- what it shows ----

def test_default_numbers_are_those_of_the_catalogue(widget_page):
    n = widgets.Neuron(name="1.2-neuron")
    assert (n.z, round(n.a, 4), round(n.slope, 4)) == (1.0, 0.7311, 0.1966)
    page = widget_page(n)
    assert_shows(page, n)
    assert page.locator(".nnb-fallback").is_hidden()
    assert page.problems == []


@pytest.mark.parametrize("activation", PHI)
def test_every_number_is_nnlibs(widget_page, activation):
    cases = [
        {"w": [-0.37], "b": 0.25, "x": [1.3]},
        {"w": [0.123456, -4.9], "b": -3.2, "x": [-1.7, 2.0]},
        {"w": [2.0, 1.0, -1.0], "b": -1.5, "x": [1.0, 0.0, 1.0]},
        {"w": [1.0, -1.0], "b": 0.0, "x": [0.5, 0.5]},
    ]
    neurons = [widgets.Neuron(activation=activation, derivative=True, **case) for case in cases]
    page = widget_page(*neurons)
    for i, n in enumerate(neurons):
        host = f"[data-nnb-model='{n.model_id}'] .nnb"
        shown = assert_shows(page, n, host)
        assert {"slope", f"w{len(n.w)}"} <= {number["name"] for number in shown}, i
    assert page.problems == []


def test_numbers_beyond_the_sliders_are_exact_and_the_range_grows(widget_page):
    n = widgets.Neuron(w=[0, 1], b=4, x=[2, 3])
    page = widget_page(n)
    assert_shows(page, n)
    assert value(page, "a") == pytest.approx(0.9990889488055994, abs=1e-12)
    slider = page.locator("[data-slider=x2]")
    assert slider.evaluate("e => [e.min, e.max, e.value]") == ["-4", "4", "3"]


EXTREMES = [
    {"w": [1e6, -1e6], "b": 1e6, "x": [1e6, 1e6]},
    {"w": [1e6], "b": -1e6, "x": [1e6]},
    {"w": [0, 0], "b": 0, "x": [0, 0]},
    {"w": [1e-12, 0], "b": 0, "x": [1, 1]},
    {"w": [0], "b": 3, "x": [-2]},
]


@pytest.mark.parametrize("activation", ["linear", "sigmoid", "relu", "step"])
def test_extremes_draw_without_nan(widget_page, activation):
    neurons = [widgets.Neuron(activation=activation, derivative=True, **e) for e in EXTREMES]
    page = widget_page(*neurons)
    for n in neurons:
        assert_shows(page, n, f"[data-nnb-model='{n.model_id}'] .nnb")
    drawn = page.locator("main").inner_html()
    assert "NaN" not in drawn and "Infinity" not in drawn and "undefined" not in drawn
    assert page.problems == []


def test_edges_show_sign_by_dash_and_size_by_width(widget_page):
    page = widget_page(widgets.Neuron(w=[4, -1]))
    style = "e => [getComputedStyle(e).strokeDasharray, parseFloat(e.getAttribute('stroke-width'))]"
    plus = page.locator("line.nnb-edge[data-link=w1]").evaluate(style)
    minus = page.locator("line.nnb-edge[data-link=w2]").evaluate(style)
    assert plus[0] == "none" and minus[0] != "none"
    assert plus[1] == pytest.approx(0.75 + 5.25 * 4 / 5) and minus[1] == pytest.approx(1.8)


def plot_of(page):
    """The scales of the input map, read from its ticks: functions from pixels to inputs."""
    at = ticks(page.locator(".nnb-picture").last)
    x0, x1 = at["−1", "middle"][0], at["1", "middle"][0]
    y0, y1 = at["−1", "end"][1], at["1", "end"][1]
    return lambda x: 2 * (x - x0) / (x1 - x0) - 1, lambda y: 2 * (y - y0) / (y1 - y0) - 1


@pytest.mark.parametrize("w, b, x", [
    ([1.5, -2], 0.5, [1, 0.5]), ([0, 2], 1, [1, 0.5]), ([1, 1, 3], -1, [0, 0, 0.5]),
])
def test_the_line_of_the_map_is_where_z_is_zero(widget_page, w, b, x):
    page = widget_page(widgets.Neuron(w=w, b=b, x=x))
    px, py = plot_of(page)
    ends = page.locator("line.nnb-line").evaluate(
        "e => ['x1', 'y1', 'x2', 'y2'].map(k => +e.getAttribute(k))")
    rest = b + (w[2] * x[2] if len(w) == 3 else 0)
    for u, v in (ends[:2], ends[2:]):
        assert w[0] * px(u) + w[1] * py(v) + rest == pytest.approx(0, abs=1e-6)
    if len(w) == 3:
        assert "slice at x₃ = 0.5" in page.locator(".nnb-caption").inner_text()


def test_the_map_is_painted_with_the_output(widget_page):
    page = widget_page(widgets.Neuron(w=[5, 0], b=0, activation="step"))
    left, right = page.locator(".nnb canvas").evaluate("""e => { const c = e.getContext('2d');
      return [.1, .9].map(t => c.getImageData(t * e.width, e.height / 2, 1, 1).data[0]); }""")
    assert left > 200 > 100 > right


def test_zero_weights_have_no_line(widget_page):
    page = widget_page(widgets.Neuron(w=[0, 0]))
    assert page.locator("line.nnb-line").count() == 0
    assert "nothing switches" in page.locator(".nnb-caption").inner_text()


def test_one_input_marks_the_switching_point(widget_page):
    page = widget_page(widgets.Neuron(w=[2], b=-1, x=[0.3]))
    number = page.locator("svg [data-name=turn]")
    assert float(number.get_attribute("data-value")) == 0.5
    assert page.locator("path.nnb-mark").count() == 1
    assert "0.500" in page.locator(".nnb-caption").inner_text()


def test_derivative_toggle_shows_the_slope(widget_page):
    n = widgets.Neuron()
    page = widget_page(n)
    assert page.locator("[data-name=slope]").count() == page.locator(".nnb-slope").count() == 0
    more(page)
    page.get_by_label("show the slope").check()
    assert value(page, "slope") == pytest.approx(n.slope, abs=1e-12)
    assert page.locator("path.nnb-slope").count() == 1
    x1, y1, x2, y2 = page.locator("line.nnb-tangent").evaluate(
        "e => ['x1', 'y1', 'x2', 'y2'].map(k => +e.getAttribute(k))")
    cx, cy = page.locator("circle.nnb-point").first.evaluate(
        "e => [+e.getAttribute('cx'), +e.getAttribute('cy')]")
    assert ((x1 + x2) / 2, (y1 + y2) / 2) == pytest.approx((cx, cy))
    unit = page.evaluate("""() => { const t = (v, a) => [...document.querySelectorAll(
      '.nnb-picture:first-child .nnb-tick')].find(e => e.textContent == v &&
      e.getAttribute('text-anchor') == a); return [(t('5', 'middle').getAttribute('x') -
      t('0', 'middle').getAttribute('x')) / 5, t('0', 'end').getAttribute('y') -
      t('1', 'end').getAttribute('y')]; }""")
    assert (y1 - y2) / unit[1] / ((x2 - x1) / unit[0]) == pytest.approx(n.slope, rel=1e-6)


def test_activation_list_has_the_seven(widget_page):
    page = widget_page(widgets.Neuron())
    choose = page.get_by_label("φ", exact=True)
    assert choose.locator("option").evaluate_all("list => list.map(o => o.value)") == PHI
    for name in PHI:
        choose.select_option(name)
        assert value(page, "a") == pytest.approx(widgets.Neuron(activation=name).a, abs=1e-12)


def test_number_of_inputs_can_be_chosen(widget_page):
    page = widget_page(widgets.Neuron())
    more(page)
    for n in (3, 1, 2):
        page.get_by_label("inputs", exact=True).select_option(str(n))
        assert page.locator(".nnb-control[data-link^=w] input").count() == n
        assert page.locator(".nnb-controls .nnb-control, .nnb-controls .nnb-toggle").count() <= 6
    assert page.problems == []


# ---- changing it: mouse, keys, touch ----

DRAGS = [
    ("math [data-name=w1]", "w1", 48), ("math [data-name=x2]", "x2", -60),
    ("svg text[data-name=b]", "b", 24), ("svg text[data-name=w2]", "w2", 72),
]


def test_a_number_can_be_dragged(widget_page):
    page = widget_page(widgets.Neuron())
    for where, name, dx in DRAGS:
        before = value(page, name)
        drag(page, page.locator(where).first, dx)
        reach = 4 if name[0] == "x" else 10
        assert value(page, name) == pytest.approx(before + reach * dx / 240, abs=0.051)
        assert_shows(page, copied(page))


def test_slider_drag_reaches_the_formula(widget_page):
    page = widget_page(widgets.Neuron())
    slider = page.locator("[data-slider=w1]")
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 9 + (box["width"] - 18) * 0.65, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, y)
    page.mouse.up()
    assert value(page, "w1") == 5
    assert value(page, "z") == 5 - 1 + 0.5
    assert_shows(page, copied(page))


def test_point_of_the_map_can_be_dragged_and_moved_by_keys(widget_page):
    page = widget_page(widgets.Neuron())
    handle = page.locator("circle.nnb-handle")
    drag(page, handle, 30, -30)
    moved = value(page, "x1"), value(page, "x2")
    assert moved[0] > 1 and moved[1] > 0.5
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert value(page, "x1") == pytest.approx(moved[0] - 0.1)
    assert value(page, "x2") == pytest.approx(moved[1] - 1)
    assert "x₂ = " in handle.get_attribute("aria-valuetext")
    assert_shows(page, copied(page))


@pytest.mark.parametrize("where", ["math [data-name=w1]", "[data-slider=w1]"])
def test_keys_change_a_number(widget_page, where):
    page = widget_page(widgets.Neuron())
    page.locator(where).first.focus()
    for key, want in [
        ("ArrowRight", 1.6), ("ArrowUp", 1.7), ("ArrowLeft", 1.6), ("ArrowDown", 1.5),
        ("Shift+ArrowRight", 2.5), ("PageDown", 1.5), ("PageUp", 2.5), ("Home", -5), ("End", 5),
    ]:
        page.keyboard.press(key)
        assert value(page, "w1") == want, key
    text = page.locator(where).first.get_attribute("aria-valuetext")
    assert text == "w₁ = 5.0"
    assert_shows(page, copied(page))


def test_number_in_the_formula_is_a_slider_for_a_screen_reader(widget_page):
    page = widget_page(widgets.Neuron())
    node = formula(page, "w2")
    got = {key: node.get_attribute(key) for key in (
        "role", "tabindex", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow")}
    assert got == {
        "role": "slider", "tabindex": "0", "aria-label": "weight 2",
        "aria-valuemin": "-5", "aria-valuemax": "5", "aria-valuenow": "-2",
    }
    assert formula(page, "z").get_attribute("role") is None


@pytest.mark.parametrize("where", ["math [data-name=w1]", "[data-slider=w1]"])
def test_touch_changes_a_number(widget_page, where):
    page = widget_page(widgets.Neuron(w=[0, 0]), width=390, has_touch=True, is_mobile=True)
    touch_drag(page, page.locator(where).first, 60)
    assert value(page, "w1") > 1
    assert_shows(page, copied(page))


# ---- presets, undo, reset ----

@pytest.mark.parametrize("index", range(4))
def test_each_preset_sets_the_state_and_says_what_to_look_for(widget_page, index):
    page = widget_page(widgets.Neuron())
    preset = page.locator(".nnb-presets button").nth(index)
    preset.click()
    assert preset.get_attribute("aria-pressed") == "true"
    assert page.locator(".nnb-look").first.inner_text().startswith("Look for: ")
    n = copied(page)
    assert_shows(page, n)
    facts = [
        lambda: (n.z, round(n.a, 3)) == (7, 0.999),
        lambda: n.b == -10 and n.w == [4, 3] and n.z > 0,
        lambda: -n.b / n.w[0] == 0.5,
        lambda: n.z > 7 and n.slope < 1e-3 and n.derivative,
    ]
    assert facts[index]()
    formula(page, "b").press("ArrowRight")
    assert page.locator(".nnb-look").first.is_hidden()
    assert preset.get_attribute("aria-pressed") == "false"


def test_undo_goes_back_change_by_change(widget_page):
    page = widget_page(widgets.Neuron())
    assert button(page, "Undo").is_disabled()
    drag(page, formula(page, "w1"), 48)
    drag(page, formula(page, "b"), -48)
    button(page, "Far from 0").click()
    assert value(page, "b") == 1
    button(page, "Undo").click()
    assert (value(page, "w1"), value(page, "b")) == (3.5, -1.5)
    formula(page, "w1").press("Control+z")
    assert (value(page, "w1"), value(page, "b")) == (3.5, 0.5)
    formula(page, "w1").press("Meta+z")
    assert (value(page, "w1"), value(page, "b")) == (1.5, 0.5)
    assert button(page, "Undo").is_disabled()


def test_undo_takes_back_a_run_of_keys_at_once(widget_page):
    page = widget_page(widgets.Neuron())
    still(page)
    formula(page, "w1").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+z")
    assert value(page, "w1") == 1.5


def test_reset_returns_to_the_first_state(widget_page):
    page = widget_page(widgets.Neuron(w=[0.5, 0.25], b=-0.5))
    assert button(page, "Reset").is_disabled()
    button(page, "Almost a step").click()
    button(page, "Reset").click()
    assert [value(page, name) for name in ("w1", "w2", "b")] == [0.5, 0.25, -0.5]
    drag(page, formula(page, "b"), 30)
    page.keyboard.press("r")
    assert value(page, "b") == -0.5
    button(page, "Undo").click()
    assert value(page, "b") != -0.5


# ---- predict first ----

RESULTS = ".nnb [data-name=a], .nnb [data-name=z], .nnb [data-name=slope]"


def test_predict_first_hides_the_result_until_guessed(widget_page):
    n = widgets.Neuron(derivative=True)
    page = widget_page(n)
    page.get_by_label("Predict first").check()
    hidden = page.locator(RESULTS)
    assert set(hidden.all_text_contents()) == {"?"}
    assert hidden.evaluate_all("list => list.every(e => !e.hasAttribute('data-value'))")
    visible = page.locator(".nnb canvas, .nnb-result").evaluate_all(
        "list => list.filter(e => getComputedStyle(e).visibility != 'hidden').length")
    assert visible == 0
    drawn = page.locator(".nnb").evaluate("e => e.outerHTML")
    assert "0.731" not in drawn
    guess = page.get_by_label("What will a be?")
    guess.fill("0,9")
    guess.press("Enter")
    said = page.locator(".nnb-guess + p").inner_text()
    assert said.startswith("You said 0.9; it is a = 0.731. 0.169 too high.")
    assert_shows(page, n)
    formula(page, "w1").press("ArrowRight")
    assert set(page.locator(RESULTS).all_text_contents()) == {"?"}
    page.get_by_label("Predict first").uncheck()
    assert value(page, "a") > 0.7


def test_predict_first_keeps_a_preset_from_telling(widget_page):
    page = widget_page(widgets.Neuron(predict=True))
    button(page, "A worked example").click()
    assert "0.999" not in page.locator(".nnb").inner_text()
    page.get_by_label("What will a be?").fill("1")
    button(page, "Show").click()
    assert "Look for: z = 0·2" in page.locator(".nnb").inner_text()


def test_predict_first_wants_a_number(widget_page):
    page = widget_page(widgets.Neuron(predict=True))
    assert set(page.locator(".nnb [data-name=a]").all_text_contents()) == {"?"}
    for text in ("", "high"):
        page.get_by_label("What will a be?").fill(text)
        button(page, "Show").click()
        assert "any guess will do" in page.locator(".nnb-guess + p").inner_text()
        assert set(page.locator(".nnb [data-name=a]").all_text_contents()) == {"?"}


# ---- the calculation, step by step ----

def test_steps_walk_through_the_calculation(widget_page):
    page = widget_page(widgets.Neuron())
    step = page.get_by_role("button", name="One step on")
    texts = []
    for _ in range(4):
        step.click()
        texts.append(say(page))
    assert texts[0] == "1 of 4: input 1 times its weight, 1.5 · 1.0 = 1.50."
    assert texts[2].endswith("z = 1.50 − 1.00 + 0.5 = 1.00.")
    assert "z = 1.00 into a = 0.731" in texts[3]
    assert step.is_disabled()
    page.mouse.move(0, 0)
    lit = "list => list.map(e => e.dataset.name ?? e.dataset.link)"
    assert "a" in page.locator("[data-lit]").evaluate_all(lit)
    page.get_by_role("button", name="One step back").click()
    assert say(page) == texts[2]
    page.get_by_role("button", name="Back to the start").click()
    assert say(page).startswith("Follow")


def test_steps_follow_the_number_of_inputs(widget_page):
    page = widget_page(widgets.Neuron(w=[1, 2, 3]))
    for _ in range(5):
        page.get_by_role("button", name="One step on").click()
    more(page)
    page.get_by_label("inputs", exact=True).select_option("1")
    assert say(page).startswith("3 of 3")
    assert page.problems == []


def test_play_goes_on_by_itself_and_stops_at_the_end(widget_page):
    page = widget_page(widgets.Neuron())
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play").click()
    assert say(page).startswith("1 of 4")
    page.clock.run_for(650)
    assert say(page).startswith("2 of 4")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(3000)
    assert say(page).startswith("2 of 4")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(3000)
    assert say(page).startswith("4 of 4")
    assert page.get_by_role("button", name="Play").count() == 1


def test_play_pauses_out_of_sight(widget_page):
    page = widget_page(widgets.Neuron())
    page.evaluate("document.body.style.paddingBottom = '4000px'")
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    page.evaluate("scrollTo(0, 4000)")
    out_of_sight(page)
    before = page.locator(".nnb-say").text_content()
    page.wait_for_timeout(700)
    assert page.locator(".nnb-say").text_content() == before


def test_play_is_one_step_where_motion_is_unwelcome(widget_page):
    page = widget_page(widgets.Neuron(), reduced_motion="reduce")
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(5000)
    assert say(page).startswith("1 of 4")
    page.keyboard.press(" ")
    assert say(page).startswith("2 of 4")


def test_nothing_plays_by_itself(widget_page):
    page = widget_page(widgets.Neuron())
    page.wait_for_timeout(400)
    assert say(page).startswith("Follow")
    assert page.locator(".nnb [role=status]").evaluate_all(
        "list => list.filter(e => e.matches('.nnb-sr')).map(e => e.textContent)") == [""]


def test_step_keys(widget_page):
    page = widget_page(widgets.Neuron())
    formula(page, "w1").focus()
    for key, start in [(".", "1 of"), (".", "2 of"), (",", "1 of")]:
        page.keyboard.press(key)
        assert say(page).startswith(start)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement == document.body")


# ---- copies and links ----

def test_copy_python_makes_the_same_neuron(widget_page):
    page = widget_page(widgets.Neuron(), permissions=["clipboard-read", "clipboard-write"])
    button(page, "Threshold 10").click()
    page.get_by_label("φ", exact=True).select_option("piecewise linear")
    more(page)
    button(page, "Copy Python").click()
    page.get_by_text("Python copied.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == page.locator(".nnb pre").text_content()
    space = {}
    exec(text, space)
    assert space["n"].state() == {
        "kind": "neuron", "name": "", "predict": False, "w": [4, 3], "b": -10, "x": [2, 1],
        "activation": "piecewise linear", "derivative": False,
    }
    assert_shows(page, space["n"])


def test_link_carries_the_state(widget_page):
    n = widgets.Neuron(name="1.2-neuron")
    page = widget_page(n)
    assert "#" not in page.url
    drag(page, formula(page, "w1"), 48)
    page.get_by_label("φ", exact=True).select_option("tanh")
    more(page)
    button(page, "Copy link").click()
    link = page.locator(".nnb pre").inner_text()
    assert link == page.url
    assert link.endswith("#1.2-neuron:w=3.5,-2&b=0.5&x=1,0.5&activation=tanh&derivative=0")
    other = widget_page(n, hash=link[link.index("#"):])
    assert (value(other, "w1"), value(other, "z")) == (3.5, 3)
    assert_shows(other, widgets.Neuron(w=[3.5, -2], activation="tanh"))
    button(other, "Reset").click()
    assert value(other, "w1") == 1.5
    assert "#" not in other.url


def test_link_may_change_the_number_of_inputs(widget_page):
    n = widgets.Neuron(name="1.2-neuron")
    page = widget_page(n, hash="#1.2-neuron:w=40&b=-20&x=.6")
    assert_shows(page, widgets.Neuron(w=[40], b=-20, x=[0.6]))
    page.evaluate("location.hash = '#1.2-neuron:w=1,2,3&x=1,1,1'")
    formula(page, "w3").wait_for()
    assert value(page, "z") == 6 - 20


def test_damaged_links_change_nothing(widget_page):
    n = widgets.Neuron(name="1.2-neuron")
    page = widget_page(n, hash="#1.2-neuron:w=a,b")
    assert_shows(page, n)
    for hash in ("w=1,2,3", "b=1e99", "activation=rm", "w=1,2,3,4&x=1,2,3,4", "%E0%A4%A=1", ""):
        go_to(page, f"1.2-neuron:{hash}")
        assert_shows(page, n)
    go_to(page, "other:b=3")
    assert_shows(page, n)
    assert page.problems == []


# ---- how it is read ----

def test_live_region_tells_the_result_once_a_change_is_made(widget_page):
    page = widget_page(widgets.Neuron())
    live = page.locator(".nnb > .nnb-sr[role=status]")
    assert live.text_content() == ""
    drag(page, formula(page, "b"), 24)
    assert live.text_content() == "z = 2.00, output a = 0.881."


def test_live_region_speaks_at_most_once_a_second(widget_page):
    page = widget_page(widgets.Neuron())
    page.evaluate("""() => { const live = document.querySelector('.nnb > .nnb-sr'); window.said = 0;
      new MutationObserver(() => window.said++).observe(live, {childList: true}); }""")
    still(page)
    choose = page.get_by_label("φ", exact=True)
    for name in PHI:
        choose.select_option(name)
    assert page.evaluate("window.said") == 1
    page.clock.run_for(1200)
    assert page.evaluate("window.said") == 2
    n = widgets.Neuron(activation="relu")
    assert page.locator(".nnb > .nnb-sr").text_content() == f"z = 1.00, output a = {n.a:.2f}."


@pytest.mark.parametrize("n", [1, 2, 3])
def test_no_serious_violation_of_axe(widget_page, n):
    page = widget_page(widgets.Neuron(w=[1.5, -2, 1][:n], derivative=True, predict=n == 3))
    more(page)
    assert_accessible(page)


def test_hovering_a_number_lights_up_its_place_and_the_other_way_round(widget_page):
    page = widget_page(widgets.Neuron())
    edge = page.locator("line.nnb-edge[data-link=w1]")
    formula(page, "w1").hover()
    assert edge.get_attribute("data-lit") == ""
    assert page.locator(".nnb-control[data-link=w1]").get_attribute("data-lit") == ""
    page.mouse.move(0, 0)
    assert page.locator("[data-lit]").count() == 0
    page.locator("svg text[data-name=x2]").hover()
    assert formula(page, "x2").get_attribute("data-lit") == ""
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    formula(page, "b").focus()
    assert page.locator("line.nnb-edge[data-link=b]").get_attribute("data-lit") == ""


def test_everything_that_takes_focus_keeps_its_keys_in_lab(widget_page):
    page = widget_page(widgets.Neuron(predict=True))
    assert_keys_stay(page)


def test_focus_is_visible(widget_page):
    page = widget_page(widgets.Neuron())
    for _ in range(12):
        page.keyboard.press("Tab")
        width, style = page.evaluate("""() => { const s = getComputedStyle(document.activeElement);
          return [parseFloat(s.outlineWidth), s.outlineStyle]; }""")
        assert width >= 2 and style != "none"


# ---- how it fits ----

@pytest.mark.parametrize("n", [1, 2, 3])
def test_it_fits_from_phone_to_desk(widget_page, n):
    neuron = widgets.Neuron(w=[-1.5, -2.2, -1.3][:n], b=-4.5, derivative=True)
    page = widget_page(neuron)
    more(page)
    assert_fits(page)


def test_targets_are_large_enough_for_a_finger(widget_page):
    page = widget_page(widgets.Neuron(), width=390, has_touch=True, is_mobile=True)
    assert_room_for_fingers(page)
    for n in page.locator("svg rect.nnb-room").all():
        box = n.bounding_box()
        assert box["height"] >= 24 and box["width"] >= 24


CORNER = """() => document.querySelector('canvas').getContext('2d')
  .getImageData(2, 2, 1, 1).data[0]"""


def test_dark_and_light(widget_page):
    ground = "e => getComputedStyle(e).backgroundColor"
    light, dark = [widget_page(widgets.Neuron(), theme=theme) for theme in ("light", "dark")]
    assert light.locator(".nnb").evaluate(ground) == "rgb(255, 255, 255)"
    assert dark.locator(".nnb").evaluate(ground) == "rgb(27, 27, 31)"
    assert light.evaluate(CORNER) > 200 > 100 > dark.evaluate(CORNER)


def test_theme_change_repaints_the_map(widget_page):
    page = widget_page(widgets.Neuron())
    before = page.evaluate(CORNER)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    drawn(page)
    assert before > 200 > 100 > page.evaluate(CORNER)


def test_it_draws_when_a_hidden_tab_opens(widget_page):
    page = widget_page(widgets.Neuron())
    page.add_init_script("document.addEventListener('readystatechange', () => "
                         "document.querySelector('main')?.style.setProperty('display', 'none'));")
    page.reload()
    assert page.locator("path.nnb-curve").count() == 0
    page.evaluate("document.querySelector('main').style.display = ''")
    page.locator("path.nnb-curve").wait_for(state="attached")
    assert page.problems == []


# ---- views, hosts, clean-up ----

def test_two_views_of_one_neuron_stay_in_step(widget_page):
    n = widgets.Neuron()
    page = widget_page(n, n, widgets.Neuron())
    views = page.locator(".nnb")
    page.locator("math [data-name=w1]").nth(0).press("End")
    drawn(page)
    read_w1 = "e => +e.querySelector('math [data-name=w1]').dataset.value"
    assert [views.nth(i).evaluate(read_w1) for i in range(3)] == [5, 5, 1.5]
    page.wait_for_timeout(500)
    views.nth(1).get_by_role("button", name="Undo").click()
    drawn(page)
    assert [views.nth(i).evaluate(read_w1) for i in range(3)] == [1.5, 1.5, 1.5]
    ids = page.locator("[id]").evaluate_all("list => list.map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_without_javascript_caption_and_table_are_read(widget_page):
    page = widget_page(widgets.Neuron(), script=False)
    text = page.locator(".nnb-fallback").inner_text()
    assert "A neuron with 2 inputs" in text and "0.731059" in text
    assert page.locator(".nnb-fallback tbody tr").count() == 9


def test_a_failure_is_a_sentence_and_the_table_stays(widget_page):
    broken = widgets.Neuron()
    broken.set_trait("kind", "riddle")
    page = widget_page(broken, widgets.Neuron())
    text = page.locator(".nnb-error").inner_text()
    assert 'could not start (there is no widget of the kind "riddle")' in text
    assert page.locator(".nnb-fallback").first.is_visible()
    assert page.locator(".nnb").count() == 1


def test_state_is_small_and_the_first_widget_is_soon_there(widget_page):
    n = widgets.Neuron(name="1.2-neuron")
    html = n._repr_mimebundle_()[0]["text/html"]
    assert len(html.encode()) < 10_000
    page = widget_page(n)
    assert page.locator(".nnb").count() == 1  # drawn at DOMContentLoaded, before load
    assert page.problems == []


CONTRACT = """async ({ code, state, throwing }) => {""" + COUNTERS + """
  const slider = el.querySelector('[data-slider=w1]');
  for (let i = 0; i < 20; i++) { slider.value = i / 5;
    slider.dispatchEvent(new Event('input', { bubbles: true })); }
  const during = saves;
  slider.dispatchEvent(new Event('change', { bubbles: true }));
  model.set('b', 2);
  model.set('w', [1, 2, 3]);
  await null; await null;
  const half = el.querySelectorAll('math [data-name=w3], math [data-value=undefined]').length;
  model.set('w', [3.8, -2]);
  await new Promise((f) => set(f, 30));
  const result = { w1: state.w[0], during, half, after: saves, hash: location.hash,
    b: el.querySelector('math [data-name=b]').dataset.value,
    link: [...el.querySelectorAll('button')].some((b) => b.textContent === 'Copy link') };
  el.querySelector('math [data-name=w1]').dispatchEvent(
    new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
  return { ...result, ...leftovers(), end: state.w[0] };
}"""


@pytest.mark.parametrize("throwing", [False, True])
def test_contract_of_a_view_in_lab(widget_page, throwing):
    """Without a page around it: synced not too often, drawn from outside, nothing left behind."""
    page = widget_page()
    n = widgets.Neuron(name="lab")
    props = {"code": n._esm, "state": n.state(), "throwing": throwing}
    got = page.evaluate(CONTRACT, props)
    assert got == {
        "w1": 3.8, "during": 1, "after": 2, "half": 0, "b": "2", "end": 5, "hash": "",
        "link": False, "left": 0, "live": 0, "timers": 0, "observers": 0,
    }


# ---- the Python side ----

@pytest.mark.parametrize("change, complaint", [
    ({"w": [1, 2, 3]}, "w and x must have the same length; got w = [1.0, 2.0, 3.0] and x = "),
    ({"w": [1, float("nan")]}, "1 to 3 numbers from -1e+06 to 1e+06; got [1, nan]."),
    ({"w": 3}, "w must be a list of 1 to 3 numbers"),
    ({"w": [1, 2, 3, 4]}, "w must be a list of 1 to 3 numbers"),
    ({"w": "12"}, "w must be a list of 1 to 3 numbers"),
    ({"b": float("inf")}, "b must be one number from -1e+06 to 1e+06; got inf."),
    ({"b": True}, "b must be one number"),
    ({"b": "one"}, "b must be one number"),
    ({"activation": "softmax"}, "activation must be one of: linear, step, sign, piecewise "),
])
def test_bad_values_get_one_sentence(change, complaint):
    n = widgets.Neuron()
    before = n.state()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)
    assert n.state() == before


def test_unknown_names_are_refused():
    with pytest.raises(TypeError, match="Neuron has no 'weights'; it knows: .*activation, b, "):
        widgets.Neuron(weights=[1, 2])


def test_traits_work_like_ipywidgets():
    n, seen = widgets.Neuron(), []
    n.observe(lambda change: seen.append(change["new"]), "w")
    n.w = np.array([1, 2], dtype=np.float32)
    assert seen == [[1.0, 2.0]] and n.z == 1 + 1 + 0.5
    slider = ipywidgets.FloatSlider(min=-5, max=5)
    ipywidgets.link((n, "b"), (slider, "value"))
    slider.value = -2.5
    assert n.b == -2.5
    n.b = 1.5
    assert slider.value == 1.5
    ipywidgets.jslink((n, "b"), (slider, "value"))
    assert ipywidgets.VBox([n, slider]).children[0] is n
    n.set(w=[1, 2, 3], x=[0, 0, 1])
    assert n.z == 4.5
    assert widgets.Neuron(w=[3]).x == [1.0]


def test_page_html_is_safe_and_complete():
    n = widgets.Neuron(name='"><script>')
    data, _ = n._repr_mimebundle_()
    html = data["text/html"]
    start = html.index('json">') + len('json">')
    state = html[start:html.index("</script>")]
    assert json.loads(state) == n.state()
    assert "<" not in state and 'id="&quot;&gt;&lt;script&gt;"' in html
    assert data["text/plain"].startswith("[Live figure") and "\n" not in data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in data
