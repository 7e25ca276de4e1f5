"""Every exercise of the bank is judged across the process border as `check` judges it.

The right functions and all typical wrong ones run in the locked process of a notebook; the
verdict on each must be the one that `check` gives on the same function in this process.
"""

import inspect
import re
import sys

import numpy as np
import pytest

from nnlib import Network
from nnlib.exercises import all_exercises
from nnlib.exercises.code import Code
from nnlib.exercises.kit import PASSED, Choice
from nnlib.exercises.markup import plain
from nnlib.grade.judge import Limits, Process, _judge, library
from nnlib.grade.submissions import Cell, Notebook
from nnlib.grade.wire import decode, encode

BANK = all_exercises()
CODE = [e for e in BANK.values() if isinstance(e, Code)]
# Training for an open problem takes minutes; the first wrong answers to them train nothing.
TRAINED = {"7.6-6", "7.6-7"}
MODULES = sorted({e.answer.__module__ for e in CODE} - {"nnlib.exercises.chapter7b"})
SEED = 12345

# What a bank imports from the kit, for a process that has none.
STUBS = """
BANK = {}
class Code:
    def __init__(self, **fields):
        BANK[fields["id"]] = [fields["answer"], *fields.get("also", ()), *fields["wrong"]]
class Anything:
    def __init__(self, *args, **fields): pass
Number = Choice = Question = Verdict = Run = Anything
NOT_YET = PASSED = TODO = CHANGED = a = run_all = None
"""


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    return library(tmp_path_factory.mktemp("library"))


@pytest.fixture
def process(copy, tmp_path):
    """A function that runs cells in a process of their own and gives the process."""
    started = []

    def run(*sources, seconds=120, memory=4, names=()):
        one = Process(str(tmp_path), copy, Limits(seconds, memory << 30))
        started.append(one)
        cells = [Cell(number, source, "") for number, source in enumerate(sources, 1)]
        one.run(Notebook("a.ipynb", cells, set()), dict(names))
        return one

    yield run
    for one in started:
        one.end()


def without_kit(module):
    """The source of a bank in which the kit is replaced by stubs."""
    source = inspect.getsource(sys.modules[module])
    source = re.sub(r"^from \.(kit|code) import (\([^)]*\)|.*)$", "", source, flags=re.M)
    return source.replace("\n\n\n", STUBS.join(("\n\n\n", "\n\n\n")), 1)


@pytest.mark.parametrize("module", MODULES, ids=lambda name: name.rsplit(".")[-1])
def test_functions_get_the_verdicts_that_check_gives(process, module):
    own = [e for e in CODE if e.answer.__module__ == module]
    hand_over = """
for id, functions in BANK.items():
    for number, function in enumerate(functions):
        check(f"{id}#{number}", function)
"""
    one = process(without_kit(module), hand_over)
    assert not one.stopped and not one.problem and not one.lacking
    for exercise in own:
        for number, function in enumerate([exercise.answer, *exercise.also, *exercise.wrong]):
            need = exercise.judge(function, SEED)
            got = _judge(exercise, one.answer(f"{exercise.id}#{number}"), SEED)
            assert got == (need.state, plain(need.text)), f"{exercise.id}, function {number}"
    assert not one.problem


def test_an_open_problem_is_judged_with_a_network_as_its_input(process):
    exercise = BANK["7.6-5"]
    functions = [exercise.answer, *exercise.also, *exercise.wrong]
    source = "\n\n".join(inspect.getsource(sys.modules[exercise.answer.__module__])[
        slice(*match.span())] for match in ())
    names = "LIMIT = 0.3\nfrom nnlib import cross_entropy\n"
    module = sys.modules[exercise.answer.__module__]
    source = names + "\n\n".join(map(inspect.getsource, {*functions, module._slopes}))
    checks = [f'check("#{n}", {f.__name__})' for n, f in enumerate(functions)]
    one = process(source, *checks)
    for number, function in enumerate(functions):
        need = exercise.judge(function, SEED)
        got = _judge(exercise, one.answer(f"#{number}"), SEED)
        assert got == (need.state, plain(need.text)), function.__name__


def test_open_problems_count_what_is_handed_over(process):
    one = process(
        "def untrained(X): return nnlib.Network([784, 30, 10], rng=0)(X)",
        "def pair(X): return nnlib.Network([784, 10], rng=0), X",
        "check('labels', lambda X: untrained(X).argmax(axis=1))",
        "check('untrained', untrained)",
        "check('pair', pair)",
        "check('alone', lambda X: nnlib.Network([784, 10]))",
    )
    said = {
        ("7.6-7", "labels"): "Those are the answers",
        ("7.6-7", "untrained"): "about as often as guessing",
        ("7.6-6", "pair"): "about as often as guessing",
        ("7.6-6", "alone"): "Give two things",
    }
    for (id, name), words in said.items():
        assert words in _judge(BANK[id], one.answer(name), SEED).text, (id, name)


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
    cells = [f"check({e.id!r}, {right(e)!r}); check('wrong {e.id}', np.array({wrong(e)!r})"
             f" if {all(isinstance(p.answer, float) for p in e.parts)} else {wrong(e)!r})"
             for e in questions]  # fmt: skip
    one = process(*cells)
    assert not one.stopped
    for exercise in questions:
        assert _judge(exercise, one.answer(exercise.id), SEED).state == PASSED, exercise.id
        need, got = exercise.judge(wrong(exercise)), one.answer(f"wrong {exercise.id}")
        assert _judge(exercise, got, SEED) == (need.state, plain(need.text)), exercise.id


@pytest.mark.parametrize("value", [
    None, ..., True, 3, 10**30, 2.5, "A", [1, "B", None], (1, (2.5, [])), np.float64(0.1),
    np.arange(6).reshape(2, 3), np.float32([[1, np.nan]]), np.zeros((0, 3)), np.array(True),
])  # fmt: skip
def test_values_come_through_as_they_are(value):
    import json

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
