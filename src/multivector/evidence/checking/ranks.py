"""Ranks: the largest supplier, market, source or trading partner of a state, and the first within a region."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from multivector.evidence.checking.answer import best, unanswered
from multivector.evidence.checking.book import Book, Figure
from multivector.evidence.checking.flows import OTHER, owner_of
from multivector.evidence.checking.said import Name, Said
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    PARTLY,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    version_of,
)
from multivector.evidence.checking.windows import Window, covered
from multivector.evidence.checking.words import words
from multivector.evidence.reading.quantities import ordinal_of

_TOP = words("top")
_SEVERAL = words("partners_several")
_RANK = re.compile(rf"\b(?:(second|third|fourth|fifth|\d(?:nd|rd|th))[- ])?({_TOP})\b", re.I)
_SECOND = re.compile(
    r"\b(second|third) only to\b|\b(second|runner-up) (?:place|after|behind)|\bnext only to", re.I
)
_KINDS = (
    (
        "arms",
        r"(?:arms|weapons?|military)[^.;]{0,40}(?:suppl\w+|source|vendor|provider|exporter|seller|imports)|(?:suppl\w+|source|vendor|provider|seller)[^.;]{0,30}(?:arms|weapons?)",
    ),
    ("trade", r"trad(?:e|ing) partner|commercial partner"),
    (
        "exports",
        r"export (?:market|destination|partner)|customers?\b|buyers?\b|destination|market for|export\w*|outlet",
    ),
    (
        "imports",
        r"import (?:source|partner|supplier)|source of[^.;]{0,40}imports?|supplier|seller|provider|imports?\b",
    ),
)
_WITHIN = (
    ("observations/gdp_current_usd", r"\beconom(?:y|ies)\b|\bGDP\b"),
    ("observations/population", r"population|populous|people"),
    ("figures/production/{goods}", r"produc\w+|output"),
    ("figures/exports/{goods}", r"export\w+"),
    ("figures/reserves/{goods}", r"reserves"),
)
_USUAL = 5  # years of deliveries of arms; SIPRI itself reports five-year windows


def check_rank(said: Said) -> Verdict | None:
    """A place among the partners of a state, or among the states of a region; None where none is claimed."""
    place = _place(said)
    if place is None or len(said.quote) < 12 or said.has(rf"\b(?:{words('no_partner')})\b"):
        return None
    within = _within(said, place)
    if within is not None:
        return within
    kind = next((kind for kind, words in _KINDS if said.has(words)), None)
    if kind is None:
        return None
    pair = _pair(said, kind)
    if pair is None:
        return None
    state, partner = pair
    layers = {"trade": ("imports", "exports")}.get(kind, (kind,))
    return _placed(said, layers, state, partner, place)


def _place(said: Said) -> int | None:
    second = _SECOND.search(said.quote)
    if second:
        return 3 if (second[1] or "").lower() == "third" else 2
    match = _RANK.search(said.quote)
    if match is None or re.search(
        r"\bone of\b|\bamong (?:the|its)\b", said.quote[max(0, match.start() - 20) : match.start()]
    ):
        return None
    if re.match(
        rf"\s+(?:(?!of\b|among\b|in\b|for\b|to\b)[\w-]+ ){{0,2}}(?:{_SEVERAL})\b", said.quote[match.end() :]
    ):
        return None  # "its main partners" are several, and none of them is placed
    return (ordinal_of(match[1]) if match[1] else 1) or 1


def _pair(said: Said, kind: str) -> tuple[str, str] | None:
    """The state whose partners are ranked, and the partner placed."""
    text, states = said.text, said.states
    codes = list(dict.fromkeys(name.code for name in states))
    if len(codes) < 2:
        claim = said.claim
        own = [*claim.objects[:1], *claim.subjects[:1]]
        return (own[0], own[1]) if claim.predicate == "ranks" and len(own) == 2 else None
    match = _RANK.search(text) or _SECOND.search(text)
    owner = re.search(rf"<(\w+)>(?:'s|’s) (?:[\w-]+ )?(?:[\w-]+ )?(?:{_TOP})\b", text, re.I)
    of = re.search(rf"\b(?:{_TOP})\b[^.;<]{{0,60}}?(?:of|for|to|among|in|by) (?:the )?<(\w+)>", text, re.I)
    its = re.search(rf"\b(?:its|their|his|whose)\b[^.;<]{{0,30}}(?:{_TOP})", text, re.I)
    if owner and owner[1] in codes:
        state = owner[1]
    elif its and match:
        before = [name for name in states if name.start < match.start()]
        bought = re.search(r"by <(\w+)>", text)
        state = before[0].code if before else codes[0]
        if bought and bought[1] != state:
            return state, bought[1]
    elif of and of[1] in codes:
        state = of[1]
    else:
        found = owner_of(said, "exports" if kind == "exports" else "imports")
        if found is None:
            return None
        state = found
    rest = [name for name in states if name.code != state]
    placed = re.search(
        r"<(\w+)>,? (?:was |is |came |coming )?(?:in )?(?:second|third)(?: place)?\b(?! only)", text, re.I
    )
    if placed and placed[1] in codes and placed[1] != state:
        return state, placed[1]
    but = re.search(r"\b(?:not|rather than)\b[^.;]{0,30}\bbut <(\w+)>", text, re.I)
    if but:
        return state, but[1]
    plain = [n for n in rest if not re.search(OTHER + r"\s+(?:the )?$", text[: n.start], re.I)]
    chosen = _closest(plain, match.start() if match else 0)
    return (state, chosen.code) if chosen else None


def _closest(names: list[Name], at: int) -> Name | None:
    return min(names, key=lambda name: abs(name.start - at), default=None)


def _placed(said: Said, layers: tuple[str, ...], state: str, partner: str, place: int) -> Verdict:
    """The partner's place in the year or window stated; without one in the last two."""
    book, region = said.book, said.book.region
    titles = {str(row["layer"]): str(row["title"]) for row in book.rows("layers")}
    title = titles.get(layers[0], layers[0])
    if layers == ("arms",):
        span = covered(region, "arms", state)
        if span is None:
            return unanswered(said.claim, book, f"the region holds no deliveries to {state}")
        windows = (
            [said.window]
            if said.window
            else [Window(said.since or span[1] - _USUAL + 1, span[1], stated=False)]
        )
        tables = [(w, _arms(book, state, w)) for w in windows if span[0] <= w.first and w.last <= span[1]]
    else:
        years = sorted({y for layer in layers for y in book.tie_years(layer, state)})
        asked = list(range(said.window.first, said.window.last + 1)) if said.window else years[:-4:-1]
        tables = [(Window(y, y), _joint(book, layers, state, y)) for y in asked if y in years]
    tables = [(window, table) for window, table in tables if table]
    if not tables:
        why = "no partners are listed for that time; coverage that ends is missing, not a refutation"
        return unanswered(said.claim, book, why)
    verdicts = [_against(said, title, window, table, (state, partner), place) for window, table in tables]
    if said.window is None and len(verdicts) > 1:
        first = verdicts[0]
        older = next((v for v in verdicts if v.verdict == SUPPORTED), None)
        if first.verdict != SUPPORTED and older is not None:
            return first.reread(PARTLY, f"the claim names no year; {first.why}; but {older.why}")
        return first
    return best(verdicts) or unanswered(said.claim, book, "no row")


