"""Every error that multivector raises on purpose.

    MultivectorError                 what, where, repair; exit code 3 unless said otherwise
    ├── InputError                   something a person gave is wrong                exit 2
    │   ├── ClaimsError              a ledger of claims, or an order to it, that does not hold
    │   ├── DocumentError            a document that cannot be read
    │   ├── IssueError               an issue of stakeholders that does not hold
    │   ├── LedgerError              a forecast ledger, or an entry for it, that does not hold
    │   ├── RegionError              a region folder with faults (all of them, at once)
    │   ├── ScenarioError            a scenario file that does not hold
    │   └── MechanismError           mechanisms that do not fit together
    └── ComputationError             the run itself failed                           exit 3
        ├── StorageError             a file could not be written (disk full, no permission)
        └── NotFiniteError           a number stopped being one

An error teaches: it says what was found, where, and what repairs it. The command line prints it
without a traceback and leaves with the error's exit code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class MultivectorError(Exception):
    """What was found, where, and what repairs it.

    Parameters
    ----------
    what : what was found, as one sentence without a full stop.
    where : file, row, column or key; empty where there is none.
    repair : what would be right, as an instruction.
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", repair: str = "") -> None:
        self.what, self.where, self.repair = what, where, repair
        place = f"{where}: " if where else ""
        mend = f"\n  repair: {repair}" if repair else ""
        super().__init__(f"{place}{what}{mend}")

    def as_dict(self) -> dict[str, str]:
        """The error as `--json` prints it."""
        return {
            "error": type(self).__name__,
            "what": self.what,
            "where": self.where,
            "repair": self.repair,
        }


class InputError(MultivectorError):
    """Something a person gave is wrong."""

    exit_code = 2


class ClaimsError(InputError):
    """A ledger of claims, or an order to it, that does not hold."""


class DocumentError(InputError):
    """A document that cannot be read."""


class IssueError(InputError):
    """An issue of stakeholders that does not hold."""


class LedgerError(InputError):
    """A forecast ledger, or an entry for it, that does not hold."""


class ScenarioError(InputError):
    """A scenario file that does not hold."""


class MechanismError(InputError):
    """Mechanisms that do not fit together: which one, and which field."""


@dataclass(frozen=True)
class Fault:
    """One fault of a region folder: which file, row (1 is the header), column and value, and the repair."""

    file: str
    row: int | None
    column: str
    value: str
    what: str
    repair: str

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        value = f" [{self.value}]" if self.value else ""
        return f"{self.file}{row}{column}{value}: {self.what}; repair: {self.repair}"


class RegionError(InputError):
    """A region folder with faults. All of them are listed, so that one pass mends the folder."""

    def __init__(self, where: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        n = len(self.faults)
        listed = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{n} fault{'s' if n != 1 else ''} in the region\n{listed}", where=where)

    def as_dict(self) -> dict[str, str]:
        """The error as `--json` prints it (the faults themselves are printed by `region check`)."""
        return super().as_dict() | {"what": f"{len(self.faults)} faults"}


class ComputationError(MultivectorError):
    """The run itself failed."""


class StorageError(ComputationError):
    """A file could not be written; nothing half-written stays behind."""


class NotFiniteError(ComputationError):
    """A number stopped being one: in which mechanism, quarter, member and field."""
