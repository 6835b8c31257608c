"""What every test shares."""
# ruff: noqa: E402 - the surroundings are set before anything else is imported

import os
import shutil
import sys
import tempfile

# What was compiled is kept, whatever the surroundings say: each worker would compile all of this again, which takes
# longer than many a test, and so would the processes that tests start.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
MEMORY, LEAST_FREE = "/dev/shm", 8 << 30
if os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > LEAST_FREE:  # noqa: PTH112 - nothing is imported yet
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)  # where nobody waits for a disk at each commit
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="irt-data")  # what is known of laptops is not the developer's own

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from council import Clock, found_council
from hypothesis import HealthCheck, Phase, settings

from readiness.storage.workspace import Workspace

if TYPE_CHECKING:
    from hub_server import HubServer

settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("first failure", settings.get_profile("ours"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("ours")


@pytest.fixture
def clock() -> Clock:
    """A clock that tests set."""
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """The small council's workspace, open for writing."""
    with found_council(tmp_path / "council", clock) as made:
        yield made


@pytest.fixture(scope="session")
def hub_server() -> Iterator["HubServer"]:
    """A real PostgreSQL, started when the first test of this process wants it."""
    from hub_server import hub_server as started

    with started() as server:
        yield server
