"""Running pages: each block once, in the names and settings of its chain."""

import builtins
import random
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from provenpages import page as pages
from provenpages.run import NotRun, PageRun


def _run(text):
    return PageRun(pages.parse(text, Path("page.md")))


def _page(*blocks):
    """A page of blocks; those that begin with `+` are continuations."""
    fences = [
        f"```{{.python continuation}}\n{block[1:]}\n```"
        if block.startswith("+")
        else f"```python\n{block}\n```"
        for block in blocks
    ]
    return "\n\n".join(fences) + "\n"


@pytest.fixture
def log(monkeypatch):
    """A list that blocks know as `log`."""
    entries = []
    monkeypatch.setattr(builtins, "log", entries, raising=False)
    return entries


def _printed(run):
    return [run.result(example).printed for example in run.page.examples]


@pytest.mark.parametrize("continuing", [True, False], ids=["one chain", "many chains"])
def test_a_page_of_200_blocks_runs_200_blocks(log, continuing):
    blocks = ["log.append(0)"] + [f"{'+' * continuing}log.append({n})" for n in range(1, 200)]
    run = _run(_page(*blocks) + '\nNumber `200`{ data-is="len(log)" }\n')
    for example in run.page.examples:
        run.result(example)
    run.values()
    assert log == list(range(200))


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order_each_block_runs_once_and_in_its_own_chain(log, seed):
    blocks = []
    for chain in "abcde":
        blocks += [f"names = [{chain!r}]", "+names.append(1)", "+names.append(2)"]
        blocks += [f"+log.append(({chain!r}, list(names)))"]
    run = _run(_page(*blocks))
    for example in random.Random(seed).sample(run.page.examples, len(blocks)):
        run.result(example)
    assert sorted(log) == [(chain, [chain, 1, 2]) for chain in "abcde"]


def test_one_block_alone_runs_after_those_it_builds_on_and_nothing_else_does(log):
    run = _run(_page("log.append(1)", "log.append(2)", "+log.append(3)", "+log.append(4)"))
    run.result(run.page.examples[2])
    assert log == [2, 3]


@pytest.mark.parametrize("error", ["TypeError()", "SystemExit(0)", "BaseException()", "Warning()"])
def test_a_block_that_raises_runs_once_and_what_continues_it_not_at_all(log, error):
    run = _run(_page(f"log.append(1)\nraise {error}", "+log.append(2)", "+log.append(3)"))
    for _ in range(2):
        first, *others = [run.result(example).error for example in run.page.examples]
        assert repr(first) == error.replace("BaseException", "BaseException")
        assert [str(it) for it in others] == ["builds on the example at line 1, which failed"] * 2
        assert all(isinstance(it, NotRun) for it in others)
    assert log == [1]


def test_ctrl_c_is_not_taken_for_a_failure():
    run = _run(_page("raise KeyboardInterrupt"))
    streams = sys.stdout, sys.stderr, sys.stdin
    with pytest.raises(KeyboardInterrupt):
        run.result(run.page.examples[0])
    assert (sys.stdout, sys.stderr, sys.stdin) == streams


def test_what_is_printed_to_either_stream_counts_in_order():
    run = _run(_page("import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3, end='')"))
    assert _printed(run) == ["1\n2\n3"]


def test_what_is_printed_through_a_stream_kept_from_an_example_above_counts():
    run = _run(_page("from sys import stdout", "+print(1)\nprint(2, file=stdout)", "+print(3)"))
    assert _printed(run) == ["", "1\n2\n", "3\n"]


@pytest.mark.parametrize(
    "block",
    [
        "import warnings\nwarnings.warn('careful')",
        "import numpy as np\nnp.array([1.0]) / 0",
        "text = '\\d'",
    ],
)
def test_a_warning_ends_a_block_whatever_the_filters_are(block):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run = _run(_page(block))
        assert isinstance(run.result(run.page.examples[0]).error, Warning | SyntaxError)


def test_settings_hold_within_a_chain_and_nowhere_else():
    show = "print(np.array([2 / 3]), np.geterr()['over'])"
    run = _run(
        _page(
            "import numpy as np\nnp.set_printoptions(precision=2)\nnp.seterr(over='ignore')",
            f"import numpy as np\n{show}",
            f"+np.set_printoptions(precision=3)\n{show}",
        )
        + "\n```{.python continuation}\nprint(np.array([2 / 3]))\n```\n"
        '`[0.667]`{ data-is="str(np.array([2 / 3]))" }\n'
    )
    before = np.get_printoptions(), np.geterr()
    assert _printed(run) == ["", "[0.66666667] warn\n", "[0.667] warn\n", "[0.667]\n"]
    assert [result.value for result in run.values().values()] == ["[0.667]"]
    assert (np.get_printoptions(), np.geterr()) == before


