"""Node and Chromium for the browser tests: where they are, or one line naming what to install."""

import shutil
import sys

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium():
    """Return the path of Chromium (or Chrome), or None."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def missing():
    """Return one line that names what to install, or None when everything is there."""
    lacking = [] if shutil.which("node") else ["Node.js (package nodejs)"]
    lacking += [] if chromium() else ["Chromium (package chromium)"]
    if lacking:
        return (
            f"The browser tests need {' and '.join(lacking)}: install it, or run "
            "`make test SKIP_BROWSER=1` to go without them."
        )


if __name__ == "__main__":
    sys.exit(missing())
