"""Figures of chapter 9: scores and shares, areas of surprise, and what a wrong answer costs."""

import matplotlib.pyplot as plt
import numpy as np

from ..activations import sigmoid
from ..costs import cross_entropy, quadratic
from .style import DASH, INK, NEGATIVE, POSITIVE, signed


def score_bars(z, q, axes=None):
    """Scores z on the left, their shares q on the right, one bar a class."""
    if axes is None:
        axes = plt.subplots(1, 2, figsize=(6.2, 2.6))[1]
    classes = np.arange(len(z))
    for ax, values in zip(axes, (z, q)):
        colors = [POSITIVE if v >= 0 else NEGATIVE for v in values]
        ax.bar(classes, values, 0.6, color=colors)
        ax.axhline(0, color=INK, linewidth=0.8)
        ax.set(xticks=classes, xlabel="class")
        ax.spines["bottom"].set_visible(False)
    for j, v in enumerate(z):
        axes[0].text(j, v + (0.12 if v >= 0 else -0.12), signed(v), ha="center",
                     va="bottom" if v >= 0 else "top", fontsize=9)
    for j, v in enumerate(q):
        axes[1].text(j, v + 0.02, f"{v:.4f}", ha="center", va="bottom", fontsize=9)
    pad = 0.25 * max(np.ptp(z), 1)
    axes[0].set(title="scores $z$", ylim=(min(z.min(), 0) - pad, max(z.max(), 0) + pad), yticks=[])
    axes[1].set(title="shares $q$", ylim=(0, 1), yticks=[0, 0.5, 1])
    axes[0].spines["left"].set_visible(False)
    return axes


def surprise_blocks(p, q, ax=None):
    """Columns of width p_i: filled up to log 1/p_i, outlined up to log 1/q_i."""
    ax = ax or plt.subplots(figsize=(6, 3.2))[1]
    left = np.concatenate([[0], np.cumsum(p)[:-1]])
    ax.bar(left, np.log(1 / p), p, align="edge", color=POSITIVE, alpha=0.35, edgecolor="white",
           linewidth=2, label=r"$\log 1/p_i$: area $H(p)$")
    ax.bar(left, np.log(1 / q), p, align="edge", fill=False, edgecolor=INK, linewidth=1.6,
           label=r"$\log 1/q_i$: area $H(p, q)$")
    for x, width, share in zip(left, p, q):
        ax.text(x + width / 2, 0.06, f"$p$ {width:.2g}\n$q$ {share:.2g}", ha="center",
                va="bottom", fontsize=9)
    top = np.log(1 / np.minimum(p, q)).max()
    ax.set(xlim=(-0.01, 1.01), ylim=(0, 1.3 * top), xticks=[0, 0.5, 1],
           xlabel="how often it comes", ylabel="surprise (nats)")
    ax.legend(loc="upper left", ncols=2, fontsize=9)
    return ax


def losses_of_z(reach=8.0, axes=None):
    """Loss and output error of one sigmoid output with target 0 against its weighted input."""
    if axes is None:
        axes = plt.subplots(1, 2, figsize=(6.6, 2.8))[1]
    z = np.linspace(-reach, reach, 401)[:, None]
    a, y = sigmoid(z), np.zeros_like(z)
    looks = ((quadratic, "squared cost", NEGATIVE, DASH),
             (cross_entropy, "cross-entropy", POSITIVE, "-"))
    for cost, label, color, style in looks:
        axes[0].plot(z, cost.loss(z, a, y, sigmoid), color=color, linestyle=style, label=label)
        axes[1].plot(z, cost.output_error(z, a, y, sigmoid), color=color, linestyle=style)
    axes[0].set(title=r"loss $\ell$", ylim=(0, 4), xlabel="$z$")
    axes[0].legend(loc="upper left")
    axes[1].set(title=r"slope $\delta = \partial\ell/\partial z$", ylim=(0, 1.05), xlabel="$z$",
                yticks=[0, 0.5, 1])
    return axes


def accuracy_curves(curves, ax=None):
    """Accuracies against the epoch: a dict of name -> one share from 0 to 1 for each epoch."""
    ax = ax or plt.subplots(figsize=(6, 3))[1]
    looks = zip((NEGATIVE, POSITIVE, INK, POSITIVE), (DASH, "-", (0, (1.5, 1.2)), (0, (8, 3))))
    for (name, curve), (color, style) in zip(curves.items(), looks):
        ax.plot(range(1, len(curve) + 1), curve, color=color, linestyle=style, label=name)
    ax.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1), xlim=(1, None))
    ax.legend(loc="lower right")
    return ax
