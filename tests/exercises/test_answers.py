"""The right answers, found a second time: numbers by nnlib, choices by their first words."""

import math

import numpy as np
import pytest

import nnlib
from nnlib import sigmoid, tanh
from nnlib.exercises import all_exercises
from nnlib.exercises.kit import Choice, Question

BANK = all_exercises()
SEVEN = ("linear", "step", "sign", "piecewise linear", "sigmoid", "tanh", "relu")
OUTPUTS = np.array([0.01, 0.01, 0.01, 0.01, 0.21, 0.71, 0.01, 0.01, 0.01, 0.01])
FIVE = np.eye(10)[5]
GRID = (
    "0419213143 5361728694 0911243273 8690560761 8793985933 "
    "0749809414 4604561001 7163021179 0267839046 7468078315"
)
COUNTS = [GRID.count(digit) for digit in "0123456789"]
LOG = np.array(
    [9248, 9256, 9247, 9274, 9255, 9282, 9232, 9272, 9302]
    + [9287, 9282, 9285, 9275, 9287, 9301, 9311, 9325]
)

SORTED = np.array([[30, 4, 1], [6, 20, 4], [0, 1, 34]])  # the table of 7.4-8


HOURS = nnlib.SLEEP_STUDY.X
W1 = np.array([[1, -1], [-1, 0.5], [0.5, 1]])  # house shape: one row a neuron
W2 = np.array([[0.36583414, 2.22732369, -1.26740255]])


PEOPLE = nnlib.FOUR_PEOPLE.raw
SCORES = nnlib.SLEEP_STUDY.Y
PRINTED = np.array([[0.59470263], [0.58177822], [0.50641742]])  # the lecture's answers


PEOPLE_X = nnlib.FOUR_PEOPLE.X.astype(float)
LOGITS = np.array([2, 1, -1, 0.5])
PRIOR, BELIEF = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.25, 0.25, 0.4, 0.1])


def surprise(p, q):
    return -np.dot(p, np.log(q))


ONES = np.array([1.0] * 6 + [0.0] * 3)  # chapter 5: w1..w6, b1..b3


def three_neurons(p):
    """A 2-2-1 network with the nine parameters of chapter 5, in the order w1..w6, b1..b3."""
    net = nnlib.Network([2, 2, 1])
    p = np.asarray(p, float)
    net.weights, net.biases = [p[:4].reshape(2, 2), p[None, 4:6]], [p[6:8], p[8:]]
    return net


def alice_loss(p):
    return nnlib.evaluate(three_neurons(p), PEOPLE_X[:1], [[1]], nnlib.mse)[0]


def nine(p, x, y):
    gW, gb = three_neurons(p).backprop([x], [[y]], nnlib.mse)
    return np.concatenate([gW[0].ravel(), gW[1].ravel(), *gb])


ALICE_GRADIENT = nine(ONES, PEOPLE_X[0], 1)


def lazy(answer):
    """Mean squared error of one answer for all four people."""
    return nnlib.mse.f(np.full((4, 1), answer), nnlib.FOUR_PEOPLE.Y).mean()


def two_two_one(weights, bias):
    net = nnlib.Network([2, 2, 1])
    for W, b in zip(net.weights, net.biases):
        W[:], b[:] = weights, bias
    A = net.forward([[2, 3]])[1]
    return A[1][0, 0], A[2][0, 0]


def shapes(sizes):
    net = nnlib.Network(sizes)
    return [W.shape for W in net.weights], [b.shape for b in net.biases]


def parameters(sizes):
    net = nnlib.Network(sizes)
    return sum(p.size for p in net.weights + net.biases)


def at(*places):
    return [float(nnlib.ACTIVATIONS[name](float(z))) for name in SEVEN for z in places]


def bowl(p):
    return p[0] ** 2 + 3 * p[1] ** 2


START = 3, -2
STEPS = {eta: (3 - eta * 6, -2 + eta * 12) for eta in (0.1, 0.01)}


def spread(p):
    return math.sqrt(10000 * p * (1 - p))


