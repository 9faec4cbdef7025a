"""Reading edges: what is taken, and what each fault says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from multivector.errors import InputError
from multivector.indicators.blocs import SignedNetwork, Tie, edges_of, network_of, read_edges

HEAD = "source,target,sign\n"
TRIANGLE = "A,B,1\nB,C,-1\nA,C,-1\n"


def read(folder: Path, text: str) -> SignedNetwork:
    path = folder / "ties.csv"
    path.write_text(text, encoding="utf-8")
    return read_edges(path)


@pytest.mark.parametrize(
    "rows",
    [
        TRIANGLE,
        "A,B,+\nB,C,-\nA,C,−1\n",
        "A,B,+1\nB,C,rival\nA,C,Negative\n",
        "A,B,1.0\nB,C,-1.0\nA,C,enemy\n\n",
        "A,B,Friendly\nB,C,HOSTILE\nA,C,hostile\n",
        "A,B,plus\nB,C,Minus\nA,C,rival\n",
        "A,B,FRIEND\nB,C,negative\nA,C,-\n",
        "A,B,positive\nB,C,-1\nA,C,minus\n",
    ],
)
def test_signs_may_be_written_in_several_ways(tmp_path, rows):
    network = read(tmp_path, HEAD + rows)
    assert network.nodes == ("A", "B", "C")
    assert network.ties == (Tie("A", "B", 1), Tie("B", "C", -1), Tie("A", "C", -1))


def test_a_byte_order_mark_and_further_columns_are_no_fault(tmp_path):
    network = read(
        tmp_path,
        "\ufeffyear,target,source,sign,sources\n2020,B,A,1,pact|vote\n2020,C,B,-1,\n2020,C,A,-1,war\n",
    )
    assert network.ties[0] == Tie("A", "B", 1, ("pact", "vote"))
    assert network.ties[1].sources == ()


def test_a_pair_given_twice_is_one_tie_and_told(tmp_path):
    network = read(tmp_path, HEAD.replace("\n", ",sources\n") + "A,B,1,x\nB,C,-1,x\nB,A,1,y\nA,C,1,x\n")
    assert len(network.ties) == 3
    assert network.repeated == (("A", "B"),)
    assert network.tie("B", "A").sources == ("x", "y")


@pytest.mark.parametrize("kind", [pl.DataFrame, pd.DataFrame, lambda rows: rows])
def test_frames_and_rows(kind):
    rows = [
        {"source": a, "target": b, "sign": s} for a, b, s in (("A", "B", 1), ("B", "C", -1), ("A", "C", 1))
    ]
    rows[0]["sources"] = "x"  # a frame has an empty cell in the other rows
    network = edges_of(kind(rows))
    assert network.signs.tolist() == [1, -1, 1]
    assert [tie.sources for tie in network.ties] == [("x",), (), ()]


@pytest.mark.parametrize(
    ("text", "where", "what", "repair"),
    [
        ("", "row 1", "the file is empty", "column names"),
        (HEAD, "ties.csv", "no ties, only a header", "add a row"),
        ("source,target\nA,B\n", "row 1", "no column sign", "source, target and sign"),
        ("source;target;sign\nA;B;1\n", "row 1", "not parted by commas", "commas"),
        (HEAD + TRIANGLE + "B,A,-1\n", "row 5", "both signs: +1 in row 2, -1 in row 5", "delete the row"),
        (HEAD + TRIANGLE + "D,D,1\n", "row 5", "'D' is tied to itself", "delete the row"),
        (HEAD + TRIANGLE + "D,A,0\n", "row 5, column sign", "the sign '0'", "+1 or -1"),
        (HEAD + TRIANGLE + "D,A,2\n", "row 5, column sign", "the sign '2'", "+1 or -1"),
        (HEAD + TRIANGLE + "D,A,\n", "row 5, column sign", "no sign", "+1 or -1"),
        (HEAD + TRIANGLE + ",A,1\n", "row 5, column source", "an empty cell", "name the state"),
        (HEAD + TRIANGLE + "D,=1+1,1\n", "row 5, column target", "formula", "code or name"),
        (HEAD + TRIANGLE + "@SUM(A1),A,1\n", "row 5, column source", "formula", "code or name"),
        (HEAD + TRIANGLE + "D,A\n", "row 5", "2 cells, the header 3", "commas"),
        (HEAD + "A,B,1\n", "the network", "only 2 states", "at least three states"),
        (HEAD + TRIANGLE + f"{'D' * 200},A,1\n", "row 5", "200 characters", "code"),
        ('source,target,sign\n"A,B,1\n', "row", "is not CSV", "quotes"),
    ],
)
def test_a_fault_names_row_and_repair(tmp_path, text, where, what, repair):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert where in caught.value.where
    assert what in caught.value.what
    assert repair in caught.value.repair


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="the file is missing"):
        read_edges(tmp_path / "none.csv")


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_bytes(HEAD.encode() + b"A,\xff,1\n")
    with pytest.raises(InputError, match="row 2: is not UTF-8"):
        read_edges(path)


@pytest.mark.parametrize(
    ("nodes", "ties", "what"),
    [
        ("ABC", (), "no ties"),
        ("AB", (Tie("A", "B", 1),), "only 2 states"),
        ("", (), "no states"),
        ("ABCA", (Tie("A", "B", 1),), "'A' stands twice"),
        ("ABC", (Tie("A", "A", 1),), "tied to itself"),
        ("ABC", (Tie("A", "B", 0),), "the sign 0"),
        ("ABC", (Tie("A", "D", 1),), "'D' is no node"),
        ("ABC", (Tie("A", "B", 1), Tie("B", "A", 1)), "two ties"),
        ("ABC", (Tie("A", "B", 1), Tie("B", "A", -1)), "both signs"),
    ],
)
def test_a_network_that_cannot_be(nodes, ties, what):
    with pytest.raises(InputError, match=what):
        SignedNetwork(tuple(nodes), ties)


def test_ties_alone_make_a_network_and_may_add_states_without_ties():
    network = network_of([Tie("B", "A", 1)], nodes="C")
    assert network.nodes == ("A", "B", "C")
    with pytest.raises(InputError, match="tied to itself"):
        network_of([Tie("A", "A", 1)], nodes="BC")
    with pytest.raises(InputError, match="both signs"):
        network_of([Tie("A", "B", 1), Tie("B", "A", -1)], nodes="C")


def test_asking_for_what_is_not_there():
    network = network_of([Tie("A", "B", 1), Tie("B", "C", -1)])
    with pytest.raises(InputError, match=r"no state 'X'.*\n.*ask for one of A, B, C"):
        network.place("X")
    with pytest.raises(InputError, match="A-C: no tie"):
        network.flipped("A", "C")
    assert network.flipped("C", "B").tie("B", "C").sign == 1
