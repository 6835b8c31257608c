"""The library as it is asked: what is found, where it is used, which evidence has the same file."""

from dataclasses import replace
from datetime import date

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, found_council

from readiness.domain.calendar import WorkingDays
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceEdit
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import Audience, EvidenceField, EvidenceSource, ItemField, Strength
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import (
    add_revision,
    attach_evidence,
    edit_evidence,
    point_link,
    remove_evidence,
    restore_evidence,
)
from readiness.services.inspections import remove_inspection
from readiness.services.items import edit_items
from readiness.services.library import (
    evidence_data,
    evidence_of_item,
    find_evidence,
    find_with_uses,
    refresh_evidence,
    same_content,
    where_used,
)
from readiness.services.links import link_evidence, unlink_evidence

HASH = "ab" * 32
DRAFTS = {
    "Audit of plans, March": [AttachmentDraft("Moderation.xlsx", HASH, 5)],
    "Survey of parents": [AttachmentDraft("Straße.docx", "cd" * 32, 9), AttachmentDraft("Again", HASH, 5)],
    "March figures": [AttachmentDraft("", url="https://www.gov.uk/send-statistics")],
    "Plans": [],
}


@pytest.fixture
def library(tmp_path):
    with found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        items = [row.id for row in board_of(workspace).items]
        for number, (title, files) in enumerate(DRAFTS.items()):
            draft = EvidenceDraft(title, f"It shows {number} things", valid_until=date(2021, 3, 10))
            workspace.run(attach_evidence, [items[0], items[-1]] if number < 2 else [], draft, files)
        yield workspace


def titles(workspace, text):
    return [row.title for row in workspace.read(find_evidence, text)]


def test_that_evidence_is_found_by_words_in_title_text_and_names(library):
    assert titles(library, "") == ["Audit of plans, March", "March figures", "Plans", "Survey of parents"]
    assert titles(library, "march") == ["March figures", "Audit of plans, March"]
    assert titles(library, "PLANS") == ["Plans", "Audit of plans, March"]
    assert titles(library, "plans audit") == ["Audit of plans, March"]
    assert titles(library, "moderation") == ["Audit of plans, March"]
    assert titles(library, "STRASSE") == ["Survey of parents"]
    assert titles(library, "send-statistics") == ["March figures"]
    assert titles(library, "shows 3") == ["Plans"]
    assert titles(library, "% _ nothing") == []
    assert len(library.read(find_evidence, "", 2)) == 2


def test_that_found_evidence_is_what_the_library_has(library):
    assert library.read(find_evidence, "") == library.read(read_evidence)


def test_that_removed_evidence_is_not_found(library):
    (plans, _) = library.read(find_evidence, "plans")
    library.run(remove_evidence, [plans.id])
    assert titles(library, "plans") == ["Audit of plans, March"]


def test_that_evidence_with_the_same_file_is_named(library):
    rows = {row.title: row.id for row in library.read(read_evidence)}
    found = library.read(same_content, [HASH, "cd" * 32, "ef" * 32, "", HASH])
    assert found == {
        HASH: (rows["Audit of plans, March"], rows["Survey of parents"]), "cd" * 32: (rows["Survey of parents"],),
    }  # fmt: skip


def test_that_where_evidence_is_used_is_told_by_inspection_and_reference(library):
    rows = library.read(read_evidence)
    uses = library.read(where_used, rows)
    first = uses[rows[0].id]
    assert [(use.inspection, use.reference, use.title) for use in first] == [
        ("Re-visit", "A01", "Quality of plans"), ("Social care", "B01", "Joint commissioning"),
    ]  # fmt: skip
    assert {use.until for use in first} == {date(2021, 3, 10)}
    assert uses[rows[1].id] == ()
    library.run(remove_inspection, board_of(library).inspections[1].id)
    rows = library.read(read_evidence)
    assert [use.reference for use in library.read(where_used, rows)[rows[0].id]] == ["A01"]


def test_that_evidence_in_data_says_how_current_it_is_wherever_it_is_used(library):
    row = library.read(read_evidence)[0]
    row = replace(row, source=EvidenceSource.AUDIT, strength=Strength.OUTCOME, audience=Audience.PARTNERS)
    uses = library.read(where_used, [row])[row.id]
    said = {day: evidence_data(row, uses, day, WorkingDays()) for day in (date(2021, 2, 1), DAY, date(2021, 3, 11))}
    assert [data["used"][0]["currency"] for data in said.values()] == ["current", "due_to_lapse", "out_of_date"]
    data = said[DAY]
    assert (data["source"], data["strength"], data["audience"], data["versions"]) == ("audit", 3, "partners", 1)
    assert (data["dated"], data["valid_until"]) == (None, "2021-03-10")
    assert data["files"] == [{"name": "Moderation.xlsx", "sha256": HASH, "size": 5, "url": ""}]
    assert evidence_data(library.read(find_evidence, "plans")[0], (), DAY, WorkingDays())["files"] == []


def test_that_evidence_is_found_by_its_source(library):
    assert titles(library, "data survey") == ["Survey of parents"]
    assert titles(library, "voice") == []


def test_that_what_is_found_comes_with_its_uses(library):
    found = library.read(find_with_uses, "moderation")
    assert [(row.title, [use.reference for use in uses]) for row, uses in found] == [
        ("Audit of plans, March", ["A01", "B01"])
    ]


def test_that_the_evidence_of_an_item_is_read_alone(library):
    item = board_of(library).items[0].id
    assert library.read(evidence_of_item, item) == library.read(find_evidence, "")[:1] + library.read(
        find_evidence, "survey"
    )
    assert library.read(evidence_of_item, board_of(library).items[1].id) == ()


def test_that_the_library_is_kept_in_step_with_every_kind_of_change(library):
    items = [row.id for row in board_of(library).items]
    kept = {row.id: row for row in library.read(read_evidence)}
    ids = {row.title: row.id for row in kept.values()}
    figures = next(row for row in kept.values() if row.title == "March figures")
    steps = [
        lambda: library.run(edit_evidence, ids["Plans"], [EvidenceEdit(EvidenceField.TITLE, "All plans")]),
        lambda: library.run(add_revision, ids["Plans"], [AttachmentDraft("P.pdf", "ef" * 32, 4)]),
        lambda: library.run(link_evidence, [ids["Plans"]], items[:1]),
        lambda: library.run(point_link, figures.latest.attachments[0].id, "https://www.gov.uk/elsewhere"),
        lambda: library.run(edit_items, items[:1], [ItemEdit(ItemField.CURRENCY, 6)]),
        lambda: library.run(unlink_evidence, [kept[ids["Survey of parents"]].links[0].id]),
        lambda: library.run(remove_inspection, board_of(library).inspections[1].id),
        lambda: library.run(remove_evidence, [ids["Plans"]]),
        lambda: library.run(restore_evidence, [ids["Plans"]]),
        lambda: library.run(attach_evidence, items[:1], EvidenceDraft("New")),
    ]
    for step in steps:
        found = library.read(refresh_evidence, [step()])
        assert found
        for id_, row in found.items():
            kept.pop(id_, None)
            if row is not None:
                kept[id_] = row
        assert {row.id: row for row in library.read(read_evidence)} == kept
