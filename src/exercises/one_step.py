"""Write `step(inputs, targets, weights)`: the weights after one step of training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from exercises import _ask
from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    NeuralNetwork,
    sigmoid,
    sigmoid_slope,
    weighted_sum,
)
from provenpages.in_page import NotSolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_OTHER_INPUTS = np.array([[0.5, -1.0], [2.0, 1.0], [0.0, 1.5], [-1.0, 0.25], [1.0, 1.0]])
_OTHER_TARGETS = np.array([[1.0], [0.0], [1.0], [1.0], [0.0]])
_OTHER_WEIGHTS = np.array([[0.75], [-0.5]])
_ABOUT_SHAPES = (
    "As to shapes: error times slope is a column, a number for each example, (4, 1). "
    "For each weight it has to meet a column of the inputs, (4, 3). Which of the two needs .T?"
)
_OTHER_EXAMPLES = (
    "With the examples of this page your step is right, with others it is not. Use what is handed "
    "to it: inputs, targets and weights, whatever their size."
)


def check(names: dict[str, Any]) -> str:
    """Hold one step of the reader's against one step of the package."""
    step = _ask.function(names, "step", "inputs", "targets", "weights")
    inputs = TRAINING_SET_INPUTS.astype(float)
    targets = TRAINING_SET_OUTPUTS.astype(float)
    weights = NeuralNetwork().synaptic_weights
    got, changed = _asked(step, inputs, targets, weights, hints={ValueError: _ABOUT_SHAPES})
    if got.shape != weights.shape:
        raise NotSolved(_about_shape(got))
    if not _same(got, after_a_step(inputs, targets, weights)):
        raise NotSolved(_diagnosis(got, inputs, targets, weights))
    if changed:
        raise NotSolved(
            f"The numbers are right. But step has changed the {changed} that it was handed: += and "
            "its like change the array that is there. Make a new one instead, as weights + … does."
        )
    others = _OTHER_INPUTS, _OTHER_TARGETS, _OTHER_WEIGHTS
    got, _ = _asked(step, *others, hints={Exception: _OTHER_EXAMPLES})
    wanted = after_a_step(*others)
    if got.shape != wanted.shape or not _same(got, wanted):
        raise NotSolved(_OTHER_EXAMPLES)
    return (
        "Your step changes each weight as the package does, for the four examples and for others, "
        "and leaves what it is handed as it was."
    )


def after_a_step(inputs: Numbers, targets: Numbers, weights: Numbers) -> Numbers:
    """The weights that the package has after one step."""
    network = NeuralNetwork(number_of_inputs=len(weights), start_weights=weights)
    network.train(inputs, targets, 1)
    return network.synaptic_weights


def _asked(
    step: Callable[..., Any],
    inputs: Numbers,
    targets: Numbers,
    weights: Numbers,
    hints: dict[type[Exception], str],
) -> tuple[Numbers, str]:
    """The new weights, and what of the arguments is not as it was."""
    handed = {"inputs": inputs.copy(), "targets": targets.copy(), "weights": weights.copy()}
    got = _ask.answer("step(inputs, targets, weights)", step, *handed.values(), hints=hints)
    before = (inputs, targets, weights)
    changed = (
        name
        for (name, now), then in zip(handed.items(), before, strict=True)
        if not np.array_equal(now, then)
    )
    return got, next(changed, "")


def _same(some: Numbers, others: Numbers) -> bool:
    return np.allclose(some, others, rtol=0, atol=1e-9)


def _about_shape(got: Numbers) -> str:
    told = (
        f"step gives an array of shape {got.shape}. There are three weights, in a column: (3, 1)."
    )
    if got.shape == (3, 3):
        told += " A row added to a column makes such a grid. Which of the two needs .T?"
    return told


def _diagnosis(got: Numbers, inputs: Numbers, targets: Numbers, weights: Numbers) -> str:
    for mistake, words in _mistakes(inputs, targets, weights):
        if _same(got, mistake):
            return words
    first, right = got[0, 0], after_a_step(inputs, targets, weights)[0, 0]
    return (
        f"From the start weights of this page, your first weight becomes {first:.6f}. By the table "
        f"above it should become {right:.6f}. Go through its four products."
    )


def _mistakes(inputs: Numbers, targets: Numbers, weights: Numbers) -> Iterator[tuple[Numbers, str]]:
    sums = weighted_sum(inputs, weights)
    output = sigmoid(sums)
    error, slope = targets - output, sigmoid_slope(output)
    change = inputs.T @ (error * slope)
    yield (
        weights,
        (
            "step gives the weights back as they were, so nothing is learned yet. Add to each what "
            "the step changes: error × slope × input, summed over the examples."
        ),
    )
    yield (
        change,
        "That is the change. step has to give the new weights: the old ones and the change, added.",
    )
    yield (
        weights - change,
        (
            "Every weight goes the wrong way. The error is the target minus the output, and the "
            "change is added."
        ),
    )
    yield (
        weights + inputs.T @ error,
        "The slope is missing: this is error × input. Multiply the error by output * (1 - output).",
    )
    yield (
        weights + inputs.T @ slope,
        "The error is missing: this is slope × input, which ignores the targets.",
    )
    yield (
        weights + inputs.T @ (error * sums * (1 - sums)),
        (
            "The slope is taken from the weighted sum. Put the sum through the sigmoid first: the "
            "slope is output * (1 - output)."
        ),
    )
    yield (
        weights + change / len(inputs),
        "This is the mean over the examples. The rule of this page takes their sum: no division.",
    )
