"""Diagrams drawn from real numbers: blue and solid is positive, orange and dashed negative."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyBboxPatch

from nnlib import sigmoid

from .activations import points
from .style import ACCENT, DASH, INK, NEGATIVE, POSITIVE, signed

RADIUS = 0.45


def node(ax, x, y, text, fill="none"):
    """A circle with a text in it."""
    ax.add_patch(Circle((x, y), RADIUS, facecolor=fill, edgecolor=INK, linewidth=1.4, zorder=3))
    ax.text(x, y, text, ha="center", va="center", zorder=4)


def arrow(ax, start, end, color=INK, width=1.4, style="-"):
    """A line with a small head; `style` dashes the shaft only."""
    start, end = np.array(start, float), np.array(end, float)
    along = (end - start) / np.linalg.norm(end - start)
    ax.plot(*np.transpose([start, end - 0.12 * along]), color=color, linewidth=width,
            linestyle=style, solid_capstyle="butt", zorder=2)
    side = 0.075 * np.array([-along[1], along[0]])
    tip = np.array([end, end - 0.2 * along + side, end - 0.2 * along - side])
    ax.fill(*tip.T, color=color, linewidth=0, zorder=2)


def weight_arrow(ax, start, end, w, text, widest):
    """A connection between two nodes: width shows |w|, colour and dashes show its sign."""
    start, end = np.array(start, float), np.array(end, float)
    along = (end - start) / np.linalg.norm(end - start)
    a, b = start + along * RADIUS, end - along * RADIUS
    color, style = (POSITIVE, "-") if w >= 0 else (NEGATIVE, DASH)
    arrow(ax, a, b, color, 1 + 2.5 * abs(w) / widest, style)
    at = a + 0.4 * (b - a) + 0.24 * np.array([-along[1], along[0]])
    ax.text(*at, text, color=color, ha="center", va="center", rotation_mode="anchor",
            rotation=np.degrees(np.arctan2(along[1], along[0])))


def activation_box(ax, x, act):
    """A square at (x, 0) that shows the curve of an activation."""
    half = 0.62
    ax.add_patch(FancyBboxPatch((x - half, -half), 2 * half, 2 * half, facecolor="none",
                                edgecolor=INK, linewidth=1.4,
                                boxstyle="round,pad=0,rounding_size=.1"))
    z, y = points(act, 4)
    low, high = np.nanmin(y), np.nanmax(y)
    ax.plot(x + 0.12 * z, 0.8 * (y - low) / (high - low) - 0.4, color=INK, zorder=3)
    ax.text(x, -half - 0.18, act.name, ha="center", va="top")


def neuron_diagram(w, b, x=None, activation=sigmoid, ax=None):
    """One neuron, a = phi(w.x + b): with its numbers if x is given, with symbols otherwise."""
    ax = ax or plt.subplots(figsize=(5.8, 2.7))[1]
    w, symbols = np.asarray(w, float), x is None
    heights = 1.2 * ((len(w) - 1) / 2 - np.arange(len(w)))
    for k, height in enumerate(heights):
        node(ax, 0, height, f"$x_{k + 1}$" if symbols else signed(x[k]))
        weight_arrow(ax, (0, height), (2.7, 0), w[k],
                     f"$w_{k + 1}$" if symbols else f"$w_{k + 1}$ = {signed(w[k])}",
                     max(np.abs(w).max(), 1e-9))
    z = None if symbols else float(np.dot(w, x) + b)
    node(ax, 2.7, 0, "+")
    arrow(ax, (2.7, 1.25), (2.7, RADIUS))
    ax.text(2.7, 1.4, "$b$" if symbols else f"$b$ = {signed(b)}", ha="center", va="bottom")
    arrow(ax, (2.7 + RADIUS, 0), (4.5, 0))
    ax.text(3.8, 0.14, "$z$" if symbols else f"$z$ = {signed(z)}", ha="center", va="bottom")
    activation_box(ax, 5.12, activation)
    arrow(ax, (5.74, 0), (6.55, 0))
    node(ax, 7.0, 0, "$a$" if symbols else signed(round(float(activation(z)), 4)), fill=ACCENT)
    ax.text(7.0, RADIUS + 0.14, "output", ha="center", va="bottom")
    ax.text(0, heights[0] + RADIUS + 0.14, "inputs", ha="center", va="bottom")
    ax.set(xlim=(-0.6, 7.6), ylim=(min(heights[-1] - 0.6, -1.1), max(heights[0] + 0.95, 1.8)))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax
