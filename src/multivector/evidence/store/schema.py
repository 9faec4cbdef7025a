"""The tables, with what the database itself holds to: types, keys, checks, and that no row ever changes.

Types are portable (JSON, text, numbers), so that SQLite and PostgreSQL take the same tables; only the triggers
that refuse an update or a delete are worded for each.
"""

from __future__ import annotations

from typing import Final, get_args

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from multivector.evidence.checking.verdict import Word
from multivector.evidence.records import STANCES, TYPES
from multivector.evidence.store.rows import (
    Action,
    AddressRow,
    ClaimRow,
    Curation,
    DocumentRow,
    EvidenceRow,
    Row,
    TextRow,
    VerdictRow,
)

VERSION: Final = 1
metadata = MetaData()


def _text(name: str, *more: ForeignKey, key: bool = False) -> Column[str]:
    # Quoted always: `when` and `window` are words of SQL.
    return Column(name, Text, *more, primary_key=key, nullable=False, quote=True)


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f'"{column}" IN ({listed})', name=f"known_{column}")


def _filled(column: str) -> CheckConstraint:
    return CheckConstraint(f"trim(\"{column}\") <> ''", name=f"filled_{column}")


def _plain(*names: str) -> list[Column[str]]:
    return [_text(name) for name in names]


about = Table("store", metadata, Column("schema_version", Integer, primary_key=True))

documents = Table(
    "documents",
    metadata,
    _text("sha256", key=True),
    *_plain("doc", "source", "title", "author", "date", "licence", "language"),
    _filled("doc"),
)

texts = Table("texts", metadata, _text("document", ForeignKey("documents.sha256"), key=True), _text("text"))

addresses = Table(
    "addresses",
    metadata,
    _text("document", ForeignKey("documents.sha256"), key=True),
    _text("address", key=True),
)

claims = Table(
    "claims",
    metadata,
    _text("id", key=True),
    _text("claim_type"),
    Column("subjects", JSON, nullable=False),
    _text("predicate"),
    Column("objects", JSON, nullable=False),
    *_plain("value", "value_op", "unit", "date_start", "date_end", "polarity", "plover"),
    _one_of("claim_type", TYPES),
    _one_of("polarity", ("+", "-")),
    _filled("predicate"),
)

evidence = Table(
    "evidence",
    metadata,
    _text("id", key=True),
    _text("claim", ForeignKey("claims.id")),
    _text("document", ForeignKey("documents.sha256")),
    Column("char_start", Integer, nullable=False),
    Column("char_end", Integer, nullable=False),
    *_plain("quote", "alignment", "reader", "reader_version", "rule", "attributed_to", "stance"),
    Column("as_read", JSON, nullable=False),
    UniqueConstraint("document", "char_start", "char_end", "claim", "reader", name="one_mention"),
    CheckConstraint("0 <= char_start AND char_start <= char_end", name="span"),
    _one_of("alignment", ("exact", "unverified")),
    _one_of("stance", STANCES),
    _filled("reader"),
)

verdicts = Table(
    "verdicts",
    metadata,
    _text("id", key=True),
    _text("claim", ForeignKey("claims.id")),
    _text("evidence", ForeignKey("evidence.id")),
    *_plain("verdict", "why", "dataset", "data_version", "query"),
    Column("computed", Float(53)),
    *_plain("computed_text", "tolerance", "window"),
    Column("sources", JSON, nullable=False),
    _text("checked"),
    _one_of("verdict", get_args(Word)),
)

curations = Table(
    "curations",
    metadata,
    _text("id", key=True),
    _text("claim", ForeignKey("claims.id")),
    *_plain("action", "who", "when", "why"),
    Column("changed", JSON, nullable=False),
    _one_of("action", get_args(Action)),
    _filled("who"),
    _filled("why"),
)

# In the order in which rows may be stored: what a row points to comes before it.
KINDS: Final[dict[type[Row], Table]] = {
    DocumentRow: documents,
    TextRow: texts,
    AddressRow: addresses,
    ClaimRow: claims,
    EvidenceRow: evidence,
    VerdictRow: verdicts,
    Curation: curations,
}

_NEVER = "rows of the ledger of claims are never changed or taken out"


def _declare_append_only(table: Table) -> None:
    """Have each database refuse changes by itself, whoever asks."""
    name = table.name
    for word in ("UPDATE", "DELETE"):
        event.listen(
            table,
            "after_create",
            DDL(
                f"CREATE TRIGGER {name}_no_{word.lower()} BEFORE {word} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
            ).execute_if(dialect="sqlite"),
        )
    # INSERT OR REPLACE deletes without asking the trigger above.
    same = " AND ".join(f'"{column.name}" = NEW."{column.name}"' for column in table.primary_key)
    repeated = f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608  # the names are our own
    event.listen(
        table,
        "after_create",
        DDL(
            f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {repeated} "
            f"BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
        ).execute_if(dialect="sqlite"),
    )
    for statement in (
        f"CREATE OR REPLACE FUNCTION {name}_never() RETURNS trigger LANGUAGE plpgsql AS "
        f"'BEGIN RAISE EXCEPTION ''{_NEVER}''; END'",
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_never()",
    ):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="postgresql"))


for _table in KINDS.values():
    _declare_append_only(_table)
