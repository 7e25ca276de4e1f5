"""Live figures for notebooks and the built book: a Python class and a JavaScript module each."""

from .backprop_stepper import BackpropStepper
from .chain_nudge import ChainNudge
from .cost_by_hand import CostByHand
from .descent1d import Descent1D
from .descent2d import Descent2D
from .difference_quotient import DifferenceQuotient
from .edgepatch import EdgePatch
from .feedforward import FeedForward
from .neuron import Neuron
from .question import Question
from .sgdpaths import SGDPaths

__all__ = [
    "BackpropStepper", "ChainNudge", "CostByHand", "Descent1D", "Descent2D", "DifferenceQuotient",
    "EdgePatch", "FeedForward", "Neuron", "Question", "SGDPaths",
]
