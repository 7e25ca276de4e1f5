"""HiddenWeights in a page of its own: pictures against the weights, every feature once."""

import base64
import copy

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_numbers, button, copied, drawn, more
from test_common import DATA, hidden_numbers

import nnlib
from nnlib import widgets
from nnlib.data import embedded_digits

PIXELS = """async (image) => { const drawn = new Image(); drawn.src = image.getAttribute('href');
  await drawn.decode(); const c = document.createElement('canvas');
  c.width = drawn.naturalWidth; c.height = drawn.naturalHeight;
  const context = c.getContext('2d'); context.drawImage(drawn, 0, 0);
  const { data } = context.getImageData(0, 0, c.width, c.height);
  let text = '';
  for (const v of data) text += String.fromCharCode(v);
  return [c.height, c.width, btoa(text)]; }"""
ZERO, BLUE, ORANGE = (np.array(v) for v in ((242, 242, 240), (11, 99, 176), (194, 80, 10)))


def pixels(page, index):
    """An image of the page as (rows, columns, 4): 0 all pictures, 1 one neuron, 4 products."""
    rows, columns, text = page.locator("image.nnb-cells").nth(index).evaluate(PIXELS)
    values = np.frombuffer(base64.b64decode(text), np.uint8)
    return values.reshape(rows, columns, 4).astype(float)


def colours(W, end):
    """What weights look like on a scale that ends at ``end``, (..., 3)."""
    t = np.minimum(1, abs(W) / end)[..., None]
    return ZERO + t * (np.where((W < 0)[..., None], ORANGE, BLUE) - ZERO)


