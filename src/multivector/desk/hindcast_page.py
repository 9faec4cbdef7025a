"""The hindcast's page of the docs: its tables and figures, written into the blocks that the page marks.

A block begins with a line `<!-- drawn: NAME -->` and ends with `<!-- /drawn -->`; what stands between is
replaced, the rest of the page is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from multivector.desk.hindcast_table import sentence
from multivector.errors import InputError
from multivector.files import write_text_whole
from multivector.inference.hindcast import Hindcast
from multivector.inference.hindcast.baselines import baselines_of
from multivector.inference.hindcast.baselines.persistence import NAME as PERSISTENCE
from multivector.inference.hindcast.evaluate import ROLLING
from multivector.inference.hindcast.family import Subset
from multivector.inference.hindcast.rows import Row, chosen
from multivector.inference.hindcast.verdict import beats

PAGE = "hindcast.md"
BLOCK = re.compile(r"(<!-- drawn: (\S+) -->\n).*?(<!-- /drawn -->)", re.DOTALL)
_OFF_SCALE = ("climatology", "drift", "local_level_conformal", PERSISTENCE)  # told in the table


def write_page(folder: Path, done: Sequence[Hindcast], report: dict[str, Any]) -> None:
    """Redraw the page's blocks of these families and their figures.

    Raises
    ------
    InputError : the folder has no such page.
    """
    path = folder / PAGE
    if not path.is_file():
        raise InputError(
            f"no {PAGE} to write into", where=str(folder), repair="name the folder of the docs that holds it"
        )
    blocks = {one.family.name: family_block(one) for one in done}
    blocks["made"] = (
        f"Region {report['region']} (data {report['region_hash'][:12]}), seed {report['seed']}; "
        "`multivector hindcast --docs docs` writes this page's tables and figures.\n"
    )
    page = path.read_text("utf-8")
    page = BLOCK.sub(lambda found: found[1] + blocks.get(found[2], _kept(found)) + found[3], page)
    for one in done:
        if not one.family.yes_no:
            write_text_whole(folder / figure_name(one), on_paper(figure(one)) + "\n")
    write_text_whole(path, page)


def _kept(found: re.Match[str]) -> str:
    return found[0][len(found[1]) : -len(found[3])]


def on_paper(svg: str) -> str:
    """The figure on white: a page that stands by itself may be read on a dark screen."""
    head, rest = svg.split(">", 1)
    return f'{head}><rect width="100%" height="100%" fill="#ffffff"/>{rest}'


def figure_name(done: Hindcast) -> str:
    """The file of a family's figure."""
    return f"hindcast-{done.family.name.replace('_', '-')}.svg"


def headline(done: Hindcast) -> Subset:
    """The subset that the page shows: the one in which something can happen, else the first."""
    subsets = done.family.subsets
    return next((s for s in subsets if s.above is not None or s.new), subsets[0])


def family_block(done: Hindcast) -> str:
    """Table and verdicts of a family's headline subset, as Markdown."""
    subset = headline(done)
    table = yes_no_lines(done) if done.family.yes_no else score_lines(done, subset)
    said = [
        f"- {sentence(one, yes_no=done.family.yes_no)}" for one in done.against if one.subset == subset.name
    ]
    words = [beaten(done, subset)] if said else []
    pairs = " and ".join(s.name for s in done.family.subsets) if done.family.yes_no else subset.name
    head = [f"{pairs}; {done.family.about}.", "", *table, ""]
    return "\n".join([*head, hardest(done, subset), "", *said, *words]).rstrip() + "\n"


def hardest(done: Hindcast, subset: Subset) -> str:
    """The target years in which persistence erred most, and how the forecast with the lowest score did."""
    rolling = chosen(done.cells, subset).filter(pl.col("protocol") == ROLLING)
    n = rolling.filter(pl.col("model") == PERSISTENCE).height
    scores = rolling.group_by("model").agg(n=pl.len(), crps=pl.col("crps").mean()).filter(pl.col("n") == n)
    best = scores.sort("crps", "model")["model"][0]
    years = rolling.group_by("target", "model").agg(crps=pl.col("crps").mean())
    worst = years.filter(pl.col("model") == PERSISTENCE).sort("crps", descending=True)["target"].to_list()[:3]
    at = {(year, model): crps for year, model, crps in years.iter_rows()}
    told = ", ".join(f"{y} ({at[y, PERSISTENCE]:.3f}, {best} {at[y, best]:.3f})" for y in worst)
    return f"Hardest target years, all horizons together, score of persistence first: {told}."


def beaten(done: Hindcast, subset: Subset) -> str:
    """Which models may be said to beat the baselines of a family."""
    against = done.against
    models = dict.fromkeys(one.model for one in against)
    earned = [model for model in models if beats(against, model, subset.name)]
    return f'\nThe word "beats" is earned by: {", ".join(earned) or "none"}.'


