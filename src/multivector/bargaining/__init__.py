"""A forecast of one issue from its stakeholders: who wants what, how much they care, what they can bring to bear."""

from multivector.bargaining.stakes import Stakes

__all__ = ["Stakes"]
