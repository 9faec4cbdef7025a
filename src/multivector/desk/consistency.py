"""Whether a brief holds together: references lead somewhere, numbers are numbers, ids are unique."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from multivector.desk.context import BriefContext, CellRow, Figure, Judgement, MapFigure, ScoreRow
from multivector.errors import ComputationError

SOURCED = (Figure, MapFigure, Judgement)


def check_context(context: BriefContext) -> None:
    """Refuse a context that would print a number without a source or a link to nothing.

    Raises
    ------
    ComputationError : every fault found, one a line.
    """
    faults = [
        *_unknown(context, "sources", {source.key for source in context.sources}),
        *_unknown(context, "rests_on", {row.id for row in context.assumptions}),
        *_unknown(context, "claims", {row.id for row in context.claims}),
        *_effects(context),
        *_unsourced(context),
        *_numbers(context),
    ]
    if faults:
        raise ComputationError(
            "the brief does not hold together:\n" + "\n".join(f"  {fault}" for fault in faults),
            where=context.title,
            repair="mend the context that the brief was made from",
        )


def parts(value: object, path: str = "brief") -> Iterator[tuple[str, object]]:
    """Every dataclass value within a context, with the path to it."""
    if isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from parts(item, f"{path}[{getattr(item, 'id', i)}]")
    elif is_dataclass(value):
        yield path, value
        for field in fields(value):
            yield from parts(getattr(value, field.name), f"{path}.{field.name}")


def _unknown(context: BriefContext, field: str, known: set[str]) -> Iterator[str]:
    for path, part in parts(context):
        listed = getattr(part, field, ()) if part is not context else ()
        for key in listed:
            if key not in known:
                among = field.replace("rests_on", "assumptions")
                yield f"{path}.{field}: '{key}' is not among the brief's {among}"


def _effects(context: BriefContext) -> Iterator[str]:
    known = {row.id for row in context.judgements}
    for assumption in context.assumptions:
        for effect in assumption.effects:
            if effect.judgement not in known:
                yield f"assumption {assumption.id}: no judgement '{effect.judgement}'"


def _unsourced(context: BriefContext) -> Iterator[str]:
    for path, part in parts(context):
        if isinstance(part, SOURCED) and not part.sources:
            yield f"{path}: numbers without a source"
        if isinstance(part, CellRow):
            if part.evidence != "assumed" and not part.sources:
                yield f"{path}: {part.evidence}, but no source"
            if part.evidence == "stated" and not part.quote:
                yield f"{path}: stated, but no quote"


def _numbers(context: BriefContext) -> Iterator[str]:
    for path, part in parts(context):
        for field in fields(part) if is_dataclass(part) else ():
            value = getattr(part, field.name)
            if isinstance(value, float) and not math.isfinite(value):
                yield f"{path}.{field.name}: {value} is not a number"
        if isinstance(part, Judgement) and not 0 <= part.low <= part.p <= part.high <= 1:
            yield f"{path}: {part.low} <= {part.p} <= {part.high} does not hold within 0 and 1"
        if isinstance(part, CellRow) and not part.low <= part.mode <= part.high:
            yield f"{path}: {part.low} <= {part.mode} <= {part.high} does not hold"
        if isinstance(part, ScoreRow) and part.n < 1:
            yield f"{path}: a score of no cells"


def check_page(html: str) -> None:
    """Refuse a page in which an id occurs twice or an inner link leads nowhere.

    Raises
    ------
    ComputationError : the ids and links at fault.
    """
    ids = Counter(re.findall(r'(?<=\sid=")[^"]+', html))
    twice = sorted(name for name, times in ids.items() if times > 1)
    lost = sorted(set(re.findall(r'href="#([^"]+)"', html)) - set(ids))
    if twice or lost:
        raise ComputationError(
            f"the page would not hold together: ids used twice {twice}, links to nothing {lost}",
            repair="give every picture its own prefix and every row its own id",
        )
