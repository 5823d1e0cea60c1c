"""Reading pages: what is found, at which line, and that nothing breaks the reader."""

import re
import time
from pathlib import Path

import pytest

from provenpages import page as pages
from provenpages.page import BoundNumber, Command

HERE = Path(__file__).parent
ALL = [*sorted((HERE / "good").glob("*.md")), *sorted((HERE / "bad").glob("*.md"))]


def _read(text):
    return pages.parse(text, Path("page.md"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_are_those_of_the_file(path, end):
    text = path.read_text("utf-8").replace("\n", end)
    lines = re.split(r"\r\n|\r|\n", text)
    page = _read("\ufeff" + text)
    for fence in page.fences:
        assert re.match(r"[> \t]*(`{3}|~{3})", lines[fence.line - 1])
        assert re.match(r"[> \t]*(`{3,}|~{3,}) *$", lines[fence.last_line - 1])
        for line, code in enumerate(fence.text.split("\n")[:-1], fence.line + 1):
            assert lines[line - 1].expandtabs(4).endswith(code)
    for number in page.numbers:
        line = lines[number.line - 1]
        assert line[number.column - 1 :].startswith(f"{number.shown}`")


@pytest.mark.parametrize(
    "text",
    [
        "```python\n" * 5000,
        "    ```python\nx\n" * 5000,
        "> " * 5000 + "```python",
        "`" * 20_000 + "x",
        "` `` ``` ```` " * 500,
        '`1`{ data-is="' * 2000,
        "<!--" * 5000,
        "<!-- -->" * 500,
        "---\n" * 5000,
        "```python " + 'a="' * 5000,
    ],
    ids=lambda text: text[:12],
)
def test_long_texts_are_read_at_once(text):
    start = time.perf_counter()
    _read(text)
    assert time.perf_counter() - start < 2


def test_an_empty_page_holds_nothing():
    page = _read("")
    assert (page.fences, page.numbers, page.problems, page.facts) == ((), (), (), "")


def test_language_and_options_are_read_in_every_way_of_writing_them():
    ways = [
        '```python continuation title="a b.py"',
        '```{.python continuation title="a b.py"}',
        "```{ .python title='a b.py' continuation }",
        '~~~ .python {continuation title="a b.py"}',
    ]
    for way in ways:
        [example] = _read(f"{way}\npass\n{way[:3]}\n").examples
        assert example.language == "python"
        assert example.options == {"continuation": "", "title": "a b.py"}
        assert example.continues
        assert example.title == "a b.py"


def test_an_output_belongs_to_the_example_directly_above_it():
    page = _read("```python\n1\n```\n\n<!-- unseen -->\n```output\na\n```\n```output\nb\n```\n")
    [example] = page.examples
    assert example.output is page.fences[1]
    assert example.output.text == "a\n"
    assert page.problems == ((9, "this output stands directly after no example"),)


def test_a_block_of_javascript_is_a_script_and_its_output_belongs_to_it():
    page = _read("```javascript\n1\n```\n```output\na\n```\n```js\n2\n```\n```output\nb\n```\n")
    [script] = page.scripts
    assert (script.text, script.output) == ("1\n", page.fences[1])
    assert page.examples == []
    assert page.problems == ((10, "this output stands directly after no example"),)


def test_a_session_is_read_as_commands_and_what_they_print():
    [session] = _read("text\n```console\n$ a b\n1\n\n2\n$ c\n```\n").sessions
    assert session.commands == [Command(3, "a b", "1\n\n2\n"), Command(7, "c", "")]


def test_a_number_is_read_with_its_place():
    page = _read('|`1`{ data-is="x" }|`2`{: data-is=\'y["z"]\'}|')
    assert page.numbers == (BoundNumber(1, 3, "1", "x"), BoundNumber(1, 22, "2", 'y["z"]'))


def test_chains_are_what_a_fresh_example_and_its_continuations_make():
    page = _read(
        "```python\n1\n```\n"
        "```{.python continuation}\n2\n```\n"
        '```{.python notest reason="no such thing"}\n3\n```\n'
        "```{.python continuation}\n4\n```\n"
        "```python\n5\n```\n"
    )
    assert [[it.text for it in chain] for chain in page.chains] == [["1\n", "2\n", "4\n"], ["5\n"]]
    assert [it.reason for it in page.examples if it.not_run] == ["no such thing"]


def test_text_between_an_example_and_an_output_parts_them():
    page = _read("```python\n1\n```\ntext\n```output\na\n```\n")
    assert page.examples[0].output is None
    assert page.problems == ((5, "this output stands directly after no example"),)


def test_front_matter_is_no_place_for_fences_and_numbers():
    page = _read("---\nfacts: |\n  ```python\nof: \"`1`{ data-is='x' }\"\n---\n```python\n1\n```\n")
    assert page.facts == "```python\n"
    assert [fence.line for fence in page.fences] == [6]
    assert page.numbers == ()


@pytest.mark.parametrize(
    "comment",
    ["<!--\n{}\n-->", "<!-- {} -->", "<!-- {}\n-->", "<!--\n{} -->", "text <!-- {} --> text"],
)
def test_nothing_in_a_comment_is_read_and_all_after_it_is(comment):
    hidden = '`1`{ data-is="x" }'
    page = _read(comment.format(hidden) + ' `2`{ data-is="y" }\n```python\n1\n```\n')
    assert [number.shown for number in page.numbers] == ["2"]
    assert len(page.examples) == 1
    assert page.problems == ()
