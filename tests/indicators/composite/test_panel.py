"""Panel data: units are states at times; ranks within each time."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from multivector.errors import InputError
from multivector.indicators.composite import Composite, build

from .conftest import META

VALUES = {  # a, b, c by unit over 2018, 2019, 2020
    "u1": [(0.0, 9.0, 1.0), (None, 8.0, 2.0), (4.0, 7.0, 3.0)],
    "u2": [(2.0, 6.0, 4.0), (3.0, 5.0, 5.0), (None, 4.0, 6.0)],
    "u3": [(None, 3.0, 7.0), (8.0, 2.0, 8.0), (8.0, 1.0, 10.0)],
}
END = [{"do": "normalise"}, {"do": "aggregate"}]


def rows() -> list[dict[str, object]]:
    return [
        {"uCode": unit, "Time": 2018 + t, **dict(zip("abc", cells, strict=True))}
        for t in range(3)
        for unit, each in VALUES.items()
        for cells in [each[t]]
    ]


def panel(*stages: dict[str, object], data: pl.DataFrame | None = None) -> Composite:
    frame = pl.DataFrame(rows()) if data is None else data
    return build({"name": "panel", "stage": list(stages or END)}, frame, pl.DataFrame(META))


def column(index: Composite, stage: str, code: str) -> dict[str, float]:
    values = index.stages[stage].sel(element=code)
    return dict(zip(values["unit"].values.tolist(), values.values.tolist(), strict=True))


def test_time_is_the_last_column_only_where_there_are_several():
    index = panel()
    assert index.frame("stages").columns == ["stage", "uCode", "iCode", "value", "source", "Time"]
    assert index.frame("ranks").columns == ["iCode", "uCode", "score", "rank", "source", "Time"]
    assert index.frame("log").columns[-1] == "Time"
    one = panel(data=pl.DataFrame(rows()).filter(pl.col("Time") == 2019))
    for part in ("stages", "ranks", "log"):
        assert "Time" not in one.frame(part).columns


def test_ranks_are_within_each_time():
    ranks = panel().frame("ranks").filter(iCode="Q")
    for time in ("2018", "2019", "2020"):
        of_time = ranks.filter(Time=time).sort("score", descending=True)
        assert of_time["rank"].to_list() == [1, 2, 3]
        assert of_time["uCode"].to_list() == ["u3", "u2", "u1"]


def test_over_all_times_together_or_each_by_itself():
    together = column(panel(), "Normalised", "c")
    assert together == pytest.approx(
        {f"{u} {2018 + t}": (VALUES[u][t][2] - 1) / 9 * 100 for u in VALUES for t in range(3)}
    )
    each = column(panel({"do": "normalise", "over": "each_time"}, END[1]), "Normalised", "c")
    for time in (2018, 2019, 2020):
        assert [each[f"u1 {time}"], each[f"u3 {time}"]] == [0.0, 100.0]


def test_along_time():
    line = column(panel({"do": "impute", "method": "panel_linear"}, *END), "Imputed", "a")
    assert (line["u1 2019"], line["u2 2020"], line["u3 2018"]) == (2.0, 3.0, 8.0)
    index = panel({"do": "impute", "method": "panel_latest"}, *END)
    latest = column(index, "Imputed", "a")
    assert (latest["u1 2019"], latest["u2 2020"]) == (0.0, 3.0)
    assert math.isnan(latest["u3 2018"])
    log = index.frame("log").filter(stage="Imputed")
    assert set(log.select("uCode", "Time", "action").iter_rows()) == {
        ("u1", "2019", "imputed"),
        ("u2", "2020", "imputed"),
        ("u3", "2018", "still missing"),
    }


def test_along_uneven_times_in_any_order():
    table = pl.DataFrame(rows()).filter(~((pl.col("uCode") == "u2") & (pl.col("Time") == 2019)))
    later = table.with_columns(pl.when(pl.col("Time") == 2020).then(2022).otherwise("Time").alias("Time"))
    index = panel({"do": "impute", "method": "panel_linear"}, *END, data=later.reverse())
    assert column(index, "Imputed", "a")["u1 2019"] == pytest.approx(1.0)


def test_means_of_each_time():
    index = panel({"do": "impute", "method": "mean", "over": "each_time"}, *END)
    filled = column(index, "Imputed", "a")
    assert (filled["u1 2019"], filled["u2 2020"], filled["u3 2018"]) == (5.5, 6.0, 1.0)


def test_a_method_that_reads_across_units_can_read_each_time():
    index = panel(END[0], {"do": "aggregate", "method": "copeland", "over": "each_time"})
    assert set(column(index, "Aggregated", "Q").values()) == {-2.0, 0.0, 2.0}
    whole = column(panel(END[0], {"do": "aggregate", "method": "copeland"}), "Aggregated", "Q")
    assert max(whole.values()) == 8.0


def test_the_reference_unit_is_that_of_each_time():
    stages = [{"do": "normalise", "method": "distance_to_reference", "unit": "u2"}, END[1]]
    filled = [{"do": "impute", "method": "panel_linear"}, *stages]
    found = column(panel(*filled), "Normalised", "c")
    assert [found[f"u2 {time}"] for time in (2018, 2019, 2020)] == [1.0, 1.0, 1.0]


def test_a_time_of_which_nothing_is_known_stays_unknown():
    gone = pl.DataFrame(rows()).with_columns(pl.when(pl.col("Time") != 2019).then("c").alias("c"))
    for option in ({}, {"method": "distance_to_reference", "unit": "u2"}, {"method": "rank"}):
        index = panel(
            {"do": "normalise", "over": "each_time", "indicators": {"c": option}}, END[1], data=gone
        )
        found = column(index, "Normalised", "c")
        assert [unit for unit, value in found.items() if math.isnan(value)] == [
            "u1 2019",
            "u2 2019",
            "u3 2019",
        ]


def test_every_gap_of_the_result_has_a_reason():
    index = panel()
    log = index.frame("log")
    gaps = index.frame("stages").filter(pl.col("value").is_null()).select("uCode", "iCode", "Time").unique()
    said = log.filter(pl.col("uCode") != "").select("uCode", "iCode", "Time").unique()
    assert gaps.join(said, on=["uCode", "iCode", "Time"], how="anti").is_empty()
    assert len(gaps) == 3


def test_a_constant_year_is_named():
    flat = pl.DataFrame(rows()).with_columns(
        pl.when(pl.col("Time") == 2019).then(1.0).otherwise("c").alias("c")
    )
    panel(data=flat)
    with pytest.raises(InputError, match="the same in every unit at 2019: 'c'"):
        panel({"do": "normalise", "over": "each_time"}, END[1], data=flat)


def test_a_unit_twice_at_one_time_is_named():
    with pytest.raises(InputError, match="the unit 'u1 2018' stands twice"):
        panel(data=pl.DataFrame([*rows(), rows()[0]]))


def test_times_that_are_no_numbers_cannot_be_read_along():
    named = pl.DataFrame(rows()).with_columns(pl.format("year {}", "Time").alias("Time"))
    assert len(panel(data=named).units) == 9
    with pytest.raises(InputError, match="column Time: 'year 2018' is no number"):
        panel({"do": "impute", "method": "panel_linear"}, *END, data=named)


def test_a_year_by_itself_is_the_year_in_the_panel():
    each = panel({"do": "normalise", "over": "each_time"}, END[1])
    alone = panel(data=pl.DataFrame(rows()).filter(pl.col("Time") == 2019))
    at = np.flatnonzero(each.scores["Time"].values == "2019")
    np.testing.assert_allclose(each.scores.values[at], alone.scores.values)


def test_a_time_with_two_units_is_no_frame_of_its_own():
    few = pl.DataFrame(rows()).filter(~((pl.col("uCode") == "u3") & (pl.col("Time") == 2019)))
    assert len(panel(data=few).units) == 8
    with pytest.raises(InputError, match="2019 has 2 units: u1, u2") as error:
        panel({"do": "normalise", "over": "each_time"}, END[1], data=few)
    assert "every time 3 units" in error.value.repair


def test_times_are_written_in_one_way_and_nowhere_left_out():
    written = [{**row, "Time": str(row["Time"])} for row in rows()]
    for other, said in (("", "unit u1, column Time: the row has no Time"), ("2018.0", "2018.0 and 2018")):
        data = pl.DataFrame([{**written[0], "Time": other}, *written[1:]])
        with pytest.raises(InputError, match=said):
            panel(data=data)