def tiles(page, n, columns=6):
    """The pictures on the screen, (n, 28, 28, 4), in their order."""
    sheet = pixels(page, 0)
    down = len(sheet) // -(-n // columns)
    corners = [(down * (i // columns), 30 * (i % columns)) for i in range(n)]
    return np.array([sheet[y:y + 28, x:x + 28] for y, x in corners])


def names(page):
    """The numbers of the neurons in the order of their pictures."""
    found = page.locator(".nnb-picture").first.locator("text.nnb-tick").evaluate_all(
        "list => list.map(e => [+e.getAttribute('y'), +e.getAttribute('x'), e.textContent])")
    return [int(text) for _, _, text in sorted(found) if text.isdigit()]


def own_networks(n=12, epochs=(0, 1)):
    digits, net = embedded_digits(), nnlib.Network([784, n, 10], nnlib.relu, rng=1)
    kept = [copy.deepcopy(net)]
    for _ in nnlib.train(net, (digits.X[:200], digits.Y[:200]), epochs=len(epochs) - 1,
                         batch_size=10, eta=0.3, rng=0):
        kept.append(copy.deepcopy(net))
    return kept


# ---- what it shows ----

CASES = [
    {"epoch": 0, "scale": "each"}, {"epoch": 1, "digit": 0, "unit": 30},
    {"lam": 1e-4, "epoch": 10, "sort": True}, {"lam": 1e-5, "digit": 9, "unit": 1, "top": 5},
    {"size": 16, "unit": 16}, {"size": 16, "lam": 1e-4, "unit": 7, "top": 0.05},
]


def test_every_number_is_nnlibs(widget_page):
    made = [widgets.HiddenWeights(**case) for case in CASES]
    page = widget_page(*made, width=1100)
    for n in made:
        shown = assert_numbers(page, hidden_numbers(n), f"[data-nnb-model='{n.model_id}'] .nnb")
        everything = set(hidden_numbers(n)) - {"digit"}
        assert {number["name"] for number in shown} == everything
        assert len(n._repr_mimebundle_()[0]["text/html"]) < 400_000
    text = DATA.sub("", page.locator("main").inner_html())
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in text]
    assert page.problems == []


@pytest.mark.parametrize("case", [{}, {"lam": 1e-5, "sort": True, "top": 0.4}])
def test_the_pictures_are_the_weights_on_one_scale(widget_page, case):
    n = widgets.HiddenWeights(**case)
    page = widget_page(n, width=1100)
    W, v = n.net.weights[0].reshape(-1, 28, 28), n.net.weights[1][n.digit]
    order = np.argsort(-abs(v), kind="stable") if n.sort else np.arange(30)
    assert names(page) == list(order + 1)
    seen = tiles(page, 30)
    assert np.allclose(seen[..., :3], colours(W[order], n.top), atol=1)
    assert (seen[..., 3] == 255).all() and (pixels(page, 0)[:, 28:30, 3] == 0).all()
    one = W[n.unit - 1]
    assert np.allclose(pixels(page, 1)[..., :3], colours(one, n.top), atol=1)
    products = one * n.mean.reshape(28, 28)
    assert np.allclose(pixels(page, 4)[..., :3], colours(products, n.top), atol=1)
    ends = page.locator(".nnb-picture").first.locator("text.nnb-tick").all_text_contents()[-2:]
    assert ends == [f"w ≤ −{n.top:g}", f"≥ {n.top:g}"]


def test_an_own_scale_makes_all_pictures_strong_and_warns(widget_page):
    page = widget_page(widgets.HiddenWeights(epoch=0), width=1100)
    verdict = page.locator(".nnb-verdict")
    assert abs(tiles(page, 30)[..., :3] - ZERO).max() < 50
    assert "they are pale because their weights are small, 0.161" in verdict.inner_text()
    page.get_by_label("scale", exact=True).select_option("each")
    n = copied(page)
    W = n.net.weights[0]
    ends = abs(W).max(axis=1)
    images = W.reshape(-1, 28, 28)
    assert np.allclose(tiles(page, 30)[..., :3], colours(images, ends[:, None, None]), atol=1)
    words = verdict.inner_text()
    assert words.startswith("Careful") and f"from {ends.min():.3g} to {ends.max():.3g}" in words
    assert verdict.get_attribute("data-warn") == ""


def test_bars_are_weights_and_what_the_neuron_adds(widget_page):
    n = widgets.HiddenWeights(lam=1e-5, unit=3)
    page = widget_page(n)
    _, a, v = n.answer()

    def widths(name):
        return page.locator(f".nnb-picture {name}").evaluate_all(
            "list => list.map(e => (e.dataset.sign === 'neg' ? -1 : 1) * e.width.baseVal.value)")

    whole, part = np.array(widths(".nnb-outline")), np.array(widths(".nnb-cell.nnb-result"))
    assert whole / whole[5] == pytest.approx(v / v[5]) and part == pytest.approx(a * whole)


def test_mean_images_are_those_of_the_embedded_digits(widget_page):
    digits = embedded_digits()
    n = widgets.HiddenWeights(digit=7)
    assert abs(n.mean - digits.X[digits.labels == 7].mean(axis=0)).max() <= 0.5 / 255
    page = widget_page(n)
    grey = pixels(page, 3)[..., 0]
    assert np.corrcoef(grey.ravel(), -n.mean)[0, 1] > 0.999
    strip = pixels(page, 2)[:, 30 * 7:30 * 7 + 28]
    assert np.array_equal(strip, pixels(page, 3))


# ---- choosing ----

def test_a_picture_is_chosen_by_a_tap_or_keys_in_the_order_shown(widget_page):
    page = widget_page(widgets.HiddenWeights(), width=1100)
    field = page.locator("rect[aria-label='hidden neuron']")
    box = field.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + 20)  # second column, first row
    assert copied(page).unit == 2
    field.press("ArrowDown")
    assert copied(page).unit == 8
    page.get_by_label("largest |weight to the digit| first").check()
    order = np.argsort(-abs(widgets.HiddenWeights().net.weights[1][3]), kind="stable") + 1
    at = list(order).index(8)
    field.press("ArrowLeft")
    assert copied(page).unit == order[at - 1]
    field.press("Home")
    field.press("ArrowUp")  # there is none above
    assert copied(page).unit == order[0]
    field.press("End")
    assert copied(page).unit == order[-1]
    assert f"unit {order[-1]}, weight to output 3" in field.get_attribute("aria-valuetext")


def test_a_digit_is_chosen_by_its_mean_image_or_its_bar(widget_page):
    page = widget_page(widgets.HiddenWeights())
    strip = page.locator("rect[aria-label=digit]")
    box = strip.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 10)
    assert copied(page).digit == 7
    strip.press("ArrowRight")
    assert copied(page).digit == 8
    bars = page.locator(".nnb-picture").nth(1).locator("rect.nnb-choose").bounding_box()
    page.mouse.click(bars["x"] + 20, bars["y"] + bars["height"] * 0.05)
    n = copied(page)
    assert n.digit == 0
    assert_numbers(page, hidden_numbers(n))


