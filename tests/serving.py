"""Serve a folder below /first-neuron/, compressed, as a project's pages at a forge are."""

from __future__ import annotations

import gzip
import threading
import time
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "/first-neuron/"
PART = 1_000_000
COMPRESSED = {".html", ".css", ".js", ".json", ".md", ".svg", ".txt", ".xml"}


@contextmanager
def serving(folder, *, port=0, lifetime=600, pause=0):
    """The address at which the folder is served, as long as it is needed.

    On any free port, to be kept for as many seconds as at GitHub Pages, and without a pause between
    the parts of a large file, unless told otherwise.
    """
    handler = partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.stopped = False
        server.lifetime = lifetime
        server.pause = pause
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.stopped = True  # connections that are kept alive outlast the server
        server.shutdown()


class Handler(SimpleHTTPRequestHandler):
    """A file, its folder's index.html, or the site's own page for what is not there."""

    protocol_version = "HTTP/1.1"

    def handle(self):
        with suppress(ConnectionError):  # a browser that ends does not take its leave
            super().handle()

    def do_GET(self):
        if self.server.stopped:
            self.close_connection = True
            return
        address = urlsplit(self.path).path
        path = Path(self.translate_path("/" + address.removeprefix(PREFIX)))
        path = path / "index.html" if path.is_dir() else path
        found = address.startswith(PREFIX) and path.is_file()
        path = path if found else Path(self.directory, "404.html")
        compressed = path.suffix in COMPRESSED
        body = zipped(path) if compressed else path.read_bytes()
        self.send_response(200 if found else 404)
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", f"max-age={self.server.lifetime}")
        self.end_headers()
        for start in range(0, len(body), PART):
            if start:
                time.sleep(self.server.pause)
            self.wfile.write(body[start : start + PART])

    def log_message(self, *_):
        pass


@cache
def zipped(path):
    return gzip.compress(path.read_bytes(), 6)
