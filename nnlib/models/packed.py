"""A network 784-n-10 in few bytes, the same on disk and in the page (js/digit_net.js reads it).

float32        a step for each hidden neuron (n), their biases (n), a step for each output (10),
               their biases (10)
int8 or int16  W1 (n, pixels), W2 (10, n): whole numbers; a weight is its number times the step of
               its row
"""

import numpy as np

from ..activations import sigmoid
from ..network import Network

PIXELS, CLASSES = 784, 10


def pack(net, dtype=np.int8, pixels=slice(None)):
    """The bytes of a network 784-n-10: whole numbers of this dtype, W1 at these pixels only."""
    W, s = _whole(net.weights[0][:, pixels], dtype)
    V, t = _whole(net.weights[1], dtype)
    head = np.concatenate([s, net.biases[0], t, net.biases[1]]).astype("<f4")
    return head.tobytes() + W.tobytes() + V.tobytes()


def unpack(row, n, dtype=np.int8):
    """W1 (n, pixels), b1 (n,), W2 (10, n), b2 (10,) of bytes that pack has made."""
    head = np.frombuffer(row, "<f4", 2 * (n + CLASSES)).astype(float)
    s, b, t, c = np.split(head, [n, 2 * n, 2 * n + CLASSES])
    whole = np.frombuffer(row, dtype, offset=4 * len(head)).astype(float)
    W, V = whole[: -n * CLASSES].reshape(n, -1), whole[-n * CLASSES :].reshape(CLASSES, n)
    return W * s[:, None], b, V * t[:, None], c


def network(row, n, dtype=np.int8, hidden=sigmoid, output=sigmoid):
    """The network of bytes that pack has made, with the weights as they are stored."""
    W, b, V, c = unpack(row, n, dtype)
    net = Network([PIXELS, n, CLASSES], hidden, output)
    net.weights, net.biases = [W, V], [b, c]
    return net


def _whole(W, dtype):
    """Rows as whole numbers and the step of each row."""
    step = (abs(W).max(axis=1) / np.iinfo(dtype).max).astype("<f4")
    step[step == 0] = 1
    return np.rint(W / step[:, None].astype(float)).astype(dtype), step
