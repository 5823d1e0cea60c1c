"""Make the nine lines answer 0 to the new situation: other targets, and all else as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from exercises import _ask
from firstneuron import (
    NEW_SITUATION,
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    NeuralNetwork,
    record_training,
)
from provenpages.in_page import NotSolved

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

ENOUGH = 0.1
"""Below this, an answer counts as 0."""

_STEPS = 10_000
_RESET = "Press Reset to have the nine lines back; then change the targets and nothing else."
_PAIRS = (
    "Compare examples 1 and 3, then 2 and 4: in either pair only input 1 differs. What it changes "
    "there, the neuron expects it to change in 1 0 0."
)


def check(names: dict[str, Any]) -> str:
    """Look for targets that make the neuron answer 0, and for nothing else that does."""
    inputs = _numbers(names, "training_set_inputs")
    if not np.array_equal(inputs, TRAINING_SET_INPUTS):
        raise NotSolved(f"The inputs have changed, and the task is about the targets. {_RESET}")
    targets = _targets(names)
    weights = _weights(names)
    answer = _answer(names, weights)
    _check_training(targets, weights)
    changed = int((targets != TRAINING_SET_OUTPUTS).sum())
    if answer >= ENOUGH:
        raise NotSolved(_still(answer, changed, targets))
    told = f"It answers {answer:.5f}, and the weights have learned that from your targets."
    if changed == len(targets):
        return f"{told} You turned all four of them. Turning three is enough: which one may stay?"
    return f"{told} You turned three of them. Fewer are not enough: can you see why?"


def _numbers(names: dict[str, Any], name: str) -> Numbers:
    if name not in names:
        raise NotSolved(f"There is no {name} any more: keep the names of the nine lines. {_RESET}")
    return _ask.numbers(f"{name} is", names[name])


def _targets(names: dict[str, Any]) -> Numbers:
    targets = _numbers(names, "training_set_outputs")
    if targets.shape != TRAINING_SET_OUTPUTS.shape:
        raise NotSolved(
            f"The targets have the shape {targets.shape}, and should be a column of four, (4, 1): "
            "write array([[…]]).T, with one target for each example."
        )
    if not np.isin(targets, (0, 1)).all():
        raise NotSolved(
            "A target says what the neuron should answer, no or yes, so it is 0 or 1. One of yours "
            "is neither."
        )
    return targets


def _weights(names: dict[str, Any]) -> Numbers:
    weights = _numbers(names, "synaptic_weights")
    if weights.shape != (3, 1):
        raise NotSolved(f"The weights have the shape {weights.shape}, no longer (3, 1). {_RESET}")
    return weights


def _answer(names: dict[str, Any], weights: Numbers) -> float:
    """What the neuron answers, if the program says the same."""
    said = _numbers(names, "answer")
    if said.size != 1:
        raise NotSolved(f"answer has the shape {said.shape}. It should be one number. {_RESET}")
    network = NeuralNetwork(start_weights=weights)
    answer = float(network.think(NEW_SITUATION)[0])
    if np.allclose(said, answer, rtol=0, atol=1e-6):
        return answer
    for situation in np.ndindex(2, 2, 2):
        if np.allclose(said, network.think(situation), rtol=0, atol=1e-6):
            asked = " ".join(map(str, situation))
            raise NotSolved(f"That is the answer to {asked}. The task is about 1 0 0. {_RESET}")
    raise NotSolved(
        f"answer is {said.flat[0]:.5f}, but with these weights the neuron answers {answer:.5f}. It "
        f"was not asked. {_RESET}"
    )


def _check_training(targets: Numbers, weights: Numbers) -> None:
    """Whether the weights are those that the rest of the nine lines makes of the targets."""
    network = NeuralNetwork()
    network.train(TRAINING_SET_INPUTS, targets, _STEPS)
    if _same(weights, network.synaptic_weights):
        return
    every = record_training(NeuralNetwork(), TRAINING_SET_INPUTS, targets, range(_STEPS)).weights
    stopped = next((n for n, after in enumerate(every) if _same(weights[:, 0], after)), None)
    if stopped is not None:
        raise NotSolved(
            f"These are the weights after {stopped:,} of the ten thousand steps. Let the neuron "
            f"take them all. {_RESET}"
        )
    raise NotSolved(
        "Your targets do not lead to these weights. Either they were set by hand, or another of "
        f"the nine lines has changed. {_RESET}"
    )


def _same(some: Numbers, others: Numbers) -> bool:
    return np.allclose(some, others, rtol=1e-7, atol=1e-9)


def _still(answer: float, changed: int, targets: Numbers) -> str:
    if not changed:
        return (
            f"It answers {answer:.5f}: the targets are as they were. Which of them say that "
            "input 1 is a reason for yes? Turn those round first."
        )
    if not targets.any():
        return (
            f"It answers {answer:.5f}. Told 0 every time, the neuron puts it all down to input 3, "
            f"which is always there, and in 1 0 0 it is not. {_PAIRS}"
        )
    return f"It answers {answer:.5f}, which is not below {ENOUGH}. {_PAIRS}"
