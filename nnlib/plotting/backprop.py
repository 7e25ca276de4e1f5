"""Backpropagation, drawn: derivatives along a path, the two sweeps, and what training does."""

import base64
import copy
import io

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyBboxPatch

import nnlib

from .diagrams import arrow
from .style import ACCENT, DASH, INK, NEGATIVE, POSITIVE, signed

# -- chapter 5: one small network ------------------------------------------------------------------

ROUND = 0.36  # the radius of a round unit
FADED = 0.15
WIDTH = 5.6  # inches: narrower than other figures, so that the numbers can be read on a phone


def derivative_path(values, slopes, others=None, ax=None):
    """A path from a parameter down to the loss, with the local derivative on every edge.

    values: {symbol: number or None} from top to bottom; slopes: one (text, number or None) for
    each edge, the factors of the derivative; others: {symbol: text} of what else goes in there.
    """
    symbols, others = list(values), others or {}
    if len(slopes) != len(symbols) - 1:
        raise ValueError(f"slopes has {len(slopes)} entries: needed is one for each of the "
                         f"{len(symbols) - 1} edges")
    ax = ax or plt.subplots(figsize=(WIDTH, 0.82 * len(symbols)))[1]
    radius, gap = 0.34, 1.25
    for i, symbol in enumerate(symbols):
        y = -gap * i
        last = i == len(symbols) - 1
        ax.add_patch(Circle((0, y), radius, facecolor=ACCENT if last else "none", edgecolor=INK,
                            linewidth=1.4))
        ax.text(0, y, symbol, ha="center", va="center", fontsize=15)
        if values[symbol] is not None:
            ax.text(radius + 0.15, y, f"= {_number(values[symbol])}", va="center", fontsize=12)
        if symbol in others:
            ax.text(-1.1, y, others[symbol], ha="right", va="center", fontsize=12)
            arrow(ax, (-1.0, y), (-radius - 0.04, y), width=1)
        if not last:
            arrow(ax, (0, y - radius), (0, y - gap + radius), width=2.2)
            text, slope = slopes[i]
            ax.text(1.75, y - gap / 2, text, va="center", fontsize=13)
            if slope is not None:
                ax.text(6.7, y - gap / 2, _number(slope), va="center", ha="right", fontsize=13,
                        color=POSITIVE if slope >= 0 else NEGATIVE)
    low = -gap * (len(symbols) - 1) - 0.5
    known = [slope for _, slope in slopes if slope is not None]
    if len(known) == len(slopes):
        ax.plot([5.0, 6.7], [low - 0.02] * 2, color=INK, linestyle="-", linewidth=0.8)
        ax.text(1.75, low - 0.4, "product", va="center", fontsize=13)
        ax.text(6.7, low - 0.4, _number(float(np.prod(known))), va="center", ha="right",
                fontsize=13, weight="bold")
        low -= 0.7
    ax.set(xlim=(-3.0, 6.8), ylim=(low, 0.45), aspect="equal")
    ax.axis("off")
    return ax


def _number(value):
    """Six places, with a real minus sign; whole numbers as they are."""
    text = f"{value:.0f}" if value == round(value) else f"{value:.6f}"
    return text.replace("-", "\N{MINUS SIGN}")


