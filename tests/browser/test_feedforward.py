"""FeedForward in a page of its own: every number against nnlib, every feature once."""

from itertools import pairwise

import numpy as np
import pytest
import traitlets
from screen import (
    assert_accessible,
    assert_fits,
    assert_good_guest,
    assert_keys_stay,
    assert_numbers,
    assert_room_for_fingers,
    button,
    copied,
    drag,
    drawn,
    go_to,
    more,
    say,
    touch_drag,
)

import nnlib
from nnlib import widgets
from nnlib.widgets.digits import ten_digits


def big_net(sizes=(784, 16, 16, 10), output=nnlib.softmax):
    net = nnlib.Network(list(sizes), hidden=nnlib.tanh, output=output, rng=1)
    net.biases = [np.random.default_rng(2).normal(size=b.shape) for b in net.biases]
    return net


def expected(n, net=None, x=None):
    """Every number that the widget can show, computed by nnlib."""
    net, x = net or n.net, n.input if x is None else x
    Z, A = net.forward(x)
    total = sum(p.size for p in net.weights + net.biases)
    values = {"layer": n.layer, "unit": n.unit, "total": total}
    values |= {f"n{l}": size for l, size in enumerate(net.sizes)}
    for l, activations in enumerate(A):
        values |= {f"a{l}_{k}": a for k, a in enumerate(activations[0], 1)}
    for l, (W, b) in enumerate(zip(net.weights, net.biases, strict=True), 1):
        values |= {f"count{l}": W.size + b.size, f"share{l}": 100 * (W.size + b.size) / total}
    l = max(1, n.layer) - 1
    for j, (row, b) in enumerate(zip(net.weights[l], net.biases[l], strict=True), 1):
        values |= {f"z{j}": Z[l][0, j - 1], f"b{j}": b}
        values |= {f"w{j}_{k}": w for k, w in enumerate(row, 1)}
    return values


def shown(page, name, where=".nnb"):
    return float(page.locator(f"{where} [data-name={name}]").first.get_attribute("data-value"))


def net_of(page):
    return page.get_by_role("slider", name="layer and neuron")


def tap(page, name):
    """Click the unit of this name in the picture of the network."""
    box = page.locator(f"circle[data-link={name}]").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


# ---- what it shows ----

CASES = [
    {"sizes": [2, 3, 1]}, {"sizes": [2, 3, 1], "layer": 1, "unit": 2},
    {"sizes": [3, 4, 5, 2, 2], "layer": 2}, {"sizes": [3, 4, 5, 2, 2], "layer": 3, "unit": 2},
    {"sizes": [1, 1], "layer": 1, "unit": 1}, {"sizes": [30, 5, 20, 1], "layer": 3, "unit": 1},
    {"sizes": [2, 3, 3], "hidden": "relu", "output": "softmax", "layer": 2, "unit": 3, "seed": 7},
    {"sizes": [784, 16, 16, 10], "layer": 1, "unit": 9},
    {"sizes": [784, 30, 10], "layer": 2, "unit": 10, "hidden": "tanh"},
    {"sizes": [32, 32, 32, 32, 32], "layer": 4, "unit": 32},
]


def test_every_number_is_nnlibs(widget_page):
    made = [widgets.FeedForward(**case) for case in CASES]
    page = widget_page(*made)
    for n in made:
        numbers = assert_numbers(page, expected(n), f"[data-nnb-model='{n.model_id}'] .nnb")
        names = {number["name"] for number in numbers}
        assert names >= {"total", "count1", "share1", "layer"}
        if n.unit:
            assert {f"z{n.unit}", f"b{n.unit}", f"a{n.layer}_{n.unit}"} <= names
    drawn = page.locator("main").inner_html()
    assert "NaN" not in drawn and "Infinity" not in drawn and "undefined" not in drawn
    assert page.problems == []


def test_alice_and_the_known_counts(widget_page):
    alice = widgets.FeedForward(sizes=[2, 2, 1], params=[1, 1, 1, 1, 0, 0, 1, 1, 0], x=[-2, -1],
                                layer=2, unit=1)
    assert alice.a[0] == pytest.approx(0.5236951741839995, abs=1e-9)
    page = widget_page(alice)
    assert shown(page, "a2_1") == pytest.approx(0.5236951741839995, abs=1e-9)
    assert shown(page, "a1_1") == pytest.approx(0.04742587317756678, abs=1e-9)
    for name, total in [("784-16-16-10", 13002), ("784-30-10", 23860), ("2-3-1", 13)]:
        button(page, name).click()
        assert shown(page, "total") == total
        assert page.locator(".nnb-look").first.inner_text().startswith("Look for: ")
        assert_numbers(page, expected(copied(page)))
    button(page, "784-16-16-10").click()
    assert shown(page, "count1") == 12560
    widths = page.locator("rect.nnb-bar").evaluate_all(
        "list => list.map(e => +e.getAttribute('width'))")
    assert widths[0] > 25 * max(widths[1:])
    assert page.locator("[data-name=total]").first.text_content() == "13,002"


