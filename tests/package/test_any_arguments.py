"""Any words on the command line: an answer, or one sentence that says what was wrong."""

import contextlib
import io
import re
from itertools import chain

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from firstneuron.cli import main
from package.hard import quiet

OPTIONS = ["--steps", "--seed", "--learning-rate", "--ask", "--trace", "--version", "--help", "-h"]

numbers = st.one_of(
    st.integers(-3, 9).map(str),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(
        [
            "1e308",
            "-1e308",
            "1e-400",
            "4294967295",
            "4294967296",
            "1_0",
            "٣",
            " 7 ",
            "0x10",
            "1" * 5000,
        ]
    ),
)
words = st.one_of(
    st.sampled_from(OPTIONS),
    st.sampled_from(OPTIONS).flatmap(lambda it: st.integers(1, len(it)).map(lambda end: it[:end])),
    st.tuples(st.sampled_from(OPTIONS), numbers | st.text(max_size=3)).map("=".join),
    st.sampled_from(
        ["--", "-", "", "%s", "@file", "--steps=", "-1", "--ask=1", "--STEPS", "train"]
    ),
    st.text(max_size=6),
    st.text(st.characters(categories=["Cc", "Cs", "Zl"]), max_size=3),
).map(lambda it: [it])
phrases = st.one_of(
    st.tuples(st.just("--ask"), numbers, numbers, numbers).map(list),
    st.tuples(st.sampled_from(["--steps", "--seed", "--learning-rate"]), numbers).map(list),
    st.just(["--trace"]),
)
right = st.one_of(
    st.tuples(st.just("--ask"), *[st.floats(-1e9, 1e9).map(str)] * 3).map(list),
    st.tuples(st.just("--seed"), st.integers(0, 2**32 - 1).map(str)).map(list),
    st.tuples(st.just("--learning-rate"), st.floats(1e-3, 1e149).map(str)).map(list),
    st.just(["--trace"]),
)


def lines(phrases):
    """Up to five of them, one behind the other."""
    return st.lists(phrases, max_size=5).map(lambda it: list(chain.from_iterable(it)))


class Terminal(io.StringIO):
    """What `sys.stderr` is: what cannot be encoded is written in another way."""

    def write(self, text):
        return super().write(text.encode("utf-8", "backslashreplace").decode())


def run(arguments):
    """The exit code, and what went to standard output and to standard error."""
    out, err = io.StringIO(), Terminal()
    with quiet(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = stop.code
    return code, out.getvalue(), err.getvalue()


@given(arguments=lines(right | phrases | words), steps=st.integers(0, 40))
@example(arguments=["two\nlines"], steps=1)
@example(arguments=["--seed", "9" * 5000], steps=1)
@example(arguments=["\x1b[31mred"], steps=1)
def test_any_words_end_with_an_answer_or_with_2_and_one_sentence(arguments, steps):
    # The last word counts, so that no number of steps above is waited for; behind a "--" it is none
    # of the options, which is a mistake.
    code, out, err = run([*arguments, "--steps", str(steps)])
    assert "Traceback" not in out + err
    if code == 2:
        usage, sentence = err.split("firstneuron: error: ")
        assert usage.startswith("usage: firstneuron ")
        assert sentence.endswith("\n")
        assert sentence[:-1].isprintable()
        assert 0 < len(sentence) < 400 + sum(map(len, arguments))
        return
    assert code == 0
    if out.startswith("Random starting"):
        assert all(line.startswith("firstneuron: warning: ") for line in err.splitlines())
        answers = [float(it) for it in re.findall(r"\?:\n\[(.*)\]", out)]
        assert answers
        assert all(0 <= it <= 1 for it in answers)
        weights = re.findall(r"after training:\n(.*?)\n\n", out, re.DOTALL)
        assert all(np.isfinite(float(it)) for it in re.findall(r"[^\[\] \n]+", weights[0]))
    else:
        assert out.startswith(("usage: firstneuron ", "firstneuron "))
        assert err == ""


@given(arguments=lines(right), steps=st.integers(0, 40))
def test_right_options_in_any_order_and_number_are_answered(arguments, steps):
    code, out, _ = run([*arguments, "--steps", str(steps)])
    assert code == 0
    assert out.count("Considering new situation") == max(1, arguments.count("--ask"))
