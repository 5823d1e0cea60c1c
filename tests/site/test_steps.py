"""The build steps: plain functions on text."""

from __future__ import annotations

import base64
import hashlib
import inspect
import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import firstneuron
from provenpages import page as pages
from provenpages.site import (
    blocks,
    frame,
    loading,
    plain,
    policy,
    portable,
    reports,
    scripts,
    tables,
    terms,
    theme,
)
from provenpages.site.keep import kept
from watch import describe

DOCS = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))


def code(language, text):
    return (
        f'<div class="language-{language} highlight"><pre><span></span>'
        f"<code>{text}</code></pre></div>"
    )


# ---- blocks


def test_code_and_its_output_are_in_one_frame_and_what_stands_apart_is_not():
    body = f"{code('python', 'a')}\n{code('output', 'b')}\n<p>then</p>\n{code('python', 'c')}"
    framed = blocks.with_blocks(body)
    assert framed.count('class="block"') == 2
    assert re.search(r'id="block-1".*a.*prints.*b.*</div></div></div>\n<p>then', framed, re.DOTALL)
    assert framed.count("prints</p>") == 1


def test_a_file_name_names_the_block():
    body = code("python", "a").replace("<pre>", '<span class="filename">main.py</span><pre>')
    assert '<span class="block-name">main.py</span>' in blocks.with_blocks(body)


def test_javascript_and_its_output_are_framed_as_python_is_but_there_is_nothing_to_run():
    page = pages.parse("```javascript\na\n```\n\n```output\nb\n```\n", Path("page.md"))
    body = f"{code('javascript', 'a')}\n{code('output', 'b')}"
    framed = blocks.with_blocks(body, page, runs=True)
    assert framed.count('class="block"') == framed.count("prints</p>") == 1
    assert '<span class="block-name">JavaScript</span>' in framed
    assert 'aria-label="Copy block 1"' in framed
    assert 'class="tool run"' not in framed
    assert "copy-program" not in framed


def test_signatures_of_the_reference_are_no_blocks():
    body = '<div class="language-python doc-signature highlight"><pre>f()</pre></div>'
    assert blocks.with_blocks(body) == body


def test_an_error_can_be_reported_where_there_is_a_place_for_it():
    body = code("python", "a") + code("python", "b")
    assert "Report" not in blocks.with_blocks(body)
    report = reports.report_address("https://forge.test/a/b/", "", "https://site.test/p/")
    assert report
    framed = blocks.with_blocks(body, report=report)
    assert "https://forge.test/a/b/issues/new?" in framed
    assert "https%3A%2F%2Fsite.test%2Fp%2F%23block-2" in framed


def test_another_forge_has_another_form():
    form = "https://forge.test/-/new?text={place}"
    report = reports.report_address("https://forge.test/a/b", form, "https://site.test/p/")
    assert report
    assert report("block-1").endswith("/-/new?text=https%3A%2F%2Fsite.test%2Fp%2F%23block-1")
    assert reports.report_address("", "", "https://site.test/") is None


# ---- tables


def test_a_table_is_framed_and_has_no_styles():
    body = '<table>\n<tr><td style="text-align: right;">1</td></tr>\n</table>'
    framed = tables.with_tables(body)
    assert '<td class="to-right">1</td>' in framed
    assert framed.startswith('<div class="table"><table class="data">')
    assert "style" not in framed


def test_other_tables_are_let_be():
    body = '<table class="made">\n<tr><td>1</td></tr>\n</table>'
    assert tables.with_tables(body) == body


# ---- terms

GLOSSARY = """<dl>
<dt id="weighted-sum" data-also="sums up">weighted sum</dt>
<dd><p>Each input times its weight, <a href="x">added</a> up.</p><p>More.</p></dd>
<dt class="unlinked" id="error">error</dt>
<dd>What is missing.</dd>
</dl>"""


def linked(body):
    return terms.with_terms(body, terms.terms_in(GLOSSARY), "../glossary/")


def test_the_glossary_is_read_without_its_common_words():
    (term,) = terms.terms_in(GLOSSARY)
    assert term.forms == ("weighted sum", "sums up")
    assert term.definition == "Each input times its weight, added up."


def test_a_term_is_linked_once_with_its_definition():
    body = linked("<p>A Weighted sum. It sums up: the weighted sum, the error.</p>")
    assert body.count("<a ") == 1
    assert '<a href="../glossary/#weighted-sum" aria-describedby="term-weighted-sum">' in body
    assert ">Weighted sum</a>" in body
    assert 'role="tooltip" id="term-weighted-sum">Each input times its weight, added up.<' in body


