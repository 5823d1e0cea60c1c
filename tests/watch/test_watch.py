"""The interactive neuron as the build writes it, and the trace that its script is held against."""

from __future__ import annotations

import json
import math
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest

from provenpages import page as pages
from watch import NAME, describe, draw
from watch.markup import markup, setup
from watch.presets import JUMPS, PRESETS, weights_at
from watch.shown import shown
from watch.trace import trace, written
from watch.values import values

DOCS = Path(__file__).parents[2] / "docs"
VOID = {"input", "br"}


def articles_loop(preset, steps):
    """The weights after each step, by the articles' own lines."""
    inputs, targets = np.array(preset.inputs), np.array([preset.targets]).T
    np.random.seed(1)  # noqa: NPY002  (as the articles do)
    weights = 2 * np.random.random((3, 1)) - 1  # noqa: NPY002
    seen = [weights[:, 0].copy()]
    for _ in range(steps):
        output = 1 / (1 + np.exp(-np.dot(inputs, weights)))
        slope = output * (1 - output) if preset.key != "no-slope" else 1
        rate = 100 if preset.key == "step-100" else 1
        weights += rate * np.dot(inputs.T, (targets - output) * slope)
        seen.append(weights[:, 0].copy())
    return seen


@pytest.fixture(scope="module", params=PRESETS, ids=str)
def preset(request):
    return PRESETS[request.param]


def test_the_weights_are_those_of_the_articles_loop(preset):
    expected = articles_loop(preset, preset.last)
    for step, weights in weights_at(preset).items():
        assert weights == pytest.approx(expected[step], rel=0, abs=1e-12)


def test_the_last_step_of_the_original_has_the_articles_digits():
    last = weights_at(PRESETS["original"])[10_000]
    assert [f"{it:.8f}" for it in last] == ["9.67299303", "-0.20784350", "-4.62963669"]


def test_every_number_follows_from_the_weights_by_plain_arithmetic(preset):
    for step in (0, 1, 341, preset.last):
        weights = weights_at(preset)[step]
        found = values(preset, step, weights)
        errors, changes = [], [0.0, 0.0, 0.0]
        for row, (inputs, target) in enumerate(zip(preset.inputs, preset.targets, strict=True), 1):
            total = sum(x * weight for x, weight in zip(inputs, weights, strict=True))
            output = 1 / (1 + math.exp(-total))
            slope = 1.0 if preset.key == "no-slope" else output * (1 - output)
            error = target - output
            assert found[f"sum-{row}"] == pytest.approx(total, abs=1e-12)
            assert found[f"output-{row}"] == pytest.approx(output, abs=1e-12)
            assert found[f"error-{row}"] == pytest.approx(error, abs=1e-12)
            assert found[f"slope-{row}"] == pytest.approx(slope, abs=1e-12)
            assert found[f"target-{row}"] == target
            for i, x in enumerate(inputs):
                push = preset.learning_rate * error * slope * x
                assert found[f"x{i + 1}-{row}"] == x
                assert found[f"push{i + 1}-{row}"] == pytest.approx(push, abs=1e-12)
                changes[i] += push
            errors.append(error)
        for i, change in enumerate(changes):
            assert found[f"change{i + 1}"] == pytest.approx(change, abs=1e-12)
            assert found[f"after{i + 1}"] == pytest.approx(weights[i] + change, abs=1e-12)
        assert found["error"] == pytest.approx(sum(it * it for it in errors) / len(errors))
        assert found["answer"] == found["corner-100"]
        assert found["corner-000"] == 0.5
        for a in (0, 1):
            for b in (0, 1):
                z = a * weights[0] + b * weights[1] + weights[2]
                assert found[f"corner-{a}{b}1"] == pytest.approx(1 / (1 + math.exp(-z)), abs=1e-12)


def test_what_a_step_changes_is_where_the_next_one_begins(preset):
    for step in range(20):
        after = values(preset, step, weights_at(preset)[step])
        for i, weight in enumerate(weights_at(preset)[step + 1], 1):
            assert after[f"after{i}"] == pytest.approx(weight, abs=1e-12)


def test_the_stops_are_every_step_to_twenty_then_about_a_hundred_more(preset):
    assert preset.steps[:21] == list(range(21))
    assert preset.steps == sorted(set(preset.steps))
    assert set(JUMPS) <= set(preset.steps)
    assert 110 <= len(preset.steps) <= 140
    assert preset.steps[-1] == preset.last


