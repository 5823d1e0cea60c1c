"""Bringing pages up to date: what is rewritten, what is not, and who is asked."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from provenpages.__main__ import main
from provenpages.page import parse
from provenpages.proof import (
    example_disagreements,
    number_disagreements,
    script_disagreements,
)
from provenpages.run import PageRun
from provenpages.update import updated

HERE = Path(__file__).parent
WITH_SESSIONS = {"sessions.md", "counted.md"}  # of another program than those below
GOOD = [it for it in HERE.glob("good/*.md") if it.name not in WITH_SESSIONS]
MODULES = {"greeting": HERE / "greeting.js"}


def _hello():
    print("Hello,", *sys.argv[1:])


def _fails():
    raise LookupError("nobody is there")


PROGRAMS = {"hello": _hello, "fails": _fails, "tab": lambda: print("\t")}

OLD = """\
---
facts: x = -2
---

# Größe `1.00`{ data-is="2 / 3" } and `−1`{ data-is="x" }, `1,000`{ data-is="12345" }

!!! note

    ```python
    print("a\\n\\nb")
    print("c")
    ```

    ```output
    wrong
    ```

> ```python
> print("quoted")
> print()
> print("twice")
> ```

1. List

    ```python
    for word in ["no longer silent"]:
        print(word)
    ```

    Text.

=== "Tab"

\t```python
\tprint("in a tab")
\t```

\t```output
\told
\t```

```python
pass
```

<!-- symbols
x = draw()
-->

```output
no longer printed
```

```console
$ hello you
Hello, you!
$ hello  me  # twice
```

- In a list

    ```javascript
    console.log(greeting.greet("you"));
    ```

    ```output
    Hello, me!
    ```

```javascript
console.log("no longer silent");
```

```javascript
let quiet;
```

```output
no longer printed
```

```python
print("````python")
```

The last line: `0`{ data-is="1" }"""

NEW = """\
---
facts: x = -2
---

# Größe `0.67`{ data-is="2 / 3" } and `−2`{ data-is="x" }, `12,345`{ data-is="12345" }

!!! note

    ```python
    print("a\\n\\nb")
    print("c")
    ```

    ```output
    a

    b
    c
    ```

> ```python
> print("quoted")
> print()
> print("twice")
> ```
>
> ```output
> quoted
>
> twice
> ```

1. List

    ```python
    for word in ["no longer silent"]:
        print(word)
    ```

    ```output
    no longer silent
    ```

    Text.

=== "Tab"

\t```python
\tprint("in a tab")
\t```

\t```output
\tin a tab
\t```

```python
pass
```

<!-- symbols
x = draw()
-->

```console
$ hello you
Hello, you
$ hello  me  # twice
Hello, me
```

- In a list

    ```javascript
    console.log(greeting.greet("you"));
    ```

    ```output
    Hello, you!
    ```

```javascript
console.log("no longer silent");
```

```output
no longer silent
```

```javascript
let quiet;
```

```python
print("````python")
```

`````output
````python
`````

