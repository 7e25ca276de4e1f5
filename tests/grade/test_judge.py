"""Every exercise of the bank is judged across the process border as `check` judges it.

The right functions and all typical wrong ones run in the locked process of a notebook; the
verdict on each must be the one that `check` gives on the same function in this process.
"""

import ctypes
import inspect
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnlib import Network
from nnlib.exercises import all_exercises
from nnlib.exercises.code import Code
from nnlib.exercises.kit import PASSED, Choice
from nnlib.exercises.markup import plain
from nnlib.grade.judge import Limits, Process, _judge, library
from nnlib.grade.lock import NUMBERS
from nnlib.grade.submissions import Cell, Notebook
from nnlib.grade.wire import decode, encode

ROOT = Path(__file__).parents[2]
BANK = all_exercises()
CODE = [e for e in BANK.values() if isinstance(e, Code)]
# Training for an open problem takes minutes; the first wrong answers to them train nothing.
TRAINED = {"7.6-6", "7.6-7"}
MODULES = sorted({e.answer.__module__ for e in CODE})
SEED = 12345

linux = pytest.mark.skipif(sys.platform != "linux", reason="these locks are Linux's")
# the two locks of the kernel alone, then what may be done, then what may not
REFUSED = """
import os, socket
from pathlib import Path
from nnlib.grade.lock import _landlock, _seccomp
own, outside = Path.cwd(), Path.cwd().parent / "outside"
_landlock(own, [], own / "hidden")
_seccomp()
(own / "note").write_text("own")
print((own / "note").read_text())
try:
    {}
except PermissionError:
    print("refused")
"""

# A process of a notebook has no exercises: for these tests their source is typed into a cell.
LOAD = """
import sys, types
def load(name, source):
    module = sys.modules[name] = types.ModuleType(name)
    module.__package__ = "nnlib.exercises"
    exec(source, vars(module))
    return module
"""


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    return library(tmp_path_factory.mktemp("library"))


@pytest.fixture
def process(copy, tmp_path):
    """A function that runs cells in a process of their own and gives the verdicts on what they
    check as "ID", or as "ID anything"."""

    def run(*sources):
        one, verdicts = Process(str(tmp_path), copy, Limits(120, 4 << 30)), {}
        cells = [Cell(number, source, "") for number, source in enumerate(sources, 1)]

        def hear(name, answer, checked):
            verdicts[name] = _judge(BANK[name.split()[0]], answer, SEED)

        try:
            one.run(Notebook("a.ipynb", cells, set()), {}, hear)
        finally:
            one.end()
        assert not one.stopped and not one.problem
        return verdicts

    return run


def kernel():
    """Which of the two locks this kernel offers."""
    landlock = ctypes.CDLL(None).syscall(ctypes.c_long(444), None, 0, 1) > 0  # its version
    seccomp = Path("/proc/sys/kernel/seccomp").is_dir() and platform.machine() in NUMBERS
    return {name for name, there in (("Landlock", landlock), ("seccomp", seccomp)) if there}


@linux
def test_what_the_kernel_lacks_is_said(copy, tmp_path):
    one = Process(str(tmp_path), copy, Limits(120, 4 << 30))
    try:
        one.run(Notebook("a.ipynb", [], set()), {}, None)
    finally:
        one.end()
    assert {words.split(",")[0] for words in one.lacking} == {"Landlock", "seccomp"} - kernel()


