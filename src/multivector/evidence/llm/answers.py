"""What the model may answer: proposals of claims, every name, figure and date copied from the text.

The schema goes with the request; the answer is validated against it all the same. A proposal that does not
hold is counted and left out; an answer that is no list of proposals is an error.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from multivector.evidence.reading.protocol import Rejected
from multivector.evidence.records import STANCES, predicates

MOST = 300  # proposals of one answer
_LONGEST_QUOTE = 1_000  # characters
_LONGEST_WORDS = 200
_MOST_NAMES = 12


def _bounded(limit: int) -> AfterValidator:
    # Outside the schema: some endpoints refuse schemas that bound the length of strings.
    def check(text: str) -> str:
        if len(text) > limit:
            raise ValueError(f"more than {limit} characters")
        return text.strip()

    return AfterValidator(check)


def _one_of(*known: str) -> tuple[AfterValidator, WithJsonSchema]:
    def check(text: str) -> str:
        if text not in known:
            raise ValueError(f"{text[:40]!r} is not in the vocabulary")
        return text

    return AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(known)})


def _few(names: list[str]) -> list[str]:
    if len(names) > _MOST_NAMES:
        raise ValueError(f"more than {_MOST_NAMES} names")
    return [name for name in names if name]


_Words = Annotated[str, _bounded(_LONGEST_WORDS)]
_Names = Annotated[list[_Words], AfterValidator(_few)]
_PredicateName = Annotated[str, *_one_of(*predicates())]
_Stance = Annotated[str, *_one_of(*STANCES)]


class Proposal(BaseModel):
    """A claim as the model proposes it."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    paragraph: Annotated[int, Field(description="number of the paragraph that holds the quote")]
    quote: Annotated[
        str,
        _bounded(_LONGEST_QUOTE),
        Field(description="the words that make the claim, copied character by character from one sentence"),
    ]
    predicate: _PredicateName
    subject: Annotated[_Names, Field(description="actors, as the sentence names them")]
    object: Annotated[
        _Names, Field(description="actors or things it is said about, as the sentence names them")
    ]
    figure: Annotated[
        _Words, Field(description="number with its unit, or word of rank, copied from the quote; else empty")
    ]
    direction: Literal["", "increase", "decrease"]
    period: Annotated[
        _Words, Field(description="words of time copied from the sentence, preposition included; else empty")
    ]
    polarity: Annotated[Literal["+", "-"], Field(description="- where the text says that it is not so")]
    stance: _Stance
    attributed_to: Annotated[
        _Words, Field(description="AUTHOR, UNSPECIFIED, or the speaker as the text names them")
    ]


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of an answer, with the vocabulary as enumerations."""
    one = Proposal.model_json_schema()
    for name in ("title", "description"):
        one.pop(name, None)
    for about in one["properties"].values():
        about.pop("title", None)
    one["additionalProperties"] = False
    one["required"] = list(one["properties"])
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": one}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def proposals_in(answer: str) -> tuple[list[Proposal], list[Rejected]]:
    """The proposals of an answer, and what was proposed and is none.

    Raises
    ------
    ValueError : the answer is not a JSON object with a list `claims`; says what it is.
    """
    claims = _list_in(answer)
    proposals: list[Proposal] = []
    rejected: list[Rejected] = []
    for given in claims[:MOST]:
        try:
            proposals.append(Proposal.model_validate(given))
        except ValidationError as error:
            rejected.append(Rejected(_quote_of(given), _fault(error)))
    if len(claims) > MOST:
        rejected.append(Rejected("", f"{len(claims) - MOST} further proposals: one answer may hold {MOST}"))
    return proposals, rejected


def _list_in(answer: str) -> list[object]:
    text = answer.rpartition("</think>")[2].strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.strip("`").removeprefix("json")
    if not text.strip():
        raise ValueError("it is empty")
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except ValueError as error:
        cut = " (it breaks off: the endpoint may cut long answers)" if text[0] == "{" else ""
        raise ValueError(f"it is not JSON{cut}") from error
    if not isinstance(whole, dict) or not isinstance(whole.get("claims"), list):
        raise ValueError('it is JSON, but no object with a list "claims"')  # noqa: TRY004
    return list(whole["claims"])


def _quote_of(given: object) -> str:
    quote = given.get("quote") if isinstance(given, dict) else None
    return quote[:_LONGEST_QUOTE] if isinstance(quote, str) else ""


def _fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"][:2])
    said = str(first["msg"]).removeprefix("Value error, ")[:160]
    return f"not a claim: {where}: {said}" if where else f"not a claim: {said}"
