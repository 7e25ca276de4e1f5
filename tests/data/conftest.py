"""Data for the data tests: a tiny stand-in for MNIST's files, and the real ones where they are."""

import gzip
import hashlib
import struct

import numpy as np
import pytest

from nnlib import data


def idx(array):
    """An array of bytes in the IDX format: magic, sizes, content."""
    return struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No MNIST anywhere: NNLIB_DATA unset, an empty cache; gives the cache folder."""
    cache = tmp_path / "cache"
    monkeypatch.delenv("NNLIB_DATA", raising=False)
    monkeypatch.setattr(data, "cache_folder", lambda: cache)
    return cache


@pytest.fixture
def tiny(monkeypatch, tmp_path):
    """A folder with four files like MNIST's, of 5 and 3 images; FILES is set to them."""
    folder, rng, files = tmp_path / "tiny", np.random.default_rng(0), {}
    folder.mkdir()
    for name, (_, shape) in data.FILES.items():
        shape = (5 if "train" in name else 3, *shape[1:])
        packed = gzip.compress(idx(rng.integers(0, 10, shape, dtype=np.uint8)), mtime=0)
        (folder / name).write_bytes(packed)
        files[name] = (hashlib.sha256(packed).hexdigest(), shape)
    monkeypatch.setattr(data, "FILES", files)
    return folder


@pytest.fixture(scope="session")
def mnist():
    if data.data_found() != "MNIST":
        pytest.skip("MNIST was not found (set NNLIB_DATA or run python -m nnlib.data)")
    return data.load_mnist()
