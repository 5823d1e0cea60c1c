"""The pictures, read back: every mark stands where the numbers say, every label says the number.

The numbers are worked out here with the article's own loop, and places are translated by the
ticks that the picture itself shows.
"""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from figures import FIGURES, draw

INPUTS = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
TARGETS = np.array([[0, 1, 1, 0]]).T
PIXEL = 0.011  # coordinates are written to a hundredth


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def weights_after(steps):
    """The article's loop; the weights after each of the steps asked for."""
    weights = 2 * np.random.RandomState(1).random_sample((3, 1)) - 1
    seen = {0: weights[:, 0].copy()}
    for step in range(1, max(steps) + 1):
        output = sigmoid(INPUTS @ weights)
        weights += INPUTS.T @ ((TARGETS - output) * output * (1 - output))
        seen[step] = weights[:, 0].copy()
    return np.array([seen[step] for step in steps])


class Picture:
    """A drawn figure: its marks by name, and its axes by their ticks."""

    def __init__(self, name):
        self.root = ET.fromstring(draw(name))
        self.marks = {it.get("data-name"): it for it in self.root.iter() if it.get("data-name")}
        self.texts = [it.text for it in self.root.iter("text")]

    def text(self, name):
        return self.marks[name].text

    def points(self, name):
        numbers = re.findall(r"-?[\d.]+", self.marks[name].get("d"))
        return np.array(numbers, float).reshape(-1, 2)

    def ticks(self, axis):
        """Value and place of each tick of the axis."""
        across = "y" if axis == "x" else "x"
        found = [
            (float(it.get("data-tick")), float(it.get(axis + "1")))
            for it in self.root.iter("line")
            if it.get("data-tick") is not None
            and it.get(axis + "1") == it.get(axis + "2")
            and it.get(across + "1") != it.get(across + "2")
        ]
        return np.array(sorted(found))

    def value(self, axis, places, *, logarithmic=False):
        """What these places mean, by the two outermost ticks (above 0 on a logarithmic axis)."""
        ticks = self.ticks(axis)
        if logarithmic:
            ticks = ticks[ticks[:, 0] > 0]
            ticks[:, 0] = np.log10(ticks[:, 0])
        (low, start), (high, end) = ticks[0], ticks[-1]
        values = low + (places - start) * (high - low) / (end - start)
        return 10**values if logarithmic else values


def said(number, digits):
    return f"{number:.{digits}f}".replace("-", "−")


@pytest.mark.parametrize("name", FIGURES)
def test_every_picture_has_a_title_and_a_description_that_it_points_to(name):
    picture = Picture(name)
    labels = picture.root.get("aria-labelledby").split()
    ids = {it.get("id"): it.text for it in picture.root.iter() if it.get("id")}
    assert picture.root.get("role") == "img"
    assert [len(ids[label]) > 5 for label in labels] == [True, True]
    assert len(ids[labels[1]]) > 60


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_drawn_outside_the_picture(name):
    picture = Picture(name)
    _, _, width, height = map(float, picture.root.get("viewBox").split())
    for element in picture.root.iter():
        for attribute, limit in (
            ("x", width),
            ("x1", width),
            ("x2", width),
            ("cx", width),
            ("y", height),
            ("y1", height),
            ("y2", height),
            ("cy", height),
        ):
            if attribute in element.attrib:
                assert -1 <= float(element.get(attribute)) <= limit + 1


@pytest.mark.parametrize(
    "name", ["sigmoid-curve", "sigmoid-slope", "training-weights", "training-error"]
)
@pytest.mark.parametrize("axis", ["x", "y"])
def test_ticks_are_evenly_placed_and_say_what_they_mean(name, axis):
    picture = Picture(name)
    ticks = picture.ticks(axis)
    logarithmic = name.startswith("training") and (axis == "x" or name.endswith("error"))
    if logarithmic:
        ticks = ticks[ticks[:, 0] > 0]
    np.testing.assert_allclose(
        picture.value(axis, ticks[:, 1], logarithmic=logarithmic), ticks[:, 0], rtol=1e-3, atol=1e-3
    )
    for value, _ in ticks:
        words = np.format_float_positional(value, trim="-").replace("-", "−")
        assert words in {text.replace(",", "") for text in picture.texts}


def test_step_0_stands_left_of_step_1():
    ticks = Picture("training-weights").ticks("x")
    assert ticks[0][0] == 0
    assert ticks[0][1] < ticks[1][1]


def test_the_sigmoid_is_drawn_as_it_is():
    picture = Picture("sigmoid-curve")
    x, y = picture.points("sigmoid").T
    np.testing.assert_allclose(picture.value("y", y), sigmoid(picture.value("x", x)), atol=3e-4)
    assert picture.value("y", float(picture.marks["half"].get("cy"))) == pytest.approx(
        0.5, abs=1e-3
    )


