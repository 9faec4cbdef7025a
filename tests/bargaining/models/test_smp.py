"""The Spatial Model of Politics: its options, its laws, its two compiled forms beside the plain one, its errors."""

from __future__ import annotations

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from multivector.bargaining.models.smp import (
    CHOICES,
    DEFECTS,
    SMPOptions,
    batch,
    exact,
    formulas,
    run,
    run_smp,
)
from multivector.bargaining.models.smp.contest import contest
from multivector.bargaining.models.smp.election import beats, coalitions, elected
from multivector.bargaining.models.smp.election_batch import chances
from multivector.bargaining.models.smp.smooth import run_smooth, smooth_slopes
from multivector.bargaining.stakes import Stakes
from multivector.errors import ComputationError, InputError, IssueError


def stakes(n: int = 6, d: int = 2, draws: tuple[int, ...] = (), seed: int = 5) -> Stakes:
    rng = np.random.default_rng(seed)
    return Stakes(
        rng.uniform(5, 100, (*draws, n)),
        rng.uniform(0, 100, (*draws, n, d)),
        rng.uniform(5, 95 / d, (*draws, n, d)),
        tuple("abcdefghijklmnopqrstuvwxyz"[:n]),
    )


@pytest.fixture(scope="module")
def three() -> Stakes:
    return stakes(draws=(3,))


class TestFormulas:
    def test_votes_of_a_gap(self):
        gap = np.array([-0.5, 0.0, 0.5])
        expected = {
            "Prop": [-1, 0, 1],
            "Binary": [-2, 0, 2],
            "PropBin": [-1.2, 0, 1.2],
            "PropCbc": [-0.625, 0, 0.625],
            "Cubic": [-0.25, 0, 0.25],
            "ASymProsp": [-1, 0, 2 / 3],
        }
        assert set(expected) == set(CHOICES["vote"])
        for rule, votes in expected.items():
            np.testing.assert_allclose(formulas.vote(rule, 2.0, gap), votes, atol=1e-15)

    def test_victory_of_strength_two_over_one(self):
        two, one = np.array(2.0), np.array(1.0)
        for model, power in (("Linear", 1), ("Square", 2), ("Quartic", 4), ("Octic", 8)):
            assert formulas.victory(model, two, one) == pytest.approx(2**power / (2**power + 1))
        assert formulas.victory("Binary", two, one) == pytest.approx(1, abs=1e-5)
        assert formulas.victory("Binary", one, two) == pytest.approx(0, abs=1e-5)
        assert formulas.victory("Binary", 1.0 * one, one) == pytest.approx(0.5)

    def test_ranges_of_risk(self):
        p = np.array([0.1, 0.2, 0.7])
        for span, low in (("Min", 0), ("Mid", -0.5), ("Max", -1)):
            found = formulas.risk(span, p)
            assert (found[0], found[2]) == pytest.approx((low, 1))
        assert not formulas.risk("Mid", np.full(4, 0.25)).any(), "all alike: nobody is averse"

    def test_one_moves_and_the_stronger_stays_under_s2pmax(self):
        to_i, to_j = formulas.interpolate(
            "S2PMax", (np.array(0.2), np.array(0.8)), (np.array(0.5), np.array(0.5)), np.array(0.9)
        )
        assert to_i == 0.2
        assert 0.2 < to_j < 0.8

    def test_an_actor_that_cares_about_nothing_sees_dimensions_alike(self):
        gap = np.array([0.3, 0.4])
        limit = formulas.distance(gap, np.full(2, 1e-9), axis=-1)
        assert (
            formulas.distance(gap, np.zeros(2), axis=-1)
            == pytest.approx(limit)
            == pytest.approx(0.3535533906)
        )


