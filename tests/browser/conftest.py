"""The built site in real browsers."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from browser.find import installed
from browser.neuron import PAGE


@pytest.fixture(scope="session")
def chromium():
    path = installed()
    assert path, "no Chromium: run `make test`, which sees to one"
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    arguments.append("--host-resolver-rules=MAP class.test 127.0.0.1")  # as in a teacher's network
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start as root otherwise
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visiting(chromium, base_url):
    """Open an address of the site for a while, as a reader who was never here before.

    What goes wrong meanwhile is in `page.complaints`.
    """

    @contextmanager
    def visiting(path="", *, width=1280, height=800, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.add_init_script(path=Path(__file__).with_name("observe.js"))
        page = context.new_page()
        page.complaints = []
        page.on("request", lambda it: _note_foreign(page, it.url, base_url))
        page.on("requestfailed", lambda it: page.complaints.append(f"failed: {it.url}"))
        page.on("pageerror", lambda it: page.complaints.append(f"error: {it}"))
        page.on("console", lambda it: _note_console(page, it))
        try:
            page.goto(base_url + path, wait_until="load")
            yield page
        finally:
            context.close()

    return visiting


@pytest.fixture(scope="session")
def at(visiting):
    """Visit the interactive neuron at an address, for somebody who wants less motion."""

    def visit(search="", **options):
        return visiting(f"{PAGE}{search}#watch", **({"reduced_motion": "reduce"} | options))

    return visit


def _note_foreign(page, url, base_url):
    if urlsplit(url).netloc != urlsplit(base_url).netloc and not url.startswith(("data:", "blob:")):
        page.complaints.append(f"leaves the site: {url}")


def _note_console(page, message):
    if message.type in {"error", "warning"}:
        page.complaints.append(f"console: {message.text}")
