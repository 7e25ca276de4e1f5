"""The numbers of chapter 8, as the documents and the chapter print them."""

import numpy as np
import pytest

import nnlib

X, Y = nnlib.SLEEP_STUDY.X / nnlib.SLEEP_STUDY.X.max(axis=0), nnlib.SLEEP_STUDY.Y


def test_all_zeros():
    """In the lecture's cost, a sum over three students."""
    net = nnlib.Network([2, 3, 1], spread=0)
    gW, _ = net.backprop(X, Y)
    assert 3 * nnlib.evaluate(net, X, Y)[0] == pytest.approx(0.17490, abs=5e-6)
    assert not gW[0].any()
    np.testing.assert_allclose(3 * gW[1], np.full((1, 3), -0.125), atol=1e-12)


def test_clones_stay_clones():
    net = nnlib.Network([2, 3, 1], spread=0)
    list(nnlib.train(net, (X, Y), epochs=200, batch_size=3, eta=1.0, rng=0))
    W = net.weights[0]
    assert W.any() and np.array_equal(W, np.tile(W[0], (3, 1)))


@pytest.mark.parametrize("spread, std, slope, beyond", [
    (1.0, 28.0, 0.0144, 0.857), ((2 / 784) ** 0.5, 1.419, 0.1811, 0.0),
    ((1 / 784) ** 0.5, 0.996, 0.2069, 0.0),
])  # fmt: skip
def test_width_of_z_for_normal_starts(spread, std, slope, beyond):
    """784 inputs of mean 0 and variance 1."""
    net = nnlib.Network([784, 1000, 1], spread=spread, rng=0)
    z = net.forward(np.random.default_rng(1).standard_normal((500, 784)))[0][0]
    assert z.std() == pytest.approx(std, rel=0.02)
    assert nnlib.sigmoid.df(z).mean() == pytest.approx(slope, rel=0.04)
    assert np.mean(abs(z) > 5) == pytest.approx(beyond, abs=0.006)


@pytest.mark.parametrize("low, std, beyond", [(0, 16.2, 0.76), (-1, 16.2, 0.76)])
def test_width_of_z_for_uniform_starts(low, std, beyond):
    net, rng = nnlib.Network([784, 1000, 1]), np.random.default_rng(0)
    net.weights[0] = rng.uniform(low, 1, (1000, 784))
    z = net.forward(rng.standard_normal((500, 784)))[0][0]
    assert z.std() == pytest.approx(std, rel=0.04)
    assert np.mean(abs(z) > 5) == pytest.approx(beyond, abs=0.015)


@pytest.mark.parametrize("factor, low, high", [(1, 0.02, 0.045), (2, 0.7, 1.4)])
def test_ten_layers_of_relu(factor, low, high):
    """Root mean square of the activations: 2^-5 without the 2, about 1 with it."""
    rng = np.random.default_rng(0)
    spread = (factor / 784) ** 0.5
    net = nnlib.Network([784] * 11, nnlib.relu, nnlib.relu, spread=spread, rng=rng)
    a = net(rng.standard_normal((50, 784)))
    assert low < np.sqrt((a**2).mean()) < high


def test_slopes_of_the_sigmoid():
    slopes = nnlib.sigmoid.df(np.array([0.0, 2, 5, 10]))
    np.testing.assert_allclose(slopes, [0.25, 0.1050, 0.00665, 4.54e-5], rtol=5e-4)
    slopes = nnlib.tanh.df(np.array([0.0, 2, 5, 10]))
    np.testing.assert_allclose(slopes, [1, 0.0707, 1.8e-4, 8e-9], rtol=0.04)


@pytest.mark.parametrize("hidden, ratio", [(1, 0.22), (3, 0.012), (5, 7.0e-4), (10, 4.8e-7)])
def test_errors_of_deep_sigmoid_networks(hidden, ratio):
    """First hidden layer against output: 32 inputs, layers of 32, N(0, 1)/sqrt(n), 20 seeds."""

    def one(seed):
        rng = np.random.default_rng(seed)
        net = nnlib.Network([32] * (hidden + 2), rng=rng)
        x, y = rng.standard_normal((1, 32)), rng.uniform(size=(1, 32))
        gb = net.backprop(x, y)[1]  # of one example: the errors themselves
        return np.sqrt((gb[0] ** 2).mean() / (gb[-1] ** 2).mean())

    assert np.median([one(seed) for seed in range(20)]) == pytest.approx(ratio, rel=0.15)


def test_the_fourth_student():
    """The lecture's network without biases, seed 0, rate 0.5 on the sum of the half squares."""
    rng = np.random.default_rng(0)
    net = nnlib.Network([2, 3, 1])
    net.weights = [rng.standard_normal((2, 3)).T.copy(), rng.standard_normal((3, 1)).T.copy()]
    golden = {1000: (1.79305e-3, [0.75953948, 0.85471923, 0.88214941], 85.33),
              10_000: (5.3252e-4, [0.7495382, 0.8401967, 0.90436939], 87.83)}  # fmt: skip
    for t in range(1, 10_001):
        gW, _ = net.backprop(X, Y)
        for W, g in zip(net.weights, gW, strict=True):
            W -= 0.5 * 3 * g
        if t in golden:
            J, outputs, fourth = golden[t]
            assert 3 * nnlib.evaluate(net, X, Y)[0] == pytest.approx(J, rel=1e-5)
            np.testing.assert_allclose(net(X)[:, 0], outputs, atol=1e-8)
            assert 100 * net(np.array([[0.8, 0.6]]))[0, 0] == pytest.approx(fourth, abs=0.005)


def test_decay():
    net = nnlib.Network([1, 1], output=nnlib.linear, rng=0)
    start = net.weights[0][0, 0]
    data = np.zeros((1, 1)), net.biases[0][None]  # nothing to learn
    list(nnlib.train(net, data, epochs=10, batch_size=1, eta=0.1, lam=0.3))
    assert net.weights[0][0, 0] / start == pytest.approx(0.737, abs=5e-4)


def test_only_frobenius_has_the_gradient_of_decay():
    W, lam = np.array([[1.0, -2.0, 0.5], [0.3, 1.0, 2.0]]), 0.3

    def penalty(order):
        return nnlib.numerical_gradient(
            lambda W: lam / 2 * np.linalg.norm(W, order) ** 2, W.copy()
        )

    np.testing.assert_allclose(penalty("fro"), lam * W, atol=1e-9)
    assert abs(penalty(2) - lam * W).max() > 0.1
