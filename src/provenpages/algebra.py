"""Work out the parts of a formula: what a symbol stands for, and what a product comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

Symbols = dict[str, Any]
"""What each symbol stands for: a number, an array, or a function."""

Term = Callable[[Symbols], Any]
"""A part of a formula: given what the symbols stand for, its value."""


@dataclass(frozen=True)
class Factor:
    """One factor of a product.

    Attributes:
        sign: What stands before it: `*`, `/`, or nothing.
        value: Its value.
        closed: Whether brackets say where it ends.
        raised: Whether an exponent follows its brackets.
    """

    sign: str
    value: Term
    closed: bool = False
    raised: bool = False


class Unreadable(Exception):  # noqa: N818  (it reads as what happened)
    """The formula says something that its reader, or the page, does not know."""


def looked_up(name: str, subscript: str | None, numbers: Symbols) -> Any:  # noqa: ANN401
    """The value of a symbol: by its whole name, or as an element of what has its name."""
    whole = f"{name}_{subscript}" if subscript else name
    if whole in numbers:
        return numbers[whole]
    if not subscript or name not in numbers:
        raise Unreadable(f"nobody says what {whole!r} stands for")
    index = int(subscript) - 1 if subscript.isdigit() else numbers.get(subscript)
    if not isinstance(index, int):
        raise Unreadable(f"nobody says what the index {subscript!r} stands for")
    values = np.asarray(numbers[name])
    if values.ndim == 0 or not 0 <= index < values.shape[-1]:
        raise Unreadable(f"there is no {whole!r}")
    return values[..., index]


def indices(numbers: Symbols) -> range:
    """The indices that a sum runs over: those of the weights."""
    if "w" not in numbers:
        raise Unreadable("a sum over an index needs weights `w`")
    return range(np.asarray(numbers["w"]).shape[-1])


def multiplied(factors: list[Factor], numbers: Symbols) -> Any:  # noqa: ANN401
    """The product of factors, each with the sign before it; a function takes the next one."""
    values = [(it.sign, it.value(numbers)) for it in factors]
    # From the right, so that a function meets its argument before anything else does.
    for index in range(len(values) - 2, -1, -1):
        sign, value = values[index]
        if callable(value):
            if values[index + 1][0] != "":
                raise Unreadable("a function without an argument")
            if factors[index + 1].raised or (
                index + 2 < len(values) and not factors[index + 1].closed
            ):
                raise Unreadable("brackets have to say where the argument of a function ends")
            argument = values.pop(index + 1)[1]
            result = value(*argument) if isinstance(argument, tuple) else value(argument)
            values[index] = (sign, result)
    if any(callable(value) or isinstance(value, tuple) for _, value in values):
        raise Unreadable("a function without an argument, or a list where a number belongs")
    product = values[0][1]
    if any(one == "/" and other == "" for (one, _), (other, _) in pairwise(values)):
        raise Unreadable("brackets have to say what is divided by")
    for sign, value in values[1:]:
        if sign == "/":
            product = product / value
        elif np.ndim(product) == 2 and np.ndim(value) == 2:
            product = product @ value
        else:
            product = product * value
    return product
