"""A forecast of one issue from its stakeholders: who wants what, how much they care, what they can bring to bear."""

from multivector.bargaining.draws import draw_stakes
from multivector.bargaining.issue import Issue
from multivector.bargaining.issue_file import read_issue, write_issue
from multivector.bargaining.stakes import Stakes
from multivector.bargaining.time_to_event import Waiting, time_to_event

__all__ = ["Issue", "Stakes", "Waiting", "draw_stakes", "read_issue", "time_to_event", "write_issue"]
