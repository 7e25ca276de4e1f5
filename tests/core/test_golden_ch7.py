"""The worked numbers of chapter 7: the grid, ten outputs, the log, flips, and what is learned."""

import copy

import numpy as np
import pytest

import nnlib
from nnlib.data import DIGIT_GRID, MISREAD_GRIDS, data_found, embedded_digits
from nnlib.exercises import all_exercises

BANK = all_exercises()
one_hot, accuracy, standard_error, flips, confusion, precision_recall, weight_image, votes = (
    BANK[id].answer
    for id in ("7.2-4", "7.3-4", "7.4-6", "7.4-7", "7.4-9", "7.4-10", "7.5-3", "7.5-7")
)
LABELS = np.array([int(digit) for row in DIGIT_GRID for digit in row])
LOG = np.array([9248, 9256, 9247, 9274, 9255, 9282, 9232, 9272, 9302,
                9287, 9282, 9285, 9275, 9287, 9301, 9311, 9325])  # fmt: skip
OUTPUTS = np.array([[0.01, 0.01, 0.01, 0.01, 0.21, 0.71, 0.01, 0.01, 0.01, 0.01]])
RULE = dict(batch_size=10, eta=3.0, rng=0)


@pytest.fixture(scope="module")
def digits():
    return embedded_digits()


@pytest.fixture(scope="module")
def start():
    return nnlib.Network([784, 30, 10], rng=0)


@pytest.fixture(scope="module")
def trained(digits, start):
    """784-30-10 after five epochs, and its answers to the test digits after each."""
    net, answers = copy.deepcopy(start), []
    for _ in nnlib.train(net, (digits.X, digits.Y), epochs=5, **RULE):
        answers.append(net(digits.X_test).argmax(axis=1))
    return net, answers


def test_the_grid_has_these_counts():
    assert np.bincount(LABELS).tolist() == [13, 14, 6, 11, 11, 5, 11, 10, 8, 11]


@pytest.mark.parametrize("copy, slips", [
    (0, {(2, 2): (1, 7), (4, 7): (9, 5), (5, 8): (1, 7), (7, 9): (9, 8)}),
    (1, {(0, 2): (1, 7), (2, 2): (1, 7), (4, 7): (9, 5), (5, 8): (1, 7), (7, 6): (1, 7),
         (7, 7): (1, 7), (9, 8): (1, 7)}),
])  # fmt: skip
def test_the_slips_of_the_typed_grids(copy, slips):
    typed = np.array([int(digit) for row in MISREAD_GRIDS[copy] for digit in row])
    wrong = np.flatnonzero(typed != LABELS)
    assert {divmod(int(i), 10): (LABELS[i], typed[i]) for i in wrong} == slips


def test_the_two_typed_grids_differ_in_five_cells():
    first, second = ("".join(rows) for rows in MISREAD_GRIDS)
    assert sum(a != b for a, b in zip(first, second, strict=True)) == 5


@pytest.mark.skipif(data_found() != "MNIST", reason="MNIST was not found")
def test_the_numbers_of_mnist():
    mnist = nnlib.load_mnist()
    assert mnist.X.shape == (60_000, 28 * 28) and mnist.X_test.shape == (10_000, 784)
    assert mnist.labels[1:101].tolist() == LABELS.tolist()
    assert np.bincount(mnist.test_labels).max() == np.bincount(mnist.test_labels)[1] == 1135


@pytest.mark.parametrize("sizes, weights, biases", [
    ((784, 16, 16, 10), [12544, 256, 160], 42), ((784, 30, 10), [23520, 300], 40),
])  # fmt: skip
def test_where_the_parameters_sit(sizes, weights, biases):
    net = nnlib.Network(sizes, rng=0)
    assert [W.size for W in net.weights] == weights
    assert sum(b.size for b in net.biases) == biases


def test_the_ten_outputs():
    target = one_hot([5], 10)
    assert OUTPUTS.sum() == pytest.approx(1.00, abs=1e-12)
    assert OUTPUTS[0].argsort()[[-1, -2]].tolist() == [5, 4]
    assert accuracy(OUTPUTS, target) == 1
    assert nnlib.mse.f(OUTPUTS, target)[0] == pytest.approx(0.0129, abs=1e-12)
    assert nnlib.mse.f(OUTPUTS, 0 * target)[0] == pytest.approx(0.0549, abs=1e-12)
    assert nnlib.mse.f(np.full((1, 10), 0.1), target)[0] == pytest.approx(0.09, abs=1e-12)


@pytest.mark.parametrize("N, m, updates", [(60_000, 10, 6000), (60_000, 30, 2000)])
def test_updates_in_an_epoch(N, m, updates):
    net, X = nnlib.Network([1, 1]), np.zeros((N, 1), np.float32)
    assert next(nnlib.train(net, (X, X), epochs=1, batch_size=m, eta=0)).updates == updates


