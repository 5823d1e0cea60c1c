"""Do the tests of the package notice when one thing in it is changed?

mutmut says what to change: a number, an operator, an argument, a condition, one at a time. Here the
tests are collected once; for each change a fork of this process puts it into the functions that
are already there, in memory alone, and runs the tests that call them, the quickest first, until one
fails. A change that no test notices survives. Those that make no difference that a test could see
are listed in `equivalent-mutants-package.toml` with the reason.

Strings with a blank in them are sentences for people, and are not changed.
"""

# ruff: noqa: INP001, T201 -- a script that prints

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import resource
import signal
import sys
import threading
import time
import tomllib
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pytest

ROOT = Path(__file__).parents[1]
LIST = ROOT / "equivalent-mutants-package.toml"
MODULES = (
    *("activation", "rule", "network", "layers", "trainable", "blocks", "cores", "saturation"),
    *("batches", "start", "record", "early_stop", "_checks"),
)
# What runs in a process of its own does not see the change; what watches this one sees too much.
ELSEWHERE = (
    *("test_command_line.py", "test_packaging.py", "test_distribution.py"),
    "test_any_file.py",
)
KEPT = {"overload", "abstractmethod", "classmethod", "staticmethod"}
MEMORY = 4 * 2**30
QUICK = 0.2  # seconds; what takes longer would take most of the time
ENOUGH_WORDS = 3

Key = tuple[str, str, str]
"""Where a change is, and the lines without and with it."""


@dataclass(frozen=True)
class Mutant:
    """A module of the package with one change.

    Attributes:
        module: Its name.
        function: The function with the change, as `Class.method`; empty if it is in none.
        before: The lines as they are, in one.
        after: The same with the change.
        source: The whole module with the change.
    """

    module: str
    function: str
    before: str
    after: str
    source: str

    @property
    def key(self) -> Key:
        """What it is listed as."""
        return ".".join(filter(None, (self.module, self.function))), self.before, self.after


