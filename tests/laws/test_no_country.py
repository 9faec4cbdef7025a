"""A second, invented region runs through everything: the engine names no country."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from multivector.atlas import check_region, load_region
from multivector.desk import results, standing
from multivector.desk.pipeline import make_brief
from multivector.inference.sensitivity import answer
from multivector.world.scenario_file import load_scenario

ROOT = Path(__file__).resolve().parents[2]
ARCHIPELAGO = ROOT / "tests" / "regions" / "archipelago"
ENGINE = ROOT / "src" / "multivector"


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    region = load_region(ARCHIPELAGO)
    scenario = load_scenario(ARCHIPELAGO / "scenarios" / "norholm-pause.yaml", region)
    folder = tmp_path_factory.mktemp("archipelago")
    article = folder / "article.md"
    article.write_text(
        "# Isles\n\nBetween 2015 and 2019, Norholm supplied 94 percent of Alder Isle's arms imports.\n"
    )
    out = folder / "brief.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "BATCH", 64)
        patch.setattr(results, "HINDCAST_MEMBERS", 64)
        patch.setattr(standing, "SAMPLES", 100)
        make_brief(region, scenario, [article], members=32, progress=False).write(out)
    return out.read_text("utf-8")


def test_the_invented_region_holds():
    assert check_region(ARCHIPELAGO) == []


def test_the_brief_of_an_invented_region_speaks_of_it_alone(page):
    text = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    assert "Norholm" in text
    assert "Alder Isle" in text
    assert "the pause" in text
    names = load_region().table("actors")["name"].to_list()
    found = [name for name in names if len(name) > 4 and re.search(rf"\b{re.escape(name)}\b", text)]
    assert set(found) <= {"unknown supplier"}
    assert "shortfall" not in text


def test_no_engine_file_names_a_country():
    actors = load_region().table("actors")
    words = [w for w in (*actors["code"], *actors["name"]) if re.fullmatch(r"[A-Z]{3}|[A-Z][a-zü]{4,}", w)]
    pattern = re.compile(r"[\"'](" + "|".join(map(re.escape, words)) + r")[\"']")
    named = [
        f"{path.relative_to(ENGINE)}: {match[0]}"
        for path in sorted(ENGINE.rglob("*.py"))
        if "regions" not in path.parts
        for match in pattern.finditer(re.sub(r'"""(.*?)"""', "", path.read_text("utf-8"), flags=re.DOTALL))
    ]
    assert named == []
    # Tables of the engine hold words without quotes; `regions/` alone may speak of a country.
    bare = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, words)) + r")(?!\w)")
    tables = [path for path in ENGINE.rglob("*.csv") if "regions" not in path.parts]
    assert tables
    assert [
        f"{path.name}: {found[0]}" for path in tables if (found := bare.search(path.read_text("utf-8")))
    ] == []