class TestElections:
    """Each Condorcet election against the equation that it solves."""

    @pytest.fixture
    def strengths(self):
        return coalitions("Prop", np.array([3.0, 2.0, 4.0]), np.random.default_rng(2).uniform(size=(3, 5)))

    def test_conditional_is_the_product(self, strengths):
        p = beats("Linear", strengths)
        product = p.prod(axis=1)
        np.testing.assert_allclose(elected("Conditional", p, strengths), product / product.sum())

    def test_many_options_do_not_underflow(self):
        p = np.full((400, 400), 1e-9)
        p[:200] = 2e-9
        chances = elected("Conditional", p, p)
        assert chances.sum() == pytest.approx(1)
        np.testing.assert_allclose(chances[:200], 1 / 200)

    def test_markov_models_rest_at_the_chain_s_stationary_distribution(self, strengths):
        p = beats("Square", strengths)
        m = len(p)
        incentive = strengths * p + 1e-10 * np.eye(m)
        for model, drawn in (
            ("MarkovUniform", np.full((m, m), 1 / m)),
            ("MarkovIncentive", incentive / incentive.sum(0)),
        ):
            chain = np.zeros((m, m))  # [to, from]: the favourite meets a drawn challenger
            for favourite in range(m):
                for challenger in range(m):
                    chance = drawn[challenger, favourite]
                    chain[challenger, favourite] += chance * p[challenger, favourite]
                    chain[favourite, favourite] += chance * p[favourite, challenger]
            values, vectors = np.linalg.eig(chain)
            rest = np.real(vectors[:, np.argmax(values.real)])
            np.testing.assert_allclose(elected(model, p, strengths), rest / rest.sum(), atol=2e-5)

    def test_an_election_that_does_not_settle_is_an_error(self):
        p = np.array([[0.5, 1e-4], [1 - 1e-4, 0.5]])
        strengths = np.array([[1.0, 1e-3], [1e-3, 1.0]])  # almost nobody challenges another
        with pytest.raises(ComputationError, match="not settled after 1,000 rounds"):
            elected("MarkovIncentive", p, strengths)


class TestChallenges:
    def test_gain_of_a_challenge_in_closed_form(self):
        """G = (1 - U_ij)(1 - 2 sigma_j (1 - P)) where actors stand at their ideals: weak salience invites a challenge."""
        one = stakes()
        x, s = one.position / 100, one.salience / 100
        view, _ = exact.look(exact.Actors(one.capability, s), SMPOptions(), x, x)
        i, j = np.arange(6)[:, None], np.arange(6)[None, :]
        p, gains = contest(view, SMPOptions(), i, j, i)
        u = view.utility(i, i, j)
        np.testing.assert_allclose(gains, (1 - u) * (1 - 2 * s.sum(axis=1)[None] * (1 - p)), atol=1e-12)

    def test_third_parties_that_share_both_outcomes_or_none_stay_out(self, three):
        none, full = (
            run_smp(three, SMPOptions(commitment=kind), keep="process") for kind in ("NoCommit", "FullCommit")
        )
        np.testing.assert_array_equal(none.position, full.position)
        votes = np.nan_to_num(none.process.votes)
        assert (np.count_nonzero(votes, axis=-1) <= 2).all()

    def test_names_change_nothing(self, three):
        order = np.array([3, 0, 5, 1, 4, 2])
        other = Stakes(three.capability[:, order], three.position[:, order], three.salience[:, order])
        np.testing.assert_allclose(run_smp(other).position, run_smp(three).position[:, :, order], atol=1e-9)


class TestBargains:
    def test_each_goes_to_its_side_of_what_it_takes(self, three):
        run = run_smp(three, keep="process")
        process = run.process
        for draw, t, k in np.ndindex(process.taken.shape):
            taken = process.taken[draw, t, k]
            before, after = run.position[draw, t, k], run.position[draw, t + 1, k]
            if taken < 0:
                np.testing.assert_array_equal(before, after)
            else:
                side = 0 if taken == k else 1
                assert side == 0 or process.target[draw, t, taken] == k
                np.testing.assert_array_equal(after, process.bargain[draw, t, taken, 0, side])

    def test_the_receiver_s_view_with_and_without_the_defects(self):
        one = stakes()
        for bargaining, defects in (
            ("InitRcvrInterp", ("gain_for_probability",)),
            ("PWCompInterp", ("gain_for_probability",)),
            ("PWCompInterp", ("initiator_weight_twice",)),
        ):
            mended = run_smp(one, SMPOptions(bargaining=bargaining), keep="process")
            broken = run_smp(one, SMPOptions(bargaining=bargaining, defects=defects), keep="process")
            views = mended.process.bargain.shape[2]
            assert views == (2 if bargaining == "InitRcvrInterp" else 1)
            assert not np.allclose(mended.process.bargain[0], broken.process.bargain[0], equal_nan=True)

    def test_the_mean_of_views_lies_between_them_at_the_parties_weights(self):
        one = stakes()
        both = run_smp(one, SMPOptions(bargaining="InitRcvrInterp"), keep="process").process
        mean = run_smp(one, SMPOptions(bargaining="PWCompInterp"), keep="process").process
        weight = one.capability * one.salience.sum(axis=1)
        for i, j in enumerate(both.target[0]):
            if j >= 0:
                own, theirs = both.bargain[0, i]
                expected = (weight[i] * own + weight[j] * theirs) / (weight[i] + weight[j])
                np.testing.assert_allclose(mean.bargain[0, i, 0], expected, atol=1e-12)

    def test_chance_decides_as_often_as_it_says(self):
        one = stakes(5, 1)
        many = Stakes(*(np.stack([each] * 400) for each in (one.capability, one.position, one.salience)))
        run = run_smp(many, SMPOptions(choice="Stochastic", turns=1, seed=3), keep="process")
        taken, chance = run.process.taken[:, 0], run.process.chance[:, 0]
        for k in range(5):
            for option in np.unique(taken[:, k]):
                drawn = taken[:, k] == option
                p = chance[drawn, k][0]
                assert abs(drawn.mean() - p) < 4 * np.sqrt(p * (1 - p) / 400) + 1 / 400

    def test_ideals(self, three):
        default = run_smp(three).position
        np.testing.assert_array_equal(default, run_smp(three, follow=np.eye(6)).position)
        assert not np.allclose(default[:, 2], run_smp(three, follow=np.zeros((6, 6))).position[:, 2])