@pytest.mark.parametrize(
    "body",
    [
        "<p>The <strong>weighted sum</strong> is explained here, as a weighted sum.</p>",
        "<h2>The weighted sum</h2>",
        '<p>See <a href="x">the weighted sum</a>.</p>',
        "<p><code>weighted sum</code></p>",
        '<p class="question"><em>What is a weighted sum?</em></p>',
        '<p title="weighted sum">no text</p>',
        "<p>unweighted summary</p>",
        "<svg><text>weighted sum</text></svg>",
        "<table><tr><td><p>weighted sum</p></td></tr></table>",
        "<!-- <p>weighted sum</p> -->",
    ],
)
def test_where_a_link_would_be_wrong_there_is_none(body):
    assert linked(body) == body


def test_a_void_element_does_not_confuse_what_is_inside_what():
    assert "<a " in linked('<p><img alt="x">line<br>a weighted sum</p>')


# ---- what a page asks for

HEAD = """<link rel="stylesheet" href="../assets/stylesheets/main.57a0.min.css">
<link rel="stylesheet" href="../assets/_mkdocstrings.css">
<link rel="stylesheet" href="../assets/style.css">
"""


def test_one_style_sheet_is_left_and_what_it_needs_is_asked_for_at_once():
    html = loading.with_few_requests(HEAD, ("js/copy.js",))
    assert html.count("stylesheet") == 1
    assert '<link rel="preload" href="../assets/fonts/inter.woff2" as="font"' in html
    assert '<link rel="modulepreload" href="../assets/js/copy.js">' in html
    assert "KaTeX" not in html
    assert "KaTeX_Main" in loading.with_few_requests(HEAD + '<span class="katex">', ())


@pytest.mark.parametrize("lost", ["assets/style.css", "assets/stylesheets/"])
def test_links_to_styles_that_have_changed_are_noticed(lost):
    changed = HEAD.replace("_mkdocstrings", "reference").replace(lost, "elsewhere/")
    with pytest.raises(loading.NoStyle):
        loading.with_few_requests(changed, ())


def test_every_module_that_a_page_needs_is_asked_for_at_once(site):
    folder = DOCS[0].parent / "assets" / "js"
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.js")}
    found = loading.imports("site.js", texts)
    assert set(found) >= {"katex/copy-tex.js", "js/copy.js", "js/announce.js"}  # near and far
    lively = {"js/worker.js", "js/lively.js", *loading.imports("lively.js", texts)}
    neuron = {"js/watch.js", *loading.imports("watch.js", texts)}
    later = {f"js/{name}" for name in texts} - set(found) - {"js/early.js", "js/site.js"}
    assert later == (lively | neuron) - set(found)
    asked = re.compile(
        r'<link rel="modulepreload" href="(?:\.\./)?assets/(js|katex)[-\w]*/([^"]+)">'
    )
    for name in ("index.html", "ten-thousand-steps/index.html"):
        html = (site / name).read_text("utf-8")
        assert {"/".join(it) for it in asked.findall(html)} == {*found}
        kept = re.search(r'data-later="([^"]*)"', html)[1].split()
        assert {f"js/{it}" for it in kept} == (lively | neuron) - set(found) - {"js/worker.js"}


def test_scripts_are_written_without_comments_and_do_the_same(tmp_path):
    script = tmp_path / "one.js"
    script.write_text("/** Says so. */\nexport const said = `/* ${1 + 1} */ // ${'x'}`; // so\n")
    scripts.write([script], tmp_path / "out", DOCS[0].parents[1] / "node_modules")
    written = (tmp_path / "out" / "one.js").read_text()
    assert written == "export const said = `/* ${1 + 1} */ // ${'x'}`;\n"


def test_a_script_that_cannot_be_read_is_refused(tmp_path):
    script = tmp_path / "one.js"
    script.write_text("export const = ;")
    with pytest.raises(scripts.NotWritten, match=r"one\.js.*error"):
        scripts.write([script], tmp_path / "out", DOCS[0].parents[1] / "node_modules")


def test_styles_and_scripts_have_other_names_when_they_are_others(tmp_path):
    names = []
    for style, script in (("a", "b"), ("a", "c"), ("d", "c")):
        site = tmp_path / f"{style}{script}"
        (site / "assets" / "js").mkdir(parents=True)
        (site / "assets" / "style.css").write_text(style, "utf-8")
        (site / "assets" / "js" / "site.js").write_text(script, "utf-8")
        html = '<link href="../assets/style.css"><script src="../assets/js/site.js"></script>'
        (site / "index.html").write_text(html, "utf-8")
        loading.with_versions(site)
        html = (site / "index.html").read_text("utf-8")
        names.append(re.findall(r'"\.\./([^"]+)"', html))
        assert [(site / name).read_text("utf-8") for name in names[-1]] == [style, script]
    (a, b), (c, d), (e, f) = names
    assert a == c != e
    assert b != d == f


