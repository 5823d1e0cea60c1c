"""Whole test sessions over the pages in `good` and `bad`.

Each bad page says in comments all that has to be reported, and nothing else may be:
`<!-- 12: part of the message -->`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # three sessions, each of about a second

HERE = Path(__file__).parent
GOOD = {path.name: path.read_bytes() for path in sorted((HERE / "good").glob("*.md"))}
BAD = {path.name: path.read_bytes() for path in sorted((HERE / "bad").glob("*.md"))}


def _paths(pages):
    return {name if name == "README.md" else f"docs/{name}": page for name, page in pages.items()}


def _pytest(project, *options):
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--color=no", "-p", "no:cacheprovider"]
    # In CI pytest words its summary at length, and each report would be found twice.
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [*command, *options],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def good_project(tmp_path_factory, make_project):
    extra = {
        "line-ends.md": GOOD["numbers.md"].replace(b"\n", b"\r\n"),
        "old-line-ends.md": GOOD["containers.md"].replace(b"\n", b"\r"),
        "byte-order-mark.md": b"\xef\xbb\xbf" + GOOD["numbers.md"],
    }
    return make_project(tmp_path_factory.mktemp("good"), _paths(GOOD | extra))


@pytest.fixture(scope="module")
def good_session(good_project):
    return _pytest(good_project)


def test_good_pages_pass(good_session):
    assert good_session.returncode == 0, good_session.stdout
    assert "skipped" not in good_session.stdout


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_good_page_has_a_test_for_each_block_and_a_census(good_session, name):
    path = name if name == "README.md" else f"docs/{name}"
    passed = re.findall(rf"^PASSED {path}::(.*)$", good_session.stdout, re.MULTILINE)
    blocks = re.findall(rb"^[> \t]*(?:`{3,}|~{3,}) ?\{? ?\.?py.*$", GOOD[name], re.MULTILINE)
    hidden = {"fences.md": 1, "commented-out.md": 1}.get(name, 0)
    not_run = sum(b" notest " in block for block in blocks)
    assert sum("CodeFence" in test for test in passed) == len(blocks) - hidden - not_run
    assert "census" in passed
    assert ("numbers" in passed) == (b"data-is" in GOOD[name])
    assert ("sessions" in passed) == (b"```console" in GOOD[name])
    assert ("scripts" in passed) == (b"```javascript" in GOOD[name])


def test_good_pages_pass_with_pytest_markdown_docs_alone(good_project):
    stock = ["--markdown-docs", "--markdown-docs-syntax=superfences"]
    session = _pytest(
        good_project, *stock, "docs", "README.md", "-p", "no:provenpages.pytest_plugin"
    )
    assert session.returncode == 0, session.stdout
    assert "PASSED docs/chains.md::[CodeFence#1][line:3]" in session.stdout
    assert "census" not in session.stdout


@pytest.fixture(scope="module")
def bad_session(tmp_path_factory, make_project):
    return _pytest(make_project(tmp_path_factory.mktemp("bad"), _paths(BAD)))


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_page_is_reported_by_line_and_nothing_else_is(bad_session, name):
    text = BAD[name].decode("utf-8-sig")
    expected = [(int(line), part) for line, part in re.findall(r"<!-- (\d+): (.+) -->", text)]
    assert expected, "the page has to say what is wrong with it"
    found = re.findall(rf"^docs/{name}:(\d+): (.*)$", bad_session.stdout, re.MULTILINE)
    found = [(int(line), message) for line, message in found]
    for line, part in expected:
        match = next((it for it in found if it[0] == line and part in it[1]), None)
        assert match, f"not reported: {line}: {part}\nreported: {found}"
        found.remove(match)
    assert not found


def test_no_session_over_bad_pages_breaks(bad_session):
    assert bad_session.returncode == 1
    assert "INTERNALERROR" not in bad_session.stdout
    assert not re.search(r"^ERROR ", bad_session.stdout, re.MULTILINE)
    assert "Traceback" not in bad_session.stdout