class TestCompiled:
    """The compiled form equals the plain one: every turn, and everything that is recorded of it."""

    @pytest.mark.parametrize(
        "options",
        [
            SMPOptions(turns=12),
            SMPOptions(
                vote="ASymProsp", victory="Square", pce="MarkovIncentive", risk="Max", comparison="Half",
                interpolation="S1P1", bargaining="InitRcvrInterp", choice="Stochastic", turns=12,
            ),
        ],
    )  # fmt: skip
    def test_every_turn(self, options, three):
        follow = 0.8 * np.eye(6) if options.vote == "ASymProsp" else None
        plain = run_smp(three, options, follow=follow, keep="process", form="plain")
        compiled = run_smp(three, options, follow=follow, keep="process", form="compiled")
        np.testing.assert_array_equal(compiled.turns, plain.turns)
        np.testing.assert_allclose(compiled.position, plain.position, rtol=0, atol=1e-9)
        for field in dataclasses.fields(plain.process):
            pair = (getattr(form.process, field.name) for form in (compiled, plain))
            np.testing.assert_allclose(*pair, rtol=1e-7, atol=1e-9, err_msg=field.name)

    def test_the_mean_of_both_views_with_and_without_the_defects(self):
        one, each = stakes(), np.arange(6)
        x, s = one.position / 100, one.salience / 100
        for defects in ((), DEFECTS):
            options = SMPOptions(bargaining="PWCompInterp", defects=defects)
            actors = exact.Actors(one.capability, s)
            view, _ = exact.look(actors, options, x, x)
            target = np.array([2, 0, 5, 1, 3, 4])
            p, _ = contest(view, options, each, target, each)
            expected = exact.propose(actors, options, view, x, each, target, p)
            many = batch.Actors(one.capability[:, None], s[..., None], None)
            seen = batch.View(*(getattr(view, name)[..., None] for name in batch.View._fields))
            last = (array[..., None] for array in (x, target, p))
            found = batch.propose(many, options, seen, *last)
            np.testing.assert_allclose(found[..., 0], expected, atol=1e-12)

    @pytest.mark.parametrize("model", CHOICES["pce"])
    def test_elections_on_tables_of_their_own(self, model):
        rng = np.random.default_rng(4)
        strengths = coalitions("Prop", np.array([3.0, 2.0, 4.0]), rng.uniform(size=(3, 5)))
        tables = np.array([[1, 1, 1, 1, 1], [1, 0, 1, 0, 0], [1, 1, 0, 0, 1]], bool)
        with jax.enable_x64(True):
            found, settled = chances(
                model, "Square", jnp.asarray(strengths[..., None]), jnp.asarray(tables.T[..., None])
            )
        assert settled.all()
        p = beats("Square", strengths)
        for k, table in enumerate(tables):
            square = np.ix_(table, table)
            np.testing.assert_allclose(
                found[table, k, 0], elected(model, p[square], strengths[square]), atol=1e-12
            )
            assert not np.asarray(found)[~table, k].any()

    def test_draws_do_not_meddle_with_each_other(self, three):
        whole = run_smp(three, SMPOptions(turns=12), keep="process", form="compiled")
        for draw in (0, 2):
            alone = run_smp(three.at(draw), SMPOptions(turns=12))
            turns = int(alone.turns)
            np.testing.assert_allclose(whole.position[draw, : turns + 1], alone.position, rtol=0, atol=1e-9)
            assert (whole.position[draw, turns:] == whole.position[draw, turns]).all()
            assert (whole.process.target[draw, turns:] == -1).all()


