"""Compare the blocks that a page's text holds with those its readers see, both ways."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from provenpages.page import PYTHON

if TYPE_CHECKING:
    from provenpages.page import Page

COUNTED = PYTHON | {"output", "console"}
"""Languages whose blocks are claims, and so are counted."""

PLAIN = frozenset({"text", "markdown", "yaml", "toml", "ini", "make", "html", "javascript", "json"})
"""Languages that pages may show without proof: they are not Python and print nothing."""


@dataclass(frozen=True)
class Block:
    """A code block: its language and its text without blank lines at either end."""

    language: str
    text: str


def differences(page: Page, html: str) -> list[tuple[int, str]]:
    """Each block rendered but not read, or read but not rendered, by line.

    Args:
        page: The page as it was read.
        html: The same page rendered by the tool that readers see it through.
    """
    fences = [fence for fence in page.fences if fence.language in COUNTED]
    read = [_block(fence.language, fence.text) for fence in fences]
    rendered = [block for block in rendered_blocks(html) if block.language in COUNTED]
    found = []
    matcher = difflib.SequenceMatcher(a=read, b=rendered, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        found += [
            (fence.line, f"this {fence.language} block is not rendered as it stands here")
            for fence in fences[start:end]
        ]
        found += [
            (
                _line_of(block, page),
                f"rendered as {block.language}, but not read as a block of its own, so never run",
            )
            for block in rendered[other_start:other_end]
        ]
    return found


def unknown_languages(page: Page) -> list[tuple[int, str]]:
    """Fences in a language that is neither proved nor known to need no proof."""
    return [
        (fence.line, f"{fence.language or 'no language'!r} is not a language pages use here")
        for fence in page.fences
        if fence.language not in COUNTED | PLAIN
    ]


def rendered_blocks(html: str) -> list[Block]:
    """The code blocks of a rendered page that name their language, in order."""
    parser = _Blocks()
    parser.feed(html)
    parser.close()
    return parser.blocks


class _Blocks(HTMLParser):
    """Collect `<pre>` texts, with the language from the class of it or of what is around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._language = ""
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        language = next((name for name in classes if name.startswith("language-")), "")
        if tag in ("div", "code", "pre") and language:
            self._language = language.removeprefix("language-")
        if tag == "pre":
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre" and self._text is not None:
            if self._language:
                self.blocks.append(_block(self._language, "".join(self._text)))
            self._language, self._text = "", None


def _block(language: str, text: str) -> Block:
    return Block("python" if language in PYTHON else language, text.strip("\n"))


def _line_of(block: Block, page: Page) -> int:
    first = next((line.strip() for line in block.text.split("\n") if line.strip()), "")
    lines = page.text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if first and first in line), 1)
