"""Several processes at once, one that is killed, a full disk, a folder that may not be written: real ones."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from multivector.evidence.store import ClaimStore

HERE = Path(__file__).parent
BEGIN = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from pathlib import Path
from conftest import FIRST, claim, document
from multivector.errors import MultivectorError
from multivector.evidence.store import ClaimStore
place, who = Path(sys.argv[1]), sys.argv[2]
"""
CURATE = """
first = document("first.txt", FIRST)
share = claim("c-1", first, FIRST.split(".")[0])
print("ready", flush=True)
sys.stdin.readline()
store = ClaimStore(place, create=True)  # both begin it
store.add([share], [first])
for n in range(200):
    store.curate("accept" if n % 2 else "reject", ["c-1"], by=who, why=f"for the {n}th time")
"""
FOREVER = """
store, n = ClaimStore(place), 0
keys = list(store.book().claims)
while True:
    made = store.curate("accept", keys, by=who, why=f"round {n}")
    print(*[each.id for each in made], flush=True)
    n += 1
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(code: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def is_sound(place: Path) -> bool:
    raw = sqlite3.connect(place)
    sound: bool = raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    sound = sound and raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()
    return sound


def test_two_curators_at_once_lose_nothing(place):
    both = [start(CURATE, place, who) for who in ("Ann", "Bob")]
    for each in both:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in both:
        _, said = each.communicate(timeout=120)
        assert each.returncode == 0, said
    book = ClaimStore(place).book()
    assert len(book.evidence) == 1
    assert Counter(each.who for each in book.curations) == {"Ann": 200, "Bob": 200}
    assert len({each.when for each in book.curations}) == 400  # each after the other
    for who in ("Ann", "Bob"):
        own = [each.why for each in book.curations if each.who == who]
        assert own == [f"for the {n}th time" for n in range(200)]
    assert is_sound(place)


def test_a_killed_process_leaves_all_that_it_said_and_no_half_order(store, place):
    victim = start(FOREVER, place, "Ann")
    assert victim.stdout is not None
    said = [victim.stdout.readline().split() for _ in range(10)]
    victim.kill()
    rest, _ = victim.communicate()
    said += [line.split() for line in rest.splitlines() if len(line.split()) == 2]
    book = ClaimStore(place).book()
    assert {key for keys in said for key in keys} <= {each.id for each in book.curations}
    assert set(Counter(each.why for each in book.curations).values()) == {2}  # a claim each, both or none
    assert is_sound(place)
    store.curate("reject", ["c-1"], by="Bob", why="goes on")


def test_one_killed_before_it_began_leaves_a_place_to_begin(place, documents, claims):
    victim = start(
        """
import os, signal
from sqlalchemy import event
from multivector.evidence.store.schema import metadata
event.listen(metadata, "after_create", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
ClaimStore(place, create=True)
""",
        place,
        "Ann",
    )
    victim.communicate()
    assert victim.returncode == -9
    assert ClaimStore(place, create=True).add(claims, documents).mentions == 3
    assert is_sound(place)


def test_a_full_disk_leaves_what_was_stored(store, place):
    before = store.book()
    said = run(
        """
import resource
size = place.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    ClaimStore(place).curate("accept", ["c-1", "c-2"], by=who, why="x" * 2000)
    ClaimStore(place).add([], [document(f"{n}.txt", "word " * 99_999 + str(n)) for n in range(9)])
except MultivectorError as error:
    print(type(error).__name__, error)
""",
        place,
        "Ann",
    )
    assert said.startswith("StorageError")
    assert "what was stored stays" in said
    after = store.book()
    assert after.documents == before.documents
    assert is_sound(place)
    store.curate("accept", ["c-1"], by="Ann", why="room again")


@pytest.fixture
def open_folder():
    """A folder that another user may enter: pytest's own are closed to all but its user."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written_is_told(store, place, open_folder):
    del store
    shutil.copy(place, open_folder / "claims.sqlite")
    (open_folder / "claims.sqlite").chmod(0o444)
    open_folder.chmod(0o555)
    said = run(
        """
import os
ClaimStore(Path(who), create=True).add([])  # so that all modules are loaded
if os.geteuid() == 0:  # whom no folder is closed to
    os.setegid(65534)
    os.seteuid(65534)
for place, create in ((place, True), (place.parent / "new.sqlite", True), (place.parent / "a" / "b.sqlite", True)):
    try:
        ClaimStore(place, create=create).curate("accept", ["c-1"], by="Ann", why="as quoted")
    except MultivectorError as error:
        print(type(error).__name__, error)
""",
        open_folder / "claims.sqlite",
        place.parent / "warm.sqlite",
    )
    told = [line for line in said.splitlines() if line.startswith("StorageError")]
    assert len(told) == 3, said
    assert all("cannot be" in line for line in told)
    assert [each.name for each in open_folder.iterdir()] == ["claims.sqlite"]
