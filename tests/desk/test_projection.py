"""The projection keeps areas and agrees with the manual; clipping keeps what is inside."""

from __future__ import annotations

import numpy as np
import pytest

from multivector.desk.projection import EARTH_KM, Albers, Frame, clip

SNYDER = Albers((29.5, 45.5), (-96.0, 23.0))
OURS = Albers((35.0, 50.0), (60.0, 43.0))


def area(ring: np.ndarray) -> float:
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def test_the_manuals_worked_example() -> None:
    """Snyder 1987, appendix A: latitude 35, longitude -75 on the unit sphere."""
    x, y = SNYDER(np.array([[-75.0, 35.0]]))[0] / EARTH_KM
    assert x == pytest.approx(0.2952720, abs=1e-6)
    assert y == pytest.approx(0.2416774, abs=1e-6)


@pytest.mark.parametrize("corner", [(30.0, 30.0), (60.0, 43.0), (85.0, 55.0)])
def test_equal_areas_stay_equal(corner: tuple[float, float]) -> None:
    lon, lat = corner
    t = np.linspace(0, 1, 50)[:-1]
    sides = [
        (lon + t, lat + 0 * t),
        (lon + 1 + 0 * t, lat + t),
        (lon + 1 - t, lat + 1 + 0 * t),
        (lon + 0 * t, lat + 1 - t),
    ]
    ring = np.concatenate([np.stack(side, axis=1) for side in sides])
    band = np.sin(np.radians(lat + 1)) - np.sin(np.radians(lat))
    assert area(OURS(ring)) == pytest.approx(EARTH_KM**2 * np.radians(1) * band, rel=1e-5)


def test_a_frame_puts_its_center_in_the_middle_and_north_up() -> None:
    frame = Frame(OURS, (61.0, 42.0), 5000, 1000, 600)
    assert frame.point(61.0, 42.0) == pytest.approx((500, 300))
    assert frame.point(61.0, 43.0)[1] < 300
    assert frame.point(62.0, 42.0)[0] > 500


def test_clipping_a_square_leaves_the_shared_part() -> None:
    square = np.array([[0.0, 0], [10, 0], [10, 10], [0, 10]])
    assert area(clip(square, (5, 5), (20, 20))) == pytest.approx(25)
    assert len(clip(square, (20, 20), (30, 30))) == 0
    assert clip(square, (-1, -1), (11, 11)) is square
