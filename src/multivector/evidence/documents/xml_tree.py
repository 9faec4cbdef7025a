"""XML into a tree, with what makes XML dangerous refused: entities of its own and anything to fetch."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from multivector.errors import DocumentError


def tree_of(raw: bytes, where: str) -> Element:
    """The tree of an XML document. Entities that it declares are not expanded, references not followed.

    Raises
    ------
    DocumentError : broken XML, or XML with entities or external references.
    """
    try:
        tree: Element = ElementTree.fromstring(raw)
    except DefusedXmlException as error:
        raise DocumentError(
            f"the XML declares entities or refers to other files ({type(error).__name__}); such XML can fill "
            "the memory or read other files, and is not opened",
            where=where,
            repair="save the text in another format, or ask who made the file for one without entities",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise DocumentError(
            f"the XML is broken: {error}", where=where, repair="save or fetch it again"
        ) from error
    return tree


def local_name(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
