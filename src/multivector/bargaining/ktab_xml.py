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

from multivector.bargaining.ktab import KtabScenario, require_ktab, stakes_at
from multivector.bargaining.raw import number, read_bytes, require_plain
from multivector.errors import IssueError
from multivector.files import write_text_whole

_READERS_SPELLING: Final = {("VotingRule", "Proportional"): "Prop", ("BigRAdjust", "No"): "None"}
_PARAMETERS: Final = (
    "VictoryProbModel", "PCEModel", "StateTransitions", "VotingRule", "BigRAdjust", "BigRRange", "ThirdPartyCommit",
    "InterVecBrgn", "BargnModel",
)  # fmt: skip
_SEED: Final = "1"


def read_ktab_xml(path: str | Path) -> KtabScenario:
    """A scenario from KTAB's XML. Entities are not expanded and nothing is fetched.

    Raises
    ------
    IssueError : with the element and the repair.
    """
    path = Path(path)
    root = _root(path)
    dimensions = [
        _text(each, "", f"{path}, dName {k}") for k, each in enumerate(root.iterfind("Dimensions/dName"), 1)
    ]
    if not dimensions:
        raise IssueError("no Dimensions/dName", where=str(path), repair="name each dimension in a dName")
    where, names, descriptions, numbers = [], [], [], []
    for i, actor in enumerate(root.iterfind("Actors/Actor"), 1):
        name = _text(actor, "name", f"{path}, actor {i}")
        place = f"{path}, actor {i} ({name})"
        where.append(place)
        names.append(name)
        descriptions.append(require_plain((actor.findtext("description") or "").strip(), place))
        capability = number(_text(actor, "capability", place), place, "capability")
        coordinates = [list(_numbers(actor, *each, place, len(dimensions))) for each in
                       (("Position", "dCoord"), ("Salience", "dSal"))]  # fmt: skip
        numbers.append((capability, coordinates[0], coordinates[1]))
    return KtabScenario(
        require_plain((root.findtext("name") or "").strip(), str(path)),
        require_plain((root.findtext("desc") or "").strip(), str(path)),
        stakes_at(where, names, dimensions, numbers),
        tuple(descriptions),
        (root.findtext("prngSeed") or "").strip(),
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


def _text(element: Element, tag: str, where: str) -> str:
    """The text of the child `tag` (or of the element itself), which must be there."""
    child = element.find(tag) if tag else element
    text = "" if child is None else (child.text or "").strip()
    if not text:
        what = f"no element {tag}" if child is None else f"the element {tag or element.tag} is empty"
        raise IssueError(what, where=where, repair=f"write the {tag or element.tag}")
    return require_plain(text, where) if tag not in ("capability", "adjust") else text


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
    for each in given if given is not None else ():
        if each.tag not in _PARAMETERS:
            raise IssueError(
                f"no model parameter is named {str(each.tag)[:60]!r}",
                where=f"{path}, ModelParameters",
                repair=f"use {', '.join(_PARAMETERS)}",
            )
        value = _text(each, "", f"{path}, ModelParameters")
        yield each.tag, _READERS_SPELLING.get((each.tag, value), value)


def _adjustments(root: Element, names: list[str], path: Path) -> Iterator[tuple[str, str, float]]:
    total = dict.fromkeys(names, 0.0)
    for i, pair in enumerate(root.iterfind("IdealAdjustment/iaPair"), 1):
        place = f"{path}, iaPair {i}"
        adjusting, reference = (_text(pair, tag, place) for tag in ("adjustingIdeal", "referencePos"))
        for name in (adjusting, reference):
            if name not in names:
                raise IssueError(
                    f"no actor is named {name!r}", where=place, repair=f"use: {', '.join(names[:20])}"
                )
        share = number(_text(pair, "adjust", place), place, "adjust")
        total[adjusting] += share
        if not 0 <= share <= 1 or total[adjusting] > 1 + 1e-9:
            raise IssueError(
                f"{adjusting}'s ideal adjusts by {share:g}, in all by {total[adjusting]:g}",
                where=place,
                repair="give shares from 0 to 1 that sum to 1 at most for an actor",
            )
        yield adjusting, reference, share


def _exact(value: float) -> str:
    return repr(float(value))
