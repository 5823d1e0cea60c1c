"""The same pages by another builder: `python -m provenpages.site.portable ZENSICAL`.

Zensical, the theme's successor, knows no MkDocs hooks. Our steps are functions on text, so they
are taken over the pages that it wrote. What comes out is compared with what MkDocs makes of them.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from provenpages import counts, project
from provenpages import page as pages
from provenpages.site import assets, finish, frame, maths, plain, policy, python, takeaway, terms
from watch import describe, draw

_ROOT = Path(__file__).resolve().parents[3]
_ARTICLE = re.compile(
    r"(<article class=\"md-content__inner md-typeset\">)(.*?)(</article>)", re.DOTALL
)
_COUNTED = {
    "formulas": '<span class="katex">',
    "pictures": "<svg viewBox",
    "outputs": '<div class="block-output">',
    "blocks": '<div class="block"',
    "tables": "<table",
    "bound numbers": "data-is=",
    "definitions": 'class="definition"',
}


def finished(site: Path, docs: Path, node_modules: Path, cache: Path) -> None:
    """Take the steps over every page that another builder wrote.

    Args:
        site: The built site.
        docs: The pages it was built from.
        node_modules: Where npm put KaTeX and the fonts.
        cache: A folder in which to keep what takes long to make.
    """
    katex = maths.Katex(node_modules)
    package, runtime = python.wheel(_ROOT, cache), python.runtime(node_modules, cache)
    words = terms.terms_in((site / "glossary" / "index.html").read_text("utf-8"))
    for source in sorted(docs.glob("*.md")):
        home, glossary = source.stem == "index", source.stem == "glossary"
        page, path = pages.read(source), built(site, source)
        around = finish.Surroundings(
            page=page,
            draw=draw,
            terms=() if glossary else words,
            glossary="glossary/" if home else "../glossary/",
            actions=_taken_away(page, path.parent),
            proven=True,  # MkDocs has built it, strictly
            wheel=("" if home else "../") + package.address,
            python_bytes=runtime.loaded if runtime else 0,
            elsewhere=project.elsewhere(_ROOT),
        )
        html = path.read_text("utf-8")
        before, begin, body, end, after = re.split(_ARTICLE, html, maxsplit=1)
        body = finish.body(maths.with_text(body, katex), around, katex)
        path.write_text(policy.with_policy(before + begin + body + end + after), "utf-8")
    assets.write(site, docs / "assets" / "css", node_modules, katex, cache)
    python.write(site, _ROOT, package, runtime)


def fill_in_counts(docs: Path) -> None:
    """Write into the pages of a folder how much all of them hold together."""
    sources = [pages.read(path) for path in sorted(docs.glob("*.md"))]
    found = counts.counted(sources, project.elsewhere(_ROOT).libraries)
    for page in sources:
        page.path.write_text(counts.with_counts(page, found), "utf-8")


def _taken_away(page: pages.Page, folder: Path) -> frame.Actions:
    """What readers can take away, written beside the page."""
    taken = {"index.md": plain.markdown(page, f"/{page.path.name}", describe)}
    if page.chains:
        origin = takeaway.Origin("First Neuron", lambda _: "")
        for ending, make in ((".ipynb", takeaway.notebook), (".py", takeaway.script)):
            taken[takeaway.name(page.path, origin.site) + ending] = make(page, origin, describe)
    for name, text in taken.items():
        (folder / name).write_text(text, "utf-8")
    return frame.Actions(*taken)  # in this order


def differences(one: str, other: str) -> list[str]:
    """What the article of one page has and that of the other has not, in words."""
    first, second = (_ARTICLE.findall(html)[0][1] for html in (one, other))
    found = [
        f"{first.count(mark)} {name} here, {second.count(mark)} there"
        for name, mark in _COUNTED.items()
        if first.count(mark) != second.count(mark)
    ]
    here, there = (Counter(re.sub(r"<[^>]+>", " ", body).split()) for body in (first, second))
    missing, more = sorted((there - here).elements()), sorted((here - there).elements())
    if missing or more:
        found.append(f"words missing: {missing[:9]}, words more: {more[:9]}")
    return found


def built(site: Path, source: Path) -> Path:
    """Where a site has the page that was made of `source`."""
    return site / "index.html" if source.stem == "index" else site / source.stem / "index.html"


def main() -> int:
    """Build with both, finish, compare."""
    parser = argparse.ArgumentParser(prog="portable", description=__doc__)
    parser.add_argument("zensical", type=Path, help="the Python in which Zensical is installed")
    python = parser.parse_args().zensical
    docs, node_modules, cache = _ROOT / "docs", _ROOT / "node_modules", _ROOT / ".cache" / "site"
    with tempfile.TemporaryDirectory() as folder:
        ours, copy = Path(folder, "mkdocs"), Path(folder, "copy")
        theirs = copy / "site"
        for part in ("docs", "src"):  # a copy, since Zensical clears folders that are not its own
            shutil.copytree(_ROOT / part, copy / part)
        shutil.copy(_ROOT / "mkdocs.yml", copy)
        fill_in_counts(copy / "docs")
        quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        zensical = [python.absolute(), "-m", "zensical", "build", "--strict"]
        subprocess.run([*mkdocs, "--site-dir", ours], cwd=_ROOT, env=quiet, check=True)  # noqa: S603
        subprocess.run(zensical, cwd=copy, check=True)  # noqa: S603
        finished(theirs, copy / "docs", node_modules, cache)
        problems = [
            f"{source.name}: {difference}"
            for source in sorted(docs.glob("*.md"))
            for difference in differences(
                built(theirs, source).read_text("utf-8"), built(ours, source).read_text("utf-8")
            )
        ]
    count = len(list(docs.glob("*.md")))
    sys.stdout.write("\n".join([*problems, f"{count} pages, {len(problems)} differences\n"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
