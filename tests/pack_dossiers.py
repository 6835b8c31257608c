"""Dossiers made in memory, and stores filled with small files, for tests of packs. Roles and services, never people."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from readiness.domain.evidence import AttachmentRow, Dossier, EvidenceRow, LinkRow, RevisionRow
from readiness.domain.file_names import LONGEST_NAME, units
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow, WorkspaceRow
from readiness.domain.vocabulary import (
    Audience,
    EvidenceSource,
    ImpactLevel,
    ItemStatus,
    Kind,
    Priority,
    Rating,
    Strength,
)
from readiness.storage.files import FileStore

NASTY = st.sampled_from(
    ["CON", "con.txt", "aux .pdf", "COM1", "lpt¹.log", "NUL", "clock$", "...", ". .", "a.", "b ", "~$plan.docx",
     "a/b\\c", "x:y|z", 'say "yes"?', "<b>", "*", "50 % #3", "\u202egpj.exe", "a\x00b", "A\u0301", "\ud800", "ß", "SS",
     "ı", "I", "K\u212a", ".hidden", "x" * 300 + ".xlsx", "y" * 300, "👩‍👧" * 90 + ".pdf", "e\u0301" * 200,
     "no\u00a0break", "a.b.c.longending", "tail. txt", "\u200b"]
)  # fmt: skip
NAMES = NASTY | st.text(max_size=120) | st.text("abCD.~ /%#é", max_size=12)
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def is_safe(name: str, longest: int = LONGEST_NAME) -> bool:
    """Whether Windows, a sheet's link and a page's link can all hold a name."""
    return (
        0 < units(name) <= longest
        and len(name.encode("utf-8")) <= 255
        and name.isprintable()
        and unicodedata.is_normalized("NFC", name)
        and not set(name) & set('<>:"/\\|?*#%')
        and name == name.strip()
        and not name.endswith(".")
        and not name.startswith((".", "~"))
        and name.split(".")[0].strip().casefold() not in RESERVED
    )


DAY = date(2021, 4, 26)
AT = datetime(2021, 4, 26, 9, 30, tzinfo=UTC)


def inspection(id_: str = "i1", short_title: str = "Social Care") -> InspectionRow:
    return InspectionRow(
        id_, "ilacs-2018", "ILACS", "2018", f"{short_title} inspection", short_title, DAY, None, None, None, None
    )


def area(id_: str = "a1", code: str = "A", title: str = "Call and control", inspection_id: str = "i1") -> AreaRow:
    return AreaRow(id_, inspection_id, code, title, ())


def item(id_: str, reference: str, title: str, where: AreaRow | None = None, **given: Any) -> ItemRow:
    where = where or area()
    plain = ItemRow(
        id_, where.inspection_id, where.id, reference, title, Kind.DOCUMENT, "", "", Priority.ESSENTIAL,
        ItemStatus.DRAFTED, ImpactLevel.NONE_YET, "", None, None, "", False, Rating.AT_RISK, None,
    )  # fmt: skip
    return replace(plain, **given)


def attachment(name: str, content: bytes | str = "", *, url: str = "") -> AttachmentRow:
    """Return a file with this content, or a link; a file of no content has its own name in it."""
    if url:
        return AttachmentRow(f"at-{name}", name, "", 0, url)
    held = content if isinstance(content, bytes) else (content or name).encode("utf-8", "replace")
    return AttachmentRow(f"at-{name}", name, hashlib.sha256(held).hexdigest(), len(held), "")


def evidence(
    id_: str,
    title: str,
    used_for: Sequence[str],
    attached: Sequence[AttachmentRow],
    audience: Audience = Audience.INSPECTORS,
    until: date | None = None,
    **given: Any,
) -> EvidenceRow:
    links = tuple(LinkRow(f"{id_}-{item_id}", item_id, id_, None, until) for item_id in used_for)
    revisions = (RevisionRow(f"r-{id_}", 1, "", AT, "Head of SEND", tuple(attached)),)
    plain = EvidenceRow(
        id_, title, "", EvidenceSource.AUDIT, Strength.OUTCOME, audience, date(2021, 3, 12), None, None, None, None,
        revisions, links,
    )  # fmt: skip
    return replace(plain, **given)


def dossier(
    items: Sequence[ItemRow],
    library: Sequence[EvidenceRow] = (),
    areas: Sequence[AreaRow] = (area(),),
    inspections: Sequence[InspectionRow] = (inspection(),),
) -> Dossier:
    workspace = WorkspaceRow("w", "Example council", "")
    board = Board(workspace, DAY, DAY, tuple(inspections), tuple(areas), tuple(items))
    return Dossier(board, {}, tuple(library), {}, (), ())


def example() -> Dossier:
    """Return a small inspection: shared files, a link, stale and internal evidence, items without any."""
    second = area("a2", "B", "Help & protection")
    items = (
        item("x1", "ILC-A01", "Call-day plan"),
        item("x2", "ILC-A02", "Contacts: who rings whom?"),
        item("x3", "ILC-B01", "Audit results over time", second),
        item("x4", "ILC-B02", "Focus group of parents", second, kind=Kind.INTERVIEW),
        item("x5", "ILC-B03", "Not for us", second, status=ItemStatus.NOT_APPLICABLE),
        item("x6", "ILC-B04", "Case sample", second, kind=Kind.CASE_SAMPLE),
    )
    library = (
        evidence("e1", "Call plan", ["x1", "x2"], [attachment("Plan.docx")], shows="Who does what.\nDay 1 and 2."),
        evidence("e2", "Plan 2", ["x2"], [attachment("Plan (final).docx", "Plan.docx"), attachment("plan.DOCX", "2")]),
        evidence("e3", "Audits <b>2021</b>", ["x3"], [attachment("Audit 95% #3.xlsx")], until=date(2021, 4, 1)),
        evidence("e4", "Guidance", ["x3"], [attachment("Guide", url="https://www.gov.uk/a b?x=1&y=2#z")]),
        evidence("e5", "Path", ["x3"], [attachment("Old scan", url=r"\\server\share\scan.pdf")]),
        evidence("e6", "Minutes", ["x3", "x6"], [attachment("Minutes.pdf")], Audience.INTERNAL),
        evidence("e7", "Nothing yet", ["x1"], []),
    )  # fmt: skip
    return dossier(items, library, (area(), second))


def stored(folder: Path, contents: Sequence[bytes | str]) -> FileStore:
    """Return a store that holds these contents."""
    folder.mkdir(parents=True, exist_ok=True)
    store = FileStore(folder)
    for content in contents:
        store.keep(content if isinstance(content, bytes) else content.encode())
    return store


def stored_example(folder: Path) -> FileStore:
    """Return a store with every file of the example."""
    return stored(folder, ["Plan.docx", "2", "Audit 95% #3.xlsx", "Minutes.pdf"])
