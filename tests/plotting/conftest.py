"""Figures are drawn to nowhere, and closed after each test."""

import matplotlib
import pytest

matplotlib.use("agg")


@pytest.fixture(autouse=True)
def closed():
    """Close all figures after a test."""
    import matplotlib.pyplot as plt

    yield
    plt.close("all")
