"""Neurons in layers: what one neuron cannot learn, several can."""

from __future__ import annotations

from functools import partial
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.activation import squash
from firstneuron.blocks import Plan, parts, product
from firstneuron.rule import sum_of
from firstneuron.saturation import tally
from firstneuron.start import random_weights
from firstneuron.trainable import Trainable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, Self

    from numpy.typing import ArrayLike, NDArray

    from firstneuron.blocks import Block, Correct
    from firstneuron.file import Contents
    from firstneuron.saturation import Tally

    _Layer = tuple[NDArray[np.float64], NDArray[np.float64] | None]


class MultiLayerNetwork(Trainable):
    """Layers of neurons, each fed by the one before it.

    Without arguments it is the network of the articles' sequels: three inputs, four hidden
    neurons, one output. Its start weights come layer by layer from one generator of its own.

    Args:
        layer_sizes: How many inputs, then how many neurons in each layer; the last of them
            answer.
        seed: Where the random start weights begin, from 0 to 2**32 - 1. The same seed gives
            the same weights; None gives others each time.
        start_weights: Weights to begin with instead of random ones: for each layer an array of
            shape (size of the layer before, size of the layer).
        bias: A number to begin with, 0 for instance, for neurons with a bias of their own: it is
            added to every weighted sum, and learned like a weight. None, as in the
            articles, for neurons without one.

    Raises:
        TypeError: Sizes or a seed that are not whole, or weights or a bias that are not real
            numbers.
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

    _kind = "MultiLayerNetwork"

    def __init__(
        self,
        layer_sizes: Sequence[int] = (3, 4, 1),
        *,
        seed: int | None = 1,
        start_weights: Sequence[ArrayLike] | None = None,
        bias: float | None = None,
    ) -> None:
        self._sizes = _checks.layer_sizes("layer_sizes", layer_sizes)
        self._shapes = list(pairwise(self._sizes))
        seed = _checks.seed(seed)
        if start_weights is None:
            self._parameters = random_weights("layer_sizes", seed, self._shapes)
        else:
            self._parameters = _checks.layers("start_weights", start_weights, self._shapes)
        if bias is not None:
            start = _checks.bias("bias", bias)
            self._parameters += [np.full(size, start) for size in self._sizes[1:]]

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """How many inputs, then how many neurons in each layer."""
        return self._sizes

    @property
    def synaptic_weights(self) -> list[NDArray[np.float64]]:
        """The weights of each layer, shape (size of the layer before, size of the layer).

        The column of a layer's array belongs to one of its neurons. Set all layers at once, as a
        list, to change them; what you set is copied. Training makes new arrays, so what you
        read before it stays as it was.

        Raises:
            TypeError: Set to something other than real numbers.
            ValueError: Set to arrays of other shapes, to NaN or to infinity.
        """
        return self._parameters[: len(self._shapes)]

    @synaptic_weights.setter
    def synaptic_weights(self, weights: Sequence[ArrayLike]) -> None:
        layers = _checks.layers("synaptic_weights", weights, self._shapes)
        self._parameters = [*layers, *self._parameters[len(layers) :]]

    @property
    def biases(self) -> list[NDArray[np.float64]] | None:
        """The biases of each layer, shape (size of the layer,); None for neurons without them.

        Set all layers at once, as with the weights.

        Raises:
            TypeError: Set to something other than real numbers.
            ValueError: Set to arrays of other shapes, to NaN or to infinity, or for neurons
                without biases.
        """
        return self._parameters[len(self._shapes) :] or None

    @biases.setter
    def biases(self, biases: Sequence[ArrayLike]) -> None:
        if self.biases is None:
            raise ValueError("biases: there are none; make them with MultiLayerNetwork(…, bias=0)")
        layers = _checks.layers("biases", biases, [(size,) for size in self._sizes[1:]])
        self._parameters = [*self.synaptic_weights, *layers]

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
        return self._activations(_checks.rows_of("inputs", inputs, self._sizes[0]))

    def _activations(self, rows: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        passed, found = rows, []
        for weights, bias in self._by_layer(self._usable_parameters()):
            passed = squash(sum_of(passed, weights, bias))
            found.append(passed)
        return found

    @property
    def _shape(self) -> tuple[int, int]:
        return self._sizes[0], self._sizes[-1]

    def _by_layer(self, parameters: list[NDArray[np.float64]]) -> Iterator[_Layer]:
        """The weights of each layer, and its biases or None."""
        count = len(self._shapes)
        return zip(parameters[:count], parameters[count:] or repeat(None), strict=False)

    def _plan(self, negated: list[NDArray[np.float64]]) -> Plan:
        count = sum(it.size for it in negated)
        layers = list(self._by_layer(negated))
        neurons = sum(self._sizes[1:])
        return Plan(
            partial(_corrector, layers), count, lambda rows: 3 * rows * neurons, threads=False
        )

    def _to_contents(self) -> dict[str, Any]:
        arrays, count = [it.tolist() for it in self._usable_parameters()], len(self._shapes)
        return {
            "layer_sizes": list(self._sizes),
            "synaptic_weights": arrays[:count],
            "biases": arrays[count:] or None,
        }

    @classmethod
    def _from_contents(cls, contents: Contents) -> Self:
        sizes, weights = contents.take("layer_sizes", 1), contents.take("synaptic_weights", 3)
        biases = contents.take("biases", 2, optional=True)
        network = cls(sizes, start_weights=weights, bias=None if biases is None else 0)
        if biases is not None:
            network.biases = biases
        return network

    def __repr__(self) -> str:
        """Show the sizes of the layers, and how many weights and biases there are."""
        count = sum(it.size for it in self.synaptic_weights)
        weights = f"{count:,} weight{'s' * (count > 1)}"
        neurons = sum(self._sizes[1:])
        biases = f" and {neurons:,} bias{'es' * (neurons > 1)}" if self.biases else ""
        return f"<MultiLayerNetwork {'-'.join(map(str, self._sizes))}, {weights}{biases}>"


def _corrector(layers: list[_Layer], block: Block) -> Correct:
    # The articles' lines, operation by operation in their order, so that every digit is the
    # same. At seven rows the calls cost more than the sums: so it works in place, with methods
    # looked up once, and finds the slopes of all layers at once.
    exp, add, subtract = np.exp, np.add, np.subtract
    multiply, reciprocal, one = np.multiply, np.reciprocal, np.ones(())
    every = block.scratch.reshape(3, -1)
    every_output, every_slope, _ = every
    shapes = [(len(block.inputs), weights.shape[1]) for weights, _ in layers]
    outputs, slopes, deltas = (parts(it, shapes) for it in every)
    befores = [block.inputs, *outputs[:-1]]
    changes = parts(
        block.change,
        [*(it.shape for it, _ in layers), *(it.shape for _, it in layers if it is not None)],
    )
    answer, slope_of_answer, delta_of_answer = outputs[-1], slopes[-1], deltas[-1]
    targets = block.targets
    forward = [
        (product(before), weights, bias, output)
        for before, (weights, bias), output in zip(befores, layers, outputs, strict=True)
    ]
    backward = [
        (product(deltas[i + 1]), layers[i + 1][0].T, deltas[i], slopes[i])
        for i in reversed(range(len(layers) - 1))
    ]
    adjust = [
        (product(before.T), delta, change)
        for before, delta, change in zip(befores, deltas, changes, strict=False)
    ]
    adjust_biases = list(zip(deltas, changes[len(layers) :], strict=False))

    def correct(last: bool) -> Sequence[Tally]:
        for times, weights, bias, output in forward:
            times(weights, output)  # the weighted sums z, negated
            if bias is not None:
                add(output, bias, output)
            exp(output, output)
            add(output, one, output)
            reciprocal(output, output)  # output = 1 / (1 + exp(-z))
        # Negated like the weights, which makes the shares of the hidden layers come out right.
        subtract(every_output, one, every_slope)
        multiply(every_output, every_slope, every_slope)  # -slope = output * (output - 1)
        subtract(answer, targets, delta_of_answer)
        multiply(delta_of_answer, slope_of_answer, delta_of_answer)  # delta = -error * -slope
        for share_out, weights, delta, slope in backward:
            share_out(weights, delta)
            multiply(delta, slope, delta)  # delta = -share * -slope
        for sum_up, delta, change in adjust:
            sum_up(delta, change)  # change = the sum over the rows of input * delta
        for delta, change in adjust_biases:
            add.reduce(delta, 0, None, out=change)
        return (tally(targets, answer),) if last else ()

    return correct
