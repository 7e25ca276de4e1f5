"""DrawDigit: the pen, framing, what units and outputs say, galleries, networks of one's own."""

import base64

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_numbers, button, copied, drawn, go_to
from test_common import DATA, drawing, drawing_numbers, formula, value

import nnlib
from nnlib import widgets
from nnlib.models import digits as stored
from nnlib.widgets.digits import ten_digits
from nnlib.widgets.ink import from_text, to_text

RNG = np.random.default_rng(5)


def network(n, hidden=nnlib.sigmoid, output=nnlib.sigmoid, **options):
    net = nnlib.Network([784, n, 10], hidden, output, rng=n, **options)
    net.biases = [RNG.standard_normal(b.shape) for b in net.biases]
    return net


def pad(page):
    return page.locator("rect.nnb-dd-sheet")


def place(page, x, y):
    """A place of the pad, in pixels of the pad, on the screen."""
    pad(page).scroll_into_view_if_needed()
    box = pad(page).bounding_box()
    return box["x"] + x * box["width"] / 28, box["y"] + y * box["height"] / 28


def draw(page, *places):
    """Draw a line through these places of the pad with the mouse, straight from one to the next."""
    for i, at in enumerate(places):
        page.mouse.move(*place(page, *at))
        if i == 0:
            page.mouse.down()
    page.mouse.up()


def ink(page):
    """The ink on the pad as Python gets it, (28, 28)."""
    return copied(page).pad


# ---- the numbers ----

CASES = [
    {}, {"image": np.ones(784)}, {"image": RNG.random((28, 28)), "framing": False, "unit": 30},
    {"net": network(1, nnlib.relu, nnlib.linear), "image": ten_digits()[0] / 255},
    {"net": network(64, nnlib.tanh, nnlib.softmax), "image": ten_digits()[4] / 255, "unit": 64},
    {"net": network(11, nnlib.step, nnlib.tanh, dtype=np.float32), "image": ten_digits()[9] / 255},
    {"net": network(10, nnlib.softmax, nnlib.sign), "image": np.eye(28) * 0.3},
]


def test_every_number_is_nnlibs(widget_page):
    made = [widgets.DrawDigit(**case) for case in CASES]
    page = widget_page(*made)
    for n in made:
        numbers = assert_numbers(page, drawing_numbers(n), f"[data-nnb-model='{n.model_id}'] .nnb")
        shown = {number["name"] for number in numbers}
        if n.outputs.min() >= 0:  # else there is room for the largest two only
            assert shown == set(drawing_numbers(n))
    text = DATA.sub("", page.locator("main").inner_html())
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in text]
    assert page.problems == []


def test_the_outputs_are_those_of_the_network_to_the_precision_of_its_weights():
    for case in CASES[3:6]:
        n = widgets.DrawDigit(**case)
        want = case["net"](n.image)
        assert n.net(n.image) == pytest.approx(want, abs=2e-3)
    net = stored.load()
    assert np.array_equal(widgets.DrawDigit().net.weights[0], net.weights[0])  # not rounded again
    row = widgets.DrawDigit().network["row"]
    assert 24_000 < len(row) < 24_500 and len(base64.b64encode(row)) < 33_000


