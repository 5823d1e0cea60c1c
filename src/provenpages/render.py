"""Render a page as its readers see it, by tools that share no code with our reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import markdown
from markdown_it import MarkdownIt
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

if TYPE_CHECKING:
    from provenpages.page import Page


class Renderer:
    """Python-Markdown as `mkdocs.yml` sets it up.

    Args:
        mkdocs_yml: The site's configuration.
    """

    def __init__(self, mkdocs_yml: Path) -> None:
        # Without plugins and hooks: they do not change how blocks are read, and load slowly.
        config = load_config(str(mkdocs_yml), plugins=[], hooks=[])
        self.docs = Path(config.docs_dir)
        self._markdown = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )

    def html(self, page: Page) -> str:
        """The page's body as HTML."""
        body, _ = get_data(page.text)
        return self._markdown.reset().convert(body)


def commonmark(page: Page) -> str:
    """The page as a forge shows a README."""
    return str(MarkdownIt("commonmark").render(page.text))
