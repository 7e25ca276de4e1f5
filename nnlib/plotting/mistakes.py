"""What a digit network gets wrong: which digit is taken for which, and the pictures it errs on."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_rgba

from .digits import ON_PAPER, corners, mosaic
from .style import INK, NEGATIVE

# No mistake is no colour; even the most frequent one leaves its number readable.
SHADES = LinearSegmentedColormap.from_list(
    "mistakes", [to_rgba(NEGATIVE, 0), to_rgba(NEGATIVE, 0.6)]
)


def confusion(counts, ax=None):
    """Counts (K, K) as a table: a row for each digit, a column for each answer.

    The diagonal is right and has a frame; the more frequent a mistake, the deeper its orange.
    """
    ax = ax or plt.subplots(figsize=(5.6, 5.0))[1]
    K = len(counts)
    errors = np.where(np.eye(K, dtype=bool), 0, counts)
    ax.imshow(errors, cmap=SHADES, vmin=0, vmax=max(1, errors.max()))
    for digit, answer in np.argwhere(counts):
        ax.text(answer, digit, counts[digit, answer], ha="center", va="center", fontsize=10)
    for k in range(K):
        ax.add_patch(plt.Rectangle((k - 0.5, k - 0.5), 1, 1, fill=False, color=INK, lw=1.2))
    ax.set(xticks=range(K), yticks=range(K), xlabel="the network's answer", ylabel="the digit")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def misread(images, outputs, labels, columns=4, ax=None):
    """Pictures (N, 784) with the label of each, and what the network said and how sure it was.

    outputs: (N, 10), one row for each picture; labels: the N right digits.
    """
    rows = -(-len(images) // columns)
    ax = ax or plt.subplots(figsize=(1.5 * columns, 2.0 * rows))[1]
    side, gap = int(np.sqrt(images.shape[1])), 18
    ax.imshow(mosaic(images, columns, gap), cmap=ON_PAPER, vmin=0, vmax=1)
    ax.axis("off")
    ax.set(xlim=(-10, columns * (side + gap) - 8), ylim=(rows * (side + gap), -3))
    places = corners(len(images), columns, side + gap)
    for a, label, (x, y) in zip(outputs, labels, places, strict=True):
        said = f"{label}, read as {a.argmax()}\noutput {a.max():.2f}"
        ax.text(x + side / 2, y + side + 1, said, fontsize=11, ha="center", va="top")
    return ax
