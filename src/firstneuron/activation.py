"""The sigmoid, which squashes any number into one between 0 and 1, and its slope."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

import numpy as np

from firstneuron import _checks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@overload
def sigmoid(z: float) -> np.float64: ...
@overload
def sigmoid(z: ArrayLike) -> NDArray[np.float64]: ...
def sigmoid(z: ArrayLike) -> NDArray[np.float64] | np.float64:
    """Squash weighted sums into outputs between 0 and 1.

    A sum of 0 becomes exactly 0.5. Large sums come close to 1, large negative sums close
    to 0. Above about 37 the result is exactly 1, since float64 has no number closer to 1;
    below about -709 it is exactly 0, since exp(-z) is too large for float64.

    Args:
        z: One weighted sum, or an array of them of any shape.

    Returns:
        An array of the shape of `z`, or one number for one number.

    Raises:
        TypeError: `z` holds something other than real numbers.
        ValueError: `z` is empty or ragged, or holds NaN or infinity.

    Examples:
        >>> from firstneuron import sigmoid
        >>> sigmoid(0)
        np.float64(0.5)
        >>> sigmoid([-4, 0, 4])
        array([0.01798621, 0.5       , 0.98201379])
    """
    return squash(_checks.finite_numbers("z", z))


def squash(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sigmoid of numbers already checked; infinity gives 1 and minus infinity 0."""
    # Below about -709 exp(-z) overflows to infinity: 1 / (1 + inf) is 0, as it should be.
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(1 / (1 + np.exp(-z)))[()]


@overload
def sigmoid_slope(outputs: float) -> np.float64: ...
@overload
def sigmoid_slope(outputs: ArrayLike) -> NDArray[np.float64]: ...
def sigmoid_slope(outputs: ArrayLike) -> NDArray[np.float64] | np.float64:
    """How steep the sigmoid is where it gives these outputs.

    The argument is the sigmoid's *output* o, not its input z: the slope at z is
    o(1 - o) with o = sigmoid(z). It is at most 0.25, where the output is 0.5.

    Args:
        outputs: One output of the sigmoid, or an array of them of any shape.

    Returns:
        An array of the shape of `outputs`, or one number for one number.

    Raises:
        TypeError: `outputs` holds something other than real numbers.
        ValueError: `outputs` is empty or ragged, or holds NaN, infinity, or a number
            that no sigmoid gives (below 0 or above 1).

    Examples:
        >>> from firstneuron import sigmoid, sigmoid_slope
        >>> sigmoid_slope(0.5)
        np.float64(0.25)
        >>> sigmoid_slope(sigmoid([-4, 0, 4]))
        array([0.01766271, 0.25      , 0.01766271])
    """
    numbers = _checks.finite_numbers("outputs", outputs)
    outside = (numbers < 0) | (numbers > 1)
    if outside.any():
        raise ValueError(
            "outputs: expected outputs of the sigmoid, from 0 to 1, "
            f"got {np.extract(outside, numbers)[0]}; pass sigmoid(z), not z"
        )
    return np.asarray(numbers * (1 - numbers))[()]
