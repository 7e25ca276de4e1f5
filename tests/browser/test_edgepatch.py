"""EdgePatch in a page of its own: every number against nnlib, every feature once."""

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
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
)

import nnlib
from nnlib import widgets
from nnlib.widgets.digits import pack, ten_digits, unpack
from nnlib.widgets.edgepatch import TEMPLATES

BAR = np.zeros((12, 12))
BAR[5:7] = 1
PLAIN = {"bar": BAR, "upright": BAR.T, "block": np.ones((12, 12))}


def expected(n):
    """Every number that the widget can show, computed by nnlib."""
    W = np.reshape(n.W, (12, 12))
    total = np.sum(W * n.image[n.row:n.row + 12, n.col:n.col + 12])
    values = {"row": n.row, "col": n.col, "b": n.b, "brush": n.brush, "sum": total}
    values |= {"z": total + n.b, "a": float(nnlib.sigmoid(total + n.b))}
    for key, patch in PLAIN.items():
        z = np.sum(W * patch) + n.b
        values |= {f"z_{key}": z, f"a_{key}": float(nnlib.sigmoid(z))}
    return values


def shown(page, name):
    return float(page.locator(f".nnb [data-name={name}]").first.get_attribute("data-value"))


def paper(page):
    return page.locator("rect.nnb-paint")


def cell(page, i, j):
    """The middle of a cell of the weights, on the screen."""
    box = paper(page).bounding_box()
    return box["x"] + (j + 0.5) * box["width"] / 12, box["y"] + (i + 0.5) * box["height"] / 12


PIXELS = """async (image) => { const drawn = new Image(); drawn.src = image.getAttribute('href');
  await drawn.decode(); const c = document.createElement('canvas');
  c.width = drawn.naturalWidth; c.height = drawn.naturalHeight;
  const context = c.getContext('2d'); context.drawImage(drawn, 0, 0);
  return [...context.getImageData(0, 0, c.width, c.height).data].filter((_, i) => i % 4 == 0); }"""


def pixels(page, index):
    """The red of each cell of one of the images: patch, weights, products, digit, map."""
    image = page.locator("image.nnb-cells").nth(index)
    values = np.array(image.evaluate(PIXELS))
    side = int(len(values) ** 0.5)
    return values.reshape(side, side)


# ---- what it shows ----

CASES = [
    {}, {"W": "horizontal bar", "b": -10}, {"W": "vertical", "picture": "4", "row": 12, "col": 12},
    {"W": "blob", "picture": "block", "row": 8, "col": 8, "b": 3.5},
    {"W": np.zeros(144)}, {"row": 0, "col": 0}, {"row": 16, "col": 16, "picture": "0"},
    {"W": np.random.default_rng(0).uniform(-2, 2, (12, 12)), "picture": "8", "b": 0.123},
    {"image": np.random.default_rng(1).uniform(0, 1, (28, 28)), "row": 5},
]


def test_every_number_is_nnlibs(widget_page):
    made = [widgets.EdgePatch(**case) for case in CASES]
    page = widget_page(*made)
    for n in made:
        numbers = assert_numbers(page, expected(n), f"[data-nnb-model='{n.model_id}'] .nnb")
        assert {number["name"] for number in numbers} == set(expected(n))
        assert len(n._repr_mimebundle_()[0]["text/html"].encode()) < 10_000
    drawn = page.locator("main").inner_html()
    assert "NaN" not in drawn and "Infinity" not in drawn and "undefined" not in drawn
    assert page.problems == []


