"""Pictures of digits, of a digit network's outputs, and of what its first layer weighs."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_rgba

from .style import ACCENT, INK, NEGATIVE, NEUTRAL, POSITIVE, signed

SIGNS = LinearSegmentedColormap.from_list("signs", [NEGATIVE, NEUTRAL, POSITIVE])
# No ink is no colour: on a dark page the paper is as dark as the page.
ON_PAPER = LinearSegmentedColormap.from_list("ink", [to_rgba(INK, 0), to_rgba(INK, 1)])


def corners(count, columns, step):
    """Left and top of each of `count` pictures that stand row by row, one every `step` pixels."""
    return [(i % columns * step, i // columns * step) for i in range(count)]


def mosaic(images, columns, gap=2, fill=np.nan):
    """Square images, given as rows of n * n numbers, laid out row by row in one array."""
    side = int(np.sqrt(images.shape[1]))
    rows = -(-len(images) // columns)
    sheet = np.full((rows * (side + gap) - gap, columns * (side + gap) - gap), fill)
    for image, (left, top) in zip(images, corners(len(images), columns, side + gap)):
        sheet[top : top + side, left : left + side] = image.reshape(side, side)
    return sheet


def digit_grid(images, labels=None, columns=10, picked=(), ax=None):
    """Digits in a grid, ink black; labels in blue beside them; the picked ones in a yellow frame.

    images: (N, 784) from 0 (paper) to 1 (ink); labels: N short texts or numbers; picked: indices.
    """
    rows = -(-len(images) // columns)
    ax = ax or plt.subplots(figsize=(6.4, 6.4 * rows / columns + 0.1))[1]
    side, gap = int(np.sqrt(images.shape[1])), 4 if labels is None else 10
    ax.imshow(mosaic(images, columns, gap), cmap=ON_PAPER, vmin=0, vmax=1)
    ax.axis("off")
    ax.set(xlim=(-3, columns * (side + gap)), ylim=(rows * (side + gap) - gap + 3, -3))
    places = corners(len(images), columns, side + gap)
    for label, (x, y) in zip([] if labels is None else labels, places):
        x, y = x + side + gap / 2 - 1, y + side
        ax.text(x, y, label, color=POSITIVE, fontsize=9, ha="center", va="bottom")
    for i in picked:
        corner = np.subtract(places[i], 1.5)
        for color, width in ((INK, 3.5), (ACCENT, 2)):
            ax.add_patch(
                plt.Rectangle(corner, side + 2, side + 2, fill=False, color=color, lw=width)
            )
    return ax


def output_bars(outputs, target, ax=None):
    """Ten outputs as bars beside the ten targets as outlines; the dashed gaps are what costs."""
    ax = ax or plt.subplots(figsize=(6.8, 2.8))[1]
    classes = np.arange(len(outputs))
    ax.bar(classes - 0.2, outputs, 0.38, color=POSITIVE, label="output a")
    ax.bar(classes + 0.2, target, 0.38, fill=False, edgecolor=INK, label="target y")
    for k, a in enumerate(outputs):
        ax.text(k - 0.2, a + 0.02, f"{a:.2f}", ha="center", fontsize=9)
    ax.vlines(classes + 0.2, outputs, target, NEGATIVE, "dashed", lw=2, label="gap")
    ax.set(xticks=classes, yticks=[0, 0.5, 1], ylim=(0, 1.3), xlabel="digit")
    ax.legend(loc="upper left", ncols=3)
    return ax


def weight_images(W, columns=10, top=None, ax=None):
    """Each row of W (n, 784) as a picture of its n neurons' weights, all on one scale.

    Blue weights are positive, orange ones negative; the scale ends at the largest absolute weight,
    or at `top`, and then the legend says that there are larger ones.
    """
    rows = -(-len(W) // columns)
    ax = ax or plt.subplots(figsize=(6.8, 6.0 * rows / columns + 0.4))[1]
    largest = float(abs(W).max())
    end = float(top or largest)
    sheet = ax.imshow(mosaic(W, columns), cmap=SIGNS, vmin=-end, vmax=end)
    ax.axis("off")
    bar = ax.figure.colorbar(sheet, ax=ax, shrink=0.9, pad=0.02, ticks=[-end, 0, end])
    low, high = ("≤ ", "≥ ") if largest > end else ("", "")
    bar.ax.set_yticklabels([low + signed(round(-end, 2)), "0", high + signed(round(end, 2))])
    bar.outline.set_visible(False)
    return ax
