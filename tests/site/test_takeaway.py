"""Pages to take away: each notebook and each script runs, and prints what its page shows."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbclient
import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from provenpages import page as pages
from provenpages import project
from provenpages.site import plain, takeaway
from watch import describe

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests" / "provenpages" / "good"
PAGES = [path for path in sorted((ROOT / "docs").glob("*.md")) if pages.read(path).chains]
ELSEWHERE = project.elsewhere(ROOT)
ODD = [GOOD / name for name in ("containers.md", "characters.md", "settings-changed.md")]
SITE = "https://site.test/"


def run_or_skipped(path):
    """A page whose programs are run, but where a library that they need is missing."""
    page = pages.read(path)
    needed = {name for it in page.examples for name in ELSEWHERE.needed(page, it)}
    if not needed:
        return pytest.param(path, id=path.name)
    called = ELSEWHERE.called(sorted(needed))
    missing = pytest.mark.skipif(
        bool(ELSEWHERE.missing(needed)),
        reason=f"{path.name} needs {called}, not all of which are installed: {ELSEWHERE.command}",
    )
    return pytest.param(path, id=path.name, marks=[pytest.mark.elsewhere, missing])


RUN = [run_or_skipped(path) for path in [*PAGES, *ODD]]


def origin(name="page.md", site=SITE):
    return takeaway.Origin(
        site="First Neuron",
        link=partial(plain.absolute, base=site + name) if site else lambda _: "",
        package="firstneuron",
        wheel=f"{site and site + 'downloads/'}firstneuron-0.1.0-py3-none-any.whl",
        licence="As you like.",
        libraries={"dask": "Dask"},
    )


def outputs(page):
    return [it.output.text if it.output else "" for chain in page.chains for it in chain]


def notebook_of(source, site=SITE):
    page = pages.parse(source, Path("page.md"))
    return nbformat.reads(takeaway.notebook(page, origin(site=site), describe), as_version=4)


def script_of(source, site=SITE):
    page = pages.parse(source, Path("page.md"))
    return takeaway.script(page, origin(site=site), describe)


def texts(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def codes(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


# ---- run


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """Runs a notebook in a fresh kernel in an empty folder; nobody's own settings count."""
    folder = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(folder / name))
        patch.setenv(
            "PYDEVD_DISABLE_FILE_VALIDATION", "1"
        )  # a debugger's remarks on standard error
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "1")

        def run(text):
            notebook = nbformat.reads(text, as_version=4)
            place = {"metadata": {"path": str(tmp_path_factory.mktemp("empty"))}}
            options = {"timeout": 120, "record_timing": False, "coalesce_streams": True}
            client = nbclient.NotebookClient(
                notebook, resources=place, allow_errors=True, **options
            )
            # `asyncio.run` closes what it opens. Aside, since Playwright keeps a loop running here.
            with ThreadPoolExecutor(1) as aside:
                return aside.submit(asyncio.run, client.async_execute()).result().cells

        yield run


@pytest.fixture(scope="module")
def executed(kernel, request):
    """Every notebook that a test asks for as it is after it was run, by the path of its page."""
    here = [it for it in request.session.items if it.path == request.path]
    asking = [it for it in here if "executed" in getattr(it, "fixturenames", ())]
    skipped = [it for it in asking if any(mark.args[0] for mark in it.iter_markers("skipif"))]
    paths = [it.callspec.params["path"] for it in asking if it not in skipped]
    with ThreadPoolExecutor(2) as both:
        return dict(zip(paths, both.map(kernel, map(made, paths)), strict=True))


def made(path):
    return takeaway.notebook(pages.read(path), origin(path.name), describe)


def printed(cells):
    """What each of the page's examples has printed; anything else that came out, as it is."""
    return [
        "".join(it["text"] if it.get("name") == "stdout" else str(it) for it in cell.outputs)
        for cell in cells
        if cell.cell_type == "code" and not cell.source.startswith("# From here on NumPy")
    ]


