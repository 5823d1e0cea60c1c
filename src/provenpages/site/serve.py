"""Serve the site while it is being written: `python -m provenpages.site.serve --port 8000`."""

from __future__ import annotations

import argparse
import os
import socket

from mkdocs.__main__ import cli as mkdocs

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


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, got {text!r}")
    return int(text)


if __name__ == "__main__":
    main()