def test_the_picture_of_a_unit_is_its_weights_times_the_ink(widget_page):
    n = drawing(unit=7)
    page = widget_page(n)
    tiles = page.locator(".nnb-dd-one canvas").evaluate("""canvas => {
      const box = (i) => document.querySelectorAll('.nnb-dd-tile')[i];
      const read = (i) => { const [x, y, w] = ['x', 'y', 'width'].map(a => +box(i).getAttribute(a));
        return [...canvas.getContext('2d').getImageData(x, y, w, w).data]; };
      return [0, 1, 2].map(read); }""")
    W, x = n.net.weights[0][6].reshape(28, 28), n.image.reshape(28, 28)
    for tile, values in zip(tiles, (W, x, W * x), strict=True):
        side = int((len(tile) / 4) ** 0.5)
        rgba = np.reshape(tile, (side, side, 4))[side // 56::side // 28, side // 56::side // 28]
        zero = rgba[..., :3] == [0xF2, 0xF2, 0xF0]
        assert zero.all(axis=-1)[values == 0].all()
        strong = np.abs(values) > 0.3 * np.abs(values).max()
        bluer = rgba[..., 2] > rgba[..., 0]
        assert np.array_equal(bluer[strong], values[strong] > 0) or values is x


# ---- the pen ----

def test_the_mouse_draws_a_line_without_gaps_and_undo_takes_strokes_back(widget_page):
    page = widget_page(widgets.DrawDigit())
    assert not ink(page).any() and page.get_by_text("Draw a digit").count() == 2
    draw(page, (14, 4), (14, 24))  # one leap of 20 pixels
    assert page.get_by_text("Draw a digit").count() == 1  # the invitation has gone
    line = ink(page)
    assert (line[4:24, 13:15] > 0.9).all() and not line[:, :12].any() and not line[:2].any()
    draw(page, (8, 8), (12, 8), (14, 4))
    first = ink(page)
    assert first[7:9, 8:12].min() > 0.9 and 0 < first[first < 0.9].max()  # a soft rim
    assert_numbers(page, drawing_numbers(copied(page)))
    button(page, "Undo").click()
    assert np.array_equal(ink(page), line)
    button(page, "Undo").click()
    assert not ink(page).any() and button(page, "Undo").is_disabled()


def test_the_line_goes_where_the_pointer_has_been_between_two_frames(widget_page):
    page = widget_page(widgets.DrawDigit())
    page.mouse.move(*place(page, 5, 5))
    page.mouse.down()
    page.evaluate("""([bend, end]) => {
      const event = ([clientX, clientY], more) => new PointerEvent('pointermove',
        { pointerId: 1, bubbles: true, clientX, clientY, ...more });
      document.querySelector('.nnb-dd-sheet').dispatchEvent(
        event(end, { coalescedEvents: [event(bend), event(end)] })); }""",
                  [place(page, 22, 5), place(page, 22, 22)])
    page.mouse.up()
    corner = ink(page)
    assert corner[4:6, 5:22].min() > 0.9 and corner[5:21, 21:23].min() > 0.9
    assert not corner[10:20, 8:18].any()


def test_pens_eraser_and_clear(widget_page):
    page = widget_page(widgets.DrawDigit())
    areas = []
    for width in ("1 pixel", "2 pixels", "3 pixels"):
        page.get_by_role("button", name=f"pen, {width} wide").click()
        draw(page, (4, 14), (24, 14))
        areas.append(ink(page).sum())
        if width != "3 pixels":
            button(page, "Clear").click()
            assert not ink(page).any()
    assert np.diff(areas) == pytest.approx(20, abs=6)  # a pixel wider over 20 pixels
    button(page, "eraser").click()
    assert button(page, "eraser").get_attribute("aria-pressed") == "true"
    draw(page, (14, 2), (14, 26))
    rest = ink(page)
    assert not rest[:, 12:16].any() and rest[14, 5:9].min() == 1
    button(page, "Undo").click()
    assert ink(page).sum() == pytest.approx(areas[2])


def test_a_finger_draws_and_the_page_stays(widget_page):
    page = widget_page(widgets.DrawDigit(), width=390, has_touch=True, is_mobile=True)
    send = page.context.new_cdp_session(page).send
    places = [place(page, 14, y) for y in (5, 9, 14, 20, 23)]
    top = page.evaluate("scrollY")
    for kind, at in zip(["touchStart"] + ["touchMove"] * 4, places, strict=True):
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [
            {"x": at[0], "y": at[1]}]})
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert (ink(page)[5:23, 13:15] > 0.9).all() and page.evaluate("scrollY") == top
    assert value(page, "answer") == 1
    box = pad(page).bounding_box()
    assert box["x"] >= 28 and box["x"] + box["width"] <= 390 - 28  # room to scroll with a thumb
    assert box["width"] >= 280
    # the answer stands right under the pad and its tools
    under = page.locator(".nnb-dd-net").bounding_box()["y"] - pad(page).bounding_box()["y"]
    assert under < 560


