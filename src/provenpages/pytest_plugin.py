"""The pytest adapter: pytest-markdown-docs collects, this reads, runs and compares.

Switch it off with `-p no:provenpages.pytest_plugin`; pytest-markdown-docs then runs the
same pages on its own.

- It hands pytest-markdown-docs our reader, so that fences in admonitions, tabs, lists and
  details are collected, too.
- It names a runner for them that runs each block once and compares what it prints.
- It adds to each page one test of its numbers, one of its sessions, one of its JavaScript, and a
  census.
- It skips, by name, what needs a library that is not here, if the receipt vouches for it. With
  `--receipt` it takes the pages that need such libraries, all of which have to be here, and
  writes the receipt if everything passed.
"""

from __future__ import annotations

import gc
from fnmatch import fnmatch
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from pytest_markdown_docs._runners import DefaultRunner, register_runner
from pytest_markdown_docs.plugin import MarkdownInlinePythonItem

from provenpages import page as pages
from provenpages import project, proof
from provenpages.elsewhere import NotHere
from provenpages.render import Renderer, commonmark
from provenpages.run import PageRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_markdown_docs.definitions import FenceTestDefinition

    from provenpages.page import Example
    from provenpages.report import Disagreement


class Disagrees(Exception):  # noqa: N818  (it reads as what happened)
    """The page and the truth differ; the text says where and how."""


class Reader:
    """Our reader in the shape that pytest-markdown-docs expects of a Markdown parser."""

    def parse(self, text: str) -> list[Any]:
        """The examples to run, as fence tokens that name our runner."""
        page = pages.parse(text, Path("page.md"))
        return [
            SimpleNamespace(
                type="fence",
                map=[example.line - 1, example.last_line],
                info=f"python runner:{ProofRunner.__name__}" + " continuation" * example.continues,
                content=example.text,
            )
            for chain in page.chains
            for example in chain
        ]


@register_runner()
class ProofRunner(DefaultRunner):
    """Runs each block of a page once and compares; docstrings are left to the default.

    There is but one, whatever the number of test sessions in this process, so it keeps
    nothing: what a session knows comes with the names that its blocks are given.
    """

    def runtest(
        self,
        test: FenceTestDefinition,
        args: dict[str, Any],
        *,
        asyncio_runner: Any = None,  # noqa: ANN401  (pytest-markdown-docs does not say)
    ) -> None:
        """Run the example at the test's line, unless it has been run, and compare."""
        proofs: Proofs = args.pop(Proofs.__name__)
        if test.source_path.suffix == ".py":
            try:
                super().runtest(test, args, asyncio_runner=asyncio_runner)
            except TypeError as error:
                # pytest-markdown-docs would take it for a runner of the old kind and run again.
                raise Disagrees(
                    super().repr_failure(test, pytest.ExceptionInfo.from_current())
                ) from error
            return
        run = proofs.run(test.source_path)
        example = run.page.example_at(test.start_line)
        proofs.executed.add((test.source_path, example.line))
        _fail_with(proof.example_disagreements(run, example))
        not_here = run.result(example).error
        if isinstance(not_here, NotHere):
            pytest.skip(f"{run.page.path}:{example.line}: this example {not_here}")

    def repr_failure(
        self,
        test: FenceTestDefinition,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401  (pytest-markdown-docs does not say)
    ) -> str:
        """A disagreement speaks for itself."""
        if isinstance(excinfo.value, Disagrees):
            return str(excinfo.value)
        return str(super().repr_failure(test, excinfo, style))


_OTHER_ENDINGS = {".markdown", ".mdown", ".mkdn", ".mkd"}


