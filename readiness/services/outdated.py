"""Outdated: this version met files that it cannot read, so it hands nothing of its own on until it is replaced.

Skipping what cannot be read and still handing on would split the team's data in two. Source: merge.md, section 9.1.
"""

import json
from typing import Any

from readiness.domain.vocabulary import Trust
from readiness.storage.exchange import devices, set_note
from readiness.storage.workspace import note
from readiness.sync import segments

_MET = "needs_reader"


def note_newer(cursor: Any, reader: int, version: str) -> None:
    """Keep that a laptop of the team signed a file that takes a newer reader; `version` is what it was written with."""
    if reader > _met(cursor)[0]:
        set_note(cursor, _MET, json.dumps([reader, version]))


def needed_version(cursor: Any) -> str:
    """Return the version to install before anything of this laptop's is handed on; "" while this one reads all."""
    reader, version = _met(cursor)
    return (version or "newer than this") if reader > segments.READER else ""


def withheld(cursor: Any) -> frozenset[str]:
    """Return the laptops whose segments stay here: this one, and what it was before, while it is outdated."""
    if not needed_version(cursor):
        return frozenset()
    own = (Trust.SELF.value, Trust.FORMER.value)
    return frozenset(each.device for each in devices(cursor) if each.trust in own)


def _met(cursor: Any) -> tuple[int, str]:
    reader, version = json.loads(note(cursor, _MET) or '[0, ""]')
    return int(reader), str(version)
