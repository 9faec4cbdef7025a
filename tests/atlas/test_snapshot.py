"""Which number counts at a date: age, missing, zero, bounds, groups."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from multivector.atlas import Region, load_region
from multivector.atlas.dates import age, day_of, last_full_year
from multivector.errors import InputError

DATES = [
    (2024, dt.date(2024, 12, 31)),
    ("2024", dt.date(2024, 12, 31)),
    ("2021Q4", dt.date(2021, 12, 31)),
    ("2021Q1", dt.date(2021, 3, 31)),
    ("2024-02", dt.date(2024, 2, 29)),
    ("2024-06-30", dt.date(2024, 6, 30)),
    (dt.date(2020, 5, 1), dt.date(2020, 5, 1)),
]


@pytest.mark.parametrize(("when", "day"), DATES)
def test_a_date_stands_for_its_last_day(archipelago: Region, when: int | str | dt.date, day: dt.date) -> None:
    assert archipelago.at(when).date == day


@pytest.mark.parametrize("when", ["soon", "2024-13", "2023-02-29", "2024Q5", "24", ""])
def test_what_is_no_date_is_said_to_be_none(archipelago: Region, when: str) -> None:
    with pytest.raises(InputError, match="is not a date") as caught:
        archipelago.at(when)
    assert "2021Q4" in caught.value.repair


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_the_last_full_year_is_less_than_a_year_old(day: dt.date) -> None:
    assert 0 <= age(day, last_full_year(day)) < 1
    assert day_of(day.isoformat()) == day


def test_a_yearly_number_counts_from_the_end_of_its_year(archipelago: Region) -> None:
    within, at_end = archipelago.at("2012-06-30"), archipelago.at(2012)
    assert within.tie("imports")["year"].sel(state="XAL", partner="XNO") == 2011
    assert within.tie("imports")["age"].sel(state="XAL", partner="XNO") == pytest.approx(182 / 366)
    assert at_end.tie("imports")["year"].sel(state="XAL", partner="XNO") == 2012
    assert at_end.tie("imports")["age"].sel(state="XAL", partner="XNO") == 0


def test_past_its_maximum_age_a_number_is_missing_and_its_age_still_told(archipelago: Region) -> None:
    # Imports end in 2023 and may be three years old.
    for when, known in (("2026-12-31", True), ("2027-01-01", False)):
        cell = archipelago.at(when).tie("imports").sel(state="XAL", partner="XNO")
        assert bool(np.isfinite(cell["value"].item())) is known
        assert bool(np.isfinite(cell["high"].item())) is known
        assert cell["year"].item() == 2023
        assert cell["source"].item() == ("invented" if known else "")
    old = archipelago.at(2027).observation("military_expenditure").sel(actor="XAL")
    assert np.isnan(old["value"].item())
    assert old["age"].item() == 4


def test_before_the_first_number_all_is_missing(archipelago: Region) -> None:
    early = archipelago.at("1999-06-01").tie("arms")
    assert np.isnan(early["value"].to_numpy()).all()
    assert np.isnan(early["year"].to_numpy()).all()


def test_arms_are_zero_where_covered_and_missing_elsewhere(archipelago: Region) -> None:
    arms = archipelago.tie("arms", 1998, 2025)["value"]
    covered = arms.sel(year=slice(2000, 2024))
    assert np.isnan(arms.sel(year=[1998, 1999, 2025]).to_numpy()).all()
    rows = {
        (row["state"], row["partner"], row["year"]): row["value"]
        for row in archipelago.table("ties/arms").filter(source="invented").iter_rows(named=True)
    }
    for state in archipelago.states:
        for partner in ("XNO", "XSU", "XMA", "XMB", "XMC", "XPA"):
            for year in range(2000, 2025):
                told = covered.sel(state=state, partner=partner, year=year).item()
                assert told == rows.get((state, partner, year), 0.0)


def test_nobody_supplies_itself(archipelago: Region) -> None:
    arms = archipelago.tie("arms", 2000, 2024)["value"]
    assert all(np.isnan(arms.sel(state=s, partner=s).to_numpy()).all() for s in archipelago.states)


def test_another_vintage_widens_the_bounds_and_moves_no_value(archipelago: Region) -> None:
    arms = archipelago.tie("arms", 2000, 2024).sel(state="XAL", partner="XNO")
    told = {name: arms[name].sel(year=2020).item() for name in ("value", "low", "high")}
    assert told == {"value": 20.0, "low": 10.0, "high": 30.0}
    # In 2024 the headline knows of nothing; a later release tells of 99.5.
    told = {name: arms[name].sel(year=2024).item() for name in ("value", "low", "high")}
    assert told == {"value": 0.0, "low": 0.0, "high": 99.5}


def test_a_vintage_that_was_not_yet_published_is_not_seen(archipelago: Region) -> None:
    seen = archipelago.tie("arms", 2000, 2024, as_of="2025").sel(state="XAL", partner="XNO", year=2020)
    assert (seen["low"].item(), seen["high"].item()) == (20.0, 20.0)
    unseen = archipelago.tie("arms", 2000, 2024, as_of="2024-12-31")["value"]
    assert np.isnan(unseen.to_numpy()).all()
    with pytest.raises(InputError, match="is not a date"):
        archipelago.tie("arms", as_of="later")


def test_partners_that_are_not_listed_have_sharp_bounds(archipelago: Region) -> None:
    imports = archipelago.tie("imports", 2015, 2015).sel(state="XCY", year=2015)
    rows = archipelago.table("ties/imports").filter(state="XCY", year=2015)
    listed = rows["partner"].to_list()
    left = 1 - rows["low"].sum()
    for partner in imports["partner"].to_numpy():
        cell = imports.sel(partner=partner)
        if partner in listed:
            row = rows.row(listed.index(partner), named=True)
            assert (cell["low"].item(), cell["high"].item()) == (row["low"], row["high"])
        elif partner not in ("XCY", "XUN"):
            assert np.isnan(cell["value"].item())
            assert cell["low"].item() == 0
            assert cell["high"].item() == pytest.approx(min(rows["high"].min(), left))


def test_a_group_is_the_dated_sum_of_its_members(archipelago: Region) -> None:
    arms = archipelago.tie("arms", 2000, 2024)["value"]
    for year in range(2000, 2025):
        # XMC joined in July 2015 and left in January 2020: a member at the ends of 2015 to 2019.
        members = ["XMA", "XMB", "XMC"] if 2015 <= year <= 2019 else ["XMA", "XMB"]
        assert list(archipelago.members("XUN", year)) == members
        total = arms.sel(year=year, partner=members).sum("partner")
        np.testing.assert_allclose(arms.sel(year=year, partner="XUN"), total)


def test_a_group_is_missing_where_a_member_is(archipelago: Region) -> None:
    output = archipelago.series("gdp_current_usd", actors=["XUN", "XMA", "XMB", "XMC"])["value"]
    # XMB has no number in 2023; XMC counts from 2015 to 2019.
    assert np.isnan(output.sel(actor="XUN", year=2023).item())
    for year, members in ((2014, ["XMA", "XMB"]), (2016, ["XMA", "XMB", "XMC"]), (2022, ["XMA", "XMB"])):
        assert output.sel(actor="XUN", year=year) == output.sel(actor=members, year=year).sum()
    # What is not additive is never summed.
    assert np.isnan(archipelago.series("military_expenditure")["value"].sel(actor="XUN").to_numpy()).all()
    assert np.isnan(archipelago.tie("un_agreement")["value"].sel(partner="XUN").to_numpy()).all()


def test_a_group_of_partly_listed_members_has_bounds_and_no_value(archipelago: Region) -> None:
    cell = archipelago.at(2012).tie("imports").sel(state="XAL", partner="XUN")
    member = (
        archipelago.table("ties/imports").filter(state="XAL", partner="XMA", year=2012).row(0, named=True)
    )
    assert np.isnan(cell["value"].item())
    assert cell["low"].item() == member["low"]
    assert member["high"] <= cell["high"].item() <= 1


def test_bounds_hold_values_everywhere(archipelago: Region, eurasia: Region) -> None:
    for region in (archipelago, eurasia):
        for layer in region.layers:
            data = region.tie(layer)
            value, low, high = (data[name].to_numpy() for name in ("value", "low", "high"))
            known = np.isfinite(value)
            assert (low[known] <= value[known] + 1e-12).all(), layer
            assert (value[known] <= high[known] + 1e-12).all(), layer
            if data.attrs["unit"] == "share":
                assert np.nanmin(low) >= 0
                assert np.nanmax(high) <= 1 + 1e-12


def test_shares_of_a_window_add_up_to_one_over_single_partners(archipelago: Region) -> None:
    share = archipelago.share("arms", 2015, 2019)
    single = [p for p in share["partner"].to_numpy() if p != "XUN"]
    np.testing.assert_allclose(share["value"].sel(partner=single).sum("partner"), 1)
    assert (share["low"].fillna(0) <= share["value"].fillna(0) + 1e-12).all()
    nothing = archipelago.share("arms", 2024, 2024).sel(state="XAL")
    assert np.isnan(nothing["value"].to_numpy()).all()
    assert np.isnan(archipelago.share("arms", 2023, 2026)["value"].to_numpy()).all()


def test_a_snapshot_gives_the_share_of_the_five_years_before(archipelago: Region) -> None:
    told = archipelago.at("2020-03-01").share("arms")["value"]
    np.testing.assert_array_equal(told, archipelago.share("arms", 2015, 2019)["value"])


def test_years_that_run_backwards_and_unknown_names_are_said(archipelago: Region) -> None:
    with pytest.raises(InputError, match="run backwards"):
        archipelago.tie("arms", 2020, 2010)
    with pytest.raises(InputError, match="known are: arms"):
        archipelago.tie("arm")
    with pytest.raises(InputError, match="known are"):
        archipelago.series("gdp")
    with pytest.raises(InputError, match="XAL"):
        archipelago.tie("arms", states=["XAA"])
    with pytest.raises(InputError, match="ask for one of"):
        archipelago.table("tie/arms")


def test_a_relabelled_world_gives_relabelled_results(copy: Path, archipelago: Region) -> None:
    for file in copy.rglob("*.*"):
        text = file.read_text(encoding="utf-8")
        for old, new in (("XNO", "?"), ("XMA", "XNO"), ("?", "XMA")):
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    other = load_region(copy)
    swap = {"XNO": "XMA", "XMA": "XNO"}
    for layer in archipelago.layers:
        first, second = archipelago.at(2019).tie(layer), other.at(2019).tie(layer)
        renamed = [swap.get(code, code) for code in first["partner"].to_numpy()]
        for name in ("value", "low", "high", "age"):
            told = second[name].sel(partner=renamed).to_numpy()
            np.testing.assert_allclose(told, first[name].to_numpy(), rtol=1e-12, err_msg=f"{layer} {name}")
