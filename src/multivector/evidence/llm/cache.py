"""Answers kept on disk by the hash of the whole request, so that a reading can be repeated without the model.

The endpoint is no part of the hash (the same model answers at another address) and the key is no part of the
request: neither is ever written.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from dataclasses import dataclass
from pathlib import Path

from multivector.errors import InputError
from multivector.files import write_text_whole

LARGEST = 8 * 1024 * 1024  # bytes of one kept answer


def hash_of(request: dict[str, object]) -> str:
    """sha256 of the request: model, messages, schema and parameters."""
    whole = json.dumps(request, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Cache:
    """A folder with one JSON file an answer, named by its hash."""

    folder: Path

    def __post_init__(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise InputError(
                "the cache must be a folder; this is a file",
                where=str(self.folder),
                repair="name a folder, new or from an earlier run",
            )

    def get(self, request: dict[str, object]) -> str | None:
        """The answer kept for a request; a damaged file is said, and counts as none."""
        key = hash_of(request)
        path = self._path(key)
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError
            kept = json.loads(path.read_bytes().decode("utf-8"))
            if kept["request"] != key or not isinstance(kept["answer"], str):
                raise ValueError
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            warnings.warn(f"{path}: the kept answer is damaged; the model is asked again", stacklevel=2)
            return None
        return str(kept["answer"])

    def put(self, request: dict[str, object], answer: str) -> Path:
        """Keep an answer, whole or not at all."""
        key = hash_of(request)
        kept = {"request": key, "model": request.get("model", ""), "answer": answer}
        return write_text_whole(self._path(key), json.dumps(kept, indent=1) + "\n")

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"
