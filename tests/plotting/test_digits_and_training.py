"""Figures of digits and of training: what is drawn is what was given."""

from unittest.mock import Mock

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


def test_a_scale_that_ends_below_the_largest_weight_says_so():
    W = np.vstack([np.full(784, 0.1), np.full(784, -2.0)])
    for top, words in ((1.5, ["≤ −1.5", "0", "≥ 1.5"]), (3, ["−3", "0", "3"])):
        ax = digits.weight_images(W, top=top)
        assert (ax.images[0].norm.vmin, ax.images[0].norm.vmax) == (-top, top)
        assert [t.get_text() for t in ax.figure.axes[1].get_yticklabels()] == words


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


class Screen(list):
    """Stands in for IPython's displays: all that is shown, in order."""

    def display(self, thing):
        self.append(getattr(thing, "data", thing))

    update = display


@pytest.fixture
def screen(monkeypatch):
    shown = Screen()
    monkeypatch.setattr(training, "DisplayHandle", lambda: shown)
    return shown


def interrupted(at):
    """A network that is interrupted, as by the stop button, in its update number `at`."""

    class Interrupted(nnlib.Network):
        left = at

        def backprop(self, x, y, cost):
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
            return super().backprop(x, y, cost)

    return Interrupted([2, 3, 1], rng=0)


def test_an_interrupt_amid_an_epoch_keeps_every_update_and_every_record(screen):
    data = nnlib.FOUR_PEOPLE.X, nnlib.FOUR_PEOPLE.Y
    net, same = interrupted(at=7), nnlib.Network([2, 3, 1], rng=0)  # 4 updates an epoch
    run = nnlib.train(net, data, epochs=5, batch_size=1, eta=0.1, rng=0)
    log = []
    for record in training.watch(run, 5):
        log.append(record)
    assert [r.epoch for r in log] == [1]
    words = [x for x in screen if "Stopped" in str(x)]
    assert words == ["<p>Stopped after 1 of 5 epochs; the network keeps every update so far.</p>"]
    rng = np.random.default_rng(0)
    order = np.concatenate([rng.permutation(4), rng.permutation(4)[:2]])
    for i in order:
        nnlib.descend(same, *same.backprop(data[0][i : i + 1], data[1][i : i + 1]), 0.1)
    for p, q in zip(net.weights + net.biases, same.weights + same.biases, strict=True):
        assert (p == q).all()
    assert len(list(nnlib.train(net, data, epochs=2, batch_size=1, eta=0.1))) == 2  # it goes on


def test_an_interrupt_before_the_first_record_and_one_of_the_drawing(screen, monkeypatch):
    data = nnlib.FOUR_PEOPLE.X, nnlib.FOUR_PEOPLE.Y
    settings = {"epochs": 3, "batch_size": 2, "eta": 0.1, "rng": 0}
    assert list(training.watch(nnlib.train(interrupted(at=1), data, **settings), 3)) == []
    assert "Stopped after 0 of 3 epochs" in screen[-1]

    drawings = iter([KeyboardInterrupt, None])
    monkeypatch.setattr(training, "_redraw", Mock(side_effect=drawings))
    net = nnlib.Network([2, 3, 1], rng=0)
    assert [r.epoch for r in training.watch(nnlib.train(net, data, **settings), 3)] == [1]


def test_a_break_in_the_loop_leaves_no_bar_that_waits(screen):
    data = nnlib.FOUR_PEOPLE.X, nnlib.FOUR_PEOPLE.Y
    run = nnlib.train(nnlib.Network([2, 3, 1]), data, epochs=9, batch_size=2, eta=0.1)
    for record in training.watch(run, 9):
        if record.epoch == 2:
            break
    assert "Stopped after 2 of 9 epochs" in screen[-2]
    assert len(screen[-1].axes[0].lines[0].get_ydata()) == 2  # the curve holds both


def test_the_time_left_is_told_in_seconds_then_in_minutes():
    words = [training._duration(s) for s in (3.2, 99, 100, 1000)]
    assert words == ["3 s", "99 s", "2 min", "17 min"]
