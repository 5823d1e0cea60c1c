"""Render a page as its readers see it, by tools that share no code with our reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import markdown
from markdown_it import MarkdownIt
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load

if TYPE_CHECKING:
    from markdown import Extension

    from provenpages.page import Page


class Renderer:
    """Python-Markdown as `mkdocs.yml` sets it up.

    Args:
        mkdocs_yml: The site's configuration.
    """

    def __init__(self, mkdocs_yml: Path) -> None:
        # Without hooks, and of the plugins only what they add to Markdown: they load slowly.
        config = load_config(str(mkdocs_yml), plugins=[], hooks=[])
        self.docs = Path(config.docs_dir)
        self._markdown = markdown.Markdown(
            extensions=[*config.markdown_extensions, *_of_plugins(mkdocs_yml)],
            extension_configs=config.mdx_configs,
        )

    def html(self, page: Page) -> str:
        """The page's body as HTML."""
        body, _ = get_data(page.text)
        return self._markdown.reset().convert(body)


def commonmark(page: Page) -> str:
    """The page as a forge shows a README."""
    return str(MarkdownIt("commonmark").render(page.text))


def _of_plugins(mkdocs_yml: Path) -> list[Extension]:
    """What the plugins add: with autorefs, `[name][key]` is a link wherever it stands."""
    listed = yaml_load(mkdocs_yml.read_text("utf-8")).get("plugins") or []
    names = {name for it in listed for name in ([it] if isinstance(it, str) else it)}
    if not names & {"autorefs", "mkdocstrings"}:
        return []
    from mkdocs_autorefs import AutorefsExtension  # noqa: PLC0415 -- it is there where it is used

    return [AutorefsExtension()]
