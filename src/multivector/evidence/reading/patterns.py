"""The rules of the reader, a row a rule: `vocabulary/en/patterns.csv`.

    id, predicate, pos, trigger, needs, subject, object, value, unit, polarity, example, expects, precision

`pos` is V (verb), N (noun), A (adjective) or M (modal verb). Of the rules that a word triggers the first that
holds is taken; after `+` the next ones are tried as well; `?` makes the rule a last resort, used where nothing
more telling was found in the same words. `trigger` lists lemmas, or classes of `words.yaml` as `@class`. Rules
of pos Q and D stand for the numbers and dates of a sentence that no other rule has taken; the trigger of a Q is
the kind of quantity. `needs` are conditions, all of which must hold (`a|b`: one of them):

    @class            a word of the class in the trigger's own phrase      sent@class   in the sentence (sent=word)
    role              the role is filled                                   mod:role=x   a modifier of the role
    role=lemma/@class the head of the role                                 role~@class  anywhere in the role
    role:clause       the role is a clause                                 role:actor   the role names an actor
    role:body         the role names an organisation
    percent money count duration length                                    a quantity of that kind
    top pass future named dated                a superlative, a passive, no fact yet, a proper name, a date

`subject` and `object` list roles, the first that names an actor wins: grammatical roles (subj, surf, obj,
attr, comp, poss, mod, is, lv, gov, acl, head, self, dative), prepositions and particles, or who is meant without
being said: near, near-other, near-pair (named before), topic (whom the document is about), region, speaker,
accuser, war, war-other, supplier, recipient (last spoken of as such), clause (whoever acts in the clause), others
(named in it besides), all (in the sentence). `-` is none. `rest` is all that follows the verb;
`a>b` is role b of what fills role a. After a role `*` takes every actor in the phrase, `^` admits places, `!` only the head
itself, `?` makes it optional. `!` before a condition negates it.

`value` is a kind of quantity (`a|b`: the first found; `?`: may be missing; several: a count from two), rank or
ordinal, a word such as increase, the words of a role (attr, objtext, on, self, text), or @dir: up or down by the
carrying verb (@dir-cause and @dir-in: up where nothing says otherwise). `expects` reads subject>object=value, with
`-` in front where the claim is negated. `example` is a sentence about invented states,
`expects` what the rule must find in it: every rule is tested on its own example. `precision` is how often the
rule is right, as measured by `tools/measure_rule_precision.py`; it changes no reading, it is where the ledger's
belief starts.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from multivector.evidence.reading.lexicon import word_class

_TAGS = {
    "V": ("VERB", "AUX"),
    "N": ("NOUN", "PROPN"),
    "A": ("ADJ", "VERB", "ADV"),
    "M": ("AUX",),
    "Q": (),
    "D": (),
}


@dataclass(frozen=True, slots=True)
class Role:
    """One way to find an argument: the steps to it and how to read it."""

    steps: tuple[str, ...]
    all_below: bool = False
    places: bool = False
    shallow: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """A claim's subject or object: ways to find it, in order."""

    roles: tuple[Role, ...]
    optional: bool

    @property
    def absent(self) -> bool:
        """Whether the rule wants none."""
        return not self.roles


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that can be so: `kind` says what is looked at, `role` where, `words` for which lemmas."""

    kind: str
    role: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """A condition: one of the atoms holds (or, negated, none)."""

    atoms: tuple[Atom, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule."""

    id: str
    predicate: str
    pos: str
    last_resort: bool
    goes_on: bool
    lemmas: frozenset[str]
    needs: tuple[Need, ...]
    subject: Argument
    object: Argument
    value: str
    unit: str
    negative: bool
    example: str
    expects: str
    precision: float
    order: int


@cache
def patterns() -> tuple[Pattern, ...]:
    """All rules, in the order of the file."""
    text = files("multivector.evidence").joinpath("vocabulary/en/patterns.csv").read_text(encoding="utf-8")
    return tuple(_pattern(row, order) for order, row in enumerate(csv.DictReader(io.StringIO(text))))


@cache
def patterns_by_word() -> dict[tuple[str, str], tuple[Pattern, ...]]:
    """The rules that a word of this tag and lemma may trigger, in the order of the file; lemma `*` is any."""
    found: dict[tuple[str, str], list[Pattern]] = defaultdict(list)
    for pattern in patterns():
        for tag in _TAGS[pattern.pos]:
            for lemma in pattern.lemmas:
                found[tag, lemma].append(pattern)
    return {key: tuple(rules) for key, rules in found.items()}


@cache
def figure_patterns() -> tuple[Pattern, ...]:
    """The rules for numbers that no other rule took (tag Q, triggered by the kind of quantity), in order."""
    return tuple(pattern for pattern in patterns() if pattern.pos == "Q")


@cache
def date_patterns() -> tuple[Pattern, ...]:
    """The rules for dates that no other rule took (tag D), in order."""
    return tuple(pattern for pattern in patterns() if pattern.pos == "D")


def _pattern(row: dict[str, str], order: int) -> Pattern:
    return Pattern(
        id=row["id"],
        predicate=row["predicate"],
        pos=row["pos"][0],
        last_resort="?" in row["pos"],
        goes_on="+" in row["pos"],
        lemmas=_lemmas(row["trigger"]),
        needs=tuple(_need(need) for need in row["needs"].split()),
        subject=_argument(row["subject"]),
        object=_argument(row["object"]),
        value=row["value"],
        unit=row["unit"],
        negative=row["polarity"] == "-",
        example=row["example"],
        expects=row["expects"],
        precision=float(row["precision"]),
        order=order,
    )


def _lemmas(cell: str) -> frozenset[str]:
    found: set[str] = set()
    for part in cell.replace("/", "|").split("|"):
        found |= word_class(part[1:]) if part.startswith("@") else {part}
    return frozenset(found)


def _argument(cell: str) -> Argument:
    if cell in ("", "-"):
        return Argument((), optional=True)
    roles = []
    for part in cell.split("|"):
        name = part.rstrip("*^!?")
        flags = part[len(name) :]
        roles.append(Role(tuple(name.split(">")), "*" in flags, "^" in flags, "!" in flags))
    return Argument(tuple(roles), optional="?" in cell)


_KINDS = frozenset(
    ["percent", "money", "count", "duration", "length", "top", "pass", "future", "named", "dated"]
)


def _need(text: str) -> Need:
    negated = text.startswith("!")
    return Need(tuple(_atom(part) for part in text.removeprefix("!").split("|")), negated)


def _atom(text: str) -> Atom:
    if text in _KINDS:
        return Atom(text)
    if text.startswith("@"):
        return Atom("local", words=_lemmas(text))
    if text.startswith(("sent@", "sent=")):
        return Atom("sentence", words=_lemmas(text[4:].removeprefix("=")))
    for mark, kind in (("=", "head"), ("~", "below")):
        role, found, words = text.partition(mark)
        if found and role.startswith("mod:"):
            return Atom("mods", tuple(role[4:].split(">")), _lemmas(words))
        if found:
            return Atom(kind, tuple(role.split(">")), _lemmas(words))
    role, _, quality = text.partition(":")
    return Atom(quality or "filled", tuple(role.split(">")))
