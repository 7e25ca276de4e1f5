"""The network 784-30-10 that reads what is drawn: digits.npz, described in digits.json.

A network 784-n-10 in few bytes, the same on disk and in the page:
  float32  a step for each hidden neuron (n), their biases (n), a step for each output (10),
           their biases (10)
  int8 or int16  W1 (n, 784), W2 (10, n): whole numbers; a weight is its number times its row's step
"""

import functools
import json
from pathlib import Path

import numpy as np

from ..activations import sigmoid
from ..network import Network

HERE = Path(__file__).parent
PIXELS, CLASSES = 784, 10


def pack(net, dtype=np.int16):
    """The bytes of a network 784-n-10, its weights rounded to whole numbers of this dtype."""
    (W, s), (V, t) = (_whole(W, dtype) for W in net.weights)
    head = np.concatenate([s, net.biases[0], t, net.biases[1]]).astype("<f4")
    return head.tobytes() + W.tobytes() + V.tobytes()


def unpack(row, n, hidden=sigmoid, output=sigmoid):
    """The network of bytes that pack has made, with the weights as they are stored."""
    head = np.frombuffer(row, "<f4", 2 * (n + CLASSES)).astype(float)
    s, b, t, c = np.split(head, [n, 2 * n, 2 * n + CLASSES])
    size = (len(row) - 4 * len(head)) // (n * (PIXELS + CLASSES))
    whole = np.frombuffer(row, f"<i{size}", offset=4 * len(head)).astype(float)
    W, V = whole[: n * PIXELS].reshape(n, -1), whole[n * PIXELS :].reshape(CLASSES, n)
    net = Network([PIXELS, n, CLASSES], hidden, output)
    net.weights, net.biases = [W * s[:, None], V * t[:, None]], [b, c]
    return net


def _whole(W, dtype):
    """Rows as whole numbers and the step of each row."""
    step = (abs(W).max(axis=1) / np.iinfo(dtype).max).astype("<f4")
    step[step == 0] = 1
    return np.rint(W / step[:, None].astype(float)).astype(dtype), step


def save(row, about):
    """Write digits.npz and digits.json."""
    np.savez_compressed(HERE / "digits.npz", row=np.frombuffer(row, np.uint8))
    (HERE / "digits.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


@functools.cache
def load():
    """The project's network, its weights as they are stored."""
    about = json.loads((HERE / "digits.json").read_text("utf-8"))
    with np.load(HERE / "digits.npz") as file:
        return unpack(file["row"].tobytes(), about["settings"]["sizes"][1])
