"""The exercises of the pages: what the reader's own code has to do, and what to say if it does not.

One module for each, named as in ```` ```{.python exercise=slope} ````. It has one function,
`check(names)`, which takes what the reader's code has defined. It gives what to say to who has
solved it, or raises `NotSolved` with what is wrong, in words that help. The same checks run in the
reader's page and in the tests, so they import NumPy, the standard library and `firstneuron` only.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def check(exercise: str, names: dict[str, Any]) -> str:
    """Put what the reader's code has defined to the checks of an exercise.

    Args:
        exercise: Which.
        names: What is defined, by name.

    Returns:
        What to say to who has solved it.

    Raises:
        NotSolved: Something is wrong.
    """
    said: str = import_module(f"exercises.{exercise}").check(names)
    return said
