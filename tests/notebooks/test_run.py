"""Every notebook runs from top to bottom in a fresh namespace; those that load digits do so
without MNIST.

In the process of the test, which is four times as fast as a kernel. RuntimeWarnings and
UserWarnings are errors here. The build of the book runs all notebooks in kernels, on MNIST where
it is found, and tests/browser/test_book.py reads errors and warnings in its pages.
"""

import os
import warnings

import matplotlib
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nb import BOOK, NOTEBOOKS, Cell, chapter, read

from nnlib import data


@pytest.fixture
def shell(monkeypatch):
    """A fresh IPython in the folder of the book, with matplotlib drawing to nowhere."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    monkeypatch.chdir(BOOK if BOOK.is_dir() else os.getcwd())
    with matplotlib.rc_context():
        yield InteractiveShell.instance(user_ns={}, colors="nocolor")
        plt.close("all")
    InteractiveShell.clear_instance()


def run(shell, book):
    """Run all code cells up to the first that fails, and name it; gives what was printed by id."""
    import matplotlib.pyplot as plt

    printed = {}
    for cell in book.code:
        with capture_output() as out, warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            warnings.simplefilter("error", UserWarning)
            result = shell.run_cell(cell.source, store_history=False)
        if not result.success or "Traceback" in out.stdout:
            pytest.fail(f"{book.name}, cell {cell.id}:\n{out.stdout[-3000:]}", pytrace=False)
        if plt.get_fignums() and not cell.meta.get("mystnb", {}).get("image", {}).get("alt"):
            pytest.fail(f"{book.name}, cell {cell.id} draws a figure and has no alt text")
        plt.close("all")
        if "check" in cell.tags:
            assert out.stdout.startswith("[To do]"), f"{cell.id} is not to do: {out.stdout}"
        printed[cell.id] = out.stdout
    return printed


@pytest.mark.parametrize("book", [read(path) for path in NOTEBOOKS], ids=lambda book: book.name)
def test_runs(shell, book, monkeypatch, tmp_path):
    monkeypatch.setenv("NNLIB_DATA", str(tmp_path))
    monkeypatch.setattr(data, "cache_folder", lambda: tmp_path)
    printed = run(shell, book)
    loads = any("load_mnist(" in cell.source for cell in book.code)
    assert loads == ("MNIST was not found" in "".join(printed.values()))


@pytest.mark.parametrize("source, meta, said", [
    ("1 / 0", {}, "ZeroDivisionError"),
    ("import numpy as np\nnp.log(np.zeros(1))", {}, "RuntimeWarning"),
    ("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", {}, "no alt text"),
    ("print('[Passed] 1.1-1')", {"tags": ["check"]}, "is not to do"),
    ("class A:\n    def __repr__(self): 1 / 0\nA()", {}, "ZeroDivisionError"),
])
def test_a_bad_cell_is_seen(shell, source, meta, said):
    with pytest.raises((pytest.fail.Exception, AssertionError)) as failure:
        run(shell, chapter("01_bad.ipynb", [Cell("bad", "code", source, meta)]))
    assert said in str(failure.value)
