"""Issue files: YAML, strict and bounded, with the line of every fault; KTAB's files through the same door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from multivector.bargaining.issue import Issue
from multivector.bargaining.issue_folder import find_issue
from multivector.bargaining.stakeholder_table import StakeholderTable, read_stakeholder_table
from multivector.errors import IssueError
from multivector.files import write_text_whole
from multivector.yaml_files import read_yaml

Place = Callable[[tuple[str | int, ...]], str]
_MOST_SHOWN: Final = 20


def read_issue(name: str | Path, region: str | Path = "") -> Issue:
    """An issue from a file (YAML, or KTAB's CSV or XML), or one of a region by its name.

    `region` is one that comes with multivector, or a region folder; where none is given, the name is looked up
    among the issues of all that come with multivector.

    In YAML, `stakeholders` is a list, or the name of a CSV table that lies beside the file, as
    `multivector propose --stakeholders` drafts it (see `read_stakeholder_table`).

    Raises
    ------
    InputError : there is no such region.
    IssueError : every fault at once, each with its line or row and its repair.
    """
    path = find_issue(name, region)
    if path.suffix == ".csv":
        from multivector.bargaining.ktab_csv import read_ktab_csv

        return read_ktab_csv(path).issue()
    if path.suffix == ".xml":
        from multivector.bargaining.ktab_xml import read_ktab_xml

        return read_ktab_xml(path).issue()
    if path.suffix not in {".yaml", ".yml"}:
        raise IssueError(
            f"an issue is YAML, or KTAB's CSV or XML; this is {path.suffix or 'a name without an ending'}",
            where=str(path),
            repair="name the file .yaml, .csv or .xml",
        )
    file = read_yaml(path, error=IssueError, what="issue")
    if not isinstance(file.content, Mapping):
        raise IssueError("the file holds no keys", where=str(path), repair="begin with `id: my-issue`")
    content, table = dict(file.content), None
    if isinstance(content.get("stakeholders"), str):
        table = _table(path, content["stakeholders"], content.get("dimensions"))
        content["stakeholders"] = table.stakeholders
    return issue_of(content, where=str(path), place=lambda keys: _place(file.line(keys), keys, table))


def issue_of(content: Mapping[str, Any], *, where: str = "issue", place: Place | None = None) -> Issue:
    """An issue from plain keys and values.

    Raises
    ------
    IssueError : every fault at once, each with its place and its repair.
    """
    try:
        return Issue.model_validate(content)
    except ValidationError as error:
        raise _explained(error, content, where, place or (lambda _: "")) from error
    except RecursionError as error:
        raise IssueError("nested without end", where=where, repair="write plain keys and values") from error


def as_yaml(issue: Issue) -> str:
    """The issue as a YAML document that `read_issue` reads back to the same issue."""
    content = issue.model_dump(mode="python", exclude_defaults=True)
    plain = _plain(content | {"as_of": issue.as_of})
    letters, escaped = (
        str(yaml.safe_dump(plain, sort_keys=False, allow_unicode=each, width=100)) for each in (True, False)
    )
    # Some separators (U+0085, U+2028) do not come back from YAML as they were unless they are escaped.
    return letters if letters.replace("\n", "").isprintable() else escaped


def write_issue(issue: Issue, path: str | Path) -> Path:
    """`as_yaml` in a file, whole or not at all."""
    return write_text_whole(Path(path), as_yaml(issue))


def _table(path: Path, name: str, dimensions: Any) -> StakeholderTable:
    beside = path.parent / name
    if Path(name).name != name or beside.suffix != ".csv":
        raise IssueError(
            f"stakeholders is {name[:80]!r}",
            where=str(path),
            repair="write a list of stakeholders, or the name of a .csv table that lies beside this file",
        )
    names = [str(each["name"]) for each in dimensions or () if isinstance(each, Mapping) and "name" in each]
    return read_stakeholder_table(beside, names)


def _place(line: int, keys: tuple[str | int, ...], table: StakeholderTable | None) -> str:
    if table is not None and keys[:1] == ("stakeholders",):
        return table.place(keys[1:])
    return f"line {line}"


def _explained(error: ValidationError, content: Mapping[str, Any], where: str, place: Place) -> IssueError:
    told = [_told(fault, content, place) for fault in error.errors(include_url=False)]
    if len(told) == 1:
        (at, what, repair) = told[0]
        return IssueError(what, where=f"{where}, {at}" if at else where, repair=repair)
    lines = [f"{at}: {what}; repair: {repair}" for at, what, repair in told[:_MOST_SHOWN]]
    rest = [f"and {len(told) - _MOST_SHOWN} more"] if len(told) > _MOST_SHOWN else []
    return IssueError(
        f"{len(told)} faults\n  " + "\n  ".join([*lines, *rest]), where=where, repair="mend each line above"
    )


def _told(fault: Any, content: Mapping[str, Any], place: Place) -> tuple[str, str, str]:
    """Place, what and repair of one of pydantic's faults."""
    own = fault.get("ctx", {}) if fault["type"] == "issue" else {}
    keys = (*fault["loc"], *own.get("keys", ()))
    at = ", ".join(part for part in (place(keys), _shown(keys, content)) if part)
    if own:
        return at, own["what"], own["repair"]
    if fault["type"] == "extra_forbidden":
        return at, "unknown key", "delete it, or correct its name"
    if fault["type"] == "missing":
        return at, "is missing", f"write {keys[-1] if keys else 'it'}"
    given = fault.get("input")
    shown = f" (found {str(given)[:60]!r})" if isinstance(given, str | int | float) else ""
    return at, f"{fault['msg']}{shown}", "write what is asked for"


def _shown(keys: tuple[str | int, ...], content: Mapping[str, Any]) -> str:
    """Keys as a person reads them: the stakeholder by name."""
    shown: list[str] = []
    value: Any = content
    for key in keys:
        value = value[key] if _has(value, key) else None
        name = value.get("name") if isinstance(key, int) and isinstance(value, Mapping) else None
        shown.append(str(name) if isinstance(name, str) else str(key + 1) if isinstance(key, int) else key)
    return ".".join(shown)


def _has(value: Any, key: str | int) -> bool:
    if isinstance(key, int):
        return isinstance(value, list | tuple) and key < len(value)
    return isinstance(value, Mapping) and key in value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
