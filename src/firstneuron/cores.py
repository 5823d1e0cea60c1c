"""The cores of the processor, for what is worth sharing among them."""

from __future__ import annotations

import os
import sys

MANY_NUMBERS = 2**24
"""From so many numbers on (128 MB of float64), it is."""


def cores() -> int:
    """How many of them this process may use."""
    if sys.platform == "emscripten":  # in a browser, where there are no threads
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