@pytest.mark.parametrize("sizes", [(784, 32, 32, 32, 32), (2, 3, 1), (20, 40, 3)])
def test_any_network_and_any_input_from_python(widget_page, sizes):
    net, x = big_net(sizes), np.random.default_rng(3).uniform(0, 1, sizes[0])
    n = widgets.FeedForward(net, x, layer=len(sizes) - 1, unit=1, name="2.1-feedforward")
    assert len(n._repr_mimebundle_()[0]["text/html"].encode()) < 10_000
    page = widget_page(n)
    # weights of a large network travel with 7 digits; z, a and b are exact
    want = expected(n, net, x[None])
    numbers = assert_numbers(page, want, rel=1e-6)
    for number in numbers:
        if number["name"][0] in "azb":
            assert number["value"] == pytest.approx(want[number["name"]], rel=1e-9, abs=1e-12)
    assert_numbers(page, want | {f"n{l}": v for l, v in enumerate(sizes)}, rel=1e-6)
    again = copied(page, net=net, x=x)
    assert np.allclose(again.a, n.a, atol=1e-12) and again.total == n.total


def test_the_picture_draws_sixteen_and_counts_the_rest(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[784, 30, 10], layer=2, unit=4))
    for l, seen in [(0, 16), (1, 16), (2, 10)]:
        assert page.locator(f"circle.nnb-node[data-link^=a{l}_]").count() == seen
    assert page.locator("path.nnb-brace").count() == 2
    for text in ("784 inputs", "30 neurons", "10 outputs"):
        assert page.get_by_text(text, exact=True).count() == 1
    bright = page.locator("line.nnb-edge").evaluate_all(
        "list => list.filter(e => +e.getAttribute('opacity') > .3).map(e => e.dataset.link)")
    assert len(bright) == 16 and all("row4" in link for link in bright)
    framed = page.locator("rect.nnb-pick").count()
    assert framed >= 3  # the row of z, of W and of b


def test_edges_show_sign_by_dash_and_size_by_width(widget_page):
    params = [2, -1, 1, 1, 0, 0, 1, 1, 0]
    page = widget_page(widgets.FeedForward(sizes=[2, 2, 1], params=params, layer=1))
    style = "e => [getComputedStyle(e).strokeDasharray, parseFloat(e.getAttribute('stroke-width'))]"
    plus = page.locator("line.nnb-edge[data-link~=w1_1]").evaluate(style)
    minus = page.locator("line.nnb-edge[data-link~=w1_2]").evaluate(style)
    assert plus == ["none", 6] and minus[0] != "none"
    assert minus[1] == pytest.approx(0.75 + 5.25 / 2)


# ---- moving through it, changing it ----

def test_scrubber_click_and_arrow_keys_walk_through_the_net(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[2, 3, 1]))
    assert page.locator("svg [data-name=a1_1]").count() == 0
    page.locator("[data-slider=layer]").press("ArrowRight")
    assert shown(page, "layer") == 1 and page.locator("svg [data-name=a1_1]").count() == 1
    tap(page, "a1_2")
    assert page.locator("math [data-name=z2]").count() == 2
    tap(page, "a1_2")
    assert page.locator("math [data-name=z2]").count() == 0
    net_of(page).focus()
    for key, layer, unit in [("ArrowDown", 1, 1), ("ArrowDown", 1, 2), ("ArrowRight", 2, 1),
                             ("ArrowLeft", 1, 1), ("Enter", 1, 0), ("Enter", 1, 1)]:
        page.keyboard.press(key)
        n = copied(page)
        assert (n.layer, n.unit) == (layer, unit), key
        net_of(page).focus()
    assert "Layer 1 of 2, neuron 1: z = " in net_of(page).get_attribute("aria-valuetext")


def test_a_neuron_of_a_cut_layer_is_always_one_that_is_drawn(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[784, 30, 10], layer=1, unit=8))
    net_of(page).press("ArrowDown")
    assert copied(page).unit == 23
    net_of(page).press("ArrowUp")
    assert copied(page).unit == 8


def test_a_row_of_the_matrix_picks_its_neuron(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[20, 16, 2], layer=1))
    page.locator("rect.nnb-cell[data-link~=row5]").first.click(force=True)
    assert copied(page).unit == 5


