"""Colours as style sheets write them, and whether the eye tells two of them apart."""

from __future__ import annotations

import colorsys
import re
from typing import Literal

Colour = tuple[int, int, int]
Transparent = Literal["transparent"]
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

# The basic sixteen, and the named colours that are all but white.
_NAMED: dict[str, Colour] = {
    "black": BLACK, "white": WHITE, "silver": (192, 192, 192), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "maroon": (128, 0, 0), "red": (255, 0, 0), "purple": (128, 0, 128),
    "fuchsia": (255, 0, 255), "green": (0, 128, 0), "lime": (0, 255, 0), "olive": (128, 128, 0),
    "yellow": (255, 255, 0), "navy": (0, 0, 128), "blue": (0, 0, 255), "teal": (0, 128, 128),
    "aqua": (0, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "mintcream": (245, 255, 250),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240),
    "azure": (240, 255, 255), "aliceblue": (240, 248, 255), "honeydew": (240, 255, 240),
    "seashell": (255, 245, 238), "oldlace": (253, 245, 230), "linen": (250, 240, 230),
    "lightyellow": (255, 255, 224), "darkgray": (169, 169, 169), "lightgray": (211, 211, 211),
    "gainsboro": (220, 220, 220),
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_CALL = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_TOKEN = re.compile(r"(?:rgb|hsl)a?\([^()]{1,80}\)|#[0-9a-f]+|[a-z]+")
_APART = 1.15  # contrast ratio below which text is not made out; 1 is none, 4.5 is what WCAG asks of text


def colour_of(text: str) -> Colour | Transparent | None:
    """A colour, `transparent`, or nothing where the text names none that is known."""
    text = text.strip().lower()
    if text == "transparent":
        return "transparent"
    if text in _NAMED:
        return _NAMED[text]
    digits = _HEX.fullmatch(text)
    if digits:
        pair = digits[1] if len(digits[1]) > 4 else "".join(2 * digit for digit in digits[1])
        if pair[6:] and int(pair[6:], 16) < 13:
            return "transparent"
        return int(pair[:2], 16), int(pair[2:4], 16), int(pair[4:6], 16)
    call = _CALL.fullmatch(text)
    return _called(call[1], re.split(r"[\s,/]+", call[2].strip())) if call else None


def first_colour_of(text: str) -> Colour | Transparent | None:
    """The first colour among the words of a `background`."""
    found = (colour_of(token[0]) for token in _TOKEN.finditer(text.lower()))
    return next((colour for colour in found if colour is not None), None)


def alike(one: Colour, other: Colour) -> bool:
    """Whether text in the one colour on the other is not made out.

    By contrast ratio, Web Content Accessibility Guidelines 2.2, "relative luminance", which is blind to
    hue; two colours of one brightness are alike only if they are close in every part.
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    near = all(abs(a - b) <= 24 for a, b in zip(one, other, strict=True))
    return near and (high + 0.05) / (low + 0.05) < _APART


def _called(kind: str, parts: list[str]) -> Colour | Transparent | None:
    try:
        if len(parts) > 3 and _share(parts[3], 1.0) < 0.05:
            return "transparent"
        if kind == "hsl":
            hue = float(parts[0].removesuffix("deg")) % 360 / 360
            made = colorsys.hls_to_rgb(hue, _share(parts[2], 1.0), _share(parts[1], 1.0))
            red, green, blue = (round(255 * part) for part in made)
        else:
            red, green, blue = (round(255 * _share(part, 255.0)) for part in parts[:3])
    except (ValueError, IndexError, OverflowError):
        return None
    return red, green, blue


def _share(part: str, whole: float) -> float:
    value = float(part.removesuffix("%")) / (100.0 if part.endswith("%") else whole)
    return min(1.0, max(0.0, value))


def _luminance(colour: Colour) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
