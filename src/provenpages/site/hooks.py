"""The MkDocs adapter: calls the build steps when MkDocs says so, and nothing else."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from provenpages import counts, project
from provenpages import page as pages
from provenpages.elsewhere import Elsewhere
from provenpages.script import NO_MODULES
from provenpages.site import (
    assets,
    blocks,
    finish,
    frame,
    licences,
    loading,
    maths,
    plain,
    policy,
    proven,
    python,
    quiz,
    scripts,
    search,
    serve,
    takeaway,
    terms,
    theme,
    tries,
)
from provenpages.site.reports import report_address
from watch import describe, draw, trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from provenpages.script import Modules

_ROOT = Path(__file__).resolve().parents[3]
_NODE_MODULES = _ROOT / "node_modules"
_CACHE = _ROOT / ".cache" / "site"
_GLOSSARY = "glossary.md"


_log = get_plugin_logger("provenpages")


class _Build:
    """What is kept from one call of MkDocs to the next."""

    serving = False
    katex = maths.Katex(_NODE_MODULES)  # kept between builds: `serve` renders only what is new
    terms: tuple[terms.Term, ...] = ()
    glossary = ""
    pages: tuple[Page, ...] = ()
    modules: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    in_scripts: Modules = NO_MODULES
    elsewhere = Elsewhere()
    package = python.Wheel("", b"")
    runtime: python.Runtime | None = None


def on_startup(command: str, dirty: bool) -> None:  # noqa: FBT001  (MkDocs calls it so)
    """Remember whether the site is served while it is written: then it reloads by a script."""
    _Build.serving = command == "serve"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """See that fonts and formulas are there; count the pages; add the programs to download."""
    try:
        assets.served_files(_NODE_MODULES)
    except assets.NotInstalled as error:
        raise PluginError(str(error)) from error
    try:
        _Build.in_scripts = project.modules(_ROOT)
        _Build.elsewhere = project.elsewhere(_ROOT)
    except ValueError as error:
        raise PluginError(f"pyproject.toml: {error}") from error
    for file in [it for it in files if it.src_uri.startswith(theme.UNUSED)]:
        files.remove(file)
    _fill_in_counts(files)
    _Build.package = python.wheel(_ROOT, _CACHE)
    _Build.runtime = python.runtime(_NODE_MODULES, _CACHE)
    if _Build.runtime is None:
        _log.info("NumPy for Python in the pages is not there: no block gets a Run button")
    for name, text in {**_downloads(files), "golden-trace.json": trace.written()}.items():
        files.append(File.generated(config, f"downloads/{name}", content=text))
    for name, text in licences.notices(_ROOT).items():
        files.append(File.generated(config, f"licences/{name}", content=text))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Remember the pages in reading order, and what their script imports."""
    _Build.pages = tuple(nav.pages)
    folder = "assets/js/"
    texts = {
        file.src_uri.removeprefix(folder): file.content_string
        for file in files
        if file.src_uri.startswith(folder) and file.src_uri.endswith(".js")
    }
    _Build.modules = loading.imports("site.js", texts)
    later = ["js/watch.js", *loading.imports("watch.js", texts)]
    if _Build.runtime:
        later += ["js/lively.js", *loading.imports("lively.js", texts)]
    _Build.later = tuple(
        dict.fromkeys(it.removeprefix("js/") for it in later if it not in _Build.modules)
    )


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Render the formulas, but leave their text: the search index reads the page next."""
    if page.file.src_uri == _GLOSSARY:
        _Build.terms, _Build.glossary = tuple(terms.terms_in(html)), page.url
    try:
        return maths.with_text(html, _Build.katex)
    except maths.BadFormula as error:
        line = _line_of(error.formula.tex, page.file.content_string)
        raise PluginError(f"{page.file.src_uri}:{line}: {error}") from error


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Put in what the search index should not hold: hooks come after the search plugin."""
    report = report_address(
        config.repo_url, config.extra.get("report_url"), page.canonical_url or page.url
    )
    source = pages.parse(page.file.content_string, Path(page.file.src_uri))
    known = [*_ROOT.glob("src/**/*.py"), *_ROOT.glob("benchmarks/*.json")]
    problems = proven.problems(source, known, _CACHE, _Build.in_scripts, _Build.elsewhere)
    for problem in problems:  # an error in a strict build
        _log.warning(problem)
    taken = _write_takeaways(source, page, config) if source.chains and not problems else ""
    archive = str(config.extra.get("archive") or "")
    around = finish.Surroundings(
        page=source,
        draw=draw,
        terms=() if page.file.src_uri == _GLOSSARY else _Build.terms,
        glossary=get_relative_url(_Build.glossary, page.url),
        report=report,
        actions=frame.Actions(
            markdown=Path(page.file.dest_uri).with_suffix(".md").name,
            notebook=taken and f"{taken}.ipynb",
            script=taken and f"{taken}.py",
            edit=page.edit_url or "",
            archive=archive and get_relative_url(archive, page.url),
            report=report("") if report else "",
        ),
        proven=not problems,
        wheel=get_relative_url(_Build.package.address, page.url),
        python_bytes=_Build.runtime.loaded if _Build.runtime else 0,
        later=_Build.later,
        elsewhere=_Build.elsewhere,
    )
    try:
        page.content = finish.body(page.content or "", around, _Build.katex)
    except (KeyError, blocks.OtherBlocks, quiz.BadQuestion, tries.NoBlock) as error:
        raise PluginError(f"{page.file.src_uri}: {error.args[0]}") from error
    context["card_address"] = urljoin(config.site_url or "/", _card(page).as_posix())


