"""What the site says of its own size is what anybody finds who counts in the built pages."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from provenpages import page as pages

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bodies(site):
    """The HTML of the articles, all in one."""
    files = [site / ("" if it.stem == "index" else it.stem) / "index.html" for it in DOCS]
    found = [re.search(r"(?s)<article.*</article>", it.read_text("utf-8"))[0] for it in files]
    # Blocks that show how one writes a page hold no code of their own; paper repeats what it has.
    how = r'<div class="language-markdown highlight">.*?</div>'
    paper = r'<section class="on-paper">.*?</section>'
    return re.sub(f"(?s){how}|{paper}", "", "\n".join(found))


@pytest.fixture(scope="module")
def shown(bodies):
    """Each count that a page shows, by its name."""
    found = re.findall(r'<code data-count="(\w+)">([\d,]+)</code>', bodies)
    return {name: int(count.replace(",", "")) for name, count in found}


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("pages", r"<article"),
        (
            "examples",
            r'<div class="block"[^>]* data-file="(?:(?!<span class="no-run">not run).)*?</div>',
        ),
        ("scripts", r'<div class="language-javascript highlight">'),
        ("outputs", r'<span class="checked">'),
        ("elsewhere", r'<span class="checked">✓ checked with '),
        ("numbers", r'<code data-is="'),
        ("commands", r'<span class="gp">\$ ?</span>'),
        ("figures", r'<figure class="(?:drawn|lively)">'),
        ("changes", r'<a class="try"'),
        ("exercises", r' data-exercise="'),
    ],
)
def test_a_count_is_what_the_built_pages_hold(bodies, shown, name, mark):
    assert shown[name] == len(re.findall(mark, bodies))


def test_formulas_are_those_that_say_more_than_the_name_of_a_quantity(bodies, shown):
    formulas = re.findall(
        r'<annotation encoding="application/x-tex">(.*?)</annotation>', bodies, re.DOTALL
    )
    name = re.compile(r"(?:\\Delta )?\\?[A-Za-z]+(?:_\{?\w+\}?)?")
    claims = [it for it in map(html.unescape, formulas) if not name.fullmatch(it.strip())]
    comment = re.compile(r"^ *<!-- not proved:", re.MULTILINE)
    not_proved = sum(len(comment.findall(it.read_text("utf-8"))) for it in DOCS)
    assert shown["formulas"] == len(claims) - not_proved


def test_every_count_that_is_asked_for_is_shown_and_no_placeholder_is_left(bodies, shown):
    asked = [
        it for path in DOCS for it in re.findall(r'data-count="(\w+)"', path.read_text("utf-8"))
    ]
    assert sorted(shown) == sorted(asked)
    assert len(asked) > 10
    assert not re.search(r"data-count[^>]*>…<", bodies)


def test_the_plain_text_and_the_search_know_the_counts(site, shown):
    assert f"| `{shown['pages']}` |" in (site / "proof" / "index.md").read_text("utf-8")
    index = (site / "search" / "search_index.json").read_text("utf-8")
    assert f"{shown['words']:,}" in index


def test_every_file_that_the_page_names_is_there():
    page = pages.read(ROOT / "docs" / "proof.md")
    named = re.findall(r"`((?:tests|benchmarks|src|docs)/[\w/.]+)`", "\n".join(page.words))
    assert len(named) > 15
    assert [it for it in named if not (ROOT / it).exists()] == []
