"""From bytes to text: which encoding, and at which byte it breaks."""

from __future__ import annotations

import codecs
import re

from multivector.errors import DocumentError

# The longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that a page or a server may name. Others, such as UTF-7, serve to smuggle more than to write.
_NAMED = re.compile(
    r"(?:utf-?8|(?:windows-|cp)(?:125\d|874)|iso-8859-\d{1,2}|koi8-[ru]|us-ascii|gb2312|gbk|gb18030|big5|shift_jis"
    r"|euc-(?:jp|kr))",
    re.IGNORECASE,
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)


def decoded(raw: bytes, where: str, *, named: str = "") -> str:
    """The text of bytes in the encoding that their mark says, else in the one `named`, else in UTF-8.

    Raises
    ------
    DocumentError : bytes that the encoding does not have, or zero bytes; says which byte.
    """
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    if not encoding:
        encoding = named if _NAMED.fullmatch(named) else "utf-8"
        if b"\x00" in raw:
            raise DocumentError(
                f"the document is binary: byte {raw.index(0)} is zero",
                where=where,
                repair="save it as plain text in UTF-8",
            )
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"the encoding breaks at byte {error.start}: 0x{raw[error.start]:02x} is not valid "
            f"{encoding.removesuffix('-sig')}",
            where=where,
            repair="save it in UTF-8 (most editors offer this under 'save with encoding')",
        ) from error
    if "\x00" in text:
        raise DocumentError(
            f"the document is binary: character {text.index(chr(0))} is zero",
            where=where,
            repair="save it as plain text in UTF-8",
        )
    return text


def declared_encoding(raw: bytes) -> str:
    """The encoding that an HTML page names in its first 1,024 bytes; empty where it names none."""
    found = _DECLARED.search(raw[:1024])
    return found[1].decode("ascii").lower() if found else ""
