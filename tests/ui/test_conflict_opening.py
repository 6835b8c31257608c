"""A field in conflict opens its chooser before anything is typed, in grids and panels, and is marked in both."""

from datetime import date
from pathlib import Path

import pytest
from council import id_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from team_of_laptops import Team

from readiness.domain.action_editing import ActionEdit, FindingEdit
from readiness.domain.evidence import ActionDraft, AttachmentDraft, EvidenceDraft, EvidenceEdit, FindingDraft
from readiness.domain.vocabulary import ActionField, EvidenceField, FindingField, ItemField
from readiness.services.actions import add_action, edit_actions
from readiness.services.dossiers import read_actions, read_evidence, read_findings
from readiness.services.evidence import attach_evidence, edit_evidence, point_link
from readiness.services.findings import add_finding, edit_findings
from readiness.services.links import set_link_validity
from ui.models.item_columns import NUMBERS

Key = Qt.Key
LINK = AttachmentDraft("The plan", url="https://example.org/plan")


def disagreeing(place: Path) -> Path:
    """Make a workspace with fields in conflict of A02, evidence, its link and file, an action and a finding."""
    team = Team(place)
    founder = team.laptops[0]
    founder.run(attach_evidence, [id_of(founder, "A01")], EvidenceDraft("Audit"), [LINK])
    founder.run(add_action, ActionDraft("Train"))
    founder.run(add_finding, FindingDraft("Late"))
    team.everybody_syncs()
    for number, laptop in enumerate(team.laptops):
        said = f"Laptop {number}"
        team.edit(number, "A02", ItemField.OWNER, said)
        team.edit(number, "A02", ItemField.GAP, said)
        (piece,), (action,), (finding,) = (laptop.read(each) for each in (read_evidence, read_actions, read_findings))
        laptop.run(edit_evidence, piece.id, [EvidenceEdit(EvidenceField.SHOWS, said)])
        laptop.run(set_link_validity, piece.links[0].id, date(2021, 6, 1 + number))
        laptop.run(point_link, piece.revisions[0].attachments[0].id, f"https://example.org/{number}")
        laptop.run(edit_actions, [action.id], [ActionEdit(ActionField.OWNER, said)])
        laptop.run(edit_findings, [finding.id], [FindingEdit(FindingField.OWNER, said)])
    team.everybody_syncs()
    team.close()
    return founder.folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return disagreeing(tmp_path_factory.mktemp("team"))


@pytest.fixture
def app(qtbot: QtBot, opened, folder: Path):
    """The founder's window; nothing is written to what all of these tests look at."""
    made = opened(folder)
    qtbot.waitUntil(lambda: len(made.window.stack._contested) == 6)
    return made


def page_of(app, key: str):
    app.window.show_page(key)
    return app.window.stack.page(key)


def chosen_for(qtbot: QtBot, app, field_label: str) -> None:
    """Wait for the chooser of a field, and see that nothing was written on the way."""
    page = app.window.stack.page("conflicts")
    assert app.window.stack.current_key == "conflicts"
    qtbot.waitUntil(lambda: page.chooser.conflict is not None and page.chooser.conflict.field_label == field_label)
    assert page.conflicts.rowCount() == 7


def at(page, column: int, row: int = 0) -> None:
    page.grid.setCurrentIndex(page.table.index(row, column))
    page.grid.setFocus()


def asked_by(how: str, page) -> None:
    grid, index = page.grid, page.grid.currentIndex()
    if how == "a letter":
        QTest.keyClicks(grid, "s")
    elif how == "F2":
        QTest.keyClick(grid, Key.Key_F2)
    elif how == "the menu":
        page._edit()
    else:
        place = grid.visualRect(index).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_a_cell_in_conflict_opens_its_chooser_however_it_is_edited(qtbot, app):
    page = page_of(app, "checklist")
    owner, service = NUMBERS["owner"], NUMBERS["service"]
    place = page.table.place_of(next(row.id for row in app.source.board.items if row.reference == "A02"))
    for how in ("a letter", "F2", "the menu", "a double click"):
        app.window.show_page("checklist")
        at(page, owner, place)
        asked_by(how, page)
        assert not page.grid.is_editing, how
        chosen_for(qtbot, app, "Owner")
    app.window.show_page("checklist")
    at(page, service, place)
    page._edit()
    assert page.grid.is_editing  # the cell beside it is edited as ever
    page.grid.finish_editing()


