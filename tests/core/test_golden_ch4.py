"""The worked numbers of chapter 4: gradients, steps, rates, batches, numerical slopes."""

import math

import numpy as np
import pytest

import nnlib
from nnlib import FOUR_PEOPLE as PEOPLE
from nnlib import sigmoid
from nnlib.exercises import all_exercises

BANK = all_exercises()
descend, sgd, central = (BANK[id].answer for id in ("4.2-6", "4.3-5", "4.4-4"))
POINT = np.array([3.0, -2.0])


def bowl(p):
    return p[0] ** 2 + 3 * p[1] ** 2


def slopes(p):
    return np.array([2 * p[0], 6 * p[1]])


def line_data():
    """The 64 points of section 4.3."""
    rng = np.random.default_rng(0)
    X = rng.uniform(-2, 3, (64, 1)).round(2)
    return X, (X - 0.5 + 0.8 * rng.standard_normal((64, 1))).round(2)


def race(m, epochs=10, eta=0.1, seed=0):
    """Costs above the lowest, after each epoch, of the linear neuron of section 4.3."""
    X, Y = line_data()
    net = nnlib.Network([1, 1], output=nnlib.linear)
    net.weights[0][:], net.biases[0][:] = -2.5, 3
    rule = dict(epochs=epochs, batch_size=m, eta=eta, rng=seed)
    costs = [epoch.cost for epoch in nnlib.train(net, (X, Y), **rule)]
    _, squares, *_ = np.linalg.lstsq(np.hstack([X, X**0]), Y, rcond=None)
    return np.array(costs) - squares[0] / 128, (net.weights[0].item(), net.biases[0].item())


def test_the_gradient_and_the_steepest_direction():
    g = nnlib.numerical_gradient(bowl, POINT.copy())
    assert g == pytest.approx([6, -12], abs=1e-8)
    assert np.linalg.norm(slopes(POINT)) == pytest.approx(13.416, abs=5e-4)
    angle = np.radians(np.arange(0, 360, 0.1))
    compass = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    best = compass[np.argmin([bowl(POINT + 1e-5 * u) for u in compass])]
    assert best == pytest.approx([-0.447, 0.894], abs=2e-3)


@pytest.mark.parametrize("eta, promised, delivered", [(0.1, 18, 13.32), (0.01, 1.8, 1.7532)])
def test_promised_and_delivered(eta, promised, delivered):
    new = descend(slopes, POINT, eta, 1)
    assert eta * slopes(POINT) @ slopes(POINT) == pytest.approx(promised, rel=1e-12)
    assert bowl(POINT) - bowl(new) == pytest.approx(delivered, abs=1e-12)
    if eta == 0.1:
        assert new == pytest.approx([2.4, -0.8]) and bowl(new) == pytest.approx(7.68)


def test_the_lecture_s_step():
    g = np.array([-0.08913117, -0.04750461, -0.00562623, -0.05862425, -0.03130539, -0.00351033,
                  -0.4110688, -0.37530217, -0.4590466])  # fmt: skip
    drop = 0.44735371 - 0.44202336
    assert g @ g == pytest.approx(0.535215, abs=5e-7)
    assert 0.01 * g @ g == pytest.approx(0.00535215, abs=1e-8)
    assert drop == pytest.approx(0.00533035, abs=1e-8)
    assert drop / (0.01 * g @ g) == pytest.approx(0.99593, abs=5e-6)


def test_alice_s_step():
    net = nnlib.Network([2, 2, 1])
    for W in net.weights:
        W[:] = 1
    alice = PEOPLE.X[:1], PEOPLE.Y[:1]
    gW, gb = net.backprop(*alice, nnlib.mse)
    assert gW[0][0, 0] == pytest.approx(0.0214695353, abs=1e-9)
    assert gb[1][0] == pytest.approx(-0.2376175596, abs=1e-9)
    before = nnlib.evaluate(net, *alice, nnlib.mse)[0]
    *_, after = nnlib.train(net, alice, cost=nnlib.mse, epochs=1, batch_size=1, eta=0.1)
    assert before == pytest.approx(0.226866, abs=5e-7)
    assert after.cost == pytest.approx(0.221097, abs=5e-7)
    assert net.weights[0][0, 0] == pytest.approx(0.997853, abs=5e-7)
    assert 0.1 * sum((g**2).sum() for g in gW + gb) == pytest.approx(0.005810, abs=5e-7)