def bare(source: str) -> str:
    """The same lines, without what would be in the way.

    mutmut leaves functions with decorators alone, and what is for type checkers is never run.
    """
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            start, end = node.body[0].lineno, node.body[-1].end_lineno or 0
            lines[start - 1 : end] = ["    pass", *[""] * (end - start)]
        if isinstance(node, ast.FunctionDef):
            for it in node.decorator_list:
                if ast.unparse(it) not in KEPT and len(node.decorator_list) == 1:
                    lines[it.lineno - 1] = ""
    return "\n".join(lines) + "\n"


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every change that mutmut would make."""
    import libcst  # noqa: PLC0415 -- not there where this file is only tested
    from libcst.metadata import MetadataWrapper, PositionProvider  # noqa: PLC0415
    from mutmut.mutation.file_mutation import create_mutations  # noqa: PLC0415

    source = bare(source)
    tree, changes, *_ = create_mutations(f"{module}.py", source)
    places = MetadataWrapper(tree, unsafe_skip_copy=True).resolve(PositionProvider)
    seen = set()
    for it in changes:
        old = it.original_node
        if isinstance(old, libcst.SimpleString) and " " in old.value:
            continue
        text = tree.deep_replace(old, it.mutated_node).code
        before, after = difference(source, text)
        outer = it.contained_by_top_level_function
        where = _qualified(source, places[outer].start.line) if outer else ""
        if (where, before, after, text) not in seen:
            seen.add((where, before, after, text))
            yield Mutant(module, where, before, after, text)


def difference(before: str, after: str) -> tuple[str, str]:
    """The lines that are not the same, each side joined into one."""
    old, new = before.splitlines(), after.splitlines()
    start = len(list(takewhile(lambda it: it[0] == it[1], zip(old, new, strict=False))))
    ends = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    end = len(list(takewhile(lambda it: it[0] == it[1], ends)))
    return _joined(old[start : len(old) - end]), _joined(new[start : len(new) - end])


def _joined(lines: Iterable[str]) -> str:
    return " ".join(filter(None, map(str.strip, lines)))


def _qualified(source: str, line: int) -> str:
    """The name of the function that begins on this line; nothing if there is none."""
    for node in ast.parse(source).body:
        inside = node.body if isinstance(node, ast.ClassDef) else []
        for it in [node, *inside]:
            if isinstance(it, ast.FunctionDef):
                starts = [it.lineno, *(decorator.lineno for decorator in it.decorator_list)]
                if line in starts:
                    return f"{node.name}.{it.name}" if isinstance(node, ast.ClassDef) else it.name
    return ""


def codes(code: CodeType) -> list[CodeType]:
    """The functions and methods of a module, in its order."""
    found = []
    for it in code.co_consts:
        if isinstance(it, CodeType):
            of_class = "__qualname__" in it.co_names
            found += [x for x in it.co_consts if isinstance(x, CodeType)] if of_class else [it]
    return found


def last_line(code: CodeType) -> tuple[str, int]:
    """Where a function ends: the same with its decorators and without."""
    return code.co_qualname, max(line for *_, line in code.co_lines() if line)


def functions(module: ModuleType) -> dict[tuple[str, int], FunctionType]:
    """The functions and methods that a module has, by where they end."""
    classes = [it for it in vars(module).values() if isinstance(it, type)]
    every = [it for owner in [module, *classes] for it in vars(owner).values()]
    found = {}
    for it in every:
        parts = (getattr(it, name, None) for name in ("fget", "fset", "__func__", "__wrapped__"))
        for function in (it, *parts):
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                found[last_line(function.__code__)] = function
    return found


def put_in(mutant: Mutant, module: ModuleType, source: str) -> None:
    """Change the module as it is in memory."""
    path = str(module.__file__)
    old, new = (compile(it, path, "exec") for it in (bare(source), mutant.source))
    names: dict[str, Any] = {"__name__": module.__name__, "__file__": path}
    exec(new, names)  # noqa: S102 -- for default arguments and constants
    classes = [(vars(module)[it], vars(names[it])) for it in names if isinstance(names[it], type)]
    for owner, fresh in [(module, names), *classes]:
        if not mutant.function:
            for name, value in fresh.items():
                if isinstance(value, int | float | str | tuple | None) and not name.startswith(
                    "__"
                ):
                    setattr(owner, name, value)
    live = functions(module)
    for before, after in zip(codes(old), codes(new), strict=True):
        target = live.get(last_line(before))
        if target and before.co_qualname == mutant.function:
            target.__code__ = after
            owner, _, name = before.co_qualname.rpartition(".")
            again = vars(names[owner])[name] if owner else names[name]
            again = getattr(again, "__func__", again)
            target.__defaults__, target.__kwdefaults__ = again.__defaults__, again.__kwdefaults__


class Trial:
    """A plugin of pytest that runs the collected tests once for each mutant.

    Attributes:
        outcomes: For each mutant whether it was caught, "survived" or "caught", or "too slow".
    """

    def __init__(self, sources: dict[str, str], every: Sequence[Mutant]) -> None:
        self.sources = sources
        self.every = every
        self.outcomes: dict[Mutant, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run them all as they are, to see what calls what; then with each mutant."""
        if session.testsfailed:
            raise session.Failed("the tests cannot be collected")
        modules = {it: importlib.import_module(f"firstneuron.{it}") for it in self.sources}
        calls, seconds = _watched(session, modules)
        print(f"{len(session.items)} tests in {sum(seconds):.0f} seconds", file=sys.stderr)
        for number, it in enumerate(self.every, 1):
            called = {
                test
                for (name, (function, _)), tests in calls.items()
                if name == it.module and it.function in ("", function)
                for test in tests
                if seconds[test] < QUICK
            }
            order = sorted(called, key=seconds.__getitem__)
            limits = [5 + 20 * seconds[test] for test in order]

            def run(it: Mutant = it, order: list[int] = order, limits: list[float] = limits) -> str:
                put_in(it, modules[it.module], self.sources[it.module])
                return _first_failure(session, order, limits)

            self.outcomes[it] = _in_a_fork(run) or "caught"
            if self.outcomes[it] == "survived":
                print(f"{number} of {len(self.every)}: {it.key}", file=sys.stderr, flush=True)
        return True


def _watched(
    session: pytest.Session, modules: dict[str, ModuleType]
) -> tuple[dict[tuple[str, tuple[str, int]], list[int]], list[float]]:
    """For each function the tests that call it, and how long each test takes."""
    known = {
        function.__code__: (name, key)
        for name, module in modules.items()
        for key, function in functions(module).items()
    }

    def run() -> str:
        seen: set[CodeType] = set()

        def see(frame: FrameType, _event: str, _argument: object) -> None:
            seen.add(frame.f_code)

        calls: dict[CodeType, list[int]] = {it: [] for it in known}
        seconds = []
        threading.setprofile(see)
        for number in range(len(session.items)):
            seen.clear()
            start = time.perf_counter()
            sys.setprofile(see)
            _run(session, number, None)
            sys.setprofile(None)
            seconds.append(time.perf_counter() - start)
            for it in known.keys() & seen:
                calls[it].append(number)
            if session.testsfailed:
                raise session.Failed(f"without a change fails {session.items[number].nodeid}")
        return json.dumps([[[*known[it], tests] for it, tests in calls.items()], seconds])

    answer = _in_a_fork(run)
    if not answer:
        raise session.Failed("the tests fail without a change")
    calls, seconds = json.loads(answer)
    return {(name, tuple(key)): tests for name, key, tests in calls}, seconds


