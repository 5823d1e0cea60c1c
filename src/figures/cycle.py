"""The training cycle: what each part does, its line of code, and its number for example 3."""

from __future__ import annotations

import firstneuron as fn
from figures.svg import Drawing, number

_LEFT, _WIDTH, _HEIGHT, _GAP = 8, 306, 52, 18


def cycle() -> Drawing:
    """The first step of training, as a ring of four boxes."""
    network = fn.NeuralNetwork()
    weights = network.synaptic_weights[:, 0]
    outputs = network.think(fn.TRAINING_SET_INPUTS)
    errors = fn.TRAINING_SET_OUTPUTS - outputs
    changes = fn.adjustment(fn.TRAINING_SET_INPUTS, fn.TRAINING_SET_OUTPUTS, outputs)[:, 0]
    after = weights + changes
    boxes = [
        ("answer", "output = 1 / (1 + exp(-dot(inputs, weights)))", "output", float(outputs[2, 0])),
        ("compare", "error = targets - output", "error", float(errors[2, 0])),
        ("how much?", "change = dot(inputs.T, error * slope)", "ink", float(changes[0])),
        ("adjust", "weights += change", "positive", float(after[0])),
    ]
    said = "; ".join(f"{what}: {number(value, 4)}" for what, _, _, value in boxes)
    drawing = Drawing(
        "training-cycle",
        "The training cycle",
        "Four boxes in a ring: answer, compare, work out how much, adjust, and back to answer, ten "
        "thousand times. The numbers are those of example 3 and weight 1 in the first step: "
        f"{said}.",
        height=4 * _HEIGHT + 3 * _GAP + 34,
    )
    for index, (what, code, kind, value) in enumerate(boxes):
        y = 6 + index * (_HEIGHT + _GAP)
        drawing.box(_LEFT, y, _WIDTH, _HEIGHT, "card")
        drawing.text(_LEFT + 12, y + 21, f"{index + 1}. {what}", "label strong", anchor="start")
        drawing.text(_LEFT + 12, y + 41, code, "code", anchor="start")
        drawing.text(
            _LEFT + _WIDTH - 12, y + 21, number(value, 4), f"value {kind}", anchor="end",
            data_name=what.rstrip("?").replace(" ", "-"),
        )  # fmt: skip
        if index < len(boxes) - 1:
            x = _LEFT + _WIDTH / 2
            drawing.arrow(x, y + _HEIGHT + 2, x, y + _HEIGHT + _GAP - 2)
    top, bottom = 6 + _HEIGHT / 2, 6 + 3 * (_HEIGHT + _GAP) + _HEIGHT / 2
    right = _LEFT + _WIDTH
    drawing.curve([(right + 3, bottom), (right + 22, bottom), (right + 22, top)], "axis")
    drawing.arrow(right + 22, top, right + 4, top)
    drawing.text(
        right + 37, (top + bottom) / 2, "ten thousand times", "label",
        transform=f"rotate(90 {right + 33} {(top + bottom) / 2})",
    )  # fmt: skip
    drawing.text(
        _LEFT, drawing.height - 8, "numbers: example 3 (boxes 1, 2), weight 1 (boxes 3, 4), step 1",
        "note", anchor="start",
    )  # fmt: skip
    return drawing
