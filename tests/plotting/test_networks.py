"""Figures of networks: the lines are the weights, the blocks are the arrays."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

import nnlib
from nnlib.plotting import NEGATIVE, POSITIVE
from nnlib.plotting.networks import matrix_blocks, network_diagram, weights_to_scale


def texts(ax):
    return [t.get_text() for t in ax.texts]


def small():
    net = nnlib.Network([2, 2, 1])
    net.weights = [np.array([[2.0, -1.0], [0.0, 4.0]]), np.array([[-4.0, 1.0]])]
    net.biases = [np.array([0.5, 0.0]), np.array([-3.0])]
    return net


def test_every_weight_is_a_line_of_its_sign_and_size():
    first, second = network_diagram(small()).collections
    order = [2, 0, -1, 4]  # to 1 and 2 from input 1, then from input 2
    assert [to_hex(c) for c in first.get_colors()[[0, 2, 3]]] == [
        POSITIVE.lower(), NEGATIVE.lower(), POSITIVE.lower()
    ]
    widths = np.array(first.get_linewidths())
    assert (widths - widths[1]) / (widths[3] - widths[1]) == pytest.approx(np.abs(order) / 4)
    dashed = [[on is not None for _, on in c.get_linestyles()] for c in (first, second)]
    assert dashed == [[False, False, True, False], [True, False]]


def test_units_show_the_activations_of_an_input():
    ax = network_diagram(small(), [1, 0.5], weight_names="values", bias_names="values")
    A = small().forward([[1, 0.5]])[1]
    drawn = [t for t in texts(ax) if t and "b" not in t]
    assert {f"{round(a, 4):.4g}" for layer in A for a in layer[0]} <= set(drawn)
    assert {"2", "\N{MINUS SIGN}1", "0", "4", "\N{MINUS SIGN}4", "1"} <= set(drawn)
    assert "$b$ = \N{MINUS SIGN}3" in texts(ax)


def test_biases_as_lines_from_units_plus_one():
    ax = network_diagram(small(), bias_units=True)
    assert texts(ax).count("+1") == 2
    assert [len(c.get_segments()) for c in ax.collections] == [6, 3]


def test_a_long_layer_is_16_units_and_its_count(tmp_path):
    ax = network_diagram(nnlib.Network([784, 30, 10], rng=0))
    assert [len(c.get_segments()) for c in ax.collections] == [16 * 16, 16 * 10]
    assert {"784", "30"} <= set(texts(ax)) and "10" not in texts(ax)
    plt.savefig(tmp_path / "network.svg")
    assert (tmp_path / "network.svg").read_text("utf8").count("</svg>") == 1


def test_picking_a_neuron_fades_the_lines_of_the_others():
    first, second = network_diagram(small(), picked=(1, 0)).collections
    assert [c[3] == 1 for c in first.get_colors()] == [True, False, True, False]
    assert all(c[3] < 0.5 for c in second.get_colors())


def test_names_must_fit():
    with pytest.raises(ValueError, match=r"\[2, 1\].*\[2, 2, 1\]"):
        network_diagram(small(), names=[["a", "b"], ["c"]])


def test_blocks_show_every_number_and_the_shape():
    W = np.array([[1, 0], [0, 1], [2, -1.5]])
    ax = matrix_blocks(("W", W, 2), "+", ("b", [1, np.nan]))
    numbers = [*"10012", "\N{MINUS SIGN}1.5"]
    assert texts(ax) == [*numbers, "W", "(3, 2)", "+", "1", "b", "(2,)"]
    marked = [p.get_xy() for p in ax.patches if p.get_facecolor()[3] == 1]
    assert marked == [(0, -1.5), (1, -1.5)]
    assert {p.get_width() for p in ax.patches} == {p.get_height() for p in ax.patches} == {1}


def test_a_vector_stands_with_columns():
    ax = matrix_blocks(("a", [1, 2]), columns=True)
    assert len({p.get_x() for p in ax.patches}) == 1
    assert len({p.get_y() for p in ax.patches}) == 2


def test_area_is_the_number_of_weights():
    ax = weights_to_scale(nnlib.Network([784, 16, 16, 10]))
    assert [p.get_width() * p.get_height() for p in ax.patches] == [12544, 256, 160]
