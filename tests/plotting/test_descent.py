"""The figures of descent show the numbers that they claim to show."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from nnlib import plotting

GRID = np.linspace(-4, 4, 21)


def bowl(x, y):
    return x**2 + 3 * y**2


def arrows(ax):
    """(start, end) of each arrow."""
    found = [t for t in ax.texts if getattr(t, "arrow_patch", None) and not t.get_text()]
    return [(np.array(t.xyann), np.array(t.xy)) for t in found]


def test_the_arrows_go_against_the_slope_and_the_tangents_have_it():
    ax = plotting.downhill(lambda w: (w - 3) ** 2, lambda w: 2 * (w - 3), [5, 1.5], (0, 6))
    (right, left), (low, high) = (arrows(ax)[i] for i in (0, 1))
    assert left[0] < right[0] and high[0] > low[0]
    tangents = [line.get_xydata() for line in ax.lines if len(line.get_xdata()) == 2]
    rises = [(b - a)[1] / (b - a)[0] for a, b in tangents if a[0] != b[0]]
    assert rises == pytest.approx([4, -3])
    assert {t.get_text() for t in ax.texts} >= {"slope 4", "slope \N{MINUS SIGN}3"}


def test_the_gradient_arrow_points_uphill_and_its_opposite_down():
    def gradient(p):
        return np.array([2 * p[0], 6 * p[1]])

    ax = plotting.gradient_arrow(bowl, gradient, (3, -2), GRID, GRID)
    (start, up), (_, down) = arrows(ax)
    assert up - start == pytest.approx([0.447, -0.894], abs=1e-3)
    assert down - start == pytest.approx([-0.447, 0.894], abs=1e-3)
    assert bowl(*down) < bowl(*start) < bowl(*up)


def test_the_regimes_are_what_the_update_gives():
    axes = list(plotting.regimes([0.3, 2.1], k=1, start=-3, steps=12, axes=plt.subplots(1, 2)[1]))
    glide, explode = (ax.lines[1].get_xdata() for ax in axes)
    assert glide == pytest.approx(-3 * 0.7 ** np.arange(13))
    assert abs(explode[-1]) > 1.9 * 3 > abs(explode[-2])


def test_the_paths_begin_at_the_square_and_are_named():
    paths = {"one": [(3, -2), (1, 1)], "two": [(3, -2), (0, 0)]}
    ax = plotting.descent_paths(bowl, paths, GRID, GRID)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["one", "two"]
    assert ax.lines[-1].get_xydata().tolist() == [[3, -2]]
    assert ax.lines[1].get_xydata().tolist() == [[3, -2], [1, 1]]


def test_only_the_picked_digits_are_dark_and_framed():
    images = np.ones((9, 4))
    axes = plotting.three_batches(images, [range(9), [4], [1, 2]])
    assert [ax.get_title(loc="center") for ax in axes] == ["all 9", "one", "2"]
    assert [len(ax.patches) // 2 for ax in axes] == [0, 1, 2]
    dark = [np.nansum(ax.images[0].get_array() == 1) for ax in axes]
    assert dark == [36, 4, 8]


def test_each_dot_is_the_step_of_an_example_and_the_arrow_their_mean():
    G = np.array([[1, 2], [3, -4], [2, 5.0]])
    axes = plotting.example_steps([G, G - G.mean(axis=0)], ["a", "b"])
    assert axes[0].lines[2].get_xydata() == pytest.approx(-G)
    assert arrows(axes[0])[0][1] == pytest.approx([-2, -1])
    assert not arrows(axes[1])  # no arrow where the mean is 0


def test_the_dot_marks_the_smallest_error():
    h = np.array([1e-1, 1e-2, 1e-3])
    ax = plotting.error_curves(h, {"one": [3, 1, 2], "two": [0, 5, 4]})
    assert [line.get_xydata().tolist() for line in ax.lines[1::2]] == [[[1e-2, 1]], [[1e-3, 4]]]
    assert np.isnan(ax.lines[2].get_ydata()[0])
