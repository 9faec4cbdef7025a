"""The options of KTAB's Spatial Model of Politics, under KTAB's own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, get_args

from multivector.errors import InputError

Vote = Literal["Prop", "Binary", "PropBin", "PropCbc", "Cubic", "ASymProsp"]
Victory = Literal["Linear", "Square", "Quartic", "Octic", "Binary"]
PCE = Literal["Conditional", "MarkovUniform", "MarkovIncentive"]
RiskRange = Literal["Mid", "Min", "Max"]
Comparison = Literal["OneThird", "None", "Half", "TwoThirds", "Full"]
Commitment = Literal["SemiCommit", "NoCommit", "FullCommit"]
Interpolation = Literal["S2P2", "S1P1", "S2PMax"]
Bargaining = Literal["InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"]
Choice = Literal["Deterministic", "Stochastic"]
Defect = Literal["gain_for_probability", "initiator_weight_twice"]

_KTAB: Final = {
    "VotingRule": "vote", "VictoryProbModel": "victory", "PCEModel": "pce", "BigRRange": "risk",
    "BigRAdjust": "comparison", "ThirdPartyCommit": "commitment", "InterVecBrgn": "interpolation",
    "BargnModel": "bargaining", "StateTransitions": "choice",
}  # fmt: skip
"""Names of KTAB's model parameters in its XML."""

_ALSO: Final = {
    ("vote", "Proportional"): "Prop", ("comparison", "No"): "None", ("comparison", "NoRA"): "None",
    ("commitment", "None"): "NoCommit", ("commitment", "No"): "NoCommit", ("commitment", "Semi"): "SemiCommit",
    ("commitment", "Full"): "FullCommit",
}  # fmt: skip
"""Spellings that KTAB's schema, reader and tables do not share."""

_SUFFIXES: Final = ("PCM", "STM", "SMPBM", "RA")
"""That KTAB's own code puts behind a name."""


@dataclass(frozen=True)
class SMPOptions:
    """What may be chosen in the Spatial Model of Politics; the defaults are those of KTAB's CSV input.

    Parameters
    ----------
    vote : how a gap of utility becomes a vote.
    victory : how the strengths of two coalitions become a probability that one of them wins.
    pce : how those become the probability that an option is elected (of a Condorcet election).
    risk : range of the risk attitudes: Mid is [-1/2, 1], Min is [0, 1], Max is [-1, 1].
    comparison : how far an actor credits others with their own risk attitude rather than with its own.
        KTAB itself stops at "Full"; here it runs.
    commitment : whether third parties share the fate of the side that they take. Under "NoCommit" and
        "FullCommit" their votes are identically zero: that is algebra, not an error.
    interpolation : where between two actors a bargain lies: S2P2 weighs by salience squared times
        probability squared, S1P1 by salience times probability, S2PMax moves the weaker side only.
    bargaining : whose view makes the bargain: the initiator's; both, as two bargains; or the mean of both
        by capability times salience.
    choice : an actor takes the bargain most likely to be elected, or draws one by those probabilities.
    defects : defects of KTAB to reproduce, of "gain_for_probability" (the receiver's estimate of the
        initiator's gain is read as its estimate of the probability; matters where the receiver's view is
        used) and "initiator_weight_twice" (the mean of both views weighs the receiver with the initiator's
        capability). None by default: those two ways of bargaining then do what they are described to do.
    turns : the most turns that are played.
    quiet : the run stops after a turn, the second or a later one, whose movement is below this share of the
        first turn's.
    seed : of the stochastic choice.

    Raises
    ------
    InputError : an option or a value that does not exist; it names those that do.

    Source
    ------
    KTAB, https://github.com/lsyaseen/KTAB, commit 3b5b063 (KAPSARC, MIT licence).
    """

    vote: Vote = "Prop"
    victory: Victory = "Linear"
    pce: PCE = "Conditional"
    risk: RiskRange = "Mid"
    comparison: Comparison = "OneThird"
    commitment: Commitment = "SemiCommit"
    interpolation: Interpolation = "S2P2"
    bargaining: Bargaining = "InitOnlyInterp"
    choice: Choice = "Deterministic"
    defects: tuple[Defect, ...] = ()
    turns: int = 100
    quiet: float = 0.02
    seed: int = 0

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            _require(name, getattr(self, name), allowed)
        given = tuple(self.defects)
        for defect in given:
            _require("defects", defect, DEFECTS)
        object.__setattr__(self, "defects", tuple(name for name in DEFECTS if name in given))
        if isinstance(self.turns, bool) or not isinstance(self.turns, int) or self.turns < 1:
            raise InputError(f"turns is {self.turns!r}", repair="give a whole number of turns, 1 or more")
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or not 0 <= self.seed < 2**64:
            raise InputError(
                f"seed is {self.seed!r}", repair="give a whole number from 0 to 18446744073709551615"
            )
        quiet: Any = self.quiet  # the command line gives words too
        if isinstance(quiet, str) or not 0 <= quiet < 1:
            raise InputError(f"quiet is {self.quiet!r}", repair="give a share from 0 (never stop early) to 1")

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> SMPOptions:
        """Options by our names or by those of KTAB's XML (`VotingRule`, `PCEModel`, ...), in any of its spellings."""
        ours = {field.name for field in fields(cls)}
        found: dict[str, Any] = {}
        for given, value in values.items():
            name = _KTAB.get(given, given)
            if name not in ours:
                known = ", ".join((*sorted(ours), *_KTAB))
                raise InputError(
                    f"there is no option {given!r} of the spatial model", repair=f"use one of {known}"
                )
            found[name] = _spelt(name, value)
        return cls(**found)

    @property
    def sees_receiver(self) -> bool:
        """Whether bargains are made from the receiver's view too."""
        return self.bargaining != "InitOnlyInterp"

    @property
    def views(self) -> int:
        """Bargains that come of a challenge."""
        return 2 if self.bargaining == "InitRcvrInterp" else 1


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "vote": get_args(Vote),
    "victory": get_args(Victory),
    "pce": get_args(PCE),
    "risk": get_args(RiskRange),
    "comparison": get_args(Comparison),
    "commitment": get_args(Commitment),
    "interpolation": get_args(Interpolation),
    "bargaining": get_args(Bargaining),
    "choice": get_args(Choice),
}
"""Values of each option, the default first."""
DEFECTS: Final[tuple[Defect, ...]] = get_args(Defect)
"""Defects of KTAB that can be reproduced."""
NUMBERS: Final = ("turns", "quiet", "seed")
"""Options that are numbers."""


def _require(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InputError(
            f"{name} is {value!r}, which the spatial model does not know",
            repair=f"use one of {', '.join(allowed)}",
        )


def _spelt(name: str, value: Any) -> Any:
    """A value of an option as we spell it; what is unknown stays as it is, for the error to show."""
    if name not in CHOICES or not isinstance(value, str) or value in CHOICES[name]:
        return value
    if (name, value) in _ALSO:
        return _ALSO[name, value]
    for suffix in _SUFFIXES:
        if value.removesuffix(suffix) in CHOICES[name]:
            return value.removesuffix(suffix)
    return value
