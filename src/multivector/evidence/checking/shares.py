"""A partner's share of what a state buys, sells, receives or votes.

Whose flow it is follows from the words: "<A>'s imports", "what <A> sold abroad", "<A> bought ... of its gas from
<B>"; the partner is the other state named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from multivector.evidence.checking.answer import Question, answer, best, unanswered
from multivector.evidence.checking.arms import check_arms_share
from multivector.evidence.checking.book import Book, Figure
from multivector.evidence.checking.said import Name, Said
from multivector.evidence.checking.verdict import Verdict
from multivector.evidence.checking.windows import Window, covered
from multivector.evidence.checking.words import words

_EXPORT = words("export")
_IMPORT = words("import")
_ARMS = words("arms")
VOTES = "un_agreement"
_VOTES = r"\bvot(?:e|ed|es|ing)\b|roll[- ]calls?|General Assembly"
_REMITTANCES = words("remittances")
OTHER = rf"(?:{words('set_aside')})"


@dataclass(frozen=True, slots=True)
class Flow:
    """Whose flow of which kind, and with whom."""

    kind: str  # imports, exports, arms, remittances, un_agreement, or a fuel's share such as gas_import_share
    state: str
    partner: str
    joint: tuple[str, ...] = ()  # further partners, where the number is that of all together

    @property
    def partners(self) -> tuple[str, ...]:
        """All partners whose share the number is."""
        return (self.partner, *self.joint)


def flow_of(said: Said) -> Flow | None:
    """The flow that the quote speaks of; None where it names no flow or no two states."""
    kind = _kind(said)
    states = said.states
    if kind is None or len({name.code for name in states}) < 2:
        return None
    if kind == VOTES:
        codes = list(dict.fromkeys(name.code for name in states))
        first = next((c for c in codes if c in said.book.region.states), codes[0])
        others = [name for name in states if name.code != first]
        return Flow(kind, *_voters(said.book, first, _nearest(others, said).code))
    owner = owner_of(said, kind)
    if owner is None:
        return None
    rest = [name for name in states if name.code != owner]
    plain = [name for name in rest if not _set_aside(said, name)]
    marked = [
        n
        for n in plain
        if re.search(r"\b(?:from|to|by|in|was|were|with|but)\s+(?:the )?$", said.text[: n.start], re.I)
    ]
    if said.crowded and plain:
        return Flow(kind, owner, _nearest(plain, said).code)
    chosen = _subject(plain, said) or (marked or plain or rest)[:1]
    return Flow(kind, owner, chosen[0].code, _beside(said, chosen[0], plain)) if chosen else None


def _set_aside(said: Said, name: Name) -> bool:
    """Whether the quote names it only to set it aside: "ahead of <B>", "despite its links with <B>, ..."."""
    before = said.text[: name.start]
    return bool(
        re.search(OTHER + r"\s+(?:the )?$", before, re.I)
        or re.match(rf"(?:{words('aside_clause')})\b[^,;]*$", before, re.I)
    )


def _beside(said: Said, chosen: Name, names: list[Name]) -> tuple[str, ...]:
    """The partners listed with the chosen one, whose share together the number is: "<B>, <C> and <D>"."""
    if said.has(rf"\b(?:{words('each')})\b"):
        return ()
    found: list[str] = []
    end = chosen.end
    for name in names:
        if name.start >= end and re.fullmatch(r",? and (?:the )?|, (?:the )?", said.text[end : name.start]):
            found.append(name.code)
            end = name.end
    return tuple(code for code in dict.fromkeys(found) if code != chosen.code)


def _voters(book: Book, one: str, other: str) -> tuple[str, str]:
    """The two in the order in which the layer has them; agreement is the same both ways."""
    has = [other in book.tie(VOTES, one, year) for year in book.tie_years(VOTES, one)]
    return (one, other) if any(has) else (other, one)


def _nearest(names: list[Name], said: Said) -> Name:
    """The name next to the number, where the quote holds several numbers; else the first."""
    return said.beside(names) if said.crowded else names[0]


def _subject(names: list[Name], said: Said) -> list[Name]:
    """The name at the head of the sentence, or one that owns the share: "<B>'s share of <A>'s imports"."""
    for name in names:
        if re.match(r"(?:'s|’s)? (?:share|part|portion|weight)\b", said.text[name.end : name.end + 24], re.I):
            return [name]
    return [name for name in names if name.start == said.names[0].start][:1]


def _kind(said: Said) -> str | None:
    if said.has(_VOTES) and said.has(r"vot|roll|recorded"):
        return VOTES
    if said.has(_REMITTANCES):
        return "remittances"
    if said.has(_ARMS):
        return "arms"
    sells, buys = said.has(rf"\b(?:{_EXPORT})"), said.has(rf"\b(?:{_IMPORT})")
    strong_sale = said.has(
        r"\bexport\w*|sold abroad|sales abroad|earnings from|revenues? from|what .{0,40}\bsold\b"
    )
    strong_buy = said.has(r"\bimport\w*")
    if sells is None and buys is None:
        return None
    outward = (
        strong_sale is not None
        if (strong_sale is None) != (strong_buy is None)
        else sells is not None and (buys is None or sells.start() < buys.start())
    )
    if said.goods in ("gas", "oil", "coal", "lng"):
        return f"{said.goods}_{'export' if outward else 'import'}_share"
    return "exports" if outward else "imports"


def owner_of(said: Said, kind: str) -> str | None:
    """Whose flow it is: the first reading of the words that names one of the states."""
    codes = {name.code for name in said.states}
    return next((code for code in _owners(said, kind) if code in codes), None)


def _owners(said: Said, kind: str) -> Iterator[str]:
    """Whose flow it may be, the surest reading first."""
    text, states = said.text, said.states
    if kind == "remittances":
        sender = re.search(r"\bfrom (?:the )?<(\w+)>", text)
        yield from (name.code for name in states if sender and name.code != sender[1])
        return
    outward = "export" in kind
    nouns = words("sells" if outward else "buys")
    verbs = words("sell_verb" if outward else "buy_verb")
    strange = rf"\b(?:{words('between_owner_and_noun')})\b"
    for match in re.finditer(rf"<(\w+)>(?:'s|’s)?((?: [\w'’-]+){{0,4}}?) (?:{nouns})\b", text, re.I):
        if not re.search(strange, match[2], re.I):
            yield match[1]  # "<A>'s arms imports"
    readings = [rf"\b(?:{nouns}) (?:of|by|to|into|for|in) (?:the |major arms to )?<(\w+)>"]
    if not outward:
        readings.append(rf"\b(?:{words('sent_to')}) <(\w+)>")
        readings.append(rf"\b(?:{words('supplier')})\b[^.;<]{{0,30}}\b(?:to|of|for) (?:the )?<(\w+)>")
    readings.append(rf"<(\w+)>[^<]{{0,30}}?\b(?:has |had |have )?(?:{verbs})")
    for reading in readings:
        yield from re.findall(reading, text, re.I)[:1]
    if states and re.search(rf"\b(?:its|their)\b[^.;<]{{0,40}}(?:{nouns})", text, re.I):
        yield states[0].code
    near = re.search(rf"<(\w+)>(?:'s|’s)?(?: [\w'’-]+){{0,5}}? (?:{nouns})\b", text, re.I)
    if near:
        yield near[1]


def check_share(said: Said) -> Verdict | None:
    """A share in percent; None where the quote names no flow between two states."""
    if said.unit != "percent":
        return None
    if re.search(r"\b(?:GDP|gross domestic product)\b", said.nearby):
        return None
    # A reader may have taken "its imports" for the exports of the other: both readings are tried.
    flows = [flow for flow in dict.fromkeys((_typed(said), flow_of(said))) if flow and flow.kind != "arms"]
    made = []
    for flow in flows:
        question = share_question(said.book, flow)
        if question is None:
            made.append(unanswered(said.claim, said.book, f"the region has no layer {flow.kind}"))
        else:
            if not {flow.state, *flow.partners} <= {name.code for name in said.names}:
                look = _listed(question.look)
                years = tuple(year for year in question.years if look(year) is not None)
                question = replace(question, look=look, years=years)
            made.append(answer(said.claim, said.book, question, said.stated, said.window))
    return best(made)


def _listed(look: Callable[[int], Figure | None]) -> Callable[[int], Figure | None]:
    """Only what rows give: an actor that the quote does not name is too unsure to be refuted by a bound."""

    def only(year: int) -> Figure | None:
        figure = look(year)
        return None if figure is None or figure.bound else figure

    return only


def check_part(said: Said) -> Verdict | None:
    """A share that the quote gives in words and no number of the claim holds: "most of its gas"."""
    return (check_arms_said(said) or check_share(said)) if said.states_part else None


_LAYERS = {
    "export_market_of": "exports",
    "import_share_of": "imports",
    "remittance_share_of": "remittances",
    "votes_with": VOTES,
}


def _typed(said: Said) -> Flow | None:
    claim = said.claim
    layer = _LAYERS.get(claim.predicate)
    if layer is None or not claim.subjects or len(claim.objects) != 1:
        return None
    several = claim.predicate == "votes_with" or said.crowded or said.has(rf"\b(?:{words('each')})\b")
    if len(claim.subjects) > 1 and several:
        return None
    if said.goods in ("gas", "oil", "coal", "lng") and layer in ("exports", "imports"):
        return None  # of one fuel, not of all goods: the words decide
    partner, state = claim.subjects[0], claim.objects[0]
    if claim.predicate == "votes_with":
        state, partner = _voters(said.book, partner, state)
    return Flow(layer, state, partner, claim.subjects[1:])


def share_question(book: Book, flow: Flow) -> Question | None:
    """The share of the partner, or of several together, by year."""
    single = [_question(book, replace(flow, partner=code, joint=())) for code in flow.partners]
    questions = [question for question in single if question is not None]
    if len(questions) <= 1 or len(questions) < len(single):
        return questions[0] if len(single) == len(questions) else None
    who = f"{book.name(flow.state)} with {', '.join(book.name(code) for code in flow.partners)} together"
    years = sorted(set.intersection(*(set(question.years) for question in questions)))
    return replace(
        questions[0],
        text=f"{questions[0].dataset}, {who}",
        look=lambda year: _sum([question.look(year) for question in questions]),
        years=tuple(years),
    )


def _sum(figures: list[Figure | None]) -> Figure | None:
    """Several partners' shares together; a bound where one of them is only bounded, none where one is missing."""
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures):
        return None
    return Figure(
        sum(f.value for f in known),
        sum(f.low for f in known),
        sum(f.high for f in known),
        tuple(sorted({key for f in known for key in f.sources})),
        tuple(sorted({v for f in known for v in f.vintages})),
        bound=any(f.bound for f in known),
    )


