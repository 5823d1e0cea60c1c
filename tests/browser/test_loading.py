"""Python comes to a page when it is wanted, says how far it is, and is had again if it fails."""

from __future__ import annotations

import shutil

import pytest

from browser.blocks import (
    PATIENCE,
    announced,
    block,
    change,
    ended,
    open_editor,
    run,
    state,
    status,
    until,
)
from serving import serving, zipped

pytestmark = pytest.mark.slow

OF_PYTHON = ("/pyodide-", "/worker.js", "/python.json", "/ours.zip", ".whl")


def of_python(requests):
    return [it for it in requests if any(part in it for part in OF_PYTHON)]


@pytest.mark.parametrize("wish", ["run", "edit"])
def test_nothing_of_python_is_loaded_before_it_is_wanted(visiting, wish):
    with visiting("one-neuron/") as page:
        requested = []
        page.context.on("request", lambda it: requested.append(it.url))
        page.reload(wait_until="networkidle")
        assert len(requested) > 5
        assert of_python(requested) == []
        with page.expect_request("**/python_stdlib.zip"):
            if wish == "run":
                block(page, 1).locator("button.run").click()
            else:
                open_editor(block(page, 1))
        assert of_python(requested)


def test_whoever_saves_data_is_asked_first(visiting):
    with visiting("one-neuron/") as page:
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
        page.reload()
        requested = []
        page.context.on("request", lambda it: requested.append(it.url))
        it = block(page, 1)
        open_editor(it)
        it.locator("button.run").click()
        assert state(it) == "idle"
        assert "asks to save data, and Python is" in status(it)
        assert " MB to load" in status(it)
        announced(page, "Press Run once more")
        assert of_python(requested) == []
        assert run(it) == "agrees"
        assert of_python(requested)


def test_how_much_has_come_is_shown(site, visiting):
    with visiting() as page, serving(site, pause=0.2) as address:
        page.goto(address + "one-neuron/")
        it = block(page, 1)
        page.evaluate(
            """(it) => {
                globalThis.seen = [];
                new MutationObserver(() => {
                    const bar = it.querySelector("progress");
                    if (bar && !bar.hidden) seen.push(bar.value);
                }).observe(it, { subtree: true, childList: true, attributes: true });
            }""",
            it.element_handle(),
        )
        it.locator("button.run").click()
        until(it, "it => /Loading Python, about \\d+ MB, once: \\d+ %/.test(it.innerText)")
        assert state(it) == "loading"
        assert it.locator("progress").is_visible()
        assert ended(it) == "agrees"
        assert it.locator("progress").is_hidden()
        seen = page.evaluate("seen")
        assert len(set(seen)) > 5
        assert seen == sorted(seen)


def test_loading_can_be_stopped_and_begun_again(visiting):
    with visiting("one-neuron/", service_workers="block") as page:
        with page.expect_request("**/*.wasm"):
            page.route("**/*.wasm", lambda _: None)  # it never answers
            it = block(page, 1)
            it.locator("button.run").click()
        assert it.locator("button.run").text_content() == "Stop"
        it.locator("button.run").click()
        assert state(it) == "stopped"
        page.unroute("**/*.wasm")
        assert run(it) == "agrees"


def test_a_server_that_falls_silent_is_given_up(visiting):
    with visiting("one-neuron/", service_workers="block") as page:
        page.clock.install()
        it = block(page, 1)
        page.route("**/*.wasm", lambda _: None)
        with page.expect_request("**/*.wasm"):
            it.locator("button.run").click()
        while state(it) == "loading":  # each of the other files is a sign of life
            page.clock.fast_forward(31_000)
            page.evaluate("new Promise(requestAnimationFrame)")
        assert ended(it) == "error"
        assert "Python did not start: nothing was heard of it for 30 seconds" in status(it)
        assert "Press Run to try again" in status(it)
        page.unroute("**/*.wasm")
        assert run(it) == "agrees"