def test_the_keyboard_draws(widget_page):
    page = widget_page(widgets.DrawDigit())
    cursor = page.locator(".nnb-dd-cursor")
    page.mouse.move(*place(page, 1, 1))
    assert cursor.evaluate("e => getComputedStyle(e).visibility") == "hidden"
    pad(page).press("ArrowUp")
    assert cursor.evaluate("e => getComputedStyle(e).visibility") == "visible"
    assert pad(page).get_attribute("aria-valuetext") == "row 13, column 14, pen up"
    for key in ["Shift+ArrowUp", "Shift+ArrowUp", "Enter", "Shift+ArrowDown", "ArrowDown",
                "PageDown", "PageDown", "Enter", "ArrowLeft"]:
        page.keyboard.press(key)
    assert pad(page).get_attribute("aria-valuetext") == "row 12, column 15, pen up"
    drawn_ink = ink(page)
    assert (drawn_ink[4:10, 13] > 0.9).all() and drawn_ink[11, 15] > 0.9 and drawn_ink[10, 14] > 0.9
    assert not drawn_ink[:, :12].any() and not drawn_ink[13:].any()
    pad(page).press("r")
    assert not ink(page).any()


# ---- what the network sees ----

def test_framing_is_shown_and_can_be_switched_off(widget_page):
    n = widgets.DrawDigit(image=np.pad(np.ones((10, 5)), ((2, 16), (3, 20))), unit=1)
    page = widget_page(n)
    boxes = page.locator(".nnb-dd-box")
    size = boxes.evaluate_all("l => l.map(e => ['width', 'height'].map(a => +e.getAttribute(a)))")
    assert [w / h for w, h in size] == pytest.approx([0.5, 0.5])
    assert size[1] == [40, 80]  # 10 x 20 pixels of 4
    assert n.image.reshape(28, 28)[4:24, 9:19].min() == 1 and n.image.sum() == 200
    page.get_by_label("MNIST framing").uncheck()
    assert boxes.count() == 0
    off = copied(page)
    assert not off.framing and np.array_equal(off.image, off.pad.reshape(1, -1))
    assert_numbers(page, drawing_numbers(off))


def test_what_the_presets_promise(widget_page):
    page = widget_page(widgets.DrawDigit())
    button(page, "A clear 3").click()
    assert value(page, "answer") == 3 and value_of(page, "o3") > 0.9
    button(page, "The same 3, aside").click()
    assert value(page, "answer") != 3
    page.get_by_label("MNIST framing").check()
    assert value(page, "answer") == 3
    button(page, "4 or 9?").click()
    assert (value(page, "answer"), value_of(page, "second")) == (4, 9)
    draw(page, (11.6, 6), (14, 4.6), (18.8, 6))
    assert value(page, "answer") == 9
    button(page, "Noise").first.click()
    assert value(page, "answer") == 8 and value_of(page, "o8") > 0.9
    before = ink(page)
    page.locator(".nnb-dd-tools").get_by_role("button", name="Noise").click()
    assert np.abs(ink(page) - before).mean() > 0.2
    assert_numbers(page, drawing_numbers(copied(page)))


def value_of(page, name):
    return float(page.locator(f".nnb [data-name={name}]").first.get_attribute("data-value"))


# ---- galleries ----

