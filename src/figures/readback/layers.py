"""The pictures of several neurons, held against Trask's own loop."""

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
    differ,
    frames,
    heads,
    joins,
    only,
    said,
    sign_of,
    stands_in,
    synapse,
    tells,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_INPUTS = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
_TARGETS = np.array([[0, 1, 1, 0]]).T


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


@cache
def _weights() -> Any:
    random = np.random.RandomState(1)
    first, last = 2 * random.random_sample((3, 4)) - 1, 2 * random.random_sample((4, 1)) - 1
    for _ in range(60_000):
        hidden = _sigmoid(_INPUTS @ first)
        output = _sigmoid(hidden @ last)
        delta = (_TARGETS - output) * output * (1 - output)
        shares = delta @ last.T * hidden * (1 - hidden)
        last = last + hidden.T @ delta
        first = first + _INPUTS.T @ shares
    return first, last


_DETECTS = {"neither": [1, 0, 0, 0], "not both": [1, 1, 1, 0]}
"""For which of 0 0, 0 1, 1 0, 1 1 a hidden neuron of this name answers above one half."""


def _plane(picture: Picture) -> Iterator[str]:
    headings = {
        "one": ("what belongs together", "no single line parts yes from no"),
        "two": ("two lines", "part yes from no"),
    }
    words = [("input 1 →", "note")] * 2 + [("input 2 →", "note")]
    words += [(it, "note halo") for it in _DETECTS]
    words += [("yes", "tick halo target"), ("no", "tick halo error")] * 4
    words += [it for one, two in headings.values() for it in ((one, "label strong"), (two, "note"))]
    marks = {"no": "alike error", "yes": "alike target"}
    marks |= {"hidden3": "boundary", "hidden4": "boundary"}
    squares = []
    for square, both in headings.items():
        left, bottom = picture.place(f"{square}00")
        right, top = picture.place(f"{square}11")
        squares.append((left, right, bottom))
        yield from differ(f"{square}: as high as wide", bottom - top, right - left, PIXEL)
        for heading in both:
            yield from heads(picture, heading, (left + right) / 2, top - 20)
        for x1, x2 in np.ndindex(2, 2):
            name = f"{square}{x1}{x2}"
            marks[name] = "corner target" if x1 ^ x2 else "corner error"
            place, word = picture.place(name), "yes" if x1 ^ x2 else "no"
            yield from differ(name, place, [right if x1 else left, top if x2 else bottom], PIXEL)
            if not any(_beside(it, place) for it in picture.places(word)):
                yield f"{name} is not called {word}"
    yield from only(picture, marks, {"rect.plane": 2}, words)
    yield from frames(picture, squares)
    yield from axes_of_inputs(picture, squares)
    yield from _hidden_lines(picture)
    for name, ends in {"no": ("one00", "one11"), "yes": ("one01", "one10")}.items():
        line = [picture.number(name, it) for it in ("x1", "y1", "x2", "y2")]
        yield from differ(name, line, [it for end in ends for it in picture.place(end)], PIXEL)
    yield from tells(
        picture,
        "Why one line cannot part the four examples, and two can",
        "Two squares with input 1 to the right and input 2 upwards; at their corners the four "
        "examples, yes at top left and bottom right, no at bottom left and top right. On the left "
        "two dashed lines join the corners of the same answer; they cross in the middle. On the "
        "right two slanting lines, those of the trained hidden neurons 3 and 4, "
        "cut off the two no corners; the two yes corners lie between them.",
    )


def _beside(label: tuple[float, float], place: tuple[float, float]) -> bool:
    return abs(label[0] - place[0]) < 3 and abs(label[1] - place[1]) < 24