def score_lines(done: Hindcast, subset: Subset) -> list[str]:
    """A line a forecaster: CRPS at each horizon (the lowest in bold), then coverage, MAE, log score, PIT."""
    horizons = done.family.horizons
    far = horizons[-1]
    at = _by_model(done.rows, subset)
    bits = _by_model(done.beside, subset)
    whole = {h: at[PERSISTENCE][h]["n"] for h in horizons}
    lowest = {
        h: min(row[h]["crps"] for row in at.values() if h in row and row[h]["n"] == whole[h])
        for h in horizons
    }
    head = [
        *(f"CRPS {h} y" for h in horizons),
        "cov90 1 y",
        f"cov90 {far} y",
        f"MAE {far} y",
        "bits",
        "PIT sd",
    ]
    lines = [
        f"| forecast | {' | '.join(head)} |",
        "| --- |" + " ---: |" * len(head),
        f"| n | {' | '.join(str(whole[h]) for h in horizons)} |" + " |" * (len(head) - len(horizons)),
    ]
    for model, row in at.items():
        cells = []
        for h in horizons:
            text = _digits(row[h]["crps"], 4) if h in row else "–"
            full = h in row and row[h]["n"] == whole[h]
            cells.append(
                f"**{text}**" if full and row[h]["crps"] == lowest[h] else text if full else f"({text})"
            )
        last = row.get(far, {})
        cells += [_digits(row.get(1, {}).get("cov90"), 2), _digits(last.get("cov90"), 2)]
        cells += [_digits(last.get("mae"), 4), _digits(bits[model].get(far, {}).get("log_score_bits"), 2)]
        cells.append(_digits(last.get("pit_sd"), 3))
        lines.append(f"| {model} | {' | '.join(cells)} |")
    return lines


def yes_no_lines(done: Hindcast) -> list[str]:
    """A line a forecaster, subset and horizon: Brier score, log score, ranks beside the base rate."""
    extra = {
        (r["subset"], r["horizon"], r["model"]): r
        for r in done.beside
        if r["protocol"] == ROLLING and r["horizon"] in (1, done.family.horizons[-1])
    }
    lines = ["| pairs | years ahead | forecast | n | yes | Brier | bits | AUC | AP |"]
    lines.append("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in done.rows:
        key = (row["subset"], row["horizon"], row["model"])
        if row["protocol"] == ROLLING and key in extra:
            more = extra[key]
            numbers = [_digits(row["crps"], 4), _digits(more["log_score_bits"], 3)]
            numbers += [_digits(more["auc"], 3), _digits(more["average_precision"], 3)]
            lines.append(
                f"| {key[0]} | {key[1]} | {key[2]} | {row['n']} | {_digits(more['base_rate'], 4)} | "
                f"{' | '.join(numbers)} |"
            )
    return lines


def _by_model(rows: Sequence[Row], subset: Subset) -> dict[str, dict[Any, Row]]:
    """Rows of the rolling protocol and a subset: model -> horizon -> row."""
    found: dict[str, dict[Any, Row]] = {}
    for row in rows:
        if row["protocol"] == ROLLING and row["subset"] == subset.name:
            found.setdefault(row["model"], {})[row["horizon"]] = row
    return found


def _digits(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def figure(done: Hindcast) -> str:
    """The figure of a family's headline subset, as SVG."""
    from multivector.desk.charts.hindcast import hindcast_chart

    subset, family = headline(done), done.family
    at = _by_model(done.rows, subset)
    baselines = [baseline.name for baseline in baselines_of(family)]
    models = [name for name in at if name not in baselines]
    names = [name for name in at if name not in _OFF_SCALE]
    lines = [
        {
            "model": name,
            "horizon": h,
            "relative": 1.0 - row[h]["crps_skill_vs_persistence"],
            "cov90": row[h]["cov90"],
        }
        for name, row in at.items()
        for h in family.horizons
        if h in row
    ]
    lowest = min(
        (name for name in names if name in baselines), key=lambda name: at[name][family.horizons[-1]]["crps"]
    )
    shown = [lowest, *models]
    return str(
        hindcast_chart(
            lines,
            [row for name in [PERSISTENCE, *shown] for row in pit_rows(done, subset, name)],
            names=[PERSISTENCE, *names],
            models=models,
            title=f"{family.title[0].upper()}{family.title[1:]}",
            subtitle=f"{subset.name}; rolling origins {family.origins[0]}–{family.origins[-1]}, refitted at each",
            prefix=f"hindcast-{family.name.replace('_', '-')}",
        )
    )


def pit_rows(done: Hindcast, subset: Subset, model: str) -> list[dict[str, Any]]:
    """Share of outcomes in each tenth of a forecaster's distribution at the longest horizon."""
    part = chosen(done.cells, subset).filter(
        pl.col("protocol") == ROLLING,
        pl.col("model") == model,
        pl.col("horizon") == done.family.horizons[-1],
    )
    counts, _ = np.histogram(part["pit"].to_numpy(), bins=10, range=(0.0, 1.0))
    share = counts / max(counts.sum(), 1)
    return [{"model": model, "bin": k, "share": round(float(s), 4)} for k, s in enumerate(share)]
