"""From what a curator asks for to the rows that say so: curations, and the claims that they write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final

from multivector.errors import ClaimsError
from multivector.evidence.claims_file import cell_faults
from multivector.evidence.records import COLUMNS, Claim, predicates
from multivector.evidence.store.one_line import one_line
from multivector.evidence.store.rows import Action, ClaimRow, Curation

FIELDS: Final = (
    "subject_code",
    "predicate",
    "object_code",
    "value",
    "value_op",
    "unit",
    "date_start",
    "date_end",
    "polarity",
    "claim_type",
    "plover",
)
Change = tuple[str, str]


def decide(
    action: Action,
    claims: Sequence[ClaimRow],
    *,
    by: str,
    why: str,
    when: str,
    into: Sequence[ClaimRow] = (),
    changes: Sequence[Change] = (),
) -> tuple[list[Curation], list[ClaimRow]]:
    """The curations of an order, a claim each, and the claims that it writes.

    Raises
    ------
    ClaimsError : no name, no reason, or an order that does not fit its action.
    """
    who, reason = one_line(by, "by"), one_line(why, "why")
    _require_fitting(action, claims, into, changes)
    curations: list[Curation] = []
    written: list[ClaimRow] = []
    for claim in dict.fromkeys(claims):
        changed: dict[str, Any] = {}
        if changes:
            parts = [_part(claim, each) for each in _sets(action, changes)]
            _require_apart([row.id for row, _ in parts], claim)
            written += [row for row, _ in parts]
            changed = {"into": [row.id for row, _ in parts], "set": [said for _, said in parts]}
        elif into:
            changed = {"into": [row.id for row in into]}
        fresh = Curation("", claim.id, action, who, when, reason, changed)
        curations.append(replace(fresh, id=fresh.proper_id))
    return curations, list(dict.fromkeys(written))


def _require_fitting(
    action: Action, claims: Sequence[ClaimRow], into: Sequence[ClaimRow], changes: Sequence[Change]
) -> None:
    faults = {
        "accept": "" if not into and not changes else "takes neither --into nor --set",
        "reject": "" if not into and not changes else "takes neither --into nor --set",
        "correct": "" if changes and not into else "takes --set FIELD=VALUE, once a field, and no --into",
        "merge": "" if len(into) == 1 and not changes else "takes one --into ID, the claim that stays",
        "split": ""
        if bool(changes) != (len(into) > 1) and len(claims) == 1
        else "takes one claim, and --into ID for each part, or --set with a value for each part",
    }
    if faults[action]:
        raise ClaimsError(f"{action} {faults[action]}", where="curate", repair=_EXAMPLES[action])
    if not claims:
        raise ClaimsError("no claim is named", where="curate", repair=_EXAMPLES[action])
    _require_apart([each.id for each in into], *claims)


_EXAMPLES: Final = {
    "accept": "write `accept ID --by NAME --why TEXT`",
    "reject": "write `reject ID --by NAME --why TEXT`",
    "correct": "write `correct ID --set value=93.9 --by NAME --why TEXT`",
    "merge": "write `merge ID ID --into ID --by NAME --why TEXT`",
    "split": "write `split ID --set object_code=ARM --set object_code=AZE --by NAME --why TEXT`",
}


def _require_apart(targets: Sequence[str], *claims: ClaimRow) -> None:
    """Nothing stands in its own place, and no two parts are the same."""
    for claim in claims:
        if claim.id in targets:
            raise ClaimsError(
                f"{claim.id} would stand in its own place: what tells claims apart is unchanged",
                where="curate",
                repair="name another claim, or change actors, predicate, value, unit, dates or polarity",
            )
    if len(set(targets)) < len(targets):
        raise ClaimsError(
            "two parts are the same", where="curate", repair="give each part a value of its own"
        )


def _sets(action: Action, changes: Sequence[Change]) -> list[dict[str, str]]:
    """What to set in each part: a field given once holds for all, one given n times makes n parts."""
    values: dict[str, list[str]] = {}
    for name, value in changes:
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, 3, 0.4)
            known = name in COLUMNS
            raise ClaimsError(
                f"{name!r} is no part of what a claim says" if known else f"there is no field {name!r}",
                where="--set",
                repair=f"set one of {', '.join(near or FIELDS)}",
            )
        values.setdefault(name, []).append(value.strip())
    counts = {len(each) for each in values.values() if len(each) > 1}
    parts = counts.pop() if len(counts) == 1 else 0 if counts else 1
    if (action == "correct" and parts != 1) or (action == "split" and parts < 2):
        what = (
            "a field is set twice"
            if action == "correct"
            else "the fields set do not make two parts or more, a value each"
        )
        raise ClaimsError(what, where="--set", repair=_EXAMPLES[action])
    return [{name: each[n % len(each)] for name, each in values.items()} for n in range(parts)]


def _part(claim: ClaimRow, fields: dict[str, str]) -> tuple[ClaimRow, dict[str, list[str]]]:
    """The claim that fields lead to, and for each field its old and new value."""
    old = claim.as_claim()
    new = dict(fields)
    named = predicates().get(new.get("predicate", ""))
    if named is not None:
        new = {"claim_type": named.claim_type, "plover": named.plover, **new}
    corrected: Claim = replace(old, **new)  # type: ignore[arg-type]  # all of FIELDS are text
    row = {name: str(getattr(corrected, name)) for name in COLUMNS}
    faults = cell_faults(row)
    if "subject_code" in fields and not corrected.subjects:
        faults.append("subject_code: is empty; repair: give the code of an actor")
    for name in FIELDS:
        if row[name]:
            one_line(row[name], f"--set {name}")
    if faults:
        raise ClaimsError("; ".join(faults), where="--set", repair="mend the values and run it again")
    said = {name: [getattr(old, name), value] for name, value in new.items() if getattr(old, name) != value}
    return ClaimRow.of(corrected), said


def curation_fault(curation: Curation) -> str:
    """What does not fit in a curation that comes from elsewhere; empty where all does."""
    fault = _outcome_fault(curation) or _words_fault(curation)
    if not fault and curation.id != curation.proper_id:
        return f"the id {curation.id} is not that of its content ({curation.proper_id})"
    return fault


def _outcome_fault(curation: Curation) -> str:
    into = curation.changed.get("into", [])
    if not isinstance(into, list) or not all(isinstance(each, str) for each in into):
        return "changed.into is no list of ids"
    fits = {
        "accept": not curation.changed,
        "reject": not curation.changed,
        "correct": len(into) == 1,
        "merge": len(into) == 1,
        "split": len(into) > 1,
    }
    if not fits[curation.action]:
        return f"{curation.action} with {len(into)} claims in its place"
    if curation.claim in into or len(set(into)) < len(into):
        return "a claim that stands in its own place, or twice in another's"
    return ""


def _words_fault(curation: Curation) -> str:
    for where, text in (("who", curation.who), ("why", curation.why)):
        try:
            plain = one_line(text, where)
        except ClaimsError as error:
            return f"{where} {error.what}"
        if plain != text:
            return f"{where} is not on one line"
    return ""