def test_patch_products_and_map_are_painted_from_the_numbers(widget_page):
    n = widgets.EdgePatch(W="bar with surround")
    page = widget_page(n)
    patch, products, digit, response = (pixels(page, k) for k in (0, 2, 3, 4))
    ground, ink = patch.max(), patch.min()
    assert np.allclose(ground - patch, n.patch * (ground - 0x1B) * 0.85, atol=1.5) and ink < 90
    assert np.allclose(ground - digit, n.image * (ground - 0x1B) * 0.85, atol=1.5)
    p = np.reshape(n.W, (12, 12)) * n.patch
    assert (np.abs(products - ground)[np.abs(p) < 1e-9] == 0).all()
    strong = np.abs(n.response) > 2
    blue = 0xC2  # the red of orange is hardly less than the ground's, that of blue far less
    assert ((response < blue) == (n.response > 6))[strong].mean() > 0.9
    assert n.response[n.row, n.col] == pytest.approx(n.z)


def test_the_running_sum_ends_at_the_sum(widget_page):
    n = widgets.EdgePatch(b=-4)
    page = widget_page(n)
    ends = page.locator("line.nnb-term[data-link=b]").evaluate(
        "e => [+e.getAttribute('y1'), +e.getAttribute('y2')]")
    last = page.locator("path.nnb-curve").nth(11).get_attribute("d")
    assert float(last.split(" ")[-1]) == pytest.approx(ends[0])
    assert page.locator("circle.nnb-point").get_attribute("cy") == str(ends[1])
    assert ends[1] > ends[0]  # a bias below 0 pulls the sum down


def test_the_surround_cancels_the_block(widget_page):
    page = widget_page(widgets.EdgePatch(W="horizontal bar"))
    assert shown(page, "z_bar") == shown(page, "z_block") == 24
    button(page, "Bar and surround").click()
    assert (shown(page, "z_bar"), shown(page, "z_block")) == (24, 0)
    assert "a full block cancels" in page.locator(".nnb-caption").inner_text()
    page.locator("[data-slider=b]").press("Home")
    assert shown(page, "a_bar") > 0.99 and shown(page, "a_block") < 0.01


@pytest.mark.parametrize("index, name", list(enumerate(TEMPLATES)))
def test_each_preset_is_the_template_of_that_name(widget_page, index, name):
    page = widget_page(widgets.EdgePatch(W=np.zeros(144)))
    page.locator(".nnb-presets button").nth(index).click()
    assert page.locator(".nnb-look").first.inner_text().startswith("Look for: ")
    n = copied(page)
    assert np.array_equal(n.W, TEMPLATES[name].ravel())
    assert_numbers(page, expected(n))


# ---- painting and sliding ----

def test_painting_with_the_pointer(widget_page):
    page = widget_page(widgets.EdgePatch(W=np.zeros(144), brush=-1))
    paper(page).scroll_into_view_if_needed()
    page.mouse.move(*cell(page, 2, 1))
    page.mouse.down()
    page.mouse.move(*cell(page, 2, 2))
    page.mouse.move(*cell(page, 2, 3))
    page.mouse.up()
    n = copied(page)
    want = np.zeros((12, 12))
    want[2, 1:4] = -1
    assert np.array_equal(np.reshape(n.W, (12, 12)), want)
    assert_numbers(page, expected(n))
    page.mouse.click(*cell(page, 2, 2))  # painting it again takes it away
    want[2, 2] = 0
    assert np.array_equal(np.reshape(copied(page).W, (12, 12)), want)
    button(page, "Undo").click()
    button(page, "Undo").click()
    assert not np.any(copied(page).W) and button(page, "Undo").is_disabled()


def test_painting_with_the_keyboard(widget_page):
    page = widget_page(widgets.EdgePatch(W=np.zeros(144), brush=2))
    paper(page).focus()
    for key in ["ArrowUp", "ArrowLeft", "Enter", "ArrowRight", "+", "+", "ArrowRight", "-",
                "ArrowDown", "Shift+ArrowDown", "ArrowDown", " ", "0"]:
        page.keyboard.press(key)
    want = np.zeros((12, 12))
    want[4, 4], want[4, 5], want[4, 6], want[6, 6] = 2, 0.2, -0.1, 2
    assert "row 8, column 7: w = 0" in paper(page).get_attribute("aria-valuetext")
    assert page.locator("rect.nnb-cursor").evaluate("e => getComputedStyle(e).visibility") == (
        "visible")
    n = copied(page)
    assert np.array_equal(np.reshape(n.W, (12, 12)), want)
    assert_numbers(page, expected(n))


