"""The figures of what a change costs: paired differences by state over the years."""

from __future__ import annotations

from multivector.desk import palette
from multivector.desk.charts.difference import difference_chart, difference_quantiles
from multivector.desk.context import Figure, LegendItem
from multivector.desk.differences import paired
from multivector.desk.quantities import QUANTITIES
from multivector.desk.results import Results
from multivector.desk.words import slug, the

DRAWN = ("engagement", "ties")
MARGIN = 1.05  # of the axis beyond the widest interval


def cost_figures(results: Results, sources: tuple[str, ...]) -> tuple[Figure, ...]:
    """One figure a quantity, one panel a state in focus, all panels of a figure on one scale."""
    return (
        tuple(_cost_figure(results, quantity, sources) for quantity in DRAWN)
        if results.scenario.focus
        else ()
    )


def _cost_figure(results: Results, quantity: str, sources: tuple[str, ...]) -> Figure:
    region, power, change = results.region, results.power or "", results.scenario.change
    years = results.run.data["year"].to_numpy().tolist()
    frames = {
        state: difference_quantiles(paired(results.run, quantity, state, power), years)
        for state in results.scenario.focus
    }
    low = min(0.0, *(float(frame["p10"].to_numpy().min()) for frame in frames.values()))
    high = max(0.0, *(float(frame["p90"].to_numpy().max()) for frame in frames.values()))
    panels = tuple(
        difference_chart(
            frame,
            title=region.name(state),
            subtitle=QUANTITIES[quantity].unit,
            prefix=slug(f"cost-{quantity}", state),
            span=(low * MARGIN, high * MARGIN),
        )
        for state, frame in frames.items()
    )
    name, to = QUANTITIES[quantity].title, "with" if quantity == "engagement" else "to"
    return Figure(
        id=f"cost-{quantity}",
        title=f"{name[:1].upper()}{name[1:]} {to} {the(region.name(power))}: without {change} less with it",
        panels=panels,
        caption=f"{results.run.manifest['members']:,} paired runs on the same random numbers; bands hold 50 and 80 per cent "
        f"of them. {results.parameters}",
        sources=sources,
        origin="modelled",
        legend=(
            LegendItem("median of the differences", "#12566b", "line"),
            LegendItem("50 and 80 per cent of runs", palette.ACCENT, "area"),
            LegendItem("no difference", palette.INK, "line"),
        ),
    )
