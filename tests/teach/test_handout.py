"""What a class is handed: nothing leaks, notebooks run, nbgrader marks; one chapter stands for all.

`make handout` searches the whole of what it made by the same rules (teach/leaks.py).
"""

import ast
import base64
import compileall
import csv
import inspect
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import nnlib
from nnlib.exercises import all_exercises, question
from nnlib.exercises.code import Code
from nnlib.exercises.kit import PASSED
from nnlib.exercises.seal import BANK as SEALED
from nnlib.exercises.seal import stir
from nnlib.grade.__main__ import main as grade

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "teach"))
import handout  # noqa: E402
import leaks  # noqa: E402

BANK = all_exercises()
CHAPTER = "00_getting_ready"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The handout of one chapter and one page."""
    folder = tmp_path_factory.mktemp("handout")
    wanted = {f"{CHAPTER}.ipynb", "notation.md"}
    handout.write_variants(folder, [path for path in handout.pages() if path.name in wanted])
    return folder


def cells(path):
    return nbformat.read(path, as_version=4).cells


def run(path, *more, **env):
    """The notebook and more cells, run from top to bottom in a fresh kernel in its own folder."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += map(new_code_cell, more)
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | env
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": path.parent}})
    client.execute(env=env)
    return notebook


def printed(notebook):
    return "".join(output.get("text", "") for cell in notebook.cells if cell.cell_type == "code"
                   for output in cell.outputs)


# -- the student's folder --------------------------------------------------------------------------


def test_nothing_leaks_from_the_students_folder(out):
    assert leaks.find(out / "student") == []
    with zipfile.ZipFile(out / "student.zip") as archive:
        zipped = {name for name in archive.namelist() if not name.endswith("/")}
    files = {p.relative_to(out).as_posix() for p in (out / "student").rglob("*") if p.is_file()}
    assert zipped == files
    assert not [name for name in files if "pycache" in name or "nnlib/grade" in name]


def test_answers_leak_from_the_others(out):
    """The search finds what is there, so that its silence says something."""
    for name in (f"solution/{CHAPTER}.ipynb", "teacher/nnlib/exercises/chapter0.py"):
        path = out / name
        found = "\n".join(leaks.look(path.name, path.read_bytes()))
        for id in (id for id in BANK if id.startswith("0.")):
            assert f"solution of {id}: " in found


def test_pages_that_show_results_are_left_out():
    names = {path.stem for path in handout.pages()}
    assert {"notation", "06b_backpropagation_in_code"} <= names
    assert not names & {"answers", "golden_numbers"}


def test_the_book_is_there_cell_by_cell_and_each_question_can_be_answered(out):
    book, student = (cells(path / f"{CHAPTER}.ipynb") for path in (ROOT / "book", out / "student"))
    added = [cell for cell in student if cell.metadata.get("tags") == ["answer"]]
    assert [cell.id for cell in student if cell not in added] == [cell.id for cell in book]
    assert len({cell.id for cell in student}) == len(student)
    for cell in student:
        assert cell.cell_type == "markdown" or not (cell.outputs or cell.execution_count)
    asked = [id for id, exercise in BANK.items()
             if id.startswith("0.") and not isinstance(exercise, Code)]
    assert sorted(cell.metadata["exercise"] for cell in added) == sorted(asked)
    for cell in added:
        id = cell.metadata["exercise"]
        assert student[student.index(cell) - 1].source == f'question("{id}")'
        gaps = [...] * len(BANK[id].parts)
        given = eval(cell.source, {"check": lambda id, given: given})
        assert given == (gaps if len(gaps) > 1 else ...)


def test_links_lead_to_what_is_there(out):
    for path in [*(out / "student").glob("*.ipynb"), *(out / "student").glob("*.md")]:
        text = path.read_text("utf8")
        for target in re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", text):
            assert (out / "student" / target).is_file(), (path.name, target)


