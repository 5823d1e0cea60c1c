"""The MkDocs adapter: calls the build steps when MkDocs says so, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from figures import draw
from provenpages import page as pages
from provenpages.site import assets, maths, pictures, reading, sources

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_NODE_MODULES = Path(__file__).resolve().parents[3] / "node_modules"
_katex = maths.Katex(_NODE_MODULES)  # kept between builds, so that `serve` renders only what is new


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is not written by hand: fonts, KaTeX's styles, and programs to download."""
    try:
        for name, path in assets.font_files(_NODE_MODULES).items():
            files.append(File.generated(config, f"assets/{name}", abs_src_path=str(path)))
        css = assets.katex_css(_NODE_MODULES)
    except assets.NotInstalled as error:
        raise PluginError(str(error)) from error
    files.append(File.generated(config, "assets/katex/katex.min.css", content=css))
    for name, text in _downloads(files).items():
        files.append(File.generated(config, f"downloads/{name}", content=text))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Render the formulas, but leave their text: the search index reads the page next."""
    try:
        return maths.with_text(html, _katex)
    except maths.BadFormula as error:
        line = _line_of(error.formula.tex, page.file.content_string)
        raise PluginError(f"{page.file.src_uri}:{line}: {error}") from error


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Put in what the search index should not hold: hooks come after the search plugin."""
    body = page.content or ""
    if '<p class="question">' in body:
        body = reading.with_reading_time(body)
    try:
        body = pictures.with_pictures(body, draw)
    except KeyError as error:
        raise PluginError(f"{page.file.src_uri}: {error.args[0]}") from error
    body = sources.with_sources(body, str(page.meta.get("facts") or ""))
    page.content = maths.with_markup(body, _katex)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the classes that the formulas use."""
    Path(config.site_dir, "assets", "katex", "classes.css").write_text(_katex.css(), "utf-8")


def _downloads(files: Files) -> dict[str, str]:
    """Every example with a file name above it, by that name."""
    found: dict[str, str] = {}
    for file in files.documentation_pages():
        page = pages.parse(file.content_string, Path(file.src_uri))
        for example in page.examples:
            if example.title:
                if example.title in found:
                    raise PluginError(
                        f"{file.src_uri}:{example.line}: a second block is titled {example.title}"
                    )
                found[example.title] = example.text
    return found


def _line_of(tex: str, source: str) -> int:
    first = tex.partition("\n")[0]
    return next((n for n, text in enumerate(source.split("\n"), 1) if first in text), 1)
