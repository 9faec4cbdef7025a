"""What a signed network shows, in words: for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from multivector.indicators.blocs.camps import Camps
from multivector.indicators.blocs.graph import named_components
from multivector.indicators.blocs.imported import Imported
from multivector.indicators.blocs.network import Tie
from multivector.indicators.blocs.report import Blocs
from multivector.indicators.blocs.triads import TriadsAround

WIDE = 14
"""Characters of the first column."""
SHOWN = 12
"""Dyads of a ranking that are printed; `--json` has all."""


def blocs_text(blocs: Blocs) -> str:
    """The whole network, short."""
    row, found = blocs.as_dict(), blocs.frustration
    least = f"L = {found.L}, proved least"
    if not found.optimal:
        least = f"L between {found.lower_bound} and {found.L}: not proved within the time limit"
    apart = f"{row['balanced_triangles']} of {row['triangles']} balanced"
    lines = [
        _line("network", f"{row['n']} states, {row['m']} ties, {row['m_neg']} hostile"),
        _line("frustration", f"{least} (1 - 2L/m = {row['frustration_norm']:.3f})"),
        *_sides(blocs),
        _line("frustrated", _listed(map(_tie, found.frustrated)) or "no tie"),
        *_every(blocs),
        _line("triangles", f"{apart}; walk balance {row['walk_balance']:.3f}"),
        _line("communities", f"{len(set(row['communities'].values()))}, Q = {row['Q_signed']:.4f}"),
        *_camps("community", blocs.communities.community),
        _line("more camps", _more(blocs.camps)),
        *_factions(blocs, row["factions"]),
    ]
    if blocs.network.repeated:
        pairs = _listed(f"{a}-{b}" for a, b in blocs.network.repeated)
        lines.append(_line("given twice", f"{pairs}: counted once"))
    return "\n".join(lines)


def triads_text(found: TriadsAround) -> str:
    """The triads around a state by kind; those out of balance by name."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in found.counts.items())
    share = f" ({found.unbalanced_share:.0%})" if found.triads else ""
    lines = [
        _line(f"around {found.state}", f"{len(found.triads)} triads: {kinds}"),
        _line("unbalanced", f"{found.unbalanced}{share}"),
    ]
    lines += [_line("", f"{t.kind}  {t.state} {t.a} {t.b}") for t in found.triads if not t.balanced]
    return "\n".join(lines)


def standing_text(stands: Mapping[str, str]) -> str:
    """Who stands with a state, against it, or on neither side for certain."""
    words = ("with", "against", "open", "apart")
    members = {word: [other for other, stand in stands.items() if stand == word] for word in words}
    said = {word: _listed(members[word]) for word in words if members[word]}
    if "apart" in said:
        said["apart"] += " (no chain of ties leads there)"
    return "\n".join(_line(word, text) for word, text in said.items())


def ranking_text(ranked: Sequence[Imported], left_out: Sequence[Tie]) -> str:
    """Outside dyads by what their flip changes."""
    lines = [_line("if it flips", "unbalanced triads, states whose standing changes, L")]
    lines += [imported_text(found) for found in ranked[:SHOWN] if any(found.effect)]
    if len(lines) == 1:
        lines = [_line("if it flips", "no outside dyad changes anything")]
    if left_out:
        lines.append(_line("", f"{len(left_out)} dyads were not examined within the time limit"))
    return "\n".join(lines)


def imported_text(found: Imported) -> str:
    """One outside dyad, and what changes when it flips."""
    moved = _listed(f"{other} {was} > {now}" for other, (was, now) in found.stands.items())
    change = f"{found.unbalanced} > {found.unbalanced_after}; L {found.L} > {found.L_after}"
    return _line(_tie(found.tie), change + (f"; {moved}" if moved else ""))


def _sides(blocs: Blocs) -> list[str]:
    """The camps of each component by itself: which camp of one goes with which of another nobody can tell."""
    side, several = blocs.frustration.partition, _several(blocs)
    lines = (
        [_line("components", f"{several} with no tie between them: their camps are independent")]
        if several
        else []
    )
    for n, members in enumerate(named_components(blocs.network), start=1):
        if len(members) > 1:
            lines += _camps(f"{n}: camp" if several else "camp", {node: side[node] for node in members})
    alone = [members[0] for members in named_components(blocs.network) if len(members) == 1]
    return [*lines, _line("in no camp", f"{_listed(alone)} (no ties)")] if alone else lines


def _several(blocs: Blocs) -> int:
    """How many components have ties; 0 where it is one."""
    tied = sum(len(members) > 1 for members in named_components(blocs.network))
    return tied if tied > 1 else 0


def _every(blocs: Blocs) -> list[str]:
    every = blocs.partitions
    if every is None:
        return []
    many = f"more than {len(every.partitions)}" if every.count is None else f"{every.count}"
    turned, within = "", ""
    if _several(blocs):
        turned, within = ", not counting components turned over", " within each component"
    lines = [
        _line("optimal", f"{many} partition" + ("" if many == "1" else "s") + turned),
        _line("differ", _listed(every.differ) or f"no state: the camps are determined{within}"),
    ]
    return lines if every.proved else [*lines, _line("", "the time limit passed: more may differ")]


def _more(camps: Camps) -> str:
    """In how many camps fewest ties are out of place, if there may be more than two."""
    many, least = len(set(camps.camp.values())), f"{camps.line_errors}, proved least"
    if not camps.optimal:
        least = f"between {camps.lower_bound} and {camps.line_errors}"
    return f"in {many}, ties out of place are {least}"


def _factions(blocs: Blocs, side: Mapping[str, int | None]) -> list[str]:
    decided = {node: number for node, number in side.items() if number is not None}
    if not blocs.factions.decided or not decided:
        return [_line("factions", "not determined by the dynamics")]
    return _camps("faction", decided)


def _camps(word: str, number: Mapping[str, int]) -> list[str]:
    return [
        _line(f"{word} {camp}", _listed(node for node, its in number.items() if its == camp))
        for camp in sorted(set(number.values()))
    ]


def _listed(names: Iterable[str]) -> str:
    """Names with commas between them, or semicolons where a name holds a comma."""
    names = list(names)
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _tie(tie: Tie) -> str:
    return f"{tie.a}{'+' if tie.sign > 0 else '-'}{tie.b}"


def _line(word: str, text: str) -> str:
    return f"{word:<{WIDE}} {text}".rstrip()