def run_script(text, folder):
    path = folder / "script.py"
    path.write_text(text, "utf-8")
    empty = folder / "empty"
    empty.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-X", "utf8", "-W", "error", str(path)]
    return subprocess.run(
        command,
        cwd=empty,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.parametrize("path", RUN)
def test_a_notebook_prints_what_it_holds_and_what_its_page_shows(executed, path):
    stored = nbformat.reads(made(path), as_version=4).cells
    assert executed[path] == stored
    assert printed(executed[path]) == outputs(pages.read(path))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[0.99993704]", "[0.99993705]"),
        ("print(1 / (1", "print(2 / (1"),
        ("print(1 / (1", "raise ValueError(1 / (1"),
        ("random.seed(1)", "random.seed(2)"),
    ],
)
def test_a_notebook_that_is_not_so_is_noticed(kernel, before, after):
    page = pages.read(ROOT / "docs" / "index.md")
    text = takeaway.notebook(page, origin(), describe)
    assert text.count(before) == 1
    wrong = text.replace(before, after)
    assert kernel(wrong) != nbformat.reads(wrong, as_version=4).cells


@pytest.mark.slow
def test_names_that_a_block_finds_although_it_begins_afresh_are_noticed(kernel):
    page = pages.read(GOOD / "chains.md")
    assert printed(kernel(takeaway.notebook(page, origin(), describe))) != outputs(page)


@pytest.mark.slow
@pytest.mark.parametrize("path", RUN)
def test_a_script_prints_the_outputs_of_its_page_in_order(path, tmp_path):
    page = pages.read(path)
    run = run_script(takeaway.script(page, origin(path.name), describe), tmp_path)
    assert (run.stdout, run.stderr) == ("".join(outputs(page)), "")


def test_a_script_of_a_page_that_is_not_so_prints_something_else(tmp_path):
    page = pages.parse("```python\nprint(1)\n```\n\n```output\n2\n```\n", Path("page.md"))
    assert run_script(script_of(page.text), tmp_path).stdout != "".join(outputs(page))


# ---- as files


@pytest.mark.parametrize("path", [*PAGES, *ODD], ids=lambda path: path.name)
def test_a_notebook_is_one_by_the_rules(path):
    notebook = nbformat.reads(made(path), as_version=4)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\n" == made(path)


@pytest.mark.parametrize(("key", "value"), [("id", "no blanks"), ("cell_type", "prose")])
def test_what_is_not_one_by_the_rules_is_noticed(key, value):
    content = json.loads(made(PAGES[0]))
    content["cells"][0][key] = value
    with pytest.raises(nbformat.ValidationError):
        nbformat.validate(content)


@pytest.mark.parametrize("make", [takeaway.notebook, takeaway.script])
def test_the_same_page_gives_the_same_file(make):
    for path in PAGES:
        one, other = (make(pages.read(path), origin(path.name), describe) for _ in range(2))
        assert one == other


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_jupyter_takes_every_cell_as_python_and_nothing_else(path):
    for code in codes(nbformat.reads(made(path), as_version=4)):
        assert TransformerManager().transform_cell(code) == f"{code}\n"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_link_depends_on_where_the_file_is(path):
    page = pages.read(path)
    prose = "\n".join(texts(nbformat.reads(made(path), as_version=4)))
    prose = re.sub(r"`[^`\n]+`", "", re.sub(r"(?ms)^(`{3,}).*?^\1$", "", prose))
    assert re.findall(r"\]\((?!https?:)[^)]*\)", prose) == []
    offline = takeaway.script(page, origin(path.name, ""), describe)
    assert "](" not in re.sub(
        r"\]\(https?:[^)]*\)|`{3,}.*?`{3,}|`[^`\n]+`", "", offline, flags=re.DOTALL
    )


# ---- what they begin with


def test_it_begins_with_the_title_the_site_and_what_it_needs():
    source = "---\ntitle: T\n---\n\n# What?\n\n```python\nimport numpy\n```\n"
    expected = "# T\n\nThis is a page of [First Neuron](https://site.test/page/).\n"
    expected += "To run it you need NumPy: `pip install numpy`.\nAs you like."
    assert texts(notebook_of(source)) == [expected, "# What?"]
    assert "# # T\n#\n# This is a page of [First" in script_of(source)


def test_the_package_is_fetched_from_the_site_or_its_folder_of_downloads():
    source = "# T\n\n```python\nfrom firstneuron import sigmoid\n```\n"
    wheel = "downloads/firstneuron-0.1.0-py3-none-any.whl` installs both."
    assert f"`pip install {SITE}{wheel}" in texts(notebook_of(source))[0]
    (head,) = texts(notebook_of(source, site=""))
    assert "`pip install firstneuron-0.1.0-py3-none-any.whl` installs both" in head
    assert "the wheel from the site's downloads folder" in head
    assert "This is a page of First Neuron.\n" in head


