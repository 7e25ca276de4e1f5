"""nnlib's speed beside that of its peers: `make bench`, or `python benchmarks/run.py [--write]`.

All train the same network (784 inputs, one logistic hidden layer, softmax output, cross-entropy,
plain SGD at a constant rate, float32) on the same digits with the same batch size, each with one
thread and with two; the better of its two medians counts. The passes of the peers are interleaved,
so that a busy moment of the machine hits all of them. The floor is the five matrix products of an
update on rows that lie ready, and nothing else. PyTorch is a peer, not a dependency: it lives in
an environment of its own (requirements.txt beside this file).
"""

import argparse
import os
import platform
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

import nnlib
from nnlib.data import load_mnist

HERE = Path(__file__).parent
CELLS = [(m, hidden) for m in (10, 32, 128) for hidden in (30, 100, 512)]
GOALS = {10: 2.5, 128: 1.5}  # nnlib's time in floors, at these batch sizes
DIGITS = 12_800  # a pass of this many digits is timed: the time of an update is what counts
SAMPLE = 256  # of these the one-at-a-time loop does so many; its time is scaled up
REPEATS = 5
ETA = 0.2


def floor(X, Y, sizes, m):
    """The matrix products of forward and backward pass, on slices of the data."""
    n0, n1, n2 = sizes
    W1, W2 = np.zeros((n1, n0), np.float32), np.zeros((n2, n1), np.float32)
    D1, D2 = np.zeros((m, n1), np.float32), np.zeros((m, n2), np.float32)

    def one_pass():
        start = perf_counter()
        for i in range(0, len(X), m):
            x = X[i : i + m]
            d1, d2 = D1[: len(x)], D2[: len(x)]
            x @ W1.T, d1 @ W2.T, d2.T @ d1, d2 @ W2, d1.T @ x
        return perf_counter() - start

    return one_pass, None


def fetch(X, Y, sizes, m):
    """The shuffled rows of each batch: every peer gathers them, the floor does not."""
    order = np.random.default_rng(0).permutation(len(X))

    def one_pass():
        start = perf_counter()
        for i in range(0, len(X), m):
            X.take(order[i : i + m], axis=0)
        return perf_counter() - start

    return one_pass, None


def nnlib_train(X, Y, sizes, m):
    net = nnlib.Network(sizes, output=nnlib.softmax, rng=0, dtype=np.float32)
    records = nnlib.train(net, (X, Y), cost=nnlib.softmax_cross_entropy, epochs=10**6,
                          batch_size=m, eta=ETA, rng=0)
    return (lambda: next(records).seconds), net


def pytorch(X, Y, sizes, m):
    import torch

    torch.manual_seed(0)
    n0, n1, n2 = sizes
    net = torch.nn.Sequential(torch.nn.Linear(n0, n1), torch.nn.Sigmoid(),
                              torch.nn.Linear(n1, n2))
    X, labels = torch.from_numpy(X), torch.from_numpy(Y.argmax(axis=1))
    loss, sgd = torch.nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=ETA)

    def one_pass():
        start = perf_counter()
        for batch in torch.randperm(len(X)).split(m):
            sgd.zero_grad()
            loss(net(X[batch]), labels[batch]).backward()
            sgd.step()
        return perf_counter() - start

    return one_pass, lambda x: net(torch.from_numpy(x)).detach().numpy()


def sklearn_mlp(X, Y, sizes, m):
    from sklearn.neural_network import MLPClassifier

    mlp = MLPClassifier(sizes[1:-1], activation="logistic", solver="sgd", alpha=0, batch_size=m,
                        learning_rate_init=ETA, momentum=0, random_state=0)
    labels, classes = Y.argmax(axis=1), np.arange(10)

    def one_pass():
        start = perf_counter()
        mlp.partial_fit(X, labels, classes=classes)
        return perf_counter() - start

    return one_pass, mlp.predict_proba


def one_at_a_time(X, Y, sizes, m):
    """Backpropagation example by example, as a first program would do it."""
    net = nnlib.Network(sizes, rng=0, dtype=np.float32)
    (W1, W2), (b1, b2) = net.weights, net.biases

    def one_pass():
        start = perf_counter()
        for first in range(0, min(SAMPLE, len(X)), m):
            gW1, gW2, gb1, gb2 = (np.zeros_like(p) for p in (W1, W2, b1, b2))
            for x, y in zip(X[first : first + m], Y[first : first + m], strict=True):
                a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
                e = np.exp(W2 @ a1 + b2)
                d2 = e / e.sum() - y
                d1 = (d2 @ W2) * a1 * (1 - a1)
                gW2 += np.outer(d2, a1)
                gW1 += np.outer(d1, x)
                gb2 += d2
                gb1 += d1
            for p, g in ((W1, gW1), (W2, gW2), (b1, gb1), (b2, gb2)):
                p -= ETA / m * g
        return (perf_counter() - start) * max(1, len(X) / SAMPLE)

    return one_pass, None


PEERS = {
    "floor": floor,
    "fetch": fetch,
    "nnlib": nnlib_train,
    "PyTorch": pytorch,
    "scikit-learn": sklearn_mlp,
    "one at a time": one_at_a_time,
}
LIBRARIES = ["PyTorch", "scikit-learn"]