def test_the_log_of_the_slides():
    steps = np.diff(LOG)
    assert (LOG.max(), LOG.argmax(), LOG.min(), LOG.argmin()) == (9325, 16, 9232, 6)
    assert LOG.mean() == pytest.approx(9277.7, abs=0.05)
    assert LOG[-1] - LOG[0] == 77 and (steps < 0).sum() == 6 and len(steps) == 16
    assert np.polyfit(np.arange(17), LOG, 1)[0] == pytest.approx(3.91, abs=5e-3)
    assert standard_error(LOG.mean(), 10_000) == pytest.approx(25.9, abs=0.05)


def test_a_reading_wavers_by_its_standard_error():
    p = LOG.mean() / 10_000
    readings = np.random.default_rng(0).binomial(10_000, p, 50_000)
    assert readings.std() == pytest.approx(standard_error(LOG.mean(), 10_000), rel=0.02)
    within = abs(readings - 10_000 * p) < standard_error(LOG.mean(), 10_000)
    assert within.mean() == pytest.approx(2 / 3, abs=0.03)


def test_the_difference_of_coin_flips_wavers_by_the_root_of_their_number():
    heads = np.random.default_rng(0).binomial(112, 0.5, 50_000)
    assert (heads - (112 - heads)).std() == pytest.approx(np.sqrt(60 + 52), rel=0.02)


def test_flips_are_what_two_networks_differ_by(digits, trained):
    _, answers = trained
    u, v = flips(answers[0], answers[-1], digits.test_labels)
    gain = (answers[-1] == digits.test_labels).sum() - (answers[0] == digits.test_labels).sum()
    assert u - v == gain > 2 * np.sqrt(u + v)


def test_the_confusion_table_holds_accuracy_precision_and_recall(digits, trained):
    net, answers = trained
    counts = confusion(digits.test_labels, answers[-1], 10)
    right = answers[-1] == digits.test_labels
    assert counts.sum() == len(right) and np.trace(counts) == right.sum()
    assert right.mean() == accuracy(net(digits.X_test), digits.Y_test) > 0.9
    for k in range(10):
        precision, recall = precision_recall(counts, k)
        assert precision == pytest.approx(right[answers[-1] == k].mean())
        assert recall == pytest.approx(right[digits.test_labels == k].mean())


def test_unscaled_pixels_flatten_the_hidden_neurons(digits, start):
    flat = [np.mean(nnlib.sigmoid.df(start.forward(scale * digits.X)[0][0]) < 0.01)
            for scale in (1, 255)]  # fmt: skip
    assert flat[0] == 0 and flat[1] > 0.9


def test_a_rate_that_is_much_too_large_ends_the_learning_for_good(digits, start):
    net = copy.deepcopy(start)
    for eta, low, high in ((3, 0.8, 1), (30, 0, 0.2), (3, 0, 0.2)):
        rule = dict(epochs=2, batch_size=10, eta=eta, rng=0)
        *_, last = nnlib.train(net, (digits.X, digits.Y), **rule)
        assert low <= last.accuracy <= high


def test_zero_targets_teach_to_say_nothing(digits, start):
    net = copy.deepcopy(start)
    *_, last = nnlib.train(net, (digits.X, 0 * digits.Y), epochs=5, **RULE)
    assert last.cost < 1e-3 and net(digits.X_test).max() < 0.05


def test_weights_of_white_pixels_stay_and_with_l2_fade(digits, start, trained):
    white = digits.X.max(axis=0) == 0
    before = start.weights[0][:, white]
    assert white.sum() > 300
    assert np.array_equal(trained[0].weights[0][:, white], before)
    net = copy.deepcopy(start)
    *_, last = nnlib.train(net, (digits.X, digits.Y), epochs=2, lam=1e-3, **RULE)
    np.testing.assert_allclose(
        net.weights[0][:, white], before * (1 - 3.0 * 1e-3) ** last.updates, rtol=1e-9
    )


def test_shuffled_pixels_are_learned_just_as_well(digits, start):
    shuffle = np.random.default_rng(0).permutation(784)
    plain, dusty = copy.deepcopy(start), copy.deepcopy(start)
    dusty.weights[0] = start.weights[0][:, shuffle].copy()
    list(nnlib.train(plain, (digits.X, digits.Y), epochs=1, **RULE))
    list(nnlib.train(dusty, (digits.X[:, shuffle], digits.Y), epochs=1, **RULE))
    np.testing.assert_allclose(dusty.weights[0], plain.weights[0][:, shuffle], atol=1e-12)


def neighbours(W):
    images = np.array([weight_image(W, j) for j in range(len(W))])
    return np.corrcoef(images[:, :, 1:].ravel(), images[:, :, :-1].ravel())[0, 1]


def test_training_ties_neighbouring_pixels_together(start, trained):
    assert abs(neighbours(start.weights[0])) < 0.02
    assert neighbours(trained[0].weights[0]) > 0.5


def test_noise_is_called_a_digit(trained):
    dots = np.random.default_rng(0).uniform(0, 1, (1000, 784))
    assert trained[0](dots).max() > 0.7


def test_a_weighted_input_is_the_votes_for_and_against(digits, trained):
    net, x = trained[0], digits.X_test[0]
    Z, _ = net.forward(x[None])
    for j in range(30):
        up, down = votes(net.weights[0][j], x)
        assert up >= 0 >= down
        assert up + down + net.biases[0][j] == pytest.approx(Z[0][0, j])
