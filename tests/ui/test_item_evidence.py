"""The proof of an item in its panel: what serves it, until when it counts here, and the ways to add to it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from checklist_desk import Desk
from evidence_kit import library
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from readiness.domain.evidence import AttachmentDraft, EvidenceEdit
from readiness.domain.vocabulary import Currency, EvidenceField, EvidenceSource, Kind
from readiness.services.evidence import add_revision, edit_evidence
from readiness.services.links import link_evidence

KEY = Qt.Key


@pytest.fixture
def desk(qtbot, tmp_path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.page.evidence.desk.close()
    made.close()


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the system's programs."""
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url) or True)
    return urls


def attach(desk, title, *references, **draft) -> str:
    ids = [desk.item(each).id for each in references]
    with desk.written():
        desk.operations.do(desk.operations.changed.emit, lambda workspace: _kept(workspace, title, ids, draft))
    return library(desk.workspace)[title].id


def _kept(workspace, title, ids, draft):
    draft = dict(draft)
    content = draft.pop("content", b"")
    from readiness.domain.evidence import EvidenceDraft
    from readiness.services.evidence import attach_evidence
    from readiness.storage.files import FileStore

    files = []
    if content:
        stored = FileStore(workspace.folder).keep(content)
        files.append(AttachmentDraft(f"{title}.txt", stored.sha256, stored.size))
    if url := draft.pop("url", ""):
        files.append(AttachmentDraft("", url=url))
    return workspace.run(attach_evidence, ids, EvidenceDraft(title, **draft), files)


def lines(desk):
    return desk.page.panel.evidence.lines


def show(desk, reference, count) -> None:
    desk.select(reference)
    desk.wait(lambda: len(lines(desk)) == count and all(line.served for line in lines(desk)))


def test_that_the_proof_of_an_item_stands_in_its_panel_with_how_current_it_is(desk):
    attach(desk, "Audit", "RV-A01", "RV-A02", source=EvidenceSource.AUDIT, dated=date(2021, 3, 1))
    attach(desk, "Survey", "RV-A01", source=EvidenceSource.VOICE, valid_until=date(2021, 5, 14))
    show(desk, "RV-A01", 2)
    section = desk.page.panel.evidence
    assert section.isVisibleTo(desk.page)
    assert section._count.text() == "2"
    names = [line.face.accessibleName() for line in lines(desk)]
    assert names[0].startswith("Audit, Audit, strength 1 of 4, says it, Current, current, used for 2 items")
    assert names[1].startswith("Survey, Voice, strength 1 of 4, says it, Due to lapse, lapses 14 May 2021")
    assert not section._none.isVisibleTo(desk.page)
    show(desk, "RV-A03", 0)
    assert section._none.text() == "None yet. Link what the library has, or drop a file here."
    assert section._none.isVisibleTo(desk.page)


def test_that_an_item_that_is_met_needs_no_papers(desk):
    from readiness.domain.views import ItemEdit
    from readiness.domain.vocabulary import ItemField
    from readiness.services.items import edit_items

    desk.select("RV-A01")
    with desk.written():
        desk.operations.change(edit_items, [desk.item("RV-A01").id], [ItemEdit(ItemField.KIND, Kind.INTERVIEW)])
    assert "need no papers" in desk.page.panel.evidence._none.text()


def test_that_until_when_it_counts_here_is_written_and_only_here(desk):
    attach(desk, "Audit", "RV-A01", "RV-A02")
    show(desk, "RV-A01", 1)
    line = lines(desk)[0]
    assert not line.day.isVisibleTo(desk.page)
    desk.press(KEY.Key_F2, widget=line.face)
    assert line.day.line.hasFocus()
    assert line.day.line.placeholderText() == "as it says: no end"
    QTest.keyClicks(line.day.line, "30 Apr 2021")
    with desk.written():
        QTest.keyClick(line.day.line, KEY.Key_Return)
    untils = {reference: desk.item(reference).proof.links[0].until for reference in ("RV-A01", "RV-A02")}
    assert untils == {"RV-A01": date(2021, 4, 30), "RV-A02": None}
    desk.wait(lambda: "lapses 30 Apr 2021" in lines(desk)[0].face.accessibleName())
    assert desk.page.table.judge.currency(date(2021, 4, 30)) is Currency.DUE_TO_LAPSE


