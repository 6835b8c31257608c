"""Undo: a new step that puts old values back where nothing was changed since; redo undoes the undo.

The order of steps is read from the log, so both survive a restart. Source: design.md, section 4; merge.md, section 6.6.
"""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from readiness.domain.changes import decode
from readiness.domain.editing import shown_code
from readiness.domain.errors import NotFound, NothingToUndo, UndoBlocked
from readiness.domain.fields import field_label
from readiness.domain.steps import SetField, Step
from readiness.domain.views import UndoState
from readiness.domain.vocabulary import ItemField
from readiness.services.unsettled import all_settled
from readiness.storage.history import (
    LoggedChange,
    LoggedStep,
    changes_of_step,
    done_first,
    find_step,
    heads_beside,
    name_of,
    own_steps,
    stands,
    undo_links,
    what_stands,
)
from readiness.storage.tables import RECORDS, Review

_LABELS = {str(field.value): field.label for field in ItemField} | {
    "reworded": "Confirm again",
    "claimed_by": "Claimed by",
}
CANNOT_UNDO = "This tells what happened, and that cannot be undone."
_CLAIM = frozenset({"status", "claimed_by", "signed"})
"""What an item claims, who says so, and what of it was signed; the reviews that record it belong to it."""


def undo_state(session: Session) -> UndoState:
    """Return the labels of the steps that undo and redo would take."""
    links = undo_links(session)
    undoable, redoable = _next_undo(session, links), _next_redo(session, links)
    return UndoState(
        _done(session, links, undoable).label if undoable else None,
        _done(session, links, redoable).label if redoable else None,
    )


def undo(session: Session) -> Step:
    """Undo the latest step of this laptop that stands. Raises NothingToUndo and InConflict."""
    links = undo_links(session)
    found = _next_undo(session, links)
    if found is None:
        raise NothingToUndo("There is nothing to undo.")
    return _reversal(session, links, found)


def redo(session: Session) -> Step:
    """Do again what was undone last, as long as nothing else was done since. Raises NothingToUndo and InConflict."""
    links = undo_links(session)
    found = _next_redo(session, links)
    if found is None:
        raise NothingToUndo("There is nothing to redo.")
    return _reversal(session, links, found)


def undo_step(session: Session, step_id: str) -> Step:
    """Undo one step out of the history. Raises UndoBlocked, with what and by whom, when every field was changed."""
    found = find_step(session, step_id)
    if found is None:
        raise NotFound("step", step_id)
    if any(each.etype == "event" for each in changes_of_step(session, step_id)):
        raise UndoBlocked(CANNOT_UNDO)
    step = _reversal(session, undo_links(session), found)
    if not step.sets:
        raise UndoBlocked(f"Nothing of this can be put back: {'; '.join(step.left) or 'it is undone already'}.")
    return step


def _reversal(session: Session, links: Mapping[str, str], step: LoggedStep) -> Step:
    """Return the step that takes a step back. What undoes a redo undoes what was done first: chains stay short."""
    done = _done(session, links, step)
    redoes = not stands(links, step.id)
    back: list[SetField] = []
    left: list[str] = []
    changes = changes_of_step(session, step.id)
    moved = {each.eid for each in changes if each.field == "deleted"}
    made = {each.eid for each in changes if each.field == "deleted" and not each.parents and each.new == "false"}
    removed = _removed_since(session, [each for each in changes if each.eid not in moved])
    heads = heads_beside(session, step.id)
    ours = [
        each
        for each in changes
        if each.eid not in removed  # an edit that the removal had not seen would bring the record back
        and (each.eid not in made or each.field == "deleted")  # what the step made goes whole, and comes back whole
    ]
    told = ((each.id, _changed_since(session, links, each, heads[each.eid, each.field])) for each in ours)
    since = {id_: words for id_, words in told if words is not None}
    claims = _claims_of(session, ours)
    held = {claims[each.id] for each in ours if each.id in since and each.id in claims} | removed.keys()
    for each in ours:
        if each.id in since:
            left.append(since[each.id])
        elif claims.get(each.id) not in held:
            back.append(SetField(each.etype, each.eid, each.field, decode(each.old)))
    label = f"{'Redo' if redoes else 'Undo'}: {done.label}"
    said = (f"{name} was removed since" for name in removed.values())
    verb = "redo" if redoes else "undo"
    free = all_settled(session, back, f"you {verb} “{done.label}”")  # it may remove what it made, conflicts and all
    return Step(label, free, undo_of=step.id if redoes else done.id, left=(*left, *said))


def _claims_of(session: Session, changes: Sequence[LoggedChange]) -> dict[bytes, str]:
    """Return of which item's claim some changes are part: it goes back as one, or not at all."""
    ids = json.dumps([each.eid for each in changes if each.etype == "review"])
    among = select(func.json_each(ids).table_valued("value").c.value)
    asked = select(Review.id, Review.item_id).where(Review.id.in_(among))
    reviewed: dict[str, str] = dict(session.execute(asked).all())
    parts = {each.id: each.eid for each in changes if each.etype == "item" and each.field in _CLAIM}
    return parts | {each.id: reviewed[each.eid] for each in changes if each.eid in reviewed}


def _removed_since(session: Session, changes: Sequence[LoggedChange]) -> dict[str, str]:
    """Return what people call the changed records that are removed, by id."""
    names: dict[str, str] = {}
    touched = {each.etype for each in changes}
    for kind, record in RECORDS.items():
        if kind not in touched:
            continue
        ids = json.dumps(sorted({each.eid for each in changes if each.etype == kind}))
        among = select(func.json_each(ids).table_valued("value").c.value)
        for eid in session.scalars(select(record.id).where(record.deleted.is_(True), record.id.in_(among))):
            names[eid] = name_of(session, kind, eid)
    return names


def _changed_since(
    session: Session, links: Mapping[str, str], each: LoggedChange, heads: Sequence[LoggedChange]
) -> str | None:
    """Return who changed a field after a change of it, in words; None while the change stands."""
    if len(heads) == 1 and (
        heads[0].id == each.id or what_stands(session, links, heads[0]) == what_stands(session, links, each)
    ):
        return None
    later = max(heads, key=lambda found: (found.stamp, found.id))
    if each.field == "signed":  # a fingerprint says nothing to people
        did = "signed it off again" if decode(later.new) else "taken the sign-off back"
        return f"{name_of(session, each.etype, each.eid)}: {later.actor} has since {did}"
    value = shown_code(each.field, decode(later.new), each.etype)
    field = field_label(each.etype, each.field, _LABELS)
    return f"{name_of(session, each.etype, each.eid)}, {field}: {later.actor} has since set it to “{value[:60]}”"


def _done(session: Session, links: Mapping[str, str], step: LoggedStep) -> LoggedStep:
    """Return the step that somebody really did, behind its undos and redos."""
    return find_step(session, done_first(links, step.id)) or step


def _next_undo(session: Session, links: Mapping[str, str]) -> LoggedStep | None:
    settled: set[str] = set()  # what was done first, where the latest word on it is known
    for step in own_steps(session):
        first = done_first(links, step.id)
        if first not in settled and stands(links, step.id):
            return step
        settled.add(first)
    return None


def _next_redo(session: Session, links: Mapping[str, str]) -> LoggedStep | None:
    settled: set[str] = set()
    for step in own_steps(session):
        if step.undo_of is None:
            return None  # something new was done: what was undone before it is not redone over it
        first = done_first(links, step.id)
        if first not in settled and not stands(links, step.id):
            return step
        settled.add(first)
    return None
