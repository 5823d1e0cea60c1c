"""Fonts and styles that the site serves itself, from where npm put them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FONTS = {
    "inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter-italic.woff2": "@fontsource-variable/inter/files/inter-latin-wght-italic.woff2",
    "jetbrains-mono.woff2": (
        "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2"
    ),
}
_OLDER_FORMATS = re.compile(r',url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)')


class NotInstalled(Exception):  # noqa: N818  (it reads as what happened)
    """npm has not been run; the text says what to do."""


def font_files(node_modules: Path) -> dict[str, Path]:
    """Each font to serve: its address below `assets/`, and the file it is."""
    files = {f"fonts/{name}": node_modules / path for name, path in _FONTS.items()}
    katex = node_modules / "katex" / "dist" / "fonts"
    files |= {f"katex/fonts/{path.name}": path for path in sorted(katex.glob("*.woff2"))}
    missing = [path for path in files.values() if not path.is_file()]
    if missing or not katex.is_dir():
        raise NotInstalled(
            "fonts and formulas are not installed: run `make site`, "
            f"or `npm ci --ignore-scripts` (looked in {node_modules})"
        )
    return files


def katex_css(node_modules: Path) -> str:
    """KaTeX's style sheet, asking for nothing but the font files that are served."""
    css = (node_modules / "katex" / "dist" / "katex.min.css").read_text("utf-8")
    return _OLDER_FORMATS.sub("", css)
