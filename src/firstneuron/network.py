"""The neuron: three weights, one answer, and the steps by which it learns."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.activation import squash
from firstneuron.rule import mean_squared_error, sum_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class NeuralNetwork:
    """One neuron with a few inputs and one output, as in the article.

    Without arguments it is the article's network: three inputs and the start weights that
    seed 1 gives. It has a random generator of its own, so making one leaves
    `numpy.random`'s global state alone.

    Args:
        number_of_inputs: How many inputs, and so weights, the neuron has.
        seed: Where the random start weights begin, from 0 to 2**32 - 1. The same seed gives
            the same weights; None gives others each time.
        start_weights: Weights to begin with instead of random ones, one for each input.

    Raises:
        TypeError: A number of inputs or a seed that is not whole, or weights that are not
            real numbers.
        ValueError: A number out of range, or not one finite weight for each input.

    Examples:
        >>> from firstneuron import (
        ...     NEW_SITUATION, TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork
        ... )
        >>> network = NeuralNetwork()
        >>> network.think(NEW_SITUATION)
        array([0.45860596])
        >>> network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 10_000)
        >>> network.think(NEW_SITUATION)
        array([0.99993704])
    """

    def __init__(
        self,
        *,
        number_of_inputs: int = 3,
        seed: int | None = 1,
        start_weights: ArrayLike | None = None,
    ) -> None:
        count = _checks.whole_number("number_of_inputs", number_of_inputs, at_least=1)
        seed = _checks.seed(seed)
        if start_weights is None:
            # The legacy generator, since it alone yields the article's numbers.
            random = np.random.RandomState(seed)
            self._weights = 2 * random.random_sample((count, 1)) - 1
        else:
            self._weights = _checks.column_of_weights("start_weights", start_weights, count)

    @property
    def synaptic_weights(self) -> NDArray[np.float64]:
        """The weights, one for each input, shape (number of inputs, 1).

        Setting it takes a copy. Training makes a new array, so what you read before it
        stays as it was.

        Raises:
            TypeError: Set to something other than real numbers.
            ValueError: Set to the wrong number of weights, to NaN or to infinity.
        """
        return self._weights

    @synaptic_weights.setter
    def synaptic_weights(self, weights: ArrayLike) -> None:
        count = len(self._weights)
        self._weights = _checks.column_of_weights("synaptic_weights", weights, count)

    def think(self, inputs: ArrayLike) -> NDArray[np.float64]:
        """Answer for one row of inputs, or for many at once.

        Args:
            inputs: One row, shape (n,), or many, shape (rows, n), n being the number of inputs.

        Returns:
            The answers, each from 0 to 1: shape (1,) for one row, (rows, 1) for many.

        Raises:
            TypeError: `inputs` holds something other than real numbers.
            ValueError: `inputs` has another shape, is empty or ragged, or holds NaN or infinity.

        Examples:
            >>> from firstneuron import NeuralNetwork
            >>> NeuralNetwork().think([[1, 0, 0], [0, 0, 0]])
            array([[0.45860596],
                   [0.5       ]])
        """
        rows = _checks.rows_of("inputs", inputs, len(self._weights))
        return squash(sum_of(rows, self._usable_weights()))

    def train(
        self,
        training_set_inputs: ArrayLike,
        training_set_outputs: ArrayLike,
        number_of_training_iterations: int,
        *,
        learning_rate: float = 1.0,
        progress: bool = False,
    ) -> None:
        """Adjust the weights, step by step, so that the answers come closer to the targets.

        Each step uses all rows at once: every weight changes by the sum, over the rows, of
        error times slope times input. Interrupted (Ctrl-C), the network keeps the steps
        it has done.

        Args:
            training_set_inputs: The examples, shape (rows, n).
            training_set_outputs: What to answer for each, shape (rows, 1).
            number_of_training_iterations: How many steps, 0 or more.
            learning_rate: What every change is multiplied by (the step size), above 0.
            progress: Show on standard error how far training has come, and the error.

        Raises:
            TypeError: Something other than real numbers, or steps that are not a whole number.
            ValueError: Shapes that do not fit, nothing to learn from, ragged rows, NaN,
                infinity, negative steps or a step size of 0 or less. All of this is noticed
                before anything changes.
            OverflowError: The weights grew beyond float64; the network keeps its old ones.

        Examples:
            >>> from firstneuron import NeuralNetwork
            >>> network = NeuralNetwork(number_of_inputs=1)
            >>> network.train([[1], [-1]], [[1], [0]], 1000)
            >>> network.think([[1], [-1]]).round(2)
            array([[0.98],
                   [0.02]])
        """
        inputs, targets, steps, rate = _checks.training(
            training_set_inputs,
            training_set_outputs,
            number_of_training_iterations,
            learning_rate,
            (len(self._weights), 1),
        )
        before = self._usable_weights()
        try:
            for done, portion in _portions(steps, 20 if progress else 1):
                self._descend(inputs, targets, portion, rate)
                if progress:
                    error = mean_squared_error(targets, squash(sum_of(inputs, self._weights)))
                    print(  # noqa: T201 -- to tell how far it is, is what was asked for
                        f"step {done:,} of {steps:,}, mean squared error {error:.6f}",
                        file=sys.stderr,
                        flush=True,
                    )
        except OverflowError:
            self._weights = before
            raise

    def _descend(
        self, inputs: NDArray[np.float64], targets: NDArray[np.float64], steps: int, rate: float
    ) -> None:
        """Take `steps` steps of the delta rule over numbers already checked."""
        # The article's two lines, operation by operation in its order, so that every digit is
        # the same. At four rows the calls cost more than the sums: working in place, with
        # local names and an array for 1, more than halves the time of a step. Holding the
        # weights negated spares the minus sign of exp(-z).
        dot, exp, add, subtract = np.dot, np.exp, np.add, np.subtract
        multiply, divide, one = np.multiply, np.divide, np.ones(())
        negated = -self._weights
        output, error = np.empty_like(targets), np.empty_like(targets)
        change, inputs_by_weight = np.empty_like(negated), inputs.T
        try:
            # exp may overflow: 1 / (1 + inf) is 0, as it should be.
            with np.errstate(over="ignore", under="ignore", invalid="ignore"):
                for _ in range(steps):
                    dot(inputs, negated, output)
                    exp(output, output)
                    add(output, one, output)
                    divide(one, output, output)  # output = 1 / (1 + exp(-z))
                    subtract(targets, output, error)
                    multiply(error, output, error)
                    subtract(one, output, output)
                    multiply(error, output, error)  # error * output * (1 - output)
                    dot(inputs_by_weight, error, change)
                    if rate != 1:
                        multiply(change, rate, change)
                    subtract(negated, change, negated)
        finally:  # also after Ctrl-C: the steps done so far are whole steps
            weights = 0 - negated  # where -negated would make -0 of a weight of 0
            finite = np.isfinite(weights).all()
            if finite:
                self._weights = weights
        if not finite:
            raise _checks.grown_too_large(rate)

    def _usable_weights(self) -> NDArray[np.float64]:
        if not np.isfinite(self._weights).all():
            raise ValueError("synaptic_weights: expected finite numbers; the array was changed")
        return self._weights

    def __repr__(self) -> str:
        """Show the number of inputs and the weights."""
        weights = ", ".join(f"{weight:.8g}" for weight in self._weights[:, 0])
        return f"NeuralNetwork(number_of_inputs={len(self._weights)}, start_weights=[{weights}])"


def _portions(steps: int, count: int) -> list[tuple[int, int]]:
    """Split steps into at most `count` portions: (steps done after it, steps in it)."""
    ends = sorted({steps * part // count for part in range(1, count + 1)} - {0})
    return [(end, end - start) for start, end in pairwise([0, *ends])]
