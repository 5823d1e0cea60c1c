"""A page as plain Markdown, for people and programs that want the text and nothing else.

Everything that only means something to this site's tools is gone: front matter, bindings,
attribute lists, `??? notes`. What they stood for stays: outputs, captions, what a picture shows.
"""

from __future__ import annotations

import importlib
import inspect
import re
import textwrap
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from provenpages.fences import CODE_SPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenpages.fences import Fence
    from provenpages.page import Page

_ATTRIBUTES = re.compile(
    r"(?:^|(?<=[\s`)]))\{:? *(?:[.#][\w-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'))[^{}]*\}"
)
_BOUND = re.compile(r"(`[^`]*`)\{:? *data-is=(?:\"[^\"]*\"|'[^']*') *\}")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\(figure:(?P<name>[\w-]+)\)")
_NOTE = re.compile(
    r' *(?:(?:\?\?\?\+?|!!!) +\w+(?: +"(?P<title>[^"]*)")?|===[!+]? +"(?P<tab>[^"]*)") *$'
)
_WRAPPER = re.compile(r" *</?div\b[^>]*>\s*$")
_TRY = re.compile(
    r"\[(?P<words>[^\]]+)\]\(<try:(?P<before>[^<>]+) → (?P<after>[^<>]*)>\)|" + CODE_SPAN
)
_LINK = re.compile(r"\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?!figure:)(?P<address>[^)\s:]+)\)")
_REFERENCE = re.compile(r"::: (?P<name>[\w.]+) *$")

PLACE = re.compile(r"(?m)^([> ]*)\x00(\d+)\x00$")
"""Where a block was taken out: what stands before it in its line, and which block it is."""


def markdown(page: Page, base: str, describe: Callable[[str], str], ending: str = "/") -> str:
    """The page as Markdown that any reader of Markdown shows well.

    Args:
        page: The page.
        base: The address of its source in the site, for instance `https://…/one-neuron.md`;
            links become addresses of pages as seen from there.
        describe: What a picture of this name shows, in words.
        ending: What the address of a page ends in, where that of its source ends in `.md`.
    """
    text = with_places(page, partial(absolute, base=base, ending=ending), describe)
    return PLACE.sub(lambda it: put(it[1], fenced(page.fences[int(it[2])])), text)


def with_places(page: Page, link: Callable[[str], str], describe: Callable[[str], str]) -> str:
    """The page as Markdown, but for its blocks: a `PLACE` is where each of them was.

    Args:
        page: The page.
        link: The address for a link of the page to another; if it has none, the words stay.
        describe: What a picture of this name shows, in words.
    """
    lines = page.text.split("\n")
    for number, fence in reversed(list(enumerate(page.fences))):
        before = re.match(r"[> ]*", lines[fence.line - 1])
        lines[fence.line - 1 : fence.last_line] = [f"{before[0] if before else ''}\x00{number}\x00"]
    text = re.sub(r"\A---\n.*?\n---\n", "", "\n".join(lines), flags=re.DOTALL)
    text = _BOUND.sub(r"\1", _COMMENT.sub("", text))
    text = _PICTURE.sub(lambda it: f"*Picture: {it['text']}.* {describe(it['name'])}", text)
    text = _TRY.sub(_told, text)
    text = _LINK.sub(lambda it: _linked(it["words"], link(it["address"])), text)
    text = text.replace("<br>", " ")
    text = "\n".join(_plain_lines(text.split("\n")))
    text = re.sub(r"(?m)(^[> ]*>\n)+(?=[> ]*>?\n|\Z)", "", text)  # one empty line is enough
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _told(match: re.Match[str]) -> str:
    """What to try, in words; what stands in backticks stays."""
    if match["code"]:
        return match[0]
    return f"{match['words']} (`{match['before']}` → `{match['after']}`)"


def fenced(fence: Fence) -> str:
    """A block as Markdown, in as many backticks as it needs."""
    ticks = "`" * (1 + max(2, *(len(run) for run in re.findall("`+", fence.text)), 2))
    if fence.language == "output":
        return f"Prints:\n\n{ticks}text\n{fence.text}{ticks}"
    return f"{ticks}{fence.language}\n{fence.text}{ticks}"


def put(before: str, block: str) -> str:
    """A block's lines with what stands before each of them."""
    return "\n".join((before + line).rstrip() for line in block.split("\n"))


def _linked(words: str, address: str) -> str:
    return f"[{words}]({address})" if address else words


def _plain_lines(lines: list[str]) -> Iterator[str]:
    """The lines, notes as quotations, references written out."""
    notes: list[int] = []  # the indentation of each note that we are in
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        while notes and line.strip() and indent <= notes[-1]:
            notes.pop()
            yield ("> " * len(notes)).rstrip()
        quote = "> " * len(notes)
        opened = _NOTE.match(line)
        reference = _REFERENCE.match(line)
        if opened:
            notes.append(indent)
            yield f"{quote}> **{opened['title'] or opened['tab'] or 'Note'}**"
        elif reference:
            yield from _reference(reference["name"]).split("\n")
        elif _WRAPPER.match(line):
            continue
        else:
            plain = _ATTRIBUTES.sub("", line).rstrip()
            if line.strip() and not plain.strip():
                continue  # a line with nothing but attributes
            yield f"{quote}{plain[notes[-1] + 4 :]}".rstrip() if notes else plain


def absolute(address: str, base: str, ending: str = "/") -> str:
    """The address of a page in the site, for that of its source as seen from another's."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    if not path:
        return address
    found = urljoin(base, path)
    found = re.sub(r"(?:(?<=/)index)?\.md$", lambda it: "" if it[0] != ".md" else ending, found)
    return found + address.removeprefix(path)


def _reference(name: str) -> str:
    """What the package says of one of its names: signature and docstring."""
    module, _, attribute = name.rpartition(".")
    found = getattr(importlib.import_module(module), attribute)
    parts = [f"### {attribute}", *_signature(attribute, found)]
    parts.append(textwrap.dedent(inspect.getdoc(found) or ""))
    for key, method in _methods(found):
        parts += [f"#### {key}", *_signature(key, method)]
        parts.append(textwrap.dedent(inspect.getdoc(method) or ""))
    return "\n\n".join(parts)


def _signature(name: str, found: object) -> list[str]:
    """How it is called, if it is; an exception has no signature of its own."""
    if not callable(found) or (isinstance(found, type) and issubclass(found, Exception)):
        return []
    return [f"```python\n{name}{inspect.signature(found)}\n```"]


def _methods(found: object) -> Iterator[tuple[str, Callable[..., object]]]:
    """The public methods of a class, its own first and then those that it inherits from ours."""
    if not isinstance(found, type):
        return
    package = found.__module__.partition(".")[0]
    ours = [it for it in found.__mro__ if it.__module__.partition(".")[0] == package]
    names = dict.fromkeys(name for it in ours for name in vars(it) if not name.startswith("_"))
    for name in names:
        method = getattr(found, name)
        if inspect.isfunction(method) or inspect.ismethod(method):
            yield name, method


def index(name: str, summary: str, entries: list[tuple[str, str, str]]) -> str:
    """An `llms.txt`: what the site is, and each page's Markdown with what it is about.

    Args:
        name: The site's name.
        summary: One sentence.
        entries: Title, address and description of each page, in reading order.
    """
    pages = "\n".join(f"- [{title}]({address}): {about}" for title, address, about in entries)
    return f"# {name}\n\n> {summary}\n\n## Pages\n\n{pages}\n"