def test_the_window_slides_by_pointer_keys_and_sliders(widget_page):
    page = widget_page(widgets.EdgePatch(row=3, col=8))
    window = page.get_by_role("slider", name="window on the picture")
    window.focus()
    for key in ["ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowLeft"]:
        page.keyboard.press(key)
    assert (shown(page, "row"), shown(page, "col")) == (5, 5)
    page.locator("[data-slider=row]").press("End")
    assert shown(page, "row") == 16
    box = window.bounding_box()
    window.scroll_into_view_if_needed()
    box = window.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 6 / 28, box["y"] + box["height"] * 10 / 28)
    assert (shown(page, "row"), shown(page, "col")) == (4, 0)
    drag(page, window, 30, 0)
    assert_numbers(page, expected(copied(page)))


def test_the_digit_can_be_chosen_and_all_weights_cleared(widget_page):
    page = widget_page(widgets.EdgePatch())
    for name in ("0", "block", "bar"):
        page.get_by_label("image", exact=True).select_option(name)
        n = copied(page)
        assert n.picture == name
        assert_numbers(page, expected(n))
    button(page, "All weights 0").click()
    assert not np.any(copied(page).W)
    assert page.locator(".nnb-controls .nnb-control").count() <= 6


def test_touch(widget_page):
    page = widget_page(widgets.EdgePatch(W=np.zeros(144)), width=390, has_touch=True,
                       is_mobile=True)
    assert_room_for_fingers(page)
    paper(page).scroll_into_view_if_needed()
    assert paper(page).bounding_box()["width"] >= 12 * 20  # a cell has room for a fingertip
    page.touchscreen.tap(*cell(page, 7, 3))
    assert copied(page).W[7 * 12 + 3] == 1


# ---- the frame ----

def test_reset_link_and_damaged_links(widget_page):
    n = widgets.EdgePatch(name="2.1-edge", W="vertical")
    page = widget_page(n)
    start = copied(page).state()
    page.mouse.click(*cell(page, 0, 0))
    page.locator("[data-slider=b]").press("ArrowRight")
    b = copied(page).b
    page.wait_for_function("b => location.hash.includes(`&b=${b}&`)", arg=b)
    link = page.evaluate("location.hash")
    assert link.startswith("#2.1-edge:picture=7&row=3&col=8&W=1,")
    other = widget_page(n, hash=link)
    assert copied(other).state() == copied(page).state()
    for hash in ("row=17", "W=1,2", "picture=given", "picture=x", "brush=3", "col=.5", "b=x"):
        go_to(other, f"2.1-edge:{hash}")
        assert copied(other).state() == copied(page).state(), hash
    button(page, "Reset").click()
    assert copied(page).state() == start
    assert page.problems == other.problems == []


def test_predict_first_hides_the_result_until_guessed(widget_page):
    n = widgets.EdgePatch(predict=True)
    page = widget_page(n)
    hidden = page.locator(".nnb").locator(
        "[data-name=z], [data-name=a], [data-name=sum], [data-name^=z_], [data-name^=a_]")
    assert set(hidden.all_text_contents()) == {"?"}
    visible = page.locator(".nnb-result").evaluate_all(
        "list => list.filter(e => getComputedStyle(e).visibility != 'hidden').length")
    assert visible == 0
    assert f"{n.z:.3g}" not in page.locator(".nnb").evaluate("e => e.outerHTML")
    page.get_by_label("What will z be?").fill("10")
    page.get_by_label("What will z be?").press("Enter")
    assert "You said 10; it is z = " in page.locator(".nnb-guess + p").inner_text()
    assert_numbers(page, expected(n))


