"""Figures of the ladder: each mark is a run, each bar its spread, each picture what was given."""

import numpy as np
import pytest

from nnlib.plotting import POSITIVE, records

SCORES = {"low": [0.90, 0.92, 0.91], "high": [0.97, 0.975]}


def test_rungs_show_every_run_the_mean_and_the_spread():
    ax = records.rungs(SCORES, 1000)
    marks = [line for line in ax.lines if line.get_color() == POSITIVE]
    assert [sorted(m.get_xdata()) for m in marks] == [
        pytest.approx([80, 90, 100]), pytest.approx([25, 30])]
    bars = [bar.get_segments()[0][:, 0] for bar in ax.collections]
    assert bars[0] == pytest.approx([80, 100]) and np.ptp(bars[1]) == pytest.approx(5 * 2**0.5)
    assert [t.get_text() for t in ax.texts] == ["91.00%", "97.25%"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["low", "high"]
    left, right = ax.get_xlim()
    assert left > 100 and right < 25  # fewer mistakes stand further right, and all are seen


def test_the_run_far_off_is_seen_and_the_one_without_a_mistake_too():
    ax = records.rungs({"low": [0.5, 0.9, 0.9], "high": [1.0, 0.99]}, 100)
    left, right = ax.get_xlim()
    assert left > 50 and 0 < right < 0.5


def test_one_run_has_no_spread_and_no_warning():
    records.rungs({"one": [0.9]}, 100)


def test_scores_by_seconds_end_where_they_should():
    ax = records.scores_by_seconds({"a": ([1, 2], [0.9, 0.95]), "b": ([3, 9], [0.97, 0.99])})
    lines = [line for line in ax.lines if line.get_label() in "ab"]
    assert [line.get_ydata()[-1] for line in lines] == pytest.approx([0.05, 0.01])
    assert len({(line.get_color(), line.get_linestyle()) for line in lines}) == 2
    bottom, top = ax.get_ylim()
    assert bottom > top  # better is higher


def test_image_rows_stand_under_their_names():
    images = np.linspace(0, 1, 3)[:, None] * np.ones((3, 784))
    ax = records.image_rows({"one": images, "two": images[::-1]})
    assert [t.get_text() for t in ax.texts] == ["one", "two"]
    first, second = (image.get_array() for image in ax.images)
    assert first[0, 0] == second[0, -1] == 0 and first[0, -1] == second[0, 0] == 1
    assert ax.images[0].get_extent()[3] < ax.images[1].get_extent()[3]


def test_mistaken_digits_stand_beside_label_and_answer():
    ax = records.mistaken(np.zeros((3, 784)), [4, 7, 1], [9, 2, 7], columns=2)
    assert [t.get_text() for t in ax.texts] == ["4", "9", "7", "2", "1", "7"]
    assert ax.texts[4].get_position()[1] > ax.texts[0].get_position()[1]
