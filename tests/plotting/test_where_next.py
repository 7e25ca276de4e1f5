"""Figures of chapter 10: what they draw is what they were given."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch, Rectangle

from nnlib.plotting import NEGATIVE, POSITIVE
from nnlib.plotting.where_next import (
    edge_curves,
    expression_graph,
    feature_maps,
    gradient_through_time,
    same_curve,
    shared_weights,
)

MINUS = "\N{MINUS SIGN}"


class Node:
    def __init__(self, name, value, grad, *parents):
        self.name, self.value, self.grad, self.parents = name, value, grad, parents


def small():
    """d = a b + a with the constant 5 beside, and a chain of ops that uses a again."""
    a, b, five = Node("a", 2, -4), Node("b", 3, 2), Node("", 5, 0)
    c = Node("×", 6, 1, a, b)
    return Node("+", 8, 1, Node("×", 30, 1, c, five), a)


def test_an_expression_graph_has_a_box_for_each_number_with_value_and_gradient():
    ax = expression_graph(small())
    boxes = [p for p in ax.patches if isinstance(p, FancyBboxPatch)]
    said = [t.get_text() for t in ax.texts]
    assert len(boxes) == 5 and len(said) == 15
    assert "× 5" in said, "a plain number stands in the box of its operation"
    colors = {t.get_text(): to_hex(t.get_color()) for t in ax.texts}
    assert colors[f"{MINUS}4"] == NEGATIVE.lower()
    assert len(ax.lines) == 5, "a line for each use"


def test_boxes_of_a_graph_do_not_overlap_and_children_stand_below():
    nodes = [Node(str(i), 1, 1) for i in range(4)]
    left = Node("+", 1, 1, Node("×", 1, 1, nodes[0], nodes[1]), nodes[2])
    ax = expression_graph(Node("+", 1, 1, nodes[3], left))
    boxes = np.array([[p.get_x(), p.get_y(), p.get_width(), p.get_height()]
                      for p in ax.patches if isinstance(p, FancyBboxPatch)])
    for i, (x, y, w, h) in enumerate(boxes):
        for x2, y2, _, _ in boxes[:i]:
            assert abs(x - x2) >= w or abs(y - y2) >= h
    assert boxes[-1, 1] == min(boxes[:, 1]) or boxes[0, 1] == min(boxes[:, 1])


def test_two_runs_are_drawn_as_line_and_dots():
    ours = np.linspace(1, 0, 21)
    line, dots = same_curve(ours, 2 * ours, ("a", "b")).lines
    assert np.array_equal(line.get_ydata(), ours)
    assert np.array_equal(dots.get_ydata(), 2 * ours[::5])


def test_shared_weights_shows_signs_and_leaves_zeros_empty():
    ax = shared_weights(np.array([[1.0, 0, -2], [0, 1, 0]]), "in", "out")
    cells = [to_hex(p.get_facecolor()) for p in ax.patches if isinstance(p, Rectangle)]
    assert sorted(cells) == sorted([POSITIVE.lower()] * 2 + [NEGATIVE.lower()])


def test_feature_maps_have_zero_in_the_middle_of_the_scale():
    axes = feature_maps(np.zeros((4, 4)), {"m": np.array([[1.0, -3.0]])})
    assert axes[1].images[0].get_clim() == (-3, 3) and axes[1].get_title() == "m"


def test_gradients_are_on_a_logarithmic_axis_and_named():
    ax = gradient_through_time({"one": [1, 0.1], "two": [1, 10]})
    assert ax.get_yscale() == "log"
    assert {t.get_text(): t.xy[1] for t in ax.texts} == pytest.approx({"one": 0.1, "two": 10})


def test_every_edge_of_a_kan_has_its_own_curve():
    x, rng = np.linspace(-1, 1, 5), np.random.default_rng(0)
    layers = [rng.standard_normal((3, 2, 5)), rng.standard_normal((1, 3, 5))]
    ax = edge_curves(layers, [x, x])
    drawn = [line.get_ydata() for line in ax.lines if len(line.get_xdata()) == 5]
    wanted = [0.38 * y / np.abs(C).max() for C in layers for y in C.reshape(-1, 5)]
    assert len(drawn) == 9
    assert np.diff(drawn) == pytest.approx(np.diff(wanted))
