"""Where the trained neuron changes its mind, in the two halves of the input cube."""

from __future__ import annotations

import firstneuron as fn
from figures.svg import Drawing, Scale, number

_SIDE, _TOP = 120, 64


def boundary() -> Drawing:
    """Two squares: input 3 is 1, as in all examples, and input 3 is 0, as in none."""
    network = fn.NeuralNetwork()
    network.train(fn.TRAINING_SET_INPUTS, fn.TRAINING_SET_OUTPUTS, 10_000)
    w1, w2, w3 = network.synaptic_weights[:, 0].tolist()
    taught = dict(
        zip(
            map(tuple, fn.TRAINING_SET_INPUTS.tolist()),
            fn.TRAINING_SET_OUTPUTS[:, 0].tolist(),
            strict=True,
        )
    )
    answers = {
        (x1, x2, x3): float(network.think([x1, x2, x3])[0])
        for x3 in (1, 0)
        for x1 in (0, 1)
        for x2 in (0, 1)
    }
    said = "; ".join(f"{' '.join(map(str, at))}: {number(it, 4)}" for at, it in answers.items())
    drawing = Drawing(
        "decision-boundary",
        "Where the trained neuron changes its mind",
        "Two squares with input 1 to the right and input 2 upwards. Where input 3 is 1, the line "
        f"between no and yes stands near {number(-w3 / w1, 2)} on the axis of input 1, halfway "
        "between the taught examples. Where input 3 is 0, which no example showed, the line runs "
        f"through the corner 0 0. The answers at the corners: {said}.",
        height=250,
    )
    for left, x3, heading in ((40, 1, "taught"), (218, 0, "never taught")):
        across = Scale(0, 1, left, left + _SIDE)
        up = Scale(0, 1, _TOP + _SIDE, _TOP)
        drawing.text(left + _SIDE / 2, 14, f"input 3 is {x3}", "label strong")
        drawing.text(left + _SIDE / 2, 29, heading, "note")
        drawing.box(left, _TOP, _SIDE, _SIDE, "plane")
        # The line w1 x1 + w2 x2 + w3 x3 = 0, a little beyond the square.
        ends = [(-(w2 * x2 + w3 * x3) / w1, x2) for x2 in (-0.14, 1.14)]
        drawing.curve(
            [(across(x1), up(x2)) for x1, x2 in ends], "boundary", data_name=f"boundary{x3}"
        )
        drawing.text(across(0.12), up(-0.34), "← no", "error", anchor="middle")
        drawing.text(across(0.9), up(-0.34), "yes →", "target", anchor="middle")
        for x1 in (0, 1):
            for x2 in (0, 1):
                x, y, corner = across(x1), up(x2), (x1, x2, x3)
                kind = ("target" if taught[corner] else "error") if corner in taught else "open"
                drawing.circle(
                    x, y, 6, f"corner {kind}", data_name="corner" + "".join(map(str, corner))
                )
                side = 1 if x1 else -1
                drawing.text(
                    x + side * 4, y - 12 if x2 else y + 22, number(answers[corner], 4), "tick halo",
                    data_name="answer" + "".join(map(str, corner)),
                )  # fmt: skip
        drawing.text(left + _SIDE / 2, _TOP + _SIDE + 58, "input 1 →", "note")
    drawing.text(
        14, _TOP + _SIDE / 2, "input 2 →", "note", transform=f"rotate(-90 14 {_TOP + _SIDE / 2})"
    )
    return drawing
