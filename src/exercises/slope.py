"""Write `slope_at(z)`: how steep the sigmoid is at a weighted sum.

It is held against the curve, measured, and not against the formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from exercises import _ask
from firstneuron import sigmoid, sigmoid_slope
from provenpages.in_page import NotSolved

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_SUMS = (0, 2, -1.5, 0.5, 6.0)
_COLUMN = np.array([[-3.0], [-0.5], [0.0], [2.5]])
_NEAR = 1e-5
_TOLERANCE = 1e-7

_MISTAKES: tuple[tuple[Curve, str], ...] = (
    (
        lambda z: 0 * z,
        (
            "slope_at gives 0 for every sum, as it did in the beginning. Work out the output o for "
            "the sum z first, then the slope from o."
        ),
    ),
    (
        lambda z: 0 * z + 0.25,
        "0.25 is right in the middle only, where the sum is 0. Farther out the curve is flatter.",
    ),
    (
        lambda z: z * (1 - z),
        "This is the formula for the output, and z is the sum. Put z through the sigmoid first.",
    ),
    (
        sigmoid,
        "This is the output: how high the curve is. How steep it is follows from the output.",
    ),
    (
        lambda z: sigmoid_slope(sigmoid(sigmoid(z))),
        "The sigmoid is applied twice here. If o is the output already, the slope is o * (1 - o).",
    ),
    (
        lambda z: -sigmoid_slope(sigmoid(z)),
        "The size is right, the sign is not: the curve rises everywhere, so its slope is above 0.",
    ),
)
_ONE_AT_A_TIME = {
    TypeError: "For one number it works. Take exp from NumPy, not from math: it takes arrays, too.",
    ValueError: "For one number it works. But if cannot decide for four sums at once.",
}


def check(names: dict[str, Any]) -> str:
    """Hold the reader's `slope_at` against the curve."""
    slope_at = _ask.function(names, "slope_at", "z")
    sums = np.array(_SUMS)
    got = np.array([_one_number(slope_at, z) for z in _SUMS])
    if not np.allclose(got, _measured(sums), rtol=0, atol=_TOLERANCE):
        raise NotSolved(_diagnosis(sums, got))
    _check_column(slope_at)
    return "Held against the curve itself, your slope is right, for a number and for an array."


def _measured(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    return (sigmoid(sums + _NEAR) - sigmoid(sums - _NEAR)) / (2 * _NEAR)


def _one_number(slope_at: Callable[..., Any], z: float) -> float:
    got = _ask.answer(f"slope_at({z})", slope_at, z)
    if got.shape != ():
        raise NotSolved(f"slope_at({z}) gives an array of shape {got.shape}. Give one number back.")
    return float(got)


def _diagnosis(sums: NDArray[np.float64], got: NDArray[np.float64]) -> str:
    for mistake, words in _MISTAKES:
        if np.allclose(got, mistake(sums), rtol=0, atol=_TOLERANCE):
            return words
    if np.ptp(got) == 0:
        return f"slope_at gives {got[0]:g} for every sum. The curve is not that straight: use z."
    right = _measured(sums)
    worst = np.abs(got - right).argmax()
    return (
        f"slope_at({_SUMS[worst]}) gives {got[worst]:.6f}. Measured on the curve, as above, the "
        f"slope there is {right[worst]:.6f}."
    )


def _check_column(slope_at: Callable[..., Any]) -> None:
    got = _ask.answer(
        "For a column of four sums, slope_at",
        slope_at,
        _COLUMN.copy(),
        hints=_ONE_AT_A_TIME,
    )
    if got.shape != _COLUMN.shape:
        raise NotSolved(
            f"slope_at is right for one number. For a column of four sums, shape (4, 1), it gives "
            f"shape {got.shape}: there has to be a slope for each of them."
        )
    if not np.allclose(got, _measured(_COLUMN), rtol=0, atol=_TOLERANCE):
        raise NotSolved(
            "slope_at is right for one number. In a column of four sums, some slopes are not those "
            "of the sums in their places."
        )