def test_the_slope_is_the_measured_slope_of_the_sigmoid():
    picture = Picture("sigmoid-slope")
    x, y = picture.points("slope").T
    z = picture.value("x", x)
    measured = (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(picture.value("y", y), measured, atol=3e-4)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_tangents_touch_the_curve_with_its_slope_and_say_so(index):
    picture = Picture("sigmoid-slope")
    start, end = weights_after([0, 10_000])
    z = [start[0] + start[2], 0.0, end.sum()][index]
    tangent, touch = picture.marks[f"tangent{index}"], picture.marks[f"touch{index}"]
    x = picture.value("x", np.array([float(tangent.get("x1")), float(tangent.get("x2"))]))
    y = picture.value("y", np.array([float(tangent.get("y1")), float(tangent.get("y2"))]))
    slope = (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(slope, abs=1e-3)
    assert x.mean() == pytest.approx(z, abs=1e-3)
    assert y.mean() == pytest.approx(sigmoid(z), abs=1e-3)
    assert picture.value("x", float(touch.get("cx"))) == pytest.approx(z, abs=1e-3)
    assert f"slope {slope:.4f}" in picture.texts


@pytest.mark.parametrize("index", [0, 1, 2])
def test_the_weights_are_those_of_the_articles_loop(index):
    picture = Picture("training-weights")
    x, y = picture.points(f"w{index + 1}").T
    steps = [0, *picture.value("x", x[1:], logarithmic=True).round().astype(int)]
    assert steps == sorted(set(steps))
    assert {0, 1, 2, 4, 20, 341, 10_000} <= set(steps)
    np.testing.assert_allclose(picture.value("y", y), weights_after(steps)[:, index], atol=2e-3)


def test_the_turning_points_are_marked_where_the_second_weight_turns():
    picture = Picture("training-weights")
    second = weights_after(range(2_001))[:, 1]
    turns = {
        "highest": int(np.argmax(second)),
        "below-0": int(np.argmax(second < 0)),
        "lowest": int(np.argmin(second)),
    }
    assert turns == {"highest": 2, "below-0": 21, "lowest": 341}
    for name, step in turns.items():
        mark = picture.marks[name]
        place = picture.value("x", float(mark.get("cx")), logarithmic=True)
        assert place == pytest.approx(step, rel=2e-3)
        assert picture.value("y", float(mark.get("cy"))) == pytest.approx(second[step], abs=2e-3)
        assert f"{name.replace('-', ' ')}: step {step}" in picture.texts


def test_the_error_is_that_of_the_articles_loop():
    picture = Picture("training-error")
    x, y = picture.points("error").T
    steps = [0, *picture.value("x", x[1:], logarithmic=True).round().astype(int)]
    outputs = sigmoid(weights_after(steps) @ INPUTS.T)
    errors = ((TARGETS[:, 0] - outputs) ** 2).mean(axis=1)
    np.testing.assert_allclose(picture.value("y", y, logarithmic=True), errors, rtol=2e-3)


@pytest.mark.parametrize(
    ("name", "steps", "inputs", "digits"),
    [("neuron-start", 0, [1, 0, 1], 4), ("neuron-trained", 10_000, [1, 0, 0], 5)],
)
def test_the_neuron_shows_its_real_numbers(name, steps, inputs, digits):
    picture = Picture(name)
    weights = weights_after([steps])[0]
    z = float(np.dot(inputs, weights))
    assert [picture.text(f"x{n}") for n in (1, 2, 3)] == [str(value) for value in inputs]
    assert picture.text("z") == said(z, 3)
    assert picture.text("o") == said(sigmoid(z), digits)
    widths = []
    for n, weight in enumerate(weights, 1):
        line = picture.marks[f"w{n}"]
        assert float(line.get("data-value")) == weight
        assert said(weight, 3) in picture.texts
        assert ("stroke-dasharray" in line.attrib) == (weight < 0)
        assert ("negative" if weight < 0 else "positive") in line.get("class").split()
        assert ("absent" in line.get("class").split()) == (inputs[n - 1] == 0)
        widths.append(float(line.get("stroke-width")))
    expected = 1 + 6 * np.abs(weights) / np.abs(weights).max()
    np.testing.assert_allclose(widths, expected, atol=0.006)


def test_the_cycle_shows_the_first_step():
    picture = Picture("training-cycle")
    start, after = weights_after([0, 1])
    output = float(sigmoid(start[0] + start[2]))
    assert picture.text(["1.", "answer"][1]) == said(output, 4)
    assert picture.text("compare") == said(1 - output, 4)
    assert picture.text("how-much") == said(after[0] - start[0], 4)
    assert picture.text("adjust") == said(after[0], 4)


def test_the_boundary_is_where_the_sum_is_zero():
    picture = Picture("decision-boundary")
    w1, w2, w3 = weights_after([10_000])[0]
    for x3 in (0, 1):
        corners = {(x1, x2): picture.marks[f"corner{x1}{x2}{x3}"] for x1 in (0, 1) for x2 in (0, 1)}
        left, right = (float(corners[x1, 0].get("cx")) for x1 in (0, 1))
        bottom, top = (float(corners[0, x2].get("cy")) for x2 in (0, 1))
        for x, y in picture.points(f"boundary{x3}"):
            x1, x2 = (x - left) / (right - left), (y - bottom) / (top - bottom)
            assert w1 * x1 + w2 * x2 + w3 * x3 == pytest.approx(0, abs=w1 * PIXEL / 60)
        for (x1, x2), mark in corners.items():
            taught = x3 == 1
            kind = "open" if not taught else ("target" if x1 else "error")
            assert kind in mark.get("class").split()
            answer = sigmoid(w1 * x1 + w2 * x2 + w3 * x3)
            assert picture.text(f"answer{x1}{x2}{x3}") == f"{answer:.4f}"


def test_descriptions_state_the_same_numbers_as_the_pictures():
    start, after = weights_after([0, 10_000])
    described = {name: Picture(name).root.find("desc").text for name in FIGURES}
    for weight in start:
        assert said(weight, 3) in described["neuron-start"]
    for weight in after:
        assert said(weight, 3) in described["neuron-trained"]
        assert said(weight, 2) in described["training-weights"]
    assert said(sigmoid(after[0]), 8) in described["neuron-trained"]
    assert f"near {-after[2] / after[0]:.2f}" in described["decision-boundary"]
    assert math.isclose(
        float(re.search(r"falls from ([\d.]+)", described["training-error"])[1]), 0.31
    )


def test_an_unknown_picture_is_refused_by_name():
    with pytest.raises(KeyError, match=r"no figure 'neuron-stat'.*neuron-start"):
        draw("neuron-stat")
