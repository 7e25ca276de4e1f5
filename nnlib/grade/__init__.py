"""Grades a folder of submitted notebooks: `python -m nnlib.grade FOLDER`.

The checks of nnlib.exercises judge here; the notebooks run in processes of their own (child.py),
which may do little (lock.py) and hand over plain values only (wire.py).
"""
