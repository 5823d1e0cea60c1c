"""Work on pages: bring them up to date, or measure whether their checks bite.

python -m provenpages update docs README.md
python -m provenpages mutate docs README.md
"""

# ruff: noqa: T201 -- to print is what a command line is for

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from provenpages.meter import measure
from provenpages.project import elsewhere, installed_programs, languages, modules
from provenpages.run import PageRun
from provenpages.update import diff, updated


def main() -> int:
    """Run the command line; 0 when the pages are as they should be now, else 1."""
    parser = argparse.ArgumentParser(prog="provenpages", description=__doc__)
    commands = parser.add_subparsers(required=True)
    update = commands.add_parser("update", help="rewrite outputs and bound numbers that changed")
    update.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    update.add_argument("--yes", action="store_true", help="do not ask before writing")
    mutate = commands.add_parser("mutate", help="change one thing at a time: do the checks notice?")
    mutate.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    mutate.add_argument("--sample", type=int, metavar="N", help="try only so many, at random")
    mutate.add_argument("--seed", type=int, default=0, metavar="N", help="where the draw begins")
    mutate.set_defaults(do=_mutate)
    update.set_defaults(do=_update)
    options = parser.parse_args()
    for path in options.paths:
        if not path.exists():
            parser.error(f"there is no {path}")
    return int(options.do(parser, options))


def _mutate(_parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    outcome = measure(Path.cwd(), _pages(options.paths), sample=options.sample, seed=options.seed)
    if isinstance(outcome, list):
        print(*outcome, "These pages are wrong as they are: nothing was measured.", sep="\n\n")
        return 1
    print(outcome)
    return 1 if outcome.survivors or outcome.stale else 0


def _update(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if os.environ.get("CI"):
        parser.error("refused in CI: people bring pages up to date, and look at the difference")

    root = Path.cwd()
    begin = partial(PageRun, modules=modules(root), elsewhere=elsewhere(root))
    settings = installed_programs(root), languages(root), begin
    good = True
    for path in _pages(options.paths):
        text = path.read_bytes().decode("utf-8")  # as bytes, so that its line ends stay
        new, failures = updated(text, path, *settings)
        for failure in failures:
            print(failure, file=sys.stderr)
        good = good and not failures
        if new != text:
            print(diff(text, new, path))
            if options.yes or _agreed(f"Write {path}? [y/N] "):
                path.write_bytes(new.encode("utf-8"))
            else:
                good = False
    return 0 if good else 1


def _agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:  # nobody is there to answer
        return False


def _pages(paths: list[Path]) -> list[Path]:
    return [
        it for path in paths for it in (sorted(path.rglob("*.md")) if path.is_dir() else [path])
    ]


if __name__ == "__main__":
    sys.exit(main())
