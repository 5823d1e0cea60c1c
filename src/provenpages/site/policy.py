"""A strict content security policy in every page: nothing from elsewhere, nothing inline."""

from __future__ import annotations

import base64
import hashlib
import re

_CHARSET = '<meta charset="utf-8">'
_INLINE = re.compile(r"<(script|style)(?P<attributes>[^>]*)>(?P<text>.*?)</\1>", re.DOTALL)
_IN_ATTRIBUTES = re.compile(r"<\w[^<>]*\s(style|on\w+)=[\"'][^<>]*>")


class NotAllowed(Exception):  # noqa: N818  (it reads as what happened)
    """A page holds what its policy forbids."""


def with_policy(html: str) -> str:
    """A whole page with its policy, which knows the theme's inline scripts by their hashes.

    Raises:
        NotAllowed: A style or a handler stands in an attribute, where no hash can allow it.
    """
    inline: dict[str, list[str]] = {"script": [], "style": []}
    for match in _INLINE.finditer(html):
        if " src=" not in match["attributes"] and "application/json" not in match["attributes"]:
            inline[match[1]].append(_hash(match["text"]))
    refused = _IN_ATTRIBUTES.search(_INLINE.sub("", html))
    if refused:
        raise NotAllowed(f"a strict policy forbids this attribute: {refused[0][:200]}")
    if _CHARSET not in html:
        raise NotAllowed(f"no place for the policy: {_CHARSET} is not there")
    policy = "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' 'wasm-unsafe-eval'", *sorted(set(inline["script"])))),
            " ".join(("style-src 'self'", *sorted(set(inline["style"])))),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    meta = f'{_CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, meta, 1)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
