"""Formulas at build time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from provenpages.site import maths

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def katex():
    return maths.Katex(ROOT / "node_modules")


def test_text_comes_first_and_markup_second(katex):
    body = r'<p>A <span class="arithmatex">\(w_1 &lt; 2\)</span> b</p>'
    text = maths.with_text(body, katex)
    assert "w1&lt;2" in text
    assert "katex" not in text
    markup = maths.with_markup(text, katex)
    assert '<span class="katex">' in markup
    assert r"w_1 &lt; 2</annotation>" in markup


def test_a_display_formula_stays_a_display_formula(katex):
    body = '<div class="arithmatex">\n\\[\n\\frac{1}{2}\n\\]\n</div>'
    assert 'class="katex-display"' in maths.with_markup(maths.with_text(body, katex), katex)


def test_inline_styles_become_classes_with_the_same_rules(katex):
    html = katex.html(maths.Formula(r"\frac{1}{1 + e^{-z}}", display=True))
    assert " style=" not in html
    assert "vertical-align:" in katex.css() or "height:" in katex.css()


def test_a_quantity_may_carry_a_class_and_nothing_else_is_trusted(katex):
    assert "enclosing" in katex.html(maths.Formula(r"\htmlClass{q-weight}{w}", display=False))
    with pytest.raises(maths.BadFormula):
        katex.html(maths.Formula(r"\href{http://example.org}{w}", display=False))


@pytest.mark.parametrize("tex", [r"\frac{1}", r"w_1_2", r"\nosuchcommand", r"{", "é\\"])
def test_a_formula_that_katex_refuses_is_named(katex, tex):
    with pytest.raises(maths.BadFormula) as refused:
        katex.html(maths.Formula(tex, display=True))
    assert repr(tex) in str(refused.value)


@pytest.mark.slow
def test_a_wrong_formula_stops_the_build_with_page_and_line(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Title\n\nText.\n\n$$\n\\frac{1}\n$$\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Test\n"
        "markdown_extensions: [{pymdownx.arithmatex: {generic: true}}]\n"
        f"hooks: ['{ROOT}/src/provenpages/site/hooks.py']\n",
        "utf-8",
    )
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=tmp_path,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert build.returncode != 0
    assert "index.md:6" in build.stderr
