"""Read a picture back: every mark stands where the numbers say, every label says the number.

The numbers are worked out here with the articles' own loops, not with the package, and places
are translated by the ticks that the picture itself shows.

    picture    a drawn figure taken apart
    neuron     the pictures of one neuron
    layers     the pictures of several
    speed      the pictures of what was measured
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from figures.readback import layers, neuron, speed
from figures.readback.picture import Picture

__all__ = ["Picture", "disagreements"]

_CHECKS = neuron.CHECKS | layers.CHECKS | speed.CHECKS


def disagreements(name: str, svg: str) -> list[str]:
    """What is wrong with the picture called `name`, in words."""
    try:
        return list(_CHECKS[name](Picture(svg)))
    except (KeyError, ValueError, IndexError, ET.ParseError) as error:
        return [f"cannot be read back: {type(error).__name__}: {error}"]
