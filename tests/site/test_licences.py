"""Whose work goes out with the site: no file without a line, no line without its notice."""

from __future__ import annotations

import io
import json
import re
import zipfile
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote

import pytest
from fontTools.ttLib import TTFont

from provenpages.site import fonts
from provenpages.site.archive import pack
from provenpages.site.licences import notices, parts
from provenpages.site.runtime import numpy_wheel

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "node_modules"
PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")
PARTS = parts(ROOT)
OURS, NOBODY = "First Neuron", "*their authors*"
WORDS = {  # that the text of a licence has, and the texts of others have not
    "0BSD": "distribute this software for any purpose with or without fee is hereby granted",
    "Apache-2.0": "Apache",
    "BSD-2-Clause": "Redistributions in binary form must reproduce the above copyright notice",
    "BSD-3-Clause": "Neither the name of the NumPy Developers nor the names of any contributors",
    "CC-BY-4.0": "# Icons: CC BY 4.0 License",
    "ISC": "ISC License",
    "MIT": "Permission is hereby granted, free of charge, to any person obtaining a copy",
    "MPL-2.0": "Mozilla Public License Version 2.0",
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    "W3C": "W3C Software and Document",
}
IN_THEME = {  # its packages, by what the page calls them
    **{it: it for it in ("escape-html", "focus-visible", "tslib")},
    "clipboard": "clipboard.js",
    "lunr": "Lunr",
    "rxjs": "RxJS",
    "material-design-color": "Material Design colours",
}
ICONS = {
    "material": "Material Design Icons",
    "octicons": "Octicons",
    "fontawesome": "Font Awesome",
    "simple": "Simple Icons",
}


