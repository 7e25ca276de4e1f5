"""Data: MNIST's handwritten digits, and the small data sets of the documents.

`load_mnist` never touches a network. Downloading is a step of its own: `python -m nnlib.data`.
"""

import gzip
import hashlib
import os
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .distort import distort
from .plane import points
from .records import Record, records, tried

# The four original files: SHA-256 and the shape that the header must give.
FILES = {
    "train-images-idx3-ubyte.gz": (
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", (60000, 28, 28)),
    "train-labels-idx1-ubyte.gz": (
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", (60000,)),
    "t10k-images-idx3-ubyte.gz": (
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", (10000, 28, 28)),
    "t10k-labels-idx1-ubyte.gz": (
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", (10000,)),
}
HOW_TO_GET_MNIST = "python -m nnlib.data"


class Digits(NamedTuple):
    """Handwritten digits: X (N, 784) float32 with ink = 1, Y (N, 10) one-hot; a test set beside."""

    name: str
    X: np.ndarray
    Y: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray
    source: str

    @property
    def labels(self):
        """The digits 0 to 9 of the training images, shape (N,)."""
        return self.Y.argmax(axis=1)

    @property
    def test_labels(self):
        """The digits 0 to 9 of the test images."""
        return self.Y_test.argmax(axis=1)

    def __repr__(self):
        return (f"{self.name}: {len(self.X)} training and {len(self.X_test)} test digits, "
                f"28 x 28 ({self.source})")


def load_mnist(folder=None):
    """MNIST from `folder`, else $NNLIB_DATA, else the download cache; else the embedded digits.

    A folder that is given must hold the four files (FileNotFoundError). A file that is not
    the original one, bit by bit, is a ValueError that says what is wrong with it.
    """
    if folder is not None:
        missing = _missing(folder)
        if missing:
            raise FileNotFoundError(f"no {', '.join(missing)} in {folder}: load_mnist needs the "
                                    f"four .gz files of MNIST there.")
    else:
        folder = _find()
    if folder is None:
        digits = embedded_digits()
        print(f"MNIST was not found, so this is {digits!r}. To get MNIST: {HOW_TO_GET_MNIST}")
        return digits
    images, labels, test_images, test_labels = (_read(Path(folder) / name) for name in FILES)
    return Digits("MNIST", _inputs(images), one_hot(labels, 10),
                  _inputs(test_images), one_hot(test_labels, 10),
                  "the original files, checked by SHA-256")


def data_found():
    """What load_mnist() would give, "MNIST" or "embedded"; looks for the files, reads none."""
    return "embedded" if _find() is None else "MNIST"


def one_hot(labels, K):
    """Labels 0 to K-1, shape (N,), as rows of zeros with a single 1: (N, K) float32."""
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(f"one_hot needs a one-dimensional array of whole numbers, "
                         f"not {labels.dtype} of shape {labels.shape}.")
    wrong = labels[(labels < 0) | (labels >= K)]
    if wrong.size:
        raise ValueError(f"label {wrong[0]} lies outside 0 to {K - 1}.")
    return np.eye(K, dtype=np.float32)[labels]


def cache_folder():
    """Where the download puts MNIST: pooch's cache folder of this computer."""
    import pooch

    return Path(pooch.os_cache("nnlib"))


def _missing(folder):
    return [name for name in FILES if not (Path(folder) / name).is_file()]


def _find():
    """The first folder with all four files, or None."""
    named = os.environ.get("NNLIB_DATA")
    if named and not _missing(named):
        return Path(named)
    return None if _missing(cache_folder()) else cache_folder()


def _read(path):
    """One file as an array of bytes of the shape in FILES; ValueError says what is wrong."""
    sha256, shape = FILES[path.name]
    packed = path.read_bytes()
    header = struct.pack(f">4B{len(shape)}I", 0, 0, 8, len(shape), *shape)
    wrong = None
    try:
        raw = gzip.decompress(packed)
    except EOFError:
        wrong = "it is cut short"
    except (gzip.BadGzipFile, zlib.error):
        is_page = packed.lstrip()[:1] == b"<"
        wrong = "it is a web page, not data" if is_page else "it is no intact gzip file"
    else:
        if not packed:
            wrong = "it is empty"
        elif not raw.startswith(header):
            wrong = f"its header is not that of {' x '.join(map(str, shape))} bytes in IDX format"
        elif len(raw) != len(header) + np.prod(shape):
            wrong = f"it holds {len(raw) - len(header)} bytes of data, not {np.prod(shape)}"
        elif hashlib.sha256(packed).hexdigest() != sha256:
            wrong = "it has the right form but other content (its SHA-256 differs)"
    if wrong:
        raise ValueError(f"{path} is not the MNIST file: {wrong}. "
                         f"Remove it, then: {HOW_TO_GET_MNIST}")
    return np.frombuffer(raw, np.uint8, offset=len(header)).reshape(shape)


def _inputs(images):
    """Images (N, 28, 28) of bytes as rows (N, 784), float32 from 0 (paper) to 1 (ink)."""
    return np.divide(images.reshape(len(images), -1), 255, dtype=np.float32)


def embedded_digits():
    """What is there without MNIST: scikit-learn's 1,797 digits, enlarged to MNIST's size.

    8 x 8 become 20 x 20, centred in 28 x 28; a fifth of each class is the test set.
    """
    from scipy.ndimage import zoom
    from sklearn.datasets import load_digits

    small = load_digits()
    large = zoom(small.images / 16, (1, 2.5, 2.5), mode="grid-constant", grid_mode=True)
    ink = np.clip(1.4 * (large - 0.15), 0, 1)  # white paper and dark strokes, as in MNIST
    X = np.pad(ink, ((0, 0), (4, 4), (4, 4))).reshape(-1, 784).astype(np.float32)
    Y = one_hot(small.target, 10)
    test = every_fifth_of_each_class(small.target)
    return Digits("scikit-learn's digits", X[~test], Y[~test], X[test], Y[test],
                  "enlarged from 8 x 8")


def every_fifth_of_each_class(labels, seed=0):
    """A mask that is True for a fifth of the examples, drawn at random within each class."""
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    return np.isin(np.arange(len(labels)), order[::5])


# The small data sets of the documents ----------------------------------------------------------


class People(NamedTuple):
    """People by weight in pounds and height in inches; Y is 1 for F, 0 for M, None if unknown."""

    names: tuple
    raw: np.ndarray  # (N, 2): pounds, inches
    Y: np.ndarray | None  # (N, 1)
    shift: tuple = (135, 66)  # pounds, inches

    @property
    def X(self):
        """The inputs of the network, (N, 2): pounds above 135, inches above 66."""
        return self.raw - self.shift


class SleepStudy(NamedTuple):
    """Hours of sleep and of study, X (3, 2), and the test score in percent / 100, Y (3, 1)."""

    X: np.ndarray
    Y: np.ndarray
    unknown: np.ndarray  # (2,): hours of a fourth student, whose score is asked


def _constant(values):
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array


FOUR_PEOPLE = People(("Alice", "Bob", "Charlie", "Diana"),
                     _constant([[133, 65], [160, 72], [152, 70], [120, 60]]),
                     _constant([[1], [0], [0], [1]]))
NEW_PEOPLE = People(("Emily", "Frank"), _constant([[128, 63], [155, 68]]), None)
SLEEP_STUDY = SleepStudy(_constant([[3, 5], [5, 1], [10, 2]]),
                         _constant([[0.75], [0.82], [0.93]]), _constant([8, 3]))

# The lesson slides' grid of 100 digits: the labels of MNIST's training digits number 2 to 101.
DIGIT_GRID = (
    "0419213143", "5361728694", "0911243273", "8690560761", "8793985933",
    "0749809414", "4604561001", "7163021179", "0267839046", "7468078315",
)  # fmt: skip

# The grid as the slides print it: their first copy, and their second and third, which are alike.
MISREAD_GRIDS = (
    ("0419213143", "5361728694", "0971243273", "8690560761", "8793985533",
     "0749809474", "4604561001", "7163021178", "0267839046", "7468078315"),
    ("0479213143", "5361728694", "0971243273", "8690560761", "8793985533",
     "0749809474", "4604561001", "7163027779", "0267839046", "7468078375"),
)  # fmt: skip
