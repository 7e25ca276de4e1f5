"""The worked numbers of chapter 0: the silent mean of one half, and the slides' chain rules."""

import numpy as np
import pytest

import nnlib
from nnlib.exercises import all_exercises

# The slope of each function at 1 and at 1.3, as the checklist has it.
SLOPES = [
    (lambda x: (3 * x + 2 * x**2) ** 2, 70, 119.392),
    (lambda x: (3 * x + 2 * x**3) ** 2, 90, 217.966),
    (lambda x: 3 * x + 2 * x**2, 7, 8.2),  # the slide that lost its square
]


@pytest.mark.parametrize("f, at_1, at_1_3", SLOPES)
def test_the_judge_finds_the_slopes_of_the_slides(f, at_1, at_1_3):
    measured = nnlib.numerical_gradient(lambda p: f(p[0]) + f(p[1]), np.array([1.0, 1.3]))
    assert measured[0] == pytest.approx(at_1, abs=1e-6)
    assert measured[1] == pytest.approx(at_1_3, abs=5e-4)


def test_the_lost_square_is_found_by_one_number():
    (_, square, _), (_, cube, _), (_, lost, _) = SLOPES
    assert answers("0.3-1") == [square, 12, square]
    assert answers("0.3-2")[:2] == [lost, square]
    assert answers("0.3-3") == [cube]


def test_partial_derivatives_of_x_squared_y():
    gradient = nnlib.numerical_gradient(lambda p: p[0] ** 2 * p[1], np.array([2.0, 3.0]))
    assert gradient == pytest.approx(answers("0.3-4"), abs=1e-8)


def test_difference_quotients_of_the_square_field():
    forward = (3.01**2 - 3**2) / 0.01
    central = nnlib.numerical_gradient(lambda p: p[0] ** 2, np.array([3.0]), h=0.01)[0]
    assert [forward, central] == pytest.approx(answers("0.3-5"), abs=1e-9)


def test_the_silent_mean_is_one_half():
    p = nnlib.FOUR_PEOPLE.Y  # 1, 0, 0, 1 as a column
    t = p[:, 0]
    assert [*(t - p).shape, ((t - p) ** 2).mean()] == answers("0.2-3") == [4, 4, 0.5]
    assert nnlib.mse.f(p, p).mean() == 0


def answers(id):
    """The numbers that the exercise takes as right."""
    return [part.answer for part in all_exercises()[id].parts]
