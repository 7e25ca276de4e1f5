"""The worked numbers of chapter 5: Alice's derivatives, one step, and training on four people."""

import numpy as np
import pytest

import nnlib
from nnlib import FOUR_PEOPLE, NEW_PEOPLE, sigmoid
from nnlib.exercises import all_exercises

X, Y = FOUR_PEOPLE.X.astype(float), FOUR_PEOPLE.Y
ALICE = X[:1]


def network(p):
    """A 2-2-1 network from w1..w6, b1..b3."""
    net = nnlib.Network([2, 2, 1])
    p = np.array(p, float)
    net.weights, net.biases = [p[:4].reshape(2, 2), p[None, 4:6]], [p[6:8], p[8:]]
    return net


def parameters(net):
    return np.concatenate([net.weights[0].ravel(), net.weights[1].ravel(), *net.biases])


def loss(p, X=ALICE, Y=Y[:1]):
    return nnlib.evaluate(network(p), X, Y, nnlib.mse)[0]


ONES = np.array([1.0] * 6 + [0.0] * 3)


@pytest.fixture
def gradient():
    gW, gb = network(ONES).backprop(ALICE, Y[:1], nnlib.mse)
    return np.concatenate([gW[0].ravel(), gW[1].ravel(), *gb])


def test_alice_forward():
    Z, A = network(ONES).forward(ALICE)
    assert Z[0].tolist() == [[-3, -3]]
    assert A[1][0] == pytest.approx([0.04742587317756678] * 2, abs=1e-12)
    assert Z[1][0, 0] == pytest.approx(0.094852, abs=5e-7)
    assert A[2][0, 0] == pytest.approx(0.5236951741839995, abs=1e-9)
    assert loss(ONES) == pytest.approx(0.226866, abs=5e-7)


def test_every_factor_of_the_first_derivative(gradient):
    Z, A = network(ONES).forward(ALICE)
    out = float(nnlib.mse.df(A[2], Y[:1])[0, 0])
    o_slope, h_slope = float(sigmoid.df(Z[1])[0, 0]), float(sigmoid.df(Z[0])[0, 0])
    assert (out, o_slope, h_slope) == pytest.approx((-0.952610, 0.249439, 0.045177), abs=5e-7)
    assert h_slope * -2 == pytest.approx(-0.090353, abs=5e-7)
    assert o_slope * h_slope * -2 == pytest.approx(-0.022538, abs=5e-7)
    assert out * o_slope * 1 * h_slope * -2 == pytest.approx(gradient[0], rel=1e-12)
    assert gradient[0] == pytest.approx(0.0214695353, abs=1e-9)


def test_rounding_before_multiplying():
    assert 0.952 * 0.249 * 0.0904 == pytest.approx(0.021429, abs=5e-7)
    assert f"{0.952 * 0.249 * 0.0904:.4f}" == "0.0214"
    exact = 0.952610 * 0.249439 * 0.090353
    assert f"{exact:.4f}" == "0.0215" and exact == pytest.approx(0.02147, abs=5e-6)


def test_all_nine_and_the_judge(gradient):
    expected = [0.02147, 0.010735, 0.02147, 0.010735, -0.011269, -0.011269, -0.010735, -0.010735]
    assert gradient == pytest.approx([*expected, -0.2376175596], abs=5e-7)
    assert nnlib.numerical_gradient(loss, ONES.copy()) == pytest.approx(gradient, abs=1e-9)
    assert all_exercises()["5.3-5"].answer(ONES, ALICE[0], 1) == pytest.approx(gradient, rel=1e-12)


def test_the_promise_of_the_derivative(gradient):
    change = [loss(ONES + step * np.eye(9)[0]) for step in (0.1, -0.1)]
    assert change == pytest.approx([0.228834, 0.224521], abs=5e-7)
    assert 0.1 * gradient[0] == pytest.approx(0.002147, abs=5e-7)
    assert change[0] - loss(ONES) == pytest.approx(0.001967, abs=5e-7)
    assert loss(ONES) + 0.1 * gradient[0] == pytest.approx(0.229013, abs=5e-7)


def test_one_step(gradient):
    new = all_exercises()["5.3-6"].answer(ONES, ALICE[0], 1, 0.1)
    assert new[0] == pytest.approx(0.997853, abs=5e-7)
    assert loss(new) == pytest.approx(0.221097, abs=5e-7)
    assert 0.1 * (gradient**2).sum() == pytest.approx(0.005810, abs=5e-7)
    assert loss(ONES) - loss(new) == pytest.approx(0.005770, abs=5e-7)


def test_one_path_and_two_paths(gradient):
    by_x = nnlib.numerical_gradient(lambda x: loss(ONES, x), ALICE.copy())[0, 0]
    assert by_x == pytest.approx(-0.02147, abs=5e-6)
    assert by_x == pytest.approx(2 * gradient[6], rel=1e-6)