def _arms(book: Book, state: str, window: Window) -> dict[str, Figure]:
    shares = book.shares("arms", window.first, window.last).get(state, {})
    groups = {code for code, kind in book.kinds.items() if kind == "group"}
    years = range(window.first, window.last + 1)
    cells = [tie for year in years for tie in book.tie("arms", state, year).values()]
    sources, vintages = _rows_of(cells)  # a share is made from every delivery of the window
    return {
        code: Figure(100 * value, 100 * low, 100 * high, sources, vintages)
        for code, (value, low, high) in shares.items()
        if value > 0 and code not in groups
    }


def _rows_of(cells: Iterable[Figure]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sources and vintages of several figures."""
    cells = list(cells)
    sources = {key for cell in cells for key in cell.sources}
    return tuple(sorted(sources)), tuple(sorted({v for cell in cells for v in cell.vintages}))


def _joint(book: Book, layers: tuple[str, ...], state: str, year: int) -> dict[str, Figure]:
    """Partners' shares in percent; of trade as a whole the mean of both ways, for those listed in both."""
    tables = [book.tie(layer, state, year) for layer in layers]
    groups = {code for code, kind in book.kinds.items() if kind == "group"}
    found = {}
    for code in {code for table in tables for code in table if code not in groups}:
        cells = [table[code] for table in tables if code in table]
        if len(cells) == len(tables):
            parts = [
                sum(getattr(c, part) for c in cells) * 100 / len(cells) for part in ("value", "low", "high")
            ]
            found[code] = Figure(parts[0], parts[1], parts[2], *_rows_of(cells))
    return found


def _against(
    said: Said, title: str, window: Window, table: Mapping[str, Figure], pair: tuple[str, str], place: int
) -> Verdict:
    book, (state, partner) = said.book, pair
    cell = table.get(partner)
    ranked = sorted(table.items(), key=lambda item: -item[1].value)
    unit = " percent" if max(figure.value for figure in table.values()) <= 100 else ""
    top = ", ".join(f"{book.name(code)} {figure.value:,.{1 if unit else 0}f}" for code, figure in ranked[:3])
    if cell is None:
        least, most = len(table) + 1, 10**3
    else:
        least = 1 + sum(1 for code, f in table.items() if code != partner and f.low > cell.high)
        most = 1 + sum(1 for code, f in table.items() if code != partner and f.high >= cell.low)
    found: Word = SUPPORTED if least <= place <= most else REFUTED
    if cell is None and (place > len(table) or book.kinds.get(partner) in ("group", "organisation")):
        found = NOT_CHECKABLE  # the tables rank states; of a union they say nothing
    shown = (
        "not among those listed"
        if cell is None
        else f"rank {least}" + (f" to {most}" if most > least else "")
    )
    claim = said.claim
    sources, vintages = _rows_of(table.values() if cell is None else [cell])
    verdict = (
        inverted(found)
        if claim.polarity == "-" and claim.predicate == "ranks" and "not" not in said.quote
        else found
    )
    return Verdict(
        claim.id,
        verdict,
        f"stated rank {place}, found {shown} in {window}: the first are {top}{unit}",
        dataset=title,
        data_version=version_of(book.region, vintages),
        query=f"{book.name(partner)}'s rank in {title.lower()} of {book.name(state)}, {window}",
        computed=float(least) if cell is not None else None,
        computed_text=shown,
        tolerance="none: a rank is whole; equal after rounding counts for both",
        window=str(window),
        source=sources,
    )


def _within(said: Said, place: int) -> Verdict | None:
    """The first economy, population or producer of a region's states."""
    book, claim = said.book, said.claim
    parts = {
        str(row["b"]): [
            str(r["a"]) for r in book.rows("relations") if r["b"] == row["b"] and r["name"] == "part"
        ]
        for row in book.rows("relations")
        if row["kind"] == "membership" and row["name"] == "part"
    }
    region = next((code for code in [*said.bodies, *claim.objects] if code in parts), None)
    subject = next(
        (c for c in [*(n.code for n in said.states), *claim.subjects] if c in parts.get(region or "", [])),
        None,
    )
    if region is None or subject is None:
        return None
    key = next((key for key, words in _WITHIN if said.has(words)), None)
    if key is None or ("{goods}" in key and not said.goods):
        return None
    table, _, rest = key.replace("{goods}", said.goods).partition("/")
    rows = {
        code: book.observed.get((code, rest), [])
        if table == "observations"
        else book.figures.get((code, *rest.split("/", 1)), [])  # type: ignore[arg-type]
        for code in parts[region]
    }
    years = [{int(str(row["year"])) for row in found} for found in rows.values() if found]
    common = set.intersection(*years) if years else set()
    asked = said.year
    year = asked if asked in common else max(common, default=0)
    if not year:
        return None
    values = {
        code: book.figure(
            [row for row in found if int(str(row["year"])) == year and row["unit"] == found[0]["unit"]]
        )
        for code, found in rows.items()
        if found
    }
    return _against(
        said,
        f"{rest.replace('/', ' of ')} within {region}",
        Window(year, year),
        values,
        (region, subject),
        place,
    )
