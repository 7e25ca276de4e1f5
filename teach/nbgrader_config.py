"""The settings of the nbgrader course: one assignment a chapter, one point an exercise."""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821, nbgrader hands it over
c.CourseDirectory.course_id = "from-one-neuron-to-digits"
c.CourseDirectory.root = str(Path(__file__).parent)
c.ClearSolutions.code_stub = {"python": "..."}  # `check` calls an empty stub [To do]
c.Execute.timeout = 120  # seconds a cell; the longest of the book trains for half a minute

# nnlib lies beside this file, for all notebooks that are marked; nbgrader calls other programs of
# the environment it stands in
os.environ["PYTHONPATH"] = str(Path(__file__).parent)
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
