"""The forecast ledger: its rules, its file under every kind of harm, its resolutions, its scores by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scoringrules
from scipy.stats import binomtest

from multivector.atlas import Region, load_region
from multivector.errors import LedgerError, StorageError
from multivector.inference.ledger import (
    Forecast,
    Scored,
    add_forecasts,
    head,
    make_forecast,
    open_ledger,
    parse_rule,
    resolve_by_data,
    resolve_by_hand,
    resolved,
    score,
    storage,
)
from multivector.inference.ledger.answer import answer, base_rate
from multivector.inference.ledger.answerable import require_answerable

ARCHIPELAGO = Path(__file__).resolve().parents[1] / "regions" / "archipelago"
TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region()


def forecast(region: Region, key: str, probability: float = 0.3, **given: object) -> Forecast:
    rule = parse_rule(str(given.pop("rule", "gdp_growth KAZ 2027 above 4")))
    day = given.pop("today", TODAY)
    return make_forecast(region, rule, text="said", probability=probability, key=key, today=day, **given)


@pytest.fixture
def ledger(region, tmp_path) -> Path:
    """A ledger of five lines."""
    path = tmp_path / "forecasts.jsonl"
    for number in range(5):
        add_forecasts(path, [forecast(region, f"f{number}", 0.1 + 0.15 * number)], NOW)
    return path


# Rules


@pytest.mark.parametrize(
    "text",
    [
        "arms_share_5y ARM RUS 2026 below 0.5",
        "gdp_growth KAZ 2026 above 4",
        "un_distance KAZ RUS 2026 above 1.25",
        "imports KAZ CHN 2026 above 0.3",
        "membership ARM CSTO 2027 is member",
        "membership ARM CSTO 2027-06-30 is-not member",
    ],
)
def test_a_rule_reads_as_it_is_written(region, text):
    assert str(parse_rule(text)) == text
    require_answerable(parse_rule(text), region)


@pytest.mark.parametrize(
    ("text", "what", "repair"),
    [
        ("arms_shares ARM RUS 2026 below 0.5", "'arms_shares'", "did you mean arms_share_5y"),
        ("arms_share_5y ARN RUS 2026 below 0.5", "'ARN'", "ARM"),
        ("arms_share_5y ARM RSU 2026 below 0.5", "'RSU'", "RUS"),
        ("arms_share_5y ARM ARM 2026 below 0.5", "no partner of its own", "another partner"),
        ("arms_share_5y ARM 2026 below 0.5", "needs a partner", "name the partner"),
        ("gdp_growth KAZ RUS 2026 above 4", "figure of one actor", "leave out RUS"),
        ("arms_share_5y ARM RUS 1998 below 0.5", "begins in 1999", "from 1999"),
        ("arms_share_5y ARM RUS 2100 below 0.5", "too far ahead", "2056"),
        ("arms_share_5y ARM RUS 2026 above 1", "between 0 and 1", "choose a threshold"),
        ("arms_share_5y ARM RUS 2026 below 50", "between 0 and 1", "choose a threshold"),
        ("un_distance KAZ RUS 2026 below 0", "at least 0", "choose a threshold"),
        ("alliance ARM RUS 2027 above 2", "ends in 2018", "another quantity"),
        ("remittances KGZ RUS 2023 above 0.8", "hold no number of KGZ RUS for 2023", "one after 2024"),
        ("membership ARM CSTA 2027 is member", "'CSTA'", "CSTO"),
        ("membership ARM CSTO 2027 is membr", "'membr'", "member"),
        ("arms_share_5y ARM RUS 2026 over 0.5", "'over'", "above|below"),
        ("arms_share_5y ARM RUS 2026 above nan", "finite", "above|below"),
        ("arms_share_5y ARM RUS soon above 0.5", "year", "above|below"),
        ("membership ARM CSTO soon is member", "not a date", "DATE"),
        ("membership ARM CSTO 2027 is", "has six", "STATUS"),
        ("", "0 words", "QUANTITY"),
    ],
)
def test_a_rule_that_no_data_can_answer_is_refused(region, text, what, repair):
    with pytest.raises(LedgerError) as refused:
        require_answerable(parse_rule(text), region)
    assert what in refused.value.what
    assert repair in refused.value.repair


def test_answers_are_those_of_the_tables(region):
    shares = region.share("arms", 2021, 2025)["value"].sel(state="ARM", partner="RUS")
    found = answer(parse_rule("arms_share_5y ARM RUS 2025 below 0.5"), region, TODAY)
    assert found.outcome is (float(shares) < 0.5)
    assert found.value == float(shares)
    assert "sipri_edges_2025" in found.sources
    growth = float(region.series("gdp_growth", 2023, 2023, actors=["KAZ"])["value"].item())
    found = answer(parse_rule(f"gdp_growth KAZ 2023 above {growth}"), region, TODAY)
    assert found.outcome is False  # above is strict
    ideal = region.series("un_ideal_point", 2024, 2024, actors=["KAZ", "RUS"])["value"].to_numpy()
    found = answer(parse_rule("un_distance KAZ RUS 2024 above 1"), region, TODAY)
    assert found.value == pytest.approx(abs(ideal[0, 0] - ideal[1, 0]), abs=1e-15)
    assert answer(parse_rule("membership ARM CSTO 2024 is member"), region, TODAY).outcome is True


def test_bounds_answer_where_both_lie_on_one_side(region):
    # Only the largest partners are listed: any other lies between zero and the smallest of them.
    cell = region.tie("imports", 2023, 2023, states=["KAZ"]).sel(state="KAZ", year=2023)
    unlisted = next(
        str(code)
        for code in cell["partner"].to_numpy()
        if math.isnan(cell["value"].sel(partner=code)) and cell["high"].sel(partner=code) > 0
    )
    high = float(cell["high"].sel(partner=unlisted))
    sure = answer(parse_rule(f"imports KAZ {unlisted} 2023 above {high + 0.01}"), region, TODAY)
    assert sure.outcome is False
    assert sure.value is None
    unsure = answer(parse_rule(f"imports KAZ {unlisted} 2023 above {high / 2}"), region, TODAY)
    assert unsure.outcome is None
    assert "threshold lies between" in unsure.why


def test_nothing_is_answered_before_its_day(region):
    for text in ("arms_share_5y ARM RUS 2025 below 0.5", "membership ARM CSTO 2025 is member"):
        assert answer(parse_rule(text), region, dt.date(2025, 12, 30)).outcome is None
    # A membership without an end says nothing of the years after its source was read.
    later = answer(parse_rule("membership ARM CSTO 2030 is member"), region, dt.date(2031, 1, 1))
    assert later.outcome is None
    assert "read on" in later.why


def test_the_base_rate_counts_the_years_before(region):
    rule = parse_rule("arms_share_5y ARM RUS 2026 below 0.5")
    held = 0
    for year in range(1999, 2022):
        share = region.share("arms", year - 4, year)["value"].sel(state="ARM", partner="RUS")
        held += bool(share < 0.5)
    found = base_rate(rule, region, 2021)
    assert (found.held, found.n) == (held, 23)
    assert found.rate == (held + 1) / 25
    assert forecast(region, "x", rule=str(rule), last_year=2021).base_rate == (held + 1) / 25


# What may be stored


@pytest.mark.parametrize("probability", [0.0, 1.0, -0.1, 1.1, math.nan, math.inf])
def test_a_probability_lies_between_zero_and_one(region, probability):
    with pytest.raises(LedgerError, match="probability"):
        forecast(region, "x", probability)
    with pytest.raises(LedgerError, match="base_rate"):
        forecast(region, "x", 0.5, rate=probability)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"made": dt.date(2026, 1, 2), "due": dt.date(2026, 1, 1)}, "is before made"),
        ({"due": dt.date(2027, 6, 30)}, "before the rule can be answered"),
        ({"made": dt.date(2026, 11, 23)}, "yet to come"),
        ({"key": "a b"}, "id"),
        ({"key": "../x"}, "id"),
    ],
)
def test_dates_and_names_that_do_not_fit(region, given, what):
    with pytest.raises(LedgerError, match=what):
        forecast(region, given.pop("key", "x"), **given)


def test_hindsight_is_marked(region):
    known = forecast(region, "a", rule="arms_share_5y ARM RUS 2025 below 0.5")
    assert known.hindsight
    assert not forecast(region, "b", rule="arms_share_5y ARM RUS 2026 below 0.5").hindsight
    late = forecast(
        region, "c", made=dt.date(2026, 1, 1), due=dt.date(2027, 12, 31), today=dt.date(2028, 1, 1)
    )
    assert late.hindsight


# The file


def test_lines_are_chained_as_documented(ledger):
    previous = "0" * 64
    for number, raw in enumerate(ledger.read_bytes().splitlines(), 1):
        content = json.loads(raw)
        body = raw[: raw.rindex(b',"sha256"')] + b"}"
        assert content["sha256"] == hashlib.sha256(body).hexdigest()
        assert (content["previous"], content["line"]) == (previous, number)
        previous = content["sha256"]
    assert (ledger.parent / "forecasts.jsonl.head").read_text().split() == ["5", previous]
    book = open_ledger(ledger)
    assert (book.lines, book.head) == (5, previous)


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _rewritten(lines: list[bytes], at: int = 2) -> list[bytes]:
    """A line changed by somebody who also reckons its digest anew."""
    content = json.loads(lines[at])
    content.pop("sha256")
    body = json.dumps(content | {"probability": 0.99}, separators=(",", ":"), ensure_ascii=False).encode()
    digest = hashlib.sha256(body).hexdigest().encode()
    return [*lines[:at], body[:-1] + b',"sha256":"' + digest + b'"}\n', *lines[at + 1 :]]


HARM = {
    "a probability": (lambda ls: [*ls[:2], ls[2].replace(b'"probability":0.4', b'"probability":0.9'), *ls[3:]], 3, "was edited"),
    "a digest": (lambda ls: [*ls[:2], ls[2][:-70] + b"0" * 3 + ls[2][-67:], *ls[3:]], 3, "SHA-256"),
    "a blank": (lambda ls: [*ls[:2], ls[2].replace(b":", b": ", 1), *ls[3:]], 3, "was edited"),
    "line ends": (lambda ls: [each.replace(b"\n", b"\r\n") for each in ls], 1, "does not end with its SHA-256"),
    "the first line gone": (lambda ls: ls[1:], 1, "stored as line 2"),
    "a line gone": (lambda ls: ls[:2] + ls[3:], 3, "stored as line 4"),
    "the last line gone": (lambda ls: ls[:-1], 5, "5 lines were stored"),
    "all lines gone": (lambda _: [], 1, "5 lines were stored"),
    "two lines swapped": (lambda ls: [*ls[:1], ls[2], ls[1], *ls[3:]], 2, "stored as line 3"),
    "a line twice": (lambda ls: [*ls, ls[4]], 6, "stored as line 5"),
    "an empty line": (lambda ls: [*ls[:3], b"\n", *ls[3:]], 4, "is empty"),
    "a foreign line": (lambda ls: [*ls, b'{"id":"x"}\n'], 6, "does not end with its SHA-256"),
    "a line written anew": (_rewritten, 4, "written anew"),
    "the last line written anew": (lambda ls: _rewritten(ls, 4), 5, "that line is another one now"),
    "binary": (lambda _: [b"\x89PNG\r\n\x1a\n\x00\xff\n"], 1, "is no text"),
    "a torn line": (lambda ls: [*ls, ls[4][:40]], 6, "is torn"),
    "the last line torn": (lambda ls: [*ls[:4], ls[4][:40]], 5, "is torn"),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
def test_harm_is_named_and_nothing_is_added_to_it(region, ledger, harm):
    change, line, what = HARM[harm]
    lines = _lines(ledger)
    changed = b"".join(change(lines))
    assert changed != b"".join(lines)
    ledger.write_bytes(changed)
    with pytest.raises(LedgerError) as named:
        open_ledger(ledger)
    assert what in named.value.what
    assert named.value.where == f"{ledger}, line {line}"
    assert named.value.repair
    with pytest.raises(LedgerError):
        add_forecasts(ledger, [forecast(region, "new")], NOW)
    assert ledger.read_bytes() == changed


def test_every_changed_byte_is_found(ledger):
    whole = ledger.read_bytes()
    for place in np.random.default_rng(7).choice(len(whole), 150, replace=False):
        changed = bytearray(whole)
        changed[place] ^= 1
        ledger.write_bytes(bytes(changed))
        with pytest.raises(LedgerError):
            open_ledger(ledger)


def test_a_torn_line_that_was_never_told_of_is_cut_as_the_error_says(region, ledger):
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"line":6,"rec')
    with pytest.raises(LedgerError, match=rf"truncate -s {len(whole)} forecasts.jsonl"):
        open_ledger(ledger)
    subprocess.run(["truncate", "-s", str(len(whole)), ledger], check=True)
    assert add_forecasts(ledger, [forecast(region, "new")], NOW).lines == 6


def test_a_head_one_line_behind_is_in_order(region, ledger):
    beside = ledger.parent / "forecasts.jsonl.head"
    before = beside.read_text()
    add_forecasts(ledger, [forecast(region, "new")], NOW)
    beside.write_text(before)  # as after a crash between line and head
    assert open_ledger(ledger).lines == 6
    beside.unlink()  # as in a copy of the ledger alone
    assert open_ledger(ledger).lines == 6
    beside.write_text("many")
    with pytest.raises(LedgerError, match="number of lines"):
        open_ledger(ledger)


def test_a_ledger_that_is_gone_is_missed(region, ledger):
    ledger.unlink()
    with pytest.raises(LedgerError, match="is gone"):
        add_forecasts(ledger, [forecast(region, "new")], NOW)
    assert not ledger.exists()


def test_files_that_are_no_ledger(region, tmp_path):
    with pytest.raises(LedgerError, match="there is no ledger"):
        open_ledger(tmp_path / "none.jsonl")
    with pytest.raises(LedgerError, match="no plain file"):
        open_ledger(tmp_path)
    large = tmp_path / "large.jsonl"
    with large.open("wb") as file:
        file.truncate(storage.MOST_BYTES + 1)
    with pytest.raises(LedgerError, match="50,000,001 bytes, the limit is 50,000,000"):
        open_ledger(large)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        add_forecasts(tmp_path / "file" / "forecasts.jsonl", [forecast(region, "x")], NOW)


def test_a_full_ledger_takes_no_more(region, ledger, monkeypatch):
    whole = ledger.read_bytes()
    monkeypatch.setattr(storage, "MOST_BYTES", len(whole) + 100)
    with pytest.raises(LedgerError, match="would have more than"):
        add_forecasts(ledger, [forecast(region, "new")], NOW)
    assert ledger.read_bytes() == whole


def test_a_duplicate_id_is_refused_and_nothing_of_its_batch_is_stored(region, ledger):
    whole = ledger.read_bytes()
    with pytest.raises(LedgerError) as refused:
        add_forecasts(ledger, [forecast(region, "new"), forecast(region, "f2")], NOW)
    assert "f2" in refused.value.what
    assert "--id" in refused.value.repair
    with pytest.raises(LedgerError, match="twice"):
        add_forecasts(ledger, [forecast(region, "twice"), forecast(region, "twice")], NOW)
    assert ledger.read_bytes() == whole


def test_a_full_disk_leaves_the_ledger_as_it_was(region, ledger):
    whole = ledger.read_bytes()
    code = f"""