def test_that_tab_passes_a_cell_in_conflict_by(qtbot, app):
    page = page_of(app, "checklist")
    place = page.table.place_of(next(row.id for row in app.source.board.items if row.reference == "A02"))
    page.grid.horizontalHeader().setSectionHidden(NUMBERS["rating"], True)
    at(page, NUMBERS["status"], place)
    page._edit()
    editor = page.grid.indexWidget(page.grid.currentIndex())
    QTest.keyClick(editor, Key.Key_Tab)
    assert app.window.stack.current_key == "checklist"
    assert not page.grid.is_editing
    assert page.grid.currentIndex().column() == NUMBERS["owner"]


def test_that_the_panel_of_an_item_opens_the_chooser_and_says_what_is_in_conflict(qtbot, app):
    app.window.stack.open_item(next(row.id for row in app.source.board.items if row.reference == "A02"))
    page = app.window.stack.page("checklist")
    panel = page.panel
    qtbot.waitUntil(lambda: panel.texts.is_read)
    assert panel.conflicts.said.text() == "Changed on two laptops: Gap, Owner"
    gap, owner = panel.texts.narratives[ItemField.GAP], panel.fields.editors()[ItemField.OWNER]
    QTest.mouseClick(gap.viewport(), Qt.MouseButton.LeftButton)
    chosen_for(qtbot, app, "Gap")
    app.window.show_page("checklist")
    for key in (Key.Key_Tab, Key.Key_Escape):  # moving on is no edit
        QTest.keyClick(owner, key)
        assert app.window.stack.current_key == "checklist"
    QTest.keyClicks(owner.lineEdit(), "D")
    assert owner.currentText() == "Laptop 1"
    chosen_for(qtbot, app, "Owner")
    app.window.show_page("checklist")
    panel.conflicts.button.click()
    chosen_for(qtbot, app, "Gap")
    page.grid.picks.select([row.id for row in app.source.board.items])
    assert panel.conflicts.said.text().startswith("1 of these is in conflict")
    page.grid.picks.select([next(row.id for row in app.source.board.items if row.reference == "A01")])
    assert panel.conflicts.isHidden()


@pytest.mark.parametrize("key", ["actions", "findings"])
def test_that_actions_and_findings_open_the_chooser(qtbot, app, key):
    page = page_of(app, key)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    at(page, next(number for number, each in enumerate(page.table.columns) if each.key == "owner"))
    QTest.keyClick(page.grid, Key.Key_F2)
    chosen_for(qtbot, app, "Owner")
    app.window.show_page(key)
    assert page.panel.conflicts.said.text() == "Changed on two laptops: Owner"
    field = ActionField.OWNER if key == "actions" else FindingField.OWNER
    QTest.keyClicks(page.panel.fields.names[field], "D")
    chosen_for(qtbot, app, "Owner")
    said = page.table.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "in conflict" in said


def test_that_evidence_opens_the_chooser(qtbot, app):
    page = page_of(app, "evidence")
    qtbot.waitUntil(lambda: page.panel.shown_id != "")
    assert page.panel.conflicts.said.text() == "Changed on two laptops: What it shows"
    QTest.mouseClick(page.panel.texts.edits[EvidenceField.SHOWS].viewport(), Qt.MouseButton.LeftButton)
    chosen_for(qtbot, app, "What it shows")
    assert "in conflict" in page.table.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("how", ["a click", "Enter", "F2"])
