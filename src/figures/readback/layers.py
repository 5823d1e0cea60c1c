"""The pictures of several neurons, held against Trask's own loop."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.readback.picture import PIXEL, Picture, describes, differ, labels, said

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


def _plane(picture: Picture) -> Iterator[str]:
    first, _ = _weights()
    for square in ("one", "two"):
        left, bottom = (picture.number(f"{square}00", it) for it in ("cx", "cy"))
        right, top = (picture.number(f"{square}11", it) for it in ("cx", "cy"))
        yield from differ(f"{square}: as high as wide", bottom - top, right - left, PIXEL)
        for x1, x2 in np.ndindex(2, 2):
            name = f"{square}{x1}{x2}"
            place = [picture.number(name, it) for it in ("cx", "cy")]
            yield from differ(name, place, [right if x1 else left, top if x2 else bottom], PIXEL)
            kind = "target" if x1 ^ x2 else "error"
            if kind not in picture.marks[name].get("class", "").split():
                yield f"{name} is not drawn as {kind}"
            word = "yes" if x1 ^ x2 else "no"
            if not any(_beside(it, place, word) for it in picture.root.iter("text")):
                yield f"{name} is not called {word}"
        if square == "two":
            for neuron in (3, 4):
                w1, w2, w3 = first[:, neuron - 1]
                x, y = picture.points(f"hidden{neuron}").T
                sums = w1 * (x - left) / (right - left) + w2 * (y - bottom) / (top - bottom) + w3
                yield from differ(f"hidden{neuron}", sums, np.zeros(len(x)), 8 * PIXEL / 60)
                if len(x) != 2 or np.hypot(*(np.diff(x), np.diff(y)))[0] < 0.7 * (right - left):
                    yield f"hidden{neuron} is no line across the square"
    for name, ends in {"no": ("one00", "one11"), "yes": ("one01", "one10")}.items():
        line = [picture.number(name, it) for it in ("x1", "y1", "x2", "y2")]
        corners = [picture.number(end, it) for end in ends for it in ("cx", "cy")]
        yield from differ(name, line, corners, PIXEL)
    yield from labels(picture, "input 1 →", "input 1 →", "input 2 →")
    yield from describes(picture, "1", "2", "3", "4")


def _beside(text: Any, place: list[float], word: str) -> bool:
    x, y = (float(text.get(it, "nan")) for it in ("x", "y"))
    return text.text == word and abs(x - place[0]) < 3 and abs(y - place[1]) < 24


def _trained(picture: Picture) -> Iterator[str]:
    inputs, layers = _INPUTS[2], _weights()
    hidden = _sigmoid(inputs @ layers[0])
    answer = said(float(_sigmoid(hidden @ layers[1])[0]), 4)
    shown = {f"x{n}": str(value) for n, value in enumerate(inputs, 1)}
    shown |= {f"h{n}": said(value, 2) for n, value in enumerate(hidden, 1)} | {"o": answer}
    for name, text in shown.items():
        if picture.text(name) != text:
            yield f"{name} says {picture.text(name)!r}, expected {text!r}"
    of_the_last = [said(weight, 2) for weight in layers[1][:, 0]]
    yield from labels(picture, *shown.values(), *of_the_last)
    answers = [shown[f"h{n}"] for n in range(1, 5)]
    yield from describes(picture, *map(str, inputs), *answers, *of_the_last, answer)
    for layer, weights in enumerate(layers, 1):
        for (start, end), weight in np.ndenumerate(weights):
            name = f"w{layer}-{start + 1}-{end + 1}"
            line = picture.marks[name]
            kind = line.get("class", "").split()
            width = 0.8 + 4 * abs(weight) / np.abs(weights).max()
            yield from differ(name, picture.number(name, "data-value"), weight, 1e-9)
            yield from differ(f"{name}: width", picture.number(name, "stroke-width"), width, 6e-3)
            if ("stroke-dasharray" in line.attrib) != (weight < 0):
                yield f"{name}: dashes and sign differ"
            if ("negative" if weight < 0 else "positive") not in kind:
                yield f"{name}: colour and sign differ"
            if ("absent" in kind) != (layer == 1 and inputs[start] == 0):
                yield f"{name}: an input of 0 has no say"


CHECKS: dict[str, Callable[[Picture], Iterator[str]]] = {
    "xor-plane": _plane,
    "layers-trained": _trained,
}
