"""Pages as nobody would write them: of pieces that look like Markdown, or good ones with slips.

Whatever could be run in them is harmless, in whatever order the lines end up.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
REAL = [
    path.read_text("utf-8")
    for path in (*sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("tests/provenpages/good/*.md")))
]

HEADERS = [
    *("py", "python3", "{.python}", "{ .python }", "{.python continuation}", "python continuation"),
    *('{.python notest reason="it would never end"}', "{.python notest}", '{.python linenums="1"}'),
    *('python title="x.py" hl_lines="1"', "{.python needs=torch}", "{.python exercise=one}", ""),
    *("{.output}", "console", "text", "javascript", "pyhton", "Python", "{.py #id}", "python  "),
    *(
        "{.text .python}",
        "{.python .output}",
        "python{.text}",
        "c++",
        "\tpython",
        "pycon",
        "python`",
    ),
    *("{.python title='x}", '{.python data-is="1"}', '{.python attr="v"}', '{.text title="3.25"}'),
]

CODE = [
    *("x = 1", "print(1)", "print('a\\n\\nb')", "pass", "", "   ", "\tx = 1", "    x = 1", "# c"),
    *("```", "~~~", "````", "    ```", "```python", "```output", "> q", "- a", "<!--", "-->", "é"),
    *("$ greet you", "$ ", "1", "1.5", '`2`{ data-is="1" }', "</pre>", "<b>&amp;</b>", "\\", "$x$"),
    *("\x0cx", "a\u2028b", "a\x85b", "\x00", "\x02", "\ufeffx", '"""', "1 / 0", "print('`')"),
]

PROSE = [
    *("text", "text `code` text", "It is 3.25 long", "`3.25`", "3.**25**", "1,000", "[3.25](x)"),
    *('`2`{ data-is="1 + 1" }', "`2`{: data-is='x' }", '**`2`{ data-is="1" }**', "[x](3.25)"),
    *(".375", "3<wbr>.25", "3\u200b.25", "\u202e3.25", '9`2`{ data-is="1 + 1" }'),
    *(
        '`2`{ data-is="1 + 1" }.5',
        '−`2`{ data-is="1 + 1" }',
        "<listing>",
        "</listing>",
        "<kbd>3</kbd>",
    ),
    *('`1`{ data-is="10**5000" }', '`a`{ data-is="chr(13)" }', '`2`{ data-is="tried" }'),
    *(
        "$x = 1$",
        "$$",
        "$$\nx = 1\n$$",
        "\\(x\\)",
        "\\[x\\]",
        "\\begin{a}x\\end{a}",
        "\\$x$",
        "$5 a $6",
    ),
    *(
        "[w](<try:1 → 2>)",
        "[w](try:1)",
        "[w][r]",
        "[r]: try:1",
        "[w](\n<try:1 → 2>)",
        "<try:1 → 2>",
    ),
    *('<a href="try:1 → 2">w</a>', '`…`{ data-count="examples" }', "`a", "b`", "``", "``` x ```"),
    *(
        "<!-- c -->",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<!--->",
        "\\<!--",
        "`<!--`",
        "``<!--",
        "<!-- a",
    ),
    *('<span title="<!--">', "<div>", "<div markdown>", "</div>", "<pre>", "</pre>", "<script>"),
    *('<pre><code class="language-python">', "</code></pre>", "</script>", "<style>", "</style>"),
    *("<textarea>", "</textarea>", "<?php", "?>", "<![CDATA[", "]]>", "<!DOCTYPE x>", "<details>"),
    *("<span>", "</span>", "<code>", "</code>", '<code data-is="1">2</code>', "<b DATA-IS='1'>"),
    *('<p class="arithmatex">', "</p>", '<div class="linenodiv">', "text\n{ .linenodiv }", "<xmp>"),
    *("# Head", "Head\n===", "---", "* * *", "term\n: def", "[^1]", "[^1]: note", "*[abc]: 3.25"),
    *('| a | b |\n|---|---|\n| 1.5 | `2`{ data-is="1" } |', "abc", "&lt;!--", "&#36;x&#36;", "\t"),
    *("<!-- symbols\nx = draw()\n-->", "<!-- not proved: it is too hard -->", "![3.25](x.png)"),
    *(
        "<https://3.25>",
        "1e5",
        "x\x0cy",
        "a\u2028b",
        "> > q",
        "    print(1)",
        "key: value",
        "\ufeff",
    ),
]

FRONT = [
    *("---\ntitle: x\n---\n", "---\nfacts: x = 1\n...\n", "---\nfacts: |\n  1 / 0\n---\n", "---\n"),
    *(
        "---\n- a\n---\n",
        "---\ntitle: 3.25\n---\n",
        "---\na: [\n---\n",
        "---\n\n---\n",
        "key: `1`\n",
    ),
    *("---\n!!int x\n---\n", "---\n&a [*a]\n---\n"),
    *("---\nfacts: [1]\n---\n", "---\ndate: 2001-99-99\n---\n", "---\n? {a: b}\n---\n"),
]

HOLDERS = [
    "- ",
    "1. ",
    "> ",
    "[^1]: ",
    ": ",
    '!!! note "1.5"',
    "??? tip",
    '=== "T"',
    "- \n",
    "    ",
]
INDENTS = ["    ", "    ", "> ", "  ", "\t", "   ", ">"]


@st.composite
def fences(draw):
    """A fence, whole or not."""
    mark = draw(st.sampled_from(["```", "```", "~~~", "````"]))
    header = draw(st.sampled_from(["python", "python", "output", *HEADERS]))
    code = draw(st.just(["print(1)"]) | st.lists(st.sampled_from(CODE), max_size=3))
    odd = ["", mark + mark[0], mark[:-1], " " + mark, mark + " ", mark + " x", "~~~", "    " + mark]
    end = draw(st.sampled_from([*[mark] * 12, *odd]))
    indent = draw(st.sampled_from([*[""] * 8, " ", "   ", "    "]))
    return [f"{indent}{mark}{header}", *(indent + line for line in code), indent + end]


@st.composite
def proofs(draw):
    """An example with its output, as pages show them."""
    number, gap = draw(st.integers(0, 2)), draw(st.sampled_from([[""], [], ["<!-- c -->"]]))
    shown = draw(st.sampled_from(["1", "2"]))
    code = ["```python", f"print({number})", "```"]
    return [*code, *gap, "```output", shown, "```"]


@st.composite
def held(draw, inner):
    """A list item, note, tab, quote or footnote that holds something."""
    lines, indent = draw(inner), draw(st.sampled_from(INDENTS))
    first = draw(st.sampled_from(HOLDERS))
    gap = draw(st.sampled_from([[""], []]))
    return [first, *gap, *(indent + line if line or indent[0] == ">" else "" for line in lines)]


def _joined(parts):
    return [line for lines, gap in parts for line in [*lines, *gap]]


def _blocks(inner, most):
    return st.lists(st.tuples(inner, st.sampled_from([[""], [""], []])), max_size=most).map(_joined)


_PARTS = fences() | proofs() | st.sampled_from(PROSE).map(lambda it: it.split("\n"))
_LINES = _blocks(
    _PARTS | st.recursive(_blocks(_PARTS, 3), lambda it: held(_blocks(it, 2)), max_leaves=3), 8
)


@st.composite
def of_pieces(draw):
    """A page of pieces."""
    front = draw(st.just("") | st.sampled_from(FRONT))
    text = front + "\n".join(draw(_LINES)) + draw(st.sampled_from(["\n", ""]))
    end = draw(st.sampled_from([*["\n"] * 6, "\r\n", "\r"]))
    return draw(st.sampled_from([*[""] * 8, "\ufeff"])) + text.replace("\n", end)


@st.composite
def with_slips(draw):
    """A part of a real page, with lines or characters lost, doubled, swapped or indented."""
    lines = draw(st.sampled_from(REAL)).split("\n")
    start = draw(st.integers(0, max(0, len(lines) - 60)))
    lines = lines[start : start + 60]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        place = draw(st.integers(0, max(0, len(line) - 1)))
        kind = draw(st.integers(0, 7))
        changed = {
            0: [],
            1: [line, line],
            2: ["    " + line],
            3: [line[4:] if line.startswith("    ") else line.lstrip()],
            4: [line[:place] + line[place + 1 :]],
            5: [line[:place] + line[place : place + 1] + line[place:]],
            6: [draw(st.sampled_from([*PROSE, *CODE])), line],
            7: [line, lines[(at * 7) % len(lines)]],
        }[kind]
        lines[at : at + 1] = changed
        lines = lines or [""]
    return "\n".join(lines) + "\n"


def plain():
    """Any text, most of it of the characters that Markdown looks at."""
    marks = st.sampled_from([*"`~<>!-[](){}$\\|:=.#*_'\"/\n\n \t\r\x00\x0c\u2028\ufeffabc123"])
    return st.text(marks | st.characters(exclude_categories=["Cs"]), max_size=120)


def pages():
    """Any of these."""
    return of_pieces() | of_pieces() | with_slips() | plain()
