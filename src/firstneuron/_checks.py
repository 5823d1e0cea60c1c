"""Turn what a caller gave into numbers, or say what came and what was expected."""

from __future__ import annotations

import operator
import sys
from math import inf, isfinite
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np

from firstneuron.cores import MANY_NUMBERS, at_the_same_time, cores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, TypeVar

    from numpy.typing import ArrayLike, NDArray

    T = TypeVar("T")

_LARGEST_SEED = 2**32 - 1
LARGEST = 1e150
"""Inputs and weights to train with. Their products can be added up without infinity on the way,
from where a sum would not come back."""
_NESTED = (np.ndarray, list, tuple)
_REAL_KINDS = "biuf"  # booleans, integers, unsigned integers, floats


def finite_numbers(name: str, value: ArrayLike, within: float = inf) -> NDArray[np.float64]:
    """`value` as float64, refused if it is not all finite real numbers or has none.

    Args:
        name: What the caller calls it.
        value: What the caller gave.
        within: How far from 0 the numbers may be.
    """
    if "numpy.ma" in sys.modules and _masked(value):  # without importing it, which is slow
        raise ValueError(f"{name}: expected numbers everywhere, got masked values")
    try:
        given = np.asarray(value)
    except ValueError as error:
        ragged = "inhomogeneous" in str(error)
        why = "expected rows of equal length, got ragged rows" if ragged else error
        raise ValueError(f"{name}: {why}") from error
    except TypeError as error:  # of something in a list that is nearly an array
        raise TypeError(f"{name}: expected real numbers, but {error}") from error
    if given.dtype.kind == "O":
        given = _real_objects(name, given)
    if given.dtype.kind not in _REAL_KINDS:
        raise TypeError(f"{name}: expected real numbers, got {_name_of(given.dtype.type)}")
    if given.size == 0:
        raise ValueError(f"{name}: expected numbers, got none (shape {given.shape})")
    with np.errstate(all="ignore"):  # a long double too large for float64 is caught just below
        numbers = np.asarray(given, dtype=np.float64)
    if given.dtype.kind == "f":
        low, high = _extremes(numbers)
        if not (isfinite(low) and isfinite(high)):
            first = numbers[~np.isfinite(numbers)].flat[0]
            raise ValueError(f"{name}: expected finite numbers, got {first}")
        if max(-low, high) > within:
            raise ValueError(
                f"{name}: expected numbers from {-within:g} to {within:g}, whose products can "
                f"still be added up, got {low if -low > high else high}; scale them"
            )
    return numbers


def _extremes(numbers: NDArray[np.float64]) -> tuple[float, float]:
    """The least and the greatest number; NaN if one is NaN.

    That tells whether all are finite without an array of answers, which is large for large data.
    """
    if numbers.size < MANY_NUMBERS or not numbers.flags.forc:
        return float(numbers.min()), float(numbers.max())
    shares = np.array_split(numbers.ravel(order="K"), cores())
    found = np.concatenate(at_the_same_time(_extremes_of_pieces, shares))
    return float(found[:, 0].min()), float(found[:, 1].max())


