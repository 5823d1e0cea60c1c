"""Pages of every kind: the reader gives a page or says what is wrong, and skips nothing unseen."""

import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from any_pages import ROOT, of_pieces, pages
from browser_view import view
from provenpages import census, counts, prose, rules
from provenpages.page import PYTHON, Example, Script, parse
from provenpages.proof import (
    census_disagreements,
    example_disagreements,
    formula_disagreements,
    number_disagreements,
    session_disagreements,
    try_disagreements,
)
from provenpages.render import Renderer, commonmark
from provenpages.report import Disagreement
from provenpages.run import PageRun, Result
from provenpages.update import updated

PATH = Path("page.md")
RENDERER = Renderer(ROOT / "mkdocs.yml")
RENDERERS = {"a site": RENDERER.html, "a forge": commonmark}


@given(pages())
def test_any_text_is_read_and_what_is_wrong_has_its_line(text):
    page = parse(text, PATH)
    lines = page.text.split("\n")
    for fence in page.fences:
        assert 0 < fence.line < fence.last_line <= len(lines)
    for number in page.numbers:
        assert lines[number.line - 1][number.column - 1 :].startswith(number.shown)
    for line, message in page.problems:
        assert 0 < line <= len(lines)
        assert message


def _block(language, text):
    language = "python" if language in PYTHON else language if language in census.COUNTED else ""
    return language, re.sub(r"(?m)^ +$", "", text.expandtabs(4)).strip("\n")


def _spaced(text):
    return " ".join(text.split())


@pytest.mark.parametrize("shown_by", RENDERERS)
@given(text=pages())
def test_what_a_browser_shows_was_read_or_is_reported(shown_by, text):
    page = parse(text, PATH)
    rendered = RENDERERS[shown_by](page)
    seen, told = view(rendered), [message for _, message in census.differences(page, rendered)]
    read = {
        "a block of code": [_block(it.language, it.text) for it in page.fences],
        "a bound number": [(it.shown, it.expression) for it in page.numbers],
        "a formula": [_spaced(it.tex) for it in page.formulas],
        "a try": [f"try:{it.before} → {it.after}" for it in page.tries],
        "a count": [it.name for it in counts.asked(page)],
    }
    shown = {
        "a block of code": [_block(*it) for it in seen.blocks],
        "a bound number": seen.numbers,
        "a formula": [_spaced(it) for it in seen.formulas],
        "a try": [unquote(it) for it in seen.tries],
        "a count": seen.counts,
    }
    for kind, those in shown.items():
        unread = Counter(those) - Counter(read[kind])
        assert len([it for it in told if f"rendered as {kind}" in it]) == unread.total(), unread
        unseen = Counter(read[kind]) - Counter(those)
        assert bool(unseen) <= any("not rendered" in it for it in told), unseen


def _accepted(page, rendered):
    problems = [*page.problems, *rules.violations(page), *census.differences(page, rendered)]
    return not problems


@pytest.mark.parametrize("shown_by", RENDERERS)
@given(text=pages())
def test_each_number_and_each_output_that_readers_see_is_held_against_something(shown_by, text):
    page = parse(text, PATH)
    rendered = RENDERERS[shown_by](page)
    if not _accepted(page, rendered):
        return
    seen = view(rendered)
    programs = [it for it in page.fences if isinstance(it, Example | Script)]
    proved = {
        (_block("", it.text)[1], it.output and _block("", it.output.text)[1]) for it in programs
    }
    above = ("", "")
    for language, shown in seen.blocks:
        if language == "output":
            assert (_block("", above[1])[1], _block("", shown)[1]) in proved
        above = (language, shown)
    told = [*prose.unvouched(page, {}), *prose.unvouched_as_rendered(page, rendered, {})]
    refused = {re.match(r"[^\s,]+(?:,\d+)*", message)[0] for _, message in told}
    outputs = " ".join(it.text for it in page.fences if it.language in {"output", "console"})
    known = f"{outputs} {' '.join(refused)}".replace(",", "")
    for number in re.findall(r"(?<![\w.])\d+\.\d+", seen.said):
        assert number in known


@given(of_pieces())
def test_whatever_stands_on_a_page_is_proved_or_disagrees(text):
    page = parse(text, PATH)
    run = PageRun(page)
    found = [
        *(it for chain in page.chains for each in chain for it in example_disagreements(run, each)),
        *number_disagreements(run),
        *try_disagreements(run),
        *formula_disagreements(run),
        *session_disagreements(page, {}),
        *census_disagreements(page, RENDERER.html(page), set(), {}),
    ]
    for it in found:
        assert isinstance(it, Disagreement)
        assert 0 < it.line <= len(page.text.split("\n"))
        assert str(it)


class _Pretended(PageRun):
    """A run in which nothing is run: whatever it is, it prints this, and gives this."""

    def __init__(self, page, printed, value):
        super().__init__(page)
        self._printed, self._value = printed, value

    def result(self, example):
        del example
        return Result(self._printed)

    def values(self):
        return {number: Result(value=self._value) for number in self.page.numbers}


