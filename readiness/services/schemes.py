"""Schemes: the frameworks a workspace knows, those that ship and the council's own, and a checklist as one of them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.editing import LONGEST_MONTHS
from readiness.domain.errors import BadValue, FrameworkError
from readiness.domain.plain_words import is_control
from readiness.domain.schemes import HANDBOOK, Judgement
from readiness.domain.steps import Step
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import Kind, Priority
from readiness.frameworks.bases import shipped_text
from readiness.frameworks.parts import HEAD, ITEM
from readiness.frameworks.reader import read_framework
from readiness.frameworks.shipped import shipped_frameworks
from readiness.frameworks.values import ID, ID_CURE
from readiness.frameworks.writer import framework_text
from readiness.services.board_rows import parsed_rule
from readiness.services.records import create, derived_id, find
from readiness.services.unsettled import all_settled
from readiness.storage.tables import Area, Framework, Inspection, Item, WorkspaceRecord
from readiness.storage.workspace import workspace_id

_KINDS = {str(kind.value): kind for kind in Kind}
_PRIORITIES = {str(priority.value): priority for priority in Priority}
_SUMMARY = "A checklist of the council’s own"


@dataclass(frozen=True, slots=True)
class SchemeNames:
    """How a checklist is to be known as a framework."""

    id: str
    edition: str
    title: str
    short_title: str


def known_frameworks(session: Session) -> tuple[FrameworkDraft, ...]:
    """Return the frameworks that can be laid out: those that ship, then the newest edition of each of the council's."""
    newest: dict[str, FrameworkDraft] = {}
    for draft in own_frameworks(session):
        if draft.id not in newest or _age(newest[draft.id]) < _age(draft):
            newest[draft.id] = draft
    return (*shipped_frameworks(), *newest.values())


def own_frameworks(session: Session) -> tuple[FrameworkDraft, ...]:
    """Return every edition of the council's own frameworks; one that this version cannot read is left out."""
    query = select(Framework.text).where(Framework.deleted.is_(False)).order_by(Framework.code, Framework.edition)
    read = (_read(text) for text in session.scalars(query))
    return tuple(draft for draft in read if draft is not None)


def framework_of(session: Session, inspection_id: str) -> FrameworkDraft | None:
    """Return the framework that an inspection follows; None when it is not known here."""
    found = find(session, Inspection, inspection_id)
    for draft in (*own_frameworks(session), *shipped_frameworks()):
        if (draft.id, draft.edition) == (found.framework, found.edition):
            return draft
    return None


def visit_title(session: Session, inspection_id: str, code: str) -> str:
    """Return what a kind of visit is called; its code where no edition of the inspection's framework is known here."""
    row = session.get(Inspection, inspection_id)
    known = (*own_frameworks(session), *shipped_frameworks()) if row is not None else ()
    visits = (visit for draft in known if row is not None and draft.id == row.framework for visit in draft.visits)
    return next((visit.title for visit in visits if visit.code == code), code)


def doubt_of(session: Session, item_id: str) -> str:
    """Return what is not certain about an item's due rule: HANDBOOK where its framework counts days unconfirmed.

    Nothing is said of a rule that the council changed or wrote, nor of what is held ready: that is no count of days.
    """
    item = session.get(Item, item_id)
    rule = parsed_rule(item.due_rule) if item is not None else None
    if item is None or rule is None or not rule.days:
        return ""
    framework = framework_of(session, item.inspection_id)
    if framework is None or shipped_text(framework.id) is None:
        return ""
    drafts = (draft for area in framework.areas for draft in area.items)
    known = next((draft for draft in drafts if draft.reference == item.reference), None)
    if known is None or known.due_verified or known.due_rule != str(rule):
        return ""
    return HANDBOOK.capitalize()


def keep_framework(session: Session, draft: FrameworkDraft) -> Step:
    """Keep a framework of the council's own in the workspace, so that it can be laid out on every laptop.

    Another text under the same id and edition takes the place of the one before.
    """
    check_own(names_of(draft))
    id_ = derived_id(session, "framework", f"{draft.id}@{draft.edition}")
    text = framework_text(draft)
    made = create("framework", id_, code=draft.id, edition=draft.edition, title=draft.title, text=text)
    return Step(f"Bring in {draft.title}", all_settled(session, made, "you bring it in"))