class Proofs:
    """A plugin for one test session: a run for each page, and which examples were run."""

    def __init__(self, config: pytest.Config) -> None:
        self.root = config.rootpath
        try:
            self.constants = project.constants(self.root)
            self.languages = project.languages(self.root)
            self.modules = project.modules(self.root)
            self.elsewhere = project.elsewhere(self.root)
            self.receipt = project.receipt(self.root) if config.getoption("receipt") else None
        except ValueError as error:
            raise pytest.UsageError(f"pyproject.toml: {error}") from error
        missing = self.elsewhere.missing()
        if self.receipt and missing:
            raise pytest.UsageError(f"--receipt: {self.elsewhere.called(missing)}: not installed")
        self._avoided: list[str] = config.getini("norecursedirs")
        self.executed: set[tuple[Path, int]] = set()
        # Whoever asks for single tests does not want to hear that the others were not run.
        self.partial = config.getoption("lf", default=False) or any(
            "::" in it for it in config.args
        )
        self._runs: dict[Path, PageRun] = {}
        self._renderer: Renderer | None = None

    def run(self, path: Path) -> PageRun:
        """The one run of the page at `path`."""
        if path not in self._runs:
            shown = path.relative_to(self.root) if path.is_relative_to(self.root) else path
            page = pages.parse(path.read_bytes().decode("utf-8"), shown)
            self._runs[path] = PageRun(page, modules=self.modules, elsewhere=self.elsewhere)
        return self._runs[path]

    def html(self, path: Path) -> str:
        """The page as its readers see it: through MkDocs within docs, else as CommonMark."""
        page = self.run(path).page
        return self._rendering().html(page) if self._is_of_site(path) else commonmark(page)

    def _rendering(self) -> Renderer:
        if self._renderer is None:
            self._renderer = Renderer(self.root / "mkdocs.yml")
        return self._renderer

    def _is_of_site(self, path: Path) -> bool:
        return path.is_relative_to(self._rendering().docs)

    def pytest_markdown_docs_globals(self) -> dict[str, Any]:
        """Reach the runner."""
        return {Proofs.__name__: self}

    @pytest.hookimpl(tryfirst=True)
    def pytest_markdown_docs_markdown_it(self) -> Reader:
        """Let pytest-markdown-docs collect what our reader finds."""
        return Reader()

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Pages count in every folder; for a receipt, those that need no such library do not."""
        name = collection_path.name
        avoided = any(fnmatch(name, it) for it in self._avoided) and not name.startswith(".")
        if avoided and collection_path.is_dir() and self._is_of_site(collection_path):
            return False  # pytest itself would not look into `build` or `dist`, but MkDocs does
        if self.receipt and collection_path.suffix == ".md":
            return not any(self._to_be_proved(self.run(collection_path))) or None
        return None

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the receipt, if every test of every page that counts has passed."""
        if self.receipt and not self.partial and exitstatus == pytest.ExitCode.OK:
            proved = [
                (run.page, example, run.below(example))
                for run in self._runs.values()
                for example in self._to_be_proved(run)
            ]
            text = self.elsewhere.written(proved)
            self.receipt.parent.mkdir(parents=True, exist_ok=True)
            self.receipt.write_text(text, "utf-8")

    def _to_be_proved(self, run: PageRun) -> list[Example]:
        """The examples that need a library which need not be everywhere."""
        examples = [example for chain in run.page.chains for example in chain]
        return [it for it in examples if self.elsewhere.needed(run.page, it)]

    @pytest.hookimpl(trylast=True)
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> PageFile | None:
        """Add the tests of the page as a whole, after those of its blocks."""
        if not parent.config.getoption("markdowndocs"):
            return None
        if file_path.suffix in _OTHER_ENDINGS and self._is_of_site(file_path):
            raise pytest.UsageError(
                f"{file_path}: MkDocs builds this page, but only `.md` is proved: rename it"
            )
        if file_path.suffix != ".md":
            return None
        return PageFile.from_parent(parent, path=file_path, proofs=self)

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Remember that a selection was made."""
        self.partial = self.partial or any(isinstance(it, MarkdownInlinePythonItem) for it in items)


class PageFile(pytest.File):
    """The tests of a page as a whole, after those of its blocks."""

    def __init__(self, *, proofs: Proofs, **kwargs: Any) -> None:  # noqa: ANN401  (pytest's own)
        super().__init__(**kwargs)
        self.proofs = proofs

    def collect(self) -> Iterator[pytest.Item]:
        """A test of the numbers, the tries, the formulas, sessions and scripts, and the census."""
        run = self.proofs.run(self.path)
        page = run.page
        if page.numbers:
            yield NumbersItem.from_parent(self, name="numbers")
        if any(run.elsewhere.not_here(page, it) and run.below(it) for it in page.examples):
            yield NumbersElsewhereItem.from_parent(self, name="numbers-elsewhere")
        if page.tries:
            yield TriesItem.from_parent(self, name="tries")
        if page.formulas:
            yield FormulasItem.from_parent(self, name="formulas")
        if page.sessions:
            yield SessionsItem.from_parent(self, name="sessions")
        if page.scripts:
            yield ScriptsItem.from_parent(self, name="scripts")
        yield CensusItem.from_parent(self, name="census")


class PageItem(pytest.Item):
    """A test of a page as a whole."""

    parent: PageFile

    @property
    def proofs(self) -> Proofs:
        """What the session knows."""
        return self.parent.proofs

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401  (pytest's own type is private)
    ) -> Any:  # noqa: ANN401
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


class NumbersElsewhereItem(PageItem):
    """Every bound number that depends on a library which is not here: skipped, by name.

    That none of them has changed since it was proved is for `NumbersItem` to see to.
    """

    def runtest(self) -> None:
        """Say which."""
        run = self.proofs.run(self.path)
        values = run.values().items()
        not_here = [(it, got.error) for it, got in values if isinstance(got.error, NotHere)]
        reasons = list(dict.fromkeys(str(error) for _, error in not_here))
        lines = ", ".join(dict.fromkeys(str(number.line) for number, _ in not_here))
        if not_here:  # else something above them failed, which is for `NumbersItem` to say
            pytest.skip(f"{run.page.path}: the numbers in the lines {lines}: {'; '.join(reasons)}")


class TriesItem(PageItem):
    """Every change that the page suggests can be made, and runs."""

    def runtest(self) -> None:
        """Change and run."""
        _fail_with(proof.try_disagreements(self.proofs.run(self.path)))


class FormulasItem(PageItem):
    """Every formula says what the code does."""

    def runtest(self) -> None:
        """Read back, work out and compare."""
        _fail_with(proof.formula_disagreements(self.proofs.run(self.path)))


class SessionsItem(PageItem):
    """Every console session prints what the page shows."""

    def runtest(self) -> None:
        """Run and compare."""
        programs = project.installed_programs(self.proofs.root)
        _fail_with(proof.session_disagreements(self.proofs.run(self.path).page, programs))


class ScriptsItem(PageItem):
    """Every block of JavaScript prints what the page shows."""

    def runtest(self) -> None:
        """Run and compare."""
        _fail_with(proof.script_disagreements(self.proofs.run(self.path)))


class CensusItem(PageItem):
    """Every block that readers see was run, what was run is seen, and no number is unproved."""

    def runtest(self) -> None:
        """Compare what was read with what is rendered and what was run."""
        page = self.proofs.run(self.path).page
        executed = {line for path, line in self.proofs.executed if path == self.path}
        if self.proofs.partial:
            executed = {example.line for example in page.examples}
        # Those still to come count: pytest may have been asked for another order.
        for item in self.session.items[self.session.items.index(self) :]:
            if isinstance(item, MarkdownInlinePythonItem) and item.path == self.path:
                executed.add(item.start_line)
        html = self.proofs.html(self.path)
        known = self.proofs.constants, self.proofs.languages
        _fail_with(proof.census_disagreements(page, html, executed, *known))


def pytest_collection_finish() -> None:
    """What was collected stays: the collector of rubbish need not walk through it again."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Ask for the receipt."""
    parser.addoption(
        "--receipt",
        action="store_true",
        help="prove the pages that need libraries which need not be installed, and write a receipt",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin a session."""
    config.pluginmanager.register(Proofs(config))


def _fail_with(disagreements: Iterable[Disagreement]) -> None:
    found = [str(disagreement) for disagreement in disagreements]
    if found:
        raise Disagrees("\n\n".join(found))
