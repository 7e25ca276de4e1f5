"""The Question in Chromium: by mouse, keyboard and touch, for a screen reader, without a script."""

from dataclasses import replace
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from nnlib.exercises import all_exercises, page_state, question
from nnlib.exercises.kit import Choice
from nnlib.exercises.markup import html
from nnlib.widgets import Question

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
BANK = all_exercises()
EACH_KIND = {exercise.kind: id for id, exercise in BANK.items()}.values()
SAID = ".nnb-q-say"
# what a formula says, without the spaces that differ between a page and its source
WORDS = "node => node.textContent.replace(/\\s+/g, '')"


@pytest.fixture
def ask(widget_page):
    """Return a function that opens a page with one question and returns its section."""

    def ask(id, **options):
        page = widget_page(question(id), **options)
        section = page.locator("section.nnb-question")
        section.problems = page.problems
        return section

    return ask


def button(section, name):
    return section.get_by_role("button", name=name)


def assert_says(section, state, text, at=0):
    """The feedback begins with the state in words and holds the explanation."""
    said = section.locator(SAID).nth(at)
    expect(said).to_be_visible()
    assert said.inner_text().split(" ", 1)[1].startswith(f"{state}.")
    probe = section.page.evaluate_handle(
        "html => Object.assign(document.createElement('div'), {innerHTML: html})", html(text)
    )
    assert probe.evaluate(WORDS) in said.evaluate(WORDS)


def test_a_number_by_mouse(ask):
    section, part = ask("1.1-1"), BANK["1.1-1"].parts[0]
    field = section.get_by_role("textbox", name="z")
    for value, why in part.wrong.items():
        field.fill(repr(value))
        expect(section.locator(SAID)).to_be_empty()
        button(section, "Check").click()
        assert_says(section, "Not yet", why)
        assert field.get_attribute("aria-invalid") == "true"
    field.fill("3/2")
    button(section, "Check").click()
    assert_says(section, "Passed", part.right)
    assert field.get_attribute("aria-invalid") is None
    assert section.problems == []


@pytest.mark.parametrize("id", ["1.1-1", "1.3-4"])
def test_where_the_teacher_keeps_the_solution(widget_page, id):
    """No button for it, no answer in the page before Check, and the feedback is the same."""
    page = widget_page(Question(**page_state(replace(BANK[id], solution=""))))
    section, (part,) = page.locator("section.nnb-question"), BANK[id].parts
    if isinstance(part, Choice):
        letters = dict(zip("ABCDEF", part.options.values()))
        wrong = next(letter for letter in letters if letter != part.answer)
        tries = [(wrong, letters[wrong]), (part.answer, letters[part.answer])]
    else:
        tries = [next(iter(part.wrong.items())), (part.answer, part.right)]
    for (given, why), state in zip(tries, ("Not yet", "Passed")):
        assert why.split("$")[0] not in page.content()
        if isinstance(part, Choice):
            section.get_by_role("radio").nth("ABCDEF".index(given)).check()
        else:
            section.get_by_role("textbox").fill(repr(given))
        button(section, "Check").click()
        assert_says(section, state, why)
    names = {found.inner_text() for found in section.get_by_role("button").all()}
    assert names == {"Check", "Hint 1 of 3"}
    assert page.problems == []


def test_what_is_empty_or_unreadable_is_said(ask):
    section = ask("1.1-1")
    button(section, "Check").click()
    assert_says(section, "To do", "Nothing entered yet.")
    section.get_by_role("textbox").fill("about one")
    button(section, "Check").click()
    assert_says(section, "Not yet", "That is not a number I can read.")


def test_several_numbers_are_judged_one_by_one(ask):
    section = ask("1.2-1")
    fields = section.get_by_role("textbox").all()
    for field, text in zip(fields, ("10", "0.1192", "1/2", ""), strict=True):
        field.fill(text)
    button(section, "Check").click()
    states = [said.get_attribute("data-state") for said in section.locator(SAID).all()]
    assert states == ["Not yet", "Passed", "Passed", "To do"]
    assert_says(section, "Not yet", BANK["1.2-1"].parts[0].wrong[10])
    expect(section.get_by_role("status")).to_have_text("2 of 4 right.")
    fields[0].fill("\u221210")
    expect(section.locator(".nnb-q-total")).to_be_empty()
    fields[3].fill("0,8808")
    button(section, "Check").click()
    expect(section.get_by_role("status")).to_have_text("4 of 4 right.")


