"""The house style: one colour per meaning, and one call that switches it on."""

from importlib.resources import as_file, files

import matplotlib.pyplot as plt

INK = "#1B1B1F"        # text, axes, the curve the figure is about
POSITIVE = "#0B63B0"   # blue: positive weights, slopes
NEGATIVE = "#C2500A"   # orange: negative weights, always dashed as well
ACCENT = "#F0C000"     # yellow: fill or halo with an ink outline, never text or a thin line
NEUTRAL = "#F2F2F0"    # zero on a scale from negative to positive
DASH = (0, (5, 3))     # the dashes of a negative weight


def use_style():
    """Switch on the book's style; in a notebook figures become SVG with a transparent ground."""
    with as_file(files(__package__) / "book.mplstyle") as path:
        plt.style.use(path)
    try:
        from IPython import get_ipython
        from matplotlib_inline.backend_inline import set_matplotlib_formats
    except ImportError:
        return
    if get_ipython() is not None:
        set_matplotlib_formats("svg", metadata={"Date": None})


def signed(value):
    """A short number with a real minus sign."""
    return f"{value:.4g}".replace("-", "\N{MINUS SIGN}")
