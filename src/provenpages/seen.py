"""Read rendered HTML the way a browser does: what readers see of blocks, numbers and formulas.

HTML that somebody typed into a page may be anything. So an element that is never closed ends with
the page, a comment ends where browsers end it, and what a `<textarea>` holds is no code.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from provenpages.page import PYTHON

_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_NOT_READ = {"script", "style", "title", "iframe", "noembed", "noframes"}
_VERBATIM = {"textarea", "xmp", *_NOT_READ}
_BLOCKS = {"pre", "listing", "plaintext"}
_WITHIN_WORDS = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
    ),
    *("kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "time", "tt", "u"),
    *("var", "wbr"),
}
_BEFORE = re.compile(r"(?:\d[.,]?|(?:^|[\s(])[-−+])\Z")
_BEHIND = re.compile(r"[.,]?\d")
_LINE_NUMBERS = re.compile(r"[\d\s]*")


@dataclass(frozen=True)
class Seen:
    """A code block or a bound number, without what makes no difference to a reader.

    Attributes:
        language: The block's language, `python` for each of its names; or what else it is.
        text: The code, or the number's expression.
        shown: The number, if it is one.
        line: Where it stands in the page; unknown, and 0, for what was rendered.
    """

    language: str
    text: str
    shown: str = ""
    line: int = field(default=0, compare=False)

    def __str__(self) -> str:
        """As a report says it."""
        return f"`{self.shown}` = {self.text}" if self.language == "number" else self.text


def block(language: str, text: str, line: int = 0) -> Seen:
    """A block of code."""
    # Blanks in an empty line and empty lines at either end are not always rendered.
    text = re.sub(r"(?m)^ +$", "", text.expandtabs(4)).strip("\n")
    return Seen("python" if language in PYTHON else language, text, line=line)


def number(shown: str, expression: str, line: int = 0) -> Seen:
    """A bound number."""
    return Seen("number", expression, shown, line=line)


def formula(tex: str, line: int = 0) -> Seen:
    """A formula, however its blanks are set."""
    return Seen("formula", " ".join(tex.split()), line=line)


def count(name: str, line: int = 0) -> Seen:
    """A count of all pages."""
    return Seen("count", f'data-count="{name}"' if name else "data-count", line=line)


def change(text: str, line: int = 0) -> Seen:
    """A change that a page suggests."""
    return Seen("try", text, line=line)


@dataclass
class _Element:
    tag: str
    values: dict[str, str]
    language: str
    numbering: bool  # lines, beside a block
    text: list[str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.values.get("class", "").split()

    @property
    def claims(self) -> bool:
        """Whether what it holds is a block, a number, a count or a formula."""
        claims = "data-is" in self.values or "data-count" in self.values
        return self.tag in _BLOCKS or claims or "arithmatex" in self.classes


class Rendered(HTMLParser):
    """What a rendered page shows, in order.

    Attributes:
        blocks: Its blocks of code.
        numbers: Its bound numbers.
        formulas: Its formulas.
        counts: Its counts of all pages.
        tries: The changes that it suggests.
        said: All other text, without the code in it.
        quoted: The code in that text.
        glued: The bound numbers beside which a sign or more digits stand.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Seen] = []
        self.numbers: list[Seen] = []
        self.formulas: list[Seen] = []
        self.counts: list[Seen] = []
        self.tries: list[Seen] = []
        self.glued: list[Seen] = []
        self._before = ""  # the last characters of the paragraph so far
        self._behind = False  # a bound number, with nothing in between
        self._said: list[str] = []
        self._quoted: list[str] = []
        self._open: list[_Element] = []
        self._tags: Counter[str] = Counter()
        self._claims: list[_Element] = []
        self.feed(html)
        self.close()
        if self.rawdata:  # the text of a <textarea>, for instance, that is never closed
            self.handle_data(self.rawdata)
        while self._open:
            self._end()
        self.said, self.quoted = "".join(self._said), "".join(self._quoted)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        values = {name: value or "" for name, value in reversed(attrs)}  # the first one counts
        named = next((it for it in values.get("class", "").split() if it[:9] == "language-"), "")
        language = named.removeprefix("language-")
        for it in self._claims if language else ():
            if it.tag in _BLOCKS:
                it.language = language  # on the block, around or within it, as the renderer likes
        around = self._open[-1] if self._open else _Element("", {}, "", numbering=False)
        numbering = around.numbering or "linenodiv" in values.get("class", "").split()
        if values.get("href", "").startswith("try:"):
            self.tries.append(change(unquote(values["href"].removeprefix("try:"))))
        if "data-count" in values:
            self.counts.append(count(values["data-count"]))
        self._part(tag)
        self._begin(_Element(tag, values, language or around.language, numbering))
        if tag in _EMPTY:
            self._end()
        elif tag in _VERBATIM:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The same: HTML ends no other element so."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and all that it holds; or the tag ends nothing."""
        self._part(tag)
        while self._tags[tag]:
            if self._end() == tag:
                break

    def handle_data(self, data: str) -> None:
        """Some text."""
        for it in self._claims:
            it.text.append(data)
        if not self._claims and not (self._open and self._open[-1].tag in _NOT_READ):
            if self._behind and _BEHIND.match(data):
                self.glued.append(self.numbers[-1])
            self._behind, self._before = False, (self._before + data)[-3:]
            (self._quoted if self._tags["code"] else self._said).append(data)

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002
        """Where a comment ends, for browsers."""
        found = _COMMENT.match(self.rawdata, i)
        return found.end() if found else -1

    def parse_html_declaration(self, i: int) -> int:
        """The same for what is like one, `<!…>`."""
        return self.rawdata.find(">", i) + 1 or len(self.rawdata)

    def _part(self, tag: str) -> None:
        """Part what does not read as one word."""
        if tag not in _WITHIN_WORDS:
            if tag != "code":
                self._behind, self._before = False, ""
            self._said.append("\n")
            self._quoted.append("\n")

    def _begin(self, element: _Element) -> None:
        self._open.append(element)
        self._tags[element.tag] += 1
        if element.claims:
            self._claims.append(element)

    def _end(self) -> str:
        """End the innermost element; what it is called."""
        element = self._open.pop()
        self._tags[element.tag] -= 1
        if element.claims:
            self._claims.pop()
            self._claimed(element, "".join(element.text))
        return element.tag

    def _claimed(self, element: _Element, text: str) -> None:
        numbers_of_lines = element.numbering and _LINE_NUMBERS.fullmatch(text)
        if element.tag in _BLOCKS and not numbers_of_lines:
            self.blocks.append(block(element.language, text))
        if "data-is" in element.values:
            self.numbers.append(number(text, element.values["data-is"]))
            if _BEFORE.search(self._before):
                self.glued.append(self.numbers[-1])
            self._behind, self._before = True, ""
        if "arithmatex" in element.classes:
            self.formulas.append(formula(text.strip()[2:-2]))  # between \( and \)
