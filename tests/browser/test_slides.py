"""The slides, opened from file:// without a network: whole, alive, and nothing cut off."""

import os
import sys
from pathlib import Path

import pytest
from conftest import watch
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
SIZES = [(1280, 720), (1920, 1080)]
# what overflows, what is drawn too small, and what MathJax or a widget could not draw
FAULTS = r"""() => [...document.querySelectorAll(".slide")].flatMap((slide) => {
  const $ = (selector) => [...slide.querySelectorAll(selector)], found = [];
  const say = (fault) => found.push(`${$("h1, h2")[0].textContent}: ${fault}`);
  for (const box of [slide, ...$(".body, .words, .widget, .source, mjx-container[display]")])
    if (box.scrollHeight > box.clientHeight + 3 || box.scrollWidth > box.clientWidth + 1)
      say(`${box.tagName} ${box.className} overflows`);
  const room = slide.getBoundingClientRect();
  for (const node of $(".text *, .vote *, .figure, .widget")) {
    const { right, bottom, width } = node.getBoundingClientRect();
    const seen = width && !node.closest("mjx-assistive-mml, .source");
    if (seen && (right > room.right || bottom > room.bottom)) say(`${node.tagName} stands outside`);
  }
  for (const box of $(".widget > div"))
    if (!(box.style.zoom > 0.5)) say("the widget has no room");
  for (const image of $(".figure img"))
    if (!image.naturalWidth || image.clientHeight < innerHeight / 4) say("the figure has no room");
  if ($("mjx-merror").length || /\\[([]/.test(slide.innerText)) say("a formula is not set");
  if ($("[data-nnb-widget]").length !== $("article.nnb").length) say("the widget is not drawn");
  return found;
})"""


@pytest.fixture(scope="module")
def folder(build):
    """The folder of the decks; NNLIB_SLIDES names it, else the deck of chapter 1 is made."""
    if "NNLIB_SLIDES" in os.environ:
        return Path(os.environ["NNLIB_SLIDES"])
    build(sys.executable, "teach/slides.py", "01", env=os.environ | {"PYTHONPATH": str(ROOT)})
    return ROOT / "_build/slides"


@pytest.fixture
def open_deck(browser, folder):
    """Return a function that opens a deck; `page.problems` lists what goes wrong."""
    contexts = []

    def open_deck(name="01_one_neuron.html", size=SIZES[0], theme="light", **options):
        contexts.append(browser.new_context(
            viewport=dict(zip(("width", "height"), size)), color_scheme=theme, **options))
        page = contexts[-1].new_page()
        page.problems = watch(page)
        page.goto((folder / name.split("?")[0]).as_uri() + "?print" * name.endswith("?print"))
        ready(page)
        return page

    yield open_deck
    for context in contexts:
        context.close()


def ready(page):
    page.locator("html[data-ready]").wait_for(state="attached", timeout=60_000)


def shown(page):
    """The number of the slide on the screen, from 0."""
    return page.evaluate("Reveal.getIndices().h")


def show(page, cell):
    """Turn to the slide of a heading and return it."""
    number = page.evaluate(
        "(words) => [...document.querySelectorAll('.slides > section')].findIndex("
        "(s) => s.querySelector('h1, h2').textContent.includes(words))", cell)
    page.evaluate(f"Reveal.slide({number})")
    return page.locator("section.present")


def test_nothing_is_cut_off_on_any_slide_of_any_deck(open_deck, folder):
    decks = sorted(path.name for path in folder.glob("[0-9]*.html"))
    assert decks
    faults = []
    for name in decks:
        page = open_deck(name)
        for width, height in SIZES:
            if page.viewport_size["width"] != width:
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(300)
                ready(page)
            faults += [f"{name} {width}: {fault}" for fault in page.evaluate(FAULTS)]
        faults += [f"{name}: {problem}" for problem in page.problems]
        page.close()
    assert not faults, "\n".join(faults)


