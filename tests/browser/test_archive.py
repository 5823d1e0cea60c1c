"""The whole site in one file."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from browser.test_pages import PATHS
from provenpages.site.archive import pack
from serving import serving

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    file = folder / "site.zip"
    made = subprocess.run(
        [sys.executable, "-m", "provenpages.site.archive", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    return folder / "first-neuron"


def test_it_is_as_large_as_teachers_are_told(unpacked):
    told = re.search(
        r"one file of about (\d+) MB", (ROOT / "docs" / "teachers.md").read_text("utf-8")
    )
    size = (unpacked.parent / "site.zip").stat().st_size / 1e6
    assert abs(size / int(told[1]) - 1) < 0.2


def test_the_same_site_gives_the_same_archive(tmp_path):
    for name in ("b.html", "a.html", "deep/c.css", "large.js.map"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, "utf-8")
    pack(tmp_path / "site", tmp_path / "one.zip")
    (tmp_path / "site" / "a.html").touch()
    pack(tmp_path / "site", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        names = [name.removeprefix("first-neuron/") for name in archive.namelist()]
    assert names == ["READ ME FIRST.txt", "a.html", "b.html", "deep/c.css"]


def test_opened_as_files_the_pages_can_be_read_and_say_what_is_missing(unpacked, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for path in PATHS[1:]:  # 404.html is for servers
        name = "index.html" if not path else path.replace("/", ".html")
        page.goto((unpacked / name).as_uri())
        assert page.locator("h1").is_visible()
        assert page.locator(".plain-file").is_visible()
        assert page.locator(".copy:visible").count() == 0
        for formula in page.locator(".katex-html").all()[:1]:
            assert formula.bounding_box()["width"] > 5
    page.goto((unpacked / "the-sigmoid.html").as_uri())
    assert page.evaluate(
        "[...document.fonts].some(it => it.family == 'Inter' && it.status == 'loaded')"
    )
    page.locator("article a[href='one-step-by-hand.html']").first.click()
    page.wait_for_url("file://**/one-step-by-hand.html")
    context.close()


def test_behind_a_local_server_everything_works(unpacked, visiting, base_url):
    with serving(unpacked) as address, visiting() as page:
        page.complaints.clear()
        page.goto(address + "one-neuron.html")
        page.locator(".md-search__input").fill("slope")
        page.locator(".md-search-result__item a").first.click()
        page.wait_for_url("**/*.html?h=*")
        elsewhere = ("leaves the site", f"failed: {base_url}")  # what was left for this address
        complaints = [it for it in page.complaints if not it.startswith(elsewhere)]
        assert complaints == []
        assert not page.locator(".plain-file").is_visible()
