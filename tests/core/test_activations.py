"""The activation functions: values, slopes, and their behaviour far out."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import ACTIVATIONS

ELEMENTWISE = [a for a in ACTIVATIONS.values() if a.df is not None]
KINKS = {"relu": [0], "piecewise linear": [-0.5, 0.5], "step": [0], "sign": [0]}


@pytest.mark.parametrize(
    "z, values",
    [
        (0.3, [0.3, 1, 1, 0.8, 0.57444252, 0.29131261, 0.3]),
        (-2.0, [-2, 0, -1, 0, 0.11920292, -0.96402758, 0]),
        (0.0, [0, 0.5, 0, 0.5, 0.5, 0, 0]),
    ],
)
def test_values_of_the_seven(z, values):
    assert [float(a(z)) for a in ELEMENTWISE] == pytest.approx(values, abs=1e-8)


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
@given(z=st.floats(-20, 20))
def test_slope_is_the_limit_of_ratios(activation, z):
    h = 1e-6
    if any(abs(z - kink) < 1e-3 for kink in KINKS.get(activation.name, [])):
        return
    ratio = (float(activation(z + h)) - float(activation(z - h))) / (2 * h)
    assert float(activation.df(np.float64(z))) == pytest.approx(ratio, abs=1e-8)


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_slope_from_the_output_is_the_slope(activation, dtype):
    z = np.concatenate([np.linspace(-6, 6, 49), [-1000, 1000]]).astype(dtype)
    slope = activation.slope(z, activation(z))
    assert slope.dtype == dtype
    assert slope.tolist() == activation.df(z).tolist()


def test_slopes_at_the_kinks_are_the_ones_we_chose():
    assert float(nnlib.relu.df(np.zeros(1))[0]) == 0
    assert nnlib.piecewise_linear.df(np.array([-0.5, 0.0, 0.5])).tolist() == [0, 1, 0]
    assert nnlib.step.df(np.array([-1.0, 0.0, 1.0])).tolist() == [0, 0, 0]
    assert nnlib.sign.df(np.array([-1.0, 0.0, 1.0])).tolist() == [0, 0, 0]


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_warning_and_no_nan_far_out_and_the_dtype_stays(activation, dtype):
    z = np.array([[-1000, -40, 0, 40, 1000]], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        a = activation(z)
        slope = activation.df(z) if activation.df else a
    assert np.isfinite(a).all() and np.isfinite(slope).all()
    assert a.dtype == slope.dtype == dtype


def test_sigmoid_in_exact_arithmetic_never_reaches_1_but_in_float64_it_does():
    assert nnlib.sigmoid(36) < 1
    assert nnlib.sigmoid(37) == 1
    assert 0 < nnlib.sigmoid(-700) < 1e-300


@given(z=st.floats(-30, 30))
def test_identities(z):
    s = nnlib.sigmoid
    assert s(-z) == pytest.approx(1 - s(z), abs=1e-15)
    assert nnlib.tanh(z) == pytest.approx(2 * s(2 * z) - 1, abs=1e-14)
    assert s.df(np.float64(z)) == pytest.approx(s(z) * s(-z), abs=1e-15)


def test_softmax():
    p = nnlib.softmax(np.array([2.0, 1, -1, 0.5]))
    assert p == pytest.approx([0.60946004, 0.22420782, 0.03034323, 0.13598892], abs=1e-8)
    rows = nnlib.softmax(np.array([[2.0, 1], [1002, 1001]]))
    assert rows[0] == pytest.approx(rows[1], abs=1e-15)  # only differences count


def test_whole_numbers_are_taken_as_floats():
    assert nnlib.sigmoid([0, 1]).dtype == float
    assert nnlib.step(0) == 0.5
