"""The exercises of the pages: what the reader's own code has to do, and what to say if it does not.

One module for each, named as in ```` ```{.python exercise=slope} ````. It has one function,
`check(names)`, which takes what the reader's code has defined and returns what is wrong, in words
that help, or nothing. The same checks run in the reader's page and in the tests.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from provenpages.in_page import Feedback


def check(exercise: str, names: dict[str, Any]) -> Feedback:
    """Put what the reader's code has defined to the checks of an exercise.

    Args:
        exercise: Which.
        names: What is defined, by name.
    """
    module = import_module(f"exercises.{exercise}")
    wrong = module.check(names)
    return Feedback(solved=not wrong, text=wrong or module.SOLVED)
