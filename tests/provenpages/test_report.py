"""Reports: a line, a message, and carets under what differs."""

from pathlib import Path

import pytest

from provenpages import page as pages
from provenpages.report import error_message, first_difference, text_diff
from provenpages.run import PageRun


def _diff(shown, real):
    return text_diff(shown, real, 12).split("\n")


def test_a_caret_stands_under_a_digit_that_differs():
    assert _diff("a\n[0.99993704]\nb\n", "a\n[0.99993714]\nb\n") == [
        "    12         a",
        "    13  page   [0.99993704]",
        "        real   [0.99993714]",
        "                        ^",
        "    14         b",
    ]


@pytest.mark.parametrize(
    ("shown", "real", "carets"),
    [
        ("1", "2", "^"),
        ("−", "-", "^"),
        ("", "x", "^"),
        ("x", "", "^"),
        ("ab", "b", "^"),
        ("abc", "axyc", " ^^"),
        ("abc", "xyz", "^^^"),
        ("aaa", "aa", "  ^"),
        ("0.5", "0.50", "   ^"),
        ("(1, 2)", "(1, 3)", "    ^"),
        ("Hello", "hello", "^"),
    ],
)
def test_carets_stand_under_the_first_difference_however_short_the_line(shown, real, carets):
    rows = _diff(f"{shown}\n", f"{real}\n")
    assert rows[0] == f"    12  page   {shown}".rstrip()
    assert rows[1] == f"        real   {real}".rstrip()
    assert rows[2] == " " * 15 + carets


@pytest.mark.parametrize(
    ("shown", "real", "seen"),
    [
        ("a \n", "a\n", "a·"),
        ("a", "a\n", "a⏎ missing"),
        ("a\tb\n", "a    b\n", r"a\tb"),
        ("a\u00a0b\n", "a b\n", r"a\xa0b"),
        ("a\u200bb\n", "ab\n", r"a\u200bb"),
        ("e\u0301\n", "é\n", r"e\u0301"),
        ("\x1b[1mb\n", "b\n", r"\x1b[1mb"),
    ],
)
def test_what_hides_in_a_line_is_made_visible(shown, real, seen):
    rows = _diff(shown, real)
    assert rows[0] == f"    12  page   {seen}"
    assert set(rows[2].strip()) == {"^"}


def test_every_line_that_one_side_lacks_has_carets():
    assert _diff("a\nb\nc\n", "a\nc\nd\n") == [
        "    12         a",
        "    13  page   b",
        "               ^",
        "    14         c",
        "        real   d",
        "               ^",
    ]


def test_the_first_difference_is_found_in_beginning_middle_and_end():
    assert first_difference("a\nb\n", "x\nb\n", 5) == 5
    assert first_difference("a\nb\n", "a\nx\n", 5) == 6
    assert first_difference("a\nb\n", "a\nb\nc\n", 5) == 7
    assert first_difference("a\n", "a", 5) == 5


def _message(block):
    page = pages.parse(f"\n```python\n{block}\n```\n", Path("page.md"))
    [example] = page.examples
    return error_message(page, PageRun(page).result(example).error).split("\n")


def test_an_error_shows_the_lines_of_the_page_it_came_through():
    assert _message("def half(x):\n    return x / 0\n\n\nhalf(1)") == [
        "raised ZeroDivisionError: division by zero",
        "     7         half(1)",
        "     4         return x / 0",
    ]


def test_a_syntax_error_shows_its_line_with_a_caret():
    message = _message("x = 1\nx = (")
    assert message[0] == "raised SyntaxError: '(' was never closed"
    assert message[1].strip() == "x = ("
    assert message[2].strip() == "^"


def test_an_error_in_a_deep_recursion_shows_a_few_lines():
    block = "\n".join(f"def f{n}(x):\n    return f{n + 1}(x)" for n in range(30)) + "\nf0(1)"
    message = _message(block)
    assert message[0] == "raised NameError: name 'f30' is not defined"
    assert len(message) < 15
    assert "…" in message[6]


def test_an_error_that_cannot_be_worded_is_reported_all_the_same():
    message = _message(
        "class Odd(Exception):\n    def __str__(self):\n        return 1\n\n\nraise Odd"
    )
    assert message[0] == "raised Odd: <exception str() failed>"
