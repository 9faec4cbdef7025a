"""Documents: what is read from which file, and what is said when one cannot be read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from multivector.errors import DocumentError
from multivector.evidence import read_documents
from multivector.evidence.documents.corpus import corpus_of, documents_from
from multivector.evidence.documents.html_text import page_of
from multivector.evidence.documents.kinds import LARGEST
from multivector.evidence.documents.sources import addresses_in
from multivector.evidence.documents.view import blocks_of, view_of

SENTENCE = "Averia joined the Harbour Pact in 2001."


def _fault(path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        documents_from([path])
    return caught.value


@pytest.mark.parametrize(
    "raw",
    [
        SENTENCE.encode(),
        b"\xef\xbb\xbf" + SENTENCE.encode(),
        SENTENCE.encode("utf-16"),
        b"\xfe\xff" + SENTENCE.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian"],
)
def test_encodings_that_say_what_they_are(tmp_path, raw):
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    [document] = documents_from([path])
    assert document.text == SENTENCE


def test_the_text_is_exactly_as_read(tmp_path):
    text = "  Line one\r\nline\u200b two\t\u202eafter  \n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    [document] = documents_from([tmp_path / "a.txt"])
    assert document.text == text


def test_missing_file(tmp_path):
    fault = _fault(tmp_path / "none.txt")
    assert "no such file" in fault.what
    assert fault.where.endswith("none.txt")
    assert ".md" in fault.repair
    assert fault.exit_code == 2


def test_empty_file(tmp_path):
    (tmp_path / "a.txt").touch()
    assert _fault(tmp_path / "a.txt").what == "the document is empty (0 bytes)"


def test_a_file_of_blanks(tmp_path):
    (tmp_path / "a.txt").write_text(" \n\n ")
    assert "holds no text" in _fault(tmp_path / "a.txt").what


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{\\rtf1 text}", "a rich text file"),
        (b"\x1f\x8b\x08rest", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"some\x00thing", "byte 4 is zero"),
    ],
)
def test_binary_files(tmp_path, raw, said):
    (tmp_path / "a.txt").write_bytes(raw)
    fault = _fault(tmp_path / "a.txt")
    assert said in fault.what
    assert "plain text" in fault.repair


def test_broken_encoding_names_the_byte(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Averia \xe9t\xe9")
    fault = _fault(tmp_path / "a.txt")
    assert fault.what == "the encoding breaks at byte 7: 0xe9 is not valid utf-8"
    assert "UTF-8" in fault.repair


def test_half_a_utf16_character(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\xfeA\x00B")
    assert "breaks at byte" in _fault(tmp_path / "a.txt").what


def test_too_large_is_said_before_it_is_read(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 30 * 2**20)
    fault = _fault(path)
    assert fault.what == "the document has 50.0 MB; at most 20 MB are read"


def test_neither_file_nor_folder(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither a file nor a folder" in _fault(tmp_path / "pipe.txt").what


def test_a_folder_gives_its_documents_in_order(tmp_path):
    for name in ("b.md", "a.txt", "sub/c.html", "notes.csv", ".hidden/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{SENTENCE} {name}")
    assert [d.doc for d in documents_from([tmp_path])] == ["a.txt", "b.md", "c.html"]


def test_links_do_not_lead_out_of_a_folder(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(SENTENCE)
    (folder / "link.txt").symlink_to(outside)
    assert [d.doc for d in documents_from([folder])] == ["a.txt"]


def test_an_empty_folder(tmp_path):
    assert _fault(tmp_path).what == "the folder holds no document"


def test_documents_of_one_name_stay_apart(tmp_path):
    for folder in ("x/one", "x/two", "y/two"):
        path = tmp_path / folder / "report.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"{SENTENCE} {folder}")
    (tmp_path / "other.txt").write_text(SENTENCE)
    names = [d.doc for d in documents_from([tmp_path])]
    assert names == ["other.txt", "one/report.txt", "x/two/report.txt", "y/two/report.txt"]


def test_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert len(documents_from([tmp_path / "a.txt", tmp_path, tmp_path / "a.txt"])) == 1


def test_a_fault_in_one_document_reads_none(tmp_path, central):
    (tmp_path / "a.txt").write_text("Kazakhstan joined the World Trade Organization in 2015.")
    (tmp_path / "b.txt").touch()
    with pytest.raises(DocumentError, match=r"b\.txt"):
        read_documents([tmp_path], central)


PAGE = """<!doctype html><html><head><title>A &amp; B</title><meta name="author" content="J. Doe">
<meta property="article:published_time" content="2024-05-06T10:00:00Z"><style>p{color:red}</style>
<script>document.write("Averia attacked Belmaria.")</script></head>
<body><!-- Averia attacked Corvenia. --><h1>Heading</h1>
<p>Averia joined the <b>Harbour</b>&nbsp;Pact in 2001.
<p hidden>Averia attacked Dolvania.<p>Belmaria left it &lt;in 2010&gt;.</p>
<div style="display: none">Belmaria <p>attacked</p> Averia.</div><noscript>No script</noscript>
<ul><li>one<li>two</ul></body></html>"""


def test_html_keeps_what_a_reader_sees():
    page = page_of(PAGE)
    assert page.text.split("\n") == [
        "Heading",
        "Averia joined the Harbour\u00a0Pact in 2001.",
        "Belmaria left it <in 2010>.",
        "one",
        "two",
    ]
    assert (page.title, page.author, page.date) == ("A & B", "J. Doe", "2024-05-06T10:00:00Z")


def test_html_documents_know_their_author_and_date(tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    [document] = documents_from([tmp_path / "a.html"])
    assert (document.title, document.author, document.date) == ("A & B", "J. Doe", "2024-05-06")
    assert "attacked" not in document.text


@pytest.mark.parametrize(
    "markup", ["<p", "<!--", "<![CDATA[x", "</p></p></div>", "<p hidden>", "&#xFFFFFFF;", "<a href='"]
)
def test_broken_html_raises_nothing(markup):
    page_of(markup * 3)


def test_a_page_drawn_by_scripts_holds_no_text(tmp_path):
    (tmp_path / "a.html").write_text("<html><body><script>render()</script></body></html>")
    assert "saved as text" in _fault(tmp_path / "a.html").repair


@pytest.mark.parametrize(
    ("text", "title", "author", "date"),
    [
        ("By Jane Doe\nText here.", "", "Jane Doe", ""),
        ("# The Title\n\n*By Jane Doe*\n\nText.", "The Title", "Jane Doe", ""),
        (
            '---\ntitle: "The Title"\nauthor: Jane Doe\ndate: 2024-03-01\n---\nText.',
            "The Title",
            "Jane Doe",
            "2024-03-01",
        ),
        ("By the end of the year nothing had changed.", "", "", ""),
    ],
)
def test_what_a_text_says_about_itself(tmp_path, text, title, author, date):
    (tmp_path / "a.md").write_text(text)
    [document] = documents_from([tmp_path / "a.md"])
    assert (document.title, document.author, document.date) == (title, author, date)


def test_markup_in_a_text_is_only_text(tmp_path, central):
    (tmp_path / "a.txt").write_text(
        "<script>alert(1)</script> Kazakhstan joined the World Trade Organization in <b>2015</b>.\n"
    )
    [document], claims = read_documents([tmp_path / "a.txt"], central)
    assert document.text.startswith("<script>")
    assert all(claim.quote in document.text for claim in claims)
    assert "<script>" not in document._repr_html_()


def test_a_title_with_markup_is_escaped():
    from pathlib import Path

    from multivector.evidence import Document

    shown = Document("a", Path("a"), "0", "text", title="<img src=x onerror=alert(1)>")._repr_html_()
    assert "<img" not in shown


def test_the_same_bytes_are_one_document(tmp_path):
    for name in ("a.txt", "b.md", "sub/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SENTENCE)
    [document] = documents_from([tmp_path])
    assert document.addresses == tuple(f"{tmp_path}/{name}" for name in ("a.txt", "b.md", "sub/c.txt"))
    assert (document.doc, document.source) == ("a.txt", f"{tmp_path}/a.txt")


def test_a_folder_that_cannot_be_looked_into_is_said():
    """Whoever may read everything takes off that right for the while."""
    with tempfile.TemporaryDirectory() as name:
        folder, closed = Path(name), Path(name, "closed")
        folder.chmod(0o755)
        (folder / "a.txt").write_text(SENTENCE)
        closed.mkdir(mode=0o000)
        closed.chmod(0o000)
        allowed = os.geteuid() == 0
        if allowed:
            os.seteuid(65534)
        try:
            fault = _fault(folder)
        finally:
            if allowed:
                os.seteuid(0)
            closed.chmod(0o755)
    assert fault.what == "the folder cannot be read: Permission denied"
    assert fault.where.endswith("closed")


@pytest.mark.parametrize(("name", "said"), [("a" * 5000, "too long"), ("a\x00b", "null")])
def test_paths_that_cannot_be(name, said):
    assert said in _fault(name).what


def test_a_document_that_changes_between_two_looks(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    with corpus_of(path) as corpus:
        assert [d.text for d in corpus] == [SENTENCE]
        path.write_text("Something else.")
        with pytest.raises(DocumentError, match="was changed while it was read"):
            list(corpus)


def test_a_list_of_addresses(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("\ufeff# papers\nhttps://example.org/a\n\n  http://example.org/b  \n")
    assert addresses_in(path) == ["https://example.org/a", "http://example.org/b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://example.org/a\nexample.org/b\n", "line 2 is no address that can be fetched: example.org/b"),
        ("https://example.org/a b", "line 1 is no address"),
        ("file:///etc/passwd", "line 1 is no address"),
        ("# nothing\n", "the list holds 0 addresses"),
        ("https://example.org/\n" * 10_001, "the list holds 10,001 addresses"),
    ],
)
def test_lists_that_do_not_hold(tmp_path, text, said):
    path = tmp_path / "list.txt"
    path.write_text(text)
    with pytest.raises(DocumentError, match=said) as caught:
        addresses_in(path)
    assert "one" in caught.value.repair


def test_an_unsupported_language_is_said_and_not_read(tmp_path, central):
    (tmp_path / "ru.txt").write_text(
        "Россия поставила Армении в прошлом году сорок новых танков и двенадцать самолётов. " * 3
    )
    (tmp_path / "en.txt").write_text(
        "Russia delivered 12 fighters to Armenia. Kazakhstan joined the World Trade Organization."
    )
    documents, claims = read_documents(tmp_path, central)
    assert [(d.doc, d.language) for d in documents] == [("en.txt", "en"), ("ru.txt", "ru")]
    assert {claim.doc for claim in claims} == {"en.txt"}


def test_offsets_hold_among_invisible_characters(tmp_path, central):
    text = (
        "\u200fKazakh\u200bstan\u200e joined the \u2067World Trade Organization\u2069 in 2015.\r\n"
        "\ufeffRussia de\u00adlivered 12 figh\u200dters to Arme\u0301nia in 2019. \u202e.0202 ni sknaT\u202c\n"
    )
    (tmp_path / "a.txt").write_bytes(text.encode())
    [document], claims = read_documents(tmp_path / "a.txt", central)
    assert document.text == text
    assert claims
    for claim in claims:
        assert claim.quote == text[claim.char_start : claim.char_end]


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        '](a "',
        "<!--",
        "word ",
        "Word Word Word Word Word Word Word Word\n",
        ".\n",
        "a\r",
        "e\u0301",
    ],
)
def test_long_texts_come_in_pieces_of_bounded_length(piece):
    """In one line or a million, the parser is never given more than 10,000 characters at once."""
    view = view_of(piece * (200_000 // len(piece)), markdown=True)
    for block in blocks_of(view):
        assert len(block.text) <= 10_000
        assert view.text[block.start : block.start + len(block.text)].split() == block.text.split()


def test_a_line_of_ten_megabytes_is_one_document(tmp_path):
    line = "Averia joined the Harbour Pact in 2001, and " * (10 * 2**20 // 44)
    (tmp_path / "a.txt").write_text(line)
    [document] = documents_from(tmp_path / "a.txt")
    assert document.text == line
