"""EdgePatch: 144 weights laid on a 12 x 12 patch of a digit as a template."""

import numpy as np
import traitlets as t

from ..activations import sigmoid
from .base import Choice, Number, Whole, Widget
from .digits import pack, ten_digits, to_bytes, unpack

SIDE, WINDOW = 28, 12
PLACES = SIDE - WINDOW + 1
PICTURES = [*"0123456789", "bar", "block", "given"]


def _templates():
    bar, blob = np.zeros((2, WINDOW, WINDOW))
    bar[5:7] = 1
    surround = bar.copy()
    surround[[4, 7]] = -1
    blob[3:9, 3:9] = -0.8
    blob[4:8, 4:8] = 1
    return {"horizontal bar": bar, "bar with surround": surround, "vertical": surround.T,
            "blob": blob}


TEMPLATES = _templates()


class Template(t.TraitType):
    """12 x 12 weights from -2 to 2, as an array or the name of one of TEMPLATES; kept as a list."""

    def make_dynamic_default(self):
        return TEMPLATES["bar with surround"].ravel().tolist()

    def validate(self, obj, value):
        if isinstance(value, str) and value in TEMPLATES:
            value = TEMPLATES[value]
        try:
            W = np.asarray(value, float)
        except (TypeError, ValueError):
            W = np.array(np.nan)
        if W.size != WINDOW**2 or not np.all(np.abs(W) <= 2):
            raise t.TraitError(
                "W must be 12 x 12 numbers from -2 to 2 or one of: "
                f"{', '.join(TEMPLATES)}; got {value if isinstance(value, str) else W.shape}."
            )
        return W.ravel().tolist()


class EdgePatch(Widget):
    """A neuron that looks at a 12 x 12 patch: z = sum of W times patch, plus b; a = σ(z).

    ``picture``: a digit "0" to "9" of the test set, "bar", "block", or "given": your ``image``,
    28 x 28 numbers from 0 to 1. ``row`` and ``col`` (0 to 16) place the window. ``W``: 12 x 12
    numbers from -2 to 2, or "horizontal bar", "bar with surround", "vertical", "blob".
    """

    kind = t.Unicode("edgepatch", read_only=True).tag(sync=True)
    picture = Choice(PICTURES, "7").tag(sync=True)
    row = Whole(3, min=0, max=PLACES - 1).tag(sync=True)
    col = Whole(8, min=0, max=PLACES - 1).tag(sync=True)
    W = Template().tag(sync=True)
    b = Number(0.0).tag(sync=True)
    brush = Number(1.0, min=-2, max=2, help="the weight that is painted").tag(sync=True)
    predict = t.Bool(False, help="hide the result until the reader has guessed it").tag(sync=True)
    images = t.Bytes(help="the pictures, packed; in the order of PICTURES").tag(sync=True)

    def __init__(self, image=None, **traits):
        pictures = [*ten_digits(), *_drawings()]
        if image is not None:
            pictures.append(_checked(image))
            traits = {"picture": "given", **traits}
        super().__init__(images=pack(np.array(pictures)), **traits)

    @t.validate("picture")
    def _there(self, proposal):
        if proposal["value"] == "given" and len(unpack(self.images)) < len(PICTURES) * SIDE**2:
            raise t.TraitError('picture="given" needs an image: EdgePatch(image=...).')
        return proposal["value"]

    @property
    def image(self):
        """The picture, (28, 28) numbers from 0 (paper) to 1 (ink), rounded to 1/255."""
        images = unpack(self.images).reshape(-1, SIDE, SIDE)
        return images[PICTURES.index(self.picture)] / 255

    @property
    def patch(self):
        """What the window shows, (12, 12)."""
        return self.image[self.row:self.row + WINDOW, self.col:self.col + WINDOW]

    @property
    def z(self):
        """The weighted input of the neuron."""
        return round(float(np.dot(self.W, self.patch.ravel())), 12) + self.b

    @property
    def a(self):
        """The output of the neuron, σ(z)."""
        return float(sigmoid(self.z))

    @property
    def response(self):
        """z for every place of the window, (17, 17)."""
        windows = np.lib.stride_tricks.sliding_window_view(self.image, (WINDOW, WINDOW))
        return np.tensordot(windows, np.reshape(self.W, (WINDOW, WINDOW)), 2) + self.b

    def caption(self):
        what = f"the digit {self.picture}" if self.picture.isdigit() else f"picture: {self.picture}"
        return (f"A neuron of 144 weights looks at a 12 x 12 patch ({what}, row {self.row}, "
                f"column {self.col}): z = {self.z:.3g} and a = {self.a:.3g}.")

    def table(self):
        W = np.array(self.W)
        return [
            ("row, col", "place of the window's upper left corner", f"{self.row}, {self.col}"),
            ("W", "weights above 0, at 0, below 0",
             f"{np.sum(W > 0)}, {np.sum(W == 0)}, {np.sum(W < 0)}"),
            ("ΣW", "sum of all weights: z of a full block without bias", f"{W.sum():.6g}"),
            ("b", "bias", self.b),
            ("z", "weighted input, W times patch, summed, plus b", f"{self.z:.6g}"),
            ("a", "output, σ(z)", f"{self.a:.6g}"),
        ]


def _drawings():
    """Return the bar and the block as images of bytes: what a template is tried on."""
    bar, block = np.zeros((2, SIDE, SIDE), np.uint8)
    bar[13:15, 4:24] = 255
    block[4:24, 4:24] = 255
    return bar.ravel(), block.ravel()


def _checked(image):
    image = np.asarray(image, float)
    if image.size != SIDE**2 or not np.all((image >= 0) & (image <= 1)):
        raise ValueError(f"image must be 28 x 28 numbers from 0 (paper) to 1 (ink); got shape "
                         f"{image.shape}, from {image.min():g} to {image.max():g}.")
    return to_bytes(image.ravel())
