"""Merge state: what a workbook says of how far its data is merged, and the values of fields in conflict."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from readiness.domain.conflicts import Conflict, Version
from readiness.domain.dates import written
from readiness.domain.plain_words import counted
from readiness.domain.sharing import LaptopRow, MergeState, ToldValue
from readiness.domain.vocabulary import Trust
from readiness.excel.contested_cells import PLACES
from readiness.services.conflicts import read_conflicts
from readiness.services.sharing import laptop_rows
from readiness.storage.exchange import data_code
from readiness.storage.workspace import cursor_of

SILENT_DAYS = 7


def read_merge_state(session: Session, shown: Collection[str], day: date) -> MergeState:
    """Return how far the data is merged; nothing where no other laptop is known and nothing is in conflict.

    Args:
        session: Where.
        shown: The items, evidence, actions and findings that are: the values in conflict of others stay behind.
        day: Today.
    """
    cursor = cursor_of(session)
    laptops = laptop_rows(cursor)
    conflicts = read_conflicts(session)
    if len(laptops) < 2 and not conflicts:
        return MergeState()
    contested: dict[str, dict[str, tuple[ToldValue, ...]]] = {}
    for each in conflicts:
        if each.id in shown and each.field in PLACES.get(each.record, {}):
            contested.setdefault(each.id, {})[each.field] = _values(each)
    found = counted(len(conflicts), "open conflict") if conflicts else "no conflicts"
    shaded = sum(len(fields) for fields in contested.values())
    if shaded:
        found += f" ({shaded} shaded, with every value in a note)"
    return MergeState(_said(laptops, found, data_code(cursor), day), contested)


def _said(laptops: tuple[LaptopRow, ...], conflicts: str, code: str, day: date) -> str:
    parts = [conflicts]
    others = [row for row in laptops if row.trust is not Trust.SELF and not row.is_awaited]
    missing = [f"{_name(row)}: changes {_ranges(row)} not received" for row in others if row.lacking]
    silent = [_name(row) for row in others if _is_silent(row, day)]
    parts += missing or ["no changes missing"]
    if silent:
        parts.append(f"not heard from for {SILENT_DAYS} days or more: {', '.join(silent)}")
    return f"Merged data: {'; '.join(parts)}. Data code {code}"


def _ranges(row: LaptopRow) -> str:
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in row.lacking)


def _name(row: LaptopRow) -> str:
    return row.label or (f"{row.person}’s laptop" if row.person else f"laptop {row.device[:4]}")


def _is_silent(row: LaptopRow, day: date) -> bool:
    if row.heard_at is None:
        return True
    return (day - datetime.fromisoformat(row.heard_at).astimezone().date()).days >= SILENT_DAYS


def _values(each: Conflict) -> tuple[ToldValue, ...]:
    told = [_value("Before", each.before)] if each.before is not None else []
    told += [_value(version.laptop, version) for version in each.versions]
    return tuple(told)


def _value(who: str, version: Version) -> ToldValue:
    at = datetime.fromisoformat(version.at).astimezone()
    return ToldValue(f"{who}, {version.actor}, {written(at.date())}, {at:%H:%M}", version.shown or "empty")
