"""Evidence verbs: one step each, undone as one, refused in one sentence with nothing changed."""

from dataclasses import replace
from datetime import date

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, everything, found_council, id_of, refuses, timeless

from readiness.domain.errors import BadValue, NotFound
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceEdit
from readiness.domain.proof import ProofLink
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import (
    Audience,
    EvidenceField,
    EvidenceSource,
    ItemField,
    ItemStatus,
    Rating,
    Strength,
)
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import (
    add_revision,
    attach_evidence,
    copy_of_link,
    edit_evidence,
    point_link,
    remove_evidence,
    restore_evidence,
)
from readiness.services.items import edit_items, remove_items
from readiness.services.links import link_evidence, link_id, set_link_validity, unlink_evidence
from readiness.services.queries import item_history, read_steps, removed_rows, step_changes
from readiness.services.undo import redo, undo, undo_step
from readiness.services.upkeep import find_faults
from readiness.storage.files import Stored

HASH, OTHER_HASH = "ab" * 32, "cd" * 32
FILE = AttachmentDraft("Audit March.xlsx", HASH, 27)
PAGE = AttachmentDraft("", url="https://www.gov.uk/government/publications/send-code")
AUDIT = EvidenceDraft(
    "Audit March 2021",
    "71 % of plans were good",
    EvidenceSource.AUDIT,
    Strength.OUTCOME,
    Audience.INSPECTORS,
    dated=date(2021, 2, 26),
    covers_from=date(2021, 1, 1),
    covers_to=date(2021, 2, 20),
    received=date(2021, 2, 27),
    valid_until=date(2021, 8, 31),
)


def attach(workspace, *references, draft=AUDIT, files=(FILE,)):
    """Attach evidence to items and return it as the library has it."""
    known = {row.id for row in workspace.read(read_evidence)}
    workspace.run(attach_evidence, [id_of(workspace, each) for each in references], draft, files)
    return next(row for row in workspace.read(read_evidence) if row.id not in known)


def row(workspace, reference, day=DAY):
    return next(each for each in board_of(workspace, day).items if each.reference == reference)


def only(workspace):
    (found,) = workspace.read(read_evidence)
    return found


def test_that_attached_evidence_stands_in_the_library_and_counts_for_its_items(workspace):
    ids = [id_of(workspace, each) for each in ("A01", "A02")]
    changes = workspace.run(attach_evidence, ids, AUDIT, [FILE, PAGE], "First version")
    assert changes.label == "Attach “Audit March 2021” to 2 items"
    assert {kind: len(found) for kind, found in changes.ids.items()} == {
        "evidence": 1, "revision": 1, "attachment": 2, "link": 2,
    }  # fmt: skip
    found = only(workspace)
    for field in EvidenceField:
        assert getattr(found, str(field.value)) == getattr(AUDIT, str(field.value))
    assert (found.latest.number, found.latest.note, found.latest.made_by) == (1, "First version", "Head of SEND")
    assert [(each.name, each.sha256, each.size, each.url) for each in found.latest.attachments] == [
        ("Audit March.xlsx", HASH, 27, ""), ("send-code", "", 0, PAGE.url),
    ]  # fmt: skip
    assert {link.item_id for link in found.links} == set(ids)
    proof = ProofLink(found.id, EvidenceSource.AUDIT, Strength.OUTCOME, date(2021, 8, 31))
    assert row(workspace, "A01").proof.links == row(workspace, "A02").proof.links == (proof,)
    assert row(workspace, "B01").unproven
    assert not row(workspace, "A01").unproven
    assert row(workspace, "A01", date(2021, 9, 1)).unproven
    assert workspace.read(find_faults) == []


def test_that_undoing_an_attachment_takes_all_of_it_away_and_redoing_brings_it_back(workspace):
    before = board_of(workspace)
    found = attach(workspace, "A01", "B01")
    with_it = board_of(workspace)
    assert workspace.run(undo).label == "Undo: Attach “Audit March 2021” to 2 items"
    assert timeless(board_of(workspace)) == timeless(before)
    assert workspace.read(read_evidence) == ()
    workspace.run(redo)
    assert replace(only(workspace), changed_at=None) == found
    assert timeless(board_of(workspace)) == timeless(with_it)


