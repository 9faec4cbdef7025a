"""KTAB's XML files of scenarios, read and written.

KTAB's schema and its reader do not agree: the schema says `Proportional` and `No` where the reader wants `Prop`
and `None`, and leaves `IdealAdjustment` open where the reader of an element that is there wants a pair in it; its
own example has an empty `dCoord`. Both spellings are read, the reader's are written, what is empty is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml import DefusedXmlException, ElementTree

from multivector.bargaining.cell import MOST_NAME, MOST_TEXT
from multivector.bargaining.ktab import KtabScenario, require_ktab, seed_number, stakes_at
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.bargaining.raw import number, read_bytes, require_plain
from multivector.errors import InputError, IssueError
from multivector.files import write_text_whole

_READERS_SPELLING: Final = {("VotingRule", "Proportional"): "Prop", ("BigRAdjust", "No"): "None"}
_PARAMETERS: Final = (
    "VictoryProbModel", "PCEModel", "StateTransitions", "VotingRule", "BigRAdjust", "BigRRange", "ThirdPartyCommit",
    "InterVecBrgn", "BargnModel",
)  # fmt: skip
_SEED: Final = "1"
_SLACK: Final = 1e-10
"""Rounding that KTAB allows where an actor's adjustments add up to the whole."""


def read_ktab_xml(path: str | Path) -> KtabScenario:
    """A scenario from KTAB's XML. Entities are not expanded and nothing is fetched.

    Raises
    ------
    IssueError : with the element and the repair.
    """
    path = Path(path)
    root = _root(path)
    dimensions = [
        _text(each, "", f"{path}, dName {k}", MOST_NAME)
        for k, each in enumerate(root.iterfind("Dimensions/dName"), 1)
    ]
    if not dimensions:
        raise IssueError("no Dimensions/dName", where=str(path), repair="name each dimension in a dName")
    where, names, descriptions, numbers = [], [], [], []
    for i, actor in enumerate(root.iterfind("Actors/Actor"), 1):
        name = _text(actor, "name", f"{path}, actor {i}", MOST_NAME)
        place = f"{path}, actor {i} ({name})"
        where.append(place)
        names.append(name)
        descriptions.append(require_plain(_words(actor.findtext("description")), place))
        capability = number(_text(actor, "capability", place), place, "capability")
        coordinates = [list(_numbers(actor, *each, place, len(dimensions))) for each in
                       (("Position", "dCoord"), ("Salience", "dSal"))]  # fmt: skip
        numbers.append((capability, coordinates[0], coordinates[1]))
    return KtabScenario(
        require_plain(_words(root.findtext("name")), str(path)),
        require_plain(_words(root.findtext("desc")), str(path)),
        stakes_at(str(path), where, names, dimensions, numbers),
        tuple(descriptions),
        _seed(root, path),
        dict(_parameters(root, path)),
        tuple(_adjustments(root, names, path)),
    )


def ktab_xml(scenario: KtabScenario) -> str:
    """The scenario as XML that KTAB's reader takes; numbers come back exactly.

    Where the scenario says nothing, the reader's wants are met: a seed, a description of each actor (its name),
    and model parameters all or none.

    Raises
    ------
    IssueError : something that KTAB's reader does not take.
    """
    require_ktab(scenario)
    missing = [name for name in _PARAMETERS if name not in scenario.parameters]
    if scenario.parameters and missing:
        raise IssueError(f"no model parameter {', '.join(missing)}", repair="give all nine or none")
    stakes, root = scenario.stakes, Element("Scenario")
    for tag, text in (
        ("name", scenario.name),
        ("desc", scenario.description),
        ("prngSeed", scenario.seed or _SEED),
    ):
        SubElement(root, tag).text = text
    if scenario.parameters:
        chosen = SubElement(root, "ModelParameters")
        for name in _PARAMETERS:
            value = scenario.parameters[name]
            SubElement(chosen, name).text = _READERS_SPELLING.get((name, value), value)
    dimensions = SubElement(root, "Dimensions")
    for name in stakes.dimensions:
        SubElement(dimensions, "dName").text = name
    actors = SubElement(root, "Actors")
    for i, name in enumerate(stakes.names):
        actor = SubElement(actors, "Actor")
        said = scenario.descriptions[i] if scenario.descriptions else ""
        for tag, text in (
            ("name", name),
            ("description", said or name),
            ("capability", _exact(stakes.capability[i])),
        ):
            SubElement(actor, tag).text = text
        for group, tag, values in (
            ("Position", "dCoord", stakes.position[i]),
            ("Salience", "dSal", stakes.salience[i]),
        ):
            parent = SubElement(actor, group)
            for value in values:
                SubElement(parent, tag).text = _exact(value)
    if scenario.adjustments:
        pairs = SubElement(root, "IdealAdjustment")
        for adjusting, reference, share in scenario.adjustments:
            pair = SubElement(pairs, "iaPair")
            for tag, text in (
                ("adjustingIdeal", adjusting),
                ("referencePos", reference),
                ("adjust", _exact(share)),
            ):
                SubElement(pair, tag).text = text
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def write_ktab_xml(scenario: KtabScenario, path: str | Path) -> Path:
    """`ktab_xml` in a file, whole or not at all."""
    return write_text_whole(Path(path), ktab_xml(scenario))


