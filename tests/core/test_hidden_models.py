"""The stored snapshots of hidden weights: small, honest about rounding, what their JSON says."""

import json

import numpy as np
import pytest

import nnlib
from nnlib.models import hidden
from nnlib.models.hidden import HERE, Snapshots, load
from nnlib.models.packed import pack, unpack


def test_they_are_small():
    files = [HERE / "hidden.npz", HERE / "hidden.json"]
    assert sum(path.stat().st_size for path in files) <= 400_000
    assert sum(map(len, load().rows)) * 4 / 3 <= 400_000  # as base64 in a page


def test_every_size_has_its_epochs_for_every_penalty():
    kept = load()
    assert {size: kept.stops(size) for size in (16, 30)} == {16: [0, 30], 30: [0, 1, 10, 30]}
    found = {kept.find(size, lam, epoch) for size in (16, 30) for lam in (0, 1e-5, 1e-4)
             for epoch in kept.stops(size)}
    assert found == set(range(len(kept.records)))


def test_the_start_is_the_librarys_own():
    for size in (16, 30):
        start = nnlib.Network([784, size, 10], rng=0, dtype=np.float32)
        stored = load().network(load().find(size, 0.0, 0))
        for W, kept in zip(start.weights, stored.weights, strict=True):
            half = abs(W).max(axis=1, keepdims=True) / 254
            assert (abs(W - kept) <= half * 1.001).all()


def test_the_rim_only_shrinks():
    """Where no image has ink, L2 alone acts: (1 - eta lam)^updates times the start."""
    kept = load()
    for record, i in zip(kept.records, range(len(kept.records)), strict=True):
        if record["epoch"] == 0:
            assert record["rim"] is None
            continue
        W = kept.network(i).weights[0][:, ~kept.ink]
        start = kept.network(kept.find(record["size"], None, 0)).weights[0][:, ~kept.ink]
        shrunk = (1 - 3 * record["lam"]) ** (6000 * record["epoch"])
        assert record["rim"] == pytest.approx(shrunk, rel=0.02)
        assert np.array_equal(W, record["rim"] * start)


def test_rounding_costs_less_than_it_shows():
    for record in load().records:
        assert abs(record["accuracy"] - record["before rounding"]) <= 0.001


@pytest.mark.skipif(nnlib.data.data_found() != "MNIST", reason="MNIST is not on this computer")
def test_the_stored_networks_have_the_accuracy_of_the_record():
    digits, kept = nnlib.load_mnist(), load()
    for i, record in enumerate(kept.records):
        got = nnlib.evaluate(kept.network(i), digits.X_test, digits.Y_test)[1]
        assert got == pytest.approx(record["accuracy"], abs=2e-4)  # ties of float sums
    assert np.array_equal(kept.ink, digits.X.max(axis=0) > 0)


def test_pack_and_unpack_round_to_half_a_step():
    net = nnlib.Network([784, 5, 10], nnlib.tanh, spread=1, rng=3)
    net.weights[0][2] = 0
    W, b, V, c = unpack(pack(net), 5)
    for now, before in ((W, net.weights[0]), (V, net.weights[1])):
        half = abs(before).max(axis=1, keepdims=True) / 254
        assert (abs(now - before) <= half * 1.001).all()
    assert np.allclose(b, net.biases[0]) and np.allclose(c, net.biases[1])
    ink = np.arange(784) % 3 > 0
    assert unpack(pack(net, pixels=ink), 5)[0].shape == (5, ink.sum())
    records = [{"size": 5, "lam": None, "epoch": 0, "rim": None, "hidden": "tanh"}]
    again = Snapshots(records, [pack(net)], np.ones(784, bool)).network(0)
    assert again.activations[0] is nnlib.tanh and np.array_equal(again.weights[0], W)


def test_what_is_missing_is_said():
    with pytest.raises(ValueError, match="there is no snapshot of 16 neurons with lam = 0 after 10 "
                                         "epochs; there are: 16 neurons after 0, 30 epochs; "):
        load().find(16, 0.0, 10)


def test_the_record_says_how_they_were_made():
    about = json.loads((hidden.HERE / "hidden.json").read_text("utf-8"))
    assert about["settings"]["eta"] == 3 and about["settings"]["seed"] == 0
    assert set(about["versions"]) == {"python", "numpy"} and "MNIST" in about["data"]