def test_what_a_page_does_not_import_it_does_not_need():
    (head,) = texts(notebook_of('# T\n\n```python\nprint("import numpy")\n```\n'))
    assert "Python and nothing else" in head


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("import torch.nn, math", "you need Python and `torch`."),
        ("import numpy\nfrom torch import nn", "numpy`. It needs `torch`, too."),
        ("import b, dask, c", "you need Python and `b`, `c` and Dask."),
        ("from __future__ import annotations", "you need Python and nothing else."),
    ],
)
def test_other_libraries_are_named(code, needs):
    assert needs in texts(notebook_of(f"# T\n\n```python\n{code}\n```\n"))[0]


def test_a_title_is_never_taken_for_the_encoding_of_the_file(tmp_path):
    script = script_of("# Encoding: what-ever\n\n```python\nprint('é')\n```\n")
    assert run_script(script, tmp_path).stdout == "é\n"


@pytest.mark.parametrize(
    ("source", "name"), [("index.md", "first-neuron"), ("one-neuron.md", "one-neuron")]
)
def test_home_is_called_as_the_site_and_a_page_as_itself(source, name):
    assert takeaway.name(Path(source), "First Neuron") == name


# ---- odd blocks


def test_a_block_in_a_note_is_a_cell_and_the_note_goes_on_below_it():
    source = '# T\n\n??? note "N"\n\n    One.\n\n    ```python\n    x = 1\n    ```\n\n    Two.\n'
    notebook = notebook_of(source)
    assert texts(notebook)[1:] == ["> **N**\n>\n> One.", "> Two."]
    assert codes(notebook) == ["x = 1"]


def test_what_follows_a_block_in_a_list_does_not_become_code():
    source = (
        "# T\n\n- One\n\n    ```python\n    x = 1\n    ```\n\n    Two.\n\n"
        "    ```sh\n    ls\n    ```\n\n- Three\n\n        code\n"
    )
    assert texts(notebook_of(source))[1:] == [
        "- One",
        "Two.\n\n```sh\nls\n```\n\n- Three\n\n        code",
    ]


def test_javascript_and_what_it_prints_stay_prose(tmp_path):
    source = (
        "# T\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n\nIn JavaScript:\n\n"
        "```javascript\nconsole.log(2);\n```\n\n```output\n2\n```\n"
    )
    notebook = notebook_of(source)
    assert codes(notebook) == ["print(1)"]
    shown = "```javascript\nconsole.log(2);\n```\n\nPrints:\n\n```text\n2\n```"
    assert texts(notebook)[1] == f"In JavaScript:\n\n{shown}"
    assert run_script(script_of(source), tmp_path).stdout == "1\n"


def test_a_block_that_prints_nothing_has_no_output():
    cells = notebook_of("# T\n\n```python\nx = 1\n```\n").cells
    assert cells[-1].outputs == []


@pytest.mark.slow
def test_a_line_that_is_printed_without_its_end_is_noticed(kernel, tmp_path):
    source = '# T\n\n```python\nprint("x", end="")\n```\n\n```output\nx\n```\n'
    page = pages.parse(source, Path("page.md"))
    assert printed(kernel(takeaway.notebook(page, origin(), describe))) == ["x"] != outputs(page)
    assert run_script(script_of(source), tmp_path).stdout == "x" != outputs(page)[0]


@pytest.mark.slow
def test_lines_that_look_like_magic_are_strings_and_stay_so(kernel, tmp_path):
    lines = "%time x\n%%bash\n!ls\n?print\nprint?\n# %%\n,a b\n/a b\n"
    code = f'text = """\n{lines}"""\nprint(text)\n'
    source = f"# T\n\n```python\n{code}```\n\n```output\n\n{lines}\n```\n"
    page = pages.parse(source, Path("page.md"))
    cells = kernel(takeaway.notebook(page, origin(), describe))
    assert printed(cells) == outputs(page) == [f"\n{lines}\n"]
    assert run_script(script_of(source), tmp_path).stdout == outputs(page)[0]