def test_samples_and_what_it_gets_wrong(widget_page):
    n = widgets.DrawDigit(framing=False)
    page = widget_page(n)
    for k in range(10):
        page.get_by_role("button", name=f"a handwritten {k}").click()
        assert np.array_equal(np.rint(255 * ink(page)).ravel(), ten_digits()[k])
    wrong = page.get_by_role("group", name="It gets these wrong").get_by_role("button")
    assert 3 <= wrong.count() == len(n.mistakes["digits"]) <= 10
    for i, (digit, read) in enumerate(zip(n.mistakes["digits"], n.mistakes["read"], strict=True)):
        wrong.nth(i).click()
        assert wrong.nth(i).inner_text() == f"{digit}→{read}"
        assert value(page, "answer") == read != digit
        assert copied(page).framing
        assert_numbers(page, drawing_numbers(copied(page)))


def test_a_perfect_network_has_no_gallery(widget_page):
    n = widgets.DrawDigit()
    n.set_trait("mistakes", {"images": b"", "digits": [], "read": []})
    page = widget_page(n)
    assert page.get_by_role("group", name="It gets these wrong").count() == 0


# ---- units ----

def test_a_hidden_unit_is_chosen_by_click_and_keys(widget_page):
    page = widget_page(drawing(unit=13))
    grid = page.get_by_role("slider", name="hidden unit that is shown below, 1 to 30")
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.5)
    assert value(page, "unit") == 20
    for key, unit in {"ArrowUp": 10, "ArrowLeft": 9, "Shift+ArrowRight": 19, "PageDown": 29,
                      "ArrowDown": 30, "Home": 1, "End": 30}.items():
        grid.press(key)
        assert value(page, "unit") == unit
        assert_numbers(page, drawing_numbers(copied(page)))
    long = page.locator(".nnb-dd-bar").evaluate_all("l => l.map(e => +e.getAttribute('width'))")
    a = drawing().net.forward(drawing().image)[1][1][0]
    assert np.array(long) / max(long) == pytest.approx(a / a.max(), rel=1e-6)


def test_votes_are_activation_times_weight(widget_page):
    n = drawing(unit=4)
    page = widget_page(n)
    bars = page.locator(".nnb-dd-one .nnb-cell").evaluate_all(
        "l => l.map(e => e.getAttribute('height') * (e.dataset.sign == 'neg' ? -1 : 1))")
    V, a = n.net.weights[1][:, 3], n.net.forward(n.image)[1][1][0, 3]
    assert np.array(bars) == pytest.approx(a * V / np.abs(V).max() * 22, abs=1e-6)


def test_a_guess_of_the_digit(widget_page):
    page = widget_page(drawing(predict=True))
    hidden = page.locator(".nnb-dd-net, .nnb-dd-one").evaluate_all(
        "l => l.map(e => e.outerHTML).join('')")
    assert "data-first" not in hidden and "data-value" not in hidden
    page.get_by_label("Which digit will it be read as?").fill("8")
    button(page, "Show").click()
    answer = page.locator(".nnb-guess + p")
    assert answer.inner_text() == (
        "You said 8; it is read as 3. Change something to guess again.")
    formula(page, "unit").press("ArrowLeft")  # looking at a unit asks for nothing new
    assert page.locator(".nnb-dd-answer").text_content() == "3"
    draw(page, (3, 3), (9, 3))
    assert page.locator(".nnb-dd-answer").text_content() == "?"


# ---- links, views, Python ----

def test_a_link_carries_any_ink(widget_page):
    n = widgets.DrawDigit(name="7.2-draw", unit=3)
    page = widget_page(n)
    page.locator(".nnb-presets").get_by_role("button", name="Noise").click()
    draw(page, (5, 5), (20, 20))
    want = copied(page)
    page.wait_for_function("ink => location.hash.includes(`:ink=${ink}&`)", arg=want.ink)
    link = page.evaluate("location.hash")
    assert len(link) < 1300
    other = widget_page(n, hash=link)
    assert copied(other).state() == want.state()
    for hash in ("ink=AAAA", "ink=", "unit=31", "unit=0", "unit=1.5", "framing=2", "ink=%F0"):
        go_to(other, f"7.2-draw:{hash}")
        assert copied(other).state() == want.state(), hash
    assert page.problems == other.problems == []


