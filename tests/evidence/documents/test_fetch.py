"""Fetching: only what was checked is connected, within limits of size and time. The server is on this machine."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import subprocess

import pytest

from multivector.errors import DocumentError
from multivector.evidence.documents.address import split
from multivector.evidence.documents.corpus import documents_from
from multivector.evidence.documents.fetch import Fetch
from multivector.evidence.documents.guard import why_refused

HERE = "127.0.0.1"


def _but_here(address: str) -> str:
    """The guard, with this one address let through."""
    return "" if address == HERE else why_refused(address)


def _fetch(**about) -> Fetch:
    return Fetch(refused=_but_here, **about)


def _fault(address: str, fetch: Fetch | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        (fetch or _fetch()).get(address)
    assert caught.value.repair
    return caught.value


def test_a_page_becomes_a_document(site):
    site.page(
        "/news/a.html",
        "<title>T</title><p>Аверия.</p>".encode("windows-1251"),
        "text/html; charset=windows-1251",
    )
    address = f"http://{HERE}:{site.port}/news/a.html"
    [document] = documents_from([address], _fetch())
    assert (document.doc, document.text, document.title) == ("a.html", "Аверия.", "T")
    assert (document.source, document.addresses) == (address, (address,))
    assert site.asked == [("/news/a.html", f"{HERE}:{site.port}")]


def test_the_same_bytes_at_two_addresses_are_one_document(site, tmp_path):
    text = b"Averia joined the Harbour Pact in 2001."
    site.page("/a", text)
    site.page("/b?x=1", text)
    (tmp_path / "c.txt").write_bytes(text)
    root = f"http://{HERE}:{site.port}"
    [document] = documents_from([f"{root}/a", f"{root}/b?x=1", f"{root}/a", tmp_path / "c.txt"], _fetch())
    assert document.addresses == (f"{root}/a", f"{root}/b?x=1", str(tmp_path / "c.txt"))
    assert [path for path, _ in site.asked] == ["/a", "/b?x=1"]


def test_nothing_is_fetched_unasked(site):
    with pytest.raises(DocumentError, match="only when asked") as caught:
        documents_from([f"http://{HERE}:{site.port}/a"])
    assert "--fetch" in caught.value.repair
    assert site.asked == []


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("localhost", "loopback"),
        ("2130706433", "loopback"),
        ("0x7f.1", "loopback"),
        ("[::1]", "loopback"),
        ("[::ffff:127.0.0.1]", "loopback"),
        ("10.0.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("[fe80::1]", "link-local"),
        ("0.0.0.0", "unspecified"),
    ],
)
def test_addresses_within_are_refused(site, host, why):
    fault = _fault(f"http://{host}:{site.port}/", Fetch())
    assert f"a {why} address; it is not connected to" in fault.what
    assert fault.where == f"http://{host}:{site.port}/"
    assert site.asked == []


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://127.0.0.2:{port}/secret", "127.0.0.2, a loopback address"),
        ("http://10.0.0.1/", "10.0.0.1, a private address"),
        ("http://169.254.169.254/latest/meta-data/", "a link-local address"),
        ("//[::1]/", "::1, a loopback address"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("ftp://example.org/", "only http and https"),
        ("http://user:word@127.0.0.1/", "user's name or password"),
    ],
)
def test_redirects_are_checked(site, to, said):
    site.redirect("/go", to.format(port=site.port))
    fault = _fault(f"http://{HERE}:{site.port}/go")
    assert said in fault.what
    assert fault.where.startswith(f"http://{HERE}:{site.port}/go")
    assert [path for path, _ in site.asked] == ["/go"]


def test_a_redirect_is_followed(site):
    site.redirect("/go", "/there?a=b")
    site.page("/there?a=b", b"Averia joined.", "text/plain")
    got = _fetch().get(f"http://{HERE}:{site.port}/go#part")
    assert (got.raw, got.address) == (b"Averia joined.", f"http://{HERE}:{site.port}/there?a=b")


def test_redirects_in_a_circle(site):
    site.redirect("/go", "/go")
    assert "more than 5 redirects" in _fault(f"http://{HERE}:{site.port}/go").what
    assert len(site.asked) == 6


def test_every_address_of_a_host_must_be_public(site):
    fetch = Fetch(resolve=lambda host, port: ["93.184.215.14", "192.168.0.1"])
    assert "stands for 192.168.0.1, a private address" in _fault("http://mixed.example/", fetch).what


def test_the_checked_address_is_the_connected_one(site):
    """A name server that changes its mind between check and connection is asked once only."""
    site.page("/", b"Averia joined.")
    answers = iter([[HERE], ["10.0.0.1"]])
    got = _fetch(resolve=lambda host, port: next(answers)).get(f"http://turning.example:{site.port}/")
    assert got.raw == b"Averia joined."
    assert site.asked == [("/", f"turning.example:{site.port}")]


def test_a_document_over_the_limit(site):
    site.page("/long", b"x" * 2000)
    site.page("/longer", b"x" * 2000, Content_Length="99999999999999999999")

    def unsaid(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"x" * 1000)

    site.answers["/unsaid"] = unsaid
    fetch = _fetch(largest=1000)
    for path in ("/long", "/unsaid"):
        assert "the document has more than 0 MB" in _fault(f"http://{HERE}:{site.port}{path}", fetch).what


@pytest.mark.parametrize("stage", ["silent", "head", "body"])
def test_a_server_that_drips(site, stage):
    """Each byte comes soon enough; all of them do not: the limit is on the whole."""

    def drip(handler):
        if stage == "body":
            handler.send_response(200)
            handler.send_header("Content-Type", "text/plain")
            handler.end_headers()
        while not site.done.wait(0.05):
            if stage != "silent":
                handler.wfile.write(b"x")
                handler.wfile.flush()

    site.answers["/slow"] = drip
    fault = _fault(f"http://{HERE}:{site.port}/slow", _fetch(seconds=0.3))
    assert fault.what == "not whole after 0.3 seconds"


def test_a_body_cut_short(site):
    site.page("/cut", b"Averia", Content_Length="600")
    assert "fetching stopped" in _fault(f"http://{HERE}:{site.port}/cut", _fetch(seconds=5)).what


@pytest.mark.parametrize(
    ("kind", "headers", "said"),
    [
        ("image/png", {}, "the address gives image/png, which is not read"),
        ("text/plain", {"Content_Encoding": "gzip"}, "packed the document although"),
    ],
)
def test_what_is_not_read(site, kind, headers, said):
    site.page("/a", b"x", kind, **headers)
    assert said in _fault(f"http://{HERE}:{site.port}/a").what


def test_answers_that_are_no_document(site):
    def gone(handler):
        handler.send_error(404, "Gone for good")

    site.answers["/gone"] = gone
    site.answers["/noise"] = lambda handler: handler.wfile.write(b"\x00\x01 what\r\n\r\n")
    assert "the server answered 404" in _fault(f"http://{HERE}:{site.port}/gone").what
    assert "fetching stopped" in _fault(f"http://{HERE}:{site.port}/noise").what


def test_nobody_there():
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]
    assert "is not reached" in _fault(f"http://{HERE}:{port}/").what
    unknown = Fetch(resolve=lambda host, port: (_ for _ in ()).throw(socket.gaierror("no such name")))
    assert (
        _fault("http://nowhere.example/", unknown).what
        == "the host nowhere.example is not known: no such name"
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("gopher://example.org/", "only http and https are fetched, not gopher"),
        ("http:///path", "the address has no host"),
        ("http://example.org:99999/", "this is no address"),
        ("http://example.org:0/", "port 0"),
        ("http://example.org/a\r\nX: y", "signs that no address has"),
        ("http://example.org/a b", "signs that no address has"),
        ("http://[::1/", "this is no address"),
        (f"http://example.org/{'a' * 5000}", "more than 4,000 characters"),
        (f"http://{'a' * 70}.org/", "is no name"),
        ("http://me@example.org/", "a user's name"),
    ],
)
def test_what_is_no_address(address, said):
    assert said in _fault(address).what


def test_a_host_in_other_letters_is_asked_by_its_coded_name():
    assert split("https://müller.example:8443/ä", "x").netloc == "xn--mller-kva.example:8443"
    assert ipaddress.ip_address(split("http://[2606:4700::1111]/", "x").hostname or "")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for `harbour.example`, signed by itself."""
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "made.pem"
    order = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=harbour.example"
    )
    names = ["-addext", "subjectAltName=DNS:harbour.example", "-keyout", str(key), "-out", str(made)]
    subprocess.run(["openssl", *order.split(), *names], check=True, capture_output=True)
    return made, key


def _secure(site, certificate) -> list[str | None]:
    """Put TLS before the site; the names that clients ask for are kept."""
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.sni_callback = lambda sock, name, context: asked.append(name)
    site.server.socket = context.wrap_socket(
        site.server.socket, server_side=True, do_handshake_on_connect=False
    )
    return asked


def test_https_keeps_the_name_and_checks_the_certificate(site, certificate):
    names = _secure(site, certificate)
    site.page("/", b"Averia joined.")
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    fetch = _fetch(resolve=lambda host, port: [HERE], context=trusting)
    assert fetch.get(f"https://harbour.example:{site.port}/").raw == b"Averia joined."
    assert names == ["harbour.example"]
    assert "certificate" in _fault(f"https://other.example:{site.port}/", fetch).what
    stranger = _fetch(resolve=lambda host, port: [HERE])
    assert "certificate" in _fault(f"https://harbour.example:{site.port}/", stranger).what
