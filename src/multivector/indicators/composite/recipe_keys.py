"""The keys of a recipe as Markdown tables, read from what checks them: the page cannot fall behind."""

from __future__ import annotations

import json
import types
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from multivector.indicators.composite import aggregating, recipe, vary, weighting
from multivector.indicators.composite.cell import LARGEST

STAGES = (
    recipe.Denominate, recipe.Impute, recipe.Screen, recipe.Treat, recipe.Normalise, recipe.Aggregate,
)  # fmt: skip
FACTORS: tuple[type[BaseModel], ...] = get_args(get_args(vary.Vary)[0])
TABLES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("the recipe", recipe.Recipe),
    *((f"`{get_args(model.model_fields['do'].annotation)[0]}`", model) for model in STAGES),
    ("`[weights]`", recipe.Weights),
    *((f"vary `{get_args(model.model_fields['what'].annotation)[0]}`", model) for model in FACTORS),
)
CHOOSES = ("do", "what")
"""The key by which a table says which it is."""
PLAIN = {float: "number", int: "whole number", str: "text", bool: "true or false", Any: "value"}
BOUNDS = (("ge", ">= {:g}"), ("gt", "> {:g}"), ("le", "<= {:g}"))


def keys_table() -> str:
    """Every key: where it stands, its type, default and meaning."""
    rows = [
        (where, f"`{key}`", _type(field), _default(field), (field.description or "").replace("|", r"\|"))
        for where, model in TABLES
        for key, field in model.model_fields.items()
        if key not in CHOOSES
    ]
    return _table(("where", "key", "type", "default", "meaning"), rows)


def parameters_table() -> str:
    """What each method takes under `parameters`."""
    rows = [
        (doing, f"`{method}`", f"`{name}`", _one_of(kind) if isinstance(kind, tuple) else kind)
        for doing, known in (("aggregate", aggregating.PARAMETERS), ("weights", weighting.PARAMETERS))
        for method, takes in known.items()
        for name, kind in takes.items()
    ]
    return _table(("where", "method", "parameter", "kind"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _type(field: FieldInfo) -> str:
    bounds = [
        text.format(value)
        for name, text in BOUNDS
        for limit in field.metadata
        if (value := getattr(limit, name, None)) is not None and abs(value) < LARGEST
    ]
    return ", ".join([_said(field.annotation), *bounds])


def _said(kind: Any) -> str:
    """A type in words; bounds of its parts are left to the messages."""
    origin, parts = get_origin(kind), get_args(kind)
    said = PLAIN.get(kind, "table") if origin is None else ""
    if kind == recipe.Parameters:
        said = "table of parameters"
    elif origin is Annotated:
        said = _said(parts[0])
    elif origin is Literal:
        said = _one_of(parts)
    elif origin in (Union, types.UnionType):
        said = " or ".join(dict.fromkeys(_said(part) for part in parts if part is not type(None)))
    elif origin is list:
        said = f"list of: {_said(parts[0])}"
    elif origin is dict:
        said = f"by name: {_said(parts[1])}"
    return said


def _one_of(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _default(field: FieldInfo) -> str:
    """As TOML writes it."""
    value = field.default
    if field.is_required():
        return "must be given"
    if value is None or isinstance(value, BaseModel):
        return "none"
    return f"`{round(value, 3) if isinstance(value, float) else json.dumps(value)}`"
