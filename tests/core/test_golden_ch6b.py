"""The worked numbers of chapter 6, second half: the lecture's batch, the check, counts, paths."""

import inspect
from itertools import product

import numpy as np
import pytest

import nnlib
from nnlib import FOUR_PEOPLE, SLEEP_STUDY
from nnlib.exercises import all_exercises

f = nnlib.sigmoid
X, Y = SLEEP_STUDY.X / SLEEP_STUDY.X.max(axis=0), SLEEP_STUDY.Y
BACKPROP = all_exercises()["6.8-4"]


def lecture():
    """The seeded network of the section in the lecture's shapes, and in the house."""
    rng = np.random.default_rng(0)
    W1, W2 = rng.standard_normal((2, 3)), rng.standard_normal((3, 1))
    net = nnlib.Network([2, 3, 1])
    net.weights = [W1.T.copy(), W2.T.copy()]
    return W1, W2, net


def lecture_slopes(W1, W2):
    z2 = X @ W1
    a2 = f(z2)
    z3 = a2 @ W2
    delta3 = -(Y - f(z3)) * f.df(z3)
    delta2 = delta3 @ W2.T * f.df(z2)
    return X.T @ delta2, a2.T @ delta3


def test_one_turn_of_the_lecture():
    W1, W2, net = lecture()
    dJdW1, dJdW2 = lecture_slopes(W1, W2)
    assert dJdW1 == pytest.approx(np.array([[-0.02862325, -0.02029980, 0.01376160],
                                            [-0.01839016, -0.01278952, 0.00899507]]), abs=1e-8)
    assert dJdW2[:, 0] == pytest.approx([-0.06546194, -0.05084493, -0.07974123], abs=1e-8)
    m = len(X)
    before = m * nnlib.evaluate(net, X, Y)[0]
    nnlib.descend(net, *net.backprop(X, Y), 0.01 * m)
    for b in net.biases:
        b[:] = 0  # the lecture has none
    after = m * nnlib.evaluate(net, X, Y)[0]
    assert before == pytest.approx(0.05684348, abs=1e-8)
    assert after == pytest.approx(0.05669130, abs=1e-8)
    predicted = 0.01 * ((dJdW1**2).sum() + (dJdW2**2).sum())
    assert predicted == pytest.approx(0.00015233, abs=5e-9)
    assert before - after == pytest.approx(0.00015219, abs=5e-9)


def test_the_lectures_gradient_is_the_house_gradient():
    W1, W2, net = lecture()
    for theirs, ours in zip(lecture_slopes(W1, W2), net.backprop(X, Y)[0]):
        assert theirs.T / len(X) == pytest.approx(ours, rel=1e-12)


def nielsen(net, x, y, count):
    """Backpropagation of one example as columns, as the slides have it; layers counted from 1."""
    a, z = [x[:, None]], []
    for W, b in zip(net.weights, net.biases):
        z.append(W @ a[-1] + b[:, None])
        a.append(f(z[-1]))
    gW, gb = [np.zeros(W.shape) for W in net.weights], [np.zeros(len(b)) for b in net.biases]
    delta = (a[-1] - y[:, None]) * f.df(z[-1])
    gW[-1], gb[-1] = delta @ a[-2].T, delta[:, 0]
    for l in range(2, count):
        delta = net.weights[-l + 1].T @ delta * f.df(z[-l])
        gW[-l], gb[-l] = delta @ a[-l - 1].T, delta[:, 0]
    return gW, gb


def test_the_count_of_layers_must_include_the_input():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        net = nnlib.Network([3, 4, 5, 2], spread=1, rng=rng)
        net.biases = [rng.standard_normal(n) for n in (4, 5, 2)]
        x, y = rng.standard_normal(3), rng.uniform(size=2)
        numbers = [nnlib.numerical_gradient(lambda _: nnlib.evaluate(net, x[None], y[None])[0], W)
                   for W in net.weights]
        gaps = {count: max(abs(g - n).max() for g, n in zip(nielsen(net, x, y, count)[0], numbers))
                for count in (4, 3)}
        assert gaps[4] < 1e-10 and 1e-3 < gaps[3] < 0.1
        house = net.backprop(x[None], y[None])
        for theirs, ours in zip(nielsen(net, x, y, 4), house):
            assert all(map(np.allclose, theirs, ours))


def test_the_printed_slope_is_out_of_reach():
    """Three rows allow 0.40958228; the slide prints 0.4590466."""
    J = 0.44735371
    bound = np.sqrt(3 * 2 * J) / 4
    assert bound == pytest.approx(0.40958228, abs=1e-8) and bound < 0.4590466
    assert np.sqrt(4 * 2 * J) / 4 > 0.4590466
    W1 = [-0.08913117, -0.04750461, -0.00562623, -0.05862425, -0.03130539, -0.00351033]
    squares = np.square([*W1, -0.4110688, -0.37530217, -0.4590466]).sum()
    assert 0.01 * squares == pytest.approx(0.00535215, abs=1e-8)
    assert J - 0.44202336 == pytest.approx(0.00533035, abs=1e-8)


class Counted(np.ndarray):
    """An array that counts multiplications and additions of its matrix products."""

    total = 0

    def __array_ufunc__(self, ufunc, method, *arrays, **options):
        if ufunc is np.matmul:
            (m, k), n = arrays[0].shape, arrays[1].shape[1]
            Counted.total += m * k * n * (2 if k > 1 else 1)
        result = getattr(ufunc, method)(*map(np.asarray, arrays), **options)
        return np.asarray(result).view(Counted)