def _question(book: Book, flow: Flow) -> Question | None:
    """The partner's share by year; of a partner that is not among those listed, what they leave for it."""
    who = f"{book.name(flow.state)} with {book.name(flow.partner)}"
    if flow.kind.endswith("_share"):
        rows = {
            int(str(row["year"])): row for row in book.figures.get((flow.state, flow.kind, flow.partner), [])
        }
        listed: dict[int, list[Figure]] = {}
        for (actor, measure, _), found in book.figures.items():
            if (actor, measure) == (flow.state, flow.kind):
                for row in found:
                    listed.setdefault(int(str(row["year"])), []).append(book.figure([row]))
        if not listed:
            return None
        goods, way, _ = flow.kind.split("_")
        title = f"Share of {goods} {way}s by value, {who}"

        def look(year: int) -> Figure | None:
            if year in rows:
                return book.figure([rows[year]])
            return _left(listed[year]) if year in listed else None

        return Question(
            title, f"Partners' shares of {goods} {way}s", " percent", 1, look, tuple(sorted(listed))
        )
    layers = {str(row["layer"]): row for row in book.rows("layers")}
    if flow.kind not in layers:
        return None
    about = layers[flow.kind]
    partial = about["partial"] == "yes"

    def look_tie(year: int) -> Figure | None:
        partners = book.tie(flow.kind, flow.state, year)
        if not partners:
            return None
        if flow.partner in partners:
            cell = partners[flow.partner]
            return Figure(100 * cell.value, 100 * cell.low, 100 * cell.high, cell.sources, cell.vintages)
        if not partial or len(partners) < 3:
            return None
        return _left(
            [
                Figure(100 * c.value, 100 * c.low, 100 * c.high, c.sources, c.vintages)
                for c in partners.values()
            ]
        )

    years = [y for y in book.tie_years(flow.kind, flow.state) if look_tie(y) is not None]
    return Question(f"{about['title']}, {who}", str(about["title"]), " percent", 1, look_tie, tuple(years))


