"""The plans of the slides: the lint finds each fault, every plan has none, and a deck runs."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "teach"))
spec = importlib.util.spec_from_file_location("slides", ROOT / "teach/slides.py")
slides = importlib.util.module_from_spec(spec)
sys.modules["slides"] = slides
spec.loader.exec_module(slides)

PLANS = slides.plans()
GOOD = "# One neuron\nWhat it computes.\n\n" + "## A slide\n- a line\n\nNote: say it.\n\n" * 11


def find(text, tmp_path):
    """The faults of a plan of chapter 1 with this text."""
    path = tmp_path / "01.md"
    path.write_text(text, "utf8")
    plan = slides.read_plan(path)
    return slides.faults(plan, slides.read_notebook(plan), slides.known_votes(plan))


def slide(*lines, note="Note: say it."):
    return "\n".join(["## One more", *lines, "", note, ""])


@pytest.mark.parametrize("path", PLANS, ids=[path.stem for path in PLANS])
def test_plan_has_no_fault(path):
    plan = slides.read_plan(path)
    assert slides.faults(plan, slides.read_notebook(plan), slides.known_votes(plan)) == []


def test_a_good_plan_has_no_fault(tmp_path):
    for more in (slide("{cell fig-1-1}", "- below"), slide("{code no-memory}"),
                 slide("{vote v1-1}", "{cell w-1-1-line}"), slide("- a", note="Note:\nlater")):
        assert find(GOOD + more, tmp_path) == []


@pytest.mark.parametrize("more, line, words", [
    (slide("- x", note=""), 59, "has no note"),
    (slide(), 59, "is empty"),
    (slide("{cell fig-9-9}"), 60, "no code cell fig-9-9"),
    (slide("{cell formula}"), 60, "no code cell formula"),
    (slide("{cell lab-link}"), 60, "in JupyterLab only"),
    (slide("{cell fig-1-1}", "{cell fig-1-2}"), 59, "more than one cell"),
    (slide("{cell fig-1-2}") + slide("{cell fig-1-1}"), 64, "comes before fig-1-2"),
    (slide("{cell fig-1-1}") + slide("{cell fig-1-1}"), 64, "shown twice"),
    (slide("{vote v9-9}"), 60, "no vote question has the id v9-9"),
    (slide("{vote v1-1}", "{vote v1-2}"), 59, "more than one vote"),
    (slide("{figure fig-1-1}"), 60, "no directive"),
    (slide(*["- a line"] * 13), 59, "13 lines of text"),
    (slide(*["- a line"] * 8, "{vote v1-1}"), 59, "13 lines of text"),
    (slide("- " + "word " * 21), 60, "at most 100 characters"),
    ("## A slide\n- x\n\nNote: y\n" * 14, 1, "26 slides with the title"),
])  # fmt: skip
def test_each_fault_is_found_with_its_line(tmp_path, more, line, words):
    found = find(GOOD + more, tmp_path)
    assert [(number, words in sentence) for number, sentence in found] == [(line, True)]


def test_faults_of_the_whole_file(tmp_path):
    [(line, sentence)] = find(GOOD.replace("## A slide", "A slide", 1), tmp_path)[:1]
    assert line == 4 and "before the first slide" in sentence
    headless = find(GOOD.removeprefix("# One neuron\n"), tmp_path)
    assert any("'# Title'" in sentence for _, sentence in headless)
    few = GOOD.rsplit("## A slide", 2)[0]
    assert "10 slides with the title" in find(few, tmp_path)[0][1]


def test_long_code_is_found(tmp_path):
    path = tmp_path / "01.md"
    path.write_text(GOOD + slide("{code basket-z}"), "utf8")
    plan = slides.read_plan(path)
    notebook = slides.read_notebook(plan)
    cell = next(cell for cell in notebook.cells if cell.id == "basket-z")
    cell.source = "1\n" * 12 + "1"
    [(line, sentence)] = slides.faults(plan, notebook, {})
    assert line == 60 and "13 lines" in sentence


def test_lint_says_file_and_line_and_ends_with_1(tmp_path):
    run = subprocess.run([sys.executable, ROOT / "teach/slides.py", "--lint", "99"],
                         capture_output=True, text=True)
    assert run.returncode == 1 and not run.stderr
    assert run.stdout == ("teach/slides/99.md: there is no such plan, "
                          "or no chapter of that number.\n")


def test_deck_has_all_code_in_order_and_shows_what_the_plan_names():
    plan = slides.read_plan(ROOT / "teach/slides/01.md")
    notebook = slides.read_notebook(plan)
    deck = slides.make_deck(plan, notebook, slides.known_votes(plan))
    chapter = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in deck.cells if cell.cell_type == "code"] == chapter
    places = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in deck.cells]
    shown = [cell.id for cell, place in zip(deck.cells, places)
             if cell.cell_type == "code" and place is None]
    assert shown == [name for s in plan.slides for name, _ in s.ids("cell", "code")]
    assert places.count("slide") == len(plan.slides) + 1
    assert places.count("notes") == len(plan.slides)


def test_a_deck_says_nothing_of_what_is_right():
    for vote in slides.known_votes(slides.read_plan(ROOT / "teach/slides/01.md")).values():
        options = zip("ABCD", vote.options)
        assert slides.vote_text(vote).splitlines()[-len(vote.options):] == [
            f"- **{letter}** {option.text}" for letter, option in options]


def test_a_question_on_a_slide_has_no_worked_solution():
    from nnlib.exercises import all_exercises, markup

    plan = slides.read_plan(ROOT / "teach/slides/01.md")
    cell = next(c for c in slides.read_notebook(plan).cells if c.id == "q-1-1-1")
    cell.metadata["jupyter"] = {"source_hidden": True}
    [(kind, text)] = slides.parts(cell)
    assert kind == "widget" and "data-nnb-widget" in text
    assert markup.html(all_exercises()["1.1-1"].solution)[:60] not in text


def test_outputs_become_parts_of_a_slide():
    source = ("import matplotlib.pyplot as plt\nfrom nnlib import plotting, widgets\n"
              "plotting.use_style()")
    cells = [source, "plt.plot([1, 2]);", 'widgets.Neuron(name="x")', "print('a < b')\n1 + 1"]
    notebook = slides.new_notebook(cells=[slides.nbformat.v4.new_code_cell(c) for c in cells])
    NotebookClient(notebook).execute()
    for cell, kinds in zip(notebook.cells[1:], (["figure"], ["widget"], ["text", "text"])):
        cell.metadata["jupyter"] = {"source_hidden": True}
        found = slides.parts(cell)
        assert [kind for kind, _ in found] == kinds
    assert found[0][1] == "<pre>a &lt; b\n</pre>" and found[1][1] == "<pre>2</pre>"
    cell.metadata["jupyter"] = {"source_hidden": False}
    assert 'class="source"' in slides.parts(cell)[0][1]
