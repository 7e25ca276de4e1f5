"""A feedforward network: its numbers, the forward pass, and backpropagation in four equations.

The letters of the book, here and everywhere:
  x  inputs, y  targets: rows are examples, shapes (m, n_0) and (m, K)
  W = weights[l-1], shape (n_l, n_{l-1}): W[j, k] leads to neuron j from k of the layer before
  b = biases[l-1], shape (n_l,);  layer 0 is the input, layer L the output
  Z[l-1], A[l]  weighted inputs and activations of layer l, shape (m, n_l);  A[0] is x
  D  errors dloss/dZ of one layer, shape (m, n_l), without 1/m;  gW, gb  gradients of the cost
"""

import numpy as np

from .activations import ACTIVATIONS, sigmoid
from .costs import quadratic


class Network:
    """Layers of neurons: Network([2, 3, 1]) has 2 inputs, 3 hidden, 1 output.

    Weights start as normal numbers with standard deviation `spread`, or
    1/sqrt(number of inputs) where none is given; biases start at 0.
    rng: a seed, a numpy Generator or None.
    """

    def __init__(
        self, sizes, hidden=sigmoid, output=sigmoid, *, spread=None, rng=None, dtype=float
    ):
        if len(sizes) < 2 or any(n < 1 or n != int(n) for n in sizes):
            raise ValueError(
                f"sizes is {list(sizes)}: needed are two or more whole numbers, each at least 1"
            )
        rng = np.random.default_rng(rng)
        self.sizes = [int(n) for n in sizes]
        self.activations = [hidden] * (len(sizes) - 2) + [output]
        self.weights = [
            (rng.standard_normal((n, k)) * (k**-0.5 if spread is None else spread)).astype(dtype)
            for k, n in zip(self.sizes[:-1], self.sizes[1:])
        ]
        self.biases = [np.zeros(n, dtype) for n in self.sizes[1:]]

    def __call__(self, x):
        """Outputs of shape (m, K) for inputs of shape (m, n_0)."""
        return self.forward(x)[1][-1]

    def forward(self, x):
        """Weighted inputs Z and activations A of all layers; x is (m, n_0)."""
        Z, A = [], [self._rows(x, self.sizes[0], "inputs")]
        layers = zip(self.weights, self.biases, self.activations)
        for W, b, activation in layers:
            Z.append(A[-1] @ W.T + b)
            A.append(activation.f(Z[-1]))
        return Z, A

    def backprop(self, x, y, cost=quadratic):
        """Gradients of the mean loss, shaped like weights and biases."""
        Z, A = self.forward(x)
        y = self._rows(y, self.sizes[-1], "targets", len(A[0]))
        m, L = len(y), len(self.weights)
        gW, gb = [None] * L, [None] * L
        output = self.activations[-1]
        D = cost.output_error(Z[-1], A[-1], y, output)  # BP1
        for i in reversed(range(L)):  # i = l - 1
            gb[i] = D.sum(axis=0) / m  # BP3
            gW[i] = (D / m).T @ A[i]  # BP4
            if i > 0:
                slope = self.activations[i - 1].slope(Z[i - 1], A[i])
                D = D @ self.weights[i] * slope  # BP2
        return gW, gb

    def _rows(self, x, width, what, m=None):
        x = np.asarray(x, self.weights[0].dtype)
        if x.ndim != 2 or x.shape[1] != width or (m is not None and len(x) != m):
            raise ValueError(
                f"the {what} have shape {x.shape}: needed is "
                f"({'m' if m is None else m}, {width}), one example a row"
            )
        return x

    def save(self, path):
        """Write the network to one .npz file of plain arrays."""
        arrays = {f"W{l}": W for l, W in enumerate(self.weights, 1)}
        arrays |= {f"b{l}": b for l, b in enumerate(self.biases, 1)}
        np.savez(path, activations=[a.name for a in self.activations], **arrays)

    @classmethod
    def load(cls, path):
        """Read a network that save has written. Raises ValueError where the file holds none."""
        try:
            with np.load(path, allow_pickle=False) as f:
                names = f["activations"].tolist()
                weights = [f[f"W{l}"] for l in range(1, len(names) + 1)]
                biases = [f[f"b{l}"] for l in range(1, len(names) + 1)]
            activations = [ACTIVATIONS[name] for name in names]
        except FileNotFoundError:
            raise
        except Exception as e:
            raise ValueError(f"{path} is not a network that Network.save has written") from e
        net = cls([weights[0].shape[1], *(len(b) for b in biases)], dtype=weights[0].dtype)
        net.weights, net.biases, net.activations = weights, biases, activations
        return net

    def __repr__(self):
        n = sum(p.size for p in self.weights + self.biases)
        return f"Network {'-'.join(map(str, self.sizes))}, {n} parameters"
