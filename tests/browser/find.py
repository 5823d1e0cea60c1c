"""Find a Chromium for the browser tests, or see to one: `python tests/browser/find.py`.

In this order: $CHROMIUM, one on the PATH, one that was fetched before; then, as root on
Debian or Ubuntu, the system's package; else Playwright's own download, under a time limit; else
the command to type. Never sudo.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MINUTES = 10


def installed() -> str | None:
    """The path of a Chromium that is there already, if there is one."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _fetched()


def _fetched() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (slow, and seldom needed)

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, timeout=60 * _MINUTES).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    """See to a browser; 0 if there is one now."""
    if installed():
        return 0
    print("The tests need Chromium: fetching one (once; some minutes) …", file=sys.stderr)
    root_on_debian = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if root_on_debian and _run("apt-get", "update", "-qq"):
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    if not installed():
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    if installed():
        return 0
    print(
        "No Chromium could be had. Install one and run this again, for instance:\n"
        "  sudo apt-get install chromium        (Debian, Ubuntu)\n"
        "  brew install --cask chromium         (macOS)\n"
        "or set CHROMIUM=/path/to/chromium.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
