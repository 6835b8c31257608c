"""Attach guard: what was not looked through to its end does not pass as if nothing had been found."""

import random
from pathlib import Path

import pytest
from planted import some_nhs_number
from windows import DAY

from readiness.domain.errors import Cancelled
from readiness.services.taking import GivenFile, take_given
from readiness.storage.files import FileStore
from ui.evidence_guard import look_through


@pytest.fixture
def taken(tmp_path: Path):
    """A store and a file in it that names a patient on its last line."""
    paper = tmp_path / "paper.txt"
    paper.write_text("Nothing here.\n" * 500 + f"{some_nhs_number(random.Random(1))}\n")
    (tmp_path / "w" / "files").mkdir(parents=True)
    store = FileStore(tmp_path / "w")
    return store, take_given(store, [GivenFile(paper)])


def test_that_a_file_which_names_somebody_is_seen(taken):
    store, taking = taken
    (result,) = look_through(store, taking, DAY, lambda: False).values()
    assert result.sightings


def test_that_cancel_while_it_is_looked_through_attaches_nothing(taken):
    store, taking = taken
    with pytest.raises(Cancelled):
        look_through(store, taking, DAY, lambda: True)
