"""What is asked before SQLAlchemy is there says what SQLAlchemy would make of the tables."""

import pytest
from sqlalchemy import false, func, literal_column, select, true

from readiness.storage import looks
from readiness.storage.prepared import in_list, prepared
from readiness.storage.tables import (
    Area,
    Evidence,
    Inspection,
    Item,
    Link,
    Person,
    Revision,
    WorkspaceRecord,
    meta,
)  # fmt: skip
from readiness.storage.workspace import _NOTE

_ITEMS = select(*(getattr(Item, name) for name in looks.ITEM_COLUMNS)).where(Item.deleted == false())
_NARRATIVES = select(Item.id, Item.guidance, Item.position, Item.impact, Item.gap, Item.basis)
_LINKS = select(Link.item_id, Link.evidence_id, Link.valid_until)
_INSPECTIONS = select(
    Inspection.id, Inspection.framework, Inspection.framework_title, Inspection.edition, Inspection.title,
    Inspection.short_title, Inspection.ready_by, Inspection.expected_from, Inspection.notified_on,
    Inspection.on_site_from, Inspection.on_site_to, Inspection.rank, Inspection.selection_on,
    Inspection.draft_report_on, Inspection.publication_on, Inspection.visit, Inspection.notified_at,
    Inspection.pinned,
)  # fmt: skip
ASKED = {
    looks.ITEMS: _ITEMS,
    looks.SOME_ITEMS: _ITEMS.where(Item.id.in_(in_list("ids"))),
    looks.LINKS: _LINKS.where(Link.deleted == false()),
    looks.SOME_LINKS: _LINKS.where(Link.deleted == false(), Link.item_id.in_(in_list("ids"))),
    looks.EVIDENCE: select(Evidence.id, Evidence.source, Evidence.strength, Evidence.dated, Evidence.valid_until).where(
        Evidence.deleted == false()
    ),
    looks.REVISIONS: select(Revision.evidence_id, Revision.number, Revision.id).where(Revision.deleted == false()),
    looks.SIGNED_TEXTS: select(Item.id, Item.position, Item.impact, Item.impact_level, Item.gap).where(
        Item.deleted == false(), Item.signed != literal_column("''")
    ),
    looks.SOME_TEXTS: select(Item.id, Item.position, Item.impact, Item.impact_level, Item.gap).where(
        Item.id.in_(in_list("ids"))
    ),
    looks.USES: select(Link.item_id).where(Link.evidence_id.in_(in_list("ids"))),
    looks.LINKED: select(Link.item_id).where(Link.id.in_(in_list("ids"))),
    looks.REVISED: select(Revision.evidence_id).where(Revision.id.in_(in_list("ids"))),
    looks.REMOVED_ITEMS: select(func.count()).select_from(Item).where(Item.deleted == true()),
    looks.NARRATIVES: _NARRATIVES.where(Item.deleted == false()),
    looks.SOME_NARRATIVES: _NARRATIVES.where(Item.id.in_(in_list("ids"))),
    looks.AREAS: select(Area.id, Area.inspection_id, Area.code, Area.title, Area.scale, Area.rank).where(
        Area.deleted == false()
    ),
    looks.INSPECTIONS: _INSPECTIONS.where(Inspection.deleted == false()).order_by(Inspection.rank, Inspection.id),
    looks.CLOSURES: select(WorkspaceRecord.closures),
    looks.TITLE: select(WorkspaceRecord.title, WorkspaceRecord.four_eyes).where(WorkspaceRecord.id == ""),
    looks.PERSON: select(Person.name, Person.role, Person.service).where(Person.id == ""),
    _NOTE: select(meta.c.v).where(meta.c.k == ""),
}


TABLES = (
    "item", "area", "inspection", "workspace", "person", "meta", "link", "evidence", "revision", "anon_1", "anon_2",
)  # fmt: skip


def plain(statement: str) -> str:
    """Return SQL as `looks` writes it: one line, no table before its only table's columns, no names for what is one."""
    for table in (
        "item",
        "area",
        "inspection",
        "workspace",
        "person",
        "meta",
        "link",
        "evidence",
        "revision",
        "anon_1",
        "anon_2",
    ):
        statement = statement.replace(f"{table}.", "")
    for alias in (" AS count_1", " AS anon_1", " AS anon_2"):
        statement = statement.replace(alias, "")
    return " ".join(statement.split())


@pytest.mark.parametrize("text", ASKED)
def test_that_every_look_is_what_core_makes_of_the_tables(text):
    assert plain(prepared(ASKED[text])) == text


def test_that_no_look_is_left_unheld():
    named = {value for name, value in vars(looks).items() if name.isupper() and isinstance(value, str)}
    assert named <= set(ASKED)
