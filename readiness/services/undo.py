"""Undo: a new step that puts old values back where nothing was changed since; redo undoes the undo.

The order of steps is read from the log, so both survive a restart. Source: design.md, section 4; merge.md, section 6.6.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from readiness.domain.editing import shown_code
from readiness.domain.errors import NotFound, NothingToUndo, UndoBlocked
from readiness.domain.steps import SetField, Step
from readiness.domain.views import UndoState
from readiness.domain.vocabulary import ItemField
from readiness.storage.changes import decode
from readiness.storage.history import (
    LoggedChange,
    LoggedStep,
    change_in_step,
    changes_of_step,
    find_step,
    heads_of,
    name_of,
    own_steps,
    parent_in_field,
)

_LABELS = {str(field.value): field.label for field in ItemField}


def undo_state(session: Session) -> UndoState:
    """Return the labels of the steps that undo and redo would take."""
    undoable, redoable = _next_undo(session), _next_redo(session)
    return UndoState(
        _base(session, undoable).label if undoable else None, _base(session, redoable).label if redoable else None
    )


def undo(session: Session) -> Step:
    """Undo the latest step of this laptop that stands. Raises NothingToUndo."""
    found = _next_undo(session)
    if found is None:
        raise NothingToUndo("There is nothing to undo.")
    return _reversal(session, found, f"Undo: {_base(session, found).label}")


def redo(session: Session) -> Step:
    """Do again what was undone last, as long as nothing else was done since. Raises NothingToUndo."""
    found = _next_redo(session)
    if found is None:
        raise NothingToUndo("There is nothing to redo.")
    return _reversal(session, found, f"Redo: {_base(session, found).label}")


def undo_step(session: Session, step_id: str) -> Step:
    """Undo one step out of the history. Raises UndoBlocked, with what and by whom, when every field was changed."""
    found = find_step(session, step_id)
    if found is None:
        raise NotFound("step", step_id)
    step = _reversal(session, found, f"Undo: {_base(session, found).label}")
    if not step.sets:
        raise UndoBlocked(f"Nothing of this can be put back: {'; '.join(step.left) or 'it is undone already'}.")
    return step


def _reversal(session: Session, step: LoggedStep, label: str) -> Step:
    back: list[SetField] = []
    left: list[str] = []
    changes = changes_of_step(session, step.id)
    made = {each.eid for each in changes if each.field == "deleted" and not each.parents and each.new == "false"}
    for each in changes:
        if each.eid in made and each.field != "deleted":
            continue  # a record that the step made is taken away whole, and so comes back whole
        since = _changed_since(session, each)
        if since is None:
            back.append(SetField(each.etype, each.eid, each.field, decode(each.old)))
        else:
            left.append(since)
    return Step(label, back, undo_of=step.id, left=tuple(left))


def _changed_since(session: Session, each: LoggedChange) -> str | None:
    """Return who changed a field after a change of it, in words; None while the change stands."""
    heads = heads_of(session, each.eid, each.field)
    if len(heads) == 1 and _stands_for(session, heads[0]) == _stands_for(session, each):
        return None
    later = max(heads, key=lambda found: (found.stamp, found.id))
    value = shown_code(each.field, decode(later.new))
    field = _LABELS.get(each.field, each.field.replace("_", " "))
    return f"{name_of(session, each.etype, each.eid)}, {field}: {later.actor} has since set it to “{value[:60]}”"


def _stands_for(session: Session, found: LoggedChange) -> bytes | None:
    """Return the change whose state a change leaves: itself or, where it undid something, what stood before that."""
    current: LoggedChange | None = found
    while current is not None and current.undo_of is not None:
        undone = change_in_step(session, current.undo_of, current.eid, current.field)
        if undone is None:
            break
        parents = parent_in_field(session, undone)
        if len(parents) > 1:
            break
        current = parents[0] if parents else None
    return current.id if current is not None else None


def _base(session: Session, step: LoggedStep) -> LoggedStep:
    """Return the step that somebody really did, at the end of a chain of undone undos."""
    while step.undo_of is not None:
        before = find_step(session, step.undo_of)
        if before is None:
            return step
        step = before
    return step


def _next_undo(session: Session) -> LoggedStep | None:
    undone: set[str] = set()
    for step in own_steps(session):
        if step.id in undone:
            continue
        if step.undo_of is None or _is_redo(session, step):
            return step
        undone.add(step.undo_of)
    return None


def _next_redo(session: Session) -> LoggedStep | None:
    redone: set[str] = set()
    for step in _run_of_undos(session):
        if _is_redo(session, step):
            redone.add(step.undo_of or "")
        elif step.id not in redone:
            return step
    return None


def _run_of_undos(session: Session) -> Iterator[LoggedStep]:
    for step in own_steps(session):
        if step.undo_of is None:
            return  # something new was done: what was undone before it is not redone over it
        yield step


def _is_redo(session: Session, step: LoggedStep) -> bool:
    undone = find_step(session, step.undo_of) if step.undo_of else None
    return undone is not None and undone.undo_of is not None and not _is_redo(session, undone)
