"""The ladder of section 7.6: the committed records are whole, consistent, and reach the targets."""

import sys
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnlib.data import data_found, records, tried

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import records as ladder  # noqa: E402 (benchmarks/records.py)

RUNGS = records()
RUNS = [run for runs in RUNGS.values() for run in runs]
needs_mnist = pytest.mark.skipif(data_found() != "MNIST", reason="MNIST was not found")


def each(runs):
    return pytest.mark.parametrize("run", runs, ids=lambda run: f"{run.rung}-{run.seed}")


def mean(rung):
    return np.mean([run.accuracy for run in RUNGS[rung]])


def test_every_rung_has_its_seeds_and_the_settings_of_the_ladder():
    assert list(RUNGS) == list(ladder.CHANGES)
    for place, (rung, runs) in enumerate(RUNGS.items(), 1):
        assert [run.seed for run in runs] == list(range(ladder.SEEDS.get(rung, 5)))
        assert all(run.settings == ladder.ladder()[rung] for run in runs)
        assert all(run.place == place for run in runs)


@each(RUNS)
def test_a_record_is_consistent(run):
    epochs = run.settings["epochs"]
    assert len(run.right) == len(run.training) == len(run.seconds) == epochs
    assert run.of == 10_000 and run.accuracy == run.right[-1] / 10_000
    assert len(run.wrong) == 10_000 - run.right[-1]
    images = [image for image, _ in run.wrong]
    assert images == sorted(set(images)) and 0 <= images[0] and images[-1] < 10_000
    assert np.all(np.diff(run.seconds) > 0)
    assert run.data == RUNS[0].data and run.data["name"] == "MNIST"
    assert run.data["training"] == 60_000
    assert "last 10,000 training images" in run.chosen
    assert {"nnlib", "numpy", "python", "cores"} <= set(run.versions)


def test_the_targets_are_reached():
    """Means over at least three seeds: 784-30-10; plain, without and with transformed images."""
    assert all(len(runs) >= 3 for runs in RUNGS.values())
    small = max(mean(rung) for rung, runs in RUNGS.items()
                if runs[0].settings["sizes"] == [784, 30, 10])
    plain = max(mean(rung) for rung, runs in RUNGS.items() if not runs[0].settings["distort"])
    assert small >= 0.955 and plain >= 0.983 and mean("bends") >= 0.991


def test_what_was_taken_is_the_best_of_what_was_tried():
    rows = tried()
    assert [row["rung"] for row in rows] == [rung for rung, _, _ in ladder.tries()]
    for rung, settings in ladder.ladder().items():
        own = [row for row in rows if row["rung"] == rung]
        taken = next(row for row in own if not row["change"])
        assert taken["settings"] | {"epochs": 0} == settings | {"epochs": 0}
        assert taken["right"] == max(row["right"] for row in own)
        assert all(row["of"] == 10_000 for row in own)


@needs_mnist
@each(RUNS[::7])
def test_the_mistakes_are_mistakes(run):
    digits = nnlib.load_mnist()
    assert ladder.about(digits) == run.data
    assert all(digits.test_labels[image] != answer for image, answer in run.wrong)


@needs_mnist
def test_the_first_epoch_of_a_record_comes_again():
    digits, run = nnlib.load_mnist(), RUNGS["l2"][0]
    test = digits.X_test, digits.Y_test
    _, epoch, _ = next(ladder.train(run.settings, digits.X, digits.Y, test, run.seed))
    assert 10_000 * epoch.validation_accuracy == pytest.approx(run.right[0], abs=60)
    assert epoch.accuracy == pytest.approx(run.training[0], abs=0.006)
