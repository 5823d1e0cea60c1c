"""What stands above and below the text of every page."""

from __future__ import annotations

import html
from dataclasses import dataclass

_NOTE = (
    '<p class="plain-file" hidden>You opened this page as a file. Everything can be read. Search, '
    "copying, running code and whatever else moves need a server: type <code>python -m "
    "http.server</code> in the folder of these files, and open <code>http://127.0.0.1:8000</code>.</p>\n"
)
# Where scripts say what they did, for those who do not see it; and what they have to know.
_ANNOUNCEMENT = '<p class="announcement" role="status"{}></p>\n'


@dataclass(frozen=True)
class Actions:
    """What a reader can do with the whole page: addresses, or nothing where it cannot be done.

    Attributes:
        markdown: The page as plain Markdown.
        notebook: The page as a notebook.
        script: The page as a script.
        edit: Its source at the forge.
        archive: The whole site in one file.
        report: The form for an error.
    """

    markdown: str = ""
    notebook: str = ""
    script: str = ""
    edit: str = ""
    archive: str = ""
    report: str = ""


def with_frame(body: str, actions: Actions, known: dict[str, str] | None = None) -> str:
    """The page's body with a note for those who opened it as a file, and its actions.

    Args:
        body: The page as HTML.
        actions: What can be done with the page.
        known: What its scripts have to know, by name.
    """
    links = [
        ('<a class="copy-page" href="{}">Copy this page as Markdown</a>', actions.markdown),
        ('<a href="{}" download>Download as notebook</a>', actions.notebook),
        ('<a href="{}" download>Download as script</a>', actions.script),
        ('<a href="{}">Download the whole site</a>', actions.archive),
        ('<a href="{}">Edit this page</a>', actions.edit),
        ('<a href="{}">Report an error here</a>', actions.report),
    ]
    items = "".join(
        f"<li>{link.format(html.escape(html.unescape(address)))}</li>"
        for link, address in links
        if address
    )
    nav = f'<nav class="page-actions" aria-label="This page"><ul>{items}</ul></nav>\n'
    data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in (known or {}).items())
    return _NOTE + body + nav * bool(items) + _ANNOUNCEMENT.format(data)