def train_in_order(p, rounds=1000):
    return all_exercises()["5.4-5"].answer(p, X, Y[:, 0], 0.1, rounds)


def start(seed):
    """The order of the chapter: w1 w2 w3 w4, b1 b2, w5 w6, b3."""
    return np.random.default_rng(seed).standard_normal(9)[..., [0, 1, 2, 3, 6, 7, 4, 5, 8]]


def test_equal_starts_stay_clones_and_learn_all_the_same():
    net = network(train_in_order(ONES))
    W1, W2 = net.weights
    assert W1[0].tolist() == W1[1].tolist() and W2[0, 0] == W2[0, 1]
    assert W1[0] == pytest.approx([1.28963787, 1.14481893], abs=5e-9)
    assert W2[0, 0] == pytest.approx(-3.03158682, abs=5e-9)
    assert loss(parameters(net), X, Y) == pytest.approx(0.0024, abs=5e-5)
    one = nnlib.Network([2, 1, 1])
    one.weights, one.biases = [W1[:1], W2[:, :1] + W2[:, 1:]], [net.biases[0][:1], net.biases[1]]
    assert one(X) == pytest.approx(net(X), abs=1e-12)


def test_clones_cannot_make_a_bump():
    points, wanted = [[-1], [0], [1]], [[0], [1], [0]]
    ends = []
    for equal in (True, False):
        net = nnlib.Network([1, 2, 1], rng=0)
        for W in net.weights:
            if equal:
                W[:] = 1
        rule = dict(cost=nnlib.mse, epochs=3000, batch_size=1, eta=1, rng=0)
        *_, last = nnlib.train(net, (points, wanted), **rule)
        ends.append(last.cost)
    assert ends[0] > 0.15 and ends[1] < 0.001


def test_the_run_of_seed_0():
    p, logged = start(0), {}
    for epoch in range(1000):
        p = train_in_order(p, 1)
        logged[epoch] = loss(p, X, Y)
    expected = {0: 0.2391, 10: 0.1557, 100: 0.0234, 500: 0.0034, 990: 0.0015}
    assert {e: logged[e] for e in expected} == pytest.approx(expected, abs=5e-5)
    emily, frank = network(p)(NEW_PEOPLE.X)[:, 0]
    assert (emily, frank) == pytest.approx((0.968, 0.039), abs=5e-4)


@pytest.fixture(scope="module")
def two_hundred():
    """w1..b3 of 200 trained networks as an array (9, 200): each name holds 200 numbers."""
    return train_in_order(np.array([start(seed) for seed in range(200)]).T)


def answers(P, x):
    return np.array([network(p)([x])[0, 0] for p in P.T])


def test_emily_and_frank_over_200_seeds(two_hundred):
    emily, frank = (answers(two_hundred, x) for x in NEW_PEOPLE.X)
    quantiles = [0, 0.05, 0.5, 0.95, 1]
    spread = [0.9455, 0.9476, 0.9659, 0.9686, 0.9697]
    assert np.quantile(emily, quantiles) == pytest.approx(spread, abs=6e-5)
    spread = [0.0368, 0.0382, 0.0392, 0.0567, 0.3421]
    assert np.quantile(frank, quantiles) == pytest.approx(spread, abs=6e-5)
    assert ((0.94 < emily) & (emily < 0.96)).mean() == pytest.approx(0.21)
    losses = np.array([loss(p, X, Y) for p in two_hundred.T])
    assert np.quantile(losses, [0, 1]) == pytest.approx([0.0013, 0.0028], abs=5e-5)


def test_two_hundred_at_once_are_two_hundred_one_by_one(two_hundred):
    for seed in (0, 13, 199):
        assert train_in_order(start(seed)) == pytest.approx(two_hundred[:, seed], abs=1e-9)


def test_four_right_answers_say_little_about_a_fifth_person(two_hundred):
    right = np.array([answers(two_hundred, x) > 0.5 for x in X]) == (Y == 1)
    assert right.all()
    mixed = answers(two_hundred, [X[0, 0], X[1, 1]])
    assert 80 < (mixed > 0.5).sum() < 120 and mixed.min() < 0.05 and mixed.max() > 0.95


def test_two_bundles(two_hundred):
    """Same direction of both hidden neurons: a loss as high as the clones'; opposite: lower."""
    losses = np.array([loss(p, X, Y) for p in two_hundred.T])
    hidden = np.array([network(p).forward(X[:2])[1][1] for p in two_hundred.T])
    same = (hidden[:, 0] - hidden[:, 1]).prod(axis=1) > 0
    assert losses[same].min() > 0.002 > losses[~same].max()
