"""`multivector sensitivity` and `multivector levers` as a user meets them, on a region invented for tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from multivector.desk.cli import main
from multivector.inference.sensitivity import answer

ISLES = Path(__file__).parents[1] / "regions" / "archipelago"
PAUSE = ISLES / "scenarios" / "norholm-pause.yaml"


@pytest.fixture
def multivector(capsys, monkeypatch):
    monkeypatch.setattr(answer, "BATCH", 64)

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in (*words, "--region", ISLES)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return call


def test_sensitivity_as_json_and_as_text(multivector) -> None:
    asked = ("sensitivity", PAUSE, "--samples", 4, "--members", 64)
    code, out, _ = multivector(*asked, "--json")
    assert code == 0
    (report,) = json.loads(out)["judgements"]
    assert (report["id"], report["n"]) == ("alder-2024", 64)
    assert report["runs_for_a_point"] > 64  # 64 runs do not give a standard error of one point
    assert report["flip"]["assumption"] == "buyers-notice"
    assert report["flip"]["before"] == {"yes": report["yes"], "n": 64}
    factors = [row["factor"] for row in report["factors"] if row["answer"] == "holds"]
    assert {"chance", "lag", "lever 0 factor"} <= set(factors)
    code, text, _ = multivector(*asked)
    assert code == 0
    assert report["text"] in text
    assert f"in {report['yes']} of 64 runs" in text
    assert "buyers-notice" in text


def test_one_run_has_no_error_of_its_median(multivector) -> None:
    code, text, _ = multivector("sensitivity", PAUSE, "--samples", 2, "--members", 1)
    assert code == 0
    assert "of 1 runs" in text
    assert "(standard error unknown)" in text


def test_levers_as_json_and_as_text(multivector, monkeypatch) -> None:
    from multivector.desk.commands import levers

    monkeypatch.setattr(levers, "SEARCH_MEMBERS", 16)
    monkeypatch.setattr(levers, "ROUNDS", 2)
    asked = ("levers", PAUSE, "--actor", "XAL", "--year", 2024, "--members", 32, "--budget", 0.5)
    code, out, _ = multivector(*asked, "--json")
    assert code == 0
    report = json.loads(out)
    assert sum(report["best"]["split"].values()) == pytest.approx(1)
    moved = sum(abs(report["best"]["split"][power] - now) for power, now in report["now"].items()) / 2
    assert moved <= 0.5 + 1e-9
    assert [row["power"] for row in report["alone"]] == list(report["now"])
    assert report["best"]["low"] < report["best"]["gain"] < report["best"]["high"]
    code, text, _ = multivector(*asked)
    assert code == 0
    assert "members that did not choose it" in text


@pytest.mark.parametrize(
    ("words", "repair"),
    [
        (("sensitivity", PAUSE, "--judgement", "atlantis"), "alder-2024"),
        (("sensitivity", PAUSE, "--samples", 6), "power of two"),
        (("sensitivity", PAUSE, "--samples", 2**30, "--members", 2), "at most 65,536"),
        (("levers", PAUSE, "--actor", "ATL"), "XAL"),
        (("levers", PAUSE, "--actor", "XAL", "--year", 2050), "2021 to 2026"),
        (("levers", PAUSE, "--actor", "XAL", "--budget", 2), "share of the effort"),
    ],
)
def test_what_is_asked_wrongly(multivector, words, repair) -> None:
    code, _, err = multivector(*words)
    assert code == 2
    assert repair in err