import resource, signal
from pathlib import Path
from multivector.errors import StorageError
from multivector.inference.ledger import add_forecasts, open_ledger
path = Path({str(ledger)!r})
first = open_ledger(path).forecasts[0]
resource.setrlimit(resource.RLIMIT_FSIZE, ({len(whole)} + 50, {len(whole)} + 50))
try:
    add_forecasts(path, [first.model_copy(update={{"id": "new"}})])
except StorageError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "writing stopped" in done.stdout
    assert "the ledger is as it was" in done.stdout
    assert ledger.read_bytes() == whole
    assert add_forecasts(ledger, [forecast(region, "new")], NOW).lines == 6


def test_when_the_head_cannot_be_written_the_line_is_taken_back(region, ledger, monkeypatch):
    whole = ledger.read_bytes()

    def full(*_: object) -> None:
        raise StorageError("writing stopped", where="head")

    monkeypatch.setattr(head, "write_text_whole", full)
    with pytest.raises(StorageError):
        add_forecasts(ledger, [forecast(region, "new")], NOW)
    assert ledger.read_bytes() == whole


def test_concurrent_adders_lose_nothing(region, tmp_path):
    path = tmp_path / "forecasts.jsonl"
    entries = [forecast(region, f"f{number}") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: add_forecasts(path, [each]), entries))
    book = open_ledger(path)
    assert {each.id for each in book.forecasts} == {each.id for each in entries}
    assert book.lines == 40


