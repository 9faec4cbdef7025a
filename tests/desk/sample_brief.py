"""A brief for tests and previews: facts from the embedded region, runs invented by a seeded generator.

Every figure that rests on the invented runs says so, as does a notice at the top.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from multivector.atlas import Region, load_region
from multivector.desk import context as c
from multivector.desk import palette
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
from multivector.desk.mapdata import load_map

ORIGIN, RUNS = 2021, 2000
ON = date(2021, 12, 31)


def arms_shares(region: Region, first: int, last: int) -> pl.DataFrame:
    """`state, year, partner, share, tiv`: shares of five-year deliveries, groups left out."""
    tie = region.tie("arms", first - 4, last)
    partners = [p for p in tie.partner.values.tolist() if p != "EU"]
    yearly = tie.value.sel(partner=partners).values
    window = np.lib.stride_tricks.sliding_window_view(yearly, 5, axis=2).sum(axis=3)
    rows = [
        (state, first + t, partner, window[i, j, t] / window[i, :, t].sum(), window[i, j, t])
        for i, state in enumerate(tie.state.values.tolist())
        for t in range(last - first + 1)
        for j, partner in enumerate(partners)
        if window[i, j, t] > 0
    ]
    return pl.DataFrame(rows, schema=["state", "year", "partner", "share", "tiv"], orient="row")


def invented_fan(start: float, drift: float, seed: int) -> pl.DataFrame:
    """A fan of random walks: looks like a forecast, is none."""
    steps = np.random.default_rng(seed).normal(drift, 0.045, (RUNS, 9))
    return fan_quantiles(np.clip(start + np.cumsum(steps, axis=1), 0, 1), list(range(2022, 2031)))


def map_figure(region: Region, shares: pl.DataFrame) -> c.MapFigure | None:
    region_map = load_map(region.path)
    if region_map is None:
        return None
    now = shares.filter(pl.col("year") == ORIGIN)
    evenness = {
        state: float(-(rows["share"] * rows["share"].log()).sum() / np.log(10))
        for (state,), rows in now.group_by("state")
    }
    values = Choropleth("Evenness of arms suppliers, 2017–21", evenness, (0.1, 0.2, 0.3, 0.4, 0.5), "{:.1f}")
    ties = [
        Tie(state, partner, share, f"{tiv:.0f} million TIV, 2017–21")
        for state, partner, share, tiv in now.select("state", "partner", "share", "tiv").iter_rows()
        if share >= 0.1
    ]
    names = {code: region.name(code) for code in (*region.states, *region_map.file.anchors)}
    wide, narrow = (
        draw_map(
            region_map, names, values, ties, ON, title="Suppliers of arms and how even they are",
            tie_title="Share of arms deliveries, 2017–21", narrow=narrow,
        )
        for narrow in (False, True)
    )  # fmt: skip
    return c.MapFigure(
        wide, narrow, "Who arms whom, on 31 December 2021",
        "Links lead from each supplier of at least a tenth of a state's five-year deliveries.",
        region_map.file.disclaimer, ("sipri_tr_202602", "visionscarto", "ne_disputed"),
    )  # fmt: skip


def lean_panels(region: Region, shares: pl.DataFrame, names: dict[str, str]) -> tuple[c.Svg, ...]:
    now = shares.filter(pl.col("year") == ORIGIN)
    known = {(s, p): v for s, p, v in now.select("state", "partner", "share").iter_rows()}
    arms = pl.DataFrame(
        [
            {"state": s, "power": p, "value": known.get((s, p), 0.0), "low": 0.0, "high": 1.0}
            for s in region.states
            for p in region.powers
            if p != "EU" and s in now["state"].to_list()
        ]
    )
    panels = [
        leans_on_whom(
            arms, states=region.states, powers=region.powers, names=names, title="Arms",
            subtitle="per cent of deliveries, 2017–21", prefix="lean-arms",
        )
    ]  # fmt: skip
    snapshot = region.at(ORIGIN)
    for layer, verb in (("imports", "imports from"), ("exports", "exports to")):
        tie = snapshot.tie(layer)
        rows = []
        for state in region.states:
            for power in region.powers:
                cell = tie.sel(state=state, partner=power)
                value, low, high = (float(cell[name]) for name in ("value", "low", "high"))
                rows.append(
                    {
                        "state": state,
                        "power": power,
                        "value": None if value != value else value,
                        "low": None if low != low else low,
                        "high": None if high != high else high,
                    }  # fmt: skip
                )
        frame = pl.DataFrame(rows, schema_overrides=dict.fromkeys(("value", "low", "high"), pl.Float64))
        panels.append(
            leans_on_whom(
                frame, states=region.states, powers=region.powers, names=names, title=layer.title(),
                subtitle=f"per cent of {verb}, latest by 2021", prefix=f"lean-{layer}",
            )
        )  # fmt: skip
    return tuple(panels)


def sections(region: Region, shares: pl.DataFrame) -> tuple[c.Section, ...]:
    names = {code: region.name(code) for code in region.table("actors")["code"].to_list()}
    region_map = load_map(region.path)
    order = ["RUS", "UKR", "BLR", "CHN", "USA", "TUR", "ISR", "IND", "OTHER"]
    colours = palette.assign(order, region_map.file.colours if region_map else {})
    fans = []
    for i, state in enumerate(("ARM", "KAZ", "TJK")):
        line = shares.filter((pl.col("state") == state) & (pl.col("partner") == "RUS")).sort("year")
        line = line.select("year", value="share")
        start = float(line.filter(pl.col("year") == ORIGIN)["value"][0])
        fans.append(
            fan_chart(
                line.filter(pl.col("year") <= ORIGIN), invented_fan(start, 0.0, i), invented_fan(start, -0.05, i),
                line.filter(pl.col("year") > ORIGIN), origin=ORIGIN, title=names[state],
                subtitle="Russian share of five-year arms deliveries", years=(1999, 2030), prefix=f"fan-{state.lower()}",
            )
        )  # fmt: skip
    mixes = tuple(
        supplier_mix(
            shares.filter(pl.col("state") == state), title=names[state], order=order,
            names=names | {"OTHER": "other suppliers"}, colours=colours, years=(1999, 2025),
            prefix=f"mix-{state.lower()}",
        )
        for state in region.states
    )  # fmt: skip
    fan_legend = (
        c.LegendItem("observed", palette.INK, "line"),
        c.LegendItem("observed after 2021, which no run saw", palette.INK, "dot"),
        c.LegendItem("without the shortfall: median and 50, 80, 90% of runs", "#b6bec4", "dash"),
        c.LegendItem("with it", palette.ACCENT, "area"),
    )
    mix_legend = tuple(c.LegendItem(names.get(p, "Other suppliers"), colours[p]) for p in order)
    bars = balance_bars(
        pl.DataFrame(
            {
                "name": [names[s] for s in region.states],
                "value": [0.62, 0.55, 0.4, 0.35, None, 0.2, 0.5, 0.42, 0.6],
                "low": [0.5, 0.5, 0.3, 0.3, None, 0.1, 0.4, 0.3, 0.5],
                "high": [0.7, 0.6, 0.5, 0.4, None, 0.3, 0.6, 0.5, 0.7],
                "note": ["worst layer: arms"] * 9,
            }
        ),
        title="Balance of leverage", subtitle="evenness over ten powers", prefix="balance",
    )  # fmt: skip
    return (
        c.Section(
            "map", "Who arms whom", with_map=True,
            paragraphs=("Links show where arms came from in the five years to the origin of the runs.",),
        ),
        c.Section(
            "paths", "With and without the shortfall",
            figures=(
                c.Figure(
                    "paths", tuple(fans), "History is SIPRI; both fans are invented for this preview.",
                    ("sipri_tr_202602",), "Russian share of arms", 3, fan_legend, "synthetic",
                ),
            ),
        ),
        c.Section(
            "leans", "Who leans on whom",
            figures=(
                c.Figure(
                    "leans", lean_panels(region, shares, names),
                    "A cell is a share in per cent; “<4” is an upper bound, where only the top partners are "
                    "known; a dot is not known.",
                    ("sipri_tr_202602", "WITS-2019"), "Dependence by layer", 3,
                ),
                c.Figure("balance", (bars,), "Bars are invented.", ("own_calc",), "Balance", 3, (), "synthetic",
                    ("A bar is how evenly a state's dependence is spread over the ten powers; the thin line spans what the unknown shares allow.",
                     "A state without data in a layer is not scored, and no rank is printed over it.")),
            ),
        ),
        c.Section(
            "mix", "Supplier mix over time",
            figures=(
                c.Figure(
                    "mix", mixes, "Shares of deliveries in five-year windows; blank where nothing was delivered.",
                    ("sipri_tr_202602",), "Five-year windows, 1999 to 2025", 3, mix_legend,
                ),
            ),
        ),
    )  # fmt: skip


def judgements() -> tuple[c.Judgement, ...]:
    def row(id_: str, p: float, words: str, beats: bool, confidence: c.Confidence) -> c.Judgement:
        return c.Judgement(
            id_, judgement_sentence(p, RUNS, words, beats_persistence=beats), p, max(p - 0.09, 0.0),
            min(p + 0.08, 1.0), "Over draws of the parameters", confidence,
            "Beats persistence in the hindcast." if beats else "Has not beaten persistence in the hindcast.",
            ("A1", "A2"), ("sipri_tr_202602",), ("S1",),
        )  # fmt: skip

    low = c.Confidence("low", "Deliveries are few and lumpy; one order decides a window.")
    moderate = c.Confidence("moderate", "Two editions of the register agree; the run's priors are wide.")
    return (
        row("J1", 0.86, "Russia's share of Armenia's arms falls below one third by 2028.", True, moderate),
        row("J2", 0.31, "Russia's share of Kazakhstan's arms falls below two thirds by 2030.", True, low),
        row("J3", 0.621, "Tajikistan has a largest supplier other than Russia in 2030.", False, low),
        row("J4", 0.0, "Azerbaijan takes a tenth of its arms from Russia in 2030.", False, moderate),
    )


def claims() -> tuple[c.ClaimRow, ...]:
    register = "ties/arms, central-eurasia@2026.11, edition 2026-02"
    sipri = ("sipri_tr_202602",)
    return (
        c.ClaimRow(
            "S1", "Russia supplied 94 percent of Armenia's major arms between 2011 and 2020", "preview.txt", 120, 195,
            "author", "asserted", "supported", "Two editions of the register give 93.9 and 94.5.", "93.9%",
            "2011–2020", "±2 points", register, sipri,
        ),
        c.ClaimRow(
            "S2", "Azerbaijan bought most of its arms from Russia after 2019", "preview.txt", 230, 287, "author",
            "asserted", "refuted", "The register holds no Russian delivery in the window.", "0%", "2020–2025",
            "±2 points", register, sipri,
        ),
        c.ClaimRow(
            "S3", "contracts worth US$ 2 billion", "preview.txt", 300, 329, "unspecified", "reported", "not checkable",
            "A contract's value cannot be tested with a unit of volume.",
        ),
        c.ClaimRow(
            "S4", "Kazakhstan is a member of every bloc in the region", "preview.txt", 340, 390, "author", "hedged",
            "partly", "Member of some, not of all.", "5 of 8", "2021", "none", "memberships", ("coder",),
        ),
    )  # fmt: skip


def track(region: Region) -> c.TrackRecord:
    rows = (
        c.ScoreRow("2022", 81, 0.0411, 0.0466, 0.86, 0.93),
        c.ScoreRow("2023", 81, 0.0702, 0.0689, 0.78, 0.85),
        c.ScoreRow("2024", 81, 0.0781, 0.0852, 0.80, 0.88),
        c.ScoreRow("2025", 81, 0.0905, 0.1010, 0.77, 0.86),
    )
    frame = pl.DataFrame(
        {
            "label": [r.label for r in rows],
            "model": [r.model_crps for r in rows],
            "persistence": [r.persistence_crps for r in rows],
            "n": [r.n for r in rows],
            "cover80": [r.cover80 for r in rows],
            "cover90": [r.cover90 for r in rows],
        }  # fmt: skip
    )
    figure = c.Figure(
        "scores", (score_chart(frame, title="Error by target year"), coverage_chart(frame, title="How often the bands held")),
        "Numbers are invented.", ("own_calc",), "Scores", 2,
        (
            c.LegendItem("model", palette.ACCENT, "dot"), c.LegendItem("persistence", "#9aa4ac", "diamond"),
            c.LegendItem("80% band", "#4f9fa4", "dot"), c.LegendItem("90% band", "#1b6079", "square"),
        ),
        "synthetic",
    )  # fmt: skip
    return c.TrackRecord(
        "Lower error than persistence in three of four years; the difference is within two standard errors.",
        True, rows, (f"{len(region.states)} states, nine suppliers each.",), (figure,), ("own_calc",),
    )  # fmt: skip


def assumptions() -> tuple[tuple[c.Assumption, ...], tuple[c.Figure, ...]]:
    rows = (
        c.Assumption(
            "A1", "Russia's exports stay at half of their level before 2022 until 2026.", "stated by the scenario",
            ("own_calc",), (c.Effect("J1", 0.44), c.Effect("J2", 0.12), c.Effect("J3", 0.48)),
        ),
        c.Assumption(
            "A2", "Buyers notice late deliveries within a year.", "assumed; prior 0.5 to 2 years", ("own_calc",),
            (c.Effect("J1", 0.81), c.Effect("J3", 0.60)),
        ),
        c.Assumption("A3", "No state loses the power to choose its suppliers.", "left out of the model",
                     untested="Not a parameter, so it cannot be negated by a run."),
    )  # fmt: skip
    frame = pl.DataFrame({"assumption": [r.text for r in rows[:2]], "p": [0.44, 0.81]})
    chart = tornado(frame, base=0.86, title="J1: Armenia below one third")
    figure = c.Figure(
        "tornado", (chart,), "The share of runs in which the judgement holds; invented.", ("own_calc",),
        "What the assumptions carry", 3, (), "synthetic",
    )  # fmt: skip
    return rows, (figure,)


def source_rows(region: Region) -> tuple[c.SourceRow, ...]:
    rows = []
    for key in ("sipri_tr_202602", "WITS-2019", "coder"):
        row = region.source(key)
        rows.append(
            c.SourceRow(
                key,
                *(
                    str(row[name] or "")
                    for name in ("title", "publisher", "year", "url", "licence", "read_on")
                ),
            )
        )
    region_map = load_map(region.path)
    for source in region_map.sources(ON) if region_map else ():
        rows.append(
            c.SourceRow(
                source.key,
                source.title,
                source.publisher,
                source.year,
                source.url,
                source.licence,
                source.read_on,
            )
        )
    return (*rows, c.SourceRow("own_calc", "Own computation", "multivector", "2026", "", "Apache-2.0"))


def sample_brief() -> c.BriefContext:
    """The whole preview."""
    region = load_region()
    shares = arms_shares(region, 1999, 2025)
    rows, figures = assumptions()
    return c.BriefContext(
        title="Who arms Central Eurasia when Russia cannot deliver?",
        question="What a shortfall of Russian arms from 2022 on does to nine states' suppliers and to their room for manoeuvre.",
        bottom_line=(
            "Preview with invented runs: Armenia very likely (86%) leaves Russian dependence behind; Azerbaijan "
            "left it before the war, so a shortfall changes nothing there."
        ),
        region_title=region.title,
        region_id=region.id,
        region_version=region.version,
        meta=(
            c.MetaItem("Data to", "31 December 2021"),
            c.MetaItem("Horizon", "2022–2030"),
            c.MetaItem("Runs", "2 × 2,000, seed 7"),
            c.MetaItem("Claims", "4 read, 3 checked"),
        ),
        notices=(
            c.Notice("Every run on this page is invented; history, trade shares and sources are real.", "Preview.", "warning"),
        ),
        judgements=judgements(),
        map=map_figure(region, shares),
        sections=sections(region, shares),
        claims=claims(),
        claims_note="Four claims, quoted as written; the offsets count characters of the document.",
        assumptions=rows,
        assumption_figures=figures,
        alternatives=(
            c.Alternative("H1", "Suppliers change for price, not for the shortfall.", "Three of nine states changed their largest supplier before 2022.", "fits", ("sipri_tr_202602",)),
            c.Alternative("H2", "The shortfall is made up by stocks.", "The register counts deliveries of used arms too and shows fewer.", "does not fit", ("sipri_tr_202602",)),
            c.Alternative("H3", "Orders move, deliveries follow later.", "The register dates deliveries, not orders.", "cannot tell", ("sipri_tr_202602",)),
        ),
        track=track(region),
        data_notes=(
            c.DataNote("Small numbers", "Armenia took 12 million TIV in a usual year: one battery moves the share by tens of points.", ("sipri_tr_202602",)),
            c.DataNote("Volume, not money", "TIV measures the volume of arms; prices, loans and gifts are outside of it.", ("sipri_tr_202602",)),
            c.DataNote("Top partners only", "Trade shares are known for the top five partners; the rest is bounded.", ("WITS-2019",)),
        ),
        sources=source_rows(region),
        manifest=(
            ("region", f"{region.id}@{region.version}"),
            ("region sha256", region.hash),
            ("scenario sha256", "0" * 64),
            ("seed", "7"),
            ("members", "2000"),
            ("multivector", "0.1.0"),
        ),
        reproduce=c.Reproduce(
            'import multivector as mv\n\nregion = mv.load_region("central-eurasia")\nrun = mv.run(region, "russia-arms-shortfall", members=2000, seed=7)\nrun.data["arms_share_5y"].sel(state="ARM", partner="RUS").quantile([0.05, 0.5, 0.95], "member")',
            "multivector brief russia-arms-shortfall --read examples/articles --members 2000 --seed 7 -o brief.html",
        ),
    )  # fmt: skip
