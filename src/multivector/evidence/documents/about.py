"""What a document says about itself: front matter, a heading, a byline."""

from __future__ import annotations

import re
from dataclasses import replace

from multivector.evidence.documents.page import Page

# A line of its own: "By Jane Doe", "*By Jane Doe, Reed Institute*"; no sentence that begins with "By".
_BYLINE = re.compile(
    r"^[ \t]*[*_]{0,2}[Bb]y[ \t]+(?P<name>[^\W\d_][^\n,|<>.!?;:*]{1,58}?)[*_]{0,2}[ \t]*(?:[,|][^\n.!?]*)?$",
    re.M,
)
_FRONT = re.compile(r"\A---[ \t]*\n(?P<block>.*?)\n---[ \t]*$", re.S | re.M)
_FIELD = re.compile(
    r"^(?P<key>title|author|date|licence|license)[ \t]*:[ \t]*[\"']?(?P<value>[^\n\"']+)", re.M | re.I
)
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


def completed(page: Page) -> Page:
    """The page with title, author, date and licence as its text states them where nothing else did."""
    opening = page.text[:2000].replace("\r\n", "\n")
    front = _FRONT.match(opening)
    said = {m["key"].lower(): m["value"].strip() for m in _FIELD.finditer(front["block"])} if front else {}
    byline = _BYLINE.search(opening)
    heading = re.search(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", opening, re.M)
    stated = _ISO.search(page.date or said.get("date", ""))
    return replace(
        page,
        title=page.title or said.get("title", "") or (heading[1] if heading else ""),
        author=page.author or said.get("author", "") or (_name_of(byline["name"]) if byline else ""),
        date=stated[0] if stated else "",
        licence=page.licence or said.get("licence", "") or said.get("license", ""),
    )


def _name_of(text: str) -> str:
    """A byline's name; a line of more than five words is none."""
    return text.strip() if len(text.split()) <= 5 else ""
