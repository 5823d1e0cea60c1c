"""Neurons in layers: what one neuron cannot learn, several can."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.activation import squash
from firstneuron.rule import sum_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


class MultiLayerNetwork:
    """Layers of neurons, each fed by the one before it; no bias.

    Without arguments it is the network of the articles' sequels: three inputs, four hidden
    neurons, one output. Its start weights come layer by layer from one generator of its own.

    Args:
        layer_sizes: How many inputs, then how many neurons in each layer; the last of them
            answer.
        seed: Where the random start weights begin, from 0 to 2**32 - 1. The same seed gives
            the same weights; None gives others each time.
        start_weights: Weights to begin with instead of random ones: for each layer an array of
            shape (size of the layer before, size of the layer).

    Raises:
        TypeError: Sizes or a seed that are not whole, or weights that are not real numbers.
        ValueError: Fewer than two sizes, a size below 1, a seed out of range, or weights that
            do not fit.

    Examples:
        >>> from firstneuron import MultiLayerNetwork
        >>> either, not_both = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [[0], [1], [1], [0]]
        >>> network = MultiLayerNetwork([3, 4, 1])
        >>> network.train(either, not_both, 60_000)
        >>> network.think(either).round(1)
        array([[0.],
               [1.],
               [1.],
               [0.]])
    """

    def __init__(
        self,
        layer_sizes: Sequence[int] = (3, 4, 1),
        *,
        seed: int | None = 1,
        start_weights: Sequence[ArrayLike] | None = None,
    ) -> None:
        self._sizes = _checks.layer_sizes("layer_sizes", layer_sizes)
        seed = _checks.seed(seed)
        if start_weights is None:
            # The legacy generator, since it alone yields the articles' numbers.
            random = np.random.RandomState(seed)
            self._weights = [2 * random.random_sample(it) - 1 for it in pairwise(self._sizes)]
        else:
            self._weights = _checks.layers_of_weights("start_weights", start_weights, self._sizes)

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """How many inputs, then how many neurons in each layer."""
        return self._sizes

    @property
    def synaptic_weights(self) -> list[NDArray[np.float64]]:
        """The weights of each layer, shape (size of the layer before, size of the layer).

        The column of a layer's array belongs to one of its neurons. Setting takes copies.
        Training makes new arrays, so what you read before it stays as it was.

        Raises:
            TypeError: Set to something other than real numbers.
            ValueError: Set to arrays of other shapes, to NaN or to infinity.
        """
        return list(self._weights)

    @synaptic_weights.setter
    def synaptic_weights(self, weights: Sequence[ArrayLike]) -> None:
        self._weights = _checks.layers_of_weights("synaptic_weights", weights, self._sizes)

    def think(self, inputs: ArrayLike) -> NDArray[np.float64]:
        """Answer for one row of inputs, or for many at once.

        Args:
            inputs: One row, shape (n,), or many, shape (rows, n), n being the number of inputs.

        Returns:
            The last layer's answers, each from 0 to 1: shape (neurons,) for one row,
            (rows, neurons) for many.

        Raises:
            TypeError: `inputs` holds something other than real numbers.
            ValueError: `inputs` has another shape, is empty or ragged, or holds NaN or infinity.

        Examples:
            >>> from firstneuron import MultiLayerNetwork
            >>> MultiLayerNetwork([3, 4, 1]).think([1, 1, 0])
            array([0.52285196])
        """
        return self.activations(inputs)[-1]

    def activations(self, inputs: ArrayLike) -> list[NDArray[np.float64]]:
        """What every layer answers, the hidden ones too.

        Args:
            inputs: One row, shape (n,), or many, shape (rows, n), n being the number of inputs.

        Returns:
            For each layer, from the first hidden one to the last, the outputs of its neurons:
            shape (neurons,) for one row, (rows, neurons) for many.

        Raises:
            TypeError: As for `think`.
            ValueError: As for `think`.

        Examples:
            >>> from firstneuron import MultiLayerNetwork
            >>> hidden, answer = MultiLayerNetwork([3, 4, 1]).activations([[0, 0, 1], [1, 0, 1]])
            >>> hidden.shape, answer.shape
            ((2, 4), (2, 1))
        """
        passed = _checks.rows_of("inputs", inputs, self._sizes[0])
        found = []
        for weights in self._usable_weights():
            passed = squash(sum_of(passed, weights))
            found.append(passed)
        return found

    def train(
        self,
        training_set_inputs: ArrayLike,
        training_set_outputs: ArrayLike,
        number_of_training_iterations: int,
        *,
        learning_rate: float = 1.0,
    ) -> None:
        """Adjust the weights of all layers, step by step, by backpropagation.

        Each step uses all rows at once. The last layer's delta is its error times its slope.
        Each layer before it gets its share of that through the weights, times its own slope. When
        every layer has its delta, and not before, all weights change by delta times
        input, summed over the rows. Interrupted (Ctrl-C), the network keeps the steps
        it has done.

        Args:
            training_set_inputs: The examples, shape (rows, n).
            training_set_outputs: What to answer for each, shape (rows, neurons of the last
                layer).
            number_of_training_iterations: How many steps, 0 or more.
            learning_rate: What every change is multiplied by (the step size), above 0.

        Raises:
            TypeError: Something other than real numbers, or steps that are not a whole number.
            ValueError: Shapes that do not fit, nothing to learn from, ragged rows, NaN,
                infinity, negative steps or a step size of 0 or less. All of this is noticed
                before anything changes.
            OverflowError: The weights grew beyond float64; the network keeps its old ones.

        Examples:
            >>> from firstneuron import MultiLayerNetwork
            >>> network = MultiLayerNetwork([2, 3, 2])
            >>> network.train([[0, 1], [1, 0]], [[1, 0], [0, 1]], 5000)
            >>> network.think([[0, 1], [1, 0]]).round(1)
            array([[1., 0.],
                   [0., 1.]])
        """
        self._descend(
            *_checks.training(
                training_set_inputs,
                training_set_outputs,
                number_of_training_iterations,
                learning_rate,
                (self._sizes[0], self._sizes[-1]),
            )
        )

    def _descend(
        self, inputs: NDArray[np.float64], targets: NDArray[np.float64], steps: int, rate: float
    ) -> None:
        """Take `steps` steps of backpropagation over numbers already checked."""
        # The articles' lines, operation by operation in their order, so that every digit is
        # the same; in place, since at seven rows the calls cost more than the sums. All
        # weights lie in one array: a step is one addition, and cannot be left half done.
        every, weights = _one_array(self._usable_weights())
        change, changes = _one_array(weights)
        outputs = [np.empty((len(inputs), size)) for size in self._sizes[1:]]
        slopes, deltas = (
            [np.empty_like(it) for it in outputs],
            [np.empty_like(it) for it in outputs],
        )
        befores, one = [inputs, *outputs[:-1]], np.ones(())
        forward = list(zip(befores, weights, outputs, slopes, strict=True))
        backward = [
            (deltas[layer + 1], weights[layer + 1].T, deltas[layer], slopes[layer])
            for layer in reversed(range(len(deltas) - 1))
        ]
        adjust = [(it.T, *rest) for it, *rest in zip(befores, deltas, changes, strict=True)]
        dot, exp, add, subtract = np.dot, np.exp, np.add, np.subtract
        multiply, divide, negative = np.multiply, np.divide, np.negative
        try:
            # exp may overflow: 1 / (1 + inf) is 0, as it should be.
            with np.errstate(over="ignore", under="ignore", invalid="ignore"):
                for _ in range(steps):
                    for before, layer, output, slope in forward:
                        dot(before, layer, output)
                        negative(output, output)
                        exp(output, output)
                        add(output, one, output)
                        divide(one, output, output)  # output = 1 / (1 + exp(-z))
                        subtract(one, output, slope)
                        multiply(output, slope, slope)  # slope = output * (1 - output)
                    subtract(targets, outputs[-1], deltas[-1])
                    multiply(deltas[-1], slopes[-1], deltas[-1])  # delta = error * slope
                    for delta, back, share, slope in backward:
                        dot(delta, back, share)
                        multiply(share, slope, share)
                    for before, delta, by in adjust:
                        dot(before, delta, by)
                    if rate != 1:
                        multiply(change, rate, change)
                    add(every, change, every)
        finally:  # also after Ctrl-C: the steps done so far are whole steps
            finite = np.isfinite(every).all()
            if finite:
                self._weights = weights
        if not finite:
            raise _checks.grown_too_large(rate)

    def _usable_weights(self) -> list[NDArray[np.float64]]:
        if not all(np.isfinite(it).all() for it in self._weights):
            raise ValueError("synaptic_weights: expected finite numbers; an array was changed")
        return self._weights

    def __repr__(self) -> str:
        """Show the sizes of the layers, and how many weights there are."""
        count = sum(it.size for it in self._weights)
        return f"<MultiLayerNetwork {'-'.join(map(str, self._sizes))}, {count} weights>"


def _one_array(
    layers: list[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """A copy of all numbers in one flat array, and each layer's part of it in its shape."""
    flat = np.concatenate([it.ravel() for it in layers])
    ends = np.cumsum([it.size for it in layers])[:-1]
    parts = zip(np.split(flat, ends), layers, strict=True)
    return flat, [part.reshape(layer.shape) for part, layer in parts]
