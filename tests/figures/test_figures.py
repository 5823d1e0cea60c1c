"""The pictures, read back: they agree with the article's loop, and no change to them would."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import watch
from figures import FIGURES, draw
from figures.readback import Picture, disagreements

PAGES = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_agrees_with_the_numbers(name):
    assert disagreements(name, draw(name)) == []


@pytest.mark.parametrize("name", FIGURES)
def test_every_picture_has_a_title_and_a_description_that_it_points_to(name):
    picture = Picture(draw(name))
    labels = picture.root.get("aria-labelledby").split()
    ids = {it.get("id"): it.text for it in picture.root.iter() if it.get("id")}
    assert picture.root.get("role") == "img"
    assert len(ids[labels[0]]) > 5
    assert len(ids[labels[1]]) > 60


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_drawn_outside_the_picture(name):
    root = Picture(draw(name)).root
    _, _, width, height = map(float, root.get("viewBox").split())
    limits = dict.fromkeys(("x", "x1", "x2", "cx"), width)
    limits |= dict.fromkeys(("y", "y1", "y2", "cy"), height)
    for element in root.iter():
        for attribute in limits.keys() & element.attrib.keys():
            assert -1 <= float(element.get(attribute)) <= limits[attribute] + 1


@pytest.mark.parametrize("name", FIGURES)
def test_every_picture_is_on_a_page_with_a_caption(name):
    if name in {"training-weights", "training-error"}:  # parts of the interactive neuron
        assert f'aria-labelledby="{name}-title {name}-text"' in watch.draw(watch.NAME)
        return
    shown = [page for page in PAGES if f"](figure:{name})" in page.read_text("utf-8")]
    assert len(shown) == 1
    text = shown[0].read_text("utf-8")
    assert re.search(rf"\]\(figure:{name}\)\n\n(.+\n)+{{ \.caption }}\n", text)


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("neuron-start", ">0.2376<", ">0.2377<", "o says '0.2377'"),
        ("neuron-start", 'stroke-dasharray="6 5"', "", "dashes and sign"),
        ("training-weights", "lowest: step 341", "lowest: step 342", "'lowest: step 342' too many"),
        ("training-weights", 'data-tick="10"', 'data-tick="20"', "ticks"),
        ("training-cycle", ">0.2862<", ">0.2868<", "how-much"),
        ("decision-boundary", "0.4482", "0.4483", "the description has the numbers"),
        ("sigmoid-slope", "slope 0.1812", "slope 0.1912", "'slope 0.1912' too many"),
        ("sigmoid-curve", '<path d="M', '<path d="M1 ', "cannot be read back"),
    ],
)
def test_a_changed_picture_is_refused(name, before, after, said):
    svg = draw(name)
    assert before in svg
    assert said in " ".join(disagreements(name, svg.replace(before, after)))


@pytest.mark.parametrize(
    "name", ["sigmoid-curve", "sigmoid-slope", "training-weights", "training-error"]
)
def test_a_curve_that_runs_wrong_is_refused(name):
    for path in [it for it in Picture(draw(name)).root.iter("path") if it.get("data-name")]:
        root = ET.fromstring(draw(name))
        changed = next(
            it for it in root.iter("path") if it.get("data-name") == path.get("data-name")
        )
        points = re.findall(r"-?[\d.]+", changed.get("d"))
        points[41] = f"{float(points[41]) - 2:.2f}"
        pairs = zip(points[::2], points[1::2], strict=True)
        changed.set("d", "M" + "L".join(f"{x} {y}" for x, y in pairs))
        assert disagreements(name, ET.tostring(root, encoding="unicode"))


def test_an_unknown_picture_is_refused_by_name():
    with pytest.raises(KeyError, match=r"no figure 'neuron-stat'.*neuron-start"):
        draw("neuron-stat")