def _run(session: pytest.Session, number: int, following: int | None) -> None:
    item = session.items[number]
    after = None if following is None else session.items[following]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)


def _first_failure(session: pytest.Session, order: list[int], limits: list[float]) -> str:
    for number, following, limit in zip(order, [*order[1:], None], limits, strict=True):
        signal.setitimer(signal.ITIMER_REAL, limit)  # ends this fork: a change that hangs is seen
        _run(session, number, following)
        if session.testsfailed:
            return "caught"
    return "survived"


def _in_a_fork(run: Callable[[], str]) -> str:
    """What it returns, or nothing if it does not come to an end."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for it in range(2 + 1):
            os.dup2(nowhere, it)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            with os.fdopen(write, "w") as out:
                out.write(run())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return text


def listed(path: Path) -> dict[Key, str]:
    """The changes that may survive, with the reason.

    Raises:
        ValueError: A reason of fewer than three words, or a change that is listed twice.
    """
    found: dict[Key, str] = {}
    for group in tomllib.loads(path.read_text("utf-8"))["equivalent"]:
        if len(group["reason"].split()) < ENOUGH_WORDS:
            raise ValueError(f"{path.name}: {group['where']}: say why in a few words")
        for before, after in group["changes"]:
            key = group["where"], before, after
            if key in found:
                raise ValueError(f"{path.name}: listed twice: {key}")
            found[key] = group["reason"]
    return found


def judged(
    outcomes: dict[Mutant, str], reasons: dict[Key, str], modules: Sequence[str]
) -> tuple[list[Key], list[Key]]:
    """What survived without being listed, and what is listed but caught, or not made any more."""
    survivors = dict.fromkeys(it.key for it, how in outcomes.items() if how == "survived")
    named = [it for it in reasons if it[0].partition(".")[0] in modules]
    return [it for it in survivors if it not in reasons], [
        it for it in named if it not in survivors
    ]


def main() -> int:
    """Try every change, and say what got away."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="module", help="all of them if none is named")
    parser.add_argument("--json", type=Path, help="a file to write what survived to")
    arguments = parser.parse_args()
    names = arguments.modules or MODULES
    import pytest  # noqa: PLC0415 -- not before the arguments are read

    start = time.monotonic()
    os.chdir(ROOT)
    sys.path[:0] = ["src", "tests"]
    folder = Path("src", "firstneuron")
    sources = {it: (folder / f"{it}.py").read_text("utf-8") for it in names}
    every = [mutant for it in names for mutant in mutants(it, sources[it])]
    trial = Trial(sources, every)
    left_out = [f"--ignore=tests/package/{it}" for it in ELSEWHERE]
    options = [
        "-o",
        "addopts=",
        "--import-mode=importlib",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:terminal",
    ]
    code = pytest.main([*options, "-m", "not slow", "tests/package", *left_out], [trial])
    if code not in (0, pytest.ExitCode.NO_TESTS_COLLECTED) or len(trial.outcomes) != len(every):
        return 2
    reasons = listed(LIST)
    new, stale = judged(trial.outcomes, reasons, names)
    print(f"{'':>11} {'made':>6} {'caught':>6} {'listed':>6}")
    for name in [*names, "all"]:
        mine = [how for it, how in trial.outcomes.items() if name in (it.module, "all")]
        same = [it for it, how in trial.outcomes.items() if how == "survived" and it.key in reasons]
        known = sum(name in (it.module, "all") for it in same)
        caught = sum(how != "survived" for how in mine)
        print(f"{name:>11} {len(mine):6} {caught:6} {known:6}")
    print(f"{(time.monotonic() - start) / 60:.0f} minutes")
    for where, before, after in new:
        print(f"{where}: no test notices\n  {before}\n  {after}")
    for where, before, after in stale:
        print(f"{where}: listed, but noticed or gone\n  {before}\n  {after}")
    if arguments.json:
        arguments.json.write_text(json.dumps(new, indent=1, ensure_ascii=False), "utf-8")
    return 1 if new or stale else 0


if __name__ == "__main__":
    sys.exit(main())