def test_a_killed_adder_leaves_a_whole_ledger(ledger):
    code = f"""
from pathlib import Path
from multivector.inference.ledger import add_forecasts, open_ledger
path = Path({str(ledger)!r})
first = open_ledger(path).forecasts[0]
for number in range(10**6):
    add_forecasts(path, [first.model_copy(update={{"id": f"killed{{number}}"}})])
    print(number, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(20)]
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()
    acknowledged = [f"killed{line.strip()}" for line in told if line.endswith("\n")]
    ids = {each.id for each in open_ledger(ledger).forecasts}
    assert set(acknowledged) <= ids
    assert len(ids) <= 5 + len(acknowledged) + 1


# Resolution


@pytest.fixture
def isles(tmp_path) -> Path:
    folder = tmp_path / "archipelago"
    shutil.copytree(ARCHIPELAGO, folder)
    return folder


def test_data_resolve_what_they_hold_and_say_why_not(region, tmp_path):
    path = tmp_path / "forecasts.jsonl"
    given = {
        "known": "arms_share_5y ARM RUS 2025 below 0.5",
        "no": "membership ARM CSTO 2024 is-not member",
        "coming": "arms_share_5y ARM RUS 2026 below 0.5",
        "unpublished": "imports KAZ CHN 2025 above 0.3",
    }
    add_forecasts(path, [forecast(region, key, rule=rule) for key, rule in given.items()], NOW)
    before = path.read_bytes()
    done = resolve_by_data(path, region, today=TODAY)
    assert {each.id: each.outcome for each in done.resolved} == {"known": True, "no": False}
    assert {each.id: each.overdue for each in done.open} == {"coming": False, "unpublished": False}
    assert "2026-12-31 is yet to come" in {each.why for each in done.open}
    (known,) = (each for each in done.resolved if each.id == "known")
    assert known.value == float(region.share("arms", 2021, 2025)["value"].sel(state="ARM", partner="RUS"))
    assert region.hash[:12] in known.data_version
    assert "vintage 2026-0" in known.data_version
    assert known.sources
    assert path.read_bytes().startswith(before)
    after = path.read_bytes()
    again = resolve_by_data(path, region, today=dt.date(2027, 6, 1))
    assert not again.resolved
    assert not again.revised
    assert path.read_bytes() == after
    late = resolve_by_data(path, region, today=dt.date(2028, 1, 1))
    assert all(each.overdue for each in late.open)


def test_another_region_leaves_them_open(region, ledger, isles):
    done = resolve_by_data(ledger, load_region(isles), today=dt.date(2030, 1, 1))
    assert not done.resolved
    assert all("not archipelago" in each.why for each in done.open)
    assert len(done.open) == 5


def test_revised_data_are_a_revision_and_the_last_is_scored(isles, tmp_path):
    path = tmp_path / "forecasts.jsonl"
    before = load_region(isles)
    rule = "arms XAL XNO 2022 above 20"
    made = forecast(before, "alder", 0.8, rule=rule, today=dt.date(2022, 6, 1), due=dt.date(2023, 12, 31))
    add_forecasts(path, [made.model_copy(update={"hindsight": False})], NOW)
    resolve_by_data(path, before, today=TODAY)
    assert open_ledger(path).latest("alder").outcome is True
    ties = isles / "ties" / "arms.csv"
    ties.write_text(ties.read_text().replace("XAL,XNO,2022,28.6", "XAL,XNO,2022,12.5"))
    done = resolve_by_data(path, load_region(isles), today=TODAY)
    assert [each.value for each in done.revised] == [12.5]
    book = open_ledger(path)
    assert [each.outcome for each in book.resolutions["alder"]] == [True, False]
    assert score(resolved(book)).brier == pytest.approx(0.64, abs=1e-12)


def test_a_person_is_not_overruled_by_data_that_say_nothing_new(isles, tmp_path):
    path = tmp_path / "forecasts.jsonl"
    region = load_region(isles)
    rule = "arms XAL XNO 2022 above 20"
    add_forecasts(path, [forecast(region, "alder", rule=rule)], NOW)
    resolve_by_data(path, region, today=TODAY)
    resolve_by_hand(path, "alder", outcome=False, source="a report", by="A", today=TODAY)
    assert not resolve_by_data(path, region, today=TODAY).revised
    assert open_ledger(path).latest("alder").outcome is False
    ties = isles / "ties" / "arms.csv"
    ties.write_text(ties.read_text().replace("XAL,XNO,2022,28.6", "XAL,XNO,2022,30.5"))
    assert [each.value for each in resolve_by_data(path, load_region(isles), today=TODAY).revised] == [30.5]


def test_by_hand(region, ledger):
    said = {"source": "Bureau of National Statistics, 2028-02-10", "by": "M. Analyst"}
    day = dt.date(2028, 3, 1)
    with pytest.raises(LedgerError, match="cannot be answered before 2027-12-31"):
        resolve_by_hand(ledger, "f1", outcome=True, today=TODAY, **said)
    with pytest.raises(LedgerError, match="is no person"):
        resolve_by_hand(ledger, "f1", outcome=True, today=day, source="x", by="Data")
    with pytest.raises(LedgerError, match="no forecast 'g1'"):
        resolve_by_hand(ledger, "g1", outcome=True, today=day, **said)
    book = resolve_by_hand(ledger, "f1", outcome=True, today=day, **said)
    assert book.latest("f1").by == "M. Analyst"
    assert book.status("f1", day) == "yes"
    assert book.status("f2", dt.date(2029, 1, 1)) == "overdue"
    with pytest.raises(LedgerError, match="already resolved yes, by M"):
        resolve_by_hand(ledger, "f1", outcome=True, today=day, **said)
    revised = resolve_by_hand(ledger, "f1", outcome=False, today=day, **said)
    assert [each.outcome for each in revised.resolutions["f1"]] == [True, False]
    with pytest.raises(LedgerError, match="there is no ledger"):
        resolve_by_hand(ledger.parent / "none.jsonl", "f1", outcome=True, today=day, **said)


# Scores: every number below is reckoned by hand in fractions

HAND = [  # state, probability, base rate, outcome
    ("KAZ", Fraction(1, 10), Fraction(1, 5), False),
    ("KAZ", Fraction(3, 20), Fraction(1, 5), True),
    ("ARM", Fraction(3, 10), Fraction(1, 2), False),
    ("ARM", Fraction(9, 10), Fraction(1, 2), True),
    ("GEO", Fraction(19, 20), Fraction(4, 5), True),
]


def scored(rows=HAND) -> list[Scored]:
    return [
        Scored(f"f{k}", state, float(p), None if base is None else float(base), outcome)
        for k, (state, p, base, outcome) in enumerate(rows)
    ]


def test_scores_are_those_reckoned_by_hand():
    found = score(scored())
    # (1/10)^2 + (17/20)^2 + (3/10)^2 + (1/10)^2 + (1/20)^2 = 835/1000, over 5
    brier = (
        Fraction(1, 100) + Fraction(289, 400) + Fraction(9, 100) + Fraction(1, 100) + Fraction(1, 400)
    ) / 5
    assert brier == Fraction(167, 1000)
    assert found.brier == pytest.approx(float(brier), abs=1e-12)
    bits = -(math.log2(0.9) + math.log2(0.15) + math.log2(0.7) + math.log2(0.9) + math.log2(0.95)) / 5
    assert found.log_score == pytest.approx(bits, abs=1e-12)
    # base rates: (1/25 + 16/25 + 1/4 + 1/4 + 1/25) / 5 = 61/250
    base = (Fraction(1, 25) + Fraction(16, 25) + Fraction(1, 4) + Fraction(1, 4) + Fraction(1, 25)) / 5
    assert base == Fraction(61, 250)
    assert found.base.brier_base == pytest.approx(float(base), abs=1e-12)
    assert found.base.skill == pytest.approx(float(1 - brier / base), abs=1e-12)
    assert found.base.difference == pytest.approx(float(brier - base), abs=1e-12)
    base_bits = -(math.log2(0.8) + math.log2(0.2) + 2 * math.log2(0.5) + math.log2(0.8)) / 5
    assert found.base.log_score_base == pytest.approx(base_bits, abs=1e-12)


def test_the_calibration_table_and_its_decomposition_by_hand():
    found = score(scored())
    assert [(row.lower, row.n) for row in found.bins] == [(0.1, 2), (0.3, 1), (0.9, 2)]
    for row, mean, rate in zip(
        found.bins,
        (Fraction(1, 8), Fraction(3, 10), Fraction(37, 40)),
        (Fraction(1, 2), Fraction(0), Fraction(1)),
        strict=True,
    ):
        assert row.mean == pytest.approx(float(mean), abs=1e-12)
        assert row.rate == pytest.approx(float(rate), abs=1e-12)
    # sum n (f - o)^2 / 5 = (2 (3/8)^2 + (3/10)^2 + 2 (3/40)^2) / 5; o = 3/5
    reliability = (2 * Fraction(9, 64) + Fraction(9, 100) + 2 * Fraction(9, 1600)) / 5
    resolution = (2 * Fraction(1, 100) + Fraction(9, 25) + 2 * Fraction(4, 25)) / 5
    # within bins: (2 (1/40)^2 + 2 (1/40)^2 - 2 (1/40 - 0)) / 5, the second term from 0.15 that came true
    within = (
        4 * Fraction(1, 1600) - 2 * (Fraction(-1, 40) * Fraction(-1, 2) + Fraction(1, 40) * Fraction(1, 2))
    ) / 5
    assert found.reliability == pytest.approx(float(reliability), abs=1e-12)
    assert found.resolution == pytest.approx(float(resolution), abs=1e-12)
    assert found.uncertainty == pytest.approx(float(Fraction(3, 5) * Fraction(2, 5)), abs=1e-12)
    assert found.within == pytest.approx(float(within), abs=1e-12)
    assert reliability - resolution + Fraction(6, 25) + within == Fraction(167, 1000)


def test_the_interval_of_the_difference_by_hand():
    found = score(scored()).base
    gaps = [float((p - o) ** 2 - (q - o) ** 2) for _, p, q, o in HAND]
    mean = sum(gaps) / 5
    sums = [gaps[0] + gaps[1] - 2 * mean, gaps[2] + gaps[3] - 2 * mean, gaps[4] - mean]
    error = math.sqrt(3 / 2 * sum(each**2 for each in sums)) / 5
    reach = 4.302652729911275 * error  # t(2) at 97.5 %
    assert (found.states, found.n) == (3, 5)
    assert found.low == pytest.approx(mean - reach, abs=1e-9)
    assert found.high == pytest.approx(mean + reach, abs=1e-9)


def test_scores_agree_with_scoringrules():
    rng = np.random.default_rng(3)
    p, q = rng.uniform(0.01, 0.99, (2, 300))
    outcomes = rng.uniform(size=300) < p
    found = score(scored([("KAZ", a, b, bool(o)) for a, b, o in zip(p, q, outcomes, strict=True)]))
    y = outcomes.astype(float)
    assert found.brier == pytest.approx(scoringrules.brier_score(y, p).mean(), abs=1e-12)
    assert found.log_score == pytest.approx(scoringrules.log_score(y, p).mean() / math.log(2), abs=1e-12)
    assert found.base.brier_base == pytest.approx(scoringrules.brier_score(y, q).mean(), abs=1e-12)
    parts = found.reliability - found.resolution + found.uncertainty + found.within
    assert parts == pytest.approx(found.brier, abs=1e-12)
    for row in found.bins:
        low, high = binomtest(round(row.rate * row.n), row.n).proportion_ci(0.95, "wilson")
        assert (row.rate_low, row.rate_high) == pytest.approx((low, high), abs=1e-9)


def test_the_log_score_holds_extremes():
    found = score(scored([("KAZ", Fraction(1, 10**6), None, True)]))
    assert found.log_score == pytest.approx(math.log2(1000), abs=1e-12)
    assert found.base is None


def test_no_resolved_forecast_has_no_score(ledger):
    assert score(resolved(open_ledger(ledger))) is None
    assert score([]) is None


def test_one_state_gives_no_interval():
    found = score(scored(HAND[:2])).base
    assert found.low is None
    assert not found.beats


def test_hindsight_is_scored_apart(region, tmp_path):
    path = tmp_path / "forecasts.jsonl"
    add_forecasts(path, [forecast(region, "h", 0.9, rule="arms_share_5y ARM RUS 2025 below 0.5")], NOW)
    resolve_by_data(path, region, today=TODAY)
    book = open_ledger(path)
    assert score(resolved(book)) is None
    assert score(resolved(book, hindsight=True)).brier == pytest.approx(0.01, abs=1e-12)
