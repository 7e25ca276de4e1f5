"""Every exercise of every bank: the stub, the solution, each wrong answer, each text.

Parametrised over the registry, so a new chapter is covered without a new test.
"""

import ast
import csv
import inspect
import json
import pkgutil
import random
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import nnlib.exercises
from nnlib.exercises import all_exercises, kit, page_state
from nnlib.exercises.code import Code
from nnlib.exercises.kit import NOT_YET, PASSED, TODO, Choice, Number, judge_part
from nnlib.exercises.markup import html, plain

ROOT = Path(__file__).parents[2]
BANK = all_exercises()
CODE = [e for e in BANK.values() if isinstance(e, Code)]
QUESTIONS = [e for e in BANK.values() if not isinstance(e, Code)]
SEEDS = range(25)
SECTIONS = list(csv.DictReader(open(ROOT / "tests/notebooks/sections.csv", encoding="utf-8")))
GENERIC = {text for _, text in kit.SLIPS} | set(kit.MESSAGES.values())


def each(exercises):
    return pytest.mark.parametrize("exercise", exercises, ids=lambda e: e.id)


def texts(exercise):
    """Every text of an exercise that a learner may read, with whether it is a single line."""
    yield from ((exercise.title, True), (exercise.stem, False), (exercise.worked(), False))
    yield from ((text, True) for text in exercise.hints)
    if isinstance(exercise, Code):
        yield from ((hint, True) for hint in exercise.wrong.values())
        return
    for part in exercise.parts:
        yield part.label, True
        if isinstance(part, Choice):
            yield from ((text, True) for pair in part.options.items() for text in pair)
        else:
            yield from ((text, True) for text in (part.right, *part.wrong.values()))


# -- all exercises ---------------------------------------------------------------------------------


@each(BANK.values())
def test_it_is_complete(exercise):
    assert re.fullmatch(r"\d+\.\d+-\d+", exercise.id)
    assert len(exercise.hints) == 3, "a nudge, the formula, the first line"
    assert len(set(exercise.hints)) == 3
    assert exercise.title and exercise.stem and exercise.solution
    chapter = exercise.id.split(".")[0]
    names = [m.name for m in pkgutil.iter_modules(nnlib.exercises.__path__)]
    parts = [name for name in names if re.fullmatch(rf"chapter{chapter}b?", name)]
    assert any(exercise in import_module(f"nnlib.exercises.{p}").EXERCISES for p in parts)


@each(BANK.values())
def test_all_formulas_become_mathml_and_plain_text(exercise):
    for text, single in texts(exercise):
        page = re.sub(r"<(pre|code)\b.*?</\1>", "", html(text), flags=re.S)
        assert "$" not in page and "\\" not in page, text
        assert page.count("<math") == len(re.findall(r"\$\$.+?\$\$|\$.+?\$", text, re.S)), text
        if single:
            line = plain(text)
            assert "\n" not in line and not re.search(r"[$\\{}]|\*\*", line), line


@each(BANK.values())
def test_the_state_of_the_page_is_small(exercise):
    assert len(json.dumps(page_state(exercise))) < 10_000


@pytest.mark.parametrize(
    "row",
    SECTIONS,
    ids=lambda row: row["section"],
)
def test_each_section_of_a_finished_chapter_has_its_exercises(row):
    chapters = {id.split(".")[0] for id in BANK}
    if row["section"].split(".")[0] in chapters:
        needed = {f"{row['section']}-{n}" for n in range(1, int(row["exercises"]) + 1)}
        assert needed <= set(BANK)


# -- code ------------------------------------------------------------------------------------------


def not_implemented(*args):
    raise NotImplementedError


@each(CODE)
@pytest.mark.parametrize("stub", [None, ..., lambda *a: None, lambda *a: ..., not_implemented])
def test_a_stub_is_to_do(exercise, stub):
    assert exercise.judge(stub).state == TODO


@each(CODE)
def test_the_solution_and_another_style_pass(exercise):
    assert exercise.also, "a second correct style is needed"
    for right in (exercise.answer, *exercise.also):
        for seed in SEEDS:
            assert exercise.judge(right, seed=seed).state == PASSED, (right.__name__, seed)


@each(CODE)
def test_every_wrong_answer_gets_its_own_hint_on_all_inputs(exercise):
    assert len(exercise.wrong) >= 3
    assert len(set(exercise.wrong.values())) == len(exercise.wrong), "two mutants share a hint"
    for mutant, hint in exercise.wrong.items():
        for seed in SEEDS:
            verdict = exercise.judge(mutant, seed=seed)
            assert verdict == (NOT_YET, hint), (mutant.__name__, seed)


