"""Go through the examples of a step: few at once, many in blocks that fit into the cache.

In blocks, a step reads its examples from memory once and not twice, and needs hardly any memory of
its own. The blocks are dealt to lanes, which the cores of the processor share. What the lanes
found is added up in their order: the digits are the same however many cores there are.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import partial
from itertools import accumulate, pairwise
from math import prod
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from firstneuron.saturation import Tally

    Array = NDArray[np.float64]
    Correct = Callable[[bool], Sequence[Tally]]
    """Finds the change that its examples ask for; told it is the last time, it tallies them."""

T = TypeVar("T")

_LANES = 8  # more cores would not help: they would wait for the memory
_FEWEST_ROWS = 512  # with fewer in a block, the calls cost more than the cache spares
_MOST_ROWS = 2**15
_NUMBERS = 2**20  # in a block; BLAS shares so many among the cores
_NUMBERS_OF_A_CORE = 2**18  # in a block that one core works on alone; so many BLAS does not share
_MANY_NUMBERS = 2**24  # from here on, cores with blocks of their own are the quicker way


def quiet() -> np.errstate:
    """No warning for what is as it should be, or refused at the end.

    exp may overflow: 1 / (1 + inf) is 0. Weights that are not finite are refused.
    """
    return np.errstate(over="ignore", under="ignore", invalid="ignore")


def parts(numbers: Array, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """Arrays of these shapes that share one flat array, so that one call does something to all."""
    ends = accumulate(map(prod, shapes))
    starts = [0, *ends]
    return [
        numbers[start:end].reshape(shape)
        for (start, end), shape in zip(pairwise(starts), shapes, strict=True)
    ]


class Block(NamedTuple):
    """Some of the examples, and where the numbers of a step with them go.

    Attributes:
        inputs: Shape (rows, inputs).
        targets: Shape (rows, answers).
        change: Where to write what the examples ask for, a flat array.
        scratch: For what is in between, a flat array.
    """

    inputs: Array
    targets: Array
    change: Array
    scratch: Array


class Plan(NamedTuple):
    """How a network takes its examples.

    Attributes:
        corrector: Makes the function that finds the change for a block.
        change: How many numbers a change has.
        scratch: How many numbers it needs for each row, beside the inputs.
        threads: Whether cores may have blocks of their own.
    """

    corrector: Callable[[Block], Correct]
    change: int
    scratch: int
    threads: bool


@contextmanager
def correcting(plan: Plan, inputs: Array, targets: Array) -> Iterator[tuple[Correct, Array]]:
    """What finds the change that all examples together ask for, and the array it writes it to.

    Args:
        plan: How the network takes its examples.
        inputs: Shape (rows, inputs), of numbers already checked.
        targets: Shape (rows, answers), of numbers already checked.
    """
    if not (inputs.flags.forc and inputs.flags.aligned):
        inputs = np.array(inputs, order="C")  # once, or every step would do it
    cores = _cores() if plan.threads and inputs.size >= _MANY_NUMBERS else 1
    blocks = _blocks(plan, inputs)
    # For each core its lanes; one scratch is enough for those that take turns.
    shares = []
    for lanes in _dealt(_dealt(blocks, _LANES), cores):
        scratch = np.empty(blocks[0].stop * plan.scratch)
        shares.append([_lane(plan, inputs, targets, it, scratch) for it in lanes])
    changes = [change for share in shares for _, change in share]
    if len(changes) == 1:
        yield shares[0][0]
        return

    def correct(last: bool) -> Sequence[Tally]:
        waiting = [pool.submit(_one_after_the_other, share, last) for share in shares[1:]]
        tallies = _one_after_the_other(shares[0], last)
        for it in waiting:
            tallies += it.result()
        for change in changes[1:]:
            np.add(changes[0], change, changes[0])
        return tallies

    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- slow to import

    with ThreadPoolExecutor(cores) as pool:  # starts no thread before there is something to do
        yield correct, changes[0]


def _one_after_the_other(share: Sequence[tuple[Correct, Array]], last: bool) -> list[Tally]:
    with quiet():  # a thread of its own does not know yet
        return [it for correct, _ in share for it in correct(last)]


def _dealt(things: Sequence[T], among: int) -> list[Sequence[T]]:
    """In order, to as many as there is something for, and as evenly as can be."""
    count = min(among, len(things))
    return [things[len(things) * k // count : len(things) * (k + 1) // count] for k in range(count)]


def product(matrix: Array) -> Callable[..., Any]:
    """What multiplies this matrix with another one into a third."""
    # `dot` is the quicker call, but it copies a matrix that has gaps.
    return matrix.dot if matrix.flags.forc else partial(np.matmul, matrix)


def _blocks(plan: Plan, inputs: Array) -> list[slice]:
    """The rows of each block; the first one has no fewer than the others."""
    rows, columns = inputs.shape
    alone = plan.threads and inputs.size >= _MANY_NUMBERS
    numbers = _NUMBERS_OF_A_CORE if alone else _NUMBERS
    size = min(numbers // (columns + plan.scratch), _MOST_ROWS)
    if size < _FEWEST_ROWS:
        size = rows
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]


def _lane(
    plan: Plan, inputs: Array, targets: Array, blocks: Sequence[slice], scratch: Array
) -> tuple[Correct, Array]:
    """What goes through some of the blocks, and the array it writes their change to."""

    def corrector(rows: slice, change: Array) -> Correct:
        part = scratch[: (rows.stop - rows.start) * plan.scratch]
        return plan.corrector(Block(inputs[rows], targets[rows], change, part))

    change = np.empty(plan.change)
    first = corrector(blocks[0], change)
    if len(blocks) == 1:
        return first, change
    more = np.empty_like(change)
    others = [corrector(rows, more) for rows in blocks[1:]]

    def correct(last: bool) -> Sequence[Tally]:
        tallies = [*first(last)]
        for other in others:
            tallies += other(last)
            np.add(change, more, change)
        return tallies

    return correct, change


def _cores() -> int:
    """How many cores this process may use."""
    if sys.platform == "emscripten":  # in a browser, where there are no threads
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
