"""What goes into the store, what it refuses, and that no row ever changes."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from multivector.errors import ClaimsError, InputError, StorageError
from multivector.evidence.checking.verdict import Verdict
from multivector.evidence.store import ClaimStore
from multivector.evidence.store import store as store_module
from multivector.evidence.store.schema import KINDS, metadata


def rows(place, table):
    with sqlite3.connect(place) as raw:
        number = raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    raw.close()
    return number


def the_share(store):
    return store.book().find(predicate="arms_share_of_imports")[0].id


def test_claims_are_kept_with_documents_and_mentions(store, documents, claims):
    book = store.book()
    assert len(book.claims) == 2
    assert [each.quote for each in book.evidence if each.mention == "c-1"] == [claims[0].quote]
    assert store.text(documents[0].sha256) == documents[0].text
    share = book.claims[claims[0].content]
    assert (share.subjects, share.objects, share.value, share.unit) == (("COR",), ("AVE",), "94", "percent")
    assert {each.rule for each in book.mentions(share.id)} == {"arms-share.supply"}
    assert {each.alignment for each in book.evidence} == {"exact"}
    assert share.as_claim().content == share.id


def test_the_same_again_adds_nothing(store, documents, claims):
    again = store.add(claims, documents)
    assert (again.documents, again.claims, again.mentions, again.known) == (0, 0, 0, 3)
    assert len(store.book().evidence) == 3


def test_the_same_bytes_at_another_address_are_one_document(store, documents, claims, place):
    store.add([], [replace(documents[0], doc="copy.txt", addresses=("https://example.org/a",))])
    assert rows(place, "documents") == 2
    assert rows(place, "addresses") == 3


def test_a_quote_that_its_document_does_not_hold_is_refused_and_nothing_is_stored(place, documents, claims):
    store = ClaimStore(place, create=True)
    with pytest.raises(ClaimsError, match=r"c-2: first\.txt does not hold 'Averia joined") as refused:
        store.add([claims[0], replace(claims[1], char_start=3)], documents)
    assert "nothing was stored" in refused.value.repair
    assert rows(place, "claims") == rows(place, "documents") == 0


def test_ids_given_twice_are_refused(place, documents, claims):
    store = ClaimStore(place, create=True)
    with pytest.raises(ClaimsError, match="the claim id 'c-1' is given twice"):
        store.add([claims[0], replace(claims[1], id="c-1")], documents)
    assert rows(place, "claims") == 0


def test_cells_that_do_not_hold_are_refused(place, documents, claims):
    with pytest.raises(ClaimsError, match=r"c-1: predicate \[sells\]: unknown predicate"):
        ClaimStore(place, create=True).add([replace(claims[0], predicate="sells")], documents)


def test_a_document_that_is_not_at_hand_is_told(place, documents, claims):
    store = ClaimStore(place, create=True)
    assert store.add(claims).unverified == 3
    assert {each.alignment for each in store.book().evidence} == {"unverified"}
    store.add(claims, documents)
    book = store.book()
    assert len(book.evidence) == 6
    assert [each.alignment for each in book.mentions(claims[0].content)] == ["exact", "exact"]
    assert book.belief(claims[0].content).sources == 2


def test_a_stored_document_verifies_claims_that_come_later(place, documents, claims):
    store = ClaimStore(place, create=True)
    store.add([], documents)
    assert store.add(claims).unverified == 0


def verdict(claim, word="supported", version="archipelago 1"):
    return Verdict(
        claim, word, "as the register has it", "Deliveries", version, "share", 93.9, "93.9 percent"
    )


def test_verdicts_are_kept_and_the_same_one_only_once(store, claims):
    share = claims[0].content
    assert store.add(claims, verdicts=[verdict("c-1"), verdict("c-3")]).verdicts == 2
    assert store.add(claims, verdicts=[verdict("c-1"), verdict("c-3")]).verdicts == 0
    assert store.book().verdict_words(share) == ("supported",)
    assert store.add(claims, verdicts=[verdict("c-1", "refuted", "archipelago 2")]).verdicts == 1
    assert store.book().verdict_words(share) == ("refuted", "supported")  # one of each mention
    assert store.add(claims, verdicts=[verdict("c-1")]).verdicts == 1  # back again is new again
    assert store.book().verdict_words(share) == ("supported",)
    assert len(store.book().verdicts) == 4
    with pytest.raises(ClaimsError, match="'c-9', which is not among those given"):
        store.add(claims, verdicts=[verdict("c-9")])


def test_not_checkable_gives_way_to_what_data_said(store, claims):
    store.add(claims, verdicts=[verdict("c-1", "not checkable"), verdict("c-3")])
    assert store.book().verdict_words(claims[0].content) == ("supported",)


def test_a_correction_moves_the_mentions_and_keeps_the_old_claim(store, claims):
    old = the_share(store)
    (made,) = store.curate(
        "correct", [old], by=" Ann  B. ", why="as quoted", changes=[("value", "49"), ("value_op", "~")]
    )
    book = store.book()
    (new,) = made.into
    assert made.who == "Ann B."
    assert made.changed["set"] == [{"value": ["94", "49"], "value_op": ["=", "~"]}]
    assert dt.datetime.fromisoformat(made.when).utcoffset() == dt.timedelta(0)
    assert (book.standing(old).status, book.standing(new).status) == ("corrected", "accepted")
    assert [each.mention for each in book.mentions(new)] == ["c-1", "c-3"]
    assert book.belief(old).value == 0
    assert book.belief(new).value == pytest.approx(1 - 0.05**2)
    assert book.history(new) == [made]


def test_a_new_predicate_brings_its_type(store):
    (made,) = store.curate(
        "correct", [the_share(store)], by="Ann", why="it depends", changes=[("predicate", "member_of")]
    )
    assert store.book().claims[made.into[0]].claim_type == "membership"


def test_a_merge_points_to_the_claim_that_stays(store, claims):
    (first,) = store.curate("correct", ["c-1"], by="Ann", why="rounded", changes=[("value", "94.5")])
    store.curate("merge", ["c-2"], into=list(first.into), by="Ann", why="the same")
    book = store.book()
    assert book.standing(claims[1].content).into == first.into
    assert {each.mention for each in book.mentions(first.into[0])} == {"c-1", "c-2", "c-3"}


def test_a_split_makes_a_part_for_each_value(store, claims):
    changes = [
        ("object_code", "AVE"),
        ("value", "30"),
        ("object_code", "BOR"),
        ("value", "64"),
        ("date_start", "2012"),
    ]
    (made,) = store.curate("split", ["c-1"], by="Ann", why="two buyers", changes=changes)
    book = store.book()
    parts = [book.claims[each] for each in made.into]
    assert [(each.objects, each.value, each.date_start) for each in parts] == [
        (("AVE",), "30", "2012"),
        (("BOR",), "64", "2012"),
    ]
    assert {book.standing(each).status for each in made.into} == {"accepted"}


def test_curators_who_differ_are_kept_and_listed(store, claims):
    share = the_share(store)
    store.curate("accept", [share], by="Ann", why="as quoted")
    store.curate("reject", [share], by="Bob", why="the speaker says so, the author does not")
    book = store.book()
    assert book.standing(share).status == "rejected"
    (conflict,) = book.conflicts
    assert [(each.who, each.action) for each in conflict.curations] == [("Ann", "accept"), ("Bob", "reject")]


@pytest.mark.parametrize(
    ("action", "more", "what"),
    [
        ("accept", {"why": " \n"}, "why: is empty"),
        ("accept", {"by": ""}, "by: is empty"),
        ("accept", {"why": "ring\x1b[2J"}, r"holds the character '\\x1b'"),
        ("accept", {"why": "x" * 2001}, "has 2001 characters"),
        ("accept", {"changes": [("value", "1")]}, "accept takes neither"),
        ("correct", {}, "correct takes --set"),
        ("correct", {"changes": [("valeu", "1")]}, "there is no field 'valeu'"),
        ("correct", {"changes": [("quote", "1")]}, "'quote' is no part of what a claim says"),
        ("correct", {"changes": [("value", "many")]}, r"value \[many\]: not a number"),
        ("correct", {"changes": [("value", "1"), ("value", "2")]}, "a field is set twice"),
        ("correct", {"changes": [("value", "94")]}, "would stand in its own place"),
        ("correct", {"changes": [("subject_code", "")]}, "subject_code: is empty"),
        ("merge", {}, "merge takes one --into"),
        ("merge", {"into": ["c-1"]}, "would stand in its own place"),
        ("split", {"changes": [("value", "1")]}, "do not make two parts"),
        ("split", {"changes": [("value", "1"), ("value", "1")]}, "two parts are the same"),
        ("split", {"into": ["c-2"]}, "split takes one claim"),
        ("accept", {"ids": []}, "no claim is named"),
        ("accept", {"ids": ["c-11"]}, "there is no claim 'c-11'"),
    ],
)
def test_an_order_that_does_not_hold_is_refused_and_nothing_is_stored(store, place, action, more, what):
    order = {"ids": ["c-1"], "by": "Ann", "why": "as quoted"} | more
    with pytest.raises(ClaimsError, match=what):
        store.curate(action, order.pop("ids"), **order)
    assert rows(place, "curations") == 0
    assert rows(place, "claims") == 2


def test_near_ids_and_fields_are_suggested(store):
    with pytest.raises(ClaimsError, match="did you mean") as refused:
        store.curate("accept", [the_share(store)[:-1] + "?"], by="Ann", why="as quoted")
    assert the_share(store) in refused.value.repair
    with pytest.raises(ClaimsError, match="set one of value"):
        store.curate("correct", ["c-1"], by="Ann", why="as quoted", changes=[("valeu", "1")])


def test_one_order_is_all_or_nothing(store, place):
    with pytest.raises(ClaimsError):
        store.curate("accept", ["c-1", "nobody"], by="Ann", why="as quoted")
    assert rows(place, "curations") == 0


def test_a_clock_set_back_does_not_let_an_earlier_word_decide(store, monkeypatch):
    class Past(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime(2001, 1, 1, tzinfo=tz)

    store.curate("accept", ["c-1"], by="Ann", why="as quoted")
    monkeypatch.setattr(store_module.dt, "datetime", Past)
    store.curate("reject", ["c-1"], by="Bob", why="misread")
    assert store.book().standing(the_share(store)).status == "rejected"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE curations SET why = 'other'",
        "DELETE FROM curations",
        "INSERT OR REPLACE INTO curations SELECT id, claim, 'reject', who, \"when\", why, changed FROM curations",
        "UPDATE evidence SET quote = ''",
        "DELETE FROM claims",
        "DELETE FROM verdicts",
        "UPDATE documents SET title = 'other'",
        "UPDATE texts SET text = ''",
    ],
)
def test_the_database_itself_refuses_to_change_a_row(store, place, claims, statement):
    store.add(claims, verdicts=[verdict("c-1")])
    store.curate("accept", ["c-1"], by="Ann", why="as quoted")
    raw = sqlite3.connect(place)
    with pytest.raises(sqlite3.IntegrityError, match="never changed or taken out"):
        raw.execute(statement)
    raw.close()
    assert store.book().standing(the_share(store)).status == "accepted"


@pytest.mark.parametrize(
    ("column", "value"),
    [("action", "'forget'"), ("why", "'  '"), ("who", "''"), ("claim", "'nobody'")],
)
def test_the_database_itself_holds_to_checks_and_keys(store, place, column, value):
    store.curate("accept", ["c-1"], by="Ann", why="as quoted")
    columns = ["id", "claim", "action", "who", '"when"', "why", "changed"]
    taken = ["'new'", *[value if each == column else each for each in columns[1:]]]
    raw = sqlite3.connect(place)
    raw.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="constraint failed"):
        raw.execute(f"INSERT INTO curations SELECT {', '.join(taken)} FROM curations")
    raw.close()


def test_sqlite_runs_in_wal_mode(store, place):
    raw = sqlite3.connect(place)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_a_place_that_holds_no_ledger_is_told_from_one_that_does(tmp_path, store, place):
    with pytest.raises(ClaimsError, match="there is no such store") as refused:
        ClaimStore(tmp_path / "nothing.sqlite")
    assert "multivector claims add" in refused.value.repair
    assert not (tmp_path / "nothing.sqlite").exists()
    with pytest.raises(ClaimsError, match="no plain file"):
        ClaimStore(tmp_path, create=True)
    prose = tmp_path / "prose.txt"
    prose.write_text("This is no database, and long enough to be looked at as one." * 20)
    for create in (False, True):
        with pytest.raises(ClaimsError, match="is no database"):
            ClaimStore(prose, create=create)
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE songs (name TEXT)")
    other.close()
    for create in (False, True):
        with pytest.raises(ClaimsError, match="but the tables songs"):
            ClaimStore(tmp_path / "other.sqlite", create=create)
    (tmp_path / "empty.sqlite").touch()
    with pytest.raises(ClaimsError, match="holds no ledger of claims"):
        ClaimStore(tmp_path / "empty.sqlite")
    assert ClaimStore(str(place)).name == ClaimStore(f"sqlite:///{place}").name
    assert len(ClaimStore(f"sqlite:///{place}").book().claims) == 2


def test_a_row_that_another_program_wrote_is_told(store, place):
    raw = sqlite3.connect(place)
    raw.execute(
        "INSERT INTO claims VALUES ('x', 'share', 'no JSON', 'member_of', '[]', '', '', '', '', '', '+', '')"
    )
    raw.commit()
    raw.close()
    with pytest.raises(ClaimsError, match="a row of the table claims cannot be read"):
        store.book()


def test_the_tables_are_those_of_a_server_as_well():
    """SQLite and PostgreSQL take the same tables; each is told in its own words to refuse changes."""
    for table in KINDS.values():
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert "REFERENCES" in made or table.name in ("documents", "claims")
    said: list[str] = []
    engine = create_mock_engine("postgresql+psycopg://", lambda ddl, *_, **__: said.append(str(ddl)))
    metadata.create_all(engine, checkfirst=False)
    assert sum("BEFORE UPDATE OR DELETE OR TRUNCATE" in each for each in said) == len(KINDS)
    assert not any("RAISE(ABORT" in each for each in said)


def test_a_newer_store_is_refused(store, place):
    raw = sqlite3.connect(place)
    raw.execute("UPDATE store SET schema_version = 2")
    raw.commit()
    raw.close()
    with pytest.raises(ClaimsError, match="has version 2") as refused:
        ClaimStore(place)
    assert refused.value.repair == "install a newer multivector"


def test_a_damaged_store_is_told(store, place):
    store.book()
    whole = place.read_bytes()
    place.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(InputError, match="is damaged"):
        ClaimStore(place).book()


@pytest.mark.parametrize(
    ("url", "kind", "what"),
    [
        ("sqlite://", ClaimsError, "in memory would be lost"),
        ("://", ClaimsError, "is no address of a database"),
        ("nothing://a", ClaimsError, "no driver for nothing"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(url, kind, what):
    with pytest.raises(kind, match=what):
        ClaimStore(url, create=True)


def test_a_password_is_never_shown():
    with pytest.raises((ClaimsError, StorageError)) as refused:
        ClaimStore("nothing://reader:secret@server/claims")
    assert "secret" not in str(refused.value)


def test_the_reader_is_taken_from_the_note(place, documents, claims):
    store = ClaimStore(place, create=True)
    notes = ["rule llm:small-1; quote moved", "rule arms-share.supply", ""]
    store.add([replace(claim, note=note) for claim, note in zip(claims, notes, strict=True)], documents)
    found = {each.mention: (each.reader, each.rule) for each in store.book().evidence}
    assert found == {
        "c-1": ("llm", "llm:small-1"),
        "c-2": ("rules", "arms-share.supply"),
        "c-3": ("hand", ""),
    }
    store.add(claims, documents, reader="coder one", version="2026-01")
    assert {each.reader_version for each in store.book().evidence} == {"", "2026-01"}
    with pytest.raises(ClaimsError, match="reader: holds the character"):
        store.add(claims, documents, reader="\udcff")
