"""Training, watched: a live progress bar and curve, and accuracies with their standard error."""

import time

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML, DisplayHandle
from matplotlib.figure import Figure

from .style import ACCENT, INK, POSITIVE

REDRAW = 0.5  # seconds between two drawings: drawing must not slow the training down


def watch(records, epochs):
    """Pass on the Epoch records of nnlib.train while a progress bar and a curve show them.

    records: what nnlib.train returns; epochs: how many will come. An interrupt ends the loop, not
    the program: the records so far stay, and a line in place of the bar says where it stopped.
    """
    bar, figure = DisplayHandle(), DisplayHandle()
    seen, start, drawn = [], time.monotonic(), None
    bar.display(HTML(_bar(0, epochs)))
    try:
        for record in records:
            seen.append(record)
            yield record  # before the drawing, so that no interrupt loses it
            now = time.monotonic() - start
            bar.update(HTML(_bar(len(seen), epochs, record, now)))
            if drawn is None or now - drawn > REDRAW or len(seen) == epochs:
                _redraw(figure, seen, epochs, first=drawn is None)
                drawn = now
    except (KeyboardInterrupt, GeneratorExit):  # the stop button, or a break in the caller's loop
        bar.update(HTML(_stopped(len(seen), epochs)))
        if seen:
            _redraw(figure, seen, epochs, first=drawn is None)


def _stopped(done, epochs):
    return f"<p>Stopped after {done} of {epochs} epochs; the network keeps every update so far.</p>"


def _bar(done, epochs, record=None, seconds=0.0):
    words = f"epoch {done} of {epochs}"
    if record is not None:
        accuracy, whose = record.accuracy, "training"
        if record.validation_accuracy is not None:
            accuracy, whose = record.validation_accuracy, "held-out"
        left = seconds / done * (epochs - done)
        words += f", {whose} accuracy {accuracy:.2%}, "
        words += f"{_duration(left)} left" if done < epochs else _duration(seconds)
    return (
        f'<label>{words}<br><progress max="{epochs}" value="{done}" '
        'style="width: 100%; max-width: 30rem"></progress></label>'
    )


def _duration(seconds):
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _redraw(handle, seen, epochs, first):
    ax = Figure(figsize=(6.8, 2.8)).subplots()  # not pyplot's: nothing to close on an interrupt
    accuracy_curve([r.accuracy for r in seen], ax, label="training", color=INK)
    if seen[-1].validation_accuracy is not None:
        accuracy_curve([r.validation_accuracy for r in seen], ax, label="held out", color=POSITIVE)
    ax.set_xlim(0.5, epochs + 0.5)
    ax.legend(loc="lower right")
    (handle.display if first else handle.update)(ax.figure)


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
