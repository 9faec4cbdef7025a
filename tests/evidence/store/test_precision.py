"""The record of a rule: Beta-binomial, with values reckoned apart."""

from __future__ import annotations

import pytest
from scipy.stats import beta

from multivector.evidence.reading.patterns import patterns
from multivector.evidence.store.precision import declared_precisions, precision_of, precisions
from multivector.evidence.store.standing import fold


def test_the_prior_is_jeffreys():
    found = precision_of("r")
    assert found.mean == 0.5
    assert (found.low, found.high) == pytest.approx((0.00154133, 0.99845867), abs=1e-7)


def test_the_posterior_is_beta():
    found = precision_of("r", accepted=8, wrong=2)
    assert found.mean == pytest.approx(8.5 / 11)
    assert found.low == pytest.approx(beta(8.5, 2.5).ppf(0.025))
    assert found.high == pytest.approx(beta(8.5, 2.5).ppf(0.975))


def test_a_declared_precision_is_worth_ten_curations():
    found = precision_of("r", declared=0.9)
    assert found.mean == pytest.approx(9.5 / 11)
    assert precision_of("r", accepted=1000, wrong=1000, declared=0.9).mean == pytest.approx(0.5, abs=0.01)
    assert precision_of("r", declared=1.0).high <= 1.0


def test_every_rule_declares_one_and_the_store_knows_it():
    declared = declared_precisions()
    assert declared == {pattern.id: pattern.precision for pattern in patterns()}
    assert all(0 < each < 1 for each in declared.values())


def test_the_ledger_starts_from_what_the_rule_declares(store):
    known = store.book().precisions["arms-share.supply"]
    share = declared_precisions()["arms-share.supply"]
    assert known.declared == share
    assert known.mean == pytest.approx((0.5 + 10 * share) / 11)


def test_a_claim_is_one_trial_of_each_rule(store):
    book = store.book()
    (share,) = book.find(predicate="arms_share_of_imports")
    (member,) = book.find(predicate="member_of")
    store.curate("accept", [share.id], by="Ann", why="as quoted")
    store.curate("reject", [member.id], by="Ann", why="another body")
    records = precisions(store.book().evidence, store.book().state, {})
    supply, join = records["arms-share.supply"], records["member.join"]
    assert (supply.claims, supply.accepted, supply.wrong) == (1, 1, 0)  # found twice, judged once
    assert (join.claims, join.accepted, join.wrong) == (1, 0, 1)
    assert (supply.mean, join.mean) == (0.75, 0.25)


def test_corrected_is_wrong_and_the_claim_that_was_written_is_no_trial(store):
    book = store.book()
    (share,) = book.find(predicate="arms_share_of_imports")
    store.curate("correct", [share.id], by="Ann", why="as quoted", changes=[("date_end", "2019")])
    after = store.book()
    assert precisions(after.evidence, after.state, {})["arms-share.supply"].wrong == 1
    assert fold(after.curations) == after.state
    assert len(after.find(status="accepted")) == 1


def test_rules_of_the_vocabulary_have_ids_that_notes_carry():
    assert all(" " not in pattern.id and ";" not in pattern.id for pattern in patterns())
