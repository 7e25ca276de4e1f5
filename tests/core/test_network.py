"""The network: shapes, start, errors in plain words, saving and loading."""

import subprocess
import sys

import numpy as np
import pytest

import nnlib


def test_shapes_and_house_orientation():
    net = nnlib.Network([2, 3, 1], rng=0)
    assert [W.shape for W in net.weights] == [(3, 2), (1, 3)]
    assert [b.shape for b in net.biases] == [(3,), (1,)]
    net.weights[0][:] = 0
    net.weights[0][2, 1] = 5  # to neuron 2 from input 1
    Z, A = net.forward(np.array([[10.0, 7.0]]))
    assert Z[0].tolist() == [[0, 0, 35]]
    assert [a.shape for a in A] == [(1, 2), (1, 3), (1, 1)]
    assert (net(np.array([[10.0, 7.0]])) == A[-1]).all()


def test_start_is_seeded_scaled_and_leaves_the_global_state_alone():
    np.random.seed(1)
    before = np.random.get_state()[1].tolist()
    one, two = nnlib.Network([784, 30, 10], rng=3), nnlib.Network([784, 30, 10], rng=3)
    assert all((a == b).all() for a, b in zip(one.weights, two.weights))
    assert np.random.get_state()[1].tolist() == before
    assert one.weights[0].std() == pytest.approx(784**-0.5, rel=0.02)
    wide = nnlib.Network([784, 30, 10], spread=1, rng=3)
    assert wide.weights[0].std() == pytest.approx(1, rel=0.02)
    assert not any(b.any() for b in one.biases)


@pytest.mark.parametrize("sizes", [[], [3], [3, 0], [2, 1.5]])
def test_bad_sizes(sizes):
    with pytest.raises(ValueError, match="needed are two or more whole numbers"):
        nnlib.Network(sizes)


def test_bad_shapes_name_what_was_given_and_what_is_needed():
    net = nnlib.Network([2, 3, 1], rng=0)
    with pytest.raises(ValueError, match=r"inputs have shape \(4, 3\): needed is \(m, 2\)"):
        net(np.zeros((4, 3)))
    with pytest.raises(ValueError, match=r"inputs have shape \(2,\)"):
        net(np.zeros(2))
    with pytest.raises(ValueError, match=r"targets have shape \(4, 2\): needed is \(4, 1\)"):
        net.backprop(np.zeros((4, 2)), np.zeros((4, 2)))
    with pytest.raises(ValueError, match=r"targets have shape \(4,\)"):
        net.backprop(np.zeros((4, 2)), np.zeros(4))


def test_costs_refuse_outputs_they_are_not_made_for():
    x, y = np.zeros((1, 2)), np.zeros((1, 1))
    with pytest.raises(ValueError, match="needs a network with output=sigmoid"):
        nnlib.Network([2, 1], output=nnlib.tanh).backprop(x, y, nnlib.cross_entropy)
    with pytest.raises(ValueError, match="use cost=softmax_cross_entropy"):
        nnlib.evaluate(nnlib.Network([2, 1], output=nnlib.softmax), x, y)


PAIRS = [(a, nnlib.quadratic) for a in nnlib.ACTIVATIONS.values() if a.df] + [
    (nnlib.sigmoid, nnlib.mse),
    (nnlib.sigmoid, nnlib.cross_entropy),
    (nnlib.softmax, nnlib.softmax_cross_entropy),
]


@pytest.mark.parametrize("activation, cost", PAIRS, ids=repr)
def test_float32_stays_float32_from_start_to_gradient(activation, cost):
    hidden = activation if activation.df else nnlib.sigmoid
    net = nnlib.Network([4, 3, 2], hidden, activation, rng=0, dtype=np.float32)
    x, y = np.ones((5, 4)), np.ones((5, 2))  # float64 on purpose
    Z, A = net.forward(x)
    gW, gb = net.backprop(x, y, cost)
    assert {a.dtype for a in Z + A + gW + gb} == {np.dtype("float32")}
    list(nnlib.train(net, (x, y), cost=cost, epochs=1, batch_size=2, eta=1.0, lam=0.1, rng=0))
    assert {p.dtype for p in net.weights + net.biases} == {np.dtype("float32")}


def test_save_and_load(tmp_path):
    net = nnlib.Network([4, 3, 2], nnlib.relu, nnlib.softmax, rng=0, dtype=np.float32)
    net.biases[0] += 1
    net.save(tmp_path / "net.npz")
    again = nnlib.Network.load(tmp_path / "net.npz")
    x = np.ones((2, 4))
    assert again.sizes == net.sizes and again.activations == net.activations
    assert (again(x) == net(x)).all() and again(x).dtype == np.float32
    (tmp_path / "bad.npz").write_text("<html>")
    with pytest.raises(ValueError, match="not a network"):
        nnlib.Network.load(tmp_path / "bad.npz")
    np.savez(tmp_path / "pickle.npz", activations=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match="not a network"):
        nnlib.Network.load(tmp_path / "pickle.npz")
    with pytest.raises(FileNotFoundError):
        nnlib.Network.load(tmp_path / "none.npz")


def test_import_loads_numpy_and_nothing_heavier():
    code = (
        "import sys, numpy; before = set(sys.modules); import nnlib;"
        "new = {m.split('.')[0] for m in set(sys.modules) - before};"
        "print(sorted(m for m in new - {'nnlib'} if m not in sys.stdlib_module_names))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_show_prints_the_real_source():
    assert "np.exp(-np.abs(z))" in nnlib.show(nnlib.sigmoid)
    assert nnlib.show(nnlib.Network.backprop).lstrip().startswith("def backprop")