def test_a_student_can_run_it_all_and_still_nothing_leaks(out):
    notebook = run(out / "student" / f"{CHAPTER}.ipynb", 'solution("0.1-1")')
    said = printed(notebook)
    assert said.endswith("Your teacher has the worked solution of 0.1-1.\n"), "its own nnlib ran"
    assert said.count("[To do]") == sum(id.startswith("0.") for id in BANK)
    assert "[Passed]" not in said and "[Not yet]" not in said
    compileall.compile_dir(out / "student/nnlib/exercises", quiet=1)
    assert list(leaks.look(f"{CHAPTER}.ipynb", nbformat.writes(notebook).encode())) == []
    assert leaks.find(out / "student/nnlib/exercises") == []


ASK = """
import json, sys
from nnlib.exercises import all_exercises, check, hint, solution
given, bank, said = json.load(sys.stdin), all_exercises(), {}
for id, answers in given.items():
    e = bank[id]
    said[id] = [e.title, e.stem, list(e.hints), [list(e.judge(x)) for x in answers]]
    assert e.solution == ""
    if e.kind == "code" and not id.startswith("7.6"):
        said[id].append([list(e.judge(f)) for f in (e.answer, *e.wrong)])
print(json.dumps(said))
solution("1.2-2")
for _ in range(4): hint("1.2-2")
"""


def test_the_sealed_bank_judges_like_the_open_one(out):
    given, wanted = {}, {}
    for id, exercise in BANK.items():
        given[id] = [None, "A", "B", 1, *(
            values for part in getattr(exercise, "parts", [])[:1]
            for values in getattr(part, "wrong", {}))]
        wanted[id] = [exercise.title, exercise.stem, list(exercise.hints),
                      [list(exercise.judge(x)) for x in given[id]]]
        if isinstance(exercise, Code) and not id.startswith("7.6"):
            tried = (exercise.answer, *exercise.wrong)
            wanted[id].append([list(exercise.judge(f)) for f in tried])
    run = subprocess.run([sys.executable, "-c", ASK], input=json.dumps(given), text=True,
                         capture_output=True, cwd=out / "student",
                         env=os.environ | {"PYTHONPATH": str(out / "student")})
    assert run.returncode == 0, run.stderr
    seen, *said = run.stdout.splitlines()
    assert json.loads(seen) == json.loads(json.dumps(wanted))
    assert said[0] == "Your teacher has the worked solution of 1.2-2."
    assert said[-1] == "That was the last hint. Your teacher has the worked solution."


# -- the search, with a leak in each place ---------------------------------------------------------

SOLUTION = "The bias is added once"  # from 1.1-1
assert SOLUTION in BANK["1.1-1"].solution
SENTENCE = next(s for s in leaks.sentences(BANK["1.1-1"].solution)[1:] if SOLUTION in s)
FEEDBACK = next(iter(BANK["1.1-1"].parts[0].wrong.values()))
FUNCTION = inspect.getsource(BANK["2.3-5"].answer)
HIGHLIGHTED = re.sub(r"(\w+)", r'<span class="n">\1</span>', FUNCTION.replace("<", "&lt;"))
PAGE = question("1.1-1")._repr_mimebundle_()[0]["text/html"]


def as_notebook(*cells):
    return nbformat.writes(new_notebook(cells=list(cells))).encode()


def as_pyc(source, tmp_path):
    (tmp_path / "hidden.py").write_text(source)
    compileall.compile_file(tmp_path / "hidden.py", quiet=1)
    return next((tmp_path / "__pycache__").iterdir()).read_bytes()


def as_zip(name, data):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def answer(source, **meta):
    return new_code_cell(source, metadata={"exercise": "1.1-1", "tags": ["answer"]} | meta)


