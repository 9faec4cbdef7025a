"""RSS and Atom: each item a document, with its author, date, licence and link."""

from __future__ import annotations

import pytest

from multivector.errors import DocumentError
from multivector.evidence.documents.corpus import documents_from
from multivector.evidence.documents.kinds import pages_of

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="c" xmlns:dc="d"><channel>
<title>News</title><copyright>CC BY 4.0</copyright>
<item><title>Averia &amp;amp; Belmaria</title><link>https://example.org/1</link>
<pubDate>Mon, 06 May 2024 10:00:00 GMT</pubDate><dc:creator>J. Doe</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>Averia joined the Pact.</p><p style="display:none">Averia left.</p>]]></content:encoded></item>
<item><title>Second</title><author>x@example.org (R. Roe)</author>
<description>&lt;b&gt;Belmaria&lt;/b&gt; left.</description></item>
<item></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><author><name>J. Doe</name></author>
<rights>CC0</rights><entry><title type="html">One</title><link rel="self" href="https://example.org/self"/>
<link href="https://example.org/a"/><updated>2024-05-07T00:00:00Z</updated><published>2024-05-06T00:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Averia joined.</p><p>It left.</p></div></content></entry>
<entry><title>Two</title><summary type="text">2 &lt; 3 in Averia.</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel><title>N</title></channel>
<item><title>Only</title><description>Averia joined.</description></item></rdf:RDF>"""


def test_rss_items():
    one, two = pages_of(RSS.encode(), ".xml", "a.xml")
    assert one.text == "Averia & Belmaria\nAveria joined the Pact."
    assert (one.title, one.author, one.date) == ("Averia & Belmaria", "J. Doe", "2024-05-06")
    assert (one.licence, one.link) == ("CC BY 4.0", "https://example.org/1")
    assert (two.text, two.author, two.link) == ("Second\nBelmaria left.", "R. Roe", "")


def test_atom_entries():
    one, two = pages_of(ATOM.encode(), "", "a")
    assert one.text == "One\nAveria joined.\nIt left."
    assert (one.author, one.date, one.licence) == ("J. Doe", "2024-05-06", "CC0")
    assert one.link == "https://example.org/a"
    assert two.text == "Two\n2 < 3 in Averia."


def test_rss_1_0():
    [item] = pages_of(RDF.encode(), ".rss", "a.rss")
    assert item.text == "Only\nAveria joined."


def test_items_are_documents_of_their_own(tmp_path):
    (tmp_path / "news.xml").write_text(RSS)
    (tmp_path / "again.xml").write_text(RSS)
    again, two = documents_from([tmp_path])
    assert [again.doc, two.doc] == ["again.xml#1", "again.xml#2"]
    folder = str(tmp_path)
    assert again.addresses == (f"{folder}/again.xml#1", "https://example.org/1", f"{folder}/news.xml#1")
    assert again.source == f"{folder}/again.xml"
    assert again.sha256 != two.sha256


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<rss><channel>", "the XML is broken"),
        ("<rss><channel/></rss>", "the feed holds no item with text"),
        ("<svg></svg>", "the XML is no feed: its root is svg"),
        (
            '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><item><title>&b;</title></item></rss>',
            "the XML declares entities",
        ),
        (
            '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
            "the XML declares entities",
        ),
        ("<?xml version='1.0' encoding='no-such'?><rss/>", "the XML is broken"),
    ],
)
def test_what_is_said_of_others(xml, said):
    with pytest.raises(DocumentError, match=said):
        pages_of(xml.encode(), ".xml", "a.xml")


def test_an_item_nested_too_deeply():
    inner = "<b>" * 50_000 + "x" + "</b>" * 50_000
    with pytest.raises(DocumentError, match="nested too deeply"):
        pages_of(f"<rss><item><description>{inner}</description></item></rss>".encode(), ".rss", "a.rss")


def test_dates_that_are_none():
    xml = "<rss><item><title>T</title><pubDate>yesterday</pubDate><description>A.</description></item></rss>"
    assert pages_of(xml.encode(), ".rss", "a.rss")[0].date == ""
