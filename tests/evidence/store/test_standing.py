"""Laws of the fold: order and repeats make no difference, the later decides, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.evidence.store import Curation, fold

CLAIMS = "abcdef"
law = settings(max_examples=60, deadline=None)


def curation(claim: str, action: str, when: int, who: str = "Ann", into: tuple[str, ...] = ()) -> Curation:
    changed = {"into": list(into)} if into else {}
    made = Curation("", claim, action, who, f"2026-01-01T00:00:{when:02d}.000000+00:00", "as read", changed)  # type: ignore[arg-type]
    return replace(made, id=made.proper_id)


@st.composite
def curations(draw, claims: str = CLAIMS) -> Curation:
    claim = draw(st.sampled_from(claims))
    action = draw(st.sampled_from(["accept", "reject", "correct", "merge", "split"]))
    number = {"correct": 1, "merge": 1, "split": 2}.get(action, 0)
    others = [each for each in claims if each != claim]
    into = draw(st.permutations(others))[:number]
    return curation(
        claim, action, draw(st.integers(0, 59)), draw(st.sampled_from(["Ann", "Bob"])), tuple(into)
    )


@law
@given(st.data(), st.lists(curations(), max_size=12))
def test_the_order_in_which_curations_are_given_makes_no_difference(data, made):
    assert fold(data.draw(st.permutations(made))) == fold(made)


@law
@given(st.lists(curations(), max_size=12))
def test_a_replay_changes_nothing(made):
    assert fold([*made, *made]) == fold(made)


@law
@given(
    st.lists(curations(CLAIMS[:3]), max_size=8),
    st.lists(curations(CLAIMS[3:]), max_size=8),
)
def test_curations_of_other_claims_make_no_difference(one, other):
    together = fold([*one, *other])
    assert together.standings == {**fold(one).standings, **fold(other).standings}
    apart = [*fold(one).conflicts, *fold(other).conflicts]
    assert {each.claim for each in together.conflicts} == {each.claim for each in apart}


@law
@given(st.lists(curations(), max_size=12))
def test_a_later_word_decides(made):
    last = curation("a", "accept", 60)
    state = fold([*made, last])
    assert state.standing("a").status == "accepted"
    assert state.standing("a").by == last


@law
@given(st.lists(curations(), max_size=12))
def test_no_circle_and_every_claim_ends_in_claims_that_stand(made):
    state = fold(made)
    for claim in CLAIMS:
        survivors = state.survivors(claim)
        assert survivors
        assert all(not state.standing(each).into for each in survivors)


@law
@given(st.lists(curations(), max_size=12))
def test_nothing_is_lost_in_silence(made):
    """Each curation decides its claim, was followed by another on it, or is listed as a conflict."""
    state = fold(made)
    listed = {each.id for conflict in state.conflicts for each in conflict.curations}
    for each in made:
        followed = any(other.claim == each.claim and other.order > each.order for other in made)
        by = state.standing(each.claim).by
        assert followed or (by is not None and by.id == each.id) or each.id in listed


@law
@given(st.lists(curations(), max_size=12))
def test_people_who_differ_are_listed(made):
    state = fold(made)
    last = {(each.claim, each.who): each for each in sorted(made, key=lambda each: each.order)}
    for claim in CLAIMS:
        outcomes = {each.outcome for (of, _), each in last.items() if of == claim}
        listed = any(each.claim == claim and each.why.startswith("curators") for each in state.conflicts)
        assert listed == (len(outcomes) > 1)


@law
@given(st.lists(curations(), max_size=12))
def test_evidence_moves_to_the_claims_that_stand(made):
    state = fold(made)
    for last, origins in state.origins().items():
        assert not state.standing(last).into
        assert all(last in state.survivors(claim) for claim in origins)


def test_a_correction_writes_a_claim_that_counts_as_accepted_unless_it_was_rejected():
    corrected = curation("a", "correct", 2, into=("b",))
    state = fold([corrected])
    assert (state.standing("a").status, state.standing("b").status) == ("corrected", "accepted")
    assert state.survivors("a") == ("b",)
    assert state.origins() == {"b": ("a",)}
    against = fold([curation("b", "reject", 1, "Bob"), corrected])
    assert against.standing("b").status == "rejected"
    (conflict,) = against.conflicts
    assert (conflict.claim, conflict.why) == ("b", "rejected, and put in the place of a")


def test_a_correction_that_was_taken_back_accepts_nothing():
    taken_back = [curation("a", "correct", 1, into=("b",)), curation("a", "accept", 2)]
    assert fold(taken_back).standing("b").status == "open"
    assert fold(taken_back).conflicts == ()  # the same person changed her mind


def test_merges_follow_on_and_a_split_ends_in_several():
    state = fold(
        [
            curation("a", "merge", 1, into=("b",)),
            curation("b", "merge", 2, into=("c",)),
            curation("d", "split", 3, into=("a", "e")),
        ]
    )
    assert state.survivors("a") == ("c",)
    assert state.survivors("d") == ("c", "e")
    assert state.standing("c").status == "open"


def test_of_a_circle_the_latest_link_holds():
    state = fold([curation("a", "merge", 1, into=("b",)), curation("b", "merge", 2, "Bob", into=("a",))])
    assert (state.standing("a").status, state.standing("b").status) == ("open", "merged")
    assert state.survivors("b") == ("a",)
    assert [each.why for each in state.conflicts] == ["leads in a circle; the latest of its links holds"]


def test_a_long_chain_and_many_ways_to_one_end_are_followed():
    def link(n: int, action: str, *into: int) -> Curation:
        made = Curation("", f"c{n}", action, "Ann", f"2026-01-01T00:00:00.{n:06d}+00:00", "same",
                        {"into": [f"c{each}" for each in into]})  # type: ignore[arg-type]  # fmt: skip
        return replace(made, id=made.proper_id)

    chain = fold([link(n, "merge", n + 1) for n in range(3000)])
    assert chain.survivors("c0") == ("c3000",)
    ways = fold([link(n, "split", n + 1, n + 2) for n in range(60)])  # as many ways as a Fibonacci number
    assert ways.survivors("c0") == ("c60", "c61")
    assert len(ways.origins()["c60"]) == 60