def test_imports_from_the_future_stand_at_the_top_of_a_script(tmp_path):
    block = 'print("é"); from math import pi\n'
    later = '"""é"""; from __future__ import annotations; x: no_such_name = 1\nprint(x)\n'
    script = script_of(f"# T\n\n```python\n{block}```\n\nText.\n\n```python\n{later}```\n")
    run = run_script(script, tmp_path)
    assert (run.stdout, run.stderr) == ("é\n1\n", "")
    assert '"""é"""; pass; x: no_such_name = 1\n' in script
    assert script.index("\nfrom __future__ import annotations\n") < script.index("print")


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        ("x = [1]\nx", "x = [1]\nx;"),
        ("'é'  # why", "'é';  # why"),
        ("x = [1]\n(x\n )", "x = [1]\n(x\n );"),
        ("1;", "1;"),
        ("1 ; # why", "1 ; # why"),
        ("print(1)", "print(1)"),
        ("if 1:\n    2", "if 1:\n    2"),
        ("# nothing", "# nothing"),
    ],
)
def test_a_value_that_the_page_does_not_show_is_not_shown_in_a_notebook(code, cell):
    assert codes(notebook_of(f"# T\n\n```python\n{code}\n```\n")) == [cell]


def test_an_example_that_is_not_run_is_shown_with_the_reason():
    source = (
        "# T\n\n```python\nx = 1\n```\n\n"
        '```{.python notest reason="it never ends"}\nwhile x:\n    pass\n```\n'
    )
    shown = "*Not run: it never ends.*\n\n```python\nwhile x:\n    pass\n```"
    notebook = notebook_of(source)
    assert texts(notebook)[1:] == [shown]
    assert codes(notebook) == ["x = 1"]
    assert "\n# ```python\n# while x:\n#     pass\n# ```\n" in script_of(source)


@pytest.mark.parametrize("line", ["%% x", "# %%", "In [1]: x", "In[ ]", "<codecell>", "  %%"])
def test_prose_never_begins_a_cell(line):
    script = script_of(f"# T\n\n```python\nx = 1\n```\n\nText:\n{line}\n")
    begins = [it for it in script.split("\n") if re.match(r"#\s*(%%|<codecell>|In ?\[)", it)]
    assert begins == ["# %% [markdown]", "# %%", "# %% [markdown]"]
    assert line.strip() in script


def test_what_only_looks_like_the_beginning_of_a_cell_stays_as_it_is():
    script = script_of("# T\n\nIn [the page](https://a.test) 5 %% are.\n\n```python\nx = 1\n```\n")
    assert "\n# In [the page](https://a.test) 5 %% are.\n" in script


def test_formulas_in_quotations_are_on_one_line_and_others_as_they_were():
    source = "# T\n\n$$\nx\n$$\n\n!!! note\n\n    $$\n    a\n    b\n    $$\n\n    $y$\n"
    (_, text) = texts(notebook_of(f"{source}\n```python\nx = 1\n```\n"))
    assert text == "$$\nx\n$$\n\n> **Note**\n>\n> $$ a b $$\n>\n> $y$"


# ---- on the site


@pytest.mark.slow
@pytest.mark.parametrize("directories", [True, False])
def test_every_page_with_code_offers_both_and_no_other_does(site, tmp_path, directories):
    if not directories:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        environment = {"SITE_URL": "", "DIRECTORY_URLS": "false", "NO_MKDOCS_2_WARNING": "1"}
        environment = os.environ | environment
        subprocess.run(
            [*command, "--site-dir", tmp_path], cwd=ROOT, env=environment, check=True, timeout=300
        )
        site = tmp_path
    made_files = set()
    for path in sorted((ROOT / "docs").glob("*.md")):
        at_root = not directories or path.stem == "index"
        html = site / (f"{path.stem}.html" if at_root else f"{path.stem}/index.html")
        links = re.findall(
            r'<a href="([^"]*)" download>Download as (notebook|script)<', html.read_text("utf-8")
        )
        name = takeaway.name(path, "First Neuron")
        expected = [(f"{name}.ipynb", "notebook"), (f"{name}.py", "script")] * (path in PAGES)
        assert links == expected
        made_files |= {html.parent / address for address, _ in links}
    found = {it for it in site.rglob("*") if it.suffix in {".py", ".ipynb"}}
    assert {it for it in found if it.parent.name != "downloads"} == made_files


@pytest.mark.slow
def test_the_site_serves_what_was_tested(site, base_url):
    text = (site / "one-neuron" / "one-neuron.ipynb").read_text("utf-8")
    page = pages.read(ROOT / "docs" / "one-neuron.md")
    served = nbformat.reads(text, as_version=4)
    cells = [cell for cell in served.cells if cell.cell_type == "code"]
    assert printed(cells) == outputs(page)
    assert f"({base_url}one-neuron/)" in texts(served)[0]
    assert f"{base_url}the-sigmoid/" in text
