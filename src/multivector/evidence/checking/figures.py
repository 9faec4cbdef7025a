"""Yearly figures of one actor: output, growth, prices, people, debt, energy by kind, trade in dollars."""

from __future__ import annotations

import re
from dataclasses import replace

from multivector.evidence.checking.answer import Question, answer, best, unanswered
from multivector.evidence.checking.book import Book, Row
from multivector.evidence.checking.measures import Measure, measures_of
from multivector.evidence.checking.precision import Stated
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.units import base_of
from multivector.evidence.checking.verdict import NOT_CHECKABLE, Verdict
from multivector.evidence.checking.words import words

_FALLS = re.compile(rf"\b(?:{words('falls')})\b", re.I)
_GROWTH_BEFORE = re.compile(r"\bgrowth\b[^.;,]{0,40}$", re.I)
_LEVEL_AFTER = re.compile(r"\s+(?:back\s+)?to\b", re.I)
_RISES_AFTER = re.compile(r"\b(?:grew|grow|grows|growing|growth|expanded|rose|rises)\b", re.I)
_BY = re.compile(
    r"\b(rose|ris\w+|grew|grow\w*|increas\w+|fell|fall(s|en|ing)?|declin\w+|dropp?\w*|decreas\w+|cut|up|down)\b"
    r"[^.;]{0,40}\bby\b",
    re.I,
)
_CHANGE = ("real growth", "inflation of consumer prices")
_DIGITS = {
    "percent": 1,
    "percentile": 0,
    "USD": 0,
    "persons": 0,
    "t": 0,
    "m3": 0,
    "barrels a day": 0,
    "kWh": 0,
}


def shrinks(quote: str) -> bool:
    """Whether the words say that an output fell: "shrank by 5 percent", not "growth fell to 5 percent"."""
    for falls in _FALLS.finditer(quote):
        to_a_level = _GROWTH_BEFORE.search(quote[: falls.start()]) and _LEVEL_AFTER.match(quote, falls.end())
        if not to_a_level and not _RISES_AFTER.search(quote, falls.end()):
            return True
    return False


def check_figure(said: Said) -> Verdict | None:
    """A state's yearly figure; None where the claim asks for no measure that the tables could hold."""
    claim, book = said.claim, said.book
    text = said.nearby
    found = measures_of(claim.predicate, said.unit, said.goods, text, claim.unit.endswith("of GDP"))
    typed = claim.predicate != "states_figure"
    if not found:
        if not typed:
            return None
        kind = claim.predicate.replace("_", " ")
        return unanswered(
            claim, book, f"the region has no yearly figure for {kind} in {claim.unit or 'no unit'}"
        )
    actor = _actor(said, found[0])
    if not actor:
        return unanswered(claim, book, "the claim is about several states or none")
    stated = said.stated
    if stated is not None and found[0].title == "real growth" and shrinks(said.quote) and stated.value > 0:
        # "shrank by 5 percent" is a growth of minus five, however the number was written down.
        op = {">": "<", "<": ">"}.get(stated.op, stated.op)
        stated = replace(stated, value=-stated.value, op=op)
    elif found[0].title not in _CHANGE and _BY.search(said.quote):
        return unanswered(claim, book, "the claim states a change; the data hold yearly levels")
    made = [verdict for m in found[:3] for verdict in _tried(said, m, actor, stated)]
    decided = [verdict for verdict in made if verdict.verdict != NOT_CHECKABLE]
    return best(decided or made)


def _tried(said: Said, measure: Measure, actor: str, stated: Stated | None) -> list[Verdict]:
    """The claim against every key of the measure."""
    made = []
    for key in _keys(said, measure):
        question = question_of(said.book, measure.title, key, actor, said.unit)
        if question is not None:
            made.append(answer(said.claim, said.book, question, stated, said.window))
    return made or [
        unanswered(said.claim, said.book, f"the region has no {measure.title} of {said.book.name(actor)}")
    ]


def _keys(said: Said, measure: Measure) -> list[str]:
    """The keys with the goods filled in; of several kinds of power or sector the one that is named."""
    keys = [key.replace("{goods}", said.goods) for key in measure.keys]
    if measure.title.startswith(("share of electricity", "sector")):
        keys = [key for key in keys if re.search(rf"\b{key.split('/')[2][:5]}", said.quote, re.I)]
        if measure.title.startswith("share") and re.search(r"nuclear", said.quote, re.I):
            keys = ["figures/nuclear_share/", "figures/mix/nuclear"]
    return keys


def _actor(said: Said, measure: Measure) -> str:
    """Whom the figure is about: the claim's one subject, else the owner or the nearest name before the number."""
    own = [code for code in said.claim.subjects if said.book.kinds.get(code, "") not in ("", "organisation")]
    if len(own) == 1 and said.claim.predicate != "states_figure":
        return own[0]
    if said.crowded and len({name.code for name in said.states}) > 1:
        return said.beside(said.states).code
    owner = re.search(rf"<(\w+)>(?:'s|’s)?(?: [\w-]+){{0,4}} ?(?:{measure.words.pattern})", said.text, re.I)
    codes = said.codes
    if owner and owner[1] in codes:
        return owner[1]
    if said.listed:
        return ""  # "<A>, <B> and <C> plan a plant": its size is no one's own
    return codes[0] if codes else ""


def question_of(book: Book, title: str, key: str, actor: str, unit: str) -> Question | None:
    """What to look up under a key such as `observations/gdp_growth`; None where the region has no such row."""
    table, _, rest = key.partition("/")
    if table == "observations":
        rows = book.observed.get((actor, rest), [])
        about = next((row for row in book.rows("indicators") if row["indicator"] == rest), None)
        title = str(about["title"]) if about else title
    else:
        measure, _, of = rest.partition("/")
        rows = book.figures.get((actor, measure, of), [])
        title = f"{title} of {of}" if of else title
    rows = [row for row in rows if _same(str(row["unit"]), unit)]
    if not rows:
        return None
    by_year: dict[int, list[Row]] = {}
    for row in rows:
        by_year.setdefault(int(str(row["year"])), []).append(row)
    shown = str(rows[0]["unit"]) if base_of(str(rows[0]["unit"]))[1] == 1.0 else unit
    return Question(
        f"{title[:1].upper()}{title[1:]} of {book.name(actor)}"
        if table == "observations"
        else f"{title}: {book.name(actor)}",
        title,
        f" {shown}",
        _DIGITS.get(base_of(shown)[0], 1),
        lambda year: book.figure(by_year[year]) if year in by_year else None,
        tuple(sorted(by_year)),
    )


def _same(one: str, other: str) -> bool:
    """Whether two units share a base; a plain count fits whatever is counted."""
    return (
        base_of(one)[0] == base_of(other)[0]
        or (other == "" and base_of(one)[0] not in ("percent", "USD"))
        or one == "count"
    )
