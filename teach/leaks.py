"""Searches a folder for answers: `find(folder)`, or `python teach/leaks.py FOLDER`.

Looked for are the sentences of every worked solution, every feedback that tells right from wrong,
the source of every right function (in Python, in pages, compiled), and right values and letters
where they would stand: in the data of a question in a page, in cells, in the metadata of a cell.
Looked through are all files: as text, as JSON, as HTML, in zip archives, and behind base64 and
zlib. What the exercises show anyway is no leak, nor what the chapters themselves say: SAID.
"""

import ast
import base64
import html
import inspect
import io
import json
import marshal
import re
import sys
import textwrap
import zipfile
import zlib
from functools import cache
from pathlib import Path

from nnlib.exercises import all_exercises
from nnlib.exercises.code import Code
from nnlib.exercises.kit import Choice
from nnlib.exercises.markup import html as to_html

HEAD = 18  # so many letters find a text; shorter ones are not looked for
METADATA = {"covers", "exercise", "jupyter", "mystnb", "tags",
            "execution", "nbgrader", "deletable", "editable"}  # of nbclient and nbgrader
PART = {"kind", "label", "options", "sealed"}
OPTION = {"letter", "text"}
SAID = {  # letters of what the book itself says, so that it is no leak
    "defneuronxwbreturnsigmoidnpdotwxb",  # 1.5 shows it; the exercise is to write it again
    "itmustbezmtheerrorofthelayerthattheweightsleadinto",  # 6.5, where the documents slip
    "inputfeedforwardoutputerrorbackpropagategradients",  # the five steps, a heading each in 6.6
    "errorsofdifferentexamplespartlycancel",  # 8.4
    "itisoutputminustarget",  # 6.3, of the output error
    "picturesfirst3blue1brown",  # 10.6-1: a label and the first option below it
    "onerowforeachneuronofitsownlayer",  # notation.md
}
ANSWER = re.compile(r'check\("[\d.-]+", (\.{3}|\[\.{3}(, \.{3})*\])\)')  # one that is not given
DATA = re.compile(
    r'data-nnb-widget="question".*?<script type="application/json">(.*?)</script>', re.S
)
BASE64 = re.compile(rb"[A-Za-z0-9+/]{60,}")


def letters(text):
    """A text as its letters and digits alone, so that line breaks and markup do not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


def stripped(page):
    """A page as a reader sees it."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


# -- what is looked for ----------------------------------------------------------------------------


def sentences(markdown):
    prose = re.sub(r"```.*?```", "", markdown, flags=re.S)
    return [prose, *re.split(r"(?<=[.?!])\s+|\n\s*\n", prose)]


def functions(exercise):
    """The functions that would pass, with the trainers of open problems; of a question, none."""
    if not isinstance(exercise, Code):
        return []
    own = [exercise.answer, *exercise.also, getattr(exercise, "trainer", None)]
    return [inspect.unwrap(f) for f in own if f]


def feedback(exercise):
    """The texts that say what is right or wrong with an answer."""
    if isinstance(exercise, Code):
        return list(exercise.wrong.values())
    texts = []
    for part in exercise.parts:
        if isinstance(part, Choice):
            texts += part.options.values()
        else:
            texts += [part.right, *part.wrong.values()]
    return texts


@cache
def shown():
    """What everybody sees of the exercises before answering, as letters."""
    texts = []
    for exercise in all_exercises().values():
        texts += [exercise.stem, *exercise.hints]
        for part in getattr(exercise, "parts", []):
            texts += [part.label, *getattr(part, "options", [])]
    return "|".join(letters(form) for text in texts for form in (text, stripped(to_html(text))))


@cache
def needles():
    """What is looked for, by its first letters: head -> list of (all letters, what it is)."""
    found = {}
    for exercise in all_exercises().values():
        texts = [(s, "solution") for s in sentences(exercise.solution)]
        texts += [(text, "feedback") for text in feedback(exercise)]
        both = {(letters(form), what) for text, what in texts
                for form in (text, stripped(to_html(text)))}
        page = to_html(exercise.solution)
        both |= {(letters(stripped(text)), "solution") for text in sentences(page)}
        for function in functions(exercise):
            source = textwrap.dedent(inspect.getsource(function))
            both |= {(letters(form), "code") for form in (source, ast.unparse(ast.parse(source)))}
        for text, what in both:
            if len(text) >= HEAD and text not in SAID and text not in shown():
                found.setdefault(text[:HEAD], []).append((text, f"{what} of {exercise.id}"))
    return found


