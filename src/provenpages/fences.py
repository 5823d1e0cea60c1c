"""Find the fenced blocks of a Markdown page at any depth: in lists, tabs, notes and quotes.

This is a reading of its own, not that of a Markdown library: the census holds the two
against each other, so that what one of them misreads is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Problem = tuple[int, str]
"""A line, counted from 1, and what is wrong there."""

CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
"""Code within a line, between equally many backticks on either side."""

# A comment ends where browsers end it.
_COMMENT_END = re.compile("--!?>")
_CODE_OR_COMMENT = re.compile(CODE_SPAN + "|<!--(?:-?>|(?P<comment>.*?)--!?>)|(?P<open><!--)")
_OPENING = re.compile(r"(?P<indent>[> ]*)(?P<mark>`{3,}+|~{3,}+)(?P<info>[^`]*)$")
_OPTION = re.compile(
    r"""(?P<name>[\w.:-]+)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'}]+)))?"""
)


@dataclass(frozen=True)
class Fence:
    """A fenced block: the line that opens it, the line that closes it, the text between."""

    line: int
    last_line: int
    language: str
    options: dict[str, str]
    text: str


class Scan:
    """What the lines of a page hold.

    Args:
        lines: The page's lines without their ends.
        start: The index of the line to begin at, below the front matter.

    Attributes:
        fences: The fenced blocks, in order.
        prose: As many lines as given, but with all that is not prose blanked out, so that
            line numbers and columns stay.
        comments: Each comment and the line it begins at.
        problems: What was begun and never ended.
    """

    def __init__(self, lines: list[str], start: int) -> None:
        self.fences: list[Fence] = []
        self.prose = [""] * len(lines)
        self.comments: list[tuple[int, str]] = []
        self.problems: list[Problem] = []
        self._lines = lines
        index = start
        while index < len(lines):
            # A tab goes on to the next fourth column, as it does in what renders the page.
            opening = _OPENING.match(self._lines[index].expandtabs(4))
            index = self._fence(index, opening) if opening else self._line(index)

    def _fence(self, start: int, opening: re.Match[str]) -> int:
        """Read the fence that opens at index `start`; the index after it."""
        mark, info = opening["mark"], opening["info"]
        closing = re.compile(rf"{re.escape(mark[0])}{{{len(mark)},}} *$")
        inside = ""
        for index in range(start + 1, len(self._lines)):
            text = _dedented(self._lines[index].expandtabs(4), opening["indent"])
            if text is None:
                message = f"line {index + 1} is indented less than the fence it stands in"
                self.problems.append((start + 1, message))
                return index + 1
            if closing.match(text):
                self.fences.append(Fence(start + 1, index + 1, *_words(info), inside))
                return index + 1
            inside += text + "\n"
        self.problems.append((start + 1, f"the fence {mark}{info.rstrip()} is never closed"))
        return len(self._lines)

    def _line(self, index: int) -> int:
        """Read a line outside of fences; the index to go on from.

        Nobody sees what is commented out, so nothing in a comment counts as prose.
        """
        line, at = self._lines[index], 0
        while found := _CODE_OR_COMMENT.search(line, at):
            at = found.end()
            if found["open"]:
                self.prose[index] = line[: found.start()]
                index, at = self._comment(index, line[at:])
                if index == len(self._lines):
                    return index
                line = " " * at + self._lines[index][at:]  # what follows is prose again
            elif found["code"] is None:
                self.comments.append((index + 1, found["comment"] or ""))
                line = line[: found.start()] + " " * len(found[0]) + line[at:]
        self.prose[index] = line
        return index + 1

    def _comment(self, start: int, inside: str) -> tuple[int, int]:
        """Read a comment that ends in a line below the one at index `start`; where it ends."""
        for index in range(start + 1, len(self._lines)):
            if end := _COMMENT_END.search(self._lines[index]):
                text = [inside, *self._lines[start + 1 : index], self._lines[index][: end.start()]]
                self.comments.append((start + 1, "\n".join(text)))
                return index, end.end()
        self.problems.append((start + 1, "the comment <!-- is never closed"))
        return len(self._lines), 0


def _dedented(line: str, indent: str) -> str | None:
    """`line` without the indent of the fence around it, or None if it has less than that."""
    if line.startswith(indent):
        return line.removeprefix(indent)
    return None if line.strip("> ") else ""


def _words(info: str) -> tuple[str, dict[str, str]]:
    """Language and options: `python title="x"` or `{.python continuation title="x"}`."""
    words = {
        match["name"]: match["double"] or match["single"] or match["bare"] or ""
        for match in _OPTION.finditer(info)
    }
    language = next((name for name in words if name.startswith(".")), next(iter(words), ""))
    words.pop(language, None)
    return language.removeprefix("."), words
