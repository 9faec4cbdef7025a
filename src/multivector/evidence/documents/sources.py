"""What a person named, as places that bytes can be read from: files, the files in folders, addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from multivector.errors import DocumentError
from multivector.evidence.documents.address import is_address
from multivector.evidence.documents.fetch import Fetch
from multivector.evidence.documents.kinds import LARGEST, SUFFIXES, too_large

MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or what was fetched from an address; `parts` tell apart what ends in the same name."""

    given: str
    path: Path
    parts: tuple[str, ...]
    suffix: str
    encoding: str = ""

    def bytes(self) -> bytes:
        """The bytes, never more than the limit.

        Raises
        ------
        DocumentError : no file, too large, or not to be read.
        """
        try:
            if not self.path.is_file():
                raise DocumentError(
                    "this is neither a file nor a folder",
                    where=self.given,
                    repair="name a document or a folder of documents",
                )
            size = self.path.stat().st_size
            if size > LARGEST:
                raise too_large(size, self.given)
            with self.path.open("rb") as file:
                return file.read(LARGEST + 1)  # a file may grow between the two calls
        except OSError as error:
            raise DocumentError(
                f"the document cannot be read: {error.strerror or error}",
                where=self.given,
                repair="give yourself the right to read it",
            ) from error


def sources_of(named: Iterable[str | Path], fetch: Fetch | None, spool: Path) -> Iterator[Source]:
    """The sources in the order named, folders by name; a file or address named twice comes once.

    Parameters
    ----------
    named : paths and addresses.
    fetch : how addresses are fetched; without it none is.
    spool : a folder for what is fetched.

    Raises
    ------
    DocumentError : nothing there, a folder without documents or one that cannot be looked into, an
        address without leave to fetch, a failed fetch.
    """
    met: set[str] = set()
    for name in map(str, named):
        address = is_address(name)
        for given, path in [(name, Path(name))] if address else _files(name):
            key = name if address else os.path.realpath(path)
            if key not in met:
                met.add(key)
                yield (
                    _fetched(name, fetch, spool / str(len(met)))
                    if address
                    else Source(given, path, path.resolve().parts, path.suffix)
                )


def addresses_in(path: str | Path) -> list[str]:
    """The addresses in a file, one a line; blank lines and lines that begin with `#` are passed over.

    Raises
    ------
    DocumentError : the file cannot be read, or a line is no address; says which line.
    """
    source = Source(str(path), Path(path), (), "")
    try:
        lines = source.bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"the encoding breaks at byte {error.start}", where=str(path), repair="save the list in UTF-8"
        ) from error
    found = []
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if not re.match(r"https?://\S+\Z", address, re.IGNORECASE):
            raise DocumentError(
                f"line {number} is no address that can be fetched: {address[:100]}",
                where=str(path),
                repair="write one address a line, each beginning with https:// or http://",
            )
        found.append(address)
    if not found or len(found) > MOST_ADDRESSES:
        raise DocumentError(
            f"the list holds {len(found):,} addresses",
            where=str(path),
            repair=f"list between 1 and {MOST_ADDRESSES:,}, one a line",
        )
    return found


def _fetched(address: str, fetch: Fetch | None, path: Path) -> Source:
    if fetch is None:
        raise DocumentError(
            "this is an address; addresses are fetched only when asked",
            where=address[:300],
            repair="add --fetch (in Python: fetch=Fetch()), or save the document and name the file",
        )
    got = fetch.get(address)
    path.write_bytes(got.raw)
    about = urlsplit(address)
    inside = [part for part in about.path.split("/") if part]
    name = (inside[-1] if inside else str(about.hostname)) + (f"?{about.query}" if about.query else "")
    parts = (str(about.hostname), *inside[:-1], name) if inside else (name,)
    return Source(address, path, parts, got.suffix, got.encoding)


def _files(named: str) -> list[tuple[str, Path]]:
    path = Path(named)
    try:
        path.stat()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
        raise DocumentError(
            "there is no such file" if missing else f"this path cannot be used: {reason}",
            where=named[:300],
            repair=f"name a document ({', '.join(SUFFIXES)}) or a folder that holds some",
        ) from error
    return _files_within(named, path) if path.is_dir() else [(named, path.resolve())]


def _files_within(named: str, folder: Path) -> list[tuple[str, Path]]:
    inside = folder.resolve()
    found: list[Path] = []
    for place, folders, names in os.walk(inside, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(place, name)
            if (
                file.suffix.lower() in SUFFIXES
                and not name.startswith(".")
                and file.is_file()
                and file.resolve().is_relative_to(inside)  # a link may not lead out of the folder
            ):
                found.append(file)
    if not found:
        raise DocumentError(
            "the folder holds no document",
            where=named,
            repair=f"put files that end in {', '.join(SUFFIXES)} into it",
        )
    return [(str(Path(named) / file.relative_to(inside)), file) for file in sorted(found)]


def _unreadable(error: OSError) -> None:
    raise DocumentError(
        f"the folder cannot be read: {error.strerror or error}",
        where=str(error.filename),
        repair="give yourself the right to read it, or name the files beside it one by one",
    ) from error
