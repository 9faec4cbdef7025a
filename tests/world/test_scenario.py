"""Scenario files: what holds is read, what does not is said with key and repair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from multivector.atlas import load_region
from multivector.errors import ScenarioError
from multivector.world.quarters import quarter_index, quarter_text, quarters_between
from multivector.world.scenario import Scenario
from multivector.world.scenario_file import load_scenario

GOOD = """\
id: small
title: A small one
question: What if?
region: central-eurasia
start: 2021Q4
end: 2024Q4
levers:
  - {kind: capacity, actor: RUS, first: 2022Q1, last: 2023Q4, why: said,
     factor: {low: 0.1, mode: 0.5, high: 1.0}}
judgements:
  - {id: one, text: It holds, state: ARM, partner: RUS, year: 2024, comparison: below, threshold: 0.5}
assumptions:
  - {id: two, text: It lasts, negated: It ends, negate: {lever: 0, last: 2022Q4}}
"""


@pytest.fixture(scope="module")
def region():
    return load_region()


def read(tmp_path: Path, text: str | bytes, region=None) -> Scenario:
    path = tmp_path / "scenario.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_scenario(path, region)


def test_a_good_file_is_read(tmp_path, region):
    scenario = read(tmp_path, GOOD, region)
    assert scenario.start_year == 2021
    assert scenario.levers[0].factor.mode == 0.5
    assert scenario.negated(scenario.assumptions[0]).levers[0].last == "2022Q4"


def test_every_shipped_scenario_holds(region):
    for path in sorted((region.path / "scenarios").glob("*.yaml")):
        assert load_scenario(path, region).id == path.stem
        assert load_scenario(path.stem, region) == load_scenario(path, region)


def test_the_hash_is_of_the_content_not_the_layout(tmp_path):
    assert read(tmp_path, GOOD).hash == read(tmp_path, "# a comment\n" + GOOD).hash
    assert read(tmp_path, GOOD).hash != read(tmp_path, GOOD.replace("mode: 0.5", "mode: 0.6")).hash


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: A small one", "tilte: A small one", "tilte: unknown key"),
        ("title: A small one\n", "", "title: Field required"),
        ("end: 2024Q4", "end: 2024", "end: Input should be a valid string"),
        ("end: 2024Q4", "end: 2024Q3", "fourth quarters"),
        ("end: 2024Q4", "end: 2020Q4", "within 20 years after start"),
        ("first: 2022Q1", "first: 2021Q1", "lever 0: 2021Q1..2023Q4 is out of range"),
        ("last: 2023Q4", "last: 2099Q4", "lever 0: 2022Q1..2099Q4 is out of range"),
        ("high: 1.0", "high: 1.5", "factor of capacity must lie between 0 and 1"),
        ("low: 0.1", "low: 0.9", "low, mode, high must not fall"),
        ("year: 2024", "year: 2031", "judgement one: year 2031 is out of range"),
        ("threshold: 0.5", "threshold: 50", "less than or equal to 1"),
        ("negate: {lever: 0, last", "negate: {lever: 3, last", "there is no lever 3"),
        ("negate: {lever: 0, last: 2022Q4}", "negate: {lever: 0}", "give either parameter and value"),
    ],
)
def test_what_does_not_hold_is_said(tmp_path, old, new, said):
    assert old in GOOD
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert said in str(caught.value)
    assert "scenario.yaml" in str(caught.value)
    assert "repair: compare with docs/scenario.schema.json" in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("actor: RUS", "actor: ZZZ", "levers.0.actor: the region has no actor 'ZZZ'"),
        ("partner: RUS", "partner: ARM", "judgements.one.partner: cannot stand here: 'ARM'"),
        ("partner: RUS", "partner: EU", "judgements.one.partner: cannot stand here: 'EU'"),
        ("kind: capacity", "kind: demand", "levers.0.actor: cannot stand here: 'RUS'"),
        (
            "{lever: 0, last: 2022Q4}",
            "{lever: 0, factor: {low: 1, mode: 2, high: 3}}",
            "the negation of assumption two",
        ),
        ("{lever: 0, last: 2022Q4}", "{parameter: lag, value: 0}", "give a value from 0.75 to 100"),
        ("state: ARM", "state: FRA", "judgements.one.state: 'FRA' is not a state of the region"),
        ("partner: RUS", "partner: ZZZ", "judgements.one.partner: the region has no actor 'ZZZ'"),
        ("start: 2021Q4", "start: 1990Q4", "arms data cover 1995 to 2025"),
        (
            "why: said",
            "why: said, sources: [nobody]",
            "the source 'nobody' is not in the region's sources.csv",
        ),
        ("region: central-eurasia", "region: atlantis", "the scenario is about 'atlantis'"),
        (
            "negate: {lever: 0, last: 2022Q4}",
            "negate: {parameter: courage, value: 1}",
            "there is no parameter 'courage'",
        ),
    ],
)
def test_what_the_region_does_not_have_is_said(tmp_path, region, old, new, said):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if "1990Q4" in new:
        text = text.replace("2024Q4", "1994Q4").replace("2022Q1", "1991Q1").replace("2023Q4", "1993Q4")
        text = text.replace("2022Q4", "1992Q4").replace("year: 2024", "year: 1994")
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text, region)
    assert said in str(caught.value)


def test_an_unknown_kind_of_event_is_no_actor(tmp_path, region):
    text = GOOD.replace("kind: capacity, actor: RUS", "kind: event, event: coup, targets: [ARM], actor: RUS")
    with pytest.raises(ScenarioError, match=r"levers\.0\.event: event_kinds.csv has no kind 'coup'"):
        read(tmp_path, text, region)


def test_an_alias_bomb_is_refused(tmp_path):
    bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"
    with pytest.raises(
        ScenarioError, match=r"line 2: not a plain YAML document: an alias \(\*name\) is not allowed"
    ):
        read(tmp_path, bomb)


def test_bottomless_nesting_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match="nested deeper than 20 levels"):
        read(tmp_path, "a: " + "[" * 500 + "]" * 500)


def test_a_tag_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match="not a plain YAML document"):
        read(tmp_path, "id: !!python/object/apply:os.system ['true']")


def test_a_repeated_key_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match="the key 'id' is written twice"):
        read(tmp_path, "id: one\nid: two\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file holds no keys"),
        (b"- a\n- b\n", "the file holds no keys"),
        (b"id: \xff\xfe", r"not UTF-8 text \(byte 4\)"),
        (b"id: [", "not a plain YAML document"),
        (b"#" * 300_000, "the limit is 256,000"),
    ],
)
def test_files_that_are_no_scenario(tmp_path, content, said):
    with pytest.raises(ScenarioError, match=said):
        read(tmp_path, content)


def test_a_missing_file_and_an_unknown_name(tmp_path):
    with pytest.raises(ScenarioError, match="No such file"):
        load_scenario(tmp_path / "none.yaml")
    with pytest.raises(ScenarioError, match="one of: russia-arms-shortfall"):
        load_scenario("no-such-scenario")


def test_the_published_schema_is_the_models():
    published = Path(__file__).resolve().parents[2] / "docs" / "scenario.schema.json"
    assert json.loads(published.read_text("utf-8")) == Scenario.model_json_schema()


def test_quarters_count():
    assert quarter_text(quarter_index("2021Q4") + 1) == "2022Q1"
    assert quarters_between(quarter_index("2021Q3"), quarter_index("2022Q1")) == (
        "2021Q3",
        "2021Q4",
        "2022Q1",
    )
    with pytest.raises(ValueError, match="write it as 2021Q4"):
        quarter_index("2021-Q4")
