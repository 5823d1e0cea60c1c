"""Bring pages up to date: `python -m provenpages update docs README.md`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from provenpages import page as pages
from provenpages.programs import installed_programs
from provenpages.update import diff, updated


def main() -> int:
    """Run the command line; 0 when the pages are as they should be now, else 1."""
    parser = argparse.ArgumentParser(prog="provenpages", description=__doc__)
    commands = parser.add_subparsers(required=True)
    update = commands.add_parser("update", help="rewrite outputs and bound numbers that changed")
    update.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    update.add_argument("--yes", action="store_true", help="do not ask before writing")
    options = parser.parse_args()
    if os.environ.get("CI"):
        parser.error("refused in CI: pages are brought up to date by people, who look at the diff")

    programs = installed_programs(Path.cwd())
    wrong = False
    for path in _pages(options.paths):
        page = pages.read(path)
        new, failures = updated(page, programs)
        for failure in failures:
            print(failure, file=sys.stderr)
        if new != page.text:
            print(diff(page, new))
            if options.yes or input(f"Write {path}? [y/N] ").strip().lower() == "y":
                path.write_text(new, encoding="utf-8")
            else:
                wrong = True
        wrong = wrong or bool(failures)
    return int(wrong)


def _pages(paths: list[Path]) -> list[Path]:
    return [page for path in paths for page in (sorted(path.rglob("*.md")) if path.is_dir() else [path])]


if __name__ == "__main__":
    sys.exit(main())
