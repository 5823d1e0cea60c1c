"""Questions whose every answer is explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from provenpages import page as pages
from provenpages.render import Renderer
from provenpages.site import quiz, terms

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "mkdocs.yml")
PRACTICE = ROOT / "docs" / "practice.md"

GOOD = """
### Why does it rain? { #rain }

Look out of the window.

- [ ] Somebody has forgotten to turn it off.

    It sounds so, at times. But [nobody](clouds.md) has ever turned it on, either.

- [x] The drops have become too heavy for `3.5`{ data-is="7 / 2" } reasons.

    A cloud holds small drops only, and **these** have grown.

    A second paragraph may say more of it, after `1,000`{ data-is="1000" } drops.

- [ ] It does not rain.

    Then somebody would have to explain why you are wet now.
"""
WRONG = "    Then somebody would have to explain why you are wet now.\n"


def rendered(markdown):
    return RENDERER.html(pages.parse(markdown, Path("page.md")))


def test_a_task_list_below_a_heading_is_a_question():
    (question,) = quiz.questions(rendered(GOOD))
    assert question.title == "Why does it rain?"
    assert [(it.letter, it.right) for it in question.options] == [
        ("A", False),
        ("B", True),
        ("C", False),
    ]
    assert question.options[2].text == "It does not rain."
    assert question.options[1].feedback.count("<p>") == 2


def test_each_option_opens_and_says_whether_it_is_so_and_why():
    body = quiz.with_questions(rendered(GOOD))
    options = re.findall(r'<details class="option">(.*?)</details>', body, re.DOTALL)
    assert len(options) == 3
    for letter, verdict, option in zip("ABC", ("✗ No.", "✓ Yes.", "✗ No."), options, strict=True):
        summary, explained = option.split("</summary>")
        assert f'<span class="letter">{letter}</span>' in summary
        assert verdict not in summary
        told = f'<p class="verdict"><strong>{verdict}</strong></p>'
        assert re.fullmatch(
            rf'<div class="explained \w+">{told}\s*<p>.*</div>', explained, re.DOTALL
        )
    assert "[ ]" not in body
    assert "[x]" not in body


@pytest.mark.parametrize(
    "feedback",
    [
        f"{WRONG.rstrip()}\n    {{ .large }}\n",
        "    > Then somebody would have to explain why you are wet now.\n",
        "    <div>Then somebody would have to explain why you are wet now.</div>\n",
    ],
    ids=["attribute", "quote", "HTML"],
)
def test_whether_it_is_so_is_said_whatever_explains_it(feedback):
    body = quiz.with_questions(rendered(GOOD.replace(WRONG, feedback)))
    assert body.count("✗ No.") == 4  # two options, and each once more for paper
    assert body.count("✓ Yes.") == 2


def test_for_paper_what_explains_them_stands_once_more_after_everything_else():
    body = quiz.with_questions(rendered(GOOD + "\nThe end of the page.\n"))
    page, paper = body.split('<section class="on-paper">')
    assert page.rstrip().endswith("The end of the page.</p>")
    assert paper.count('<div class="answer">') == 3
    assert "<h3>Why does it rain?</h3>" in paper
    assert "headerlink" not in paper
    assert "explain why you are wet now." in paper
    assert " id=" not in paper


def test_a_page_without_questions_stays_as_it_is():
    body = rendered("# Title\n\n- one\n- two\n\n[x] marks the spot.\n")
    assert quiz.questions(body) == []
    assert quiz.with_questions(body) == body


def test_no_term_is_linked_where_it_is_seen_on_paper_only():
    (drop,) = terms.terms_in('<dl><dt id="cloud">cloud</dt><dd>Many drops.</dd></dl>')
    body = quiz.with_questions(rendered(GOOD))
    assert terms.with_terms(body, (drop,), "glossary/") == body


MORE = """
- [ ] It {}.

    That is one of the things that people say.
