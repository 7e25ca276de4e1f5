"""one_hot and the small data sets of the documents."""

import numpy as np
import pytest

from nnlib.data import DIGIT_GRID, FOUR_PEOPLE, MISREAD_GRIDS, NEW_PEOPLE, SLEEP_STUDY, one_hot


def test_one_hot():
    Y = one_hot([2, 0], 3)
    assert Y.dtype == np.float32 and Y.tolist() == [[0, 0, 1], [1, 0, 0]]


@pytest.mark.parametrize("labels, said", [
    ([0, 3], "label 3 lies outside 0 to 2"),
    ([0, -1], "label -1 lies outside 0 to 2"),
    ([0.0, 1.0], "whole numbers"),
    ([[0, 1]], r"shape \(1, 2\)"),
])
def test_one_hot_refuses(labels, said):
    with pytest.raises(ValueError, match=said):
        one_hot(labels, 3)


def test_four_people_and_two_new_ones():
    assert FOUR_PEOPLE.names == ("Alice", "Bob", "Charlie", "Diana")
    assert FOUR_PEOPLE.X.tolist() == [[-2, -1], [25, 6], [17, 4], [-15, -6]]
    assert FOUR_PEOPLE.Y.tolist() == [[1], [0], [0], [1]]
    assert FOUR_PEOPLE.raw.mean(axis=0).tolist() == [141.25, 66.75]
    assert np.allclose(FOUR_PEOPLE.raw.std(axis=0), [15.7063, 4.6570], atol=5e-5)
    assert NEW_PEOPLE.names == ("Emily", "Frank") and NEW_PEOPLE.Y is None
    assert NEW_PEOPLE.X.tolist() == [[-7, -3], [20, 2]]


def test_sleep_and_study():
    assert SLEEP_STUDY.X.tolist() == [[3, 5], [5, 1], [10, 2]]
    assert SLEEP_STUDY.Y.tolist() == [[0.75], [0.82], [0.93]]
    assert SLEEP_STUDY.unknown.tolist() == [8, 3]


def test_a_cell_cannot_spoil_the_data_for_the_next():
    with pytest.raises(ValueError, match="read-only"):
        SLEEP_STUDY.X[:] = 0


def test_the_misread_grids():
    def slips(grid):
        return [(r, c, int(typed), int(label))
                for r, rows in enumerate(zip(grid, DIGIT_GRID, strict=True))
                for c, (typed, label) in enumerate(zip(*rows, strict=True)) if typed != label]

    assert "".join(DIGIT_GRID) == (
        "04192131435361728694091124327386905607618793985933"
        "07498094144604561001716302117902678390467468078315")
    first, second = MISREAD_GRIDS
    assert slips(first) == [(2, 2, 7, 1), (4, 7, 5, 9), (5, 8, 7, 1), (7, 9, 8, 9)]
    assert slips(second) == [(0, 2, 7, 1), (2, 2, 7, 1), (4, 7, 5, 9), (5, 8, 7, 1),
                             (7, 6, 7, 1), (7, 7, 7, 1), (9, 8, 7, 1)]