def rows(heading):
    """The cells of the table below a heading of the page."""
    section = PAGE.partition(heading)[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


FILES = {
    tuple(re.findall("`([^`]+)`", files)): set(works.split(", "))
    for files, works in rows("{ #files }")
}
WORKS = {
    re.match(r"\[([^]]+)\]", work)[1]: (whose, re.search(r"\((licences/[^)]+)\)", notice)[1])
    for work, whose, notice in rows("{ #works }")
}


def problems(names, lines):
    """The files that belong to no line or to several, and the patterns that no file belongs to."""
    patterns = [pattern for line in lines for pattern in line]
    found = []
    for name in sorted(names):
        belongs = [pattern for pattern in patterns if fnmatchcase(name, pattern)]
        if len(belongs) != 1:
            found.append(f"{name} belongs to {belongs or 'no line'}")
    empty = [it for it in patterns if not any(fnmatchcase(name, it) for name in names)]
    return found + [f"nothing belongs to {it}" for it in empty]


def works_in(name):
    (line,) = (
        works for patterns, works in FILES.items() for it in patterns if fnmatchcase(name, it)
    )
    return line


@pytest.fixture(scope="module")
def names(site, tmp_path_factory):
    """What the site can send to a reader, and what is in the archive of it."""
    archive = tmp_path_factory.mktemp("packed") / "site.zip"
    pack(site, archive)
    with zipfile.ZipFile(archive) as packed:
        packed_names = {it.removeprefix("first-neuron/") for it in packed.namelist()}
    there = {it.relative_to(site).as_posix() for it in site.rglob("*") if it.is_file()}
    workflow = (ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    (folder,) = re.findall("cp dist/first-neuron-site.zip site/(.*)", workflow)
    return there | packed_names | {f"{folder}first-neuron-site.zip"}


@pytest.mark.slow
def test_every_file_of_the_site_and_of_its_archive_belongs_to_one_line(names):
    assert len(names) > 200
    assert problems(names, FILES) == []


@pytest.mark.slow
def test_a_file_without_a_line_with_two_and_a_line_without_a_file_are_found(names):
    more = {*names, "assets/javascripts/jquery.js", "fonts/other.woff2"}
    assert problems(more, FILES) == [
        "assets/javascripts/jquery.js belongs to no line",
        "fonts/other.woff2 belongs to no line",
    ]
    assert problems({"a.html"}, [("*.html", "a.*", "*.css")]) == [
        "a.html belongs to ['*.html', 'a.*']",
        "nothing belongs to *.css",
    ]


def test_whose_work_is_in_a_file_is_listed_and_whoever_is_listed_has_a_file():
    named = set.union(*FILES.values())
    assert len(WORKS) == len(PARTS) > 20
    assert named - {NOBODY} == set(WORKS)


def test_every_work_has_its_notice_and_no_notice_lies_there_for_nothing():
    linked = [notice for _, notice in WORKS.values()]
    assert sorted(linked) == sorted(f"licences/{name}" for name in notices(ROOT))


@pytest.mark.slow
def test_the_notices_are_on_the_site_as_their_authors_wrote_them(site):
    for name, text in notices(ROOT).items():
        assert (site / "licences" / name).read_text("utf-8") == text
    for name, package in (("katex", "katex"), ("rxjs", "rxjs")):
        (own,) = (NODE_MODULES / package).glob("LICENSE*")
        assert (site / "licences" / f"{name}.txt").read_bytes() == own.read_bytes()


@pytest.mark.parametrize("name", PARTS)
def test_a_notice_is_that_of_its_licence(name):
    text = " ".join(PARTS[name].notice.split()).replace("---------- ", "")
    assert WORDS[PARTS[name].licence] in text


@pytest.mark.parametrize("work", WORKS)
def test_whoever_is_named_stands_in_the_notice(work):
    whose, notice = WORKS[work]
    text = PARTS[Path(notice).stem].notice
    if work == "Pyodide":  # its licence names nobody
        assert "https://github.com/pyodide/pyodide" in text
    elif work == OURS:
        assert "First Neuron authors" in text
        assert "Milo Spencer-Harper" in text
    else:
        assert whose in text


def test_every_version_and_licence_is_computed():
    for name, part in PARTS.items():
        row = next(line for line in PAGE.splitlines() if f"[notice](licences/{name}.txt) |" in line)
        assert f"`{part.licence}`{{ data-is=\"part['{name}'].licence\" }}" in row
        if part.version:
            assert f"`{part.version}`{{ data-is=\"part['{name}'].version\" }}" in row
        else:
            assert row.count("data-is") == 1


# ---- the theme's script


def packages(source_map):
    """The packages that a map of the theme names, with those of their files that it holds."""
    found = {}
    contents = source_map.get("sourcesContent") or [None] * len(source_map["sources"])
    for source, content in zip(source_map["sources"], contents, strict=True):
        if match := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/(.+)", source):
            found.setdefault(match[1], {})[match[2]] = content
    return found


@pytest.mark.slow
def test_the_packages_in_the_theme_are_those_that_are_listed_to_the_byte(site):
    maps = list(site.rglob("*.map"))
    assert len(maps) >= 4
    seen, compared = set(), 0
    for path in maps:
        known = works_in(path.relative_to(site).as_posix())
        for package, files in packages(json.loads(path.read_text("utf-8"))).items():
            assert IN_THEME[package] in known, path.name
            seen.add(package)
            for name, content in files.items():
                if content is not None:
                    assert (NODE_MODULES / package / name).read_text("utf-8") == content
                    compared += 1
    assert seen == set(IN_THEME)
    assert compared > 100


def test_a_package_that_is_new_in_a_script_is_found():
    sources = ["src/index.ts", "../node_modules/rxjs/a.ts", "../node_modules/@other/one/b.js"]
    found = packages({"sources": sources, "sourcesContent": ["1", "2", "3"]})
    assert found == {"rxjs": {"a.ts": "2"}, "@other/one": {"b.js": "3"}}
    assert not found.keys() <= IN_THEME.keys()


@pytest.mark.slow
def test_what_no_page_uses_is_not_passed_on(site):
    assert not list(site.rglob("lunr.*.js"))
    assert not (site / "assets" / "images" / "favicon.png").exists()


# ---- icons


@pytest.fixture(scope="module")
def collections():
    """The collection of each icon that the theme has, by what is drawn."""
    theme = metadata.distribution("mkdocs-material")
    folder = Path(str(theme.locate_file("material/templates/.icons")))
    return {
        drawn: path.relative_to(folder).parts[0]
        for path in folder.rglob("*.svg")
        for drawn in re.findall(r' d="([^"]+)"', path.read_text("utf-8"))
    }


def icons(text):
    """What the icons in a file draw; our own pictures are larger or start elsewhere."""
    text = unquote(text)
    drawings = re.findall(
        r"<svg[^>]*viewBox=[\"']0 0 (?:16 16|24 24|\d{3} 512)[\"'].*?</svg>", text
    )
    return [it for drawing in drawings for it in re.findall(r"\bd=[\"']([^\"']+)", drawing)]


@pytest.mark.slow
def test_every_icon_is_of_a_collection_that_is_listed(site, collections):
    found = {}
    for path in site.rglob("*"):
        if path.suffix in {".html", ".css", ".js"}:
            name = path.relative_to(site).as_posix()
            (line,) = (it for it in FILES if any(fnmatchcase(name, pattern) for pattern in it))
            known = {ICONS[collections[it]] for it in icons(path.read_text("utf-8"))}
            found[line] = found.get(line, set()) | known
    assert sum(map(len, found.values())) >= 8
    for line, known in found.items():
        assert FILES[line] & set(ICONS.values()) == known, line


def test_an_icon_of_no_collection_is_found(collections):
    (drawn,) = icons('<svg viewBox="0 0 24 24"><path d="M1 2h3"/></svg>')
    assert drawn not in collections


# ---- letters


@pytest.mark.slow
def test_letters_say_whose_they_are_and_take_no_name_that_is_reserved(site):
    files = list(site.rglob("*.woff2"))
    assert len(files) == 23
    for path in files:
        names = TTFont(path)["name"]
        assert "Copyright" in names.getDebugName(0)
        assert "OFL" in names.getDebugName(14) or "openfontlicense" in names.getDebugName(14)
        reserved = re.findall(r"Reserved Font Name (\w+)", names.getDebugName(13) or "")
        assert bool(reserved) == path.name.startswith("KaTeX")
        for record in names.names:
            if record.nameID <= 6 and record.nameID:
                assert not any(it in str(record) for it in reserved), path.name


def test_a_reserved_name_is_given_back_and_no_other():
    katex = NODE_MODULES / "katex" / "dist" / "fonts" / "KaTeX_Main-Regular.woff2"
    assert TTFont(katex)["name"].getDebugName(4) == "KaTeX_Main-Regular"
    cut = TTFont(io.BytesIO(fonts.subset(katex, None, "x")))["name"]
    assert cut.getDebugName(4) == "CutMain-Regular"
    inter = NODE_MODULES / "@fontsource-variable" / "inter" / "files"
    cut = fonts.subset(inter / "inter-latin-wght-normal.woff2", None, "x")
    assert TTFont(io.BytesIO(cut))["name"].getDebugName(1) == "Inter"


# ---- Python in the page


def test_numpy_in_the_page_is_without_openblas():
    wheel = numpy_wheel(NODE_MODULES)
    assert wheel, "run `make test`, which fetches it"
    with zipfile.ZipFile(wheel) as packed:
        built = packed.read("numpy/__config__.py").decode()
        assert not any("openblas" in name.lower() for name in packed.namelist())
    assert re.search(r'"blas": \{\s+"name": "\w+",\s+"found": bool\("False"', built)
    assert "lapack_lite" in PARTS["numpy"].notice
