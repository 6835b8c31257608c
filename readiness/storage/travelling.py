"""Travelling: which evidence copies the record names and this laptop lacks, as the last round found them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select

from readiness.storage.prepared import insert_into, prepared, rows, run_all
from readiness.storage.tables import blob

_ALL = prepared(select(blob.c.sha256, blob.c.state))
_CLEAR = prepared(delete(blob))
_ADD = insert_into(blob, ignore=True)


def keep_lacking(cursor: Any, lines: Iterable[tuple[str, str, int, str]]) -> None:
    """Keep what is lacking, in place of what was: name in the places, SHA-256 in hex, bytes, wanted or waiting."""
    cursor.execute(_CLEAR)
    run_all(cursor, _ADD, list(lines))


def lacking(cursor: Any) -> Mapping[str, str]:
    """Return the copies that other laptops attached and this one lacks: SHA-256 -> wanted or waiting."""
    return {str(sha256): str(state) for sha256, state in rows(cursor, _ALL)}