def test_epochs_by_tabs_player_and_map(widget_page):
    page = widget_page(widgets.HiddenWeights(), reduced_motion="reduce")
    tabs = page.get_by_role("group", name="Epochs").get_by_role("button")
    assert tabs.all_inner_texts() == ["0", "1", "10", "30"]
    tabs.nth(0).click()
    assert copied(page).epoch == 0 and tabs.nth(0).get_attribute("aria-pressed") == "true"
    for epoch in (1, 10):
        page.get_by_role("button", name="Play the epochs").click()  # one step: no motion
        assert copied(page).epoch == epoch
    page.get_by_role("button", name="Epoch back").click()
    assert copied(page).epoch == 1
    snapshots = page.locator("rect[aria-label=snapshot]")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
        snapshots.press(key)
    n = copied(page)
    assert (n.epoch, n.lam) == (30, 1e-4)
    ring = page.locator(".nnb-now")
    dots = page.locator("circle.nnb-lane-end")
    middle = "e => [e.cx.baseVal.value, e.cy.baseVal.value]"
    assert ring.evaluate(middle) == dots.nth(11).evaluate(middle)
    page.wait_for_timeout(500)  # what the keys have changed is settled
    dot = dots.nth(6).bounding_box()  # λ = 1e-5 after 10 epochs
    page.mouse.click(dot["x"] + 4, dot["y"] + 5)
    n = copied(page)
    assert (n.epoch, n.lam) == (10, 1e-5)
    button(page, "Undo").click()
    assert copied(page).epoch == 30


def test_playing_ends_at_the_last_epoch(widget_page):
    page = widget_page(widgets.HiddenWeights(epoch=10))
    page.get_by_role("button", name="Play the epochs").click()
    expect(page.get_by_role("button", name="after 30 epochs")).to_have_attribute(
        "aria-pressed", "true")
    expect(page.get_by_role("button", name="Epoch on")).to_be_disabled()


def test_another_size_keeps_what_there_is(widget_page):
    page = widget_page(widgets.HiddenWeights(unit=25, epoch=10, lam=1e-4), width=1100)
    page.get_by_label("size", exact=True).select_option("16")
    n = copied(page)
    assert (n.size, n.unit, n.epoch, n.lam) == (16, 16, 0, 1e-4)
    assert_numbers(page, hidden_numbers(n))
    assert np.allclose(tiles(page, 16, 4)[..., :3],
                       colours(n.net.weights[0].reshape(-1, 28, 28), 1), atol=1)
    button(page, "Undo").click()
    assert copied(page).size == 30 and len(names(page)) == 30


def test_a_guess_holds_until_another_neuron_or_digit_is_asked_for(widget_page):
    n = widgets.HiddenWeights(predict=True)
    page = widget_page(n)
    page.get_by_label("What will a be, when unit 25 meets the mean 3?").fill("1")
    button(page, "Show").click()
    page.get_by_label("scale", exact=True).select_option("each")
    said = page.locator(".nnb-guess + p").inner_text()
    assert said.startswith(f"You said 1; it is a = {n.answer()[1]:.3g}")
    page.locator("[data-slider=unit]").press("ArrowLeft")
    assert page.locator("math [data-name=a]").all_text_contents() == ["?", "?"]
    assert page.get_by_label("What will a be, when unit 24 meets the mean 3?").is_visible()


# ---- what the presets and the text claim ----

def test_l2_makes_smoother_pictures_and_the_smoothest_are_not_the_best():
    for size in (16, 30):
        made = [widgets.HiddenWeights(size=size, lam=lam) for lam in (0, 1e-5, 1e-4)]
        rough = [n.roughness for n in made]
        assert rough[0] > 1.2 * rough[1] and rough[1] > 1.2 * rough[2]
        assert made[2].accuracy < min(made[0].accuracy, made[1].accuracy)
    none = [widgets.HiddenWeights(epoch=epoch).roughness for epoch in (0, 1, 10, 30)]
    assert none[0] == pytest.approx(1, abs=0.02) and none[1] < none[2] < none[3] < 0.5


def test_presets_say_the_truth(widget_page):
    page = widget_page(widgets.HiddenWeights())
    button(page, "It learns").click()
    assert (copied(page).epoch, copied(page).lam) == (0, 0)
    page.get_by_role("button", name="Epoch on").click()  # as it asks for
    assert "How many clean strokes" in page.locator(".nnb-look").first.inner_text()
    button(page, "L2 smooths").click()
    assert (copied(page).epoch, copied(page).lam) == (30, 1e-4)
    button(page, "Fake structure").click()
    n = copied(page)
    assert n.scale == "each" and n.roughness > 0.98 and n.accuracy < 0.12
    button(page, "Who speaks for a 3?").click()
    n = copied(page)
    assert n.sort and names(page)[0] == n.unit
    like = hidden_numbers(n)["best"]
    assert like < 0.3  # none of the pictures is a template of the digit


