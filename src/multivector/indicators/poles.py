"""Balance between two poles. Each of these loses sight of third vectors: read them beside evenness."""

from __future__ import annotations

from multivector.indicators._arrays import Array, floating, namespace, ratio


def axis_score(a: Array, b: Array) -> Array:
    """Position between two poles: 100 a / (a + b), in [0, 100]; 100 is all with a.

    Source: the scale of the Anatomy of Choice Alignment Index (Khong and Liow, Lee Kuan Yew School),
    whose authors read 45 to 55 as hedging. Missing where a + b is not positive.
    """
    xp = namespace(a, b)
    a, b = floating(xp, a), floating(xp, b)
    return 100.0 * ratio(xp, a, a + b)


def tent(a: Array, b: Array) -> Array:
    """Equal distance from two poles: 1 - |a - b| / (a + b), in [0, 1]. It is 1 even when both are tiny."""
    xp = namespace(a, b)
    a, b = floating(xp, a), floating(xp, b)
    return 1.0 - ratio(xp, xp.abs(a - b), a + b)


def engaged_balance(a: Array, b: Array) -> Array:
    """Geometric over arithmetic mean of two ties: 2 sqrt(a b) / (a + b), in [0, 1]; 0 if one is nothing."""
    xp = namespace(a, b)
    a, b = floating(xp, a), floating(xp, b)
    return ratio(xp, 2.0 * xp.sqrt(a * b), a + b)


def ideal_position(x: Array, pole_a: Array, pole_b: Array) -> Array:
    """Where an ideal point lies from pole a (0) to pole b (1): (x - a) / (b - a); outside [0, 1] beyond them.

    Missing where the poles coincide.
    """
    xp = namespace(x, pole_a, pole_b)
    x, a, b = floating(xp, x), floating(xp, pole_a), floating(xp, pole_b)
    return xp.sign(b - a) * ratio(xp, x - a, xp.abs(b - a))


def equidistance(x: Array, pole_a: Array, pole_b: Array) -> Array:
    """Equal distance from two poles in UN ideal points, in [0, 1]; 0 at a pole and beyond it.

    1 - ||x - a| - |x - b|| / |a - b|

    Missing where the poles coincide.

    Source of ideal points: M. Bailey, A. Strezhnev, E. Voeten, J. Conflict Resolution 61 (2017) 430-456.
    """
    xp = namespace(x, pole_a, pole_b)
    x, a, b = floating(xp, x), floating(xp, pole_a), floating(xp, pole_b)
    return 1.0 - ratio(xp, xp.abs(xp.abs(x - a) - xp.abs(x - b)), xp.abs(a - b))
