"""What the weights and the error were at chosen steps of a training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    from firstneuron.network import NeuralNetwork


@dataclass(frozen=True, eq=False)
class TrainingRecord:
    """A training seen at chosen steps. `record_training` makes one.

    Attributes:
        steps: The steps, rising, shape (k,). Step 0 is the network before training.
        weights: The weights after each of these steps, shape (k, number of inputs).
        outputs: The answer for every training row after each of these steps, shape (k, rows).
        mean_squared_error: The mean over the rows of (target - output) squared, shape (k,).
    """

    steps: NDArray[np.int_]
    weights: NDArray[np.float64]
    outputs: NDArray[np.float64]
    mean_squared_error: NDArray[np.float64]


def record_training(
    network: NeuralNetwork,
    training_set_inputs: ArrayLike,
    training_set_outputs: ArrayLike,
    steps: Iterable[int],
    *,
    learning_rate: float = 1.0,
) -> TrainingRecord:
    """Train a network and note its weights, outputs and error at chosen steps.

    The network is trained up to the last of the steps, with the same result, digit for
    digit, as one call of `NeuralNetwork.train`.

    Args:
        network: The network to train.
        training_set_inputs: The examples, shape (rows, n).
        training_set_outputs: What to answer for each, shape (rows, 1).
        steps: At which steps to look, counted from now and rising; 0 looks before the first.
        learning_rate: What every change is multiplied by (the step size), above 0.

    Returns:
        The record, its arrays read-only.

    Raises:
        TypeError: As for `NeuralNetwork.train`, or a step that is not a whole number.
        ValueError: As for `NeuralNetwork.train`, or steps that do not rise, or none.
        OverflowError: As for `NeuralNetwork.train`.

    Examples:
        >>> from firstneuron import (
        ...     TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork, record_training
        ... )
        >>> record = record_training(
        ...     NeuralNetwork(), TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, [0, 1, 10_000]
        ... )
        >>> record.weights
        array([[-0.16595599,  0.44064899, -0.99977125],
               [ 0.12025406,  0.50456196, -0.85063774],
               [ 9.67299303, -0.2078435 , -4.62963669]])
    """
    at = [_checks.whole_number("steps", step, at_least=0) for step in steps]
    if not at or any(later <= earlier for earlier, later in zip(at, at[1:], strict=False)):
        raise ValueError(f"steps: expected one or more rising steps, got {at}")
    inputs, targets = _checks.training_set(
        training_set_inputs, training_set_outputs, len(network.synaptic_weights)
    )
    weights, outputs = [], []
    for before, step in zip([0, *at], at, strict=False):
        network.train(inputs, targets, step - before, learning_rate=learning_rate)
        weights.append(network.synaptic_weights[:, 0])
        outputs.append(network.think(inputs)[:, 0])
    errors = np.mean((targets[:, 0] - np.array(outputs)) ** 2, axis=1)
    record = TrainingRecord(np.array(at), np.array(weights), np.array(outputs), errors)
    for array in (record.steps, record.weights, record.outputs, record.mean_squared_error):
        array.flags.writeable = False
    return record
