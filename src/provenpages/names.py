"""The names in Python that is only read, not run: those it uses, defines and imports."""

from __future__ import annotations

import ast
import symtable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY = "*"
"""Stands for names that cannot be known without running."""


def free_names(expression: str) -> set[str]:
    """The names that an expression expects to find; `ANY` if it is none.

    Examples:
        >>> sorted(free_names("sum(v for v in costs.values())"))
        ['costs', 'sum']
    """
    try:
        tables = _with_inner(symtable.symtable(expression, "binding", "eval"))
    except SyntaxError:
        return {ANY}
    # From Python 3.12 on, what a comprehension assigns is listed with what is around it, too.
    return {
        symbol.get_name()
        for table in tables
        for symbol in table.get_symbols()
        if symbol.is_global() and not symbol.is_assigned()
    }


def defined_names(text: str) -> set[str]:
    """The names to which a program may give a meaning, `ANY` among them if others may get one.

    Examples:
        >>> sorted(defined_names("import os.path as path; half = lambda x: x / 2"))
        ['half', 'path']
        >>> defined_names("from math import *")
        {'*'}
    """
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:
        return {ANY}
    stored = {
        it.id for it in nodes if isinstance(it, ast.Name) and not isinstance(it.ctx, ast.Load)
    }
    imports = {it.asname or it.name.partition(".")[0] for it in nodes if isinstance(it, ast.alias)}
    # Definitions, exceptions and patterns hold what they name as text.
    others = [it for it in nodes if not isinstance(it, ast.alias)]
    named = {getattr(it, key, None) for it in others for key in ("name", "rest")}
    return stored | imports | {it for it in named if it}


def imported(text: str) -> set[str]:
    """The packages and modules that a program imports, anywhere in it.

    Examples:
        >>> sorted(imported("import os.path; from json.decoder import JSONDecoder"))
        ['json', 'os']
    """
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:
        return set()
    names = [it.name for node in nodes if isinstance(node, ast.Import) for it in node.names]
    names += [it.module or "" for it in nodes if isinstance(it, ast.ImportFrom) and not it.level]
    return {it.partition(".")[0] for it in names}


def _with_inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for inner in table.get_children():
        yield from _with_inner(inner)
