"""Backpropagation against central differences, on networks drawn at random."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib
from nnlib import ACTIVATIONS

HIDDEN = [a for a in ACTIVATIONS.values() if a.df is not None]
OUTPUTS = [(a, c) for a in HIDDEN for c in (nnlib.quadratic, nnlib.mse)]
OUTPUTS += [(nnlib.sigmoid, nnlib.cross_entropy), (nnlib.softmax, nnlib.softmax_cross_entropy)]
KINKS = {"relu": [0], "piecewise linear": [-0.5, 0.5], "step": [0], "sign": [0]}


def draw(sizes, hidden, output, cost, seed, m=4):
    """A network with no zero in it, inputs that stay away from kinks, and targets."""
    rng = np.random.default_rng(seed)
    while True:
        net = nnlib.Network(sizes, hidden, output, rng=rng)
        for b in net.biases:
            b += rng.uniform(0.1, 1, b.shape) * rng.choice([-1, 1], b.shape)
        x = rng.normal(size=(m, sizes[0]))
        Z, _ = net.forward(x)
        close = [
            abs(z - kink).min() < 1e-3
            for z, a in zip(Z, net.activations)
            for kink in KINKS.get(a.name, [])
        ]
        if not any(close):
            break
    if cost is nnlib.softmax_cross_entropy:
        y = nnlib.softmax(rng.normal(size=(m, sizes[-1])))
    else:
        y = rng.uniform(0, 1, (m, sizes[-1]))
    return net, x, y


def errors(net, x, y, cost, gradients):
    """Relative error of each gradient array against central differences of the evaluated cost."""

    def mean_loss(_):
        return nnlib.evaluate(net, x, y, cost)[0]

    parameters = net.weights + net.biases
    return [
        nnlib.relative_error(g, nnlib.numerical_gradient(mean_loss, p))
        if abs(g).max() > 1e-7
        else abs(g - nnlib.numerical_gradient(mean_loss, p)).max()
        for g, p in zip(gradients, parameters)
    ]


@pytest.mark.parametrize("output, cost", OUTPUTS, ids=repr)
@pytest.mark.parametrize("hidden", HIDDEN, ids=repr)
@settings(max_examples=5, deadline=None)
@given(sizes=st.lists(st.integers(1, 4), min_size=2, max_size=4), seed=st.integers(0, 10**6))
def test_backprop_equals_central_differences(hidden, output, cost, sizes, seed):
    net, x, y = draw(sizes, hidden, output, cost, seed)
    gW, gb = net.backprop(x, y, cost)
    assert [g.shape for g in gW + gb] == [p.shape for p in net.weights + net.biases]
    assert max(errors(net, x, y, cost, gW + gb)) < 1e-6


@pytest.mark.parametrize("flat", [nnlib.step, nnlib.sign], ids=repr)
def test_below_a_flat_activation_the_gradient_is_exactly_zero(flat):
    net, x, y = draw([3, 4, 2], flat, nnlib.sigmoid, nnlib.quadratic, seed=1)
    gW, gb = net.backprop(x, y)
    assert not gW[0].any() and not gb[0].any()
    assert gW[1].any() and gb[1].any()


def test_batch_gradient_is_the_mean_of_single_gradients():
    net, x, y = draw([3, 4, 2], nnlib.tanh, nnlib.sigmoid, nnlib.quadratic, seed=2)
    singles = [net.backprop(x[i : i + 1], y[i : i + 1])[0] for i in range(4)]
    for l, g in enumerate(net.backprop(x, y)[0]):
        assert g == pytest.approx(np.mean([s[l] for s in singles], axis=0), abs=1e-15)


@pytest.mark.parametrize("z", [-1000.0, 1000.0])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_cross_entropy_stays_finite_far_out(z, y):
    net = nnlib.Network([1, 1])
    net.weights[0][:] = z
    cost, _ = nnlib.evaluate(net, np.ones((1, 1)), np.full((1, 1), y), nnlib.cross_entropy)
    assert cost == (1000 if (z > 0) != (y > 0) else 0)
    gW, _ = net.backprop(np.ones((1, 1)), np.full((1, 1), y), nnlib.cross_entropy)
    assert gW[0] == (z > 0) - y


def test_softmax_cross_entropy_stays_finite_far_out():
    net = nnlib.Network([1, 2], output=nnlib.softmax)
    net.weights[0][:] = [[1000], [-1000]]
    for label, expected in [(0, 0), (1, 2000)]:
        y = np.eye(2)[[label]]
        cost, _ = nnlib.evaluate(net, np.ones((1, 1)), y, nnlib.softmax_cross_entropy)
        assert cost == expected


def test_cancelled_forms_equal_the_plain_ones():
    z = np.linspace(-5, 5, 12).reshape(4, 3)
    y = np.eye(3)[[0, 1, 2, 0]]
    for cost, activation in [
        (nnlib.cross_entropy, nnlib.sigmoid),
        (nnlib.softmax_cross_entropy, nnlib.softmax),
    ]:
        assert cost.loss(z, None, y, activation) == pytest.approx(cost.f(activation(z), y))
    a = nnlib.sigmoid(z)
    plain = nnlib.cross_entropy.df(a, y) * nnlib.sigmoid.df(z)
    assert nnlib.cross_entropy.output_error(z, a, y, nnlib.sigmoid) == pytest.approx(plain)


def test_numerical_gradient_restores_p_and_refuses_float32():
    p = np.array([1.0, 2.0])
    assert nnlib.numerical_gradient(lambda q: q @ q, p) == pytest.approx([2, 4])
    assert p.tolist() == [1, 2]
    with pytest.raises(ValueError, match="float32: needed is a float64"):
        nnlib.numerical_gradient(np.sum, np.ones(2, np.float32))
    with pytest.raises(ValueError, match="list"):
        nnlib.numerical_gradient(np.sum, [1.0])
