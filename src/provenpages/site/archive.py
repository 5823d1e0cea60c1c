"""The whole site as one file to take along: `python -m provenpages.site.archive`.

Every page is a file of its own in it, so it can be read without any server, too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_FOLDER = "first-neuron"
_TIME = (1980, 1, 1, 0, 0, 0)  # the same pages give the same archive, whenever it is made
_README = """First Neuron, to be read without a network.

Open index.html in a browser: everything can be read.

For search, copying, running code and all that moves, serve this folder, for instance to a
whole class:

    python -m http.server

and open http://127.0.0.1:8000, or from other computers the address of this one.
"""


def pack(site: Path, archive: Path) -> None:
    """Write all files of a built site into a zip archive, below one folder.

    Args:
        site: The built site.
        archive: The file to write; what stood there is replaced.
    """
    archive.parent.mkdir(parents=True, exist_ok=True)
    contents = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.suffix not in {".map", ".gz"} and path.name != "404.html"
    }
    contents["READ ME FIRST.txt"] = _README.encode()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"{_FOLDER}/{name}", _TIME)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


def main() -> None:
    """Build the site with a file for each page, and pack it."""
    parser = argparse.ArgumentParser(prog="archive", description=__doc__)
    parser.add_argument("file", type=Path, help="the archive to write")
    file = parser.parse_args().file
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        environment = {"SITE_URL": "", "DIRECTORY_URLS": "false", "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(  # noqa: S603  (our own command)
            [*build, "--site-dir", folder], env=os.environ | environment, check=True
        )
        pack(Path(folder), file)
    sys.stdout.write(f"{file}: {file.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
