"""What the tables of a region hold: one declaration a table, read by the checks and by the docs alike.

A column has a kind, which says what its cells must look like:

    text     any words                     number   a finite decimal number
    year     four digits                   partial  a date as precise as known: 2024, 2024-06, 2024-06-30
    integer  a whole number                date     2024-06-30
    code     an actor's code (must be a row of `actors.csv`); `codes` are several, joined by |
    source   the key of a source (must be a row of `sources.csv`); `sources` are several, joined by |
    layer, indicator   the name of a row of `layers.csv`, of `indicators.csv`
    event, place, leg  the name of a row of `events.csv`, of `places.csv`, of `legs.csv`
    role_kind          the name of a row of `role_kinds.csv`
    name     a short name without blanks, by which other tables call the row
"""

from __future__ import annotations

from multivector.atlas.columns import KNOWN_TO, SOURCE, YES_NO, Column, Table
from multivector.atlas.declare_standing import STANDING

__all__ = ["TABLES", "TIES", "Column", "Table", "declared"]

ACTOR_KINDS = ("state", "power", "group", "partner", "organisation", "world")
LAYER_KINDS = ("supply", "market", "transit", "symmetric")
UNITS = (
    "share",
    "TIV",
    "USD",
    "international USD",
    "persons",
    "percent",
    "percent of GDP",
    "percent of GNI",
    "index 0-1",
    "index 0-100",
    "score",
    "score 1-5",
    "obligation 0-3",
    "Mt",
    "t",
    "t coal equivalent",
    "events",
    "years",
)
PARTS_OF_ONE = ("share", "index 0-1")
"""Units whose numbers lie between 0 and 1."""
VOLUMES = (
    "TIV",
    "USD",
    "international USD",
    "persons",
    "Mt",
    "t",
    "t coal equivalent",
    "events",
    "years",
    "index 0-100",
)
"""Units whose numbers are not negative."""
BASES = ("fitted", "measured", "literature", "assumed")
"""What a prior can rest on."""

_UNIT = Column("unit", "text", "unit of the numbers", allowed=UNITS)
_NUMBERS = (
    Column("value", "number", "the number; empty where only bounds are known", required=False),
    Column("low", "number", "lower bound, where known", required=False),
    Column("high", "number", "upper bound, where known", required=False),
    _UNIT,
    Column("vintage", "partial", "when the source published it; of two, the later one counts"),
    SOURCE,
)

TIES = Table(
    "ties/*",
    "ties of one layer: the first actor is always the one that depends",
    (
        Column("state", "code", "the one that depends"),
        Column("partner", "code", "the one depended on"),
        Column("year", "year", "the year of the number; it counts from the year's end"),
        *_NUMBERS,
    ),
    ("state", "partner", "year", "vintage", "source"),
)

