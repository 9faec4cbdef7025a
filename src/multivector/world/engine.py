"""The engine: a list of mechanisms, checked to fit together, run quarter by quarter.

A `World` is data: which mechanisms in which order, and what kind each field is. Building one checks that
nobody reads what nobody wrote. A `Program` says how a member begins and which random numbers a quarter
sees; `simulate` rolls any program, so that the region's world and a test's world run on the same code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import jax
import jax.numpy as jnp

from multivector.errors import MechanismError
from multivector.mechanisms.mechanism import Mechanism

Fields = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Mechanisms in their order, and the kinds of the fields between them.

    Raises
    ------
    MechanismError : the mechanisms do not fit together: which one, which field, and what mends it.
    """

    mechanisms: tuple[Mechanism, ...]
    state: tuple[str, ...]
    facts: tuple[str, ...]
    inputs: tuple[str, ...]
    records: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a list in which a field is read before it is there, or written where it must not be."""
        self._require_single_names()
        given = {*self.state, *self.facts, *self.inputs}
        known = set(given)
        for mechanism in self.mechanisms:
            for field in mechanism.reads:
                if field not in known:
                    raise MechanismError(
                        f"{mechanism.name} reads {field!r}, which nobody wrote before it",
                        where="world",
                        repair=self._repair_of(field),
                    )
            for field in mechanism.writes:
                self._require_writable(mechanism, field, known - set(self.state))
            known |= set(mechanism.writes)
        written = {field for mechanism in self.mechanisms for field in mechanism.writes}
        for field in self.state:
            if field not in written:
                raise MechanismError(
                    f"state {field!r} is written by nobody", where="world", repair="declare it as a fact"
                )
        for field in self.records:
            if field not in known:
                raise MechanismError(
                    f"{field!r} is recorded and written by nobody",
                    where="world",
                    repair="record a field that a mechanism writes",
                )

    def step(self, state: Fields, facts: Fields, inputs: Fields) -> tuple[Fields, Fields]:
        """One quarter: the new state, and what is recorded of the quarter."""
        fields = {**facts, **inputs, **state}
        for _ in self.walk(fields):
            pass
        return {name: fields[name] for name in self.state}, {name: fields[name] for name in self.records}

    def flow(self) -> Iterator[tuple[str, str, str]]:
        """Who hands what to whom: (writer, field, reader); a state field's first readers see last quarter.

        Facts and inputs come from outside and are left out.
        """
        last = {field: mechanism.name for mechanism in self.mechanisms for field in mechanism.writes}
        writer = {field: name for field, name in last.items() if field in self.state}
        for mechanism in self.mechanisms:
            for field in mechanism.reads:
                if field in writer:
                    yield writer[field], field, mechanism.name
            writer |= dict.fromkeys(mechanism.writes, mechanism.name)

    def walk(self, fields: Fields) -> Iterator[tuple[Mechanism, Fields]]:
        """Apply the mechanisms one by one to `fields`, which they change: each with what it wrote."""
        for mechanism in self.mechanisms:
            result = mechanism.apply(**{name: fields[name] for name in mechanism.reads})
            values = result if isinstance(result, tuple) else (result,)
            if len(values) != len(mechanism.writes):
                raise MechanismError(
                    f"{mechanism.name} gives {len(values)} arrays and writes {len(mechanism.writes)} fields",
                    where="world",
                    repair=f"return an array for each of: {', '.join(mechanism.writes)}",
                )
            written = dict(zip(mechanism.writes, values, strict=True))
            fields.update(written)
            yield mechanism, written

    def _require_single_names(self) -> None:
        names = [mechanism.name for mechanism in self.mechanisms]
        fields = [*self.state, *self.facts, *self.inputs]
        for kind, listed in (("mechanism", names), ("field", fields)):
            twice = {name for name in listed if listed.count(name) > 1}
            if twice:
                raise MechanismError(
                    f"{kind} {min(twice)!r} is there twice", where="world", repair="give each its own name"
                )

    def _require_writable(self, mechanism: Mechanism, field: str, known: set[str]) -> None:
        if field in self.facts or field in self.inputs:
            raise MechanismError(
                f"{mechanism.name} writes {field!r}, which is given from outside",
                where="world",
                repair="write a state or a new field",
            )
        earlier = [m.name for m in self.mechanisms[: self.mechanisms.index(mechanism)] if field in m.writes]
        if (earlier or field in known) and field not in mechanism.reads:
            raise MechanismError(
                f"{mechanism.name} overwrites {field!r} of {earlier[-1]} unread",
                where="world",
                repair="read it too, or write another field",
            )

    def _repair_of(self, field: str) -> str:
        later = [mechanism.name for mechanism in self.mechanisms if field in mechanism.writes]
        if later:
            return f"put it after {later[0]}, which writes it, or declare {field!r} as state"
        return f"add a mechanism that writes {field!r}, or declare it as state, fact or input"


class Start(NamedTuple):
    """How a member begins: its state, its facts, and inputs known for all quarters ([t, ...])."""

    state: Fields
    facts: Fields
    paths: Fields


class Program(Protocol):
    """What is compiled: a world, how a member begins, and the random numbers of a quarter.

    Equal programs share a compilation, so a program holds names and sizes; numbers come in `arrays`.
    """

    def __hash__(self) -> int:
        """Equal programs have equal hashes."""

    @property
    def world(self) -> World:
        """The mechanisms."""

    @property
    def quarters(self) -> int:
        """How many quarters are simulated."""

    @property
    def arms(self) -> int:
        """Arms run side by side on the same random numbers: 2 for a baseline and its scenario."""

    @property
    def forced(self) -> tuple[str, ...]:
        """Inputs and facts that differ by arm; they begin with [s]."""

    def begin(self, arrays: Any, key: jax.Array, number: jax.Array) -> Start:
        """Facts, first state and paths of the member `number`; `key` is the seed's."""

    def draw(self, arrays: Any, key: jax.Array, number: jax.Array, quarter: jax.Array) -> Fields:
        """Random inputs of one quarter of one member, from (seed, member, quarter) alone."""


