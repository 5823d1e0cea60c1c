"""The picture that is shown where a link to a page is shared: its title and what it is about."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from pathlib import Path

SIZE = (1200, 630)
_MARGIN = 90
_PAPER, _INK, _SOFT = "#fbfaf6", "#1f2328", "#545a63"
_POSITIVE, _NEGATIVE, _OUTPUT = "#1d5fc0", "#a6480a", "#6d28d9"


class Cards:
    """Draws cards with one font.

    Args:
        font: A variable font, as WOFF2.
        site: The site's name, which every card bears.
    """

    def __init__(self, font: Path, site: str) -> None:
        plain = TTFont(font)
        plain.flavor = None
        file = io.BytesIO()
        plain.save(file)
        self._font = file.getvalue()
        self._site = site

    def png(self, title: str, about: str) -> bytes:
        """A card as PNG, 1200 by 630 pixels."""
        image = Image.new("RGB", SIZE, _PAPER)
        draw = ImageDraw.Draw(image)
        _neuron(image, SIZE[0] - _MARGIN - 280, 40)
        draw.text((_MARGIN, 90), self._site, _OUTPUT, self._letters(38, 650))
        y = 215
        for line in textwrap.wrap(title, 24):
            draw.text((_MARGIN, y), line, _INK, self._letters(76, 700))
            y += 92
        y += 26
        for line in textwrap.wrap(about, 62)[:3]:
            draw.text((_MARGIN, y), line, _SOFT, self._letters(34, 400))
            y += 50
        file = io.BytesIO()
        image.quantize(64).save(file, "PNG", optimize=True)
        return file.getvalue()

    def _letters(self, size: int, weight: int) -> ImageFont.FreeTypeFont:
        letters = ImageFont.truetype(io.BytesIO(self._font), size)
        letters.set_variation_by_axes([weight])
        return letters


def _neuron(image: Image.Image, x: int, y: int) -> None:
    """The site's mark: three inputs, two of which hold back, and the cell."""
    fine = 3  # drawn larger and made smaller, so that slanted lines are smooth
    mark = Image.new("RGB", (280 * fine, 190 * fine), _PAPER)
    draw = ImageDraw.Draw(mark)
    cell = (190 * fine, 95 * fine)
    for rise, colour, width in ((-70, _POSITIVE, 16), (0, _NEGATIVE, 5), (70, _NEGATIVE, 9)):
        draw.line([(0, cell[1] + rise * fine), cell], colour, width * fine)
    draw.line([cell, (270 * fine, cell[1])], _INK, 5 * fine)
    draw.circle(cell, 46 * fine, _PAPER, _OUTPUT, 8 * fine)
    image.paste(mark.resize((280, 190), Image.Resampling.LANCZOS), (x, y))
