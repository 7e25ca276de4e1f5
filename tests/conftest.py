"""Tests in browser/ and js/ need Chromium or Node; SKIP_BROWSER=1 goes without and counts them."""

import os
from pathlib import Path

import pytest
from tools import missing

HERE = Path(__file__).parent
SKIP = os.environ.get("SKIP_BROWSER") == "1"


def pytest_collection_modifyitems(items):
    browser = [item for item in items if item.path.relative_to(HERE).parts[0] in ("browser", "js")]
    if browser and not SKIP and missing():
        pytest.exit(missing(), returncode=1)
    for item in browser if SKIP else []:
        item.add_marker(pytest.mark.skip(reason="SKIP_BROWSER=1"))


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    number = sum("SKIP_BROWSER" in str(report.longrepr) for report in skipped)
    if number:
        terminalreporter.write_line(f"SKIP_BROWSER=1: {number} tests did not run.")
