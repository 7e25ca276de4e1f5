"""Chapter 10, drawn: expression graphs, feature maps, gradients through time, learned curves."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

from .style import ACCENT, DASH, INK, NEGATIVE, POSITIVE, signed

WIDTH = 5.6  # inches: narrower than other figures, so that the numbers can be read on a phone
SIGNS = LinearSegmentedColormap.from_list("signs", [NEGATIVE, "#ffffff00", POSITIVE])


def expression_graph(end, ax=None):
    """A graph of numbers that remember their making, from the inputs down to the end.

    Each node has value, grad, name and parents. A parent without name or parents of its own is a
    plain number and is written into the box of its operation.
    """
    levels, columns = _layout(end)
    left, right, high = min(columns.values()), max(columns.values()), max(levels.values()) + 1
    size = 12 if high <= 4 else 10  # of the texts, in points
    column, row = min(size / 10, WIDTH / (right - left + 1)), size / 14  # inches
    if ax is None:
        ax = plt.subplots(figsize=(column * (right - left + 1), row * high))[1]
    places = {v: np.array([columns[v] * column, -levels[v] * row]) for v in columns}
    box = np.array([0.86 * column, 0.74 * row])
    for v, at in places.items():
        for parent in {p for p in v.parents if p in places}:
            start = places[parent] - [0, box[1] / 2]
            above = start[0], at[1] + row - box[1] / 2  # down beside the boxes in between
            ax.plot(*np.transpose([start, above, at + [0, box[1] / 2]]), "-", color=INK,
                    linewidth=1, zorder=1)
        _value_box(ax, v, at, box, size, last=v is end)
    ax.set(xlim=((left - 0.5) * column, (right + 0.5) * column), aspect="equal",
           ylim=(-(high - 0.5) * row, 0.5 * row))
    ax.axis("off")
    return ax


def _drawn(v):
    return [p for p in dict.fromkeys(v.parents) if p.parents or p.name]


def _layout(end):
    """The level (from the top) and the column of every node that is drawn."""
    nodes = _from_the_end(end)
    below = {end: 0}  # the longest way from a node to the end
    for v in nodes:
        for p in _drawn(v):
            below[p] = max(below.get(p, 0), below[v] + 1)
    levels = {v: max(below.values()) - n for v, n in below.items()}
    return levels, _columns(end, levels, placed=set())


def _columns(v, levels, placed):
    """Columns of v and of all above it that is not placed yet, as close together as they can be."""
    placed.add(v)
    columns, middles = {}, []
    for p in _drawn(v):
        if p in placed:
            continue
        branch = _columns(p, levels, placed)
        shift = max([columns[q] + 1 - branch[r] for q in columns for r in branch
                     if levels[q] == levels[r]], default=0)
        columns |= {r: x + shift for r, x in branch.items()}
        middles.append(columns[p])
    columns[v] = float(np.mean(middles)) if middles else 0.0
    return columns


def _from_the_end(end):
    """All drawn nodes, each before its parents."""
    done = {}

    def visit(v):
        if v not in done:
            for p in _drawn(v):
                visit(p)
            done[v] = True

    visit(end)
    return list(done)[::-1]


def _value_box(ax, v, at, box, size, last):
    numbers = [signed(round(p.value, 4)) for p in v.parents if not (p.parents or p.name)]
    ax.add_patch(FancyBboxPatch(at - box / 2, *box, boxstyle="round,pad=0,rounding_size=0.06",
                                facecolor=ACCENT if last else "none", edgecolor=INK, linewidth=1))
    color = NEGATIVE if v.grad < 0 else POSITIVE
    if last:
        color = INK
    lines = [(" ".join([v.name, *numbers]), INK, "bold"), (_short(v.value), INK, "normal"),
             (_short(v.grad), color, "normal")]
    for i, (text, color, weight) in enumerate(lines):
        ax.text(*(at + [0, (1 - i) * size / 72 * 1.18]), text, color=color, weight=weight,
                ha="center", va="center", fontsize=size, zorder=3)


def _short(value):
    return signed(float(f"{value:.3g}"))


def same_curve(ours, theirs, names, ax=None):
    """Two runs that should be one: a line, and on it a dot for every fifth number of the other."""
    ax = ax or plt.subplots(figsize=(WIDTH, 3))[1]
    ax.plot(ours, "-", color=INK, linewidth=1.2, label=names[0])
    every = np.arange(0, len(theirs), 5)
    ax.plot(every, np.asarray(theirs)[every], "o", color=ACCENT, markeredgecolor=INK,
            markersize=5, markeredgewidth=0.8, label=names[1])
    ax.set(xlabel="updates", ylabel="cost of the batch", ylim=(0, None))
    ax.legend(loc="upper right")
    return ax


def shared_weights(W, inputs, outputs, ax=None):
    """A weight matrix as coloured cells: blue positive, orange negative and hatched, 0 empty."""
    ax = ax or plt.subplots(figsize=(WIDTH, 0.6 + WIDTH * len(W) / W.shape[1]))[1]
    for (j, k), w in np.ndenumerate(W):
        if w:
            color, hatch = (POSITIVE, None) if w > 0 else (NEGATIVE, "////")
            ax.add_patch(Rectangle((k, -j - 1), 1, 1, linewidth=0, facecolor=color, hatch=hatch,
                                   edgecolor="white"))
    n, k = W.shape
    for x in range(k + 1):
        ax.plot([x, x], [-n, 0], "-", color=INK, linewidth=0.4)
    for y in range(n + 1):
        ax.plot([0, k], [-y, -y], "-", color=INK, linewidth=0.4)
    ax.set(aspect="equal", xlabel=inputs, ylabel=outputs, xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return ax


def feature_maps(image, maps, axes=None):
    """A picture and its feature maps, {name: array}; blue positive, orange negative."""
    if axes is None:
        axes = plt.subplots(2, (len(maps) + 2) // 2, figsize=(WIDTH, 5.2))[1].ravel()
    axes[0].imshow(image, cmap="gray_r", vmin=0)
    axes[0].set_title("the picture", loc="center")
    for ax, (name, z) in zip(axes[1:], maps.items()):
        most = np.abs(z).max()
        ax.imshow(z, cmap=SIGNS, vmin=-most, vmax=most)
        ax.set_title(name, loc="center")
    for ax in axes:
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(True)
    return axes


def gradient_through_time(curves, ax=None):
    """Lengths of a gradient against the steps back, {name: lengths}, on a logarithmic axis."""
    ax = ax or plt.subplots(figsize=(WIDTH, 3.4))[1]
    for name, sizes in curves.items():
        steps = np.arange(1, len(sizes) + 1)
        ax.plot(steps, sizes, "-", color=INK)
        ax.annotate(name, (steps[-1], sizes[-1]), (6, 0), textcoords="offset points", va="center")
    ax.axhline(1, color=INK, linewidth=0.8, linestyle=":")
    ax.set(yscale="log", xlabel="steps back", ylabel="length of the gradient",
           xlim=(0, 1.2 * len(sizes)))
    return ax


def edge_curves(layers, xs, ax=None):
    """A network whose edges carry curves, from the inputs at the bottom to the output at the top.

    layers: for each layer an array (n_out, n_in, points), the curve of every edge; xs: for each
    layer the points at which its curves were taken.
    """
    ax = ax or plt.subplots(figsize=(WIDTH, 2.3 * len(layers)))[1]
    most = max(C.shape[0] * C.shape[1] for C in layers)
    below = _nodes(layers[0].shape[1], most)
    for l, (C, x) in enumerate(zip(layers, xs)):
        n, k = C.shape[:2]
        slots = _nodes(n * k, most).reshape(n, k)
        above = slots.mean(axis=1)
        for j, i in np.ndindex(n, k):
            ax.plot([below[i], slots[j, i], slots[j, i], above[j]],
                    2.2 * l + np.array([0, 0.7, 1.5, 2.2]), "-", color=INK, linewidth=1, zorder=1)
            _curve(ax, slots[j, i], 2.2 * l + 1.1, x, C[j, i], np.abs(C).max())
        for node in below:
            ax.add_patch(Circle((node, 2.2 * l), 0.12, facecolor=ACCENT, edgecolor=INK, zorder=3))
        below = above
    for node in below:
        ax.add_patch(Circle((node, 2.2 * len(layers)), 0.12, facecolor=ACCENT, edgecolor=INK,
                            zorder=3))
    for i, place in enumerate(_nodes(layers[0].shape[1], most), 1):
        ax.text(place, -0.25, f"$x_{i}$", ha="center", va="top")
    ax.set(xlim=(-0.1, most + 0.1), ylim=(-0.6, 2.2 * len(layers) + 0.2), aspect="equal")
    ax.axis("off")
    return ax


def _nodes(n, most):
    """n places at equal distances, centred on a line of length `most`."""
    return (np.arange(n) + 0.5) * most / n


def _curve(ax, at, height, x, y, largest):
    """A small plot on a white card; all of a layer on one scale."""
    ax.add_patch(Rectangle((at - 0.42, height - 0.42), 0.84, 0.84, facecolor="white",
                           edgecolor=INK, linewidth=0.8, zorder=2))
    ax.plot(at + 0.76 * ((x - x[0]) / (x[-1] - x[0]) - 0.5), height + 0.38 * y / largest,
            "-", color=POSITIVE, linewidth=1.8, zorder=3)
    ax.plot([at - 0.42, at + 0.42], [height, height], color=INK, linewidth=0.4, linestyle=DASH,
            zorder=2)
