"""What an issue file may hold and what may be chosen, as Markdown tables read from the code that checks it."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import types
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from multivector.bargaining.cell import Cell, Interval
from multivector.bargaining.issue import Issue
from multivector.bargaining.models.smp.options import CHOICES, NUMBERS, SMPOptions
from multivector.bargaining.scale import Dimension, Mark
from multivector.bargaining.stakeholder import Source, Stakeholder

TABLES: Final[Mapping[str, type[BaseModel]]] = {
    "the issue": Issue, "a dimension": Dimension, "a mark": Mark, "a stakeholder": Stakeholder, "a cell": Cell,
    "an interval": Interval, "a source": Source,
}  # fmt: skip
_SAID: Final = {model: name.split()[1] for name, model in TABLES.items()} | {
    float: "number", str: "text", dt.date: "day",
}  # fmt: skip
_BOUNDS: Final = (("ge", "{} or more"), ("le", "{} or less"), ("max_length", "{} at most"))


def keys_table() -> str:
    """Every key of an issue file: where it stands, its type, default and meaning."""
    rows: dict[tuple[str, ...], list[str]] = {}  # keys that are said together stand in one row
    for where, model in TABLES.items():
        meaning = meanings(model)
        for key, field in model.model_fields.items():
            rows.setdefault((where, _type(field), _default(field), meaning[key]), []).append(f"`{key}`")
    return _table(
        ("where", "key", "type", "default", "meaning"),
        [(where, ", ".join(keys), *rest) for (where, *rest), keys in rows.items()],
    )


def options_table() -> str:
    """Every option of the Spatial Model of Politics: its values, the default first, and what it decides."""
    meaning = meanings(SMPOptions)
    plain = {name: f"`{getattr(SMPOptions(), name)}`" for name in NUMBERS}
    values = {name: ", ".join(f"`{value}`" for value in allowed) for name, allowed in CHOICES.items()}
    rows = [(f"`{name}`", allowed, meaning[name]) for name, allowed in (values | plain).items()]
    return _table(("option", "values, the default first", "what it decides"), rows)


def meanings(documented: type) -> dict[str, str]:
    """The sentence on each name under Parameters in a class's docstring."""
    text = inspect.getdoc(documented) or ""
    _, _, section = text.partition("Parameters\n----------\n")
    section = re.split(r"\n\n\w+\n-{3,}\n", section)[0]
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", section.strip()):
        names, _, meaning = entry.partition(" : ")
        found |= dict.fromkeys(names.split(", "), " ".join(meaning.split()).removesuffix("."))
    return found


def _type(field: FieldInfo) -> str:
    bounds = [
        words.format(limit)
        for name, words in _BOUNDS
        for each in field.metadata
        if (limit := getattr(each, name, None)) is not None and abs(limit) < 1e9
    ]
    return ", ".join([_kind(field.annotation), *bounds])


def _kind(annotation: Any) -> str:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{part}`" if part else "empty" for part in parts)
    if origin in (Union, types.UnionType):
        return " or ".join("null" if part is type(None) else _kind(part) for part in parts)
    if origin is tuple:
        return f"list of: {_kind(parts[0])}"
    if origin is dict:
        return f"by dimension: {_kind(parts[1])}"
    return _SAID[parts[0] if hasattr(annotation, "__metadata__") else annotation]


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.default
    if isinstance(value, Interval):
        return f"`{{low: {value.low:g}, mode: {value.mode:g}, high: {value.high:g}}}`"
    return "none" if value in (None, "", ()) else f"`{value:g}`"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
