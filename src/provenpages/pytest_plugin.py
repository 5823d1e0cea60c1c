"""The pytest adapter: pytest-markdown-docs collects, this reads, runs and compares.

Switch it off with `-p no:provenpages.pytest_plugin`; pytest-markdown-docs then runs the
same pages on its own.

- It hands pytest-markdown-docs our reader, so that fences in admonitions, tabs, lists and
  details are collected, too.
- It registers a runner that runs each block once and compares what it prints.
- It adds to each page one test of its numbers, one of its sessions, and a census.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from pytest_markdown_docs import plugin as markdown_docs
from pytest_markdown_docs._runners import DefaultRunner, register_runner

from provenpages import page as pages
from provenpages import proof
from provenpages.programs import installed_programs
from provenpages.render import Renderer, commonmark
from provenpages.run import PageRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_markdown_docs.definitions import FenceTestDefinition

    from provenpages.report import Disagreement


class Proofs:
    """What one test session knows: a run for each page, and which examples were run."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.runs: dict[Path, PageRun] = {}
        self.executed: dict[Path, set[int]] = {}
        self.partial = any("::" in argument for argument in config.args)
        self._renderer: Renderer | None = None

    def run(self, path: Path) -> PageRun:
        """The one run of the page at `path`."""
        if path not in self.runs:
            shown = path.relative_to(self.config.rootpath) if path.is_relative_to(self.config.rootpath) else path
            page = pages.parse(path.read_text(encoding="utf-8-sig"), shown)
            self.runs[path] = PageRun(page)
        return self.runs[path]

    def html(self, path: Path) -> str:
        """The page as its readers see it: through MkDocs within docs, else as CommonMark."""
        if self._renderer is None:
            self._renderer = Renderer(self.config.rootpath / "mkdocs.yml")
        page = self.run(path).page
        if path.is_relative_to(self._renderer.docs):
            return self._renderer.html(page)
        return commonmark(page)


class Runner(DefaultRunner):
    """Runs each block of a page once and compares; docstrings are left to the default."""

    proofs: Proofs

    def runtest(
        self, test: FenceTestDefinition, args: dict[str, Any], *, asyncio_runner: Any = None
    ) -> None:
        """Run the example at the test's line, unless it has been run, and compare."""
        if test.source_path.suffix == ".py":
            super().runtest(test, args, asyncio_runner=asyncio_runner)
            return
        run = self.proofs.run(test.source_path)
        example = run.page.example_at(test.start_line)
        self.proofs.executed.setdefault(test.source_path, set()).add(example.line)
        _fail_with(proof.example_disagreements(run, example))

    def repr_failure(
        self,
        test: FenceTestDefinition,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,
    ) -> str:
        """A disagreement speaks for itself."""
        if isinstance(excinfo.value, Disagrees):
            return str(excinfo.value)
        return super().repr_failure(test, excinfo, style)


class Disagrees(Exception):  # noqa: N818  (it reads as what happened)
    """The page and the truth differ; the text says where and how."""


def _fail_with(disagreements: Iterable[Disagreement]) -> None:
    found = [str(disagreement) for disagreement in disagreements]
    if found:
        raise Disagrees("\n\n".join(found))


class Reader:
    """Our reader in the shape that pytest-markdown-docs expects of a Markdown parser."""

    def parse(self, text: str) -> list[Any]:
        """The examples to run, as fence tokens."""
        page = pages.parse(text, Path("page.md"))
        return [
            SimpleNamespace(
                type="fence",
                map=[example.line - 1, example.last_line],
                info="python continuation" if example.continues else "python",
                content=example.text,
            )
            for example in page.examples
            if not example.not_run
        ]


class PageFile(pytest.File):
    """The tests of a page as a whole, after those of its blocks."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test of the numbers, one of the sessions, and the census."""
        page = self.config.stash[PROOFS].run(self.path).page
        if page.numbers:
            yield NumbersItem.from_parent(self, name="numbers")
        if page.sessions:
            yield SessionsItem.from_parent(self, name="sessions")
        yield CensusItem.from_parent(self, name="census")


class PageItem(pytest.Item):
    """A test of a page as a whole."""

    @property
    def proofs(self) -> Proofs:
        """What the session knows."""
        return self.config.stash[PROOFS]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A disagreement speaks for itself."""
        if isinstance(excinfo.value, Disagrees):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The page, and what of it is tested."""
        return self.path, 0, f"{self.path.name}: {self.name}"


class NumbersItem(PageItem):
    """Every bound number is what its expression gives."""

    def runtest(self) -> None:
        """Evaluate and compare."""
        _fail_with(proof.number_disagreements(self.proofs.run(self.path)))


class SessionsItem(PageItem):
    """Every console session prints what the page shows."""

    def runtest(self) -> None:
        """Run and compare."""
        page = self.proofs.run(self.path).page
        programs = installed_programs(self.config.rootpath)
        _fail_with(proof.session_disagreements(page, programs))


class CensusItem(PageItem):
    """Every block that readers see was run, and every block that was run is seen."""

    def runtest(self) -> None:
        """Compare what was read with what is rendered and what was run."""
        page = self.proofs.run(self.path).page
        executed = self.proofs.executed.get(self.path, set())
        if self.proofs.partial:  # somebody selected single blocks: the others need not have run
            executed = {example.line for example in page.examples}
        _fail_with(proof.census_disagreements(page, self.proofs.html(self.path), executed))


PROOFS = pytest.StashKey[Proofs]()


def pytest_configure(config: pytest.Config) -> None:
    """Take over from pytest-markdown-docs what it runs and compares."""
    proofs = Proofs(config)
    config.stash[PROOFS] = proofs
    register_runner(default=True)(type("Runner", (Runner,), {"proofs": proofs}))


@pytest.hookimpl(tryfirst=True)
def pytest_markdown_docs_markdown_it() -> Reader:
    """Let pytest-markdown-docs collect what our reader finds."""
    return Reader()


@pytest.hookimpl(trylast=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """Add the tests of the page as a whole, after those of its blocks."""
    if file_path.suffix != ".md" or not parent.config.option.markdowndocs:
        return None
    return PageFile.from_parent(parent, path=file_path)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remember that a selection was made."""
    for item in items:
        if isinstance(item, markdown_docs.MarkdownInlinePythonItem):
            item.config.stash[PROOFS].partial = True
