"""The neuron with its real numbers: one example at the start, the new situation when trained."""

from __future__ import annotations

import numpy as np

import firstneuron as fn
from figures.svg import Drawing, number, sign_of

_X, _Y = 232, 105


def start() -> Drawing:
    """Example 3 at step 0."""
    return _neuron("neuron-start", fn.NeuralNetwork(), [1, 0, 1], "The neuron before training")


def trained() -> Drawing:
    """The new situation after ten thousand steps."""
    network = fn.NeuralNetwork()
    network.train(fn.TRAINING_SET_INPUTS, fn.TRAINING_SET_OUTPUTS, 10_000)
    return _neuron("neuron-trained", network, fn.NEW_SITUATION.tolist(), "The trained neuron")


def _neuron(name: str, network: fn.NeuralNetwork, inputs: list[int], title: str) -> Drawing:
    weights = network.synaptic_weights[:, 0]
    total = float(fn.weighted_sum(inputs, weights)[0])
    answer = float(network.think(inputs)[0])
    shown = ", ".join(number(weight, 3) for weight in weights)
    drawing = Drawing(
        name,
        title,
        f"Three inputs, {inputs[0]}, {inputs[1]} and {inputs[2]}, with the weights {shown}. "
        f"Their weighted sum is {number(total, 3)}; the sigmoid makes {number(answer, 8)} of it.",
        height=214,
    )
    drawing.text(30, 16, "inputs", "label")
    drawing.text(126, 16, "weights", "label")
    drawing.text(_X, 16, "sum, squashed", "label")
    drawing.text(330, 16, "answer", "label")
    for index, (value, weight) in enumerate(zip(inputs, weights, strict=True)):
        y = 45 + 60 * index
        dashes = {"stroke_dasharray": "6 5"} if weight < 0 else {}
        faint = " absent" if value == 0 else ""
        line = drawing.line(
            46, y, _X - 30, _Y + (y - _Y) * 0.22, f"synapse {sign_of(weight)}{faint}",
            data_name=f"w{index + 1}", data_value=repr(float(weight)), **dashes,
        )  # fmt: skip
        line.set("stroke-width", f"{1 + 6 * abs(weight) / np.abs(weights).max():.2f}")
        drawing.circle(30, y, 15, f"input{faint}", data_name=f"c-x{index + 1}")
        drawing.text(30, y + 5, str(value), "value", data_name=f"x{index + 1}")
        middle = y + (_Y - y) * 0.34
        above_or_below = 19 if index == len(weights) - 1 else -9
        drawing.text(
            126, middle + above_or_below, number(float(weight), 3),
            f"value {sign_of(weight)} halo", data_name=f"v{index + 1}",
        )  # fmt: skip
    drawing.circle(_X, _Y, 34, "body", data_name="c-z")
    drawing.text(_X, _Y - 3, number(total, 3), "value", data_name="z")
    drawing.text(_X, _Y + 14, "z", "symbol")
    drawing.arrow(_X + 36, _Y, 296, _Y)
    digits = 4 if name == "neuron-start" else 5
    drawing.text(330, _Y + 5, number(answer, digits), "value output strong", data_name="o")
    drawing.text(180, 206, "solid: pushes up · dashed: holds back · thick: strong", "note")
    return drawing
