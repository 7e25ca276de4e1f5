"""The ladder of section 7.6, measured: `make records`, or `python benchmarks/records.py [--tried]`.

Every run that has no file yet in nnlib/models/records is trained and written there; so an
interrupted ladder goes on where it was, and deleting a file remakes it. Nothing is chosen by the
test images: they are counted after every epoch, for display, and the last epoch is the result.
The settings were chosen by --tried, which trains on the first 50,000 training images and measures
on the last 10,000.
"""

import argparse
import hashlib
import json
import os
import platform
import sys
import time
import tomllib
from pathlib import Path

import numpy as np

import nnlib
from nnlib.data import Record, distort, records
from nnlib.data.records import FOLDER, TRIED

# Each rung is the one below it with the change that is named here.
DOCUMENTS = dict(
    sizes=[784, 30, 10], spread=1, hidden="sigmoid", cost="quadratic", batch_size=10, eta=3.0,
    falling=False, lam=0.0, distort={}, epochs=30,
)  # fmt: skip
CHANGES = {
    "documents": {},
    "start": dict(spread=None),
    "schedule": dict(falling=True),
    "cross-entropy": dict(cost="cross-entropy", eta=1.0),
    "relu": dict(hidden="relu", eta=0.1),
    "l2": dict(lam=3e-4),
    "neurons": dict(sizes=[784, 800, 800, 10], batch_size=50, eta=0.3, lam=1e-4),
    "shifts": dict(distort=dict(shift=2), epochs=30),
    "bends": dict(distort=dict(shift=1, angle=10, scale=0.1, elastic=1.0), epochs=40),
}
SEEDS = {"neurons": 3, "shifts": 3, "bends": 3}  # 5 for the others
CHOSEN = "on the last 10,000 training images, after training on the first 50,000"


def ladder():
    """The settings of all rungs, from the lowest to the highest: rung -> dict."""
    rungs, settings = {}, DOCUMENTS
    for rung, change in CHANGES.items():
        rungs[rung] = settings = settings | change
    return rungs


def train(settings, X, Y, test, seed):
    """Train by the settings; yields net, Epoch and the seconds for images and updates so far."""
    s = argparse.Namespace(**settings)
    rng = np.random.default_rng(seed)
    net = nnlib.Network(s.sizes, nnlib.ACTIVATIONS[s.hidden], spread=s.spread, rng=rng,
                        dtype=np.float32)
    making = 0.0

    def images():
        nonlocal making
        start = time.perf_counter()
        fresh = distort(X, rng, **s.distort)
        making += time.perf_counter() - start
        return fresh, Y

    def eta(epoch):
        return s.eta * (1 - (epoch - 1) / s.epochs) if s.falling else s.eta

    updating = 0.0
    for epoch in nnlib.train(net, images if s.distort else (X, Y), cost=nnlib.COSTS[s.cost],
                             epochs=s.epochs, batch_size=s.batch_size, eta=eta, lam=s.lam,
                             validation=test, rng=rng):
        updating += epoch.seconds
        yield net, epoch, making + updating


def run(rung, place, settings, seed, digits):
    """Train one run to its end, with a line of progress; gives its Record."""
    seconds, training, right = [], [], []
    test = digits.X_test, digits.Y_test
    for net, epoch, now in train(settings, digits.X, digits.Y, test, seed):
        seconds.append(round(now, 2))
        training.append(round(epoch.accuracy, 5))
        right.append(round(epoch.validation_accuracy * len(digits.X_test)))
        left = now / epoch.epoch * (settings["epochs"] - epoch.epoch)
        progress(f"epoch {epoch.epoch} of {settings['epochs']}, "
                 f"{epoch.validation_accuracy:.2%}, {left:.0f} s left")
    answers = net(digits.X_test).argmax(axis=1)
    wrong = np.flatnonzero(answers != digits.test_labels)
    return Record(rung, place, seed, settings, CHOSEN, about(digits), versions(), seconds,
                  training, right, len(answers), [[int(i), int(answers[i])] for i in wrong])


def about(digits):
    """Which data it was: name, counts, and a digest of all images and labels."""
    digest = hashlib.sha256()
    for array in digits[1:5]:
        digest.update(array.tobytes())
    return {"name": digits.name, "training": len(digits.X), "test": len(digits.X_test),
            "sha256": digest.hexdigest()}