TABLES: tuple[Table, ...] = (
    Table(
        "actors",
        "states, powers, partners, groups and organisations",
        (
            Column("code", "name", "three letters of ISO 3166 for states; unique"),
            Column("name", "text", "short English name"),
            Column(
                "kind",
                "text",
                "what it is; a group is the dated sum of its members, the world what shares are taken of",
                allowed=ACTOR_KINDS,
            ),
            Column("note", "text", "what a reader must know", required=False),
            SOURCE,
        ),
        ("code",),
    ),
    Table(
        "sources",
        "who published what, when, where, on which terms",
        (
            Column("key", "name", "the key that rows carry; unique"),
            Column("title", "text", "title of the data set or page"),
            Column("publisher", "text", "who published it"),
            Column("year", "text", "year or date of publication", required=False),
            Column("url", "text", "address", required=False),
            Column("licence", "text", "terms of use"),
            Column("read_on", "date", "when it was read"),
            Column(
                "rank",
                "integer",
                "of two sources of one number the lower rank is the headline, the other widens the bounds",
                required=False,
                least=0,
            ),
            Column("note", "text", "what a reader must know", required=False),
        ),
        ("key",),
    ),
    Table(
        "layers",
        "what each layer of ties is",
        (
            Column("layer", "name", "its name; the table is ties/<layer>.csv"),
            Column("kind", "text", "what the first actor does with the second", allowed=LAYER_KINDS),
            _UNIT,
            Column("max_age", "number", "years after which a number is missing", least=0),
            Column("partial", "text", "yes where only the largest partners are listed", allowed=YES_NO),
            Column("title", "text", "title for people"),
            Column("higher_means", "text", "what a higher number means"),
            SOURCE,
            Column("sentence", "text", "what the number is, in a sentence"),
        ),
        ("layer",),
    ),
    Table(
        "coverage",
        "where the absence of a row means zero; elsewhere it means missing",
        (
            Column("layer", "layer", "a row of layers.csv"),
            Column("vintage", "partial", "the vintage that covers"),
            Column("first_year", "year", "first year covered"),
            Column("last_year", "year", "last year covered"),
            Column("states", "codes", "the dependent actors covered"),
            Column("partners", "codes", "the partners covered; empty means all", required=False),
            SOURCE,
        ),
        ("layer", "vintage", "first_year"),
        optional=True,
    ),
    Table(
        "indicators",
        "what each observed quantity is",
        (
            Column("indicator", "name", "its name"),
            _UNIT,
            Column("title", "text", "title for people"),
            Column("higher_means", "text", "what a higher number means"),
            Column(
                "additive", "text", "yes where a group's number is the sum of its members'", allowed=YES_NO
            ),
            Column("max_age", "number", "years after which a number is missing", least=0),
            SOURCE,
            Column("sentence", "text", "what the number is, in a sentence"),
        ),
        ("indicator",),
    ),
    Table(
        "observations",
        "yearly observations of actors",
        (
            Column("actor", "code", "whom it is about"),
            Column("year", "year", "the year of the number; it counts from the year's end"),
            Column("indicator", "indicator", "a row of indicators.csv"),
            *_NUMBERS,
        ),
        ("actor", "year", "indicator", "vintage", "source"),
    ),
    Table(
        "memberships",
        "who belonged to what, from when to when",
        (
            Column("member", "code", "who"),
            Column("organization", "code", "to what"),
            Column("from", "partial", "first day, as precisely as known"),
            Column("to", "partial", "last day; empty while it lasts", required=False),
            Column("status", "text", "member, observer, associate, partner, ..."),
            SOURCE,
            Column(
                "confidence",
                "text",
                "how sure the dates are",
                allowed=("high", "medium", "low", "as published"),
            ),
            KNOWN_TO,
        ),
        ("member", "organization", "from", "status"),
    ),
    Table(
        "rivalries",
        "strategic rivalries",
        (
            Column("a", "code", "one side"),
            Column("b", "code", "the other side"),
            Column("name", "text", "name in the data set"),
            Column("from", "partial", "begin"),
            Column("to", "partial", "end; empty while it lasts", required=False),
            KNOWN_TO,
            SOURCE,
        ),
        ("name", "from", "source"),
        optional=True,
    ),
    Table(
        "deals",
        "arms deals reported one by one",
        (
            Column("recipient", "code", "who bought"),
            Column("supplier", "code", "who sold"),
            Column("system", "text", "what was sold"),
            Column("quantity", "text", "how many, as reported", required=False),
            Column("year", "year", "year of signature", required=False),
            Column("value_usd", "number", "price in US dollars", required=False, least=0),
            Column("status", "text", "what became of it"),
            Column("note", "text", "how reports and deliveries agree", required=False),
            SOURCE,
        ),
        ("recipient", "supplier", "system", "year"),
        optional=True,
    ),
    Table(
        "events",
        "dated events that shape ties",
        (
            Column("id", "name", "its name; unique"),
            Column("date", "partial", "as precise as the source"),
            Column("date_precision", "text", "what the date holds", allowed=("year", "month", "day")),
            Column("kind", "text", "kind of event"),
            Column("actors", "codes", "who acted"),
            Column("target", "codes", "whom it bears on", required=False),
            Column(
                "sign", "integer", "+1 brings together, -1 moves apart, 0 mixed", allowed=("-1", "0", "1")
            ),
            Column(
                "magnitude", "integer", "3 makes or ends a tie, 2 binds, 1 routine", allowed=("1", "2", "3")
            ),
            Column("layer", "text", "which ties it bears on"),
            Column("title", "text", "what happened"),
            Column(
                "status",
                "text",
                "state of the act",
                allowed=("announced", "signed", "in force", "done", "reversed"),
            ),
            SOURCE,
            Column("source2", "sources", "further sources", required=False),
            Column("confidence", "text", "how sure the date is", allowed=("high", "medium", "low")),
            Column("date_conflict", "integer", "1 where sources differ on the date", allowed=("0", "1")),
            Column("note", "text", "what a reader must know", required=False),
        ),
        ("id",),
        optional=True,
    ),
    Table(
        "event_kinds",
        "how strongly each kind of event moves a tie, and how soon it is forgotten: a triangular prior each",
        (
            Column("kind", "name", "a kind of events.csv"),
            Column("effect_low", "number", "lower end of the effect of one step of magnitude", least=0),
            Column("effect_mode", "number", "its peak", least=0),
            Column("effect_high", "number", "its upper end", least=0),
            Column("half_life_low", "number", "lower end of the half-life, in years", least=0.01),
            Column("half_life_mode", "number", "its peak", least=0.01),
            Column("half_life_high", "number", "its upper end", least=0.01),
            Column("unit", "text", "unit of the effect: artanh of affinity", allowed=("z a step",)),
            Column("basis", "text", "what the prior rests on", allowed=BASES),
            SOURCE,
            Column("sentence", "text", "why"),
        ),
        ("kind",),
        optional=True,
    ),
    Table(
        "engagement",
        "what powers have invested in states, by year; a power without rows is a prior",
        (
            Column("power", "code", "who invested"),
            Column("state", "code", "in whom"),
            Column("year", "year", "the year of the number; it counts from the year's end"),
            Column("measure", "text", "what is counted", allowed=("assistance", "finance", "visits")),
            Column("value", "number", "how much; assistance is net of what was taken back"),
            Column(
                "unit",
                "text",
                "constant US dollars of the source's base year, or visits",
                allowed=("USD", "visits"),
            ),
            Column(
                "basis",
                "text",
                "partial where the source stops within the year: such a year is left out",
                allowed=("measured", "partial"),
            ),
            Column("source", "sources", "keys of the sources that give the row"),
        ),
        ("power", "state", "year", "measure"),
        optional=True,
    ),
    Table(
        "institutions",
        "standing bodies that carry a power's engagement; a power without rows was not looked up",
        (
            Column("power", "code", "whose engagement it carries"),
            Column("name", "text", "what it is called"),
            Column("kind", "text", "what it is", allowed=("organisation", "summit", "bureau", "envoy")),
            Column("states", "codes", "the states that it reaches"),
            Column("from", "partial", "when it began"),
            Column("to", "partial", "when it ended; empty while it lasts", required=False),
            SOURCE,
        ),
        ("power", "name", "states"),
        optional=True,
    ),
    Table(
        "figures",
        "figures that claims are checked against and the model does not read: energy, trade, macro",
        (
            Column("actor", "code", "whom it is about"),
            Column("measure", "name", "what is measured: production, exports_to, unemployment, ..."),
            Column(
                "of", "text", "of which commodity, sector or partner, where there are several", required=False
            ),
            Column("year", "year", "the year of the number"),
            Column("value", "number", "the number"),
            Column("low", "number", "lower bound, where known", required=False),
            Column("high", "number", "upper bound, where known", required=False),
            Column("unit", "text", "unit of the numbers: t, m3, kWh, USD, percent, ..."),
            Column("vintage", "partial", "when the source published it"),
            SOURCE,
        ),
        ("actor", "measure", "of", "year", "unit", "vintage", "source"),
        optional=True,
    ),
    Table(
        "routes",
        "corridors, railways, pipelines, crossings and ports by name",
        (
            Column("route", "name", "its name in other tables"),
            Column("name", "text", "its usual English name"),
            Column("aliases", "text", "names under which texts speak of it, joined by |"),
            Column(
                "kind",
                "text",
                "what it is",
                allowed=("corridor", "railway", "pipeline", "power line", "crossing", "port"),
            ),
            Column("actors", "codes", "the actors that it runs through"),
            SOURCE,
        ),
        ("route",),
        optional=True,
    ),
    Table(
        "route_figures",
        "lengths, capacities, volumes, times, costs and years of opening of routes",
        (
            Column("route", "name", "a row of routes.csv"),
            Column(
                "measure",
                "text",
                "what is measured",
                allowed=(
                    "length",
                    "capacity",
                    "volume",
                    "transit_days",
                    "cost",
                    "opened",
                    "started",
                    "planned",
                    "share_of_oil_exports",
                ),
            ),
            Column(
                "period",
                "text",
                "a year, a date, or months as 2024-01/2024-10; empty where none",
                required=False,
            ),
            Column("value", "number", "the number; of a date its year"),
            Column("low", "number", "lower bound, where known", required=False),
            Column("high", "number", "upper bound, where known", required=False),
            Column("unit", "text", "unit of the numbers"),
            SOURCE,
            Column("note", "text", "what a reader must know", required=False),
        ),
        ("route", "measure", "period", "value", "unit", "source", "note"),
        optional=True,
    ),
    Table(
        "conflicts",
        "armed conflicts and wars, an episode a row",
        (
            Column("conflict", "name", "its name in other tables"),
            Column("name", "text", "names under which texts speak of it, joined by |", required=False),
            Column("a", "text", "codes of the first side, joined by |; they need not be actors"),
            Column("b", "text", "codes of the other side; empty where it is no state", required=False),
            Column("over", "text", "what it is about", allowed=("territory", "government", "both")),
            Column(
                "kind",
                "text",
                "between states or within one",
                allowed=("interstate", "intrastate", "internationalised"),
            ),
            Column("from", "partial", "begin"),
            Column("to", "partial", "end; empty while it lasts", required=False),
            Column("war", "text", "yes from 1,000 deaths in battle in a year", allowed=YES_NO),
            KNOWN_TO,
            SOURCE,
        ),
        ("conflict",),
        optional=True,
    ),
    Table(
        "relations",
        "dated acts that last and that only claims are checked against: recognition, sanctions, treaties, memberships",
        (
            Column(
                "kind",
                "text",
                "what binds or parts them; a treaty's parties all stand in `a`, a membership's status in `name`",
                allowed=(
                    "recognition",
                    "diplomatic_relations",
                    "embassy",
                    "sanctions",
                    "border_closed",
                    "treaty",
                    "membership",
                ),
            ),
            Column("a", "text", "codes of those who act, joined by |; they need not be actors"),
            Column("b", "text", "towards whom: a code, or a name where there is none", required=False),
            Column("from", "partial", "begin"),
            Column("to", "partial", "end; empty while it lasts", required=False),
            Column("holds", "text", "no where it is known not to hold", allowed=YES_NO),
            Column("name", "text", "names of it in texts, joined by |, or what it is about", required=False),
            SOURCE,
        ),
        ("kind", "a", "b", "from", "name"),
        optional=True,
    ),
    Table(
        "gazetteer",
        "names under which actors and things appear in texts",
        (
            Column("alias", "text", "the name as written"),
            Column("kind", "text", "what it names"),
            Column("code", "text", "the code that it stands for"),
            Column("ambiguity", "text", "what else it can mean", required=False),
            Column("source", "source", "key of the source that gives the name", required=False),
        ),
        (),
        optional=True,
    ),
    Table(
        "parameters",
        "parameters of the mechanisms, each with a triangular prior",
        (
            Column("parameter", "name", "its name"),
            Column("unit", "text", "what it is measured in"),
            Column("least", "number", "the least value that means anything"),
            Column("most", "number", "the greatest value that means anything"),
            Column("low", "number", "lower end of the prior"),
            Column("mode", "number", "peak of the prior"),
            Column("high", "number", "upper end of the prior"),
            Column(
                "basis",
                "text",
                "what the prior rests on",
                allowed=BASES,
            ),
            SOURCE,
            Column("sentence", "text", "what it says"),
        ),
        ("parameter",),
        optional=True,
    ),
    *STANDING,
)
"""Every table of a region but the ties, which share one declaration."""


def declared(name: str) -> Table | None:
    """The declaration of a table by its name ("actors", "ties/arms"), or None."""
    if name.startswith("ties/"):
        return TIES
    return next((table for table in TABLES if table.name == name), None)
