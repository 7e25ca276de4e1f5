"""Seconds per epoch of nnlib and its peers: `make bench`, or `python benchmarks/run.py [--write]`.

All train the same network (logistic hidden layer, softmax output, cross-entropy, plain SGD at a
constant rate, float32) on the same digits with the same batch size. The repeats of the peers are
interleaved, so that a busy moment of the machine hits all of them; the table shows medians. The
floor is the time of the five matrix products of an epoch and nothing else. PyTorch is a peer, not
a dependency: it lives in an environment of its own (requirements.txt beside this file).
"""

import argparse
import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

import nnlib
from nnlib.data import load_mnist

HERE = Path(__file__).parent
SETTINGS = [  # sizes, batch size, learning rate
    ([784, 30, 10], 10, 0.5),
    ([784, 100, 10], 128, 0.5),
]
SAMPLE = 2560  # examples that the one-at-a-time loop really does; its time is scaled up


def floor(digits, sizes, m, eta):
    """The matrix products of forward and backward pass, on slices of the data."""
    n0, n1, n2 = sizes
    W1, W2 = np.zeros((n1, n0), np.float32), np.zeros((n2, n1), np.float32)
    D1, D2 = np.zeros((m, n1), np.float32), np.zeros((m, n2), np.float32)

    def epoch():
        start = perf_counter()
        for i in range(0, len(digits.X), m):
            x = digits.X[i : i + m]
            d1, d2 = D1[: len(x)], D2[: len(x)]
            x @ W1.T, d1 @ W2.T, d2.T @ d1, d2 @ W2, d1.T @ x
        return perf_counter() - start

    return epoch, None


def nnlib_train(digits, sizes, m, eta):
    net = nnlib.Network(sizes, output=nnlib.softmax, rng=0, dtype=np.float32)
    records = nnlib.train(net, (digits.X, digits.Y), cost=nnlib.softmax_cross_entropy,
                          epochs=10**6, batch_size=m, eta=eta, rng=0)
    return (lambda: next(records).seconds), net


def sklearn_mlp(digits, sizes, m, eta):
    from sklearn.neural_network import MLPClassifier

    mlp = MLPClassifier(sizes[1:-1], activation="logistic", solver="sgd", alpha=0, batch_size=m,
                        learning_rate_init=eta, momentum=0, random_state=0)
    labels, classes = digits.labels, np.arange(10)

    def epoch():
        start = perf_counter()
        mlp.partial_fit(digits.X, labels, classes=classes)
        return perf_counter() - start

    return epoch, mlp.predict_proba


def pytorch(threads):
    def peer(digits, sizes, m, eta):
        import torch

        torch.manual_seed(0)
        n0, n1, n2 = sizes
        net = torch.nn.Sequential(torch.nn.Linear(n0, n1), torch.nn.Sigmoid(),
                                  torch.nn.Linear(n1, n2))
        X, labels = torch.from_numpy(digits.X), torch.from_numpy(digits.labels)
        loss, sgd = torch.nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=eta)

        def epoch():
            torch.set_num_threads(threads)
            start = perf_counter()
            for batch in torch.randperm(len(X)).split(m):
                sgd.zero_grad()
                loss(net(X[batch]), labels[batch]).backward()
                sgd.step()
            return perf_counter() - start

        return epoch, lambda x: net(torch.from_numpy(x)).detach().numpy()

    return peer


def one_at_a_time(digits, sizes, m, eta):
    """Backpropagation example by example, as a first program would do it."""
    net = nnlib.Network(sizes, rng=0, dtype=np.float32)
    (W1, W2), (b1, b2) = net.weights, net.biases

    def epoch():
        start = perf_counter()
        for first in range(0, min(SAMPLE, len(digits.X)), m):
            gW1, gW2, gb1, gb2 = (np.zeros_like(p) for p in (W1, W2, b1, b2))
            for x, y in zip(digits.X[first : first + m], digits.Y[first : first + m], strict=True):
                a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
                e = np.exp(W2 @ a1 + b2)
                d2 = e / e.sum() - y
                d1 = (d2 @ W2) * a1 * (1 - a1)
                gW2 += np.outer(d2, a1)
                gW1 += np.outer(d1, x)
                gb2 += d2
                gb1 += d1
            for p, g in ((W1, gW1), (W2, gW2), (b1, gb1), (b2, gb2)):
                p -= eta / m * g
        return (perf_counter() - start) * max(1, len(digits.X) / SAMPLE)

    return epoch, None


PEERS = {
    "bare matrix products (the floor)": floor,
    "nnlib.train": nnlib_train,
    "PyTorch, 1 thread": pytorch(1),
    "PyTorch, 2 threads": pytorch(2),
    "scikit-learn MLPClassifier": sklearn_mlp,
    "NumPy, one example at a time": one_at_a_time,
}


def measure(digits, setting, repeats):
    """Median seconds and test accuracy by peer; None for a peer that is not installed."""
    peers = {}
    for name, peer in PEERS.items():
        try:
            peers[name] = peer(digits, *setting)
        except ModuleNotFoundError:
            peers[name] = None
    times = {name: [] for name in peers}
    for _ in range(repeats):
        for name, peer in peers.items():
            if peer:
                times[name].append(peer[0]())
    return {name: peer and (median(times[name]), accuracy(peer[1], digits))
            for name, peer in peers.items()}


def accuracy(predict, digits):
    if predict is None:
        return None
    return (predict(digits.X_test).argmax(axis=1) == digits.test_labels).mean()


def table(rows, setting, repeats):
    """The measurements as lines of a Markdown table."""
    sizes, m, eta = setting
    torch = {name: row for name, row in rows.items() if name.startswith("PyTorch")}
    best = min(torch.values(), key=lambda row: row[0]) if all(torch.values()) else None
    floor_s, nnlib_s = (rows[name][0] for name in list(rows)[:2])
    lines = [f"**{'-'.join(map(str, sizes))}, batch size {m}**, learning rate {eta}", "",
             f"| | s/epoch | x floor | x nnlib | test accuracy after {repeats} epochs |",
             "| :-- | --: | --: | --: | --: |"]
    for name, row in rows.items():
        if row is None:
            lines.append(f"| {name} | not installed | | | |")
            continue
        right = "" if row[1] is None else f"{row[1]:.2%}"
        name += " (best)" if row is best else ""
        lines.append(f"| {name} | {row[0]:.3f} | {row[0] / floor_s:.1f} | "
                     f"{row[0] / nnlib_s:.2f} | {right} |")
    return "\n".join(lines)


def installed(package):
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="also write benchmarks/results.md")
    asked = parser.parse_args()
    digits = load_mnist()
    repeats = 3 if len(digits.X) > 10_000 else 30
    about = [f"Python {platform.python_version()}", *map(installed, ("numpy", "scikit-learn",
             "torch")), f"{os.cpu_count()} cores"]
    parts = ["# Seconds per epoch", f"{digits}. {', '.join(about)}. {date.today()}. "
             f"Medians of {repeats} interleaved epochs, training alone; the last row is timed on "
             f"{min(SAMPLE, len(digits.X))} examples and scaled."]
    print("\n\n".join(parts), flush=True)
    for setting in SETTINGS:
        parts.append(table(measure(digits, setting, repeats), setting, repeats))
        print("\n" + parts[-1], flush=True)
    if asked.write:
        (HERE / "results.md").write_text("\n\n".join(parts) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