def two_sweeps(net, x, y, cost=nnlib.quadratic, names=None, axes=None, *, picked=None):
    """The forward sweep above, the backward sweep below, for one example of a small network.

    Above, activations run to the right; below, errors (slopes of the loss by the weighted inputs,
    double outline) run to the left along the same lines. names: one text a unit, a list a layer.
    picked: (j, k), from 0; above only the lines into output j stand out, below only those into
    unit k of the layer before.
    """
    if max(net.sizes) > 4:
        raise ValueError(f"the network has layers of {net.sizes}: needed are at most 4 units")
    tall = max(net.sizes)
    if axes is None:
        axes = plt.subplots(2, 1, figsize=(WIDTH, 1.0 + 1.75 * tall))[1]
    x, y = np.atleast_2d(x), np.atleast_2d(y)
    Z, A = net.forward(x)
    errors = net.backprop(x, y, cost)[1]  # of one example: the gradients by the biases
    layers = [[(2.8 * l, 1.3 * ((n - 1) / 2 - j)) for j in range(n)]
              for l, n in enumerate(net.sizes)]
    for l, W in enumerate(net.weights, 1):
        act = net.activations[l - 1]
        for (j, k), w in np.ndenumerate(W):
            ends = layers[l - 1][k], layers[l][j]
            last = picked is not None and l == len(net.weights)
            _edge(axes[0], *ends, w, faded=picked is not None and not (last and j == picked[0]))
            if l > 1:  # an input has no error
                faded = picked is not None and not (last and k == picked[1])
                crowded = picked is None and W.size > 4  # texts would hide each other
                text = f"\N{MULTIPLICATION SIGN} {signed(float(w))}"
                _edge(axes[1], *reversed(ends), w, None if faded or crowded else text, faded)
        for j, place in enumerate(layers[l]):
            _box(axes[1], place, errors[l - 1][j], 2)
            axes[1].text(place[0], place[1] - 0.42, f"slope {act.df(Z[l - 1])[0, j]:.4f}",
                         ha="center", va="top", fontsize=11)
    for l, places in enumerate(layers):
        for j, (left, height) in enumerate(places):
            _box(axes[0], (left, height), A[l][0, j], 1)
            if names is not None:
                axes[0].text(left, height + 0.38, names[l][j], ha="center", va="bottom")
    _loss_side(axes, layers[-1], y[0], cost.df(A[-1], y)[0])
    for ax, title in zip(axes, ("forward: activations", "backward: errors")):
        reach = 0.65 * tall + 0.35
        ax.set_title(title, fontsize=12)
        ax.set(xlim=(-0.9, layers[-1][0][0] + 2.9), ylim=(-reach, reach), aspect="equal")
        ax.axis("off")
    return axes


def _loss_side(axes, outputs, targets, slopes):
    """To the right of the outputs: the targets above, the slopes of the loss below."""
    for j, (left, height) in enumerate(outputs):
        out, far = (left + 0.92, height), (left + 1.55, height)
        arrow(axes[0], out, far)
        arrow(axes[1], far, out)
        axes[0].text(left + 1.65, height, signed(float(targets[j])), va="center")
        axes[1].text(left + 1.65, height, signed(float(slopes[j])), va="center")
    top = outputs[0][1] + 0.38
    axes[0].text(left + 1.65, top, "target", va="bottom", fontsize=11)
    axes[1].text(left + 1.65, top, "loss by\noutput", va="bottom", fontsize=11)


def _edge(ax, start, end, w, text=None, faded=False):
    start, end = np.array(start, float), np.array(end, float)
    along = (end - start) / np.linalg.norm(end - start)
    first, last = start + 0.88 * along, end - 0.92 * along
    color = POSITIVE if w >= 0 else NEGATIVE
    _shaft(ax, first, last, color, 1.6, "-" if w >= 0 else DASH, FADED if faded else 1)
    if text is not None:
        up = np.array([-along[1], along[0]])
        ax.text(*((first + last) / 2 + 0.24 * up * np.sign(up[1])), text, color=color,
                ha="center", va="center", fontsize=10)


def _shaft(ax, start, end, color, width, style, alpha):
    """An arrow that may be faded."""
    lines, patches = len(ax.lines), len(ax.patches)
    arrow(ax, start, end, color, width, style)
    for artist in [*ax.lines[lines:], *ax.patches[patches:]]:
        artist.set_alpha(alpha)


