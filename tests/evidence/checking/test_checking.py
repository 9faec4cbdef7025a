"""Verdicts against the embedded region: figures computed by hand from its sources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from multivector.atlas import load_region
from multivector.evidence import Claim, check_claims
from multivector.evidence.checking.precision import Stated, agreement, stated_in

ARCHIPELAGO = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
BASE = Claim(
    "c-1", "a.txt", "", "quote", 0, 5, "share", "", "RUS", "arms_share_of_imports", object_code="ARM"
)


def _claim(**about) -> Claim:
    return replace(BASE, **about)


def _share(value, first="2011", last="2020", **about) -> Claim:
    return _claim(value=str(value), value_op="=", unit="percent", date_start=first, date_end=last, **about)


@pytest.fixture
def verdict(central):
    def of(claim: Claim):
        [found] = check_claims([claim], central)
        assert found.claim_id == claim.id
        assert central.version in found.data_version
        assert central.hash[:12] in found.data_version
        return found

    return of


def test_russia_94_percent_of_armenia(verdict):
    found = verdict(_share(94))
    assert found.verdict == "supported"
    assert found.computed == pytest.approx(93.9, abs=0.05)
    assert found.window == "2011-2020"
    assert "vintages differ: 93.9 to 94.5 percent" in found.computed_text
    assert found.tolerance.startswith("±0.5 percentage points")
    assert "vintage 2026-02" in found.data_version
    assert found.query == "Russia's share of deliveries of major arms to Armenia, 2011-2020"
    assert "sipri_tr_202602" in found.source


def test_russia_60_percent_of_azerbaijan(verdict):
    found = verdict(_share(60, object_code="AZE"))
    assert found.verdict == "supported"
    assert found.computed == pytest.approx(59.7, abs=0.05)


@pytest.mark.parametrize(
    ("value", "word"),
    [("94.5", "supported"), ("93.4", "partly"), ("80", "refuted"), ("60", "refuted"), ("99", "refuted")],
)
def test_other_figures_for_armenia(verdict, value, word):
    assert verdict(_share(value)).verdict == word


def test_the_same_figure_in_another_window(verdict):
    found = verdict(_share(94, "2020", "2024"))
    assert found.verdict == "refuted"
    assert found.computed == pytest.approx(32.4, abs=0.05)


def test_dependence_is_the_share_the_other_way_round(verdict):
    claim = _share(94, subject_code="ARM", object_code="RUS", predicate="arms_dependence_on")
    assert verdict(claim).verdict == "supported"


def test_without_a_figure_nothing_can_be_true_or_false(verdict):
    found = verdict(_claim(subject_code="ARM", object_code="RUS", predicate="arms_dependence_on"))
    assert found.verdict == "not checkable"
    assert "states no figure" in found.why


@pytest.mark.parametrize(
    ("op", "value", "word"),
    [
        (">", "90", "supported"),
        (">", "97", "refuted"),
        ("<", "90", "refuted"),
        ("<", "95", "supported"),
        ("~", "90", "supported"),
    ],
)
def test_operators_are_honoured(verdict, op, value, word):
    assert verdict(replace(_share(value), value_op=op)).verdict == word


def test_a_denied_figure_is_turned_round(verdict):
    assert verdict(_share(94, polarity="-")).verdict == "refuted"
    assert verdict(_share(20, polarity="-")).verdict == "supported"


def test_coverage_that_ends_is_missing_not_a_refutation(verdict):
    found = verdict(_share(94, "2025", "2030"))
    assert found.verdict == "not checkable"
    assert "the data cover 1995 to 2025; coverage that ends is missing, not a refutation" in found.why
    assert verdict(_share(94, "1985", "1994")).verdict == "not checkable"


def test_without_years_the_usual_windows_are_tried(verdict):
    lately = verdict(_share(94, "", ""))
    assert lately.verdict == "partly"
    assert "the claim names no years; it holds for" in lately.why
    never = verdict(_share(7, "", "", subject_code="JPN"))
    assert never.verdict == "refuted"


def test_since_runs_to_the_last_year_covered(verdict):
    found = verdict(_share(94, "2011", ""))
    assert found.window == "2011-2025"


def test_until_does_not_say_from_when(verdict):
    found = verdict(_share(94, "", "2020"))
    assert found.verdict == "not checkable"
    assert "not the beginning" in found.why


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"object_code": "IND"}, "the region holds deliveries to KAZ"),
        ({"object_code": "ARM|AZE"}, "does not name one supplier and one recipient"),
        ({"subject_code": "XXX"}, "XXX is not an actor of the region"),
    ],
)
def test_what_the_table_does_not_hold(verdict, about, why):
    found = verdict(_share(94, **about))
    assert found.verdict == "not checkable"
    assert why in found.why


def test_a_contract_is_money_and_a_delivery_is_volume(verdict):
    claim = _claim(
        subject_code="IND", predicate="arms_contract_value", value="2000000000", value_op="~", unit="USD"
    )
    found = verdict(claim)
    assert found.verdict == "not checkable"
    assert "volumes delivered (TIV), which are no price" in found.why
    assert "Pinaka" in found.why


def test_the_window_decides_a_rank(verdict):
    claim = _claim(predicate="ranks", value="1", value_op="=", unit="rank(arms_supplier)")
    assert verdict(replace(claim, date_start="2011", date_end="2020")).verdict == "supported"
    later = verdict(replace(claim, date_start="2021", date_end="2024"))
    assert later.verdict == "refuted"
    assert "India" in later.why


def test_a_rank_among_recipients_needs_the_whole_world(verdict):
    found = verdict(
        _claim(
            subject_code="ARM", object_code="IND", predicate="ranks", value="1", unit="rank(arms_recipient)"
        )
    )
    assert found.verdict == "not checkable"
    assert "needs the whole" in found.why


def test_transfers(verdict):
    claim = _claim(predicate="arms_transfer_to", object_code="AZE")
    assert verdict(replace(claim, date_start="2011", date_end="2018")).verdict == "supported"
    nothing = verdict(replace(claim, date_start="2020", date_end="2024"))
    assert nothing.verdict == "not checkable"
    assert "no delivery of major arms is recorded in 2020-2024" in nothing.why
    assert verdict(replace(claim, date_start="2020", date_end="2024", polarity="-")).verdict == "supported"


def _member(**about) -> Claim:
    return _claim(**({"claim_type": "membership", "predicate": "member_of", "object_code": "EAEU"} | about))


@pytest.mark.parametrize(
    ("about", "word", "why"),
    [
        ({"subject_code": "IND", "predicate": "observer_of"}, "refuted", "neither member nor observer"),
        ({"subject_code": "UZB", "predicate": "observer_of"}, "supported", "observer since 2020-12-11"),
        ({"subject_code": "UZB"}, "refuted", "observer, not member"),
        ({"subject_code": "ARM"}, "supported", "member since 2015-01-02"),
        ({"subject_code": "ARM", "date_start": "2015-01", "date_end": "2015-01"}, "supported", "2015-01-02"),
        ({"subject_code": "ARM", "date_start": "2018", "date_end": "2018"}, "partly", "not 2018"),
        ({"subject_code": "ARM", "date_start": "2010", "date_end": "2012"}, "refuted", "neither"),
        ({"subject_code": "ARM", "polarity": "-"}, "refuted", "member since"),
        ({"subject_code": "ARM|KAZ"}, "supported", "Kazakhstan: member"),
        ({"subject_code": "ARM|UZB"}, "partly", "Uzbekistan: observer"),
        ({"subject_code": "ARM", "object_code": "XYZ"}, "not checkable", "no dated memberships of this body"),
        (
            {
                "subject_code": "GEO",
                "object_code": "CIS",
                "polarity": "-",
                "date_start": "2009-08",
                "note": "rule member.leave",
            },
            "supported",
            "member until 2009-08-18",
        ),
        (
            {"subject_code": "ARM", "polarity": "-", "date_start": "2020", "note": "rule member.leave"},
            "refuted",
            "still member",
        ),
    ],
)
def test_memberships(verdict, about, word, why):
    found = verdict(_member(**about))
    assert (found.verdict, why in found.why) == (word, True), found


def _figure(predicate, state, value, unit, year="2024", **about) -> Claim:
    return _claim(
        claim_type="quantity",
        predicate=predicate,
        subject_code=state,
        object_code="",
        value=str(value),
        value_op="=",
        unit=unit,
        date_start=year,
        date_end=year,
        **about,
    )


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (_figure("gdp_growth", "TJK", 8.4, "percent"), "supported"),
        (_figure("gdp_growth", "UZB", 8.5, "percent"), "refuted"),
        (_figure("gdp_growth", "KAZ", 5.1, "percent", "2023"), "supported"),
        (_figure("remittances", "TJK", 47.9, "percent of GDP"), "supported"),
        (_figure("remittances", "TJK", 30, "percent of GDP"), "refuted"),
        (_figure("military_expenditure", "AZE", 5.1, "percent of GDP"), "supported"),
        (_figure("gdp", "KAZ", 261000000000, "USD", "2023"), "supported"),
        (_figure("gdp", "KAZ", 461000000000, "USD", "2023"), "refuted"),
        (_figure("population", "KAZ", 20000000, "people", "2023", quote="20 million"), "supported"),
        (_figure("population", "KAZ", 30000000, "people", "2023", quote="30 million"), "refuted"),
        (_figure("gdp_growth", "TJK", 8.4, "percent", "2031"), "not checkable"),
        (_figure("poverty_rate", "TJK", 20, "percent"), "not checkable"),
        (_figure("military_expenditure", "AZE", 5000000000, "USD"), "not checkable"),
        (_figure("gdp_growth", "TJK", 8.4, "percent", ""), "supported"),
    ],
)
def test_yearly_figures(verdict, claim, word):
    found = verdict(claim)
    assert found.verdict == word, found


def test_a_year_beyond_the_data_is_missing(verdict):
    found = verdict(_figure("gdp_growth", "TJK", 8.4, "percent", "2031"))
    assert "coverage that ends is missing, not a refutation" in found.why


def test_a_yearly_figure_tests_one_year(verdict):
    claim = replace(_figure("gdp_growth", "TJK", 8.4, "percent"), date_start="2020")
    assert "tests one year" in verdict(claim).why


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (
            _share(28, "2023", "2023", predicate="import_share_of", subject_code="CHN", object_code="KAZ"),
            "supported",
        ),
        (
            _share(48, "2023", "2023", predicate="import_share_of", subject_code="CHN", object_code="KAZ"),
            "refuted",
        ),
        (
            _share(63, "2023", "2023", predicate="export_market_of", subject_code="CHN", object_code="TKM"),
            "supported",
        ),
        (
            _share(74, "2023", "2023", predicate="votes_with", subject_code="KAZ", object_code="CHN"),
            "supported",
        ),
        (
            _share(74, "2023", "2023", predicate="votes_with", subject_code="CHN", object_code="KAZ"),
            "supported",
        ),
        (
            _share(74, "2023", "2023", predicate="votes_with", subject_code="KAZ", object_code="USA"),
            "refuted",
        ),
    ],
)
def test_shares_of_trade_and_votes(verdict, claim, word):
    assert verdict(claim).verdict == word


@pytest.mark.parametrize("stance", ["denied", "forecast", "hypothetical", "normative"])
def test_what_is_not_stated_as_fact_is_not_tested(verdict, stance):
    found = verdict(_share(94, stance=stance))
    assert found.verdict == "not checkable"
    assert found.why.startswith("not tested: ")
    assert found.computed is None


@pytest.mark.parametrize("stance", ["asserted", "reported", "alleged", "hedged"])
def test_what_is_said_by_others_is_tested(verdict, stance):
    assert verdict(_share(94, stance=stance)).verdict == "supported"


def test_other_kinds_of_claims_say_so(verdict):
    found = verdict(_claim(predicate="attacks"))
    assert found.why == "no table of the region answers claims of this kind (attacks)"


def test_verdicts_come_in_the_order_of_the_claims(central):
    claims = [_share(94, id=f"c-{n}") for n in range(3)]
    assert [v.claim_id for v in check_claims(claims, central)] == ["c-0", "c-1", "c-2"]


def test_a_verdict_prints_as_json(verdict):
    import json

    found = verdict(_share(94))
    assert json.loads(json.dumps(found.as_dict()))["computed"] == pytest.approx(93.9, abs=0.05)


@pytest.mark.parametrize(
    ("quote", "value", "step"),
    [
        ("US$ 261 billion", "261000000000", 1e9),
        ("US$ 40 billion", "40000000000", 1e9),
        ("4.8 percent", "4.8", 0.1),
        ("no number here", "1600000000", 1e8),
        ("no number here", "60", 1.0),
        ("no number here", "59.7", 0.1),
    ],
)
def test_precision_is_that_of_the_quote(quote, value, step):
    assert stated_in(_claim(quote=quote, value=value)).step == pytest.approx(step)


@pytest.mark.parametrize("value", ["", "increase", "nan", "inf"])
def test_no_number_no_precision(value):
    assert stated_in(_claim(value=value)) is None


def test_bounds_widen_the_tolerance():
    stated = Stated(94, "=", 1)
    assert agreement(stated, 90, 90, 90) == "refuted"
    assert agreement(stated, 90, 88, 93.5) == "supported"
    assert agreement(stated, 94.5, 94.5, 94.5) == "supported"


def test_the_checker_names_no_country():
    region = load_region(ARCHIPELAGO)
    data = region.share("arms", 2015, 2019)
    value = 100 * float(data["value"].sel(state="XAL", partner="XNO"))
    right = _share(round(value, 1), "2015", "2019", subject_code="XNO", object_code="XAL")
    wrong = replace(right, value="1")
    assert [v.verdict for v in check_claims([right, wrong], region)] == ["supported", "refuted"]
    pact = _member(subject_code="XBE", object_code="HARBOUR_PACT")
    left = replace(pact, subject_code="XAL")
    assert [v.verdict for v in check_claims([pact, left], region)] == ["supported", "refuted"]