PLANTS = {
    "a Markdown cell": ("a.ipynb", as_notebook(new_markdown_cell(SENTENCE)), "solution of 1.1-1"),
    "a page of text": ("a.md", SENTENCE.encode(), "solution of 1.1-1"),
    "a right function": ("a.ipynb", as_notebook(new_code_cell(FUNCTION)), "code of 2.3-5"),
    "a right function, written otherwise": (
        "a.py", ast.unparse(ast.parse(FUNCTION)).encode(), "code of 2.3-5"),
    "an output": ("a.ipynb", as_notebook(new_code_cell("1", outputs=[
        nbformat.v4.new_output("display_data", {"text/html": PAGE})])), "page data of 1.1-1"),
    "an alt text": ("a.ipynb", as_notebook(new_code_cell("1", metadata={
        "mystnb": {"image": {"alt": SENTENCE}}})), "solution of 1.1-1"),
    "a right value": ("a.ipynb", as_notebook(answer('check("1.1-1", 1.5)')), "is answered"),
    "a right letter": ("a.ipynb", as_notebook(answer('check("1.2-1", [..., "B"])')), "is answered"),
    "a value in a comment": (
        "a.ipynb", as_notebook(answer('check("1.1-1", ...)  # 1.5')), "is answered"),
    "metadata": ("a.ipynb", as_notebook(answer('check("1.1-1", ...)', answer=1.5)), "metadata"),
    "a cell of nbgrader": (
        "a.ipynb", as_notebook(new_code_cell("### BEGIN SOLUTION")), "nbgrader"),
    "page data": ("a.html", PAGE.encode(), "page data of 1.1-1"),
    "page data, the answer alone": (
        "a.html", re.sub(r'"solution": ".*?[^\\]"', '"solution": ""', PAGE).encode(),
        "the page data of 1.1-1 has its answer"),
    "a page": ("a.html", leaks.to_html(SENTENCE).encode(), "solution of 1.1-1"),
    "code in a page": ("a.html", HIGHLIGHTED.encode(), "code of 2.3-5"),
    "feedback": ("a.js", json.dumps(FEEDBACK).encode(), "feedback of 1.1-1"),
    "base64": ("a.txt", base64.b64encode((SENTENCE * 3).encode()), "solution of 1.1-1"),
    "zlib": ("a.bin", zlib.compress(SENTENCE.encode()), "solution of 1.1-1"),
    "zlib in base64": ("a.js", b'"%s"' % base64.b64encode(
        zlib.compress(BANK["1.1-1"].solution.encode())), "solution of 1.1-1"),
    "an archive": ("a.zip", as_zip("a.md", SENTENCE), "a.zip/a.md: solution of 1.1-1"),
    "an open bank": ("nnlib/exercises/chapter1.py", b"EXERCISES = []", "not sealed"),
}


@pytest.mark.parametrize("name, data, said", PLANTS.values(), ids=list(PLANTS))
def test_a_leak_is_found(name, data, said):
    assert said in "\n".join(leaks.look(name, data))


def test_a_compiled_leak_is_found(tmp_path):
    found = "\n".join(leaks.look("a.pyc", as_pyc(f"{FUNCTION}\ntext = {SENTENCE!r}", tmp_path)))
    assert "code of 2.3-5, compiled" in found and "solution of 1.1-1" in found


def test_what_is_no_leak_is_none(tmp_path):
    clean = as_notebook(answer('check("1.2-1", [..., ..., ..., ...])'), new_markdown_cell("1.5"))
    assert list(leaks.look("a.ipynb", clean)) == []
    assert list(leaks.look("a.pyc", as_pyc("def layer(A, W, b):\n    ...", tmp_path))) == []
    with pytest.raises(ValueError, match="There is nothing in"):
        leaks.find(tmp_path / "nowhere")


def test_every_exercise_has_something_to_be_found_by():
    found = {what for entries in leaks.needles().values() for _, what in entries}
    short = {id for id in BANK if f"solution of {id}" not in found}
    assert short == {"8.7-2", "8.7-4"}, "each a formula of a few letters"
    assert {f"code of {id}" for id, e in BANK.items() if isinstance(e, Code)} <= found


def test_no_solution_is_under_the_seal(out):
    """The sealed file, opened: right functions are in it, and no worked solution."""
    text = zlib.decompress(stir((out / "student/nnlib/exercises" / SEALED).read_bytes())).decode()
    text = leaks.letters(leaks.unescaped(text))
    kept = {id for id, exercise in BANK.items() if leaks.letters(exercise.solution) in text}
    assert kept == {"8.7-4"}, "its solution is its right option, word by word"
    assert all(leaks.letters(hint) in text for hint in BANK["1.1-1"].hints)


# -- solutions and notes ---------------------------------------------------------------------------