def test_that_evidence_may_stand_in_the_library_alone_and_without_a_file(workspace):
    changes = workspace.run(attach_evidence, [], EvidenceDraft("Parent survey"))
    assert changes.label == "Add “Parent survey”"
    found = only(workspace)
    assert (found.latest, found.links) == (None, ())
    changes = workspace.run(add_revision, found.id, [FILE])
    assert changes.label == "Add version 1 of “Parent survey”"


@pytest.mark.parametrize(
    ("draft", "files", "said"),
    [
        (EvidenceDraft(" "), [FILE], "needs a title"),
        (replace(AUDIT, valid_until=date(2021, 2, 1)), [FILE], "dated 26 Feb 2021 cannot be valid until 1 Feb 2021"),
        (replace(AUDIT, covers_to=date(2020, 12, 31)), [FILE], "cannot cover from 1 Jan 2021 to 31 Dec 2020"),
        (AUDIT, [FILE, AttachmentDraft("x")], "link is empty"),
        (AUDIT, [AttachmentDraft("n" * 300, HASH, 1)], "name of 300 characters"),
    ],
)
def test_that_what_makes_no_evidence_is_refused(workspace, draft, files, said):
    refuses(workspace, BadValue, said, attach_evidence, [id_of(workspace, "A01")], draft, files)


def test_that_an_item_that_was_removed_takes_no_evidence(workspace):
    first = id_of(workspace, "A01")
    workspace.run(remove_items, [first])
    refuses(workspace, NotFound, "item no longer exists", attach_evidence, [first], AUDIT, [FILE])
    found = attach(workspace, "A02")
    refuses(workspace, NotFound, "item no longer exists", link_evidence, [found.id], [first])


def test_that_a_link_to_anywhere_is_kept_as_text(workspace):
    urls = ["file:///S:/audit.xlsx", "javascript:alert(1)", "data:text/plain,x", "\\\\server\\share\\audit.xlsx"]
    found = attach(workspace, "A01", files=[AttachmentDraft("", url=url) for url in urls])
    assert [each.url for each in found.latest.attachments] == urls


@pytest.mark.parametrize(
    ("edits", "label"),
    [
        ([EvidenceEdit(EvidenceField.SOURCE, EvidenceSource.VOICE)], "Set source of “Audit March 2021” to Voice"),
        ([EvidenceEdit(EvidenceField.DATED, date(2021, 2, 20))], "Set dated of “Audit March 2021” to 20 Feb 2021"),
        ([EvidenceEdit(EvidenceField.VALID_UNTIL, None)], "Clear valid until of “Audit March 2021”"),
        ([EvidenceEdit(EvidenceField.SHOWS, "More")], "Edit what it shows of “Audit March 2021”"),
        ([EvidenceEdit(EvidenceField.TITLE, " Audit ")], "Rename “Audit March 2021” to “Audit”"),
        (
            [EvidenceEdit(EvidenceField.STRENGTH, Strength.SAYS), EvidenceEdit(EvidenceField.RECEIVED, None)],
            "Edit “Audit March 2021”",
        ),
    ],
)
def test_that_what_is_said_of_evidence_is_edited_and_put_back(workspace, edits, label):
    found = attach(workspace, "A01")
    assert workspace.run(edit_evidence, found.id, edits).label == label
    for edit in edits:
        value = edit.value.strip() if isinstance(edit.value, str) else edit.value
        assert getattr(only(workspace), str(edit.field.value)) == value
    workspace.run(undo)
    assert replace(only(workspace), changed_at=None) == found


def test_that_an_edit_that_puts_days_out_of_order_is_refused_and_old_disorder_stays_editable(workspace):
    found = attach(workspace, "A01")
    too_late = [EvidenceEdit(EvidenceField.DATED, date(2021, 9, 1))]
    refuses(workspace, BadValue, "cannot be valid until 31 Aug 2021", edit_evidence, found.id, too_late)
    both = [*too_late, EvidenceEdit(EvidenceField.VALID_UNTIL, date(2021, 9, 1))]
    workspace.run(edit_evidence, found.id, both)
    refuses(workspace, NotFound, "evidence no longer", edit_evidence, "f" * 32, both)


