"""Word documents: their text, and archives that are made to fill the memory."""

from __future__ import annotations

import pytest

from multivector.errors import DocumentError
from multivector.evidence.documents.kinds import pages_of

CORE = (
    '<c:coreProperties xmlns:c="c" xmlns:dc="dc" xmlns:t="t"><dc:title>Harbours</dc:title>'
    "<dc:creator>J. Doe</dc:creator><t:created>2024-05-06T07:00:00Z</t:created></c:coreProperties>"
)


def _fault(raw: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        pages_of(raw, ".docx", "a.docx")
    assert caught.value.where.startswith("a.docx")
    assert caught.value.repair
    return caught.value


def test_paragraphs_notes_and_what_it_says_about_itself(zipped, word_xml):
    body = word_xml(
        "Averia joined.", "<w:r><w:t>Two</w:t><w:tab/><w:t xml:space='preserve'> runs</w:t></w:r>"
    )
    notes = word_xml("A note.").replace("document>", "footnotes>").replace("<w:document", "<w:footnotes")
    raw = zipped(word__document=body, word__footnotes=notes, docProps__core=CORE)
    [page] = pages_of(raw, "", "a")
    assert page.text == "Averia joined.\nTwo\t runs\nA note."
    assert (page.title, page.author, page.date) == ("Harbours", "J. Doe", "2024-05-06")


@pytest.mark.parametrize(
    "hiding",
    ["<w:vanish/>", "<w:sz w:val='2'/>", "<w:color w:val='FFFFFF'/>", "<w:webHidden w:val='true'/>"],
)
def test_hidden_runs_are_not_read(zipped, word_xml, hiding):
    run = f"<w:r><w:rPr>{hiding}</w:rPr><w:t>Averia attacked.</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='false'/><w:sz w:val='20'/></w:rPr><w:t>Seen.</w:t></w:r>"
    [page] = pages_of(zipped(word__document=word_xml(run, shown)), ".docx", "a.docx")
    assert page.text == "Seen."


def test_deleted_text_and_field_codes_are_not_read(zipped, word_xml):
    gone = "<w:del><w:r><w:t>No.</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
    [page] = pages_of(zipped(word__document=word_xml(gone, "Yes.")), ".docx", "a.docx")
    assert page.text == "Yes."


def test_a_zip_bomb_is_not_unpacked(zipped):
    fault = _fault(zipped(word__document=b"<a>" + b" " * 30_000_000 + b"</a>"))
    assert "word/document.xml would unpack to 29 MB" in fault.what
    assert "200 times" in fault.what


def test_a_part_over_the_limit_is_not_unpacked(zipped, word_xml, monkeypatch):
    monkeypatch.setattr("multivector.evidence.documents.docx.LARGEST_PART", 1000)
    assert "would unpack" in _fault(zipped(word__document=word_xml("x" * 2000))).what


def test_a_part_that_lies_about_its_size(zipped, word_xml):
    raw = zipped(word__document=word_xml("Text. " * 1000))
    size = len(word_xml("Text. " * 1000))
    for sign in (size.to_bytes(4, "little"),):
        raw = raw.replace(sign, (50).to_bytes(4, "little"))
    assert _fault(raw).what.startswith(("the document is a broken zip archive", "the XML is broken"))


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://10.0.0.1/x"> %a;',
    ],
)
def test_entities_are_refused(zipped, word_xml, entity):
    xml = word_xml("&a;").replace("?>", f"?><!DOCTYPE w [{entity}]>", 1)
    assert "the XML declares entities" in _fault(zipped(word__document=xml)).what


def test_an_archive_of_another_kind(zipped):
    assert _fault(zipped(xl__workbook="<x/>")).what == "the document is a zip archive but no Word document"


def test_broken_archives(zipped, word_xml):
    raw = zipped(word__document=word_xml("Text."))
    for cut in (30, len(raw) // 2, len(raw) - 5):
        assert "broken zip archive" in _fault(raw[:cut]).what
    assert "the XML is broken" in _fault(zipped(word__document="<a>")).what
    assert "password" in _fault(b"\xd0\xcf\x11\xe0rest").what
    assert "no text" in _fault(zipped(word__document=word_xml())).what


def test_a_tree_of_any_depth_is_read(zipped, word_xml):
    deep = "<w:r>" * 50_000 + "<w:t>Deep.</w:t>" + "</w:r>" * 50_000
    [page] = pages_of(zipped(word__document=word_xml(deep)), ".docx", "a.docx")
    assert page.text == "Deep."
