"""The worked numbers of the five documents, computed by nnlib, to the tolerance of each."""

import numpy as np
import pytest

import nnlib

PEOPLE = np.array([[-2.0, -1], [25, 6], [17, 4], [-15, -6]])
GENDER = np.array([[1.0], [0], [0], [1]])
ALICE = PEOPLE[:1], GENDER[:1]


def two_two_one(weight):
    net = nnlib.Network([2, 2, 1])
    for W in net.weights:
        W[:] = weight
    return net


def test_one_neuron():
    assert nnlib.sigmoid(7) == pytest.approx(0.9990889488055994, abs=1e-12)
    assert nnlib.sigmoid(3) == pytest.approx(0.9525741268224334, abs=1e-12)


def test_the_2_2_1_network():
    net = two_two_one([0, 1])
    assert net([[2, 3]])[0, 0] == pytest.approx(0.7216325609518421, abs=1e-12)


def test_alice_forward_and_backward():
    net = two_two_one(1)
    A = net.forward(ALICE[0])[1]
    assert A[1] == pytest.approx(0.04742587317756678, abs=1e-12)
    assert A[2][0, 0] == pytest.approx(0.5236951741839995, abs=1e-9)
    gW, gb = net.backprop(*ALICE, nnlib.mse)
    assert gW[0][0, 0] == pytest.approx(0.0214695353, abs=1e-9)
    assert gb[1][0] == pytest.approx(-0.2376175596, abs=1e-9)
    assert gb[0] == pytest.approx([-0.010735] * 2, abs=5e-7)
    assert gW[1][0] == pytest.approx([-0.011269] * 2, abs=5e-7)
    nnlib.descend(net, gW, gb, eta=0.1)
    assert net.weights[0][0, 0] == pytest.approx(0.997853, abs=5e-7)
    assert nnlib.evaluate(net, *ALICE, nnlib.mse)[0] == pytest.approx(0.221097, abs=5e-7)


def test_always_answering_0_and_the_ten_outputs():
    assert nnlib.mse.f(np.zeros((4, 1)), GENDER).mean() == 0.5
    a = np.full((1, 10), 0.01)
    a[0, 4:6] = 0.21, 0.71
    y = np.eye(10)[[5]]
    assert nnlib.mse.f(a, y)[0] == pytest.approx(0.0129, abs=1e-12)
    assert nnlib.quadratic.f(a, y)[0] == pytest.approx(0.0645, abs=1e-12)
    assert nnlib.mse.f(a, 0 * y)[0] == pytest.approx(0.0549, abs=1e-12)


@pytest.mark.parametrize(
    "sizes, count",
    [
        ((8, 8, 4, 1), 113),
        ((3, 6, 3, 5), 65),
        ((3, 4, 5, 7), 83),
        ((784, 16, 16, 10), 13002),
        ((784, 30, 10), 23860),
    ],
)
def test_parameters(sizes, count):
    net = nnlib.Network(sizes, rng=0)
    assert sum(p.size for p in net.weights + net.biases) == count
    assert repr(net).endswith(f"{count} parameters")


def test_the_seeded_sleep_and_study_run():
    rng = np.random.default_rng(0)
    net = nnlib.Network([2, 3, 1])
    net.weights = [rng.standard_normal((2, 3)).T.copy(), rng.standard_normal((3, 1)).T.copy()]
    x = np.array([[3.0, 5], [5, 1], [10, 2]])
    x, y = x / x.max(axis=0), np.array([[0.75], [0.82], [0.93]])
    assert net(x)[:, 0] == pytest.approx([0.64394022, 0.66638971, 0.64921152], abs=1e-8)
    before = 3 * nnlib.evaluate(net, x, y)[0]  # the lecture sums over the rows
    gW, _ = net.backprop(x, y)
    no_bias = [np.zeros_like(b) for b in net.biases]
    nnlib.descend(net, [3 * g for g in gW], no_bias, eta=0.01)
    assert before == pytest.approx(0.05684348, abs=1e-8)
    assert 3 * nnlib.evaluate(net, x, y)[0] == pytest.approx(0.05669130, abs=1e-8)


def test_half_sum_of_squares_of_the_printed_outputs():
    a = np.array([[0.59470263], [0.58177822], [0.50641742]])
    y = np.array([[0.75], [0.82], [0.93]])
    assert nnlib.quadratic.f(a, y).sum() == pytest.approx(0.13014455, abs=1e-8)


def test_softmax_with_cross_entropy_is_output_minus_target():
    z = np.array([[2.0, 1, -1, 0.5]])
    y = np.eye(4)[[2]]
    a = nnlib.softmax(z)
    gradient = nnlib.softmax_cross_entropy.output_error(z, a, y, nnlib.softmax)
    assert gradient[0] == pytest.approx(
        [0.60946004, 0.22420782, -0.96965677, 0.13598892], abs=1e-8
    )
    numeric = nnlib.numerical_gradient(
        lambda q: float(nnlib.softmax_cross_entropy.loss(q, None, y, nnlib.softmax)[0]), z
    )
    assert gradient == pytest.approx(numeric, abs=1e-9)


def test_two_hundred_seeds_of_the_four_people():
    """Emily and Frank after 1000 epochs in the order of the table, eta 0.1 on (y - a)^2."""
    emily, frank = [], []
    W1, b1, W2, b2 = _four_people_nets(range(200))
    for _ in range(1000):
        for x, y in zip(PEOPLE, GENDER[:, 0]):
            h = nnlib.sigmoid(W1 @ x + b1)
            o = nnlib.sigmoid((W2 * h).sum(1) + b2)
            d = 2 * (o - y) * o * (1 - o)
            d1 = d[:, None] * W2 * h * (1 - h)
            W2 -= 0.1 * d[:, None] * h
            b2 -= 0.1 * d
            W1 -= 0.1 * d1[:, :, None] * x
            b1 -= 0.1 * d1
    for x, out in (([-7, -3], emily), ([20, 2], frank)):
        out += [*nnlib.sigmoid((W2 * nnlib.sigmoid(W1 @ np.array(x) + b1)).sum(1) + b2)]
    assert 0.94 < min(emily) and max(emily) < 0.975
    assert 0.03 < min(frank) and max(frank) < 0.36
    assert _first_net_by_nnlib() == pytest.approx((emily[0], frank[0]), abs=1e-9)


def _four_people_nets(seeds):
    """Starts drawn as default_rng(seed).standard_normal(9) in the order W1, b1, W2, b2."""
    p = np.array([np.random.default_rng(s).standard_normal(9) for s in seeds])
    return p[:, :4].reshape(-1, 2, 2), p[:, 4:6].copy(), p[:, 6:8].copy(), p[:, 8].copy()


def _first_net_by_nnlib():
    W1, b1, W2, b2 = _four_people_nets([0])
    net = nnlib.Network([2, 2, 1])
    net.weights, net.biases = [W1[0].copy(), W2.copy()], [b1[0], b2]
    for _ in range(1000):
        for i in range(4):
            nnlib.descend(net, *net.backprop(PEOPLE[i : i + 1], GENDER[i : i + 1], nnlib.mse), 0.1)
    return tuple(net([[-7, -3], [20, 2]])[:, 0])
