"""No page is built that shows what is not so; what was checked says so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from provenpages import page as pages
from provenpages.site import proven

ROOT = Path(__file__).parents[2]
PAGE = '```python\nx = 1.5\nprint(x)\n```\n\n```output\n1.5\n```\n\nIt is `1.5`{ data-is="x" }.\n'


def problems(text, folder):
    page = pages.parse(text, Path("page.md"))
    return proven.problems(page, folder.glob("*.py"), folder / "cache")


def test_a_page_that_is_so_has_no_problems(tmp_path):
    assert problems(PAGE, tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [("\n1.5\n", "\n1.4\n", 7), ("`1.5`", "`1.4`", 10), ("print(x)", "print(y)", 3)],
)
def test_what_is_not_so_is_named_with_its_line(tmp_path, before, after, line):
    (problem,) = problems(PAGE.replace(before, after), tmp_path)[:1]
    assert problem.startswith(f"page.md:{line}: ")


def test_a_page_is_checked_again_when_the_code_has_changed(tmp_path):
    counter = tmp_path / "runs.txt"
    code = f"with open({str(counter)!r}, 'a') as file:\n    file.write('.')\nprint(1)\n"
    text = f"```python\n{code}```\n\n```output\n1\n```\n"
    problems(text, tmp_path)
    problems(text, tmp_path)
    assert counter.read_text("utf-8") == "."
    (tmp_path / "module.py").write_text("", "utf-8")
    problems(text, tmp_path)
    assert counter.read_text("utf-8") == ".."


def test_javascript_is_checked_with_the_modules_of_the_project(tmp_path):
    module = tmp_path / "half.js"
    module.write_text("export const half = 0.5;\n", "utf-8")
    text = "```javascript\nconsole.log(number.half);\n```\n\n```output\n0.5\n```\n"

    def wrong(text):
        page = pages.parse(text, Path("page.md"))
        return proven.problems(page, [], tmp_path / "cache", {"number": module})

    assert wrong(text) == []
    assert wrong(text.replace("\n0.5", "\n0.6"))[0].startswith("page.md:6: ")
    module.write_text("export const half = 1 / 3;\n", "utf-8")
    assert wrong(text)[0].startswith("page.md:6: ")


@pytest.mark.slow
def test_a_strict_build_refuses_a_wrong_output_with_page_and_line(tmp_path):
    for part in (
        *("docs", "mkdocs.yml", "src", "pyproject.toml", "README.md", "LICENSE"),
        *("benchmarks/elsewhere.json", "tests/elsewhere"),
    ):
        (tmp_path / part).parent.mkdir(exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    home = tmp_path / "docs" / "index.md"
    right = home.read_text("utf-8")
    home.write_text(right.replace("\n[0.99993704]\n", "\n[0.99993705]\n"), "utf-8")
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tmp_path,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert build.returncode != 0
    line = right[: right.index("\n[0.99993704]\n")].count("\n") + 2
    assert f"index.md:{line}: the example" in build.stderr


@pytest.mark.slow
def test_every_output_on_the_site_is_marked_as_checked(site):
    for path in (ROOT / "docs").glob("*.md"):
        page = pages.read(path)
        folder = "." if path.stem == "index" else path.stem
        html = (site / folder / "index.html").read_text("utf-8")
        outputs = [it for it in [*page.examples, *page.scripts] if it.output]
        assert len(re.findall(r'<span class="checked">', html)) == len(outputs), path.name
