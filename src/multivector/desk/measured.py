"""The sections that measure the region as it is, whatever the scenario asks: standing, and blocs."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.desk.context import Section
from multivector.desk.results import Results
from multivector.errors import InputError


def measured(results: Results) -> Iterator[Section]:
    """Standing and blocs; where the region's data cannot give one, the section says what is wanting."""
    from multivector.desk.pictures_blocs import blocs_section
    from multivector.desk.pictures_standing import standing_section
    from multivector.indicators.blocs import measure_blocs

    region = results.region
    try:
        yield standing_section(results.standing, region, results.last_year)
    except InputError as error:
        yield Section("standing", "Middle-power index", (f"Not measured: {error}",))
    try:
        yield blocs_section(results.signed, measure_blocs(results.signed.network), region)
    except InputError as error:
        yield Section("blocs", "Camps among the states and the powers", (f"Not measured: {error}",))