@event_priority(-100)  # after whatever else changes the page: its policy holds hashes
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Mend the theme's markup and put in the policy; write the page's text as plain Markdown."""
    source = pages.parse(page.file.content_string, Path(page.file.src_uri))
    text = plain.markdown(source, **_place(page, config), describe=describe)
    _write(config, Path(page.file.dest_uri).with_suffix(".md"), text)
    draw_card = assets.card_maker(_NODE_MODULES, config.site_name, _CACHE)
    about = str(page.meta.get("description") or config.site_description)
    _write(config, _card(page), draw_card(str(page.meta.get("title") or page.title), about))
    return _finished(output, page.file.src_uri)


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for pages that come from no Markdown, such as 404.html."""
    html = template_name.endswith(".html")
    return _finished(output_content, template_name) if html else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Write what depends on all pages: styles, letters, an index of plain texts."""
    css = Path(config.docs_dir, "assets", "css")
    assets.write(Path(config.site_dir), css, _NODE_MODULES, _Build.katex, _CACHE)
    python.write(Path(config.site_dir), _ROOT, _Build.package, _Build.runtime)
    if not _Build.serving:
        ours = sorted(Path(config.docs_dir, "assets", "js").glob("*.js"))
        scripts.write(ours, Path(config.site_dir, "assets", "js"), _NODE_MODULES)
        loading.with_versions(Path(config.site_dir))
    found = Path(config.site_dir, "search", "search_index.json")
    titles = {page.url: str(page.meta.get("title") or "") for page in _Build.pages}
    found.write_text(search.with_titles(found.read_text("utf-8"), titles), "utf-8")
    entries = [
        (
            str(page.meta.get("title") or page.title),
            urljoin(config.site_url or "/", Path(page.file.dest_uri).with_suffix(".md").as_posix()),
            str(page.meta.get("description") or ""),
        )
        for page in _Build.pages
    ]
    index = plain.index(config.site_name, config.site_description or "", entries)
    _write(config, Path("llms.txt"), index)


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Serve at once, and see meanwhile to what Python in the page needs."""
    serve.fetch_meanwhile(server, _NODE_MODULES, _log.info)
    return server


def _place(page: Page, config: MkDocsConfig) -> dict[str, str]:
    """What makes addresses of links in the page's source."""
    return {
        "base": urljoin(config.site_url or "/", page.file.src_uri),
        "ending": "/" if config.use_directory_urls else ".html",
    }


def _write_takeaways(source: pages.Page, page: Page, config: MkDocsConfig) -> str:
    """Write the page as a notebook and as a script; what they are called."""
    wheel = _Build.package
    origin = takeaway.Origin(
        site=config.site_name,
        link=partial(plain.absolute, **_place(page, config)) if config.site_url else lambda _: "",
        package=wheel.name.partition("-")[0],
        wheel=urljoin(config.site_url, wheel.address) if config.site_url else wheel.name,
        licence=config.copyright or "",
        libraries=_Build.elsewhere.libraries,
    )
    name = takeaway.name(source.path, config.site_name)
    for ending, make in ((".ipynb", takeaway.notebook), (".py", takeaway.script)):
        path = Path(page.file.dest_uri).with_name(name + ending)
        _write(config, path, make(source, origin, describe))
    return name


def _card(page: Page) -> Path:
    return Path("assets", "cards", f"{Path(page.file.src_uri).stem}.png")


def _write(config: MkDocsConfig, name: Path, content: str | bytes) -> None:
    path = Path(config.site_dir, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _finished(html: str, name: str) -> str:
    try:
        return finish.document(html, _Build.modules, strict=not _Build.serving)
    except (theme.ThemeChanged, loading.NoStyle, policy.NotAllowed) as error:
        raise PluginError(f"{name}: {error}") from error


def _fill_in_counts(files: Files) -> None:
    """Write into the pages how much all of them hold together, where they ask for it."""
    sources = [
        (file, pages.parse(file.content_string, Path(file.src_uri)))
        for file in files.documentation_pages()
    ]
    found = counts.counted((page for _, page in sources), _Build.elsewhere.libraries)
    for file, page in sources:
        try:
            text = counts.with_counts(page, found)
        except counts.NoCount as error:
            raise PluginError(str(error)) from error
        if text != page.text:
            file.content_string = text


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
