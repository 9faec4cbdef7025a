"""Small files of every kind, made on the spot, and a server on this machine."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_xml(*paragraphs: str) -> str:
    """The body of a Word document; a paragraph that begins with `<` is taken as it stands."""
    inner = "".join(
        f"<w:p>{p if p.startswith('<') else f'<w:r><w:t>{p}</w:t></w:r>'}</w:p>" for p in paragraphs
    )
    return f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>{inner}</w:body></w:document>'


def zipped(**parts: str | bytes) -> bytes:
    """A zip archive; `__` in a name stands for `/`, and `.xml` is added."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return held.getvalue()


def pdf_of(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages, in Helvetica; written by hand after ISO 32000-1, 7.5."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 72 720 Td {shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        resources = f"<< /Font << /F1 {font} >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            f"/Resources {resources} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    made, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return (made + f"xref\n0 {size}\n0000000000 65535 f \n{table}" + end).encode("latin-1")


@pytest.fixture(scope="session", name="word_xml")
def _word_xml() -> Callable[..., str]:
    return word_xml


@pytest.fixture(scope="session", name="zipped")
def _zipped() -> Callable[..., bytes]:
    return zipped


@pytest.fixture(scope="session", name="pdf_of")
def _pdf_of() -> Callable[..., bytes]:
    return pdf_of


Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A server on the loopback address; `answers` by path, and the requests that it got."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.done = threading.Event()  # set when the test is over: slow answers end
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers["Host"]))
                try:
                    site.answers[self.path](self)
                except OSError:
                    self.close_connection = True  # the other side left

            def log_message(self, *about: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]

    def page(self, path: str, body: bytes, kind: str = "text/plain", **headers: str) -> None:
        """Answer a path with a body."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            about = {"Content-Type": kind, "Content-Length": str(len(body))} | {
                key.replace("_", "-"): value for key, value in headers.items()
            }
            for key, value in about.items():
                handler.send_header(key, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer

    def redirect(self, path: str, to: str) -> None:
        """Send a path on."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(302)
            handler.send_header("Location", to)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.answers[path] = answer


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that stands for the public internet in tests that let its address pass."""
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.done.set()
    made.server.shutdown()
    made.server.server_close()
    thread.join()
