"""Serve the site while it is being written: `python -m provenpages.site.serve --port 8000`."""

from __future__ import annotations

import argparse
import os
import socket
import threading
import time
from typing import TYPE_CHECKING

from mkdocs.__main__ import cli as mkdocs

from provenpages.site import runtime

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mkdocs.livereload import LiveReloadServer

    from provenpages.site.download import Address, Package

_HOST = "127.0.0.1"


def main() -> None:
    """Check the port, then let MkDocs serve and rebuild on every change."""
    parser = argparse.ArgumentParser(prog="serve", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, metavar="N")
    port = parser.parse_args().port
    with socket.socket() as probe:
        if probe.connect_ex((_HOST, port)) == 0:
            parser.error(f"port {port} is in use; choose another: make serve PORT={port + 1}")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    mkdocs(["serve", "--dev-addr", f"{_HOST}:{port}"])


def fetch_meanwhile(
    server: LiveReloadServer,
    node_modules: Path,
    say: Callable[[str], object],
    sources: Sequence[Address | Package] | None = None,
) -> None:
    """See to the runtime while the site is read already; when it is there, the site is built again.

    Args:
        server: Serves the site, soon; it watches for the runtime, fetched or put there by hand.
        node_modules: Where npm put Pyodide.
        say: Told what is being done.
        sources: Where to ask, if not where it is usually found.
    """
    if runtime.numpy_wheel(node_modules, say):
        return
    folder = runtime.cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        server.watch(str(folder), recursive=False)
    except OSError:
        pass  # `fetch` says so

    def fetch() -> None:
        while not server.observer.is_alive():  # or it would not see the file arrive
            time.sleep(0.05)
        try:
            runtime.fetch(node_modules, sources, say)
        except runtime.NoRuntime as error:
            say(str(error))

    threading.Thread(target=fetch, daemon=True).start()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, got {text!r}")
    return int(text)


if __name__ == "__main__":
    main()
