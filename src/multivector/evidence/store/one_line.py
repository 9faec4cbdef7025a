"""Words that people give, on one line and free of what a terminal would obey."""

from __future__ import annotations

import unicodedata
from typing import Final

from multivector.errors import ClaimsError

LONGEST: Final = 2000  # characters of a reason or a name


def one_line(text: str, where: str) -> str:
    """The text on one line: a list shows one a line, and a terminal obeys control characters.

    Raises
    ------
    ClaimsError : empty, longer than `LONGEST`, or with letters that are none.
    """
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    odd = next((letter for letter in line if unicodedata.category(letter) in ("Cc", "Cs")), None)
    if odd is not None:
        what = f"holds the character {odd!a}"
    elif not line:
        what = "is empty"
    elif len(line) > LONGEST:
        what = f"has {len(line)} characters; at most {LONGEST} are kept"
    else:
        return line
    raise ClaimsError(
        what, where=where, repair="write a plain sentence" if where == "why" else "write plain words"
    )
