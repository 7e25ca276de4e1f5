"""Runs the JavaScript tests with Node, on values that nnlib computes; and tests the bundler."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnlib import widgets
from nnlib.widgets.base import to_json
from nnlib.widgets.bundle import JS, bundle
from nnlib.widgets.digits import ten_digits
from nnlib.widgets.feedforward import params_of

HERE = Path(__file__).parent
Z = [-1000, -40, -7, -2.5, -0.5, -1e-3, 0, 1e-3, 0.3, 0.5, 1, 3, 7, 40, 1000]


def activations():
    """Name -> values and slopes at Z."""
    z = np.array(Z, float)
    return {
        name: {"f": act.f(z).tolist(), "df": act.df(z).tolist()}
        for name, act in nnlib.ACTIVATIONS.items() if act.df is not None
    }


def exactly_rounded():
    """sin and exp rounded once; none where long double is no longer than double."""
    longer = np.finfo(np.longdouble).eps < np.finfo(float).eps
    x = np.random.default_rng(0).uniform(-4, 4, 300 if longer else 0)
    long = x.astype(np.longdouble)
    return {"x": x.tolist(), "sin": np.sin(long).astype(float).tolist(),
            "exp": np.exp(long).astype(float).tolist()}


def network(sizes, hidden, output, cost, rng):
    """One network with random numbers, its forward and its backward pass."""
    net = nnlib.Network(sizes, hidden, output, rng=rng)
    net.biases = [rng.standard_normal(b.shape) for b in net.biases]
    x = rng.standard_normal((5, sizes[0]))
    y = np.eye(sizes[-1])[rng.integers(sizes[-1], size=5)]
    Z, A = net.forward(x)
    gW, gb = net.backprop(x, y, cost)
    lists = {"weights": net.weights, "biases": net.biases, "Z": Z, "A": A, "gW": gW, "gb": gb}
    return {
        **{key: [array.tolist() for array in arrays] for key, arrays in lists.items()},
        "activations": [act.name for act in net.activations],
        "x": x.tolist(), "y": y.tolist(), "cost": cost.name,
        "value": float(cost.loss(Z[-1], A[-1], y, output).mean()),
    }


def networks():
    rng = np.random.default_rng(0)
    smooth = [act for act in nnlib.ACTIVATIONS.values() if act.df is not None]
    pairs = [(out, cost) for cost in (nnlib.quadratic, nnlib.mse) for out in smooth]
    pairs += [(nnlib.sigmoid, nnlib.cross_entropy), (nnlib.softmax, nnlib.softmax_cross_entropy)]
    sizes = [[2, 3], [3, 4, 2], [2, 3, 4, 3]]
    return [
        network(sizes[i % 3], smooth[(i + j) % len(smooth)], out, cost, rng)
        for i, (out, cost) in enumerate(pairs) for j in range(3)
    ]


def shuffles():
    """Seed -> three permutations in a row, as nnlib.train draws them."""
    seeds = [*range(30), 12345, 999_999, 2**32 - 1]
    return {seed: [rng.permutation(64).tolist() for _ in range(3)]
            for seed in seeds for rng in [np.random.default_rng(seed)]}


def drawings():
    """Pads through framing and networks of several kinds, as DrawDigit packs them."""
    rng = np.random.default_rng(0)
    pads = [ten_digits()[3], ten_digits()[8], rng.integers(0, 256, 784), np.zeros(784, int)]
    pads += [np.r_[255, np.zeros(783, int)], (rng.random(784) > 0.9) * 255]
    runs = []
    acts = list(nnlib.ACTIVATIONS.values())
    for i, (hidden, size) in enumerate(zip(acts, [1, 2, 5, 10, 30, 31, 63, 64], strict=True)):
        net = nnlib.Network([784, size, 10], hidden, acts[i - 3], spread=0.1, rng=i)
        net.biases = [rng.standard_normal(b.shape) for b in net.biases]
        n = widgets.DrawDigit(net, pads[i % len(pads)].reshape(28, 28) / 255)
        Z, (x, _, out) = n.net.forward(n.image)
        runs.append({"network": n.network, "ink": pads[i % len(pads)].tolist(), "text": n.ink,
                     "seen": x[0].tolist(), "z": Z[0][0].tolist(), "out": out[0].tolist()})
    return {"runs": runs, "project": widgets.DrawDigit().network}


def normals():
    """Seed -> uniform and normal numbers, enough of them for the tail of the curve to be met."""
    return {seed: {"uniform": rng.random(20).tolist(),
                   "numbers": rng.standard_normal(20_000).tolist()}
            for seed in (0, 9, 999_999) for rng in [np.random.default_rng(seed)]}


def playgrounds():
    """States of the Playground, their points and the weights that nnlib trains from the start."""
    record = [12, 0.03, 10, 0, 0, 2, 1.5, 0, 8, 0.1, 7, 0.01]
    cases = [{"layers": [n] * depth, "data": data, "record": record, "activations": act,
              "cost": cost, "seed": depth, "sample": n, "g": 1.5}
             for depth, act in enumerate(["tanh", "relu", "sigmoid", "piecewise linear"])
             for n, data, cost in [(3, "three arms", "cross-entropy"), (8, "xor", "quadratic"),
                                   (2, "spiral", "cross-entropy"), (1, "three arms", "quadratic")]]
    figures = [widgets.Playground(**case) for case in cases]
    return [{"state": n.state(), "X": n.X.ravel().tolist(), "costs": [c[0] for c in n.measure()],
             "params": params_of(n.network()).tolist()} for n in figures]


def test_javascript_agrees_with_nnlib(tmp_path):
    fixture = tmp_path / "fixture.json"
    data = {"z": Z, "activations": activations(), "networks": networks(), "bytes": b"\x00<\xff",
            "exact": exactly_rounded(), "shuffles": shuffles(), "digits": drawings(),
            "normals": normals(), "playgrounds": playgrounds()}
    fixture.write_text(to_json(data), "utf8")
    files = sorted(map(str, HERE.glob("*.test.mjs")))
    run = subprocess.run(
        ["node", "--test", *files], env={**os.environ, "NNLIB_FIXTURE": str(fixture)},
        capture_output=True, text=True,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]


@pytest.mark.parametrize("esm", [True, False])
def test_the_bundle_is_one_script_that_node_reads(tmp_path, esm):
    path = tmp_path / ("bundle.mjs" if esm else "bundle.cjs")
    path.write_text(bundle("index" if esm else "page", esm=esm), "utf8")
    subprocess.run(["node", "--check", path], check=True)
    assert len(path.read_bytes()) < 550_000  # all widgets; in JupyterLab each brings its own
    assert max(module.stat().st_size for module in JS.glob("*.js")) < 40_000
    assert "import " not in [line[:7] for line in path.read_text("utf8").splitlines()]


def test_in_lab_each_widget_brings_its_own_module_only():
    made = {getattr(widgets, name).kind.default_value.replace("-", "_"): getattr(widgets, name)._esm
            for name in widgets.__all__}
    for kind, text in made.items():
        assert [other for other in made if f"const ${other} =" in text] == [kind]
        assert len(text) < 150_000


def modules(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, "utf8")
    return folder


def test_modules_are_joined_with_their_names(tmp_path):
    folder = modules(
        tmp_path,
        one='import {\n  half as h,\n  two,\n} from "./two.js";\nimport three from "./three.js";\n'
            "const value = h(two) + three;\nexport default value;\n",
        two="export const two = 2;\nexport function half(x) { return x / 2; }\n",
        three='import { two } from "./two.js";\nconst secret = two * 10;\nexport default secret;\n',
    )
    text = bundle("one", folder=folder)
    assert text.count("export") == 1
    text = text.replace("export default { render: $one.default }", "console.log($one.default)")
    path = tmp_path / "run.mjs"
    path.write_text(text, "utf8")
    run = subprocess.run(["node", path], capture_output=True, text=True, check=True)
    assert run.stdout == "21\n"


@pytest.mark.parametrize("text, complaint", [
    ('import { a } from "./one.js";\n', "import cycle: one -> one"),
    ('import { a } from "./gone.js";\n', "one imports gone.js, which does not exist"),
    ("export { a };\n", "one.js: the bundler does not know this line: export { a };"),
    ('import * as d3 from "d3";\n', "does not know this line: import [*] as d3"),
    ('const x = await import("./two.js");\n', "does not know this line: const x"),
    ("export let a = 1;\n", "does not know this line: export let a"),
    ("export default function f() {}\n", "does not know this line: export default function"),
])
def test_the_bundler_refuses_what_it_does_not_know(tmp_path, text, complaint):
    with pytest.raises(ValueError, match=complaint):
        bundle("one", folder=modules(tmp_path, one=text))
