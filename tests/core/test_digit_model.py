"""The network that reads drawings: small, as described, and packed without surprise."""

import json

import numpy as np
import pytest

import nnlib
from nnlib.models import digits as stored
from nnlib.models import packed
from nnlib.widgets.ink import framed

ABOUT = json.loads((stored.HERE / "digits.json").read_text("utf8"))


def test_it_is_small_and_says_how_it_was_made():
    size = sum((stored.HERE / f"digits.{end}").stat().st_size for end in ("npz", "json"))
    assert size < 30_000
    assert {"made by", "data", "settings", "accuracy", "accuracy before rounding", "versions",
            "seconds"} == set(ABOUT)
    assert stored.load().sizes == ABOUT["settings"]["sizes"] == [784, 30, 10]
    assert "seed" in ABOUT["settings"]


def test_its_accuracy_on_mnist():
    digits = nnlib.load_mnist()
    if digits.name != "MNIST":
        pytest.skip("MNIST is not on this computer")
    accuracy = nnlib.evaluate(stored.load(), digits.X_test, digits.Y_test)[1]
    assert accuracy == pytest.approx(ABOUT["accuracy"], abs=1e-9)
    assert accuracy > 0.955 and abs(accuracy - ABOUT["accuracy before rounding"]) < 0.003


def test_it_reads_the_embedded_digits():
    digits = nnlib.data.embedded_digits()
    seen = np.array([framed(x.reshape(28, 28)).ravel() for x in digits.X_test])
    assert nnlib.evaluate(stored.load(), seen, digits.Y_test)[1] > 0.9


@pytest.mark.parametrize("dtype, most", [(np.int8, 127), (np.int16, 32767)])
@pytest.mark.parametrize("n", [1, 30, 64])
def test_weights_are_kept_to_half_a_step(dtype, most, n):
    net = nnlib.Network([784, n, 10], nnlib.relu, nnlib.softmax, rng=n, dtype=np.float32)
    net.weights[1][3] = 0  # a row without a largest weight
    net.biases = [np.full_like(b, 0.1) for b in net.biases]
    row = packed.pack(net, dtype)
    assert len(row) == 8 * (n + 10) + n * 794 * np.dtype(dtype).itemsize
    back = packed.network(row, n, dtype, nnlib.relu, nnlib.softmax)
    assert back.activations == net.activations
    for W, V in zip(net.weights, back.weights, strict=True):
        step = np.abs(W).max(axis=1, keepdims=True) / most
        assert (np.abs(V - W) <= 0.51 * step).all()
    assert all(np.array_equal(b, c) for b, c in zip(net.biases, back.biases, strict=True))
    assert packed.pack(back, dtype) == row


def test_framing_changes_nothing_that_is_framed():
    rng = np.random.default_rng(0)
    for _ in range(20):
        image = np.zeros((28, 28))
        (top, left), (rows, columns) = rng.integers(1, 14, 2), rng.integers(6, 14, 2)
        image[top:top + rows, left:left + columns] = rng.random((rows, columns))
        once = framed(image)
        assert max(np.ptp(np.flatnonzero(once.any(axis=k))) for k in (0, 1)) == 19
        assert framed(once) == pytest.approx(once, abs=1e-12)
        for axis in (0, 1):
            mass = once.sum(axis=1 - axis)
            assert 14 <= mass @ (np.arange(28) + 0.5) / mass.sum() < 15
    assert not framed(np.zeros((28, 28))).any()


def test_mnists_digits_are_framed_already():
    digits = nnlib.load_mnist()
    if digits.name != "MNIST":
        pytest.skip("MNIST is not on this computer")
    same = [np.abs(framed(x) - x).max() < 1e-6 for x in digits.X_test[:2000].reshape(-1, 28, 28)]
    assert np.mean(same) > 0.999
