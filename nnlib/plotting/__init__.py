"""Matplotlib figures of the core's objects. Every function takes `ax` and returns the axes."""

from .activations import activation_gallery, slope, slopes
from .backprop import (
    answer_histograms,
    cost_feeds,
    derivative_bars,
    derivative_path,
    download,
    equation_card,
    error_of_a_neuron,
    facing_targets,
    falling_costs,
    graph,
    loss_curves,
    ripple,
    tangent_step,
    two_sweeps,
)
from .costs import cost_landscape, cost_machine, gap_squares, preparations
from .descent import (
    descent_paths,
    downhill,
    error_curves,
    example_steps,
    gradient_arrow,
    regimes,
    three_batches,
)
from .diagrams import neuron_diagram
from .digits import digit_grid, output_bars, weight_images
from .ladder import growing_square, ladder
from .losses import accuracy_curves, losses_of_z, score_bars, surprise_blocks
from .mistakes import confusion, misread
from .networks import (
    hoped_layers,
    matrix_blocks,
    network_diagram,
    weight_indices,
    weights_to_scale,
)
from .practice import fits, layer_errors, loss_family, start_histograms, stopping
from .records import image_rows, mistaken, rungs, scores_by_seconds
from .style import ACCENT, DASH, INK, NEGATIVE, NEUTRAL, POSITIVE, use_style
from .training import accuracy_curve, watch
from .where_next import (
    edge_curves,
    expression_graph,
    feature_maps,
    gradient_through_time,
    same_curve,
    shared_weights,
)
