"""The network 784-30-10 that reads what is drawn: digits.npz, described in digits.json."""

import functools
import json
from pathlib import Path

import numpy as np

from .packed import network

HERE = Path(__file__).parent


@functools.cache
def load():
    """The project's network, its weights as they are stored."""
    about = json.loads((HERE / "digits.json").read_text("utf-8"))
    with np.load(HERE / "digits.npz") as file:
        return network(file["row"].tobytes(), about["settings"]["sizes"][1])
