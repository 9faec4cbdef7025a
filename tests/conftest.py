"""What the tests share."""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from multivector.atlas import load
from multivector.atlas.check import Folder, read_folder

REPOSITORY = Path(__file__).resolve().parents[1]

# What JAX has compiled is shared by the workers and by later runs on this machine: read when it is imported.
os.environ.setdefault(
    "JAX_COMPILATION_CACHE_DIR", str(Path(tempfile.gettempdir()) / f"multivector-tests-jax-{os.getuid()}")
)

os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout; tests that need it skip where it is missing.

    In CI (`.ci/run`) it must be there: a skipped reference test would hide a failure.
    """
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("MULTIVECTOR_REFERENCE") == "required":
            pytest.fail("the reference tests must run here, but shared/ beside the checkout is missing")
        pytest.skip("the reference data (shared/ beside the checkout) are not here")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests neither read nor fill the user's cache."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session", autouse=True)
def _embedded_regions_are_read_once() -> Iterator[None]:
    """A worker reads and checks the regions of the package once: nothing writes into them, and a `Region` is frozen."""
    once = functools.cache(read_folder)

    def read(path: Path) -> Folder:
        return once(path) if path.parent == load.EMBEDDED else read_folder(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_folder", read)
        yield


LONG = ("test_tutorial.py", "test_docs.py", "test_cli.py", "test_no_country.py", "test_run.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files go first: no worker ends on one while the other has nothing left."""
    items.sort(key=lambda item: item.path.name not in LONG)