def _box(ax, place, value, outlines):
    """A box with a number in it; two outlines say: this is a derivative, not a value."""
    for pad in np.arange(outlines) * 0.07:
        wide, high = 1.5 + 2 * pad, 0.54 + 2 * pad
        ax.add_patch(FancyBboxPatch((place[0] - wide / 2, place[1] - high / 2), wide, high,
                                    boxstyle="round,pad=0,rounding_size=.2", facecolor="none",
                                    edgecolor=INK, linewidth=1.1))
    ax.text(*place, signed(float(value)), ha="center", va="center", fontsize=12)


def derivative_bars(names, values, ax=None):
    """Derivatives as bars, one for each parameter: to the right positive, to the left negative."""
    values = np.asarray(values, float)
    ax = ax or plt.subplots(figsize=(WIDTH, 0.5 + 0.32 * len(values)))[1]
    rows = -np.arange(len(values))
    for row, value in zip(rows, values):
        color = POSITIVE if value >= 0 else NEGATIVE
        ax.barh(row, value, height=0.6, facecolor=color if value >= 0 else "none", edgecolor=color,
                linestyle="-" if value >= 0 else "--", linewidth=1.4)
    reach = np.abs(values).max()
    for row, value in zip(rows, values):
        ax.text(0.06 * reach * (-1 if value >= 0 else 1), row, _number(value), va="center",
                ha="right" if value >= 0 else "left", fontsize=11)
    ax.axvline(0, color=INK, linewidth=0.8)
    low, high = min(values.min(), 0), max(values.max(), 0)
    ax.set(yticks=rows, yticklabels=names, xticks=[],
           xlim=(low - (0.45 * reach if high else 0.05 * reach), high + 0.5 * reach))
    ax.tick_params(left=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    return ax


def tangent_step(f, at, slope, step, name="w", ax=None):
    """A function of one number near `at`, its tangent, and both after a step: promised and true."""
    ax = ax or plt.subplots(figsize=(WIDTH, 3.0))[1]
    reach = 2 * abs(step)
    p = np.linspace(at - reach, at + reach, 81)
    ax.plot(p, [f(q) for q in p], color=INK, linestyle="-")
    ax.plot(p, f(at) + slope * (p - at), color=POSITIVE, linestyle="--", linewidth=1.6)
    end = at + step
    promised, true = f(at) + slope * step, f(end)
    ax.plot([end, end], [f(at), promised], color=INK, linestyle=":", linewidth=1)
    ax.plot([at, end], [f(at)] * 2, color=INK, linestyle=":", linewidth=1)
    ax.plot(at, f(at), "o", color=ACCENT, markeredgecolor=INK, markersize=9)
    ax.plot(end, promised, "o", color="white", markeredgecolor=POSITIVE, markersize=7)
    ax.plot(end, true, "o", color=INK, markersize=7)
    up = 10 if slope >= 0 else -10
    for value, color, word, at_side in (
            (promised, POSITIVE, "promised", -1), (true, INK, "true", 1)):
        ax.annotate(f"{word} {_number(value)}", (end, value), (8 * at_side, -up * at_side),
                    textcoords="offset points", color=color, ha="right" if at_side < 0 else "left",
                    va="center", fontsize=11)
    ax.set(xlabel=f"${name}$", ylabel="loss", xticks=[at, end])
    return ax


def loss_curves(epochs, losses, picked=(0,), ax=None):
    """Loss against epochs on a log scale: every run thin, the picked ones bold.

    epochs: (T,); losses: (runs, T).
    """
    ax = ax or plt.subplots(figsize=(WIDTH, 3.2))[1]
    losses = np.asarray(losses)
    alpha = min(1, 20 / len(losses))
    ax.plot(epochs, losses.T, color=INK, linestyle="-", linewidth=0.6, alpha=alpha)
    for run, color, style in zip(picked, (POSITIVE, NEGATIVE, INK), ("--", ":", "-")):
        ax.plot(epochs, losses[run], color=color, linestyle=style, linewidth=2.2,
                label=f"seed {run}")
    ax.legend(loc="upper right")
    ax.set(xlabel="epoch", ylabel="mean loss of the four", yscale="log", xlim=(0, None))
    return ax


def answer_histograms(answers, names, windows=None, printed=None, axes=None):
    """How often networks give each answer: one histogram for each column of answers.

    answers: (runs, people), from 0 to 1; windows: the piece (low, high) of this range to show for
    each person, else all of it; printed: one answer for each person, marked by a triangle.
    """
    answers = np.asarray(answers)
    windows = [(0, 1)] * len(names) if windows is None else windows
    printed = [None] * len(names) if printed is None else printed
    if axes is None:
        axes = plt.subplots(1, len(names), figsize=(WIDTH, 2.7), sharey=True, squeeze=False)[1][0]
    for ax, name, column, (low, high), mark in zip(axes, names, answers.T, windows, printed):
        counts, _, _ = ax.hist(column, np.linspace(low, high, 41), facecolor=POSITIVE, alpha=0.85,
                               edgecolor=INK, linewidth=0.6)
        outside = column[(column < low) | (column > high)]
        beyond = f" ({len(outside)} beyond, to {outside.max():.3f})" if len(outside) else ""
        ax.set_title(name + beyond, fontsize=11, pad=8 if mark is None else 20)
        if mark is not None:
            ax.plot(mark, 1.08, "v", color=ACCENT, markeredgecolor=INK, markersize=10,
                    transform=ax.get_xaxis_transform(), clip_on=False)
        ax.set(xlabel="answer", xlim=(low, high))
    axes[0].set_ylabel(f"networks, of {len(answers)}")
    return axes


# -- chapter 6: the error of a neuron, the four equations ------------------------------------------

def _places(sizes, gap, dx=0.0):
    """The centres of the units, a list of (x, y) for each layer; units are 1 apart."""
    return [[(dx + gap * l, (n - 1) / 2 - j) for j in range(n)] for l, n in enumerate(sizes)]


def _circle(ax, place, text, fill="none", size=11):
    ax.add_patch(Circle(place, ROUND, facecolor=fill, edgecolor=INK, linewidth=1.3, zorder=3))
    ax.text(*place, text, ha="center", va="center", fontsize=size, zorder=4)


def _rounded(ax, place, text, wide=0.5, high=0.38):
    x, y = place
    ax.add_patch(FancyBboxPatch((x - wide, y - high), 2 * wide, 2 * high, facecolor="none",
                                edgecolor=INK, linewidth=1.3, zorder=3,
                                boxstyle="round,pad=0,rounding_size=.1"))
    ax.text(x, y, text, ha="center", va="center", zorder=4)


def _way(ax, start, end, w=None, widest=1.0, faded=False, radius=ROUND):
    """An arrow between two units; with a weight w its width is |w|, colour and dashes its sign."""
    start, end = np.array(start, float), np.array(end, float)
    along = (end - start) / np.linalg.norm(end - start)
    color, style, width = INK, "-", 1.2
    if w is not None:
        color, style = (POSITIVE, "-") if w >= 0 else (NEGATIVE, DASH)
        width = 0.8 + 2 * abs(w) / widest
    _shaft(ax, start + radius * along, end - radius * along, color, width, style,
           FADED if faded else 1)


def _finish(ax, xlim, ylim):
    ax.set(xlim=xlim, ylim=ylim)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def cost_feeds(net, ax=None):
    """What the loss sees: lines lead to it from the outputs and the targets, from nowhere else."""
    ax = ax or plt.subplots(figsize=(WIDTH, 2.7))[1]
    layers = _places(net.sizes, 1.9)
    widest = max(np.abs(W).max() for W in net.weights)
    for l, W in enumerate(net.weights):
        for (j, k), w in np.ndenumerate(W):
            _way(ax, layers[l][k], layers[l + 1][j], w, widest)
    for l, places in enumerate(layers):
        letter = "x" if l == 0 else f"a^{{({l})}}"
        for j, place in enumerate(places, 1):
            _circle(ax, place, f"${letter}_{j}$", ACCENT if l == len(layers) - 1 else "none", 10)
    right, low = layers[-1][0][0], min(y for places in layers for _, y in places)
    loss = (right + 1.9, 0)
    _rounded(ax, loss, r"loss $\ell$", 0.55)
    for place in layers[-1]:
        _way(ax, place, (loss[0] - 0.2, loss[1]), radius=ROUND + 0.03)
    _rounded(ax, (loss[0], low - 0.25), "target $y$", 0.72)
    arrow(ax, (loss[0], low + 0.13), (loss[0], -0.38))
    return _finish(ax, (-0.5, loss[0] + 0.8), (low - 0.75, -low + 0.5))


def facing_targets(ax=None):
    """Four units feed output j, and each of three outputs faces its own target."""
    ax = ax or plt.subplots(figsize=(WIDTH, 3.0))[1]
    before, outputs, targets = _places([4, 3, 3], 2.4)
    names = ["j-1", "j", "j+1"]
    for n, place in enumerate(outputs):
        for start in before:
            _way(ax, start, place, faded=n != 1)
        _way(ax, place, (targets[n][0] - 0.15, place[1]))
        _circle(ax, place, f"$a_{{{names[n]}}}$", ACCENT if n == 1 else "none", 10)
        _rounded(ax, targets[n], f"$y_{{{names[n]}}}$", 0.48, 0.3)
    for k, place in enumerate(before, 1):
        _circle(ax, place, f"$a_{k}$", size=10)
    for (x, _), text in zip((before[0], outputs[0], targets[0]),
                            ("layer $L-1$", "layer $L$", "targets")):
        ax.text(x, 2.1, text, ha="center", va="bottom")
    return _finish(ax, (-0.8, 5.6), (-2.0, 2.5))


def error_of_a_neuron(ax=None):
    """Neuron j of layer l with what comes in, a nudge at its z, and the way on to the loss."""
    ax = ax or plt.subplots(figsize=(WIDTH, 2.9))[1]
    inputs = [(0, 1.1), (0, 0), (0, -1.1)]
    z, a, loss = (2.3, 0), (4.1, 0), (6.3, 0)
    for k, place in enumerate(inputs, 1):
        _way(ax, place, z)
        _circle(ax, place, f"$a_{k}$")
    ax.text(1.2, 0.86, "$W_{j1}$", ha="center")
    ax.text(1.1, 0.1, "$W_{j2}$", ha="center")
    ax.text(1.2, -1.02, "$W_{j3}$", ha="center")
    arrow(ax, (z[0], -1.2), (z[0], -ROUND))
    ax.text(z[0], -1.28, "$b_j$", ha="center", va="top")
    arrow(ax, (z[0], 1.35), (z[0], ROUND), width=3)
    ax.text(z[0], 1.42, r"a nudge $\Delta z_j$", ha="center", va="bottom")
    _circle(ax, z, "$z_j$", ACCENT)
    _way(ax, z, a)
    ax.text(3.2, 0.14, r"$\varphi$", ha="center", va="bottom")
    _circle(ax, a, "$a_j$")
    for dy in (0.5, 0, -0.5):
        _way(ax, a, (5.5 + ROUND, dy), faded=dy != 0)
    ax.text(5.0, 0.85, "the rest of\nthe network", ha="center", va="bottom", fontsize=11)
    _rounded(ax, loss, r"$\ell$", 0.38)
    ax.text(loss[0] + 0.1, -0.62, r"$\Delta\ell\approx\delta_j\,\Delta z_j$", ha="center", va="top")
    ax.text(0, -1.62, "layer $l-1$", ha="center", va="top")
    ax.text(3.4, -1.62, "neuron $j$ of layer $l$", ha="center", va="top")
    return _finish(ax, (-0.6, 7.2), (-2.1, 1.95))


CARD = [
    ("BP1", "the error of the output layer",
     r"$\delta^{(L)}=\nabla_a\ell\odot\varphi'(z^{(L)})$",
     [(r"$D^{(L)}$", "(m, K)"), ("$=$", ""), (r"$\nabla_a\ell$", "(m, K)"), (r"$\odot$", ""),
      (r"$\varphi'(Z^{(L)})$", "(m, K)")]),
    ("BP2", "one layer back",
     r"$\delta^{(l)}=\left((W^{(l+1)})^T\delta^{(l+1)}\right)\odot\varphi'(z^{(l)})$",
     [(r"$D^{(l)}$", r"(m, n$_l$)"), ("$=$", ""), (r"$(\,D^{(l+1)}$", r"(m, n$_{l+1}$)"),
      (r"$W^{(l+1)}\,)$", r"(n$_{l+1}$, n$_l$)"), (r"$\odot$", ""),
      (r"$\varphi'(Z^{(l)})$", r"(m, n$_l$)")]),
    ("BP3", "the gradient of the biases",
     r"$\partial\ell/\partial b^{(l)}=\delta^{(l)}$",
     [(r"$G_b^{(l)}$", r"(n$_l$,)"), ("$=$", ""), (r"$\frac{1}{m}\sum_i D_{i\cdot}^{(l)}$",
                                                   "mean over the rows")]),
    ("BP4", "the gradient of the weights",
     r"$\partial\ell/\partial W^{(l)}=\delta^{(l)}\,(a^{(l-1)})^T$",
     [(r"$G_W^{(l)}$", r"(n$_l$, n$_{l-1}$)"), ("$=$", ""), (r"$\frac{1}{m}$", ""),
      (r"$(D^{(l)})^T$", r"(n$_l$, m)"), (r"$A^{(l-1)}$", r"(m, n$_{l-1}$)")]),
]


def equation_card(ax=None):
    """The four equations on one card: for one example, and for a batch with its shapes."""
    ax = ax or plt.subplots(figsize=(4.5, 6.6))[1]
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.axis("off")
    ax.figure.draw_without_rendering()  # widths can be measured once the layout is final
    ax.text(0, 0.97, "Backpropagation in four equations", fontsize=14, weight="bold")
    for n, (name, words, single, batch) in enumerate(CARD):
        y = 0.94 - 0.218 * n
        ax.plot([0, 1], [y, y], color=INK, linestyle="-", linewidth=0.6)
        ax.text(0, y - 0.04, name, weight="bold", fontsize=13)
        ax.text(0.15, y - 0.04, words, fontsize=12)
        ax.text(0.03, y - 0.088, single, fontsize=14)
        _with_shapes(ax, 0.03, y - 0.147, batch)
    ax.plot([0, 1], [0.068, 0.068], color=INK, linestyle="-", linewidth=0.6)
    ax.text(0, 0.03, "First line: one example, a column. Second: m examples,", fontsize=10)
    ax.text(0, 0, r"one a row. $W_{jk}$ leads to j from k. No 1/m in D.", fontsize=10)
    return ax


def _with_shapes(ax, x, y, terms):
    """Write terms side by side from x on, with its shape in small letters below each."""
    renderer, to_axes = ax.figure.canvas.get_renderer(), ax.transAxes.inverted()
    for term, shape in terms:
        big = ax.text(x, y, term, fontsize=14)
        small = ax.text(x, y - 0.034, shape, fontsize=9, va="top")
        width = max(t.get_window_extent(renderer).width for t in (big, small))
        left, right = to_axes.transform([(0, 0), (width, 0)])[:, 0]
        for text in (big, small):
            text.set(x=x + (right - left) / 2, ha="center")
        x += right - left + 0.025


class download:
    """A link that saves the figure of `ax` as `name`, a .pdf or .svg; it needs no server."""

    def __init__(self, ax, name):
        kind = name.rpartition(".")[2]
        types = {"pdf": "application/pdf", "svg": "image/svg+xml"}
        if kind not in types:
            raise ValueError(f"name is {name!r}: needed is a name that ends in .pdf or .svg")
        file = io.BytesIO()
        date = {"pdf": "CreationDate", "svg": "Date"}[kind]
        ax.figure.savefig(file, format=kind, metadata={date: None})
        self.name, self.data = name, file.getvalue()
        self.url = f"data:{types[kind]};base64,{base64.b64encode(self.data).decode()}"

    def _repr_html_(self):
        return f'<a download="{self.name}" href="{self.url}">Download {self.name}</a>'

    def __repr__(self):
        return f"{self.name}, {len(self.data):,} bytes"


# -- chapter 6, second half: the check, paths and graphs -------------------------------------------


def graph(places, edges, ax=None, *, texts=None):
    """A graph of quantities with a local derivative on every edge.

    places: {name: (x, y)}; edges: {(start, end): derivative, a text or a number}; texts: {name:
    what is written beside its node}. The last node is the end of it all and filled.
    """
    strangers = {name for edge in edges for name in edge} - set(places)
    if strangers:
        raise ValueError(f"edges name {sorted(strangers)}: needed is a place for each of them")
    xs, ys = np.transpose(list(places.values()))
    wide, high = np.ptp(xs) + (1.7 if texts else 1), np.ptp(ys) + 1.1
    ax = ax or plt.subplots(figsize=(WIDTH, WIDTH * high / wide))[1]
    for (start, end), slope in edges.items():
        a, b = (np.array(places[name], float) for name in (start, end))
        along = (b - a) / np.linalg.norm(b - a)
        number = not isinstance(slope, str)
        color, style = (NEGATIVE, DASH) if number and slope < 0 else (POSITIVE, "-")
        arrow(ax, a + 0.4 * along, b - 0.4 * along, color if number else INK, 1.6, style)
        upright = abs(along[0]) < 0.1  # then the text stands beside the arrow
        at = (0.12, 0) if upright else 0.2 * np.array([-along[1], along[0]]) * np.sign(along[0])
        ax.text(*((a + b) / 2 + at), _short(slope) if number else slope, fontsize=13,
                ha="left" if upright else "center", va="center", rotation_mode="anchor",
                color=color if number else INK,
                rotation=0 if upright else np.degrees(np.arctan(along[1] / along[0])))
    for name, place in places.items():
        last = name == list(places)[-1]
        ax.add_patch(Circle(place, 0.4, facecolor=ACCENT if last else "none", edgecolor=INK,
                            linewidth=1.4))
        ax.text(*place, name, ha="center", va="center", fontsize=15)
        if texts and name in texts:
            ax.text(place[0] + 0.5, place[1], texts[name], va="center", fontsize=12)
    ax.set(xlim=(xs.min() - 0.5, xs.max() + (1.2 if texts else 0.5)), aspect="equal",
           ylim=(ys.min() - 0.55, ys.max() + 0.55))
    ax.axis("off")
    return ax


def _short(value):
    return f"{value:.4g}".replace("-", "\N{MINUS SIGN}")


def ripple(net, x, y, weight, dw=0.1, cost=nnlib.quadratic, ax=None):
    """What moves when one weight (l, j, k) is raised by dw: every activation after it, the cost.

    Layers count from 1 as W does, j and k from 0. The numbers are the true changes for the one
    example x, y, in thousandths; lines on a path from the weight to the cost are drawn in full.
    """
    l, j, k = weight
    if not 1 <= l <= len(net.weights) or not np.all(np.less((j, k), net.weights[l - 1].shape)):
        raise ValueError(f"there is no weight {weight} in a network {net.sizes}")
    moved = copy.deepcopy(net)
    moved.weights[l - 1][j, k] += dw
    x, y = np.atleast_2d(x), np.atleast_2d(y)
    pairs = zip(net.forward(x)[1], moved.forward(x)[1])
    changes = [(after - before)[0] for before, after in pairs]
    rise = nnlib.evaluate(moved, x, y, cost)[0] - nnlib.evaluate(net, x, y, cost)[0]

    tall = max(net.sizes)
    ax = ax or plt.subplots(figsize=(WIDTH, 0.62 * tall + 0.9))[1]
    layers = [[(2.5 * i, 1.2 * ((n - 1) / 2 - row)) for row in range(n)]
              for i, n in enumerate(net.sizes)]
    layers.append([(2.5 * len(net.sizes), 0.0)])
    on_path = [set() for _ in layers]
    on_path[l - 1], on_path[l] = {k}, {j}
    for i in range(l + 1, len(layers)):
        on_path[i] = set(range(len(layers[i])))
    for i in range(1, len(layers)):
        for row, end in enumerate(layers[i]):
            for column, start in enumerate(layers[i - 1]):
                first = (i, row, column) == (l, j, k)
                drawn = first or (i > l and column in on_path[i - 1])
                a, b = (start[0] + 0.75, start[1]), (end[0] - 0.75, end[1])
                for color, width in ((ACCENT, 5), (INK, 1.3)) if first else ((INK, 1.3),):
                    ax.plot(*np.transpose([a, b]), "-", color=color, linewidth=width, zorder=1,
                            alpha=1 if drawn else 0.15)
    for i, places in enumerate(layers):
        for row, place in enumerate(places):
            change = rise if i == len(net.sizes) else changes[i][row]
            _moved(ax, place, change, i >= l and row in on_path[i], i == len(net.sizes))
    top = 0.6 * tall + 0.1
    steps = {l - 1: "1", l: "2", l + 1: "3", len(layers) - 1: "4"}
    for i, step in steps.items():
        middle = 2.5 * i + (1.25 if step == "1" else 0)
        ax.text(middle, top, step, ha="center", va="bottom", fontsize=13, weight="bold")
    ax.set(xlim=(-0.9, 2.5 * len(net.sizes) + 0.9), ylim=(-top, top + 0.5), aspect="equal")
    ax.axis("off")
    return ax


def _moved(ax, place, change, touched, cost):
    """A box with the change in it, filled where something moves."""
    ax.add_patch(FancyBboxPatch((place[0] - 0.75, place[1] - 0.32), 1.5, 0.64, edgecolor=INK,
                                facecolor=ACCENT if touched else "none", linewidth=1.2, zorder=3,
                                boxstyle="round,pad=0,rounding_size=.2"))
    sign = "+" if change > 0 else ""
    text = f"{sign}{1000 * change:.1f}".replace("-", "\N{MINUS SIGN}") if touched else "0"
    ax.text(*place, text, ha="center", va="center", fontsize=11, zorder=4)
    if cost:
        ax.text(place[0], place[1] + 0.42, "cost", ha="center", va="bottom", fontsize=11)


def falling_costs(curves, ax=None):
    """Costs against steps, {name: costs}; each name stands at the end of its curve."""
    ax = ax or plt.subplots(figsize=(WIDTH, 3.6))[1]
    ends = sorted((np.log10(costs[-1]), name) for name, costs in curves.items())
    heights = np.array([end for end, _ in ends])
    gap = 0.075 * (max(np.log10(np.max(c)) for c in curves.values()) - heights[0])
    for i in range(1, len(heights)):  # labels keep a distance
        heights[i] = max(heights[i], heights[i - 1] + gap)
    for (end, name), height in zip(ends, heights):
        costs = np.asarray(curves[name])
        ax.plot(costs, "-", color=INK, linewidth=1.4)
        ax.annotate(name, (len(costs) - 1, 10**end), (1.04 * len(costs), 10**height),
                    va="center", weight="bold",
                    arrowprops=dict(arrowstyle="-", color=INK, linewidth=0.6))
    ax.set(yscale="log", xlabel="steps", ylabel="cost", xlim=(0, 1.1 * len(costs)))
    return ax