def test_that_a_newer_version_counts_and_the_older_ones_stay(workspace):
    found = attach(workspace, "A01")
    newer = [EvidenceEdit(EvidenceField.DATED, date(2021, 2, 28))]
    changes = workspace.run(
        add_revision, found.id, [AttachmentDraft("Audit 2.xlsx", OTHER_HASH, 5)], "Moderated", newer
    )
    assert changes.label == "Add version 2 of “Audit March 2021”"
    now = only(workspace)
    assert [(each.number, each.attachments[0].name) for each in now.revisions] == [
        (2, "Audit 2.xlsx"), (1, "Audit March.xlsx"),
    ]  # fmt: skip
    assert now.dated == date(2021, 2, 28)
    workspace.run(undo)
    assert [each.number for each in only(workspace).revisions] == [1]
    workspace.run(add_revision, found.id, [FILE])
    assert [each.number for each in only(workspace).revisions] == [3, 1]  # the number that was undone is not used again
    refuses(workspace, BadValue, "needs a file or a link", add_revision, found.id, [])
    refuses(workspace, BadValue, "note is too long", add_revision, found.id, [FILE], "x" * 200_001)


def test_that_linking_again_brings_the_same_link_back(workspace):
    found = attach(workspace, "A01")
    other = id_of(workspace, "B01")
    assert workspace.run(link_evidence, [found.id], [other]).label == "Link “Audit March 2021” to B01"
    link = next(each for each in only(workspace).links if each.item_id == other)
    workspace.run(set_link_validity, link.id, date(2021, 5, 1))
    assert workspace.run(unlink_evidence, [link.id]).label == "Unlink “Audit March 2021” from B01"
    assert other not in {each.item_id for each in only(workspace).links}
    assert row(workspace, "B01").unproven
    workspace.run(link_evidence, [found.id], [other])
    back = next(each for each in only(workspace).links if each.item_id == other)
    assert (back.id, back.valid_until) == (link.id, date(2021, 5, 1))
    assert workspace.run(link_evidence, [found.id], [other]).step_id is None  # it is linked already
    workspace.run(undo)
    assert row(workspace, "B01").unproven
    assert workspace.read(find_faults) == []


def test_that_two_laptops_that_link_the_same_make_one_link(tmp_path):
    ids = []
    for name in ("one", "two"):
        with found_council(tmp_path / name) as workspace:
            ids.append(workspace.read(link_id, id_of(workspace, "A01"), "e" * 32))
    assert ids[0] == ids[1]


def test_that_many_links_go_in_one_step(workspace):
    first, second = attach(workspace, "A01"), attach(workspace, draft=replace(AUDIT, title="Survey"))
    ids = [id_of(workspace, each) for each in ("A01", "A02", "B01")]
    changes = workspace.run(link_evidence, [first.id, second.id], [*ids, ids[0]])
    assert changes.label == "Link 2 pieces of evidence to 3 items"
    assert len(changes.of("link")) == 5  # one was there
    links = [link.id for each in workspace.read(read_evidence) for link in each.links]
    assert workspace.run(unlink_evidence, links).label == "Unlink 2 pieces of evidence from 3 items"
    assert [each.links for each in workspace.read(read_evidence)] == [(), ()]
    workspace.run(undo)
    assert sum(len(each.links) for each in workspace.read(read_evidence)) == 6
    refuses(workspace, NotFound, "link no longer", unlink_evidence, ["f" * 32])


