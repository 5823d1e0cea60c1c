"""Write `train(inputs, targets, steps)`: a neuron that learns a bias of its own, too."""

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
)
from provenpages.in_page import NotSolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Learned = tuple[Numbers, Numbers]  # weights and bias

ENOUGH = 0.1
"""Below this, an answer counts as 0."""

_INPUTS = np.vstack([TRAINING_SET_INPUTS, [[0, 0, 0]]]).astype(float)
_TARGETS = np.vstack([TRAINING_SET_OUTPUTS, [[0]]]).astype(float)
_STEPS = 1000
_OTHER_INPUTS = np.array([[0.5, -1.0], [2.0, 1.0], [0.0, 1.5], [-1.0, 0.25]])
_OTHER_TARGETS = np.array([[1.0], [0.0], [1.0], [1.0]])
_PAIR = "train gives back two things, the weights and the bias: return weights, bias"
_OTHER_EXAMPLES = (
    "With the five examples of this page your train is right, with others it is not. Use what is "
    "handed to it: inputs and targets, whatever their size."
)


def check(names: dict[str, Any]) -> str:
    """Hold the reader's training against the package's, which has a column of ones instead."""
    train = _ask.function(names, "train", "inputs", "targets", "steps")
    begun, _ = _learned(train, _INPUTS, _TARGETS, 0)
    if begun.any():
        raise NotSolved("Before the first step, weights and bias are 0. Yours begin elsewhere.")
    for steps in (1, 2):
        weights, bias = _learned(train, _INPUTS, _TARGETS, steps)
        if not _same((weights, bias), trained(_INPUTS, _TARGETS, steps)):
            raise NotSolved(_diagnosis(weights, bias, steps))
    if not _same(_learned(train, _INPUTS, _TARGETS, _STEPS), trained(_INPUTS, _TARGETS, _STEPS)):
        raise NotSolved(
            f"The first two steps are right, but after {_STEPS:,} steps weights and bias are not. "
            "Is every step taken, and each like the first?"
        )
    others = _OTHER_INPUTS, _OTHER_TARGETS, 3
    if not _same(_learned(train, *others, hint=_OTHER_EXAMPLES), trained(*others)):
        raise NotSolved(_OTHER_EXAMPLES)
    bias = trained(_INPUTS, _TARGETS, _STEPS)[1]
    return (
        "Weights and bias are those that the package finds with a column of ones. "
        f"0 0 0 is answered by the bias alone: {sigmoid(bias):.4f} after {_STEPS:,} steps, less "
        f"than {ENOUGH}."
    )


def trained(inputs: Numbers, targets: Numbers, steps: int) -> Learned:
    """What the package learns, from weights of 0, if it is given one more input that is always 1.

    Args:
        inputs: The examples.
        targets: What to answer for each.
        steps: How many steps to take.
    """
    with_ones = np.hstack([inputs, np.ones((len(inputs), 1))])
    count = with_ones.shape[1]
    network = NeuralNetwork(number_of_inputs=count, start_weights=np.zeros(count))
    network.train(with_ones, targets, steps)
    return network.synaptic_weights[:-1], network.synaptic_weights[-1].reshape(())


def _learned(
    train: Callable[..., Any], inputs: Numbers, targets: Numbers, steps: int, hint: str = ""
) -> Learned:
    """The reader's weights and bias, if they are of the right kind."""
    call = f"train(inputs, targets, {steps})"
    hints = {Exception: hint} if hint else {}
    value = _ask.value(call, train, inputs.copy(), targets.copy(), steps, hints=hints)
    if type(value) not in (tuple, list) or len(value) != 2:
        raise NotSolved(f"{_PAIR}. {call} gives something else.")
    weights = _ask.numbers(f"{call} gives as weights", value[0])
    bias = _ask.numbers(f"{call} gives as bias", value[1])
    wanted = (inputs.shape[1], 1)
    if weights.shape != wanted:
        raise NotSolved(_about_weights(weights, wanted))
    if bias.size != 1:
        raise NotSolved(
            f"The bias has the shape {bias.shape}. A neuron has one bias, not one for each "
            "example or input: add up what the examples ask of it."
        )
    return weights, bias.reshape(())


def _about_weights(weights: Numbers, wanted: tuple[int, int]) -> str:
    told = f"The weights have the shape {weights.shape}, and should be a column, {wanted}."
    if weights.shape == (wanted[0] + 1, 1):
        told += (
            " If you gave the inputs a column of ones, its weight is the bias: hand it out apart."
        )
    return told


def _same(some: Learned, others: Learned) -> bool:
    return all(
        np.allclose(one, other, rtol=0, atol=1e-9) for one, other in zip(some, others, strict=True)
    )


def _diagnosis(weights: Numbers, bias: Numbers, steps: int) -> str:
    for mistake, words in _mistakes(steps):
        if _same((weights, bias), mistake):
            return words
    right_weights, right = trained(_INPUTS, _TARGETS, steps)
    after = "one step" if steps == 1 else "two steps"
    if not np.allclose(weights, right_weights, rtol=0, atol=1e-9):
        return (
            f"After {after} your weights are not what they should be; the first is "
            f"{weights[0, 0]:.6f} instead of {right_weights[0, 0]:.6f}. They change as before: it "
            "is the sum that has one number more."
        )
    return (
        f"After {after} your bias is {bias:.6f}, and should be {right:.6f}. It changes as the "
        "weight of an input that is always 1."
    )


def _mistakes(steps: int) -> Iterator[tuple[Learned, str]]:
    """What typical slips lead to in so many steps."""
    yield (
        _by_hand(steps, lambda delta, _: 0 * delta.sum()),
        (
            "The bias is still 0, as in the beginning, so nothing is learned of it. It is a weight "
            "whose input is always 1: what changes it in a step?"
        ),
    )
    yield (
        _by_hand(steps, lambda delta, _: delta.sum(), counts=False),
        (
            "The bias learns, but it has no say: add it to the weighted sum before the sigmoid, or "
            "the outputs do not know of it."
        ),
    )
    yield (
        _by_hand(steps, lambda delta, _: -delta.sum()),
        (
            "The bias goes the wrong way. Error × slope is added to it, as to a weight whose input "
            "is 1."
        ),
    )
    yield (
        _by_hand(steps, lambda delta, _: delta.mean()),
        "The bias gets the mean of error × slope. The weights get the sum, so the bias does, too.",
    )
    yield (
        _by_hand(steps, lambda _, error: error.sum()),
        "For the bias the slope is missing: it gets error × slope, summed over the examples.",
    )


def _by_hand(
    steps: int, change: Callable[[Numbers, Numbers], Any], *, counts: bool = True
) -> Learned:
    """The training with something else than the right change of the bias.

    Args:
        steps: How many steps to take.
        change: What is added to the bias, for the examples' error × slope and their errors.
        counts: Whether the bias is added to the sum.
    """
    weights, bias = np.zeros((_INPUTS.shape[1], 1)), np.zeros(())
    for _ in range(steps):
        output = sigmoid(_INPUTS @ weights + (bias if counts else 0))
        error = _TARGETS - output
        delta = error * sigmoid_slope(output)
        weights, bias = weights + _INPUTS.T @ delta, bias + change(delta, error)
    return weights, bias