def test_the_trace_holds_every_number_of_every_stop():
    read = json.loads(written())
    assert read.keys() == PRESETS.keys()
    for key, preset in PRESETS.items():
        assert [step[0] for step in read[key]["steps"]] == preset.steps
        assert read[key]["names"] == list(values(preset, 0, weights_at(preset)[0]))
        assert all(math.isfinite(it) for step in read[key]["steps"] for it in step)
        assert read[key] == trace()[key]  # no digit is lost on the way


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("w1", 9.672993034, "9.6730"),
        ("w2", -0.2078434, "−0.2078"),
        ("w1", 28.455048, "28.455"),
        ("w1", 132.13305, "132.13"),
        ("answer", 0.999937043, "0.99993704"),
        ("error", 0.000065, "6.5e−5"),
        ("error-2", 0.00064128, "6.4e−4"),
        ("push2-3", 0.0, "0"),
        ("push2-2", 0.0711, "+0.0711"),
        ("change2", -9.77e-9, "−9.8e−9"),
        ("change2", 6.2e-8, "+6.2e−8"),
        ("k", 10_000, "10,000"),
        ("x2-3", 1.0, "1"),
        ("target-1", 0.0, "0"),
        ("output-5", 0.5, "0.5000"),
    ],
)
def test_a_number_is_short_and_not_wrong(name, value, text):
    assert shown(name, value) == text


