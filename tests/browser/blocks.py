"""Blocks that run, as a reader handles them."""

from __future__ import annotations

from browser.test_pages import DOCS, PATHS
from provenpages import page as pages

PATIENCE = 90_000  # milliseconds at the most, on a machine that has other things to do
CLIPBOARD = ("clipboard-read", "clipboard-write")
SOURCES = {  # of the pages with a block that runs
    path: source
    for path in PATHS[1:]  # 404.html has none
    for source in [pages.read(DOCS / f"{path.strip('/') or 'index'}.md")]
    if any(not (it.not_run or source.needs(it)) for it in source.examples)
}


def block(page, number):
    return page.locator(f"#block-{number}")


def run(it):
    """Press Run, and wait for what comes of it."""
    it.locator("button.run").click()
    return ended(it)


def ended(it):
    """The state in which a block that was asked to run ends."""
    return until(it, "it => !['idle', 'loading', 'running'].includes(it.dataset.runState)")


def until(it, holds):
    """Wait until something holds of a block; its state."""
    it.page.wait_for_function(holds, arg=it.element_handle(), timeout=PATIENCE)
    return state(it)


def state(it):
    return it.get_attribute("data-run-state")


def status(it):
    return it.locator(".run-status").text_content()


def shown(it):
    """What it printed here."""
    return it.locator(".run-output").text_content()


def open_editor(it):
    """The editor of a block, opened by its menu."""
    it.locator("details.more > summary").click()
    it.locator("button.edit").click()
    editor = it.locator("textarea.editor")
    editor.wait_for()
    return editor


def change(it, text):
    """Type something else into a block."""
    editor = it.locator("textarea.editor")
    if not editor.count():
        editor = open_editor(it)
    editor.fill(text)
    return editor


def reset(it):
    it.get_by_role("button", name="Reset block").click()


def announced(page, words):
    """Wait until those who do not see the page are told this."""
    page.wait_for_function(
        "words => document.querySelector('.announcement').textContent.includes(words)", arg=words
    )


def same_document(page):
    """Mark the document, so that `is_same_document` can tell whether it was loaded anew."""
    page.evaluate("globalThis.sameDocument = true")


def is_same_document(page):
    return page.evaluate("globalThis.sameDocument === true")


def go_on(page):
    """Go to the next page by its link, and wait until it is shown."""
    page.evaluate("document.querySelector('article').dataset.left = ''")
    page.locator("a.md-footer__link--next").click()
    page.wait_for_selector("article:not([data-left])", timeout=PATIENCE)