The last line: `1`{ data-is="1" }"""


def _updated(text):
    return updated(text, Path("page.md"), PROGRAMS, begin=partial(PageRun, modules=MODULES))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "byte-order mark"])
def test_outputs_sessions_and_numbers_are_rewritten_and_nothing_else(mark, end):
    assert _updated(mark + OLD.replace("\n", end)) == (mark + NEW.replace("\n", end), [])


def test_an_updated_page_is_right_and_is_not_changed_again():
    assert _updated(NEW) == (NEW, [])
    run = PageRun(parse(NEW, Path("page.md")), modules=MODULES)
    assert [it for example in run.page.examples for it in example_disagreements(run, example)] == []
    assert list(number_disagreements(run)) == []
    assert list(script_disagreements(run)) == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_page_is_not_changed(path):
    text = path.read_bytes().decode("utf-8")
    assert _updated(text) == (text, [])


def test_mixed_line_ends_stay_as_they_are():
    old = 'a\r\nb `1`{ data-is="2" }\nc\r\n```python\nprint(1)\n```\r\nd'
    new = (
        'a\r\nb `2`{ data-is="2" }\nc\r\n```python\nprint(1)\n```\r\n\r\n```output\r\n1\r\n```\r\nd'
    )
    assert _updated(old) == (new, [])


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("```python\n1 / 0\n```\n\n```output\n1\n```\n", "2: raised ZeroDivisionError"),
        (
            "```python\nx = 1\nraise TypeError\n```\n```{.python continuation}\nprint(x)\n```\n",
            "3: raised TypeError",
        ),
        ("```python\nimport sys; sys.exit('bye')\n```\n", "2: raised SystemExit: bye"),
        ("```python\nimport warnings; warnings.warn('ah')\n```\n", "2: raised UserWarning: ah"),
        ('`1`{ data-is="1 / 0" }\n', "1: `1` is bound to '1 / 0': it raised ZeroDivisionError"),
        ('`1`{ data-is="[1, 2]" }\n', "1: `1` is bound to '[1, 2]': the value is not one number"),
        ("`1`{ data-is=\"float('nan')\" }\n", "the value is not one number but nan"),
        ("```console\n$ rm -r .\n```\n", "1: `rm -r .` is none of: hello, fails, tab"),
        ("```console\n$ fails\n```\n", "1: `fails` raised LookupError: nobody is there"),
        (
            "```javascript\nconsole.log(1);\ngone();\n```\n\n```output\n1\n```\n",
            "3: raised ReferenceError: gone is not defined",
        ),
        ("```javascript\nconsole.error(1);\n```\n", "1: prints on standard error, which no page"),
        ("```javascript\nconsole.log('a\\tb');\n```\n", "1: prints what no page can show"),
        ("```python\nprint('no line end', end='')\n```\n", "1: prints what no page can show"),
        ("```python\nprint('a\\n')\n```\n", "1: prints what no page can show: 'a\\n\\n'"),
        ("```python\nprint('a\\tb')\n```\n", "1: prints what no page can show: 'a\\tb\\n'"),
        ("```python\nprint('a\\rb')\n```\n", "1: prints what no page can show: 'a\\rb\\n'"),
        (
            "```python\nprint('```')\n```\n\n```output\nold\n```\n",
            "5: cannot show what is printed: '```\\n'",
        ),
        ("```console\n$ tab\n```\n", "1: cannot show what is printed"),
        ("```console\nno command\n```\n", "1: a console block begins with a command"),
        ("```python contination\npass\n```\n", "1: 'contination' is not an option"),
        ('`a`{ data-is="chr(96)" }\n', "no text between backticks can be '`'"),
        ("`a`{ data-is=\"chr(13) + 'a'\" }\n", "no text between backticks can be '\\ra'"),
        ("```output\nof nothing\n```\n", "1: this output stands directly after no example"),
        ("```python\nprint(1)\n", "1: the fence ```python is never closed"),
    ],
)
def test_a_page_with_a_failure_is_reported_and_left_alone(page, message):
    # What could be brought up to date is not, either: first things first.
    page += "\n```python\nprint(2)\n```\n" if "never" not in message else ""
    new, failures = _updated(page)
    assert new == page
    assert message in str(failures[0])


@pytest.fixture
def project(tmp_path, make_project, monkeypatch):
    page = b"\xef\xbb\xbf```python\r\nprint(1)\r\n```\r\n"
    root = make_project(tmp_path, {"docs/page.md": page, "docs/right.md": "# Right\n"})
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delitem(sys.modules, "greet", raising=False)
    return root


@pytest.fixture
def command_line(monkeypatch):
    def run(*arguments, answer=None):
        """Run the command; give the questions asked, each answered the same way."""
        asked = []

        def reply(question):
            asked.append(question)
            if answer is None:
                raise EOFError
            return answer

        monkeypatch.setattr("builtins.input", reply)
        monkeypatch.setattr(sys, "argv", ["provenpages", "update", *arguments])
        return main(), asked

    return run


def test_the_difference_is_shown_and_somebody_has_to_agree(project, command_line, capsys):
    assert command_line("docs", answer="y") == (0, ["Write docs/page.md? [y/N] "])
    assert capsys.readouterr().out == (
        "--- docs/page.md\n+++ docs/page.md (updated)\n@@ -2,3 +2,7 @@\n"
        " print(1)\n ```\n \n+```output\n+1\n+```\n+\n"
    )
    new = b"\xef\xbb\xbf```python\r\nprint(1)\r\n```\r\n\r\n```output\r\n1\r\n```\r\n"
    assert (project / "docs/page.md").read_bytes() == new
    assert command_line("docs") == (0, [])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("answer", ["n", "", "what?", None])
def test_nothing_is_written_unless_somebody_agrees(project, command_line, answer):
    before = (project / "docs/page.md").read_bytes()
    assert command_line("docs/page.md", answer=answer) == (1, ["Write docs/page.md? [y/N] "])
    assert (project / "docs/page.md").read_bytes() == before


def test_nobody_is_asked_who_said_yes_already(project, command_line):
    assert command_line("--yes", "docs") == (0, [])
    assert b"```output" in (project / "docs/page.md").read_bytes()


def test_failures_are_reported_and_other_pages_still_brought_up_to_date(
    project, command_line, capsys
):
    (project / "docs/broken.md").write_text("```python\n1 / 0\n```\n")
    assert command_line("docs", answer="y") == (1, ["Write docs/page.md? [y/N] "])
    assert "docs/broken.md:2: raised ZeroDivisionError" in capsys.readouterr().err
    assert b"```output" in (project / "docs/page.md").read_bytes()


def test_it_is_refused_in_ci(project, command_line, monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    before = (project / "docs/page.md").read_bytes()
    with pytest.raises(SystemExit) as end:
        command_line("--yes", "docs")
    assert end.value.code == 2
    assert "refused in CI" in capsys.readouterr().err
    assert (project / "docs/page.md").read_bytes() == before


def test_a_page_that_is_not_there_is_named(project, command_line, capsys):
    with pytest.raises(SystemExit):
        command_line("docs/nowhere.md")
    assert f"there is no {Path('docs/nowhere.md')}" in capsys.readouterr().err
    assert project.exists()


def test_it_runs_from_the_command_line(project):
    command = [sys.executable, "-m", "provenpages", "update", "docs"]
    result = subprocess.run(
        command, cwd=project, input="y\n", capture_output=True, text=True, check=False, timeout=60
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert b"```output\r\n1\r\n```\r\n" in (project / "docs/page.md").read_bytes()
