"""What is wrong with an issue, in plain words: where, what was found, and what repairs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from multivector.errors import IssueError

Keys = tuple[str | int, ...]
Place = Callable[[Keys], str]
"""The place in a file (a line, a row) of what stands under the keys."""

_MOST_SHOWN: Final = 20

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "extra_forbidden": ("unknown key", "delete it, or correct its name"),
    "string_type": ("is no text", "write it in quotes, as \"12\" or \"no\""),
    "float_type": ("is no number", "write a plain number without quotes, such as 45.5"),
    "finite_number": ("is no finite number", "write a plain number, such as 45.5"),
    "tuple_type": ("is no list", "write each item on a line of its own, after a dash"),
    "dict_type": ("is no table of keys and values", "write keys and values, as {{low: 1, mode: 2, high: 3}}"),
    "model_type": ("is no table of keys and values", "write keys and values, as {{low: 1, mode: 2, high: 3}}"),
    "date_type": ("is no day", "write a day as 2025-03-01"),
    "literal_error": ("is none of {expected}", "write one of {expected}"),
    "string_pattern_mismatch": (
        "does not match {pattern}",
        "use small letters, digits and dashes, 64 characters at most",
    ),
    "string_too_long": ("is longer than {max_length} characters", "shorten it"),
    "string_too_short": ("is empty", "write it"),
    "too_long": ("has more than {max_length} items", "keep {max_length} at most"),
    "greater_than_equal": ("lies below {ge:g}", "give a number of {ge:g} or more"),
    "less_than_equal": ("lies above {le:g}", "give a number of {le:g} or less"),
    "string_unicode": ("holds halves of characters", "write plain words"),
}  # fmt: skip
"""pydantic's kinds of fault in words of those who write issues: what was found, what repairs it."""
_OTHER: Final = ("{msg}", "write what is asked for")


def explained(error: ValidationError, content: Mapping[str, Any], where: str, place: Place) -> IssueError:
    """One error for all faults of an issue's content, each with its place and its repair."""
    told = list(dict.fromkeys(_told(fault, content, place) for fault in _first(error)))
    if len(told) == 1:
        (at, what, repair) = told[0]
        return IssueError(what, where=f"{where}, {at}" if at else where, repair=repair)
    lines = [f"{at}: {what}; repair: {repair}" for at, what, repair in told[:_MOST_SHOWN]]
    rest = [f"and {len(told) - _MOST_SHOWN} more"] if len(told) > _MOST_SHOWN else []
    return IssueError(
        f"{len(told)} faults\n  " + "\n  ".join([*lines, *rest]), where=where, repair="mend each line above"
    )


def _first(error: ValidationError) -> list[Any]:
    """Faults without those that come of others: what cells say is not known before the dimensions hold."""
    faults: list[Any] = error.errors(include_url=False)
    if not any(each["loc"][:1] == ("dimensions",) for each in faults):
        return faults
    return [each for each in faults if each["loc"][2:3] not in (("position",), ("salience",))]


def _told(fault: Any, content: Mapping[str, Any], place: Place) -> tuple[str, str, str]:
    """Place, what and repair of one of pydantic's faults."""
    context, given, keys = fault.get("ctx", {}), fault.get("input"), fault["loc"]
    of_key = fault["type"] == "invalid_key" or keys[-1:] == ("[key]",)
    if of_key:
        keys = keys[: -1 if fault["type"] == "invalid_key" else -2]
    own = context if fault["type"] == "issue" else {}
    keys = (*keys, *own.get("keys", ()))
    at = ", ".join(part for part in (place(keys), _shown(keys, content)) if part)
    if own:
        return at, own["what"], own["repair"]
    if of_key:
        return at, f"the key {given!r} is no text", "write it in quotes"
    if fault["type"] == "missing":
        return at, "is missing", f"write {keys[-1] if keys else 'it'}"
    what, repair = _WORDS.get(fault["type"], _OTHER)
    what, repair = what.format(msg=fault["msg"], **context), repair.format(**context)
    if given is None:
        return at, "is empty", repair
    scalar = isinstance(given, str | int | float) and fault["type"] != "extra_forbidden"
    shown = repr(given[:60]) if isinstance(given, str) else str(given)[:60]
    return at, f"{shown} {what}" if scalar else what, repair


def _shown(keys: Keys, content: Mapping[str, Any]) -> str:
    """Keys as a person reads them: the stakeholder by name."""
    shown: list[str] = []
    value: Any = content
    for key in keys:
        value = value[key] if _has(value, key) else None
        name = value.get("name") if isinstance(key, int) and isinstance(value, Mapping) else None
        shown.append(name if isinstance(name, str) else str(key + 1) if isinstance(key, int) else str(key))
    return ".".join(part if part.isprintable() else ascii(part)[1:-1] for part in shown)


def _has(value: Any, key: str | int) -> bool:
    if isinstance(key, int):
        return isinstance(value, list | tuple) and key < len(value)
    return isinstance(value, Mapping) and key in value
