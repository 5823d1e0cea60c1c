"""Build no page whose outputs or numbers are not so, and mark the outputs as checked.

The mark is honest because the build itself did the checking: it ran the page's examples.
"""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from provenpages import proof
from provenpages.elsewhere import Elsewhere
from provenpages.run import PageRun
from provenpages.script import NO_MODULES
from provenpages.site.keep import kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from provenpages.page import Page
    from provenpages.script import Modules

_PRINTS = re.compile(r'<p class="prints"(?: data-with="(?P<libraries>[^"]*)")?>prints</p>')


def problems(
    page: Page,
    sources: Iterable[Path],
    cache: Path,
    modules: Modules = NO_MODULES,
    elsewhere: Elsewhere | None = None,
) -> list[str]:
    """What the page shows that is not so; Python is run again only if something has changed.

    Args:
        page: The page.
        sources: The files that it talks about, and those of the checks.
        cache: Where to keep the answer.
        modules: What its JavaScript finds as globals.
        elsewhere: The libraries that may be missing, and what was proved with them.
    """
    elsewhere = elsewhere or Elsewhere()
    code = b"".join(f"{path}\0".encode() + path.read_bytes() for path in sorted(sources))
    versions = elsewhere.with_versions(elsewhere.libraries)
    libraries = f"{elsewhere} {elsewhere.missing()} {versions}"
    recipe = (code, sys.version, version("numpy"), libraries, str(page.path), page.text)
    found: list[str] = json.loads(kept(cache, recipe, partial(_checked, page, elsewhere)))
    # Run anew each time: nobody here knows what else the modules import.
    return found + [str(it) for it in proof.script_disagreements(PageRun(page, modules=modules))]


def _checked(page: Page, elsewhere: Elsewhere) -> bytes:
    run = PageRun(page, elsewhere=elsewhere)
    examples = [example for chain in page.chains for example in chain]
    wrong = [it for example in examples for it in proof.example_disagreements(run, example)]
    wrong += proof.number_disagreements(run)
    wrong += proof.try_disagreements(run)
    return json.dumps([str(it) for it in wrong]).encode()


def with_marks(body: str) -> str:
    """The page's body with every output marked as checked, and with what, if that says more."""

    def marked(match: re.Match[str]) -> str:
        libraries = f" with {match['libraries']}" if match["libraries"] else ""
        return f'<p class="prints">prints <span class="checked">✓ checked{libraries}</span></p>'

    return _PRINTS.sub(marked, body)
