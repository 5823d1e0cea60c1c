"""Small projects, each with pages of its own, for pytest and for `provenpages update`."""

import re
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent

# These pages are for the sessions that the tests start: half of them are bad on purpose.
collect_ignore = ["good", "bad", "sample"]

PYPROJECT = """
[project]
name = "greet"
version = "1"
scripts = { greet = "greet:main" }

[tool.pytest.ini_options]
pythonpath = ["."]
testpaths = ["docs", "README.md"]
addopts = [
  "-p", "provenpages.pytest_plugin",
  "--markdown-docs",
  "--markdown-docs-syntax=superfences",
  "--import-mode=importlib",
]

[tool.provenpages.javascript]
greeting = "greeting.js"
"""

GREET = """
import argparse, sys, warnings

def main():
    parser = argparse.ArgumentParser(prog="greet")
    parser.add_argument("name", nargs="+")
    names = parser.parse_args().name
    if names == ["nobody"]:
        raise LookupError("there is nobody")
    if names == ["wrongly"]:
        return "nobody is greeted wrongly"
    if names == ["loudly"]:
        warnings.warn("too loud")
    for name in names:
        print(f"Hello, {name}!")
"""


def _site_extensions():
    """The site's own Markdown extensions, so that pages are tested as readers see them."""
    mkdocs_yml = (HERE.parents[1] / "mkdocs.yml").read_text("utf-8")
    return re.search(r"^markdown_extensions:\n(?: .*\n)+", mkdocs_yml, re.MULTILINE)[0]


@pytest.fixture(scope="session")
def make_project():
    def make(root, pages):
        """Make a project with a command, `greet`, and these pages: texts or bytes, by path."""
        (root / "docs").mkdir(exist_ok=True)
        (root / "pyproject.toml").write_text(PYPROJECT, "utf-8")
        (root / "greet.py").write_text(GREET, "utf-8")
        shutil.copy(HERE / "greeting.js", root)
        mkdocs_yml = f"site_name: Greet\nplugins: [autorefs]\n{_site_extensions()}"
        (root / "mkdocs.yml").write_text(mkdocs_yml, "utf-8")
        for name, page in pages.items():
            content = page.encode("utf-8") if isinstance(page, str) else page
            (root / name).write_bytes(content)
        return root

    return make