@pytest.mark.parametrize("id", [id for id, e in BANK.items() if e.kind in ("choice", "steps")])
def test_each_option_has_its_explanation_on_the_page(ask, id):
    section = ask(id)
    parts = BANK[id].parts
    for at, part in enumerate(parts):
        if not isinstance(part, Choice):
            continue
        group = section.locator(".nnb-q-parts > *").nth(at)
        for i, why in enumerate(part.options.values()):
            group.locator("label").nth(i).click()
            button(section, "Check").click()
            state = "Passed" if "ABCDEF"[i] == part.answer else "Not yet"
            assert_says(section, state, why, at)


def test_by_keyboard_alone(ask):
    section = ask("1.3-3")
    keys = section.page.keyboard
    focused = "document.activeElement.value || document.activeElement.textContent"
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowDown")
    assert section.page.evaluate(focused) == "B"
    keys.press("Tab")
    keys.press("ArrowUp")
    keys.press("Enter")
    first, second = BANK["1.3-3"].parts
    assert_says(section, "Passed", first.options["Step and sign"])
    assert_says(section, "Not yet", list(second.options.values())[3], at=1)
    for name in ("Check", "Hint 1 of 3", "Solution"):
        keys.press("Tab")
        assert section.page.evaluate(focused) == name
    keys.press("Enter")
    expect(section.get_by_role("region", name="Solution")).to_be_visible()
    keys.press("Shift+Tab")
    keys.press("Space")
    expect(section.get_by_role("listitem")).to_have_count(1)


def test_enter_in_a_field_checks(ask):
    section = ask("1.1-2")
    section.page.keyboard.press("Tab")
    section.page.keyboard.type("6")
    section.page.keyboard.press("Enter")
    assert_says(section, "Not yet", BANK["1.1-2"].parts[0].wrong[6])


def test_enter_checks_also_where_the_page_keeps_enter_from_forms_as_jupyterlab_does(ask):
    section = ask("1.1-2")
    section.page.evaluate("addEventListener('keydown', e => e.preventDefault(), true)")
    section.get_by_role("textbox").fill("2")
    section.get_by_role("textbox").press("Enter")
    assert_says(section, "Passed", BANK["1.1-2"].parts[0].right)


def test_by_touch(ask):
    section = ask("7.1-2", width=390, has_touch=True, is_mobile=True)
    section.get_by_role("textbox").tap()
    section.page.keyboard.type("2")
    section.get_by_text("What a trained network says").tap()
    button(section, "Check").tap()
    number, choice = BANK["7.1-2"].parts
    assert_says(section, "Not yet", number.wrong[2])
    assert_says(section, "Not yet", choice.options["What a trained network says."], at=1)
    button(section, "Hint 1 of 3").tap()
    expect(section.get_by_role("listitem").first).to_be_visible()
    for control in section.locator("button, input[type=text], .nnb-q-option label").all():
        assert control.bounding_box()["height"] >= 40


def test_hints_come_one_by_one_and_the_solution_opens_and_closes(ask):
    section = ask("1.2-2")
    hints = section.get_by_role("listitem")
    for n in (1, 2, 3):
        expect(hints).to_have_count(n - 1)
        button(section, f"Hint {n} of 3").click()
    expect(hints).to_have_count(3)
    last = button(section, "No more hints")
    last.dispatch_event("click")
    expect(hints).to_have_count(3)
    assert last.get_attribute("aria-disabled") == "true"
    toggle, region = button(section, "Solution"), section.get_by_role("region", name="Solution")
    expect(region).to_be_hidden()
    for shown in (True, False):
        toggle.click()
        expect(region).to_be_visible(visible=shown)
        assert toggle.get_attribute("aria-expanded") == str(shown).lower()


def test_a_code_question_names_its_check_and_shows_the_source(ask):
    section = ask("1.5-4")
    expect(section).to_contain_text('check("1.5-4", neuron)')
    assert button(section, "Check").count() == 0
    button(section, "Solution").click()
    expect(section.locator("pre")).to_contain_text("def neuron(x, w, b):")


