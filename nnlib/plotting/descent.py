"""Going downhill, drawn: slopes, gradients, steps, batches, and the error of a difference."""

import matplotlib.pyplot as plt
import numpy as np

from .costs import cost_landscape
from .digits import digit_grid
from .style import ACCENT, DASH, INK, NEGATIVE, POSITIVE, signed

DOT = dict(marker="o", color=ACCENT, markeredgecolor=INK, linestyle="none", zorder=6)


def _arrow(ax, start, end, color, style="-", width=2.2):
    """An arrow in data coordinates whose head keeps its size on the page."""
    ax.annotate("", end, start, zorder=5, arrowprops=dict(
        arrowstyle="-|>", color=color, linewidth=width, linestyle=style, mutation_scale=16,
        shrinkA=0, shrinkB=0))


def downhill(C, slope, starts, reach, ax=None):
    """A cost curve C(w) with its tangent at each start, and an arrow to the side where C falls.

    slope(w): the derivative of C; reach: the lowest and the highest w. Blue is a positive slope.
    """
    ax = ax or plt.subplots(figsize=(5.6, 3.2))[1]
    w = np.linspace(*reach, 300)
    ax.plot(w, C(w), color=INK, linestyle="-")
    part = 0.16 * (reach[1] - reach[0])
    for start in starts:
        m = slope(start)
        color, style = (POSITIVE, "-") if m > 0 else (NEGATIVE, DASH)
        along = np.array([-part, part]) / np.hypot(1, m) * 2
        ax.plot(start + along, C(start) + m * along, color=color, linestyle=style, zorder=4)
        _arrow(ax, (start, 0), (start - np.sign(m) * part, 0), color)
        ax.plot([start, start], [0, C(start)], color=INK, linestyle=":", linewidth=1)
        ax.plot(start, C(start), markersize=9, **DOT)
        ax.text(start + np.sign(m) * 0.35 * part, C(start), f"slope {signed(m)}", color=color,
                ha="left" if m > 0 else "right", va="top")
    ax.set(xlabel="$w$", ylabel="$C$", xlim=reach)
    return ax


def gradient_arrow(C, gradient, p, u, v, names=("w_1", "w_2"), ax=None):
    """Lines of equal cost with the gradient at p (ink, uphill) and its opposite (blue, downhill).

    C(u, v): a number; gradient(p) -> (2,). Both arrows have length 1: they show directions.
    """
    ax = cost_landscape(C, u, v, names, ax or plt.subplots(figsize=(4.6, 3.6))[1])
    p = np.asarray(p, float)
    ax.contour(u, v, [[C(s, t) for s in u] for t in v], [C(*p)], colors=INK, linewidths=2)
    along = gradient(p) / np.linalg.norm(gradient(p))
    for sign, color, text in ((1, INK, r"$\nabla C$"), (-1, POSITIVE, r"$-\nabla C$")):
        _arrow(ax, p, p + sign * along, color)
        ax.annotate(text, p + sign * along, xytext=(8, 0), textcoords="offset points",
                    color=color, va="center")
    ax.plot(*p, markersize=9, **DOT)
    ax.set_aspect("equal")
    return ax


def regimes(etas, k=1.0, start=-3.0, steps=12, axes=None):
    """Descent on C = k w^2 / 2 with several learning rates, one panel each."""
    if axes is None:
        axes = plt.subplots(2, 2, figsize=(5.4, 4), sharex=True, sharey=True)[1].flat
    reach = 1.9 * abs(start)
    w = np.linspace(-reach, reach, 200)
    for eta, ax in zip(etas, axes):
        path = start * (1 - eta * k) ** np.arange(steps + 1)
        outside = np.flatnonzero(np.abs(path) > reach)
        path = path[: outside[0] + 1] if len(outside) else path
        ax.plot(w, k * w**2 / 2, color=INK, linestyle="-", linewidth=1.2)
        ax.plot(path, k * path**2 / 2, color=POSITIVE, linestyle="-", linewidth=1.2)
        ax.plot(path, k * path**2 / 2, markersize=6, **DOT)
        ax.plot(start, k * start**2 / 2, "o", color=INK, markersize=8, zorder=7)
        ax.set(title=rf"$\eta = {eta:g}$", xlim=(-reach, reach), xticks=[start, 0, -start],
               ylim=np.array([-0.05, 0.5]) * k * reach**2, yticks=[])
        ax.spines["left"].set_visible(False)
    return axes


