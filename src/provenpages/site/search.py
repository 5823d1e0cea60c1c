"""The search index: a page is also found by its name, not only by the question that heads it."""

from __future__ import annotations

import json


def with_titles(index: str, titles: dict[str, str]) -> str:
    """The index with the name of each page before its first heading.

    Args:
        index: What the search plugin wrote, as JSON.
        titles: The name of each page by its address in the site.
    """
    read = json.loads(index)
    for entry in read["docs"]:
        name = titles.get(entry["location"])
        if name and name.casefold() not in entry["title"].casefold():
            entry["title"] = f"{name}: {entry['title']}"
    return json.dumps(read, ensure_ascii=False, separators=(",", ":"))
