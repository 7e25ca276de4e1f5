"""The table of the notation page and the code use the same names, for arrays of the same shapes.

Every entry of the column "code" is evaluated beside nnlib's own variables, on a 2-3-4 network.
"""

import inspect
import re

import numpy as np
import pytest
from nb import BOOK

import nnlib

PAGE = BOOK / "notation.md"
HEAD = ["symbol", "meaning", "shape", "code"]
SIZES, M, LAYER = [2, 3, 4], 5, 2


def table(text):
    """(symbol, shape, code) of each entry; a row with two codes gives two entries."""
    rows = [[part.strip() for part in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in text.splitlines() if line.startswith("|")]
    start = rows.index(HEAD)
    end = next((i for i in range(start, len(rows)) if len(rows[i]) != 4), len(rows))
    return [(symbol, shape, code) for symbol, _, shape, codes in rows[start + 2 : end]
            for code in re.findall(r"`([^`]+)`", codes)]


ENTRIES = table(PAGE.read_text("utf8"))


def names():
    """The book's letters, with the values that nnlib's own code gives them."""
    net = nnlib.Network(SIZES, rng=0)
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(M, 2)), rng.uniform(size=(M, 4))
    Z, A = net.forward(x)
    gW, gb = net.backprop(x, y, nnlib.quadratic)
    D = nnlib.quadratic.output_error(Z[-1], A[-1], y, net.activations[-1])
    cost, _ = nnlib.evaluate(net, x, y)
    return dict(net=net, x=x, y=y, X=x, Y=y, Z=Z, A=A, D=D, gW=gW, gb=gb, cost=cost, m=len(x),
                l=LAYER, j=0, k=0, eta=0.1, lam=0.0, nnlib=nnlib, len=len)


def fits(value, shape):
    """Whether a value has the shape that the table states."""
    if "entry by entry" in shape:
        return np.shape(value(np.zeros((3, 2)))) == (3, 2)
    if shape.endswith("number"):
        return np.ndim(value) == 0 and (shape == "number" or value == int(value))
    known = {"as $W^{(l)}$": (4, 3), "as $b^{(l)}$": (4,), "$(m, n_0)$": (M, 2), "$(m, K)$": (M, 4),
             "$(m, n_l)$": (M, 4), "$(n_l, n_{l-1})$": (4, 3), "$(n_l,)$": (4,)}
    return np.shape(value) == known[shape]


@pytest.mark.parametrize("symbol, shape, code", [e for e in ENTRIES if e[2] != "*"])
def test_the_code_has_the_shape(symbol, shape, code):
    assert fits(eval(code, {"__builtins__": {}}, names()), shape), f"{symbol} is not {code}"


def test_the_names_stand_in_the_code():
    source = "".join(inspect.getsource(thing) for thing in (
        nnlib.Network.forward, nnlib.Network.backprop, nnlib.Network.save, nnlib.train))
    words = {word for _, _, code in ENTRIES for word in re.findall(r"(?<![.\w])[A-Za-z]\w*", code)}
    used = words - {"len", "net", "nnlib", "j", "k"}
    assert {"Z", "A", "D", "gW", "gb", "x", "y", "m", "eta", "lam"} <= used
    source = re.sub(r'""".*?"""', "", source, flags=re.S)
    assert [word for word in used if not re.search(rf"\b{word}\b", source)] == []


def test_the_letters_of_the_code_stand_in_the_table():
    functions = (nnlib.Network.forward, nnlib.Network.backprop)
    names = {name for f in functions for name in f.__code__.co_varnames}
    letters = {name for name in names if len(name) <= 2}  # longer names are plain words
    assert {"Z", "A", "D", "W", "b", "gW", "gb", "m", "L"} <= letters
    explained = " ".join(f"{symbol} {code}" for symbol, _, code in ENTRIES)
    unknown = [w for w in letters - {"i"}
               if not re.search(rf"(?<![A-Za-z\\]){w}(?![A-Za-z])", explained)]
    assert unknown == []


@pytest.mark.parametrize("row", [
    "| $W$ | weights | $(n_l, n_{l-1})$ | `net.weights[l-1].T` |",
    "| $Z$ | weighted inputs | $(m, n_l)$ | `A[l-1]` |",
    "| $m$ | examples | whole number | `x` |",
])
def test_a_wrong_entry_is_seen(row):
    [(_, shape, code)] = table(f"| {' | '.join(HEAD)} |\n|:--|:--|:--|:--|\n{row}")
    assert not fits(eval(code, {"__builtins__": {}}, names()), shape)
