"""Libraries that need not be installed where pages are proved, and a receipt of what was proved.

An example that needs such a library is run where the library is. Where it is not, the page is held
against the receipt: a file that is written where all of these examples were run, and nowhere
else. So nobody needs heavy libraries to see that a page shows something else than was proved.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from provenpages.names import free_names, imported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from provenpages.page import BoundNumber, Example, Page


@dataclass(frozen=True)
class Proved:
    """What was shown and found right when an example was run.

    Attributes:
        output: What it prints.
        numbers: The bound numbers that depend on it, on whatever page, as shown, each with its
            expression and a hash of what else it may depend on.
    """

    output: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What was proved, and with which versions.

    Attributes:
        versions: The version of each library, by the name one imports.
        examples: What was proved of each example, by a hash of it and of what it builds on,
            with the libraries that they say they need.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Proved] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Receipt:
        """The receipt that `written` made.

        Raises:
            ValueError: It is none.
        """
        try:
            content = json.loads(text)
            entries = content["examples"].items()
            return cls(
                {str(name): str(number) for name, number in content["versions"].items()},
                {key: Proved(it["output"], tuple(it.get("numbers", ()))) for key, it in entries},
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"not a receipt: {type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class Elsewhere:
    """The libraries that need not be here, and what was proved where they are.

    Attributes:
        libraries: What people call each of them, by the name one imports.
        command: What proves the pages that need them.
        receipt: What it proved.
    """

    libraries: Mapping[str, str] = field(default_factory=dict)
    command: str = ""
    receipt: Receipt = field(default_factory=Receipt)

    def needed(self, page: Page, example: Example) -> list[str]:
        """Those that an example, or what it builds on, needs."""
        return [it for it in page.needs(example) if it in self.libraries]

    def missing(self, names: Iterable[str] | None = None) -> list[str]:
        """Those that are not here, of these names or of all."""
        return [it for it in (self.libraries if names is None else names) if find_spec(it) is None]

    def not_installed(self, example: Example) -> list[str]:
        """Those that an example needs, that have to be here, and are not."""
        needed = [it for it in example.needs if it not in self.libraries]
        return [it for it in needed if not (it.isidentifier() and find_spec(it))]

    def wrongly_said(self, page: Page, example: Example) -> str:
        """What is wrong with the libraries that an example says it needs, if anything is."""
        unsaid = imported(example.text) & self.libraries.keys() - {*page.needs(example)}
        if unsaid:
            return f"imports {self.called(sorted(unsaid))}, which it does not say it needs"
        said = {it for it in example.needs if it in self.libraries}
        unused = said.difference(*(imported(it.text) for it in page.chain_to(example)))
        if unused:
            return f"says that it needs {self.called(sorted(unused))}, which it does not import"
        return ""

    def not_here(self, page: Page, example: Example) -> NotHere | None:
        """Why an example cannot be run here, if so."""
        needed = self.needed(page, example)
        missing = self.missing(needed)
        if not missing:
            return None
        are = "are" if missing[1:] else "is"
        return NotHere(
            f"needs {self.called(missing)}, which {are} not installed here: {self.command}",
            f"with {self.with_versions(needed)}",
            self.receipt.examples.get(_key(page, example)),
            page,
        )

    def called(self, names: Iterable[str]) -> str:
        """What people call these libraries."""
        return in_words([self.libraries.get(it, it) for it in names])

    def with_versions(self, names: Iterable[str]) -> str:
        """The same with the versions that are here, or were where the pages were proved."""
        return in_words([f"{self.called([it])} {self._version(it)}".strip() for it in names])

    def written(self, proved: Iterable[tuple[Page, Example, list[BoundNumber]]]) -> str:
        """The receipt of these examples, all of which were proved here, with their numbers."""
        examples: dict[str, dict[str, Any]] = {}
        for page, example, numbers in proved:
            shown = example.output.text if example.output else ""
            # The same example may stand in several places, with other numbers below it.
            entry = examples.setdefault(
                _key(page, example), {"pages": [], "output": shown, "numbers": []}
            )
            pages = [*entry["pages"], page.path.name]
            entry["pages"] = list(dict.fromkeys(pages))
            known = [*entry["numbers"], *(_number(page, it) for it in numbers)]
            entry["numbers"] = list(dict.fromkeys(known))
        content = {
            "about": f"Written by `{self.command}`, which has run these examples.",
            "versions": {it: self._version(it) for it in sorted({"numpy", *self.libraries})},
            "examples": examples,
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def _version(self, name: str) -> str:
        if find_spec(name) is None:
            return self.receipt.versions.get(name, "")
        distributions = packages_distributions().get(name, [])
        return version(distributions[0]).partition("+")[0] if distributions else ""


class NotHere(Exception):  # noqa: N818  (it reads as what happened)
    """It was not run, because a library is not here; the receipt has to vouch for what is shown.

    Args:
        reason: Which library, and what to do.
        how: With what it was proved elsewhere.
        proved: What was proved, if this very example was.
        page: The page as it is now.
    """

    def __init__(self, reason: str, how: str, proved: Proved | None, page: Page) -> None:
        super().__init__(reason)
        self.how = how
        self.proved = proved
        self._page = page

    def vouches_for(self, number: BoundNumber) -> bool:
        """Whether this number was proved, with the facts, and what is tried, as they are."""
        return self.proved is not None and _number(self._page, number) in self.proved.numbers


def _key(page: Page, example: Example) -> str:
    return _hash([_said(it) for it in page.chain_to(example)])


def _number(page: Page, number: BoundNumber) -> str:
    change = page.try_above(number) if "tried" in free_names(number.expression) else None
    given = [page.facts, [_said(it) for it in page.tried(change)]]
    return f"{number.shown} is {number.expression} given {_hash(given)}"


def _said(example: Example) -> list[str]:
    return [example.text, *example.needs]


def _hash(content: list[Any]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def in_words(words: list[str]) -> str:
    """A list as one says it: one, another and a third."""
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last
