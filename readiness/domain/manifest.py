"""Manifest: exactly what a pack holds, as JSON that goes out with it and is remembered; read back from that text."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from readiness.domain.addresses import is_openable
from readiness.domain.packing import PackItem, PackPiece, PackPlan
from readiness.domain.vocabulary import Currency

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Making:
    """Who makes a pack, when, and with what."""

    by: str
    at: datetime  # with its zone
    version: str  # of the program


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file of a pack as it was written."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that went out, as its manifest says."""

    path: str
    name: str
    size: int
    sha256: str
    items: tuple[str, ...]  # references


def manifest_text(plan: PackPlan, making: Making, files: Mapping[str, Sealed], own: Sequence[Sealed]) -> str:
    """Return the manifest of a pack.

    Args:
        plan: What was to go.
        making: Who, when, with what.
        files: What was written of the evidence, by hash.
        own: The indexes beside it.
    """
    told = {
        "format": FORMAT,
        "program": f"Inspection readiness {making.version}",
        "made_by": making.by,
        "made_at": making.at.astimezone(UTC).isoformat(timespec="seconds"),
        "workspace": plan.board.workspace.title,
        "title": plan.title,
        "inspections": [{"title": row.title, "edition": row.edition} for row in plan.inspections],
        "audience": plan.audience.value,
        "as_of": plan.board.day.isoformat(),
        "files": _files(plan, files),
        "index": [_sealed(each) for each in own],
        "missing": [
            {"name": gone.name, "size": gone.size, "sha256": gone.sha256} for gone in plan.missing.values()
        ],
        "areas": [
            {
                "inspection": area.inspection.title,
                "area": area.heading,
                "items": [_item(item) for item in area.items],
            }
            for area in plan.areas
        ],
    }  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


def _files(plan: PackPlan, files: Mapping[str, Sealed]) -> list[dict[str, object]]:
    used: dict[str, dict[str, dict[str, None]]] = {}
    for item in plan.items:
        for piece in item.pieces:
            for file in piece.files:
                told = used.setdefault(file.sha256, {"evidence": {}, "items": {}})
                told["evidence"][piece.evidence.title] = None
                told["items"][item.item.reference] = None
    return [
        {**_sealed(files[file.sha256]), "name": file.name}
        | {key: list(names) for key, names in used[file.sha256].items()}
        for file in plan.files
    ]


def _sealed(each: Sealed) -> dict[str, object]:
    return {"path": each.path, "size": each.size, "sha256": each.sha256}


def _item(item: PackItem) -> dict[str, object]:
    row = item.item
    return {"reference": row.reference, "title": row.title, "evidence": [_piece(piece) for piece in item.pieces]}


def _piece(piece: PackPiece) -> dict[str, object]:
    row = piece.evidence
    return {
        "title": row.title,
        "source": row.source.value,
        "revision": row.latest.number if row.latest else None,
        "dated": row.dated.isoformat() if row.dated else None,
        "valid_until": piece.until.isoformat() if piece.until else None,
        "out_of_date": piece.currency is Currency.OUT_OF_DATE,
        "files": [file.path for file in piece.files],
        "links": [{"name": link.name, "address": link.url if is_openable(link.url) else ""} for link in piece.links],
        "missing": [gone.name for gone in piece.missing],
    }


def sent_files(text: str) -> tuple[SentFile, ...]:
    """Return the files of a manifest; none where this version cannot read it."""
    return tuple(
        SentFile(_text(each, "path"), _text(each, "name"), _number(each, "size"), _text(each, "sha256"), _items(each))
        for each in _dicts(_read(text), "files")
    )


def missing_files(text: str) -> tuple[str, ...]:
    """Return the names of the files that a manifest says were missing."""
    return tuple(_text(each, "name") for each in _dicts(_read(text), "missing"))


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _dicts(told: Mapping[str, Any], key: str) -> Iterable[dict[str, Any]]:
    found = told.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(told: Mapping[str, Any], key: str) -> str:
    found = told.get(key)
    return found if isinstance(found, str) else ""


def _number(told: Mapping[str, Any], key: str) -> int:
    found = told.get(key)
    return found if isinstance(found, int) else 0


def _items(told: Mapping[str, Any]) -> tuple[str, ...]:
    found = told.get("items")
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
