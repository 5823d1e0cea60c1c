"""Python for the pages: what a reader's browser has to load before a block can run.

Pyodide's core and NumPy have an address that changes with Pyodide only, so that they stay kept
from one edition of the site to the next.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from provenpages.site.keep import kept
from provenpages.site.runtime import numpy_wheel

_CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
_LOCK = "pyodide-lock.json"
_OURS = (
    "exercises/*.py",
    "provenpages/settings.py",
    "provenpages/workspace.py",
    "provenpages/in_page.py",
)
_TIME = (1980, 1, 1, 0, 0, 0)  # the same code gives the same file, whenever it is made


@dataclass(frozen=True)
class Wheel:
    """The package as a file to install.

    Attributes:
        name: Its file name.
        content: What is in it.
    """

    name: str
    content: bytes

    @property
    def address(self) -> str:
        """Where it lies below the site's address."""
        return f"downloads/{self.name}"


def wheel(root: Path, cache: Path) -> Wheel:
    """The package, built from its sources.

    Args:
        root: The folder of the project.
        cache: A folder in which to keep what was made.
    """
    sources = [root / "pyproject.toml", root / "README.md", root / "LICENSE"]
    sources += sorted((root / "src" / "firstneuron").rglob("*.py"))
    recipe = tuple(path.read_bytes() for path in sources)
    packed = kept(cache, recipe, partial(_built, root))
    name, _, content = packed.partition(b"\n")
    return Wheel(name.decode(), content)


def _built(root: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        builder = WheelBuilder(str(root))
        path = Path(next(iter(builder.build(directory=folder, versions=["standard"]))))
        return path.name.encode() + b"\n" + path.read_bytes()


@dataclass(frozen=True)
class Runtime:
    """What the browser loads, as files of the site.

    Attributes:
        folder: Where Pyodide and NumPy lie, below `assets`.
        files: Their names and contents.
        loaded: How many bytes a reader loads, once, where the server compresses.
    """

    folder: str
    files: dict[str, bytes]
    loaded: int


def runtime(node_modules: Path, cache: Path) -> Runtime | None:
    """Pyodide with NumPy and nothing else, if NumPy has been fetched.

    Args:
        node_modules: Where npm put Pyodide.
        cache: A folder in which to keep what was made.
    """
    wheel = numpy_wheel(node_modules)
    if wheel is None:
        return None
    pyodide = node_modules / "pyodide"
    lock = json.loads((pyodide / _LOCK).read_text("utf-8"))
    only_numpy = lock | {"packages": {"numpy": lock["packages"]["numpy"]}}
    files = {name: (pyodide / name).read_bytes() for name in _CORE}
    files[_LOCK] = json.dumps(only_numpy).encode()
    files[wheel.name] = wheel.read_bytes()
    compressed = [len(_compressed(content, cache)) for content in files.values()]
    return Runtime(f"pyodide-{lock['info']['version']}", files, sum(compressed))


def _compressed(content: bytes, cache: Path) -> bytes:
    return kept(cache, (b"gzip", content), partial(gzip.compress, content, 6, mtime=0))


def write(site: Path, root: Path, package: Wheel, runtime: Runtime | None) -> None:
    """Write it all into a built site: the package in any case, Python if it is there.

    Args:
        site: The built site.
        root: The folder of the project.
        package: The package.
        runtime: Pyodide and NumPy, if they could be had.
    """
    _write(site / package.address, package.content)
    if runtime is None:
        return
    for name, content in runtime.files.items():
        _write(site / "assets" / runtime.folder / name, content)
    ours = _packed(root / "src")
    scripts = site / "assets" / "js"
    packages = [
        {"file": f"../../{package.address}", "format": "wheel", "sha256": _sha256(package.content)},
        {"file": "ours.zip", "format": "zip", "sha256": _sha256(ours)},
    ]
    # What the program of the worker fetches; it imports the others, and cannot see them arrive.
    fetched = [content for name, content in runtime.files.items() if not name.endswith("js")]
    about = {
        "pyodide": f"../{runtime.folder}/",
        "files": sorted(runtime.files),
        "packages": packages,
        "bytes": sum(map(len, (*fetched, package.content, ours))),
    }
    _write(scripts / "ours.zip", ours)
    _write(scripts / "python.json", json.dumps(about).encode())


def _packed(sources: Path) -> bytes:
    """What runs the reader's code, and the exercises, as one file."""
    paths = sorted(path for pattern in _OURS for path in sources.glob(pattern))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(path.relative_to(sources).as_posix(), _TIME)
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
