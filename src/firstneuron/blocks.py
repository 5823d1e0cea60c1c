"""Go through the examples of a step: few at once, many in blocks that fit into the cache.

In blocks, a step reads its examples from memory once and not twice, and needs little memory of its
own. Who shares the work among the cores of the processor depends on how much there is:

- few examples: nobody, and they are one block
- more: BLAS, which shares each of its products; the fewer blocks there are, the better
- many, for one neuron: the cores take blocks of their own, too small for BLAS to share

The blocks of the cores are dealt to lanes, and what the lanes found is added up in their order: so
many examples give the same digits however many cores there are. Where BLAS shares, its own order
counts, and the last digits may depend on the cores.
"""

from __future__ import annotations

from functools import partial
from itertools import accumulate, pairwise
from math import prod
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from firstneuron.cores import MANY_NUMBERS, at_the_same_time, cores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from firstneuron.saturation import Tally

    Array = NDArray[np.float64]
    Correct = Callable[[bool], Sequence[Tally]]
    """Finds the change that its examples ask for; told it is the last time, it tallies them."""

T = TypeVar("T")

PIECE = 2**13  # so many numbers of a few arrays stay in the cache
_LANES = 8  # more cores would not help: they would wait for the memory
_SCRATCH = 0.04  # of the examples' memory: a block for BLAS may need so much more
_NUMBERS = 2**20  # so many at least in a block for BLAS to share, if `_MOST_ROWS` allows it
_NUMBERS_OF_A_CORE = 2**18  # at most in a block of one core: OpenBLAS shares 460,800 and more
_FEWEST_ROWS = 512  # with fewer in a block of one core, the calls cost more than the cache spares
_MOST_ROWS = 2**15


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
        scratch: How many numbers it needs for what is in between, with so many rows.
        threads: Whether cores may have blocks of their own.
    """

    corrector: Callable[[Block], Correct]
    change: int
    scratch: Callable[[int], int]
    threads: bool


def correcting(plan: Plan, inputs: Array, targets: Array) -> tuple[Correct, Array]:
    """What finds the change that all examples together ask for, and the array it writes it to.

    Args:
        plan: How the network takes its examples.
        inputs: Shape (rows, inputs), of numbers already checked.
        targets: Shape (rows, answers), of numbers already checked.
    """
    if not (inputs.flags.forc and inputs.flags.aligned):
        inputs = np.array(inputs, order="C")  # once, or every step would do it
    blocks, sharing = _blocks(plan, *inputs.shape)
    # For each core its lanes; one scratch is enough for those that take turns.
    shares = []
    for lanes in _dealt(_dealt(blocks, _LANES), sharing):
        scratch = np.empty(plan.scratch(blocks[0].stop))
        shares.append([_lane(plan, inputs, targets, it, scratch) for it in lanes])
    changes = [change for share in shares for _, change in share]
    if len(changes) == 1:
        return shares[0][0]

    def correct(last: bool) -> Sequence[Tally]:
        found = at_the_same_time(partial(_one_after_the_other, last), shares)
        for change in changes[1:]:
            np.add(changes[0], change, changes[0])
        return [it for tallies in found for it in tallies]

    return correct, changes[0]


def _one_after_the_other(last: bool, share: Sequence[tuple[Correct, Array]]) -> list[Tally]:
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


def slices(rows: int, most: int) -> list[slice]:
    """The rows in turn, so many at most and none more than the first time."""
    each = -(-rows // -(-rows // most))
    return [slice(start, min(start + each, rows)) for start in range(0, rows, each)]


def _blocks(plan: Plan, rows: int, columns: int) -> tuple[list[slice], int]:
    """The rows of each block, and how many cores take blocks."""
    scratch = plan.scratch(1)
    alone = _NUMBERS_OF_A_CORE // (columns + scratch)
    if plan.threads and rows * columns >= MANY_NUMBERS and alone >= _FEWEST_ROWS:
        return slices(rows, min(alone, _MOST_ROWS)), cores()
    # BLAS shares each of them among the cores, the better the fewer they are.
    sparing = int(_SCRATCH * rows * columns * rows / plan.scratch(rows))
    least = _NUMBERS if plan.threads else _NUMBERS_OF_A_CORE  # layers are shared sooner
    return slices(rows, max(sparing, min(least // (columns + scratch), _MOST_ROWS))), 1


def _lane(
    plan: Plan, inputs: Array, targets: Array, blocks: Sequence[slice], scratch: Array
) -> tuple[Correct, Array]:
    """What goes through some of the blocks, and the array it writes their change to."""

    def corrector(rows: slice, change: Array) -> Correct:
        part = scratch[: plan.scratch(rows.stop - rows.start)]
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
