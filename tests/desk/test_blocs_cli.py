"""`multivector blocs` as a user meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from multivector.desk.cli import main

TIES = "source,target,sign\na,b,1\na,c,1\nb,c,1\na,d,-1\nb,d,-1\nc,d,1\nd,e,1\n"


@pytest.fixture
def multivector(capsys):
    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in ("blocs", *words)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture
def ties(tmp_path) -> Path:
    path = tmp_path / "ties.csv"
    path.write_text(TIES)
    return path


@pytest.mark.reference
def test_the_highland_tribes_as_json(multivector, tmp_path, shared):
    with (shared / "reference" / "signed" / "read_highland_tribes_edges.csv").open(newline="") as file:
        rows = [[row["a"], row["b"], row["sign"]] for row in csv.DictReader(file)]
    path = tmp_path / "tribes.csv"
    path.write_text("\n".join(",".join(row) for row in [["source", "target", "sign"], *rows]))
    with (shared / "reference" / "signed" / "cow_frustration_reference.csv").open(newline="") as file:
        wanted = set(next(csv.reader(file))) - {"period", "sec", "source"}
    code, out, _ = multivector(path, "--json")
    report = json.loads(out)
    assert code == 0
    assert wanted <= set(report)
    assert (report["L"], report["lower_bound"], report["optimal"]) == (7, 7, True)
    assert (report["n"], report["m"], report["m_neg"]) == (16, 58, 29)
    assert len(report["frustrated_edges"]) == 7
    assert report["partitions"] == [report["partition"]]
    assert (report["partitions_complete"], report["partitions_count"], report["differ"]) == (True, 1, [])
    assert report["Q_signed"] == pytest.approx(0.431034482758621, abs=1e-12)
    assert set(report["communities"]) == set(report["factions"]) == set(report["partition"])


def test_a_small_network_in_words(multivector, ties):
    code, out, _ = multivector(ties)
    assert code == 0
    assert "frustration    L = 1, proved least" in out
    assert "frustrated     c+d" in out
    assert "camp 0         a, b, c" in out


def test_around_a_state(multivector, ties):
    code, out, _ = multivector(ties, "--around", "a", "--json")
    report = json.loads(out)
    assert code == 0
    assert report["around"]["counts"] == {"+++": 1, "+--": 1, "++-": 1, "---": 0}
    assert report["around"]["standing"] == {"b": "with", "c": "with", "d": "against", "e": "against"}
    assert (report["imported"][0]["source"], report["imported"][0]["target"]) == ("b", "d")
    assert report["imported_left_out"] == []
    _, out, _ = multivector(ties, "--around", "a")
    assert "around a       3 triads: 1 +++, 1 +--, 1 ++-, 0 ---" in out
    assert "b-d            1 > 2; L 1 > 1; d against > with, e against > with" in out


def test_a_flip_with_and_without_a_state(multivector, ties):
    _, out, _ = multivector(ties, "--flip", "c,d", "--json")
    flip = json.loads(out)["flip"]
    assert (flip["sign"], flip["L"], flip["L_after"], flip["optimal_after"]) == (1, 1, 0, True)
    _, out, _ = multivector(ties, "--flip", "d, c", "--around", "a", "--json")
    flip = json.loads(out)["flip"]
    assert (flip["unbalanced"], flip["unbalanced_after"], flip["L_after"]) == (1, 0, 0)
    _, out, _ = multivector(ties, "--flip", "c,d")
    assert "c-d flipped: L 1 > 0" in out


def test_all_partitions_or_a_few(multivector, tmp_path):
    """Six unbalanced triangles that hang on one state: each has three optimal ways, 3^6 in all."""
    rows = [f"hub,{c}{k},{s}" for k in range(6) for c, s in (("x", 1), ("y", 1))]
    rows += [f"x{k},y{k},-1" for k in range(6)]
    path = tmp_path / "ties.csv"
    path.write_text("source,target,sign\n" + "\n".join(rows))
    _, out, _ = multivector(path, "--json")
    report = json.loads(out)
    assert (report["L"], report["partitions_count"], report["partitions_complete"]) == (6, 3**6, False)
    assert len(report["partitions"]) == 64
    assert len(report["differ"]) == 12
    _, out, _ = multivector(path, "--all-partitions", "--json")
    report = json.loads(out)
    assert report["partitions_complete"]
    assert len({tuple(one.values()) for one in report["partitions"]}) == 3**6


def test_an_interval_is_said_where_the_time_is_over(multivector, tmp_path):
    names = "abcdefghi"
    rows = [f"{a},{b},-1" for n, a in enumerate(names) for b in names[:n]]
    path = tmp_path / "ties.csv"
    path.write_text("source,target,sign\n" + "\n".join(rows))
    code, out, _ = multivector(path, "--time-limit", "1e-9", "--around", "a", "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["lower_bound"], report["L"], report["optimal"]) == (12, 16, False)
    assert report["partitions"] is report["differ"] is report["imported"] is None
    assert report["around"]["standing"] is None
    _, out, _ = multivector(path, "--time-limit", "1e-9", "--around", "a")
    assert "L between 12 and 16: not proved within the time limit" in out
    assert "give a longer --time-limit" in out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--around", "x"], "no state 'x'"),
        (["--flip", "a"], "'a' is no pair"),
        (["--flip", "a,b,c"], "'a,b,c' is no pair"),
        (["--flip", "a,e"], "no tie"),
        (["--flip", "a,b", "--around", "a"], "holds a itself"),
        (["--time-limit", "0"], "a time limit of 0.0 s"),
        (["--time-limit", "nan"], "a time limit of nan s"),
    ],
)
def test_wrong_use(multivector, ties, words, what):
    code, out, err = multivector(ties, *words)
    assert code == 2
    assert what in err
    assert "repair:" in err
    assert out == ""


def test_a_conflict_names_both_rows_as_json_too(multivector, tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text(TIES + "d,a,1\n")
    code, out, err = multivector(path, "--json")
    assert code == 2
    assert "both signs: -1 in row 5, +1 in row 9" in json.loads(out)["what"]
    assert "delete the row that does not hold" in err


def test_a_pair_given_twice_is_told(multivector, tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text(TIES + "b,a,1\n")
    _, out, _ = multivector(path, "--json")
    assert (json.loads(out)["dup_pairs"], json.loads(out)["repeated"]) == (1, [["a", "b"]])
    _, out, _ = multivector(path)
    assert "given twice    a-b: counted once" in out


def test_components_stand_by_themselves(multivector, tmp_path):
    """Two triangles: one balanced, one not; how their camps go together nobody can tell."""
    path = tmp_path / "ties.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,-1\na,c,-1\nx,y,-1\ny,z,1\nx,z,1\nw,z,1\n")
    report = json.loads(multivector(path, "--json")[1])
    assert report["components"] == [["w", "x", "y", "z"], ["a", "b", "c"]]
    assert report["partitions_count"] == 3
    _, out, _ = multivector(path, "--around", "a")
    assert "components     2 with no tie between them: their camps are independent" in out
    assert "2: camp 0      a, b\n2: camp 1      c" in out
    assert "optimal        3 partitions, not counting components turned over" in out
    assert "apart          w, x, y, z (no chain of ties leads there)" in out
    path.write_text("source,target,sign\na,b,1\nb,c,-1\na,c,-1\nx,y,-1\n")
    _, out, _ = multivector(path)
    assert "differ         no state: the camps are determined within each component" in out


def test_a_name_may_hold_a_comma(multivector, tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text('source,target,sign\n"d, east",a,1\na,b,-1\n"d, east",b,1\n')
    code, out, _ = multivector(path, "--flip", '"d, east",b')
    assert code == 0
    assert "d, east-b flipped: L 1 > 0" in out
    assert "; d, east\n" in out