def test_a_screen_reader_hears_labels_groups_and_feedback(ask):
    section = ask("1.4-4")
    section.page.get_by_role("region", name="Exercise 1.4-4 Can the sigmoid be 1?").wait_for()
    group = section.get_by_role("group", name="In exact arithmetic")
    assert group.get_by_role("radio").count() == 3
    field = section.get_by_role("textbox", name="In float64 it is exactly 1 from z=")
    for control in (group, field):
        said = section.locator(f"#{control.get_attribute('aria-describedby')}")
        assert said.get_attribute("aria-live") == "polite"
        expect(said).to_be_empty()
    button(section, "Check").click()
    assert section.locator("[aria-live]:not(:empty)").count() == 2
    assert section.locator("ol").get_attribute("aria-live") == "polite"


def test_every_control_keeps_its_keys_in_jupyterlab(widget_page):
    page = widget_page(*map(question, BANK))
    controls = page.locator("section.nnb-question :is(button, input, summary, a, [tabindex])")
    assert controls.count() > 150
    assert controls.evaluate_all("all => all.every(e => e.dataset.lmSuppressShortcuts === 'true')")


@pytest.mark.parametrize("id", ["1.2-1", "1.3-3", "1.5-4"])
def test_without_a_script_stem_and_solution_can_be_read(widget_page, id):
    page = widget_page(question(id), script=False)
    assert page.locator("section, form, button, input").count() == 0
    expect(page.get_by_text(f"Exercise {id}. {BANK[id].title}")).to_be_visible()
    expect(page.locator(".nnb-fallback p").nth(1)).to_be_visible()
    details = page.locator("details")
    expect(details.locator("p").first).to_be_hidden()
    details.locator("summary").click()
    expect(details.locator("p").first).to_be_visible()


def test_two_views_of_one_question_do_not_disturb_each_other(widget_page):
    widget = question("1.3-4")
    page = widget_page(widget, widget)
    one, two = page.locator("section.nnb-question").all()
    one.get_by_role("radio").nth(0).check()
    two.get_by_role("radio").nth(2).check()
    expect(one.get_by_role("radio").nth(0)).to_be_checked()
    button(two, "Check").click()
    expect(one.locator(SAID)).to_be_empty()


OPEN_ALL = """() => document.querySelectorAll("section.nnb-question").forEach(section => {
  section.querySelectorAll("input[type=text]").forEach(e => { e.value = "7"; });
  section.querySelectorAll("fieldset").forEach(e => e.querySelector("input").click());
  section.querySelector(".nnb-q-check")?.click();
  const [hint, solution] = [...section.querySelectorAll("button[type=button]")];
  for (let i = 0; i < 3; i++) hint.click();
  solution.click();
})"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("section *")].filter(e => !e.parentElement.closest("math, table"))
    .filter(e => e.getBoundingClientRect().right > innerWidth)
    .map(e => e.closest("section").innerText.slice(0, 30) + e.outerHTML.slice(0, 200))"""
SERIOUS = """async () => (await axe.run(document)).violations
  .filter(v => ["serious", "critical"].includes(v.impact))
  .map(v => v.id + ": " + v.nodes.map(n => n.html).slice(0, 3).join(" | "))"""
BAD_FORMULAS = """all => all.filter(e => {
  const box = e.getBoundingClientRect();
  const pairs = [...e.querySelectorAll("msup, msub, mfrac")];
  const broken = e.querySelector("merror") || pairs.some(p => p.children.length !== 2);
  return broken || !e.textContent.trim() || box.width < 3 || box.height < 5;
}).map(e => e.outerHTML)"""


@pytest.mark.parametrize("width", [1280, 640, 390, 320])
def test_every_exercise_fits_with_everything_open(widget_page, width):
    page = widget_page(*map(question, BANK), width=width)
    page.evaluate(OPEN_ALL)
    assert page.evaluate(TOO_WIDE) == []
    formulas = page.locator("section math:visible")
    assert formulas.count() > 200
    assert formulas.evaluate_all(BAD_FORMULAS) == []
    assert page.problems == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_each_kind_is_accessible_with_everything_open(widget_page, theme, width):
    page = widget_page(*map(question, EACH_KIND), theme=theme, width=width)
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE.read_text("utf8"))
    assert page.evaluate(SERIOUS) == []


def test_in_the_book(open_page):
    page = open_page("book/01_one_neuron")
    section = page.locator("#ex-1\\.1-1 section.nnb-question")
    section.get_by_role("textbox").fill("-0.5")
    button(section, "Check").click()
    assert_says(section, "Not yet", BANK["1.1-1"].parts[0].wrong[-0.5])
    assert page.locator("section.nnb-question").count() == sum(id[:2] == "1." for id in BANK)
    page.context.close()
