"""What `make lighthouse` makes of what Lighthouse says. Lighthouse itself is not asked here."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("measured", ROOT / "benchmarks" / "lighthouse.py")
lighthouse = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(lighthouse)

ROW = {
    "performance": 0.91,
    "accessibility": 1,
    "best practices": 1,
    "SEO": 0.92,
    "LCP": 2461.7,
    "CLS": 0.0004,
    "TBT": 229.5,
}


def report(**changes):
    categories = {"performance": 0.91, "accessibility": 1, "best-practices": 1, "seo": 0.92}
    audits = {
        "largest-contentful-paint": 2461.7,
        "cumulative-layout-shift": 0.0004,
        "total-blocking-time": 229.5,
    }
    return {
        "requestedUrl": "http://127.0.0.1:8000/first-neuron/",
        "lighthouseVersion": "13.5.0",
        "environment": {"hostUserAgent": "X HeadlessChrome/156.0.0.0 Y", "benchmarkIndex": 2971.5},
        "categories": {key: {"score": score} for key, score in categories.items()},
        "audits": {key: {"numericValue": value} for key, value in audits.items()},
    } | changes


def test_the_pages_are_those_of_the_navigation_in_its_order():
    nav = [{"Home": "index.md"}, {"The idea": [{"One": "one.md"}, "two.md"]}, {"API": "api.md"}]
    assert list(lighthouse.pages(nav)) == ["index", "one", "two", "api"]


def test_the_numbers_of_a_report_are_found():
    assert lighthouse.numbers(report()) == ROW


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"runtimeError": {"code": "NO_FCP", "message": "nothing was painted"}}, "nothing was"),
        ({"categories": report()["categories"] | {"seo": {"score": None}}}, "a number is missing"),
    ],
)
def test_a_page_that_could_not_be_judged_is_no_good_page(changes, why):
    with pytest.raises(SystemExit, match=f"http://127.0.0.1:8000/first-neuron/: {why}"):
        lighthouse.numbers(report(**changes))


def test_the_median_is_that_of_each_column():
    runs = [{"a": 3, "b": 0.1}, {"a": 1, "b": 0.9}, {"a": 2, "b": 0.2}]
    assert lighthouse.medians(runs) == {"a": 2, "b": 0.2}


def test_the_table_is_lined_up():
    assert (
        lighthouse.table({"index": ROW, "one": ROW | {"performance": 1.0}})
        == """\
| page  | performance | accessibility | best practices | SEO |    LCP |   CLS |    TBT |
| ----- | ----------: | ------------: | -------------: | --: | -----: | ----: | -----: |
| index |          91 |           100 |            100 |  92 | 2.46 s | 0.000 | 230 ms |
| one   |         100 |           100 |            100 |  92 | 2.46 s | 0.000 | 230 ms |
"""
    )


def test_the_file_says_when_and_with_what_it_was_measured():
    text = lighthouse.text({"index": ROW}, 3, report(), dt.date(2026, 1, 2))
    for fact in (
        "2026-01-02",
        "Lighthouse 13.5.0",
        "Chromium 156.0.0.0",
        "3 runs",
        "2972",
        "noisy",
    ):
        assert fact in text
    assert text.endswith(lighthouse.table({"index": ROW}))


@pytest.mark.parametrize(
    ("canonical", "port"),
    [
        ("http://127.0.0.1:8391/first-neuron/", 8391),
        ("https://example.org/first-neuron/", None),
        ("http://127.0.0.1:8391/elsewhere/", None),
        (None, None),
    ],
)
def test_the_site_is_served_where_it_was_built_for_or_not_at_all(tmp_path, canonical, port):
    if canonical:
        (tmp_path / "index.html").write_text(f'<link rel="canonical" href="{canonical}">', "utf-8")
    if port:
        assert lighthouse.port_of(tmp_path) == port
    else:
        with pytest.raises(SystemExit, match="not built"):
            lighthouse.port_of(tmp_path)
