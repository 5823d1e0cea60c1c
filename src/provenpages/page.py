"""Read a Markdown page into plain data: what it shows, and where.

What this module does not do: run anything, render anything, or know which tool asked.
Line numbers count from 1 and are those of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = frozenset({"python", "py", "python3"})
"""Languages whose fences are examples."""

_FENCE = re.compile(r"(?P<indent>[> ]*)(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)$")
_OPTION = re.compile(r"""(?P<name>[\w.:-]+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+)))?""")
_BOUND = re.compile(r"""`(?P<shown>[^`\n]+)`\{:? *data-is=(?P<quote>["'])(?P<expression>.+?)(?P=quote) *\}""")
_FRONT_MATTER = re.compile(r"---\n(.*?\n)(?:---|\.\.\.)(?:\n|$)", re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """A fenced block: the line that opens it, the line that closes it, the text between."""

    line: int
    last_line: int
    indent: str
    language: str
    options: dict[str, str]
    text: str


@dataclass(frozen=True)
class Output(Fence):
    """What an example is said to print."""


@dataclass(frozen=True)
class Example(Fence):
    """Python that readers see, with the output the page shows for it, if any."""

    output: Output | None = None

    @property
    def continues(self) -> bool:
        """Whether it builds on the examples above it."""
        return "continuation" in self.options

    @property
    def not_run(self) -> bool:
        """Whether the page asks not to run it; `reason` then has to say why."""
        return "notest" in self.options

    @property
    def reason(self) -> str:
        """Why it is not run."""
        return self.options.get("reason", "")

    @property
    def title(self) -> str:
        """The file name above the block, if any."""
        return self.options.get("title", "")


@dataclass(frozen=True)
class Command:
    """A command of a console session and what it prints."""

    line: int
    text: str
    printed: str


@dataclass(frozen=True)
class Session(Fence):
    """A console session: lines that begin with `$ `, each followed by what it prints."""

    @property
    def commands(self) -> list[Command]:
        """The commands, in order."""
        lines = self.text.splitlines()
        starts = [n for n, text in enumerate(lines) if text.startswith("$ ")]
        return [
            Command(
                self.line + 1 + start,
                lines[start][2:],
                "".join(text + "\n" for text in lines[start + 1 : end]),
            )
            for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
        ]


@dataclass(frozen=True)
class BoundNumber:
    """A number in the prose and the expression it must equal."""

    line: int
    column: int
    shown: str
    expression: str


@dataclass(frozen=True)
class Page:
    """A page as plain data."""

    path: Path
    text: str
    meta: dict[str, object] = field(default_factory=dict)
    fences: tuple[Fence, ...] = ()
    numbers: tuple[BoundNumber, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()

    @property
    def examples(self) -> list[Example]:
        """Every Python block, run or not."""
        return [fence for fence in self.fences if isinstance(fence, Example)]

    @property
    def sessions(self) -> list[Session]:
        """Every console session."""
        return [fence for fence in self.fences if isinstance(fence, Session)]

    @property
    def facts(self) -> str:
        """Python from the front matter that computes what the bound numbers need."""
        return str(self.meta.get("facts") or "")

    def example_at(self, line: int) -> Example:
        """The example whose fence opens at `line`."""
        return next(example for example in self.examples if example.line == line)

    def chain(self, example: Example) -> list[Example]:
        """The examples that `example` builds on, in order, and itself."""
        chain: list[Example] = []
        for candidate in self.examples:
            if candidate.not_run:
                continue
            chain = [*chain, candidate] if candidate.continues else [candidate]
            if candidate is example:
                break
        return chain


def read(path: Path) -> Page:
    """Read the page at `path`. Line ends and a byte-order mark do not matter."""
    return parse(path.read_text(encoding="utf-8-sig"), path)


def parse(text: str, path: Path) -> Page:
    """Read a page from its text."""
    # As Python-Markdown does before it renders: what is tested is what is shown.
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").expandtabs(4)
    problems: list[tuple[int, str]] = []
    front_matter = _FRONT_MATTER.match(text)
    meta = _meta(front_matter, problems)
    first_line = text[: front_matter.end()].count("\n") if front_matter else 0
    lines = text.split("\n")
    fences = _fences(lines, first_line, problems)
    prose = _without(lines, first_line, fences)
    return Page(
        path=path,
        text=text,
        meta=meta,
        fences=tuple(_attach_outputs(fences, lines, problems)),
        numbers=tuple(_numbers(prose, problems)),
        problems=tuple(sorted(problems)),
    )


def _meta(front_matter: re.Match[str] | None, problems: list[tuple[int, str]]) -> dict[str, object]:
    if front_matter is None:
        return {}
    try:
        meta = yaml.safe_load(front_matter[1])
    except yaml.YAMLError as error:
        problems.append((1, f"front matter is not YAML: {error}"))
        return {}
    if not isinstance(meta, dict):
        problems.append((1, "front matter is not a list of `key: value`"))
        return {}
    return meta


def _fences(lines: list[str], first_line: int, problems: list[tuple[int, str]]) -> list[Fence]:
    fences = []
    number = first_line
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        number += 1
        if opening is None:
            continue
        indent, mark = opening["indent"], opening["mark"]
        closing = re.compile(rf"[> ]*{re.escape(mark[0])}{{{len(mark)},}} *$")
        end = next((n for n in range(number, len(lines)) if closing.match(lines[n])), None)
        if end is None:
            problems.append((number, f"the fence {mark}{opening['info'].rstrip()} is never closed"))
            break
        text = "".join(_dedent(line, indent) + "\n" for line in lines[number:end])
        language, options = _info(opening["info"])
        kind = Example if language in PYTHON else Session if language == "console" else Fence
        fences.append(kind(number, end + 1, indent, language, options, text))
        number = end + 1
    return fences


def _dedent(line: str, indent: str) -> str:
    for character in indent:
        if not line or line[0] not in "> " or (line[0] != character and character == " "):
            break
        line = line[1:]
    return line


def _info(info: str) -> tuple[str, dict[str, str]]:
    """`python`, `python title="x"` or `{.python continuation title="x"}`."""
    words = [
        (match["name"], match["quoted"] or match["bare"] or "")
        for match in _OPTION.finditer(info.strip().strip("{}"))
    ]
    language = next((name for name, _ in words if name.startswith(".")), None)
    if language is None:
        language = words[0][0] if words else ""
    return language.removeprefix("."), {name: value for name, value in words if name != language}


def _attach_outputs(
    fences: list[Fence], lines: list[str], problems: list[tuple[int, str]]
) -> list[Fence]:
    attached: list[Fence] = []
    for fence in fences:
        if fence.language != "output":
            attached.append(fence)
            continue
        output = Output(**vars(fence))
        before = attached[-1] if attached else None
        directly_after = (
            isinstance(before, Example)
            and before.output is None
            and not any(line.strip("> ") for line in lines[before.last_line : output.line - 1])
        )
        if directly_after and isinstance(before, Example):
            attached[-1] = Example(**(vars(before) | {"output": output}))
        else:
            problems.append((output.line, "this output stands directly after no example"))
        attached.append(output)
    return attached


def _without(lines: list[str], first_line: int, fences: list[Fence]) -> list[str]:
    """The lines with front matter and fences blanked out, so that line numbers stay."""
    prose = ["" if number < first_line else line for number, line in enumerate(lines)]
    for fence in fences:
        prose[fence.line - 1 : fence.last_line] = [""] * (fence.last_line - fence.line + 1)
    return prose


def _numbers(prose: list[str], problems: list[tuple[int, str]]) -> list[BoundNumber]:
    numbers = []
    for line, text in enumerate(prose, 1):
        for match in _BOUND.finditer(text):
            expression = match["expression"]
            numbers.append(BoundNumber(line, match.start() + 2, match["shown"], expression))
            if text.lstrip("> ").startswith("|") and "|" in expression:
                problems.append((line, f"`|` in {expression!r} would split the table cell"))
        if "data-is" in _BOUND.sub("", text):
            problems.append((line, "a number's binding was not understood: `…`{ data-is=\"…\" }"))
    return numbers
