"""Figures of chapter 6, second half: what they say is true of the network they show."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

import nnlib
from nnlib.plotting import NEGATIVE, POSITIVE
from nnlib.plotting.backprop import falling_costs, graph, ripple

MINUS = "\N{MINUS SIGN}"


def texts(ax):
    return [t.get_text() for t in ax.texts]


def test_a_graph_writes_each_slope_in_the_colour_of_its_sign():
    places = {"a": (0, 0), "b": (2, 1), "c": (4, 0)}
    ax = graph(places, {("a", "b"): 2, ("b", "c"): -0.5, ("a", "c"): "?"}, texts={"a": "7"})
    colors = {t.get_text(): to_hex(t.get_color()) for t in ax.texts}
    assert colors["2"] == POSITIVE.lower() and colors[f"{MINUS}0.5"] == NEGATIVE.lower()
    assert {"?", "7", "a", "b", "c"} <= set(colors)
    with pytest.raises(ValueError, match=r"\['d'\]"):
        graph(places, {("a", "d"): 1})


def test_a_ripple_shows_the_true_changes():
    net = nnlib.Network([2, 2, 3, 2], spread=1, rng=0)
    x, y = np.array([[1.0, -1.0]]), np.array([[1.0, 0.0]])
    said = texts(ripple(net, x, y, (1, 0, 1), dw=0.2))
    before, cost = net.forward(x)[1], nnlib.evaluate(net, x, y)[0]
    net.weights[0][0, 1] += 0.2
    changes = [*(net.forward(x)[1][3] - before[3])[0], nnlib.evaluate(net, x, y)[0] - cost]
    assert {f"{1000 * c:+.1f}".replace("-", MINUS) for c in changes} <= set(said)
    assert said.count("0") == 3, "two inputs and the other hidden neuron stay"
    assert [t for t in said if t in "1234"] == [*"1234"]


def test_a_ripple_leaves_the_network_alone_and_wants_a_weight_that_is_there():
    net = nnlib.Network([2, 2, 1], rng=0)
    start = [W.copy() for W in net.weights]
    ripple(net, [1, 2], [1], (2, 0, 1))
    assert all(map(np.array_equal, net.weights, start))
    for weight in ((0, 0, 0), (3, 0, 0), (1, 2, 0), (1, 0, 2)):
        with pytest.raises(ValueError, match="no weight"):
            ripple(net, [1, 2], [1], weight)


def test_every_curve_of_costs_is_named_at_its_end():
    curves = {name: np.linspace(1, end, 20) for name, end in (("A", 0.5), ("B", 0.01), ("C", 0.02))}
    ax = falling_costs(curves)
    assert {t.get_text(): t.xy[1] for t in ax.texts} == pytest.approx(
        {name: costs[-1] for name, costs in curves.items()})
    heights = sorted(np.log10(t.xyann[1]) for t in ax.texts)
    assert min(np.diff(heights)) > 0.1
