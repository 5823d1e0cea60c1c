"""Whatever is typed into a block: the page lives, says what happened, and the next run works."""

from __future__ import annotations

import pytest

from browser.blocks import (
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

pytestmark = pytest.mark.slow

ENDLESS = {
    "a loop": "while True: pass",
    "a loop that catches all": "while True:\n    try:\n        while True: pass\n    except: pass",
    "waiting": "import time\ntime.sleep(600)",
    "a growing list": "x = []\nwhile True: x.append(x[:])",
}
FLOODS = {
    "lines": "while True: print('x' * 100)",
    "one line": "while True: print('x', end='')",
    "at once": "print('x' * 10**7)",
    "past Python": "import os\nwhile True: os.write(1, b'x' * 100)",
}
ERRORS = {
    "1 / 0": "ZeroDivisionError: division by zero",
    "x = bytearray(2**31 - 1)": "MemoryError",
    "import numpy as np\nnp.ones((10**5, 10**5))": "too big",
    "def f(): f()\nf()": "RecursionError",
    "input('Name? ')": "EOFError: nobody can type an answer to input() here",
    "raise SystemExit('bye')": "bye\n",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "import pandas": "No module named 'pandas'",
    "import js\njs.fetch('http://example.com')": "AttributeError: fetch",
    "import js\njs.postMessage(1)": "AttributeError: postMessage",
    "from pyodide.code import run_js\nrun_js('close()')": "ImportError",
    "import pyodide_js\npyodide_js.loadPackage.constructor('close()')": "EvalError",
    "import urllib.request\nurllib.request.urlopen('http://example.com')": "URLError",
    "import threading\nthreading.Thread(target=print).start()": "can't start new thread",
    "import subprocess\nsubprocess.run(['ls'])": "does not support processes",
    "for x in": "SyntaxError: invalid syntax",
    "x = '\0'": "null bytes",
    "raise ValueError('\\ud800')": "ValueError",
    "class A(Exception):\n    def __str__(self): 1 / 0\nraise A": "A: <exception str() failed>",
    "import sys\nsys.stdout = None\nprint('a')\n1 / 0": "",
}
SAID = {
    "x = bytearray(2**31 - 1)": "not that much memory in a page",
    "raise SystemExit('bye')": "it ended itself with status 1",
    "import pandas": "has NumPy, firstneuron and Python's own library, no others",
}
BREAKDOWNS = {
    "import os\nos._exit(1)": "the code ended it",
    "import os\nos.abort()": "",
    "import ctypes\nctypes.string_at(2**31)": "",
    "x = []\nfor _ in range(10**5): x = [x]\nrepr(x)": "calls itself too deeply",
    "import ctypes\nctypes.CDLL(None).emscripten_run_script(b'close()')": "",
}
HARM = {
    "no print": "import builtins\ndel builtins.print",
    "another print": "import builtins\nbuiltins.print = None",
    "closed output": "import sys\nsys.stdout.close()\nsys.__stdout__.close()",
    "no modules": "import sys\nsys.modules.clear()",
    "no NumPy": "import sys\nsys.modules['numpy'] = None",
    "precision": "import numpy as np\nnp.set_printoptions(precision=2)",
    "another NumPy": "import numpy.random\nnumpy.random.seed = numpy.random.random = None",
    "no files": "import shutil\nshutil.rmtree('/lib', ignore_errors=True)",
    "later": (
        "import asyncio\nasync def later():\n    for _ in range(10**4):\n"
        "        await asyncio.sleep(0)\n        print('late')\nasyncio.ensure_future(later())"
    ),
}


@pytest.fixture(scope="module")
def page(visiting):
    """One page for all, which counts its own frames: each test leaves it as it was."""
    with visiting("what-it-learned/") as page:
        page.evaluate(
            """() => {
                globalThis.frames = 0;
                const next = () => { globalThis.frames += 1; requestAnimationFrame(next); };
                next();
            }"""
        )
        yield page


@pytest.fixture
def hostile(page):
    """A block to type into; afterwards another one, in another chain, runs as documented."""
    it = block(page, first(page, 0))
    open_editor(it)
    yield it
    frames = page.evaluate("frames")
    page.wait_for_function("frames => globalThis.frames > frames", arg=frames)
    reset(it)
    other = block(page, first(page, 1))
    assert run(other) == "agrees", other.locator(".block-run").text_content()
    assert [it for it in page.complaints if it.startswith(("leaves", "error"))] == []


def first(page, index):
    """The number of a block that begins a chain."""
    ids = page.locator(".block[data-run-state]:not([data-needs])").evaluate_all(
        "all => all.map(it => it.id)"
    )
    return ids[index].removeprefix("block-")


def begin(it, source):
    """Type it, press Ctrl+Enter, and see that the page is alive."""
    change(it, source)
    it.locator("textarea.editor").press("Control+Enter")


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_what_does_not_end_can_be_stopped(hostile, page, source):
    begin(hostile, "print('begun')\n" + source)
    until(hostile, "it => it.querySelector('.run-output')?.textContent === 'begun\\n'")
    frames = page.evaluate("frames")
    page.wait_for_function("frames => globalThis.frames > frames + 5", arg=frames)
    assert state(hostile) == "running"
    took = page.evaluate(
        """(it) => new Promise((done) => {
            const began = performance.now();
            new MutationObserver(() => {
                if (it.dataset.runState === "stopped") done(performance.now() - began);
            }).observe(it, { attributeFilter: ["data-run-state"] });
            it.querySelector("button.run").click();
        })""",
        hostile.element_handle(),
    )
    print(f"\nstopped after {took:.0f} ms")  # noqa: T201  (for whoever asks with -s)
    assert took < 1000
    assert status(hostile) == "Stopped"
    assert shown(hostile) == "begun\n"


@pytest.mark.parametrize("source", FLOODS.values(), ids=FLOODS)
def test_nobody_drowns_in_output(hostile, source):
    begin(hostile, source)
    assert ended(hostile) == "stopped"
    assert status(hostile) == "Stopped, after more than 100,000 characters"
    assert len(shown(hostile)) == 100_000


@pytest.mark.parametrize(("source", "says"), ERRORS.items())
def test_an_error_is_shown(hostile, source, says):
    begin(hostile, source)
    assert ended(hostile) == "error"
    assert says in shown(hostile)
    assert status(hostile).startswith("Ended with an error")
    assert SAID.get(source, "") in status(hostile)
    assert "in_page.py" not in shown(hostile)


@pytest.mark.parametrize(("source", "says"), BREAKDOWNS.items())
def test_what_breaks_python_is_said(hostile, source, says):
    begin(hostile, source)
    assert ended(hostile) == "error"
    assert status(hostile).startswith("Python broke down")
    assert says in status(hostile)
    assert "\n" not in status(hostile)


@pytest.mark.parametrize("source", HARM.values(), ids=HARM)
def test_harm_done_in_one_block_does_not_reach_another(hostile, source):
    begin(hostile, source)
    assert ended(hostile) == "differs"
    assert status(hostile).startswith("Your version prints nothing")


@pytest.mark.parametrize(
    ("source", "prints"),
    [
        ("print('a')\nimport sys\nsys.exit()", "a\n"),
        ("print('a\\0b', '\\ud800', '🐍')", "a\0b � 🐍\n"),
        ("import os\nos.write(1, 'é'.encode())", "é"),
    ],
)
def test_odd_output_is_shown_as_it_is(hostile, source, prints):
    begin(hostile, source)
    assert ended(hostile) == "differs"
    assert shown(hostile).encode("utf-16", "surrogatepass").decode("utf-16", "replace") == prints


def test_no_code_can_reach_the_network(hostile, page):
    """Taken away is what is known; the page's policy forbids the rest."""
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert "connect-src 'self';" in policy
    assert "'unsafe-eval'" not in policy
    requested = []
    page.on("request", lambda it: requested.append(it.url))
    begin(
        hostile,
        "import pyodide_js\n"
        "for source in ['fetch', 'postMessage', 'close', 'XMLHttpRequest', 'eval', 'Function']:\n"
        "    try:\n"
        "        print(pyodide_js.loadPackage.constructor(f'return {source}')())\n"
        "    except Exception as error:\n"
        "        print('EvalError' in str(error))\n",
    )
    assert ended(hostile) == "differs"
    assert shown(hostile) == "True\n" * 6
    assert requested == []
