"""The numbers of chapter 9, as the documents and the chapter print them."""

import numpy as np
import pytest

import nnlib

Z = np.array([2.0, 1.0, -1.0, 0.5])
P, Q = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.25, 0.25, 0.4, 0.1])


def losses(z, y):
    return nnlib.softmax_cross_entropy.loss(np.atleast_2d(z), None, np.atleast_2d(y), nnlib.softmax)


def test_softmax_of_four_scores():
    shares = [0.60946004, 0.22420782, 0.03034323, 0.13598892]
    np.testing.assert_allclose(nnlib.softmax(Z), shares, atol=1e-8)
    np.testing.assert_allclose(nnlib.softmax(Z + 1000), shares, atol=1e-8)
    assert nnlib.softmax(np.array([2.0, 1.0]))[0] == pytest.approx(0.7310585786, abs=1e-10)


def test_kl_cross_entropy_entropy():
    """The library's loss with any row of shares as its target is the cross-entropy."""
    H_pq = losses(np.log(Q), P)[0]
    H_p = losses(np.log(P), P)[0]
    assert H_pq == pytest.approx(1.6118095651, abs=1e-9)
    assert H_p == pytest.approx(1.2798542258, abs=1e-9)
    assert H_pq - H_p == pytest.approx(0.3319553393, abs=1e-9)
    swapped = losses(np.log(P), Q)[0] - losses(np.log(Q), Q)[0]
    assert swapped == pytest.approx(0.26130, abs=5e-6)
    assert (H_pq - H_p) / np.log(2) == pytest.approx(0.4789, abs=5e-5)


def test_one_hot_targets():
    y = nnlib.one_hot(np.array([3]), 4)
    assert losses(np.log([0.2, 0.3, 0.1, 0.4]), y)[0] == pytest.approx(0.916291, abs=5e-7)
    slides = np.array([0.01, 0.01, 0.01, 0.01, 0.21, 0.71, 0.01, 0.01, 0.01, 0.01])
    five = nnlib.one_hot(np.array([5]), 10)
    assert losses(np.log(slides), five)[0] == pytest.approx(0.3425, abs=5e-5)


def test_output_errors():
    y = np.array([[0.0, 0, 1, 0]])
    z = Z[None]
    delta = nnlib.softmax_cross_entropy.output_error(z, nnlib.softmax(z), y, nnlib.softmax)
    expected = [[0.60946004, 0.22420782, -0.96965677, 0.13598892]]
    np.testing.assert_allclose(delta, expected, atol=1e-8)


def test_a_stubborn_output():
    a, y = np.array([[0.99]]), np.zeros((1, 1))
    z = np.log(a / (1 - a))
    squared = nnlib.quadratic.output_error(z, a, y, nnlib.sigmoid)[0, 0]
    cross = nnlib.cross_entropy.output_error(z, a, y, nnlib.sigmoid)[0, 0]
    assert squared == pytest.approx(0.009801, abs=1e-12)
    assert cross == pytest.approx(0.99, abs=1e-12)
    assert cross / squared == pytest.approx(101.01, abs=0.005)


@pytest.mark.parametrize("cost, start, steps", [
    (nnlib.quadratic, 2.0, 469), (nnlib.cross_entropy, 2.0, 50),
])  # fmt: skip
def test_the_race(cost, start, steps):
    """Steps until the output is below 0.1, from w = b = 2, learning rate 0.15."""
    net = nnlib.Network([1, 1])
    net.weights[0][:], net.biases[0][:] = start, start
    x, y = np.ones((1, 1)), np.zeros((1, 1))
    n = 0
    while net(x)[0, 0] >= 0.1:
        n += 1
        next(nnlib.train(net, (x, y), cost=cost, epochs=1, batch_size=1, eta=0.15))
    assert n == steps


def test_the_first_step_of_the_race():
    z, y = np.full((1, 1), 4.0), np.zeros((1, 1))
    a = nnlib.sigmoid(z)
    squared = nnlib.quadratic.output_error(z, a, y, nnlib.sigmoid)[0, 0]
    assert squared == pytest.approx(0.0173, abs=5e-5)
    assert a[0, 0] == pytest.approx(0.982, abs=5e-4)
    assert a[0, 0] / squared == pytest.approx(56.6, abs=0.05)