class TestArrays:
    """Many draws together in NumPy: as the plain form, for every value of every option, whatever the chunks."""

    @pytest.mark.parametrize(
        ("name", "value"), [(name, each) for name in CHOICES for each in CHOICES[name][1:]]
    )
    def test_every_option(self, name, value, three):
        options = SMPOptions(**{"turns": 6, name: value})
        plain, arrays = (run_smp(three, options, form=form, keep="process") for form in ("plain", "arrays"))
        np.testing.assert_array_equal(arrays.turns, plain.turns)
        np.testing.assert_allclose(arrays.position, plain.position, rtol=0, atol=1e-9)
        for field in dataclasses.fields(plain.process):
            pair = (getattr(form.process, field.name) for form in (arrays, plain))
            np.testing.assert_allclose(*pair, rtol=1e-7, atol=1e-9, err_msg=field.name)

    def test_the_mean_of_both_views_with_ideals_that_stay(self, three):
        options = SMPOptions(bargaining="PWCompInterp", defects=DEFECTS, choice="Stochastic", turns=6)
        plain, arrays = (
            run_smp(three, options, form=form, follow=0.8 * np.eye(6)) for form in ("plain", "arrays")
        )
        np.testing.assert_allclose(arrays.position, plain.position, rtol=0, atol=1e-9)

    def test_chunks_change_nothing(self, three, monkeypatch):
        options = SMPOptions(choice="Stochastic", pce="MarkovUniform", turns=6)
        whole = run_smp(three, options, form="arrays").position
        monkeypatch.setattr(run, "CELLS_OF_ARRAYS", 1)
        np.testing.assert_array_equal(run_smp(three, options, form="arrays").position, whole)


class TestSmooth:
    def test_as_it_cools_it_chooses_as_the_plain_form(self):
        draws = stakes(4, 1, (24,))
        plain = run_smp(draws, SMPOptions(turns=1), form="plain").position[:, 1]
        apart = [
            np.abs(run_smooth(draws, temperature=heat, turns=2)[:, 1] - plain).max(axis=(1, 2))
            for heat in (0.1, 1e-3, 1e-6)
        ]
        assert np.median(apart[0]) > 1
        assert np.median(apart[1]) < 0.1
        assert (apart[2] < 0.01).all(), "rounding to four decimals is all that is left"

    def test_slopes_are_those_of_finite_differences(self):
        one = stakes(4, 1)
        outcome, slopes = smooth_slopes(one, temperature=0.05, turns=2)
        step = 1e-4
        found, nudged = [], []
        for name, slope in slopes.items():
            for i in range(4):
                found.append(slope[0, i].item())
                for sign in (1, -1):
                    values = {each: getattr(one, each).copy() for each in slopes}
                    values[name][i] += sign * step
                    nudged.append(values)
        draws = Stakes(*(np.stack([values[each] for values in nudged]) for each in slopes))
        final = run_smooth(draws, temperature=0.05, turns=2)[:, -1, :, 0]
        weight = draws.weight[..., 0]
        mean = (weight * final).sum(axis=1) / weight.sum(axis=1)
        np.testing.assert_allclose(found, (mean[::2] - mean[1::2]) / (2 * step), rtol=1e-5, atol=1e-7)
        assert 0 < outcome[0] < 100

    def test_what_it_lacks(self):
        with pytest.raises(InputError, match="knows no MarkovUniform election"):
            run_smooth(stakes(), SMPOptions(pce="MarkovUniform"))
        with pytest.raises(InputError, match="temperature is 0"):
            run_smooth(stakes(), temperature=0)
        with pytest.raises(InputError, match="give one draw"):
            smooth_slopes(stakes(draws=(2,)))