def test_steps_add_row_by_row(widget_page):
    n = widgets.EdgePatch(picture="block", row=8, col=8, W="horizontal bar", b=-4)
    page = widget_page(n)
    for _ in range(6):
        page.get_by_role("button", name="One step on").click()
    assert say(page) == "6 of 14: row 6: its 12 products make 12.0; so far 12.0."
    page.mouse.move(0, 0)
    assert page.locator("rect.nnb-band[data-lit]").count() == 2
    for _ in range(8):
        page.get_by_role("button", name="One step on").click()
    assert say(page).startswith("14 of 14: σ makes z = 20.0 into a = 1.00")


def test_words_for_a_screen_reader(widget_page):
    page = widget_page(widgets.EdgePatch(picture="bar", row=8, col=8))
    page.locator("[data-slider=b]").press("ArrowLeft")
    expect(page.locator(".nnb > .nnb-sr[role=status]")).to_have_text(
        "Window at row 8, column 8: z = 23.9, a = 1.00.")
    assert_keys_stay(page)
    assert_accessible(page)


def test_it_fits_from_phone_to_desk(widget_page):
    page = widget_page(widgets.EdgePatch(W="blob", b=-9.5))
    more(page)
    assert_fits(page)


def test_dark_repaints_the_images(widget_page):
    page = widget_page(widgets.EdgePatch())
    light = pixels(page, 3)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    drawn(page)
    dark = pixels(page, 3)
    assert light[0, 0] > 200 > 100 > dark[0, 0] and dark.max() > 150


# ---- hosts, two views, no script, Python ----

def test_a_good_guest_in_lab(widget_page):
    assert_good_guest(widget_page(), widgets.EdgePatch(), "b", "row", 7)


def test_two_views_stay_in_step(widget_page):
    n = widgets.EdgePatch()
    page = widget_page(n, n)
    page.locator("[data-slider=b]").first.press("End")
    drawn(page)
    values = page.locator(".nnb").evaluate_all(
        "list => list.map(e => e.querySelector('math [data-name=b]').dataset.value)")
    assert values == ["10", "10"]


def test_without_javascript_caption_and_table_are_read(widget_page):
    n = widgets.EdgePatch()
    page = widget_page(n, script=False)
    text = page.locator(".nnb-fallback").inner_text()
    assert "144 weights" in text and f"{n.z:.6g}" in text


def test_digits_are_packed_without_loss():
    assert np.array_equal(unpack(pack(ten_digits())), ten_digits().ravel())
    noise = np.random.default_rng(0).integers(0, 3, 3000).astype(np.uint8)
    assert np.array_equal(unpack(pack(noise)), noise)
    assert np.array_equal(unpack(pack(np.zeros(1000, np.uint8))), np.zeros(1000))


@pytest.mark.parametrize("make, complaint", [
    (lambda: widgets.EdgePatch(W=[1, 2]), "W must be 12 x 12 numbers from -2 to 2 or one of: "),
    (lambda: widgets.EdgePatch(W="cross"), "one of: horizontal bar, bar with surround, vertical"),
    (lambda: widgets.EdgePatch(W=np.full(144, 3)), "from -2 to 2"),
    (lambda: widgets.EdgePatch(row=17), "row must be one number from 0 to 16; got 17."),
    (lambda: widgets.EdgePatch(row=1.5), "row must be a whole number; got 1.5."),
    (lambda: widgets.EdgePatch(picture="given"), 'picture="given" needs an image'),
    (lambda: widgets.EdgePatch(image=np.ones((5, 5))), "image must be 28 x 28 numbers from 0"),
    (lambda: widgets.EdgePatch(image=np.full((28, 28), 255)), "from 255 to 255"),
])
def test_bad_values_get_one_sentence(make, complaint):
    with pytest.raises((traitlets.TraitError, ValueError)) as error:
        make()
    assert complaint in str(error.value) and "\n" not in str(error.value)