"""
BAD = [
    (GOOD.replace("[x]", "[ ]"), "has 0 right options"),
    (GOOD.replace("[ ] It does", "[x] It does"), "has 2 right options"),
    (GOOD.partition("- [ ] It does")[0], "has fewer than three options"),
    (GOOD.partition("Look")[2], "options stand below no heading"),
    (GOOD.replace(WRONG, ""), "option C of “Why does it rain?” is not explained"),
    (GOOD.replace(WRONG, "    No.\n"), "option C of “Why does it rain?” is not explained"),
    (GOOD.replace(WRONG, WRONG.replace(".", "")), "option C of “Why does it rain?” is not expl"),
    (GOOD.replace("wet now", "wet 12 times"), "option C of “Why does it rain?” says 12"),
    (
        GOOD.replace('`1,000`{ data-is="1000" }', "1,000"),
        "option B of “Why does it rain?” says 1,000",
    ),
    (GOOD.replace('`3.5`{ data-is="7 / 2" }', "3.5"), "option B of “Why does it rain?” says 3.5"),
    (GOOD.replace("It does not rain", "It [does](a.md) not rain"), "holds more than text"),
    (GOOD.replace("**these**", "**these**{ #these }"), "holds something with an id"),
    (GOOD.replace("[ ] It does", "It does"), "option C of “Why does it rain?” has no box"),
    (f"{GOOD}\nAnd again:\n{GOOD.partition('window.')[2]}", "two lists of options below"),
    (GOOD.replace("**these**", "these\n\n    - one\n    - two\n\n    "), "belongs to no question"),
    (GOOD + "\nAlso:\n\n- none\n- [ ] left\n", "belongs to no question"),
    (GOOD.replace("[x]", "[X]"), "has no box"),
    (GOOD.replace("[x]", "[ x ]"), "option B of “Why does it rain?” has no box"),
    (GOOD + "\nAlso:\n\n- [ x ] left\n", "belongs to no question"),
    (GOOD + "\nAlso:\n\n- [x ] left\n- [  ] right\n", "belongs to no question"),
    (GOOD + "\nAlso:\n\n1. [✓] left\n", "belongs to no question"),
    (
        GOOD + "".join(MORE.format(it) for it in range(24)),
        "has more options than there are letters",
    ),
    (GOOD + MORE.format("does *not* rain"), "options C and D of “Why does it rain?” are the same"),
    *(
        (
            GOOD.replace("does not rain", f"does not {tag} rain"),
            "option C of “Why does it rain?” holds",
        )
        for tag in (
            "<button>press</button>",
            "<input>",
            '<img src="a.png" alt="a">',
            "<script>rain()</script>",
            "<video></video>",
            "<IFRAME></IFRAME>",
        )
    ),
    (GOOD.replace("wet now", "wet <button>now</button>"), "holds <button>, and paper shows it"),
]


@pytest.mark.parametrize(("markdown", "expected"), BAD, ids=[it for _, it in BAD])
def test_a_question_that_lacks_something_is_refused(markdown, expected):
    assert quiz.questions(rendered(GOOD))
    with pytest.raises(quiz.BadQuestion, match=re.escape(expected)):
        quiz.with_questions(rendered(markdown))


def test_the_practice_page_has_ten_questions_and_every_answer_leads_on():
    found = quiz.questions(rendered(PRACTICE.read_text("utf-8")))
    assert [re.match(r"\d+", it.title)[0] for it in found] == [str(n) for n in range(1, 11)]
    for question in found:
        for option in question.options:
            assert "<a href=" in option.feedback, f"{option.letter} of {question.title}"


def test_the_right_answer_is_not_given_away_by_its_place_or_its_length():
    found = quiz.questions(rendered(PRACTICE.read_text("utf-8")))
    places = [it.letter for question in found for it in question.options if it.right]
    assert all(places.count(letter) <= 4 for letter in "ABCD")
    longest = [max(question.options, key=_length) for question in found]
    assert sum(it.right for it in longest) <= 3


def _length(option):
    return len(re.sub(r"<[^>]+>", "", option.text))


def test_the_practice_page_lists_every_exercise_there_is():
    page = pages.read(PRACTICE)
    everywhere = [
        (path.name, it.exercise)
        for path in sorted(PRACTICE.parent.glob("*.md"))
        for it in pages.read(path).examples
        if it.exercise
    ]
    rows = re.findall(r"(?m)^\|.*\]\((.*)\) \|$", page.text)
    places = [row.partition("#")[0] or PRACTICE.name for row in rows]
    assert sorted(places) == sorted(name for name, _ in everywhere)
    assert len(everywhere) == 5