# ---- a reader's own network ----

def test_own_snapshots(widget_page):
    nets = own_networks()
    n = widgets.HiddenWeights(nets, epochs=[0, 5])
    assert (n.size, n.epoch, n.unit, n.accuracy) == (12, 5, 1, None)
    assert abs(n.net.weights[0] - nets[1].weights[0]).max() <= abs(nets[1].weights[0]).max() / 254
    page = widget_page(n, width=1100)
    assert_numbers(page, hidden_numbers(n) | {"a": n.answer()[1],
                   "given": n.answer()[1] * n.answer()[2][n.digit]})
    assert page.locator(".nnb-controls select").count() == 1
    assert page.locator(".nnb-presets button").count() == 3
    for preset in page.locator(".nnb-presets button").all():
        preset.click()
        again = copied(page, nets=nets)
        assert again.state() | {"name": ""} == n.state() | {
            key: getattr(again, key) for key in ("epoch", "scale", "sort")}
    button(page, "Where it began").click()
    assert copied(page, nets=nets).epoch == 0
    assert page.problems == []


def test_a_single_network_is_enough(widget_page):
    page = widget_page(widgets.HiddenWeights(own_networks(64, (0,))[0]))
    assert len(names(page)) == 64
    assert page.get_by_role("button", name="Play the epochs").is_enabled()
    assert page.get_by_role("button", name="Epoch on").is_disabled()
    drawn(page)
    assert page.problems == []


@pytest.mark.parametrize("make, complaint", [
    (lambda: widgets.HiddenWeights("digits.npz"), "net must be an nnlib.Network or a list of them"),
    (lambda: widgets.HiddenWeights([]), "net must be an nnlib.Network or a list of them"),
    (lambda: widgets.HiddenWeights(nnlib.Network([784, 16, 16, 10])), "got 784-16-16-10."),
    (lambda: widgets.HiddenWeights(nnlib.Network([784, 100, 10])), "at most 64; got 784-100-10."),
    (lambda: widgets.HiddenWeights(own_networks(), epochs=[1, 0]), "epochs must be 2 rising"),
    (lambda: widgets.HiddenWeights(own_networks(), epochs=[1]), "epochs must be 2 rising numbers"),
    (lambda: widgets.HiddenWeights([nnlib.Network([784, 64, 10], rng=0)] * 9), "give fewer."),
    (lambda: widgets.HiddenWeights(size=16, epoch=10), "there is no snapshot of 16 neurons with "
     "lam = 0 after 10 epochs; there are: 16 neurons after 0, 30 epochs; 30 neurons after 0, "),
    (lambda: widgets.HiddenWeights(lam=0.5), "lam = 0, 1e-05, 0.0001."),
    (lambda: widgets.HiddenWeights(size=16, unit=17), "unit must be from 1 to 16; got 17."),
    (lambda: widgets.HiddenWeights(top=0), "top must be one number from 0.01 to 100; got 0."),
    (lambda: widgets.HiddenWeights(scale="own"), "scale must be one of: one, each; got 'own'."),
])
def test_bad_values_get_one_sentence(make, complaint):
    with pytest.raises((ValueError, TypeError, traitlets.TraitError)) as error:
        make()
    assert complaint in str(error.value) and "\n" not in str(error.value)


def test_a_diverged_network_is_refused():
    net = nnlib.Network([784, 4, 10])
    net.weights[0][0, 0] = np.nan
    with pytest.raises(ValueError, match="not finite: its training diverged"):
        widgets.HiddenWeights(net)


def test_python_follows_the_size():
    n = widgets.HiddenWeights()
    n.size = 16
    assert n.unit == 16 and n.net.sizes == [784, 16, 10]
    n.set(size=30, epoch=10)
    assert n.epoch == 10


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.HiddenWeights(name="hidden"))
    for part in ("size=16", "size=20", "lam=0.5", "epoch=2", "unit=0", "unit=31", "digit=10",
                 "top=0", "scale=own", "sort=2"):
        page.evaluate("hash => { location.hash = hash; }", f"hidden:{part}")
        drawn(page)
        assert copied(page).state() == widgets.HiddenWeights().state() | {"name": ""}
        more(page)
    assert page.problems == []