def test_settings_of_interleaved_chains_stay_apart():
    set_and_show = "np.set_printoptions(precision={})"
    run = _run(
        _page(
            "import numpy as np\n" + set_and_show.format(2),
            "+print(np.array([2 / 3]))",
            "import numpy as np\n" + set_and_show.format(4),
            "+print(np.array([2 / 3]))",
        )
    )
    first, second, third, fourth = run.page.examples
    for example in (first, third):
        run.result(example)
    assert run.result(second).printed == "[0.67]\n"
    assert run.result(fourth).printed == "[0.6667]\n"


def test_a_seed_holds_for_what_continues_and_saves_no_other_chain():
    numbers = "print(float(np.random.random()), random.random())"
    seeded = f"import random\nimport numpy as np\nnp.random.seed(1)\nrandom.seed(1)\n{numbers}"
    unseeded = f"import random\nimport numpy as np\n{numbers}"
    page = _page(seeded, f"+{numbers}", unseeded)
    outside = random.getstate(), np.random.get_state()[1].tolist()
    one, other = _printed(_run(page)), _printed(_run(page))
    drawn, drawn_by_numpy = random.Random(1), np.random.RandomState(1)
    expected = [f"{drawn_by_numpy.random()} {drawn.random()}\n" for _ in range(2)]
    assert one[:2] == other[:2] == expected
    assert one[2] not in {one[0], one[1], other[2]}
    assert (random.getstate(), np.random.get_state()[1].tolist()) == outside


def _values(run):
    return [
        result.value if result.error is None else result.error for result in run.values().values()
    ]


def test_numbers_are_evaluated_where_they_stand():
    run = _run(
        "---\nfacts: |\n  before = ['facts']\n---\n"
        '`1`{ data-is="len(before)" }\n'
        + _page("names = [1, 2]")
        + '`2`{ data-is="len(names)" } `2`{ data-is="len(names)" }\n'
        + _page("+names.append(3)")
        + '`3`{ data-is="len(names)" }\n'
        + _page("pass")
        + '`1`{ data-is="len(before)" }\n'
    )
    assert _values(run) == [1, 2, 2, 3, 1]


def test_a_name_that_facts_and_examples_define_differently_is_refused():
    run = _run(
        "---\nfacts: |\n  import math\n  name = 1\n---\n"
        + _page("import math\nname = 2")
        + '`2`{ data-is="name" } `3`{ data-is="[math.floor(name) for n in (1,)][0]" }\n'
        + '`3`{ data-is="math.floor(math.pi)" }\n'
    )
    first, nested, same = _values(run)
    assert "`name` is one thing in the page's facts, another above" in str(first)
    assert "`name`" in str(nested)
    assert same == 3


def test_numbers_of_a_page_without_examples_have_the_facts():
    run = _run("---\nfacts: x = 2\n---\n`2`{ data-is='x' }\n\n`4`{ data-is='x * x' }\n")
    assert _values(run) == [2, 4]


def test_numbers_know_no_name_that_comes_later():
    run = _run('`1`{ data-is="late" }\n' + _page("late = 1"))
    [error] = _values(run)
    assert isinstance(error, NameError)


def test_numbers_pass_over_an_example_that_is_not_run():
    run = _run(
        _page("x = 1")
        + '```{.python notest reason="no such thing"}\nx = 2\n```\n'
        + '`1`{ data-is="x" }\n'
    )
    assert _values(run) == [1]


def test_facts_are_worked_out_once(log):
    run = _run(
        "---\nfacts: |\n  log.append('facts')\n  x = 1\n---\n"
        "`1`{ data-is='x' } `1`{ data-is='x' }\n"
        + _page("log.append('example')")
        + "`1`{ data-is='x' }"
    )
    assert _values(run) == [1, 1, 1]
    assert _values(run) == [1, 1, 1]
    assert log == ["facts", "example"]


def test_facts_that_fail_are_what_every_number_fails_for(log):
    run = _run(
        "---\nfacts: |\n  log.append(1)\n  1 / 0\n---\n`1`{ data-is='x' } `1`{ data-is='1' }\n"
    )
    assert {str(it) for it in _values(run)} == {
        "the page's facts raised ZeroDivisionError: division by zero"
    }
    assert log == [1]


def test_a_block_is_compiled_as_a_file_of_its_own():
    run = _run(_page("def f(x: 1 + 1): ...\n\n\nprint(f.__annotations__)"))
    assert _printed(run) == ["{'x': 2}\n"]
    run = _run(
        "---\nfacts: 'def f(x: 1 + 1): ...'\n---\n`2`{ data-is='f.__annotations__[\"x\"]' }\n"
    )
    assert _values(run) == [2]


def test_a_block_finds_itself_as_the_main_program_with_nobody_at_the_keyboard():
    run = _run(_page("import sys\nprint(__name__, repr(sys.stdin.read()))"))
    assert _printed(run) == ["__main__ ''\n"]
