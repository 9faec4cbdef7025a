"""Claims of one corpus that cannot both hold."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from multivector.desk.cli import main
from multivector.evidence import Claim, find_contradictions, write_claims

SHARE = Claim(
    "c-1", "a.txt", "", "94 percent", 0, 10, "share", "", "RUS", "arms_share_of_imports", object_code="ARM",
    value="94", value_op="=", unit="percent", date_start="2011", date_end="2020",
)  # fmt: skip
MEMBER = Claim(
    "m-1", "a.txt", "", "joined in 2015", 0, 14, "membership", "", "ARM", "member_of", object_code="EAEU",
    date_start="2015", date_end="2015",
)  # fmt: skip
RANK = Claim(
    "r-1", "a.txt", "", "the largest", 0, 11, "quantity", "China", "CHN", "ranks", object_code="KAZ",
    value="1", value_op="=", unit="rank(export_market)",
)  # fmt: skip


def _other(claim, **about):
    return replace(claim, id=f"{claim.id}-b", doc="b.txt", **about)


@pytest.mark.parametrize(
    ("first", "about", "why"),
    [
        (SHARE, {"value": "70"}, "94 percent, the other 70 percent"),
        (SHARE, {"polarity": "-"}, "denies the number"),
        (SHARE, {"value": "95", "value_op": ">"}, "the other more than 95 percent"),
        (MEMBER, {"date_start": "2014", "date_end": "2014"}, "dated 2015 and 2014"),
        (MEMBER, {"polarity": "-", "date_start": "", "date_end": ""}, "one affirms what the other denies"),
        (RANK, {"subject_code": "ITA", "subject": "Italy"}, "given to China and to Italy"),
    ],
)
def test_what_cannot_both_hold(first, about, why):
    [pair] = find_contradictions([first, _other(first, **about)])
    assert why in pair.why
    assert {pair.first.doc, pair.second.doc} == {"a.txt", "b.txt"}


@pytest.mark.parametrize(
    ("first", "about"),
    [
        (SHARE, {}),
        (SHARE, {"value": "94.3"}),
        (SHARE, {"value": "90", "value_op": ">"}),
        (SHARE, {"value": "70", "date_start": "2015", "date_end": "2024"}),
        (SHARE, {"value": "70", "object_code": "AZE"}),
        (SHARE, {"value": "70", "stance": "forecast"}),
        (MEMBER, {"date_start": "2015-01", "date_end": "2015-01"}),
        (MEMBER, {"polarity": "-", "date_start": "2010", "date_end": "2012"}),
        (RANK, {"subject_code": "ITA", "value": "2"}),
    ],
)
def test_what_can(first, about):
    assert find_contradictions([first, _other(first, **about)]) == []


def test_a_repeat_counts_once():
    claims = [SHARE, _other(SHARE), replace(SHARE, id="c-3", doc="c.txt", value="70")]
    assert len(find_contradictions(claims)) == 1


def test_the_command_shows_both_quotes(tmp_path, capsys):
    path = write_claims([SHARE, _other(SHARE, value="70", quote="70 percent")], tmp_path / "claims.csv")
    with pytest.raises(SystemExit):
        main(["check", str(path)])
    printed = capsys.readouterr().out
    assert "“94 percent” (a.txt)" in printed
    assert "“70 percent” (b.txt)" in printed
    assert "1 contradiction" in printed
    with pytest.raises(SystemExit):
        main(["check", str(path), "--json"])
    [pair] = json.loads(capsys.readouterr().out)["contradictions"]
    assert {pair["first"]["quote"], pair["second"]["quote"]} == {"94 percent", "70 percent"}


def test_a_text_does_not_quarrel_with_its_own_list():
    assert find_contradictions([SHARE, replace(SHARE, id="c-3", value="70")]) == []


def test_effects_of_a_state_on_itself_are_many():
    effect = replace(
        MEMBER, predicate="causes", subject_code="KAZ", object_code="KAZ", date_start="", date_end=""
    )
    assert find_contradictions([effect, replace(effect, id="e-2", doc="b.txt", polarity="-")]) == []
