"""Recognition, diplomatic relations, sanctions and treaties against the dated rows of `relations`."""

from __future__ import annotations

import re

from multivector.evidence.checking.book import Row
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    version_of,
)
from multivector.evidence.checking.windows import same_date
from multivector.evidence.checking.words import words

_KINDS = (
    ("diplomatic_relations", r"diplomatic (?:relations|ties|links)"),
    ("recognition", r"recogni[sz]\w*"),
    ("sanctions", r"sanction\w*|embargo\w*"),
    (
        "border_closed",
        r"(?:closed|closure of)[^.;]{0,30}(?:border|frontier)|(?:border|frontier)[^.;]{0,30}closed",
    ),
)
_PREDICATES = {"imposes_sanctions_on": "sanctions", "recognizes": "recognition"}
_YOUNG = 5  # years: what began within them may well be denied by an older text
_DENIES = r"\b(?:not|never|no|nor|without|refus\w+|declin\w+|yet to|neither)\b"
_FIRST = r"\b(?:first (?:state|country|nation|government)|the first to)\b"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def check_relation(said: Said) -> Verdict | None:
    """What binds or parts two actors, and since when; None where the quote speaks of no such thing."""
    treaty = _treaty(said)
    if treaty is not None:
        return treaty
    kind = next((kind for kind, words in _KINDS if said.has(words)), _PREDICATES.get(said.claim.predicate))
    if kind is None:
        return None
    rows = [row for row in said.book.rows("relations") if row["kind"] == kind]
    found = [row for row in rows if _between(said, row, kind)]
    return _judged(said, kind, found) if found else None


def _between(said: Said, row: Row, kind: str) -> bool:
    """Whether the row is about the actors of the quote, in its direction where there is one."""
    a, b = str(row["a"]), str(row["b"] or "")
    codes = [*(name.code for name in said.names), *said.claim.subjects, *said.claim.objects]
    if a not in codes:
        return False
    named = b in codes or any(
        word in said.quote for word in (b, str(row["name"] or "")) if word and not word.isupper()
    )
    if not named and not _spelt(said, b):
        return False
    if kind in ("sanctions", "recognition") and b in codes:
        direct = re.search(rf"<{b}>[^.;]{{0,60}}\b(?:by|from)\b[^.;]{{0,20}}<{a}>", said.text)
        return (
            direct is not None
            or codes.index(a) < codes.index(b)
            or bool(re.search(rf"(?:on|against) <{b}>", said.text))
        )
    return True


def _spelt(said: Said, title: str) -> bool:
    """Whether the quote names what is no actor: all its proper names, or, where it has none, its last word."""
    words_of = [word for word in title.split() if word not in said.book.names]
    proper = [word for word in words_of if word[:1].isupper()] or words_of[-1:]
    return title not in said.book.names and all(
        re.search(rf"\b{re.escape(word)}\b", said.quote) for word in proper
    )


def _judged(said: Said, kind: str, rows: list[Row]) -> Verdict:
    """Whether it holds, at the date where one is stated; 'first' as the rows say."""
    holding = [row for row in rows if row["holds"] == "yes"]
    denied = _denial(said, kind) or said.claim.polarity == "-"
    if denied and _dates(said) and said.has(rf"\b(?:{words('turned')})\b"):
        denied = False  # "did not until 1995": it has held since
    if not holding:
        word: Word = SUPPORTED if denied else REFUTED
        return _verdict(said, kind, rows, word, "it is known not to hold")
    if denied:
        return _verdict(said, kind, rows, *_denied(said, rows, holding))
    first = _first(said, kind, holding[0])
    if first is not None and first["a"] != holding[0]["a"]:
        return _verdict(said, kind, [first], REFUTED, f"the first was {said.book.name(str(first['a']))}")
    dates = _dates(said)
    fits = [row for row in holding if all(_fits(row, date) for date in dates)]
    why = f"the claim says {', '.join(dates)}" if dates else "it holds"
    return _verdict(said, kind, fits or holding, SUPPORTED if fits else REFUTED, why)


def _denial(said: Said, kind: str) -> bool:
    """Whether the quote denies it: up to the end of its clause, and not where the denial itself is at its end."""
    pattern = dict(_KINDS)[kind]
    spoken = re.search(pattern, said.quote, re.I)
    clause = re.search(r"[,;:]", said.quote[spoken.end() :]) if spoken else None
    reach = said.quote[: spoken.end() + clause.start()] if spoken and clause else said.quote
    return any(
        not re.search(rf"\b(?:{words('overcome')})\b(?:\s+[\w'’]+){{0,3}}\s+$", reach[: match.start()], re.I)
        for match in re.finditer(_DENIES, reach, re.I)
    )


