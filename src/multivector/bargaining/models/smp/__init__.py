"""KTAB's Spatial Model of Politics: every actor challenges, bargains and moves, turn by turn."""

from multivector.bargaining.models.smp.options import CHOICES, DEFECTS, SMPOptions
from multivector.bargaining.models.smp.run import run_smp
from multivector.bargaining.models.smp.turns import Process, Turns

__all__ = ["CHOICES", "DEFECTS", "Process", "SMPOptions", "Turns", "run_smp"]
