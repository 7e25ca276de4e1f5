"""Figures of digits and of training: what is drawn is what was given."""

import numpy as np
import pytest

import nnlib
from nnlib.plotting import digits, training


def test_mosaic_puts_every_image_in_its_place():
    images = np.arange(5)[:, None] * np.ones((5, 4))  # five 2 x 2 images of one number each
    sheet = digits.mosaic(images, columns=3, gap=1, fill=-1)
    assert sheet.tolist() == [
        [0, 0, -1, 1, 1, -1, 2, 2],
        [0, 0, -1, 1, 1, -1, 2, 2],
        [-1] * 8,
        [3, 3, -1, 4, 4, -1, -1, -1],
        [3, 3, -1, 4, 4, -1, -1, -1],
    ]


def test_grid_writes_the_labels_and_frames_the_picked():
    ax = digits.digit_grid(np.zeros((4, 784)), ["a", "b", "c", "d"], columns=2, picked=[3])
    assert [t.get_text() for t in ax.texts] == ["a", "b", "c", "d"]
    assert len(ax.patches) == 2  # a dark and a yellow frame
    assert ax.patches[0].get_xy()[0] > 28 and ax.patches[0].get_xy()[1] > 28


def test_output_bars_are_as_high_as_the_outputs():
    a = np.linspace(0, 0.9, 10)
    ax = digits.output_bars(a, np.eye(10)[5])
    assert [p.get_height() for p in ax.patches[:10]] == pytest.approx(a)
    assert [p.get_height() for p in ax.patches[10:]] == np.eye(10)[5].tolist()


def test_weight_images_share_one_honest_scale():
    W = np.vstack([np.full(784, 0.1), np.full(784, -2.0)])
    image = digits.weight_images(W).images[0]
    assert (image.norm.vmin, image.norm.vmax) == (-2, 2)


def test_accuracy_curve_and_its_band():
    ax = training.accuracy_curve([0.9, 0.95], n=10_000)
    assert ax.lines[0].get_ydata() == pytest.approx([90, 95])
    low, high = np.sort(ax.collections[0].get_paths()[0].vertices[:, 1])[[0, -1]]
    assert (low, high) == pytest.approx((89.7, 95.0 + 100 * np.sqrt(0.95 * 0.05 / 10_000)))


def test_watch_passes_every_record_on_and_tells_the_time_left(capsys):
    net = nnlib.Network([2, 2, 1], rng=0)
    people = nnlib.FOUR_PEOPLE
    data = people.X, people.Y
    records = nnlib.train(net, data, epochs=3, batch_size=2, eta=0.1, validation=data, rng=0)
    seen = list(training.watch(records, 3))
    assert [r.epoch for r in seen] == [1, 2, 3]
    assert "epoch 3 of 3" in training._bar(3, 3, seen[-1], 1.5)
    assert "2 s left" in training._bar(1, 3, seen[0], 1.0)


def test_an_interrupt_ends_the_run_and_keeps_what_there_is():
    def records():
        net = nnlib.Network([2, 2, 1], rng=0)
        data = nnlib.FOUR_PEOPLE.X, nnlib.FOUR_PEOPLE.Y
        yield from nnlib.train(net, data, epochs=2, batch_size=2, eta=0.1, rng=0)
        raise KeyboardInterrupt

    assert [r.epoch for r in training.watch(records(), 10)] == [1, 2]
