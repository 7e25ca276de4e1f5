"""The ladder says what is true of its network, and the growing square is drawn to scale."""

import pytest

import nnlib
from nnlib.plotting import growing_square, ladder


@pytest.mark.parametrize(
    "sizes, ends, count",
    [
        ([784, 30, 10], "784 inputs \N{RIGHTWARDS ARROW} 10 outputs", "23,860"),
        ([8, 8, 4, 1], "8 inputs \N{RIGHTWARDS ARROW} 1 outputs", "113"),
    ],
)
def test_the_ladder_counts_its_network(sizes, ends, count):
    texts = [text.get_text() for text in ladder(nnlib.Network(sizes, rng=0)).texts]
    assert ends in texts
    assert f"held fixed: {count} parameters" in texts
    assert f"{count} parameters \N{RIGHTWARDS ARROW} {count} slopes" in texts


def test_the_dots_of_the_search_go_down():
    search = ladder().child_axes[2]
    heights = [line.get_ydata()[0] for line in search.lines if line.get_marker() == "o"]
    assert len(heights) == 6 and heights == sorted(heights, reverse=True)


def test_the_tangent_of_the_gradient_touches_the_curve():
    gradient = ladder().child_axes[3]
    curve, tangent, dot = gradient.lines
    (x0, x1), (y0, y1) = tangent.get_data()
    (x,), (y,) = dot.get_data()
    slope = (y1 - y0) / (x1 - x0)
    near = abs(curve.get_xdata() - x) < 0.1
    straight = y + slope * (curve.get_xdata()[near] - x)
    assert curve.get_ydata()[near] == pytest.approx(straight, abs=2e-3)


def test_the_parts_of_the_square_add_up():
    x, h = 3, 0.5
    parts = [p.get_width() * p.get_height() for p in growing_square(x, h).patches if p.get_fill()]
    assert sorted(parts) == pytest.approx([h * h, x * h, x * h, x * x])
    assert sum(parts) == pytest.approx((x + h) ** 2)
