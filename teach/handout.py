"""Makes what a class is handed from the book and its exercises: `make handout`.

_build/handout/
    student/    notebooks, pages and nnlib in one folder; no worked solutions, answers sealed
    solution/   the same notebooks with right functions, right answers and worked solutions
    teacher/    solution/ with the notes of teach/slides and the votes of teach/votes
    nbgrader/   a course for nbgrader: source/<chapter>/<chapter>.ipynb and nbgrader_config.py
    book/       the book without solutions, built from student/; every chapter as a download
handout.md, beside this file, says more.
"""

import argparse
import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import leaks
import nbformat
import slides
import votes
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell

from nnlib.exercises import all_exercises
from nnlib.exercises.code import Code
from nnlib.exercises.kit import PASSED, Choice, judge_part
from nnlib.exercises.seal import BANK, pack

HERE = Path(__file__).parent
ROOT = HERE.parent
OUT = ROOT / "_build/handout"
LEFT_OUT = ("answers", "golden_numbers", "teaching")  # these pages show results
TEACHERS_TOOLS = ("grade", "grade.py")
BOOK_ONLY = ("jupyter-book", "sphinx-mathjax-offline")
IMPORTED = {"np", "plt", "nnlib"}  # by the import cell of a chapter
IMPORT = re.compile("import |from ")
LINK = re.compile(r"\[([^\[\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def pages():
    """The pages of the table of contents that a class gets, as paths such as book/notation.md."""
    names = re.findall(r"file: (book/\S+)", (ROOT / "_toc.yml").read_text("utf8"))
    return [path for name in names if not left_out(path := next(ROOT.glob(f"{name}.*")))]


def left_out(path):
    """Whether a page of the book, or its folder, is only for the teacher."""
    return path.relative_to(ROOT / "book").parts[0].partition(".")[0] in LEFT_OUT


def is_chapter(page):
    """Whether a page is a chapter, or a part of one: 06b_backpropagation_in_code.ipynb."""
    return page.name[0].isdigit()


# -- cells -----------------------------------------------------------------------------------------


def relink(text, place):
    """Markdown with `place(path)` for each path it links to; where that is None, without the link.
    An item of a list that begins with such a link goes as a whole."""

    def new(match):
        path = place(match[2])
        return match[1] if path is None else f"[{match[1]}]({path}{match[3] or ''})"

    items = re.compile(rf"- (?:\*\*)?{LINK.pattern}.*\n?")
    text = "".join(
        line for line in text.splitlines(keepends=True)
        if not (item := items.match(line)) or place(item[2]) is not None
    )
    return LINK.sub(new, text)


def exercise_of(cell, bank):
    """What a cell is to an exercise: (exercise, "question" or "stub" or "check"), or (None, "")."""
    exercise, tags = bank.get(cell.metadata.get("exercise")), cell.metadata.get("tags", [])
    if cell.source.startswith("question("):
        return exercise, "question"
    return exercise, "stub" if "exercise" in tags else "check" if "check" in tags else ""


def answer_cell(exercise):
    """Where a student writes the answer that is marked."""
    gaps = ", ".join(["..."] * len(exercise.parts))
    given = f"[{gaps}]" if len(exercise.parts) > 1 else gaps
    return new_code_cell(
        f'check("{exercise.id}", {given})',
        id=cell_id("answer", exercise),
        metadata={"exercise": exercise.id, "tags": ["answer"]},
    )


def cell_id(kind, exercise):
    return f"{kind}-{re.sub(r'[.]', '-', exercise.id)}"


def student_cells(cells, bank):
    """The cells of a chapter without outputs, with a cell for the answer below each question."""
    for cell in cells:
        if cell.cell_type == "code":
            cell = new_code_cell(cell.source, id=cell.id, metadata=cell.metadata)
        yield cell
        exercise, what = exercise_of(cell, bank)
        if what == "question" and not isinstance(exercise, Code):
            yield answer_cell(exercise)


def solution_cells(cells, bank):
    """The cells of a student with everything filled in, and each worked solution below."""
    scope = Scope()
    for cell in student_cells(cells, bank):
        exercise, what = exercise_of(cell, bank)
        if "answer" in cell.metadata.get("tags", []):
            call = f'check("{exercise.id}", {right_answer(exercise)})'
            cell.source, what = wrapped(call), "check"
        elif what == "stub":
            helpers, function = scope.solve(exercise)
            cell.source = "\n\n\n".join(filter(None, [helpers, function]))
        elif cell.cell_type == "code":
            scope.ran(cell.source)
        yield cell
        if what == "check":
            yield new_markdown_cell(
                f"**Solution of {exercise.id}.**\n\n{exercise.solution.strip()}",
                id=cell_id("solution", exercise),
                metadata={"exercise": exercise.id, "tags": ["solution"]},
            )


def teacher_cells(cells, bank, notes, questions):
    """The solved cells with notes: each before the first cell that its slide names, each vote at
    the end of its section."""
    cells = list(solution_cells(cells, bank))
    ids = [cell.id for cell in cells]
    before = {}
    for named, text in notes:
        places = [ids.index(id) for id in named if id in ids]
        before.setdefault(min(places, default=len(cells)), []).append(text)
    for section, text in questions:
        start = f"s{section.replace('.', '-')}"
        ends = [i for i, cell in enumerate(cells)
                if cell.cell_type == "markdown" and cell.source.startswith("## ")
                and start in ids and i > ids.index(start)]
        before.setdefault(min(ends, default=len(cells)), []).append(text)
    count = 0
    for i, cell in enumerate([*cells, None]):
        for text in before.get(i, []):
            count += 1
            yield new_markdown_cell(text, id=f"note-{count}", metadata={"tags": ["note"]})
        if cell:
            yield cell


def nbgrader_cells(cells, bank):
    """The cells as nbgrader wants them: solution regions, and tests with one point for each."""
    scope = Scope()
    for cell in cells:
        exercise, what = exercise_of(cell, bank)
        if what == "stub":
            helpers, function = scope.solve(exercise)
            room = [f"# Room for what you need besides the function.\n{region(helpers)}"]
            head, body = split_function(cell.source, function)
            source = "\n\n\n".join([*(room if helpers else []), f"{head}\n{region(body)}"])
            yield graded(exercise, source, cell.id, solution=True)
        elif what == "check":
            yield test_cell(exercise, exercise.answer.__name__)
        else:
            if cell.cell_type == "code":
                scope.ran(cell.source)
            yield cell
        if what == "question" and not isinstance(exercise, Code):
            name = f"answer_{re.sub(r'[.-]', '_', exercise.id)}"
            value = textwrap.indent(wrapped(right_answer(exercise)), "    ")
            source = f"{name} = (\n{region(value)}\n)"
            yield graded(exercise, source, cell_id("answer", exercise), solution=True)
            yield test_cell(exercise, name)


def test_cell(exercise, name):
    """The check that a student sees, and the same check once more, hidden, strict, for a point."""
    source = (
        f'check("{exercise.id}", {name})\n'
        "### BEGIN HIDDEN TESTS\n"
        "from nnlib.exercises import check\n"
        f'check("{exercise.id}", {name}, strict=True)\n'
        "### END HIDDEN TESTS"
    )
    id = cell_id("check", exercise)
    return graded(exercise, source, id, grade=True, locked=True, points=1)


def graded(exercise, source, id, *, grade=False, locked=False, solution=False, **more):
    """A cell that nbgrader knows by its id, as a solution or as a test."""
    nbgrader = {"schema_version": 3, "grade_id": id, "grade": grade, "locked": locked,
                "solution": solution, "task": False, **more}
    return new_code_cell(source, id=id, metadata={"exercise": exercise.id, "nbgrader": nbgrader})


def region(source):
    """Source that nbgrader takes away for students: it leaves `...` in its place."""
    indent = re.match(" *", source)[0]
    return f"{indent}### BEGIN SOLUTION\n{source}\n{indent}### END SOLUTION"


# -- right answers ---------------------------------------------------------------------------------


def right_answer(exercise):
    """The right answer to a question as Python: 2.2976, "B", or a list of such."""
    answers = [f'"{part.answer}"' if isinstance(part, Choice) else short_number(part)
               for part in exercise.parts]
    return f"[{', '.join(answers)}]" if len(answers) > 1 else answers[0]


def short_number(part):
    """The right number with as few digits as the judge accepts, at least five where there are."""
    texts = [f"{float(part.answer):.{digits}g}" for digits in (5, 8, 17)]
    return next(text for text in texts if judge_part(part.data(), text).state == PASSED)


def wrapped(source):
    """A long list over several lines."""
    return textwrap.fill(source, 78, subsequent_indent="    ", break_long_words=False,
                         break_on_hyphens=False)


class Scope:
    """Solves stubs in the order of a notebook: what an earlier solution has defined is there."""

    def __init__(self):
        self.known = set(IMPORTED)

    def ran(self, source):
        """A cell of the book defines names anew."""
        self.known -= set(definitions(source)) - IMPORTED

    def solve(self, exercise):
        """The helpers that the right function needs, and its own source."""
        name = exercise.answer.__name__
        found = definitions(Path(inspect.getsourcefile(exercise.answer)).read_text("utf8"))
        order = []
        self._collect(name, found, order)
        helpers = [found[n] for n in order if n != name]
        imports = sorted(text for text in helpers if IMPORT.match(text))
        others = [text for text in helpers if not IMPORT.match(text)]
        self.known |= set(order)
        return "\n\n\n".join(filter(None, ["\n".join(imports), *others])), found[name]

    def _collect(self, name, found, order):
        for other in sorted(names_used(found[name])):
            if other in found and other not in self.known and other not in order and other != name:
                self._collect(other, found, order)
        order.append(name)


def definitions(source):
    """What each name at the top of some Python is bound to, as source: name -> text."""
    lines, found = source.splitlines(), {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if getattr(node, "level", 0) == 0:
                for alias in node.names:
                    one = type(node)(**{**vars(node), "names": [alias]})
                    found[alias.asname or alias.name] = ast.unparse(one)
            continue
        start = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        text = "\n".join(lines[start - 1 : node.end_lineno])
        names = [node.name] if hasattr(node, "name") else [
            n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        ]
        found.update(dict.fromkeys(names, text))
    return found


def names_used(source):
    """The names that some Python reads and does not bind itself."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    own = {n.id for n in names if isinstance(n.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return {n.id for n in names if isinstance(n.ctx, ast.Load)} - own


def split_function(stub, function):
    """The lines of the stub above its `...`, and the body of the right function."""
    head = stub[: re.search(r"^ *\.\.\.", stub, re.M).start()].rstrip()
    node = ast.parse(function).body[0]
    body = function.splitlines()[node.body[0].lineno - 1 :]
    return head, "\n".join(body)


# -- notes and votes -------------------------------------------------------------------------------


def read_notes(path):
    """The notes of a plan of slides: (ids of the cells that the slide names, text) for each. The
    note of a slide that names none goes with the next one that does."""
    notes, waiting = [], []
    for slide in slides.read_plan(path).slides if path.is_file() else []:
        waiting.append(boxed(f"Note: {slide.heading}", slide.note))
        if named := [name for name, _ in slide.ids("cell", "code")]:
            notes += [(named, text) for text in waiting]
            waiting = []
    return notes + [([], text) for text in waiting]


def read_votes(path):
    """The vote questions of a chapter with their answers: (section, text) for each."""
    questions = votes.read(path) if path.is_file() else []
    return [(vote.section, vote_text(vote)) for vote in questions]


def vote_text(vote):
    lines = [vote.ask, ""]
    for letter, option in zip(votes.LETTERS, vote.options):
        mark = ", right" if letter == vote.right else ""
        lines.append(f"- **{letter}{mark}.** {option.text}\n\n  {option.reveals}")
    return boxed(f"Vote {vote.id}", "\n".join(lines))


def boxed(title, text):
    return f":::{{admonition}} {title}\n:class: tip\n\n{text}\n:::"


# -- folders ---------------------------------------------------------------------------------------


def write_folder(out, paths, change, *, nnlib):
    """A folder that works as it is: the pages, notebooks with the cells that `change(cells, path)`
    gives, nnlib, what to install."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    names = {path.name for path in paths}

    def place(path):
        return path if path in names else None

    for path in paths:
        if path.suffix == ".ipynb":
            write_notebook(path, out / path.name, lambda cells, p=path: change(cells, p), place)
        else:
            (out / path.name).write_text(relink(path.read_text("utf8"), place), "utf8")
    shutil.copy(ROOT / "book/checklist.csv", out)  # the concordance reads it
    for name in ("LICENSE", "LICENSE-CONTENT", "requirements.lock"):
        shutil.copy(ROOT / name, out)
    (out / "requirements.txt").write_text(requirements(), "utf8")
    nnlib(out / "nnlib")


def write_notebook(source, target, change, place):
    """One notebook: its cells changed, its links placed."""
    notebook = nbformat.read(source, as_version=4)
    notebook.cells = list(change(notebook.cells))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = relink(cell.source, place)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.validate(notebook)
    nbformat.write(notebook, target)


def requirements():
    """requirements.txt without what only the built book needs."""
    blocks = re.findall(r"(?:#.*\n)+(?:[^#\n].*\n)+",
                        (ROOT / "requirements.txt").read_text("utf8").partition("\n\n")[2])
    book_only = re.compile(rf"^({'|'.join(BOOK_ONLY)})\b", re.M)
    head = ("# What the notebooks need; requirements.lock holds the exact versions.\n"
            "# python -m pip install -r requirements.txt -c requirements.lock\n\n")
    return head + "".join(block for block in blocks if not book_only.search(block))


def copy_nnlib(target):
    """nnlib as it is, banks and all."""
    shutil.copytree(ROOT / "nnlib", target, ignore=shutil.ignore_patterns("__pycache__"))


def sealed_nnlib(target):
    """nnlib with its banks in one sealed file, without worked solutions and teacher's tools."""
    copy_nnlib(target)
    for name in TEACHERS_TOOLS:
        path = target / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    sources = {}
    for bank in sorted(target.glob("exercises/chapter*.py")):
        sources[bank.stem] = without_solutions(bank.read_text("utf8"))
        bank.unlink()
    (target / "exercises" / BANK).write_bytes(pack(sources))


def without_solutions(source):
    """A bank whose exercises have an empty text where the worked solution stood; no comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "solution":
            node.value = ast.Constant("")
    return ast.unparse(tree)


def write_nbgrader(out, paths, bank):
    """The course of nbgrader: one assignment a chapter."""
    shutil.rmtree(out, ignore_errors=True)
    names = {path.name: path.stem for path in paths if is_chapter(path)}

    def place(path):
        return f"../{names[path]}/{path}" if path in names else None

    for path in filter(is_chapter, paths):
        target = out / "source" / path.stem / path.name
        write_notebook(path, target, lambda cells: nbgrader_cells(cells, bank), place)
    shutil.copy(HERE / "nbgrader_config.py", out)
    sealed_nnlib(out / "nnlib")


# -- the book --------------------------------------------------------------------------------------


def write_site(student, site):
    """The source of the gated book: the student's pages, with themselves as downloads. What has
    run before is kept, as the execution cache of the book."""
    for name in ("book", "downloads", "nnlib"):
        shutil.rmtree(site / name, ignore_errors=True)
    (site / "downloads").mkdir(parents=True)
    shutil.copy(student.with_suffix(".zip"), site / "downloads")
    for name in ("_config.yml", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, site)
    shutil.copytree(ROOT / "book/_ext", site / "book/_ext",
                    ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(student / "nnlib", site / "nnlib")
    shutil.copy(student / "checklist.csv", site / "book")
    there = {f"book/{path.name}": path for path in student.glob("*")
             if path.suffix in (".ipynb", ".md") and path.name != "README.md"}
    for name, path in there.items():
        if is_chapter(path):
            shutil.copy(path, site / "downloads")
            write_notebook(path, site / name, lambda cells, n=path.name: site_cells(cells, n), str)
        else:
            shutil.copy(path, site / name)
    index = relink((ROOT / "index.md").read_text("utf8"), lambda p: p if p in there else None)
    (site / "index.md").write_text(index, "utf8")
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
    stems = {name.rpartition(".")[0] for name in there}
    for part in toc["parts"]:
        part["chapters"] = [page for page in part["chapters"] if page["file"] in stems]
    toc["parts"] = [part for part in toc["parts"] if part["chapters"]]
    (site / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), "utf8")


def site_cells(cells, name):
    """A chapter as a page: where to get it as a notebook, and no cells for answers, since the
    page takes them itself."""
    cells[0].source += (
        f"\n\n[Download this notebook](path:../downloads/{name}), or "
        "[all notebooks with what they need](path:../downloads/student.zip) (zip)."
    )
    return [cell for cell in cells if "answer" not in cell.metadata.get("tags", [])]


def build_site(site, book):
    """Build the book; its pages import the nnlib of the students."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", site, "-W", "-n",
               "--keep-going", "--quiet"]
    run = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(site)}, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if run.returncode:
        sys.exit(f"The book without solutions was not built:\n{run.stdout[-3000:]}")
    shutil.rmtree(book, ignore_errors=True)
    shutil.move(site / "_build/html", book)


