"""What a brief says, as values: everything the page shows is in a `BriefContext`, and nothing else is.

Text fields are plain text; the page escapes them. Pictures are `Svg`, which only multivector's own drawing
functions make. `sources` fields hold keys of the context's table of sources, `rests_on` ids of assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from multivector.desk.estimative import JudgementSentence
from multivector.desk.svg import Svg

Verdict = Literal["supported", "refuted", "partly", "not checkable"]


@dataclass(frozen=True)
class MetaItem:
    """A fact about the brief itself, for the row under its title."""

    label: str
    value: str


@dataclass(frozen=True)
class Notice:
    """Something that the reader must know first."""

    text: str
    title: str = ""
    kind: Literal["note", "warning"] = "note"


@dataclass(frozen=True)
class Confidence:
    """How far the analysis is to be trusted, and why; apart from how likely anything is."""

    word: Literal["low", "moderate", "high"]
    why: str


@dataclass(frozen=True)
class Judgement:
    """A key judgement: `p` is the share of runs, `low` and `high` the interval that `interval` explains."""

    id: str
    sentence: JudgementSentence
    p: float
    low: float
    high: float
    interval: str
    confidence: Confidence
    track: str
    rests_on: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class LegendItem:
    """One entry of a figure's legend."""

    label: str
    colour: str
    kind: Literal["area", "line", "dash", "dot", "square", "diamond", "tick"] = "area"


@dataclass(frozen=True)
class Figure:
    """One or more pictures side by side (they stack on small screens).

    `reading` stands beside the pictures where they leave a column free, below them otherwise. `origin` says
    what the numbers are: observed, modelled by runs, assumed, or invented for a test; every
    figure that is not observed is labelled with it.
    """

    id: str
    panels: tuple[Svg, ...]
    caption: str
    sources: tuple[str, ...]
    title: str = ""
    columns: Literal[1, 2, 3] = 3
    legend: tuple[LegendItem, ...] = ()
    origin: Literal["observed", "modelled", "assumed", "synthetic"] = "observed"
    reading: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapFigure:
    """The map for wide pages and, drawn with the same prefix, the one for small screens."""

    wide: Svg
    narrow: Svg
    title: str
    caption: str
    disclaimer: str
    sources: tuple[str, ...]
    origin: Literal["observed", "modelled", "assumed", "synthetic"] = "observed"


@dataclass(frozen=True)
class Table:
    """A plain table; columns named in `numeric` are set with tabular figures, to the right.

    Where `folded` says what it holds, the page shows those words, and the table once they are opened.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[str, ...] = ()
    caption: str = ""
    sources: tuple[str, ...] = ()
    folded: str = ""


@dataclass(frozen=True)
class CellRow:
    """A judgement on a stakeholder as a triangular distribution, and the ground that it stands on.

    What is not `assumed` has a source; what is `stated` has the source's words in `quote`. `where` is the place in
    the source, `confidence` the analyst's that the cell holds, `note` how the numbers follow from the words.
    """

    attribute: str
    dimension: str
    low: float
    mode: float
    high: float
    evidence: Literal["stated", "inferred", "assumed"]
    quote: str = ""
    sources: tuple[str, ...] = ()
    where: str = ""
    confidence: float | None = None
    note: str = ""


@dataclass(frozen=True)
class CellGroup:
    """The cells of one stakeholder; the page shows its name, and the cells once it is opened."""

    name: str
    rows: tuple[CellRow, ...]
    kind: str = ""


@dataclass(frozen=True)
class Cells:
    """What every number of an issue's table rests on."""

    groups: tuple[CellGroup, ...]
    caption: str = ""
    title: str = "The evidence behind each number"


@dataclass(frozen=True)
class Section:
    """A part of the brief's body: paragraphs, then figures, then tables, then the evidence behind an issue.

    Where `folded` says what they hold, all figures but the first, the tables and the evidence open on demand.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    with_map: bool = False
    cells: Cells | None = None
    folded: str = ""


@dataclass(frozen=True)
class ClaimRow:
    """A claim with its exact quote and what the data say about it; offsets are code points.

    `place` leads to its span on the review page that lies beside the brief; empty where none was written.
    """

    id: str
    quote: str
    document: str
    start: int
    end: int
    speaker: str
    stance: str
    verdict: Verdict
    why: str
    computed: str = ""
    window: str = ""
    tolerance: str = ""
    dataset: str = ""
    sources: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Effect:
    """A judgement's share of the scenario's runs before and after an assumption was negated and rerun."""

    judgement: str
    before: float
    p: float
    note: str = ""


@dataclass(frozen=True)
class Assumption:
    """Something that the judgements rest on."""

    id: str
    text: str
    status: str
    sources: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    untested: str = ""


@dataclass(frozen=True)
class Alternative:
    """Another explanation or outcome, and how the data read against it."""

    id: str
    statement: str
    data_say: str
    reading: Literal["fits", "does not fit", "cannot tell"]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreRow:
    """The score of one target year (or horizon), model beside persistence on the same n cells."""

    label: str
    n: int
    model_crps: float
    persistence_crps: float
    cover80: float
    cover90: float


@dataclass(frozen=True)
class TrackRecord:
    """How the model did where the truth is known."""

    verdict: str
    beats_persistence: bool
    rows: tuple[ScoreRow, ...]
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    sources: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class CalibrationRow:
    """Resolved forecasts of like probability: their mean, how often they came true, and its 95 % interval."""

    label: str
    n: int
    mean: float
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class ForecastRecord:
    """What became of forecasts stored before the answer was known; `witness` ties it to its ledger."""

    summary: str
    rows: tuple[CalibrationRow, ...] = ()
    notes: tuple[str, ...] = ()
    witness: str = ""


@dataclass(frozen=True)
class DataNote:
    """Something that the data cannot say."""

    title: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceRow:
    """A source; the page numbers the sources in the order given."""

    key: str
    title: str
    publisher: str
    year: str
    url: str
    licence: str
    read_on: str = ""


@dataclass(frozen=True)
class Reproduce:
    """The lines that make the same numbers again."""

    python: str
    shell: str = ""


@dataclass(frozen=True)
class BriefContext:
    """A whole brief, or a page on one issue alone. Parts that are empty are left out of the page."""

    title: str
    question: str
    bottom_line: str
    region_title: str
    region_id: str
    region_version: str
    meta: tuple[MetaItem, ...]
    judgements: tuple[Judgement, ...]
    sections: tuple[Section, ...]
    assumptions: tuple[Assumption, ...]
    sources: tuple[SourceRow, ...]
    manifest: tuple[tuple[str, str], ...]
    reproduce: Reproduce
    kicker: str = "Brief"
    notices: tuple[Notice, ...] = ()
    map: MapFigure | None = None
    claims: tuple[ClaimRow, ...] = ()
    claims_note: str = ""
    assumption_figures: tuple[Figure, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    track: TrackRecord | None = None
    forecasts: ForecastRecord | None = None
    data_notes: tuple[DataNote, ...] = ()
