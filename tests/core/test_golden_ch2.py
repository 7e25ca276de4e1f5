"""The worked numbers of chapter 2, Networks of neurons, computed by nnlib."""

import numpy as np
import pytest

import nnlib

SCALED = nnlib.SLEEP_STUDY.X / nnlib.SLEEP_STUDY.X.max(axis=0)


def network(sizes, weights, biases=None, **activations):
    """A network with these numbers; biases 0 where none are given."""
    net = nnlib.Network(sizes, **activations)
    for W, given in zip(net.weights, weights, strict=True):
        W[:] = given
    for b, given in zip(net.biases, biases or net.biases, strict=True):
        b[:] = given
    return net


def count(sizes):
    net = nnlib.Network(sizes)
    return sum(W.size for W in net.weights), sum(b.size for b in net.biases)


def test_neurons_and_activations_of_784_16_16_10():
    Z, A = nnlib.Network([784, 16, 16, 10], rng=0).forward(np.zeros((1, 784)))
    assert (sum(z.size for z in Z), sum(a.size for a in A)) == (42, 826)


@pytest.mark.parametrize(
    "weights, bias, hidden, output",
    [
        ([0, 1], 0, 0.95257, 0.72163),
        ([0, 1], 1, 0.98201, 0.87890),
        ([1, 0], 0, 0.88080, 0.70699),
    ],
)
def test_2_2_1_by_hand(weights, bias, hidden, output):
    A = network([2, 2, 1], [weights] * 2, [bias] * 2).forward([[2, 3]])[1]
    assert A[1][0] == pytest.approx([hidden] * 2, abs=5e-6)
    assert A[2][0, 0] == pytest.approx(output, abs=5e-6)


def test_the_misprint():
    assert nnlib.sigmoid(0.0526) == pytest.approx(0.5131, abs=5e-5)
    assert nnlib.sigmoid(0.9526) == pytest.approx(0.7216, abs=5e-5)


def test_a_layer_needs_one_bias_per_row():
    W, a = np.array([[1, 2, 0], [0, -1, 1]]), np.array([[1, 2, 3]])
    net = network([3, 2], [W], [[0.5, -1]], output=nnlib.linear)
    assert net(a).tolist() == [[5.5, 0]]
    net.biases[0] = np.zeros(3)
    with pytest.raises(ValueError):
        net(a)


def test_house_formulas_pass_the_gradient_check():
    rng = np.random.default_rng(0)
    net = nnlib.Network([3, 4, 5, 2], spread=1, rng=rng)
    x, y = rng.standard_normal((6, 3)), rng.random((6, 2))
    gW, gb = net.backprop(x, y)
    assert [g.shape for g in gW + gb] == [(4, 3), (5, 4), (2, 5), (4,), (5,), (2,)]
    for g, p in zip(gW + gb, net.weights + net.biases):
        numeric = nnlib.numerical_gradient(lambda _: nnlib.evaluate(net, x, y)[0], p)
        assert g == pytest.approx(numeric, abs=1e-9)


@pytest.mark.parametrize(
    "sizes, weights, biases",
    [
        ([8, 8, 4, 1], 100, 13),
        ([3, 6, 3, 5], 51, 14),
        ([3, 4, 5, 7], 67, 16),
        ([784, 16, 16, 10], 12960, 42),
        ([784, 32, 32, 10], 26432, 74),
        ([784, 30, 10], 23820, 40),
        ([3, 3, 1], 12, 4),
        ([2, 3, 1], 9, 4),
        ([2, 2, 1], 6, 3),
    ],
)
def test_parameters(sizes, weights, biases):
    assert count(sizes) == (weights, biases)


def test_the_nine_entries_in_both_conventions():
    lecture = np.array([[1, -1, 0.5], [-1, 0.5, 1]])
    Z = network([2, 3], [lecture.T]).forward(nnlib.SLEEP_STUDY.X)[0][0]
    assert Z.tolist() == [[-2, -0.5, 6.5], [4, -4.5, 3.5], [8, -9, 7]]


def test_weights_that_give_the_lectures_outputs():
    W1, W2 = [[1, -1], [-1, 0.5], [0.5, 1]], [[0.36583414, 2.22732369, -1.26740255]]
    net = network([2, 3, 1], [W1, W2])
    assert net(SCALED)[:, 0] == pytest.approx([0.59470263, 0.58177822, 0.50641742], abs=1e-8)
    cost = 3 * nnlib.evaluate(net, SCALED, nnlib.SLEEP_STUDY.Y)[0]  # the lecture sums
    assert cost == pytest.approx(0.13014455, abs=1e-8)
    assert net([[0, 0]])[0, 0] == pytest.approx(nnlib.sigmoid(np.sum(W2) / 2), abs=1e-15)


def test_our_seeded_throw():
    rng = np.random.default_rng(0)
    net = network([2, 3, 1], [rng.standard_normal((2, 3)).T, rng.standard_normal((3, 1)).T])
    assert net(SCALED)[:, 0] == pytest.approx([0.64394022, 0.66638971, 0.64921152], abs=1e-8)


def test_linear_layers_collapse_into_one_affine_map():
    rng = np.random.default_rng(0)
    W1, W2, b1, b2 = (rng.standard_normal(s) for s in ((4, 3), (2, 4), 4, 2))
    linear = {"hidden": nnlib.linear, "output": nnlib.linear}
    deep = network([3, 4, 2], [W1, W2], [b1, b2], **linear)
    flat = network([3, 2], [W2 @ W1], [W2 @ b1 + b2], output=nnlib.linear)
    x = rng.standard_normal((1000, 3))
    assert deep(x) == pytest.approx(flat(x), abs=1e-14)
    assert deep([[0, 0, 0]])[0] == pytest.approx(W2 @ b1 + b2)


def test_two_relu_neurons_do_xor():
    xor = network([2, 2, 1], [1, [[1, -2]]], [[0, -1], [0]], hidden=nnlib.relu, output=nnlib.linear)
    assert xor([[0, 0], [0, 1], [1, 0], [1, 1]])[:, 0].tolist() == [0, 1, 1, 0]
