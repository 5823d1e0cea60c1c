"""Questions whose every answer is explained: task lists in Markdown, one box of each ticked.

    ### 1. Why does it rain?

    - [ ] Somebody has forgotten to turn it off.

        Why one may think so, and what is so instead.

    - [x] Clouds have become too heavy.

        Why that is so.

In the page each option opens and shows what stands below it, which needs no script. On paper the
options stand alone, and what stands below them is gathered at the end.
"""

from __future__ import annotations

import html
import re
import string
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING_OR_LIST = re.compile(
    r"<h(?P<level>[2-6])[^>]*>(?P<title>.*?)</h(?P=level)>"
    r"|<ul>\s*(?P<items><li>\s*(?:<p>)?\[[ x]\] (?:(?!</?ul\b).)*?)\s*</ul>",
    re.DOTALL,
)
_ITEM = re.compile(r"<li>(?P<item>.*?)</li>", re.DOTALL)
_OPTION = re.compile(
    r"\s*(?:<p>)?\[(?P<box>[ x])\] (?P<text>.*?)(?:</p>(?P<feedback>.*))?", re.DOTALL
)
_BOX = re.compile(r"<li>\s*(?:<p>)?\[\s*[xX✓✔]?\s*\](?!\()")
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_CODE_OR_TAG = re.compile(r"<code.*?</code>|<[^>]+>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LIVELY = re.compile(
    r"<(?:audio|button|embed|form|iframe|input|object|script|select|textarea|video)\b",
    re.IGNORECASE,
)
_MORE_THAN_TEXT = re.compile(r"<(?:a|details|img|label|pre|svg)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*\d")
_SENTENCE = re.compile(r"\w+(?:\W+\w+){4,}\W*[.!?]\W*$")


class BadQuestion(Exception):  # noqa: N818  (it reads as what happened)
    """A question that does not have what each of them has to have."""


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from, as HTML.

    Attributes:
        letter: What to call it.
        text: The answer.
        right: Whether it is so.
        feedback: What to say to who has chosen it.
    """

    letter: str
    text: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class Question:
    """A question with its options.

    Attributes:
        title: The heading above it, as HTML.
        options: What to choose from.
    """

    title: str
    options: tuple[Option, ...]


def questions(body: str) -> list[Question]:
    """The questions of a page's HTML, in order.

    Raises:
        BadQuestion: One of them has less than each of them has to have.
    """
    found = [question for _, question in _placed(body)]
    problems = [it for question in found for it in _problems(question)]
    problems += [
        f"two lists of options below “{_words(one.title)}”"
        for one, other in pairwise(found)
        if one.title == other.title
    ]
    if _BOX.search(_without(body, _placed(body))):
        problems.append("a list has a box, [ ], that belongs to no question")
    if problems:
        raise BadQuestion("; ".join(problems))
    return found


def with_questions(body: str) -> str:
    """The page's body with options that open, and what explains them once more, for paper.

    Raises:
        BadQuestion: A question has less than each of them has to have.
    """
    found = questions(body)
    if not found:
        return body
    parts, position = [], 0
    for span, question in _placed(body):
        parts += [body[position : span[0]], _to_open(question)]
        position = span[1]
    return "".join(parts) + body[position:] + _on_paper(found)


def _placed(body: str) -> list[tuple[tuple[int, int], Question]]:
    """Each question, and where its list stands."""
    found, title = [], ""
    for match in _HEADING_OR_LIST.finditer(body):
        if match["items"] is None:
            title = _PERMALINK.sub("", match["title"])
        else:
            found.append((match.span(), Question(title, tuple(_options(match["items"])))))
    return found


def _options(items: str) -> Iterator[Option]:
    for index, item in enumerate(_ITEM.findall(items)):
        letter = string.ascii_uppercase[index : index + 1]
        option = _OPTION.fullmatch(item)
        if option is None:
            yield Option(letter, "", right=False, feedback="")
        else:
            feedback = (option["feedback"] or "").strip()
            yield Option(letter, option["text"].strip(), option["box"] == "x", feedback)


def _problems(question: Question) -> Iterator[str]:
    """What the question lacks, in words."""
    name = f"“{_words(question.title)}”"
    if not question.title:
        yield "options stand below no heading"
    if len(question.options) < 3:
        yield f"{name} has fewer than three options"
    if len(question.options) > len(string.ascii_uppercase):
        yield f"{name} has more options than there are letters"
    for one, other in combinations(question.options, 2):
        if _words(one.text) == _words(other.text):
            yield f"options {one.letter} and {other.letter} of {name} are the same"
    right = sum(option.right for option in question.options)
    if right != 1:
        yield f"{name} has {right} right options instead of one"
    for option in question.options:
        place = f"option {option.letter} of {name}"
        yield from (f"{place} {problem}" for problem in _problems_of(option))


def _problems_of(option: Option) -> Iterator[str]:
    """What one of its options lacks, in words."""
    if not option.text:
        yield "has no box, [ ] or [x]"
    if not _SENTENCE.search(_words(option.feedback)):
        yield "is not explained in a sentence"
    if _MORE_THAN_TEXT.search(option.text):
        yield "holds more than text, and it will be pressed as a whole"
    if lively := _LIVELY.search(option.text + option.feedback):
        yield f"holds {lively[0]}>, and paper shows it once more"
    if re.search(r"<[^>]*\sid=", option.text + option.feedback):
        yield "holds something with an id, and paper shows it twice"
    number = _NUMBER.search(_CODE_OR_TAG.sub("", option.text + option.feedback))
    if number:
        yield f"says {number[0]}, which is not bound"


def _without(body: str, placed: list[tuple[tuple[int, int], Question]]) -> str:
    for (begin, end), _ in reversed(placed):
        body = body[:begin] + body[end:]
    return body


def _words(fragment: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", fragment)).split())


def _to_open(question: Question) -> str:
    items = "".join(
        f'<li><details class="option"><summary><span class="letter">{option.letter}</span> '
        f"<span>{option.text}</span></summary>{_explained(option)}</details></li>\n"
        for option in question.options
    )
    return f'<ul class="options">\n{items}</ul>'


def _explained(option: Option) -> str:
    kind, verdict = ("right", "✓ Yes.") if option.right else ("wrong", "✗ No.")
    told = f'<p class="verdict"><strong>{verdict}</strong></p>'
    return f'<div class="explained {kind}">{told}\n{option.feedback}</div>'


def _on_paper(found: list[Question]) -> str:
    """All the explanations; shown in print only, where nothing opens."""
    parts = []
    for question in found:
        items = "".join(
            f'<div class="answer"><span class="letter">{it.letter}</span>{_explained(it)}</div>\n'
            for it in question.options
        )
        parts.append(f"<h3>{question.title}</h3>\n{items}")
    return f'\n<section class="on-paper">\n<h2>The answers</h2>\n{"".join(parts)}</section>\n'
