"""Models and cells drawn together: what is drawn, and how the variance divides, against brute force and laws."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from multivector.bargaining import draw_stakes
from multivector.bargaining.analysis.families import FAMILIES, Family
from multivector.bargaining.analysis.variance import Design, decompose
from multivector.bargaining.analysis.variants import draw_variants
from multivector.bargaining.models import MODELS
from multivector.bargaining.models.compromise import Compromise
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.bargaining.models.spatial import SpatialModel
from multivector.errors import InputError

ACTORS = {
    "A": ((2, 3, 5), (80, 90, 100), (20, 50, 60)),
    "B": ((1, 2, 3), (30, 40, 60), (40, 50, 90)),
    "C": ((4, 5, 9), (0, 10, 20), (10, 30, 40)),
    "D": ((1, 1, 2), (50, 70, 75), (60, 70, 80)),
}
EVERY = tuple(family.name for family in FAMILIES)


@pytest.fixture(scope="module")
def issue(issue_from):
    return issue_from(ACTORS)


@pytest.fixture(scope="module")
def variants(issue):
    return draw_variants(issue, 240, seed=3, combinations=20)


class TestDraws:
    def test_each_draw_is_its_models_outcome_at_its_own_cells(self, issue, variants):
        stakes = draw_stakes(issue, 240, seed=3)
        for k in range(0, 240, 24):
            family, chosen = variants.family[k], variants.options[k]
            if family == "means":
                model = MODELS[chosen["kind"]]
            elif family == "expected-utility":
                model = MODELS[f"expected-utility-{chosen['reading']}-{chosen['settles_at']}"]
            else:
                rest = {name: value for name, value in chosen.items() if name != "settles_at"}
                model = SpatialModel(chosen["settles_at"], SMPOptions(**rest))
            np.testing.assert_allclose(variants.outcome[k], model.outcome(stakes.at(k)), atol=1e-9)

    def test_families_and_values_of_options_come_up_as_often(self, variants):
        assert [int((variants.family == name).sum()) for name in EVERY] == [80, 80, 80]
        spatial = [each.options for each in variants.models if each.family.name == "spatial"]
        assert len(spatial) == 20
        for option, values in FAMILIES[0].options.items():
            counts = [sum(each[option] == value for each in spatial) for value in values]
            assert max(counts) - min(counts) <= 1, option

    def test_one_model_only_is_that_model(self, issue):
        only = Family("compromise", 1.0, {}, lambda _: Compromise())
        found = draw_variants(issue, 12, seed=5, families=[only])
        np.testing.assert_array_equal(found.outcome, Compromise().outcome(draw_stakes(issue, 12, seed=5)))
        assert {row["part"]: row["share"] for row in found.shares()} == {
            "family": 0,
            "options": 0,
            "cells": 1,
        }

    def test_a_prior_sets_the_share_of_draws(self, issue):
        likely = [replace(FAMILIES[1], prior=3.0), FAMILIES[2], replace(FAMILIES[0], prior=0.0)]
        rows = draw_variants(issue, 60, families=likely).rows()
        assert [(row["family"], row["prior"], row["draws"]) for row in rows] == [
            ("all", 1.0, 60), ("expected-utility", 0.75, 45), ("means", 0.25, 15),
        ]  # fmt: skip

    def test_the_order_of_actors_changes_nothing(self, issue_from):
        sure = {name: tuple(mode for _, mode, _ in cells) for name, cells in ACTORS.items()}
        orderly = dict(
            FAMILIES[0].options
        )  # with the one rule of votes left out to which the order matters, as in KTAB
        orderly["vote"] = tuple(rule for rule in orderly["vote"] if rule != "ASymProsp")
        families = [replace(FAMILIES[0], options=orderly), *FAMILIES[1:]]
        one, other = (
            draw_variants(issue_from(dict(actors)), 48, families=families, combinations=6)
            for actors in (sure.items(), reversed(sure.items()))
        )
        np.testing.assert_allclose(one.outcome, other.outcome, atol=1e-6)

    def test_rows_are_in_own_units_and_leave_out_what_did_not_settle(self, issue_from):
        issue = issue_from(
            {name: (c, tuple(2000 + 0.4 * x for x in each), s) for name, (c, each, s) in ACTORS.items()},
            dimensions=[{"name": "year", "low": 2000, "high": 2040, "unit": "year"}],
        )
        found = draw_variants(issue, 40, families=FAMILIES[2:])
        found.outcome[7] = np.nan
        row = found.rows()[0]
        kept = np.delete(2000 + 0.4 * found.outcome[:, 0], 7)
        assert (row["unit"], row["draws"], row["unsettled"]) == ("year", 40, 1)
        assert [row["q05"], row["q50"], row["q95"]] == pytest.approx(np.quantile(kept, [0.05, 0.5, 0.95]))

    def test_refusals(self, issue):
        with pytest.raises(InputError, match="no family of models has a prior above 0"):
            draw_variants(issue, 9, families=[replace(FAMILIES[0], prior=0.0)])
        with pytest.raises(InputError, match="6 draws leave 2 for spatial"):
            draw_variants(issue, 6)
        with pytest.raises(InputError, match="the prior of x is -1"):
            Family("x", -1.0)
        with pytest.raises(InputError, match="x has no value of y"):
            Family("x", 1.0, {"y": ()})


class TestShares:
    def test_parts_add_up(self, variants):
        rows = variants.shares()
        share = {row["part"]: row["share"] for row in rows}
        assert share["family"] + share["options"] + share["cells"] == pytest.approx(1)
        single = [row for row in rows if row["part"] == "option"]
        assert len(single) == sum(len(family.options) for family in FAMILIES)
        error = np.sqrt(sum(row["error"] ** 2 for row in single))
        assert sum(row["share"] for row in single) < share["options"] + 4 * error

    def test_without_width_all_is_the_models(self, issue_from):
        sure = {name: tuple(mode for _, mode, _ in cells) for name, cells in ACTORS.items()}
        rows = draw_variants(issue_from(sure), 120, combinations=10).shares()
        assert next(row["share"] for row in rows if row["part"] == "cells") == pytest.approx(0, abs=1e-12)

    def test_against_the_variances_of_a_made_up_family(self):
        """y = family + option a + a b + noise: unbiased, and the errors are those of repeated designs."""
        values = ("0", "1", "2", "3")
        sampled = Family("s", 2.0, {"a": values, "b": values, "c": values})
        whole = Family("w", 1.0, {"a": values[:2]})
        rng = np.random.default_rng(1)
        found, errors = [], []
        for _ in range(60):
            chosen = [(sampled, each) for each in sampled.balanced(32, rng)] + [
                (whole, each) for each in whole.every()
            ]
            model = np.concatenate((np.resize(np.arange(32), 200), 32 + np.resize(np.arange(2), 100)))
            noise = rng.normal(0, 2, 300)
            y = np.array([_level(*chosen[i]) for i in model]) + noise
            rows = decompose(y, Design.of(model, chosen))
            found.append([row["share"] for row in rows])
            errors.append([row["error"] for row in rows])
        effects = np.array(
            [
                _level(sampled, dict(zip("abc", each, strict=True)))
                for each in itertools.product(values, repeat=3)
            ]
        )
        by_a, by_b = effects.reshape(4, 16).mean(axis=1), effects.reshape(4, 4, 4).mean(axis=(0, 2))
        family = np.var(
            [effects.mean()] * 2 + [_level(whole, {"a": "0"}) / 2 + _level(whole, {"a": "1"}) / 2]
        )
        options = 2 / 3 * effects.var() + 1 / 3 * 0.25
        total = family + options + 4
        truth = np.array([family, options, 4, 2 / 3 * by_a.var(), 2 / 3 * by_b.var(), 0, 0.25 / 3]) / total
        spread = np.std(found, axis=0)
        np.testing.assert_array_less(np.abs(np.mean(found, axis=0) - truth), 4 * spread / np.sqrt(60) + 0.01)
        ratio = np.mean(errors, axis=0) / spread
        assert ((ratio > 0.7) & (ratio < 2.2)).all(), ratio  # wide: what is left out unbalances the design


def _level(family: Family, chosen) -> float:
    """What a model of the made-up families gives."""
    a = float(chosen["a"])
    return 3 + a if family.name == "w" else a + 0.5 * (a - 1.5) * (float(chosen["b"]) - 1.5)