class Shown(HTMLParser):
    """The numbers of a page: name, full value, step if it is another, text; and all other text."""

    def __init__(self, html):
        super().__init__()
        self.numbers, self.rest, self.open, self.script = [], "", [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.rest += " " if tag in {"button", "td", "p", "li"} else ""
        if tag not in VOID:
            self.open.append(dict(attributes) | {"tag": tag, "text": ""})

    def handle_endtag(self, tag):
        element = self.open.pop()
        assert element["tag"] == tag
        if "data-value" in element:
            keys = ("data-name", "data-value", "data-step", "text")
            self.numbers.append(tuple(element.get(key) for key in keys))

    def handle_data(self, data):
        if any("data-value" in it for it in self.open):
            self.open[-1]["text"] += data
        if any("data-value" in it and it["data-name"] != "k" for it in self.open):
            pass
        elif not any(it["tag"] in {"script", "svg", "option"} for it in self.open):
            self.rest += data


@pytest.fixture(scope="module")
def page():
    return Shown(markup())


def test_every_number_on_the_page_is_what_the_package_computes(page):
    start = values(PRESETS["row-000"], 0, weights_at(PRESETS["row-000"])[0])
    start |= values(PRESETS["original"], 0, weights_at(PRESETS["original"])[0])
    start["own-answer"] = start["corner-010"]
    original = weights_at(PRESETS["original"])
    assert len(page.numbers) > 200
    for name, full, step, text in page.numbers:
        if name == "k":  # a step that a sentence tells of
            assert full == (step or "0") == text.replace(",", "")
            continue
        at = int(step or 0)
        real = values(PRESETS["original"], at, original[at])[name] if step else start[name]
        assert float(full) == real
        assert text in {"", shown(name, real)}  # dots have none


def test_every_number_of_a_step_is_on_the_page(page):
    names = {name for name, *_ in page.numbers}
    for preset in PRESETS.values():
        assert values(preset, 0, weights_at(preset)[0]).keys() <= names


def test_other_numbers_in_its_words_are_few_and_true(page):
    """Those that are computed by the article's loop here, and labels."""
    told = set(re.findall(r"\d[\d,.]*\d\d|\d\.\d+", page.rest))
    original, stuck = (articles_loop(PRESETS[key], 12_000) for key in ("original", "step-100"))
    quick = articles_loop(PRESETS["no-slope"], 100)
    free = next(k for k, it in enumerate(stuck) if all_right(it))
    answers = [[1 / (1 + math.exp(-it[0])) for it in run] for run in (original, quick)]
    sure = [next(k for k, it in enumerate(run) if it > 0.99) for run in answers]
    right = [next(k for k, it in enumerate(run) if all_right(it)) for run in (original, quick)]
    below = next(k for k, it in enumerate(original) if it[1] < 0)
    jumps = {f"{it:,}" for it in JUMPS if it > 99} | {f"{it}" for it in JUMPS if 9 < it < 1000}
    assert told <= {f"{free:,}", "0.99", f"{math.log(10):.2f}", *jumps}
    assert f"stuck until step {free:,}: go to" in page.rest
    assert f"All four are right after {right[1]} steps, not {right[0]}" in page.rest
    assert f"the answer passes 0.99 after {sure[1]}, not {sure[0]}." in page.rest
    assert f"From step {below} on weight 2 is below zero." in page.rest
    assert "the first two steps raise all three weights" in page.rest
    assert all(
        before < after
        for old, new in pairwise(original[:3])
        for before, after in zip(old, new, strict=True)
    )
    assert "In the third step example 4 wins" in page.rest
    assert original[3][1] < original[2][1] == max(it[1] for it in original)
    assert f"ten times the steps add a little more than {math.log(10):.2f}" in page.rest
    more = articles_loop(PRESETS["original"], 100_000)
    assert math.log(10) < more[100_000][0] - more[10_000][0] < math.log(10) + 0.05


def all_right(weights):
    inputs, targets = np.array(PRESETS["original"].inputs), np.array(PRESETS["original"].targets)
    return bool((((inputs @ weights) > 0) == (targets == 1)).all())


def test_its_code_is_the_articles():
    nine_lines = pages.read(DOCS / "nine-lines.md").examples[0].text
    code = re.search(r'<pre class="rule".*?</pre>', markup(), re.DOTALL)[0]
    text = re.sub(r"<span data-for=\"step-100\" hidden>.*?</span>", "", code)
    text = re.sub(r"<[^>]+>", "", text)
    for line in text.split("\n"):
        assert f"    {line}\n" in nine_lines


def test_it_is_a_picture_like_the_others():
    assert draw(NAME) == markup()
    assert draw("sigmoid-curve").startswith("<svg")
    assert len(describe(NAME)) > 60
    assert describe("sigmoid-curve") != describe(NAME)
    with pytest.raises(KeyError):
        draw("no-such-picture")


def test_the_setup_is_what_is_watched():
    for key, look in json.loads(setup()).items():
        preset = PRESETS[key]
        assert look["inputs"] == [list(row) for row in preset.inputs]
        assert look["targets"] == list(preset.targets)
        assert look["startWeights"] == list(weights_at(preset)[0])
        assert look["last"] == preset.last
        assert (look["learningRate"], look["slope"]) == (preset.learning_rate, preset.slope)


def test_every_curve_stays_within_its_axes(preset):
    for step, weights in weights_at(preset).items():
        error = values(preset, step, weights)["error"]
        assert all(-5 <= it / preset.weight_unit <= 10 for it in weights)
        assert -5 * preset.decades <= math.log10(error) <= 0


PHASES = ["inputs", "sum", "squash", "error", "slope", "adjust"]
INTO_THE_TRAINING = re.compile(r"\]\(ten-thousand-steps\.md(\?[^)]*)#watch\)")


def can_be_followed(search):
    """Whether an address asks for nothing that the neuron has not."""
    asked = dict(parse_qsl(search.removeprefix("?"), strict_parsing=True))
    preset = PRESETS[asked.pop("preset", "original")]
    rows = [*(str(row) for row, _ in enumerate(preset.inputs, 1)), "all"]
    known = {"k": range(preset.last + 1), "phase": PHASES, "row": rows, "show": ["corners"]}
    return all(
        (int(value) if name == "k" else value) in known.get(name, ())
        for name, value in asked.items()
    )


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_every_link_into_the_training_asks_for_what_is_there(path):
    for search in INTO_THE_TRAINING.findall(path.read_text("utf-8")):
        assert can_be_followed(search), search


def test_a_link_into_the_training_that_asks_for_what_is_not_there_is_noticed():
    assert can_be_followed("?preset=row-000&k=0&phase=adjust&row=5")
    for search in ("?k=10001", "?phase=output", "?row=5", "?show=edges", "?step=4"):
        assert not can_be_followed(search), search


def test_the_parts_that_links_can_ask_for_are_those_of_the_page():
    assert re.findall(r'<details class="\w+" id="watch-(\w+)"', draw(NAME)) == ["corners"]
    script = (DOCS / "assets" / "js" / "watch-state.js").read_text("utf-8")
    assert json.loads(re.search(r"PHASES = (\[.*\]);", script)[1]) == PHASES
