"""Find the numbers in a page's running text that nothing vouches for.

A number counts when it has a decimal point or three or more digits. It is vouched for when it
is bound to an expression, when an output on the page shows the same number, when it stands in
code that quotes the page's examples, or when it is part of a phrase that the project lists as
a constant, with a reason: a year, a version.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenpages.fences import CODE_SPAN
from provenpages.page import Example, Output, Script, Session
from provenpages.seen import Rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provenpages.fences import Problem
    from provenpages.page import Page

_NUMBER = re.compile(r"(?<![\w.])[-−+]?(?:\d+(?:[,_]\d{3})*(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?")
_CODE = re.compile(CODE_SPAN + r"""(?P<bound>\{:? *data-is=(?:"[^"]*"|'[^']*') *\})?""")
_NOT_SAID = re.compile(
    r"\]\(<try:[^<>]*+>\)|\]\((?:[^()]|\([^()]*\))*+\)"  # the address of a link
    r"|<https?:[^<>]*+>|</?[a-z][^<>]*+>"  # an address by itself, a tag
    r"|\[\^\w+\]"  # a footnote's mark
    r"|(?<=[\s`)])\{:? [^{}]*+\}"  # attributes
)

_NOT_VOUCHED = (
    "is bound to nothing, and no output on this page shows it: "
    'write `{0}`{{ data-is="…" }}, or list it as a constant'
)
_INVISIBLE = re.compile("[\xad\u034f\u200b-\u200f\u2060-\u2064\ufeff]")  # between digits, perhaps
_PLAIN = str.maketrans("‘’“”", "''\"\"")  # as one types them


def unvouched(page: Page, constants: Mapping[str, str]) -> Iterator[Problem]:
    """Each number of the page's text that could be wrong unnoticed.

    Args:
        page: The page.
        constants: Phrases with a number that no code can give, and why each is right.
    """
    vouched = _Vouched(page, constants)
    for line, text in [*enumerate(page.words, 1), *_front_matter(page)]:
        if any(map(str.isdigit, text)):
            for number in vouched.lacking(*_apart(text)):
                yield line, f"{number} {_NOT_VOUCHED.format(number)}"


def unvouched_as_rendered(page: Page, html: str, constants: Mapping[str, str]) -> Iterator[Problem]:
    """Each number that only the rendered page holds, and that could be wrong unnoticed.

    Its parts may stand apart in the page's text, `3.**14**`, or where nobody looks for a number.

    Args:
        page: The page as it was read.
        html: The page as rendered.
        constants: Phrases with a number that no code can give, and why each is right.
    """
    rendered, places = Rendered(html), [*enumerate([*page.words, *page.text.split("\n")])]
    told = {message.partition(" ")[0] for _, message in unvouched(page, constants)}
    said, quoted = (_INVISIBLE.sub("", it) for it in (rendered.said, rendered.quoted))
    lacking = _Vouched(page, constants).lacking(said.translate(_PLAIN), quoted)
    for number in dict.fromkeys(lacking):
        if number not in told:
            place = next((it for it, text in places if number in text), 0)
            line = place % len(page.words) + 1
            yield line, f"{number}, as it is rendered, {_NOT_VOUCHED.format(number)}"


class _Vouched:
    """The numbers that something on the page vouches for."""

    def __init__(self, page: Page, constants: Mapping[str, str]) -> None:
        programs = [fence for fence in page.fences if isinstance(fence, Example | Script)]
        self._shown = {it for fence in page.fences if _is_output(fence) for it in _all(fence.text)}
        self._quoted = self._shown | {it for fence in programs for it in _all(fence.text)}
        longest_first = sorted(constants, key=len, reverse=True)
        phrases = "|".join(rf"\b{re.escape(it)}\b" for it in longest_first)
        self._constants = re.compile(phrases or r"(?!)")

    def lacking(self, said: str, code: str) -> list[str]:
        """The numbers in some text, and in the code that it quotes, that nothing vouches for."""
        said, code = (self._constants.sub(" ", it) for it in (said, code))
        found = [number for number in _telling(said) if not _is_among(number, self._shown)]
        return found + [it for it in _telling(code) if not _is_among(it, self._quoted)]


def places(page: Page) -> Iterator[tuple[int, int, int]]:
    """Where the telling numbers of the text stand that are not bound: line, start and end."""
    for line, text in enumerate(page.words, 1):
        # As long as before, so that places stay.
        kept = _CODE.sub(lambda it: " " * len(it[0]) if it["bound"] else it[0], text)
        kept = _NOT_SAID.sub(lambda it: " " * len(it[0]), kept)
        kept = re.sub(r"\$[^$]+\$", lambda it: " " * len(it[0]), kept)
        for match in _NUMBER.finditer(kept):
            if _tells(match[0]):
                yield line, match.start(), match.end()


def _front_matter(page: Page) -> Iterator[tuple[int, str]]:
    """Title and description, at the lines where they stand."""
    for key in ("title", "description"):
        value = str(page.meta.get(key, ""))
        lines = page.text.split("\n")
        yield next((n for n, it in enumerate(lines, 1) if it.startswith(f"{key}:")), 1), value


def _apart(text: str) -> tuple[str, str]:
    """What a line says, and the code it quotes; bound numbers are in neither."""
    code = " ".join(match["code"] for match in _CODE.finditer(text) if not match["bound"])
    return _NOT_SAID.sub(" ", _CODE.sub(" ", text)), code


def _telling(text: str) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text) if _tells(match[0])]


def _tells(number: str) -> bool:
    """Whether it is a number that could be wrong unnoticed: decimals, or three digits."""
    return "." in number or sum(map(str.isdigit, number)) > 2


def _all(text: str) -> Iterator[str]:
    return (_plain(match[0]) for match in _NUMBER.finditer(text))


def _plain(number: str) -> str:
    """Without thousands separators: 10,000 and 10000 are the same number."""
    return number.replace(",", "").replace("_", "").replace("−", "-").lstrip("+")


def _is_among(number: str, known: set[str]) -> bool:
    """Whether it is one of those; without a sign, it may be how large one of them is."""
    plain = _plain(number)
    return plain in known or f"-{plain}" in known


def _is_output(fence: object) -> bool:
    return isinstance(fence, Output | Session)
