"""JSON lines: a round trip is equal, taking in twice adds nothing, one bad line and nothing is stored."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, replace

import pytest

from multivector.errors import ClaimsError
from multivector.evidence.checking.verdict import Verdict
from multivector.evidence.store import ClaimStore


@pytest.fixture
def full(store, claims):
    """A store with a row of each kind and each action."""
    store.add(
        claims,
        verdicts=[Verdict("c-1", "refuted", "26", "Deliveries", "a 1", "share", 26.0, "26", "1", "2011")],
    )
    store.curate("accept", ["c-2"], by="Ann", why="as quoted")
    store.curate("correct", ["c-1"], by="Bob", why="misread", changes=[("value", "49")])
    store.curate(
        "split", ["c-1"], by="Ann", why="two", changes=[("object_code", "BOR"), ("object_code", "CAL")]
    )
    return store  # fmt: skip


@pytest.fixture
def exported(full, tmp_path):
    path = tmp_path / "ledger.jsonl"
    full.export(path)
    return path


def other_store(tmp_path):
    return ClaimStore(tmp_path / "other.sqlite", create=True)


def test_a_round_trip_is_equal(full, exported, tmp_path):
    other = other_store(tmp_path)
    done = other.take_in(exported)
    assert done.new == done.rows == len(exported.read_text().splitlines()) - 1
    other.export(tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == exported.read_bytes()
    one, two = full.book(), other.book()
    assert (one.claims, one.evidence, one.verdicts, one.curations) == (
        two.claims,
        two.evidence,
        two.verdicts,
        two.curations,
    )
    assert one.state == two.state
    assert [one.belief(each) for each in one.claims] == [two.belief(each) for each in two.claims]


def test_taking_in_again_adds_nothing(full, exported, tmp_path):
    assert full.take_in(exported).new == 0
    full.export(tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == exported.read_bytes()


def test_two_stores_that_exchange_what_they_have_agree(full, exported, tmp_path):
    other = other_store(tmp_path)
    other.take_in(exported)
    full.curate("reject", ["c-2"], by="Ann", why="read again")
    other.curate("accept", ["c-2"], by="Bob", why="as quoted")
    full.export(tmp_path / "a.jsonl")
    other.export(tmp_path / "b.jsonl")
    full.take_in(tmp_path / "b.jsonl")
    other.take_in(tmp_path / "a.jsonl")
    assert full.book().state == other.book().state
    assert "curators differ; the last decides" in {each.why for each in full.book().conflicts}


def test_texts_may_stay_at_home(full, tmp_path, documents):
    path = tmp_path / "without.jsonl"
    full.export(path, with_text=False)
    assert documents[1].text not in [json.loads(line).get("text") for line in path.read_text().splitlines()]
    other = other_store(tmp_path)
    other.take_in(path)
    assert other.text(documents[0].sha256) is None
    assert other.book().evidence == full.book().evidence
    full.export(tmp_path / "with.jsonl")
    assert other.take_in(tmp_path / "with.jsonl").new == 2  # the texts, later


def change(**fields):
    def edit(line: str) -> str:
        return json.dumps(json.loads(line) | fields)

    return edit


@pytest.mark.parametrize(
    ("kind", "edit", "what"),
    [
        ("claim", lambda line: line[:40], "is no JSON"),
        ("claim", lambda line: "[1]", "is no JSON object"),
        ("claim", lambda line: "[" * 200_000, "is nested too deep"),
        ("claim", lambda line: "", "is no JSON"),
        ("claim", change(value="95"), "is not that of its content"),
        ("claim", change(predicate="sells"), "unknown predicate"),
        ("claim", change(colour="red"), "colour: unexpected keyword"),
        ("claim", change(subjects="COR"), "subjects: input should be a valid array"),
        ("claim", change(kind="song"), "has the kind 'song'"),
        ("claim", change(value="\ud800"), "claim"),
        ("text", change(text="another"), "does not hold"),
        ("address", change(document="nobody"), "of a document nobody that is not there"),
        ("evidence", change(claim="nobody"), "of a claim nobody that is not there"),
        ("evidence", change(char_start=-1), "char_start: input should be greater"),
        ("evidence", change(stance="sung"), "stance: one of asserted"),
        ("evidence", change(reader="other"), "is not that of its content"),
        ("verdict", change(computed=float("nan")), "computed"),
        ("verdict", change(verdict="true"), "verdict: one of supported"),
        ("verdict", change(evidence="nobody"), "on a mention nobody that is not there"),
        ("curation", change(why="changed my mind"), "is not that of its content"),
        ("curation", change(why=""), "why: string should have at least 1"),
        ("curation", change(why="ring\x1b[2J"), "why holds the character"),
        ("curation", change(who="Ann\nBob"), "who is not on one line"),
        ("curation", change(action="forget"), "action: input should be"),
        ("curation", change(when="yesterday"), "is not that of its content"),
        ("curation", change(action="merge"), "merge with 0 claims in its place"),
    ],
)
def test_a_damaged_line_is_told_by_its_number_and_nothing_is_stored(exported, tmp_path, kind, edit, what):
    lines = exported.read_text().splitlines()
    number = next(n for n, line in enumerate(lines) if json.loads(line)["kind"] == kind)
    lines[number] = edit(lines[number])
    exported.write_text("\n".join(lines) + "\n")
    store = other_store(tmp_path)
    with pytest.raises(ClaimsError, match=what) as refused:
        store.take_in(exported)
    told = int(refused.value.where.rpartition(" ")[2])
    assert told == number + 1 or (
        kind == "text" and told > number
    )  # a text is found wrong at its first quote
    assert "nothing was stored" in refused.value.repair
    book = store.book()
    assert len(book.documents) == len(book.claims) == len(book.curations) == 0


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ("2999-01-01T00:00:00.000000+00:00", "is yet to come"),  # it would decide for ever
        ("yesterday", "'yesterday' is no moment"),
        ("2026-01-01T00:00:00", "is not UTC with microseconds"),
        ("2026-01-01T05:00:00.000000+05:00", "is not UTC with microseconds"),
    ],
)
def test_the_moment_of_a_curation_must_hold(exported, tmp_path, full, when, what):
    moved = replace(full.book().curations[-1], when=when)
    lines = exported.read_text().splitlines()
    lines[-1] = json.dumps({"kind": "curation", **asdict(replace(moved, id=moved.proper_id))})
    exported.write_text("\n".join(lines) + "\n")
    with pytest.raises(ClaimsError, match=what):
        other_store(tmp_path).take_in(exported)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda lines: lines[:-1], "its end was cut off, or lines were added"),
        (lambda lines: [], "is empty"),
        (lambda lines: lines[1:], "does not begin an export"),
        (lambda lines: [lines[0].replace('"version":1', '"version":2'), *lines[1:]], "is of version 2"),
        (lambda lines: [*lines[:3], b"\xff\xfe", *lines[4:]], "is no text in UTF-8"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(exported, tmp_path, make, what):
    lines = [
        line.encode() if isinstance(line, str) else line for line in make(exported.read_text().splitlines())
    ]
    exported.write_bytes(b"".join(line + b"\n" for line in lines))
    store = other_store(tmp_path)
    with pytest.raises(ClaimsError, match=what):
        store.take_in(exported)
    assert not store.book().claims


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ClaimsError, match="cannot be read: No such file"):
        other_store(tmp_path).take_in(tmp_path / "nothing.jsonl")
    with pytest.raises(ClaimsError, match="is no plain file"):
        other_store(tmp_path).take_in(tmp_path)


def test_another_text_of_a_stored_document_is_refused(full, exported, place):
    lines = exported.read_text().splitlines()
    number = next(n for n, line in enumerate(lines) if json.loads(line)["kind"] == "text")
    lines[number] = json.dumps(json.loads(lines[number]) | {"text": "another"})
    exported.write_text("\n".join(lines) + "\n")
    with pytest.raises(ClaimsError, match="another text of the document"):
        full.take_in(exported)
    raw = sqlite3.connect(place)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
