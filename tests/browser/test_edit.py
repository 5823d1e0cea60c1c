"""Blocks are changed where they stand: typed, run, put back, shared."""

from __future__ import annotations

import pytest

from browser.blocks import (
    CLIPBOARD,
    PATIENCE,
    announced,
    block,
    change,
    ended,
    open_editor,
    reset,
    run,
    shown,
    state,
    status,
    until,
)
from browser.test_pages import violations

pytestmark = pytest.mark.slow

FORBID_COPYING = """() => Object.defineProperty(navigator, "clipboard", { value: {
    writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) } })"""
FOCUS = "document.activeElement.outerHTML"
SELECTED = """() => document.activeElement.value.slice(
    document.activeElement.selectionStart, document.activeElement.selectionEnd)"""


def test_the_keys_of_the_editor(visiting):
    with visiting("one-neuron/") as page:
        it = block(page, 1)
        editor = open_editor(it)
        assert page.evaluate(FOCUS).startswith("<textarea")
        editor.fill("for i in range(2):")
        for key in ("Enter", "p", "Enter", "q"):
            page.keyboard.press(key)
        assert editor.input_value() == "for i in range(2):\n    p\n    q"
        assert editor.get_attribute("rows") == "3"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('#block-1 button.run')")
        editor.focus()
        page.keyboard.press("Tab")
        assert "Copy a link" in page.evaluate(FOCUS)
        page.keyboard.press("Shift+Tab")
        editor.fill("print('typed')")
        page.keyboard.press("Control+Enter")
        assert ended(it) == "differs"
        assert shown(it) == "typed\n"
        assert status(it).startswith("Your version prints")
        assert page.complaints == []


def test_a_changed_block_says_so_until_it_is_put_back(visiting):
    with visiting("one-neuron/") as page:
        it = block(page, 1)
        documented = it.locator("pre > code").first.text_content()
        editor = open_editor(it)
        assert editor.input_value() + "\n" == documented
        assert it.get_attribute("data-changed") is None
        change(it, "print('mine')")
        assert it.get_attribute("data-changed") == ""
        assert "no longer the documented block" in it.inner_text()
        assert "the documented one prints" in it.inner_text().lower()
        assert run(it) == "differs"
        reset(it)
        assert it.get_attribute("data-changed") is None
        assert it.locator("textarea").count() == 0
        assert it.locator(".block-run").count() == 0
        assert it.locator("pre > code").first.text_content() == documented
        assert page.evaluate("document.activeElement.matches('#block-1 button.run')")
        announced(page, "documented block again")
        assert run(it) == "agrees"


def test_a_change_outlasts_a_reload_and_undoing_it_is_remembered(visiting):
    with visiting("one-neuron/") as page:
        change(block(page, 1), "print('kept')\n\n# so is this")
        page.reload()
        editor = block(page, 1).locator("textarea.editor")
        editor.wait_for()
        assert editor.input_value() == "print('kept')\n\n# so is this"
        assert block(page, 1).get_attribute("data-changed") == ""
        reset(block(page, 1))
        page.reload()
        block(page, 1).locator("button.run").wait_for()
        assert page.locator("textarea.editor").count() == 0


def test_a_link_carries_a_version_and_does_not_run_it(visiting):
    text = "print('from a link', 'ä → 🐍')\n\nx = '<b>'"
    with visiting("one-neuron/", permissions=CLIPBOARD) as page:
        change(block(page, 2), text)
        button = block(page, 2).get_by_role("button", name="Copy a link")
        button.click()
        page.wait_for_function("it => it.textContent === 'Copied'", arg=button.element_handle())
        link = page.evaluate("navigator.clipboard.readText()")
        other = page.context.new_page()
        other.goto(link)
        it = block(other, 2)
        it.locator("textarea.editor").wait_for()
        assert it.locator("textarea.editor").input_value() == text
        announced(other, "Read it before you run it")
        assert state(it) == "idle"
        assert it.locator(".block-run").count() == 0
        assert run(it) == "differs"
        assert shown(it) == "from a link ä → 🐍\n"
        for damaged in (link[:-4], link.split("=")[0] + "=%%%", link.split("=")[0] + "=AAAA"):
            other.goto("about:blank")
            other.goto(damaged)
            announced(other, "damaged")
            assert other.locator(".announcement").bounding_box()["height"] > 20  # for all to see
            assert page.complaints == []


