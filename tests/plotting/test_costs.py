"""The figures of data and cost show the numbers that they claim to show."""

import numpy as np
import pytest
from matplotlib.patches import Ellipse, Rectangle

import nnlib
from nnlib import plotting


def test_the_areas_are_the_squared_gaps_and_their_mean():
    y, a = np.array([1, 0, 0, 1]), np.array([0.7, 0.3, 0, 0.9])
    ax = plotting.gap_squares(y, a)
    squares = [p for p in ax.patches if isinstance(p, Rectangle)]
    areas = [p.get_width() * p.get_height() for p in squares]
    assert areas == pytest.approx([0.09, 0.09, 0, 0.01, 0.0475])
    assert ax.get_aspect() == 1


def test_the_clouds_have_the_spread_that_they_should():
    X = nnlib.FOUR_PEOPLE.raw
    axes = plotting.preparations(X, nnlib.FOUR_PEOPLE.Y)
    ellipses = [next(p for p in ax.patches if isinstance(p, Ellipse)) for ax in axes]
    assert ellipses[0].center == pytest.approx((141.25, 66.75))
    assert ellipses[1].center == pytest.approx((0, 0), abs=1e-12)
    assert (ellipses[1].width, ellipses[2].height) == pytest.approx((2 * 15.7063, 2), abs=1e-4)
    assert len(axes[0].lines[2].get_xdata()) == 2  # two women among the four


def test_the_machine_prints_the_cost_of_the_network_that_it_is_given():
    net = nnlib.Network([784, 4, 10], rng=0)
    rng = np.random.default_rng(0)
    X, Y = rng.uniform(0, 1, (9, 784)), nnlib.one_hot(rng.integers(0, 10, 9), 10)
    texts = [t.get_text() for t in plotting.cost_machine(net, X, Y).texts]
    assert f"{nnlib.evaluate(net, X, Y)[0]:.4f}" in texts
    assert any("3,190 weights" in text for text in texts)


def test_the_dot_lies_at_the_lowest_point_of_the_map():
    grid = np.linspace(-2, 2, 21)
    ax = plotting.cost_landscape(lambda w, b: (w - 1) ** 2 + (b + 0.4) ** 2, grid, grid)
    assert np.ravel(ax.lines[-1].get_xydata()) == pytest.approx([1, -0.4])