def _hidden_lines(picture: Picture) -> Iterator[str]:
    """Each line is that of its neuron, and the word at it says what the neuron detects."""
    first, _ = _weights()
    left, bottom = picture.place("two00")
    right, top = picture.place("two11")

    def sums(neuron: int, x: Any, y: Any) -> Any:
        w1, w2, w3 = first[:, neuron - 1]
        return w1 * (x - left) / (right - left) + w2 * (y - bottom) / (top - bottom) + w3

    for neuron, word in ((3, "neither"), (4, "not both")):
        x, y = picture.points(f"hidden{neuron}").T
        yield from differ(f"hidden{neuron}", sums(neuron, x, y), np.zeros(len(x)), 8 * PIXEL / 60)
        if len(x) != 2 or np.hypot(*(np.diff(x), np.diff(y)))[0] < 0.7 * (right - left):
            yield f"hidden{neuron} is no line across the square"
        answers = [sums(neuron, *picture.place(f"two{x1}{x2}")) > 0 for x1, x2 in np.ndindex(2, 2)]
        if answers != _DETECTS[word]:
            yield f"hidden{neuron} does not detect {word!r}"
        at = picture.places(word)[0]
        away = {it: abs(sums(it, *at)) / np.hypot(*first[:2, it - 1]) for it in (3, 4)}
        if sums(neuron, *at) <= 0 or min(away, key=away.__getitem__) != neuron:
            yield f"{word!r} does not stand at its side of hidden{neuron}"


def _trained(picture: Picture) -> Iterator[str]:
    inputs, layers = _INPUTS[2], _weights()
    hidden = _sigmoid(inputs @ layers[0])
    answer = said(float(_sigmoid(hidden @ layers[1])[0]), 4)
    shown = {f"x{n}": str(value) for n, value in enumerate(inputs, 1)}
    shown |= {f"h{n}": said(value, 2) for n, value in enumerate(hidden, 1)} | {"o": answer}
    values = {f"v{n}": said(weight, 2) for n, weight in enumerate(layers[1][:, 0], 1)}
    for name, text in (shown | values).items():
        if picture.text(name) != text:
            yield f"{name} says {picture.text(name)!r}, expected {text!r}"
    columns = {"inputs": "c-x1", "hidden neurons": "c-h1", "answer": "c-o"}
    circles = [f"c-{name}" for name in shown]
    marks = {f"c-{name}": "input" if name[0] == "x" else "body" for name in shown} | {
        f"w{layer}-{start + 1}-{end + 1}": f"synapse {sign_of(weight)}"
        for layer, weights in enumerate(layers, 1)
        for (start, end), weight in np.ndenumerate(weights)
    }
    marks |= {it: f"{marks[it]} absent" for it in marks if it.startswith(("c-x2", "w1-2-"))}
    words = [(text, "value output strong" if it == "o" else "value") for it, text in shown.items()]
    words += [
        (text, f"value {sign_of(weight)} halo")
        for text, weight in zip(values.values(), layers[1][:, 0], strict=True)
    ]
    words += [*((it, "label") for it in columns), (LEGEND, "note")]
    yield from only(picture, marks, {}, words)
    for name in shown:
        yield from stands_in(picture, name, f"c-{name}")
    for heading, first in columns.items():
        column = [picture.place(it) for it in circles if it[:3] == first[:3]]
        yield from heads(picture, heading, column[0][0], min(y for _, y in column))
        yield from differ(heading, [x for x, _ in column], [column[0][0]] * len(column), PIXEL)
        if column != sorted(column):
            yield f"{heading} out of order"
    for layer, weights in enumerate(layers, 1):
        for (start, end), weight in np.ndenumerate(weights):
            name = f"w{layer}-{start + 1}-{end + 1}"
            width = 0.8 + 4 * abs(weight) / np.abs(weights).max()
            yield from synapse(picture, name, weight, width)
            ends = f"c-x{start + 1}", f"c-h{end + 1}"
            if layer == 2:
                ends = f"c-h{start + 1}", "c-o"
            yield from joins(picture, name, ends, (0.02, 0.1)[layer - 1], -1)
    own = {f"v{n}": f"w2-{n}-1" for n in range(1, 5)}
    yield from at_its_line(picture, own)
    heard, told = (
        ", ".join(them) for them in ([shown[f"h{n}"] for n in range(1, 5)], values.values())
    )
    yield from tells(
        picture,
        "The trained network of two layers",
        f"Three inputs, {' '.join(map(str, inputs))}, each joined to four hidden neurons, and "
        f"these to one more. The hidden neurons answer {heard}; "
        f"their weights into the last neuron are {told}. The last neuron answers {answer}.",
    )


CHECKS: dict[str, Callable[[Picture], Iterator[str]]] = {
    "xor-plane": _plane,
    "layers-trained": _trained,
}
