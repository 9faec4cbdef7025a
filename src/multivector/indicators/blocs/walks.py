"""How balanced a signed network is by its triangles, its walks and its spectrum."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from multivector.indicators.blocs.network import Matrix


class Triangles(NamedTuple):
    """All triangles of a network, and those whose signs multiply to +1."""

    triangles: int
    balanced_triangles: int

    @property
    def triangle_index(self) -> float:
        """Share of triangles that are balanced, in [0, 1]; NaN where there is none."""
        return self.balanced_triangles / self.triangles if self.triangles else float("nan")


def count_triangles(matrix: Matrix) -> Triangles:
    """Count triangles by the traces of A^3 (signed) and |A|^3.

        T = tr |A|^3 / 6,   T+ = (tr |A|^3 + tr A^3) / 12

    `matrix` [i, i] holds signs. Source: D. Cartwright, F. Harary, Psychological Review 63 (1956) 277-293.
    """
    a = matrix.astype(float)  # exact: traces stay far below 2^53
    signed, plain = (round(float(np.sum((x @ x) * x))) for x in (a, np.abs(a)))
    return Triangles(plain // 6, (plain + signed) // 12)


def walk_balance(matrix: Matrix) -> float:
    """Balance by closed walks, short ones weighing most: K = tr exp(A) / tr exp(|A|), in (0, 1]; 1 is balance.

    Source: E. Estrada, M. Benzi, Physical Review E 90 (2014) 042802.
    """
    signed, plain = (np.linalg.eigvalsh(x.astype(float)) for x in (matrix, np.abs(matrix)))
    shift = plain[-1]  # the largest of both spectra: the exponentials cannot overflow
    return float(np.exp(signed - shift).sum() / np.exp(plain - shift).sum())


def algebraic_conflict(matrix: Matrix) -> float:
    """The least eigenvalue of the signed Laplacian D - A, at least 0; 0 where some component is balanced.

    Source: J. Kunegis and others, SIAM Int. Conf. on Data Mining (2010) 559-570.
    """
    laplacian = np.diag(np.abs(matrix).sum(axis=1)) - matrix
    return float(np.linalg.eigvalsh(laplacian.astype(float))[0])


def frustration_norm(frustrated: int, ties: int) -> float:
    """The line index of balance as a share: F = 1 - 2 L / m, in [0, 1]; 1 is balance.

    Source: S. Aref, M. C. Wilson, J. Complex Networks 6 (2018) 566-595.
    """
    return 1 - 2 * frustrated / ties
