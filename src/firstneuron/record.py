"""What the weights and the error were at chosen steps of a training."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.network import NeuralNetwork
from firstneuron.rule import mean_squared_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray


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
    if not isinstance(network, NeuralNetwork):
        raise TypeError(f"network: expected a NeuralNetwork, got {network!r}")
    at = _rising_steps(steps)
    before = network.synaptic_weights
    inputs, targets = _checks.training_set(training_set_inputs, training_set_outputs, len(before))
    weights, outputs, errors = [], [], []
    try:
        for earlier, step in pairwise([0, *at]):
            network.train(inputs, targets, step - earlier, learning_rate=learning_rate)
            answers = network.think(inputs)
            weights.append(network.synaptic_weights[:, 0])
            outputs.append(answers[:, 0])
            errors.append(mean_squared_error(targets, answers))
    except OverflowError:
        network.synaptic_weights = before
        raise
    arrays = [np.array(column) for column in (at, weights, outputs, errors)]
    for array in arrays:
        array.flags.writeable = False
    return TrainingRecord(*arrays)


def _rising_steps(steps: Iterable[int]) -> list[int]:
    try:
        given = list(steps)
    except TypeError:
        raise TypeError(f"steps: expected one or more rising steps, got {steps!r}") from None
    at = [_checks.whole_number("steps", step, at_least=0) for step in given]
    if not at or any(later <= earlier for earlier, later in pairwise(at)):
        raise ValueError(f"steps: expected one or more rising steps, got {at}")
    return at