class TestTables:
    def test_challenges_name_the_coalitions(self):
        run = run_smp(stakes(), keep="process")
        rows = run.challenges()
        first = rows[0]
        i, j = "abcdef".index(first["initiator"]), "abcdef".index(first["target"])
        assert first["turn"] == 1
        assert run.process.target[0, i] == j
        assert first["initiator"] in first["for_initiator"]
        assert first["target"] in first["for_target"]
        assert not set(first["for_initiator"]) & set(first["for_target"])
        support = first["strength_for"] / (first["strength_for"] + first["strength_against"])
        assert support == pytest.approx(first["probability"], abs=1e-9)
        takers = sum(row["initiator_took_it"] + row["target_took_it"] for row in rows)
        assert takers == (run.process.taken >= 0).sum()

    def test_moves_add_up_to_the_way_travelled(self, three):
        run = run_smp(three, keep="process")
        way = (run.final - run.position[..., 0, :, :]).mean(axis=0)
        np.testing.assert_allclose(run.moves().sum(axis=0), way, atol=1e-9)

    def test_a_process_that_was_not_kept(self):
        with pytest.raises(InputError, match="not kept"):
            run_smp(stakes()).challenges()

    def test_who_ends_together(self, three):
        together = run_smp(three, keep="final").together(within=100)
        assert (together == 1).all()


class TestErrors:
    def test_unknown_options_name_those_that_exist(self):
        with pytest.raises(InputError, match=r"vote is 'Majority'.*\n.*Prop, Binary, PropBin"):
            SMPOptions(vote="Majority")
        with pytest.raises(InputError, match="no option 'VoteRule'"):
            SMPOptions.of({"VoteRule": "Prop"})
        with pytest.raises(InputError, match=r"defects is 'rounding'.*\n.*gain_for_probability"):
            SMPOptions(defects=("rounding",))
        with pytest.raises(InputError, match="turns is 0"):
            SMPOptions(turns=0)

    def test_spellings_of_ktab(self):
        found = SMPOptions.of({
            "VotingRule": "Proportional", "PCEModel": "ConditionalPCM", "ThirdPartyCommit": "None",
            "BigRAdjust": "No", "StateTransitions": "StochasticSTM", "BargnModel": "PWCompInterpSMPBM",
        })  # fmt: skip
        assert found == SMPOptions(
            commitment="NoCommit", comparison="None", bargaining="PWCompInterp", choice="Stochastic"
        )

    def test_everyone_at_one_place(self):
        same = Stakes([1.0, 2.0, 3.0], [[40.0]] * 3, [[50.0]] * 3)
        with pytest.raises(IssueError, match=r"same position.*KTAB.*NaN"):
            run_smp(same)

    def test_draws_whose_election_does_not_settle_are_told(self):
        lopsided = Stakes([1e4, 1e6, 10.0], [[90.0], [0.0], [10.0]], [[50.0], [40.0], [60.0]])
        options = SMPOptions(pce="MarkovIncentive", turns=2)
        with pytest.raises(ComputationError, match="MarkovIncentive election has not settled"):
            run_smp(lopsided, options)
        capability = np.array([[1e4, 1e6, 10.0], [3.0, 2.0, 1.0]])
        two = Stakes(capability, lopsided.position, lopsided.salience)
        found = run_smp(two, options, keep="process")
        assert found.settled.tolist() == [False, True]
        assert np.isnan(found.final[0]).all()
        alone = run_smp(two.at(1), options, keep="process")
        np.testing.assert_array_equal(found.position[1], alone.position)
        np.testing.assert_array_equal(found.together(), alone.together())
        np.testing.assert_array_equal(found.moves(), alone.moves())

    def test_one_actor(self):
        with pytest.raises(IssueError, match="1 actor: nobody to bargain with"):
            run_smp(Stakes([1.0], [[40.0]], [[50.0]]))

    def test_two_equal_camps_are_neutral_to_risk(self):
        even = Stakes([1.0] * 4, [[0.0], [0.0], [100.0], [100.0]], [[60.0]] * 4)
        run = run_smp(even, keep="process")
        assert np.isfinite(run.position).all()
        assert not run.process.risk[0].any()

    def test_ideal_adjustment(self):
        with pytest.raises(InputError, match="shape"):
            run_smp(stakes(), follow=np.eye(5))
        with pytest.raises(InputError, match=r"sum to 1.2, more than 1"):
            run_smp(stakes(), follow=np.full((6, 6), 0.2))
        with pytest.raises(InputError, match="-1 is no share"):
            run_smp(stakes(), follow=-np.eye(6))
