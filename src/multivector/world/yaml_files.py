"""YAML from people: bounded, without aliases, tags or repeated keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from multivector.errors import ScenarioError

MOST_BYTES = 256_000
_DEEPEST = 20


class _StrictLoader(yaml.SafeLoader):
    """Safe loading that also refuses what a scenario never needs."""

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


def read_yaml(path: Path) -> Any:
    """Read one YAML document.

    Raises
    ------
    ScenarioError : missing, too large, not text, not YAML, or using aliases, tags or repeated keys.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ScenarioError(
                f"the file has {size:,} bytes, the limit is {MOST_BYTES:,}",
                where=str(path),
                repair="keep only the scenario in this file",
            )
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ScenarioError(
            f"cannot be read: {error.strerror or error}", where=str(path), repair="name an existing file"
        ) from error
    except UnicodeDecodeError as error:
        raise ScenarioError(
            f"not UTF-8 text (byte {error.start})", where=str(path), repair="save the file as UTF-8"
        ) from error
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (a SafeLoader, stricter)
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, KeyError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ScenarioError(
            f"not a plain YAML document: {problem}",
            where=where,
            repair="write plain keys and values; no anchors, aliases or tags",
        ) from error
