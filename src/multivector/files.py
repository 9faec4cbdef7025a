"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from multivector.errors import StorageError


def write_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` fill a temporary file beside `path`, then move it into place.

    A reader sees the old file or the new one, never half of one; when writing fails (disk full, no
    permission) the temporary file is removed and what was stored before stays.

    Raises
    ------
    StorageError : says which file and why.
    """
    try:
        if path.exists() and not path.is_file():
            raise StorageError(
                "is there and no plain file",
                where=str(path),
                repair="name a file that is new or may be replaced",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
        os.close(handle)
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror or error}",
            where=str(path),
            repair="choose a folder that exists, is writable and has room",
        ) from error
    temporary = Path(name)
    try:
        write(temporary)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise StorageError(
            f"writing stopped: {error.strerror or error}; nothing was left behind",
            where=str(path),
            repair="free some space or choose another folder, then run the same command again",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return path


def write_text_whole(path: Path, text: str) -> Path:
    """Write `text` as UTF-8, whole or not at all."""
    return write_whole(path, lambda temporary: temporary.write_text(text, encoding="utf-8", newline=""))
