"""`multivector ledger` as a user meets it, its page, and its record in the brief."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from multivector.atlas import load_region
from multivector.desk import pipeline
from multivector.desk.brief import render_brief
from multivector.desk.cli import main
from multivector.desk.ledger_text import record_of
from multivector.errors import InputError
from multivector.inference.ledger import (
    add_forecasts,
    make_forecast,
    open_ledger,
    parse_rule,
    resolve_by_data,
)
from multivector.world.scenario_file import load_scenario

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "ledger.md"
ARCHIPELAGO = ROOT / "tests" / "regions" / "archipelago"
PAUSE = ARCHIPELAGO / "scenarios" / "norholm-pause.yaml"
LATER = ["--rule", "gdp_growth KAZ 2050 above 4", "--due", "2055-12-31"]  # so that no test grows old


@pytest.fixture
def multivector(capsys, tmp_path, monkeypatch):
    """Run the command line in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MULTIVECTOR_LEDGER", raising=False)

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture(scope="module")
def growth(region, tmp_path_factory) -> Path:
    """A ledger of one forecast."""
    path = tmp_path_factory.mktemp("ledger") / "forecasts.jsonl"
    made = make_forecast(
        region,
        parse_rule(LATER[1]),
        text="Growth",
        probability=0.6,
        due=dt.date.fromisoformat(LATER[3]),
        key="growth",
    )
    add_forecasts(path, [made])
    return path


@pytest.fixture
def added(multivector, growth):
    """The command line in a folder with that ledger."""
    for name in (growth.name, f"{growth.name}.head"):
        shutil.copy(growth.with_name(name), name)
    return multivector


def saved_run(folder: Path, shares: dict[str, list[float]]) -> Path:
    """A saved run in which Norholm's share of Alder Isle's arms in 2024 is what is given, member by member."""
    region = load_region(ARCHIPELAGO)
    scenario = load_scenario(PAUSE, region)
    manifest = {
        "region": f"{region.id}@{region.version}",
        "region_hash": region.hash,
        "scenario": scenario.id,
        "scenario_hash": scenario.hash,
        "seed": 7,
        "members": len(shares["scenario"]),
    }
    values = np.array([shares["baseline"], shares["scenario"]])[:, :, None, None, None]
    data = xr.Dataset(
        {"arms_share_5y": (("scenario", "member", "year", "state", "partner"), values)},
        {"scenario": ["baseline", "scenario"], "year": [2024], "state": ["XAL"], "partner": ["XNO"]},
        {"manifest": json.dumps(manifest)},
    )
    folder.mkdir(parents=True)
    data.to_netcdf(folder / "run.nc", engine="h5netcdf")
    return folder


def test_add_list_resolve_score(added):
    code, printed, _ = added("ledger", "list", "--json")
    report = json.loads(printed)
    assert code == 0
    (row,) = report["forecasts"]
    assert (row["id"], row["status"], row["probability"]) == ("growth", "open", 0.6)
    assert row["rule"] == "gdp_growth KAZ 2050 above 4"
    assert row["hindsight"] is False
    assert row["manifest"]["region_hash"] == load_region().hash
    assert report["head"] == open_ledger("forecasts.jsonl").head
    code, printed, _ = added("ledger", "resolve", "--json")
    report = json.loads(printed)
    assert code == 0
    assert report["resolved"] == []
    assert report["open"] == [{"id": "growth", "why": "2050-12-31 is yet to come", "overdue": False}]
    code, printed, _ = added("ledger", "score", "--json")
    report = json.loads(printed)
    assert code == 0
    assert report["forecasts"] is None
    assert report["counts"]["open"] == 1
    code, printed, _ = added("ledger", "score")
    assert "there is no score" in printed
    assert not re.search(r"Brier score [\d.]", printed)
    for command in ("list", "resolve", "score"):
        assert added("ledger", command, "--quiet")[1] == ""


