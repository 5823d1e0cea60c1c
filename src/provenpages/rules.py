"""What a page has to keep to, so that all it shows can be proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenpages.census import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenpages.fences import Fence, Problem
    from provenpages.page import Page

PLAIN = frozenset(
    {"text", "markdown", "yaml", "toml", "ini", "make", "html", "javascript", "json", "sh"}
    | {"powershell"}
)
"""Languages that pages may show without proof: they are not Python and print nothing."""

OPTIONS = frozenset({"continuation", "notest", "reason", "title", "hl_lines", "linenums"})
"""What may stand beside the language. Anything else is a slip: `contination`, say."""

ENOUGH_WORDS = 3
"""A reason of fewer words is none."""


def violations(page: Page) -> Iterator[Problem]:
    """Each place where the page breaks a rule."""
    for fence in page.fences:
        yield from _unknown(fence)
    for example in page.examples:
        if example.not_run and len(example.reason.split()) < ENOUGH_WORDS:
            yield example.line, 'not run: say why, {.python notest reason="…"}'
        if example.not_run and example.output is not None:
            yield example.line, "shows an output, but is not run"
    for session in page.sessions:
        if not session.text.startswith("$ "):
            yield session.line, "a console block begins with a command, after `$ `"
    first = next(iter(page.chains), [])
    if first and first[0].continues:
        yield first[0].line, "a continuation, but no example that is run stands above it"


def _unknown(fence: Fence) -> Iterator[Problem]:
    if fence.language not in COUNTED | PLAIN:
        yield fence.line, f"{fence.language or 'no language'!r} is not a language pages use here"
    for option in fence.options.keys() - OPTIONS:
        yield fence.line, f"{option!r} is not an option pages use here"
