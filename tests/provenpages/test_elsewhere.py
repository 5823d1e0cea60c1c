"""Libraries that may be missing: what needs one is skipped by name, and held by a receipt.

The library is a small one, made for each test: a module and what an installer says of it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from provenpages import page as pages
from provenpages import project, proof
from provenpages.elsewhere import Elsewhere, Proved, Receipt
from provenpages.meter import Tally, measure
from provenpages.render import Renderer
from provenpages.run import PageRun
from provenpages.site import blocks, proven
from provenpages.update import updated

pytest_plugins = ["pytester"]

SECTION = """
[tool.provenpages.elsewhere]
command = "make heavy"
receipt = "proved/receipt.json"
libraries = { heavy = "Heavy Metal", light = "Light" }
"""
PAGE = """\
---
facts: half = 0.5
---

```python
base = 2
print(base)
```

```output
2
```

```{.python continuation needs=heavy}
import heavy

print(heavy.double(base))
print("twice")
```

```output
4
twice
```

That is `4.0`{ data-is="heavy.double(2.0)" }, and half is `0.5`{ data-is="half" }.

```{.python continuation}
print(base + 1)
```

```output
3
```

```python
print("alone")
```

```output
alone
```
"""
NEEDS = "needs Heavy Metal, which is not installed here: make heavy"


def library(folder, name, text):
    """A library on the disk, as an installer leaves it."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(text, "utf-8")
    about = folder / f"{name}_lib-2.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-lib\nVersion: 2.1\n")
    (about / "top_level.txt").write_text(f"{name}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def _everything_imported():
    Renderer(Path(__file__).parents[2] / "mkdocs.yml")  # see test_plugin.py


@pytest.fixture
def root(pytester, make_project, monkeypatch, _everything_imported):
    """A project with the page; its libraries are in a folder from which nothing is imported."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("CI", raising=False)
    make_project(pytester.path, {"docs/page.md": PAGE, "docs/other.md": "# Other\n"})
    pyproject = pytester.path / "pyproject.toml"
    pyproject.write_text(pyproject.read_text("utf-8") + SECTION, "utf-8")
    library(pytester.path / "installed", "heavy", "def double(x):\n    return 2 * x\n")
    library(pytester.path / "installed", "light", "")
    return pytester.path


@pytest.fixture
def run(pytester):
    return partial(pytester.runpytest_inprocess, "-p", "no:cacheprovider", "-rs")


@pytest.fixture
def prove(root, run, monkeypatch):
    """What `make heavy` does, where the libraries are; then they are gone again."""

    def proves(**outcomes):
        with monkeypatch.context() as patch:
            patch.syspath_prepend(root / "installed")
            run("--receipt").assert_outcomes(**outcomes)

    return proves


@pytest.fixture
def proved(root, prove):
    """The same project after that."""
    prove(passed=6)
    return root


def change(root, *changes):
    page = root / "docs" / "page.md"
    text = page.read_text("utf-8")
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    page.write_text(text, "utf-8")


def test_where_the_library_is_everything_runs(root, run, monkeypatch):
    monkeypatch.syspath_prepend(root / "installed")
    run().assert_outcomes(passed=7)
    change(root, ("\n4\n", "\n5\n"))
    result = run()
    result.assert_outcomes(passed=6, failed=1)
    result.stdout.fnmatch_lines(["docs/page.md:22: the example at line 14 prints something else"])


def test_the_receipt_says_what_was_proved_and_with_what(proved):
    receipt = json.loads((proved / "proved" / "receipt.json").read_text("utf-8"))
    assert receipt["versions"]["heavy"] == "2.1"
    assert "`make heavy`" in receipt["about"]
    first, second = receipt["examples"].values()
    assert (first["pages"], first["output"]) == (["page.md"], "4\ntwice\n")
    assert [it.partition(" given ")[0] for it in first["numbers"]] == ["4.0 is heavy.double(2.0)"]
    assert (second["output"], second["numbers"]) == ("3\n", [])


@pytest.mark.usefixtures("proved")
def test_without_it_what_needs_it_is_skipped_and_named(run):
    result = run()
    result.assert_outcomes(passed=5, skipped=3)
    result.stdout.fnmatch_lines(
        [
            f"SKIPPED * docs/page.md:14: this example {NEEDS}",
            f"SKIPPED * docs/page.md:28: this example {NEEDS}",
            f"SKIPPED * docs/page.md: the numbers in the lines 26: {NEEDS}",
        ]
    )


@pytest.mark.parametrize(
    ("change_", "line", "message"),
    [
        (("\n4\n", "\n5\n"), 22, "printed something else with Heavy Metal 2.1; it " + NEEDS),
        (("\n3\n", "\n4\n"), 33, "printed something else with Heavy Metal 2.1"),
        (("twice\n```\n", "twice\n\n```\n"), 24, "printed something else"),
        (("double(base)", "double(base + 0)"), 14, "was not proved as it is now: it " + NEEDS),
        (("base + 1", "base + 1.0"), 28, "was not proved as it is now"),
        (("`4.0`", "`4.1`"), 26, "was not proved as it is now: it " + NEEDS),
        (("double(2.0)", "double(1.0) + 2"), 26, "was not proved as it is now"),
        (("facts: half", "facts: one = 1; half"), 26, "was not proved as it is now"),
        (("`0.5`", "`0.4`"), 26, "bound to 'half', which is 0.5"),
        (('5`{ data-is="half"', '4`{ data-is="sum(v for v in [half])"'), 26, "which is 0.5"),
        (("needs=heavy", 'needs="heavy,json"'), 14, "was not proved as it is now"),
        (("print(base)\n", "print(base)  # two\n"), 14, "or what it builds on, was not proved"),
    ],
)
def test_what_has_changed_since_it_was_proved_fails_with_its_line(
    proved, run, change_, line, message
):
    change(proved, change_)
    result = run()
    assert result.parseoutcomes().get("failed")
    result.stdout.fnmatch_lines([f"docs/page.md:{line}: *{message}*"])


def test_an_output_that_was_taken_away_is_missed(proved, run):
    change(proved, ("\n```output\n4\ntwice\n```\n", ""))
    result = run()
    result.stdout.fnmatch_lines(["docs/page.md:20: the example at line 14 printed something else*"])


def test_lines_may_move_and_text_may_change(proved, run):
    change(proved, ("That is", "Some words more.\n\nThat is really"))
    run().assert_outcomes(passed=5, skipped=3)


TRIED = """\
# Tried

```python
print(2)
```

```output
2
```

[More of it](<try:2 → 3>), for instance.

```{.python needs=heavy}
import heavy

print(heavy.double(2))
```

```output
4
```

That gave `3`{ data-is="tried" }. With the double it is
`7`{ data-is="int(tried) + heavy.double(2)" }.
"""


@pytest.mark.parametrize("change_", [("print(2)", "print(2 + 1)"), ("2 → 3", "2 → 4")])
def test_a_number_is_held_against_what_is_tried_now(root, run, prove, change_):
    (root / "docs" / "page.md").write_text(TRIED, "utf-8")
    prove(passed=5)
    run().assert_outcomes(passed=5, skipped=2)
    change(root, change_, ("```output\n2", f"```output\n{2 + ('1' in change_[1])}"))
    run().stdout.fnmatch_lines(
        [
            "docs/page.md:23: `3` is bound to 'tried', which is '4'",
            "docs/page.md:24: `7` is bound to *, which was not proved as it is now*",
        ]
    )


@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        ("def abs(x):\n    return heavy.double(x)", "1.0"),
        ("abs = heavy.double", "1.0"),
        ("from heavy import double as abs", "1.0"),
        ("from heavy import *", "0.5"),
    ],
)
def test_a_name_that_an_example_defines_anew_is_not_known_without_it(
    root, run, prove, definition, shown
):
    number = f'`{shown}`{{ data-is="abs(half)" }}'
    change(root, ("import heavy\n", f"import heavy\n{definition}\n"))
    change(root, ('`0.5`{ data-is="half" }', number))
    prove(passed=6)
    run().assert_outcomes(passed=5, skipped=3)
    change(root, (number, number.replace(shown, "0.7")))
    run().stdout.fnmatch_lines(["docs/page.md:*: `0.7` is bound *, which was not proved as it is*"])


def test_the_same_example_may_stand_in_several_places(root, run, prove):
    def with_number(text, shown, times):
        return text.replace('4.0`{ data-is="heavy.double(2.0)', f'{shown}`{{ data-is="{times}')

    again = with_number(PAGE.partition("---\n\n")[2], "6.0", "heavy.double(3.0)")
    (root / "docs" / "page.md").write_text(PAGE + again, "utf-8")
    other = with_number(PAGE.replace("half = 0.5", "half = 0.5; x = 4.0"), "8.0", "heavy.double(x)")
    (root / "docs" / "other.md").write_text(other, "utf-8")
    prove(passed=16)
    run().assert_outcomes(passed=10, skipped=8)
    change(root, ("`6.0`", "`6.1`"))
    run().stdout.fnmatch_lines(["docs/page.md:*: `6.1` is bound *, which was not proved as it is*"])


@pytest.mark.usefixtures("root")
def test_what_was_never_proved_is_no_pass(run):
    result = run()
    result.assert_outcomes(passed=4, failed=3, skipped=1)
    result.stdout.fnmatch_lines([f"docs/page.md:14: *was not proved as it is now: it {NEEDS}"])


UNSAID = "imports Heavy Metal, which it does not say it needs"
UNUSED = "says that it needs {}, which it does not import"


@pytest.fixture(params=["installed", "not installed"])
def _with_and_without(root, request, monkeypatch):
    if request.param == "installed":
        monkeypatch.syspath_prepend(root / "installed")


@pytest.mark.usefixtures("_with_and_without")
@pytest.mark.parametrize(
    ("change_", "message"),
    [
        (
            ('print("alone")', 'if 0:\n    from heavy.metal import x\nprint("alone")'),
            f"36: {UNSAID}",
        ),
        (("needs=heavy", "needs=light"), f"14: {UNSAID}"),
        (("needs=heavy", 'needs="heavy,light"'), f"14: {UNUSED.format('Light')}"),
        (
            ("```python\nprint", "```{.python needs=heavy}\nprint"),
            f"36: {UNUSED.format('Heavy Metal')}",
        ),
    ],
)
def test_an_example_says_what_it_imports_and_imports_what_it_says(root, run, change_, message):
    change(root, change_)
    result = run()
    result.stdout.fnmatch_lines([f"docs/page.md:{message}"])
    result.stdout.no_fnmatch_line("*the numbers in the lines :*")


def test_what_an_example_builds_on_may_import_for_it(root, run, monkeypatch):
    change(root, ("{.python continuation}", "{.python continuation needs=heavy}"))
    monkeypatch.syspath_prepend(root / "installed")
    run().assert_outcomes(passed=7)


def test_a_library_that_the_project_does_not_list_has_to_be_there(proved, run):
    alone = 'print("alone")'
    change(proved, (f"```python\n{alone}", f'```{{.python needs="light,haevy"}}\n{alone}'))
    result = run()
    result.assert_outcomes(passed=4, skipped=3, failed=1)
    result.stdout.fnmatch_lines(["docs/page.md:36: needs haevy, which is not installed"])


def test_a_library_that_is_there_but_broken_is_a_failure(proved, run, monkeypatch):
    (proved / "installed" / "heavy.py").write_text("import nowhere\n", "utf-8")
    monkeypatch.syspath_prepend(proved / "installed")
    result = run()
    assert result.parseoutcomes()["failed"] == 3
    assert "skipped" not in result.parseoutcomes()
    result.stdout.fnmatch_lines(["docs/page.md:15: raised ModuleNotFoundError: *nowhere*"])


def test_several_libraries_are_named_together(root, run):
    change(root, ("needs=heavy", 'needs="heavy, light"'), ("import heavy", "import heavy, light"))
    result = run()
    message = "it needs Heavy Metal and Light, which are not installed here"
    result.stdout.fnmatch_lines([f"*: {message}*"])


# ---- writing it


def test_no_receipt_is_written_without_the_libraries(root, run):
    result = run("--receipt")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --receipt: Heavy Metal and Light: not installed"])
    assert not (root / "proved").exists()


@pytest.mark.parametrize(
    ("change_", "options"),
    [
        (("\n4\n", "\n5\n"), []),  # an example that needs the library
        (("alone\n```\n", "alone\n```\n\nIt is 1.5.\n"), []),  # anything else on its page
        (("That is", "That is"), ["-k", "line:14"]),
    ],
)
def test_no_receipt_is_written_unless_all_was_proved(root, run, monkeypatch, change_, options):
    monkeypatch.syspath_prepend(root / "installed")
    change(root, change_)
    run("--receipt", *options)
    assert not (root / "proved").exists()


def test_the_same_pages_give_the_same_receipt(proved, run, monkeypatch):
    receipt = proved / "proved" / "receipt.json"
    before = receipt.read_bytes()
    monkeypatch.syspath_prepend(proved / "installed")
    run("--receipt").assert_outcomes(passed=6)
    assert receipt.read_bytes() == before


@pytest.mark.parametrize("text", ["", "[]", '{"versions": {}}', '{"versions": {}, "examples": []}'])
def test_a_receipt_that_is_none_is_told_before_anything_runs(proved, run, text):
    (proved / "proved" / "receipt.json").write_text(text, "utf-8")
    result = run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    message = "ERROR: pyproject.toml: elsewhere: receipt.json: not a receipt: *"
    result.stderr.fnmatch_lines([message])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('command = "make heavy"', ""),
        ('receipt = "proved/receipt.json"', ""),
        ('heavy = "Heavy Metal"', "heavy = 1"),
        ('{ heavy = "Heavy Metal", light = "Light" }', '["heavy"]'),
    ],
)
def test_a_section_that_is_not_whole_is_told_in_a_sentence(tmp_path, before, after):
    assert SECTION.count(before) == 1
    (tmp_path / "pyproject.toml").write_text(SECTION.replace(before, after), "utf-8")
    with pytest.raises(ValueError, match="elsewhere: needs"):
        project.elsewhere(tmp_path)


def test_a_project_without_the_section_has_no_such_libraries(tmp_path):
    assert project.elsewhere(tmp_path).libraries == {}
    (tmp_path / "pyproject.toml").write_text(SECTION, "utf-8")
    assert project.elsewhere(tmp_path).receipt == Receipt()


# ---- the other uses of a page


def test_every_change_to_such_a_page_is_noticed_without_the_library(proved, monkeypatch):
    monkeypatch.chdir(proved)
    monkeypatch.syspath_prepend(proved)  # the project's own program
    tally = measure(proved, [Path("docs/page.md")])
    assert isinstance(tally, Tally), tally
    assert tally.survivors == []
    assert tally.made == tally.caught
    assert set(tally.made) == {"output", "bound number", "code"}


def _updated(root, text):
    begin = partial(PageRun, elsewhere=project.elsewhere(root))
    return updated(text, Path("page.md"), {}, begin=begin)


def test_an_update_leaves_alone_what_cannot_run_here(proved):
    stale = PAGE.replace("```output\nalone", "```output\nnot alone").replace("`0.5`", "`0.6`")
    assert _updated(proved, stale) == (PAGE, [])


def test_an_update_does_not_go_by_what_was_not_proved(proved):
    for before, after, line in [("\n4\n", "\n5\n", 22), ("`4.0`", "`4.1`", 26)]:
        wrong = PAGE.replace(before, after)
        text, (failure,) = _updated(proved, wrong)
        assert (text, failure.line) == (wrong, line)


def _problems(root, text):
    page = pages.parse(text, Path("page.md"))
    return proven.problems(page, [], root / "cache", elsewhere=project.elsewhere(root))


def test_no_page_is_built_with_what_was_not_proved(proved):
    assert _problems(proved, PAGE) == []
    (problem,) = _problems(proved, PAGE.replace("\n4\n", "\n5\n"))
    assert problem.startswith("page.md:22: the example at line 14 printed something else")


def test_a_page_is_checked_again_when_the_receipt_has_changed(proved):
    assert _problems(proved, PAGE) == []
    (proved / "proved" / "receipt.json").unlink()
    assert _problems(proved, PAGE)[0].startswith("page.md:14: ")


def _built(root):
    def highlighted(language, text):
        return f'<div class="language-{language} highlight"><pre><code>{text}</code></pre></div>'

    page = pages.parse(PAGE.replace('"', "'"), Path("page.md"))
    body = "\n".join(highlighted(it.language, it.text) for it in page.fences)
    return blocks.with_blocks(body, page, runs=True, elsewhere=project.elsewhere(root))


def test_an_output_says_with_what_it_was_checked(proved, monkeypatch):
    marks = ["✓ checked", *["✓ checked with Heavy Metal 2.1"] * 2, "✓ checked"]

    def shown():
        parts = proven.with_marks(_built(proved)).split('<span class="checked">')[1:]
        return [part.partition("<")[0] for part in parts]

    assert shown() == marks
    monkeypatch.syspath_prepend(proved / "installed")
    (proved / "proved" / "receipt.json").unlink()
    assert shown() == marks


def test_what_builds_on_such_an_example_cannot_run_in_the_page_either(proved):
    html = _built(proved)
    assert html.count('class="tool run"') == 2
    assert html.count("needs Heavy Metal, which a page cannot have") == 2


SHOWN = """\
# How warm is it?

One words it so.

And goes on.


```{.python needs=no_torch}
import no_torch

print(0.99993704)
```
```output
0.99993705
```
"""


def test_the_failure_that_the_documentation_shows_is_what_is_said():
    page = pages.parse(SHOWN, Path("docs/index.md"))
    (example,) = page.examples
    elsewhere = Elsewhere({"no_torch": "PyTorch"}, "make test-torch")
    (key,) = json.loads(elsewhere.written([(page, example, [])]))["examples"]
    receipt = Receipt({"no_torch": "2.13.0"}, {key: Proved("0.99993704\n")})
    run = PageRun(page, elsewhere=replace(elsewhere, receipt=receipt))
    (disagreement,) = proof.example_disagreements(run, example)
    documented = (Path(__file__).parents[2] / "docs" / "prove-your-own.md").read_text("utf-8")
    assert f"```text\n{disagreement}\n```" in documented