@pytest.mark.parametrize("k", [0.25, 1, 2, 4])
def test_the_thresholds_are_one_and_two_over_the_curvature(k):
    def path(eta):
        return np.array([descend(lambda w: k * w, -3.0, eta, t) for t in range(30)])

    glide, zigzag = path(0.99 / k), path(1.01 / k)
    assert (glide < 0).all() and (np.sign(zigzag[1:]) != np.sign(zigzag[:-1])).all()
    assert abs(path(1.99 / k)[-1]) < 3 < abs(path(2.01 / k)[-1])
    assert np.abs(path(2 / k)) == pytest.approx(np.full(30, 3.0))
    assert path(1 / k)[1] == 0


def test_the_best_rate_in_a_valley():
    rates = np.arange(1, 220) / 1000
    worst = np.maximum(abs(1 - rates), abs(1 - 10 * rates))
    assert rates[worst.argmin()] == pytest.approx(2 / 11, abs=1e-3)
    assert rates[worst > 1].min() == pytest.approx(0.201)


def test_downhill_ends_in_the_valley_where_it_starts():
    def slope(w):
        return (w + 2) * (2 * w * (w - 2) + 1) / 16

    ends = [descend(slope, w, 0.3, 500) for w in (-3, 0.2, 0.4, 3)]
    assert ends == pytest.approx([-2, -2, 1 + 0.5**0.5, 1 + 0.5**0.5], abs=1e-6)


@pytest.mark.parametrize("N, m, updates", [(100, 100, 1), (100, 1, 100), (100, 10, 10),
                                           (100, 30, 4), (60000, 10, 6000)])  # fmt: skip
def test_updates_in_an_epoch(N, m, updates):
    net, X = nnlib.Network([1, 1]), np.zeros((N, 1))
    assert next(nnlib.train(net, (X, X), epochs=1, batch_size=m, eta=0)).updates == updates


def test_the_people_run_makes_4000_updates():
    net = nnlib.Network([2, 2, 1], rng=0)
    rule = dict(epochs=1000, batch_size=1, eta=0.1, rng=0)
    *_, last = nnlib.train(net, (PEOPLE.X, PEOPLE.Y), **rule)
    assert last.updates == 4000


def test_the_full_gradient_is_the_mean_of_the_example_gradients():
    net = nnlib.Network([5, 4, 3], rng=0)
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(20, 5)), rng.uniform(size=(20, 3))
    each = [net.backprop(X[[i]], Y[[i]]) for i in range(20)]
    for full, *parts in zip(sum(net.backprop(X, Y), []), *(sum(pair, []) for pair in each)):
        assert abs(np.mean(parts, axis=0) - full).max() < 1e-16 * 5


def test_who_is_ahead():
    """After 1 epoch single < batches of 8 < full batch; after 10 the mini-batch is lowest."""
    full, mini, single = (race(m)[0] for m in (64, 8, 1))
    assert (full[0], mini[0], single[0]) == pytest.approx((10.8382, 2.0685, 0.1821), abs=5e-5)
    assert (full[9], mini[9], single[9]) == pytest.approx((1.3816, 0.0020, 0.0302), abs=5e-5)
    for seed in range(6):
        full, mini, single = (race(m, seed=seed)[0] for m in (64, 8, 1))
        assert single[0] < mini[0] < full[0] and mini[9] < full[9]


def test_only_the_full_batch_gains_from_a_larger_rate():
    full, mini, single = ([race(m, eta=eta)[0][9] for eta in (0.1, 0.5)] for m in (64, 8, 1))
    assert full == pytest.approx([1.3816, 0.00011], abs=5e-5)
    assert full[1] < min(mini[0], single[0]) and mini[1] > mini[0] and single[1] > 1


