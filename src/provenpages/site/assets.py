"""Fonts, styles and scripts that the site serves itself, from where npm put them."""

from __future__ import annotations

import re
import string
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from provenpages.site import cards, fonts
from provenpages.site.keep import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenpages.site.maths import Katex

# The weights are those that `docs/assets/css/fonts.css` declares.
_FONTS: dict[str, tuple[str, tuple[int, int]]] = {
    "fonts/inter": ("@fontsource-variable/inter/files/inter-latin-wght-normal", (400, 700)),
    "fonts/inter-italic": ("@fontsource-variable/inter/files/inter-latin-wght-italic", (400, 400)),
    "fonts/jetbrains-mono": (
        "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal",
        (400, 400),
    ),
}
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
_KATEX = "katex/dist/fonts"
_SCRIPTS = {"copy-tex.js": "katex/dist/contrib/copy-tex.mjs"}  # a copied formula is its LaTeX
_STYLES = (
    "fonts",
    "colours",
    "page",
    "code",
    "run",
    "quiz",
    "terms",
    "figures",
    "watch",
    "home",
)  # in this order
_OLDER_FORMATS = re.compile(r',url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)')


class NotInstalled(Exception):  # noqa: N818  (it reads as what happened)
    """npm has not been run; the text says what to do."""


def served_files(node_modules: Path) -> dict[str, Path]:
    """Each file to serve as it is: its address below `assets/`, and where it lies.

    Raises:
        NotInstalled: npm has not been run.
    """
    files = {f"katex/{name}": node_modules / path for name, path in _SCRIPTS.items()}
    needed = [*files.values(), *(_font(node_modules, path) for path, _ in _FONTS.values())]
    if not all(path.is_file() for path in needed) or not _katex_fonts(node_modules):
        raise NotInstalled(
            "fonts and formulas are not installed: run `make site`, "
            f"or `npm ci --ignore-scripts` (looked in {node_modules})"
        )
    return files


def write(site: Path, css: Path, node_modules: Path, katex: Katex, cache: Path) -> None:
    """Write into a built site what depends on all its pages: its styles and its letters.

    Args:
        site: The built site.
        css: Our folder of styles.
        node_modules: Where npm put KaTeX and the fonts.
        katex: What rendered the site's formulas.
        cache: A folder in which to keep what was made.
    """
    html = "".join(path.read_text("utf-8") for path in site.rglob("*.html"))
    files = font_files(node_modules, html, katex.text(), cache)
    files["style.css"] = style_sheet(site, css, node_modules, katex.css()).encode()
    files |= {name: path.read_bytes() for name, path in served_files(node_modules).items()}
    for name, content in files.items():
        path = site / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def style_sheet(site: Path, css: Path, node_modules: Path, more: str) -> str:
    """All styles as one file, so that a page waits for one: the theme's, KaTeX's, and ours.

    Args:
        site: The built site, with the theme's styles in it.
        css: Our folder of styles.
        node_modules: Where npm put KaTeX.
        more: Rules that the build made.
    """
    themes = sorted((site / "assets" / "stylesheets").glob("*.css"))  # main, then palette
    reference = site / "assets" / "_mkdocstrings.css"
    theme = [path.read_text("utf-8") for path in (*themes, reference) if path.is_file()]
    katex = (node_modules / "katex" / "dist" / "katex.min.css").read_text("utf-8")
    katex = _OLDER_FORMATS.sub("", katex).replace("url(fonts/", "url(katex/fonts/")
    ours = [(css / f"{name}.css").read_text("utf-8") for name in _STYLES]
    ours = [text.replace('url("../', 'url("') for text in ours]
    sheet = "\n".join((*theme, katex, more, *ours))
    return _SOURCE_MAP.sub("", sheet)


def font_files(node_modules: Path, text: str, formulas: str, cache: Path) -> dict[str, bytes]:
    """Each font's address below `assets/` and its content.

    Args:
        node_modules: Where npm put the fonts.
        text: What the pages show.
        formulas: What their formulas show.
        cache: A folder in which to keep what was made.
    """
    wanted = {
        f"{name}.woff2": (_font(node_modules, path), weights, string.printable + text)
        for name, (path, weights) in _FONTS.items()
    } | {f"katex/fonts/{it.name}": (it, None, formulas) for it in _katex_fonts(node_modules)}
    code = Path(fonts.__file__).read_bytes()
    made = {}
    for name, (font, weights, shown) in wanted.items():
        letters = "".join(sorted(set(shown)))
        recipe = (code, font.read_bytes(), repr(weights), letters)
        make = partial(fonts.subset, font, weights, letters)
        made[name] = kept(cache, recipe, make)
    return made


def card_maker(node_modules: Path, site: str, cache: Path) -> Callable[[str, str], bytes]:
    """What draws the picture for a page with a title and a description.

    Args:
        node_modules: Where npm put the font.
        site: The site's name.
        cache: A folder in which to keep what was made.
    """
    font = _font(node_modules, _FONTS["fonts/inter"][0])
    drawn = cards.Cards(font, site)
    code = Path(cards.__file__).read_bytes()

    def card(title: str, about: str) -> bytes:
        recipe = (code, font.read_bytes(), site, title, about)
        return kept(cache, recipe, partial(drawn.png, title, about))

    return card


def _font(node_modules: Path, path: str) -> Path:
    return node_modules / f"{path}.woff2"


def _katex_fonts(node_modules: Path) -> list[Path]:
    return sorted((node_modules / _KATEX).glob("*.woff2"))
