"""What a page hides from the eye: by an attribute, a style or its own style sheet.

An author who writes for readers hides nothing; text that only a machine would see is no part of what the
document says. Sheets that would have to be fetched are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from multivector.evidence.documents.colour import (
    BLACK,
    WHITE,
    Colour,
    Transparent,
    alike,
    colour_of,
    first_colour_of,
)

Style = dict[str, str]
_INTERESTING = frozenset(
    "display visibility opacity font-size color background background-color background-image position left "
    "top text-indent clip clip-path width height max-height max-width overflow transform content-visibility".split()
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?:(?P<kind>[.#])(?P<name>[\w-]+))?", re.IGNORECASE)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_FAR = 900  # pixels: beyond any screen's edge
_TINY = {"px": 2.0, "pt": 2.0, "em": 0.15, "rem": 0.15, "%": 15.0, "": 0.0}  # smaller is not read


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down to those within: whether it is hidden for good, its size, ink and paper.

    Those within may choose another size and ink, and so be seen again.
    """

    hidden: bool = False
    tiny: bool = False
    ink: Colour | Transparent = BLACK
    paper: Colour | None = WHITE  # nothing where a picture lies behind


@dataclass
class Sheet:
    """The rules of a page's own style sheets with one simple selector: a tag, a class, an identifier."""

    rules: dict[str, Style] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Take up a style sheet. What holds only on some screens (`@media`) is passed over."""
        for selectors, body in _rules(_COMMENT.sub("", text)):
            style = {k: v for k, v in declarations(body).items() if k in _INTERESTING}
            for selector in selectors.split(",") if style else ():
                plain = selector.strip()
                if plain and _SIMPLE.fullmatch(plain):
                    self.rules.setdefault(plain.removeprefix("*") or "*", {}).update(style)

    def style_of(self, tag: str, attributes: Mapping[str, str]) -> Style:
        """The style of an element: by its tag, its classes, its identifier and its own attribute."""
        own = attributes.get("style", "")
        if not self.rules and not own:
            return {}
        style: Style = {}
        classes = attributes.get("class", "").split()[:50]
        names = ["*", tag, *(f".{c}" for c in classes), *(f"{tag}.{c}" for c in classes)]
        if "id" in attributes:
            names += [f"#{attributes['id']}", f"{tag}#{attributes['id']}"]
        for name in names:
            style.update(self.rules.get(name, {}))
        style.update(declarations(own))
        return style


def _rules(sheet: str) -> Iterable[tuple[str, str]]:
    """Selectors and declarations on the outermost level."""
    position = 0
    while (opening := sheet.find("{", position)) >= 0:
        selectors = sheet[position:opening].rpartition(";")[2].strip()
        closing = sheet.find("}", opening)
        if selectors.startswith("@"):
            position = _end_of_block(sheet, opening)
            continue
        if closing < 0:
            closing = len(sheet)
        yield selectors, sheet[opening + 1 : closing]
        position = closing + 1


def _end_of_block(sheet: str, opening: int) -> int:
    depth = 0
    for brace in re.compile(r"[{}]").finditer(sheet, opening):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(sheet)


def declarations(text: str) -> Style:
    """`color: white; font-size: 0` as pairs."""
    style: Style = {}
    for part in text.split(";"):
        key, colon, value = part.partition(":")
        if colon:
            style[key.strip().lower()] = value.replace("!important", "").strip().lower()
    return style


def look_of(tag: str, attributes: Mapping[str, str], sheet: Sheet, outer: Look) -> Look:
    """How an element looks, given how the one around it does."""
    if not attributes and not sheet.rules and tag != "dialog":
        return outer
    style = sheet.style_of(tag, attributes)
    hidden = (
        outer.hidden
        or "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or (tag == "dialog" and "open" not in attributes)
        or _is_hidden(style)
    )
    paper = _paper(attributes, style, outer)
    return Look(hidden, _is_tiny(style, outer), _ink(tag, attributes, style, outer), paper)


def unseen(look: Look) -> bool:
    """Whether text of this look is not seen: hidden, too small, or ink of the colour of the paper."""
    if look.hidden or look.tiny or look.ink == "transparent":
        return True
    return look.paper is not None and alike(look.ink, look.paper)


def _ink(tag: str, attributes: Mapping[str, str], style: Style, outer: Look) -> Colour | Transparent:
    given = style.get("color") or (attributes.get("color", "") if tag == "font" else "")
    given = given or (attributes.get("text", "") if tag == "body" else "")
    if not given:
        return outer.ink
    found = colour_of(given)
    return outer.ink if found is None else found


def _paper(attributes: Mapping[str, str], style: Style, outer: Look) -> Colour | None:
    if "url(" in style.get("background", "") + style.get("background-image", ""):
        return None
    if "gradient(" in style.get("background", "") + style.get("background-image", ""):
        return None
    given = style.get("background-color") or style.get("background") or attributes.get("bgcolor", "")
    if not given:
        return outer.paper
    found = first_colour_of(given)
    return outer.paper if found is None or found == "transparent" else found


def _is_hidden(style: Style) -> bool:
    if not style:
        return False
    number = {key: _amount(value) for key, value in style.items() if _NUMBER.match(value)}
    moved = style.get("position") in ("absolute", "fixed")
    flat = any(number.get(side, (1.0, ""))[0] == 0 for side in ("width", "height", "max-width", "max-height"))
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or number.get("opacity", (1.0, ""))[0] < (5 if number.get("opacity", (1.0, ""))[1] == "%" else 0.05)
        or number.get("text-indent", (0.0, ""))[0] <= -_FAR
        or (moved and any(abs(number.get(side, (0.0, ""))[0]) >= _FAR for side in ("left", "top")))
        or (flat and style.get("overflow") in ("hidden", "clip"))
        or (moved and bool(re.match(r"rect\(\s*[01](?:px)?[\s,]", style.get("clip", ""))))
        or bool(re.match(r"(?:inset\(\s*(?:50|100)%|circle\(\s*0)", style.get("clip-path", "")))
        or bool(re.search(r"scale\(\s*0(?:\.0+)?\s*[,)]", style.get("transform", "")))
    )


def _is_tiny(style: Style, outer: Look) -> bool:
    given = style.get("font-size", "")
    if not given or given == "inherit":
        return outer.tiny
    if not _NUMBER.match(given):
        return False
    size, unit = _amount(given)
    return (outer.tiny and unit in ("em", "%")) or size == 0 or size < _TINY.get(unit, 0.0)


def _amount(value: str) -> tuple[float, str]:
    found = _NUMBER.match(value)
    assert found is not None
    unit = re.match(r"[a-z%]*", value[found.end() :])
    return float(found[0]), unit[0] if unit else ""
