"""The cores of the processor, for what is worth sharing among them."""

from __future__ import annotations

import os
import sys
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
U = TypeVar("U")

_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""What limits the threads of BLAS limits ours."""

MANY_NUMBERS = 2**24
"""From so many numbers on (128 MB of float64), it is."""


def cores() -> int:
    """How many of them this process may use: those it is given, or fewer if its user says so."""
    if sys.platform == "emscripten":  # in a browser, where there are no threads
        return 1
    if hasattr(os, "sched_getaffinity"):
        given = len(os.sched_getaffinity(0))
    else:
        given = os.cpu_count() or 1
    limits = (os.environ.get(it, "") for it in _LIMITS)
    return min(given, *(int(it) for it in limits if it.isdecimal() and int(it)), given)


def at_the_same_time(function: Callable[[T], U], things: Sequence[T]) -> list[U]:
    """What the function gives for each of them, in their order, each found by a thread.

    Starting a thread takes a ten thousandth of a second. In return none waits for work that never
    comes, and where none can be started, this one does it all.
    """
    found: dict[int, U] = {}
    errors: list[BaseException] = []

    def work(index: int) -> None:
        try:
            found[index] = function(things[index])
        except BaseException as error:  # noqa: BLE001 -- raised below, Ctrl-C as well
            errors.append(error)

    started = []
    for index in range(1, len(things)):
        thread = Thread(target=work, args=(index,))
        try:
            thread.start()
        except RuntimeError:  # in some browsers, and when the program ends
            work(index)
        else:
            started.append(thread)
    work(0)
    for thread in started:
        thread.join()
    if errors:
        raise errors[0]
    return [found[index] for index in range(len(things))]