def test_that_a_document_may_be_fresh_for_one_inspection_and_stale_for_another(tmp_path):
    with found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        board = board_of(workspace)
        here, there = (next(each.id for each in board.items if each.inspection_id == i.id) for i in board.inspections)
        workspace.run(attach_evidence, [here, there], AUDIT, [FILE])
        link = next(each for each in only(workspace).links if each.item_id == there)
        changes = workspace.run(set_link_validity, link.id, date(2021, 4, 1))
        assert changes.label == "Let “Audit March 2021” count for B01 until 1 Apr 2021"
        later = {each.id: each.unproven for each in board_of(workspace, date(2021, 5, 1)).items}
        assert (later[here], later[there]) == (False, True)
        assert workspace.run(set_link_validity, link.id, None).label.endswith("as long as it says itself")
        refuses(workspace, BadValue, "cannot be valid", set_link_validity, link.id, date(2021, 2, 1))


def test_that_the_items_currency_rule_counts_from_the_day_evidence_is_about(workspace):
    attach(workspace, "A01", draft=replace(AUDIT, valid_until=None))
    assert row(workspace, "A01").proof.last_good_day is None
    changes = workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.CURRENCY, 3)])
    assert changes.label == "Set currency rule of A01 to 3 months"
    assert row(workspace, "A01").proof.last_good_day == date(2021, 5, 26)
    assert only(workspace).links[0].until == date(2021, 5, 26)
    assert workspace.read(item_history, id_of(workspace, "A01"))[0].new == "3 months"


def test_that_removed_evidence_stands_under_removed_and_comes_back_whole(workspace):
    found = attach(workspace, "A01", "B01")
    workspace.run(add_revision, found.id, [PAGE])
    gone = next(each.id for each in only(workspace).links if each.item_id == id_of(workspace, "B01"))
    workspace.run(unlink_evidence, [gone])
    before, board = only(workspace), board_of(workspace)
    changes = workspace.run(remove_evidence, [found.id])
    assert changes.label == "Remove “Audit March 2021”"
    assert {kind: len(ids) for kind, ids in changes.ids.items()} == {
        "evidence": 1, "revision": 2, "attachment": 2, "link": 1,
    }  # fmt: skip
    assert workspace.read(read_evidence) == ()
    assert row(workspace, "A01").unproven
    (listed,) = workspace.read(removed_rows)
    assert (listed.kind, listed.id, listed.title, listed.removed_by) == (
        "evidence", found.id, "Audit March 2021", "Head of SEND",
    )  # fmt: skip
    refuses(workspace, NotFound, "look for it under Removed", edit_evidence, found.id, [])
    assert workspace.run(restore_evidence, [found.id]).label == "Restore “Audit March 2021”"
    assert replace(only(workspace), changed_at=None) == replace(before, changed_at=None)
    assert timeless(board_of(workspace)) == timeless(board)  # the link that went before stays away
    assert workspace.read(removed_rows) == ()


def test_that_removing_is_undone_and_several_go_and_come_together(workspace):
    first, second = attach(workspace, "A01"), attach(workspace, "A01", draft=replace(AUDIT, title="Survey"))
    board = board_of(workspace)
    assert workspace.run(remove_evidence, [first.id, second.id]).label == "Remove 2 pieces of evidence"
    workspace.run(undo)
    assert timeless(board_of(workspace)) == timeless(board)
    workspace.run(redo)
    workspace.run(restore_evidence, [first.id, second.id])
    assert timeless(board_of(workspace)) == timeless(board)
    assert workspace.read(find_faults) == []


def test_that_a_link_that_moved_gets_another_address(workspace):
    found = attach(workspace, "A01", files=[PAGE, FILE])
    page, file = found.latest.attachments
    changes = workspace.run(point_link, page.id, " https://www.gov.uk/send ")
    assert changes.label == "Point “send-code” to another address"
    assert only(workspace).latest.attachments[0].url == "https://www.gov.uk/send"
    refuses(workspace, BadValue, "is not a link", point_link, page.id, "somewhere")
    refuses(workspace, BadValue, "link is empty", point_link, page.id, " ")
    refuses(workspace, BadValue, "is a file, no link", point_link, file.id, "https://www.gov.uk/")
    assert not row(workspace, "A01").lapsed


