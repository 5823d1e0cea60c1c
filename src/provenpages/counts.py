"""Count what pages hold, and fill the counts in where a page asks for one.

A page asks with a placeholder, `` `…`{ data-count="examples" } ``. Such a number is not checked
but made: whoever builds the site counts all its pages, and writes it. So a number that somebody
typed in its place is as wrong as a count that there is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenpages import meaning
from provenpages.asked import asked, not_understood
from provenpages.fences import CODE_SPAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from provenpages.fences import Problem
    from provenpages.page import Page

_PICTURE = re.compile(r"!\[[^][]*+\]\(figure:[\w-]+\)")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
# What a line holds and nobody reads. A formula is no text either.
_NOT_READ = re.compile(
    _PICTURE.pattern
    + r"|(?<=\])\((?:<[^<>]*+>|[^()\s]*+)(?: \"[^\"]*\")?\)"  # the address of a link
    r"|<https?:[^<>]*+>|</?[a-z][^<>]*+>"  # an address by itself, a tag
    r"|(?:^|(?<=[\s`)]))\{:? *(?:[.#]|[\w-]+=)[^{}]*\}"  # attributes
    r"|\[\^\w+\]:?"  # a footnote's mark
    r"|^ *(?:(?:\?\?\?\+?|!!!) +\w+|===[!+]? |::: .*)"  # what opens a note or a tab, a reference
    r"|\$[^$]+\$"
)


class NoCount(Exception):  # noqa: N818  (it reads as what happened)
    """A page asks for a count that cannot be filled in; the text says where, and why."""


def counted(pages: Iterable[Page], libraries: Collection[str] = ()) -> dict[str, int]:
    """How many of each kind of thing all the pages hold together, by its name.

    Args:
        pages: The pages.
        libraries: Those that need not be there where the pages are proved.
    """
    pages = list(pages)
    placed = [(page, it) for page in pages for chain in page.chains for it in chain]
    examples = [example for _, example in placed]
    scripts = [script for page in pages for script in page.scripts]
    formulas = [formula for page in pages for formula in page.formulas]
    claims = [it for it in formulas if meaning.is_claim(it.tex) and not it.reason]
    sessions = [session for page in pages for session in page.sessions]
    text = "\n".join(line for page in pages for line in page.words)
    return {
        "pages": len(pages),
        "examples": len(examples),
        "elsewhere": sum(any(it in libraries for it in page.needs(each)) for page, each in placed),
        "scripts": len(scripts),
        "outputs": sum(it.output is not None for them in (examples, scripts) for it in them),
        "numbers": sum(len(page.numbers) for page in pages),
        "formulas": len(claims),
        "symbols": len(formulas) - len(claims),
        "sessions": len(sessions),
        "commands": sum(len(session.commands) for session in sessions),
        "figures": len(_PICTURE.findall(re.sub(CODE_SPAN, "", text))),
        "exercises": sum(bool(example.exercise) for example in examples),
        "changes": sum(len(page.tries) for page in pages),
        "words": sum(1 for page in pages for _ in _words(page)),
    }


def problems(page: Page) -> Iterator[Problem]:
    """Each place where the page asks for a count in a way that cannot be filled in."""
    known = counted([])
    for it in asked(page):
        if it.shown != "…":
            yield it.line, f"`{it.shown}` is typed, but a count is made: write `…` instead"
        if it.name not in known:
            yield it.line, f"no count {it.name!r}; there are {', '.join(known)}"
    yield from not_understood(page)


def with_counts(page: Page, counts: Mapping[str, int]) -> str:
    """The page's text with each placeholder filled in.

    Raises:
        NoCount: It asks for a count in a way that cannot be filled in.
    """
    for line, message in problems(page):
        raise NoCount(f"{page.path}:{line}: {message}")
    lines = page.text.split("\n")
    for it in reversed([*asked(page)]):
        text = lines[it.line - 1]
        lines[it.line - 1] = f"{text[: it.begin]}{counts[it.name]:,}{text[it.end :]}"
    return "\n".join(lines)


def _words(page: Page) -> Iterator[str]:
    """The words that one reads: not those of blocks, formulas and pictures."""
    display = re.sub(r"\$\$.*?\$\$", "", "\n".join(page.words), flags=re.DOTALL)
    for line in display.split("\n"):
        kept: list[str] = []  # what stands in backticks is read as it stands

        def keep(code: re.Match[str], kept: list[str] = kept) -> str:
            kept.append(code["code"])
            return "``"

        said = _NOT_READ.sub(" ", re.sub(CODE_SPAN, keep, line))
        for text in (said, *kept):
            yield from _WORD.findall(text)
