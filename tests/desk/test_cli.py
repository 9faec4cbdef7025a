"""The command line as a user meets it: what it prints, where it leaves, what it says of bad input."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from multivector.atlas import load_region
from multivector.desk import results, standing
from multivector.desk.cli import main
from multivector.inference.sensitivity import answer

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "examples" / "articles"


@pytest.fixture
def multivector(capsys):
    """Run the command line: exit code, standard output, standard error."""

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture(scope="module")
def claims(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("claims") / "claims.csv"
    with pytest.raises(SystemExit):
        main(["read", str(ARTICLES), "--out", str(path), "--quiet"])
    return path


def test_help_has_examples(multivector):
    code, out, _ = multivector("run", "--help")
    assert code == 0
    assert "Example:" in out


def test_read_writes_claims_whose_quotes_are_in_the_text(multivector, tmp_path):
    out = tmp_path / "claims.csv"
    code, printed, _ = multivector("read", ARTICLES, "--out", out, "--json")
    report = json.loads(printed)
    assert code == 0
    assert report["claims"] == sum(document["claims"] for document in report["documents"]) > 10
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = (ARTICLES / row["doc"]).read_text("utf-8")
            assert text[int(row["char_start"]) : int(row["char_end"])] == row["quote"]


def test_check_catches_the_three_planted_figures(multivector, claims):
    code, printed, _ = multivector("check", claims, "--json")
    assert code == 1
    report = json.loads(printed)
    refuted = [v["quote"] for v in report["verdicts"] if v["verdict"] == "refuted"]
    with (ARTICLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        planted = [row["quote"] for row in csv.DictReader(file)]
    for wrong in planted:
        assert any(wrong in quote or quote in wrong for quote in refuted), wrong
    assert len(refuted) == len(planted)
    for verdict in report["verdicts"]:
        if verdict["verdict"] in {"supported", "refuted", "partly"}:
            assert verdict["data_version"]
            assert verdict["sources"]
            assert verdict["query"]
        else:
            assert verdict["why"]


def test_measure_balance(multivector):
    code, printed, _ = multivector("measure", "balance", "--at", "2024", "--json")
    report = json.loads(printed)
    assert code == 0
    assert {row["state"] for row in report["states"]} == set(load_region().states)
    code, printed, _ = multivector("measure", "balance", "--at", "2024")
    assert code == 0
    assert "Balance of central-eurasia at 2024-12-31" in printed
    assert "KAZ" in printed
    assert "\x1b[" not in printed


def test_run_writes_and_resumes(multivector, tmp_path):
    out = tmp_path / "run"
    code, printed, _ = multivector("run", "russia-arms-shortfall", "--members", 16, "--out", out, "--json")
    assert code == 0
    first = json.loads(printed)
    assert (out / "run.nc").is_file()
    assert (out / "manifest.json").is_file()
    code, printed, _ = multivector("run", "russia-arms-shortfall", "--members", 16, "--out", out, "--json")
    assert json.loads(printed) == first


def test_brief_writes_one_file(multivector, tmp_path, monkeypatch):
    monkeypatch.setattr(answer, "BATCH", 64)
    monkeypatch.setattr(results, "HINDCAST_MEMBERS", 64)
    monkeypatch.setattr(standing, "YEARS", 2)
    monkeypatch.setattr(standing, "SAMPLES", 100)
    out = tmp_path / "brief.html"
    words = ("brief", "russia-arms-shortfall", "--read", ARTICLES, "--members", 32, "-o", out)
    code, printed, _ = multivector(*words)
    assert code == 0
    assert printed.startswith(str(out))
    page = out.read_text("utf-8")
    places = re.findall(r'href="(brief[^"]*\.documents/[^"#]+)#([^"]+)"', page)
    assert places
    for file, anchor in places:
        assert f'id="{anchor}"' in (tmp_path / file).read_text("utf-8")
    assert "In the runs the shortfall" in page
    assert page.count("refuted") >= 3
    assert 'aria-labelledby="ranked-all-title' in page
    assert 'aria-labelledby="camps-title' in page
    assert 'http-equiv="Content-Security-Policy"' in page.replace("'", '"')


def test_a_faulty_region_is_wrong_use_of_any_other_command(multivector, tmp_path):
    folder = tmp_path / "broken"
    shutil.copytree(ROOT / "tests" / "regions" / "archipelago", folder)
    (folder / "actors.csv").unlink()
    assert multivector("region", "check", folder, "--quiet")[0] == 1
    code, _, err = multivector("measure", "blocs", "--at", "2020", "--region", folder)
    assert code == 2
    assert "wrong input" in err
    assert "actors.csv" in err


def test_region_check(multivector, tmp_path):
    assert multivector("region", "check", "central-eurasia")[0] == 0
    folder = tmp_path / "broken"
    shutil.copytree(ROOT / "tests" / "regions" / "archipelago", folder)
    ties = folder / "ties" / "arms.csv"
    ties.write_text(ties.read_text("utf-8").replace(",XNO,", ",QQQ,", 1), "utf-8")
    code, printed, _ = multivector("region", "check", folder, "--json")
    faults = json.loads(printed)["faults"]
    assert code == 1
    assert faults[0]["file"] == "ties/arms.csv"
    assert faults[0]["value"] == "QQQ"
    assert faults[0]["repair"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["read", "no-such-file.txt", "--out", "OUT"], 2, "no-such-file.txt"),
        (["read", "EMPTY", "--out", "OUT"], 2, "empty"),
        (["read", "BINARY", "--out", "OUT"], 2, "BINARY"),
        (["check", "EMPTY"], 2, "EMPTY"),
        (["check", "no-such-claims.csv"], 2, "no-such-claims.csv"),
        (["run", "no-such-scenario", "--out", "OUT"], 2, "one of: russia-arms-shortfall"),
        (["run", "russia-arms-shortfall", "--members", "0", "--out", "OUT"], 2, "members"),
        (["run", "russia-arms-shortfall", "--members", "8", "--out", "EMPTY"], 3, "cannot be written"),
        (["measure", "balance", "--at", "someday"], 2, "someday"),
        (["region", "check", "no-such-region"], 2, "no-such-region"),
        (["brief", "russia-arms-shortfall", "--read", "EMPTY", "-o", "OUT"], 2, "empty"),
    ],
)
def test_bad_input_is_said_without_a_traceback(multivector, tmp_path, monkeypatch, words, code, said):
    monkeypatch.chdir(tmp_path)
    Path("EMPTY").write_bytes(b"")
    Path("BINARY").write_bytes(b"\x00\x01\x02\xff" * 100)
    left, _, err = multivector(*words)
    assert left == code
    assert said in err
    assert not Path("OUT").exists() or not any(Path("OUT").rglob("run.nc"))


def test_an_input_is_never_overwritten(multivector, tmp_path):
    article = tmp_path / "article.md"
    article.write_text("Russia supplied 94 percent of Armenia's arms imports.", "utf-8")
    code, _, err = multivector("read", article, "--out", article)
    assert code == 2
    assert "the output is one of the inputs" in err
    assert article.read_text("utf-8").startswith("Russia supplied")


def test_a_fall_is_no_growth_and_a_change_no_level(multivector, tmp_path):
    article, claims = tmp_path / "article.md", tmp_path / "claims.csv"
    article.write_text(
        "Kazakhstan's economy shrank by 5.1 percent in 2023. Georgia's economy contracted by 6.8 percent in 2020. "
        "Azerbaijan's military expenditure fell by 5.1 percent in 2024.",
        "utf-8",
    )
    multivector("read", article, "--out", claims)
    _, printed, _ = multivector("check", claims, "--json")
    verdicts = [verdict["verdict"] for verdict in json.loads(printed)["verdicts"]]
    assert verdicts == ["refuted", "supported", "not checkable"]


def test_errors_are_json_too(multivector):
    code, printed, _ = multivector("run", "no-such-scenario", "--out", "x", "--json")
    assert code == 2
    assert json.loads(printed)["error"] == "ScenarioError"


def test_no_colour_codes_off_a_terminal(multivector):
    assert "\x1b[" not in multivector("--help")[1]