@cache
def compiled():
    """The right functions as compiled: (name, bytecode) -> id."""
    return {(f.__name__, f.__code__.co_code): exercise.id
            for exercise in all_exercises().values() for f in functions(exercise)}


# -- where it is looked for ------------------------------------------------------------------------


def search(text):
    """The needles in a text."""
    hay, heads = letters(text), needles()
    for i in range(len(hay) - HEAD + 1):
        for needle, what in heads.get(hay[i : i + HEAD], ()):
            if hay.startswith(needle, i):
                yield f"{what}: {needle[:60]}"


def texts(data):
    """The texts that bytes may be: as they are, as JSON, as a page, unpacked, decoded."""
    tokens = BASE64.findall(data)
    for raw in (data, *(base64.b64decode(token[: len(token) // 4 * 4]) for token in tokens)):
        for content in (raw, inflated(raw)):
            text = content.decode("utf8", "ignore")
            yield text
            if "\\" in text:
                yield unescaped(text)
            if "<" in text:
                yield stripped(text)
                yield stripped(unescaped(text))


def inflated(data):
    """What zlib makes of the data, as far as it goes."""
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""


def unescaped(text):
    """A text of JSON, or within JSON, without its escapes."""
    def plain(match):
        code = match[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else {"n": "\n", "t": "\t"}.get(code, code)

    return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", plain, text)


def page_data(text):
    """What the data of questions in a page tells before Check is pressed; of the forms of a text,
    one is a page that can be read."""
    for source in DATA.findall(text):
        try:
            state = json.loads(source)
        except json.JSONDecodeError:
            continue
        if state["solution"]:
            yield f"the page data of {state['number']} has its solution"
        for part in state["parts"]:
            options = part.get("options", [])
            if set(part) - PART or any(set(option) - OPTION for option in options):
                yield f"the page data of {state['number']} has its answer"


def notebook(cells):
    """Cells with an answer, a solution, or metadata that nobody expects."""
    for cell in cells:
        meta, source = cell["metadata"], "".join(cell["source"])
        if unknown := set(meta) - METADATA:
            yield f"cell {cell['id']} has the metadata {', '.join(sorted(unknown))}"
        if {"solution", "note"} & set(meta.get("tags", [])):
            yield f"cell {cell['id']} is of a solution notebook"
        if "### BEGIN" in source:
            yield f"cell {cell['id']} has a solution or a hidden test of nbgrader"
        if "answer" in meta.get("tags", []) and not ANSWER.fullmatch(source):
            yield f"cell {cell['id']} is answered"


def bytecode(data):
    """The right functions in a compiled file."""
    waiting = [marshal.loads(data[16:])]
    while waiting:
        code = waiting.pop()
        if id := compiled().get((code.co_name, code.co_code)):
            yield f"code of {id}, compiled"
        waiting += [const for const in code.co_consts if hasattr(const, "co_code")]


@cache
def told(data):
    """What the texts in some bytes tell; a book holds many files twice."""
    return [line for text in texts(data) for line in (*search(text), *page_data(text))]


def look(name, data):
    """What leaks from one file, as lines; archives are opened."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from look(f"{name}/{member}", archive.read(member))
        return
    if re.search(r"exercises/.*chapter\w*\.\w+$", name):
        yield f"{name}: a bank that is not sealed"
    said = [*told(data)]
    if name.endswith(".ipynb"):
        said += notebook(json.loads(data)["cells"])
    if name.endswith(".pyc"):
        said += bytecode(data)
    yield from (f"{name}: {line}" for line in dict.fromkeys(said))


def find(folder):
    """All that leaks from a folder, one line each."""
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    if not paths:
        raise ValueError(f"There is nothing in {folder}: needed is a folder that was built.")
    return [line for path in paths
            for line in look(path.relative_to(folder).as_posix(), path.read_bytes())]


if __name__ == "__main__":
    lines = find(sys.argv[1])
    print("\n".join(lines) or "No answer found.")
    sys.exit(bool(lines))