ALICE_NET = nnlib.Network([2, 2, 1])
for _W in ALICE_NET.weights:
    _W[:] = 1
ALICE = nnlib.FOUR_PEOPLE.X[:1], nnlib.FOUR_PEOPLE.Y[:1]
ALICE_DELTA = ALICE_NET.backprop(*ALICE, nnlib.mse)[1][1][0]
TWO = np.array([0.8, 0.3])  # the outputs of 6.3


def lecture_turn(X, y, eta=0.01):
    """The lecture's slopes by W2, hidden errors, slopes by W1, and the drop of its cost."""
    rng = np.random.default_rng(0)
    W1, W2 = rng.standard_normal((2, 3)), rng.standard_normal((3, 1))
    a2 = sigmoid(X @ W1)
    d3 = (sigmoid(a2 @ W2) - y) * sigmoid.df(a2 @ W2)
    d2 = d3 @ W2.T * sigmoid.df(X @ W1)
    new = sigmoid(sigmoid(X @ (W1 - eta * X.T @ d2)) @ (W2 - eta * a2.T @ d3))
    old = sigmoid(a2 @ W2)
    return a2.T @ d3, d2, X.T @ d2, ((y - old) ** 2).sum() / 2 - ((y - new) ** 2).sum() / 2


def alice_nudged(dw):
    """Alice's loss when w1 grows by dw: its change to first order, and its change."""
    net = nnlib.Network([2, 2, 1])
    for W in net.weights:
        W[:] = 1
    data = nnlib.FOUR_PEOPLE.X[:1], nnlib.FOUR_PEOPLE.Y[:1], nnlib.mse
    slope, before = net.backprop(*data)[0][0][0, 0], nnlib.evaluate(net, *data)[0]
    net.weights[0][0, 0] += dw
    return slope * dw, nnlib.evaluate(net, *data)[0] - before


STUDENTS = lecture_turn(np.ones((4, 2)), np.ones((4, 1)))
dJdW2, _, dJdW1, DROP = lecture_turn(HOURS / HOURS.max(axis=0), SCORES)
SQUARES = (dJdW1**2).sum() + (dJdW2**2).sum()
WEIGHTS = sum(W.size for W in nnlib.Network([784, 16, 16, 10]).weights)


def library_factor(K):
    """How many times the house gradient the gradient of the mean over all entries is."""
    a, y = np.arange(K) / K, np.ones(K)
    return float((nnlib.mse.df(a, y) / nnlib.quadratic.df(a, y))[0])


