"""The tables that a state's standing is measured on: its roles, disputes by force, borders, and the transport graph."""

from __future__ import annotations

from multivector.atlas.columns import KNOWN_TO, SOURCE, Column, Table

ROLE_STATUS = ("announced", "signed", "in force", "done", "reversed", "open", "settled")
"""State of an act as in `events.csv`, and of a dispute."""
NAMES_THE_OTHER = ("dispute", "coercion", "mediation")
"""Kinds of role that say nothing without the other side."""
MODES = ("rail", "road", "sea", "ferry", "pipeline")
LEG_STATUS = ("existing", "rehabilitation", "under_construction", "planned")
METHODS = ("quoted", "measured", "derived", "estimated")

_ROLES = Table(
    "roles",
    "what states took on or met, one act a row: initiatives, chairs, commitments, disputes, coercion, reforms",
    (
        Column("kind", "role_kind", "a row of role_kinds.csv"),
        Column("actor", "code", "whose role it is; of coercion the one who met it"),
        Column(
            "counterpart",
            "text",
            "codes or names of the others, joined by |: the other side, or between whom it mediated",
            required=False,
        ),
        Column("body", "text", "the organisation, treaty, format or matter", required=False),
        Column("from", "partial", "first day, as precisely as known"),
        Column(
            "to", "partial", "last day; of a single act the same day; empty while it lasts", required=False
        ),
        Column("status", "text", "state of the act, or of the dispute", allowed=ROLE_STATUS),
        Column("weight", "number", "how much it counts; role_kinds.csv says by which scale", least=0),
        Column("title", "text", "what it is"),
        Column("event", "event", "the row of events.csv that tells it, where one does", required=False),
        SOURCE,
        KNOWN_TO,
    ),
    ("kind", "actor", "counterpart", "body", "from", "title"),
    optional=True,
)

_ROLE_KINDS = Table(
    "role_kinds",
    "by which rule each kind of role was collected; the same questions were asked of every state, and what was "
    "found is uneven; within its years the absence of a row is zero",
    (
        Column("kind", "name", "a kind of roles.csv"),
        Column("first_year", "year", "first year for which it was asked of every state"),
        Column("last_year", "year", "last year for which it was asked; after it absence is missing"),
        Column("weight_means", "text", "the scale of the weights"),
        Column("rule", "text", "what is in and what is out"),
        SOURCE,
    ),
    ("kind",),
    optional=True,
)

_DISPUTES = Table(
    "disputes",
    "militarised disputes between states, a pair and a year a row",
    (
        Column("dispute", "name", "number in the data set"),
        Column("a", "code", "one side"),
        Column("b", "code", "the other side"),
        Column("year", "year", "a year in which it went on"),
        Column(
            "hostility_a",
            "integer",
            "highest step of the first side: 1 none, 2 threat, 3 display, 4 use of force, 5 war",
            allowed=("1", "2", "3", "4", "5"),
        ),
        Column("hostility_b", "integer", "highest step of the other side", allowed=("1", "2", "3", "4", "5")),
        Column("onset", "text", "yes in the year in which it began", allowed=("yes", "no")),
        KNOWN_TO,
        SOURCE,
    ),
    ("dispute", "a", "b", "year", "source"),
    optional=True,
)

_BORDERS = Table(
    "borders",
    "pairs of actors that share a border on land",
    (
        Column("a", "code", "one side"),
        Column("b", "code", "the other side"),
        SOURCE,
    ),
    ("a", "b"),
    optional=True,
)

_PLACES = Table(
    "places",
    "nodes of the transport graph",
    (
        Column("place", "name", "its name in legs.csv"),
        Column("name", "text", "its usual English name"),
        Column("actor", "code", "on whose ground it lies"),
        Column("lat", "number", "latitude, degrees north", least=-90),
        Column("lon", "number", "longitude, degrees east", least=-180),
        Column(
            "kind",
            "text",
            "what it is",
            allowed=("border_crossing", "capital", "dry_port", "energy_node", "rail_hub", "seaport"),
        ),
        SOURCE,
    ),
    ("place",),
    optional=True,
)

_LEGS = Table(
    "legs",
    "edges of the transport graph; each runs both ways, and parallel legs are meant",
    (
        Column("leg", "name", "its name"),
        Column("start", "place", "one end"),
        Column("end", "place", "the other end"),
        Column("mode", "text", "how goods move on it", allowed=MODES),
        Column("status", "text", "whether it can be used", allowed=LEG_STATUS),
        Column("operator", "text", "who runs it"),
        Column("actors", "codes", "on whose ground it runs"),
        Column("routes", "text", "corridors that it belongs to, joined by |"),
        Column("length_km", "number", "length in kilometres", required=False, least=0),
        Column("length_source", "source", "key of the source of the length", required=False),
        Column(
            "transit_hours", "number", "hours under way without borders and ports", required=False, least=0
        ),
        Column("transit_source", "source", "key of the source of the hours", required=False),
        Column("note", "text", "what a reader must know", required=False),
    ),
    ("leg",),
    optional=True,
)

_LEG_FIGURES = Table(
    "leg_figures",
    "capacities, delays, costs, speeds and flows of legs, and how each length and time was found",
    (
        Column("leg", "leg", "a row of legs.csv"),
        Column("measure", "name", "what is measured"),
        Column("value", "number", "the number"),
        Column("unit", "text", "unit of the number"),
        Column("year", "year", "the year of the number", required=False),
        Column("method", "text", "how it was found; an estimate carries nothing", allowed=METHODS),
        Column("confidence", "text", "how sure it is", allowed=("high", "medium", "low")),
        SOURCE,
        Column("note", "text", "what a reader must know", required=False),
    ),
    ("leg", "measure", "year", "source"),
    optional=True,
)

_BODIES = Table(
    "bodies",
    "how deeply bodies and treaties bind who belongs to them; what is not here ties nobody to a power in particular",
    (
        Column("body", "text", "as memberships.csv or relations.csv calls it"),
        Column(
            "depth",
            "integer",
            "3 an alliance or a union of customs, 2 a standing organisation or a treaty, 1 a summit or a format",
            allowed=("1", "2", "3"),
        ),
        Column(
            "powers",
            "codes",
            "the powers to which it ties its members; empty where those that are members too",
            required=False,
        ),
        SOURCE,
        Column("sentence", "text", "why"),
    ),
    ("body",),
    optional=True,
)

_LEADERS = Table(
    "leaders",
    "who held the office in which the constitution puts the power to govern, from when to when",
    (
        Column("actor", "code", "of which state"),
        Column("name", "text", "usual English name"),
        Column("office", "text", "the office, or what stood in its place"),
        Column("born", "partial", "date of birth, as precisely as known"),
        Column("from", "partial", "first day; not before independence"),
        Column("to", "partial", "last day; empty while it lasts", required=False),
        SOURCE,
        KNOWN_TO,
        Column("note", "text", "what a reader must know", required=False),
    ),
    ("actor", "name", "from"),
    optional=True,
)

STANDING: tuple[Table, ...] = (
    _ROLES,
    _ROLE_KINDS,
    _BODIES,
    _LEADERS,
    _DISPUTES,
    _BORDERS,
    _PLACES,
    _LEGS,
    _LEG_FIGURES,
)
"""Optional tables, in the order of the docs."""
