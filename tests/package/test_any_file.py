"""Any file is a network or is refused by its name, soon and with a short reason."""

import json
import re
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firstneuron import MultiLayerNetwork, NeuralNetwork
from package.hard import bits, networks, parameters_of, quiet, usable

HEADS = {"format": "firstneuron network", "version": 1}
GOOD = HEADS | {"kind": "NeuralNetwork", "synaptic_weights": [1.5, 2], "bias": None}

anything_in_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = ["format", "version", "kind", "layer_sizes", "synaptic_weights", "biases", "bias"]
tokens = st.one_of(
    anything_in_json.map(json.dumps),
    st.sampled_from(
        ["NaN", "-Infinity", "1e999", "-1e999", "1e-999", "-0", "-0.0", "0x10", "01", "1.", ".5"]
    ),
    st.sampled_from(
        ["1" * 309, "1" * 400, "1" * 5000, "9" * 18, "1e308", "[]", "[[]]", "{}", '"1"']
    ),
    st.sampled_from([1, 2, 50, 900, 985, 990, 995, 1000, 1010, 100_000]).map(
        lambda deep: "[" * deep + "]" * deep
    ),
    st.integers(1, 3).map(lambda deep: "[" * deep + "1" + "]" * deep),
)


def with_one_thing_changed(draw, contents, text):
    """Each way to change one thing of a file, to choose one from."""
    places, names = st.integers(0, len(text) - 1), st.sampled_from(sorted(contents))

    def character():
        place = draw(places)
        return text[:place] + draw(st.text(max_size=1)) + text[place + 1 :]

    def stretch():
        start, end = sorted([draw(places), draw(places)])
        return text[:start] + text[end:]

    def value():
        changed = json.dumps(contents | {draw(st.sampled_from(NAMES)): "@"})
        return changed.replace('"@"', draw(tokens))

    def number():
        numbers = re.findall(r"-?\d[\d.e+-]*", text)
        return text.replace(draw(st.sampled_from(numbers)), draw(tokens), 1)

    def name():
        other = draw(st.sampled_from(NAMES) | st.text())
        return text.replace(f'"{draw(names)}"', json.dumps(other))

    def name_twice():
        it = draw(names)
        return f'{{"{it}": {json.dumps(contents[it])}, {text[1:]}'

    return [
        character,
        stretch,
        value,
        number,
        name,
        name_twice,
        lambda: text[: draw(places)],
        lambda: text + draw(st.sampled_from([text, "\n\n", "\0", "}", ","])),
        lambda: draw(st.sampled_from(["\ufeff", "\0", " ", "\n", "// ", "#"])) + text,
    ]


def saved(network):
    """What `save` writes of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "network.json")
        network.save(path)
        return path.read_text("utf-8")


@st.composite
def nearly_right(draw):
    """What `save` writes of a network, with one thing changed, in one encoding or another."""
    text = saved(draw(networks()))
    changes = with_one_thing_changed(draw, json.loads(text), text)
    encodings = st.sampled_from(["utf-8"] * 5 + ["utf-16", "utf-8-sig", "latin-1"])
    return draw(st.sampled_from(changes))().encode(draw(encodings), "replace")


files = st.one_of(
    st.binary(max_size=40),
    anything_in_json.map(lambda it: json.dumps(it).encode()),
    st.dictionaries(st.sampled_from(NAMES), anything_in_json, max_size=5).map(
        lambda it: json.dumps(HEADS | {"kind": "NeuralNetwork"} | it).encode()
    ),
    *[nearly_right()] * 5,
)


class Seen(list):
    """What Python tells of what it does, while it is asked for."""

    asked = False

    def hear(self, event, about):
        if self.asked:
            self.append((event, about))


SEEN = Seen()


@pytest.fixture(scope="module", name="a_file")
def _a_file(tmp_path_factory):
    sys.addaudithook(SEEN.hear)
    return tmp_path_factory.mktemp("any") / "network.json"


@given(content=files)
@example(content=json.dumps(GOOD | {f"name {number}": 0 for number in range(1000)}).encode())
@example(content=b'{"format": "firstneuron network", "version": ' + b"[" * 985 + b"]" * 985 + b"}")
def test_any_file_is_a_usable_network_or_is_refused_by_name(content, a_file):
    a_file.write_bytes(content)
    for kind in (NeuralNetwork, MultiLayerNetwork):
        try:
            with quiet():
                network = kind.load(a_file)
        except ValueError as error:
            says = str(error)
        else:
            says = ""
            assert type(network) is kind
            assert usable(network)
            network.save(a_file)
            assert bits(parameters_of(kind.load(a_file))) == bits(parameters_of(network))
        start = f"{a_file}: not a network that this version can load: "
        assert not says or says.startswith(start)
        assert len(says) < len(start) + 300


@given(content=files)
def test_nothing_in_a_file_is_run(content, a_file):
    a_file.write_bytes(content)
    for kind in (NeuralNetwork, MultiLayerNetwork):
        SEEN.clear()
        SEEN.asked = True
        try:
            kind.load(a_file)
        except ValueError:
            pass
        finally:
            SEEN.asked = False
        assert {event for event, _ in SEEN} <= {"open"}
        assert [str(about[0]) for _, about in SEEN] == [str(a_file)]
