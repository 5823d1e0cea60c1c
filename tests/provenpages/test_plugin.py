"""The pytest adapter, in test sessions of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from provenpages.render import Renderer

pytest_plugins = ["pytester"]

COUNT = "with open('log', 'a') as log: log.write('{} ')"

CHAINS = f"""\
```python
first = 1
{COUNT.format("first")}
```

```{{.python continuation}}
second = first + 1
{COUNT.format("second")}
```

```{{.python continuation}}
print(second + 1)
{COUNT.format("third")}
```

```output
3
```

```python
{COUNT.format("alone")}
```

It is `2`{{ data-is="1 + 1" }}.
"""


@pytest.fixture(scope="module")
def _everything_imported():
    # pytester forgets every module that a session of its own imported first. This process
    # would then have halves of MkDocs twice, and its own tests of pages would break.
    Renderer(Path(__file__).parents[2] / "mkdocs.yml")


@pytest.fixture
def session(pytester, make_project, monkeypatch, _everything_imported):
    """Run pytest over these pages."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    def run(pages, *options):
        make_project(pytester.path, pages)
        options = ("-p", "no:cacheprovider", *options)
        return pytester.runpytest_inprocess(*options, no_reraise_ctrlc=True)

    return run


def _log(pytester):
    log = pytester.path / "log"
    return log.read_text().split() if log.exists() else []


def test_every_block_runs_once_and_in_order(session, pytester):
    session({"docs/page.md": CHAINS}).assert_outcomes(passed=6)
    assert _log(pytester) == ["first", "second", "third", "alone"]


@pytest.mark.parametrize(
    ("number", "line", "executed"),
    [
        (1, 1, ["first"]),
        (2, 6, ["first", "second"]),
        (3, 11, ["first", "second", "third"]),
        (4, 20, ["alone"]),
    ],
)
def test_a_block_can_be_selected_alone(session, pytester, number, line, executed):
    test = f"docs/page.md::[CodeFence#{number}][line:{line}]"
    session({"docs/page.md": CHAINS}, test).assert_outcomes(passed=1)
    assert _log(pytester) == executed


@pytest.mark.parametrize("test", ["numbers", "census"])
def test_a_test_of_the_whole_page_can_be_selected_alone(session, test):
    session({"docs/page.md": CHAINS}, f"docs/page.md::{test}").assert_outcomes(passed=1)


@pytest.mark.parametrize("selection", ["line:6 or census", "not line"])
def test_a_selection_is_not_blamed_for_what_it_leaves_out(session, selection):
    result = session({"docs/page.md": CHAINS}, "-k", selection)
    result.assert_outcomes(passed=2, deselected=4)


def test_in_another_order_each_block_runs_once_too(session, pytester):
    pytester.makeconftest(
        """
        def pytest_collection_modifyitems(items):
            items.reverse()
        """
    )
    session({"docs/page.md": CHAINS}).assert_outcomes(passed=6)
    assert sorted(_log(pytester)) == ["alone", "first", "second", "third"]


def test_the_census_misses_a_block_that_was_not_run(session, pytester):
    pytester.makeconftest(
        """
        import pytest

        def pytest_collection_modifyitems(items):
            items[1].add_marker(pytest.mark.skip)
        """
    )
    result = session({"docs/page.md": CHAINS})
    result.assert_outcomes(passed=4, skipped=1, failed=1)
    result.stdout.fnmatch_lines(["docs/page.md:6: this example was not run"])


@pytest.mark.usefixtures("_everything_imported")
def test_failures_can_be_run_again(pytester, make_project):
    bad = CHAINS.replace("```output\n3", "```output\n4").replace("It is", "```output\n```\n\nIt is")
    make_project(pytester.path, {"docs/page.md": bad, "docs/other.md": CHAINS})
    pytester.runpytest_inprocess().assert_outcomes(passed=10, failed=2)
    for option in ("--last-failed", "--failed-first", "--stepwise"):
        result = pytester.runpytest_inprocess(option)
        assert result.parseoutcomes()["failed"] == (1 if option == "--stepwise" else 2)
        assert "was not run" not in result.stdout.str()


@pytest.mark.parametrize("error", ["TypeError('no')", "ValueError('no')"])
def test_a_block_that_raises_runs_once_and_fails_once(session, pytester, error):
    page = f"```python\n{COUNT.format('run')}\nraise {error}\n```\n"
    result = session({"docs/page.md": page})
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines([f"docs/page.md:3: raised {error[:-6]}: no"])
    assert _log(pytester) == ["run"]


def test_a_failure_is_summed_up_with_page_and_line(session):
    result = session({"docs/page.md": "```python\nprint(1)\n```\n\n```output\n2\n```\n"})
    result.stdout.fnmatch_lines(
        [
            "docs/page.md:6: the example at line 1 prints something else",
            "     6  page   2",
            "        real   1",
            "               ^",
            "FAILED docs/page.md::?CodeFence#1??line:1? - docs/page.md:6: the example*",
        ]
    )