def test_that_a_bad_day_is_told_and_given_up_with_the_item(desk):
    attach(desk, "Audit", "RV-A01")
    show(desk, "RV-A01", 1)
    lines(desk)[0].ask_day()
    QTest.keyClicks(lines(desk)[0].day.line, "31 June 2021")
    desk.select("RV-A02")
    assert "“31 June 2021” is no date" in desk.notices[-1]
    assert desk.item("RV-A01").proof.links[0].until is None


def test_that_delete_unlinks_and_leaves_the_piece_in_the_library(desk):
    attach(desk, "Audit", "RV-A01")
    show(desk, "RV-A01", 1)
    with desk.written():
        desk.press(KEY.Key_Delete, widget=lines(desk)[0].face)
    assert desk.item("RV-A01").proof.links == ()
    assert "Audit" in library(desk.workspace)
    desk.wait(lambda: lines(desk) == [])


def test_that_a_press_opens_the_file_from_a_read_only_copy(desk, opened):
    attach(desk, "Audit", "RV-A01", content=b"grades")
    show(desk, "RV-A01", 1)
    desk.press(KEY.Key_Return, widget=lines(desk)[0].face)
    desk.wait(lambda: len(opened) == 1)
    path = Path(opened[0].toLocalFile())
    assert path.name == "Audit.txt"
    assert path.read_bytes() == b"grades"
    desk.page.evidence.desk.close()
    assert not path.exists()


def test_that_the_menu_names_every_file_and_what_can_be_done(desk, opened):
    evidence_id = attach(desk, "Audit", "RV-A01", content=b"grades")
    with desk.written():
        files = [AttachmentDraft("", url="https://www.gov.uk/a"), AttachmentDraft("", url="https://www.gov.uk/b")]
        desk.operations.change(add_revision, evidence_id, files)
    desk.select("RV-A01")
    desk.wait(lambda: bool(lines(desk)) and len(lines(desk)[0].served.attachments) == 2)
    menu = lines(desk)[0].menu
    menu.aboutToShow.emit()
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == ["Open a", "Open b", "Show in Evidence", "Counts here until… (F2)", "Unlink from this item (Del)"]
    menu.actions()[1].trigger()
    assert opened == [QUrl("https://www.gov.uk/b")]
    wanted = []
    desk.page.evidence_wanted.connect(wanted.append)
    menu.actions()[2].trigger()
    assert wanted == [evidence_id]


def test_that_a_piece_without_a_file_is_shown_in_the_library_when_pressed(desk):
    evidence_id = attach(desk, "Audit", "RV-A01")
    show(desk, "RV-A01", 1)
    wanted = []
    desk.page.evidence_wanted.connect(wanted.append)
    lines(desk)[0].face.click()
    assert wanted == [evidence_id]


def test_that_the_panel_follows_what_others_change(desk):
    evidence_id = attach(desk, "Audit", "RV-A01")
    show(desk, "RV-A01", 1)
    with desk.written():
        desk.operations.change(edit_evidence, evidence_id, [EvidenceEdit(EvidenceField.TITLE, "Audit of plans")])
    desk.wait(lambda: lines(desk)[0].served.row.title == "Audit of plans")
    other = attach(desk, "Survey")
    with desk.written():
        desk.operations.change(link_evidence, [other], [desk.item("RV-A01").id])
    desk.wait(lambda: [line.served.row.title for line in lines(desk)] == ["Audit of plans", "Survey"])


def test_that_several_items_are_offered_the_ways_alone(desk):
    attach(desk, "Audit", "RV-A01")
    desk.select("RV-A01", "RV-A02")
    section = desk.page.panel.evidence
    assert section.isVisibleTo(desk.page)
    assert section._none.text() == "Link or attach to all 2 items at once."
    assert lines(desk) == []
    assert [button.text() for button in (section.link_button, section.attach_button, section.address_button)] == [
        "Link existing", "Attach file", "Add link",
    ]  # fmt: skip
