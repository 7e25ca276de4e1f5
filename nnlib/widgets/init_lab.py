"""InitLab: how the scale of the first weights lets signal and gradient through a deep network."""

import numpy as np
import traitlets as t

from ..activations import ACTIVATIONS
from ..network import Network
from .base import Choice, Number, Whole, Widget

STARTS = {  # the spread of the first weights of a neuron with n inputs, before the factor g
    "N(0, 1)": lambda n: 1.0,
    "0.01": lambda n: 0.01,
    "1/sqrt(n)": lambda n: n**-0.5,
    "sqrt(2/n)": lambda n: (2 / n) ** 0.5,
}
FLAT = 5  # a sigmoid or tanh stands on its flat part where |z| is larger
BATCH, FEW, WORK = 100, 20, 40_000  # examples: BATCH, but FEW where depth * width² is above WORK


def _rms(values):
    return float(np.sqrt((values**2).mean()))


class InitLab(Widget):
    """A deep network before its first step: signal on the way up, gradient on the way back.

    ``depth`` layers of ``width`` neurons, all with the ``activation``, start from normal weights
    with the spread of ``start`` times ``g``; biases are 0. ``seed`` draws the weights, then the
    inputs (standard normal), then the targets (uniform from 0 to 1), as ``network()`` and
    ``data()`` show; the cost is the quadratic one. ``signal``: the root mean square of a in each
    layer, the input first. ``gradients``: that of dC/dw in each layer. ``flat``: the share of z
    where the activation is flat, |z| > 5 (for ReLU: z <= 0). Sums over very deep networks with very
    large weights are chaotic: there Python and the page agree in fewer digits.
    """

    kind = t.Unicode("init-lab", read_only=True).tag(sync=True)
    depth = Whole(8, min=1, max=20, help="layers with weights").tag(sync=True)
    width = Whole(64, min=8, max=128, help="neurons in each layer, and inputs").tag(sync=True)
    activation = Choice(["sigmoid", "tanh", "relu", "linear"], "relu").tag(sync=True)
    start = Choice(STARTS, "1/sqrt(n)").tag(sync=True)
    g = Number(1.0, min=0.01, max=5, help="factor on the spread").tag(sync=True)
    seed = Whole(0, min=0, max=9999).tag(sync=True)
    predict = t.Bool(False, help="hide the results until the reader has guessed").tag(sync=True)

    @property
    def spread(self):
        """The standard deviation of the weights."""
        return self.g * STARTS[self.start](self.width)

    @property
    def m(self):
        """The number of examples: 100, or 20 for the largest networks."""
        return BATCH if self.depth * self.width**2 <= WORK else FEW

    def _draw(self):
        rng = np.random.default_rng(self.seed)
        act = ACTIVATIONS[self.activation]
        net = Network([self.width] * (self.depth + 1), act, act, spread=self.spread, rng=rng)
        X = rng.standard_normal((self.m, self.width))
        return net, X, rng.uniform(size=(self.m, self.width))

    def network(self):
        """The network as it starts."""
        return self._draw()[0]

    def data(self):
        """Inputs and targets, (m, width) each."""
        return self._draw()[1:]

    def _forward(self):
        net, X, _ = self._draw()
        return net.forward(X)

    @property
    def signal(self):
        """The root mean square of the activations, by layer from the input on: (depth + 1,)."""
        return np.array([_rms(A) for A in self._forward()[1]])

    @property
    def gradients(self):
        """The root mean square of dC/dw, by layer: (depth,)."""
        net, X, Y = self._draw()
        return np.array([_rms(g) for g in net.backprop(X, Y)[0]])

    @property
    def flat(self):
        """The share of neurons and examples where the activation is flat, by layer: (depth,)."""
        off = {"relu": lambda z: z <= 0, "linear": lambda z: np.zeros(z.shape)}
        where = off.get(self.activation, lambda z: abs(z) > FLAT)
        return np.array([where(z).mean() for z in self._forward()[0]])

    def diagnose(self):
        """Both diseases: the share of flat hidden neurons, and gradients of last to first layer."""
        hidden, gradients = self.flat[:-1], self.gradients
        ratio = gradients[-1] / gradients[0] if gradients[0] else 0  # 0: no slope is left anywhere
        return (float(hidden.mean()) if len(hidden) else 0.0), float(ratio)

    def starts(self):
        """``diagnose()`` for each of the four starts, with g = 1."""
        here = {key: getattr(self, key) for key in ("depth", "width", "activation", "seed")}
        return {start: InitLab(start=start, **here).diagnose() for start in STARTS}

    def caption(self):
        flat, ratio = self.diagnose()
        signal = self.signal
        return (f"{self.depth} {self.activation} layers of {self.width}, weights with the spread "
                f"{self.spread:.3g}: the signal goes from {signal[0]:.3g} at the input to "
                f"{signal[-1]:.3g} in the last layer, {flat:.0%} of the hidden neurons are flat, "
                f"and the last layer's slopes are {ratio:.3g} times as large as the first layer's.")

    def table(self):
        signal, gradients, flat = self.signal, self.gradients, self.flat
        (share, ratio), last = self.diagnose(), self.depth
        return [
            ("s", "spread of the weights", f"{self.spread:.6g}"),
            ("a", "size of the signal: input, first layer, last layer",
             f"{signal[0]:.6g}, {signal[1]:.6g}, {signal[last]:.6g}"),
            ("∂C/∂w", "size of the slopes: first layer, last layer",
             f"{gradients[0]:.6g}, {gradients[-1]:.6g}"),
            ("ratio", "slopes of the last layer to those of the first", f"{ratio:.6g}"),
            ("flat", "share of hidden neurons on the flat part", f"{share:.4g}"),
            ("flat", "the same by layer", ", ".join(f"{v:.3g}" for v in flat)),
        ]
