"""The three abstractions as a ladder, and the growing square behind the first slope."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from nnlib import Network, descend, evaluate, numerical_gradient

from .style import ACCENT, DASH, INK, NEGATIVE, POSITIVE

# One neuron with one weight and a handful of examples: its cost is the curve on the rungs.
X = np.array([[-2.0], [-1.0], [0.5], [1.0], [3.0]])
Y = np.array([[0.1], [0.3], [0.7], [0.6], [0.9]])


def ladder(net=None, ax=None):
    """The ladder from the bottom up: a network, its cost, the search, the gradient.

    The numbers beside the rungs are those of net, by default a digit network 784-30-10.
    """
    ax = ax or plt.subplots(figsize=(5.2, 6.0))[1]
    net = net or Network([784, 30, 10], rng=0)
    many = f"{sum(p.size for p in net.weights + net.biases):,}"
    rungs = [
        (_network, "A network", "What does it answer?",
         f"{net.sizes[0]} inputs \N{RIGHTWARDS ARROW} {net.sizes[-1]} outputs",
         f"{many} parameters"),
        (_cost, "1. Its cost", "How wrong is it?",
         f"{many} parameters \N{RIGHTWARDS ARROW} 1 number", "the examples"),
        (_search, "2. The search", "Which parameters are better?",
         f"{many} parameters \N{RIGHTWARDS ARROW} better ones", "the examples"),
        (_gradient, "3. The gradient", "Which way is down?",
         f"{many} parameters \N{RIGHTWARDS ARROW} {many} slopes", "the examples"),
    ]
    for level, (picture, title, question, does, fixed) in enumerate(rungs):
        picture(ax.inset_axes((0.12, level + 0.15, 1.1, 0.74), transform=ax.transData))
        ax.text(1.46, level + 0.81, title, va="center", weight="bold", fontsize=13)
        ax.text(1.46, level + 0.6, question, va="center", style="italic")
        ax.text(1.46, level + 0.39, does, va="center")
        ax.text(1.46, level + 0.18, f"held fixed: {fixed}", va="center")
    ax.vlines((0, 1.3), -0.12, 4.12, color=INK, linewidth=3)
    ax.hlines(range(5), 0, 1.3, color=INK, linewidth=3)
    ax.set(xlim=(-0.05, 3.6), ylim=(-0.15, 4.15))
    ax.axis("off")
    return ax


def _network(ax):
    """A small network, blue solid weights positive, orange dashed ones negative."""
    net = Network([4, 3, 2], rng=0)
    places = [np.linspace(-1, 1, n) * (n - 1) / 3 for n in net.sizes]
    for layer, W in enumerate(net.weights):
        for (j, k), w in np.ndenumerate(W):
            color, style = (POSITIVE, "-") if w >= 0 else (NEGATIVE, DASH)
            ax.plot([layer, layer + 1], [places[layer][k], places[layer + 1][j]], color=color,
                    linestyle=style, linewidth=0.5 + 2.5 * abs(w) / np.abs(W).max(), zorder=1)
    for layer, heights in enumerate(places):
        ax.plot(np.full(len(heights), layer), heights, "o", color=ACCENT, markeredgecolor=INK,
                markersize=8)
    ax.set(xlim=(-0.15, 2.15), ylim=(-1.2, 1.2))
    ax.axis("off")


def _neuron(w):
    """A sigmoid neuron with the weight w and no bias."""
    net = Network([1, 1], rng=0)
    net.weights[0][:] = w
    return net


def _cost_at(w):
    return evaluate(_neuron(w), X, Y)[0]


def _curve(ax):
    """The cost of the one-weight neuron, with its two axes named."""
    w = np.linspace(-0.6, 3.4, 100)
    ax.plot(w, [_cost_at(v) for v in w], color=INK)
    ax.spines[["left", "bottom"]].set_visible(True)
    ax.set(xticks=[], yticks=[], xlim=(-0.7, 3.5))
    ax.set_xlabel("weight", fontsize=9, labelpad=1, loc="right")
    ax.set_ylabel("cost", fontsize=9, labelpad=1, loc="top")


def _dot(ax, w):
    ax.plot(w, _cost_at(w), "o", color=ACCENT, markeredgecolor=INK, markersize=8, zorder=4)


def _cost(ax):
    _curve(ax)
    ax.vlines(0, ax.get_ylim()[0], _cost_at(0), color=INK, linewidth=1, linestyle=":")
    _dot(ax, 0)


def _search(ax):
    """Real steps of descent on the curve."""
    _curve(ax)
    net = _neuron(-0.4)
    for _ in range(6):
        _dot(ax, net.weights[0].item())
        gW, _ = net.backprop(X, Y)
        descend(net, gW, [np.zeros(1)], eta=2.5)


def _gradient(ax):
    """The tangent, with the slope that the library measures."""
    _curve(ax)
    limits, at = ax.get_ylim(), np.array([0.0])
    slope = numerical_gradient(lambda p: _cost_at(p[0]), at)[0]
    ends = np.array([-0.6, 0.9])
    ax.plot(ends, _cost_at(0) + slope * ends, color=POSITIVE, linestyle="-")
    ax.set_ylim(limits)
    _dot(ax, 0)


def growing_square(x=3, h=0.5, ax=None):
    """A square of side x grown by h: two blue strips of area xh and a yellow corner of area hh."""
    ax = ax or plt.subplots(figsize=(3.6, 3.6))[1]
    parts = [((0, 0), x, x, "none", 1, "$x^2$"), ((x, 0), h, x, POSITIVE, 0.25, "$xh$"),
             ((0, x), x, h, POSITIVE, 0.25, "$xh$"), ((x, x), h, h, ACCENT, 1, "$h^2$")]
    for corner, width, height, color, alpha, text in parts:
        ax.add_patch(Rectangle(corner, width, height, facecolor=color, alpha=alpha))
        ax.add_patch(Rectangle(corner, width, height, fill=False, edgecolor=INK, linewidth=1.4))
        ax.text(corner[0] + width / 2, corner[1] + height / 2, text, ha="center", va="center")
    for at, text in ((x / 2, "$x$"), (x + h / 2, "$h$")):
        ax.text(at, -0.06 * (x + h), text, ha="center", va="center")
        ax.text(-0.06 * (x + h), at, text, ha="center", va="center")
    ax.set(xlim=(-0.12 * (x + h), 1.02 * (x + h)), ylim=(-0.12 * (x + h), 1.02 * (x + h)))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax
