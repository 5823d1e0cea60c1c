"""Whose work goes out with the site, and the notices that have to go with it.

What a notice says is never typed in: it is what each work brings along where it is installed.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from provenpages.site.runtime import numpy_wheel

_FROM_PYTHON = ("firstneuron", "mkdocs", "mkdocs-material", "mkdocstrings-python")
_FROM_NPM = {
    "inter": "@fontsource-variable/inter",
    "jetbrains-mono": "@fontsource-variable/jetbrains-mono",
    **{
        name: name
        for name in (
            *("clipboard", "error-stack-parser", "escape-html", "focus-visible", "katex", "lunr"),
            *("material-design-color", "rxjs", "tiny-emitter", "tslib"),
        )
    },
}
_ICONS = {  # by the folder in which the theme has them
    "material": ("material-design-icons", "Apache-2.0"),
    "fontawesome": ("font-awesome", "CC-BY-4.0"),
    "octicons": ("octicons", "MIT"),
}
_LICENCE_FILE = re.compile(r"licen[cs]e|copying", re.IGNORECASE)
_OFL = re.compile(r"-+\s*SIL OPEN FONT LICENSE.*", re.DOTALL)
_OFL_IN_FONT = 13  # the record of a font that says how it may be used


@dataclass(frozen=True)
class Part:
    """Somebody's work that is part of the site.

    Attributes:
        version: Its version, if it says one.
        licence: How it may be used, by the short name that SPDX gives the licence.
        notice: What has to go with every copy.
    """

    version: str
    licence: str
    notice: str


def parts(root: Path) -> dict[str, Part]:
    """All of them, by the name of the file in which the site has the notice.

    Args:
        root: The folder of the project, all that it needs being installed.
    """
    node_modules = root / "node_modules"
    npm = {name: _npm(node_modules / package) for name, package in _FROM_NPM.items()}
    return {
        **{name: _python(name) for name in _FROM_PYTHON},
        **npm,
        **dict(_icons()),
        "katex-fonts": _katex_fonts(node_modules, npm["inter"].notice),
        **_in_the_page(node_modules),
    }


def notices(root: Path) -> dict[str, str]:
    """What the site has to say of each part, by the name of the file.

    Args:
        root: The folder of the project, all that it needs being installed.
    """
    return {f"{name}.txt": part.notice for name, part in parts(root).items()}


def _python(name: str) -> Part:
    about = metadata.metadata(name)
    return Part(about["Version"], about["License-Expression"], _python_notice(name))


def _python_notice(name: str, below: str = ".dist-info/") -> str:
    files = metadata.files(name) or []
    found = [it for it in files if below in str(it) and _LICENCE_FILE.search(it.name)]
    return _together({str(it): it.read_text("utf-8") for it in found})


def _npm(folder: Path) -> Part:
    about = _json(folder / "package.json")
    files = [it for it in folder.iterdir() if it.is_file() and _LICENCE_FILE.search(it.name)]
    texts = {it.name: it.read_text("utf-8") for it in files}
    return Part(about["version"], about["license"], _together(texts))


def _icons() -> dict[str, Part]:
    theme = metadata.distribution("mkdocs-material")
    found = {}
    for folder, (name, licence) in _ICONS.items():
        icons = Path(str(theme.locate_file("material/templates/.icons"))) / folder
        (notice,) = icons.glob("LICENSE*")
        found[name] = Part("", licence, notice.read_text("utf-8"))
    return found


def _katex_fonts(node_modules: Path, with_ofl: str) -> Part:
    """The fonts of the formulas, whose licence stands within them, but for its text."""
    fonts = sorted((node_modules / "katex" / "dist" / "fonts").glob("*.woff2"))
    said = {it.name: str(TTFont(it)["name"].getDebugName(_OFL_IN_FONT)) for it in fonts}
    text = _OFL.search(with_ofl)
    if text is None:
        raise LookupError("the licence of Inter does not hold the Open Font Licence any more")
    version = _json(node_modules / "katex" / "package.json")["version"]
    return Part(version, "OFL-1.1", _together({**said, "OFL.txt": text[0]}))


def _in_the_page(node_modules: Path) -> dict[str, Part]:
    """What runs Python in the page."""
    folder = node_modules / "pyodide"
    lock, about = _json(folder / "pyodide-lock.json"), _json(folder / "package.json")
    version = about["version"]
    source = f"Pyodide {version}. Its source: {about['repository']['url']}/tree/{version}\n\n"
    wheel = numpy_wheel(node_modules)
    numpy = {}
    if wheel:
        with zipfile.ZipFile(wheel) as packed:
            files = [it for it in packed.namelist() if _LICENCE_FILE.search(Path(it).name)]
            numpy = {it: packed.read(it).decode() for it in files}
    # The wheel leaves out what some parts of NumPy say; the NumPy that is installed has it.
    of_parts = _python_notice("numpy", "licenses/numpy/")
    numpy_notice = "\n".join([_together(numpy), of_parts] if numpy else [of_parts])
    return {
        # Pyodide and Python bring no notice to npm; these two are under the very same licences.
        "pyodide": Part(version, about["license"], source + _python_notice("pathspec")),
        "python": Part(lock["info"]["python"], "PSF-2.0", _python_notice("typing-extensions")),
        "numpy": Part(lock["packages"]["numpy"]["version"], "BSD-3-Clause", numpy_notice),
    }


def _together(texts: dict[str, str]) -> str:
    """Several texts as one, each below the name of its file if there are several."""
    if len(texts) == 1:
        (text,) = texts.values()
        return text
    return "\n".join(f"==== {name} ====\n\n{texts[name].strip()}\n" for name in sorted(texts))


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content
