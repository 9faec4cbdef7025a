"""Where issues lie: in a file, or in the `issues` folder of a region, by name."""

from __future__ import annotations

from pathlib import Path

from multivector.atlas.load import EMBEDDED, ISSUES, folder_of
from multivector.errors import IssueError

_ENDINGS = (".yaml", ".yml")
_LONGEST = 250
"""Characters of a name that a file system can be asked about."""


def issues_of(region: str | Path) -> dict[str, Path]:
    """The issues of a region (one that comes with multivector, or a region folder), by name.

    Raises
    ------
    InputError : there is no such region; the message names those that come with multivector.
    """
    return _issues(folder_of(region))


def shipped_issues() -> dict[str, Path]:
    """The issues of all regions that come with multivector, by name."""
    return {
        name: path
        for folder in sorted(EMBEDDED.glob("*/region.toml"))
        for name, path in _issues(folder.parent).items()
    }


def find_issue(name: str | Path, region: str | Path = "") -> Path:
    """The file of an issue: a path, or the name of an issue of `region`, of any that is shipped where none is given.

    Raises
    ------
    InputError : there is no such region.
    IssueError : there is no such issue; lists those that there are.
    """
    path = Path(name)
    named = issues_of(region) if region else shipped_issues()
    if str(name) in named and not path.is_file():
        return named[str(name)]
    if path.suffix or (len(str(name)) < _LONGEST and path.exists()):
        return path
    raise IssueError(
        f"there is no issue {str(name)[:80]!r}",
        where=f"region {region}" if region else "",
        repair=f"give a .yaml file, or one of: {', '.join(named) or 'none'}",
    )


def _issues(folder: Path) -> dict[str, Path]:
    files = (file for ending in _ENDINGS for file in (folder / ISSUES).glob(f"*{ending}"))
    return {file.stem: file for file in sorted(files)}