@pytest.mark.parametrize(
    ("file", "answer", "says"),
    [
        ("**/worker.js", {"status": 404}, "did not arrive"),
        ("**/python.json", {"status": 404}, "python.json is not there (404)"),
        ("**/pyodide.mjs", {"status": 404}, "pyodide.mjs"),
        ("**/*.wasm", {"status": 404}, "pyodide.asm.wasm is not there (404)"),
        ("**/python_stdlib.zip", {"status": 404}, "python_stdlib.zip is not there (404)"),
        ("**/firstneuron-*.whl*", {"body": "another"}, ""),
        ("**/ours.zip*", {"status": 404}, "did not arrive whole"),
        ("**/numpy-*.whl", {"body": "another"}, "did not arrive whole"),
    ],
)
def test_what_is_missing_or_damaged_is_said_and_fetched_again(visiting, file, answer, says):
    with visiting("one-neuron/", service_workers="block") as page:
        it = block(page, 1)
        page.route(file, lambda route: route.fulfill(**answer))
        it.locator("button.run").click()
        assert ended(it) == "error", status(it)
        assert "\n" not in status(it)
        assert "nothing was heard" not in status(it)  # but what is wrong
        print(f"\n{file}: {status(it)}")  # noqa: T201  (for whoever asks with -s)
        assert status(it).startswith("Python did not start")
        assert says in status(it)
        page.unroute(file)
        assert run(it) == "agrees"


def test_it_works_where_a_teacher_serves_the_site(site, visiting):
    """Over plain http, from another computer: browsers then forbid copying, and keep no pages."""
    with visiting() as page, serving(site) as address:
        page.goto(address.replace("127.0.0.1", "class.test") + "one-neuron/")
        assert not page.evaluate("isSecureContext")
        it = block(page, 2)
        assert run(it) == "agrees"
        it.locator("button.copy").click()
        page.wait_for_selector("button.copy:has-text('Selected')", timeout=PATIENCE)
        assert page.evaluate("getSelection().toString()").startswith("from numpy import array")
        it.locator("details.more > summary").click()
        it.locator("button.copy-program").click()
        page.wait_for_selector("textarea.by-hand")
        assert "random.seed(1)" in page.evaluate("getSelection().toString()")
        open_editor(it)
        it.get_by_role("button", name="Copy a link").click()
        page.wait_for_function(
            "() => document.querySelector('textarea.by-hand').value.includes('#block-2=')"
        )
        errors = [it for it in page.complaints if it.startswith("error")]
        assert errors == []


def test_a_site_that_was_renewed_under_a_reader_says_so_and_is_there_when_loaded_anew(
    site, visiting, tmp_path
):
    shutil.copytree(site, tmp_path / "site")
    with visiting() as page, serving(tmp_path / "site", lifetime=0) as address:
        page.goto(address + "one-neuron/")
        page.evaluate(
            """async () => {
                const { later } = document.querySelector(".announcement").dataset;
                const kept = async () => (await (await caches.open("visited-1")).keys())
                    .map((it) => it.url.split("/").at(-1));
                for (let all = []; !later.split(" ").every((it) => all.includes(it));) {
                    await new Promise((done) => setTimeout(done, 50));
                    all = await kept();
                }
            }"""
        )
        (scripts,) = (tmp_path / "site" / "assets").glob("js-*")
        scripts.rename(scripts.with_name("js-00000000"))
        it = block(page, 1)
        change(it, "print('mine')")  # with what was kept
        assert run(it) == "error"
        assert "load the page anew" in status(it)
        for html in (tmp_path / "site").rglob("*.html"):
            text = html.read_text("utf-8")
            html.write_text(text.replace(scripts.name, "js-00000000"), "utf-8")
        zipped.cache_clear()
        page.reload()
        assert run(it) == "differs"
        assert it.locator(".run-output").inner_text().strip() == "mine"