def test_a_page_is_found_by_its_name(site):
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    titles = {entry["location"]: entry["title"] for entry in index["docs"]}
    assert titles["glossary/"] == "Glossary and notation: What do the words and symbols mean?"
    assert titles["line-by-line/"].count(":") <= 1


# ---- what stands around a page


def test_only_what_can_be_done_is_offered():
    body = frame.with_frame("<p>x</p>", frame.Actions(markdown="index.md"))
    assert body.count("<li>") == 1
    assert "Edit" not in body
    body = frame.with_frame("<p>x</p>", frame.Actions(edit="https://f.test/?a=1&b=2", report="r"))
    assert 'href="https://f.test/?a=1&amp;b=2">Edit this page<' in body
    assert "Report an error here" in body
    assert "<nav" not in frame.with_frame("<p>x</p>", frame.Actions())


# ---- another builder


def article(body):
    return f'<html><article class="md-content__inner md-typeset">{body}</article></html>'


def test_the_same_article_in_another_theme_is_no_difference():
    assert portable.differences(article("<p>One  two</p>"), article("<p>One two</p>\n")) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One</p>", "words missing: ['two']"),
        ("<p>One two two</p>", "words more: ['two']"),
        ('<p>One two</p><svg viewBox="0 0 1 1"/>', "1 pictures here, 0 there"),
        ('<p>One two<span class="katex"></span></p>', "1 formulas here, 0 there"),
    ],
)
def test_what_is_lost_or_more_is_named(body, expected):
    assert expected in " ".join(portable.differences(article(body), article("<p>One two</p>")))


# ---- what is kept between builds


def test_what_was_made_once_is_made_again_only_if_something_else_goes_into_it(tmp_path):
    made = []

    def make():
        made.append(1)
        return b"thing"

    for recipe in (("a", b"b"), ("a", b"b"), ("ab", b""), ("a", b"c")):
        assert kept(tmp_path / "deep", recipe, make) == b"thing"
    assert len(made) == 3


# ---- the theme and the policy


def test_a_theme_that_has_changed_is_noticed():
    with pytest.raises(theme.ThemeChanged, match="search dialog"):
        theme.mended("<html></html>")


def test_each_repair_finds_what_it_is_for_and_nothing_twice(site):
    html = (site / "one-neuron" / "index.html").read_text("utf-8")
    for repair in theme.REPAIRS:
        assert not re.search(repair.find, html), repair.why


PAGE = '<head><meta charset="utf-8"><script>run()</script></head><body>{}</body>'


def test_an_inline_script_is_allowed_by_its_hash_and_no_other():
    html = policy.with_policy(PAGE.format(""))
    digest = base64.b64encode(hashlib.sha256(b"run()").digest()).decode()
    (content,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}';" in content
    assert "'unsafe" not in content
    assert html.index("Content-Security-Policy") < html.index("<script>")


@pytest.mark.parametrize(
    "bad",
    ['<p style="color: red">', "<p class='a' style='color: red'>", '<button onclick="run()">'],
)
def test_what_no_hash_can_allow_is_refused(bad):
    with pytest.raises(policy.NotAllowed, match="forbids"):
        policy.with_policy(PAGE.format(bad))


@pytest.mark.parametrize(
    "good", ['<code>style="x"</code>', '<a data-style="x">', "<p>on one=1</p>"]
)
def test_what_only_looks_like_it_is_not(good):
    assert good in policy.with_policy(PAGE.format(good))


def test_a_page_without_a_place_for_the_policy_is_refused():
    with pytest.raises(policy.NotAllowed, match="no place"):
        policy.with_policy("<html></html>")


# ---- plain Markdown


def text_of(source, base="https://site.test/page.md"):
    return plain.markdown(pages.parse(source, Path("page.md")), base, lambda name: f"({name})")


def test_our_markup_goes_and_what_it_stood_for_stays():
    source = (
        "---\ntitle: T\nfacts: x = 1\n---\n\n# T\n\n*Why?*\n{ .question }\n\n"
        'It is `1.5`{ data-is="x + 0.5" } at [here](other.md#a).\n\n<!-- symbols\nz = x\n-->\n\n'
        "$$\nz\n$$\n\n![The neuron](figure:neuron)\n\nSee it.\n{ .caption }\n\n"
        "## Part { #part }\n"
    )
    assert text_of(source) == (
        "# T\n\n*Why?*\n\nIt is `1.5` at [here](https://site.test/other/#a).\n\n$$\nz\n$$\n\n"
        "*Picture: The neuron.* (neuron)\n\nSee it.\n\n## Part\n"
    )


