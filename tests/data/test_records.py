"""The ladder's records: read as written, made once, never by halves, in order."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from nnlib.data import Digits, Record, one_hot, records, tried

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import records as ladder  # noqa: E402 (benchmarks/records.py)


@pytest.fixture
def digits():
    """Ten patterns with a little noise, 60 to learn and 30 to be tested on."""
    rng = np.random.default_rng(0)
    patterns = rng.random((10, 784)) > 0.8
    labels = np.arange(90) % 10
    X = np.clip(patterns[labels] + rng.normal(0, 0.1, (90, 784)), 0, 1).astype(np.float32)
    Y = one_hot(labels, 10)
    return Digits("patterns", X[:60], Y[:60], X[60:], Y[60:], "made up")


@pytest.fixture
def short(monkeypatch):
    """A ladder of two rungs, two seeds and three epochs."""
    monkeypatch.setattr(ladder, "CHANGES", {
        "zeta": dict(sizes=[784, 5, 10], epochs=3, eta=1.0),
        "alpha": dict(distort=dict(shift=1), falling=True),
    })
    monkeypatch.setattr(ladder, "SEEDS", {"zeta": 2, "alpha": 2})
    monkeypatch.setattr(ladder, "ALTERNATIVES", {"alpha": [dict(eta=0.5)]})
    monkeypatch.setattr(ladder, "SHORT", {"alpha": 2})


def test_a_ladder_is_climbed_and_read_in_its_order(digits, short, tmp_path, capsys):
    ladder.climb(digits, tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "alpha-0.json", "alpha-1.json", "zeta-0.json", "zeta-1.json"]
    runs = records(tmp_path)
    assert list(runs) == ["zeta", "alpha"]  # by place, not by name
    assert [run.seed for run in runs["alpha"]] == [0, 1]
    for run in (*runs["zeta"], *runs["alpha"]):
        assert len(run.right) == len(run.seconds) == len(run.training) == 3
        assert run.of == 30 and run.accuracy == run.right[-1] / 30
        assert len(run.wrong) == 30 - run.right[-1]
        assert all(answer != digits.test_labels[image] for image, answer in run.wrong)
        assert np.all(np.diff(run.seconds) >= 0)
    assert runs["alpha"][0].settings["distort"] == {"shift": 1}
    assert runs["alpha"][0].settings["sizes"] == [784, 5, 10]  # kept from the rung below
    assert "4 runs, 0 of them recorded" in capsys.readouterr().out


def test_what_is_recorded_is_not_run_again(digits, short, tmp_path, monkeypatch):
    ladder.climb(digits, tmp_path)
    before = {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
    (tmp_path / "zeta-1.json").unlink()
    ran = []
    run = ladder.run
    monkeypatch.setattr(ladder, "run", lambda *a: ran.append((a[0], a[3])) or run(*a))
    ladder.climb(digits, tmp_path)
    assert ran == [("zeta", 1)]
    after = {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
    assert after.pop("zeta-1.json") != before.pop("zeta-1.json")
    assert after == before


def test_the_same_seed_gives_the_same_run(digits, short):
    settings = ladder.ladder()["alpha"]
    one, two, other = (ladder.run("alpha", 2, settings, seed, digits) for seed in (3, 3, 4))
    assert one._replace(seconds=[], versions={}) == two._replace(seconds=[], versions={})
    assert one.data["sha256"] == two.data["sha256"]
    assert one.training != other.training or one.wrong != other.wrong


def test_an_interrupt_keeps_whole_files_and_says_so(digits, short, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(ladder.nnlib, "load_mnist", lambda: digits._replace(name="MNIST"))
    climb = ladder.climb
    monkeypatch.setattr(ladder, "climb", lambda digits: climb(digits, tmp_path))
    made = []

    def interrupted(*a):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(run(*a))
        return made[-1]

    run = ladder.run
    monkeypatch.setattr(ladder, "run", interrupted)
    assert ladder.main([]) == 130
    assert "kept" in capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == 2
    monkeypatch.setattr(ladder, "run", run)
    assert ladder.main([]) == 0
    assert len(list(tmp_path.iterdir())) == 4


def test_without_mnist_nothing_is_recorded(digits, monkeypatch, capsys):
    monkeypatch.setattr(ladder.nnlib, "load_mnist", lambda: digits)
    assert ladder.main([]) == 1
    assert "MNIST" in capsys.readouterr().out


def test_a_file_half_written_is_no_record(digits, short, tmp_path, monkeypatch):
    run = ladder.run("zeta", 1, ladder.ladder()["zeta"], 0, digits)

    def breaks(self, other):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", breaks)
    with pytest.raises(OSError):
        run.save(tmp_path)
    assert records(tmp_path) == {}


def test_validation_runs_see_no_test_image_and_are_listed(digits, short, tmp_path):
    blind = digits._replace(X_test=None, Y_test=None)
    ladder.choose(blind, tmp_path)
    rows = tried(tmp_path)
    assert [(row["rung"], row["change"]) for row in rows] == [
        ("zeta", {}), ("alpha", {}), ("alpha", {"eta": 0.5})]
    assert all(row["of"] == 10 for row in rows)
    assert rows[2]["settings"]["eta"] == 0.5 and rows[2]["settings"]["epochs"] == 2
    ladder.choose(blind, tmp_path)
    assert tried(tmp_path) == rows  # nothing runs twice
    assert records(tmp_path) == {}  # the table is no run


def test_reached_is_the_first_time():
    run = Record("r", 1, 0, {}, "", {}, {}, [1.0, 2.0, 3.0], [0, 0, 0], [90, 96, 94], 100, [])
    assert run.reached(0.95) == 2.0 and run.reached(0.9) == 1.0 and run.reached(0.97) is None


def test_a_record_is_lines_that_a_person_can_read(tmp_path):
    run = Record("r", 1, 0, {"eta": 1.0}, "", {}, {}, [1.0], [0.5], [1], 2, [[1, 3]])
    run.save(tmp_path)
    text = (tmp_path / "r-0.json").read_text("utf8")
    assert '\n"settings": {"eta": 1.0},\n' in text and Record(**json.loads(text)) == run
