"""Several neurons: why one cannot learn XOR, and the network of layers that did."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

import firstneuron as fn
from figures.svg import Drawing, Scale, number, sign_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
EITHER = [[0], [1], [1], [0]]
_SIDE, _TOP = 120, 62
_BEYOND = 0.16
_LINES = {3: ("neither", 0.2, 0.1), 4: ("not both", 0.52, 0.5)}
"""For the two hidden neurons whose lines are drawn: what each detects, and where it does."""


@cache
def network() -> fn.MultiLayerNetwork:
    """The three-layer network of Trask's article, trained as he did."""
    trained = fn.MultiLayerNetwork([3, 4, 1])
    trained.train(ROWS, EITHER, 60_000)
    return trained


def plane() -> Drawing:
    """Two squares: the examples of one answer joined, and those of two answers parted."""
    drawing = Drawing(
        "xor-plane",
        "Why one line cannot part the four examples, and two can",
        "Two squares with input 1 to the right and input 2 upwards; at their corners the four "
        "examples, yes at top left and bottom right, no at bottom left and top right. On the left "
        "two dashed lines join the corners of the same answer; they cross in the middle. On the "
        "right two slanting lines, those of the trained hidden neurons 3 and 4, "
        "cut off the two no corners; the two yes corners lie between them.",
        height=236,
    )
    for left, heading, below in ((40, "what belongs together", "crosses"), (212, "two lines", "")):
        drawing.text(left + _SIDE / 2, 14, heading, "label strong")
        note = "no single line parts yes from no" if below else "part yes from no"
        drawing.text(left + _SIDE / 2, 29, note, "note")
        drawing.box(left, _TOP, _SIDE, _SIDE, "plane")
        across = Scale(0, 1, left, left + _SIDE)
        up = Scale(0, 1, _TOP + _SIDE, _TOP)
        if below:
            drawing.line(across(0), up(0), across(1), up(1), "alike error", data_name="no")
            drawing.line(across(0), up(1), across(1), up(0), "alike target", data_name="yes")
        else:
            for neuron, (detects, x1, x2) in _LINES.items():
                ends = _ends(network().synaptic_weights[0][:, neuron - 1])
                places = [(across(one), up(two)) for one, two in ends]
                drawing.curve(places, "boundary", data_name=f"hidden{neuron}")
                drawing.text(across(x1), up(x2), detects, "note halo", anchor="middle")
        for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
            kind = "target" if x1 != x2 else "error"
            name = f"{'one' if below else 'two'}{x1}{x2}"
            x, y = across(x1), up(x2)
            drawing.circle(x, y, 6, f"corner {kind}", data_name=name)
            drawing.text(
                x, y - 12 if x2 else y + 20, "yes" if x1 != x2 else "no", f"tick halo {kind}"
            )
        drawing.text(left + _SIDE / 2, _TOP + _SIDE + 44, "input 1 →", "note")
    drawing.text(
        14, _TOP + _SIDE / 2, "input 2 →", "note", transform=f"rotate(-90 14 {_TOP + _SIDE / 2})"
    )
    return drawing


def _ends(weights: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Where the line on which a hidden neuron is undecided, input 3 being 1, leaves the square."""
    w1, w2, w3 = weights.tolist()
    low, high = -_BEYOND, 1 + _BEYOND
    ends = [(-(w2 * x2 + w3) / w1, x2) for x2 in (low, high)]
    ends += [(x1, -(w1 * x1 + w3) / w2) for x1 in (low, high)]
    return sorted(end for end in ends if all(low <= it <= high for it in end))


def trained() -> Drawing:
    """The trained network, answering for the example 1 0 1."""
    inputs = ROWS[2]
    hidden, answer = network().activations(inputs)
    first, last = network().synaptic_weights
    drawing = Drawing(
        "layers-trained",
        "The trained network of two layers",
        f"Three inputs, {' '.join(map(str, inputs))}, each joined to four hidden neurons, and "
        f"these to one more. The hidden neurons answer {_listed(hidden)}; "
        f"their weights into the last neuron are {_listed(last[:, 0])}. "
        f"The last neuron answers {number(float(answer[0]), 4)}.",
        height=274,
    )
    columns = (30, 172, 306)
    for x, heading in zip(columns, ("inputs", "hidden neurons", "answer"), strict=True):
        drawing.text(x, 16, heading, "label")
    heights = [[76, 138, 200], [48, 108, 168, 228], [138]]
    for layer, weights in enumerate((first, last)):
        largest = np.abs(weights).max()
        for (start, end), weight in np.ndenumerate(weights):
            x1, y1 = columns[layer] + (15, 20)[layer], heights[layer][start]
            x2, y2 = columns[layer + 1] - (21, 29)[layer], heights[layer + 1][end]
            faint = " absent" if layer == 0 and inputs[start] == 0 else ""
            dashes = {"stroke_dasharray": "6 5"} if weight < 0 else {}
            line = drawing.line(
                x1, y1, x2, y2 + (y1 - y2) * (0.02, 0.1)[layer],
                f"synapse {sign_of(weight)}{faint}",
                data_name=f"w{layer + 1}-{start + 1}-{end + 1}", data_value=repr(float(weight)),
                **dashes,
            )  # fmt: skip
            line.set("stroke-width", f"{0.8 + 4 * abs(weight) / largest:.2f}")
    for n, (y, value) in enumerate(zip(heights[0], inputs, strict=True), 1):
        kind = "input" + (" absent" if value == 0 else "")
        drawing.circle(columns[0], y, 15, kind, data_name=f"c-x{n}")
        drawing.text(columns[0], y + 5, str(value), "value", data_name=f"x{n}")
    for n, (y, value, weight) in enumerate(zip(heights[1], hidden, last[:, 0], strict=True), 1):
        drawing.circle(columns[1], y, 20, "body", data_name=f"c-h{n}")
        drawing.text(columns[1], y + 4, number(value, 2), "value", data_name=f"h{n}")
        drawing.text(
            236, y + (138 - y) * 0.42 - 7, number(weight, 2), f"value {sign_of(weight)} halo",
            data_name=f"v{n}",
        )  # fmt: skip
    drawing.circle(columns[2], 138, 28, "body", data_name="c-o")
    drawing.text(columns[2], 142, number(float(answer[0]), 4), "value output strong", data_name="o")
    drawing.text(180, 269, "solid: pushes up · dashed: holds back · thick: strong", "note")
    return drawing


def _listed(numbers: NDArray[np.float64]) -> str:
    return ", ".join(number(it, 2) for it in numbers)
