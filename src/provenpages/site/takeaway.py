"""A page to take away: as a notebook, and as a script with cells.

Both are the same cells, prose and code in turn. The notebook holds each output that the page
shows; the script prints them. Examples that the page does not run stay prose.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from provenpages.elsewhere import in_words
from provenpages.page import Example
from provenpages.site import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from provenpages.fences import Fence
    from provenpages.page import Page

Cell = str | Example
"""Markdown, or an example to be run."""

# Cells share their names, which does no harm; but a block that begins afresh must not find NumPy
# as an earlier one has set it.
_CHANGES_NUMPY = re.compile(r"\b(?:set_printoptions|seterr)\b")
_AS_AT_FIRST = """\
# From here on NumPy prints and warns as it does at first.
import numpy

numpy.set_printoptions(
    precision=8, threshold=1000, edgeitems=3, linewidth=75, suppress=False, nanstr="nan",
    infstr="inf", formatter=None, sign="-", floatmode="maxprec", legacy=False,
)
_ = numpy.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
"""
_QUOTED_FORMULA = re.compile(
    r"(?m)^(?P<quote>(?:> )+)\$\$\n(?P<tex>(?:(?P=quote).*\n)+?)(?P=quote)\$\$$"
)
# What would make a comment the beginning of a cell, as editors have it.
_MARKER = re.compile(r"^(?P<blanks>\s*)(?=%%|<codecell>|In ?\[[\d ]*\])")
_LANGUAGE = {
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "pygments_lexer": "ipython3",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "nbconvert_exporter": "python",
}
_KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


@dataclass(frozen=True)
class Origin:
    """Where a page comes from.

    Attributes:
        site: The site's name.
        link: The address of a page, for that of its source as a link of this page has it; nothing
            if the site's address is not known.
        package: The name of the package that the site is about, if any.
        wheel: The address of its wheel, or the file's name if the address is not known.
        licence: One sentence, if there is one.
        libraries: What people call a library, by the name one imports.
    """

    site: str
    link: Callable[[str], str]
    package: str = ""
    wheel: str = ""
    licence: str = ""
    libraries: Mapping[str, str] = field(default_factory=dict)


def name(source: Path, site: str) -> str:
    """What the files of a page are called, but for their endings; home is called as the site."""
    return re.sub(r"\W+", "-", site.lower()).strip("-") if source.stem == "index" else source.stem


def notebook(page: Page, origin: Origin, describe: Callable[[str], str]) -> str:
    """The page as a Jupyter notebook; the same page gives the same one to the byte.

    Args:
        page: The page.
        origin: Where it comes from.
        describe: What a picture of this name shows, in words.
    """
    cells: list[dict[str, Any]] = []
    run = 0
    for number, cell in enumerate(_cells(page, origin, describe), 1):
        common = {"id": f"cell-{number}", "metadata": {}}
        if isinstance(cell, str):
            cells.append({"cell_type": "markdown", "source": _lines(cell), **common})
            continue
        run += 1
        source = _lines(_without_value(cell.text).rstrip("\n"))
        printed = _lines(cell.output.text) if cell.output else []
        stream = {"output_type": "stream", "name": "stdout", "text": printed}
        outputs = [stream] if printed else []
        code = {"execution_count": run, "source": source, "outputs": outputs}
        cells.append({"cell_type": "code", **code, **common})
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": _KERNEL, "language_info": _LANGUAGE},
        "cells": cells,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def script(page: Page, origin: Origin, describe: Callable[[str], str]) -> str:
    """The page as a Python file that prints its outputs in order; editors show its cells.

    Args:
        page: The page.
        origin: Where it comes from.
        describe: What a picture of this name shows, in words.
    """
    imports: dict[str, None] = {}
    parts = []
    for cell in _cells(page, origin, describe):
        if isinstance(cell, str):
            parts.append("\n".join(["# %% [markdown]", *map(_comment, cell.split("\n"))]))
        else:
            code, found = _without_future(cell.text)
            imports |= dict.fromkeys(found)
            parts.append(f"# %%\n{code.rstrip()}")
    if imports:
        why = "# Python wants these lines at the top; `pass` stands where the page has them."
        parts.insert(1, "\n".join(["# %%", why, *imports]))
    # The first line says what Python takes for granted, or a title might say something else.
    return "# -*- coding: utf-8 -*-\n" + "\n\n".join(parts) + "\n"


def _cells(page: Page, origin: Origin, describe: Callable[[str], str]) -> Iterator[Cell]:
    """Where the page comes from; then its prose and its examples, in turn."""
    text = plain.with_places(page, lambda address: _link(address, page, origin), describe)
    heading = re.match(r"# (.+)\n", text)
    title = str(page.meta.get("title") or (heading[1] if heading else origin.site))
    yield _head(title, page, origin)
    prose, *rest = plain.PLACE.split(text.removeprefix(f"# {title}\n"))
    outputs = {example.output.line for example in _examples(page) if example.output}
    afresh = _to_be_reset(page)
    above = ""  # what stood before the example above
    for before, number, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        fence = page.fences[int(number)]
        if isinstance(fence, Example) and not fence.not_run:
            yield from _prose(prose, above)
            if fence.line in afresh:
                yield Example(fence.line, fence.line, "python", {}, _AS_AT_FIRST)
            if fence.text.strip():
                yield fence
            prose, above = "", before
        elif fence.line not in outputs:
            prose += plain.put(before, _shown(fence))
        prose += after
    yield from _prose(prose, above)


def _head(title: str, page: Page, origin: Origin) -> str:
    address = origin.link(page.path.name)
    site = f"[{origin.site}]({address})" if address else origin.site
    imports = _imports(page)
    others = imports - sys.stdlib_module_names - {origin.package, "numpy"}
    also = in_words([origin.libraries.get(name, f"`{name}`") for name in sorted(others)])
    if origin.package in imports:
        by_hand = "" if "/" in origin.wheel else ", with the wheel from the site's downloads folder"
        needs = (
            f"NumPy and `{origin.package}`: `pip install {origin.wheel}` installs both{by_hand}."
        )
    elif "numpy" in imports:
        needs = "NumPy: `pip install numpy`."
    else:
        needs, also = f"Python and {also or 'nothing else'}.", ""
    needs += f" It needs {also}, too." * bool(also)
    head = f"# {title}\n\nThis is a page of {site}.\nTo run it you need {needs}\n{origin.licence}"
    return head.rstrip()


def _link(address: str, page: Page, origin: Origin) -> str:
    """An address as it is from anywhere: a page that was taken away has no neighbours."""
    return origin.link(f"{page.path.name}{address}" if address.startswith("#") else address)


def _examples(page: Page) -> list[Example]:
    return [example for chain in page.chains for example in chain]


def _imports(page: Page) -> set[str]:
    """The packages that the page's examples import."""
    found = set()
    for example in _examples(page):
        for node in ast.walk(ast.parse(example.text)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").partition(".")[0])
    return found


def _to_be_reset(page: Page) -> set[int]:
    """The lines of the examples that begin afresh after others that changed NumPy's settings."""
    return {
        after[0].line
        for chain, after in pairwise(page.chains)
        if any(_CHANGES_NUMPY.search(example.text) for example in chain)
    }


def _prose(text: str, above: str) -> Iterator[str]:
    """The Markdown as a cell, if it says anything.

    Args:
        text: The Markdown.
        above: What stands before the example that it follows in the same line.
    """
    text = _at_margin(text, above)
    text = _QUOTED_FORMULA.sub(_on_one_line, text)
    text = re.sub(r"\A(?:[> ]*\n)+|(?:\n[> ]*)+\Z", "", text)
    if text.strip("> \n"):
        yield text


def _at_margin(text: str, above: str) -> str:
    """The text without the indentation of a list whose beginning is in a cell above."""
    quote = above.rstrip(" ") + " " if ">" in above else ""
    margin = len(above.removeprefix(quote))
    lines = []
    for line in text.split("\n"):
        if line.strip("> "):
            within = quote if line.startswith(quote) else ""
            inner = line.removeprefix(within)
            margin = min(margin, len(inner) - len(inner.lstrip(" ")))
            lines.append(within + inner[margin:])
        else:
            lines.append(line)
    return "\n".join(lines)


def _on_one_line(formula: re.Match[str]) -> str:
    """A formula in a quotation: Jupyter would take the marks of further lines for its own."""
    quote = formula["quote"]
    lines = [line.removeprefix(quote) for line in formula["tex"].splitlines()]
    return f"{quote}$$ {' '.join(lines)} $$"


def _shown(fence: Fence) -> str:
    """A block that is no code cell, as Markdown."""
    reason = fence.reason.rstrip(".") if isinstance(fence, Example) else ""
    return f"*Not run: {reason}.*\n\n" * bool(reason) + plain.fenced(fence)


def _lines(text: str) -> list[str]:
    """The text as notebooks keep it."""
    return text.splitlines(keepends=True)


def _comment(line: str) -> str:
    escaped = _MARKER.sub(r"\g<blanks>\\", line)
    return f"# {escaped}".rstrip()


def _without_value(code: str) -> str:
    """The code, told not to show its last value: a page shows what is printed and no more."""
    *_, last = [None, *ast.parse(code).body]
    if not isinstance(last, ast.Expr) or ast.unparse(last).startswith("print("):
        return code
    end = _index(code, last.end_lineno, last.end_col_offset)
    return code if code[end:].lstrip().startswith(";") else f"{code[:end]};{code[end:]}"


def _without_future(code: str) -> tuple[str, list[str]]:
    """The code with `pass` in place of its imports from `__future__`, and these."""
    found: list[str] = []
    for node in reversed(ast.parse(code).body):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            begin = _index(code, node.lineno, node.col_offset)
            end = _index(code, node.end_lineno, node.end_col_offset)
            code = f"{code[:begin]}pass{code[end:]}"
            found.insert(0, ast.unparse(node))
    return code, found


def _index(code: str, line: int | None, column: int | None) -> int:
    """Where in the code the parser's line and column are; it counts columns in bytes."""
    *above, within = code.split("\n")[:line]
    return sum(len(it) + 1 for it in above) + len(within.encode()[:column].decode())
