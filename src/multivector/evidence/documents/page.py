"""What any kind of file comes down to: its text, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a document, fixed from here on, and what the document says about itself."""

    text: str
    title: str = ""
    author: str = ""
    date: str = ""
    licence: str = ""
    link: str = ""  # where it says it lives
    markdown: bool = False
