"""Write `hidden_deltas(error, output, hidden, weights)`: the heart of backpropagation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from exercises import _ask
from firstneuron import MultiLayerNetwork, sigmoid_slope
from provenpages.in_page import NotSolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_CALL = "hidden_deltas(error, output, hidden, weights)"
_ABOUT_SHAPES = (
    "As to shapes: the output's delta is (4, 1), and the weights between are (4, 1) too, four "
    "hidden neurons to one output. For each example and each hidden neuron there has to come out "
    "one number, (4, 4). Which of the two needs .T?"
)
_TWO_OUTPUTS = (
    "With one output neuron yours is right, with two it is not. A hidden neuron then gets a share "
    "from each of them, and the shares add up: dot does that, if the shapes meet."
)


class Pass(NamedTuple):
    """One pass through a network with a hidden layer, and what it should have answered.

    Attributes:
        inputs: The examples.
        targets: What to answer for each.
        first: The weights of the hidden layer.
        weights: Those of the output layer.
    """

    inputs: Numbers
    targets: Numbers
    first: Numbers
    weights: Numbers

    @property
    def handed(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Error, output, hidden and weights, as the reader's function takes them."""
        hidden, output = _network(self.inputs, self).activations(self.inputs)
        return self.targets - output, output, hidden, self.weights.copy()

    @property
    def deltas(self) -> Numbers:
        """The deltas of the hidden neurons, got out of the package.

        If each example has an input of its own, 1 for it and 0 for all others, the change of a
        weight is the delta of one example.
        """
        apart = np.eye(len(self.inputs))
        own = self._replace(first=self.inputs @ self.first)
        network = _network(apart, own)
        network.train(apart, self.targets, 1)
        return network.synaptic_weights[0] - own.first


def xor() -> Pass:
    """The network of the page, before training."""
    first, weights = MultiLayerNetwork([3, 4, 1]).synaptic_weights
    inputs = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    return Pass(inputs, np.array([[0.0], [1], [1], [0]]), first, weights)


def two_outputs() -> Pass:
    """Another one, with other sizes."""
    first, weights = MultiLayerNetwork([3, 5, 2], seed=4).synaptic_weights
    inputs = np.array([[0.5, -1.0, 2.0], [1.0, 0.25, -0.5], [0.0, 1.5, 1.0]])
    return Pass(inputs, np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), first, weights)


def check(names: dict[str, Any]) -> str:
    """Hold the reader's deltas against what the package changes."""
    function = _ask.function(names, "hidden_deltas", "error", "output", "hidden", "weights")
    one, two = xor(), two_outputs()
    got = _ask.answer(_CALL, function, *one.handed, hints={ValueError: _ABOUT_SHAPES})
    if got.shape != one.deltas.shape:
        raise NotSolved(_about_shape(got))
    if not _same(got, one.deltas):
        raise NotSolved(_diagnosis(got, one))
    got = _ask.answer(_CALL, function, *two.handed, hints={Exception: _TWO_OUTPUTS})
    if got.shape != two.deltas.shape or not _same(got, two.deltas):
        raise NotSolved(_TWO_OUTPUTS)
    return (
        "Your deltas are those by which the package changes its hidden layer, for one output "
        "neuron and for two. That is backpropagation."
    )


def _network(inputs: Numbers, one: Pass) -> MultiLayerNetwork:
    sizes = [inputs.shape[1], *one.weights.shape]
    return MultiLayerNetwork(sizes, start_weights=[one.first, one.weights])


def _same(some: Numbers, others: Numbers) -> bool:
    return np.allclose(some, others, rtol=0, atol=1e-9)


def _about_shape(got: Numbers) -> str:
    told = (
        f"hidden_deltas gives an array of shape {got.shape}. There are four examples and four "
        "hidden neurons, and each pair has a delta: (4, 4)."
    )
    if got.shape == (4, 1):
        told += " A column has one for each example: hand it on through the weights, one to each."
    return told


def _diagnosis(got: Numbers, one: Pass) -> str:
    for mistake, words in _mistakes(*one.handed):
        if _same(got, mistake):
            return words
    return (
        f"For the first example and the first hidden neuron you have {got[0, 0]:.6f}, and it "
        f"should be {one.deltas[0, 0]:.6f}: the output's error × slope, times the weight between "
        "the two, times the hidden neuron's own slope."
    )


def _mistakes(
    error: Numbers, output: Numbers, hidden: Numbers, weights: Numbers
) -> Iterator[tuple[Numbers, str]]:
    delta, slope = error * sigmoid_slope(output), sigmoid_slope(hidden)
    yield (
        hidden,
        (
            "These are the outputs of the hidden neurons, so nothing is handed back yet. Begin "
            "with the output's own delta: its error × its slope."
        ),
    )
    yield (
        delta @ weights.T,
        (
            "This is each hidden neuron's share of the output's delta, its error. Its delta is "
            "error × slope: the slope of the hidden neuron is missing."
        ),
    )
    yield (
        error @ weights.T * slope,
        (
            "What is handed back is the output's error. It has to be its delta, error × slope: the "
            "slope of the output is missing."
        ),
    )
    yield (
        error @ weights.T,
        "This is the error, handed back through the weights. Both slopes are missing.",
    )
    yield (
        delta @ weights.T * sigmoid_slope(output),
        (
            "The slope of the output is there twice. The second slope is that of the hidden "
            "neurons: hidden * (1 - hidden)."
        ),
    )
    yield (
        delta * slope,
        (
            "The weights have no part in it. A hidden neuron gets its share through its weight to "
            "the output: a strong connection, a large share."
        ),
    )
    yield (
        delta @ (weights + hidden.T @ delta).T * slope,
        (
            "The weights are changed already. All deltas are worked out with the weights as they "
            "were; then all weights change."
        ),
    )
    yield (
        hidden.T @ delta @ weights.T * slope,
        (
            "What is handed back is the change of the output's weights. It has to be the output's "
            "delta, one number for each example, before it meets the hidden neurons' outputs."
        ),
    )
    yield (
        (delta * weights) * slope,
        (
            "Here each example's delta meets another weight, since there happen to be as many "
            "examples as hidden neurons. Each example's delta goes to every hidden neuron: dot, "
            "and .T for the weights."
        ),
    )
    yield (
        (delta.T @ weights) * slope,
        (
            "The wrong one is transposed: delta.T adds up over the examples, and each of them has "
            "a delta of its own. It is the weights that need .T."
        ),
    )
    yield (
        -(delta @ weights.T * slope),
        "The sizes are right, the sign is not. The error has its sign already: subtract nothing.",
    )