def test_the_ledger_is_where_it_is_said_to_be(multivector, tmp_path, monkeypatch):
    words = ("ledger", "add", "--text", "Growth", "-p", "0.6", *LATER, "--quiet")
    assert multivector(*words, "--ledger", "a.jsonl")[0] == 0
    monkeypatch.setenv("MULTIVECTOR_LEDGER", "b.jsonl")
    assert multivector(*words)[0] == 0
    monkeypatch.delenv("MULTIVECTOR_LEDGER")
    assert multivector(*words)[0] == 0
    found = sorted(path.name for path in tmp_path.glob("*.jsonl"))
    assert found == ["a.jsonl", "b.jsonl", "forecasts.jsonl"]


def test_a_run_brings_its_judgements(multivector, tmp_path):
    folder = saved_run(
        tmp_path / "run",
        {"baseline": [0.6, 0.6, 0.4, float("nan")], "scenario": [0.4, 0.4, 0.5, float("nan")]},
    )
    words = ("ledger", "add", "--run", folder, "--scenario", PAUSE, "--region", ARCHIPELAGO)
    code, printed, _ = multivector(*words, "--json")
    assert code == 0
    (entry,) = json.loads(printed)["added"]
    assert entry["probability"] == pytest.approx((2 + 1) / (3 + 2), abs=1e-15)  # 0.5 is not below 0.5
    assert entry["runs"] == {
        "arm": "scenario",
        "yes": 2,
        "n": 3,
        "baseline": [1, 3],
        "scenario": [2, 3],
        "condition": "the pause",
    }
    assert entry["rule"]["threshold"] == 0.5
    assert entry["manifest"]["seed"] == 7
    assert entry["hindsight"]  # its data reach to 2024
    code, _, err = multivector(*words)
    assert code == 2
    assert "is already there" in err
    code, printed, _ = multivector(*words, "--arm", "baseline")
    assert code == 0
    assert "1 of 3 runs under priors;" in printed
    code, printed, _ = multivector("ledger", "resolve", "--region", ARCHIPELAGO, "--json")
    share = float(load_region(ARCHIPELAGO).share("arms", 2020, 2024)["value"].sel(state="XAL", partner="XNO"))
    assert [each["outcome"] for each in json.loads(printed)["resolved"]] == [share < 0.5] * 2
    code, printed, _ = multivector("ledger", "score", "--json")
    report = json.loads(printed)
    assert report["forecasts"] is None
    assert report["hindsight"]["n"] == 2


@pytest.mark.parametrize(("value", "p"), [(0.9, 1 / 5), (0.1, 4 / 5)])
def test_no_number_of_runs_makes_a_certainty(multivector, tmp_path, value, p):
    folder = saved_run(tmp_path / "run", {"baseline": [value] * 3, "scenario": [value] * 3})
    words = ("ledger", "add", "--run", folder, "--scenario", PAUSE, "--region", ARCHIPELAGO, "--json")
    (entry,) = json.loads(multivector(*words)[1])["added"]
    assert entry["probability"] == pytest.approx(p, abs=1e-15)


