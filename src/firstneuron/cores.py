"""The cores of the processor, for what is worth sharing among them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
U = TypeVar("U")

MANY_NUMBERS = 2**24
"""From so many numbers on (128 MB of float64), it is."""


def cores() -> int:
    """How many of them this process may use."""
    if sys.platform == "emscripten":  # in a browser, where there are no threads
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def at_the_same_time(function: Callable[[T], U], things: Sequence[T]) -> list[U]:
    """What the function gives for each of them, in their order, each found by a thread."""
    if len(things) == 1:  # as in a browser
        return [function(things[0])]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- slow to import

    with ThreadPoolExecutor(len(things)) as pool:
        return [*pool.map(function, things)]
