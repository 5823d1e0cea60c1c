"""Link a glossary's terms where a page first uses them, with the definition at hand.

The definition is in the page, hidden until the link has the pointer or the focus: it needs no
script, and a screen reader reads it as the link's description.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = re.compile(
    r'<dt(?![^>]*\bclass="unlinked")(?=[^>]*\bid="(?P<anchor>[^"]+)")(?=(?:[^>]*\bdata-also="(?P<also>[^"]*)")?)[^>]*>'
    r"(?P<term>.*?)</dt>\s*<dd>\s*(?:<p>)?(?P<definition>.*?)(?:</p>|</dd>)",
    re.DOTALL,
)
_TAG = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>", re.DOTALL)
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_PROSE = frozenset({"p", "li", "dd"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOT_IN = _HEADINGS | {
    *("a", "button", "code", "details", "em", "figure"),
    *("math", "pre", "script", "svg", "table"),
}
_NOT_IN_CLASS = re.compile(
    r'class="[^"]*\b(?:admonition-title|arithmatex|block|door|doors|now|on-paper|question)\b'
)


@dataclass(frozen=True)
class Term:
    """A word of the field.

    Attributes:
        anchor: Its place on the glossary page.
        forms: How it is written, without regard to capitals.
        definition: One or two sentences, as HTML without links.
    """

    anchor: str
    forms: tuple[str, ...]
    definition: str


def terms_in(glossary: str) -> tuple[Term, ...]:
    """The entries of a glossary page's HTML: each `<dt>` with an `id`.

    One with the class `unlinked` is too common a word to be linked everywhere.
    """
    return tuple(
        Term(
            entry["anchor"],
            tuple(
                form.strip()
                for form in (_text(entry["term"]), *(entry["also"] or "").split(","))
                if form.strip()
            ),
            re.sub(r"</?a\b[^>]*>", "", entry["definition"]).strip(),
        )
        for entry in _ENTRY.finditer(glossary)
    )


def with_terms(body: str, terms: tuple[Term, ...], glossary: str) -> str:
    """The page's body with each term linked once, where its prose first uses it.

    A term that stands in bold first is explained right there, and is not linked at all.

    Args:
        body: The page as HTML.
        terms: What to link.
        glossary: The address of the glossary as seen from the page.
    """
    by_form = {form.lower(): term for term in terms for form in term.forms}
    if not by_form:
        return body
    longest_first = sorted(by_form, key=len, reverse=True)
    forms = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
    done: set[str] = set()

    def link(match: re.Match[str]) -> str:
        term = by_form[match[0].lower()]
        if term.anchor in done:
            return match[0]
        done.add(term.anchor)
        note = f"term-{term.anchor}"
        return (
            f'<span class="term"><a href="{html.escape(glossary)}#{term.anchor}" '
            f'aria-describedby="{note}">{match[0]}</a>'
            f'<span class="definition" role="tooltip" id="{note}">{term.definition}</span></span>'
        )

    parts = []
    for text, is_prose, is_bold in _pieces(body):
        if is_bold:
            done.update(by_form[form.lower()].anchor for form in forms.findall(text))
        parts.append(forms.sub(link, text) if is_prose and not is_bold else text)
    return "".join(parts)


def _pieces(body: str) -> Iterator[tuple[str, bool, bool]]:
    """The body in pieces: tags and texts, whether a piece is prose, and whether it is bold."""
    open_tags: list[tuple[str, bool]] = []
    position = 0
    for tag in _TAG.finditer(body):
        if tag.start() > position:
            yield body[position : tag.start()], *_kind(open_tags)
        yield tag[0], False, False
        position = tag.end()
        name = (tag["name"] or "").lower()
        if not name or name in _VOID or tag["rest"].endswith("/"):
            continue
        if tag["close"]:
            while open_tags and open_tags.pop()[0] != name:
                pass
        else:
            forbidden = name in _NOT_IN or bool(_NOT_IN_CLASS.search(tag["rest"]))
            open_tags.append((name, forbidden))
    yield body[position:], False, False


def _kind(open_tags: list[tuple[str, bool]]) -> tuple[bool, bool]:
    names = {name for name, _ in open_tags}
    prose = bool(names & _PROSE) and not any(forbidden for _, forbidden in open_tags)
    return prose, "strong" in names and "a" not in names


def _text(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()