@each(CODE)
@pytest.mark.parametrize(
    "empty",
    [
        lambda *a: 0,
        lambda *a: np.zeros_like(np.asarray(a[0], dtype=float)),
        lambda *a: np.nan,
        lambda *a: a[0],
        lambda *a: True,
        lambda *a: [],
    ],
)
def test_an_empty_answer_does_not_pass(exercise, empty):
    assert exercise.judge(empty).state == NOT_YET


@each(CODE)
def test_inputs_are_drawn_afresh_and_with_the_seed(exercise):
    one, two, again = (exercise.inputs(np.random.default_rng(seed)) for seed in (1, 2, 1))
    assert len(one) >= 3
    assert repr(one) == repr(again) != repr(two)


@each(CODE)
def test_the_worked_solution_shows_the_source_of_the_answer(exercise):
    assert inspect.getsource(exercise.answer).strip() in exercise.worked()
    assert f"`{exercise.answer.__name__}(" in exercise.stem


# -- questions -------------------------------------------------------------------------------------

NUMBERS = [(e, part) for e in QUESTIONS for part in e.parts if isinstance(part, Number)]
CHOICES = [(e, part) for e in QUESTIONS for part in e.parts if isinstance(part, Choice)]


def label(value):
    return getattr(value, "id", None) or getattr(value, "label", "")


@each(QUESTIONS)
def test_a_question_left_empty_is_to_do_and_the_right_answers_pass(exercise):
    right = [part.answer for part in exercise.parts]
    assert exercise.judge(...).state == TODO
    assert exercise.judge([None] * len(right) if len(right) > 1 else None).state == TODO
    assert exercise.judge(right if len(right) > 1 else right[0]).state == PASSED
    if len(right) > 1:
        assert exercise.judge(tuple(right)).state == PASSED
        assert exercise.judge(right[:-1]).state == NOT_YET
        for i in range(len(right)):
            assert exercise.judge(right[:i] + [""] + right[i + 1 :]).state == NOT_YET


@pytest.mark.parametrize("exercise, part", NUMBERS, ids=label)
def test_each_wrong_number_gets_its_own_explanation(exercise, part):
    data = part.data()
    assert judge_part(data, repr(float(part.answer))) == (PASSED, part.right)
    for value, why in part.wrong.items():
        assert judge_part(data, repr(float(value))) == (NOT_YET, why), value
        assert why not in GENERIC
    assert len(set(part.wrong.values())) >= len(part.wrong) - 1


@each([e for e in QUESTIONS if e.kind in ("number", "numbers")])
def test_a_number_question_knows_at_least_three_slips(exercise):
    assert len({why for part in exercise.parts for why in part.wrong.values()}) >= 3


@pytest.mark.parametrize("exercise, part", NUMBERS, ids=label)
def test_numbers_off_the_answer_are_not_accepted(exercise, part):
    data, rng = part.data(), random.Random(exercise.id)
    allowed = [part.answer, *part.also]
    scale = max(abs(part.answer), 1e-3)
    slack = 0.0055 if part.tol is None else part.tol / scale
    assert slack < 0.025, "a tolerance of more than 2.5 % accepts anything"
    off = [part.answer + scale * rng.uniform(0.006, 3) * rng.choice((-1, 1)) for _ in range(200)]
    for x in (*off, -part.answer or 1, 2 * part.answer or 1):
        if min(abs(x - v) / max(abs(v), 1e-3) for v in allowed) > 1.01 * slack:
            assert judge_part(data, repr(x)).state == NOT_YET, x


@pytest.mark.parametrize("exercise, part", CHOICES, ids=label)
def test_each_option_has_its_own_explanation(exercise, part):
    data = part.data()
    whys = [option["why"] for option in data["options"]]
    assert len(whys) >= 3 and all(whys) and len(set(whys)) == len(whys)
    states = {o["letter"]: judge_part(data, o["letter"].lower()).state for o in data["options"]}
    assert [letter for letter, state in states.items() if state == PASSED] == [part.answer]


def test_the_right_option_does_not_always_stand_at_one_place():
    places = Counter(part.answer for _, part in CHOICES)
    assert max(places.values()) <= len(CHOICES) / 2


# -- the stubs in the notebooks --------------------------------------------------------------------


def stubs():
    for path in sorted(ROOT.glob("book/*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if "exercise" in cell["metadata"].get("tags", []):
                source = "".join(cell["source"])
                yield pytest.param(
                    cell["metadata"]["exercise"], source, id=f"{path.stem} {cell['id']}"
                )


@pytest.mark.parametrize("id, source", list(stubs()))
def test_the_stub_of_the_notebook_is_to_do(id, source):
    exercise = BANK[id]
    if isinstance(exercise, Code):
        names = {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
        assert exercise.answer.__name__ in names, "the stub must define the function by this name"
        space = {"np": np}
        exec(source, space)
        stub = space[exercise.answer.__name__]
        assert str(inspect.signature(stub)) == str(inspect.signature(exercise.answer))
        assert exercise.judge(stub).state == TODO
