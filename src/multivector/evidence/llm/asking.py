"""Ask for one answer: from the cache where it is kept, else from the endpoint, in a form that it accepts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from multivector.errors import ComputationError
from multivector.evidence.llm.answers import Proposal, proposals_in
from multivector.evidence.llm.cache import Cache
from multivector.evidence.llm.client import Client, Refusal
from multivector.evidence.reading.protocol import Rejected

# Ways to ask for JSON, the strictest first: an endpoint that refuses one is asked in the next.
_SHAPES = ("json_schema", "json_object", "plain")


@dataclass
class Asking:
    """Asks one endpoint; remembers which form of the request it refused."""

    client: Client
    cache: Cache | None
    refused: set[str] = field(default_factory=set)

    def proposals(self, request: dict[str, object]) -> tuple[list[Proposal], list[Rejected]]:
        """The proposals for a request, and what was proposed and is none.

        Raises
        ------
        InputError : the endpoint refuses.
        ComputationError : it gives no usable answer; nothing is kept of it.
        """
        kept = self._kept(request)
        if kept is not None:
            return kept
        form, answer = self._ask(request)
        read = self._read(answer)
        if self.cache is not None:
            self.cache.put(form, answer)
        return read

    def _kept(self, request: dict[str, object]) -> tuple[list[Proposal], list[Rejected]] | None:
        for form in self._forms(request, set()) if self.cache is not None else []:
            answer = self.cache.get(form) if self.cache is not None else None
            if answer is not None:
                with suppress(ValueError):  # an answer spoilt by hand: ask again
                    return proposals_in(answer)
        return None

    def _ask(self, request: dict[str, object]) -> tuple[dict[str, object], str]:
        while True:
            form = self._forms(request, self.refused)[0]
            try:
                return form, self.client.complete(form)
            except Refusal as refusal:
                named = self._named_in(refusal.said, form)
                if named is None:
                    raise refusal.error from None
                self.refused.add(named)

    def _named_in(self, said: str, form: dict[str, object]) -> str | None:
        """The part of the request that the refusal names."""
        shape = form.get("response_format")
        if isinstance(shape, dict) and ("response_format" in said or "json_schema" in said):
            return str(shape["type"])
        return "temperature" if "temperature" in said and "temperature" in form else None

    def _forms(self, request: dict[str, object], refused: set[str]) -> list[dict[str, object]]:
        """The request in the forms that may have been sent, the strictest first."""
        forms = []
        for temperature in (True, False):
            for shape in _SHAPES:
                form = dict(request)
                if shape == "json_object":
                    form["response_format"] = {"type": "json_object"}
                elif shape == "plain":
                    del form["response_format"]
                if not temperature:
                    del form["temperature"]
                if shape not in refused and not (temperature and "temperature" in refused):
                    forms.append(form)
        return forms

    def _read(self, answer: str) -> tuple[list[Proposal], list[Rejected]]:
        try:
            return proposals_in(answer)
        except ValueError as error:
            raise ComputationError(
                f"the model's answer cannot be used: {error}",
                where=self.client.endpoint,
                repair="run the same command again, raise the endpoint's limit on answers, or take a model that "
                "keeps to JSON; answers so far are in the cache",
            ) from error