def _extremes_of_pieces(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    # Of pieces that are still in the cache when the second is looked for.
    pieces = (numbers[start : start + 2**16] for start in range(0, len(numbers), 2**16))
    return np.array([(piece.min(), piece.max()) for piece in pieces]).reshape(-1, 2)


def _masked(value: object, depth: int = 64) -> bool:
    """Whether any of it is masked: an array, an element of one, or an array within lists."""
    if isinstance(value, np.ndarray):
        mask = getattr(value, "mask", None)
        if isinstance(mask, np.bool_ | np.ndarray) and mask.dtype.kind == "b" and mask.any():
            return True
        parts: Iterable[object] = value.ravel().tolist() if value.dtype.kind == "O" else ()
    elif isinstance(value, list | tuple) and depth:  # NumPy goes no deeper either
        parts = value
    else:
        return False
    return any(_masked(it, depth - 1) for it in parts if isinstance(it, _NESTED))


def _real_objects(name: str, given: NDArray[np.object_]) -> NDArray[np.float64]:
    elements: list[object] = given.ravel().tolist()
    for element in elements:
        if isinstance(element, list | tuple | np.ndarray):
            raise ValueError(  # noqa: TRY004 -- a row is a right type, of a wrong length
                f"{name}: expected rows of equal length, got ragged rows"
            )
        if not isinstance(element, Real):
            what = "None" if element is None else _name_of(type(element))
            raise TypeError(f"{name}: expected real numbers, got {what}")
    try:
        with np.errstate(all="ignore"):  # as for long doubles that lie in no object
            return given.astype(np.float64)
    except OverflowError as error:
        raise ValueError(f"{name}: expected numbers within float64, got one too large") from error


def rows_of(name: str, value: ArrayLike, columns: int | None = None) -> NDArray[np.float64]:
    """`value` as one row, shape (columns,), or as many, shape (rows, columns)."""
    numbers = finite_numbers(name, value)
    if numbers.ndim not in (1, 2) or columns not in (None, numbers.shape[-1]):
        n = "n" if columns is None else columns
        raise ValueError(
            f"{name}: expected one row of {n} numbers or many, shape ({n},) "
            f"or (rows, {n}), got shape {numbers.shape}"
        )
    return numbers


def training_set(
    inputs: ArrayLike,
    outputs: ArrayLike,
    shape: tuple[int, int],
    names: tuple[str, str] = ("training_set_inputs", "training_set_outputs"),
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Inputs and their targets, of the shape of a network: so many inputs, so many answers."""
    columns, answers = shape
    rows = finite_numbers(names[0], inputs, within=LARGEST)
    if rows.ndim != 2 or rows.shape[1] != columns:
        raise ValueError(
            f"{names[0]}: expected shape (rows, {columns}), "
            f"one row for each example, got shape {rows.shape}"
        )
    targets = finite_numbers(names[1], outputs)
    if targets.shape != (len(rows), answers):
        hint = ""
        if targets.size == len(rows) and answers == 1:
            hint = "; write array([[0, 1, 1, 0]]).T, or .reshape(-1, 1), to make it a column"
        what = "one target" if answers == 1 else f"{answers} targets"
        raise ValueError(
            f"{names[1]}: expected shape ({len(rows)}, {answers}), "
            f"{what} for each row of inputs, got shape {targets.shape}{hint}"
        )
    return rows, targets


def iterable(name: str, value: Iterable[T], expected: str) -> Iterator[T]:
    """What one can go through."""
    try:
        return iter(value)
    except TypeError:
        raise TypeError(f"{name}: expected {expected}, got {shown(value)}") from None


def pair(
    name: str, value: tuple[ArrayLike, ArrayLike], shape: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Inputs and their targets, given as one, for a network of this shape."""
    try:
        inputs, targets = value
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"{name}: expected a pair of inputs and targets, got {type(value).__name__}: {error}"
        ) from error
    return training_set(inputs, targets, shape, (f"{name}: inputs", f"{name}: targets"))


def grown_too_large(learning_rate: float) -> OverflowError:
    """What to say when training made weights that cannot be trained with any more."""
    return OverflowError(
        f"the weights grew beyond {LARGEST:g} with learning_rate {learning_rate:g}; "
        "try a smaller one, or smaller inputs"
    )


def column_of_weights(name: str, value: ArrayLike, count: int) -> NDArray[np.float64]:
    """A fresh array of shape (count, 1) from `count` numbers, flat or in a column."""
    numbers = finite_numbers(name, value)
    if numbers.shape not in ((count,), (count, 1)):
        raise ValueError(
            f"{name}: expected shape ({count}, 1), one weight for each input, "
            f"got shape {numbers.shape}"
        )
    return numbers.reshape(count, 1).copy()


def layer_sizes(name: str, value: Sequence[int]) -> tuple[int, ...]:
    """`value` as two or more whole numbers of 1 or more."""
    expected = "two or more whole numbers: how many inputs, then neurons in each layer"
    if isinstance(value, str | bytes | set | frozenset | dict):  # none of these is in an order
        raise TypeError(f"{name}: expected {expected}, got {shown(value)}")
    sizes = tuple(whole_number(name, it, at_least=1) for it in iterable(name, value, expected))
    if len(sizes) < 2:
        raise ValueError(f"{name}: expected {expected}, got {shown(value)}")
    return sizes


def layers(
    name: str, value: Sequence[ArrayLike], shapes: Sequence[tuple[int, ...]]
) -> list[NDArray[np.float64]]:
    """Fresh arrays, one for each layer, each of its shape."""
    expected = f"{len(shapes)} array{'s' * (len(shapes) > 1)}, one for each layer"
    given = list(iterable(name, value, expected))
    if len(given) != len(shapes):
        raise ValueError(f"{name}: expected {expected}, got {len(given)}")
    found = []
    for number, (layer, shape) in enumerate(zip(given, shapes, strict=True)):
        numbers = finite_numbers(f"{name}[{number}]", layer)
        if numbers.shape != shape:
            raise ValueError(f"{name}[{number}]: expected shape {shape}, got shape {numbers.shape}")
        found.append(numbers.copy())
    return found


def bias(name: str, value: float) -> float:
    """`value` as one finite number. True is no number here: one asks for a bias with 0."""
    expected = "expected one number to begin with, 0 for instance"
    if isinstance(value, bool | np.bool_):
        raise TypeError(f"{name}: {expected}, got {value!r}")
    numbers = finite_numbers(name, value)
    if numbers.ndim != 0:
        raise ValueError(f"{name}: {expected}, got shape {numbers.shape}")
    return float(numbers)


def seed(value: int | None) -> int | None:
    """`value` as a seed of NumPy's legacy generator, or None."""
    if value is None:
        return None
    return whole_number("seed", value, at_least=0, at_most=_LARGEST_SEED)


def whole_number(name: str, value: int, *, at_least: int, at_most: int | None = None) -> int:
    """`value` as an int within its bounds. True and 2.0 are not whole numbers here."""
    bounds = f"{at_least} or more" if at_most is None else f"from {at_least} to {at_most}"
    if isinstance(value, bool | np.bool_):
        raise TypeError(f"{name}: expected a whole number, {bounds}, got {shown(value)}")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name}: expected a whole number, {bounds}, got {shown(value)}") from None
    if number < at_least or (at_most is not None and number > at_most):
        raise ValueError(f"{name}: expected a whole number, {bounds}, got {shown(number)}")
    return number


