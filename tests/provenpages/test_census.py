"""The census: what a page's text holds and what its readers see are the same, both ways."""

from pathlib import Path

import pytest

from provenpages import census
from provenpages.page import parse

PAGE = parse(
    """\
# Page

```python
x = 1
```

```output
1
```

```text
x
```

`1`{ data-is='x' }
""",
    Path("page.md"),
)
CODE = '<div class="language-python highlight"><pre><code><b>x</b> = 1\n</code></pre></div>'
OUTPUT = '<pre class="language-output highlight"><code>1\n</code></pre>'
TEXT = "<pre><code>x\n</code></pre>"
NUMBER = '<p><code data-is="x">1</code></p>'


def _differences(*html):
    return list(census.differences(PAGE, "\n".join(html)))


def test_a_page_rendered_as_it_was_read_has_no_differences():
    assert _differences(CODE, OUTPUT, TEXT, NUMBER) == []


def test_blocks_may_be_rendered_in_another_order_as_footnotes_are():
    assert _differences(TEXT, CODE, OUTPUT, NUMBER) == []


def test_an_output_that_is_rendered_below_something_else_is_found():
    assert _differences(TEXT, OUTPUT, CODE, NUMBER) == [
        (7, "this output is not rendered below what prints it")
    ]


@pytest.mark.parametrize(
    ("html", "line", "message"),
    [
        ((OUTPUT, TEXT, NUMBER), 3, "this python block is not rendered as it stands here"),
        ((CODE, TEXT, NUMBER), 7, "this output block is not rendered as it stands here"),
        ((CODE, OUTPUT, NUMBER), 11, "this text block is not rendered as it stands here"),
        ((CODE, OUTPUT, TEXT), 15, "this number is not rendered as bound"),
        ((CODE, OUTPUT, TEXT, NUMBER, CODE), 4, "rendered as a block of code (python), but not"),
        ((CODE, OUTPUT, TEXT, NUMBER, NUMBER), 4, "rendered as a bound number, but not read as"),
        ((CODE, "<!--", OUTPUT, "-->", TEXT, NUMBER), 7, "this output block is not rendered"),
    ],
)
def test_each_difference_is_found_with_its_line(html, line, message):
    [found] = _differences(*html)
    assert found[0] == line
    assert message in found[1]


def test_a_block_in_other_words_is_found_from_both_sides():
    found = _differences(CODE.replace("1", "2"), OUTPUT, TEXT, NUMBER)
    assert [line for line, _ in found] == [3, 1]


def test_a_block_of_another_language_is_found_from_both_sides():
    found = _differences(CODE.replace("python", "text"), OUTPUT, TEXT, NUMBER)
    assert [message.split("(")[0] for _, message in found] == [
        "this python block is not rendered as it stands here",
        "rendered as a block of code ",
    ]