def test_the_solutions_pass_strictly(out):
    said = printed(run(out / "solution" / f"{CHAPTER}.ipynb", NNLIB_STRICT="1"))
    assert said.count("[Passed]") == sum(id.startswith("0.") for id in BANK)
    shown = {c.metadata["exercise"]: c.source for c in cells(out / "solution" / f"{CHAPTER}.ipynb")
             if c.metadata.get("tags") == ["solution"]}
    assert all(BANK[id].solution.strip() in text for id, text in shown.items())
    assert len(shown) == said.count("[Passed]")


def test_the_grader_reads_what_was_handed_out(out, tmp_path):
    """All points for the solutions, none for what nobody has touched."""
    for name in ("solution", "student"):
        (tmp_path / "in" / name).mkdir(parents=True)
        shutil.copy(out / name / f"{CHAPTER}.ipynb", tmp_path / "in" / name)
    assert grade([str(tmp_path / "in")]) == 0
    with open(tmp_path / "in-grades/grades.csv", encoding="utf-8-sig") as file:
        points = {row["name"]: float(row["points"]) for row in csv.DictReader(file)}
    worth = sum(id.startswith("0.") for id in BANK)
    assert points == {"solution": worth, "student": 0}


@pytest.mark.parametrize("id", [id for id, e in BANK.items() if not isinstance(e, Code)])
def test_every_answer_cell_of_the_solutions_is_right(id):
    source = handout.wrapped(handout.right_answer(BANK[id]))
    assert BANK[id].judge(ast.literal_eval(source)).state == PASSED


@pytest.mark.parametrize("chapter", [p.name for p in handout.pages() if handout.is_chapter(p)])
def test_every_stub_of_a_chapter_is_solved_with_what_it_needs(chapter):
    """In the order of the notebook, with the names of the import cell and of earlier solutions."""
    scope, space = handout.Scope(), {"np": np, "nnlib": nnlib}
    for cell in cells(ROOT / "book" / chapter):
        exercise, what = handout.exercise_of(cell, BANK)
        if what == "stub" and not hasattr(exercise, "trainer"):  # open problems train networks
            for source in scope.solve(exercise):
                exec(source, space)
            assert exercise.judge(space[exercise.answer.__name__]).state == PASSED, exercise.id


PLAN = """\
# A chapter
Its subtitle.

## The first slide

Note: says hello.

## The second slide
{cell three}
{code two}

Note: of two,
in two lines.

## The end

Note: goodbye.
"""
VOTES = """\
- id: v1-1
  section: "1.1"
  ask: How many?
  options:
    - text: One
      reveals: Forgot the other.
    - text: Two
      right: true
      reveals: Both.
    - text: Three
      reveals: One too many.
"""


def test_notes_stand_before_what_they_are_about(tmp_path):
    (tmp_path / "01.md").write_text(PLAN)
    (tmp_path / "01.yml").write_text(VOTES)
    notes, votes = handout.read_notes(tmp_path / "01.md"), handout.read_votes(tmp_path / "01.yml")
    book = [new_markdown_cell("## 1.1 A section", id="s1-1"), new_code_cell("1", id="one"),
            new_code_cell("2", id="two"), new_code_cell("3", id="three"),
            new_markdown_cell("## 1.2 Another", id="s1-2")]
    made = list(handout.teacher_cells(book, BANK, notes, votes))
    order = [cell.id if cell.metadata.get("tags") != ["note"] else
             re.search(r"(?:Note|Vote): ?(.*)|Vote (\S+)", cell.source)[0] for cell in made]
    assert order == ["s1-1", "one", "Note: The first slide", "Note: The second slide", "two",
                     "three", "Vote v1-1", "s1-2", "Note: The end"]
    text = "\n".join(cell.source for cell in made)
    assert "of two,\nin two lines." in text
    assert "- **A.** One\n\n  Forgot the other.\n- **B, right.** Two" in text
    nothing = handout.read_notes(tmp_path / "x"), handout.read_votes(tmp_path / "x")
    assert nothing == ([], []) and list(handout.teacher_cells(book, BANK, *nothing)) == book


# -- nbgrader --------------------------------------------------------------------------------------


