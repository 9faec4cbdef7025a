"""The list of sources that a page ends with: one row for each that any part of it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from multivector.atlas import Region
from multivector.desk.consistency import parts
from multivector.desk.context import BriefContext, SourceRow

NONE: Mapping[str, SourceRow] = {}


def with_sources(
    context: BriefContext, region: Region | None, own: Mapping[str, SourceRow] = NONE
) -> BriefContext:
    """The same context with a row for every source that any part of it names, in order of first use.

    Parameters
    ----------
    region : whose table of sources holds them. own : by key, those that it does not hold.
    """
    keys = dict.fromkeys(
        key for _, part in parts(context) if part is not context for key in getattr(part, "sources", ())
    )
    return replace(context, sources=tuple(own[key] if key in own else _row(key, region) for key in keys))


def _row(key: str, region: Region | None) -> SourceRow:
    if region is None:
        raise KeyError(key)
    source = region.source(key)
    return SourceRow(
        key=key,
        title=str(source["title"]),
        publisher=str(source["publisher"]),
        year=str(source["year"] or ""),
        url=str(source["url"] or ""),
        licence=str(source["licence"]),
        read_on=str(source["read_on"] or ""),
    )
