"""Issue files: YAML, strict and bounded, with the line of every fault; KTAB's files through the same door."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from multivector.bargaining.issue import Issue
from multivector.bargaining.issue_faults import Place, explained
from multivector.bargaining.issue_folder import find_issue
from multivector.bargaining.stakeholder_table import StakeholderTable, read_stakeholder_table
from multivector.errors import IssueError
from multivector.files import write_text_whole
from multivector.yaml_files import YamlFile, read_yaml


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
    ending = path.suffix.lower()
    if ending == ".csv":
        from multivector.bargaining.ktab_csv import read_ktab_csv

        return read_ktab_csv(path).issue()
    if ending == ".xml":
        from multivector.bargaining.ktab_xml import read_ktab_xml

        return read_ktab_xml(path).issue()
    if ending not in {".yaml", ".yml"}:
        raise IssueError(
            f"an issue is YAML, or KTAB's CSV or XML; this is {path.suffix or 'a name without an ending'}",
            where=str(path),
            repair="name the file .yaml, .csv or .xml",
        )
    file = _yaml(path)
    if not isinstance(file.content, Mapping):
        raise IssueError("the file holds no keys", where=str(path), repair="begin with `id: my-issue`")
    content, table = dict(file.content), None
    if isinstance(content.get("stakeholders"), str):
        table = _table(path, content["stakeholders"], content.get("dimensions"))
        content["stakeholders"] = table.stakeholders
    return issue_of(content, where=str(path), place=lambda keys: _place(file.line(keys), keys, table))


def issue_files(name: str | Path, region: str | Path = "") -> tuple[Path, ...]:
    """The files that `read_issue` reads for an issue: its own, and the table of stakeholders beside it where it has one.

    No output may be written over them.

    Raises
    ------
    InputError, IssueError : as `read_issue`, of what is needed to find them.
    """
    path = find_issue(name, region)
    if path.suffix.lower() not in {".yaml", ".yml"}:
        return (path,)
    content = _yaml(path).content
    table = content.get("stakeholders") if isinstance(content, Mapping) else None
    return (path, path.parent / table) if isinstance(table, str) else (path,)


def issue_of(content: Mapping[str, Any], *, where: str = "issue", place: Place | None = None) -> Issue:
    """An issue from plain keys and values.

    Raises
    ------
    IssueError : every fault at once, each with its place and its repair.
    """
    try:
        return Issue.model_validate(content)
    except ValidationError as error:
        raise explained(error, content, where, place or (lambda _: "")) from error
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


def _yaml(path: Path) -> YamlFile:
    return read_yaml(
        path,
        error=IssueError,
        what="issue",
        too_large="keep only the issue in this file, and many stakeholders in a CSV table beside it: "
        "`stakeholders: table.csv`",
    )


def _table(path: Path, name: str, dimensions: Any) -> StakeholderTable:
    beside = path.parent / name
    if Path(name).name != name or beside.suffix != ".csv":
        raise IssueError(
            f"stakeholders is {name[:80]!r}",
            where=str(path),
            repair="write a list of stakeholders, or the name of a .csv table that lies beside this file",
        )
    listed = dimensions if isinstance(dimensions, list) else ()
    names = [str(each["name"]) for each in listed if isinstance(each, Mapping) and "name" in each]
    return read_stakeholder_table(beside, names)


def _place(line: int, keys: tuple[str | int, ...], table: StakeholderTable | None) -> str:
    if table is not None and keys[:1] == ("stakeholders",):
        return table.place(keys[1:])
    return f"line {line}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