def nbgrader(folder, *words):
    """Run nbgrader in a course, without the settings of whoever runs the tests."""
    run = subprocess.run([sys.executable, "-m", "nbgrader", *words], cwd=folder, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env=os.environ | {"JUPYTER_CONFIG_DIR": str(folder / "config")})
    assert run.returncode == 0, run.stdout
    return run.stdout


def small_chapter(folder):
    """Three exercises of a chapter: a question of one part, one of several, a function."""
    wanted = ("0.1-2", "0.3-3", "0.2-5")
    book = cells(ROOT / f"book/{CHAPTER}.ipynb")
    own = [cell for cell in book if cell.metadata.get("exercise") in wanted]
    own = [cell for cell in own if not cell.source.startswith("question(")
           or not isinstance(BANK[cell.metadata["exercise"]], Code)]
    start = new_code_cell("from nnlib.exercises import check, question", id="start")
    nbformat.write(new_notebook(cells=[start, *own]), folder / "00_small.ipynb")
    return folder / "00_small.ipynb"


def test_nbgrader_marks_a_perfect_an_empty_and_a_looping_submission(tmp_path):
    course = tmp_path / "course"
    handout.write_nbgrader(course, [small_chapter(tmp_path)], BANK)
    nbgrader(course, "generate_assignment", "00_small")
    released = course / "release/00_small/00_small.ipynb"
    text = "\n".join(cell.source for cell in cells(released))
    assert "strict" not in text and "SOLUTION" not in text and 'check("0.2-5", table)' in text
    assert list(leaks.look("release.ipynb", released.read_bytes())) == []

    solved = {cell.id: cell.source for cell in cells(course / "source/00_small/00_small.ipynb")}
    changes = {
        "perfect": solved,
        "empty": {},
        "loop": {"stub-0-2-5": "def table(a, b):\n    while True:\n        pass"},
    }
    for student, change in changes.items():
        notebook = nbformat.read(released, as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = change.get(cell.id, cell.source)
        folder = course / "submitted" / student / "00_small"
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / "00_small.ipynb")
    nbgrader(course, "autograde", "00_small", "--create", "--Execute.timeout=10")
    nbgrader(course, "export")
    with open(course / "grades.csv", encoding="utf8") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert marks == {"perfect": 3, "empty": 0, "loop": 0}
    looped = cells(course / "autograded/loop/00_small/00_small.ipynb")
    assert "KeyboardInterrupt" in str(looped) or "CellTimeoutError" in str(looped)


# -- the gated book --------------------------------------------------------------------------------


def test_the_book_without_solutions(out, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("gated")
    monkeypatch.setenv("NNLIB_DATA", str(folder))  # the small digits, everywhere
    handout.write_site(out / "student", folder / "site")
    handout.build_site(folder / "site", folder / "book")
    assert leaks.find(folder / "book") == []
    page = (folder / f"book/book/{CHAPTER}.html").read_text("utf8")
    assert page.count('data-nnb-widget="question"') == sum(id.startswith("0.") for id in BANK)
    targets = re.findall(r'href="([^"]+)"[^>]*>(?:<[^>]*>)*(?:Download this|all notebooks)', page)
    notebook, archive = ((folder / "book/book" / target).resolve() for target in targets)
    assert notebook.read_bytes() == (out / f"student/{CHAPTER}.ipynb").read_bytes()
    assert archive.read_bytes() == (out / "student.zip").read_bytes()
    assert "Answers" not in (folder / "book/index.html").read_text("utf8")
    assert "answer-0-" not in page and "worked solution" not in page.lower()


def test_links_to_what_is_left_out_are_only_words():
    def place(path):
        return None if "teaching" in path else path

    text = "- [Guide](book/teaching/index.md): read.\n- [One](1.ipynb#x) and [G](teaching)\n"
    assert handout.relink(text, place) == "- [One](1.ipynb#x) and G\n"
    assert handout.relink("[a](https://b.c) ![](x.png)", place) == "[a](https://b.c) ![](x.png)"


def test_a_student_installs_what_notebooks_need():
    text = handout.requirements()
    kept = set(re.findall(r"^([\w-]+)", text, re.M))
    every = set(re.findall(r"^([\w-]+)", (ROOT / "requirements.txt").read_text("utf8"), re.M))
    assert every - kept == set(handout.BOOK_ONLY)
