"""The worked numbers of chapter 6, sections 6.1 to 6.6: what a gradient is made of."""

import numpy as np
import pytest

import nnlib
from nnlib import FOUR_PEOPLE as PEOPLE
from nnlib import quadratic, sigmoid
from nnlib.exercises import all_exercises

BANK = all_exercises()


def test_the_output_slope_of_the_half_square():
    """dC/da is a - y, measured."""
    rng = np.random.default_rng(0)
    a, y = rng.uniform(size=(2, 1, 5))
    slopes = nnlib.numerical_gradient(lambda a: quadratic.f(a, y)[0], a.copy())
    assert slopes == pytest.approx(a - y, abs=1e-9)
    assert quadratic.df(a, y) == pytest.approx(a - y, abs=1e-15)


def test_delta_is_not_output_minus_target():
    z = np.array([[np.log(99)]])
    y = np.zeros((1, 1))
    assert sigmoid(z).item() == pytest.approx(0.99, abs=1e-12)
    assert quadratic.output_error(z, sigmoid(z), y, sigmoid).item() == pytest.approx(0.009801)
    same = nnlib.cross_entropy.output_error(z, sigmoid(z), y, sigmoid).item()
    assert same == pytest.approx(0.99)
    linear = quadratic.output_error(y + 0.99, y + 0.99, y, nnlib.linear).item()
    assert linear == pytest.approx(0.99)


@pytest.mark.parametrize("z, slope", [(0, 0.25), (2, 0.1050), (5, 0.006648), (10, 4.54e-05)])
def test_a_saturated_neuron_learns_slowly(z, slope):
    assert sigmoid.df(float(z)) == pytest.approx(slope, rel=1e-3)


def test_alices_output_error_is_the_slope_of_its_bias():
    net = nnlib.Network([2, 2, 1])
    for W in net.weights:
        W[:] = 1
    alice = PEOPLE.X[:1], PEOPLE.Y[:1]
    delta = BANK["6.2-1"].parts[0].answer
    assert net.backprop(*alice, nnlib.mse)[1][1].item() == pytest.approx(delta, abs=1e-9)
    assert delta == pytest.approx(-0.2376175596, abs=1e-9)
    before = nnlib.evaluate(net, *alice, nnlib.mse)[0]
    net.biases[1] += 0.01
    change = nnlib.evaluate(net, *alice, nnlib.mse)[0] - before
    assert change == pytest.approx(-0.002369, abs=5e-7)


def test_the_exercises_chain_two_outputs_one_layer_back_one_gradient():
    """a = (0.8, 0.3) gives (-0.032, 0.063), that (0.0235, 0.01248), that a matrix."""
    a, y = np.array([[0.8, 0.3]]), np.array([[1.0, 0.0]])
    delta = BANK["6.3-4"].answer(np.log(a / (1 - a)), y)
    assert delta == pytest.approx(np.array([[-0.032, 0.063]]))
    W, z = np.array([[1, -1], [2, 0.5]]), np.array([[0.0, 1.0]])
    hidden = BANK["6.4-4"].answer(delta, W, z)
    assert hidden == pytest.approx(np.array([[0.0235, 0.01248]]), abs=5e-6)
    gradient = BANK["6.5-5"].answer(hidden, np.array([[1, 2, 0]]))
    expected = np.array([[0.0235, 0.0470, 0], [0.0125, 0.0250, 0]])
    assert gradient == pytest.approx(expected, abs=5e-5)


def test_the_four_functions_of_the_exercises_are_backpropagation():
    """BP1 to BP4 as the exercises have them, against nnlib and against differences."""
    rng = np.random.default_rng(0)
    net = nnlib.Network([3, 5, 2], rng=0)
    X, Y = rng.normal(size=(7, 3)), rng.uniform(size=(7, 2))
    Z, A = net.forward(X)
    D2 = BANK["6.3-4"].answer(Z[1], Y)
    D1 = BANK["6.4-4"].answer(D2, net.weights[1], Z[0])
    gb = [BANK["6.5-4"].answer(D) for D in (D1, D2)]
    gW = [BANK["6.5-5"].answer(D, a) for D, a in ((D1, A[0]), (D2, A[1]))]
    for ours, theirs, p in zip(gW + gb, sum(net.backprop(X, Y), []), net.weights + net.biases,
                               strict=True):
        assert ours == pytest.approx(theirs, abs=1e-15)
        slopes = nnlib.numerical_gradient(lambda _: nnlib.evaluate(net, X, Y)[0], p)
        assert ours == pytest.approx(slopes, abs=1e-7)


def test_a_silent_input_stops_its_weights_and_no_bias():
    net = nnlib.Network([3, 4, 2], rng=0)
    gW, gb = net.backprop([[0.5, 0, -1]], [[1, 0]])
    assert (gW[0][:, 1] == 0).all() and (gW[0][:, [0, 2]] != 0).all() and (gb[0] != 0).all()


def test_the_error_of_the_last_layer_gives_the_wrong_shape():
    """784-16-16-10, M = 1: (10, 784) against (16, 784)."""
    net = nnlib.Network([784, 16, 16, 10], rng=0)
    assert np.outer(np.zeros(10), np.zeros(784)).shape == (10, 784)
    assert net.weights[0].shape == (16, 784)
    assert [part.answer for part in BANK["6.5-3"].parts[:4]] == [10, 784, 16, 784]


def test_what_is_stored_for_one_example():
    Z, A = nnlib.Network([784, 16, 16, 10]).forward(np.zeros((1, 784)))
    assert sum(a.size for a in A) == 826 and sum(z.size for z in Z) == 42