def descent_paths(C, paths, u, v, names=("w", "b"), ax=None):
    """Paths of descent on lines of equal cost: ink, blue dashed, orange dotted, in this order.

    paths: a dict of name -> points (n, 2), the first one the start.
    """
    ax = cost_landscape(C, u, v, names, ax or plt.subplots(figsize=(5.6, 4.2))[1])
    looks = zip((INK, POSITIVE, NEGATIVE), ("-", (0, (4, 2)), (0, (1.5, 1.2))))
    for (name, path), (color, style) in zip(paths.items(), looks):
        path = np.asarray(path)
        ax.plot(*path.T, color=color, linestyle=style, linewidth=1.8, label=name, marker="o",
                markersize=3)
    ax.plot(*path[0], "s", color=INK, markersize=8, zorder=6)
    ax.legend(loc="best", frameon=True, framealpha=0.85, facecolor="white", edgecolor="none")
    return ax


def three_batches(images, picked, axes=None):
    """The same digits three times: all in use, one picked, a handful picked.

    images: (N, 784), a square number of them; picked: a list of three lists of indices.
    """
    if axes is None:
        axes = plt.subplots(1, 3, figsize=(6, 2.3))[1]
    columns = int(np.sqrt(len(images)))
    for rows, ax in zip(picked, axes):
        used = np.isin(np.arange(len(images)), rows)[:, None]
        digit_grid(np.where(used, images, 0.22 * images), columns=columns, ax=ax,
                   picked=rows if len(rows) < len(images) else ())
        ax.set_title({1: "one", len(images): f"all {len(images)}"}.get(len(rows), f"{len(rows)}"),
                     loc="center")
    return axes


def example_steps(gradients, titles, names=("w", "b"), axes=None):
    """Where each example wants to go, as dots, and the mean of all, as an arrow; a panel a place.

    gradients: a list of arrays (N, 2), one gradient a row. Drawn is the opposite: downhill.
    """
    if axes is None:
        axes = plt.subplots(1, len(gradients), figsize=(5.6, 3))[1]
    for G, title, ax in zip(gradients, titles, axes):
        reach = 1.1 * np.abs(G).max()
        ax.axhline(0, color=INK, linewidth=0.6)
        ax.axvline(0, color=INK, linewidth=0.6)
        ax.plot(*-G.T, "o", color=POSITIVE, alpha=0.6, markersize=6, markeredgewidth=0)
        mean = -G.mean(axis=0)
        if np.linalg.norm(mean) > 0.02 * reach:
            _arrow(ax, (0, 0), mean, INK, width=2.6)
        else:
            ax.plot(0, 0, markersize=9, **DOT)
        ax.set(title=title, xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal",
               xlabel=f"downhill in ${names[0]}$")
    axes[0].set_ylabel(f"downhill in ${names[1]}$")
    return axes


def error_curves(h, errors, ax=None):
    """Errors of a numerical slope against the step h, both axes logarithmic.

    errors: a dict of name -> one error for each h; an error of 0 is left out.
    """
    ax = ax or plt.subplots(figsize=(5.4, 3.4))[1]
    looks = zip((INK, POSITIVE), ("o", "s"))
    for (name, error), (color, marker) in zip(errors.items(), looks):
        error = np.where(np.asarray(error) > 0, error, np.nan)
        ax.loglog(h, error, linestyle="-", linewidth=1.2, marker=marker, markersize=4, color=color,
                  label=name)
        best = np.nanargmin(error)
        ax.plot(h[best], error[best], markersize=10, **DOT)
    ax.set(xlabel="step $h$", ylabel="error")
    ax.legend(loc="lower left")
    return ax
