"""Every picture by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures import boundary, curves, cycle, layers, neuron, speed, training

if TYPE_CHECKING:
    from collections.abc import Callable

    from figures.svg import Drawing

FIGURES: dict[str, Callable[[], Drawing]] = {
    "neuron-start": neuron.start,
    "neuron-trained": neuron.trained,
    "sigmoid-curve": curves.sigmoid,
    "sigmoid-slope": curves.slope,
    "training-cycle": cycle.cycle,
    "training-weights": training.weights,
    "training-error": training.error,
    "decision-boundary": boundary.boundary,
    "xor-plane": layers.plane,
    "layers-trained": layers.trained,
    "speed-ratios": speed.ratios,
    "speed-growth": speed.growth,
}


def draw(name: str) -> str:
    """The picture called `name`, as SVG markup.

    Raises:
        KeyError: There is no such picture; the text names those there are.
    """
    if name not in FIGURES:
        raise KeyError(f"no figure {name!r}; there are {', '.join(FIGURES)}")
    return str(FIGURES[name]())


def describe(name: str) -> str:
    """What the picture called `name` shows, in words.

    Raises:
        KeyError: There is no such picture.
    """
    return FIGURES[name]().description
