"""Encodings: the mark decides, then what is named, then UTF-8; where it breaks is said."""

from __future__ import annotations

import codecs

import pytest

from multivector.errors import DocumentError
from multivector.evidence.documents.decode import declared_encoding, decoded

TEXT = "Аверия joined in 2001 – \U0001f600\u200f\u200b."


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
    ids=["utf-8", "marked utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_encodings_that_say_what_they_are(raw):
    assert decoded(raw, "a.txt") == TEXT


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"Good text. It\x92s cp1252.", "the encoding breaks at byte 13: 0x92 is not valid utf-8"),
        (codecs.BOM_UTF16_LE + b"A\x00B", "the encoding breaks at byte 4: 0x42 is not valid utf-16"),
        (codecs.BOM_UTF32_LE + b"A\x00\x00\x00B\x00", "the encoding breaks at byte 8: 0x42 is not valid utf-32"),
        ("A".encode("utf-16-le"), "the document is binary: byte 1 is zero"),
        ("A".encode("utf-32-be"), "the document is binary: byte 0 is zero"),
        (codecs.BOM_UTF16_LE + "A\x00".encode("utf-16-le"), "the document is binary: character 1 is zero"),
        (b"text\x00", "the document is binary: byte 4 is zero"),
    ],
)  # fmt: skip
def test_where_it_breaks(raw, what):
    with pytest.raises(DocumentError) as caught:
        decoded(raw, "a.txt")
    assert (caught.value.what, caught.value.where) == (what, "a.txt")
    assert "UTF-8" in caught.value.repair


def test_an_encoding_that_is_named():
    raw = "Аверия".encode("windows-1251")
    assert declared_encoding(b"<html><meta charset=windows-1251>") == "windows-1251"
    assert declared_encoding(b'<meta http-equiv=x content="text/html; charset=KOI8-R">') == "koi8-r"
    assert decoded(raw, "a.html", named="windows-1251") == "Аверия"
    with pytest.raises(DocumentError, match="0xc0 is not valid utf-8"):
        decoded(raw, "a.html", named="utf-7")  # not one that pages are written in: taken as UTF-8