ANSWERS = {
    "0.1-1": [0, 1, 1, 1, "the matrix that leaves its layer 1"],
    "0.1-2": [r"$\eta$", r"$\lambda$", r"$\delta$"],
    "0.1-3": ["(3, 3)", "no error, but", 0.5, (3.01**2 - 9) / 0.01, 70, 2 * 2 * 3],
    "0.2-1": [str((np.ones((3, 2)) @ np.ones((3, 2)).T).shape), "(3,)"],
    "0.2-2": ["b is added to every row", "an error", "no error, but every row gets one number"],
    "0.2-3": [4, 4, np.mean((np.array([1, 0, 0, 1]) - np.array([[1], [0], [0], [1]])) ** 2)],
    "0.2-4": [(np.array([[1, 2], [3, 4]]) @ np.array([[0, 1], [2, 5]]))[0, 1], 2 * 1],
    "0.3-1": [2 * 5 * 7, 2 * 3 * 2, 18 + 36 + 16],
    "0.3-2": [3 + 4, 2 * 5 * 7, "A square is missing on the left"],
    "0.3-3": [2 * 5 * 9],
    "0.3-4": [2 * 2 * 3, 2**2],
    "0.3-5": [(9.0601 - 9) / 0.01, (9.0601 - 8.9401) / 0.02],
    "1.1-1": [np.dot([1, 2, 3, 4], [0.5, -1, 0, 0.25]) + 2],
    "1.1-2": [1 + 0 - 2 + 3],
    "1.1-3": [3, -1, 3 * 2 - 1],
    "1.2-1": [-10, *sigmoid(np.array([8, 10, 12]) - 10.0)],
    "1.2-2": [math.log(0.99 / 0.01) / 2],
    "1.2-3": [0.5, sigmoid(np.dot([0.1, 0.9, 0.2], [-1, 2, -1]) - 1)],
    "1.3-1": at(0.3, -2),
    "1.3-2": at(0),
    "1.3-3": ["Step and sign", "The weights below get a gradient of exactly 0"],
    "1.3-4": ["It can be any real number"],
    "1.4-1": [sigmoid.df(0.0), sigmoid.df(2.0), tanh.df(2.0)],
    "1.4-2": ["by $e^{-x}$", r"$\frac{2}{1+u}-1$", r"$2\sigma(2x)$", r"$\frac{1}{1+e^{z}}$"],
    "1.4-3": ["$e^{1000}$ overflows", "`s * (1 - s)`"],
    "1.4-4": ["No: $e^{-z}$ is never 0", 53 * math.log(2)],
    "1.5-1": [7, sigmoid(7.0), -1, sigmoid(-1.0)],
    "1.5-2": [sigmoid(np.dot([0, 1], [3, 2]) + 4.0)],
    "1.5-3": [tanh(7.0)],
    "2.1-1": [16 + 16 + 10, 784 + 16 + 16 + 10],
    "2.1-2": ["A hope", "True by definition"],
    "2.1-3": ["Its values stand in no data set"],
    "2.2-1": [*two_two_one([0, 1], 1)],
    "2.2-2": [*two_two_one([1, 0], 0)],
    "2.2-3": ["The argument", 0.9526, sigmoid(0.0526)],
    "2.3-1": [n for pair in zip(*shapes([784, 16, 16, 10])) for n in (*pair[0], *pair[1])],
    "2.3-2": list(np.array([[1, 2, 0], [0, -1, 1]]) @ [1, 2, 3] + [0.5, -1]),
    "2.3-3": [3 - 1, 2, 4, 1, 3, 2],
    "2.3-4": ["$m$", 5],
    "2.4-1": [51, 14, parameters([3, 6, 3, 5])],
    "2.4-2": [parameters([784, 30, 10]), parameters([2, 3, 1]), 9, parameters([2, 2, 1])],
    "2.4-3": [parameters([784, 32, 32, 10]), 2],
    "2.4-4": [r"$\sum_{l=1}^{L}n_l\,(n_{l-1}+1)$"],
    "2.5-1": list((HOURS @ W1.T).flat),
    "2.5-2": list(sigmoid(sigmoid(HOURS / HOURS.max(axis=0) @ W1.T) @ W2.T).flat),
    "2.5-3": [3, 3, 3, 3, 3, 1, 3, 1],
    "2.5-4": [0.5, r"$\sigma(\tfrac12s)$", sigmoid(W2.sum() / 2)],
    "2.6-1": [3 * 2, 3 * 1 - 4],
    "2.6-2": [2, 1, *np.linalg.solve([[1, 0], [2, 1]], [1, 0])],
    "2.6-3": ["Logistic regression"],
    "3.1-1": [*nnlib.FOUR_PEOPLE.Y[:, 0], "A network that learns equally well answers 1 minus"],
    "3.1-2": ["It has no score"],
    "3.1-3": ["The test data have taken part in the choice"],
    "3.2-1": [*PEOPLE.mean(axis=0), *(PEOPLE[0] - PEOPLE.mean(axis=0))],
    "3.2-2": list(np.array([-8.25, -1.75]) / PEOPLE.std(axis=0).round(4)),
    "3.2-3": [*HOURS.mean(axis=0), *HOURS.std(axis=0),
              *((HOURS[0] - HOURS.mean(axis=0)) / HOURS.std(axis=0))],
    "3.2-4": [lazy(0.5), "The weighted inputs are far from 0"],
    "3.3-1": [lazy(0), lazy(1), lazy(0.5)],
    "3.3-2": [nnlib.mse.f(OUTPUTS[None], FIVE[None])[0], np.sum((OUTPUTS - FIVE) ** 2) / 2],
    "3.3-3": [nnlib.quadratic.f(PRINTED, SCORES).sum(), nnlib.mse.f(PRINTED, SCORES).mean()],
    "3.3-4": [0.01 * 3 / 1, 0.01 * 3 / 2],
    "3.4-1": [8, parameters([8, 8, 4, 1]), parameters([8, 8, 4, 1])],
    "3.4-2": ["The cost as a function of the weights", "A search, step by step", "A gradient"],
    "3.4-3": ["Other training examples"],
    "4.1-1": [6, -12, np.hypot(6, 12), *(np.array([-6, 12]) / np.hypot(6, 12))],
    "4.1-2": [2 * (5 - 3), "To the left"],
    "4.1-3": ["The first: the cost is more sensitive", 3.2 / 0.1, 3.2 * 0.01, 0.1 * 0.01],
    "4.2-1": [*STEPS[0.1], bowl(START), bowl(STEPS[0.1])],
    "4.2-2": [0.1 * 180, bowl(START) - bowl(STEPS[0.1]), 0.01 * 180,
              bowl(START) - bowl(STEPS[0.01]), "The difference shrinks a hundred times"],
    "4.2-3": [0.01 * 0.535215, 0.44735371 - 0.44202336,
              (0.44735371 - 0.44202336) / (0.01 * 0.535215), "Yes: a small step falls"],
    "4.2-4": ["Up, and the cost falls"],
    "4.2-5": [1 / 4, 2 / 4, 5 - 0.4 * 4 * 5, -3 - 0.4 * 4 * -3],
    "4.2-7": [2 / 10, "$w_2$", 2 / (1 + 10)],
    "4.3-1": [100 / 100, 100 / 1, 100 / 10],
    "4.3-2": [np.mean([1, 3, -1, 5]), np.mean([1, 3]), np.std([1, 3, -1, 5])],
    "4.3-3": [60000 / 10],
    "4.3-4": ["One example at a time, yes"],
    "4.3-6": [0.1 * 8, 0.1 / 8],
    "4.3-7": [10**2, 10**2, "Because far from the minimum nearly all"],
    "4.4-1": [(sigmoid(0.01) - sigmoid(-0.01)) / 0.02],
    "4.4-2": [(sigmoid(1e-15) - 0.5) / 1e-15, "The two values differ", "About $10^{-6}$"],
    "4.4-3": [parameters([784, 16, 16, 10]) + 1, 2 * parameters([784, 16, 16, 10])],
    "4.4-6": ["That it is right at this point"],
    "5.1-1": ["$x_1$", r"$\sigma'(z_1)$", "$w_5$", r"$\sigma'(z_3)$", "$-2(y-o)$"],
    "5.1-2": ["$h_2$ does not depend on $w_1$"],
    "5.1-3": [ALICE_GRADIENT[6:8] @ ONES[[0, 2]]],
    "5.2-1": [ALICE_GRADIENT[0]],
    "5.2-2": [-0.952 * 0.249 * -0.0904, "Each factor was rounded before"],
    "5.2-3": [ALICE_GRADIENT[1], "All but the last"],
    "5.2-4": [0.1 * ALICE_GRADIENT[0], alice_loss(ONES + 0.1 * np.eye(9)[0]) - alice_loss(ONES)],
    "5.3-1": list(ALICE_GRADIENT),
    "5.3-2": [0.1 * sum(ALICE_GRADIENT**2), alice_loss(ONES - 0.1 * ALICE_GRADIENT)],
    "5.3-3": ["$b_3$", "Nothing small stands in front"],
    "5.3-4": ["They stay equal for ever", "It is learned all the same"],
    "5.4-1": [1000 * 4, len(range(0, 1000, 10))],
    "5.4-2": ["Not because of this"],
    "5.4-3": ["The squared gap of one person", "The mean of the four"],
    "5.4-4": ["Start, forward, backward, update", "The rule for stopping"],
    "6.1-1": [*(np.array([1, 2, 3]) * [4, 5, 6]), np.dot([1, 2, 3], [4, 5, 6])],
    "6.1-2": ["No: the largest of $m$ numbers", "No: it is no function of the outputs"],
    "6.1-3": ["They only make it possible to compute the gradient"],
    "6.2-1": [ALICE_DELTA, r"$\partial L/\partial b_3$"],
    "6.2-2": [0.01 * ALICE_DELTA],
    "6.2-3": ["The neuron is saturated"],
    "6.3-1": list((TWO - [1, 0]) * TWO * (1 - TWO)),
    "6.3-2": list(2 * (TWO - [1, 0]) * TWO * (1 - TWO)),
    "6.3-3": ["Only the term $j=i$", "$y_i-a_i$", "$-f'(z_i)$", r"$-(y_i-a_i)\,f'(z_i)$"],
    "6.4-1": [0.094 * 0.25, 0.0635 * 0.19661],
    "6.4-2": [r"$\bigl(D^{(l+1)}W^{(l+1)}\bigr)\odot"],
    "6.4-3": ["The weights that connect", "At the weighted inputs $z$ of this layer"],
    "6.5-1": [*(0.0235 * np.array([1, 2, 0])), 0.01248, 2 * 0.01248, 0.01248],
    "6.5-2": ["The weights of column 3. The biases move"],
    "6.5-3": [10, 784, 16, 784, "$z^{M}$ instead"],
    "6.6-1": [1, 2, 3, 4, 5],
    "6.6-2": ["All activations, for the weight gradients, and all", "The $z$, because the slope"],
    "6.6-3": ["None: gradient descent does"],
    "6.6-4": [784 + 30 + 10, 30 + 10, 10 * (824 + 40)],
    "6.7-1": ["In the matrix product"],
    "6.7-2": [*STUDENTS[0].shape, *STUDENTS[1].shape, *STUDENTS[2].shape],
    "6.7-3": [0.01 * SQUARES, DROP],
    "6.7-4": [sigmoid.df(0.0), math.sqrt(3 * 2 * 0.44735371), math.sqrt(6 * 0.44735371) / 4,
              "Other data, at least four rows"],
    "6.8-1": ["The loop backwards stops one layer early"],
    "6.8-2": [np.ones((5, 3)).mean(axis=0).size, "The mean of $D$ down the rows"],
    "6.8-3": ["A forward pass that returns all activations"],
    "6.9-1": [2 * WEIGHTS, 2 * WEIGHTS + 2 * (256 + 160), 1 + 832 / 25920,
              2 * 3 * 20**2, 2 * 5 * 20**2, 2 - 1 / 3],
    "6.9-2": [13003 * 2 * WEIGHTS, 13003 * 25920 / (25920 + 26752), 1261 * 3 / 8],
    "6.10-1": [16 * 10, 16**2 * 10],
    "6.10-2": [np.dot([2, -1], [3, 4])],
    "6.10-3": alice_nudged(0.1) + alice_nudged(-0.1),
    "7.1-1": [28 * 28],
    "7.1-2": [2 + 6, "The labels of the data set"],
    "7.1-3": [*COUNTS, max(COUNTS)],
    "7.1-4": [np.ravel_multi_index((14, 8), (28, 28)), *np.unravel_index(500, (28, 28))],
    "7.2-1": list(np.argsort(OUTPUTS)[[-1, -2]]),
    "7.2-2": [np.mean((OUTPUTS - FIVE) ** 2), np.mean((0.1 - FIVE) ** 2)],
    "7.2-3": ["No: each sigmoid goes its own way"],
    "7.2-5": ["With one output, 4 lies between 3 and 5"],
    "7.3-1": [60000 / 30],
    "7.3-2": [100 / 10, 100 * 1135 / 10000],
    "7.3-3": ["Because otherwise the same batches come in the same order"],
    "7.3-5": ["Compare them on held-out validation digits", "The winner's score on the test"],
    "7.4-1": [np.argmax(LOG), np.argmin(LOG), np.sum(np.diff(LOG) < 0)],
    "7.4-2": [spread(LOG.mean() / 10000), "The two numbers cannot tell"],
    "7.4-3": ["Accuracy"],
    "7.4-4": ["The line is printed after the first pass, or the run was continued"],
    "7.4-5": [math.sqrt(60 + 52), math.sqrt(40 + 8), "Q: its difference"],
    "7.4-8": [20 / SORTED[:, 1].sum(), 20 / SORTED[1].sum(), np.trace(SORTED) / SORTED.sum()],
    "7.5-1": ["The weights from all pixels to it"],
    "7.5-2": ["No: they are two remarks"],
    "7.5-4": [0.03, 0.03 * math.exp(50_000 * math.log(0.99994))],
    "7.5-5": ["It learns exactly as well"],
    "7.5-6": ["The weighted input of output 8 is large"],
    "7.6-1": [1 - 350 / 500, 1 - 90 / 150],
    "7.6-2": [math.sqrt(0.15**2 / 5 + 0.2**2 / 5), "Not from these runs"],
    "7.6-3": ["Turning it by 180 degrees"],
    "8.1-1": [np.sum((0.5 - SCORES) ** 2) / 2, 0, np.sum(0.5 - SCORES) * sigmoid.df(0) * 0.5,
              "They stay equal for ever"],
    "8.1-2": [1, math.sqrt(1 / 8), math.sqrt(2) / 28],
    "8.1-3": [28 / math.sqrt(3), 28 / math.sqrt(3), 28, math.sqrt(2)],
    "8.1-4": [1 / 32],
    "8.2-1": [sigmoid.df(2), sigmoid.df(5), sigmoid.df(10), tanh.df(2),
              *nnlib.relu.df(np.array([2.0, -2.0]))],
    "8.2-2": [0, "A change in the layers before it"],
    "8.2-3": ["Its outputs are centred on 0"],
    "8.3-1": [1 / 1024, 1 / 1024**2],
    "8.3-2": ["Helps", "Helps", "Changes nothing", "Changes nothing"],
    "8.3-3": ["Saturation", "Vanishing gradients", "Smaller first weights"],
    "8.4-1": [1 / math.sqrt(100), 100],
    "8.4-2": [np.var([1, 3, -1, 5]) / 2],
    "8.5-1": [(1 - eta) ** 4 for eta in (0.1, 1.5, 2, 2.1)],
    "8.5-2": [r"$\eta<2/k$", r"$\eta\le1/k$"],
    "8.5-3": ["Far too small", "Far too large", "A rate a little too large", "A rate that was"],
    "8.5-4": [0.5 * math.exp(10 * math.log(0.9))],
    "8.6-1": [5, int(np.argmin([0.50, 0.42, 0.38, 0.36, 0.37, 0.39, 0.40]))],
    "8.6-2": ["Nobody can tell"],
    "8.6-3": ["Validation", "Test"],
    "8.7-1": [0.15 * np.sum(np.square([1, -2])), 0.3 * 1, 0.3 * -2],
    "8.7-2": [math.exp(10 * math.log(0.97))],
    "8.7-3": [np.linalg.norm(np.diag([3, 1])) ** 2, np.linalg.norm(np.diag([3, 1]), 2) ** 2,
              "Frobenius"],
    "8.7-4": [r"$W\leftarrow W-\eta\,(G+\lambda W)$"],
    "9.1-1": list(nnlib.softmax(LOGITS)),
    "9.1-2": ["Nothing"],
    "9.1-3": [nnlib.sigmoid(2 - 1)],
    "9.1-5": [0.2 - 0.2**2, -0.2 * 0.5],
    "9.2-1": [surprise(PRIOR, BELIEF) - surprise(PRIOR, PRIOR), surprise(PRIOR, BELIEF),
              surprise(PRIOR, PRIOR)],
    "9.2-2": [surprise(BELIEF, PRIOR) - surprise(BELIEF, BELIEF)],
    "9.2-3": [0, -math.log(0.71), -math.log(0.71)],
    "9.2-4": [(surprise(PRIOR, BELIEF) - surprise(PRIOR, PRIOR)) / math.log(2)],
    "9.3-1": list(nnlib.softmax(LOGITS) - np.eye(4)[2]),
    "9.3-2": [0.99 * 0.0099, 0.99, 0.99 / (0.99 * 0.0099)],
    "9.3-4": ["BP1 only", "No: their errors are still multiplied"],
    "10.1-1": [2 * 3 + 2, 3 + 1, 2],
    "10.1-2": [13002, 1],
    "10.1-3": ["A nudge of it reaches the end on two paths"],
    "10.2-1": ["$W$ itself"],
    "10.2-2": ["`backward` adds to what is there"],
    "10.2-3": [library_factor(10), 3 / library_factor(10)],
    "10.3-1": [20 * 24 * 24, 20 * (25 + 1), 20 * 24 * 24 * (784 + 1)],
    "10.3-2": ["Because the same matrix enters once for each time step"],
    "10.3-4": [20 * 10 + 20 * 20 + 20] * 2,
    "10.4-1": ["A learned number on the edge", "A learned function on the edge"],
    "10.4-2": [-0.1, -0.19, -0.271, -0.561, -0.3],
    "10.5-1": [3 + 6 + 3 + 5, sum(W.size for W in nnlib.Network([3, 6, 3, 5]).weights)],
    "10.5-2": ["Biases, activation functions, values, the cost"],
    "10.6-1": ["d2l.ai", "3Blue1Brown", "Karpathy", "Nielsen"],
    "10.6-2": [len("aircAruvnKk"), "A character was lost"],
}


