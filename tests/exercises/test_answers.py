"""The right answers, found a second time: numbers by nnlib, choices by their first words."""

import math

import numpy as np
import pytest

import nnlib
from nnlib import sigmoid, tanh
from nnlib.exercises import all_exercises
from nnlib.exercises.kit import Choice, Question

BANK = all_exercises()
SEVEN = ("linear", "step", "sign", "piecewise linear", "sigmoid", "tanh", "relu")
OUTPUTS = np.array([0.01, 0.01, 0.01, 0.01, 0.21, 0.71, 0.01, 0.01, 0.01, 0.01])
FIVE = np.eye(10)[5]
GRID = (
    "0419213143 5361728694 0911243273 8690560761 8793985933 "
    "0749809414 4604561001 7163021179 0267839046 7468078315"
)
COUNTS = [GRID.count(digit) for digit in "0123456789"]
LOG = np.array(
    [9248, 9256, 9247, 9274, 9255, 9282, 9232, 9272, 9302]
    + [9287, 9282, 9285, 9275, 9287, 9301, 9311, 9325]
)


def at(*places):
    return [float(nnlib.ACTIVATIONS[name](float(z))) for name in SEVEN for z in places]


def spread(p):
    return math.sqrt(10000 * p * (1 - p))


ANSWERS = {
    "1.1-1": [np.dot([1, 2, 3, 4], [0.5, -1, 0, 0.25]) + 2],
    "1.1-2": [1 + 0 - 2 + 3],
    "1.1-3": [3, -1, 3 * 2 - 1],
    "1.2-1": [-10, *sigmoid(np.array([8, 10, 12]) - 10.0)],
    "1.2-2": [math.log(0.99 / 0.01) / 2],
    "1.2-3": [0.5, sigmoid(np.dot([0.1, 0.9, 0.2], [-1, 2, -1]) - 1)],
    "1.3-1": at(0.3, -2),
    "1.3-2": at(0),
    "1.3-3": ["Step and sign", "The weights below get a gradient of exactly 0"],
    "1.3-4": ["It can be any real number"],
    "1.4-1": [sigmoid.df(0.0), sigmoid.df(2.0), tanh.df(2.0)],
    "1.4-2": ["by $e^{-x}$", r"$\frac{2}{1+u}-1$", r"$2\sigma(2x)$", r"$\frac{1}{1+e^{z}}$"],
    "1.4-3": ["$e^{1000}$ overflows", "`s * (1 - s)`"],
    "1.4-4": ["No: $e^{-z}$ is never 0", 53 * math.log(2)],
    "1.5-1": [7, sigmoid(7.0), -1, sigmoid(-1.0)],
    "1.5-2": [sigmoid(np.dot([0, 1], [3, 2]) + 4.0)],
    "1.5-3": [tanh(7.0)],
    "7.1-1": [28 * 28],
    "7.1-2": [2 + 6, "The labels of the data set"],
    "7.1-3": [*COUNTS, max(COUNTS)],
    "7.2-1": list(np.argsort(OUTPUTS)[[-1, -2]]),
    "7.2-2": [np.mean((OUTPUTS - FIVE) ** 2), np.mean((0.1 - FIVE) ** 2)],
    "7.2-3": ["No: each sigmoid goes its own way"],
    "7.3-1": [60000 / 30],
    "7.3-2": [100 / 10, 100 * 1135 / 10000],
    "7.3-3": ["Because otherwise the same batches come in the same order"],
    "7.4-1": [np.argmax(LOG), np.argmin(LOG), np.sum(np.diff(LOG) < 0)],
    "7.4-2": [spread(LOG.mean() / 10000), "The two numbers cannot tell"],
    "7.4-3": ["Accuracy"],
    "7.4-4": ["The line is printed after the first pass, or the run was continued"],
    "7.5-1": ["Row $j$ of $W^{(1)}$, reshaped"],
    "7.5-2": ["No: they are two remarks"],
}


@pytest.mark.parametrize("id", [id for id, e in BANK.items() if isinstance(e, Question)])
def test_the_right_answer_is_right(id):
    assert len(ANSWERS[id]) == len(BANK[id].parts)
    for answer, part in zip(ANSWERS[id], BANK[id].parts, strict=True):
        if isinstance(part, Choice):
            right = list(part.options)["ABCDEF".index(part.answer)]
            assert right.startswith(answer)
        else:
            assert part.answer == pytest.approx(float(answer), rel=1e-12, abs=1e-15)


def test_golden_numbers():
    """To the digits that the documents print."""
    shown = {"1.2-1": [-10, 0.1192, 0.5, 0.8808], "1.4-1": [0.25, 0.1050, 0.0707]}
    shown |= {"1.5-1": [7, 0.99909, -1, 0.2689], "1.5-2": [0.99753], "1.2-2": [2.2976]}
    shown |= {"7.2-2": [0.0129, 0.09], "1.2-3": [0.5, 0.6225]}
    for id, values in shown.items():
        for value, part in zip(values, BANK[id].parts, strict=True):
            assert part.answer == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize("id, theirs", [
    ("1.3-5", nnlib.piecewise_linear), ("1.3-6", nnlib.relu.df), ("1.4-5", nnlib.sigmoid),
    ("1.4-6", nnlib.sigmoid.df), ("7.2-4", nnlib.one_hot),
])  # fmt: skip
def test_worked_solutions_agree_with_the_library(id, theirs):
    for args in BANK[id].inputs(np.random.default_rng(3)):
        ours = BANK[id].answer(*args)
        np.testing.assert_allclose(ours, theirs(*map(np.asarray, args)), rtol=1e-12, atol=1e-300)
