"""The pictures, read back: they agree with the article's loop, and no change to them would."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import watch
from figures import FIGURES, draw
from figures.mutants import mutants
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
        ("decision-boundary", "0.4482", "0.4483", "the description is"),
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


def _changed(name, change):
    """What is said of a picture after `change` has been at its elements, by name or words."""
    root = ET.fromstring(draw(name))
    elements = {it.text: it for it in root.iter("text")}
    elements |= {it.get("data-name"): it for it in root.iter() if it.get("data-name")}
    change(root, elements)
    return " ".join(disagreements(name, ET.tostring(root, encoding="unicode")))


def _mirrored(start, end):
    """Synapses that end, or start, at the neuron as far from the other end of the column."""

    def change(root, _):
        for line in root.iter("line"):
            for y, places in (("y1", start), ("y2", end)):
                if places and line.get("data-name", "").startswith(places):
                    line.set(y, f"{276 - float(line.get(y)):g}")

    return change


def _exchanged(one, other, *attributes):
    """Two elements that have changed places."""

    def change(_, elements):
        for it in attributes:
            first, second = elements[one].get(it), elements[other].get(it)
            elements[one].set(it, second)
            elements[other].set(it, first)

    return change


def _added(tag, **attributes):
    def change(root, _):
        ET.SubElement(root, tag, {name.replace("_", "-"): it for name, it in attributes.items()})

    return change


def _said(words, *exchanged):
    """Words of the description, a title or a label, changed."""

    def change(root, _):
        for element in root.iter():
            if words in (element.text or ""):
                for before, after in exchanged:
                    element.text = element.text.replace(before, after)

    return change


def _set(name, attribute, value):
    return lambda _, elements: elements[name].set(attribute, value)


_LEGEND = ("pushes up", "holds back")
_YES_AND_NO = (("yes", "YES"), (" no ", " yes "), ("YES", "no"))
_EXTRA = {"x1": "40", "y1": "60", "x2": "160", "y2": "60"}


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("layers-trained", _mirrored("w1", None), "w1-1-1 joins c-x1 and c-h1"),
        ("layers-trained", _mirrored(None, "w1"), "w1-1-1 joins c-x1 and c-h1"),
        ("layers-trained", _mirrored("w2", "w2"), "w2-1-1 joins c-h1 and c-o"),
        ("layers-trained", _exchanged("c-h1", "c-h4", "cy"), "hidden neurons out of order"),
        ("layers-trained", _set("c-h2", "cx", "176"), "hidden neurons: 176"),
        ("layers-trained", _exchanged("v1", "v3", "y"), "v1 does not stand at w2-1-1"),
        ("layers-trained", _set("v1", "y", "30"), "v1 does not stand at w2-1-1"),
        ("layers-trained", _set("v1", "class", "value positive halo"), "(value positive halo) too"),
        ("layers-trained", _exchanged("h1", "h3", "y"), "h1 does not stand in c-h1"),
        ("layers-trained", _exchanged("inputs", "answer", "x"), "'inputs' does not stand over"),
        ("layers-trained", _added("line", **_EXTRA), "a mark 'line.' too many"),
        ("layers-trained", _added("line", data_name="w1-1-1"), "a mark 'w1-1-1' too many"),
        ("layers-trained", _set("c-h1", "transform", "scale(2)"), "has ['transform']"),
        ("layers-trained", _set("c-x1", "class", "input absent"), "c-x1 is drawn as"),
        ("layers-trained", _said("solid", (_LEGEND[0], _LEGEND[1])), "a label 'solid: pushes up"),
        ("layers-trained", _said("Three", ("hidden", "first")), "the description is"),
        ("xor-plane", _exchanged("neither", "not both", "x", "y"), "'neither' does not stand"),
        ("xor-plane", _set("not both", "y", "176"), "'not both' does not stand"),
        (
            "xor-plane",
            _exchanged("no single line parts yes from no", "part yes from no", "x"),
            "'part yes from no' does not stand over",
        ),
        ("xor-plane", _exchanged("what belongs together", "two lines", "x"), "does not stand over"),
        ("xor-plane", _added("line", **_EXTRA, **{"class": "alike"}), "'line.alike' too many"),
        ("xor-plane", _added("path", d="M40 60L160 60"), "'path.' too many"),
        ("xor-plane", _added("polygon", points="0,0 9,9 0,9"), "'polygon.' too many"),
        ("xor-plane", _set("no", "class", "alike target"), "no is drawn as 'alike target'"),
        ("xor-plane", _set("yes", "class", "alike error"), "yes is drawn as"),
        ("xor-plane", _set("yes", "class", "alike"), "yes is drawn as"),
        ("xor-plane", _set("two11", "class", "corner target"), "two11 is drawn as"),
        ("xor-plane", _said("Two squares", *_YES_AND_NO), "the description is"),
        ("xor-plane", _said("Why one", ("one", "two")), "the title is"),
        ("xor-plane", _set("input 2 →", "transform", "rotate(90 14 122)"), "runs another way"),
        ("xor-plane", _set("input 2 →", "x", "350"), "runs another way"),
        ("neuron-start", _set("x1", "class", "value positive"), "(value positive) too many"),
        ("neuron-start", _set("c-x1", "class", "input absent"), "c-x1 is drawn as"),
        ("neuron-start", _set("z", "y", "180"), "z does not stand in c-z"),
        ("neuron-start", _set("o", "y", "50"), "the answer's height"),
        ("neuron-start", _exchanged("w1", "w3", "y1"), "w1 joins c-x1 and c-z"),
        ("neuron-start", _exchanged("v1", "v3", "y"), "v1 does not stand at w1"),
        ("neuron-start", _exchanged("x1", "x2", "y"), "x1 does not stand in c-x1"),
        ("neuron-start", _exchanged("inputs", "answer", "x"), "'inputs' does not stand over"),
        ("neuron-trained", _added("line", **_EXTRA), "a mark 'line.' too many"),
        ("neuron-trained", _said("solid", ("thick", "thin")), "a label 'solid"),
        ("neuron-trained", _said("Three inputs", ("sum", "mean")), "the description is"),
        ("decision-boundary", _exchanged("input 1 →", "← no", "y"), "changed sides"),
        ("decision-boundary", _set("corner001", "class", "corner target"), "corner001 is drawn"),
        ("decision-boundary", _set("boundary0", "class", "curve"), "boundary0 is drawn as"),
        ("decision-boundary", _added("line", **_EXTRA), "a mark 'line.' too many"),
        ("decision-boundary", _exchanged("taught", "never taught", "x"), "does not stand over"),
        ("decision-boundary", _exchanged("answer001", "answer101", "x"), "answer 001"),
        ("decision-boundary", _exchanged("← no", "yes →", "x"), "changed sides"),
        ("decision-boundary", _said("Two squares", *_YES_AND_NO), "the description is"),
    ],
)  # fmt: skip
def test_a_picture_that_says_something_else_is_refused(name, change, said):
    assert said in _changed(name, change)


def test_every_changed_mark_of_the_networks_is_noticed():
    survivors = [
        mutant
        for mutant in mutants()
        if mutant.where in {"figure:layers-trained", "figure:neuron-start", "figure:xor-plane"}
        and not mutant.caught()
    ]
    assert survivors == []


def test_an_unknown_picture_is_refused_by_name():
    with pytest.raises(KeyError, match=r"no figure 'neuron-stat'.*neuron-start"):
        draw("neuron-stat")