@pytest.mark.parametrize("id", [id for id, e in BANK.items() if isinstance(e, Question)])
def test_the_right_answer_is_right(id):
    assert len(ANSWERS[id]) == len(BANK[id].parts)
    for answer, part in zip(ANSWERS[id], BANK[id].parts, strict=True):
        if isinstance(part, Choice):
            right = list(part.options)["ABCDEF".index(part.answer)]
            assert right.startswith(answer)
        else:
            assert part.answer == pytest.approx(float(answer), rel=1e-12, abs=1e-15)


def test_golden_numbers():
    """To the digits that the documents print."""
    shown = {"1.2-1": [-10, 0.1192, 0.5, 0.8808], "1.4-1": [0.25, 0.1050, 0.0707]}
    shown |= {"1.5-1": [7, 0.99909, -1, 0.2689], "1.5-2": [0.99753], "1.2-2": [2.2976]}
    shown |= {"7.2-2": [0.0129, 0.09], "1.2-3": [0.5, 0.6225]}
    for id, values in shown.items():
        for value, part in zip(values, BANK[id].parts, strict=True):
            assert part.answer == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize("id, theirs", [
    ("1.3-5", nnlib.piecewise_linear), ("1.3-6", nnlib.relu.df), ("1.4-5", nnlib.sigmoid),
    ("1.4-6", nnlib.sigmoid.df), ("7.2-4", nnlib.one_hot),
    ("2.4-5", parameters), ("3.3-6", lambda A, Y: nnlib.quadratic.f(A, Y).mean()),
    ("5.2-5", lambda *args: nine(*args)[3]), ("5.3-5", nine),
    ("5.3-6", lambda p, x, y, eta: p - eta * nine(p, x, y)),
    ("8.7-5", lambda W, gW, eta, lam: (1 - eta * lam) * W - eta * gW),
    ("9.1-4", nnlib.softmax),
    ("9.3-3", lambda Z, Y: nnlib.softmax_cross_entropy.loss(Z, None, Y, nnlib.softmax)),
    ("3.3-5", lambda y, a: nnlib.mse.f(a, y[:, None]).mean()),
])  # fmt: skip
def test_worked_solutions_agree_with_the_library(id, theirs):
    for args in BANK[id].inputs(np.random.default_rng(3)):
        ours = BANK[id].answer(*args)
        np.testing.assert_allclose(ours, theirs(*map(np.asarray, args)), rtol=1e-12, atol=1e-300)