def names_of(draft: FrameworkDraft) -> SchemeNames:
    """Return how a framework is known."""
    return SchemeNames(draft.id, draft.edition, draft.title, draft.short_title)


def check_own(names: SchemeNames) -> None:
    """Raise BadValue where a framework cannot be kept under such names as one of the council's own."""
    names = checked_names(names)
    if shipped_text(names.id) is not None:
        cure = f"Give yours an id of its own, such as “{own_id(names.id)}”."
        raise BadValue(f"“{names.id}” is a framework that comes with the program. {cure}")


def own_id(id_: str) -> str:
    """Return an id that no shipped framework has."""
    return f"{id_}-own" if shipped_text(id_) is not None else id_


def suggested_names(session: Session, inspection_id: str) -> SchemeNames:
    """Return how a checklist may be known once it is written out: a shipped one gets the council's name in its id."""
    found = find(session, Inspection, inspection_id)
    id_ = found.framework
    if shipped_text(id_) is not None or not ID.fullmatch(id_):
        council = session.get(WorkspaceRecord, workspace_id(session))
        id_ = "-".join(filter(None, [slug(id_), slug(council.title if council else "") or "own"]))
    return SchemeNames(
        id_[: HEAD["id"]].rstrip("-"), found.edition, found.title, found.short_title[: HEAD["short_title"]]
    )


def slug(text: str) -> str:
    """Return a text as part of an id: “Our council” becomes “our-council”; "" where nothing of it can stand there."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:30].strip("-")


def checklist_as_framework(session: Session, inspection_id: str, names: SchemeNames) -> FrameworkDraft:
    """Return a checklist as it stands now as a framework: the council's wording, owners, due rules and priorities.

    Statuses, narratives and dates stay behind, and so does what was removed. Raises NotFound, and BadValue for what no
    file can hold.
    """
    find(session, Inspection, inspection_id)
    names = checked_names(names)
    origin = framework_of(session, inspection_id)
    known = {item.reference: item for area in origin.areas for item in area.items} if origin else {}
    scales = dict(origin.scales) if origin else {}
    areas: list[AreaDraft] = []
    for row, items in _areas(session, inspection_id):
        drafts = tuple(_item(item, known.get(item.reference)) for item in items)
        areas.append(AreaDraft(_line(row.code), _line(row.title), _named_scale(row.scale, scales), drafts))
    _check_areas(areas)
    draft = FrameworkDraft(
        names.id, names.edition, names.title, names.short_title, _summary(origin), scales, tuple(areas),
        services=_services(areas, origin),
    )  # fmt: skip
    if origin is None:
        return draft
    return replace(
        draft,
        family=origin.family,
        judgements=_judgements(session, inspection_id, origin),
        visits=origin.visits,
        timetable=origin.timetable,
        expected=origin.expected,
        lists=origin.lists,
    )


def checked_names(names: SchemeNames) -> SchemeNames:
    """Return names without stray spaces. Raises BadValue for those that a file cannot have."""
    names = SchemeNames(*(_line(text) for text in (names.id, names.edition, names.title, names.short_title)))
    for key, text in (("id", names.id), ("edition", names.edition), ("title", names.title)):
        _check_length(f"The {key}", text, HEAD[key], may_be_empty=False)
    _check_length("The short title", names.short_title, HEAD["short_title"], may_be_empty=False)
    if not ID.fullmatch(names.id):
        raise BadValue(f"“{names.id}” cannot be an id. {ID_CURE}")
    return names


def _check_length(what: str, text: str, longest: int, *, may_be_empty: bool = True) -> None:
    if not text and not may_be_empty:
        raise BadValue(f"{what} is empty. Write one.")
    if len(text) > longest:
        raise BadValue(f"{what} has {len(text):,} characters. Shorten it to {longest:,}.")


def _summary(origin: FrameworkDraft | None) -> str:
    return f"{_SUMMARY}, made from {origin.title}"[: HEAD["summary"]] if origin else _SUMMARY


def _services(areas: Iterable[AreaDraft], origin: FrameworkDraft | None) -> tuple[str, ...]:
    """Return the services that may own items, those of the origin first: a slip of the pen is then named.

    None are listed where the council spells one in two ways: a list would take them for the same.
    """
    used = [item.service for area in areas for item in area.items if item.service]
    found = dict.fromkeys((*(origin.services if origin is not None else ()), *used))
    return tuple(found) if len({service.casefold() for service in found}) == len(found) else ()


def _areas(session: Session, inspection_id: str) -> list[tuple[Area, list[Item]]]:
    areas = session.scalars(
        select(Area).where(Area.inspection_id == inspection_id, Area.deleted.is_(False)).order_by(Area.rank, Area.id)
    ).all()
    items: dict[str, list[Item]] = {area.id: [] for area in areas}
    query = select(Item).where(Item.inspection_id == inspection_id, Item.deleted.is_(False))
    for item in session.scalars(query.order_by(Item.rank, Item.id)):
        if item.area_id in items:
            items[item.area_id].append(item)
    return [(area, items[area.id]) for area in areas]


def _item(row: Item, known: ItemDraft | None) -> ItemDraft:
    rule = parsed_rule(row.due_rule)
    due_rule = str(rule) if rule else "held ready"
    return ItemDraft(
        reference=_line(row.reference),
        title=_line(row.title),
        guidance=_text(row.guidance),
        kind=_KINDS.get(row.kind, Kind.DOCUMENT),
        owner=_line(row.owner),
        service=_line(row.service),
        due_rule=due_rule,
        priority=_PRIORITIES.get(row.priority, Priority.IMPORTANT),
        basis=_line(row.basis),
        was=known.was if known else (),
        due_verified=known is not None and known.due_verified and known.due_rule == due_rule,
        currency_months=row.currency_months if row.currency_months in range(1, LONGEST_MONTHS + 1) else None,
    )


def _named_scale(stored: str, scales: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the grades of an area; those that no scale lists yet get a name."""
    try:
        found = json.loads(stored or "[]")
    except ValueError:
        return ()
    texts = (_line(grade) for grade in found if isinstance(grade, str)) if isinstance(found, list) else ()
    grades = tuple({grade.casefold(): grade for grade in texts if grade}.values())
    if grades and grades not in scales.values():
        name = next(name for number in range(1, len(scales) + 2) if (name := f"grades-{number}") not in scales)
        scales[name] = grades
    return grades


