"""The meter: it counts who notices, and the real site stands up to a sample of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenpages import mutants
from provenpages import page as pages
from provenpages.meter import measure, tally
from provenpages.mutants import Mutant
from provenpages.run import PageRun

ROOT = Path(__file__).parents[2]
PAGE = """---
facts: |
  half = 0.5
---

# Page

It is `0.50`{ data-is="half" }, in 2015.

<!-- symbols
x, y = draw(), draw()
-->

The formula $x + y = y + x$, and $x$.

```python
number = 2
while number < 10:
    number += 3
```

```{.python continuation}
print(number, "of 7")
```

```output
11 of 7
```

```console
$ greet
Hello 5
```

```javascript
console.log(7 * 6);
```

```output
42
```
"""


def greet():
    print("Hello 5")


def _mutants(text=PAGE):
    run = PageRun(pages.parse(text, Path("page.md")))
    return list(mutants.of_page(run, {"greet": greet}, {"2015": "a year of some kind"}))


def _of(kind, text=PAGE):
    return {(it.before, it.after): it.caught() for it in _mutants(text) if it.kind == kind}


def test_every_digit_of_an_output_is_changed_and_noticed():
    assert _of("output") == {
        ("11 of 7", "21 of 7"): True,
        ("11 of 7", "12 of 7"): True,
        ("11 of 7", "11 of 8"): True,
        ("42", "52"): True,
        ("42", "43"): True,
    }


def test_javascript_is_run_once_for_all_changes_of_its_output(monkeypatch):
    count = []

    def run_script(script, _modules):
        count.append(script.line)
        return script.output.text

    monkeypatch.setattr("provenpages.run.run_script", run_script)
    assert _of("output")[("42", "43")] is True
    assert len(count) == 1


def test_every_digit_of_a_session_a_bound_number_and_a_constant_is_changed_and_noticed():
    assert _of("session") == {("Hello 5", "Hello 6"): True}
    assert set(_of("bound number").values()) == {True}
    assert len(_of("bound number")) == 3
    assert set(_of("number").values()) == {True}
    assert len(_of("number")) == 4


def test_formulas_are_changed_and_names_are_left_alone():
    formulas = _of("formula")
    assert formulas[("x + y = y + x", "x - y = y + x")] is True
    assert formulas[("x + y = y + x", "w + y = y + x")] is True
    assert not any(before == "x" for before, _ in formulas)
    assert set(formulas.values()) == {True}


def test_numbers_and_operators_of_code_are_changed():
    code = _of("code")
    assert code[("number += 3", "number += 4")] is True
    assert code[('print(number, "of 7")', 'print(number, "of 8")')] is True
    assert ("while number < 10:", "while number >= 10:") in code


def test_a_mutant_that_never_ends_counts_as_noticed():
    assert _of("code")[("number += 3", "number -= 3")] is True


def test_a_change_that_no_output_shows_is_a_survivor():
    # 2, 5, 8, 11: the loop ends at the same number either way.
    assert _of("code")[("while number < 10:", "while number < 11:")] is False


def test_the_tally_lists_survivors_and_equivalents_apart():
    caught = Mutant("code", "docs/a.md:3", "one", "two", lambda: True)
    known = Mutant("code", "docs/a.md:4", "same", "alike", lambda: False)
    unknown = Mutant("output", "docs/a.md:5", "1", "2", lambda: False)
    listed = {
        ("docs/a.md", "same", "alike"): "they are the same",
        ("docs/a.md", "gone", "away"): "it is not there any more",
    }
    result = tally([caught, known, unknown], listed, complete=True)
    assert result.survivors == [unknown]
    assert result.equivalent == [known]
    assert result.stale == ["docs/a.md: gone"]
    assert "docs/a.md:5: output survives" in str(result)
    assert tally([caught], listed, complete=False).stale == []


def test_nothing_is_measured_on_pages_whose_javascript_is_wrong(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```javascript\nconsole.log(1);\n```\n\n```output\n2\n```\n", "utf-8")
    (wrong,) = measure(tmp_path, [page])
    assert "prints something else" in str(wrong)


def test_nothing_is_measured_on_pages_that_are_wrong(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```python\nprint(1)\n```\n\n```output\n2\n```\n", "utf-8")
    outcome = measure(tmp_path, [page])
    assert isinstance(outcome, list)
    assert "prints something else" in str(outcome[0])


@pytest.mark.slow
def test_a_sample_of_changes_to_the_real_pages_is_noticed(monkeypatch):
    monkeypatch.chdir(ROOT)
    paths = [*sorted(Path("docs").glob("*.md")), Path("README.md")]
    outcome = measure(ROOT, paths, sample=400, seed=1)
    assert not isinstance(outcome, list), outcome
    assert outcome.survivors == []
    assert outcome.made.total() == 400