def _denied(said: Said, rows: list[Row], holding: list[Row]) -> tuple[Word, str]:
    """What the rows say of a denial."""
    young = said.book.region.last_year - _YOUNG
    if not _dates(said) and all(int(str(row["from"])[:4]) > young for row in holding):
        return NOT_CHECKABLE, "it holds lately, and the claim names no time"
    if any(row["holds"] == "no" for row in rows):
        return SUPPORTED, "it is known not to hold, or not to have held"
    return REFUTED, "it holds"


def _first(said: Said, kind: str, row: Row) -> Row | None:
    """Who was the first to do it, where the quote says that somebody was and a row tells."""
    if kind != "recognition" or not re.search(_FIRST, said.quote, re.I):
        return None
    same = [r for r in said.book.rows("relations") if r["kind"] == kind and r["b"] == row["b"]]
    return next((r for r in same if "first" in str(r["name"] or "")), None)


def _dates(said: Said) -> list[str]:
    """The days or years that the claim or its quote names."""
    claim = said.claim
    years = list(dict.fromkeys(_YEAR.findall(said.quote)))
    own = [d for d in dict.fromkeys((claim.date_start, claim.date_end)) if d]
    if len(years) > 1:
        return [next((d for d in own if d.startswith(year)), year) for year in years]
    return own or years


def _fits(row: Row, date: str) -> bool:
    return any(same_date(date, str(row[end])) for end in ("from", "to") if row[end])


def _treaty(said: Said) -> Verdict | None:
    """A treaty named in the quote, with one of its parties: the date of its signature."""
    if not said.has(
        r"sign\w*|conclud\w+|ratif\w+|agreed|initial\w*|adopt\w+|enter\w* into|ended|joined|settled"
    ):
        return None
    codes = {name.code for name in said.names}
    best: tuple[int, Row] | None = None
    for row in said.book.rows("relations"):
        if row["kind"] != "treaty" or not codes & set(str(row["a"]).split("|")):
            continue
        parties = set(str(row["a"]).split("|"))
        if len(parties) == 2 and len(codes & parties) < 2 and len(codes) > 1:
            continue
        for name in str(row["name"]).split("|"):
            if re.search(rf"\b{re.escape(name)}\b", said.quote, re.I) and (
                best is None or len(name) > best[0]
            ):
                best = (len(name), row)
    dates = _dates(said)
    if best is None or not dates:
        return None
    row = best[1]
    same = [
        r
        for r in said.book.rows("relations")
        if r["kind"] == "treaty" and r["name"] == row["name"] and codes & set(str(r["a"]).split("|"))
    ]
    fits = any(_fits(r, date) for r in same for date in dates)
    if not fits and said.has(r"ratif\w+|in(?:to)? force|approved"):
        return None  # the table holds the day of signature
    word: Word = SUPPORTED if fits else REFUTED
    return _verdict(said, "treaty", same, word, f"the claim says {', '.join(dates)}")


def _verdict(said: Said, kind: str, rows: list[Row], word: Word, why: str) -> Verdict:
    book = said.book
    shown = "; ".join(_shown(said, row) for row in rows[:4])
    sign = said.claim.polarity == "-" and kind == "treaty"
    return Verdict(
        said.claim.id,
        inverted(word) if sign else word,
        f"{shown}; {why}",
        dataset="Dated relations between actors",
        data_version=version_of(book.region),
        query=f"{kind.replace('_', ' ')}: {', '.join(dict.fromkeys(book.name(n.code) for n in said.names))}",
        computed_text=shown,
        tolerance="none: it holds or not; a date as precise as stated",
        window=", ".join(_dates(said)),
        source=tuple(sorted({str(row["source"]) for row in rows})),
    )


def _shown(said: Said, row: Row) -> str:
    who = "|".join(said.book.name(code) for code in str(row["a"]).split("|"))
    towards = f" and {said.book.name(str(row['b']))}" if row["b"] else ""
    name = f" ({row['name']})" if row["name"] else ""
    what = str(row["kind"]).replace("_", " ")
    if row["holds"] == "no":
        return f"no {what} by {who}{towards}{name}"
    until = f" to {row['to']}" if row["to"] else ""
    return f"{what} of {who}{towards}{name} {row['from']}{until}"
