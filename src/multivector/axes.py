"""The axes that every array of multivector uses, in this order.

    m  member    one draw of parameters, data and shocks
    t  quarter   "2022Q1"; a year is a coordinate of its own
    l  layer     trade, arms, ... (a row in the region's `layers.csv`)
    i  state     the one that depends: always the first of the two
    j  partner   the one depended on
    g  power     a partner on the region's fixed list of powers

`design`: the first index is always the one that depends, so `supply[l, i, j]` is what i takes from j.
"""

from __future__ import annotations

SCENARIO = "scenario"
MEMBER = "member"
QUARTER = "quarter"
YEAR = "year"
LAYER = "layer"
STATE = "state"
PARTNER = "partner"
POWER = "power"

QUARTERS_PER_YEAR = 4
