"""HTML: what the eye sees is read, what is hidden is not, whatever the markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multivector.evidence.documents.html_text import page_of


@pytest.mark.parametrize(
    "hiding",
    [
        "style='display:none'",
        "style='DISPLAY : none !important'",
        "style='visibility: hidden'",
        "style='opacity:0'",
        "style='opacity: 0.01'",
        "style='opacity: 0%'",
        "style='font-size:0'",
        "style='font-size: 0px'",
        "style='font-size:1px'",
        "style='color:#fff'",
        "style='color: white; background: #FEFEFE'",
        "style='color:rgb(254, 254, 254)'",
        "style='color:hsl(0 0% 100%)'",
        "style='color:transparent'",
        "style='color:rgba(0,0,0,0)'",
        "style='color:#0000'",
        "style='color:black;background-color:#010101'",
        "style='position:absolute;left:-9999px'",
        "style='text-indent:-9999px'",
        "style='height:0;overflow:hidden'",
        "style='position:absolute;clip:rect(0,0,0,0)'",
        "style='clip-path: inset(50%)'",
        "style='transform:scale(0)'",
        "hidden",
        "aria-hidden=true",
        "class='gone other'",
        "id=secret",
    ],
)
def test_what_is_hidden_is_not_read(hiding):
    sheet = "<style>/* .seen{display:none} */ .gone , .x {display:none} #secret{font-size:0}</style>"
    page = page_of(f"{sheet}<p>One.</p><div {hiding}>Averia <b>attacked</b> Belmaria.</div><p>Two.</p>")
    assert page.text == "One.\nTwo."


@pytest.mark.parametrize(
    "style",
    [
        "color:white;background:#123456",
        "color:white;background:url(night.png)",
        "color:#eee;background:linear-gradient(red, blue)",
        "opacity:0.9",
        "font-size:0.8em",
        "font-size:12px",
        "color:yellow",
        "height:0",
        "color:no-such-colour",
        "left:-9999px",
        "opacity",
        "color:rgb(1,2)",
        "font-size:" + "9" * 5000,
    ],
)
def test_what_is_seen_is_read(style):
    assert page_of(f"<div style='{style}'>Seen.</div>").text == "Seen."


def test_what_is_within_may_be_seen_again():
    row = "<div style='font-size:0'>A<b style='font-size:2em'>B</b><i style='font-size:12px'>C</i></div>"
    assert page_of(row + "<p style='color:transparent'>D<b style='color:red'>E</b>").text == "C\nE"


def test_ink_and_paper_are_handed_down():
    markup = "<body bgcolor=black text=white>A<p><font color=black>B</font><span style='color:red'>C</span>"
    assert page_of(markup).text == "A\nC"


def test_rules_for_some_screens_are_passed_over():
    sheet = (
        "<style>@import url(x.css); @media print {.a{display:none} .b{color:red}} .c{display:none}</style>"
    )
    assert page_of(f"{sheet}<p class=a>A</p><p class=c>C</p>").text == "A"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("One. <!-- Two. --> Three.", "One. Three."),
        ("One. <!--> Two.", "One. Two."),
        ("One. <!-- Two.", "One."),
        ("One. <a href='x", "One."),
        ("One. <script>Two.", "One."),
        ("One. <script>'<p>Two.</p>'</SCRIPT > Three.", "One. Three."),
        ("<title>A</title>One.<iframe>Two.</iframe>", "One."),
        ("2 < 3 and <3", "2 < 3 and <3"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div/>One.", "One."),
        ("<?xml version='1.0'?><html><script src='x'/>One.</html>", "One."),
        ("<p>&#0;&#x202e;&amp;lt;", "\ufffd\u202e&lt;"),
        ("<p title='a > b' data-x=\"<p>\">One.", "One."),
        ("<dialog>One.</dialog>Two.", "Two."),
        ("<b></i></b>One.", "One."),
    ],
)
def test_broken_and_odd_markup(markup, text):
    assert page_of(markup).text == text


def test_the_licence_is_noted():
    assert page_of("<a rel='license nofollow' href='https://example.org/by'>x</a>").licence == (
        "https://example.org/by"
    )
    assert page_of("<meta name=dc.rights content='CC BY 4.0'>").licence == "CC BY 4.0"


@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "</", "<!--", "-->", "<p", "<b>", "</b>", "<script>", "</script>", "'", '"', "=", " x",
             "<style>", "{", "}", "@", "style='color:", "<![CDATA[", "&#", "/>", "<svg>", "<title>", "\x00"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_no_markup_raises(pieces):
    page_of("".join(pieces))


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "<b>", "</p>", "<b></i>", "<style>{", "<p hidden>", "< ", "&#"]
)
def test_long_broken_markup_is_read(piece):
    """Linear in length; with a parser that goes back over what is unfinished this would take hours."""
    page_of(piece * (300_000 // len(piece)))