@linux
@pytest.mark.parametrize("lock, tried", [
    ("Landlock", "open(outside)"), ("Landlock", "os.listdir('/')"),
    ("seccomp", "socket.socket()"), ("seccomp", "os.fork()"),
])
def test_the_kernel_refuses_without_the_hook(tmp_path, lock, tried):
    if lock not in kernel():
        pytest.skip(f"this kernel has no {lock}")
    (tmp_path / "own").mkdir()
    (tmp_path / "outside").write_text("secret")
    run = subprocess.run([sys.executable, "-c", REFUSED.format(tried)], cwd=tmp_path / "own",
                         env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("own\nrefused\n", "")


def cells_of(module):
    """Cells that define a bank, as `bank`."""
    names = ["nnlib.exercises.kit", "nnlib.exercises.code", module]
    sources = [inspect.getsource(sys.modules[name]) for name in names]
    return [LOAD, *(f"bank = load({n!r}, {s!r})" for n, s in zip(names, sources, strict=True))]


@pytest.mark.parametrize("module", MODULES, ids=lambda name: name.rsplit(".")[-1])
def test_functions_get_the_verdicts_that_check_gives(process, module):
    own = [e for e in CODE if e.answer.__module__ == module and e.id not in TRAINED]
    got = process(*cells_of(module), f"""
for e in bank.EXERCISES:
    if e.id in {[e.id for e in own]}:
        for number, function in enumerate([e.answer, *e.also, *e.wrong]):
            check(f"{{e.id}} {{number}}", function)
""")  # fmt: skip
    for exercise in own:
        for number, function in enumerate([exercise.answer, *exercise.also, *exercise.wrong]):
            need = exercise.judge(function, SEED)
            name = f"{exercise.id} {number}"
            assert got[name] == (need.state, plain(need.text)), name


def test_open_problems_count_what_is_handed_over(process):
    got = process(
        "def untrained(X): return nnlib.Network([784, 30, 10], rng=0)(X)",
        "def pair(X): return nnlib.Network([784, 10], rng=0), X",
        "check('7.6-7 labels', lambda X: untrained(X).argmax(axis=1))",
        "check('7.6-7 untrained', untrained)",
        "check('7.6-6 pair', pair)",
        "check('7.6-6 alone', lambda X: nnlib.Network([784, 10]))",
    )
    assert "Those are the answers" in got["7.6-7 labels"].text
    assert "about as often as guessing" in got["7.6-7 untrained"].text
    assert "about as often as guessing" in got["7.6-6 pair"].text
    assert "Give two things" in got["7.6-6 alone"].text


def right(exercise):
    """The right answer to a question as a student would write it in a check cell."""
    answers = [part.answer for part in exercise.parts]
    return answers[0] if len(answers) == 1 else answers


def wrong(exercise):
    """One typical wrong answer, in its first part; the others are right."""
    first, *others = exercise.parts
    if isinstance(first, Choice):
        slip = "B" if first.answer == "A" else "A"
    else:
        slip = next(iter(first.wrong), first.answer * 2 + 1)
    return [slip, *(part.answer for part in others)] if others else slip


def test_numbers_and_letters_get_the_verdicts_that_check_gives(process):
    questions = [e for e in BANK.values() if not isinstance(e, Code)]
    cells = []
    for e in questions:
        slip = repr(wrong(e))
        if all(isinstance(part.answer, float) for part in e.parts):
            slip = f"np.array({slip})"
        cells.append(f"check({e.id!r}, {right(e)!r}); check('{e.id} wrong', {slip})")
    got = process(*cells)
    for exercise in questions:
        assert got[exercise.id].state == PASSED, exercise.id
        need = exercise.judge(wrong(exercise))
        assert got[f"{exercise.id} wrong"] == (need.state, plain(need.text)), exercise.id


@pytest.mark.parametrize("value", [
    None, ..., True, 3, 10**30, 2.5, "A", [1, "B", None], (1, (2.5, [])), np.float64(0.1),
    np.arange(6).reshape(2, 3), np.float32([[1, np.nan]]), np.zeros((0, 3)), np.array(True),
])  # fmt: skip
def test_values_come_through_as_they_are(value):
    got = decode(json.loads(json.dumps(encode(value))))
    assert type(got) is type(value) or np.ndim(value) == 0
    assert repr(got) == repr(value if not isinstance(value, np.ndarray) else value[()])


def test_a_network_comes_through():
    net = Network([3, 4, 2], rng=0)
    got = decode(encode(net))
    x = np.ones((5, 3))
    assert np.array_equal(got(x), net(x)) and repr(got) == repr(net)


@pytest.mark.parametrize("data", [
    {}, {"array": "|O8", "shape": [1], "data": "AAAAAAAAAAA="}, {"tuple": 3},
    {"array": "<f8", "shape": [10**12], "data": ""}, {"network": ["relu"], "weights": 1},
    {"array": "(9999,9999)<f8", "shape": [1], "data": ""}, {"array": "<f8", "shape": [2]},
])  # fmt: skip
def test_what_is_no_value_is_refused(data):
    with pytest.raises((ValueError, TypeError, KeyError)):
        decode(data)
