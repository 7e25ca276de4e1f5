"""Live figures for notebooks and the built book: a Python class and a JavaScript module each."""

from .cost_by_hand import CostByHand
from .difference_quotient import DifferenceQuotient
from .edgepatch import EdgePatch
from .feedforward import FeedForward
from .neuron import Neuron
from .question import Question

__all__ = [
    "CostByHand", "DifferenceQuotient", "EdgePatch", "FeedForward", "Neuron", "Question",
]