def test_a_network_of_ones_own_is_copied_by_name(widget_page):
    net = network(12, nnlib.relu)
    n = widgets.DrawDigit(net, ten_digits()[2] / 255, unit=5)
    page = widget_page(n)
    assert copied(page, net=net).state() == n.state()
    assert "n = widgets.DrawDigit(net, ink=" in page.locator(".nnb pre").inner_text()


def test_python_hears_and_says(widget_page):
    n = widgets.DrawDigit(unit=25)
    assert n.image.shape == (1, 784) and not n.image.any() and n.outputs.shape == (10,)
    n.image = ten_digits()[7].reshape(28, 28) / 255
    assert n.pad.sum() == pytest.approx(ten_digits()[7].sum() / 255)
    assert np.array_equal(n.net(n.image)[0], n.outputs)
    assert str(n.outputs.argmax()) in n.caption()
    net = network(8)
    n.net = net
    assert n.unit == 8 and n.net(n.image) == pytest.approx(net(n.image), abs=1e-3)
    wrong, read = n.mistakes["digits"], n.mistakes["read"]
    assert len(wrong) > 5 and all(w != r for w, r in zip(wrong, read, strict=True))
    page = widget_page(n)
    assert_numbers(page, drawing_numbers(n))
    expect(page.locator(".nnb-dd-net")).to_contain_text("8 hidden units")


def test_two_views_draw_on_one_pad(widget_page):
    n = widgets.DrawDigit()
    page = widget_page(n, n)
    page.mouse.move(*[v + 60 for v in pad(page).first.bounding_box().values()][:2])
    page.mouse.down()
    page.mouse.move(*[v + 200 for v in pad(page).first.bounding_box().values()][:2])
    page.mouse.up()
    drawn(page)
    paths = page.locator(".nnb").evaluate_all(
        "l => l.map(e => [...e.querySelectorAll('.nnb-dd-pad path.nnb-dd-ink')].map(p => "
        "p.getAttribute('d')).join(''))")
    assert paths[0] == paths[1] != ""


@pytest.mark.parametrize("make, complaint", [
    (lambda: widgets.DrawDigit(image=[1, 2]), "image must be 784 or 28 x 28 numbers from 0"),
    (lambda: widgets.DrawDigit(image=np.full(784, 255)), "from 255 to 255."),
    (lambda: widgets.DrawDigit(image=np.full(784, np.nan)), "from nan to nan."),
    (lambda: widgets.DrawDigit(image=[]), "got shape (0,)."),
    (lambda: widgets.DrawDigit(unit=31), "unit must be one of the 30 hidden units; got 31."),
    (lambda: widgets.DrawDigit(unit=1.5), "unit must be a whole number; got 1.5."),
    (lambda: widgets.DrawDigit(ink="AAAA"), "ink must be a text that stands for 784 pixels"),
    (lambda: widgets.DrawDigit(7), "net must be an nnlib.Network; got int."),
    (lambda: widgets.DrawDigit(nnlib.Network([784, 65, 10])), "784, up to 64, 10; got 784, 65, 10"),
    (lambda: widgets.DrawDigit(nnlib.Network([784, 30, 20, 10])), "got 784, 30, 20, 10."),
    (lambda: widgets.DrawDigit(nnlib.Network([64, 30, 10])), "got 64, 30, 10."),
    (lambda: widgets.DrawDigit(broken()), "net has weights or biases that are no finite numbers"),
])
def test_bad_values_get_one_sentence(make, complaint):
    with pytest.raises((traitlets.TraitError, ValueError, TypeError)) as error:
        make()
    assert complaint in str(error.value) and "\n" not in str(error.value)


def broken():
    net = network(3)
    net.weights[0][1, 2] = np.nan
    return net


def test_ink_is_kept_in_a_short_text():
    for digit in ten_digits():
        assert np.array_equal(from_text(to_text(digit)), digit) and len(to_text(digit)) < 450
    assert len(to_text(RNG.integers(0, 256, 784).astype(np.uint8))) < 1060