def _root(path: Path) -> Element:
    try:
        root: Element = ElementTree.fromstring(read_bytes(path), forbid_dtd=True)
    except DefusedXmlException as error:
        raise IssueError(
            f"the XML has a document type, entities or references ({type(error).__name__}), and is not opened",
            where=str(path),
            repair="save it without <!DOCTYPE ...>: a scenario needs none",
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise IssueError(
            f"the XML is broken: {error}", where=str(path), repair="save or fetch the file again"
        ) from error
    if root.tag != "Scenario":
        raise IssueError(
            f"the root element is {str(root.tag)[:60]!r}",
            where=str(path),
            repair="give a KTAB file: <Scenario> ...",
        )
    return root


def _text(element: Element, tag: str, where: str, most: int = MOST_TEXT) -> str:
    """The text of the child `tag` (or of the element itself), which must be there."""
    child = element.find(tag) if tag else element
    text = "" if child is None else _words(child.text)
    if not text:
        what = f"no element {tag}" if child is None else f"the element {tag or element.tag} is empty"
        raise IssueError(what, where=where, repair=f"write the {tag or element.tag}")
    return require_plain(text, where, most) if tag not in ("capability", "adjust") else text


def _words(text: str | None) -> str:
    """The text on one line: in XML, lines may break anywhere."""
    return " ".join((text or "").split())


def _numbers(actor: Element, group: str, tag: str, where: str, count: int) -> Iterator[float]:
    found = actor.findall(f"{group}/{tag}")
    if len(found) != count:
        raise IssueError(
            f"{len(found)} {tag} in {group} for {count} dimensions",
            where=where,
            repair=f"give a {tag} for each dName",
        )
    for k, each in enumerate(found, 1):
        place = f"{where}, {group}, {tag} {k}"
        if not (each.text or "").strip():
            raise IssueError(
                f"the element {tag} is empty (KTAB's own smpExample.xml has one)",
                where=place,
                repair=f"write the {group.lower()} as a number from 0 to 100",
            )
        yield number(each.text, place, group.lower())


def _parameters(root: Element, path: Path) -> Iterator[tuple[str, str]]:
    given = root.find("ModelParameters")
    seen: set[str] = set()
    for each in given if given is not None else ():
        if each.tag in seen:
            raise IssueError(
                f"a second {each.tag}", where=f"{path}, ModelParameters", repair="keep one of the two"
            )
        seen.add(each.tag)
        if each.tag not in _PARAMETERS:
            raise IssueError(
                f"no model parameter is named {str(each.tag)[:60]!r}",
                where=f"{path}, ModelParameters",
                repair=f"use {', '.join(_PARAMETERS)}",
            )
        value = _text(each, "", f"{path}, ModelParameters")
        try:
            SMPOptions.of({each.tag: value})
        except InputError as error:
            raise IssueError(
                f"{each.tag} is {value[:60]!r}, which the spatial model does not know",
                where=f"{path}, ModelParameters",
                repair=error.repair,
            ) from error
        yield each.tag, _READERS_SPELLING.get((each.tag, value), value)


def _seed(root: Element, path: Path) -> str:
    text = (root.findtext("prngSeed") or "").strip()
    try:
        seed_number(text)
    except ValueError as error:
        raise IssueError(
            f"the element prngSeed is {text[:60]!r}",
            where=str(path),
            repair="write a whole number of 64 bits, decimal or as 0x...",
        ) from error
    return text


def _adjustments(root: Element, names: list[str], path: Path) -> Iterator[tuple[str, str, float]]:
    total: dict[str, float] = {}
    seen: set[tuple[str, str]] = set()
    last = ""
    for i, pair in enumerate(root.iterfind("IdealAdjustment/iaPair"), 1):
        place = last = f"{path}, iaPair {i}"
        adjusting, reference = (_text(pair, tag, place) for tag in ("adjustingIdeal", "referencePos"))
        for name in (adjusting, reference):
            if name not in names:
                raise IssueError(
                    f"no actor is named {name[:60]!r}", where=place, repair=f"use: {', '.join(names[:20])}"
                )
        if (adjusting, reference) in seen:
            raise IssueError(
                f"a second pair of {adjusting} and {reference}", where=place, repair="keep one of the two"
            )
        seen.add((adjusting, reference))
        share = number(_text(pair, "adjust", place), place, "adjust")
        total[adjusting] = total.get(adjusting, 0.0) + share
        if not 0 <= share <= 1 or total[adjusting] > 1 + _SLACK:
            raise IssueError(
                f"{adjusting}'s ideal adjusts by {share:.12g}, in all by {total[adjusting]:.12g}",
                where=place,
                repair="give shares from 0 to 1 that sum to 1 at most for an actor",
            )
        yield adjusting, reference, share
    for name, given in total.items():
        if (name, name) not in seen and given > _SLACK:
            raise IssueError(
                f"{name}'s ideal adjusts to others by {given:.12g}, and by 1 to its own position, "
                "which is so where no pair says otherwise",
                where=last,
                repair=f"add a pair of {name} with itself, of {1 - given:.12g} at most",
            )


def _exact(value: float) -> str:
    return repr(float(value))
