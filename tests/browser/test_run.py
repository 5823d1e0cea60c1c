"""Blocks run in the page and print what the page says, in whatever order a reader runs them."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from browser.blocks import (
    CLIPBOARD,
    PATIENCE,
    SOURCES,
    block,
    change,
    ended,
    go_on,
    is_same_document,
    open_editor,
    reset,
    run,
    same_document,
    shown,
    state,
    status,
    until,
)
from browser.test_pages import UNFOLD
from provenpages import project
from serving import PREFIX, serving

pytestmark = pytest.mark.slow


ELSEWHERE = project.elsewhere(Path(__file__).parents[2])
NOTE = "\nwith open('runs', 'a') as file:\n    file.write('x')"
COUNT = "print(open('runs').read())"


def path(page):
    return urlsplit(page.url).path.removeprefix(PREFIX)


def runnable(page):
    """The blocks of a page that have a Run button, each with what stands in the Markdown."""
    page.evaluate(UNFOLD)
    blocks = page.locator(".block[data-file]").all()
    source = SOURCES[path(page)]
    pairs = list(zip(blocks, source.examples, strict=True))
    for it, example in pairs:
        needs = source.needs(example)
        assert bool(it.locator("button.run").count()) == (not needs and not example.not_run)
        if needs:
            assert f"needs {ELSEWHERE.called(needs)}," in it.locator(".no-run").text_content()
    return [pair for pair in pairs if pair[0].locator("button.run").count()]


def printed(example):
    return example.output.text if example.output else ""


def check(it, example):
    assert run(it) == "agrees", it.locator(".block-run").text_content()
    assert shown(it) == printed(example)
    assert status(it).startswith("✓")


def taken_along(it):
    """The program that a reader copies."""
    it.locator("details.more > summary").click()
    button = it.locator("button.copy-program")
    button.click()
    it.page.wait_for_function("it => it.textContent === 'Copied'", arg=button.element_handle())
    return it.page.evaluate("navigator.clipboard.readText()")


def by_itself(program, folder):
    """What a program prints by itself, with nothing around it but what is installed."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-"],
        input=program,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return done.returncode, done.stderr, done.stdout


@pytest.mark.parametrize("name", SOURCES, ids=lambda name: name or "home")
def test_every_block_prints_what_the_page_says_here_and_taken_along(visiting, name, tmp_path):
    """The last one first: what a block builds on has to run without being asked to."""
    with visiting(name, permissions=CLIPBOARD) as page, ThreadPoolExecutor(2) as pool:
        blocks, taken = runnable(page), []
        check(*blocks[-1])
        for it, example in blocks:
            folder = tmp_path / it.get_attribute("id")
            taken.append((example, pool.submit(by_itself, taken_along(it), folder)))
            check(it, example)
        check(it, example)  # once more
        assert page.complaints == []
        check_taken(taken)


def check_taken(taken):
    """What was taken along runs by itself, and ends with what the page shows."""
    for example, program in taken:
        code, errors, output = program.result()
        assert (code, errors) == (0, ""), example.text
        assert output.endswith(printed(example)), example.text


def test_from_page_to_page_one_python_serves_all(visiting, tmp_path):
    with visiting(permissions=CLIPBOARD) as page, ThreadPoolExecutor(2) as pool:
        workers, seen, taken = [], set(), []
        page.on("worker", lambda it: workers.append(it))  # noqa: PLW0108  (it takes no built-in)
        same_document(page)
        while True:
            if path(page) in SOURCES:
                seen.add(path(page))
                for it, example in runnable(page):
                    check(it, example)
                    folder = tmp_path / f"{len(taken)}"
                    taken.append((example, pool.submit(by_itself, taken_along(it), folder)))
            if not page.locator("a.md-footer__link--next").count():
                break
            go_on(page)
        assert seen == set(SOURCES)
        assert is_same_document(page)
        assert len(workers) == 1
        # Chromium warns of letters that a page asks for early and shows late.
        assert [it for it in page.complaints if "was preloaded" not in it] == []
        check_taken(taken)


def test_what_the_python_of_a_page_requests_is_watched(visiting, base_url):
    """So the tests above would notice if it were requested from elsewhere."""
    with visiting("one-neuron/") as page:
        requested = []
        page.on("request", lambda it: requested.append(it.url))
        run(block(page, 1))
        assert any(it.startswith(base_url) and it.endswith(".wasm") for it in requested)
        page.evaluate(
            """() => {
                const send = [`fetch("${location.origin}/deliberate")`];
                const program = new Blob(send, { type: "text/javascript" });
                const worker = new Worker(URL.createObjectURL(program));
            }"""
        )
        page.wait_for_event("requestfinished", lambda it: it.url.endswith("/deliberate"))


