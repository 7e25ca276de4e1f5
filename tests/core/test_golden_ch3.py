"""The worked numbers of chapter 3: preparing data, and the five conventions of a cost."""

import numpy as np
import pytest

import nnlib
from nnlib import FOUR_PEOPLE as PEOPLE
from nnlib import NEW_PEOPLE, SLEEP_STUDY
from nnlib.exercises import all_exercises

PRINTED = np.array([[0.59470263], [0.58177822], [0.50641742]])  # the lecture's answers


def standardise(train, new):
    return all_exercises()["3.2-5"].answer(train, new)


def test_the_people_shifted_and_centred():
    assert PEOPLE.X.tolist() == [[-2, -1], [25, 6], [17, 4], [-15, -6]]
    assert NEW_PEOPLE.X.tolist() == [[-7, -3], [20, 2]]
    assert PEOPLE.raw.mean(axis=0).tolist() == [141.25, 66.75]
    centred = PEOPLE.raw - PEOPLE.raw.mean(axis=0)
    assert centred.tolist() == [[-8.25, -1.75], [18.75, 5.25], [10.75, 3.25], [-21.25, -6.75]]
    assert PEOPLE.raw.std(axis=0) == pytest.approx([15.7063, 4.6570], abs=5e-5)
    alice = standardise(PEOPLE.raw, PEOPLE.raw)[0]
    assert alice == pytest.approx([-0.525, -0.376], abs=5e-4)


def test_the_students_normalised():
    X = SLEEP_STUDY.X
    assert X.mean(axis=0) == pytest.approx([6, 2.66666667], abs=1e-8)
    assert X.std(axis=0) == pytest.approx([2.94392029, 1.69967317], abs=1e-8)
    expected = [[-1.019, 1.3728], [-0.3397, -0.9806], [1.3587, -0.3922]]
    assert standardise(X, X) == pytest.approx(np.array(expected), abs=5e-5)


def errors_after_training(X, seeds):
    for seed in seeds:
        net = nnlib.Network([2, 2, 1], spread=1, rng=seed)
        rule = dict(cost=nnlib.mse, epochs=300, batch_size=1, eta=0.1, rng=0)
        *_, last = nnlib.train(net, (X, PEOPLE.Y), **rule)
        yield last.cost


def test_unshifted_people_teach_nothing():
    assert list(errors_after_training(PEOPLE.raw, range(5))) == pytest.approx([0.25] * 5, abs=1e-3)
    assert max(errors_after_training(PEOPLE.X, range(5))) < 0.03


@pytest.mark.parametrize("answer, cost", [(0, 0.5), (1, 0.5), (0.5, 0.25)])
def test_three_lazy_machines(answer, cost):
    assert nnlib.mse.f(np.full((4, 1), answer), PEOPLE.Y).mean() == cost


def test_the_broadcast_trap_gives_one_half_for_perfect_answers():
    y = PEOPLE.Y[:, 0]
    assert ((y - PEOPLE.Y) ** 2).mean() == 0.5
    assert all_exercises()["3.3-5"].answer(y, PEOPLE.Y) == 0


def test_ten_outputs():
    a = np.full((1, 10), 0.01)
    a[0, 4:6] = 0.21, 0.71
    y = nnlib.one_hot(np.array([5]), 10).astype(float)
    assert a.sum() == pytest.approx(1) and a.argmax() == 5
    house, total, no_half, mean = all_exercises()["3.3-7"].answer(a, y)
    assert (mean, house, total) == pytest.approx((0.0129, 0.0645, 0.0645), abs=1e-12)
    assert nnlib.mse.f(a, 0 * y)[0] == pytest.approx(0.0549, abs=1e-12)


def test_the_lecture_and_its_print_out():
    house, total, _, mean = all_exercises()["3.3-7"].answer(PRINTED, SLEEP_STUDY.Y)
    assert total == pytest.approx(0.13014455, abs=1e-8)
    assert (mean, house) == pytest.approx((0.08676, 0.04338), abs=5e-6)
    net = nnlib.Network([2, 3, 1])
    net.weights = [np.array([[1, -1, 0.5], [-1, 0.5, 1]]).T,
                   np.array([[0.36583414, 2.22732369, -1.26740255]])]
    assert net(SLEEP_STUDY.X / SLEEP_STUDY.X.max(axis=0)) == pytest.approx(PRINTED, abs=1e-8)
    assert np.sqrt(3 * 2 * 0.44735371) / 4 == pytest.approx(0.40958228, abs=1e-8)


def test_the_factors_of_the_five_conventions():
    """Values and measured slopes against the house cost: 1, m, 2, 2/K."""
    rng = np.random.default_rng(0)
    m, K = 6, 10
    X, Y = rng.normal(size=(m, 3)), nnlib.one_hot(rng.integers(0, K, m), K).astype(float)
    net = nnlib.Network([3, 4, K], rng=0)
    factors = np.array([1, m, 2, 2 / K])
    values = all_exercises()["3.3-7"].answer(net(X), Y)
    assert np.array(values) / nnlib.evaluate(net, X, Y)[0] == pytest.approx(factors, rel=1e-12)

    gradients = []
    for i in range(4):
        def one_cost(W, i=i):
            net.weights[0] = W
            return all_exercises()["3.3-7"].answer(net(X), Y)[i]

        gradients.append(nnlib.numerical_gradient(one_cost, net.weights[0].copy()))
    for factor, gradient in zip(factors, gradients, strict=True):
        assert gradient == pytest.approx(factor * gradients[0], rel=1e-5, abs=1e-8)
    house = net.backprop(X, Y)[0][0]
    assert gradients[0] == pytest.approx(house, rel=1e-5, abs=1e-8)


def test_the_same_path_under_three_conventions():
    lecture = nnlib.Cost("sum", lambda a, y: len(y) * ((a - y) ** 2).sum(axis=1) / 2,
                         lambda a, y: len(y) * (a - y))
    data = SLEEP_STUDY.X / SLEEP_STUDY.X.max(axis=0), SLEEP_STUDY.Y
    ends = []
    for cost, eta in ((lecture, 0.01), (nnlib.quadratic, 0.03), (nnlib.mse, 0.015)):
        net = nnlib.Network([2, 3, 1], rng=0)
        for _ in nnlib.train(net, data, cost=cost, epochs=20, batch_size=3, eta=eta, rng=0):
            pass
        ends.append(np.concatenate([W.ravel() for W in net.weights]))
    assert abs(ends[1] - ends[0]).max() < 1e-15 and abs(ends[2] - ends[0]).max() < 1e-15


def test_a_network_and_its_cost_as_two_functions():
    """784 numbers to 10 with 13002 held fixed; 13002 numbers to 1 with the examples held fixed."""
    net = nnlib.Network([784, 16, 16, 10], rng=0)
    rng = np.random.default_rng(0)
    X, Y = rng.uniform(0, 1, (5, 784)), nnlib.one_hot(rng.integers(0, 10, 5), 10)
    assert net(X).shape == (5, 10)
    assert sum(W.size for W in net.weights) == 12960 and sum(b.size for b in net.biases) == 42
    by_hand = ((Y - net(X)) ** 2).sum() / (2 * 5)
    assert nnlib.evaluate(net, X, Y)[0] == pytest.approx(by_hand, rel=1e-12)