LINES = st.sampled_from(
    ["", "1", "  a", "```", "$ x", "> q", "<!-- c", "é", "a\u2028b", "a\rb", "\tx"]
)
PRINTED = st.lists(LINES, max_size=3).map("\n".join).map(lambda it: it and it + "\n")
VALUES = st.sampled_from(
    [2, -1.5, 10**400, 10**5000, "text", "a b", "a\rb", "`", "\u2028", " ", None]
)


def _without_proved(page):
    """A page's lines without outputs, sessions and bound numbers, and without empty lines."""
    lines = page.text.split("\n")
    for number in page.numbers[::-1]:
        text, start = lines[number.line - 1], number.column - 1
        lines[number.line - 1] = text[:start] + text[start + len(number.shown) :]
    for fence in page.fences:
        if fence.language in {"output", "console"}:
            keep = 0 if fence.language == "output" else 1
            inside = fence.last_line - fence.line + 1 - 2 * keep
            lines[fence.line - 1 + keep : fence.last_line - keep] = [""] * inside
    return [line for line in lines if line.strip("> \t")]


@given(text=pages(), printed=PRINTED, value=VALUES)
def test_bringing_up_to_date_changes_outputs_and_numbers_alone_and_once(text, printed, value):
    def brought(text):
        begin = lambda page: _Pretended(page, printed, value)  # noqa: E731
        return updated(text, PATH, {"greet": lambda: print("Hello!")}, begin=begin)

    new, failures = brought(text)
    if failures:
        assert new == text
        return
    assert brought(new) == (new, [])
    page, old = parse(new, PATH), parse(text, PATH)
    assert _without_proved(page) == _without_proved(old)
    assert [it.text for it in page.examples] == [it.text for it in old.examples]
    for chain in page.chains:
        for example in chain:
            assert (example.output.text if example.output else "") == printed


@pytest.mark.slow
def test_a_session_over_such_pages_ends_with_a_report_of_each(tmp_path, make_project):
    found = []

    @given(st.lists(of_pieces(), min_size=15, max_size=15))
    @settings(max_examples=max(1, settings().max_examples // 100))
    def collected(texts):
        found.extend(texts)

    collected()
    make_project(tmp_path, {f"docs/{n}.md": text for n, text in enumerate(found)})
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--color=no", "-p", "no:cacheprovider"]
    session = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600
    )
    assert session.returncode in {0, 1}, session.stdout[-3000:]
    assert not re.search(r"^ERROR |INTERNALERROR|^Traceback", session.stdout, re.MULTILINE)
    ended = r"^(?:PASSED|FAILED) docs/(\d+)\.md::census"
    tested = set(re.findall(ended, session.stdout, re.MULTILINE))
    assert len(tested) == len(found)


TEX = st.sampled_from(
    [
        *"xwyz12(){}_^=+-/,.&'|e ",
        *(
            rf"\{it} "
            for it in (
                "frac",
                "sum",
                "text{a}",
                "kept",
                "keptZ",
                "begin{bmatrix}",
                "end{bmatrix}",
                "Delta",
                "ln",
                "sigma",
                "tfrac",
                "cdot",
                "approx",
                "underbrace",
                "qquad",
                "left",
                "partial",
                "d",
                "\\",
                "le",
                "dot",
            )
        ),
    ]
)


@given(st.lists(TEX, max_size=14).map("".join))
def test_any_formula_is_so_or_is_reported(tex):
    page = parse(f"<!-- symbols\nx, w = draw(), draw(3)\ny = abs\n-->\n\n$$\n{tex}\n$$\n", PATH)
    for it in formula_disagreements(PageRun(page)):
        assert str(it)


SHAPES = {
    "tildes": lambda n: "~" * n + "`",
    "comments": lambda n: "<!-- -->" * (n // 8),
    "comments within code": lambda n: "`<!-- " * (n // 6),
    "arrows": lambda n: "[a](<try:" + " → " * (n // 3),
    "braces": lambda n: "` { " * (n // 4) + "1",
    "addresses": lambda n: "](" * (n // 2) + "1",
    "tags": lambda n: "<a" * (n // 2) + "1",
    "bindings": lambda n: '`1`{ data-is="' * (n // 14) + "1",
    "counts": lambda n: '`…`{ data-count="pages" } ' * (n // 25),
    "pictures": lambda n: "![" * (n // 2),
    "options": lambda n: "```python " + "'\"a=" * (n // 4),
    "quotes": lambda n: "> " * (n // 2) + "```python",
    "formulas": lambda n: "$x$ $$ \\$" * (n // 9),
    "examples": lambda n: "```python\n1\n```\n```output\n1\n```\n" * (n // 30),
    "front matter": lambda n: "---\n" + "--- x\n" * (n // 6),
}


def _read_in_full(text):
    page = parse(text, PATH)
    return [
        *rules.violations(page),
        *counts.counted([page]),
        *counts.problems(page),
        *prose.unvouched(page, {}),
        *prose.places(page),
        *census.differences(page, "<pre>1</pre>" * 100),
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_longer_page_takes_longer_in_proportion(shape):
    def seconds(length):
        text, times = SHAPES[shape](length), []
        for _ in range(3):
            begin = time.process_time()
            _read_in_full(text)
            times.append(time.process_time() - begin)
        return min(times)

    assert seconds(40_000) < max(10 * seconds(10_000), 0.25)
