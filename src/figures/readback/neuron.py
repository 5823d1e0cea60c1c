"""The pictures of one neuron, held against the article's own loop."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.readback.picture import (
    LEGEND,
    PIXEL,
    Picture,
    at_its_line,
    axes_of_inputs,
    axis_ticks,
    describes,
    differ,
    frames,
    heads,
    joins,
    labels,
    only,
    said,
    sign_of,
    stands_in,
    synapse,
    tells,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INPUTS = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
TARGETS = np.array([[0, 1, 1, 0]]).T


def sigmoid(z: Any) -> Any:
    """The article's formula."""
    return 1 / (1 + np.exp(-z))


def measured_slope(z: Any) -> Any:
    """The sigmoid's slope by central differences."""
    return (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6


@cache
def _all_weights() -> Any:
    weights = 2 * np.random.RandomState(1).random_sample((3, 1)) - 1
    seen = [weights[:, 0].copy()]
    for _ in range(10_000):
        output = sigmoid(INPUTS @ weights)
        weights += INPUTS.T @ ((TARGETS - output) * output * (1 - output))
        seen.append(weights[:, 0].copy())
    return np.array(seen)


def weights_after(steps: Any) -> Any:
    """The article's loop; the weights after each of the steps asked for."""
    return _all_weights()[np.asarray(steps)]


def _sigmoid(picture: Picture) -> Iterator[str]:
    yield from axis_ticks(picture, "x", [-6, -4, -2, 0, 2, 4, 6])
    yield from axis_ticks(picture, "y", [0, 0.5, 1])
    yield from _curve_of_sums(picture, "sigmoid", sigmoid)
    yield from differ("the middle", picture.value("y", picture.number("half", "cy")), 0.5, 1e-3)
    yield from differ("the middle", picture.value("x", picture.number("half", "cx")), 0, 1e-2)
    yield from labels(picture)
    yield from describes(picture, "0", "0", "1", "0", "1")


def _curve_of_sums(picture: Picture, name: str, function: Callable[[Any], Any]) -> Iterator[str]:
    x, y = picture.points(name).T
    z = np.linspace(-6, 6, len(x))
    yield from differ(f"{name}: across", picture.value("x", x), z, 2e-3)
    yield from differ(f"{name}: up", picture.value("y", y), function(z), 3e-4)


def _slope(picture: Picture) -> Iterator[str]:
    yield from axis_ticks(picture, "x", [-6, -4, -2, 0, 2, 4, 6])
    yield from axis_ticks(picture, "y", [0, 0.25, 0.5, 1])
    yield from _curve_of_sums(picture, "sigmoid", sigmoid)
    yield from _curve_of_sums(picture, "slope", measured_slope)
    start, end = weights_after([0, 10_000])
    sums = (start[0] + start[2], 0.0, end.sum())
    slopes = [f"{measured_slope(z):.4f}" for z in sums]
    examples = ["3", "", "2"]
    yield from labels(
        picture,
        *(f"slope {slope}" for slope in slopes),
        "untrained, example 3",
        "trained, example 2",
    )
    told = zip((said(z, 3) for z in sums), examples, slopes, strict=True)
    yield from describes(picture, "0.25", *(it for group in told for it in group if it))
    for index, z in enumerate(sums):
        name = f"tangent{index}"
        x = picture.value("x", np.array([picture.number(name, "x1"), picture.number(name, "x2")]))
        y = picture.value("y", np.array([picture.number(name, "y1"), picture.number(name, "y2")]))
        slope = measured_slope(z)
        yield from differ(f"{name}: length", np.abs(x - z), [1.1, 1.1], 2e-3)
        yield from differ(f"{name}: rise", y, sigmoid(z) + slope * (x - z), 1e-3)
        yield from differ(name, float(picture.marks[name].get("data-z", "nan")), z, 1e-12)
        touch = [
            picture.value("x", picture.number(f"touch{index}", "cx")),
            picture.value("y", picture.number(f"touch{index}", "cy")),
        ]
        yield from differ(f"touch{index}", touch, [z, sigmoid(z)], 2e-3)


def _steps(picture: Picture, name: str) -> tuple[list[int], Any]:
    x, y = picture.points(name).T
    return [0, *picture.value("x", x[1:], logarithmic=True).round().astype(int).tolist()], y


def _along_steps(picture: Picture, name: str) -> Iterator[str]:
    """Step 0 on its own tick, then whole steps, each where the axis has it."""
    x = picture.points(name)[:, 0]
    steps, _ = _steps(picture, name)
    if steps != sorted(set(steps)) or not {0, 1, 2, 4, 20, 341, 10_000} <= set(steps):
        yield f"{name}: steps missing or out of order"
    yield from differ(f"{name}: step 0", x[0], picture.ticks("x")[0][1], PIXEL)
    ticks = picture.ticks("x")
    (low, start), (high, end) = ticks[1], ticks[-1]
    places = start + np.log10(np.array(steps[1:]) / low) / np.log10(high / low) * (end - start)
    yield from differ(f"{name}: places", x[1:], places, 0.35)
    gaps = np.diff(np.log10([step for step in steps if step >= 20 and step != 341]))
    if gaps.max() > 2 * np.median(gaps):
        yield f"{name}: a gap between steps"


def _weights(picture: Picture) -> Iterator[str]:
    yield from axis_ticks(picture, "x", [0, 1, 10, 100, 1000, 10_000], logarithmic=True)
    yield from axis_ticks(picture, "y", [-5, 0, 5, 10])
    for index in range(3):
        name = f"w{index + 1}"
        yield from _along_steps(picture, name)
        steps, y = _steps(picture, name)
        yield from differ(name, picture.value("y", y), weights_after(steps)[:, index], 3e-3)
    second = weights_after(range(2_001))[:, 1]
    turns = {
        "highest": int(np.argmax(second)),
        "below-0": int(np.argmax(second < 0)),
        "lowest": int(np.argmin(second)),
    }
    for name, step in turns.items():
        place = picture.value("x", picture.number(name, "cx"), logarithmic=True)
        yield from differ(f"{name}: step", place / step, 1, 3e-3)
        height = picture.value("y", picture.number(name, "cy"))
        yield from differ(f"{name}: weight", height, second[step], 3e-3)
    notes = [f"{name.replace('-', ' ')}: step {step}" for name, step in turns.items()]
    yield from labels(picture, "weight 1", "weight 2", "weight 3", *notes)
    first, second_last, third = (said(weight, 2) for weight in weights_after([10_000])[0])
    told = ["1", first, "3", third, "2", *map(str, turns.values()), second_last]
    yield from describes(picture, *told)
    yield from _names_its_curve(picture)


def _names_its_curve(picture: Picture) -> Iterator[str]:
    """Each name of a weight stands nearest to the end of that weight's curve."""
    ends = {n: picture.points(f"w{n}")[-1, 1] for n in (1, 2, 3)}
    for label in [it for it in picture.root.iter("text") if (it.text or "").startswith("weight ")]:
        height = float(label.get("y", "nan"))
        nearest = min(ends, key=lambda n: abs(ends[n] - height))
        if label.text != f"weight {nearest}":
            yield f"{label.text!r} stands at the curve of weight {nearest}"


def _error(picture: Picture) -> Iterator[str]:
    yield from axis_ticks(picture, "x", [0, 1, 10, 100, 1000, 10_000], logarithmic=True)
    yield from axis_ticks(picture, "y", [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1], logarithmic=True)
    yield from _along_steps(picture, "error")
    steps, y = _steps(picture, "error")
    errors = ((TARGETS[:, 0] - sigmoid(weights_after(steps) @ INPUTS.T)) ** 2).mean(axis=1)
    yield from differ(
        "error", picture.value("y", y, logarithmic=True) / errors, np.ones(len(y)), 3e-3
    )
    yield from labels(picture)
    yield from describes(picture, f"{errors[0]:.2f}", f"{errors[-1]:.6f}")


def _neuron(steps: int, inputs: list[int], digits: int) -> Callable[[Picture], Iterator[str]]:
    def check(picture: Picture) -> Iterator[str]:
        weights = weights_after([steps])[0]
        z = float(np.dot(inputs, weights))
        shown = {"z": said(z, 3), "o": said(sigmoid(z), digits)}
        shown |= {f"x{n}": str(value) for n, value in enumerate(inputs, 1)}
        for name, text in shown.items():
            if picture.text(name) != text:
                yield f"{name} says {picture.text(name)!r}, expected {text!r}"
        values = [said(weight, 3) for weight in weights]
        for n, value in enumerate(values, 1):
            if picture.text(f"v{n}") != value:
                yield f"v{n} says {picture.text(f'v{n}')!r}, expected {value!r}"
        headings = {"inputs": "x1", "weights": "v1", "sum, squashed": "z", "answer": "o"}
        marks, words = {"c-z": "body"}, [(it, "label") for it in headings]
        for n, (weight, heard) in enumerate(zip(weights, inputs, strict=True), 1):
            absent = "" if heard else " absent"
            marks |= {f"c-x{n}": f"input{absent}", f"w{n}": f"synapse {sign_of(weight)}{absent}"}
            words += [(str(heard), "value"), (said(weight, 3), f"value {sign_of(weight)} halo")]
            width = 1 + 6 * abs(weight) / np.abs(weights).max()
            yield from synapse(picture, f"w{n}", weight, width)
            yield from joins(picture, f"w{n}", (f"c-x{n}", "c-z"), 0.22, 4)
            yield from stands_in(picture, f"x{n}", f"c-x{n}")
        words += [(shown["z"], "value"), (shown["o"], "value output strong")]
        words += [("z", "symbol"), (LEGEND, "note")]
        yield from only(picture, marks, {"line.axis": 1, "path.axis": 1}, words)
        for heading, below in headings.items():
            yield from heads(picture, heading, picture.place(below)[0], 28)
        yield from stands_in(picture, "z", "c-z")
        yield from at_its_line(picture, {f"v{n}": f"w{n}" for n in (1, 2, 3)})
        (x, y), radius = picture.place("c-z"), picture.number("c-z", "r")
        yield from differ("the letter z", picture.places("z")[0], [x, y + 14], 3)
        yield from differ("the answer's height", picture.place("o")[1], y, 6)
        for arrow in picture.root.findall("line[@class='axis']"):
            ends = [float(arrow.get(it, "nan")) for it in ("x1", "y1", "x2", "y2")]
            reach = [x + radius + 2, y, picture.place("o")[0] - 34, y]
            yield from differ("the arrow", ends, reach, 2)
        first, second, third = inputs
        yield from tells(
            picture,
            "The trained neuron" if steps else "The neuron before training",
            f"Three inputs, {first}, {second} and {third}, with the weights {', '.join(values)}. "
            f"Their weighted sum is {said(z, 3)}; the sigmoid makes "
            f"{said(sigmoid(z), 8)} of it.",
        )

    return check


def _cycle(picture: Picture) -> Iterator[str]:
    start, after = weights_after([0, 1])
    output = float(sigmoid(start[0] + start[2]))
    numbers = {
        "answer": output,
        "compare": 1 - output,
        "how-much": after[0] - start[0],
        "adjust": after[0],
    }
    for name, number in numbers.items():
        if picture.text(name) != said(number, 4):
            yield f"{name} says {picture.text(name)!r}, expected {said(number, 4)!r}"
    values = [said(number, 4) for number in numbers.values()]
    boxes = ["1. answer", "2. compare", "3. how much?", "4. adjust"]
    code = "output = 1 / (1 + exp(-dot(inputs, weights)))"
    note = "numbers: example 3 (boxes 1, 2), weight 1 (boxes 3, 4), step 1"
    yield from labels(picture, *values, *boxes, code, note)
    yield from describes(picture, "3", "1", *values)


def _boundary(picture: Picture) -> Iterator[str]:
    w1, w2, w3 = weights_after([10_000])[0]
    answers = {
        (x1, x2, x3): f"{sigmoid(w1 * x1 + w2 * x2 + w3 * x3):.4f}"
        for x3 in (1, 0)
        for x1 in (0, 1)
        for x2 in (0, 1)
    }
    headings = {1: ("input 3 is 1", "taught"), 0: ("input 3 is 0", "never taught")}
    words = [("input 1 →", "note")] * 2 + [("input 2 →", "note")]
    words += [("← no", "error"), ("yes →", "target")] * 2
    words += [(answer, "tick halo") for answer in answers.values()]
    words += [it for one, two in headings.values() for it in ((one, "label strong"), (two, "note"))]
    marks = {"boundary0": "boundary", "boundary1": "boundary"}
    for x1, x2, x3 in answers:
        kind = "open" if x3 == 0 else "target" if x1 else "error"
        marks[f"corner{x1}{x2}{x3}"] = f"corner {kind}"
    yield from only(picture, marks, {"rect.plane": 2}, words)
    corners = "; ".join(f"{' '.join(map(str, at))}: {answer}" for at, answer in answers.items())
    yield from tells(
        picture,
        "Where the trained neuron changes its mind",
        "Two squares with input 1 to the right and input 2 upwards. Where input 3 is 1, the line "
        f"between no and yes stands near {-w3 / w1:.2f} on the axis of input 1, halfway "
        "between the taught examples. Where input 3 is 0, which no example showed, the line runs "
        f"through the corner 0 0. The answers at the corners: {corners}.",
    )
    signs = zip(picture.places("← no"), picture.places("yes →"), strict=True)
    squares = []
    for x3, ((no, below), (yes, _)) in zip((1, 0), signs, strict=True):
        left, right = (picture.number(f"corner{x1}0{x3}", "cx") for x1 in (0, 1))
        bottom, top = (picture.number(f"corner0{x2}{x3}", "cy") for x2 in (0, 1))
        squares.append((left, right, bottom))
        if not (left < no < (left + right) / 2 < yes < right and bottom < below < bottom + 50):
            yield "no and yes have changed sides"
        for heading in headings[x3]:
            yield from heads(picture, heading, (left + right) / 2, top - 20)
        for x, y in picture.points(f"boundary{x3}"):
            x1, x2 = (x - left) / (right - left), (y - bottom) / (top - bottom)
            yield from differ("boundary", w1 * x1 + w2 * x2 + w3 * x3, 0, w1 * PIXEL / 60)
            yield from differ("boundary: ends", abs(x2 - 0.5), 0.64, 2e-3)
        for x1 in (0, 1):
            for x2 in (0, 1):
                at = f"{x1}{x2}{x3}"
                answer = f"{sigmoid(w1 * x1 + w2 * x2 + w3 * x3):.4f}"
                if picture.text(f"answer{at}") != answer:
                    yield f"corner {at} says {picture.text(f'answer{at}')}, expected {answer}"
                corner = picture.place(f"corner{at}")
                expected = [right if x1 else left, top if x2 else bottom]
                yield from differ(f"corner {at}", corner, expected, PIXEL)
                place = picture.place(f"answer{at}")
                yield from differ(f"answer {at}", place[0], corner[0], 5)
                yield from differ(f"answer {at}", place[1], corner[1], 24)
    yield from frames(picture, squares)
    yield from axes_of_inputs(picture, squares)


CHECKS: dict[str, Callable[[Picture], Iterator[str]]] = {
    "neuron-start": _neuron(0, [1, 0, 1], 4),
    "neuron-trained": _neuron(10_000, [1, 0, 0], 5),
    "sigmoid-curve": _sigmoid,
    "sigmoid-slope": _slope,
    "training-cycle": _cycle,
    "training-weights": _weights,
    "training-error": _error,
    "decision-boundary": _boundary,
}
