"""What a page asks for, and when: one style sheet, and fonts and modules without a detour."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_STYLE = re.compile(r'<link rel="stylesheet" href="(?P<root>[^"]*)assets/style\.css">')
_OTHER_STYLE = re.compile(
    r'[ \t]*<link rel="stylesheet" href="[^"]*assets/(?:stylesheets/[\w.]+|_mkdocstrings)\.css">\n?'
)
_IMPORT = re.compile(r'(?m)^import (?:[^"]*from )?"(\.\.?/[^"]+)";')
_TEXT_FONTS = ("fonts/inter", "fonts/jetbrains-mono")
_FORMULA_FONTS = ("katex/fonts/KaTeX_Main-Regular", "katex/fonts/KaTeX_Math-Italic")


class NoStyle(Exception):  # noqa: N818  (it reads as what happened)
    """A page does not link to our style sheet, or to none of the theme's."""


def with_few_requests(html: str, modules: tuple[str, ...]) -> str:
    """A whole page that links to one style sheet, which holds the theme's, too.

    Args:
        html: The page.
        modules: What the page's script imports, below `assets/`: to be fetched at once.

    Raises:
        NoStyle: The links to style sheets are not as they were: the theme has changed.
    """
    html, others = _OTHER_STYLE.subn("", html)
    ours = _STYLE.search(html)
    if not ours or not others:
        raise NoStyle("the theme has changed: its links to style sheets are not found any more")
    fonts = _TEXT_FONTS + (_FORMULA_FONTS if '<span class="katex">' in html else ())
    root = ours["root"]
    early = [
        f'<link rel="preload" href="{root}assets/{font}.woff2" as="font" type="font/woff2" '
        "crossorigin>"
        for font in fonts
    ] + [f'<link rel="modulepreload" href="{root}assets/{module}">' for module in modules]
    return html.replace(ours[0], "\n".join([ours[0], *early]), 1)


def with_versions(site: Path) -> None:
    """Give styles and scripts of a built site names that change with them.

    A browser that still has the old ones can then never mix them with a new page.
    """
    style, scripts = site / "assets" / "style.css", site / "assets" / "js"
    text = [path.read_bytes() for path in sorted(scripts.iterdir())]
    versions = {
        "assets/style.css": f"assets/style.{_version([style.read_bytes()])}.css",
        "assets/js/": f"assets/js-{_version(text)}/",
    }
    for old, new in versions.items():
        (site / old).rename(site / new)
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        for old, new in versions.items():
            html = re.sub(rf'((?:href|src)="[^"]*){re.escape(old)}', rf"\1{new}", html)
        page.write_text(html, "utf-8")


def _version(parts: list[bytes]) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()[:8]


def imports(entry: str, scripts: Mapping[str, str]) -> tuple[str, ...]:
    """What a module in `assets/js` imports, and what that imports, below `assets/`.

    Args:
        entry: The module's name.
        scripts: The modules there, by name.
    """
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        script = scripts.get(waiting.pop(0), "")
        for name in _IMPORT.findall(script):
            address = name.removeprefix("../") if name.startswith("../") else f"js/{name[2:]}"
            if address not in found:
                found[address] = None
                waiting.append(address.removeprefix("js/"))
    return tuple(found)
