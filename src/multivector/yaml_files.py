"""YAML from people: bounded, without aliases, tags or repeated keys."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from multivector.errors import InputError

MOST_BYTES = 256_000
_DEEPEST = 20
_OTHER_BASE = re.compile(r"[_:]")
_ZEROS_IN_FRONT = re.compile(r"[-+]?0\d")


class _StrictLoader(yaml.SafeLoader):
    """Safe loading that also refuses what a file of facts never needs."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases (a few lines of them can unfold to gigabytes) and bottomless nesting."""
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(None, None, "an alias (*name) is not allowed", event.start_mark)
        self.depth += 1
        if self.depth > _DEEPEST:
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, f"nested deeper than {_DEEPEST} levels", mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that is written twice: the second would silently win."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is written twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_plain_number(self, node: yaml.ScalarNode) -> int | float:
        """Refuse what YAML 1.1 takes for a number of another base: 040 is 32 there, 1:10 is 70, 4_0 is 40."""
        whole = node.tag.endswith(":int")
        if _OTHER_BASE.search(node.value) or (whole and _ZEROS_IN_FRONT.match(node.value)):
            raise yaml.constructor.ConstructorError(
                None, None, f"{node.value!r} is no plain number; write digits alone", node.start_mark
            )
        found: int | float = self.construct_yaml_int(node) if whole else self.construct_yaml_float(node)
        return found


for _kind in ("int", "float"):
    _StrictLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _StrictLoader.construct_plain_number)


@dataclass(frozen=True)
class YamlFile:
    """The content of a YAML document, and where in the file each part of it stands."""

    content: Any
    _root: yaml.Node | None

    def line(self, keys: Sequence[str | int]) -> int:
        """The line (from 1) of the part under `keys`, or of the last part on the way that is there."""
        node, line = self._root, 1
        for key in keys:
            if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                line = node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == str(key)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            else:
                break
        return line


def read_yaml(
    path: Path, *, error: type[InputError] = InputError, what: str = "content", too_large: str = ""
) -> YamlFile:
    """Read one YAML document.

    Parameters
    ----------
    path : the file.
    error, what : kind of error to raise, and what the file is meant to hold.
    too_large : what repairs a file over the limit; without it, to keep only `what` in the file.

    Raises
    ------
    InputError : missing, too large, not text, not YAML, or using aliases, tags or repeated keys.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a device or a pipe may never end
            raise error("is no plain file", where=str(path), repair="name a file")
        size = found.st_size
        if size > MOST_BYTES:
            raise error(
                f"the file has {size:,} bytes, the limit is {MOST_BYTES:,}",
                where=str(path),
                repair=too_large or f"keep only the {what} in this file",
            )
        text = path.read_bytes().decode("utf-8")
    except OSError as fault:
        raise error(
            f"cannot be read: {fault.strerror or fault}", where=str(path), repair="name an existing file"
        ) from fault
    except UnicodeDecodeError as fault:
        raise error(
            f"not UTF-8 text (byte {fault.start})", where=str(path), repair="save the file as UTF-8"
        ) from fault
    try:
        loader = _StrictLoader(text)
        node = loader.get_single_node()
        return YamlFile(None if node is None else loader.construct_document(node), node)
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, KeyError) as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        raise error(
            f"not a plain YAML document: {problem}",
            where=where,
            repair="write plain keys and values; no anchors, aliases or tags",
        ) from fault