def test_a_real_run_can_be_stored(multivector, tmp_path):
    out = tmp_path / "runs" / "pause"
    multivector("run", PAUSE, "--region", ARCHIPELAGO, "--members", 16, "--out", out, "--quiet")
    words = ("ledger", "add", "--run", out, "--scenario", PAUSE, "--region", ARCHIPELAGO, "--json")
    code, printed, err = multivector(*words)
    assert code == 0, err
    (entry,) = json.loads(printed)["added"]
    assert entry["manifest"] == json.loads((out / "manifest.json").read_text())
    assert entry["probability"] == (entry["runs"]["yes"] + 1) / (entry["runs"]["n"] + 2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["add", "-p", "0.5", "--rule", "gdp_growth KAZ 2050 above 4"], 2, "needs a text"),
        (["add", "--text", "x", "-p", "0", *LATER], 2, "greater than 0"),
        (["add", "--text", "x", "-p", "1", *LATER], 2, "less than 1"),
        (["add", "--text", "x", "-p", "nan", *LATER], 2, "probability"),
        (["add", "--text", "x", "-p", "half", *LATER], 2, "number"),
        (["add", "--text", "x", "-p", "0.5", "--rule", "gdp_growth KAZ 2050 above 4", "--due", "soon"], 2, "2027-03-31"),
        (["add", "--text", "x", "-p", "0.5", "--rule", "gdp_growth KAZ 2050 above 4", "--due", "2049-01-01"], 2, "before"),
        (["add", "--text", "x", "-p", "0.5", "--rule", "gdp_grwth KAZ 2050 above 4"], 2, "did you mean gdp_growth"),
        (["add", "--text", "x", "-p", "0.5", *LATER, "--made", "2199-01-01"], 2, "yet to come"),
        (["add", "--text", "x", "-p", "0.5", *LATER, "--id", "growth"], 2, "already there"),
        (["add", "--text", "x", "-p", "0.5", *LATER, "--ledger", "forecasts.jsonl/x.jsonl"], 3, "cannot be written"),
        (["add", "--text", "\udcff", "-p", "0.5", *LATER], 2, "text"),
        (["add", "--text", "  \n", "-p", "0.5", *LATER], 2, "text: is empty"),
        (["add", "--text", "\x1b[2Jred", "-p", "0.5", *LATER], 2, "control character '\\x1b'"),
        (["add", "--run", "none"], 2, "no saved run"),
        (["add", "--run", "none", "--text", "x"], 2, "brings its own"),
        (["add", "--run", "BROKEN"], 2, "cannot be read"),
        (["resolve", "--id", "growth"], 2, "--outcome yes|no"),
        (["resolve", "--id", "nothing", "--outcome", "yes", "--source", "s", "--by", "b"], 2, "one of growth"),
        (["resolve", "--id", "growth", "--outcome", "yes", "--source", "s", "--by", "b"], 2, "before 2050-12-31"),
        (["resolve", "--region", "no-such-region"], 2, "no-such-region"),
        (["list", "--ledger", "none.jsonl"], 2, "there is no ledger"),
        (["score", "--ledger", "EDITED"], 2, "line 1: was edited"),
        (["list", "--ledger", "BINARY"], 2, "is no text"),
    ],
)  # fmt: skip
def test_bad_input_is_said_without_a_traceback(added, words, code, said):
    whole = Path("forecasts.jsonl").read_bytes()
    Path("EDITED").write_bytes(whole.replace(b"0.6", b"0.7"))
    Path("BINARY").write_bytes(b"\x00\x01\x02\xff\n" * 100)
    Path("BROKEN").mkdir()
    Path("BROKEN/run.nc").write_bytes(b"no HDF5")
    left, _, err = added("ledger", *words)
    assert left == code
    assert said in err
    assert Path("forecasts.jsonl").read_bytes() == whole


def test_another_scenario_than_the_runs_is_refused(multivector, tmp_path):
    folder = saved_run(tmp_path / "run", {"baseline": [0.4], "scenario": [0.4]})
    changed = tmp_path / "changed.yaml"
    changed.write_text(PAUSE.read_text("utf-8").replace("threshold: 0.5", "threshold: 0.6"), "utf-8")
    words = ("ledger", "add", "--run", folder, "--region", ARCHIPELAGO)
    code, _, err = multivector(*words, "--scenario", changed)
    assert code == 2
    assert "has changed since the run" in err
    code, _, err = multivector(*words)
    assert code == 2
    assert "--scenario" in err
    code, _, err = multivector(
        "ledger", "add", "--run", folder, "--scenario", PAUSE, "--region", "central-eurasia"
    )
    assert code == 2
    assert "about archipelago" in err


def test_errors_are_json_too(multivector):
    code, printed, _ = multivector("ledger", "list", "--json")
    assert code == 2
    assert json.loads(printed)["error"] == "LedgerError"


# The brief


def test_the_brief_says_that_there_is_no_record(brief):
    page = render_brief(replace(brief, forecasts=record_of(None, dt.date(2026, 11, 22))))
    assert "There is no forecast record yet" in page
    assert "multivector ledger add --run" in page


