"""What a browser shows of some HTML, read in a plain way that shares no code with the census."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

# What browsers take for a comment is more than what XML does.
_COMMENT = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?].*?(?:>|\Z)|</(?![a-z>]).*?(?:>|\Z)|</>", re.DOTALL
)
_NAME = re.compile(r"</?([a-z][^\s/>]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s>]*)))?)"""
)
_TEXT_ALONE = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
_CODE = {"pre", "listing", "plaintext"}
# Phrasing content that neither parts words nor stands higher or lower than they.
_INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
    ),
    *(
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ),
}
_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass
class View:
    """The claims on a page, in the order in which they end.

    Attributes:
        blocks: Language and text of each block of code.
        numbers: What each bound number shows, and its expression.
        formulas: The LaTeX.
        tries: The addresses of links that offer a change.
        counts: The names of the counts.
        said: The text that is none of these, without code.
        quoted: The code in that text.
    """

    blocks: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    said: str = ""
    quoted: str = ""


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str]
    language: str
    text: str = ""

    def has_class(self, name):
        return name in self.attributes.get("class", "").split()


def view(page):
    """What the HTML `page` shows."""
    found, elements = View(), []
    for kind, tag, attributes, text in _tokens(page):
        if kind == "text":
            _say(found, elements, text)
        elif kind == "start":
            _begin(found, elements, tag, attributes)
        elif any(it.tag == tag for it in elements):
            while _end(found, elements).tag != tag:
                pass
    while elements:
        _end(found, elements)
    return found


def _begin(found, elements, tag, attributes):
    names = [it for it in attributes.get("class", "").split() if it.startswith("language-")]
    language = names[0].removeprefix("language-") if names else ""
    around = elements[-1].language if elements else ""
    if tag not in _INLINE:
        found.said += "\n"
        found.quoted += "\n"
    if language:
        for it in elements:
            if it.tag in _CODE:
                it.language = language
    if attributes.get("href", "").startswith("try:"):
        found.tries.append(attributes["href"])
    if "data-count" in attributes:
        found.counts.append(attributes["data-count"])
    if tag not in _EMPTY:
        elements.append(_Element(tag, attributes, language or around))


def _say(found, elements, text):
    for it in elements:
        it.text += text
    special = {"data-is", "data-count"}
    if not any(
        it.tag in {*_CODE, *_TEXT_ALONE} - {"textarea", "xmp"}
        or it.has_class("arithmatex")
        or it.attributes.keys() & special
        for it in elements
    ):
        if any(it.tag == "code" for it in elements):
            found.quoted += text
            found.said += " "
        else:
            found.said += text


def _end(found, elements):
    it = elements.pop()
    if it.tag not in _INLINE:
        found.said += "\n"
        found.quoted += "\n"
    numbering = (
        it.tag in _CODE
        and not it.text.strip(" \n0123456789")
        and any(a.has_class("linenodiv") for a in elements)
    )
    if it.tag in _CODE and not numbering:
        found.blocks.append((it.language, it.text))
    if "data-is" in it.attributes:
        found.numbers.append((it.text, it.attributes["data-is"]))
    if it.has_class("arithmatex"):
        found.formulas.append(it.text.strip()[2:-2])
    return it


def _tokens(page):
    """Kind, tag, attributes and text of each part of some HTML."""
    at, verbatim = 0, ""
    while at < len(page):
        if verbatim:
            end = re.compile(rf"</{verbatim}(?=[\s/>])", re.IGNORECASE).search(page, at)
            stop = end.start() if end else len(page)
            text = page[at:stop]
            yield "text", "", {}, html.unescape(text) if verbatim in {"textarea", "title"} else text
            at, verbatim = stop, ""
            continue
        less = page.find("<", at)
        less = len(page) if less < 0 else less
        if less > at:
            yield "text", "", {}, html.unescape(page[at:less])
            at = less
        elif comment := _COMMENT.match(page, at):
            at = comment.end()
        elif name := _NAME.match(page, at):
            tag, closes = name[1].lower(), page[at + 1] == "/"
            at, attributes = name.end(), {}
            while at < len(page) and (one := _ATTRIBUTE.match(page, at)):
                value = one["a"] or one["b"] or one["c"] or ""
                attributes.setdefault(one["name"].lower(), html.unescape(value))
                at = one.end()
            at = page.find(">", at) + 1 or len(page)
            yield "end" if closes else "start", tag, attributes, ""
            verbatim = tag if tag in _TEXT_ALONE and not closes else ""
        else:
            yield "text", "", {}, "<"
            at += 1
