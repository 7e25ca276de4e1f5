"""Figures of mistakes: each count and each answer stands where it belongs."""

import numpy as np

from nnlib.plotting import mistakes

COUNTS = np.array([[30, 4, 1], [6, 20, 4], [0, 1, 34]])


def test_confusion_writes_each_count_in_its_row_and_column():
    ax = mistakes.confusion(COUNTS)
    written = {tuple(map(int, t.get_position()[::-1])): int(t.get_text()) for t in ax.texts}
    assert written == {(int(i), int(j)): COUNTS[i, j] for i, j in np.argwhere(COUNTS)}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("the network's answer", "the digit")


def test_confusion_shades_mistakes_only():
    image = mistakes.confusion(COUNTS).images[0]
    shaded = np.asarray(image.get_array())
    assert shaded.diagonal().tolist() == [0, 0, 0] and shaded[1, 0] == image.norm.vmax == 6
    assert mistakes.confusion(np.diag([3, 4])).images[0].norm.vmax == 1


def test_misread_says_what_it_is_and_what_was_said():
    outputs = np.eye(10)[[7, 3]] * [[0.9], [0.456]]
    ax = mistakes.misread(np.zeros((2, 784)), outputs, [1, "no digit"])
    assert [t.get_text() for t in ax.texts] == [
        "1, read as 7\noutput 0.90", "no digit, read as 3\noutput 0.46",
    ]  # fmt: skip
    assert ax.texts[0].get_position()[0] < ax.texts[1].get_position()[0]
    assert all(t.get_position()[1] > 28 for t in ax.texts)