def test_inputs_and_weights_can_be_dragged(widget_page):
    page = widget_page(widgets.FeedForward(layer=1, unit=2))
    before = shown(page, "w2_1"), shown(page, "a0_1")
    drag(page, page.locator("math [data-name=w2_1]").first, 30)
    drag(page, page.locator("svg text[data-name=a0_1]").first, -30)
    assert shown(page, "w2_1") == pytest.approx(before[0] + 0.5)
    assert shown(page, "a0_1") == pytest.approx(before[1] - 0.5)
    assert_numbers(page, expected(copied(page)))
    page.locator("math [data-name=b2]").first.press("ArrowRight")
    assert_numbers(page, expected(copied(page)))


def test_layers_and_neurons_can_be_chosen_and_the_count_follows(widget_page):
    page = widget_page(widgets.FeedForward())
    page.get_by_label("L", exact=True).select_option("4")
    page.locator("[data-slider=n2]").press("End")
    n = copied(page)
    assert n.sizes == [2, 3, 32, 3, 1] and shown(page, "total") == n.total
    assert n.total == sum(k * m + m for k, m in pairwise(n.sizes))
    page.get_by_label("inputs", exact=True).select_option("784")
    n = copied(page)
    assert n.sizes[0] == 784 and n.params == [] and n.x == []
    assert_numbers(page, expected(n))
    page.get_by_label("L", exact=True).select_option("1")
    assert copied(page).sizes == [784, 1]
    assert page.locator(".nnb-controls .nnb-control").count() <= 6
    assert page.problems == []


def test_touch(widget_page):
    n = widgets.FeedForward(layer=1, unit=1, sizes=[2, 3, 1])
    page = widget_page(n, width=390, has_touch=True, is_mobile=True)
    assert_room_for_fingers(page)
    before = shown(page, "w1_1")
    touch_drag(page, page.locator("math [data-name=w1_1]").first, 60)
    assert shown(page, "w1_1") > before
    unit = page.locator("circle[data-link=a1_3]")
    unit.scroll_into_view_if_needed()
    box = unit.bounding_box()
    page.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    assert copied(page).unit == 3


# ---- the frame: undo, reset, guess, steps, copies, links, words ----

def test_undo_and_reset(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[2, 3, 1], seed=4, layer=1))
    start = copied(page).state()
    tap(page, "a1_2")
    drag(page, page.locator("math [data-name=b2]").first, 24)
    button(page, "784-30-10").click()
    button(page, "Undo").click()
    assert copied(page).sizes == [2, 3, 1]
    net_of(page).press("Control+z")
    net_of(page).press("Control+z")
    assert copied(page).state() == start and button(page, "Undo").is_disabled()
    page.get_by_label("L", exact=True).select_option("3")
    button(page, "Reset").click()
    assert copied(page).state() == start


def test_predict_first_hides_the_count(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[784, 16, 16, 10], predict=True, layer=1))
    hidden = page.locator("[data-name=total], [data-name^=count], [data-name^=share]")
    assert set(hidden.all_text_contents()) == {"?"}
    html = page.locator(".nnb").evaluate("e => e.outerHTML")
    assert "13,002" not in html and "13002" not in html
    assert page.locator("rect.nnb-bar").first.evaluate("e => getComputedStyle(e).visibility") == (
        "hidden")
    guess = page.get_by_label("How many numbers does this network learn?")
    guess.fill("13,000")
    guess.press("Enter")
    said = page.locator(".nnb-guess + p").inner_text()
    assert "13,000" in said and "13,002" in said and "2 too low" in said
    assert page.locator("[data-name=total]").first.text_content() == "13,002"


def test_steps_go_through_the_sum(widget_page):
    page = widget_page(widgets.FeedForward(
        sizes=[2, 2, 1], params=[1, 1, 1, 1, 0, 0, 1, 1, 0.5], x=[-2, -1], layer=2, unit=1))
    texts = []
    for _ in range(5):
        page.get_by_role("button", name="One step on").click()
        texts.append(say(page))
    assert texts[0] == "1 of 5: neuron 1 times its weight: 0.0474 · 1.00 = 0.0474."
    assert texts[3].endswith("z₁ = 0.0949 + 0.500 = 0.595.")
    page.mouse.move(0, 0)
    assert page.locator("[data-lit][data-name=a2_1]").count() >= 1
    page.locator("[data-slider=layer]").press("ArrowLeft")
    net_of(page).press("Enter")
    button(page, "Reset").click()
    assert say(page).startswith("Follow")


def test_links_carry_the_state_and_damaged_ones_change_nothing(widget_page):
    n = widgets.FeedForward(name="2.3-net", layer=1)
    page = widget_page(n)
    tap(page, "a1_2")
    link = page.evaluate("location.hash")
    assert link.startswith("#2.3-net:sizes=2,3,1&params=") and "unit=2" in link
    other = widget_page(n, hash=link)
    assert copied(other).unit == 2
    for hash in ("sizes=2,3", "sizes=0,1", "layer=3", "unit=4", "params=1,2", "x=1", "given=1",
                 "sizes=2,3.5,1", "sizes=1,1,1,1,1,1", "seed=-1", "hidden=toString", "layer=.5"):
        go_to(other, f"2.3-net:{hash}")
        assert copied(other).unit == 2, hash
    go_to(other, "2.3-net:sizes=784,16,16,10&params=&x=")
    assert other.problems == []


