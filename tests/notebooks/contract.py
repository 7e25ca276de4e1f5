"""The page contract as rules: each takes a Chapter and yields what is wrong with it, in words."""

import ast
import re

from nb import SECTIONS

IMPORTS = """\
import matplotlib.pyplot as plt
import numpy as np

import nnlib
from nnlib import plotting, widgets
from nnlib.exercises import check, hint, question, solution

plotting.use_style()"""

FILLER = re.compile(
    r"in this (section|chapter|notebook),? (we|you)\b|important to note|note that|as you can see"
    r"|needless to say|as mentioned|let's dive|dive into|obviously|trivial|powerful|exciting"
    r"|cutting-edge|great job|congratulations|first and foremost|in conclusion|to summari[sz]e",
    re.I,
)


USES = ("question", "check", "hint", "solution")
GLOBAL_RANDOM = re.compile(r"np\.random\.(?!default_rng\b|Generator\b)|^import random", re.M)
OTHER_SEED = re.compile(r"default_rng\((?!0\)|seed\))|\brng=(?!0\b|rng\b|seed\b)")


def title(book):
    """A number and a title, and a question under it."""
    head = book.cells[0].source
    if not re.match(rf"# {book.number} \S.*\n\n\*[^*\n]+\?\*(\n|$)", head):
        yield f"'# {book.number} Title' and a question in italics; it is {head[:80]!r}"


def opening(book):
    """What you will do, abilities, needs and time, before the first section."""
    head = "\n\n".join(cell.source for cell in book.cells if cell.kind == "markdown")
    head = head.split("\n## ")[0]
    sentence = re.search(r"\*\*What you will do\.\*\* (.+)", head)
    if not sentence or len(re.findall(r"[.?!](?=\s|$)", sentence[1])) != 1:
        yield "**What you will do.** and one sentence"
    abilities = re.search(r"\*\*You will be able to\*\*\n\n((?:- .+\n)+)", head + "\n")
    if not abilities or not 3 <= abilities[1].count("\n") <= 5:
        yield "**You will be able to** and a list of 3 to 5"
    if "**You need** " not in head:
        yield "**You need** and the prerequisites"
    if not re.search(r"\*\*Time\.\*\* .*\d+ minutes to read.* \d+ minutes to do", head):
        yield "**Time.** with minutes to read and minutes to do"


def closing(book):
    """Key points as a list, then where the documents say it differently; once each, at the end."""
    headings = re.findall(r"^## (.*)", book.prose, re.M)
    if headings[-2:] != ["Key points", "Where the documents say it differently"]:
        yield f"the last two headings are {headings[-2:]}"
    if not re.search(r"^## Key points\n\n- .+\n- ", book.prose, re.M):
        yield "the key points should be a list"


def imports(book):
    """The first code cell is the import cell, the same in every chapter."""
    if not book.code or book.code[0].source != IMPORTS:
        yield "the first code cell is not the import cell"


def sections(book):
    """The sections of sections.csv, in order, with their numbers and titles; 1.2 in cell s1-2."""
    wanted = [f"{s.number} {s.title}" for s in _own_sections(book)]
    found = re.findall(r"^## (\d.*)", book.prose, re.M)
    if found != wanted:
        yield f"the sections should be {wanted}, they are {found}"
    for cell in book.cells:
        for number in re.findall(r"^## (\d+\.\d+)", cell.source, re.M):
            if cell.id != f"s{number.replace('.', '-')}":
                yield f"section {number} begins in the cell {cell.id}: links cannot find it"


def short_cells(book):
    """Shown code has at most 15 lines of 78; hidden code is hidden in the book and in Lab."""
    for cell in book.code:
        lines = sum(bool(line.strip()) for line in cell.source.splitlines())
        hidden = "hide-input" in cell.tags
        if lines > 15 and not hidden:
            yield f"{cell.id} has {lines} lines"
        if not hidden and (longest := max(map(len, cell.source.splitlines()), default=0)) > 78:
            yield f"{cell.id} has a line of {longest} characters, which the page cuts off"
        if hidden != bool(cell.meta.get("jupyter", {}).get("source_hidden")):
            yield f"{cell.id} is hidden in only one of book and Lab"


def figures(book):
    """Cells that draw have alt text; captions follow as **Figure 1.3.**, numbered like the ids."""
    drawing = re.compile(r"\bplotting\.(?!use_style\b)[a-z]\w*\(|\bplt\.[a-z]\w*\(")
    drawn = [cell for cell in book.code if drawing.search(cell.source)]
    for cell in drawn:
        alt = cell.meta.get("mystnb", {}).get("image", {}).get("alt", "")
        if len(alt) <= 20 or re.match(r"(an? )?(figure|image|picture|plot|graph) ", alt, re.I):
            yield f"{cell.id} draws and its alt text is {alt!r}"
    ids = [cell.id.replace("fig-", "").replace("-", ".") for cell in drawn]
    captions = re.findall(r"^\*\*Figure (\d+\.\d+)\.\*\*", book.prose, re.M)
    first = int(ids[0].split(".")[1]) if book.part and ids else 1  # goes on from the first part
    numbers = [f"{book.number}.{i}" for i in range(first, first + len(drawn))]
    if not ids == captions == numbers:
        yield f"figures {ids} have the captions {captions}, expected are {numbers}"


