"""Let readers see where a page's numbers come from: a quiet switch at the foot of the page."""

from __future__ import annotations

import html
import re

_BOUND = re.compile(r'<code data-is="(?P<expression>[^"]*)">(?P<shown>.*?)</code>', re.DOTALL)


def with_sources(body: str, facts: str) -> str:
    """The body with a list of its bound numbers, folded away, if it has any.

    Args:
        body: The page as HTML.
        facts: The Python that its front matter computes them with.
    """
    bound = {(it["shown"], html.unescape(it["expression"])): None for it in _BOUND.finditer(body)}
    if not bound:
        return body
    rows = "".join(
        f"<tr><td><code>{shown}</code></td><td><code>{html.escape(expression)}</code></td></tr>"
        for shown, expression in bound
    )
    preparation = (
        "<p>Before that, and out of sight, the page computes:</p>"
        f"<pre><code>{html.escape(facts.strip())}</code></pre>"
        if facts
        else ""
    )
    return body + (
        '\n<details class="sources"><summary>Where the numbers on this page come from</summary>'
        "<p>The tests evaluate each expression where its number stands, after the code above it, "
        "and compare every digit that is shown.</p>"
        "<table><thead><tr><th>number</th><th>is</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>{preparation}</details>\n"
    )
