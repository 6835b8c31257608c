"""Editions: moving an inspection to another edition of its framework, and confirming what that reworded.

A move is one step: what the edition left as it was keeps its judgement, what it reworded is asked about again, what it
no longer has is parked under Removed with all it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from readiness.domain.edition_matching import compare
from readiness.domain.editions import EarlierWords, EditionComparison, unpack_words
from readiness.domain.errors import BadValue
from readiness.domain.steps import SetField, Step, sets
from readiness.domain.views import FrameworkDraft
from readiness.frameworks.shipped import shipped_frameworks
from readiness.services.edition_areas import AreaPlan, read_areas
from readiness.services.edition_items import ItemPlan, read_items
from readiness.services.records import deriver, find, find_all
from readiness.services.schemes import framework_of, own_frameworks
from readiness.services.unsettled import all_settled
from readiness.storage.tables import Inspection, Item


@dataclass(frozen=True, slots=True)
class EditionOffer:
    """Where an inspection may move."""

    in_force: FrameworkDraft | None  # the edition it follows; None: not known here
    editions: tuple[FrameworkDraft, ...]  # of its family first, the newest of them before the others


def read_editions(session: Session, inspection_id: str) -> EditionOffer:
    """Return the editions that an inspection may move to: of its family, and the council's own. Raises NotFound.

    The edition it follows is among them, last: its text may have been brought in anew.
    """
    in_force = framework_of(session, inspection_id)
    family = in_force.family if in_force is not None else ""
    known = [*shipped_frameworks(), *own_frameworks(session)]
    known.sort(
        key=lambda each: (bool(family) and each.family == family, each.since or date.min, each.edition), reverse=True
    )
    offered = [each for each in known if not _is_of_another_family(each, in_force)]
    others = [each for each in offered if in_force is None or _key(each) != _key(in_force)]
    return EditionOffer(in_force, (*others, in_force) if in_force is not None else tuple(others))


def find_edition(session: Session, text: str) -> FrameworkDraft:
    """Return a framework by its id, or by id@edition where there are several. Raises BadValue, naming what there is."""
    known = [*shipped_frameworks(), *own_frameworks(session)]
    wanted = " ".join(text.split()).casefold()
    found = [each for each in known if wanted in (each.id, f"{each.id}@{each.edition}".casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"“{each.id}@{each.edition}”" for each in found)
        raise BadValue(f"There are {len(found)} editions of “{text}”. Choose one of these: {choices}.")
    choices = ", ".join(dict.fromkeys(each.id for each in known))
    raise BadValue(f"There is no framework “{text}”. Choose one of these: {choices}.")


def _key(draft: FrameworkDraft) -> tuple[str, str]:
    return draft.id, draft.edition


def compare_with(
    session: Session, inspection_id: str, framework: FrameworkDraft, old: FrameworkDraft | None = None
) -> EditionComparison:
    """Return what moving an inspection to another edition would do. Raises NotFound and BadValue.

    Args:
        session: Where.
        inspection_id: Which.
        framework: The edition to move to.
        old: The edition in force; None: not known, and then everything the council may have set itself stays.
    """
    inspection = find(session, Inspection, inspection_id)
    _refuse_other_family(inspection, framework, old)
    stored = read_items(session, inspection_id, read_areas(session, inspection_id, old), old)
    return compare([item.held for item in stored.items], framework, old, inspection.edition)


def move_to_edition(
    session: Session, inspection_id: str, framework: FrameworkDraft, old: FrameworkDraft | None = None
) -> Step:
    """Move an inspection to another edition, as `compare_with` shows it. Raises NotFound, BadValue and InConflict."""
    inspection = find(session, Inspection, inspection_id)
    if inspection.pinned:
        raise BadValue(
            f"{inspection.short_title} is pinned to its edition. Unpin it first (Inspection, Pin to this edition; or "
            "the command pin with --off), then move it."
        )
    _refuse_other_family(inspection, framework, old)
    held = read_areas(session, inspection_id, old)
    stored = read_items(session, inspection_id, held, old)
    found = compare([item.held for item in stored.items], framework, old, inspection.edition)
    areas = AreaPlan(deriver(session), inspection_id, held, framework, old)
    items = ItemPlan(session, inspection_id, stored, found.rows, areas, framework, old)
    made = [*_inspection(inspection, framework, old), *areas.settings(items.filled), *items.settings()]
    before = f"you move {inspection.short_title} to another edition"
    return Step(_label(inspection, framework), all_settled(session, made, before))


def _refuse_other_family(inspection: Inspection, framework: FrameworkDraft, old: FrameworkDraft | None) -> None:
    if _is_of_another_family(framework, old):
        raise BadValue(
            f"“{framework.title}” is for another kind of inspection than {inspection.short_title}. Track it as an "
            "inspection of its own instead."
        )


def _is_of_another_family(framework: FrameworkDraft, old: FrameworkDraft | None) -> bool:
    return old is not None and bool(old.family and framework.family) and old.family != framework.family


def _label(inspection: Inspection, framework: FrameworkDraft) -> str:
    edition = f"edition “{framework.edition}”"
    named = edition if framework.title == inspection.framework_title else f"“{framework.title}”, {edition}"
    return f"Move {inspection.short_title} to {named}"


def _inspection(inspection: Inspection, framework: FrameworkDraft, old: FrameworkDraft | None) -> list[SetField]:
    """Return what becomes of the inspection itself; names that people gave it stay."""
    values = {"framework": framework.id, "framework_title": framework.title, "edition": framework.edition}
    if inspection.title == inspection.framework_title:
        values["title"] = framework.title
    if old is not None and inspection.short_title == old.short_title:
        values["short_title"] = framework.short_title
    return sets("inspection", inspection.id, **values)


def confirm_items(session: Session, item_ids: Sequence[str]) -> Step:
    """Say that what was written of items holds for their new words too. Raises NotFound."""
    found = find_all(session, Item, item_ids)
    waiting = [item for item in found if item.reworded] or found
    where = f"{waiting[0].reference} in its" if len(waiting) == 1 else f"{len(waiting):,} items in their"
    return Step(f"Confirm {where} new wording", [SetField("item", item.id, "reworded", "") for item in waiting])


def earlier_words(session: Session, item_id: str) -> EarlierWords | None:
    """Return the words that an item was judged on; None where none wait to be confirmed."""
    item = session.get(Item, item_id)
    return unpack_words(item.reworded) if item is not None else None


def pin_edition(session: Session, inspection_id: str, pinned: bool) -> Step:
    """Keep an inspection on its edition, or let it go. Raises NotFound."""
    inspection = find(session, Inspection, inspection_id)
    said = f"Pin {inspection.short_title} to" if pinned else f"Unpin {inspection.short_title} from"
    made = [SetField("inspection", inspection_id, "pinned", pinned)]
    return Step(f"{said} its edition", all_settled(session, made, "you change it"))