def test_what_a_block_builds_on_runs_once(visiting):
    with visiting("line-by-line/") as page:
        blocks = [it for it, _ in runnable(page)]
        first, last = blocks[0], blocks[-1]
        change(first, open_editor(first).input_value() + NOTE)
        change(last, COUNT)
        run(last)
        assert shown(last) == "x\n"
        for it in blocks[:3]:
            run(it)  # the first runs anew, since the workspace was further on; the others follow
        change(blocks[3], COUNT)
        run(blocks[3])
        assert shown(blocks[3]) == "xx\n"


def test_a_change_above_counts_below(visiting):
    with visiting("one-neuron/") as page:
        above, below = block(page, 1), block(page, 2)
        assert run(below) == "agrees"
        before = shown(below)
        editor = open_editor(above)
        change(above, editor.input_value().replace("seed(1)", "seed(2)"))
        assert run(below) == "differs"
        assert status(below).startswith("Your version prints")
        assert shown(below) != before
        reset(above)
        assert run(below) == "agrees"


def test_an_error_above_is_shown_below(visiting):
    with visiting("one-neuron/") as page:
        above, below = block(page, 1), block(page, 2)
        change(above, "1 / 0")
        assert run(below) == "error"
        assert "block-1.py, which this builds on, did not end well" in status(below)
        assert "ZeroDivisionError" in shown(below)


def test_blocks_asked_to_run_at_once_run_one_after_the_other(visiting):
    with visiting("one-neuron/") as page:
        above, below = block(page, 1), block(page, 2)
        for it in (above, below):
            it.locator("button.run").click()
        assert ended(above) == "agrees"
        assert ended(below) == "agrees"


def test_the_second_run_prints_at_once(visiting, record_property):
    with visiting("one-neuron/") as page:
        times = [
            page.evaluate(
                """async (id) => {
                    const it = document.getElementById(id);
                    const began = performance.now();
                    it.querySelector("button.run").click();
                    while (!it.querySelector(".run-output")?.textContent) {
                        await new Promise(requestAnimationFrame);
                    }
                    return performance.now() - began;
                }""",
                f"block-{number}",
            )
            for number in (1, 2)
        ]
        cold, warm = (round(it) for it in times)
        record_property("cold and warm, in milliseconds", (cold, warm))
        print(f"\nfirst output: {cold} ms cold, {warm} ms warm")  # noqa: T201  (for whoever asks with -s)
        assert warm < 500


def test_a_run_outlasts_a_look_at_another_page(visiting):
    with visiting("one-neuron/") as page:
        same_document(page)
        above, below = block(page, 1), block(page, 2)
        assert run(above) == "agrees"
        change(below, "import time\nprint('begun')\ntime.sleep(1)\nprint('done')")
        below.locator("button.run").click()
        until(below, "it => it.querySelector('.run-output').textContent === 'begun\\n'")
        go_on(page)
        assert page.locator(".block-run").count() == 0
        page.go_back()
        page.wait_for_selector("#block-1 .run-output", timeout=PATIENCE)
        assert state(above) == "agrees"
        assert ended(below) == "differs"
        assert shown(below) == "begun\ndone\n"
        assert below.locator("textarea.editor").input_value().startswith("import time")
        assert is_same_document(page)


def test_after_one_run_python_works_without_a_network(site, visiting):
    with visiting(service_workers="allow") as page:
        with serving(site) as address:
            page.goto(address + "one-neuron/")
            page.wait_for_function("() => navigator.serviceWorker.controller")
            assert run(block(page, 1)) == "agrees"
            page.evaluate(
                """async () => {
                    const ours = ["ours.zip", "python.json", "worker.js", ".whl"];
                    const addresses = async (name) => (await (await caches.open(name)).keys())
                        .map((it) => it.url.split("?")[0]);
                    for (let all = false; !all;) { // for a promise `wait_for_function` waits not
                        await new Promise((done) => setTimeout(done, 100));
                        const name = (await caches.keys()).find((it) => it.startsWith("pyodide-"));
                        const python = name ? await addresses(name) : [];
                        const others = await addresses("visited-1");
                        all = python.length >= 6
                            && ours.every((it) => others.some((url) => url.endsWith(it)));
                    }
                }"""
            )
        page.reload()
        assert run(block(page, 2)) == "agrees"
