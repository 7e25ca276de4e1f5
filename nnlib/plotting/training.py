"""Training, watched: a live progress bar and curve, and accuracies with their standard error."""

import time

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML, DisplayHandle

from .style import ACCENT, INK, POSITIVE

REDRAW = 0.5  # seconds between two drawings: drawing must not slow the training down


def watch(records, epochs):
    """Pass on the Epoch records of nnlib.train while a progress bar and a curve show them.

    records: what nnlib.train returns; epochs: how many will come. Ends cleanly on an interrupt.
    """
    bar, figure = DisplayHandle(), DisplayHandle()
    seen, start, drawn = [], time.monotonic(), None
    bar.display(HTML(_bar(0, epochs)))
    try:
        for record in records:
            seen.append(record)
            now = time.monotonic() - start
            bar.update(HTML(_bar(len(seen), epochs, record, now)))
            if drawn is None or now - drawn > REDRAW or len(seen) == epochs:
                _redraw(figure, seen, epochs, first=drawn is None)
                drawn = now
            yield record
    except KeyboardInterrupt:
        words = f"Stopped after {len(seen)} of {epochs} epochs; the network keeps them."
        bar.update(HTML(f"<p>{words}</p>"))


def _bar(done, epochs, record=None, seconds=0.0):
    words = f"epoch {done} of {epochs}"
    if record is not None:
        accuracy = record.accuracy
        if record.validation_accuracy is not None:
            accuracy = record.validation_accuracy
        left = seconds / done * (epochs - done)
        words += f", accuracy {accuracy:.2%}, "
        words += f"{left:.0f} s left" if done < epochs else f"{seconds:.0f} s"
    return (
        f'<label>{words}<br><progress max="{epochs}" value="{done}" '
        'style="width: 100%; max-width: 30rem"></progress></label>'
    )


def _redraw(handle, seen, epochs, first):
    ax = plt.subplots(figsize=(6.8, 2.8))[1]
    accuracy_curve([r.accuracy for r in seen], ax, label="training", color=INK)
    if seen[-1].validation_accuracy is not None:
        accuracy_curve([r.validation_accuracy for r in seen], ax, label="held out", color=POSITIVE)
    ax.set_xlim(0.5, epochs + 0.5)
    ax.legend(loc="lower right")
    (handle.display if first else handle.update)(ax.figure)
    plt.close(ax.figure)


def accuracy_curve(accuracies, ax=None, label=None, color=INK, n=None):
    """Accuracies (shares from 0 to 1) against the epoch; with n, a band of one standard error.

    n: how many examples each accuracy was counted on; the error is sqrt(p (1 - p) / n).
    """
    ax = ax or plt.subplots()[1]
    p = np.asarray(accuracies)
    epochs = np.arange(1, len(p) + 1)
    marker = "o" if color == INK else "s"
    line = "-" if color == INK else "--"
    ax.plot(epochs, 100 * p, line, marker=marker, ms=4, color=color, label=label)
    if n is not None:
        error = np.sqrt(p * (1 - p) / n)
        shade = ACCENT if color == INK else color
        ax.fill_between(epochs, 100 * (p - error), 100 * (p + error), color=shade, alpha=0.25, lw=0)
    ax.set(xlabel="epoch", ylabel="correct (%)")
    ax.xaxis.get_major_locator().set_params(integer=True)
    return ax
