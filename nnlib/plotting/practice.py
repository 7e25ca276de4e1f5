"""Figures of chapter 8: starts, errors by layer, loss curves, when to stop, fits."""

import matplotlib.pyplot as plt
import numpy as np

from ..activations import sigmoid
from .style import ACCENT, DASH, INK, NEGATIVE, POSITIVE


def start_histograms(zs, axes=None):
    """Weighted inputs of several starts above, their sigmoids below; zs: a dict name -> numbers."""
    if axes is None:
        axes = plt.subplots(2, len(zs), figsize=(7.2, 3.2))[1]
    reach = max(3 * z.std() for z in zs.values())
    for (name, z), (above, below) in zip(zs.items(), axes.T):
        z = np.ravel(z)
        above.hist(z, np.linspace(-reach, reach, 61), color=INK)
        below.hist(sigmoid(z), np.linspace(0, 1, 31), color=POSITIVE)
        above.set_title(name, fontsize=9, loc="center")
        above.set_xlabel("$z$")
        below.set(xlabel=r"$\sigma(z)$", xticks=[0, 0.5, 1])
        for ax in (above, below):
            ax.set_yticks([])
            ax.spines["left"].set_visible(False)
    return axes


def layer_errors(curves, ax=None):
    """Size of the errors by layer, on a logarithmic axis; curves: a dict name -> one a layer."""
    ax = ax or plt.subplots(figsize=(6, 3.2))[1]
    looks = zip((NEGATIVE, INK, POSITIVE), (DASH, (0, (1.5, 1.2)), "-"))
    for (name, sizes), (color, style) in zip(curves.items(), looks):
        layers = np.arange(1, len(sizes) + 1)
        ax.plot(layers, sizes, color=color, linestyle=style, marker="o", markersize=4, label=name)
    ax.set(yscale="log", xlabel="layer", ylabel="size of the error", xticks=layers)
    ax.legend(loc="lower right")
    return ax


def loss_family(curves, axes=None):
    """One panel for each loss curve: a dict of name -> costs, one for each epoch."""
    if axes is None:
        axes = plt.subplots(2, 3, figsize=(7, 3.8))[1].flat
    for (name, losses), ax in zip(curves.items(), axes):
        ax.plot(range(1, len(losses) + 1), losses, color=INK)
        ax.set(ylim=(0, 1.1 * max(losses)), xlim=(1, len(losses)))
        ax.set_title(name, loc="center")
        ax.locator_params(nbins=4)
    axes[3].set(xlabel="epoch", ylabel="cost")
    return axes


def stopping(training, validation, best, stopped, ax=None):
    """Training and validation cost by epoch, with the epoch kept and the epoch of the stop."""
    ax = ax or plt.subplots(figsize=(6.2, 3.2))[1]
    epochs = np.arange(1, len(training) + 1)
    ax.plot(epochs, training, color=INK, linestyle=DASH, label="training")
    ax.plot(epochs, validation, color=POSITIVE, label="validation")
    ax.plot(best, validation[best - 1], "o", color=ACCENT, markeredgecolor=INK, markersize=8)
    top = 1.05 * max(training[0], validation[0])
    for epoch, word, side in ((best, "kept ", "right"), (stopped, " stopped", "left")):
        ax.axvline(epoch, color=INK, linewidth=0.8)
        ax.text(epoch, 0.92 * top, word, ha=side)
    ax.set(xlabel="epoch", ylabel="cost", ylim=(0, top), xlim=(1, len(training)))
    ax.legend(loc="center right")
    return ax


def fits(x, y, grid, true, curves, axes=None):
    """Points, the true curve (dashed) and a fit in each panel; curves: a dict name -> values."""
    if axes is None:
        axes = plt.subplots(1, len(curves), figsize=(7.2, 2.3), sharey=True)[1]
    for (name, values), ax in zip(curves.items(), axes):
        ax.plot(grid, true, color=INK, linestyle=DASH, linewidth=1)
        ax.plot(grid, values, color=POSITIVE)
        ax.plot(x, y, "o", color=INK, markersize=4)
        ax.set(xticks=[-1, 0, 1], ylim=(-1.6, 1.6), yticks=[-1, 0, 1])
        ax.set_title(name, loc="center")
    return axes
