"""Build no page whose outputs or numbers are not so, and mark the outputs as checked.

The mark is honest because the build itself did the checking: it ran the page's examples.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from provenpages import proof
from provenpages.run import PageRun
from provenpages.script import NO_MODULES
from provenpages.site.keep import kept

if TYPE_CHECKING:
    from pathlib import Path

    from provenpages.page import Page
    from provenpages.script import Modules

MARK = '<span class="checked">✓ checked</span>'


def problems(page: Page, sources: Path, cache: Path, modules: Modules = NO_MODULES) -> list[str]:
    """What the page shows that is not so; Python is run again only if something has changed.

    Args:
        page: The page.
        sources: The folder of the code that it talks about, and of the checks.
        cache: Where to keep the answer.
        modules: What its JavaScript finds as globals.
    """
    files = sorted(sources.rglob("*.py"))
    code = b"".join(f"{path}\0".encode() + path.read_bytes() for path in files)
    recipe = (code, sys.version, version("numpy"), str(page.path), page.text)
    found: list[str] = json.loads(kept(cache, recipe, partial(_checked, page)))
    # Run anew each time: nobody here knows what else the modules import.
    return found + [str(it) for it in proof.script_disagreements(PageRun(page, modules=modules))]


def _checked(page: Page) -> bytes:
    run = PageRun(page)
    examples = [example for chain in page.chains for example in chain]
    wrong = [it for example in examples for it in proof.example_disagreements(run, example)]
    wrong += proof.number_disagreements(run)
    wrong += proof.try_disagreements(run)
    return json.dumps([str(it) for it in wrong]).encode()


def with_marks(body: str) -> str:
    """The page's body with every output marked as checked."""
    return body.replace('<p class="prints">prints</p>', f'<p class="prints">prints {MARK}</p>')
