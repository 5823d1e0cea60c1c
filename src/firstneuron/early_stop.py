"""Stop training when it no longer helps with examples that were kept aside."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.rule import mean_squared_error
from firstneuron.saturation import Saturation, tally
from firstneuron.trainable import Trainable

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False, repr=False)
class EarlyStop:
    """How a training went that was stopped early. `train_with_early_stop` makes one.

    Attributes:
        best_step: The step whose weights the network has now.
        steps: The steps at which the errors were looked at, shape (k,).
        training_error: The mean squared error of the training set there, shape (k,).
        held_out_error: That of the examples that were kept aside, shape (k,).
    """

    best_step: int
    steps: NDArray[np.int_]
    training_error: NDArray[np.float64]
    held_out_error: NDArray[np.float64]

    def __repr__(self) -> str:
        """Show which step was the best, and when training stopped."""
        return (
            f"<EarlyStop at step {self.steps[-1]:,}, best at {self.best_step:,}: "
            f"held-out mean squared error {self.held_out_error.min():.3g}>"
        )


def train_with_early_stop(  # noqa: PLR0913 -- two sets of examples, and how often to look at them
    network: Trainable,
    training_set: tuple[ArrayLike, ArrayLike],
    held_out_set: tuple[ArrayLike, ArrayLike],
    *,
    most_steps: int = 100_000,
    check_every: int = 100,
    patience: int = 10,
    learning_rate: float = 1.0,
) -> EarlyStop:
    """Train until the error of examples that were kept aside has stopped falling.

    The network ends with the weights of the step at which that error was smallest. Interrupted
    (Ctrl-C), it keeps the steps it has done.

    Args:
        network: The network to train, a `NeuralNetwork` or a `MultiLayerNetwork`.
        training_set: Inputs, shape (rows, inputs), and targets, shape (rows, answers), to learn
            from.
        held_out_set: As many columns of inputs and targets, not to learn from.
        most_steps: How many steps to take at most, 1 or more.
        check_every: After how many steps each to look at the errors, 1 or more.
        patience: How often in a row the held-out error may be no smaller than its best before
            training ends, 1 or more.
        learning_rate: What every change is multiplied by (the step size), above 0.

    Returns:
        The errors along the way, and the best step.

    Raises:
        TypeError: As for `train`, or something other than a network, or than pairs.
        ValueError: As for `train`, for both sets.
        OverflowError: As for `train`.

    Warns:
        SaturationWarning: As for `train`, when it ends.

    Examples:
        >>> from firstneuron import (
        ...     TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork, train_with_early_stop
        ... )
        >>> misleading = [[0, 1, 0]], [[1]]  # what training makes worse after a while
        >>> train_with_early_stop(
        ...     NeuralNetwork(), (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS), misleading,
        ...     check_every=1,
        ... )
        <EarlyStop at step 12, best at 2: held-out mean squared error 0.135>
    """
    if not isinstance(network, Trainable):
        raise TypeError(
            "network: expected a NeuralNetwork or a MultiLayerNetwork, "
            f"got {_checks.shown(network)}"
        )
    inputs, targets = _checks.pair("training_set", training_set, network._shape)
    held_out_inputs, held_out_targets = _checks.pair("held_out_set", held_out_set, network._shape)
    most = _checks.number_of_steps("most_steps", most_steps, at_least=1)
    every = _checks.whole_number("check_every", check_every, at_least=1)
    patient = _checks.whole_number("patience", patience, at_least=1)
    saturation = Saturation(_checks.positive_number("learning_rate", learning_rate))
    marks = (min(it, most) for it in count(0, every))  # without end
    found: list[tuple[int, float, float]] = []
    best, parameters = 0, network._parameters
    for step in network._train_up_to(marks, inputs, targets, saturation):  # pragma: no branch
        training_error = float(mean_squared_error(targets, network.think(inputs)))
        held_out_error = float(mean_squared_error(held_out_targets, network.think(held_out_inputs)))
        if not np.isfinite(held_out_error):
            raise ValueError("held_out_set: expected targets within reach, the error is infinite")
        found.append((step, training_error, held_out_error))
        if found[-1][2] < found[best][2]:
            best, parameters = len(found) - 1, network._parameters
        if step == most or len(found) - 1 - best >= patient:
            break
    network._parameters = parameters
    if best:  # else nothing was gained, and the last step may say why
        saturation.see_only(tally(targets, network.think(inputs)))
    saturation.warn()
    steps, *errors = (_checks.read_only(it) for it in zip(*found, strict=True))
    return EarlyStop(int(steps[best]), steps, *errors)
