"""Put drawn pictures into a page: `![what to see](figure:name)`, and below it a caption.

The image's text becomes nothing: the drawing brings its own title and description. A
paragraph with the class `caption` right after it becomes the figure's caption.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FIGURE = re.compile(
    r'<p><img alt="[^"]*" src="figure:(?P<name>[\w-]+)" ?/?></p>'
    r'(?:\s*<p class="caption">(?P<caption>.*?)</p>)?',
    re.DOTALL,
)


def with_pictures(body: str, draw: Callable[[str], str]) -> str:
    """The page's body with each reference replaced by what `draw` gives for its name.

    What is more than a drawing becomes a figure of another class.
    """

    def figure(match: re.Match[str]) -> str:
        caption = f"<figcaption>{match['caption']}</figcaption>" if match["caption"] else ""
        drawn = draw(match["name"])
        kind = "drawn" if drawn.startswith("<svg") else "lively"
        return f'<figure class="{kind}">{drawn}{caption}</figure>'

    return _FIGURE.sub(figure, body)
