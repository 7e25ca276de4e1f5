"""The benchmark runs: every peer that is installed trains, the table and the verdict are true."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from nnlib.data import Digits, one_hot

PATH = Path(__file__).parents[2] / "benchmarks/run.py"


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("benchmark", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def threads():
    return {pool["filepath"]: pool["num_threads"] for pool in threadpool_info()}


def test_every_peer_that_is_installed_has_its_numbers(benchmark):
    rng = np.random.default_rng(0)
    X, Y = rng.random((40, 784), dtype=np.float32), one_hot(np.arange(40) % 10, 10)
    digits = Digits("noise", X, Y, X, Y, "a test")
    with threadpool_limits(1):
        before = threads()
        rows = benchmark.measure(digits, 8, 6, repeats=2)
        assert before.items() <= threads().items()
    for name, row in rows.items():
        assert name == "PyTorch" if row is None else row.time > 0 and row.threads in (1, 2)
    assert rows["nnlib"].accuracy is not None
    line = benchmark.line(8, 6, rows)
    assert line.count("|") == len(benchmark.HEADINGS) + 1
    assert ("not installed" in line) == (rows["PyTorch"] is None)


def rows(benchmark, **times):
    times = dict.fromkeys(benchmark.PEERS, 9000) | {"fetch": 30} | times
    return {name: time and benchmark.Row(time, 1, 0.9) for name, time in times.items()}


def test_the_verdict_names_every_cell_that_misses_a_goal_and_no_other(benchmark):
    good = {(m, h): rows(benchmark, floor=100, nnlib=140) for m, h in benchmark.CELLS}
    assert "except" not in (words := benchmark.verdict(good)) and "*" not in words
    bad = good | {
        (10, 512): rows(benchmark, floor=100, nnlib=260),
        (32, 100): rows(benchmark, floor=100, nnlib=200, PyTorch=150),
        (128, 30): rows(benchmark, floor=100, nnlib=160),
    }
    misses = [line for line in benchmark.verdict(bad).splitlines() if line.startswith("*")]
    assert misses == [
        "* batch 32, 100 hidden: PyTorch takes 0.75 of nnlib's time, NumPy's bare products alone "
        "0.50.",
        "* batch 10, 512 hidden: 2.60 floors; the goal is 2.5. Of the 160 µs outside the products "
        "30 fetch the rows.",
        "* batch 128, 30 hidden: 1.60 floors; the goal is 1.5. Of the 60 µs outside the products "
        "30 fetch the rows.",
    ]


def test_an_absent_library_is_not_beaten(benchmark):
    absent = {cell: rows(benchmark, floor=100, nnlib=140, PyTorch=None) for cell in benchmark.CELLS}
    assert "every library that is installed in every cell" in benchmark.verdict(absent)
