"""The ladder of section 7.6: scores rung by rung, scores against seconds, pictures in rows."""

import matplotlib.pyplot as plt
import numpy as np

from .digits import ON_PAPER, corners, mosaic
from .style import INK, NEGATIVE, POSITIVE


def rungs(scores, of, ax=None):
    """Mistakes rung by rung, from the bottom up: a mark for each run, mean and spread over them.

    scores: dict rung -> shares right, one for each seed; of: how many images they were counted on.
    The scale is logarithmic: equal steps are equal shares of the mistakes gone; none is drawn at
    one half.
    """
    ax = ax or plt.subplots(figsize=(5.6, 0.42 * len(scores) + 1.1))[1]
    mistakes = [np.maximum(of * (1 - np.asarray(shares)), 0.5) for shares in scores.values()]
    means = [wrong.mean() for wrong in mistakes]
    ax.plot(means, range(len(scores)), color=INK, lw=1, alpha=0.4, zorder=1)
    for height, (shares, wrong) in enumerate(zip(scores.values(), mistakes)):
        spread = wrong.std(ddof=1) if len(wrong) > 1 else 0
        ax.plot(wrong, np.full(len(wrong), height), "|", color=POSITIVE, ms=11, mew=1.5)
        ax.errorbar(wrong.mean(), height, xerr=spread, fmt="o", color=INK, ms=5, capsize=4, lw=1.5)
        ax.annotate(f"{np.mean(shares):.2%}", (wrong.mean(), height), (0, 9),
                    textcoords="offset points", ha="center", fontsize=10)
    ax.set_xscale("log")
    low, high = min(map(min, mistakes)) / 1.3, max(map(max, mistakes)) * 1.3
    ax.set(xlim=(high, low), ylim=(-0.6, len(scores) - 0.3),
           xlabel=f"mistakes in {of:,} test images")
    ax.set_yticks(range(len(scores)), scores)
    digits = (1, 2, 3, 5) if high > 4 * low else range(1, 10)
    ticks = [d * 10**k for k in range(4) for d in digits]
    ticks = [n for n in ticks if low < n < high]
    ax.set_xticks(ticks, [f"{n:,}" for n in ticks])
    ax.minorticks_off()
    ax.grid(axis="x")
    return ax


def scores_by_seconds(runs, marks=(0.95, 0.98, 0.99), ax=None):
    """Test accuracy against the seconds of training, both logarithmic; `marks` are dotted lines.

    runs: dict name -> (seconds, shares right), one entry for each epoch.
    """
    ax = ax or plt.subplots(figsize=(5.6, 3.6))[1]
    styles = [(INK, ":"), (NEGATIVE, "-."), (INK, "--"), (POSITIVE, "-")]
    for (name, (seconds, shares)), (color, line) in zip(runs.items(), styles[-len(runs):]):
        ax.plot(seconds, 1 - np.asarray(shares), line, color=color, label=name)
    for mark in marks:
        ax.axhline(1 - mark, color=INK, lw=0.8, alpha=0.4)
        ax.annotate(f"{mark:.0%}", (0.005, 1 - mark), (0, 2), fontsize=10,
                    xycoords=("axes fraction", "data"), textcoords="offset points")
    ax.set(xscale="log", yscale="log", xlabel="seconds", ylabel="mistakes")
    ax.invert_yaxis()
    ticks = [0.1, 0.05, 0.02, 0.01, 0.005]
    ax.set_yticks(ticks, [f"{t:.1%}" for t in ticks])
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.minorticks_off()
    ax.legend(loc="lower right", fontsize=10)
    return ax


def image_rows(rows, ax=None):
    """Pictures in rows, the name of each row above it.

    rows: dict name -> images (n, 784), the same n for all.
    """
    n, side, gap = len(next(iter(rows.values()))), 28, 14
    ax = ax or plt.subplots(figsize=(6.8, 6.8 * len(rows) * (side + gap) / (n * (side + 3))))[1]
    for i, (name, images) in enumerate(rows.items()):
        top = i * (side + gap)
        sheet = mosaic(np.asarray(images), n, 3)
        ax.imshow(sheet, cmap=ON_PAPER, vmin=0, vmax=1,
                  extent=(0, sheet.shape[1], top + side, top))
        ax.text(1, top - 2, name, fontsize=11)
    ax.set(xlim=(0, n * (side + 3)), ylim=(len(rows) * (side + gap) - gap + 2, -gap))
    ax.axis("off")
    return ax


def mistaken(images, labels, answers, columns=8, ax=None):
    """Pictures (N, 784) with the digit that each should be and, in orange, what was answered."""
    rows, side, gap = -(-len(images) // columns), 28, 14
    ax = ax or plt.subplots(figsize=(6.8, 6.8 * rows / columns + 0.1))[1]
    ax.imshow(mosaic(np.asarray(images), columns, gap), cmap=ON_PAPER, vmin=0, vmax=1)
    for label, answer, (x, y) in zip(labels, answers, corners(len(images), columns, side + gap)):
        y += side + 9
        ax.text(x + 8, y, label, fontsize=11, ha="center")
        ax.text(x + 22, y, answer, fontsize=11, ha="center", color=NEGATIVE, weight="bold")
    ax.set(xlim=(-2, columns * (side + gap)), ylim=(rows * (side + gap), -3))
    ax.axis("off")
    return ax
