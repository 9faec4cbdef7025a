"""KTAB's files: read, written back exactly, their traps named."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from multivector.bargaining import Stakes, read_issue
from multivector.bargaining.ktab import KtabScenario
from multivector.bargaining.ktab_csv import ktab_csv, read_ktab_csv, write_ktab_csv
from multivector.bargaining.ktab_xml import ktab_xml, read_ktab_xml, write_ktab_xml
from multivector.bargaining.models.smp import SMPOptions
from multivector.errors import IssueError

GOOD = """Valley , "Water, and who gets it", 3, 2,
Actor, Description, Power, Dams, Sal, Fees, Sal,
Upper, the upper town, 100.5, 10, 30, 20, 40,
Lower, the lower town, 60, 90, 50, 80, 10
Mill, , 15.25, 40, 20, 0, 80.0,
"""
PARAMETERS = """<ModelParameters><VictoryProbModel>Linear</VictoryProbModel><PCEModel>MarkovIncentive</PCEModel>
<StateTransitions>Stochastic</StateTransitions><VotingRule>Proportional</VotingRule><BigRAdjust>No</BigRAdjust>
<BigRRange>Mid</BigRRange><ThirdPartyCommit>SemiCommit</ThirdPartyCommit><InterVecBrgn>S2P2</InterVecBrgn>
<BargnModel>InitOnlyInterp</BargnModel></ModelParameters>"""


def actor(name="Upper", power="100", positions=("10", "20"), saliences=("30", "40")) -> str:
    coordinates = "".join(f"<dCoord>{each}</dCoord>" for each in positions)
    cares = "".join(f"<dSal>{each}</dSal>" for each in saliences)
    return (
        f"<Actor><name>{name}</name><description>d</description><capability>{power}</capability>"
        f"<Position>{coordinates}</Position><Salience>{cares}</Salience></Actor>"
    )


def document(actors: str, more: str = "", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<Scenario><name>Valley</name><desc>Water</desc>'
        f"<prngSeed>0x89B9</prngSeed>{PARAMETERS}<Dimensions><dName>Dams</dName><dName>Fees</dName></Dimensions>"
        f"<Actors>{actors}</Actors>{more}</Scenario>"
    )


OTHERS = actor("Lower", "60", ("90", "80"), ("50", "10")) + actor("Mill", "15", ("40", "0"), ("20", "80"))


def adjusting(*pairs: tuple[str, str, str]) -> str:
    return "<IdealAdjustment>" + "".join(
        f"<iaPair><adjustingIdeal>{a}</adjustingIdeal><referencePos>{b}</referencePos><adjust>{c}</adjust></iaPair>"
        for a, b, c in pairs
    ) + "</IdealAdjustment>"  # fmt: skip


def stored(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_csv_with_and_without_the_final_comma(tmp_path):
    scenario = read_ktab_csv(stored(tmp_path, "valley.csv", GOOD))
    stakes = scenario.stakes
    assert (scenario.name, scenario.description) == ("Valley", "Water, and who gets it")
    assert (stakes.names, stakes.dimensions) == (("Upper", "Lower", "Mill"), ("Dams", "Fees"))
    assert stakes.capability.tolist() == [100.5, 60, 15.25]
    assert stakes.position.tolist() == [[10, 20], [90, 80], [40, 0]]
    assert stakes.salience.tolist() == [[30, 40], [50, 10], [20, 80]]
    assert np.array_equal(scenario.adjustment, np.eye(3))


def test_rows_as_spreadsheets_and_ktab_write_them(tmp_path):
    wanted = read_ktab_csv(stored(tmp_path, "valley.csv", GOOD))
    padded = "\n".join(f"{line.rstrip(', ')},,,  ," for line in GOOD.splitlines())
    for text in (padded, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), GOOD.replace("\n", "\n\n ,,,\n")):
        found = read_ktab_csv(stored(tmp_path, "other.csv", text))
        assert np.array_equal(found.stakes.position, wanted.stakes.position)
        assert (found.stakes.names, found.stakes.dimensions) == (
            wanted.stakes.names,
            wanted.stakes.dimensions,
        )


CSV_FAULTS = {
    "one actor": (
        GOOD.replace("3, 2", "1, 2").split("Lower")[0],
        "1 actor: nobody to bargain with",
        "two actors",
    ),
    "announced": (GOOD.replace("3, 2", "4, 2"), "announces 4 actors, the file has 3", "correct the number"),
    "salience sum": (
        GOOD.replace("80.0", "80.1"),
        r"row 5: actor Mill: salience sums to 100.1",
        "sum to 100",
    ),
    "position": (
        GOOD.replace("90, 50", "900, 50"),
        r"row 4: actor Lower, position on dimension Dams: 900 is off",
        "from 0 to 100",
    ),
    "capability": (
        GOOD.replace("60, 90", "-60, 90"),
        "row 4: actor Lower, capability: -60 is not above 0",
        "above 0",
    ),
    "empty cell": (GOOD.replace("60, 90", ", 90"), "row 4: the capability is empty", "as a number"),
    "short row": (
        GOOD.replace(", 80, 10", ""),
        "row 4: 5 cells where 2 dimensions make 7",
        "position and salience",
    ),
    "twice": (
        GOOD.replace("Mill,", "Upper,"),
        "row 5: a second actor named 'Upper'; the first is at .*row 3",
        "a name of its own",
    ),
    "formula name": (
        GOOD.replace("Mill,", "=cmd|' /C calc'!A0,"),
        "row 5: .*reads as a spreadsheet formula",
        "plain words",
    ),
    "formula cell": (
        GOOD.replace("15.25", "=1+14"),
        "row 5: '=1\\+14' reads as a spreadsheet formula",
        "as a number",
    ),
    "a word": (GOOD.replace("15.25", "much"), "row 5: 'much' is no finite number", "such as 45.5"),
    "infinite": (GOOD.replace("15.25", "inf"), "row 5: 'inf' is no finite number", "such as 45.5"),
    "a table": (
        "actor,attribute,low,mode,high\nMiller,position,1,2,3\nMiller,salience,1,2,3\n",
        "row 1: a table of stakeholders",
        "with `stakeholders: valley.csv`",
    ),
    "no header": ("Valley,,3,2\n", "1 row with content", "a header"),
    "open quote": (GOOD.replace('it"', "it"), "broken CSV", "close every quote"),
    "a little off the scale": (
        GOOD.replace("90, 50", "100.0001, 50"),
        "row 4: .*100.0001 is off the scale of 0 to 100",
        "from 0 to 100",
    ),
    "too large to compute with": (
        GOOD.replace("15.25", "1e200"),
        "row 5: '1e200' is .*too large",
        "as a number",
    ),
    "too small to compute with": (
        GOOD.replace("15.25", "1e-200"),
        "row 5: actor Mill, capability: 1e-200 is too small",
        "only their ratios count",
    ),
    "nobody cares": (
        GOOD.replace("20, 40,", "20, 0,").replace("80, 10", "80, 0").replace("80.0", "0"),
        "valley.csv: nobody cares about dimension Fees",
        "a salience above 0",
    ),
    "semicolons": (
        GOOD.replace(",", ";"),
        "row 1: cells are parted by semicolons",
        "commas and decimal points",
    ),
    "tabs": (GOOD.replace(",", "\t"), "row 1: cells are parted by tabs", "commas and decimal points"),
    "no counts": ("Valley,x\n" + GOOD.partition("\n")[2], "row 1: 2 cells", "number of actors"),
    "an actor for a header": (
        GOOD.replace("Actor, Description, Power, Dams, Sal, Fees, Sal,\n", ""),
        "row 2: an actor where the header should be",
        "write a header before it",
    ),
    "formula in the header": (
        GOOD.replace("Dams", "=1+1"),
        "row 2: '=1.1' reads as a spreadsheet formula",
        "plain words",
    ),
    "a long name": (GOOD.replace("Mill,", f"{'m' * 121},"), "row 5: .* has 121 characters", "shorten"),
    "a name of two lines": (GOOD.replace("Mill,", '"Mi\nll",'), "row 6: .*over several lines", "one line"),
    "reversed writing": (GOOD.replace("Mill,", "\u202eMill,"), "row 5: .*control characters", "plain words"),
    "too many dimensions": (
        f"Valley,,2,21\nA,D,P\na,,1,{'1,2,' * 21}\nb,,1,{'2,2,' * 21}\n",
        "valley.csv: 21 dimensions",
        "20 dimensions at most",
    ),
    "count": (GOOD.replace("3, 2", "three, 2"), "row 1: 'three' is no finite number", "number of actors"),
}


@pytest.mark.parametrize("case", CSV_FAULTS)
def test_csv_faults_name_row_and_repair(case, tmp_path):
    text, what, repair = CSV_FAULTS[case]
    with pytest.raises(IssueError, match=f"(?s){what}.*repair: .*{repair}"):
        read_ktab_csv(stored(tmp_path, "valley.csv", text))


def test_actors_that_all_agree_are_refused(tmp_path):
    text = GOOD.replace("90, 50, 80", "10, 50, 20").replace("40, 20, 0", "10, 20, 20")
    with pytest.raises(IssueError, match="all actors stand at the same position"):
        read_ktab_csv(stored(tmp_path, "valley.csv", text))


def test_not_utf_8_and_too_large_are_said(tmp_path):
    path = tmp_path / "valley.csv"
    path.write_bytes(GOOD.encode().replace(b"Mill", b"M\xfchle"))
    with pytest.raises(IssueError, match=r"(?s)not UTF-8.*save the file as UTF-8"):
        read_ktab_csv(path)
    with path.open("wb") as file:
        file.truncate(4_000_001)
    with pytest.raises(IssueError, match="the limit is 4,000,000"):
        read_ktab_csv(path)
    with pytest.raises(IssueError, match=r"(?s)cannot be read.*name an existing file"):
        read_ktab_csv(tmp_path / "none.csv")


def test_xml_takes_the_spelling_of_schema_and_reader(tmp_path):
    text = document(actor() + OTHERS, adjusting(("Mill", "Mill", "0.75"), ("Mill", "Upper", "0.07")))
    scenario = read_ktab_xml(stored(tmp_path, "valley.xml", text))
    assert (scenario.parameters["VotingRule"], scenario.parameters["BigRAdjust"]) == ("Prop", "None")
    assert scenario.seed == "0x89B9"
    assert scenario.adjustment.tolist() == [[1, 0, 0], [0, 1, 0], [0.07, 0, 0.75]]
    written = ktab_xml(scenario)
    assert "Proportional" not in written
    again = read_ktab_xml(stored(tmp_path, "again.xml", written))
    assert (again.parameters, again.adjustments) == (scenario.parameters, scenario.adjustments)


def test_options_are_those_of_the_file_with_its_seed(tmp_path):
    text = document(actor() + OTHERS)
    for seed, number in (
        ("0x89B9E56731783372", 0x89B9E56731783372),
        ("03507583219545544127", 3507583219545544127),
    ):
        options = read_ktab_xml(stored(tmp_path, "valley.xml", text.replace("0x89B9", seed))).options
        assert (options.seed, options.choice, options.pce) == (number, "Stochastic", "MarkovIncentive")
    assert read_ktab_csv(stored(tmp_path, "valley.csv", GOOD)).options == SMPOptions()


def test_a_text_may_run_over_lines_in_xml(tmp_path):
    text = document(actor() + OTHERS).replace("<desc>Water", "<desc>\n  Water,\n  and who gets it\n")
    assert read_ktab_xml(stored(tmp_path, "valley.xml", text)).description == "Water, and who gets it"


def test_the_pairs_of_ideal_adjustment_may_be_left_out(tmp_path):
    scenario = read_ktab_xml(stored(tmp_path, "valley.xml", document(actor() + OTHERS)))
    assert scenario.adjustments == ()
    assert "IdealAdjustment" not in ktab_xml(scenario)  # an empty one stops KTAB's reader


XML_FAULTS = {
    "empty coordinate": (
        document(actor(positions=("", "20")) + OTHERS),
        r"actor 1 \(Upper\), Position, dCoord 1: the element dCoord is empty \(KTAB's own smpExample.xml has one\)",
        "position as a number from 0 to 100",
    ),
    "no name": (document(actor(name="") + OTHERS), "actor 1: the element name is empty", "write the name"),
    "no capability": (
        document(actor(power=" ") + OTHERS),
        "the element capability is empty",
        "write the capability",
    ),
    "too few": (
        document(actor(saliences=("10",)) + OTHERS),
        "1 dSal in Salience for 2 dimensions",
        "a dSal for each dName",
    ),
    "one actor": (document(actor()), "1 actor: nobody to bargain with", "two actors"),
    "salience sum": (
        document(actor(saliences=("60", "41")) + OTHERS),
        r"actor 1 \(Upper\): salience sums to 101",
        "sum to 100",
    ),
    "twice": (
        document(actor() + actor() + OTHERS),
        r"actor 2 \(Upper\): a second actor named 'Upper'",
        "a name of its own",
    ),
    "formula": (document(actor(name="@SUM(A1)") + OTHERS), "reads as a spreadsheet formula", "plain words"),
    "stranger": (
        document(actor() + OTHERS, adjusting(("Mill", "Weir", "1"))),
        "iaPair 1: no actor is named 'Weir'",
        "use: Upper, Lower, Mill",
    ),
    "too much": (
        document(actor() + OTHERS, adjusting(("Mill", "Mill", "0.9"), ("Mill", "Upper", "0.2"))),
        "in all by 1.1",
        "sum to 1 at most",
    ),
    "adjusts beside itself": (
        document(actor() + OTHERS, adjusting(("Mill", "Upper", "0.2"))),
        "iaPair 1: Mill's ideal adjusts to others by 0.2, and by 1 to its own",
        "a pair of Mill with itself, of 0.8 at most",
    ),
    "a pair twice": (
        document(actor() + OTHERS, adjusting(("Mill", "Mill", "0.2"), ("Mill", "Mill", "0.2"))),
        "iaPair 2: a second pair of Mill and Mill",
        "one of the two",
    ),
    "seed": (document(actor() + OTHERS).replace("0x89B9", "frog"), "prngSeed is 'frog'", "64 bits"),
    "value": (
        document(actor() + OTHERS).replace("Stochastic", "Random"),
        "ModelParameters: StateTransitions is 'Random'",
        "Deterministic, Stochastic",
    ),
    "parameter twice": (
        document(actor() + OTHERS).replace(
            "</ModelParameters>", "<BigRRange>Min</BigRRange></ModelParameters>"
        ),
        "a second BigRRange",
        "one of the two",
    ),
    "dimension twice": (
        document(actor() + OTHERS).replace("Fees", "Dams"),
        "dimensions 1 and 2 are both named 'Dams'",
        "a name of its own",
    ),
    "a comma in the name": (
        document(actor("Mill, the old") + actor("Upper")),
        r"valley.xml: all actors stand at the same position",
        "that position is the forecast",
    ),
    "parameter": (
        document(actor() + OTHERS).replace("BigRRange", "BigRange"),
        "no model parameter is named 'BigRange'",
        "BigRRange",
    ),
    "broken": (document(actor())[:-5], "the XML is broken", "save or fetch"),
    "root": ("<Model/>", "the root element is 'Model'", "<Scenario>"),
    "entities": (
        document(actor() + OTHERS, head='<!DOCTYPE Scenario [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'),
        "is not opened",
        "without <!DOCTYPE",
    ),
    "fetching": (
        document(
            actor() + OTHERS, head='<!DOCTYPE Scenario [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        ).replace("Water", "&a;"),
        "is not opened",
        "without <!DOCTYPE",
    ),
}


@pytest.mark.parametrize("case", XML_FAULTS)
def test_xml_faults_name_element_and_repair(case, tmp_path):
    text, what, repair = XML_FAULTS[case]
    with pytest.raises(IssueError, match=f"(?s){what}.*repair: .*{repair}"):
        read_ktab_xml(stored(tmp_path, "valley.xml", text))


WRITE_FAULTS = {
    "two actors": (("a", "b"), "2 actors; KTAB takes 3 to 250", "as YAML"),
    "a long name": (("a", "b", "c" * 26), "has 26 characters; KTAB takes 25", "shorten"),
    "a formula": (("a", "b", "=1+1"), "reads as a spreadsheet formula", "plain words"),
}


@pytest.mark.parametrize("case", WRITE_FAULTS)
@pytest.mark.parametrize("write", [ktab_csv, ktab_xml])
def test_what_ktab_would_not_read_is_not_written(case, write):
    names, what, repair = WRITE_FAULTS[case]
    stakes = Stakes(
        np.ones(len(names)), np.arange(float(len(names)))[:, None], np.ones((len(names), 1)), names
    )
    with pytest.raises(IssueError, match=f"(?s){what}.*repair: .*{repair}"):
        write(KtabScenario("s", "", stakes))


def test_a_ktab_file_is_an_issue_without_ground(tmp_path):
    issue = read_issue(stored(tmp_path, "valley.csv", GOOD))
    assert issue.as_of is None
    assert {placed.cell.evidence for placed in issue.cells()} == {"assumed"}
    assert len(issue.thin()) == len(list(issue.cells())) == 15


@pytest.mark.reference
def test_the_reference_scenarios_come_back_exactly(shared, tmp_path):
    tables: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (shared / "reference/bargaining/ktab_inputs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tables[row["scenario"]].append(row)
    assert len(tables) == 4
    for name, rows in tables.items():
        n, d = (1 + max(int(row[key]) for row in rows) for key in ("actor_index", "dimension_index"))
        table = {(int(row["actor_index"]), int(row["dimension_index"])): row for row in rows}
        assert len(table) == n * d
        position, salience = (
            np.array([[float(table[i, k][key]) for k in range(d)] for i in range(n)])
            for key in ("position", "salience")
        )
        capability = np.array([float(table[i, 0]["capability"]) for i in range(n)])
        stakes = Stakes(capability, position, salience, tuple(table[i, 0]["actor"] for i in range(n)))
        by_csv = read_ktab_csv(write_ktab_csv(KtabScenario(name, "d", stakes), tmp_path / f"{name}.csv"))
        by_xml = read_ktab_xml(write_ktab_xml(by_csv, tmp_path / f"{name}.xml"))
        for again in (by_csv.stakes, by_xml.stakes, by_xml.issue().stakes()):
            assert np.array_equal(again.position, position)
            assert np.array_equal(again.salience, salience)
            assert np.array_equal(again.capability, capability)
            assert again.names == stakes.names
