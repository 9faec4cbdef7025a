"""Likeness of states by whom they are tied to and how they vote: S, Scott's pi, Cohen's kappa, tau-b."""

from multivector.indicators.similarity.alliances import AllianceSimilarity, alliance_similarity
from multivector.indicators.similarity.chance_corrected import cohens_kappa, scotts_pi
from multivector.indicators.similarity.measure import measure_similarity
from multivector.indicators.similarity.s_score import s_score
from multivector.indicators.similarity.tau_b import tau_b
from multivector.indicators.similarity.votes import VoteSimilarity, vote_similarity

__all__ = [
    "AllianceSimilarity",
    "VoteSimilarity",
    "alliance_similarity",
    "cohens_kappa",
    "measure_similarity",
    "s_score",
    "scotts_pi",
    "tau_b",
    "vote_similarity",
]
