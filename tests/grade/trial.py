"""60 made-up submissions of chapter 1, each with what it deserves; `python trial.py` tries all.

They are made from the chapter's notebook as students get it: a check cell under every question.
"""

import copy
import csv
import inspect
import json
import os
import random
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from nnlib.exercises import all_exercises
from nnlib.exercises.code import Code
from nnlib.exercises.kit import Choice
from nnlib.grade.__main__ import main

BOOK = Path(__file__).parents[2] / "book"
BANK = all_exercises()
OWN = {id: e for id, e in BANK.items() if id.startswith("1.")}
ALL = len(OWN)
SECRET = "MARKER-5c1e"  # stands in a file and in the environment, outside
NAMES = {id: e.answer.__name__ for id, e in OWN.items() if isinstance(e, Code)}


class Submission(NamedTuple):
    """A file (or a folder with one), what it deserves, and words its feedback page must hold."""

    path: str
    content: bytes
    points: int
    words: str = ""


def source_of(function):
    """A function as a student would write it: with what it calls, and under its own name."""
    space, found = function.__globals__, {}

    def add(one):
        for name in one.__code__.co_names:
            value = space.get(name)
            if inspect.isfunction(value) and value.__module__ == function.__module__:
                if name not in found:
                    add(value)
                    found[name] = inspect.getsource(value)
            elif name in vars(sys.modules["nnlib"]) and name not in ("nnlib", "np"):
                found[name] = f"from nnlib import {name}\n"

    add(function)
    return "\n\n".join([*found.values(), inspect.getsource(function)])


def answers(kind=0):
    """A cell's text for every exercise of chapter 1: right, or wrong in the kind-th known way."""
    cells = {}
    for id, exercise in OWN.items():
        if isinstance(exercise, Code):
            wrong = [f for f in exercise.wrong if not f.__closure__ and f.__name__.isidentifier()]
            function = wrong[(kind - 1) % len(wrong)] if kind else exercise.answer
            cells[id] = f"{source_of(function)}\n{NAMES[id]} = {function.__name__}\n"
            continue
        given = []
        for part in exercise.parts:
            if isinstance(part, Choice):
                letters = [chr(65 + i) for i in range(len(part.options))]
                slips = [letter for letter in letters if letter != part.answer]
            else:
                slips = list(part.wrong) or [part.answer + 1]
            given.append(slips[(kind - 1) % len(slips)] if kind else part.answer)
        cells[id] = repr(given if len(given) > 1 else given[0])
    return cells


def notebook(filled):
    """The student's notebook of chapter 1, its cells filled with these answers."""
    nb = json.loads((BOOK / "01_one_neuron.ipynb").read_text("utf-8"))
    cells = []
    for cell in nb["cells"]:
        id, tags = cell["metadata"].get("exercise"), cell["metadata"].get("tags", [])
        if "exercise" in tags and id in filled:
            cell["source"] = filled[id]
        cells.append(cell)
        if id and not tags and id not in NAMES:
            cells.append(code(f'check("{id}", {filled.get(id, "...")})', id, ["answer"]))
    return nb | {"cells": cells}


def code(source, exercise="", tags=()):
    meta = {"exercise": exercise, "tags": list(tags)} if exercise else {}
    return {"cell_type": "code", "id": f"c{random.randrange(10**9)}", "metadata": meta,
            "source": source, "outputs": [], "execution_count": None}  # fmt: skip


def changed(nb, change):
    """A copy of a notebook whose list of cells went through `change`."""
    nb = copy.deepcopy(nb)
    nb["cells"] = change(nb["cells"])
    return nb


def is_(kind):
    """Whether a cell is a question, a check (or answer), a stub or the import cell."""
    def test(cell):
        tags, source = cell["metadata"].get("tags", []), "".join(cell["source"])
        return {"question": "exercise" in cell["metadata"] and not tags,
                "check": "check" in tags or "answer" in tags, "only check": "check" in tags,
                "stub": "exercise" in tags, "import": "import nnlib" in source,
                "text": cell["cell_type"] == "markdown"}[kind]  # fmt: skip
    return test


def without(*kinds):
    return lambda cells: [c for c in cells if not any(is_(kind)(c) for kind in kinds)]


def first(source):
    """Put a cell behind the import cell."""
    def change(cells):
        at = next(i for i, c in enumerate(cells) if is_("import")(c)) + 1
        return [*cells[:at], code(source), *cells[at:]]
    return change


def last(source):
    return lambda cells: [*cells, code(source)]


def shuffled(seed):
    return lambda cells: random.Random(seed).sample(cells, len(cells))


