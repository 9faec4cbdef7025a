"""Opening the ledger's database: a file of SQLite, or a URL of a server, with transactions and plain errors.

SQLite runs in WAL mode with foreign keys on; a writer takes its lock at the start (BEGIN IMMEDIATE) and the
others wait. On a server a writer locks the row of the table `store`. So writers come one after another, and
what one reads before it writes is true when it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from multivector.errors import ClaimsError, MultivectorError, StorageError
from multivector.evidence.store.schema import VERSION, about, metadata

PATIENCE = 60  # seconds that a writer waits for the others
_WRITING = "multivector_writing"


class Database:
    """A place for a ledger of claims.

    Parameters
    ----------
    place : a path, or a URL such as `sqlite:///claims.sqlite` or `postgresql+psycopg://team@server/claims`.
    create : whether a ledger may be begun there.

    Raises
    ------
    ClaimsError : nothing there, no database, no ledger of claims, or one of a newer version.
    StorageError : the place cannot be used.
    """

    def __init__(self, place: str | Path, *, create: bool = False) -> None:
        url = _url(place)
        self.name = _shown(url)
        if url.get_backend_name() == "sqlite":
            _require_file(url.database, self.name, create)
        self._engine = _engine(url, self.name)
        with self._told(writing=create):
            if create and not self._begun():
                self._begin()
            self._require_version()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger."""
        engine = self._engine
        if engine.dialect.name != "sqlite":  # where every transaction does anyway
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with self._told(writing=False), engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer shares: all of it is stored, or nothing."""
        engine = self._engine.execution_options(**{_WRITING: True})
        with self._told(writing=True), engine.connect() as connection, connection.begin():
            connection.execute(select(about).with_for_update())
            yield connection

    def _begun(self) -> bool:
        with self._engine.connect() as connection:
            names = inspect(connection).get_table_names()
        if names and about.name not in names:
            raise self._foreign(names)
        return bool(names)

    def _begin(self) -> None:
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw is not None
                raw.execute("PRAGMA journal_mode = WAL").close()
        engine = self._engine.execution_options(**{_WRITING: True})
        with engine.connect() as connection, connection.begin():
            metadata.create_all(connection)  # passes over what another process has just made
            if connection.execute(select(about)).first() is None:
                connection.execute(about.insert().values(schema_version=VERSION))

    def _require_version(self) -> None:
        with self._engine.connect() as connection:
            names = inspect(connection).get_table_names()
            if about.name not in names:
                raise self._foreign(names)
            found = connection.execute(select(about.c.schema_version)).scalar()
        if found != VERSION:
            newer = isinstance(found, int) and found > VERSION
            raise ClaimsError(
                f"has version {found} of the ledger's tables; this multivector knows version {VERSION}",
                where=self.name,
                repair="install a newer multivector" if newer else "restore the store from a copy",
            )

    def _foreign(self, names: list[str]) -> ClaimsError:
        listed = ", ".join(sorted(names)[:5])
        return ClaimsError(
            f"holds no ledger of claims{f', but the tables {listed}' if names else ''}",
            where=self.name,
            repair="name another file, or begin a ledger with `multivector claims add CLAIMS.csv --store FILE`",
        )

    @contextmanager
    def _told(self, *, writing: bool) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _plain(error, self.name, writing) from error


def _url(place: str | Path) -> URL:
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(place))
    try:
        return make_url(place)
    except (ArgumentError, ValueError) as error:
        raise ClaimsError(
            "is no address of a database",
            where="--store",
            repair="name a file, or write postgresql+psycopg://USER@SERVER/NAME",
        ) from error


def _shown(url: URL) -> str:
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string()


def _require_file(name: str | None, shown: str, create: bool) -> None:
    """Refuse what is no plain file, and a missing one unless a ledger may be begun there."""
    if not name or name == ":memory:":
        raise ClaimsError(
            "names no file, and what is in memory would be lost", where="--store", repair="name a file"
        )
    path = Path(name)
    try:
        if path.is_file():
            return
        if path.exists():
            raise ClaimsError("is there and no plain file", where=shown, repair="name a file with --store")
        if not create:
            raise ClaimsError(
                "there is no such store",
                where=shown,
                repair="begin one with `multivector claims add CLAIMS.csv --store FILE`, or name it with --store",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"cannot be used: {error.strerror or error}",
            where=shown,
            repair="name a file in a folder that exists and that you may write",
        ) from error


def _engine(url: URL, shown: str) -> Engine:
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, poolclass=NullPool, hide_parameters=True)
        engine = create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": PATIENCE}
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise ClaimsError(
            f"no driver for {url.drivername}: {error}",
            where=shown,
            repair="install one, such as `pip install psycopg[binary]` for postgresql+psycopg://",
        ) from error

    @event.listens_for(engine, "connect")
    def _settle(raw: Any, _: object) -> None:
        raw.isolation_level = None  # the driver must not begin transactions of its own
        for pragma in ("foreign_keys = ON", "synchronous = FULL"):
            raw.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _start(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


_CAUSES: tuple[tuple[str, type[MultivectorError], str, str], ...] = (
    ("file is not a database", ClaimsError, "is no database", "name a store that `multivector claims` made"),
    ("malformed", ClaimsError, "is damaged", "restore the store from a copy, or from an export"),
    ("no such", ClaimsError, "lacks a part of the ledger", "restore the store from a copy, or from an export"),
    ("disk is full", StorageError, "the disk is full; what was stored stays", "free some space and run it again"),
    ("disk I/O", StorageError, "writing stopped; what was stored stays", "free some space and run it again"),
    ("readonly", StorageError, "cannot be written", "give yourself the right to write the file and its folder"),
    (
        "unable to open",
        StorageError,
        "cannot be opened: SQLite keeps two files beside it",
        "give yourself the right to write its folder, or copy the store to one of your own",
    ),
    ("locked", StorageError, "another process keeps it busy", "wait until that has ended and run it again"),
    ("never changed or taken out", ClaimsError, "was asked to change a row", "store a curation instead"),
)  # fmt: skip


def _plain(error: DBAPIError, where: str, writing: bool) -> MultivectorError:
    said = str(error.orig)
    for part, kind, what, repair in _CAUSES:
        if part in said:
            return kind(what, where=where, repair=repair)
    if isinstance(error, IntegrityError):
        return ClaimsError(
            f"a row does not fit the ledger: {said}", where=where, repair="mend the row; nothing was stored"
        )
    return StorageError(
        f"cannot be {'written' if writing else 'read'}: {said}",
        where=where,
        repair="check that the place is right and can be used, and run it again",
    )
