"""What the weights, the outputs and the error were at chosen steps of a training."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, overload

from firstneuron import _checks
from firstneuron.layers import MultiLayerNetwork
from firstneuron.network import NeuralNetwork
from firstneuron.rule import mean_absolute_error, mean_squared_error
from firstneuron.saturation import Saturation

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False, repr=False)
class TrainingRecord:
    """A training of one neuron seen at chosen steps. `record_training` makes one.

    Attributes:
        steps: The steps, rising, shape (k,). Step 0 is the network before training.
        weights: The weights after each of these steps, shape (k, number of inputs).
        bias: The bias after each of these steps, shape (k,); None for a neuron without one.
        outputs: The answer for every training row after each of these steps, shape (k, rows).
        mean_squared_error: The mean over the rows of (target - output) squared, shape (k,).
        mean_absolute_error: The mean over the rows of the error without its sign, shape (k,).
    """

    steps: NDArray[np.int_]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64] | None
    outputs: NDArray[np.float64]
    mean_squared_error: NDArray[np.float64]
    mean_absolute_error: NDArray[np.float64]

    def __repr__(self) -> str:
        """Show which steps it holds, and the error at the first and the last."""
        return _in_short(self)


@dataclass(frozen=True, eq=False, repr=False)
class MultiLayerTrainingRecord:
    """A training of layers seen at chosen steps. `record_training` makes one.

    Attributes:
        steps: The steps, rising, shape (k,). Step 0 is the network before training.
        weights: For each layer its weights after each of these steps, shape (k, size of the layer
            before, size of the layer).
        biases: For each layer its biases after each of these steps, shape (k, size of the
            layer); None for neurons without them.
        activations: For each layer, the hidden ones too, what it answered for every training row
            after each of these steps, shape (k, rows, size of the layer).
        mean_squared_error: The mean over rows and answers of (target - output) squared, shape (k,).
        mean_absolute_error: The mean over rows and answers of the error without its sign,
            shape (k,).
    """

    steps: NDArray[np.int_]
    weights: list[NDArray[np.float64]]
    biases: list[NDArray[np.float64]] | None
    activations: list[NDArray[np.float64]]
    mean_squared_error: NDArray[np.float64]
    mean_absolute_error: NDArray[np.float64]

    @property
    def outputs(self) -> NDArray[np.float64]:
        """What the last layer answered, shape (k, rows, answers)."""
        return self.activations[-1]

    def __repr__(self) -> str:
        """Show which steps it holds, and the error at the first and the last."""
        return _in_short(self)


@overload
def record_training(
    network: NeuralNetwork,
    training_set_inputs: ArrayLike,
    training_set_outputs: ArrayLike,
    steps: Iterable[int],
    *,
    learning_rate: float = 1.0,
) -> TrainingRecord: ...
@overload
def record_training(
    network: MultiLayerNetwork,
    training_set_inputs: ArrayLike,
    training_set_outputs: ArrayLike,
    steps: Iterable[int],
    *,
    learning_rate: float = 1.0,
) -> MultiLayerTrainingRecord: ...
def record_training(
    network: NeuralNetwork | MultiLayerNetwork,
    training_set_inputs: ArrayLike,
    training_set_outputs: ArrayLike,
    steps: Iterable[int],
    *,
    learning_rate: float = 1.0,
) -> TrainingRecord | MultiLayerTrainingRecord:
    """Train a network and note its weights, outputs and error at chosen steps.

    The network is trained up to the last of the steps, with the same result, digit for
    digit, as one call of its `train`.

    Args:
        network: The network to train, one neuron or layers.
        training_set_inputs: The examples, shape (rows, inputs).
        training_set_outputs: What to answer for each, shape (rows, answers).
        steps: At which steps to look, counted from now and rising; 0 looks before the first.
        learning_rate: What every change is multiplied by (the step size), above 0.

    Returns:
        The record, its arrays read-only: a `TrainingRecord` of one neuron, a
        `MultiLayerTrainingRecord` of layers.

    Raises:
        TypeError: As for `train`, or a step that is not a whole number.
        ValueError: As for `train`, or steps that do not rise, or none.
        OverflowError: As for `train`.

    Warns:
        SaturationWarning: As for `train`, at the last of the steps.

    Examples:
        >>> from firstneuron import (
        ...     TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, MultiLayerNetwork, NeuralNetwork,
        ...     record_training,
        ... )
        >>> record = record_training(
        ...     NeuralNetwork(), TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, [0, 1, 10_000]
        ... )
        >>> record.weights
        array([[-0.16595599,  0.44064899, -0.99977125],
               [ 0.12025406,  0.50456196, -0.85063774],
               [ 9.67299303, -0.2078435 , -4.62963669]])
        >>> record_training(MultiLayerNetwork(), TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, [0, 9])
        <MultiLayerTrainingRecord of steps 0 to 9, 2 in all: mean squared error 0.22 to 0.177>
    """
    if not isinstance(network, NeuralNetwork | MultiLayerNetwork):
        raise TypeError(
            "network: expected a NeuralNetwork or a MultiLayerNetwork, "
            f"got {_checks.shown(network)}"
        )
    at = _rising_steps(steps)
    inputs, targets = network._checked(training_set_inputs, training_set_outputs)
    saturation = Saturation(_checks.positive_number("learning_rate", learning_rate))
    parameters, activations, squared, absolute = [], [], [], []
    for _ in network._train_up_to(at, inputs, targets, saturation):
        parameters.append(network._parameters)
        activations.append(network._activations(inputs))
        squared.append(mean_squared_error(targets, activations[-1][-1]))
        absolute.append(mean_absolute_error(targets, activations[-1][-1]))
    saturation.warn()
    marks = _checks.read_only(at)
    errors = _checks.read_only(squared), _checks.read_only(absolute)
    layers = [_checks.read_only(it) for it in zip(*parameters, strict=True)]
    answers = [_checks.read_only(it) for it in zip(*activations, strict=True)]
    if isinstance(network, NeuralNetwork):
        bias = layers[1][:, 0, 0] if network.bias is not None else None
        weights, outputs = layers[0][:, :, 0], answers[0][:, :, 0]
        return TrainingRecord(marks, weights, bias, outputs, *errors)
    weights_of_layers, biases = layers[: len(answers)], layers[len(answers) :] or None
    return MultiLayerTrainingRecord(marks, weights_of_layers, biases, answers, *errors)


def _rising_steps(steps: Iterable[int]) -> list[int]:
    expected = "one or more rising steps"
    given = _checks.iterable("steps", steps, expected)
    at = [_checks.number_of_steps("steps", step, at_least=0) for step in given]
    if not at or any(later <= earlier for earlier, later in pairwise(at)):
        raise ValueError(f"steps: expected {expected}, got {_checks.shown(at)}")
    return at


def _in_short(record: TrainingRecord | MultiLayerTrainingRecord) -> str:
    steps, errors = record.steps, record.mean_squared_error
    return (
        f"<{type(record).__name__} of steps {steps[0]:,} to {steps[-1]:,}, {len(steps):,} in all: "
        f"mean squared error {errors[0]:.3g} to {errors[-1]:.3g}>"
    )