def versions():
    """What it ran on; with the load of the machine at that moment, by which to read the seconds."""
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text("utf8")
    return {"nnlib": tomllib.loads(project)["project"]["version"], "numpy": np.__version__,
            "python": platform.python_version(), "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1)}


def climb(digits, folder=FOLDER):
    """Train every run of the ladder that has no file in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rungs = ladder()
    runs = [(rung, seed) for rung in rungs for seed in range(SEEDS.get(rung, 5))]
    due = [run for run in runs if not (folder / f"{run[0]}-{run[1]}.json").exists()]
    print(f"{len(runs)} runs, {len(runs) - len(due)} of them recorded in {folder}", flush=True)
    for i, (rung, seed) in enumerate(due, 1):
        progress.head = f"{i}/{len(due)} {rung}, seed {seed}: "
        made = run(rung, list(rungs).index(rung) + 1, rungs[rung], seed, digits)
        made.save(folder)
        progress(f"{made.accuracy:.2%} in {made.seconds[-1]:.0f} s\n")
    for rung, made in records(folder).items():
        scores = 100 * np.array([m.accuracy for m in made])
        print(f"{rung:14s} {scores.mean():.2f} % +- {scores.std(ddof=1):.2f} ({len(made)} seeds)")


# What was tried for each rung beside its own settings; shorter runs where the ladder's are long.
ALTERNATIVES = {
    "schedule": [dict(eta=6.0)],
    "cross-entropy": [dict(eta=0.5), dict(eta=0.25)],
    "relu": [dict(eta=0.2), dict(eta=0.4)],
    "l2": [dict(lam=1e-4), dict(lam=1e-3)],
    "neurons": [dict(sizes=[784, 800, 10]), dict(eta=0.1)],
    "shifts": [dict(distort=dict(shift=1))],
    "bends": [
        dict(distort=dict(shift=1, angle=10, scale=0.1)),
        dict(distort=dict(shift=1, angle=15, scale=0.15, elastic=1.5)),
    ],
}
SHORT = {"neurons": 8, "shifts": 8, "bends": 8}  # epochs


def tries():
    """Rung, change and settings of every validation run."""
    for rung, settings in ladder().items():
        for change in [{}, *ALTERNATIVES.get(rung, [])]:
            epochs = SHORT.get(rung, settings["epochs"])
            yield rung, change, settings | change | {"epochs": epochs}


def choose(digits, folder=FOLDER):
    """Train every setting on the first 5/6 of the training images and measure on the others."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / TRIED
    rows = json.loads(path.read_text("utf8")) if path.exists() else []
    cut = len(digits.X) * 5 // 6
    X, Y, rest = digits.X[:cut], digits.Y[:cut], (digits.X[cut:], digits.Y[cut:])
    for rung, change, settings in tries():
        if any((row["rung"], row["settings"]) == (rung, settings) for row in rows):
            continue
        progress.head = f"{rung} {change or 'as it stands'}: "
        for _, epoch, now in train(settings, X, Y, rest, seed=0):
            progress(f"epoch {epoch.epoch}, {epoch.validation_accuracy:.2%}")
        rows.append({"rung": rung, "change": change, "seed": 0, "settings": settings,
                     "right": round(epoch.validation_accuracy * len(rest[0])),
                     "of": len(rest[0]), "seconds": round(now, 1)})
        progress(f"{epoch.validation_accuracy:.2%} in {now:.0f} s\n")
        lines = ",\n".join(json.dumps(row) for row in rows)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf8")


def progress(words):
    """One line on the screen that is written over; a file gets its last state alone."""
    if sys.stdout.isatty() or words.endswith("\n"):
        clear = "\r\033[K" if sys.stdout.isatty() else ""
        print(f"{clear}{progress.head}{words}", end="", flush=True)


progress.head = ""


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tried", action="store_true", help="the validation runs, tried.json")
    asked = parser.parse_args(arguments)
    digits = nnlib.load_mnist()
    if digits.name != "MNIST":
        print("The ladder is measured on MNIST.")
        return 1
    try:
        choose(digits) if asked.tried else climb(digits)
    except KeyboardInterrupt:
        print("\nStopped. What is finished is kept; the same command goes on from there.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
