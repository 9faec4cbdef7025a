"""Laws of the forecast ledger: what was stored stays, and the order of forecasts does not change a score."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.atlas import load_region
from multivector.errors import LedgerError
from multivector.inference.ledger import (
    Scored,
    add_forecasts,
    make_forecast,
    open_ledger,
    parse_rule,
    resolve_by_data,
    resolve_by_hand,
    score,
)

REGION = load_region(Path(__file__).resolve().parents[1] / "regions" / "archipelago")
RULES = (
    "arms_share_5y XAL XNO 2022 below 0.5",  # the data answer it
    "arms_share_5y XAL XNO 2024 above 0.2",
    "membership XAL HARBOUR_PACT 2020 is none",
    "arms_share_5y XBE XNO 2026 below 0.5",  # they do not
)
keys = st.sampled_from([f"f{number}" for number in range(6)])
operations = st.one_of(
    st.tuples(
        st.just("add"),
        keys,
        st.sampled_from(RULES),
        st.floats(0, 1),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    st.tuples(st.just("hand"), keys, st.booleans()),
    st.tuples(st.just("data"), st.dates(dt.date(2021, 1, 1), dt.date(2030, 1, 1))),
)


def apply(path: Path, operation: tuple) -> None:
    kind, *rest = operation
    if kind == "add":
        key, rule, probability, text = rest
        day = dt.date(2020, 6, 1)
        made = make_forecast(REGION, parse_rule(rule), text=text, probability=probability, key=key, today=day)
        add_forecasts(path, [made])
    elif kind == "hand":
        key, outcome = rest
        resolve_by_hand(path, key, outcome=outcome, source="a register", by="A", today=dt.date(2030, 1, 1))
    else:
        resolve_by_data(path, REGION, today=rest[0])


@given(st.lists(operations, max_size=12))
@settings(max_examples=40, deadline=None)
def test_earlier_bytes_never_change(sequence):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forecasts.jsonl"
        stored = b""
        forecasts: list = []
        resolutions: dict = {}
        for operation in sequence:
            try:
                apply(path, operation)
            except LedgerError:
                assert (path.read_bytes() if path.exists() else b"") == stored
                continue
            now = path.read_bytes()
            assert now.startswith(stored)
            stored = now
            book = open_ledger(path)
            assert book.lines == now.count(b"\n")
            assert list(book.forecasts[: len(forecasts)]) == forecasts
            for key, said in resolutions.items():
                assert book.resolutions[key][: len(said)] == said
            forecasts, resolutions = list(book.forecasts), book.resolutions


rows = st.lists(
    st.tuples(
        st.sampled_from(["XAL", "XBE", "XCY"]),
        st.floats(0.0001, 0.9999),
        st.none() | st.floats(0.0001, 0.9999),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
).map(lambda drawn: [Scored(f"f{k}", *row) for k, row in enumerate(drawn)])


@given(rows, st.randoms())
@settings(deadline=None)
def test_the_order_of_forecasts_does_not_change_a_score(forecasts, random):
    shuffled = list(forecasts)
    random.shuffle(shuffled)
    assert score(shuffled) == score(forecasts)


@given(rows)
@settings(deadline=None)
def test_the_decomposition_is_exact_and_its_parts_have_their_signs(forecasts):
    found = score(forecasts)
    parts = found.reliability - found.resolution + found.uncertainty + found.within
    assert parts == pytest.approx(found.brier, abs=1e-12)
    assert min(found.reliability, found.resolution, found.uncertainty, found.brier, found.log_score) >= 0
    assert sum(row.n for row in found.bins) == found.n == len(forecasts)
    for row in found.bins:
        assert row.lower - 1e-9 <= row.mean <= row.upper + 1e-9
        assert 0 <= row.rate_low <= row.rate <= row.rate_high <= 1


@given(rows)
@settings(deadline=None)
def test_who_says_the_base_rate_has_no_skill_and_no_difference(forecasts):
    same = [
        Scored(each.id, each.state, each.probability, each.probability, each.outcome) for each in forecasts
    ]
    base = score(same).base
    assert base.difference == 0
    assert base.skill is None or base.skill == 0
    assert not base.beats


@given(rows)
@settings(deadline=None)
def test_saying_yes_for_no_mirrors_every_forecast_and_keeps_the_scores(forecasts):
    mirrored = [
        Scored(
            each.id,
            each.state,
            1 - each.probability,
            None if each.base_rate is None else 1 - each.base_rate,
            not each.outcome,
        )
        for each in forecasts
    ]
    a, b = score(forecasts), score(mirrored)
    assert a.brier == pytest.approx(b.brier, abs=1e-12)
    assert a.log_score == pytest.approx(b.log_score, abs=1e-9)