def widget_names(book):
    """Every widget has a name that begins with its section, used once."""
    names = []
    for cell in book.code:
        for call in _calls(cell, lambda f: ast.unparse(f).startswith("widgets.")):
            name = next((ast.literal_eval(k.value) for k in call.keywords if k.arg == "name"), "")
            names.append(name)
            if not name.startswith(f"{cell.section}-"):
                yield f"{cell.id}: the name {name!r} should begin with '{cell.section}-'"
    for name in {name for name in names if names.count(name) > 1}:
        yield f"two widgets are named {name!r}"


def exercises(book, bank=None):
    """Each exercise of the bank stands in its section, and the notebook names no other."""
    if bank is None:
        from nnlib.exercises import all_exercises

        bank = all_exercises()
    shown = {}
    for cell in book.code:
        for call in _calls(cell, lambda f: ast.unparse(f) in USES):
            id, use = ast.literal_eval(call.args[0]), call.func.id
            shown.setdefault(id, set()).add(use)
            if id not in bank:
                yield f"{cell.id}: there is no exercise {id!r}"
            elif not id.startswith(f"{cell.section}-"):
                yield f"{cell.id}: exercise {id} stands in section {cell.section!r}"
            if cell.meta.get("exercise") != id:
                yield f"{cell.id} should have the metadata exercise {id!r}"
            if use == "check" and "check" not in cell.tags:
                yield f"{cell.id} should have the tag check"
    stubs = [cell.meta.get("exercise") for cell in book.code if "exercise" in cell.tags]
    own = _own_sections(book)
    for id, exercise in bank.items():
        if id.split("-")[0] in {section.number for section in own}:
            needed = {"question", "check"} if exercise.kind == "code" else {"question"}
            if not needed <= shown.get(id, set()):
                yield f"exercise {id} needs {' and '.join(sorted(needed))}"
            if exercise.kind == "code" and id not in stubs:
                yield f"exercise {id} needs a stub with the tag exercise"
    for section in own:
        count = sum(id.startswith(f"{section.number}-") for id in shown)
        if count < section.exercises:
            yield f"{section.number} has {count} exercises of {section.exercises}"


def lab_only(book):
    """What needs a kernel to be of use is marked, by the tag and by its first line."""
    for cell in book.code:
        marked = "lab-only" in cell.tags
        if marked != cell.source.startswith("# For JupyterLab: "):
            yield f"{cell.id}: tag lab-only and first line '# For JupyterLab: why' go together"
        if re.search(r"\b(jslink|link|VBox|HBox|interact|observe)\b\(", cell.source) and not marked:
            yield f"{cell.id} uses live Python and is not marked as for Lab"


def links(book):
    """Relative links lead to files that exist, or to sections: 01_one_neuron.ipynb#cell-id=s1-2."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _without_code(book.prose)):
        path, _, place = target.partition("#")
        file = book.folder / path
        if not re.match(r"https?://|#", target) and not file.is_file():
            yield f"the link {target} leads nowhere"
        elif path.endswith(".ipynb") and place and not _has_section(file, place):
            yield f"the link {target} leads to no section"
        if target.startswith("/"):
            yield f"the link {target} is not relative"


def markdown(book):
    """Only what both the book and JupyterLab render."""
    prose = _without_code(book.prose)
    for role in re.findall(r"(?<![`\w\"])\{(\w[\w:-]*)\}`[^`]", book.prose):
        yield f"the role {{{role}}}"
    for directive in re.findall(r"^\s*(?::::+|```+)\{([\w:-]+)\}", book.prose, re.M):
        if directive not in ("admonition", "note", "tip"):
            yield f"the directive {{{directive}}}"
    if re.search(r"\\\(|\\\[|<script|<iframe", prose):
        yield "formulas other than $..$, or raw scripts"
    if len(re.findall(r"^\$\$|\$\$(?:$| \([\w-]+\)$)", prose, re.M)) % 2:
        yield "a $$ that is not closed"


def plain_words(book):
    """No filler, and no keys of the sources outside the metadata."""
    for match in FILLER.finditer(book.prose):
        yield f"filler: {match[0]!r}"
    for match in re.finditer(r"\b(S[0-4]-?\d*|[VEF]-\d+\w?|D-[1-4])\b(?!\()", book.prose):
        yield f"the key {match[0]}"


def randomness(book):
    """Random numbers come from an rng with a seed; a seed other than 0 has its reason beside it."""
    for cell in book.code:
        if GLOBAL_RANDOM.search(cell.source):
            yield f"{cell.id} uses the global random state"
        for line in cell.source.splitlines():
            if OTHER_SEED.search(line) and "#" not in line:
                yield f"{cell.id}: another seed needs its reason in a comment: {line.strip()}"


RULES = [title, opening, closing, imports, sections, short_cells, figures, widget_names, exercises,
         lab_only, links, markdown, plain_words, randomness]
APPENDIX_RULES = [short_cells, lab_only, links, markdown, plain_words, randomness]
PAGE_RULES = [links, plain_words]  # for the pages that are no notebooks


def _has_section(file, place):
    """Whether `place` is #cell-id=s1-2 (JupyterLab's own address) of a section of the notebook."""
    found = re.fullmatch(r"cell-id=(s\d+-\d+)", place)
    return bool(found) and f'"id": "{found[1]}"' in file.read_text("utf8")


def _own_sections(book):
    """The sections of this notebook: those of its chapter, or of its part of the chapter."""
    return [section for section in SECTIONS
            if (section.number.split(".")[0], section.part) == (book.number, book.part)]


def _calls(cell, wanted):
    """The calls in a code cell whose function satisfies `wanted`."""
    return [node for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.Call) and wanted(node.func)]


def _without_code(prose):
    return re.sub(r"```.*?```|`[^`\n]*`", "", prose, flags=re.S)