SCRIPTS = """\
```javascript
import { appendFileSync } from "node:fs";
appendFileSync("log", "script ");
console.log(greeting.greet("you"));
```

```output
Hello, you!
```
"""


def test_the_javascript_of_a_page_is_one_test_and_runs_once(session, pytester):
    session({"docs/page.md": SCRIPTS, "README.md": SCRIPTS}).assert_outcomes(passed=4)
    assert _log(pytester) == ["script"] * 2


def test_javascript_can_be_selected_alone(session, pytester):
    session({"docs/page.md": SCRIPTS + CHAINS}, "docs/page.md::scripts").assert_outcomes(passed=1)
    assert _log(pytester) == ["script"]


def test_javascript_that_prints_something_else_is_told_with_page_and_line(session):
    result = session({"docs/page.md": SCRIPTS.replace("Hello, you!", "Hello, You!")})
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "docs/page.md:8: the example at line 1 prints something else",
            "     8  page   Hello, You!",
            "        real   Hello, you!",
            "                      ^",
            "FAILED docs/page.md::scripts - docs/page.md:8: the example*",
        ]
    )


def test_a_module_that_is_not_there_is_told_before_anything_runs(session, pytester):
    session({"docs/page.md": SCRIPTS}, "--collect-only")
    (pytester.path / "greeting.js").unlink()
    refused = pytester.runpytest_inprocess()
    assert refused.ret == pytest.ExitCode.USAGE_ERROR
    message = "ERROR: pyproject.toml: javascript 'greeting': there is no file greeting.js"
    refused.stderr.fnmatch_lines([message])


def test_ctrl_c_in_a_block_stops_the_session(session):
    pages = {"docs/a.md": "```python\nraise KeyboardInterrupt\n```\n", "docs/b.md": CHAINS}
    assert session(pages).ret == pytest.ExitCode.INTERRUPTED


def test_a_page_of_200_blocks_is_run_200_times(session, pytester):
    block = f"```{{.python continuation}}\n{COUNT.format('x')}\n```\n"
    result = session(
        {"docs/page.md": block.replace("{.python continuation}", "python") + block * 199}
    )
    result.assert_outcomes(passed=201)
    assert len(_log(pytester)) == 200


def test_pages_outside_docs_are_read_as_a_forge_shows_them(session):
    page = "# Title\n\n- a\n\n  ```python continuation\n  1\n  ```\n"
    result = session({"README.md": "```python\n1\n```\n" + page, "docs/page.md": page})
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "docs/page.md:5: a continuation, but no example that is run stands above it",
            "docs/page.md:5: this python block is not rendered as it stands here",
        ]
    )


def test_a_page_that_is_not_utf_8_is_an_error(session):
    result = session({"docs/page.md": b"# Gr\xf6\xdfe\n"})
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*UnicodeDecodeError*"])


def test_blocks_in_docstrings_are_left_to_pytest_markdown_docs(session, pytester):
    pytester.makepyfile(
        module=f'''
        def good():
            """
            ```python
            x = 1
            ```

            ```python continuation
            print(x)
            assert x == 1
            ```
            """

        def wrong():
            """
            ```python
            {COUNT.format("run")}
            raise TypeError("no")
            ```
            """
        '''
    )
    result = session({}, "module.py")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*TypeError: no"])
    assert _log(pytester) == ["run"]


def test_it_can_be_switched_off(session):
    page = "```python\nprint(1)\n```\n"  # nobody minds without us that no output is shown
    result = session({"docs/page.md": page}, "-p", "no:provenpages.pytest_plugin")
    result.assert_outcomes(passed=1)


def test_without_markdown_docs_pages_are_no_tests(session, pytester):
    pyproject = pytester.path / "pyproject.toml"
    session({"docs/page.md": CHAINS}, "--collect-only")
    pyproject.write_text(pyproject.read_text().replace('  "--markdown-docs",\n', ""))
    assert pytester.runpytest_inprocess().ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.fixture
def odd_places(tmp_path, make_project):
    """A project with a page in a place where pytest does not look."""

    def project(path, answer):
        root = make_project(tmp_path, {"docs/index.md": b"# A page\n"})
        page = root / "docs" / path
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"```python\nprint(1)\n```\n\n```output\n{answer}\n```\n", "utf-8")
        return subprocess.run(
            [sys.executable, "-m", "pytest", "docs"],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )

    return project


@pytest.mark.parametrize("folder", ["build", "dist", "venv", "node_modules"])
def test_a_page_is_proved_in_whatever_folder_it_is(folder, odd_places):
    assert odd_places(f"{folder}/page.md", "1").returncode == 0
    wrong = odd_places(f"{folder}/page.md", "999.5")
    assert wrong.returncode == 1
    assert f"docs/{folder}/page.md:6" in wrong.stdout


@pytest.mark.parametrize("ending", ["markdown", "mdown", "mkdn", "mkd"])
def test_a_page_with_an_ending_that_is_not_proved_is_refused(ending, odd_places):
    refused = odd_places(f"page.{ending}", "1")
    assert refused.returncode != 0
    assert "only `.md` is proved: rename it" in refused.stdout + refused.stderr
