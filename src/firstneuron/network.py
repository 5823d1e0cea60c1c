"""The neuron: one weight for each input, one answer, and the steps by which it learns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.activation import squash
from firstneuron.blocks import PIECE, Plan, product, slices
from firstneuron.rule import sum_of
from firstneuron.saturation import tally
from firstneuron.start import random_weights
from firstneuron.trainable import Trainable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Self

    from numpy.typing import ArrayLike, NDArray

    from firstneuron.blocks import Array, Block, Correct
    from firstneuron.file import Contents
    from firstneuron.saturation import Tally


class NeuralNetwork(Trainable):
    """One neuron with a few inputs and one output, as in the article.

    Without arguments it is the article's network: three inputs and the start weights that
    seed 1 gives. It has a random generator of its own, so making one leaves
    `numpy.random`'s global state alone.

    Args:
        number_of_inputs: How many inputs, and so weights, the neuron has.
        seed: Where the random start weights begin, from 0 to 2**32 - 1. The same seed gives
            the same weights; None gives others each time.
        start_weights: Weights to begin with instead of random ones, one for each input.
        bias: A number to begin with, 0 for instance, for a neuron with a bias of its own: it is
            added to every weighted sum, and learned like a weight. None, as in the
            article, for a neuron without one.

    Raises:
        TypeError: A number of inputs or a seed that is not whole, or weights or a bias that are
            not real numbers.
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

    _kind = "NeuralNetwork"

    def __init__(
        self,
        *,
        number_of_inputs: int = 3,
        seed: int | None = 1,
        start_weights: ArrayLike | None = None,
        bias: float | None = None,
    ) -> None:
        count = _checks.whole_number("number_of_inputs", number_of_inputs, at_least=1)
        seed = _checks.seed(seed)
        if start_weights is None:
            (weights,) = random_weights("number_of_inputs", seed, [(count, 1)])
        else:
            weights = _checks.column_of_weights("start_weights", start_weights, count)
        self._parameters = [weights]
        if bias is not None:
            self._parameters.append(np.array([[_checks.bias("bias", bias)]]))

    @property
    def synaptic_weights(self) -> NDArray[np.float64]:
        """The weights, one for each input, shape (number of inputs, 1).

        Setting it takes a copy. Training makes a new array, so what you read before it
        stays as it was.

        Raises:
            TypeError: Set to something other than real numbers.
            ValueError: Set to the wrong number of weights, to NaN or to infinity.
        """
        return self._parameters[0]

    @synaptic_weights.setter
    def synaptic_weights(self, weights: ArrayLike) -> None:
        count = len(self._parameters[0])
        column = _checks.column_of_weights("synaptic_weights", weights, count)
        self._parameters = [column, *self._parameters[1:]]

    @property
    def bias(self) -> float | None:
        """What is added to every weighted sum; None for a neuron without a bias.

        Raises:
            TypeError: Set to something other than a real number.
            ValueError: Set to NaN or infinity, or for a neuron without a bias.
        """
        return float(self._parameters[1][0, 0]) if len(self._parameters) > 1 else None

    @bias.setter
    def bias(self, bias: float) -> None:
        if len(self._parameters) == 1:
            raise ValueError("bias: this neuron has none; make one with NeuralNetwork(bias=0)")
        self._parameters = [self._parameters[0], np.array([[_checks.bias("bias", bias)]])]

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
        return self._activations(_checks.rows_of("inputs", inputs, self._shape[0]))[0]

    def _activations(self, rows: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        weights, *bias = self._usable_parameters()
        return [squash(sum_of(rows, weights, bias[0][0] if bias else None))]

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self._parameters[0]), 1

    def _plan(self, negated: list[NDArray[np.float64]]) -> Plan:
        weights, bias = negated if len(negated) > 1 else (negated[0], None)
        count = sum(it.size for it in negated)
        return Plan(partial(_corrector, weights, bias), count, _scratch, threads=True)

    def _to_contents(self) -> dict[str, Any]:
        weights, *_ = self._usable_parameters()
        return {"synaptic_weights": weights[:, 0].tolist(), "bias": self.bias}

    @classmethod
    def _from_contents(cls, contents: Contents) -> Self:
        weights = contents.take("synaptic_weights", 1)
        bias = contents.take("bias", 0, optional=True)
        return cls(number_of_inputs=len(weights), start_weights=weights, bias=bias)

    def __repr__(self) -> str:
        """Show the number of inputs, the weights if they are few, and the bias if there is one."""
        count = len(self.synaptic_weights)
        bias = "" if self.bias is None else f", bias={self.bias:.8g}"
        if count > 20:
            return f"<NeuralNetwork with {count:,} inputs{bias}>"
        weights = ", ".join(f"{weight:.8g}" for weight in self.synaptic_weights[:, 0])
        return f"NeuralNetwork(number_of_inputs={count}, start_weights=[{weights}]{bias})"


def _scratch(rows: int) -> int:
    """A number for each row, and a piece."""
    return rows + min(rows, PIECE)


def _corrector(weights: Array, bias: Array | None, block: Block) -> Correct:
    # The article's two lines, operation by operation in its order, so that every digit is the
    # same. At four rows the calls cost more than the sums: working in place, with local names,
    # methods looked up once and an array for 1, more than halves the time of a step. At many rows
    # memory costs more: what is done to each number is done in pieces that stay in the cache.
    exp, add, subtract = np.exp, np.add, np.subtract
    multiply, reciprocal, one = np.multiply, np.reciprocal, np.ones(())
    times_weights, sum_up = product(block.inputs), product(block.inputs.T)
    change, change_of_bias = block.change[: weights.size], block.change[weights.size :]
    change = change.reshape(weights.shape)
    rows = len(block.inputs)
    sums, product_of_piece = block.scratch[:rows, None], block.scratch[rows:, None]
    pieces = [
        (sums[piece], block.targets[piece], product_of_piece[: piece.stop - piece.start])
        for piece in slices(rows, PIECE)
    ]

    def correct(last: bool) -> Sequence[Tally]:
        tallies: tuple[Tally, ...] = ()
        times_weights(weights, sums)  # the weighted sums z, negated like the weights
        if bias is not None:
            add(sums, bias, sums)
        for output, targets, delta in pieces:
            exp(output, output)
            add(output, one, output)
            reciprocal(output, output)  # output = 1 / (1 + exp(-z))
            if last:
                tallies += (tally(targets, output),)
            subtract(targets, output, delta)
            multiply(delta, output, delta)
            subtract(one, output, output)
            multiply(delta, output, output)  # error * output * (1 - output), where z was
        sum_up(sums, change)  # change = the sum over the rows of input * delta
        if bias is not None:
            add.reduce(sums, 0, None, out=change_of_bias)
        return tallies

    return correct
