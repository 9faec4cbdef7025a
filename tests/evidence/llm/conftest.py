"""A real local server that speaks the chat completions protocol, and short ways to read with it."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from multivector.evidence.llm import LanguageModelReader
from multivector.evidence.llm.client import KEY
from multivector.evidence.records import Document

HERE = Path(__file__).parent
Answer = tuple[int, bytes, dict[str, str]]


def _completion(content: object) -> bytes:
    """A completion with that content; anything but text as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text}
    return json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode()


def _paragraphs_of(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The paragraphs of a request, as a model would see them."""
    return json.loads(request["messages"][1]["content"])["paragraphs"]


def _recorded(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The recorded claims of the paragraphs of a request."""
    rows = [
        row
        for file in sorted((HERE / "recorded").glob("*.json"))
        for row in json.loads(file.read_text("utf-8"))
    ]
    known = {row["paragraph"]: row["claims"] for row in rows}
    return [
        {"paragraph": paragraph["n"], **claim}
        for paragraph in _paragraphs_of(request)
        for claim in known.get(paragraph["text"], [])
    ]


@dataclass
class Endpoint:
    """A server on this machine; `answer` maps a request to what it sends, `requests` and `keys` what it got."""

    answer: Callable[[dict[str, Any]], Answer | bytes]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)  # anything but a request for a completion


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path != "/v1/chat/completions":
                endpoint.hits.append(self.path)
                self.send_error(404)
                return
            request = json.loads(body)
            endpoint.requests.append(request)
            endpoint.keys.append(self.headers["Authorization"])
            given = endpoint.answer(request)
            status, raw, headers = given if isinstance(given, tuple) else (200, given, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # the client has heard enough
                self.wfile.write(raw)

        def do_GET(self) -> None:
            endpoint.hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def completion() -> Callable[[object], bytes]:
    """Make the body of a completion."""
    return _completion


@pytest.fixture(scope="session")
def recorded() -> Callable[[dict[str, Any]], list[dict[str, Any]]]:
    """Look up the recorded claims of a request."""
    return _recorded


@pytest.fixture(scope="session")
def paragraphs_of() -> Callable[[dict[str, Any]], list[dict[str, Any]]]:
    """The paragraphs of a request."""
    return _paragraphs_of


@pytest.fixture
def serve() -> Iterator[Callable[..., Endpoint]]:
    """Start an endpoint that answers as told; by default with what is recorded."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[dict[str, Any]], Answer | bytes] | None = None) -> Endpoint:
        endpoint = Endpoint(answer or (lambda request: _completion({"claims": _recorded(request)})))
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(endpoint))
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        return endpoint

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def reader_at(gazetteer) -> Callable[..., LanguageModelReader]:
    """A reader at an endpoint, which never waits."""

    def make(endpoint: Endpoint | str, cache: Path | None = None, **more: Any) -> LanguageModelReader:
        url = endpoint if isinstance(endpoint, str) else endpoint.url
        waits: list[float] = []
        more = {"wait": waits.append, "timeout": 20.0} | more
        return LanguageModelReader(gazetteer, url, "a-model", cache=cache, **more)

    return make


@pytest.fixture
def article() -> Callable[..., Document]:
    """A document of that text."""

    def make(text: str, *, markdown: bool = False, date: str = "2024-06-01") -> Document:
        return Document("text.txt", Path("text.txt"), "0" * 64, text, "", "", date, markdown)

    return make


@pytest.fixture(scope="session")
def summer_sea() -> str:
    """The text of the recorded article."""
    rows = json.loads((HERE / "recorded/summer-sea.json").read_text("utf-8"))
    return "\n\n".join(row["paragraph"] for row in rows)


@pytest.fixture
def key(monkeypatch) -> str:
    """A key in the environment."""
    monkeypatch.setenv(KEY, "sk-never-to-be-seen-0123456789")
    return "sk-never-to-be-seen-0123456789"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch) -> None:
    monkeypatch.delenv(KEY, raising=False)


_connected: list[Any] = []
_watching = threading.Event()


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _watching.is_set():
        _connected.append(arguments[1])


sys.addaudithook(_watch)  # cannot be taken back; it does nothing unless a test watches


@pytest.fixture
def connections() -> Iterator[list[Any]]:
    """Every address that this process connects to during the test."""
    _connected.clear()
    _watching.set()
    yield _connected
    _watching.clear()
