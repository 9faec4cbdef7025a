"""The reader on a language model: ask, check each proposal against the text, keep what holds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from multivector.evidence.documents.view import blocks_of, left_out_of, view_of
from multivector.evidence.llm.asking import Asking
from multivector.evidence.llm.cache import Cache
from multivector.evidence.llm.client import Client
from multivector.evidence.llm.grounding import Grounding
from multivector.evidence.llm.meaning import WEAKER
from multivector.evidence.llm.passage import Passages, UnfoundedError
from multivector.evidence.llm.prompt import chunks_of, prompt_hash, request_for
from multivector.evidence.llm.quotes import located_in
from multivector.evidence.reading.gazetteer import Gazetteer
from multivector.evidence.reading.protocol import Reading, Rejected
from multivector.evidence.reading.reader import read_document
from multivector.evidence.records import Claim, Document, numbered


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
        _ = self._client, self._asking

    @cached_property
    def version(self) -> str:
        """The model, and a hash of what it is asked."""
        return f"{self.model} {prompt_hash()}"

    @cached_property
    def _client(self) -> Client:
        return Client(self.endpoint, self.timeout, self.wait)

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self._client, None if self.cache is None else Cache(Path(self.cache)))

    def read(self, document: Document) -> Reading:
        """The claims of a document in the order of the text, and what was proposed and did not hold.

        Raises
        ------
        InputError : the endpoint refuses (no right, no such model).
        ComputationError : it cannot be reached, or gives no usable answer; answers so far are in the cache.
        """
        view = view_of(document.text, markdown=document.markdown)
        blocks = blocks_of(view)
        rejected = [Rejected(block.text[:200], f"left out: {why}") for block, why in left_out_of(view)]
        note = "rule llm:" + re.sub(r"[\s;,]+", "-", self.model)  # the ledger reads it so
        passages = Passages(blocks, self.gazetteer)
        rules = read_document(document, self.gazetteer).claims
        grounding = Grounding(document, view, self.gazetteer, passages, rules, note)
        claims: list[Claim] = []
        for chunk in chunks_of(blocks):
            proposals, faults = self._asking.proposals(request_for(chunk, document.date, self.model))
            located, missing = located_in(chunk, proposals)
            rejected += [*faults, *missing]
            for one in located:
                try:
                    claims.append(grounding.claim(one))
                except UnfoundedError as error:
                    rejected.append(Rejected(one.proposal.quote, str(error)))
        return Reading(_once(claims, document), tuple(rejected))


def _once(claims: list[Claim], document: Document) -> list[Claim]:
    """Ids from content and place, as the rules give them: the same claim has the same id.

    Of two that say the same of the same words, the one that says more stays; of equals, the less sure.
    """
    fullest: dict[tuple[str, ...], Claim] = {}
    for claim in claims:
        sides = (claim.subject_code, claim.object_code, claim.polarity)
        about = (str(claim.char_start), str(claim.char_end), claim.predicate, *sides)
        known = fullest.get(about)
        if known is None or _fullness(claim) > _fullness(known):
            fullest[about] = claim
    return numbered(sorted(fullest.values(), key=lambda claim: (claim.char_start, claim.char_end)), document)


def _fullness(claim: Claim) -> tuple[int, int]:
    stated = sum(map(bool, (claim.value, claim.date_start or claim.date_end)))
    return stated, WEAKER.index(claim.stance)
