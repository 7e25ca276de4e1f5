"""Activation functions and their slopes, drawn."""

import matplotlib.pyplot as plt
import numpy as np

from nnlib import ACTIVATIONS

from .style import ACCENT, INK, POSITIVE


def points(f, reach):
    """Points of y = f(z) for |z| <= reach; a gap where f jumps, so that no line joins the sides."""
    z = np.linspace(-reach, reach, 400)  # an even number: 0 is not among them
    y = f(z)
    jumps = np.flatnonzero(np.abs(np.diff(y)) > 0.4) + 1
    return np.insert(z, jumps, 0), np.insert(y, jumps, np.nan)


def cross(ax):
    """Thin axes through the origin instead of a frame."""
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def gallery_panel(act, ax):
    """One activation: a yellow dot at its value at 0, open dots at the ends of a jump."""
    cross(ax)
    ax.plot(*points(act, 2), color=INK, zorder=3)
    for end in (-1e-12, 1e-12):
        if abs(act(end) - act(0)) > 0.4:
            ax.plot(0, act(end), "o", color=INK, markerfacecolor="white", markersize=6, zorder=4)
    ax.plot(0, act(0), "o", color=ACCENT, markeredgecolor=INK, markersize=7, zorder=5)
    ax.set_title(act.name, fontsize=11)
    ax.set(xlim=(-2.1, 2.1), ylim=(-1.6, 1.6), xticks=[-2, 2], yticks=[-1, 1])


def activation_gallery(axes=None):
    """The seven activations of the book on one scale; the last panel is the legend."""
    if axes is None:
        axes = plt.subplots(2, 4, figsize=(6, 3.6), sharex=True, sharey=True)[1]
    seven = [act for act in ACTIVATIONS.values() if act.df is not None]
    for act, ax in zip(seven, axes.flat, strict=False):
        gallery_panel(act, ax)
    legend = axes.flat[-1]
    legend.axis("off")
    legend.plot(-1.7, 0.5, "o", color=ACCENT, markeredgecolor=INK, markersize=7)
    legend.plot(-1.7, -0.5, "o", color=INK, markerfacecolor="white", markersize=6)
    legend.text(-1.3, 0.5, "value at 0", va="center")
    legend.text(-1.3, -0.5, "not taken", va="center")
    return axes


def slope(act, ax=None, reach=4):
    """One activation (ink) and its slope (blue, shaded) on one axis."""
    ax = ax or plt.subplots()[1]
    cross(ax)
    ax.plot(*points(act, reach), color=INK, zorder=3)
    z, df = points(act.df, reach)
    ax.plot(z, df, color=POSITIVE, linestyle="-", linewidth=1.6, zorder=2)
    ax.fill_between(z, df, color=POSITIVE, alpha=0.15, linewidth=0)
    ax.set(title=act.name, xlim=(-reach, reach))
    return ax


def slopes(acts, axes=None):
    """Several activations with their slopes, on one scale."""
    if axes is None:
        axes = plt.subplots(1, len(acts), figsize=(5.6, 2.5), sharey=True)[1]
    for act, ax in zip(acts, axes, strict=True):
        slope(act, ax).set(ylim=(-1.15, 1.5), xticks=[-3, 3], yticks=[-1, 1])
    axes[0].text(-3.8, 1.03, "value", color=INK)
    axes[0].text(-3.8, 0.28, "slope", color=POSITIVE)
    return axes