def test_words_for_a_screen_reader(widget_page):
    n = widgets.FeedForward(layer=1, unit=2)
    page = widget_page(n)
    drag(page, page.locator("math [data-name=b2]").first, 12)
    told = copied(page)
    want = f"Layer 1 of 2, neuron 2: z = {told.z[1]:.2f}, a = {told.a[1]:.3f}. 13 numbers to learn."
    assert page.locator(".nnb > .nnb-sr[role=status]").text_content() == want
    page.mouse.move(0, 0)
    assert_keys_stay(page)
    assert_accessible(page)


def test_it_fits_from_phone_to_desk(widget_page):
    for n in (widgets.FeedForward(sizes=[784, 30, 16, 16, 10], layer=1, unit=9),
              widgets.FeedForward(sizes=[3, 4, 6, 2], layer=2, unit=3, hidden="tanh")):
        page = widget_page(n)
        more(page)
        assert_fits(page)


def test_dark_repaints_the_digit(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[784, 30, 10]))
    before = page.locator("image.nnb-cells").get_attribute("href")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    drawn(page)
    assert page.locator("image.nnb-cells").get_attribute("href") != before


# ---- hosts, two views, no script, Python ----

def test_a_good_guest_in_lab(widget_page):
    n = widgets.FeedForward(big_net(), layer=0)
    assert_good_guest(widget_page(), n, "layer", "unit", 2)


def test_two_views_stay_in_step(widget_page):
    n = widgets.FeedForward(layer=1, unit=2)
    page = widget_page(n, n)
    page.locator("math [data-name=b2]").first.press("ArrowRight")
    drawn(page)
    values = page.locator(".nnb").evaluate_all(
        "list => list.map(e => e.querySelector('math [data-name=b2]').dataset.value)")
    assert values[0] == values[1]


def test_without_javascript_caption_and_table_are_read(widget_page):
    page = widget_page(widgets.FeedForward(sizes=[784, 16, 16, 10]), script=False)
    text = page.locator(".nnb-fallback").inner_text()
    assert "784-16-16-10" in text and "13,002" in text and "12,560" in text


def test_a_change_in_lab_reaches_python_whole():
    n = widgets.FeedForward(big_net(), layer=2)
    n.set_state({"sizes": [2, 1], "params": [1, 2, 3], "x": [1, 1], "given": False, "layer": 1,
                 "unit": 1, "hidden": "sigmoid", "output": "linear"})
    assert n.z == [6] and n.a == [6] and n.total == 3


def test_show_replaces_network_and_input():
    n = widgets.FeedForward()
    n.show(x=[0, 0])
    assert n.x == [0, 0] and n.sizes == [2, 3, 1]
    n.show(big_net(), ten_digits()[4] / 255)
    assert n.given and n.total == 13002
    n.show(nnlib.Network([2, 1], rng=0), [1, 2])
    assert not n.given and n.sizes == [2, 1]


@pytest.mark.parametrize("make, complaint", [
    (lambda: widgets.FeedForward(sizes=[3]), "sizes must be 2 to 5 whole numbers"),
    (lambda: widgets.FeedForward(sizes="23"), "sizes must be 2 to 5 whole numbers"),
    (lambda: widgets.FeedForward(x=[1, 2, 3]), "x holds 3 numbers: a 2-3-1 network needs 2"),
    (lambda: widgets.FeedForward(params=[1]), "params holds 1 numbers: a 2-3-1 network needs 13"),
    (lambda: widgets.FeedForward(layer=3), "a 2-3-1 network has no layer 3"),
    (lambda: widgets.FeedForward(layer=1, unit=4), "no layer 1 with a neuron 4"),
    (lambda: widgets.FeedForward(layer=0.5), "layer must be a whole number; got 0.5"),
    (lambda: widgets.FeedForward([2, 3, 1]), "net must be an nnlib.Network; got list."),
    (lambda: widgets.FeedForward(big_net(), [1, 2]), "x has 2 numbers: this network has 784"),
    (lambda: widgets.FeedForward(nnlib.Network([2] * 6)), "net has 5 layers: FeedForward draws"),
    (lambda: widgets.FeedForward(big_net(), np.full(784, np.nan)), "must hold numbers from"),
])
def test_bad_values_get_one_sentence(make, complaint):
    with pytest.raises((traitlets.TraitError, TypeError, ValueError)) as error:
        make()
    assert complaint in str(error.value) and "\n" not in str(error.value)
