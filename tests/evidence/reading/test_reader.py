"""Who does what to whom: passives, owners, pronouns, lists, titles, ellipsis."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "predicate", "subject", "target"),
    [
        ("Belmaria was invaded by Averia.", "attacks", "AVE", "BLM"),
        ("Averian forces attacked Belmaria.", "attacks", "AVE:MIL", "BLM"),
        ("Averhaven condemned Belmora's actions.", "criticizes", "AVE", "BLM"),
        ("The forces of Averia attacked Belmaria.", "attacks", "AVE:MIL", "BLM"),
        ("Averia, which Corvenia supports, is small.", "supports", "COR", "AVE"),
        ("Averia and Belmaria attacked Corvenia.", "attacks", "AVE|BLM", "COR"),
        ("Averia accused Belmaria and Corvenia of sabotage.", "accuses", "AVE", "BLM|COR"),
    ],
)
def test_roles(only, text, predicate, subject, target):
    claim = only(text, predicate)
    assert (claim.subject_code, claim.object_code) == (subject, target)


@pytest.mark.parametrize(
    ("text", "predicate", "subject", "target"),
    [
        ("Averia and Belmaria met. They attacked Corvenia.", "attacks", "AVE|BLM", "COR"),
        ("Averia and Belmaria met. Both states attacked Corvenia.", "attacks", "AVE|BLM", "COR"),
        ("Averia grew rich. It attacked Corvenia.", "attacks", "AVE", "COR"),
        (
            "Corvenia and Averia are rivals. The two countries accuse each other of sabotage.",
            "accuses",
            "COR|AVE",
            "COR|AVE",
        ),
        ("Belmaria is poor. Averia has close ties with the country.", "has_close_ties_with", "AVE", "BLM"),
        (
            "The South Isles are calm. Corvenia's influence in the region is growing.",
            "influences",
            "COR",
            "XSI",
        ),
        ("Jane Roe spoke. She condemned Belmaria.", "criticizes", "AVE:GOV", "BLM"),
    ],
)
def test_words_that_stand_for_names(read, text, predicate, subject, target):
    found = [(c.subject_code, c.object_code) for c in read(text) if c.predicate == predicate]
    assert (subject, target) in found


def test_lists_of_shares_become_claims_of_their_own(read):
    text = (
        "Between 2011 and 2020, Corvenia supplied 94 percent of Averia's arms imports "
        "and 60 percent of Belmaria's arms imports."
    )
    first, second = read(text)
    assert (first.subject_code, first.object_code, first.value) == ("COR", "AVE", "94")
    assert (second.subject_code, second.object_code, second.value) == ("COR", "BLM", "60")
    assert second.quote == "60 percent of Belmaria's arms imports"
    assert {c.date_start + c.date_end for c in (first, second)} == {"20112020"}


def test_lists_of_suppliers_share_their_verb(read):
    text = "In 2020, Corvenia supplied 71 percent of Averia's arms imports and Dolvania 24 percent."
    first, second = read(text)
    assert (first.subject_code, first.object_code, first.value) == ("COR", "AVE", "71")
    assert (second.subject_code, second.object_code, second.value) == ("DOL", "AVE", "24")


def test_the_same_period_is_the_one_named_before(read):
    text = (
        "Between 2011 and 2020, Corvenia supplied 94 percent of Averia's arms imports. "
        "Belmaria depended on Corvenian weapons during the same period."
    )
    last = read(text)[-1]
    assert (last.predicate, last.date_start, last.date_end) == ("arms_dependence_on", "2011", "2020")


def test_a_date_in_another_clause_does_not_date_the_claim(read):
    claims = read("Averia is a member of the Harbour Pact, and Belmaria joined the Harbour Pact in 2020.")
    first, second = (claim for claim in claims if claim.predicate == "member_of")
    assert (first.date_start, second.date_start) == ("", "2020")


def test_titles_tell_offices(only):
    claim = only("Corvenian President Jane Doe arrived.", "holds_office")
    assert (claim.subject, claim.subject_code, claim.object_code) == ("Jane Doe", "COR:GOV", "COR")
    assert claim.quote == "Corvenian President Jane Doe"


def test_roles_tell_where_people_belong(only):
    claim = only("Jane Doe, director of the Reed Institute, wrote a book.", "affiliated_with")
    assert (claim.subject, claim.object) == ("Jane Doe", "Reed Institute")


def test_rebels_in_a_capital_are_of_that_state(read):
    [claim] = read("Averia attacked the rebels in Belmora.")
    assert claim.objects == ("BLM",)


def test_a_name_inside_a_name_is_no_actor(read):
    claims = read("Corvenia and Dolvania signed the Trilateral Averhaven Declaration in 2021.")
    assert [(c.predicate, c.subject_code) for c in claims] == [("signs_agreement_with", "COR|DOL")]


def test_ids_follow_content_and_place(read):
    one, two = read("Averia joined the Harbour Pact in 2001. Averia joined the Harbour Pact in 2001.")
    assert one.id != two.id
    assert one.cluster == two.cluster
    assert [c.id for c in read("Averia joined the Harbour Pact in 2001.")] != [two.id]


def test_reading_is_repeatable(read):
    text = "Averia joined the Harbour Pact in 2001. It supports Belmaria."
    assert read(text) == read(text)


def test_claims_name_their_rule_and_author(only):
    claim = only("Averia joined the Harbour Pact in 2001.", "member_of", author="Jane Doe")
    assert (claim.note, claim.article_author) == ("rule member.join", "Jane Doe")


def test_prose_without_actors_makes_no_claim(read):
    assert read("The weather was fine, and nobody thought of war or of treaties.") == []