@pytest.mark.parametrize("eta, factors", [(0.3, (0.4, -0.8)), (0.1, (0.8, 0.4))])
def test_two_rates_whose_slower_factor_is_alike(eta, factors):
    assert descend(slopes, POINT, eta, 1) / POINT == pytest.approx(factors)


def test_a_shrinking_rate_ends_lower_and_the_sum_explodes():
    shrinking = race(1, eta=lambda epoch: 0.1 / epoch)[0]
    assert shrinking[9] < 0.1 * race(1)[0][9] and shrinking[9] > shrinking[4]
    assert race(64, epochs=4, eta=6.4)[0][-1] > 1e9


@pytest.mark.parametrize("m", [1, 8, 30, 64])
def test_the_student_s_sgd_is_the_library_s(m):
    X, Y = line_data()
    ours = sgd(-2.5, 3.0, X[:, 0], Y[:, 0], 0.1, m, 5, 0)
    assert ours == pytest.approx(race(m, epochs=5)[1], rel=1e-9)


def test_central_differences():
    assert central(sigmoid, 0.0, 0.01) == pytest.approx(0.2499979, abs=5e-8)
    one_sided = (sigmoid(1e-15) - sigmoid(0.0)) / 1e-15
    assert one_sided == pytest.approx(0.222, abs=5e-4)
    hs = 10.0 ** np.arange(-1, -16, -1)
    assert 1e-7 < BANK["4.4-5"].answer(sigmoid, sigmoid.df(1.0), 1.0, hs) < 1e-3


@pytest.mark.parametrize("f", [np.sin, np.exp, sigmoid])
def test_the_student_s_central_difference_is_the_library_s(f):
    theirs = nnlib.numerical_gradient(lambda p: f(p[0]), np.array([0.7]), 0.01)[0]
    assert central(f, 0.7, 0.01) == pytest.approx(theirs, rel=1e-13)


def test_the_bill():
    net = nnlib.Network([784, 16, 16, 10])
    sizes = [W.size for W in net.weights]
    n = sum(p.size for p in net.weights + net.biases)
    forward, backward = 2 * sum(sizes), 2 * sum(sizes) + 2 * sum(sizes[1:])
    assert (n + 1, 2 * n) == (13003, 26004)
    assert (forward, backward) == (25920, 26752)
    assert backward / forward == pytest.approx(1.03, abs=5e-3)
    assert (n + 1) * forward == pytest.approx(3.370e8, rel=1e-3)


def test_numerical_gradient_takes_two_passes_a_parameter():
    calls = []
    nnlib.numerical_gradient(lambda p: calls.append(1) or 0.0, np.zeros(9))
    assert len(calls) == 18


def test_a_wrong_slope_passes_where_all_weights_are_0():
    wrong = nnlib.Activation("wrong", sigmoid.f, lambda z: sigmoid(z) / 2)
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(5, 2)), rng.uniform(size=(5, 1))

    def error(spread):
        net = nnlib.Network([2, 3, 1], wrong, spread=spread, rng=0)
        gW, _ = net.backprop(X, Y)
        W = net.weights[0]
        n = nnlib.numerical_gradient(lambda _: nnlib.evaluate(net, X, Y)[0], W)
        return nnlib.relative_error(gW[0], n)

    assert error(0) == 0 and error(1) > 0.05


def test_the_misread_grids():
    right, (first, later) = nnlib.data.DIGIT_GRID, nnlib.data.MISREAD_GRIDS

    def differ(one, other):
        return sum(a != b for a, b in zip("".join(one), "".join(other), strict=True))

    assert differ(later, right) == 7 and differ(later, first) == 5


def test_the_spread_of_four_slopes():
    four = np.array([1, 3, -1, 5])
    assert four.std() == pytest.approx(2.236, abs=5e-4)
    assert 2.236 / math.sqrt(2) * math.sqrt(2 / 3) == pytest.approx(1.291, abs=5e-4)
