"""Live figures for notebooks and the built book: a Python class and a JavaScript module each."""

from .backprop_stepper import BackpropStepper
from .chain_nudge import ChainNudge
from .cost_by_hand import CostByHand
from .descent1d import Descent1D
from .descent2d import Descent2D
from .difference_quotient import DifferenceQuotient
from .drawdigit import DrawDigit
from .edgepatch import EdgePatch
from .feedforward import FeedForward
from .hidden_weights import HiddenWeights
from .init_lab import InitLab
from .loss_showdown import LossShowdown
from .neuron import Neuron
from .playground import Playground
from .question import Question
from .sgdpaths import SGDPaths
from .train_digits import TrainDigits

__all__ = [
    "BackpropStepper", "ChainNudge", "CostByHand", "Descent1D", "Descent2D", "DifferenceQuotient",
    "DrawDigit", "EdgePatch", "FeedForward", "HiddenWeights", "InitLab", "LossShowdown", "Neuron",
    "Playground", "Question", "SGDPaths", "TrainDigits",
]