def test_that_a_use_in_conflict_is_marked_and_opens_the_chooser(qtbot, app, how):
    page = page_of(app, "evidence")
    qtbot.waitUntil(lambda: page.panel.uses.lines != [])
    (line,) = page.panel.uses.lines
    assert line.button.accessibleName().endswith("in conflict. Enter opens the chooser")
    assert line._until.isHidden()  # what is in conflict is not written here
    line.button.setFocus()
    with qtbot.waitSignal(line.conflict_wanted):
        if how == "a click":
            QTest.mouseClick(line.button, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(line.button, Key.Key_Return if how == "Enter" else Key.Key_F2)
    chosen_for(qtbot, app, "Evidence counts until")


def test_that_a_file_in_conflict_is_marked_and_opens_the_chooser(qtbot, app):
    page = page_of(app, "evidence")
    qtbot.waitUntil(lambda: page.panel.files.lines != [])
    (line,) = page.panel.files.lines
    assert "in conflict" in line.face.accessibleName()
    assert "Changed on two laptops" in line.face.toolTip()
    QTest.mouseClick(line.face, Qt.MouseButton.LeftButton)
    chosen_for(qtbot, app, "Address")
    app.window.show_page("evidence")
    line._ask("point")  # the menu's word: no address is asked for that would be refused
    chosen_for(qtbot, app, "Address")


def test_that_the_evidence_of_an_item_is_marked_and_opens_the_chooser(qtbot, app):
    app.window.stack.open_item(next(row.id for row in app.source.board.items if row.reference == "A01"))
    section = app.window.stack.page("checklist").panel.evidence
    qtbot.waitUntil(lambda: section.lines != [])
    (line,) = section.lines
    assert "in conflict" in line.button.accessibleName()
    line.button.setFocus()
    with qtbot.waitSignal(line.conflict_wanted):
        QTest.keyClick(line.button, Key.Key_Return)
    chosen_for(qtbot, app, "Evidence counts until")


@pytest.mark.parametrize(("key", "field"), [("checklist", "Gap"), ("evidence", "What it shows"), ("actions", "Owner")])
def test_that_removing_what_is_in_conflict_says_why_and_opens_the_chooser(qtbot, app, key, field):
    page = page_of(app, key)
    qtbot.waitUntil(lambda: page.table.rowCount() > 0)
    if key == "checklist":
        at(page, 0, page.table.place_of(next(row.id for row in app.source.board.items if row.reference == "A02")))
    else:
        at(page, 0)
    with qtbot.waitSignal(app.operations.failed) as refused:
        page.verbs.remove()
    assert f"its “{field}” was changed on two laptops" in str(refused.args[0])
    chosen_for(qtbot, app, field)


def test_that_a_choice_gives_the_field_back(qtbot, opened, tmp_path):
    app = opened(disagreeing(tmp_path))
    app.window.stack.open_item(next(row.id for row in app.source.board.items if row.reference == "A02"))
    page, panel = app.window.stack.page("checklist"), app.window.stack.page("checklist").panel
    conflicts = page_of(app, "conflicts")
    qtbot.waitUntil(lambda: conflicts.conflicts.rowCount() == 7)
    with qtbot.waitSignal(app.operations.changed):
        conflicts.newest.click()
    qtbot.waitUntil(lambda: app.window.stack._contested == {})
    evidence = page_of(app, "evidence")
    qtbot.waitUntil(lambda: evidence.panel.files.lines != [] and evidence.panel.uses.lines != [])
    assert "in conflict" not in evidence.panel.files.lines[0].face.accessibleName()
    assert evidence.panel.uses.lines[0].button.contest is None
    app.window.show_page("checklist")
    assert panel.conflicts.isHidden()
    at(page, NUMBERS["owner"], page.grid.currentIndex().row())
    page._edit()
    assert page.grid.is_editing
    page.grid.finish_editing()
