"""The figures of chapter 6 show what the network computes, and the card can be saved."""

import base64

import matplotlib.pyplot as plt
import numpy as np
import pytest

import nnlib
from nnlib import plotting
from nnlib.plotting.style import NEGATIVE, POSITIVE


@pytest.fixture(autouse=True)
def house_style():
    with plt.rc_context():
        plotting.use_style()
        yield


def texts(ax):
    return [t.get_text() for t in ax.texts]


@pytest.fixture
def net():
    return nnlib.Network([2, 3, 2], spread=1, rng=0)


def test_only_outputs_and_targets_lead_to_the_loss(net):
    ax = plotting.cost_feeds(net)
    outputs = 2 * 1.9
    into = [line for line in ax.lines if line.get_xydata()[:, 0].max() > outputs + 0.5]
    assert len(into) == 3
    assert len(ax.lines) == sum(W.size for W in net.weights) + 3
    names = texts(ax)
    assert names[0] == "$x_1$" and r"loss $\ell$" in names and "target $y$" in names


def test_the_lines_have_the_signs_of_the_weights(net):
    colors = [line.get_color() for line in plotting.cost_feeds(net).lines[: net.weights[0].size]]
    assert colors == [POSITIVE if w >= 0 else NEGATIVE for w in net.weights[0].ravel()]


def test_each_output_faces_one_target():
    ax = plotting.facing_targets()
    level = [line for line in ax.lines if np.ptp(line.get_xydata()[:, 1]) == 0]
    assert len(level) == 3
    assert [t for t in texts(ax) if t.startswith("$y")] == ["$y_{j-1}$", "$y_{j}$", "$y_{j+1}$"]
    bold = [line for line in ax.lines if line.get_alpha() == 1]
    assert len(bold) == 4 + 3, "four units feed output j, three outputs face their targets"


def test_a_neuron_gets_inputs_a_bias_and_a_nudge():
    names = texts(plotting.error_of_a_neuron())
    assert {"$W_{j1}$", "$W_{j2}$", "$W_{j3}$", "$b_j$", "$z_j$", "$a_j$"} <= set(names)
    assert any("Delta z_j" in name for name in names)


def test_picked_lines_are_a_row_forward_and_a_column_backward(net):
    above, below = plotting.two_sweeps(net, [1, 2], [1, 0], picked=(1, 2))
    clear = [[line for line in ax.lines if line.get_alpha() == 1] for ax in (above, below)]
    assert [len(lines) for lines in clear] == [3, 2]
    colors = [[line.get_color() for line in lines] for lines in clear]
    row, column = net.weights[1][1], net.weights[1][:, 2]
    assert colors == [[POSITIVE if w >= 0 else NEGATIVE for w in part] for part in (row, column)]


def test_nothing_is_faded_where_nothing_is_picked(net):
    for ax in plotting.two_sweeps(net, [1, 2], [1, 0]):
        assert {line.get_alpha() for line in ax.lines} <= {1, None}


def test_the_card_has_four_equations_with_their_shapes():
    ax = plotting.equation_card()
    names = texts(ax)
    assert [name for name in names if name.startswith("BP")] == ["BP1", "BP2", "BP3", "BP4"]
    assert names.count("(m, K)") == 3 and names.count(r"(m, n$_l$)") == 2
    ax.figure.draw_without_rendering()
    width = ax.figure.bbox.width
    for text in ax.texts:
        box = text.get_window_extent()
        assert 0 <= box.x0 and box.x1 <= width, text.get_text()


@pytest.mark.parametrize("name, start", [("card.pdf", b"%PDF"), ("card.svg", b"<?xml")])
def test_a_figure_is_saved_by_a_link_without_a_server(name, start):
    link = plotting.download(plotting.error_of_a_neuron(), name)
    html = link._repr_html_()
    assert f'download="{name}"' in html and "http" not in html
    data = base64.b64decode(html.split("base64,")[1].split('"')[0])
    assert data == link.data and data.startswith(start)
    assert plotting.download(plotting.error_of_a_neuron(), name).data == data, "no date inside"


def test_another_kind_of_file_is_refused():
    with pytest.raises(ValueError, match="'card.doc'"):
        plotting.download(plotting.error_of_a_neuron(), "card.doc")
