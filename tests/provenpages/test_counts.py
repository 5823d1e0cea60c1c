"""What pages hold is counted, and written where a page asks for it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from provenpages import counts
from provenpages import page as pages
from provenpages.render import Renderer

GOOD = Path(__file__).parent / "good"
ROOT = Path(__file__).parents[2]
COUNTED = pages.read(GOOD / "counted.md")
BY_HAND = {
    "pages": 1,
    "examples": 2,
    "elsewhere": 0,
    "scripts": 1,
    "outputs": 2,
    "numbers": 1,
    "formulas": 1,
    "symbols": 1,
    "sessions": 1,
    "commands": 2,
    "figures": 1,
    "exercises": 1,
    "changes": 1,
    "words": 41,
}


def test_a_page_counted_by_hand_counts_the_same():
    assert counts.counted([COUNTED]) == BY_HAND


def test_pages_add_up():
    other = pages.read(GOOD / "numbers.md")
    together, alone = counts.counted([COUNTED, other]), counts.counted([other])
    assert together == {name: BY_HAND[name] + alone[name] for name in BY_HAND}


def test_nothing_holds_nothing():
    assert set(counts.counted([]).values()) == {0}


def test_placeholders_are_filled_in_and_nothing_else_is_touched():
    filled = counts.with_counts(COUNTED, BY_HAND | {"examples": 1234})
    before, after = COUNTED.text.split("\n"), filled.split("\n")
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    (line,) = [new for _, new in changed]
    assert line.startswith('`1,234`{ data-count="examples" } and `1`{ data-count="pages" }; but')
    assert line.endswith('`` `…`{ data-count="words" } ``.')


def test_a_count_that_there_is_not_is_refused_with_its_place():
    page = pages.parse('Title\n\n`…`{ data-count="exmples" }\n', Path("page.md"))
    with pytest.raises(counts.NoCount, match=r"^page\.md:3: no count 'exmples'; .*examples"):
        counts.with_counts(page, BY_HAND)


@pytest.mark.parametrize(
    "written",
    [
        '`77`{ data-count="exercises" }',
        "`…`{ data-count=exercises }",
        "`…`{ data-count='exercises' }",
        '`…`{ data-count="exercises" .large }',
        '`...`{ data-count="exercises" }',
        '` … `{ data-count="exercises" }',
        '`…` { data-count="exercises" }',
        '*12*{ data-count="exercises" }',
        "<code data-count>12</code>",
        '<code DATA-COUNT="exercises">12</code>',
        '`12`{ data-count="exampels" }',
    ],
)
def test_what_is_like_a_placeholder_and_is_none_stops_the_build(written):
    page = pages.parse(f"Title\n\nThere are {written} of them.\n", Path("page.md"))
    assert next(counts.problems(page))[0] == 3
    with pytest.raises(counts.NoCount, match=r"^page\.md:3: "):
        counts.with_counts(page, BY_HAND)


def test_blocks_that_need_a_library_which_may_be_missing_are_counted_with_what_builds_on_them():
    text = """\
```python
x = 1
```

```{.python continuation needs=heavy}
import heavy
```

```{.python continuation}
print(heavy.double(x))
```

```{.python needs="light,heavy"}
import light
```

```{.python needs=light}
import light
```

```{.python notest needs=heavy reason="it would never end"}
heavy.wait()
```
"""
    page = pages.parse(text, Path("page.md"))
    assert counts.counted([page], {"heavy": "Heavy Metal"})["elsewhere"] == 3
    assert counts.counted([page], ["heavy", "light"])["elsewhere"] == 4
    assert counts.counted([page])["elsewhere"] == 0


def test_counting_does_not_depend_on_what_was_filled_in():
    filled = pages.parse(counts.with_counts(COUNTED, BY_HAND), COUNTED.path)
    assert counts.counted([filled]) == BY_HAND


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda it: it.stem)
def test_the_words_are_those_that_the_rendered_page_shows(path):
    page = pages.read(path)
    body = Renderer(ROOT / "mkdocs.yml").html(page)
    body = re.sub(
        r"<pre.*?</pre>|<(span|div) class=\"arithmatex\">.*?</\1>", "", body, flags=re.DOTALL
    )
    body = re.sub(r"(?m)<span class=\"filename\">.*?</span>|^(?:<p>)?::: .*", "", body)
    text = html.unescape(re.sub(r"<[^>]+>", "", body.replace("<br>", " ")))
    shown = re.findall(r"[^\W\d_](?:[\w’'-]*\w)?", text)
    assert counts.counted([page])["words"] == len(shown)
