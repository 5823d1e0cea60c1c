"""The delta rule: what a neuron computes, how wrong it is, and how to adjust its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.activation import sigmoid_slope

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def weighted_sum(inputs: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """Multiply each input by its weight and add up.

    Args:
        inputs: One row, shape (n,), or many, shape (rows, n).
        weights: One weight for each input, shape (n, 1) or (n,).

    Returns:
        Shape (1,) for one row, (rows, 1) for many. Never NaN: a sum too large for
        float64 becomes plus or minus infinity, by its sign.

    Raises:
        TypeError: Something other than real numbers.
        ValueError: Shapes that do not fit, nothing at all, ragged rows, NaN or infinity.

    Examples:
        >>> from firstneuron import weighted_sum
        >>> weighted_sum([1, 0, 1], [0.5, 2.0, -0.25])
        array([0.25])
    """
    rows = _checks.rows_of("inputs", inputs)
    return sum_of(rows, _checks.column_of_weights("weights", weights, rows.shape[-1]))


def sum_of(
    rows: NDArray[np.float64],
    column: NDArray[np.float64],
    bias: NDArray[np.float64] | float | None = None,
) -> NDArray[np.float64]:
    """The weighted sum of numbers already checked, and the bias if there is one."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        sums = np.dot(rows, column)
        if not np.isfinite(sums).all():
            # A product overflowed, and infinity minus infinity is NaN. Powers of two scale
            # without rounding: taken out before the sum and put back after it, they leave
            # infinite only what is too large.
            row_power = np.frexp(np.abs(rows).max(axis=-1, keepdims=True))[1]
            column_power = np.frexp(np.abs(column).max())[1]
            scaled = np.dot(np.ldexp(rows, -row_power), np.ldexp(column, -column_power))
            sums = np.where(np.isfinite(sums), sums, np.ldexp(scaled, row_power + column_power))
        return np.asarray(sums if bias is None else sums + bias)


def half_squared_error(targets: ArrayLike, outputs: ArrayLike) -> np.float64:
    """The loss that training descends: half the sum of the squared errors.

    Args:
        targets: What the neuron should have answered, any shape.
        outputs: What it answered, the same shape.

    Returns:
        Half the sum of (target - output) squared, over all elements; infinity if that is
        too large for float64.

    Raises:
        TypeError: Something other than real numbers.
        ValueError: Shapes that differ, nothing at all, ragged rows, NaN or infinity.

    Examples:
        >>> from firstneuron import half_squared_error
        >>> half_squared_error([[0], [1]], [[0.5], [0.5]])
        np.float64(0.25)
    """
    wanted, got = _same_shape(targets, outputs)
    with np.errstate(over="ignore", under="ignore"):
        return np.float64(0.5 * np.sum((wanted - got) ** 2))


def mean_squared_error(targets: NDArray[np.float64], outputs: NDArray[np.float64]) -> np.float64:
    """The mean of the squared errors of numbers already checked."""
    with np.errstate(over="ignore", under="ignore"):
        return np.float64(np.mean((targets - outputs) ** 2))


def mean_absolute_error(targets: NDArray[np.float64], outputs: NDArray[np.float64]) -> np.float64:
    """The mean of the errors without their signs, of numbers already checked."""
    with np.errstate(over="ignore"):
        return np.float64(np.mean(np.abs(targets - outputs)))


def adjustment(inputs: ArrayLike, targets: ArrayLike, outputs: ArrayLike) -> NDArray[np.float64]:
    """How much the delta rule changes each weight in one step.

    Error times slope times input, summed over the examples. It is exactly the negative
    gradient of `half_squared_error` with respect to the weights.

    Args:
        inputs: The examples, shape (rows, n).
        targets: What the neuron should answer, shape (rows, 1).
        outputs: What it answers now, shape (rows, 1), each from 0 to 1.

    Returns:
        The change of each weight, shape (n, 1), for a step size of 1. Never NaN, as in
        `weighted_sum`.

    Raises:
        TypeError: Something other than real numbers.
        ValueError: Shapes that do not fit, nothing at all, ragged rows, NaN, infinity, or
            an output outside 0 to 1.

    Examples:
        >>> from firstneuron import adjustment
        >>> adjustment([[1, 0, 1]], [[1]], [[0.5]])
        array([[0.125],
               [0.   ],
               [0.125]])
    """
    rows = _checks.finite_numbers("inputs", inputs)
    wanted, got = _same_shape(targets, outputs)
    if rows.ndim != 2 or wanted.shape != (len(rows), 1):
        raise ValueError(
            "expected inputs of shape (rows, n) and targets of shape (rows, 1), "
            f"got shapes {rows.shape} and {wanted.shape}"
        )
    with np.errstate(under="ignore"):
        error_times_slope = (wanted - got) * sigmoid_slope(got)
    return sum_of(rows.T, error_times_slope)


def _same_shape(
    targets: ArrayLike, outputs: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    wanted = _checks.finite_numbers("targets", targets)
    got = _checks.finite_numbers("outputs", outputs)
    if wanted.shape != got.shape:
        raise ValueError(
            f"expected targets and outputs of the same shape, got {wanted.shape} and {got.shape}"
        )
    return wanted, got