def _judgements(session: Session, inspection_id: str, origin: FrameworkDraft) -> tuple[Judgement, ...]:
    """Return the judgements with the letters that their areas have now."""
    ids = {area.code: derived_id(session, inspection_id, "area", area.code) for area in origin.areas}
    now = {row.id: _line(row.code) for row, _ in _areas(session, inspection_id)}
    codes = {code: now[id_] for code, id_ in ids.items() if id_ in now}
    return tuple(
        replace(each, areas=tuple(codes[code] for code in each.areas if code in codes)) for each in origin.judgements
    )


def _check_areas(areas: Iterable[AreaDraft]) -> None:
    areas = list(areas)
    if not areas:
        raise BadValue("This checklist has no area. Add one first.")
    _check_differ("area", [(area.code, area.title) for area in areas])
    items = [item for area in areas for item in area.items]
    _check_differ("item", [(item.reference, item.title) for item in items])
    for item in items:
        for what, text in (("owner", item.owner), ("service", item.service), ("basis", item.basis)):
            _check_length(f"The {what} of {item.reference}", text, ITEM[what])


def _check_differ(what: str, named: Iterable[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for name, title in named:
        if not name or not title:
            raise BadValue(f"An {what} has no name: “{name or title}”. Give it a reference and a title first.")
        if name.casefold() in seen:
            raise BadValue(
                f"Two {what}s are called {name}, whatever their capitals. Give one of them another name first."
            )
        seen.add(name.casefold())


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Return a text as a file can hold it: line breaks of one kind, and no character that no page can show."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each if each in "\n\t" or not is_control(each) else " " for each in tidy).strip()


def _age(draft: FrameworkDraft) -> tuple[date, list[tuple[int, str]]]:
    """Return what sorts editions from old to new: the day one applies from, else its name, numbers by their size."""
    parts = re.findall(r"\d+|\D+", draft.edition)
    return draft.since or date.min, [(int(part[:9]), "") if part.isdecimal() else (-1, part) for part in parts]


@lru_cache(maxsize=64)
def _read(text: str) -> FrameworkDraft | None:
    """Return a stored framework; None when it is none that this version can read."""
    try:
        return read_framework(text, "framework")
    except FrameworkError:
        return None
