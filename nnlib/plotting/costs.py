"""Data and cost, drawn: point clouds, squared gaps, cost machines, cost landscapes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, Rectangle

import nnlib

from .activations import cross
from .diagrams import arrow
from .digits import mosaic
from .style import ACCENT, INK, NEGATIVE, POSITIVE, signed


def preparations(X, groups=None, names=("", ""), axes=None):
    """Two columns raw, centred and normalised, X (N, 2), as three clouds of points.

    The cross is the origin; the ellipse is one standard deviation around the mean.
    groups: N truth values, dots where true and open squares where false.
    """
    if axes is None:
        axes = plt.subplots(1, 3, figsize=(6.8, 2.7))[1]
    groups = np.ones(len(X), bool) if groups is None else np.asarray(groups, bool).ravel()
    centred = X - X.mean(axis=0)
    panels = [("raw", X), ("centred", centred), ("normalised", centred / X.std(axis=0))]
    for ax, (title, points) in zip(axes, panels):
        cross(ax)
        ax.add_patch(Ellipse(points.mean(axis=0), *(2 * points.std(axis=0)), facecolor=ACCENT,
                             edgecolor=INK, linewidth=0.8, alpha=0.5))
        ax.plot(*points[groups].T, "o", color=INK, markersize=6)
        ax.plot(*points[~groups].T, "s", color="white", markeredgecolor=INK, markersize=6)
        reach = 1.2 * np.abs(points).max()
        step = float(f"{0.7 * reach:.0e}")
        low = -reach if points is not X else -0.15 * reach
        ticks = [-step, step] if points is not X else [step]
        ax.set(title=title, xlim=(low, reach), ylim=(low, reach), xticks=ticks, yticks=ticks,
               aspect="equal")
    axes[0].set(xlabel=names[0], ylabel=names[1])
    return axes


def gap_squares(y, a, names=None, ax=None):
    """Targets y (dots) and outputs a (lines), each gap with its square; at the end the mean.

    y, a: (m,) numbers from 0 to 1. All squares have one scale, so an area is a squared error.
    """
    y, a = np.ravel(y).astype(float), np.ravel(a).astype(float)
    ax = ax or plt.subplots(figsize=(6.8, 2.1))[1]
    left = 1.4 * np.arange(len(y))
    for x, target, output in zip(left, y, a):
        side = abs(target - output)
        ax.add_patch(Rectangle((x, min(target, output)), side, side, facecolor=ACCENT, alpha=0.6,
                               edgecolor=INK, linewidth=0.8))
        ax.plot([x, x + 1], [output, output], color=INK, linestyle="-", linewidth=2.5)
        ax.plot(x, target, "o", color=INK, markersize=8, zorder=4)
        ax.text(x + 0.5, 1.14, signed(round(side**2, 4)), ha="center", va="bottom")
    mean = np.mean((y - a) ** 2)
    x = left[-1] + 1.9
    ax.add_patch(Rectangle((x, 0), *2 * [np.sqrt(mean)], fill=False, edgecolor=INK, linewidth=2))
    ax.text(x + 0.5, 1.14, signed(round(mean, 4)), ha="center", va="bottom", weight="bold")
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(bottom=False)
    names = [""] * len(y) if names is None else names
    ax.set(xlim=(-0.25, x + 1.2), ylim=(-0.08, 1.4), yticks=[0, 1], aspect="equal",
           xticks=[*(left + 0.5), x + 0.5], xticklabels=[*names, "mean"])
    return ax


def _dials(ax, x, y, values, columns=5):
    """Small dials: upright is 0, to the right is positive, far is large among these values."""
    turns = 2 * np.tanh(values / np.std(values))
    for i, turn in enumerate(turns):
        at = np.array([x + 0.44 * (i % columns), y - 0.44 * (i // columns)])
        ax.add_patch(Circle(at, 0.18, facecolor="none", edgecolor=INK, linewidth=0.9))
        tip = at + 0.18 * np.array([np.sin(turn), np.cos(turn)])
        ax.plot(*np.transpose([at, tip]), color=POSITIVE if turn > 0 else NEGATIVE, linestyle="-",
                linewidth=1.8)


def _picture(ax, pixels, x, y, side):
    """A picture, ink on paper, with its centre at (x, y)."""
    box = (x - side / 2, x + side / 2, y - side / 2, y + side / 2)
    ax.imshow(pixels, cmap="gray_r", vmin=0, vmax=1, extent=box, interpolation="antialiased")
    ax.add_patch(Rectangle((box[0], box[2]), side, side, fill=False, edgecolor=INK, lw=0.8))


def _machine(ax, y, name, into, out, settings):
    """A box with an arrow in, an arrow out and one from its settings above, and the captions."""
    ax.add_patch(FancyBboxPatch((3.9, y - 0.6), 1.6, 1.2, facecolor=ACCENT, edgecolor=INK,
                                linewidth=1.4, boxstyle="round,pad=0,rounding_size=.12"))
    ax.text(4.7, y, name, ha="center", va="center", fontsize=15)
    arrow(ax, (2.8, y), (3.85, y))
    arrow(ax, (5.5, y), (6.6, y))
    arrow(ax, (4.7, y + 1.2), (4.7, y + 0.65))
    ax.text(1.7, y - 1.0, into, ha="center", va="top")
    ax.text(7.7, y - 1.0, out, ha="center", va="top")
    ax.text(6.0, y + 1.85, settings, ha="left", va="center")


def cost_machine(net, X, Y, cost=nnlib.quadratic, ax=None):
    """A digit network and its cost as two machines: what goes in, comes out, is held fixed.

    X (m, 784) with m >= 9, Y (m, 10). Pictures, outputs and cost are real; ten dials stand for all.
    """
    ax = ax or plt.subplots(figsize=(6.8, 5.6))[1]
    parameters = np.concatenate([p.ravel() for p in net.weights + net.biases])
    dials = np.random.default_rng(0).choice(parameters, 10)
    count = f"{parameters.size:,} weights\nand biases"

    top = 4.7
    _machine(ax, top, "NN", f"{X.shape[1]} pixels", f"{Y.shape[1]} outputs",
             f"held fixed:\n{count}")
    _picture(ax, X[0].reshape(28, 28), 1.7, top, 1.7)
    _dials(ax, 3.82, top + 2.0, dials)
    for k, a in enumerate(net(X[:1])[0]):
        ax.add_patch(Rectangle((6.97 + 0.15 * k, top - 0.7), 0.11, 1.4 * a, color=POSITIVE, lw=0))
    ax.plot([6.9, 8.5], [top - 0.7] * 2, color=INK, linestyle="-", linewidth=0.8)

    _machine(ax, 0, "C", count, "one number,\nthe cost",
             f"held fixed:\n{len(X):,} digits\nwith their labels")
    _picture(ax, mosaic(X[:9], 3, gap=0, fill=0.0), 4.7, 2.1, 1.7)
    _dials(ax, 0.82, 0.22, dials)
    value = nnlib.evaluate(net, X, Y, cost)[0]
    ax.text(7.7, 0, f"{value:.4f}", ha="center", va="center", fontsize=17)
    ax.set(xlim=(0.2, 9.2), ylim=(-2.0, top + 2.6), aspect="equal")
    ax.axis("off")
    return ax


def cost_landscape(cost, u, v, names=("w", "b"), ax=None):
    """Lines of equal cost over two parameters, shaded where it is high; the dot is the lowest.

    cost(u, v): a number; u, v: the values to try, rising. Every grid point is computed.
    """
    ax = ax or plt.subplots(figsize=(4.4, 3.6))[1]
    C = np.array([[cost(s, t) for s in u] for t in v])
    levels = np.linspace(C.min(), C.max(), 13)
    ax.contourf(u, v, C, levels=levels, cmap="Greys", norm=plt.Normalize(C.min(), 1.6 * C.max()))
    ax.contour(u, v, C, levels=levels[1:-1], colors=INK, linewidths=0.6)
    t, s = np.unravel_index(C.argmin(), C.shape)
    ax.plot(u[s], v[t], "o", color=ACCENT, markeredgecolor=INK, markersize=9)
    ax.set(xlabel=f"${names[0]}$", ylabel=f"${names[1]}$")
    return ax
