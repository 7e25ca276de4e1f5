"""Networks drawn from their real weights, in the manner of NN-SVG, and matrices drawn to scale.

A blue solid line is a positive weight, an orange dashed one a negative one; the width is its size.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, Rectangle

from nnlib import Network

from .diagrams import arrow
from .style import ACCENT, DASH, INK, NEGATIVE, POSITIVE, signed

MOST = 16  # units drawn of one layer; a longer one is 8 + 8, an ellipsis and its count
RADIUS = 0.36  # of a unit; the units of a layer are 1 apart
FADED = 0.12
WIDTH = 5.6  # inches: narrower than other figures, so that the numbers can be read on a phone


def network_diagram(net, x=None, ax=None, *, names=None, weight_names=None, bias_names=None,
                    titles=None, bias_units=False, picked=None):
    """Any Network with its weights as lines, all on the scale of its largest weight.

    x: one input, whose activations stand in the units (as shades where a layer has more than 8).
    names: one text a unit, a list a layer. weight_names, bias_names: texts in the shape of
    net.weights and net.biases, or "values". titles: one text a layer. bias_units: each bias as a
    line from a unit "+1". picked: a neuron (l, j) or a weight (l, j, k), from 0; the others fade.
    """
    if names is not None and [len(layer) for layer in names] != net.sizes:
        raise ValueError(f"names has {[len(layer) for layer in names]} texts: needed is one for "
                         f"each unit of {net.sizes}")
    rows = max(min(n, MOST + 1) for n in net.sizes) + bool(bias_units) + bool(titles)
    ax = ax or plt.subplots(figsize=(WIDTH, np.clip(0.75 * rows, 2, 4.4)))[1]
    box = ax.get_window_extent()
    gap = (rows * box.width / box.height - 2) / len(net.weights)
    size = np.clip(24 * box.height / ax.figure.dpi / rows, 7, 12)  # of the texts, in points
    layers = [_places(n, l * gap, bias_units and l < len(net.weights))
              for l, n in enumerate(net.sizes)]
    A = None if x is None else net.forward(np.atleast_2d(x))[1]
    for l, places in enumerate(layers):
        if l > 0:
            _lines(ax, layers[l - 1], places, net, l, picked)
        _units(ax, places, *_contents(net.sizes, l, A, names), size)
        if net.sizes[l] > MOST:
            _ellipsis(ax, l * gap, net.sizes[l], (l == len(layers) - 1) - (l == 0))
        if l > 0 and weight_names is not None:
            _name_lines(ax, layers[l - 1], places, _texts(weight_names, net.weights, l), size)
        if l > 0 and bias_names is not None:
            texts = _texts(bias_names, net.biases, l)
            for (px, py), text in zip(places.values(), texts):
                ax.text(px, py - RADIUS - 0.06, f"$b$ = {text}" if bias_names == "values" else text,
                        ha="center", va="top", fontsize=size - 1)
    heights = [y for places in layers for _, y in places.values()]
    for l, title in enumerate(titles or []):
        ax.text(l * gap, max(heights) + 0.6, title, ha="center", va="bottom", fontsize=11)
    ax.set(xlim=(-1, gap * len(net.weights) + 1),
           ylim=(min(heights) - (0.8 if bias_names is not None else 0.5),
                 max(heights) + (1.3 if titles else 0.5)))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def _places(n, x, bias_unit):
    """Where the drawn units of a layer stand, {index: (x, y)}; index n is its unit +1."""
    if n <= MOST:
        heights = {j: (n - 1) / 2 - j for j in range(n)}
    else:
        half = MOST // 2
        heights = {j: half - j for j in range(half)}
        heights |= {n - half + j: -1 - j for j in range(half)}
    if bias_unit:
        heights[n] = min(heights.values()) - 1
    return {j: (x, y) for j, y in heights.items()}


def _lines(ax, starts, ends, net, l, picked):
    """A line for every weight into layer l between units that are drawn, and from +1 for biases."""
    weights = np.column_stack([net.weights[l - 1], net.biases[l - 1]])
    largest = max(np.abs(W).max() for W in net.weights) or 1
    pairs = [(j, k) for k in starts for j in ends if j < net.sizes[l]]  # nothing leads to a +1
    w = np.array([weights[pair] for pair in pairs])
    stays = [picked is None or (l, *pair)[: len(picked)] == tuple(picked) for pair in pairs]
    widest = np.clip(22 / np.sqrt(len(pairs)), 0.9, 4.5)
    ax.add_collection(LineCollection(
        [_between(starts[k], ends[j]) for j, k in pairs],
        linewidths=widest * (0.15 + np.minimum(1, np.abs(w) / largest)),
        colors=np.select([w < 0, w > 0], [NEGATIVE, POSITIVE], INK),
        linestyles=[DASH if v < 0 else "-" for v in w],
        alpha=np.where(stays, 1, FADED), capstyle="butt", zorder=1))


def _between(start, end):
    """The part of a line from centre to centre that lies outside both circles."""
    start, end = np.array(start), np.array(end)
    along = (end - start) / np.linalg.norm(end - start)
    return start + RADIUS * along, end - RADIUS * along


def _contents(sizes, l, A, names):
    """The texts and the shades (0 to 1) of the units of layer l, its unit +1 included."""
    texts, shades = [""] * sizes[l], np.zeros(sizes[l] + 1)
    if A is not None and max(sizes) > 8:
        shades[:-1] = np.clip(A[l][0], 0, 1)
    elif A is not None:
        texts = [signed(round(float(a), 4)) for a in A[l][0]]
    elif names is not None:
        texts = list(names[l])
    return [*texts, "+1"], shades


def _units(ax, places, texts, shades, size):
    for j, place in places.items():
        style = DASH if j == len(texts) - 1 else "-"
        ax.add_patch(Circle(place, RADIUS, facecolor=INK, alpha=shades[j], linewidth=0, zorder=2))
        ax.add_patch(Circle(place, RADIUS, facecolor="none", edgecolor=INK, linestyle=style,
                            linewidth=size / 9, zorder=3))
        long = len(texts[j]) > 4 and "$" not in texts[j]
        ax.text(*place, texts[j], ha="center", va="center", zorder=4,
                fontsize=0.85 * size if long else size)


def _ellipsis(ax, x, n, side):
    """Three dots for the units left out, and the count: on a brace at the ends, else below."""
    for y in (-0.25, 0, 0.25):
        ax.add_patch(Circle((x, y), 0.07, color=INK, linewidth=0))
    half = MOST // 2
    if side:
        px, tip = x + 0.7 * side, x + 0.55 * side
        ax.plot([tip, px, px, tip], [half + 0.3, half + 0.3, -half - 0.3, -half - 0.3],
                color=INK, linewidth=1)
        ax.text(px + 0.2 * side, 0, n, ha="left" if side > 0 else "right", va="center")
    else:
        ax.text(x, -half - 0.5, n, ha="center", va="top")


def _texts(names, values, l):
    """Names of the weights or biases into layer l, or their values as texts."""
    if names != "values":
        return names[l - 1]
    return np.vectorize(lambda v: signed(round(float(v), 4)))(values[l - 1])


def _name_lines(ax, starts, ends, texts, size):
    """Write beside each line, a third of the way along, where lines to one unit are still apart."""
    for k, start in starts.items():
        for j, end in ends.items():
            if j >= len(texts) or k >= len(texts[j]):
                continue
            a, b = _between(start, end)
            along = (b - a) / np.linalg.norm(b - a)
            at = a + 0.3 * (b - a) + 0.2 * np.array([-along[1], along[0]])
            ax.text(*at, texts[j][k], ha="center", va="center", fontsize=size,
                    rotation=np.degrees(np.arctan2(along[1], along[0])), rotation_mode="anchor")


def weight_indices(ax=None):
    """A weight, a bias and an activation of a 3-4-2 network, each with what its indices say."""
    ax = ax or plt.subplots(figsize=(WIDTH, 4))[1]
    net = Network([3, 4, 2], rng=3)
    net.weights[1][1, 3] = 1.1  # W[j, k] counts from 0
    network_diagram(net, ax=ax, picked=(2, 1, 3), names=[[*"123"], [*"1234"], [*"12"]],
                    titles=[f"layer $l$ = {l}" for l in range(3)])
    x1, x2 = [t.get_position()[0] for t in ax.texts if t.get_text().startswith("layer")][1:]
    ax.text(0.67 * x1 + 0.33 * x2, -1.3, "$W^{(2)}_{24}$", fontsize=17, ha="center", va="top")
    ax.text(x2 + 0.6, -1.15, "into layer $l$ = 2\nto neuron $j$ = 2\nfrom neuron $k$ = 4",
            fontsize=11, ha="right", va="top", linespacing=1.4)
    ax.text(x2, 0.92, "$a^{(2)}_1$", fontsize=15, ha="center", va="bottom")
    ax.text(x1 + 0.42, -0.3, "$b^{(1)}_3$", fontsize=15, ha="left", va="center")
    return ax


def hoped_layers(image, ax=None):
    """A digit (784 numbers), pieces of it, and the answer: what layers are hoped to stand for."""
    ax = ax or plt.subplots(figsize=(6.8, 2))[1]
    image = np.reshape(image, (28, 28))
    tiles = [image[i : i + 7, j : j + 7] for i in range(0, 28, 7) for j in range(0, 28, 7)]
    edges = sorted(tiles, key=np.var)[-4:]
    for x, rows, pictures in ((0, 1, [image]), (3.6, 2, edges), (6.9, 2, [image[:14], image[14:]])):
        high = (2.8 - 0.2 * (rows - 1)) / rows
        wide = high * pictures[0].shape[1] / pictures[0].shape[0]
        for i, picture in enumerate(pictures):
            column, row = divmod(i, rows)
            left = x + (column - len(pictures) / rows / 2) * (wide + 0.2) + 0.1
            low = 1.4 - high - row * (high + 0.2)
            box = (left, left + wide, low, low + high)
            ax.imshow(picture, extent=box, cmap="gray_r", vmin=0, vmax=1)
            ax.add_patch(Rectangle(box[::2], wide, high, facecolor="none", edgecolor=INK, lw=0.8))
    ax.add_patch(Circle((10, 0), 0.55, facecolor=ACCENT, edgecolor=INK, linewidth=1.4))
    ax.text(10, 0, "digit", ha="center", va="center", fontsize=11)
    for start, end in ((1.5, 2.1), (5.1, 5.5), (8.4, 9.4)):
        arrow(ax, (start, 0), (end, 0))
    for x, text in ((0, "pixels"), (3.6, "edges ?"), (6.9, "patterns ?"), (10, "output")):
        ax.text(x, 1.5, text, ha="center", va="bottom")
    ax.set(xlim=(-1.5, 10.7), ylim=(-1.5, 2.0))
    ax.axis("off")
    return ax


def weights_to_scale(net, ax=None):
    """Each weight matrix of a network as a rectangle, one scale for all: its area is its count."""
    ax = ax or plt.subplots(figsize=(WIDTH, 0.75 * len(net.weights)))[1]
    width, y = max(net.sizes[:-1]), 0.0
    for l, W in enumerate(net.weights, 1):
        ax.text(0, y, f"$W^{{({l})}}$  {_shape(W.shape)}, {W.size} weights", va="top")
        y -= 0.05 * width + W.shape[0]
        ax.add_patch(Rectangle((0, y), W.shape[1], W.shape[0], color=INK, linewidth=0))
        y -= 0.04 * width
    ax.set(xlim=(-0.01 * width, 1.01 * width), ylim=(y, 0.01 * width))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def matrix_blocks(*parts, ax=None, columns=False):
    """Arrays as blocks of cells, all on one scale, with signs between them.

    A part is a text such as "+", or (name, array), or (name, array, picked) where picked is an
    index such as np.s_[1, :] of the cells to mark. A one-dimensional array is drawn as a row, or
    as a column with columns=True; a cell of NaN stays empty.
    """
    blocks = [part if isinstance(part, str) else _block(*part, columns=columns) for part in parts]
    sizes = [(1, 0.6 * bool(b)) if isinstance(b, str) else b[1].shape for b in blocks]
    width = sum(w for _, w in sizes) + 0.4 * (len(sizes) - 1)
    height = max(h for h, _ in sizes)
    cell = min(WIDTH / (width + 1), 0.62)
    ax = ax or plt.subplots(figsize=(WIDTH, cell * height + 1))[1]
    x = 0.0
    for block, (h, w) in zip(blocks, sizes):
        if isinstance(block, str):
            ax.text(x + w / 2, 0, block, ha="center", va="center", fontsize=15)
        else:
            _draw_block(ax, x, *block, size=np.clip(24 * cell, 8, 12))
        x += w + 0.4
    pad = 0.42 / cell
    ax.set(xlim=(-0.3, width + 0.3), ylim=(-height / 2 - pad, height / 2 + pad))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def _block(name, array, picked=None, columns=False):
    array = np.asarray(array, float)
    marked = np.zeros(array.shape, bool)
    if picked is not None:
        marked[picked] = True
    flat = (-1, 1) if columns else (1, -1)
    cells, marked = (a.reshape(flat) if a.ndim == 1 else a for a in (array, marked))
    return name, cells, marked, array.shape


def _draw_block(ax, x, name, cells, marked, shape, size):
    h, w = cells.shape
    for i, j in np.ndindex(h, w):
        ax.add_patch(Rectangle((x + j, h / 2 - i - 1), 1, 1, edgecolor=INK, linewidth=0.8,
                               facecolor=ACCENT if marked[i, j] else "none"))
        if not np.isnan(cells[i, j]):
            ax.text(x + j + 0.5, h / 2 - i - 0.5, signed(round(float(cells[i, j]), 4)),
                    ha="center", va="center", fontsize=size)
    ax.text(x + w / 2, h / 2 + 0.15, name, ha="center", va="bottom", fontsize=13)
    ax.text(x + w / 2, -h / 2 - 0.15, _shape(shape), ha="center", va="top", fontsize=11)


def _shape(shape):
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
