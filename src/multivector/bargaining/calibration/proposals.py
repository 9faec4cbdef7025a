"""The issues of one proposal as dimensions of the same stakes, for models that settle them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from multivector.bargaining.calibration.deu import PastIssue
from multivector.bargaining.calibration.distribution import Floats
from multivector.bargaining.models.model import Model
from multivector.bargaining.stakes import TOP, Stakes


def stakes_together(issues: Sequence[PastIssue]) -> Stakes:
    """One stakes with a dimension for each of `issues`, over all their actors.

    Who has no position on an issue has salience 0 there, and stands in the middle. Saliences of past issues
    were given issue by issue and may sum to more than 100: one factor brings all of them down, of every actor on
    every issue, so that neither an actor's ratios between issues nor the actors' ratios on an issue change. Who
    was given another capability from issue to issue (commission and parliament have that of the largest member
    with a position) has its largest.
    """
    names = tuple(dict.fromkeys(name for issue in issues for name in issue.stakes.names))
    position = np.full((len(names), len(issues)), TOP / 2)
    salience = np.zeros_like(position)
    capability = np.zeros(len(names))
    for k, issue in enumerate(issues):
        rows = [names.index(name) for name in issue.stakes.names]
        position[rows, k] = issue.stakes.position[:, 0]
        salience[rows, k] = issue.stakes.salience[:, 0]
        capability[rows] = np.maximum(capability[rows], issue.stakes.capability)
    salience /= max(1.0, float(salience.sum(axis=1).max()) / TOP)
    return Stakes(capability, position, salience, names, tuple(issue.issue for issue in issues))


def outcomes_together(model: Model, issues: Sequence[PastIssue]) -> Floats:
    """What `model` expects of each issue `[k]` when all those of a proposal are settled together."""
    found = np.empty(len(issues))
    members: dict[str, list[int]] = defaultdict(list)
    for k, issue in enumerate(issues):
        members[issue.proposal].append(k)
    for each in members.values():
        found[each] = model.outcome(stakes_together([issues[k] for k in each]))
    return found