def test_where_copying_is_forbidden_the_text_is_selected(visiting):
    with visiting("one-neuron/") as page:
        page.evaluate(FORBID_COPYING)
        it = block(page, 2)
        it.locator("details.more > summary").click()
        it.locator("button.copy-program").click()
        page.wait_for_selector("textarea.by-hand")
        announced(page, "The block with what it needs is selected")
        assert "random.seed(1)" in page.evaluate(SELECTED)
        open_editor(it)
        change(it, "print(1)")
        it.locator("button.copy").click()
        announced(page, "The block is selected")
        assert page.evaluate("getSelection().toString()") == "print(1)"
        it.get_by_role("button", name="Copy a link").click()
        announced(page, "The link is selected")
        assert page.evaluate(SELECTED).startswith(page.url + "#block-2=")
        assert it.locator("textarea.by-hand").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_a_block_is_accessible(visiting, scheme):
    with visiting("one-neuron/", width=360, color_scheme=scheme, reduced_motion="reduce") as page:
        it = block(page, 1)
        found = {}

        def look(name):
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
            found[name] = violations(page)

        it.locator("button.run").click()
        until(it, "it => it.dataset.runState === 'loading' && !it.querySelector('progress').hidden")
        look("loading")
        assert ended(it) == "agrees"
        look("agrees")
        open_editor(it)
        look("editing")
        change(it, "import sys\nprint('a' * 200)\nprint('b', file=sys.stderr)")
        assert run(it) == "differs"
        look("differs")
        change(it, "1 / 0")
        assert run(it) == "error"
        look("error")
        change(it, "while True: pass")
        it.locator("button.run").click()
        until(it, "it => it.dataset.runState === 'running'")
        look("running")
        it.locator("button.run").click()
        assert state(it) == "stopped"
        look("stopped")
        page.evaluate(FORBID_COPYING)
        it.get_by_role("button", name="Copy a link").click()
        page.wait_for_selector("textarea.by-hand", timeout=PATIENCE)
        look("by hand")
        assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_what_is_said_of_a_run_is_not_said_of_what_was_changed_since(visiting):
    with visiting("one-neuron/") as page:
        it = block(page, 1)
        assert run(it) == "agrees"
        change(it, "print(1)\n")
        assert state(it) == "idle"
        assert status(it).startswith("Before your last change: ✓")
        assert run(it) == "differs"
        assert status(it).startswith("Your version prints")


def test_what_is_made_of_a_links_text_outlasts_the_link(visiting):
    with visiting("one-neuron/", permissions=CLIPBOARD) as page:
        it = block(page, 1)
        change(it, "print('sent')\n")
        it.get_by_role("button", name="Copy a link").click()
        announced(page, "Copied")
        link = page.evaluate("navigator.clipboard.readText()")
        reset(it)
        page.goto("about:blank")
        page.goto(link)
        announced(page, "Read it before you run it")
        change(it, "print('mine')\n")
        page.reload()
        page.wait_for_selector("textarea.editor")
        assert it.locator("textarea.editor").input_value().strip() == "print('mine')"


@pytest.mark.parametrize("kept", ["null", "5", "[]", '{"block-1": 5, "block-2": null}', "{"])
def test_damaged_memories_of_changes_are_forgotten(visiting, kept):
    with visiting("one-neuron/") as page:
        page.evaluate("kept => sessionStorage.setItem(`edits:${location.pathname}`, kept)", kept)
        page.reload()
        assert change(block(page, 1), "print(1)").input_value() == "print(1)"
        page.reload()
        page.wait_for_selector("textarea.editor")
        assert [it for it in page.complaints if it.startswith(("error", "console"))] == []
