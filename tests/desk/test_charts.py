"""Charts: valid specifications, safe and described pictures, nothing drawn where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from multivector.desk import palette
from multivector.desk.charts import (
    balance_bars,
    coverage_chart,
    fan_chart,
    fan_quantiles,
    leans_on_whom,
    score_chart,
    supplier_mix,
    theme,
    tornado,
)
from multivector.desk.charts.fan import COLUMNS
from multivector.desk.charts.lean import percent
from multivector.desk.mapdata import RegionMap
from multivector.desk.svg import Svg, number

SVG = "{http://www.w3.org/2000/svg}"


def described(svg: str) -> str:
    return "".join(node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}desc"))


KINDS = ("fan", "mix", "lean", "balance", "score", "coverage", "tornado")
SEES = {  # Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
    "all": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_xml_with_a_title_and_a_description(charts: Mapping[str, Svg], kind: str) -> None:
    root = ElementTree.fromstring(charts[kind])
    ids = {node.attrib["id"]: node.text for node in root if "id" in node.attrib}
    assert set(root.attrib["aria-labelledby"].split()) == {f"{kind}-title", f"{kind}-desc"}
    assert all(ids.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_shows_no_missing_number_and_no_foreign_id(charts: Mapping[str, Svg], kind: str) -> None:
    assert not re.search(r"NaN|None|null|undefined|Infinity", charts[kind])
    assert all(name.startswith(f"{kind}-") for name in re.findall(r'\bid="([^"]+)"', charts[kind]))
    assert not re.search(r'\bclass="|<style|<script|href="http', charts[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_letters_are_legible_on_a_small_screen(charts: Mapping[str, Svg], kind: str) -> None:
    """On a page 400 pixels wide a chart has 364: no letter falls below 9 pixels."""
    width = float(re.search(r'viewBox="0 0 (\d+)', charts[kind])[1])
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', charts[kind])]
    assert min(sizes) * min(364 / width, 1) >= 9


def test_altair_finds_nothing_wrong_with_the_specifications(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, str]
) -> None:
    monkeypatch.setattr(theme, "CHECKED", True)
    reruns = pl.DataFrame({"assumption": ["a", "b"], "p": [0.2, 0.9]})
    ties = pl.DataFrame({"state": ["KAZ"], "power": ["RUS"], "value": [0.5], "low": [0.5], "high": [0.5]})
    svgs = [
        tornado(reruns, base=0.6, title="T"),
        leans_on_whom(ties, states=["KAZ"], powers=["RUS"], names=names, title="T"),
    ]
    assert all(ElementTree.fromstring(svg) is not None for svg in svgs)


def test_quantiles_leave_missing_members_out_and_count_them() -> None:
    samples = np.array([[0.0, np.nan], [1.0, np.nan], [np.nan, np.nan], [0.5, np.nan]])
    fan = fan_quantiles(samples, [2022, 2023])
    assert fan["year"].to_list() == [2022]
    assert fan["n"].to_list() == [3]
    assert fan.row(0)[1:-1] == tuple(np.quantile([0.0, 0.5, 1.0], [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]))


def test_a_gap_in_the_history_is_not_bridged() -> None:
    empty = fan_quantiles(np.empty((0, 0)), [])
    broken, whole = (
        fan_chart(pl.DataFrame({"year": years, "value": [0.5] * len(years)}), empty, empty,
                  pl.DataFrame({"year": [], "value": []}), origin=2015, title="T")
        for years in ([2010, 2011, 2014, 2015], [2012, 2013, 2014, 2015])
    )  # fmt: skip
    pieces = [
        re.search(r'<path d="([^"]+)" stroke="#16222d" stroke-width="2"', svg)[1].count("M")
        for svg in (broken, whole)
    ]
    assert pieces == [2, 1]


def test_the_fan_chart_says_its_medians(charts: Mapping[str, Svg]) -> None:
    said = described(charts["fan"])
    assert "Baseline in 2018: median 70%, 90% of members 61% to 79%" in said
    assert "Observed since: 2016 60%" in said
    assert len(COLUMNS) == 7


def test_a_year_without_deliveries_stays_blank(charts: Mapping[str, Svg]) -> None:
    """Two runs of years, two suppliers: four shapes, none of which spans the gap."""
    shapes = re.findall(r'<path d="([^"]+)" fill="#', charts["mix"])
    assert len(shapes) == 4


def test_suppliers_outside_the_order_are_summed(shares: pl.DataFrame, names: dict[str, str]) -> None:
    svg = supplier_mix(shares, title="T", order=["RUS"], names=names | {"OTHER": "others"}, colours={})
    said = described(svg)
    assert said == "Shares in the window that ends with 2015: Russia 75%, others 25%."


def test_a_state_without_any_window_has_an_empty_panel(shares: pl.DataFrame, names: dict[str, str]) -> None:
    svg = supplier_mix(shares.clear(), title="T", order=["RUS"], names=names, colours={}, years=(2010, 2015))
    assert "No deliveries in any window." in svg


NAN = float("nan")


def test_nan_is_missing_in_every_chart(shares: pl.DataFrame, names: dict[str, str]) -> None:
    """A NaN draws nothing and is said nowhere; what is known beside it still shows."""
    empty = fan_quantiles(np.empty((0, 0)), [])
    broken = shares.with_columns(pl.when(pl.col("year") == 2015).then(NAN).otherwise("share").alias("share"))
    values = pl.DataFrame({"year": [2013, 2014, 2015], "value": [0.4, NAN, 0.6]})
    bounds = {"value": [0.5, NAN], "low": [0.4, NAN], "high": [0.6, 0.2]}
    bars = pl.DataFrame({"name": ["A", "B"], **bounds, "note": ["", ""]})
    cells = pl.DataFrame({"state": ["KAZ", "ARM"], "power": ["RUS", "RUS"], **bounds})
    reruns = pl.DataFrame({"assumption": ["known", "lost"], "p": [0.2, NAN]})
    errors = {"model": [0.1, NAN], "persistence": [0.2, 0.2], "n": [3, 3]}
    scores = pl.DataFrame({"label": ["1", "2"], **errors, "cover80": [0.8, NAN], "cover90": [0.9, NAN]})
    drawn = {
        "window that ends with 2014": supplier_mix(broken, title="T", order=["RUS"], names=names, colours={}),
        "2015 60%": fan_chart(values, empty, empty, values, origin=2013, title="T"),
        "A: 0.50": balance_bars(bars, title="T"),
        "Armenia: Russia &lt;20%": leans_on_whom(
            cells, states=["KAZ", "ARM"], powers=["RUS"], names=names, title="T"
        ),
        "known: −40": tornado(reruns, base=0.6, title="T"),
        "1: model 0.1000": score_chart(scores, title="T"),
        "1: 80% band 80%": coverage_chart(scores, title="T"),
    }
    for said, svg in drawn.items():
        assert said in svg
        assert not re.search(r"\b(nan|NaN|None|null|lost)\b", svg)


def test_the_matrix_tells_value_bound_nothing_and_unknown_apart(charts: Mapping[str, Svg]) -> None:
    shown = words(charts["lean"])
    assert [shown.count(cell) for cell in ("80", "<12", "0", "·")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0"), (0.001, "<1"), (0.006, "1"), (0.124, "12"), (1.0, "100")]
)
def test_small_is_not_nothing(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_a_state_that_is_not_scored_says_so(charts: Mapping[str, Svg]) -> None:
    shown = words(charts["balance"])
    assert "not scored" in shown
    assert "0.62" in shown


def test_an_assumption_that_turns_the_judgement_reads_flips(charts: Mapping[str, Svg]) -> None:
    assert {"−46 flips", "−6"} <= set(words(charts["tornado"]))


def lab(colour: str, sees: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of a colour as someone sees it."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.072175],
            [0.0193339, 0.119192, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(sees @ linear, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("reader", SEES)
def test_suppliers_can_be_told_apart(reader: str) -> None:
    seen = [lab(colour, SEES[reader]) for colour in (*palette.SUPPLIERS, palette.OTHER)]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) >= 10


@pytest.mark.parametrize("reader", SEES)
def test_the_ramp_darkens_for_every_reader(reader: str) -> None:
    lightness = [lab(colour, SEES[reader])[0] for colour in palette.SEQUENTIAL]
    assert max(np.diff(lightness)) < -4


def test_the_regions_colours_are_those_that_were_checked(region_map: RegionMap) -> None:
    given = region_map.file.colours
    assert set(palette.SUPPLIERS) <= set(given.values())
    assert palette.assign(["RUS", "ZZZ"], given)["RUS"] == given["RUS"]


def test_names_without_a_colour_get_different_ones_then_grey() -> None:
    colours = palette.assign([f"s{i}" for i in range(12)])
    assert len(set(list(colours.values())[:10])) == 10
    assert colours["s11"] == palette.OTHER


@pytest.mark.parametrize(
    ("value", "shown"), [(12.0, "12"), (0.5, ".5"), (-0.5, "-.5"), (-0.01, "0"), (100, "100")]
)
def test_coordinates_are_short(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_coordinate_is_a_number() -> None:
    with pytest.raises(ValueError, match="not a coordinate"):
        number(float("nan"))
