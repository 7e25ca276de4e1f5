"""Live figures for notebooks and the built book: a Python class and a JavaScript module each."""

from .neuron import Neuron
from .question import Question

__all__ = ["Neuron", "Question"]