def simulate(program: Program, arrays: Any, key: jax.Array, number: jax.Array) -> Fields:
    """All quarters of one member: each record as [s, t, ...], and `finite` [s], whether its state stayed so."""
    start = program.begin(arrays, key, number)
    quarters = jnp.arange(program.quarters)
    # Lots of all quarters at once: one long loop that vectorises, where a draw a quarter would not.
    lots = jax.vmap(lambda t: program.draw(arrays, key, number, t))(quarters)

    def quarter(state: Fields, inputs: Fields) -> tuple[Fields, Fields]:
        return jax.vmap(program.world.step, in_axes=_axes(program))(state, start.facts, inputs)

    state, record = jax.lax.scan(quarter, _in_arms(program, start.state), start.paths | lots)
    finite = jnp.stack([_finite(leaf) for leaf in state.values()]).all(0)
    return {name: jnp.swapaxes(leaf, 0, 1) for name, leaf in record.items()} | {"finite": finite}


class NotFinite(NamedTuple):
    """Where a number stopped being one; `quarter` counts from 0, None is before the first."""

    mechanism: str
    quarter: int | None
    field: str


def find_not_finite(program: Program, arrays: Any, key: jax.Array, number: int) -> NotFinite:
    """Where a member that went wrong first did: its quarters again, mechanism by mechanism."""
    member = jnp.asarray(number, jnp.uint32)
    start = program.begin(arrays, key, member)
    for name, value in {**start.facts, **start.state, **start.paths}.items():
        if not _whole(value):
            return NotFinite("the start", None, name)
    states = [start.state] * program.arms
    for t in range(program.quarters):
        given = {name: path[t] for name, path in start.paths.items()}
        outside = start.facts | given | program.draw(arrays, key, member, jnp.asarray(t))
        for arm, state in enumerate(states):
            own = {name: value[arm] if name in program.forced else value for name, value in outside.items()}
            fields = {**own, **state}
            for mechanism, written in program.world.walk(fields):
                for name, value in written.items():
                    if not _whole(value):
                        return NotFinite(mechanism.name, t, name)
            states[arm] = {name: fields[name] for name in program.world.state}
    return NotFinite("the compiled step only", program.quarters - 1, "state")


def _whole(value: jax.Array) -> bool:
    return bool(jnp.isfinite(value).all())


def _axes(program: Program) -> tuple[int, Mapping[str, int | None], Mapping[str, int | None]]:
    world = program.world
    facts, inputs = (
        {name: 0 if name in program.forced else None for name in names}
        for names in (world.facts, world.inputs)
    )
    return 0, facts, inputs


def _in_arms(program: Program, state: Fields) -> Fields:
    return {name: jnp.broadcast_to(leaf, (program.arms, *leaf.shape)) for name, leaf in state.items()}


def _finite(leaf: jax.Array) -> jax.Array:
    return jnp.isfinite(leaf).reshape(leaf.shape[0], -1).all(-1)
