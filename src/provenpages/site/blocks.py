"""Code and its output as one object, with a name to link to and what a reader can do with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HIGHLIGHT = r'<div class="language-{language} highlight">(?:(?!</div>).)*</div>'
_BLOCK = re.compile(
    _HIGHLIGHT.format(language=r"(?P<language>(?!output)[\w-]+)")
    + r"(?P<output>\s*"
    + _HIGHLIGHT.format(language="output")
    + ")?",
    re.DOTALL,
)
_FILE_NAME = re.compile(r'<span class="filename">(.*?)</span>')
_NAMES = {
    "console": "Console",
    "pycon": "Python session",
    "python": "Python",
    "sh": "Shell",
    "text": "Text",
    "toml": "TOML",
    "yaml": "YAML",
    "markdown": "Markdown",
}
_PRINTS = '<p class="prints">prints</p>'


def with_blocks(body: str, report: Callable[[str], str] | None = None) -> str:
    """The page's body with every block of code in a frame, its output below it.

    Args:
        body: The page as HTML.
        report: Where to report an error in the block with this `id`, if that is possible.
    """
    number = 0

    def framed(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        code, output = match[0], match["output"] or ""
        code = code.removesuffix(output) if output else code
        file_name = _FILE_NAME.search(code)
        name = file_name[1] if file_name else _NAMES.get(match["language"], "Code")
        printed = f'<div class="block-output">{_PRINTS}{output.strip()}</div>' if output else ""
        return (
            f'<div class="block" id="block-{number}"><div class="block-bar">'
            f'<span class="block-name">{name}</span>{_tools(number, report)}</div>'
            f"{_FILE_NAME.sub('', code)}{printed}</div>"
        )

    return _BLOCK.sub(framed, body)


def _tools(number: int, report: Callable[[str], str] | None) -> str:
    place = f"block-{number}"
    links = [f'<a href="#{place}">Link to this block</a>']
    if report:
        links.append(f'<a href="{report(place)}">Report an error here</a>')
    items = "".join(f"<li>{link}</li>" for link in links)
    return (
        f'<button type="button" class="tool copy" aria-label="Copy block {number}">Copy</button>'
        f'<details class="more"><summary class="tool" aria-label="More for block {number}">'
        f'<span aria-hidden="true">⋯</span></summary><ul>{items}</ul></details>'
    )
