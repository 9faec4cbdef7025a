"""A small brief on the embedded region, with invented runs that are labelled so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from multivector.atlas import Region, load_region
from multivector.desk import context as c
from multivector.desk.charts import (
    balance_bars,
    coverage_chart,
    fan_chart,
    fan_quantiles,
    leans_on_whom,
    score_chart,
    supplier_mix,
    tornado,
)
from multivector.desk.estimative import judgement_sentence
from multivector.desk.map import Choropleth, Tie, draw_map
from multivector.desk.mapdata import RegionMap, load_map
from multivector.desk.svg import Svg

ON = date(2021, 12, 31)
RUNS = 2000
SOURCES = ("register",)


@pytest.fixture(scope="session")
def region() -> Region:
    return load_region()


@pytest.fixture(scope="session")
def region_map(region: Region) -> RegionMap:
    found = load_map(region.path)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def archipelago() -> Path:
    """The invented region of the tests, which has no map."""
    return Path(__file__).resolve().parents[1] / "regions" / "archipelago"


@pytest.fixture(scope="session")
def names(region: Region) -> dict[str, str]:
    return dict(region.table("actors").select("code", "name").iter_rows())


@pytest.fixture(scope="session")
def shares() -> pl.DataFrame:
    """Two suppliers over a gap: nothing was delivered in the windows of 2012 and 2013."""
    years = [2010, 2011, 2014, 2015]
    rows = [(y, p, s) for y in years for p, s in (("RUS", 0.75), ("TUR", 0.25))]
    return pl.DataFrame(rows, schema=["year", "partner", "share"], orient="row")


@pytest.fixture(scope="session")
def charts(shares: pl.DataFrame, names: dict[str, str]) -> dict[str, Svg]:
    """One chart of every kind."""
    fans = [
        fan_quantiles(
            np.repeat(np.linspace(middle - 0.1, middle + 0.1, RUNS)[:, None], 3, axis=1), [2016, 2017, 2018]
        )
        for middle in (0.7, 0.5)
    ]
    history = pl.DataFrame({"year": [2010, 2011, 2014, 2015], "value": [0.75] * 4})
    outturn = pl.DataFrame({"year": [2016], "value": [0.6]})
    ties = pl.DataFrame(
        {
            "state": ["KAZ", "KAZ", "ARM"],
            "power": ["RUS", "CHN", "RUS"],
            "value": [0.8, 0.0, None],
            "low": [0.8, 0.0, 0.0],
            "high": [0.8, 0.0, 0.12],
        }
    )
    balance = pl.DataFrame(
        {
            "name": ["Kazakhstan", "Armenia"],
            "value": [0.62, None],
            "low": [0.5, None],
            "high": [0.7, None],
            "note": ["worst layer: arms", "no data"],
        }
    )
    scores = pl.DataFrame(
        {
            "label": ["2016", "2017"],
            "model": [0.05, 0.09],
            "persistence": [0.06, 0.08],
            "n": [81, 81],
            "cover80": [0.8, 0.7],
            "cover90": [0.9, 0.85],
        }
    )
    reruns = pl.DataFrame({"assumption": ["exports stay low", "buyers notice"], "p": [0.4, 0.8]})
    return {
        "fan": fan_chart(history, *fans, outturn, origin=2015, title="Share", prefix="fan"),
        "mix": supplier_mix(shares, title="Mix", order=["RUS"], names=names, colours={}, prefix="mix"),
        "lean": leans_on_whom(
            ties, states=["KAZ", "ARM"], powers=["RUS", "CHN"], names=names, title="Arms", prefix="lean"
        ),
        "balance": balance_bars(balance, title="Balance", prefix="balance"),
        "score": score_chart(scores, title="Error", prefix="score"),
        "coverage": coverage_chart(scores, title="Coverage", prefix="coverage"),
        "tornado": tornado(reruns, base=0.86, title="J1", prefix="tornado"),
    }


@pytest.fixture(scope="session")
def choropleth(region: Region) -> Choropleth:
    values: dict[str, float | None] = {
        state: 0.1 + 0.08 * i for i, state in enumerate(region.states) if state != "TKM"
    }
    return Choropleth("Evenness", values, (0.1, 0.2, 0.3, 0.4, 0.5), "{:.1f}")


@pytest.fixture(scope="session")
def maps(region_map: RegionMap, names: dict[str, str], choropleth: Choropleth) -> tuple[Svg, Svg]:
    ties = [Tie("ARM", "RUS", 0.8), Tie("AFG", "USA", 0.9), Tie("TJK", "CHN", 0.2), Tie("GEO", "USA", 0.3)]
    wide, narrow = (
        draw_map(
            region_map, names, choropleth, ties, ON, title="Arms", tie_title="Share of arms", narrow=small
        )
        for small in (False, True)
    )
    return wide, narrow


def judgement(id_: str, p: float, *, beats: bool) -> c.Judgement:
    sentence = judgement_sentence(p, RUNS, "The share falls below one third.", beats_persistence=beats)
    confidence = c.Confidence("low", "Deliveries are few and lumpy.")
    track = "Beats persistence." if beats else "Has not beaten persistence."
    low, high = max(p - 0.1, 0.0), min(p + 0.1, 1.0)
    return c.Judgement(
        id_, sentence, p, low, high, "Over draws", confidence, track, ("A1",), SOURCES, ("C1",)
    )


@pytest.fixture(scope="session")
def brief(charts: dict[str, Svg], maps: tuple[Svg, Svg], region: Region) -> c.BriefContext:
    figures = tuple(
        c.Figure(name, (svg,), f"A {name} chart.", SOURCES, name.title(), origin="synthetic")
        for name, svg in charts.items()
        if name != "tornado"
    )
    claim = c.ClaimRow(
        "C1", "Russia supplied 94 percent", "doc.txt", 10, 36, "author", "asserted", "supported",
        "The register gives 93.9.", "93.9%", "2011–2020", "±2 points", "ties/arms", SOURCES,
    )  # fmt: skip
    assumption = c.Assumption("A1", "Exports stay low.", "assumed", SOURCES, (c.Effect("J1", 0.6, 0.4),))
    tornado_figure = c.Figure("tornado", (charts["tornado"],), "Reruns.", SOURCES, origin="synthetic")
    track = c.TrackRecord(
        "Lower error in one of two years.", False, (c.ScoreRow("2016", 81, 0.05, 0.06, 0.8, 0.9),)
    )
    return c.BriefContext(
        title="A preview",
        question="What would happen?",
        bottom_line="Nothing here is a finding.",
        region_title=region.title,
        region_id=region.id,
        region_version=region.version,
        meta=(c.MetaItem("Runs", "2 × 2,000"),),
        notices=(c.Notice("Every run on this page is invented.", "Preview.", "warning"),),
        judgements=(judgement("J1", 0.86, beats=True), judgement("J2", 0.62, beats=False)),
        map=c.MapFigure(*maps, "Who arms whom", "Links.", "No endorsement.", SOURCES, "synthetic"),
        sections=(c.Section("pictures", "Pictures", ("A paragraph.",), figures, with_map=True),),
        claims=(claim,),
        assumptions=(assumption,),
        assumption_figures=(tornado_figure,),
        alternatives=(c.Alternative("H1", "Another reading.", "The data fit.", "fits", SOURCES),),
        track=track,
        data_notes=(c.DataNote("Small numbers", "One order decides a window."),),
        sources=(
            c.SourceRow("register", "A register", "A publisher", "2026", "https://example.org/r", "free"),
        ),
        manifest=(("seed", "7"),),
        reproduce=c.Reproduce("import multivector as mv", "multivector brief"),
    )
