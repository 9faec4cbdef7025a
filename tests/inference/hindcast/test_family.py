"""Families of the region: what is in them, what is cut off at an origin, what is refused."""

from __future__ import annotations

import shutil

import numpy as np
import polars as pl
import pytest

from multivector.atlas import load_region
from multivector.errors import ComputationError, InputError
from multivector.inference.hindcast import FAMILIES, family_of
from multivector.inference.hindcast.arms import windows


def test_shares_of_five_years_sum_to_one(region):
    family = family_of(region, "arms_share_5y")
    shares = family.values.reshape(len(family.years), len(region.states), -1)
    known = np.isfinite(shares).all(axis=-1)
    np.testing.assert_allclose(shares[known].sum(axis=-1), 1.0, atol=1e-12)
    assert known.sum() == 215
    assert not np.isfinite(shares[~known]).any()


def test_a_share_is_what_the_rows_of_the_release_give(region):
    """Armenia from Russia, five years to 2020, added up from the table's own rows of that release."""
    family = family_of(region, "arms_share_5y")
    rows = region.table("ties/arms").filter(
        (pl.col("state") == "ARM") & pl.col("year").is_between(2016, 2020) & (pl.col("vintage") == "2026-02")
    )
    expected = rows.filter(pl.col("partner") == "RUS")["value"].sum() / rows["value"].sum()
    assert family.at(2020)[family.cells.index("ARM:RUS")] == pytest.approx(expected, abs=1e-12)


def test_concentration_is_the_sum_of_squared_shares(region):
    family = family_of(region, "supplier_concentration")
    rows = region.table("ties/arms").filter(
        (pl.col("state") == "KAZ") & pl.col("year").is_between(2016, 2020) & (pl.col("vintage") == "2026-02")
    )
    by_partner = rows.group_by("partner").agg(pl.col("value").sum())["value"].to_numpy()
    expected = ((by_partner / by_partner.sum()) ** 2).sum()
    assert family.at(2020)[family.cells.index("KAZ")] == pytest.approx(expected, abs=1e-12)


def test_a_window_without_deliveries_has_no_shares():
    by_year = np.zeros((7, 1, 2))
    by_year[5] = [[1.0, 3.0]]
    shares = windows(by_year)
    assert np.isnan(shares[0]).all()
    np.testing.assert_allclose(shares[1:, 0], [[0.25, 0.75]] * 2)


def test_distance_is_between_the_positions_of_the_year(region):
    distance = family_of(region, "un_distance")
    position = family_of(region, "un_ideal_point")
    points = dict(zip(position.cells, position.at(2012), strict=True))
    cell = distance.cells.index("UZB:CHN")
    assert distance.at(2012)[cell] == pytest.approx(abs(points["UZB"] - points["CHN"]), abs=1e-12)


def test_nobody_delivers_to_itself_and_nobody_is_listed_before_its_first_delivery(region):
    family = family_of(region, "arms_tie")
    own = [state == partner for state, partner in zip(family.group, family.partner, strict=True)]
    assert np.isnan(family.values[:, own]).all()
    for supplier in set(family.partner):
        cells = [p == supplier and not mine for p, mine in zip(family.partner, own, strict=True)]
        ties = family.values[:, cells]
        first = np.flatnonzero((ties == 1.0).any(axis=1))[0]
        assert np.isnan(ties[:first]).all()
        assert np.isin(ties[first:], (0.0, 1.0)).all()


@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_after_the_origin_is_left(region, name):
    family = family_of(region, name)
    past = family.until(2015)
    assert past.years[-1] == 2015
    assert past.values.shape[0] == len(past.years)
    for array in past.beside.values():
        assert len(array) == len(past.years)
    past.values[:] = -1.0
    assert not (family.values == -1.0).all()


def test_the_past_does_not_change_with_what_came_after(region, tmp_path):
    """Rewrite every delivery and vote after the origin: every family, as known then, stays as it was."""
    folder = tmp_path / "later-rewritten"
    shutil.copytree(region.path, folder)
    for file, strange in (("ties/arms.csv", "77"), ("observations.csv", "1.5")):
        table = pl.read_csv(folder / file, infer_schema_length=0)
        later = pl.col("year").cast(pl.Int64) > 2016
        if file == "observations.csv":
            later &= pl.col("indicator").str.starts_with("un_ideal_point")
        table.with_columns(
            pl.when(later).then(pl.lit(strange)).otherwise("value").alias("value"),
            *(pl.when(later).then(None).otherwise(name).alias(name) for name in ("low", "high")),
        ).write_csv(folder / file)
    changed = load_region(folder)
    for name in FAMILIES:
        ours, theirs = (family_of(r, name).until(2016) for r in (region, changed))
        np.testing.assert_array_equal(ours.values, theirs.values, err_msg=name)
        assert repr(family_of(region, name).beside) + repr(family_of(region, name).at(2018)) != repr(
            family_of(changed, name).beside
        ) + repr(family_of(changed, name).at(2018))


def test_an_unknown_family_is_refused_by_name(region):
    with pytest.raises(InputError, match=r"no hindcast family 'arms'(.|\n)*.*arms_share_5y, supplier"):
        family_of(region, "arms")


def test_a_family_without_a_protocol_is_refused(region, tmp_path):
    folder = tmp_path / "no-protocol"
    shutil.copytree(region.path, folder)
    (folder / "hindcast.toml").write_text("[arms_share_5y]\nsuppliers = ['RUS']\n", "utf-8")
    bare = load_region(folder)
    with pytest.raises(InputError, match="fixes no protocol for the family 'un_distance'"):
        family_of(bare, "un_distance")
    with pytest.raises(InputError, match=r"\[arms_share_5y\] release is missing"):
        family_of(bare, "arms_share_5y")
    (folder / "hindcast.toml").write_text("[[", "utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        family_of(bare, "arms_share_5y")


def test_values_that_do_not_fit_the_cells_are_refused(small):
    with pytest.raises(ComputationError, match="3 years and 2 cells"):
        small(np.zeros((2, 2)), years=(2000, 2001, 2002))
    with pytest.raises(ComputationError, match="1999 is not among 2000-2002"):
        small(np.zeros((3, 2))).until(1999)
