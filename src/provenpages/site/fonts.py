"""Fonts with the letters and weights that the site uses, and no others: a third of the size."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

if TYPE_CHECKING:
    from pathlib import Path

    from fontTools.ttLib.tables._n_a_m_e import NameRecord

# Kerning, ligatures and marks; and figures of equal width, which measured numbers need.
_FEATURES = ("calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum")
_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS = 0, 13, 14  # records that go with every copy
_NAMES = (1, 2, 3, 4, 5, 6)
_RESERVED = re.compile(r"with Reserved Font Name (\w+)")


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
    options.name_IDs = [_COPYRIGHT, *_NAMES, _LICENCE, _LICENCE_ADDRESS]
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(cut)
    _give_back_reserved_name(cut)
    cut.flavor = "woff2"
    return _written(cut)


def _give_back_reserved_name(font: TTFont) -> None:
    """What was changed may not go by a name that its makers reserve: their licence says so."""
    names = font["name"]
    for name in _RESERVED.findall(names.getDebugName(_LICENCE) or ""):
        for record in names.names:
            if record.nameID in _NAMES:
                changed = str(record).replace(name, f"Cut{name.partition('_')[2]}")
                names.setName(changed, record.nameID, *_place(record))


def _place(record: NameRecord) -> tuple[int, int, int]:
    return record.platformID, record.platEncID, record.langID


def _reread(font: TTFont) -> TTFont:
    """The same font, its parts consistent: what was cut is cut everywhere."""
    return TTFont(io.BytesIO(_written(font)))


def _written(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
