"""Random start weights: those that the articles' `numpy.random.seed` gives."""

from __future__ import annotations

from math import prod
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from firstneuron._checks import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_WORDS = 624  # of 32 bits, the state of the Mersenne Twister


def random_weights(
    name: str, seed: int | None, shapes: Iterable[tuple[int, ...]]
) -> list[NDArray[np.float64]]:
    """Arrays of these shapes, filled one after the other with numbers from -1 to 1, 1 excluded.

    Raises:
        ValueError: Memory cannot hold them; `name` says how many there should be.
    """
    random = Random() if seed is None else _as_numpy(seed)  # noqa: S311 -- no secrets here
    return [2 * _filled(name, random, shape) - 1 for shape in shapes]


def _filled(name: str, random: Random, shape: tuple[int, ...]) -> NDArray[np.float64]:
    try:
        return np.fromiter(iter(random.random, None), float, prod(shape)).reshape(shape)
    except (MemoryError, OverflowError, ValueError) as error:
        raise ValueError(
            f"{name}: expected no more weights than memory can hold, got shape {shown(shape)}"
        ) from error


def _as_numpy(seed: int) -> Random:
    """Python's generator, begun as `numpy.random.RandomState(seed)` begins.

    Both are the Mersenne Twister and make the same numbers of the same state; but Python makes its
    state of a seed in another way. To import `numpy.random` for a few numbers takes a sixth of the
    time that NumPy takes as a whole.
    """
    words = [seed]
    for index in range(1, _WORDS):
        last = words[-1]
        words.append(1812433253 * (last ^ last >> 30) + index & 0xFFFFFFFF)
    random = Random()  # noqa: S311 -- no secrets here
    random.setstate((3, (*words, _WORDS), None))
    return random