def test_list_of_decks_leads_to_each(browser, folder):
    page = browser.new_page()
    page.problems = watch(page)
    page.goto((folder / "index.html").as_uri())
    links = page.locator("a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert {link.split("?")[0] for link in links} == {p.name for p in folder.glob("[0-9]*.html")}
    assert page.problems == []
    page.close()


def test_keys_turn_the_page_unless_a_widget_needs_them(open_deck):
    page = open_deck()
    page.keyboard.press("ArrowRight")
    assert shown(page) == 1
    slider = page.locator("section.present input[data-slider=w1]")
    slider.focus()
    before = float(slider.input_value())
    page.keyboard.press("ArrowRight")
    assert shown(page) == 1 and float(slider.input_value()) > before
    button = page.locator("section.present .nnb-presets button").first
    button.click()
    page.keyboard.press(" ")  # presses the button again
    assert shown(page) == 1
    slider.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert shown(page) == 2
    page.keyboard.press("ArrowLeft")
    slider.focus()
    page.keyboard.press("PageDown")  # a presenter's clicker
    assert shown(page) == 2
    assert page.problems == []


def test_what_is_dragged_stays_under_the_pointer(open_deck):
    page = open_deck(size=SIZES[1])
    slide = show(page, "A threshold of 5")
    assert float(slide.locator(".widget > div").evaluate("(node) => node.style.zoom")) > 1.1
    disc = slide.locator("svg circle[data-handle], svg [data-handle] circle").last
    box = disc.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y + 60, steps=4)
    page.mouse.up()
    box = disc.bounding_box()
    moved = box["x"] + box["width"] / 2 - x, box["y"] + box["height"] / 2 - y
    assert moved == pytest.approx((-150, 60), abs=12)  # it holds at steps of 0.1


def test_a_finger_on_a_widget_does_not_turn_the_page(open_deck):
    page = open_deck(has_touch=True)
    show(page, "A threshold of 5")
    before = shown(page)
    touch = page.context.new_cdp_session(page)

    def swipe(x, y):
        points = [(x - 40 * i, y) for i in range(6)]
        touch.send("Input.dispatchTouchEvent", touched("touchStart", points[0]))
        for point in points[1:]:
            touch.send("Input.dispatchTouchEvent", touched("touchMove", point))
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def touched(kind, point):
        return {"type": kind, "touchPoints": [dict(zip("xy", point))]}

    box = page.locator("section.present .widget").bounding_box()
    swipe(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert shown(page) == before
    swipe(280, 500)  # beside it
    assert shown(page) == before + 1


def test_notes_under_the_slide_and_in_a_second_window(open_deck):
    page = open_deck()
    page.keyboard.press("ArrowRight")
    note = page.locator("section.present aside.notes")
    words = note.text_content().strip()
    expect(note).to_be_hidden()
    page.keyboard.press("t")
    expect(note).to_be_visible()
    page.wait_for_timeout(100)
    ready(page)
    assert page.evaluate(FAULTS) == []
    page.keyboard.press("t")
    expect(note).to_be_hidden()
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    expect(popup.value.locator(".speaker-controls-notes .value")).to_have_text(
        words, timeout=60_000)
    page.keyboard.press("ArrowRight")
    expect(popup.value.locator(".speaker-controls-notes .value")).not_to_have_text(words)
    assert page.problems == []


def test_dark_where_the_system_is_dark(open_deck):
    page = open_deck(theme="dark")
    slide = show(page, "drawn as a neuron")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(27, 27, 31)"
    assert "invert" in slide.locator("img").evaluate("(img) => getComputedStyle(img).filter")
    assert page.problems == []


def test_a_phone_scrolls_one_page(open_deck):
    page = open_deck(size=(390, 844), has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".deck.reveal").count() == 0
    expect(page.locator("aside.notes").nth(1)).to_be_hidden()
    assert page.problems == []


def test_paper_has_the_notes(open_deck):
    page = open_deck("01_one_neuron.html?print")
    expect(page.locator("aside.notes").nth(1)).to_be_visible()
    expect(page.locator("section").last).to_be_visible()
    assert page.problems == []
