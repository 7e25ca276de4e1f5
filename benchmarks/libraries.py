"""What PyTorch and Keras give for section 10.2: writes nnlib/models/libraries.json.

`make libraries`. It runs the code of the page itself, the cells named below, so that the record and
the page cannot drift apart. A library that is not installed keeps its old entry.
"""

import hashlib
import json
import platform
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

import nnlib
from nnlib.data import embedded_digits

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "nnlib/models/libraries.json"
NOTEBOOK = ROOT / "book/10_where_next.ipynb"
CELLS = ["three-ways-network", "epoch", "torch-network", "torch-gradients", "torch-step",
         "keras-network", "keras-step"]  # fmt: skip


def page():
    """The names that the cells of the page define, and a digest of their text."""
    cells = {c["id"]: "".join(c["source"]) for c in json.loads(NOTEBOOK.read_text())["cells"]}
    digits = embedded_digits()
    names = {"np": np, "nnlib": nnlib, "digits": digits,
             "X": digits.X.astype(float), "Y": digits.Y.astype(float)}
    text = "\n\n".join(cells[id] for id in CELLS)
    exec(text, names)
    return names, hashlib.sha256(text.encode()).hexdigest()[:16]


def pytorch(page):
    """Gradients of the small network, of the digit network's output biases, and an epoch."""
    X, Y, people = page["X"], page["Y"], nnlib.FOUR_PEOPLE
    gradients = page["torch_gradients"]
    return {
        "version": version("torch"),
        "small": gradients(page["small"], people.X.astype(float), people.Y.astype(float)),
        "digits": gradients(start(), X[:10], Y[:10])[-1],
        "costs": page["epoch"](page["torch_step"](start()), X, Y),
    }


def keras(page):
    """The same epoch."""
    return {"version": version("keras"),
            "costs": page["epoch"](page["keras_step"](start()), page["X"], page["Y"])}


def start():
    """The digit network before its first step, as on the page."""
    return nnlib.Network([784, 30, 10], rng=0)


if __name__ == "__main__":
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    names, digest = page()
    for library, module, run in (("PyTorch", "torch", pytorch), ("Keras", "keras", keras)):
        if find_spec(module):
            record[library] = run(names)
        print(library, record.get(library, {}).get("version", "not installed"))
    record |= {"cells": digest, "numpy": np.__version__, "python": platform.python_version(),
               "made by": "make libraries"}
    RECORD.write_text(json.dumps(record, indent=1) + "\n")
