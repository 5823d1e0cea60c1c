"""Code and its output as one object, with a name to link to and what a reader can do with it."""

from __future__ import annotations

import html
import re
from itertools import count
from typing import TYPE_CHECKING

from provenpages.elsewhere import Elsewhere
from provenpages.page import PYTHON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenpages.page import Example, Page

_HIGHLIGHT = r'<div class="language-{language} highlight">(?:(?!</div>).)*</div>'
_BLOCK = re.compile(
    _HIGHLIGHT.format(language=r"(?P<language>(?!output)[\w-]+)")
    + r"(?P<output>\s*"
    + _HIGHLIGHT.format(language="output")
    + ")?",
    re.DOTALL,
)
_FILE_NAME = re.compile(r'<span class="filename">(.*?)</span>')
_TAG = re.compile(r"<[^>]+>")
_NAMES = {
    "console": "Console",
    "javascript": "JavaScript",
    "pycon": "Python session",
    "python": "Python",
    "sh": "Shell",
    "text": "Text",
    "toml": "TOML",
    "yaml": "YAML",
    "markdown": "Markdown",
}


class OtherBlocks(Exception):  # noqa: N818  (it reads as what happened)
    """The page's code is not what its Markdown says: another builder reads it differently."""


def with_blocks(
    body: str,
    page: Page | None = None,
    report: Callable[[str], str] | None = None,
    *,
    runs: bool = False,
    elsewhere: Elsewhere | None = None,
) -> str:
    """The page's body with every block of code in a frame, its output below it.

    Args:
        body: The page as HTML.
        page: The page as Markdown, for what a block builds on.
        report: Where to report an error in the block with this `id`, if that is possible.
        runs: Whether Python can be had in the page.
        elsewhere: The libraries that need not be there where the pages are proved.

    Raises:
        OtherBlocks: The Python in the HTML is not that in the Markdown.
    """
    examples = paired(body, page) if page else {}
    needs = _needs(page, examples)
    elsewhere = elsewhere or Elsewhere()
    numbers = count(1)

    def framed(match: re.Match[str]) -> str:
        number = next(numbers)
        code, output = match[0], match["output"] or ""
        code = code.removesuffix(output) if output else code
        example = examples.get(number)
        libraries = elsewhere.needed(page, example) if page and example else []
        prints = _prints(elsewhere.with_versions(libraries))
        printed = f'<div class="block-output">{prints}{output.strip()}</div>' if output else ""
        name = _name(number, code, match["language"], example)
        refusal = _refusal(page, example, elsewhere) if page and example else ""
        can_run = runs and example is not None and not refusal
        run = _run_button(number) if can_run else refusal
        attributes = "".join(_attributes(number, example, needs)) if example else ""
        state = ' data-run-state="idle"' if can_run else ""
        return (
            f'<div class="block" id="block-{number}"{state}{attributes}><div class="block-bar">'
            f'<span class="block-name">{name}</span>{run}'
            f"{_tools(number, report, python=example is not None, runs=can_run)}</div>"
            f"{_FILE_NAME.sub('', code)}{printed}</div>"
        )

    return _BLOCK.sub(framed, body)


def _name(number: int, code: str, language: str, example: Example | None) -> str:
    """What stands in the bar of a block."""
    file_name = _FILE_NAME.search(code)
    if file_name:
        return file_name[1]
    if not example:
        return _NAMES.get(language, "Code")
    return f"{'Exercise' if example.exercise else 'Python'}, block {number}"


def paired(body: str, page: Page) -> dict[int, Example]:
    """The page's examples by the number of their block.

    Args:
        body: The page as HTML.
        page: The page as Markdown.

    Raises:
        OtherBlocks: The Python in the HTML is not that in the Markdown.
    """
    blocks = enumerate(_BLOCK.finditer(body), 1)
    python = {n: _text(match) for n, match in blocks if match["language"] in PYTHON}
    if list(python.values()) != [example.text for example in page.examples]:
        raise OtherBlocks(f"{len(python)} Python blocks, {len(page.examples)} in Markdown")
    return dict(zip(python, page.examples, strict=True))


def _text(match: re.Match[str]) -> str:
    code = match[0].removesuffix(match["output"] or "")
    return html.unescape(_TAG.sub("", _FILE_NAME.sub("", code)))


def _needs(page: Page | None, examples: dict[int, Example]) -> dict[int, list[int]]:
    """The numbers of the blocks that each one builds on, in order."""
    number = {example.line: n for n, example in examples.items()}
    return {
        number[example.line]: [number[above.line] for above in chain[:index]]
        for chain in (page.chains if page else ())
        for index, example in enumerate(chain)
    }


def _prints(libraries: str) -> str:
    """What stands above an output."""
    checked = f' data-with="{html.escape(libraries)}"' if libraries else ""
    return f'<p class="prints"{checked}>prints</p>'


def _refusal(page: Page, example: Example, elsewhere: Elsewhere) -> str:
    """Why a block cannot run in the page, as a reader sees it, if so."""
    needs = page.needs(example)
    if needs:
        reason = f"needs {elsewhere.called(needs)}, which a page cannot have"
    elif example.not_run:
        reason = f"not run: {example.reason}"
    else:
        return ""
    return f'<span class="no-run">{html.escape(reason)}</span>'


def _attributes(number: int, example: Example, needs: dict[int, list[int]]) -> Iterator[str]:
    """What the page's script has to know of a block of Python."""
    yield f' data-file="{html.escape(example.title or f"block-{number}.py")}"'
    above = needs.get(number)
    if above:
        yield f' data-needs="{" ".join(f"block-{n}" for n in above)}"'
    if example.exercise:
        yield f' data-exercise="{html.escape(example.exercise)}"'


def _run_button(number: int) -> str:
    return f'<button type="button" class="tool run" aria-label="Run block {number}">Run</button>'


def _tools(number: int, report: Callable[[str], str] | None, *, python: bool, runs: bool) -> str:
    place = f"block-{number}"
    items = [f'<a href="#{place}">Link to this block</a>']
    if python:
        text = "Copy with what it needs"
        items.insert(0, f'<button type="button" class="copy-program">{text}</button>')
    if runs:
        items.insert(0, '<button type="button" class="edit">Edit</button>')
    if report:
        items.append(f'<a href="{report(place)}">Report an error here</a>')
    menu = "".join(f"<li>{item}</li>" for item in items)
    return (
        f'<button type="button" class="tool copy" aria-label="Copy block {number}">Copy</button>'
        f'<details class="more"><summary class="tool" aria-label="More for block {number}">'
        f'<span aria-hidden="true">⋯</span></summary><ul>{menu}</ul></details>'
    )
