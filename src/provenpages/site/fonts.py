"""Fonts with the letters and weights that the site uses, and no others: a third of the size."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

if TYPE_CHECKING:
    from pathlib import Path

# Kerning, ligatures and marks; and figures of equal width, which measured numbers need.
_FEATURES = ("calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum")


def subset(font: Path, weights: tuple[int, int] | None, characters: str) -> bytes:
    """The font as WOFF2, with these weights and these characters only. It takes a second.

    Args:
        font: A font file.
        weights: The lightest and the boldest to keep of a variable font.
        characters: What the font has no letter for is left to the next font.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # its notes are not for our readers
    cut = TTFont(font)
    if weights:
        cut = _reread(instantiateVariableFont(cut, {"wght": weights}))
    options = Options()
    options.layout_features = list(_FEATURES)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(cut)
    cut.flavor = "woff2"
    return _written(cut)


def _reread(font: TTFont) -> TTFont:
    """The same font, its parts consistent: what was cut is cut everywhere."""
    return TTFont(io.BytesIO(_written(font)))


def _written(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