def passes(sizes, m):
    net = nnlib.Network(sizes, rng=0)
    net.weights = [W.view(Counted) for W in net.weights]
    x, y = np.full((m, sizes[0]), 0.5), np.full((m, sizes[-1]), 0.5)
    counts = []
    for work in (lambda: net(x), lambda: net.backprop(x, y)):
        Counted.total = 0
        work()
        counts.append(Counted.total // m)
    return counts[0], counts[1] - counts[0]


def test_the_count_of_operations():
    assert passes([784, 16, 16, 10], 100) == (25920, 26752)
    assert passes([784, 16, 16, 10], 1) == (25920, 13792)
    assert passes([20, 20, 20, 20], 100) == (2400, 4000)
    assert 13003 * 25920 == pytest.approx(3.37e8, rel=1e-3)
    assert 13003 * 25920 / (25920 + 26752) == pytest.approx(6400, rel=1e-3)


@pytest.mark.parametrize("L", [1, 2, 5])
def test_the_ratio_of_equal_layers_grows_with_the_depth_only(L):
    for width in (4, 16):
        forward, backward = passes([width] * (L + 1), 10)
        assert backward / forward == pytest.approx(2 - 1 / L)


def test_a_slope_is_a_sum_over_six_paths():
    net = nnlib.Network([2, 2, 3, 2], spread=1, rng=0)
    x, y = np.array([[1.0, -1.0]]), np.array([[1.0, 0.0]])
    Z, A = net.forward(x)
    s1, s2, s3 = (f.df(z)[0] for z in Z)
    _, W2, W3 = net.weights
    paths = [x[0, 1] * s1[0] * W2[p, 0] * s2[p] * W3[q, p] * s3[q] * (A[-1] - y)[0, q]
             for p, q in product(range(3), range(2))]
    assert len(paths) == 6
    assert sum(paths) == pytest.approx(net.backprop(x, y)[0][0][0, 1], rel=1e-12)
    assert sum(paths) == pytest.approx(0.0153044817, abs=5e-11)


def test_alice_to_first_order():
    alice = nnlib.Network([2, 2, 1])
    for W in alice.weights:
        W[:] = 1
    x, y = FOUR_PEOPLE.X[:1], FOUR_PEOPLE.Y[:1]
    loss = nnlib.evaluate(alice, x, y, nnlib.mse)[0]
    slope = alice.backprop(x, y, nnlib.mse)[0][0][0, 0]
    alice.weights[0][0, 0] = 1.1
    raised = nnlib.evaluate(alice, x, y, nnlib.mse)[0]
    assert 0.1 * slope == pytest.approx(0.002147, abs=5e-7)
    assert (loss, raised) == pytest.approx((0.226866, 0.228834), abs=5e-7)
    assert raised - loss == pytest.approx(0.001967, abs=5e-7)
    alice.weights[0][0, 0] = 0.9
    lowered = nnlib.evaluate(alice, x, y, nnlib.mse)[0]
    assert lowered - loss == pytest.approx(-0.002345, abs=5e-7)


# -- the large exercise ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_answer_is_the_librarys(seed):
    for weights, biases, x, y in BACKPROP.inputs(np.random.default_rng(seed)):
        net = nnlib.Network([len(x[0]), *map(len, biases)], nnlib.relu)
        net.weights, net.biases = weights, biases
        for theirs, ours in zip(net.backprop(x, y), BACKPROP.answer(weights, biases, x, y)):
            assert all(map(np.allclose, theirs, ours))


def changed(old, new):
    """The right answer with one piece of its text exchanged, as a learner would have it."""
    source = inspect.getsource(BACKPROP.answer)
    assert source.count(old) == 1
    space = {"np": np}
    exec(source.replace(old, new), space)
    return space["backprop"]


SAID = {
    # known slips, written in another way than in the list of the exercise
    ("(Z[i - 1] > 0)", "(A[i] >= 0)"): "always true",
    (" * (Z[i - 1] > 0)", ""): "always true",
    ("(A[-1] - Y) * A[-1] * (1 - A[-1])", "(Y - A[-1]) * A[-1] * (1 - A[-1])"): "wrong sign",
    ("reversed(range(L))", "range(L - 1, 0, -1)"): "stops one layer early",
    ("D = D @ weights[i]", "weights[i] -= 1e-3 * gW[i]; D = D @ weights[i]"): "changed inside",
    # unknown ones: where the check looks
    ("D @ weights[i] *", "0.9 * D @ weights[i] *"): "look at the way back, BP2",
    ("D.T @ A[i] / m", "D.T @ A[i] / m + 0.01"): "Look at BP4",
    ("D.sum(axis=0) / m", "D.sum(axis=0) / m + 0.01"): "look at BP3",
    ("(1 - A[-1])\n", "(1 - A[-1]) * 0.7\n"): "begin with the forward pass and BP1",
    ("D @ weights[i]", "D @ weights[i] * (1 - (i < L - 1) / 2)"): "the indices and the loop",
    ("return gW, gb", "return gW"): "two lists, gW and gb",
    ("return gW, gb", "return gW[::-1], gb[::-1]"): "has shape",
    ("D.T @ A[i] / m", "D @ A[i] / m"): "stops with ValueError",
}


@pytest.mark.parametrize("edit, said", SAID.items(), ids=lambda v: v[1] if len(v) == 2 else v)
def test_what_the_check_says_of_other_slips(edit, said):
    for seed in range(3):
        verdict = BACKPROP.judge(changed(*edit), seed)
        assert verdict.state == "Not yet" and said in verdict.text, verdict


def test_a_step_taken_inside_is_mentioned_even_where_the_gradients_are_right():
    late = changed("return gW, gb", "weights[0] -= gW[0]; return gW, gb")
    verdict = BACKPROP.judge(late)
    assert verdict.state == "Passed" and "changes the array" in verdict.text
