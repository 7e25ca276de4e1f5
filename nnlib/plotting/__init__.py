"""Matplotlib figures of the core's objects. Every function takes `ax` and returns the axes."""

from .activations import activation_gallery, slope, slopes
from .diagrams import neuron_diagram
from .digits import digit_grid, output_bars, weight_images
from .style import ACCENT, DASH, INK, NEGATIVE, NEUTRAL, POSITIVE, use_style
from .training import accuracy_curve, watch
