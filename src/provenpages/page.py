"""Read a Markdown page into plain data: what it shows, and where.

What this module does not do: run anything, render anything, or know which tool asked.
Line numbers count from 1 and are those of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import yaml

from provenpages.fences import CODE_SPAN, Fence, Problem, Scan
from provenpages.formulas import Formula, formulas_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PYTHON = frozenset({"python", "py", "python3"})
"""Languages whose fences are examples."""

JAVASCRIPT = "javascript"
"""The language whose fences are scripts."""

_BOUND = re.compile(
    CODE_SPAN + r"""(?P<binding>\{:? *data-is=(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)') *\})?"""
)
_NOT_AS_READ = [
    (re.compile("\0"), "a NUL, which no browser shows"),
    (re.compile("[\u202a-\u202e\u2066-\u2069]"), "a character that turns text round"),
]
_TRY = re.compile(r"\]\(<try:(?P<before>[^<>]+) → (?P<after>(?:(?! → )[^<>])*+)>\)")
# As MkDocs has it, so that both find the same first line.
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


@dataclass(frozen=True)
class Output(Fence):
    """What an example or a script is said to print."""


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
    def needs(self) -> tuple[str, ...]:
        """The libraries that it says it needs beside NumPy and the package: `needs="a,b"`.

        What it builds on may need more: see `Page.needs`.
        """
        return tuple(it.strip() for it in self.options.get("needs", "").split(",") if it.strip())

    @property
    def exercise(self) -> str:
        """The exercise that it begins, if any."""
        return self.options.get("exercise", "")

    @property
    def title(self) -> str:
        """The file name above the block, if any."""
        return self.options.get("title", "")


@dataclass(frozen=True)
class Script(Fence):
    """JavaScript that readers see, a program on its own, with the output shown for it, if any."""

    output: Output | None = None


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
        lines = self.text.split("\n")[:-1]
        starts = [index for index, text in enumerate(lines) if text.startswith("$ ")]
        ends = [*starts[1:], len(lines)][: len(starts)]
        return [
            Command(
                self.line + 1 + start,
                lines[start].removeprefix("$ "),
                "".join(f"{text}\n" for text in lines[start + 1 : end]),
            )
            for start, end in zip(starts, ends, strict=True)
        ]


@dataclass(frozen=True)
class BoundNumber:
    """A number in the prose and the expression it must equal."""

    line: int
    column: int
    shown: str
    expression: str


@dataclass(frozen=True)
class Try:
    """A link that offers to change the example above it: `[half of it](<try:100 → 50>)`."""

    line: int
    column: int
    before: str
    after: str

    def changed(self, text: str) -> str:
        """What becomes of an example."""
        return text.replace(self.before, self.after, 1)


@dataclass(frozen=True)
class Page:
    """A page as plain data.

    `words` are its lines with nothing but prose in them, `problems` the places that could
    not be read.
    """

    path: Path
    text: str
    meta: dict[str, object] = field(default_factory=dict)
    fences: tuple[Fence, ...] = ()
    numbers: tuple[BoundNumber, ...] = ()
    formulas: tuple[Formula, ...] = ()
    tries: tuple[Try, ...] = ()
    words: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def examples(self) -> list[Example]:
        """Every Python block, run or not."""
        return [fence for fence in self.fences if isinstance(fence, Example)]

    @property
    def scripts(self) -> list[Script]:
        """Every block of JavaScript."""
        return [fence for fence in self.fences if isinstance(fence, Script)]

    @property
    def sessions(self) -> list[Session]:
        """Every console session."""
        return [fence for fence in self.fences if isinstance(fence, Session)]

    @property
    def facts(self) -> str:
        """Python from the front matter that computes what the bound numbers need."""
        return str(self.meta.get("facts") or "")

    @property
    def chains(self) -> list[list[Example]]:
        """The examples that are run; each inner list is one to start with and what continues it."""
        chains: list[list[Example]] = []
        for example in self.examples:
            if example.not_run:
                continue
            if example.continues and chains:
                chains[-1].append(example)
            else:
                chains.append([example])
        return chains

    def chain_to(self, example: Example) -> list[Example]:
        """The examples that `example` builds on, and itself as the last."""
        chain = next((it for it in self.chains if example in it), [example])
        return chain[: chain.index(example) + 1]

    def needs(self, example: Example) -> tuple[str, ...]:
        """The libraries that the example, or what it builds on, says it needs."""
        return self._needs_by_line.get(example.line, example.needs)

    def example_above(self, line: int) -> Example | None:
        """The last example above `line` that is run."""
        above = [it for it in self.examples if it.line < line and not it.not_run]
        return above[-1] if above else None

    def try_above(self, number: BoundNumber) -> Try | None:
        """The last try above a number, if any: what it prints is `tried` there."""
        place = (number.line, number.column)
        above = [it for it in self.tries if (it.line, it.column) < place]
        return above[-1] if above else None

    def tried(self, change: Try | None) -> list[Example]:
        """What a try changes, as it is then, as the last of the examples that it builds on."""
        example = self.example_above(change.line) if change else None
        if change is None or example is None:
            return []
        changed = replace(example, text=change.changed(example.text))
        return [*self.chain_to(example)[:-1], changed]

    def example_at(self, line: int) -> Example:
        """The example whose fence opens at `line`."""
        return self._example_by_line[line]

    @cached_property
    def _needs_by_line(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for chain in self.chains:
            needs: tuple[str, ...] = ()
            for example in chain:
                needs = tuple(dict.fromkeys((*needs, *example.needs)))
                found[example.line] = needs
        return found

    @cached_property
    def _example_by_line(self) -> dict[int, Example]:
        return {example.line: example for example in self.examples}


def read(path: Path) -> Page:
    """Read the page at `path`."""
    return parse(path.read_bytes().decode("utf-8"), path)


def parse(text: str, path: Path) -> Page:
    """Read a page from its text. Line ends and a byte-order mark do not matter."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = enumerate(text.split("\n"), 1)
    problems = [
        (line, what) for line, it in lines for which, what in _NOT_AS_READ if which.search(it)
    ]
    front_matter = _FRONT_MATTER.match(text)
    meta = _meta(front_matter[1], problems) if front_matter else {}
    first_line = front_matter[0].count("\n") if front_matter else 0
    scan = Scan(text.split("\n"), first_line)
    fences = _paired([_typed(fence) for fence in scan.fences], scan.prose, problems)
    numbers = list(_numbers(scan.prose, problems))
    tries = list(_tries(scan.prose, problems))
    return Page(
        path=path,
        text=text,
        meta=meta,
        fences=tuple(fences),
        numbers=tuple(numbers),
        formulas=tuple(formulas_in(scan.prose, scan.comments)),
        tries=tuple(tries),
        words=tuple(scan.prose),
        problems=tuple(sorted(problems + scan.problems)),
    )


def _meta(text: str, problems: list[Problem]) -> dict[str, object]:
    try:
        meta = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problems.append((line, f"front matter is not YAML: {error.problem}"))
        return {}
    except Exception as error:  # noqa: BLE001  (PyYAML lets through what `int` or a date raises)
        problems.append((1, f"front matter is not YAML: {error}"))
        return {}
    if not isinstance(meta, dict):
        problems.append((1, "front matter is not a list of `key: value`"))
        return {}
    return meta


def _typed(fence: Fence) -> Fence:
    """The fence as what its language makes of it."""
    kinds = {"output": Output, "console": Session, JAVASCRIPT: Script}
    kinds |= dict.fromkeys(PYTHON, Example)
    return kinds.get(fence.language, Fence)(**vars(fence))


def _paired(fences: list[Fence], prose: list[str], problems: list[Problem]) -> list[Fence]:
    """The fences, each output handed to the example or script directly above it."""
    paired: list[Fence] = []
    for fence in fences:
        above = paired[-1] if paired else None
        if isinstance(fence, Output):
            if isinstance(above, Example | Script) and not _text_between(above, fence, prose):
                paired[-1] = replace(above, output=fence)
            else:
                problems.append((fence.line, "this output stands directly after no example"))
        paired.append(fence)
    return paired


def _text_between(above: Fence, below: Fence, prose: list[str]) -> bool:
    return any(line.strip("> \t") for line in prose[above.last_line : below.line - 1])


def _numbers(prose: list[str], problems: list[Problem]) -> Iterator[BoundNumber]:
    for line, text in enumerate(prose, 1):
        for match in _BOUND.finditer(text):
            if match["binding"]:
                expression = match["double"] or match["single"]
                yield BoundNumber(line, match.start("code") + 1, match["code"], expression)
        if "data-is" in _BOUND.sub("", text):
            message = 'a binding was not understood; it has to read `…`{ data-is="…" }'
            problems.append((line, message))


def _tries(prose: list[str], problems: list[Problem]) -> Iterator[Try]:
    for line, text in enumerate(prose, 1):
        # What stands between backticks is shown, not offered.
        said = re.sub(CODE_SPAN, lambda code: "`" * len(code[0]), text)
        for match in _TRY.finditer(said):
            yield Try(line, match.start() + 1, match["before"], match["after"])
        if re.search(r"\]\(<?try:", _TRY.sub("", said)):
            message = "a try was not understood; it has to read [words](<try:before → after>)"
            problems.append((line, message))
