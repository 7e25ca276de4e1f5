"""The figures of backpropagation show the numbers that they claim to show."""

import numpy as np
import pytest

import nnlib
from nnlib import plotting


def texts(ax):
    return [t.get_text().replace("\N{MINUS SIGN}", "-") for t in ax.texts]


# -- chapter 5 -------------------------------------------------------------------------------------


def test_the_product_under_the_path_is_that_of_its_factors():
    values = {"w": 2, "z": 3, "C": 0.5}
    ax = plotting.derivative_path(values, [("dz/dw", -0.25), ("dC/dz", 0.5)], {"z": "b"})
    shown = texts(ax)
    assert {"w", "z", "C", "b", "dz/dw", "dC/dz", "= 0.500000", "product"} <= set(shown)
    assert shown[-1] == "-0.125000"


def test_a_path_of_symbols_has_no_numbers():
    ax = plotting.derivative_path({"w": None, "C": None}, [("dC/dw", None)])
    assert texts(ax) == ["w", "dC/dw", "C"]


def test_a_factor_is_needed_for_each_link():
    with pytest.raises(ValueError, match="1 entries: needed is one for each of the 2 edges"):
        plotting.derivative_path({"w": 1, "z": 2, "C": 3}, [("dz/dw", 1)])


def test_the_sweeps_show_activations_and_errors():
    net = nnlib.Network([2, 3, 2], rng=0)
    x, y = np.array([[0.3, -0.8]]), np.array([[1.0, 0.0]])
    forward, backward = plotting.two_sweeps(net, x, y, nnlib.quadratic)
    Z, A = net.forward(x)
    errors = (A[2] - y) * nnlib.sigmoid.df(Z[1])
    hidden = errors @ net.weights[1] * nnlib.sigmoid.df(Z[0])
    for value in (*A[0][0], *A[1][0], *A[2][0], *y[0]):
        assert f"{value:.4g}" in texts(forward)
    for value in (*errors[0], *hidden[0], *(A[2] - y)[0]):
        assert f"{value:.4g}" in texts(backward)
    assert sum("slope" in text for text in texts(backward)) == 5


def test_the_sweeps_refuse_a_network_that_does_not_fit_the_page():
    with pytest.raises(ValueError, match="at most 4 units"):
        plotting.two_sweeps(nnlib.Network([2, 5, 1]), [1, 2], [1])


def test_bars_are_as_long_as_the_derivatives():
    values = [0.2, -0.05, 0.1]
    ax = plotting.derivative_bars(["a", "b", "c"], values)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(values)
    assert texts(ax) == ["0.200000", "-0.050000", "0.100000"]
    assert [bar.get_linestyle() for bar in ax.patches] == ["-", "--", "-"]


def test_promise_and_truth_after_a_step():
    ax = plotting.tangent_step(lambda w: w**2, at=3, slope=6, step=0.5)
    assert texts(ax) == ["promised 12", "true 12.250000"]
    dots = {tuple(line.get_xydata()[0]) for line in ax.lines if line.get_marker() == "o"}
    assert dots == {(3, 9), (3.5, 12), (3.5, 12.25)}


def test_every_run_is_a_line_and_the_picked_ones_are_named():
    losses = np.array([[1, 0.1, 0.01], [2, 0.2, 0.02], [3, 0.3, 0.03]])
    ax = plotting.loss_curves([0, 10, 20], losses, (2, 0))
    assert len(ax.lines) == 5 and ax.get_yscale() == "log"
    assert ax.lines[3].get_ydata().tolist() == losses[2].tolist()
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["seed 2", "seed 0"]


def test_histograms_count_every_network_or_say_how_many_lie_beyond():
    answers = np.column_stack([np.linspace(0.03, 0.07, 200), np.linspace(0, 1, 200)])
    answers[7, 0] = 0.342
    frank, emily = plotting.answer_histograms(
        answers, ["Frank", "Emily"], [(0.03, 0.07), (0, 1)], [0.039, 0.951])  # fmt: skip
    assert sum(bar.get_height() for bar in emily.patches) == 200
    assert sum(bar.get_height() for bar in frank.patches) == 199
    titles = [ax.get_title() or ax.get_title(loc="left") for ax in (frank, emily)]
    assert titles == ["Frank (1 beyond, to 0.342)", "Emily"]
    assert [ax.lines[0].get_xdata()[0] for ax in (frank, emily)] == [0.039, 0.951]