# -- all -------------------------------------------------------------------------------------------


def write_variants(out, paths):
    """The folders student, solution, teacher and nbgrader, and the student's as a zip."""
    bank = all_exercises()
    answers = [path for path in (ROOT / "book").glob("*.ipynb") if left_out(path)]

    def teacher(cells, path):
        number = path.name.partition("_")[0]
        notes = read_notes(HERE / f"slides/{number}.md")
        return teacher_cells(cells, bank, notes, read_votes(HERE / f"votes/{number}.yml"))

    write_folder(out / "student", paths, lambda cells, _: student_cells(cells, bank),
                 nnlib=sealed_nnlib)
    shutil.copy(HERE / "student.md", out / "student/README.md")
    shutil.make_archive(out / "student", "zip", out, "student")
    write_folder(out / "solution", paths + answers, lambda cells, _: solution_cells(cells, bank),
                 nnlib=copy_nnlib)
    write_folder(out / "teacher", paths + answers, teacher, nnlib=copy_nnlib)
    write_nbgrader(out / "nbgrader", paths, bank)


def main():
    parser = argparse.ArgumentParser(description="Makes what a class is handed.")
    parser.add_argument("--no-book", action="store_true", help="the notebooks alone, in seconds")
    no_book = parser.parse_args().no_book
    write_variants(OUT, pages())
    parts = ["student"]
    if not no_book:
        write_site(OUT / "student", OUT / "site")
        build_site(OUT / "site", OUT / "book")
        parts.append("book")
    found = [line for part in parts for line in leaks.find(OUT / part)]
    if found:
        sys.exit("\n".join(["Answers leak:", *found]))
    print(f"Ready, and no answer found in {' and '.join(parts)}: {OUT}")


if __name__ == "__main__":
    main()
