"""Recipes as files: TOML or YAML, read safely, and written back."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from multivector.errors import InputError
from multivector.indicators.composite.recipe import Recipe
from multivector.yaml_files import MOST_BYTES, read_yaml

BOUNDS = {
    "greater_than_equal": "must be {ge:g} or more",
    "greater_than": "must be more than {gt:g}",
    "less_than_equal": "must be {le:g} or less",
}


def read_recipe(recipe: str | Path | Mapping[str, Any] | Recipe) -> Recipe:
    """A recipe from a `.toml`, `.yaml` or `.yml` file, from plain keys and values, or as it is.

    Raises
    ------
    InputError : the file is missing, too large or no such document; an unknown key, a wrong type or a
        value out of range, with its place.
    """
    if isinstance(recipe, Recipe):
        return recipe
    if not isinstance(recipe, str | Path | Mapping):
        raise InputError(
            f"a {type(recipe).__name__} is no recipe",
            where="recipe",
            repair="give the path of a TOML or YAML file, plain keys and values, or a Recipe",
        )
    where = "recipe" if isinstance(recipe, Mapping) else str(recipe)
    content = recipe if isinstance(recipe, Mapping) else _document(Path(recipe))
    try:
        return Recipe.model_validate(content)
    except ValidationError as error:
        raise InputError(
            _explained(error), where=where, repair="see docs/composite.md for the keys of a recipe"
        ) from error
    except RecursionError as error:
        raise InputError("nested without end", where=where, repair="write plain keys and values") from error


def toml(recipe: Recipe) -> str:
    """The recipe as a TOML document that `read_recipe` reads back to the same recipe."""
    content = dict(recipe.plain())
    tables = {key: content.pop(key) for key in ("stage", "vary") if key in content}
    weights = content.pop("weights", None)
    lines = [f"{_key(key)} = {_value(value)}" for key, value in content.items()]
    if weights:
        lines += ["", "[weights]", *(f"{_key(k)} = {_value(v)}" for k, v in weights.items())]
    for name, entries in tables.items():
        for entry in entries:
            lines += ["", f"[[{name}]]", *(f"{_key(k)} = {_value(v)}" for k, v in entry.items())]
    return "\n".join(lines) + "\n"


def as_yaml(recipe: Recipe) -> str:
    """The recipe as a YAML document that `read_recipe` reads back to the same recipe."""
    letters, escaped = (
        str(yaml.safe_dump(dict(recipe.plain()), sort_keys=False, allow_unicode=plain))
        for plain in (True, False)
    )
    # Some separators (U+0085, U+2028) do not come back from YAML as they were unless they are escaped.
    return letters if letters.replace("\n", "").isprintable() else escaped


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    # JSON's texts, numbers and truth values are TOML's, but for the one control character that JSON leaves.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _document(path: Path) -> Mapping[str, Any]:
    if path.suffix not in {".toml", ".yaml", ".yml"}:
        raise InputError("a recipe is TOML or YAML", where=str(path), repair="name it .toml, .yaml or .yml")
    content = _toml(path) if path.suffix == ".toml" else read_yaml(path, what="recipe").content
    if not isinstance(content, Mapping):
        raise InputError("the file holds no keys", where=str(path), repair="begin with `name: my index`")
    return content


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise InputError(
            f"not a plain TOML document: {str(error).splitlines()[0]}",
            where=str(path),
            repair="write plain keys and values; no key twice",
        ) from error


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                f"the file has {size:,} bytes, the limit is {MOST_BYTES:,}",
                where=str(path),
                repair="keep only the recipe in this file",
            )
        return path.read_bytes().decode("utf-8-sig")  # some editors begin a file with a mark
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", where=str(path), repair="name an existing file"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 text (byte {error.start})", where=str(path), repair="save the file as UTF-8"
        ) from error


def _explained(error: ValidationError) -> str:
    lines = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"]) or "recipe"
        if fault["type"] == "extra_forbidden":
            lines.append(f"{place}: unknown key")
        else:
            given = fault.get("input")
            shown = f" (found {given!r})" if isinstance(given, str | int | float) else ""
            bound = BOUNDS.get(fault["type"])
            said = bound.format(**fault["ctx"]) if bound else fault["msg"].removeprefix("Value error, ")
            lines.append(f"{place}: {said}{shown}")
    return f"{len(lines)} fault{'s' if len(lines) != 1 else ''}: " + "; ".join(lines)
