"""KTAB's Spatial Model of Politics: every actor challenges, bargains and moves, turn by turn.

`run_smp` plays it exactly, for one draw or many; `smooth.run_smooth` and `smooth.smooth_slopes` are a smooth form
with slopes (in a module of its own, since it imports JAX).
"""

from multivector.bargaining.models.smp.options import CHOICES, DEFECTS, SMPOptions
from multivector.bargaining.models.smp.run import run_smp
from multivector.bargaining.models.smp.turns import Process, Turns

__all__ = ["CHOICES", "DEFECTS", "Process", "SMPOptions", "Turns", "run_smp"]