def _left(listed: list[Figure]) -> Figure:
    """What the partners listed leave to one that is not: they are the largest, so at most the least of them."""
    top = min(*(f.high for f in listed), max(100 - sum(f.low for f in listed), 0.0))
    sources = tuple(sorted({key for f in listed for key in f.sources}))
    return Figure(top, 0.0, top, sources, tuple(sorted({v for f in listed for v in f.vintages})), bound=True)


def check_arms_said(said: Said) -> Verdict | None:
    """A supplier's share of a state's major arms over the years that the quote gives."""
    if said.unit != "percent" or not said.has(_ARMS) or said.stated is None:
        return None
    flow = flow_of(said)
    if flow is None or covered(said.book.region, "arms", flow.state) is None:
        return None
    dates = _dates(said.window, said)
    claim = replace(
        said.claim,
        predicate="arms_share_of_imports",
        subject_code="|".join(flow.partners),
        object_code=flow.state,
        unit="percent",
        value=f"{said.stated.value:g}",
        value_op=said.stated.op,
        date_start=dates[0],
        date_end=dates[1],
    )
    return check_arms_share(claim, said.book.region)


def _dates(window: Window | None, said: Said) -> tuple[str, str]:
    if window is not None:
        return str(window.first), str(window.last)
    return (str(said.since), "") if said.since else ("", "")
