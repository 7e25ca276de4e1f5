"""nnlib: the small neural network library of the book. A newcomer starts with network.py.

Importing it loads NumPy and nothing heavier; plotting, widgets and exercises are imported by name.
"""

import sys

try:
    from .activations import (
        ACTIVATIONS,
        Activation,
        linear,
        piecewise_linear,
        relu,
        sigmoid,
        sign,
        softmax,
        step,
        tanh,
    )
    from .costs import COSTS, Cost, cross_entropy, mse, quadratic, softmax_cross_entropy
    from .data import (
        FOUR_PEOPLE,
        NEW_PEOPLE,
        SLEEP_STUDY,
        Digits,
        load_mnist,
        one_hot,
    )
    from .gradcheck import numerical_gradient, relative_error
    from .network import Network
    from .source import show
    from .training import Epoch, descend, evaluate, train
except Exception:  # `python -m nnlib.doctor` must start where NumPy does not
    if sys.argv[0] != "-m":
        raise
