"""Records: what use cases share when they look things up and make new ones."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.editing import checked_months
from readiness.domain.editions import wording
from readiness.domain.errors import NotFound
from readiness.domain.ranks import between, spread
from readiness.domain.steps import SetField, sets
from readiness.domain.views import ItemDraft
from readiness.storage.tables import Action, Area, Attachment, Evidence, Finding, Inspection, Item, Link, Record
from readiness.storage.workspace import workspace_id

R = TypeVar("R", bound=Record)
_NAMES: dict[type[Record], str] = {
    Item: "item", Area: "area", Inspection: "inspection", Evidence: "evidence", Link: "link", Attachment: "file",
    Action: "action", Finding: "finding",
}  # fmt: skip


def find(session: Session, kind: type[R], id_: str, *, removed: bool = False) -> R:
    """Return a record. Raises NotFound when it was removed (unless removed ones are asked for) or never was."""
    found = session.get(kind, id_)
    if found is None or (found.deleted and not removed):
        raise NotFound(_NAMES.get(kind, "record"), id_)
    return found


def find_all(session: Session, kind: type[R], ids: Sequence[str], *, removed: bool = False) -> list[R]:
    """Return records in the order asked for. Raises NotFound for the first that is not there."""
    if len(ids) == 1:
        return [find(session, kind, ids[0], removed=removed)]
    found: dict[str, R] = {}
    for start in range(0, len(ids), 500):
        for row in session.scalars(select(kind).where(kind.id.in_(ids[start : start + 500]))):
            found[row.id] = row
    missing = next((id_ for id_ in ids if id_ not in found or (found[id_].deleted and not removed)), None)
    if missing is not None:
        raise NotFound(_NAMES.get(kind, "record"), missing)
    return [found[id_] for id_ in dict.fromkeys(ids)]


def inspections_back(session: Session, ids: Iterable[str]) -> list[SetField]:
    """Return the settings that bring those of some inspections back that were removed."""
    found = find_all(session, Inspection, list(dict.fromkeys(ids)), removed=True)
    return [SetField("inspection", row.id, "deleted", False) for row in found if row.deleted]


def create(kind: str, id_: str, /, **values: object) -> list[SetField]:
    """Return the settings that make a record. Undoing the step that wrote them removes it again."""
    return [*sets(kind, id_, **values), SetField(kind, id_, "deleted", False)]


def currency_rule(draft: ItemDraft) -> dict[str, object]:
    """Return the setting of how long an item's evidence stays current; most say nothing, and so nothing is written."""
    return {} if draft.currency_months is None else {"currency_months": checked_months(draft.currency_months)}


def framework_item(id_: str, inspection_id: str, area_id: str, item: ItemDraft, rank: str) -> list[SetField]:
    """Return the settings that lay out an item of a framework."""
    return create(
        "item",
        id_,
        inspection_id=inspection_id,
        area_id=area_id,
        reference=item.reference,
        title=item.title,
        guidance=item.guidance,
        kind=item.kind,
        owner=item.owner,
        service=item.service,
        due_rule=item.due_rule,
        priority=item.priority,
        basis=item.basis,
        wording=wording(item.title, item.guidance),
        rank=rank,
        **currency_rule(item),
    )


def new_id() -> str:
    """Return an id for a record that nobody else makes: 32 hex digits."""
    return uuid.uuid4().hex


def derived_id(session: Session, *parts: str) -> str:
    """Return the id of a record made from a framework: every laptop of the workspace derives the same one."""
    return deriver(session)(*parts)


def deriver(session: Session) -> Callable[..., str]:
    """Return `derived_id` for many ids."""
    workspace = uuid.UUID(workspace_id(session))
    return lambda *parts: uuid.uuid5(workspace, "/".join(parts)).hex


def is_derived(id_: str) -> bool:
    """Whether a record was made from a framework: what people make themselves has a random id."""
    return id_[12:13] == "5"  # the version of a UUID


def siblings(
    session: Session, kind: type[Area] | type[Item] | type[Inspection], parent: str = ""
) -> list[tuple[str, str]]:
    """Return (rank, id) of the children of a parent in their order, removed ones too so that ranks stay apart."""
    columns = select(kind.rank, kind.id)
    if kind is Item:
        columns = columns.where(Item.area_id == parent)
    elif kind is Area:
        columns = columns.where(Area.inspection_id == parent)
    return [(row.rank, row.id) for row in session.execute(columns.order_by(kind.rank, kind.id))]


def ranks_before(
    children: Sequence[tuple[str, str]], before: str | None, count: int, leaving: Iterable[str] = ()
) -> list[str]:
    """Return ranks that place `count` records before a child (None: at the end), the leaving ones not counted."""
    gone = frozenset(leaving)
    stay = [child for child in children if child[1] not in gone]
    after = [id_ for _, id_ in children]
    after = after[after.index(before) :] if before in after else []
    neighbour = next((id_ for id_ in after if id_ not in gone), None)  # the child itself, unless it leaves too
    place = next((number for number, (_, id_) in enumerate(stay) if id_ == neighbour), len(stay))
    low = stay[place - 1][0] if place else ""
    high = stay[place][0] if place < len(stay) else ""
    if not stay:
        return spread(count)
    ranks: list[str] = []
    for _ in range(count):
        try:
            low = between(low, high)
        except ValueError:  # two laptops gave neighbours one rank: sort after it, the id decides between them
            low = between(low, "")
        ranks.append(low)
    return ranks