def test_the_brief_prints_the_record(brief, region, tmp_path):
    path = tmp_path / "forecasts.jsonl"
    made = [
        make_forecast(
            region,
            parse_rule(f"gdp_growth {state} 2023 above {threshold}"),
            text="x",
            probability=p,
            rate=0.5,
            key=f"{state}-{threshold}",
            made=dt.date(2022, 6, 1),
        ).model_copy(update={"hindsight": False})
        for state, threshold, p in (("KAZ", 4, 0.8), ("KAZ", 6, 0.4), ("GEO", 1, 0.85))
    ]
    coming = make_forecast(
        region, parse_rule("gdp_growth KAZ 2050 above 4"), text="x", probability=0.5, key="c"
    )
    add_forecasts(path, [*made, coming])
    resolve_by_data(path, region)
    growth = {
        state: float(region.series("gdp_growth", 2023, 2023, actors=[state])["value"].item())
        for state in ("KAZ", "GEO")
    }
    outcomes = [growth["KAZ"] > 4, growth["KAZ"] > 6, growth["GEO"] > 1]
    expected = sum((p - o) ** 2 for p, o in zip((0.8, 0.4, 0.85), outcomes, strict=True)) / 3
    page = render_brief(replace(brief, forecasts=record_of(path, dt.date(2026, 11, 22))))
    text = re.sub(r"<[^>]+>", " ", page)
    assert "4 forecasts stored before the answer was known: 3 resolved, 1 open." in text
    assert f"Brier score {expected:.4f}" in text
    assert "base rates 0.2500" in text
    assert "errors clustered by 2 states" in text
    assert "80–90%" in text
    assert open_ledger(path).head in text
    assert 'href="#forecasts"' in page


def test_make_brief_reads_the_ledger_before_it_runs(brief, monkeypatch, tmp_path, multivector, region):
    code, _, err = multivector("brief", "russia-arms-shortfall", "-o", "brief.html", "--ledger", "none.jsonl")
    assert code == 2
    assert "there is no ledger" in err
    monkeypatch.setattr(pipeline, "compute", lambda *_, **__: None)
    monkeypatch.setattr(pipeline, "context_of", lambda _: brief)
    scenario = load_scenario("russia-arms-shortfall", region)
    assert "There is no forecast record" in pipeline.make_brief(region, scenario).context.forecasts.summary
    path = tmp_path / "forecasts.jsonl"
    made = make_forecast(
        region, parse_rule("gdp_growth KAZ 2050 above 4"), text="x", probability=0.5, key="c"
    )
    add_forecasts(path, [made])
    record = pipeline.make_brief(region, scenario, ledger=path).context.forecasts
    assert record.summary.startswith("1 forecast stored before the answer was known: 0 resolved, 1 open.")
    assert "no score" in record.summary


@pytest.mark.parametrize("place", ["", "elsewhere.jsonl"])
def test_the_brief_prints_the_default_ledger_once_it_is_there(multivector, growth, monkeypatch, place):
    given = []

    def stop(*_: object, ledger: Path | None, **__: object) -> None:
        given.append(ledger)
        raise InputError("stopped")

    monkeypatch.setattr(pipeline, "make_brief", stop)
    monkeypatch.setenv("MULTIVECTOR_LEDGER", place)
    multivector("brief", "russia-arms-shortfall", "-o", "brief.html")
    default = Path(place or "forecasts.jsonl")
    shutil.copy(growth, default)
    multivector("brief", "russia-arms-shortfall", "-o", "brief.html")
    assert given == [None, default]
    code, _, err = multivector("brief", "russia-arms-shortfall", "-o", default)
    assert code == 2
    assert "the output is one of the inputs" in err


# The page


def test_the_commands_of_the_page_print_what_it_says(multivector):
    blocks = re.findall(r"^```console\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    commands = 0
    said = ""
    for line in "".join(blocks).splitlines():
        if line.startswith("$ "):
            words = shlex.split(line[2:])
            assert words[:2] == ["multivector", "ledger"]
            code, out, err = multivector(*words[1:])
            said = out + err
            assert code == (2 if "wrong input" in said else 0)
            commands += 1
        else:
            assert line in said
    assert commands == 5


def test_the_code_of_the_page_runs():
    (block,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    exec(compile(block, str(PAGE), "exec"), {})