class Row(NamedTuple):
    """A peer in one cell: microseconds an update, with how many threads, its test accuracy."""

    time: float
    threads: int
    accuracy: float | None


def measure(digits, m, hidden, repeats=REPEATS):
    """A Row for each peer, by name; None for a peer that is not installed."""
    X, Y = digits.X[:DIGITS], digits.Y[:DIGITS]
    peers = {}
    for name, peer in PEERS.items():
        try:
            peers[name] = peer(X, Y, [X.shape[1], hidden, 10], m)
        except ModuleNotFoundError:
            peers[name] = None
    times = {name: ([], []) for name, peer in peers.items() if peer}
    with threadpool_limits(1):  # on leaving, NumPy has its threads back
        for threads in (1, 2) * repeats:
            use(threads)
            for name in times:
                times[name][threads - 1].append(peers[name][0]())
    updates = -(-len(X) // m)
    rows = dict.fromkeys(peers)
    for name, both in times.items():
        seconds, threads = min((median(t), i + 1) for i, t in enumerate(both))
        rows[name] = Row(seconds / updates * 1e6, threads, accuracy(peers[name][1], digits))
    return rows


def use(threads):
    """Let NumPy and, where it is loaded, PyTorch use so many threads."""
    threadpool_limits(threads)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)


def accuracy(predict, digits):
    if predict is None:
        return None
    return (predict(digits.X_test).argmax(axis=1) == digits.test_labels).mean()


OTHERS = list(PEERS)[3:]
HEADINGS = ["batch", "hidden", "floor", "fetch", "nnlib", "in floors", *OTHERS, "right"]


def line(m, hidden, rows):
    """One line of the table: times of floor, fetch and nnlib, then ratios."""
    bare, gather, nn = (rows[name].time for name in ("floor", "fetch", "nnlib"))
    others = [rows[name] and f"{rows[name].time / nn:.2f}" for name in OTHERS]
    right = [row.accuracy for row in rows.values() if row and row.accuracy is not None]
    cells = [m, hidden, f"{bare:.0f} µs", f"{gather:.0f} µs", f"{nn:.0f} µs", f"{nn / bare:.2f}",
             *(other or "not installed" for other in others),
             f"{min(right):.1%} to {max(right):.1%}"]
    return "| " + " | ".join(map(str, cells)) + " |"


def verdict(results):
    """Sentences on the goals: met, or where not and by how much."""
    behind, far = [], []
    for (m, hidden), rows in results.items():
        where, nn, bare = f"batch {m}, {hidden} hidden", rows["nnlib"].time, rows["floor"].time
        for name in LIBRARIES:
            if rows[name] and rows[name].time < nn:
                ratio = rows[name].time / nn
                behind.append(f"* {where}: {name} takes {ratio:.2f} of nnlib's time, NumPy's bare "
                              f"products alone {bare / nn:.2f}.")
        if nn / bare > GOALS.get(m, np.inf):
            far.append(f"* {where}: {nn / bare:.2f} floors; the goal is {GOALS[m]}. Of the "
                       f"{nn - bare:.0f} µs outside the products {rows['fetch'].time:.0f} fetch "
                       "the rows.")
    missing = [name for name in LIBRARIES if not all(rows[name] for rows in results.values())]
    ahead = "nnlib is ahead of every library " + ("that is installed " if missing else "")
    floors = " and ".join(f"{goal} floors at batch {m}" for m, goal in GOALS.items())
    return "\n".join([
        ahead + ("in every cell." if not behind else "except here:"), *behind, "",
        f"nnlib stays within {floors}" + ("." if not far else " except here:"), *far,
    ])


def installed(package):
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"


def about(digits):
    tools = [f"Python {platform.python_version()}",
             *map(installed, ("numpy", "scikit-learn", "torch")), f"{os.cpu_count()} cores"]
    return "\n\n".join([
        "# nnlib's speed beside that of its peers",
        f"Made by `python benchmarks/run.py --write` on {date.today()}. {', '.join(tools)}. "
        f"{digits}.",
        "Networks 784-hidden-10, float32. Times are of one update: the median of "
        f"{REPEATS} passes over {min(DIGITS, len(digits.X)):,} training digits, with one thread or "
        "with two, whichever is better. The floor is the bare matrix products on rows that lie "
        "ready; fetch is the gathering of the shuffled rows, which every peer does; in floors is "
        "nnlib's time divided by the floor. PyTorch, scikit-learn, one at a time: their time "
        "divided by nnlib's; above 1, nnlib is ahead. Right: the least and the largest share of "
        f"test digits that the libraries read after the {2 * REPEATS} passes, a sign that all do "
        "the same work.",
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="also write benchmarks/results.md")
    asked = parser.parse_args()
    digits = load_mnist()
    head, results = about(digits), {}
    lines = [f"| {' | '.join(HEADINGS)} |", "|" + " --: |" * len(HEADINGS)]
    print(head, "", *lines, sep="\n", flush=True)
    for cell in CELLS:
        results[cell] = measure(digits, *cell)
        lines.append(line(*cell, results[cell]))
        print(lines[-1], flush=True)
    words = verdict(results)
    print(f"\n{words}")
    if asked.write:
        text = "\n\n".join([head, "\n".join(lines), words])
        (HERE / "results.md").write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
