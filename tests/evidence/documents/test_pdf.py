"""PDF: its text, and what is said of one that has none or cannot be opened."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from multivector.errors import DocumentError
from multivector.evidence.documents.kinds import pages_of


def _fault(raw: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        pages_of(raw, ".pdf", "a.pdf")
    assert caught.value.where == "a.pdf"
    return caught.value


def _encrypted(raw: bytes, **passwords: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    writer.encrypt(algorithm="RC4-128", **passwords)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_lines_and_words_parted_at_their_end(pdf_of):
    raw = pdf_of(
        ["Averia joined the Harbour Pact after long co-", "operation with its neigh-", "bours in 2001."],
        ["Their co-operation went on."],
    )
    [page] = pages_of(raw, ".pdf", "a.pdf")
    assert page.text == (
        "Averia joined the Harbour Pact after long co-operation with its neighbours in 2001.\n"
        "Their co-operation went on."
    )


def test_running_heads_and_page_numbers_are_left_out(pdf_of):
    raw = pdf_of(*(["Review of Harbours", f"Text {n}.", f"Page {n} of 4"] for n in range(1, 5)))
    [page] = pages_of(raw, ".pdf", "a.pdf")
    assert page.text == "Text 1.\nText 2.\nText 3.\nText 4."


def test_what_it_says_about_itself(pdf_of):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(["Text."]))))
    writer.add_metadata({"/Title": "Harbours", "/Author": "J. Doe", "/CreationDate": "D:20240506120000"})
    held = io.BytesIO()
    writer.write(held)
    [page] = pages_of(held.getvalue(), "", "a")
    assert (page.title, page.author, page.date) == ("Harbours", "J. Doe", "2024-05-06")


def test_an_encrypted_file(pdf_of):
    fault = _fault(_encrypted(pdf_of(["Secret."]), user_password="x"))
    assert fault.what == "the PDF is encrypted"
    assert "password" in fault.repair


def test_a_file_that_only_its_owner_may_change_is_read(pdf_of):
    raw = _encrypted(pdf_of(["Open."]), user_password="", owner_password="x")
    assert pages_of(raw, ".pdf", "a.pdf")[0].text == "Open."


def test_a_scanned_file(pdf_of):
    fault = _fault(pdf_of([], []))
    assert fault.what == "the PDF holds no text on its 2 pages: it was scanned or drawn"
    assert "recognition" in fault.repair


@pytest.mark.parametrize("keep", [8, 100, 300, 500])
def test_a_broken_file(pdf_of, keep):
    fault = _fault(pdf_of(["Text."])[:keep])
    assert "the PDF" in fault.what
    assert "save" in fault.repair or "recognition" in fault.repair


def test_a_page_tree_that_bites_its_tail(pdf_of):
    raw = pdf_of(["Text."]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    assert "the PDF" in _fault(raw).what


def test_too_many_pages(pdf_of, monkeypatch):
    monkeypatch.setattr("multivector.evidence.documents.pdf.MOST_PAGES", 2)
    assert _fault(pdf_of(["a"], ["b"], ["c"])).what == "the PDF has 3 pages; at most 2 are read"


def test_a_file_that_unpacks_without_end(pdf_of, monkeypatch):
    monkeypatch.setattr("multivector.evidence.documents.pdf.MOST_DRAWN", 1000)
    assert "of drawing orders" in _fault(pdf_of(*[["Text." * 20]] * 10)).what
