"""A partner's share of what a state buys, sells, receives or votes; `flows.py` says whose flow it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from multivector.evidence.checking.answer import Question, answer, best, unanswered
from multivector.evidence.checking.arms import check_arms_share
from multivector.evidence.checking.book import Book, Figure
from multivector.evidence.checking.flows import (
    ARMS,
    Flow,
    flow_of,
    typed_flow,
)
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.verdict import Verdict
from multivector.evidence.checking.windows import Window, covered


def check_share(said: Said) -> Verdict | None:
    """A share in percent; None where the quote names no flow between two states."""
    if said.unit != "percent":
        return None
    if re.search(r"\b(?:GDP|gross domestic product)\b", said.nearby):
        return None
    # A reader may have taken "its imports" for the exports of the other: both readings are tried.
    flows = [
        flow for flow in dict.fromkeys((typed_flow(said), flow_of(said))) if flow and flow.kind != "arms"
    ]
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
    if said.unit != "percent" or not said.has(ARMS) or said.stated is None:
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
