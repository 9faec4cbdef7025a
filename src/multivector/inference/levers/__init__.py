"""Levers: where an actor's effort is best put, how much each lever gives, and how sure that is."""

from multivector.inference.levers.best_split import BestSplit, Gain, best_split, gain_of
from multivector.inference.levers.budget import alone, moved, within

__all__ = ["BestSplit", "Gain", "alone", "best_split", "gain_of", "moved", "within"]
