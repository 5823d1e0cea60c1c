"""Fonts with the letters and weights that the site uses, and no others: a third of the size."""

from __future__ import annotations

import hashlib
import io
import logging
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# Kerning, ligatures and marks; and figures of equal width, which measured numbers need.
_FEATURES = ("calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum")


def subset(font: Path, weights: tuple[int, int] | None, characters: str, cache: Path) -> bytes:
    """The font as WOFF2, with these weights and these characters only.

    Args:
        font: A font file.
        weights: The lightest and the boldest to keep of a variable font.
        characters: A text; what the font has no letter for is left to the next font.
        cache: A folder in which to keep what was made: it takes a second.
    """
    letters = "".join(sorted(set(characters)))
    recipe = (Path(__file__).read_bytes(), font.read_bytes(), repr((weights, letters)).encode())
    kept = cache / f"{hashlib.sha256(b''.join(recipe)).hexdigest()}.woff2"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        new = kept.with_suffix(f".{id(letters)}")
        new.write_bytes(_subset(font, weights, letters))
        new.replace(kept)  # whole or not at all, should two builds run at once
    return kept.read_bytes()


def _subset(path: Path, weights: tuple[int, int] | None, characters: str) -> bytes:
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # its notes are not for our readers
    font = TTFont(path)
    if weights:
        font = _reread(instantiateVariableFont(font, {"wght": weights}))
    options = Options()
    options.layout_features = list(_FEATURES)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    return _written(font)


def _reread(font: TTFont) -> TTFont:
    """The same font, its parts consistent: what was cut is cut everywhere."""
    return TTFont(io.BytesIO(_written(font)))


def _written(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