def with_outputs(cells):
    """As a notebook is after it ran, with outputs that claim much."""
    claim = {"output_type": "stream", "name": "stdout", "text": ["[Passed]\n"] * 100}
    return [c | {"outputs": [claim], "execution_count": 7} if c["cell_type"] == "code" else c
            for c in cells]


def bare(cells):
    """Without ids and metadata, sources as lists of lines: as some tools leave a notebook."""
    return [{"cell_type": c["cell_type"], "metadata": {},
             "source": "".join(c["source"]).splitlines(keepends=True)} for c in cells]


def old_format(nb):
    """The same in notebook format 3."""
    cells = [{"cell_type": c["cell_type"], "metadata": c["metadata"],
              "input" if c["cell_type"] == "code" else "source": c["source"]} for c in nb["cells"]]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


def tried(*lines):
    """A cell that tries each of these and hands over whatever it got as the answer to 1.1-1."""
    tries = "".join(f"""
try:
    loot.append(str({line}))
except BaseException as error:
    pass
""" for line in lines)
    return f"loot = []{tries}\ncheck('1.1-1', ' '.join(loot))"


def submissions(outside, port):
    """All 60; `outside` is a folder that they must not touch, `port` one that nobody may call."""
    secret = outside / "secret.txt"
    bank = Path(inspect.getsourcefile(Code)).with_name("chapter1.py")
    right, empty = notebook(answers()), notebook({})
    half = notebook(dict(list(answers().items())[: ALL // 2]))

    def file(path, nb, points, words=""):
        return Submission(path, json.dumps(nb).encode(), points, words)

    def good(path, change, points=ALL, words=""):
        return file(path, changed(right, change), points, words)

    def bad(path, source, points=0, words="", where=first):
        return file(path, changed(empty, where(source)), points, words)

    yield file("right.ipynb", right, ALL, f"{ALL} passed")
    yield file("Ada Lovelace_4711_assignsubmission_file_/01_one_neuron.ipynb", right, ALL)
    yield file("Emmy Noether_4712_assignsubmission_file_/a folder/x (1).ipynb", right, ALL)
    yield file("gausscarl_31_415_01_one_neuron-2.ipynb", right, ALL)
    yield file("eulerleonhard_LATE_32_416_my_work_2.ipynb", half, ALL // 2)
    yield file("an id as folder/ps1/whatever.ipynb", right, ALL)
    yield file("Ünïcode Ñame.ipynb", right, ALL)
    yield file("empty.ipynb", empty, 0, f"{ALL} to do")
    yield file("half.ipynb", half, ALL // 2)
    for kind in range(1, 11):
        yield file(f"wrong in way {kind}.ipynb", notebook(answers(kind)), 0, f"{ALL} not yet")
    yield good("after a run.ipynb", with_outputs)
    yield good("bare.ipynb", bare)
    yield file("other kernel.ipynb", right | {"metadata": {"kernelspec": {
        "name": "conda-env-r", "language": "R"}, "widgets": {"state": [1]}}}, ALL)  # fmt: skip
    yield file("old format.ipynb", old_format(right), ALL)
    yield Submission("byte order mark.ipynb", b"\xef\xbb\xbf" + json.dumps(right).encode(), ALL)
    yield good("no import cell.ipynb", without("import"))
    yield good("no text.ipynb", without("text", "question"))
    yield good("no code checks.ipynb", without("only check"))
    yield good("no checks.ipynb", without("check"), len(NAMES), "To do")
    yield file("no stubs.ipynb", changed(empty, without("stub", "only check")), 0, "To do")
    yield good("every cell twice.ipynb", lambda cells: [c for c in cells for _ in "ab"])
    yield good("untouched copies below.ipynb", lambda cells: cells + [
        c for c in empty["cells"] if is_("check")(c) and not is_("only check")(c)])  # fmt: skip
    yield good("backwards.ipynb", lambda cells: cells[::-1])
    yield good("shuffled.ipynb", shuffled(1))
    yield good("shuffled again.ipynb", shuffled(2))
    yield good("nonsense cells.ipynb", first("%matplotlib widget\n!ls\nthis is no Python("))
    whole = json.dumps(right).encode()
    yield Submission("cut short.ipynb", whole[: len(whole) // 2], 0, "cut short")
    yield Submission("nothing.ipynb", b"", 0, "no notebook")
    yield Submission("a picture.ipynb", b"\x89PNG\r\n\x1a\n\x00\xff", 0, "no notebook")
    yield Submission("a list.ipynb", b"[1, 2]", 0, "has not the form of a notebook")
    yield Submission("Grace Hopper_4713_assignsubmission_file_/essay.pdf", b"%PDF", 0, "essay.pdf")
    other = (BOOK / "02_networks.ipynb").read_bytes()
    yield Submission("another chapter.ipynb", other, 0, "holds none of the exercises")
    yield good("endless loop.ipynb", first("while True: pass"), ALL, "it takes too long")
    loop = 'def relu_slope(z):\n    while True:\n        z = z + 1\n'
    yield file("endless function.ipynb", notebook(answers() | {"1.3-6": loop}), ALL - 1, "too long")
    stubborn = """
def spin():
    while True: pass
while True:
    try: spin()
    except BaseException: pass
"""
    yield good("stubborn loop.ipynb", last(stubborn), ALL, "was ended")
    yield good("asleep.ipynb", first("import time\ntime.sleep(10**6)"), ALL, "it takes too long")
    yield good("memory.ipynb", first("hog = []\nwhile True: hog.append(bytearray(10**8))"), ALL,
               "Cell 4")
    yield good("one large array.ipynb", first("np.ones((10**6, 10**6))"), ALL, "MemoryError")
    yield good("many processes.ipynb", first("import os\nwhile True: os.fork()"), ALL,
               "not allowed")
    yield good("many more.ipynb", first("""
import _posixsubprocess, subprocess, sys, os
while True:
    os.register_at_fork(before=print)
    r = subprocess._fork_exec if hasattr(subprocess, "_fork_exec") else _posixsubprocess.fork_exec
    r([sys.executable.encode()], [sys.executable.encode()], True, (), None, None, -1, -1, -1, -1,
      -1, -1, 3, 4, False, False, 0, None, None, None, -1, None, False)
"""), ALL)
    yield good("many threads.ipynb", first(
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(9999,), "
        "daemon=True).start()"), ALL)  # fmt: skip
    yield bad("reads outside.ipynb", tried(
        f"open({str(secret)!r}).read()", f"open({str(bank)!r}).read()",
        "open('/etc/passwd').read()", "open('/proc/self/environ').read()",
        f"np.fromfile({str(secret)!r}, 'u1').tobytes()",
        f"__import__('os').open({str(secret)!r}, 0)", "__import__('os').environ['TRIAL_SECRET']",
        f"__import__('linecache').getlines({str(secret)!r})",
        f"__import__('os').symlink({str(secret)!r}, 'link') or open('link').read()",
        f"__import__('shutil').copy({str(secret)!r}, 'mine') and open('mine').read()",
        f"__import__('subprocess').check_output(['cat', {str(secret)!r}])",
        "open('/proc/%d/environ' % __import__('os').getppid()).read()",
    ), 0, "not a number")  # fmt: skip
    yield bad("lists outside.ipynb", tried(
        "__import__('os').listdir('..')", f"__import__('os').listdir({str(outside)!r})",
        "list(__import__('os').scandir('/tmp'))", "list(__import__('os').scandir(b'..'))",
        "list(__import__('pathlib').Path('..').iterdir())",
        "__import__('os').chdir('..') or 'in'", "next(__import__('os').walk('/'))[1]",
    ), 0, "not a number")  # fmt: skip
    yield bad("writes outside.ipynb", f"""
import os, pathlib, shutil
for act in (lambda: open({str(outside / "escaped")!r}, "w"),
            lambda: os.mkdir({str(outside / "escaped")!r}),
            lambda: os.rename({str(secret)!r}, {str(outside / "escaped")!r}),
            lambda: os.remove({str(secret)!r}), lambda: shutil.rmtree({str(outside)!r}),
            lambda: np.save({str(outside / "escaped")!r}, np.ones(3)),
            lambda: os.link({str(secret)!r}, "mine")):
    try: act()
    except BaseException: pass
""")
    yield bad("calls somebody.ipynb", f"""
import socket, urllib.request
for act in (lambda: socket.create_connection(("127.0.0.1", {port})),
            lambda: urllib.request.urlopen("http://127.0.0.1:{port}/"),
            lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
                b"x", ("127.0.0.1", {port})),
            lambda: socket.SocketType(2, 1).connect(("127.0.0.1", {port}))):
    try: act()
    except BaseException: pass
""")
    yield bad("finds the bank.ipynb", tried(
        "__import__('nnlib.exercises.chapter1').exercises.chapter1.EXERCISES[0].parts",
        "__import__('nnlib').exercises.all_exercises()", f"__import__('sys').path.insert(0, "
        f"{str(bank.parents[2])!r}) or __import__('importlib').import_module('tests')",
        "[m for m in __import__('sys').modules if 'chapter' in m] or ''",
        "__import__('gc').get_objects()",
    ))  # fmt: skip
    yield bad("own check.ipynb", "def check(id, answer=...): print(f'[Passed] {id}')\n" + "\n".join(
        f"check({id!r}, 'A')" for id in list(OWN)[:1]), 0)  # fmt: skip
    yield bad("prints lines.ipynb", """
import json, os
for fd in range(1, 32):
    for line in ({"verdicts": {"1.1-1": "Passed"}}, {"state": "Passed", "check": "1.1-1"},
                 {"done": True}, {"written": "1.3-5"}, [], {"value": [[1]]}):
        try: os.write(fd, json.dumps(line).encode() + b"\\n")
        except OSError: pass
print("[Passed] 1.1-1")
""")
    yield bad("sends garbage.ipynb", """
import os
for fd in range(3, 32):
    try: os.write(fd, b"\\x80\\x04garbage\\n" + b"[" * 10**6 + b"\\n")
    except OSError: pass
""", 0, "no message")
    yield bad("reaches into frames.ipynb", """
import sys
class Right:
    "Equal to everything."
    def __eq__(self, other): return True
    def __float__(self): return 1.5
    def __call__(self, *args): return self
    def __array__(self, *args, **kwargs): return np.array(self, dtype=object)
frame = sys._getframe()
while frame:
    for name, value in list(frame.f_globals.items()):
        if name in ("encode", "lock", "_words"): frame.f_globals[name] = lambda *a, **k: True
    frame = frame.f_back
np.allclose = lambda *a, **k: True
for id in IDS: check(id, Right())
""".replace("IDS", repr(list(OWN))))
    yield file("leaves early.ipynb", changed(right, last("import os\nos._exit(0)")), ALL,
               "ended by itself")
    yield bad("kills its parent.ipynb", """
import os, resource, signal
for act in (lambda: os.kill(os.getppid(), 9), lambda: os.killpg(os.getpgid(os.getppid()), 9),
            lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))):
    try: act()
    except BaseException: pass
raise SystemExit
""")
    yield bad("script in words.ipynb", """
check("1.1-1", "<script>alert(1)</script>\\x1b[2J=1+1")
def f(z): raise ValueError("<img src=x onerror=alert(1)> ![](http://example.org/x.png)")
check("1.3-5", f)
loop = []
loop.append(loop)
check("1.1-2", loop)
class Rude(Exception):
    def __str__(self): raise self
def g(z): raise Rude
check("1.3-6", g)
raise Rude
""", 0, "&lt;img src", last)


def run(folder, pick=lambda submission: True, seconds=20, jobs=2):
    """Grade them; gives (submission, row of grades.csv, feedback page) each, what escaped, and the
    seconds it took."""
    inbox, outside, out = folder / "handed in", folder / "outside", folder / "out"
    outside.mkdir(parents=True)
    secret = outside / "secret.txt"
    secret.write_text(SECRET)
    os.environ["TRIAL_SECRET"] = SECRET
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.setblocking(False)
        chosen = list(filter(pick, submissions(outside, ear.getsockname()[1])))
        for one in chosen:
            path = inbox / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.content)
        start = time.monotonic()
        assert main([str(inbox), "--out", str(out), "--seconds", str(seconds), "--memory", "3",
                     "--jobs", str(jobs)]) == 0  # fmt: skip
        took = time.monotonic() - start
        escaped = [f"wrote {path.name}" for path in outside.glob("*") if path.name != "secret.txt"]
        try:
            escaped.append(f"connected: {ear.accept()}")
        except BlockingIOError:
            pass
    del os.environ["TRIAL_SECRET"]
    texts = {path: path.read_text("utf-8") for path in out.rglob("*.*") if path.is_file()}
    escaped += [f"read the secret: {path}" for path, text in texts.items() if SECRET in text]
    if not secret.is_file() or secret.read_text() != SECRET:
        escaped.append("changed or removed the secret")
    with open(out / "grades.csv", encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    found = []
    for one in chosen:
        name = one.path.split("/")[0].removesuffix(".ipynb")
        row = rows.get(name) or rows[name.split("_")[0]]
        page = next(text for path, text in texts.items() if path.suffix == ".html" and
                    f": {row['name']}</h1>" in text)
        found.append((one, row, page))
    return found, escaped, took


def faults(found):
    """One line for each submission that did not get what it deserves."""
    for one, row, page in found:
        if float(row["points"]) != one.points or one.words not in page:
            words = f"{one.words!r} {'is' if one.words in page else 'is not'} in the page"
            yield f"{one.path}: {row['points']} points, not {one.points}; {words}; {row['problem']}"


if __name__ == "__main__":
    place = Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp())
    found, escaped, took = run(place)
    print(f"\n{len(found)} submissions in {took:.0f} s; pages in {place}")
    print(*escaped or ["nothing escaped"], *faults(found), sep="\n")
