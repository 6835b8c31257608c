"""Several pieces at once: one step, some new and some that the library has already."""

from dataclasses import replace

import pytest
from council import board_of, id_of, refuses

from readiness.domain.errors import BadValue, NotFound
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceEdit
from readiness.domain.vocabulary import EvidenceField, EvidenceSource
from readiness.services.attaching import Piece, attach_pieces, known_already
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import add_revision, attach_evidence, edit_evidence, edit_pieces, remove_evidence
from readiness.services.links import set_link_validity, unlink_evidence
from readiness.services.queries import evidence_history
from readiness.services.undo import undo

HASH, OTHER = "ab" * 32, "cd" * 32
AUDIT = Piece(EvidenceDraft("Audit"), (AttachmentDraft("Audit.xlsx", HASH, 5),))
SURVEY = Piece(EvidenceDraft("Survey"), (AttachmentDraft("Survey.pdf", OTHER, 7),))


def counts(workspace):
    return {row.reference: len(row.proof.links) for row in board_of(workspace).items}


def test_that_new_and_known_pieces_are_attached_as_one_step(workspace):
    workspace.run(attach_evidence, [], EvidenceDraft("Known"), [AttachmentDraft("Known.pdf", "ef" * 32, 3)])
    (known,) = workspace.read(read_evidence)
    ids = [id_of(workspace, each) for each in ("A01", "B01")]
    changes = workspace.run(attach_pieces, ids, [AUDIT, SURVEY], [known.id])
    assert changes.label == "Attach 3 pieces of evidence to 2 items"
    assert counts(workspace) == {"A01": 3, "A02": 0, "A03": 0, "B01": 3}
    workspace.run(undo)
    assert set(counts(workspace).values()) == {0}
    assert [row.title for row in workspace.read(read_evidence)] == ["Known"]


def test_that_one_piece_is_named_in_the_step(workspace):
    item = id_of(workspace, "A01")
    assert workspace.run(attach_pieces, [item], [AUDIT]).label == "Attach “Audit” to A01"
    (row,) = workspace.read(read_evidence)
    assert workspace.run(attach_pieces, [id_of(workspace, "B01")], [], [row.id]).label == "Link “Audit” to B01"
    assert workspace.run(attach_pieces, [], [SURVEY, AUDIT]).label == "Add 2 pieces of evidence"


@pytest.mark.parametrize(
    ("ids", "pieces", "kind", "said"),
    [
        (["nobody"], [AUDIT, SURVEY], NotFound, "no longer exists"),
        ([], [AUDIT, Piece(EvidenceDraft(" "), ())], BadValue, "needs a title"),
    ],
)
def test_that_one_bad_piece_refuses_all(workspace, ids, pieces, kind, said):
    refuses(workspace, kind, said, attach_pieces, ids, pieces)


def test_that_files_that_the_library_has_are_known_by_their_content(workspace):
    workspace.run(attach_evidence, [], EvidenceDraft("Zebra"), AUDIT.attachments)
    workspace.run(attach_evidence, [], EvidenceDraft("Audit"), AUDIT.attachments)
    found = workspace.read(known_already, [HASH, OTHER])
    assert {hash_: row.title for hash_, row in found.items()} == {HASH: "Audit"}
    workspace.run(remove_evidence, [row.id for row in workspace.read(read_evidence)])
    assert workspace.read(known_already, [HASH]) == {}


def test_that_a_piece_of_evidence_tells_its_history(workspace):
    workspace.run(attach_evidence, [id_of(workspace, "A01")], EvidenceDraft("Audit"), AUDIT.attachments)
    workspace.run(attach_evidence, [], EvidenceDraft("Another"), SURVEY.attachments)
    row = next(each for each in workspace.read(read_evidence) if each.title == "Audit")
    link = row.links[0].id
    workspace.run(edit_evidence, row.id, [EvidenceEdit(EvidenceField.SOURCE, EvidenceSource.AUDIT)])
    workspace.run(add_revision, row.id, [AttachmentDraft("", url="https://www.gov.uk/paper")])
    workspace.run(set_link_validity, link, board_of(workspace).day)
    workspace.run(unlink_evidence, [link])
    told = [(each.field, each.old, each.new) for each in workspace.read(evidence_history, row.id)]
    assert told == [
        ("No longer used for", "", "A01 Quality of plans"),
        ("Counts for A01 Quality of plans until", "", "1 Mar 2021"),
        ("File", "", "paper"),
        ("Version 2", "", "added"),
        ("Source", "Data", "Audit"),
        ("Used for", "", "A01 Quality of plans"),
        ("File", "", "Audit.xlsx"),
        ("Version 1", "", "added"),
        ("Added", "", "Added"),
    ]


def test_that_several_pieces_are_edited_as_one_step(workspace):
    workspace.run(attach_pieces, [], [AUDIT, SURVEY])
    ids = [row.id for row in workspace.read(read_evidence)]
    edit = EvidenceEdit(EvidenceField.SOURCE, EvidenceSource.VOICE)
    assert workspace.run(edit_pieces, ids, [edit]).label == "Set source of 2 pieces of evidence"
    assert {row.source for row in workspace.read(read_evidence)} == {EvidenceSource.VOICE}
    assert workspace.run(edit_pieces, ids[:1], [replace(edit, value=EvidenceSource.DATA)]).label == (
        "Set source of “Audit” to Data"
    )
    workspace.run(undo)
    workspace.run(undo)
    assert {row.source for row in workspace.read(read_evidence)} == {EvidenceSource.DATA}
    refuses(workspace, BadValue, "needs a title", edit_pieces, ids, [EvidenceEdit(EvidenceField.TITLE, " ")])
