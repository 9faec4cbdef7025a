"""Who proposed, who voted and who had to agree on a past issue, as the treaties had it."""

from __future__ import annotations

from typing import Final

from multivector.bargaining.calibration.deu import PARLIAMENT, PROPOSER, PastIssue
from multivector.bargaining.models.agenda_setter import AgendaSetter

QUALIFIED: Final = ((1995, 62 / 87), (2004, 232 / 321), (2007, 255 / 345), (2013, 260 / 352))
"""From which year what share of the council's votes was a qualified majority.

62 of 87, 232 of 321 and 255 of 345: after the accessions of 1995, 2004 (from November) and 2007 (CVCE, Evolution of
qualified majority voting in the Council). 260 of 352: Act of Accession 2011, article 20. Votes were abolished in
November 2014 (Treaty on European Union, article 16(4)); the capabilities of the data are votes to the end, and so
the share stays. That a majority of members, and 62 % of the population on demand, was wanted as well is left out.
"""


def agenda_setter(issue: PastIssue) -> AgendaSetter | None:
    """The commission proposes, the council votes by its members' votes, under codecision the parliament must agree.

    The share is of the votes of those members who took a position. A parliament without a position agrees to
    all. None where the commission has no position, no member has one, or the coders gave no reference point.
    """
    names = issue.stakes.names
    voters = tuple(name for name in names if name not in {PROPOSER, PARLIAMENT})
    if PROPOSER not in names or not voters or issue.reference_point is None or issue.year is None:
        return None
    share = next((share for year, share in reversed(QUALIFIED) if year <= issue.year), QUALIFIED[0][1])
    return AgendaSetter(
        PROPOSER,
        issue.reference_point,
        voters,
        threshold=1.0 if issue.unanimity else share,
        vetoes=(PARLIAMENT,) if issue.codecision and PARLIAMENT in names else (),
    )
