"""One call of an endpoint that speaks the OpenAI chat completions protocol.

No redirect is followed, no proxy is used, no address but the endpoint's is ever called. The key comes from the
environment alone and leaves only in the header of a request that is encrypted or stays on this machine.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from multivector.errors import ComputationError, InputError

KEY = "MULTIVECTOR_LLM_KEY"  # the name of the environment variable that holds the key
LARGEST = 4 * 1024 * 1024  # bytes of one answer
_ATTEMPTS = 4
_LONGEST_WAIT = 30.0  # seconds between two attempts
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class Refusal(Exception):  # noqa: N818  (it becomes an error where no other form of the request is left)
    """The endpoint refused the request itself (HTTP 400 or 422): what it said, and the error that this is."""

    def __init__(self, said: str, error: InputError) -> None:
        self.said, self.error = said, error
        super().__init__("refused")


@dataclass(frozen=True)
class Client:
    """Calls `{endpoint}/chat/completions`.

    Parameters
    ----------
    endpoint : base address, such as http://localhost:8000/v1; https unless it is on this machine and a key is set.
    timeout : seconds without a byte before an attempt is given up.
    wait : what to do between attempts, given the seconds.

    Raises
    ------
    InputError : the endpoint is no http address, or would receive the key unencrypted.
    """

    endpoint: str
    timeout: float = 120.0
    wait: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        address_of(self.endpoint)

    def complete(self, request: dict[str, object]) -> str:
        """The text of the model's answer.

        Raises
        ------
        Refusal : HTTP 400 or 422.
        InputError : no such endpoint or model, no right to call it.
        ComputationError : the endpoint cannot be reached, does not answer in time, or not with a completion.
        """
        body = json.dumps(request).encode("ascii")
        last: ComputationError | None = None
        for attempt in range(_ATTEMPTS):
            status, raw, after = 0, b"", None
            try:
                status, raw, after = self._post(body)
            except (OSError, http.client.HTTPException) as error:
                last = self._unreachable(error)
            else:
                if status == 200:
                    return self._text_of(raw)
                if status not in _PASSING:
                    raise self._refusal(status, raw)
                last = ComputationError(
                    f"the endpoint answered HTTP {status} {_ATTEMPTS} times",
                    where=self.endpoint,
                    repair="wait a while and run the same command again; answers so far are in the cache",
                )
            if attempt + 1 < _ATTEMPTS:
                self.wait(_pause(attempt, after))
        assert last is not None
        raise last

    def _post(self, body: bytes) -> tuple[int, bytes, str | None]:
        address = address_of(self.endpoint)
        connect = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        connection = connect(address.hostname or "", address.port, timeout=self.timeout)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        key = key_for(address, self.endpoint)
        if key:
            headers["Authorization"] = f"Bearer {key}"
        try:
            connection.request("POST", address.path.rstrip("/") + "/chat/completions", body, headers)
            with connection.getresponse() as response:
                return response.status, self._bounded(response), response.headers.get("Retry-After")
        finally:
            connection.close()

    def _bounded(self, response: http.client.HTTPResponse) -> bytes:
        """The body, read in pieces so that an endless one, or one that drips for ever, is left."""
        started, pieces, size = time.monotonic(), [], 0
        while piece := response.read1(65_536):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise ComputationError(
                    f"the answer is larger than {LARGEST // 2**20} MB",
                    where=self.endpoint,
                    repair="check that the endpoint speaks the chat completions protocol",
                )
            if time.monotonic() - started > 10 * self.timeout:
                raise TimeoutError(f"the answer took longer than {10 * self.timeout:g} s")
        return b"".join(pieces)

    def _text_of(self, raw: bytes) -> str:
        try:
            answer = json.loads(raw.decode("utf-8"))
            choice = answer["choices"][0]
            text = choice["message"]["content"]
        except (ValueError, RecursionError, LookupError, TypeError) as error:
            raise ComputationError(
                "the answer is no chat completion",
                where=self.endpoint,
                repair="check the endpoint: it must answer POST /chat/completions with choices[0].message.content",
            ) from error
        return text if isinstance(text, str) else ""

    def _refusal(self, status: int, raw: bytes) -> InputError | Refusal:
        where = self.endpoint
        if status in (400, 422):
            error = InputError(
                f"the endpoint refuses the request (HTTP {status})",
                where=where,
                repair="check the model's name and the length of text that it can take",
            )
            return Refusal(raw[:20_000].decode("utf-8", "replace"), error)
        if status in (401, 403):
            held = "is not accepted" if os.environ.get(KEY) else "is missing"
            return InputError(
                f"the key {held} (HTTP {status})",
                where=where,
                repair=f"set the environment variable {KEY} to a key of this endpoint",
            )
        if 300 <= status < 400:
            return InputError(
                f"the endpoint sends elsewhere (HTTP {status}); that is not followed",
                where=where,
                repair="give the address that it leads to, if you trust it",
            )
        repair = (
            "give the base address of the endpoint, such as http://localhost:8000/v1, and a model that it has"
        )
        return InputError(f"the endpoint answers HTTP {status}", where=where, repair=repair)

    def _unreachable(self, error: Exception) -> ComputationError:
        if isinstance(error, TimeoutError):
            what = f"no answer within {self.timeout:g} s"
        elif isinstance(error, ConnectionRefusedError):
            what = "nothing listens there (connection refused)"
        else:
            what = f"the endpoint cannot be reached: {type(error).__name__}"
        return ComputationError(
            what,
            where=self.endpoint,
            repair="start the model's server or mend the address; what is in the cache is read without it",
        )


def address_of(endpoint: str) -> SplitResult:
    """The parts of the endpoint's address; refuses what is no plain http(s) address."""
    fault = ""
    try:
        address = urlsplit(endpoint)
        _ = address.port
    except ValueError:
        address, fault = SplitResult("", "", "", "", ""), "its port or host cannot be read"
    if not fault and address.scheme not in ("http", "https"):
        fault = "it does not begin with http:// or https://"
    elif not fault and not address.hostname:
        fault = "it names no host"
    elif not fault and (address.username or address.password):
        raise InputError(
            "the endpoint's address holds a user name or password",
            where=f"{address.scheme}://{address.hostname}",
            repair=f"leave it out; a key belongs into the environment variable {KEY}",
        )
    elif not fault and (address.query or address.fragment):
        fault = "it has a query or a fragment"
    if not fault and (not endpoint.isascii() or any(c.isspace() or not c.isprintable() for c in endpoint)):
        fault = "it holds blanks or letters that an address cannot hold"
    if fault:
        raise InputError(
            f"this is no address of an endpoint: {fault}",
            where=ascii(endpoint.partition("?")[0])[:200],
            repair="give its base address, such as http://localhost:8000/v1",
        )
    key_for(address, endpoint)
    return address


def key_for(address: SplitResult, endpoint: str) -> str:
    """The key from the environment; refuses to let it travel in the clear to another machine."""
    key = os.environ.get(KEY, "").strip()
    if key and not (key.isascii() and key.isprintable()):
        raise InputError(
            f"the key in {KEY} holds characters that no key has", repair="copy it again, in one line"
        )
    if key and address.scheme == "http" and not _on_this_machine(address.hostname or ""):
        raise InputError(
            "the key would travel unencrypted to another machine",
            where=endpoint,
            repair=f"use https, or unset {KEY} if this endpoint needs no key",
        )
    return key


def _on_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pause(attempt: int, after: str | None) -> float:
    """Seconds before the next attempt: what the endpoint asks for, else 1, 2, 4; never more than 30."""
    asked = float(after) if after and after.strip().isdecimal() and len(after) < 8 else 2.0**attempt
    return min(asked, _LONGEST_WAIT)