def test_code_stays_to_the_letter():
    inside = 'a = {"b": 1}\n\n\n\n# { .x }\nprint("`1`{ data-is=\\"2\\" }")\n'
    source = f"```{{.python continuation}}\n{inside}```\n\n```output\nx\n```\n"
    assert text_of(source) == f"```python\n{inside}```\n\nPrints:\n\n```text\nx\n```\n"


def test_a_note_becomes_a_quotation_with_its_code():
    source = '??? question "Guess"\n\n    Text.\n\n    ```python\n    x\n    ```\n\nAfter.\n'
    assert text_of(source) == "> **Guess**\n>\n> Text.\n>\n> ```python\n> x\n> ```\n\nAfter.\n"


def test_notes_in_notes_tabs_and_quotes_keep_their_blocks():
    source = (
        '=== "Tab"\n\n    !!! tip\n\n        ```sh\n        ls\n        ```\n\n    Text.\n\n'
        "> ```sh\n> ls\n> ```\n"
    )
    assert text_of(source) == (
        "> **Tab**\n>\n> > **Note**\n> >\n> > ```sh\n> > ls\n> > ```\n>\n> Text.\n\n"
        "> ```sh\n> ls\n> ```\n"
    )


def test_home_is_linked_as_the_folder_it_is():
    assert text_of("[Home](index.md)\n") == "[Home](https://site.test/)\n"


def test_where_pages_are_files_links_lead_to_files():
    page = pages.parse("[A](a.md#b), [home](index.md)\n", Path("page.md"))
    text = plain.markdown(page, "https://site.test/page.md", describe, ".html")
    assert text == "[A](https://site.test/a.html#b), [home](https://site.test/)\n"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("one-neuron.md", "https://x.test/one-neuron/"),
        ("index.md#a", "https://x.test/#a"),
        ("ten.md?k=4&row=all#watch", "https://x.test/ten/?k=4&row=all#watch"),
        ("?k=4#watch", "?k=4#watch"),
        ("downloads/golden-trace.json", "https://x.test/downloads/golden-trace.json"),
    ],
)
def test_links_between_pages_are_links_to_the_site(address, expected):
    assert plain.absolute(address, "https://x.test/the-sigmoid.md") == expected


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_page_as_markdown_holds_its_code_and_none_of_our_markup(path):
    page = pages.read(path)
    text = plain.markdown(page, f"https://site.test/{path.name}", describe)
    tokens = MarkdownIt("commonmark").parse(text)
    shown = [token.content for token in tokens if token.type == "fence"]
    for fence in page.fences:
        assert fence.text in shown
    inline = [part for token in tokens for part in token.children or []]
    prose = "\n".join(part.content for part in inline if part.type == "text")
    assert not re.search(r"\{ ?[.#]|data-is|figure:|\?\?\?|:::|<div|<!--", prose)
    links = [str(part.attrs["href"]) for part in inline if part.type == "link_open"]
    assert not [link for link in links if not link.startswith(("https:", "http:", "#"))]
    code = {part.content for part in inline if part.type == "code_inline"}
    for number in page.numbers:
        assert number.shown in code


def test_what_the_reference_documents_is_there_too():
    text = text_of("# API\n\n::: firstneuron.NeuralNetwork\n")
    assert "### NeuralNetwork" in text
    assert "train(" in text
    assert "Args:" in text


def test_the_index_lists_every_page_with_what_it_is_about(site, base_url):
    index = (site / "llms.txt").read_text("utf-8")
    for path in DOCS:
        meta = pages.read(path).meta
        folder = "" if path.stem == "index" else f"{path.stem}/"
        line = f"- [{meta['title']}]({base_url}{folder}index.md): {meta['description']}"
        assert line in index
        assert (site / folder / "index.md").is_file()


def test_what_the_glossary_calls_the_code_is_in_the_code():
    text = (DOCS[0].parent / "glossary.md").read_text("utf-8")
    named = re.findall(r"[Ii]n the code: (.*)", text)
    named += [row.split("|")[4] for row in re.findall(r"(?m)^\| \$.*", text)]
    spans = [span for part in named for span in re.findall(r"`([^`]+)`", part)]
    assert len(spans) > 20
    names = {name: getattr(firstneuron, name) for name in firstneuron.__all__}
    for page, number in (("index", 0), ("second-layer", 1)):  # the nine lines, and the layers
        example = pages.read(DOCS[0].parent / f"{page}.md").examples[number]
        exec(example.text.replace("60000", "10"), names)  # noqa: S102  (our own page)
    network = firstneuron.NeuralNetwork
    for span in spans:
        known = hasattr(network, span) or span in inspect.signature(network.train).parameters
        if not known:
            expression = f"inputs{span}" if span.startswith(".") else span
            eval(expression, names)  # noqa: S307  (it raises if a name does not exist)
