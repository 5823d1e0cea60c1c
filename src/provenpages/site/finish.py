"""Every step that makes a page of what a Markdown renderer wrote, in order.

Plain functions on text: any site builder can call them. `hooks.py` does so for MkDocs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from provenpages.elsewhere import Elsewhere
from provenpages.site import (
    blocks,
    frame,
    loading,
    maths,
    pictures,
    policy,
    proven,
    quiz,
    reading,
    sources,
    tables,
    terms,
    theme,
    tries,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenpages.page import Page


@dataclass(frozen=True)
class Surroundings:
    """What a page's text does not say itself.

    Attributes:
        page: Its Markdown.
        terms: The words to link to the glossary.
        glossary: The glossary's address as seen from the page.
        draw: Gives the picture with a name.
        report: Gives the address at which to report an error in a block.
        actions: What can be done with the whole page.
        proven: Whether its outputs were compared with what its code prints.
        wheel: The address of the package as a file to install.
        later: What the page's script loads when a block is to run, as seen from there.
        python_bytes: How much a reader loads, once, to run a block; nothing if none can run.
        elsewhere: The libraries that need not be there where the pages are proved.
    """

    page: Page
    draw: Callable[[str], str]
    terms: tuple[terms.Term, ...] = ()
    glossary: str = ""
    report: Callable[[str], str] | None = None
    actions: frame.Actions = field(default_factory=frame.Actions)
    proven: bool = False
    wheel: str = ""
    python_bytes: int = 0
    later: tuple[str, ...] = ()
    elsewhere: Elsewhere = field(default_factory=Elsewhere)


def body(html: str, around: Surroundings, katex: maths.Katex) -> str:
    """The page's text as readers get it, from HTML in which `maths.with_text` has been."""
    if '<p class="question">' in html:
        html = reading.with_reading_time(html)
    html = pictures.with_pictures(html, around.draw)
    html = tables.with_tables(html)
    html = tries.with_tries(html, around.page, blocks.paired(html, around.page))
    html = blocks.with_blocks(
        html,
        around.page,
        around.report,
        runs=around.python_bytes > 0,
        elsewhere=around.elsewhere,
    )
    if around.proven:
        html = proven.with_marks(html)
    html = quiz.with_questions(html)
    html = terms.with_terms(html, around.terms, around.glossary)
    html = sources.with_sources(html, around.page.facts)
    html = maths.with_markup(html, katex)
    known = {
        "wheel": around.wheel,
        "bytes": str(around.python_bytes),
        "later": " ".join(around.later),
    }
    return frame.with_frame(html, around.actions, known)


def document(html: str, modules: tuple[str, ...] = (), *, strict: bool = True) -> str:
    """The whole page, mended, with few requests and with its policy.

    Args:
        html: What the theme made around the body.
        modules: What the page's script imports, below `assets/`.
        strict: Whether to put in the policy; a server that reloads pages needs to do without.
    """
    html = loading.with_few_requests(theme.mended(html), modules)
    return policy.with_policy(html) if strict else html
