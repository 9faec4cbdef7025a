"""Addresses that may be fetched, in parts."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit

from multivector.errors import DocumentError


def is_address(named: str) -> bool:
    """Whether this is an address on the network and no path."""
    return re.match(r"[a-z][a-z0-9+.-]+://", named, re.IGNORECASE) is not None


def split(address: str, given: str) -> SplitResult:
    """The parts of an address that may be fetched.

    Raises
    ------
    DocumentError : not http or https, no host, a user or password in it, or signs that no address has.
    """
    what = ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise DocumentError(
            f"this is no address: {error}", where=given[:300], repair="write it as https://host/path"
        ) from error
    if parts.scheme not in ("http", "https"):
        what = f"only http and https are fetched, not {parts.scheme[:20] or 'this'}"
    elif not parts.hostname or port == 0:
        what = "the address has no host" if not parts.hostname else "the address has port 0"
    elif parts.username is not None or parts.password is not None:
        what = "the address holds a user's name or password"
    elif re.search(r"[\x00-\x20\x7f\\]", address) or len(address) > 4_000:
        what = "the address holds signs that no address has, or more than 4,000 characters"
    if what:
        where = given if address == given else f"{given} -> {address[:200]}"
        raise DocumentError(what, where=where[:600], repair="write it as https://host/path")
    try:
        host = str(parts.hostname).encode("idna").decode("ascii")
    except UnicodeError as error:
        raise DocumentError(
            f"the host {str(parts.hostname)[:100]} is no name: {error}",
            where=given,
            repair="check the address",
        ) from error
    bracketed = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=bracketed if port is None else f"{bracketed}:{port}")


def target(parts: SplitResult) -> str:
    """What a request asks its host for: path and query."""
    path = quote(parts.path or "/", safe="/%:=&?~#+!$,;'@()*[]")
    return path + (f"?{quote(parts.query, safe='/%:=&?~+!$,;@()*[]')}" if parts.query else "")
