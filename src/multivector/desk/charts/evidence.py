"""What a judgement rests on, as a mark that needs no colour: full, half or empty."""

from __future__ import annotations

from multivector.desk import palette
from multivector.desk.svg import number

EVIDENCE = ("stated", "inferred", "assumed")
RADIUS = 4.0


def evidence_mark(x: float, y: float, evidence: str) -> str:
    """A full disc for what a source states, half of one for what is inferred, an empty ring for what is assumed."""
    ring = f'<circle cx="{number(x)}" cy="{number(y)}" r="{RADIUS:g}" fill="{{}}" stroke="{palette.ACCENT}" stroke-width="1.4"/>'
    if evidence == "stated":
        return ring.format(palette.ACCENT)
    half = ""
    if evidence == "inferred":
        start = f"M{number(x)} {number(y - RADIUS)}"
        half = f'<path d="{start}a{RADIUS:g} {RADIUS:g} 0 0 0 0 {2 * RADIUS:g}z" fill="{palette.ACCENT}"/>'
    return ring.format(palette.PAPER) + half