def test_that_a_copy_of_a_link_is_kept_beside_its_address(workspace):
    found = attach(workspace, "A01", files=[PAGE, FILE])
    page, file = found.latest.attachments
    assert workspace.run(copy_of_link, page.id, Stored(OTHER_HASH, 9)).label == "Keep a copy of “send-code”"
    kept = only(workspace).latest.attachments[0]
    assert (kept.url, kept.sha256, kept.size, kept.is_stored) == (PAGE.url, OTHER_HASH, 9, True)
    refuses(workspace, BadValue, "copy of it is kept already", copy_of_link, file.id, Stored(OTHER_HASH, 9))
    refuses(workspace, BadValue, "was not taken", copy_of_link, page.id, Stored("ab", 9))
    workspace.run(undo)
    assert not only(workspace).latest.attachments[0].is_stored


def test_that_history_tells_of_evidence_in_words(workspace):
    attach(workspace, "A01")
    found = only(workspace)
    workspace.run(edit_evidence, found.id, [EvidenceEdit(EvidenceField.SOURCE, EvidenceSource.VOICE)])
    workspace.run(edit_evidence, found.id, [EvidenceEdit(EvidenceField.TITLE, "Audit")])
    workspace.run(set_link_validity, found.links[0].id, date(2021, 5, 1))
    workspace.run(unlink_evidence, [found.links[0].id])
    workspace.run(link_evidence, [found.id], [id_of(workspace, "A01")])
    lines = [
        (line.record, line.field, line.old, line.new) for line in workspace.read(item_history, id_of(workspace, "A01"))
    ]
    item = "A01 Quality of plans"
    assert lines == [
        (item, "Evidence", "", "Audit"),
        (item, "Evidence", "Audit", "no longer used"),
        (item, "Evidence counts until", "", "1 May 2021"),
        (item, "Evidence", "", "Audit"),
        (item, "Added", "", "Added"),
    ]
    steps = workspace.read(read_steps)
    assert [step.label for step in steps[:3]] == [
        "Link “Audit” to A01", "Unlink “Audit” from A01", "Let “Audit” count for A01 until 1 May 2021",
    ]  # fmt: skip
    first = id_of(workspace, "A01")
    assert [step.records for step in steps[:6]] == [(first,)] * 6
    made = workspace.read(step_changes, steps[5].id)
    assert {(line.record, line.field, line.new) for line in made} == {
        ("evidence Audit", "Added", "Added"), ("version 1 of evidence Audit", "Added", "Added"),
        ("Audit March.xlsx", "Added", "Added"), (item, "Evidence", "Audit"),
    }  # fmt: skip
    (edited,) = workspace.read(step_changes, steps[4].id)
    assert (edited.record, edited.field, edited.old, edited.new) == ("evidence Audit", "Source", "Audit", "Voice")
    assert workspace.read(step_changes, steps[3].id)[0].field == "Title"


def test_that_an_undo_that_must_leave_something_names_the_evidence(workspace):
    found = attach(workspace, "A01")
    done = workspace.run(edit_evidence, found.id, [
        EvidenceEdit(EvidenceField.SOURCE, EvidenceSource.VOICE), EvidenceEdit(EvidenceField.STRENGTH, Strength.SAYS),
    ])  # fmt: skip
    workspace.run(edit_evidence, found.id, [EvidenceEdit(EvidenceField.SOURCE, EvidenceSource.DATA)])
    left = workspace.run(undo_step, done.step_id).left
    assert left == ("evidence Audit March 2021, Source: Head of SEND has since set it to “Data”",)


def test_that_claimed_items_are_off_track_without_proof(workspace):
    checked = [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)]
    workspace.run(edit_items, [id_of(workspace, "A01")], checked)
    assert row(workspace, "A01").rating is Rating.OFF_TRACK
    attach(workspace, "A01")
    assert row(workspace, "A01").rating is Rating.ON_TRACK


def test_that_nothing_a_verb_refuses_leaves_a_trace(workspace):
    before = everything(workspace)
    for verb, given in ((remove_evidence, ["f" * 32]), (restore_evidence, ["f" * 32])):
        refuses(workspace, NotFound, "evidence no longer exists", verb, given)
    assert everything(workspace) == before
