"""Mend the theme's own markup, and notice when it is no longer what it was.

Each repair says what it finds and why it must change. A repair that finds nothing stops the
build: the theme has changed, and somebody has to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# For searching in other languages than ours, by some dozen other authors; and an icon in place of
# which we have our own. What no page uses is not passed on.
UNUSED = ("assets/javascripts/lunr/", "assets/images/favicon.png")


@dataclass(frozen=True)
class Repair:
    """One change to the theme's HTML.

    Attributes:
        why: What is wrong with it.
        find: A regular expression.
        put: What to put in its place.
        everywhere: Whether every page has it; else a page may lack it.
    """

    why: str
    find: str
    put: str
    everywhere: bool = True


REPAIRS = (
    Repair(
        "the search dialog has no name for a screen reader",
        r'(<div class="md-search" data-md-component="search" role="dialog")>',
        r'\1 aria-label="Search">',
    ),
    Repair(
        "autocomplete has no meaning for a checkbox",
        r'(<input class="md-toggle"[^>]*?) autocomplete="off"',
        r"\1",
    ),
    Repair(
        "the switch of the navigation has no name",
        r'(<label class="md-header__button md-icon" for="__drawer">)(?!<span)',
        r'\1<span class="unseen">Navigation</span>',
    ),
    Repair(
        "labels are no stops for the Tab key: the switches that they belong to are",
        r'(<label class="md-nav__link[^>]*?) tabindex="0?"',
        r"\1",
    ),
    Repair(
        "without its size, the logo moves what is around it when it comes",
        r'(<img src="[^"]*assets/images/mark\.svg" alt="logo")>',
        r'\1 width="24" height="24">',
    ),
    Repair(
        "the sign of a permanent link says nothing when read aloud",
        r'(<a class="headerlink" [^>]*title="([^"]*)")>',
        r'\1 aria-label="\2">',
        everywhere=False,
    ),
    Repair(
        "an expanded state belongs to what opens, not to what is opened",
        r'(<nav class="md-nav"[^>]*?) aria-expanded="(?:true|false)"',
        r"\1",
    ),
)


class ThemeChanged(Exception):  # noqa: N818  (it reads as what happened)
    """The theme's markup is not what a repair expects."""


def mended(html: str) -> str:
    """A whole page of the theme, with what is wrong in it put right.

    Raises:
        ThemeChanged: Something that every page had is not there.
    """
    for repair in REPAIRS:
        html, found = re.subn(repair.find, repair.put, html)
        if repair.everywhere and not found:
            raise ThemeChanged(f"the theme has changed; not found any more: {repair.why}")
    return html
