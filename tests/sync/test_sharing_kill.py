"""A round that is killed anywhere loses nothing, applies nothing twice and leaves no half of a file."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
KILLS = 200


@pytest.mark.parametrize("carrier", ["folder", "bundle", "hub"])
def test_that_a_killed_round_loses_nothing(carrier, template, hub_server):
    top = Path(tempfile.mkdtemp(prefix="irt", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        shutil.copytree(template, top, dirs_exist_ok=True)
        place = {"folder": str(top / "shared"), "bundle": "bundle"}.get(carrier) or hub_server.hub()
        path = os.pathsep.join([str(TESTS.parent), str(TESTS), str(TESTS / "sync")])
        ended = subprocess.run(
            [sys.executable, str(TESTS / "sync" / "killing.py"), str(top), place, str(KILLS), "7"],
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(top, ignore_errors=True)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