def number_of_steps(name: str, value: int, *, at_least: int) -> int:
    """`value` as an int that a loop can count to."""
    number = whole_number(name, value, at_least=at_least)
    if number > sys.maxsize:
        raise ValueError(
            f"{name}: expected no more than {sys.maxsize:,} steps, got {shown(number)}"
        )
    return number


def positive_number(name: str, value: float) -> float:
    """`value` as a float above zero."""
    numbers = finite_numbers(name, value)
    if numbers.ndim != 0 or numbers <= 0:
        raise ValueError(f"{name}: expected one number above 0, got {shown(value)}")
    return float(numbers)


def read_only(values: Iterable[ArrayLike]) -> NDArray[Any]:
    """An array of these values that nobody can change by mistake."""
    array = np.array(list(values))
    array.flags.writeable = False
    return array


def shown(value: object) -> str:
    """What came, in one short line, even if it is huge or cannot show itself."""
    try:
        text = " ".join(map(str.strip, repr(value).splitlines()))
    except Exception:  # noqa: BLE001 -- whatever it is, it is not what this error is about
        if isinstance(value, int):  # Python writes no number of more than some thousand digits
            return f"an int of {value.bit_length():,} bits"
        return f"{type(value).__name__} that cannot be shown"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _name_of(kind: type) -> str:
    return kind.__name__.rstrip("_")  # NumPy calls text str_
