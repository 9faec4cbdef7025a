"""Fetching a document from its address, only when asked, and only from the public internet.

The host is resolved once; every address found is checked; the checked one is connected, so that no second
answer of a name server can lead elsewhere. Redirects are followed by hand under the same checks. Proxies
that the environment names are not used: through one, nothing could be checked.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from multivector.errors import DocumentError
from multivector.evidence.documents.address import split, target
from multivector.evidence.documents.guard import why_refused
from multivector.evidence.documents.kinds import LARGEST
from multivector.evidence.documents.pinned import Pinned

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What is read, and the end of a file's name that stands for it.
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rss",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pdf": ".pdf",
    _WORD: ".docx",
    "application/octet-stream": "",
    "": "",
}


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the bytes, and what the server said of them."""

    address: str
    raw: bytes
    suffix: str
    encoding: str


@dataclass(frozen=True)
class Fetch:
    """How documents are fetched, and the limits.

    Parameters
    ----------
    seconds : for one address, from the first connection to the last byte, redirects included.
    largest : bytes of one document.
    redirects : followed at most.
    refused : why an IP address is not connected to; empty where it may be.
    resolve : the IP addresses of a host and port.
    context : whom to trust with `https`; the system's certificates unless told otherwise.
    """

    seconds: float = 30.0
    largest: int = LARGEST
    redirects: int = 5
    refused: Callable[[str], str] = why_refused
    resolve: Callable[[str, int], Iterable[str]] = resolve
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(self, address: str) -> Fetched:
        """Fetch a document.

        Raises
        ------
        DocumentError : the address is none, is refused, does not answer, or gives no document that is
            read; too many redirects, too large, too slow. Says which address and what repairs it.
        """
        ends = time.monotonic() + self.seconds
        asked = address
        for _ in range(self.redirects + 1):
            answer = self._ask(asked, ends, address)
            if isinstance(answer, Fetched):
                return answer
            asked = urljoin(asked, answer)
        raise DocumentError(
            f"more than {self.redirects} redirects, the last to {asked[:200]}",
            where=address,
            repair="open it in a browser and give the address that it ends at",
        )

    def _ask(self, address: str, ends: float, given: str) -> Fetched | str:
        """A document, or the address that the server sends on to."""
        parts = split(address, given)
        connection = self._connected(parts, ends, given)
        try:
            connection.request("GET", target(parts), headers=_headers(parts))
            with connection.getresponse() as answer:
                place = answer.headers.get("Location")
                if answer.status in _REDIRECTS and place:
                    return place
                document = self._document(answer, address, given)
            if time.monotonic() >= ends:  # what was cut off can look like a whole
                raise self._too_slow(given)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if time.monotonic() >= ends:
                raise self._too_slow(given) from error
            raise DocumentError(
                f"fetching stopped: {error or type(error).__name__}",
                where=given,
                repair="try again later, or save the document by hand and name the file",
            ) from error
        else:
            return document
        finally:
            connection.end()

    def _document(self, answer: http.client.HTTPResponse, address: str, given: str) -> Fetched:
        if answer.status != 200:
            raise DocumentError(
                f"the server answered {answer.status} {answer.reason[:80]}",
                where=given,
                repair="check the address in a browser; save what needs a login by hand and name the file",
            )
        kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
        if kind not in TYPES:
            raise DocumentError(
                f"the address gives {kind[:80]}, which is not read",
                where=given,
                repair="give the address of a page, a feed, a text, a PDF or a Word document",
            )
        if answer.headers.get("Content-Encoding", "identity").lower() not in ("identity", ""):
            raise DocumentError(
                "the server packed the document although it was asked not to",
                where=given,
                repair="save it by hand and name the file",
            )
        declared = answer.headers.get("Content-Length", "")
        if declared.isdecimal() and len(declared) < 19 and int(declared) > self.largest:
            raise self._too_large(given)
        raw = answer.read(self.largest + 1)
        if len(raw) > self.largest:
            raise self._too_large(given)
        if declared.isdecimal() and len(raw) < int(declared[:19]):
            raise http.client.IncompleteRead(raw[:0], int(declared[:19]) - len(raw))
        suffix = TYPES[kind]
        ending = re.search(r"\.\w{1,8}$", urlsplit(address).path)
        if suffix in ("", ".txt") and ending:
            suffix = ending[0].lower()
        return Fetched(address, raw, suffix, answer.headers.get_content_charset("") or "")

    def _connected(self, parts: SplitResult, ends: float, given: str) -> Pinned:
        host, secure = str(parts.hostname), parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        try:
            found = list(self.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise DocumentError(
                f"the host {host[:100]} is not known: {error}",
                where=given,
                repair="check the address, and that this machine is on the network",
            ) from error
        for ip in found:
            reason = self.refused(ip)
            if reason:
                raise DocumentError(
                    f"the host {host[:100]} stands for {ip}, a {reason} address; it is not connected to",
                    where=given,
                    repair="give an address on the public internet, or save the document by hand and name the file",
                )
        fault: Exception = OSError("it has no address")
        for ip in found:
            left = ends - time.monotonic()
            if left <= 0:
                raise self._too_slow(given)
            connection = Pinned(host, port, ip, left, self.context if secure else None)
            try:
                connection.connect()
            except (OSError, ValueError) as error:
                connection.end()
                fault = error
            else:
                return connection
        if time.monotonic() >= ends:
            raise self._too_slow(given) from fault
        raise DocumentError(
            f"the host {host[:100]} is not reached: {fault}",
            where=given,
            repair="try again later, or save the document by hand and name the file",
        ) from fault

    def _too_slow(self, given: str) -> DocumentError:
        return DocumentError(
            f"not whole after {self.seconds:g} seconds",
            where=given,
            repair="try again later, or save the document by hand and name the file",
        )

    def _too_large(self, given: str) -> DocumentError:
        return DocumentError(
            f"the document has more than {self.largest / 2**20:.0f} MB",
            where=given,
            repair="give the address of the text alone, or save it by hand and split it",
        )


def _headers(parts: SplitResult) -> dict[str, str]:
    return {
        "Host": parts.netloc,
        "User-Agent": "multivector (reads documents that a person named)",
        "Accept": ", ".join(kind for kind in TYPES if kind),
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
