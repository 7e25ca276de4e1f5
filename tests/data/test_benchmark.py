"""The benchmark runs: every peer that is installed trains, and the table has a row for each."""

import importlib.util
from pathlib import Path

import numpy as np

from nnlib.data import Digits, one_hot

PATH = Path(__file__).parents[2] / "benchmarks/run.py"


def test_benchmark():
    spec = importlib.util.spec_from_file_location("benchmark", PATH)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    rng = np.random.default_rng(0)
    X, Y = rng.random((40, 784), dtype=np.float32), one_hot(np.arange(40) % 10, 10)
    digits = Digits("noise", X, Y, X, Y, "a test")
    setting = [784, 6, 10], 8, 0.5
    rows = benchmark.measure(digits, setting, repeats=2)
    lines = benchmark.table(rows, setting, repeats=2).splitlines()
    assert len(lines) == 4 + len(benchmark.PEERS)
    for name, row in rows.items():
        assert name.startswith("PyTorch") if row is None else row[0] > 0
    assert rows["nnlib.train"][1] is not None
