"""Evidence: what people do with the library. Each verb reads and returns the step that is to be written.

Files come as drafts: their copies were taken by the store before, so that what is recorded is there. Links between
evidence and items are in `links.py`. Source: design.md, section 3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from readiness.domain.describing import check_days, checked_attachment, checked_evidence, checked_field
from readiness.domain.editing import TEXT_LIMIT, shown
from readiness.domain.errors import BadValue
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceEdit
from readiness.domain.ranks import spread
from readiness.domain.steps import SetField, Step, joined, sets
from readiness.domain.vocabulary import EvidenceField
from readiness.services.links import items_named, link_sets, named, pieces
from readiness.services.proofs import read_day
from readiness.services.records import create, derived_id, find, find_all, new_id
from readiness.services.removed import removed_with_evidence
from readiness.services.unsettled import removable, settled, settled_ids, settled_sets
from readiness.storage.files import Stored
from readiness.storage.tables import Attachment, Evidence, Link, Revision

COPY_FIELDS = ("sha256", "size")
"""What names a stored copy: both change together."""


def attach_evidence(
    session: Session,
    item_ids: Sequence[str],
    draft: EvidenceDraft,
    attachments: Sequence[AttachmentDraft] = (),
    note: str = "",
    *,
    id_: str = "",
) -> Step:
    """Add a piece of evidence with its files and links, and use it for some items. Raises NotFound and BadValue.

    Without a file or link it stands in the library all the same, and the checks say so. `id_` is the id it gets, 32 hex
    digits that nothing else has; random when "".
    """
    tidy = checked_evidence(draft)
    where = items_named(session, item_ids)
    id_ = id_ or new_id()
    made = create("evidence", id_, **asdict(tidy))
    if attachments:
        made += _revision(session, derived_id(session, id_, "revision"), id_, 1, attachments, note)
    label = f"Attach {named(tidy.title)} to {where}" if item_ids else f"Add {named(tidy.title)}"
    return Step(label, [*made, *link_sets(session, [id_], item_ids)])


def _revision(
    session: Session, id_: str, evidence_id: str, number: int, attachments: Sequence[AttachmentDraft], note: str
) -> list[SetField]:
    if len(note) > TEXT_LIMIT:
        raise BadValue(f"The note is too long: {len(note):,} characters. Shorten it to {TEXT_LIMIT:,}.")
    made = create("revision", id_, evidence_id=evidence_id, number=number, note=note.strip())
    for rank, attachment in zip(spread(len(attachments)), map(checked_attachment, attachments), strict=True):
        made += create(
            "attachment", derived_id(session, id_, "attachment", rank), revision_id=id_, rank=rank, **asdict(attachment)
        )
    return made


def edit_evidence(session: Session, evidence_id: str, changes: Sequence[EvidenceEdit]) -> Step:
    """Say something else of a piece of evidence. Raises NotFound and BadValue."""
    found = find(session, Evidence, evidence_id)
    cells, left = settled(session, {evidence_id: changes})
    return _edited(found, cells.get(evidence_id, ()), left)


def edit_pieces(session: Session, evidence_ids: Sequence[str], changes: Sequence[EvidenceEdit]) -> Step:
    """Say something else of several pieces of evidence. Raises as `edit_evidence` does; then none is changed."""
    found = find_all(session, Evidence, list(dict.fromkeys(evidence_ids)))
    cells, left = settled(session, dict.fromkeys((row.id for row in found), changes))
    steps = [_edited(row, cells[row.id], left) for row in found if row.id in cells]
    if len(steps) == 1:
        return steps[0]
    what = changes[0].field.label.lower() if len(changes) == 1 else "what is said"
    return Step(f"Set {what} of {len(steps)} pieces of evidence", joined(*(step.sets for step in steps)), left=left)


def _edited(found: Evidence, changes: Sequence[EvidenceEdit], left: tuple[str, ...]) -> Step:
    edits = [EvidenceEdit(each.field, checked_field(each.field, each.value)) for each in changes]
    values = {str(each.field.value): each.value for each in edits}
    _check_days(found, values)
    return Step(_edit_label(found.title, edits), sets("evidence", found.id, **values), left=left)


def _check_days(found: Evidence, values: dict[str, object]) -> None:
    """Raise BadValue where the days will contradict each other; what contradicts itself already may be left so."""
    names = ("dated", "covers_from", "covers_to", "valid_until")
    if not values.keys() & set(names):
        return
    then = {name: values.get(name, read_day(getattr(found, name))) for name in names}
    check_days(EvidenceDraft("", **then))  # type: ignore[arg-type]  # `checked_field` keeps the types


def _edit_label(title: str, edits: Sequence[EvidenceEdit]) -> str:
    if len(edits) != 1 or edits[0].field is EvidenceField.SHOWS:
        what = f"{edits[0].field.label.lower()} of " if len(edits) == 1 else ""
        return f"Edit {what}{named(title)}"
    edit = edits[0]
    if edit.field is EvidenceField.TITLE:
        return f"Rename {named(title)} to {named(str(edit.value))}"
    value, field = shown(edit.value), edit.field.label.lower()
    return f"Set {field} of {named(title)} to {value}" if value else f"Clear {field} of {named(title)}"


def add_revision(
    session: Session,
    evidence_id: str,
    attachments: Sequence[AttachmentDraft],
    note: str = "",
    changes: Sequence[EvidenceEdit] = (),
    *,
    id_: str = "",
) -> Step:
    """Add a newer state of a piece of evidence, which counts from now on. Raises NotFound and BadValue.

    Args:
        session: Where.
        evidence_id: Of what.
        attachments: Its files and links; at least one.
        note: What is new in it.
        changes: What else is said of the evidence from now on, such as another date.
        id_: The id of the version, 32 hex digits that nothing else has; random when "".
    """
    found = find(session, Evidence, evidence_id)
    if not attachments:
        raise BadValue("A newer version needs a file or a link. Add one.")
    last = session.scalar(select(func.max(Revision.number)).where(Revision.evidence_id == evidence_id)) or 0
    made = _revision(session, id_ or new_id(), evidence_id, last + 1, attachments, note)
    cells, left = settled(session, {evidence_id: changes}, refuse=False)
    said = _edited(found, cells.get(evidence_id, ()), left)
    return Step(f"Add version {last + 1} of {named(found.title)}", [*made, *said.sets], left=left)


def remove_evidence(session: Session, evidence_ids: Sequence[str]) -> Step:
    """Remove evidence with its revisions, its files and its links to items, as one step that can be undone.

    Among several pieces those with something in conflict are left. Raises NotFound and RemovalInConflict.
    """
    asked = find_all(session, Evidence, list(dict.fromkeys(evidence_ids)))
    free, removed, left = removable(session, _wholes(session, [row.id for row in asked]), "piece")
    return Step(f"Remove {pieces([row for row in asked if row.id in set(free)])}", removed, left=left)


def _wholes(session: Session, ids: Sequence[str]) -> list[list[SetField]]:
    """Return what removes each of some pieces of evidence with all that hangs on it."""
    wholes = {id_: _deleted("evidence", [id_], is_so=True) for id_ in ids}
    queries = {
        "revision": select(Revision.evidence_id, Revision.id).where(Revision.deleted.is_(False)),
        "attachment": select(Revision.evidence_id, Attachment.id)
        .join(Revision, Revision.id == Attachment.revision_id)
        .where(Attachment.deleted.is_(False)),
        "link": select(Link.evidence_id, Link.id).where(Link.deleted.is_(False)),
    }
    for kind, query in queries.items():
        of = Link.evidence_id if kind == "link" else Revision.evidence_id
        for evidence_id, id_ in session.execute(query.where(of.in_(ids))):
            wholes[evidence_id] += _deleted(kind, [id_], is_so=True)
    return list(wholes.values())


def restore_evidence(session: Session, evidence_ids: Sequence[str]) -> Step:
    """Bring removed evidence back with everything that went with it."""
    found = find_all(session, Evidence, evidence_ids, removed=True)
    together = [each for row in found for each in removed_with_evidence(session, row.id)]
    back = [SetField(kind, id_, "deleted", False) for kind, id_ in together]
    return Step(f"Restore {pieces(found)}", [*_deleted("evidence", [row.id for row in found], is_so=False), *back])


def _deleted(kind: str, ids: Iterable[str], *, is_so: bool) -> list[SetField]:
    return [SetField(kind, id_, "deleted", is_so) for id_ in ids]


def point_link(session: Session, attachment_id: str, url: str) -> Step:
    """Give a link that moved another address; a copy that was kept of it stays. Raises NotFound and BadValue."""
    found = find(session, Attachment, attachment_id)
    if not found.url:
        raise BadValue(f"{named(found.name)} is a file, no link. Add a newer version with the link instead.")
    draft = checked_attachment(AttachmentDraft(found.name, url=url or " "))
    pointed, _ = settled_sets(session, sets("attachment", attachment_id, url=draft.url))
    return Step(f"Point {named(found.name)} to another address", pointed)


def copy_of_link(session: Session, attachment_id: str, stored: Stored) -> Step:
    """Keep a copy of what a link leads to; the store has taken it. Raises NotFound and BadValue."""
    found = find(session, Attachment, attachment_id)
    if not found.url:
        raise BadValue(f"{named(found.name)} is a file, and a copy of it is kept already.")
    draft = checked_attachment(AttachmentDraft(found.name, stored.sha256, stored.size, found.url))
    settled_ids(session, [attachment_id], COPY_FIELDS, "copy")
    kept = sets("attachment", attachment_id, sha256=draft.sha256, size=draft.size)
    return Step(f"Keep a copy of {named(found.name)}", kept)
