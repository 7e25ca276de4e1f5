"""Transformed images: nothing changes at zero, whole pixels move exactly, chance is seeded."""

import sys

import numpy as np
import pytest

from nnlib import data
from nnlib.data import distort, embedded_digits

module = sys.modules["nnlib.data.distort"]
EVERYTHING = dict(shift=2, angle=15, scale=0.15, elastic=1.0)


@pytest.fixture(scope="module")
def X():
    return embedded_digits().X[:333]


def moments(X):
    """Ink, mean row, mean column and slant (radians from the vertical) of each image."""
    images = X.reshape(-1, 28, 28).astype(float)
    rows, columns = np.indices((28, 28))
    ink = images.sum(axis=(1, 2))
    row, column = ((images * place).sum(axis=(1, 2)) / ink for place in (rows, columns))
    r, c = rows - row[:, None, None], columns - column[:, None, None]
    rr, rc, cc = ((images * p).sum(axis=(1, 2)) / ink for p in (r * r, r * c, c * c))
    return ink, row, column, np.arctan2(2 * rc, rr - cc) / 2


def stroke():
    """An upright stroke in the middle of the image."""
    image = np.zeros((28, 28), np.float32)
    image[6:22, 13:15] = 1
    return image.reshape(1, 784)


def test_nothing_asked_nothing_changes(X):
    fresh = distort(X, 0)
    assert np.array_equal(fresh, X) and not np.shares_memory(fresh, X)


@pytest.mark.parametrize("given", [np.float64, np.float32])
def test_rows_come_back_as_float32(X, given):
    fresh = distort(X[:3].astype(given), 0, **EVERYTHING)
    assert fresh.dtype == np.float32 and fresh.shape == (3, 784) and fresh.flags.c_contiguous


@pytest.mark.parametrize("down, right", [(0, 0), (3, 0), (0, -2), (-4, 5), (40, 0)])
def test_whole_pixels_move_exactly(X, down, right):
    rows, columns = np.divmod(np.arange(784), 28)
    places = np.broadcast_to(np.stack([rows - down, columns - right]), (5, 2, 784))
    framed = np.pad(X[:5].reshape(-1, 28, 28), ((0, 0), (60, 60), (60, 60)))
    moved = framed[:, 60 - down : 88 - down, 60 - right : 88 - right].reshape(-1, 784)
    assert np.array_equal(module.sample(X[:5], places.astype(np.float32)), moved)


def test_half_a_pixel_is_the_mean_of_two(X):
    rows, columns = np.divmod(np.arange(784), 28)
    places = np.stack([rows, columns + 0.5])[None].astype(np.float32)
    images = X[:1].reshape(28, 28)
    beside = np.pad(images, ((0, 0), (0, 1)))[:, 1:]
    assert module.sample(X[:1], places) == pytest.approx(((images + beside) / 2).reshape(1, -1))


def test_shifts_are_as_large_as_asked_and_even():
    many = np.repeat(stroke(), 2000, axis=0)
    _, row, column, _ = moments(distort(many, 0, shift=2))
    for place in (row, column):
        moved = place - 13.5
        assert np.abs(moved).max() <= 2.01 and np.abs(moved).max() > 1.9
        assert abs(moved.mean()) < 0.1 and moved.std() == pytest.approx(2 / 3**0.5, abs=0.1)


def test_angles_are_as_large_as_asked_and_even():
    many = np.repeat(stroke(), 2000, axis=0)
    _, row, column, slant = moments(distort(many, 0, angle=20))
    slant = np.degrees(slant)
    assert abs(slant.mean()) < 1 and slant.std() == pytest.approx(20 / 3**0.5, abs=1)
    assert 19 < np.abs(slant).max() < 21
    assert np.abs(row - 13.5).max() < 0.1 and np.abs(column - 13.5).max() < 0.1


def test_scale_stretches_each_axis_on_its_own():
    square = np.zeros((28, 28), np.float32)
    square[8:20, 8:20] = 1
    fresh = distort(np.repeat(square.reshape(1, -1), 500, axis=0), 0, scale=0.2)
    high, wide = (fresh.reshape(-1, 28, 28)[:, *middle] for middle in (
        (slice(None), 14), (14, slice(None))))
    high, wide = high.sum(axis=1) / 12, wide.sum(axis=1) / 12
    for size in (high, wide):
        assert 0.79 < size.min() < 0.83 and 1.17 < size.max() < 1.21
    assert abs(np.corrcoef(high, wide)[0, 1]) < 0.15


def test_bends_have_the_spread_asked_for_and_are_smooth():
    nodes = np.random.default_rng(0).standard_normal((4000, 9, 9), np.float32)
    field = module.BENDS.T @ nodes @ module.BENDS
    assert field.std(axis=0) == pytest.approx(np.ones((28, 28)), abs=0.06)
    beside = np.corrcoef(field[:, 14, 14], field[:, 14, 15])[0, 1]
    apart = np.corrcoef(field[:, 14, 4], field[:, 14, 24])[0, 1]
    assert beside > 0.95 and abs(apart) < 0.2


@pytest.mark.parametrize("elastic", [0.5, 1.5])
def test_bending_moves_ink_about_as_far_as_asked(elastic):
    """The shape of a small dot is kept; its place moves by the spread that was asked for."""
    dot = np.zeros((28, 28), np.float32)
    dot[13:15, 13:15] = 1
    many = np.repeat(dot.reshape(1, -1), 2000, axis=0)
    _, row, column, _ = moments(distort(many, 0, elastic=elastic))
    for place in (row, column):
        assert (place - 13.5).std() == pytest.approx(elastic, rel=0.15)


@pytest.mark.parametrize("kind", EVERYTHING)
def test_ink_is_roughly_kept_and_in_range(X, kind):
    fresh = distort(X, 0, **{kind: EVERYTHING[kind]})
    assert fresh.min() >= 0 and fresh.max() <= 1
    assert not np.array_equal(fresh, X)
    assert fresh.sum() == pytest.approx(X.sum(), rel=0.05)


def test_a_seed_makes_the_same_images_and_a_generator_goes_on(X):
    assert np.array_equal(distort(X, 1, **EVERYTHING), distort(X, 1, **EVERYTHING))
    assert not np.array_equal(distort(X, 1, **EVERYTHING), distort(X, 2, **EVERYTHING))
    rng = np.random.default_rng(1)
    one, two = distort(X, rng, **EVERYTHING), distort(X, rng, **EVERYTHING)
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("kind", EVERYTHING)
def test_every_image_goes_its_own_way(X, kind):
    same = distort(np.repeat(X[:1], 250, axis=0), 0, **{kind: EVERYTHING[kind]})
    assert len(np.unique(same, axis=0)) == 250


@pytest.mark.parametrize("shape", [(784,), (3, 28, 28), (2, 783)])
def test_another_shape_is_named(shape):
    with pytest.raises(ValueError, match="needed is"):
        distort(np.zeros(shape), 0)


def test_no_images_give_none():
    assert distort(np.zeros((0, 784)), 0, **EVERYTHING).shape == (0, 784)


def test_the_name_is_the_function():
    assert callable(data.distort) and data.distort is distort
