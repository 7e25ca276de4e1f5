"""load_mnist: where it looks, what it refuses, and what it gives in place of MNIST."""

import gzip
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from nnlib import data

IMAGES = "train-images-idx3-ubyte.gz"


def test_reads_the_files_of_a_folder(tiny):
    digits = data.load_mnist(tiny)
    raw = np.frombuffer(gzip.decompress((tiny / IMAGES).read_bytes())[16:], np.uint8)
    assert repr(digits).startswith("MNIST: 5 training and 3 test digits, 28 x 28 (")
    assert np.array_equal(digits.X, (raw.reshape(5, 784) / 255).astype(np.float32))
    assert [a.dtype for a in digits[1:5]] == [np.float32] * 4
    assert [a.shape for a in digits[1:5]] == [(5, 784), (5, 10), (3, 784), (3, 10)]
    assert len(digits.labels) == 5 and len(digits.test_labels) == 3


def test_looks_in_the_variable_then_in_the_cache(tiny, nowhere, monkeypatch):
    assert data.data_found() == "embedded"
    shutil.copytree(tiny, nowhere)
    assert data.data_found() == "MNIST"
    assert data.load_mnist().name == "MNIST"
    (nowhere / IMAGES).unlink()
    assert data.data_found() == "embedded"
    monkeypatch.setenv("NNLIB_DATA", str(tiny))
    assert data.data_found() == "MNIST"
    assert data.load_mnist().name == "MNIST"


def test_a_given_folder_must_hold_all_files(tiny):
    (tiny / IMAGES).unlink()
    with pytest.raises(FileNotFoundError) as error:
        data.load_mnist(tiny)
    assert str(tiny) in str(error.value) and IMAGES in str(error.value)
    assert "t10k" not in str(error.value)


def repacked(change):
    return lambda packed: gzip.compress(change(gzip.decompress(packed)))


DAMAGE = {
    "cut short": lambda packed: packed[:-40],
    "a web page": lambda packed: b"\n<!doctype html><title>404</title>",
    "no intact gzip file": lambda packed: b"PK" + packed[2:],
    "empty": lambda packed: b"",
    "its header is not that of 5 x 28 x 28": repacked(lambda raw: raw[:3] + b"\x01" + raw[4:]),
    "it holds 3919 bytes of data, not 3920": repacked(lambda raw: raw[:-1]),
    "other content": repacked(lambda raw: raw[:-1] + b"\xff"),
}


@pytest.mark.parametrize("wrong", DAMAGE)
def test_a_file_that_is_not_the_original_is_refused(tiny, nowhere, monkeypatch, wrong):
    path = tiny / IMAGES
    path.write_bytes(DAMAGE[wrong](path.read_bytes()))
    monkeypatch.setenv("NNLIB_DATA", str(tiny))
    for folder in (tiny, None):
        with pytest.raises(ValueError) as error:
            data.load_mnist(folder)
        assert wrong in str(error.value) and str(path) in str(error.value)
        assert "python -m nnlib.data" in str(error.value)


def test_damaged_labels_are_refused_too(tiny):
    path = tiny / "t10k-labels-idx1-ubyte.gz"
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(ValueError, match="cut short"):
        data.load_mnist(tiny)


def test_without_mnist_the_embedded_digits(nowhere, capsys):
    digits = data.load_mnist()
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and "python -m nnlib.data" in said
    assert "1437 training and 360 test digits, 28 x 28" in said and "scikit-learn" in said
    assert (digits.X.shape, digits.X_test.shape) == ((1437, 784), (360, 784))
    assert [a.dtype for a in digits[1:5]] == [np.float32] * 4
    for labels, share in ((digits.labels, 0.8), (digits.test_labels, 0.2)):
        expected = share * np.array([178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
        assert np.abs(np.bincount(labels) - expected).max() < 1
    assert np.array_equal(digits.X, data.load_mnist().X)


def test_the_embedded_digits_are_ink_on_paper_in_the_middle(nowhere):
    images = data.load_mnist().X.reshape(-1, 28, 28)
    assert images.min() == 0 and images.max() == 1
    frame = np.ones((28, 28), bool)
    frame[4:24, 4:24] = False
    assert not images[:, frame].any()
    assert (images[:, 4:24, 4:24].max(axis=(1, 2)) > 0.9).all()
    assert 0.1 < images.mean() < 0.2  # MNIST: 0.13
    steps = np.abs(np.diff(images[:, 4:24, 4:24], axis=2))
    assert steps.mean() < 0.13  # smooth: 20 x 20 blocks of the 8 x 8 scans have fewer, larger steps
    assert (steps > 0).mean() > 0.4


def test_loading_needs_no_network(tiny, nowhere, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("load_mnist asked for the network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    data.load_mnist(tiny)
    data.load_mnist()


def test_looking_for_the_data_reads_no_file(tiny, monkeypatch):
    monkeypatch.setenv("NNLIB_DATA", str(tiny))
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert data.data_found() == "MNIST"


def test_mnist_itself(mnist):
    assert repr(mnist).startswith("MNIST: 60000 training and 10000 test digits, 28 x 28 (")
    assert mnist.X.dtype == mnist.Y.dtype == np.float32
    assert mnist.X.min() == 0 and mnist.X.max() == 1
    assert abs(mnist.X.mean() - 0.1307) < 1e-4 and abs(mnist.X.std() - 0.3081) < 1e-4
    assert np.bincount(mnist.test_labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


def test_the_documents_grid_is_training_digits_2_to_101(mnist):
    labels = mnist.labels[1:101]
    assert "".join(map(str, labels)) == "".join(data.DIGIT_GRID)
    assert np.bincount(labels).tolist() == [13, 14, 6, 11, 11, 5, 11, 10, 8, 11]
