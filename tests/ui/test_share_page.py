"""The Share page: a round brings what colleagues did, says so, and everything can be taken back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from council import id_of
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shared_laptops import founders_team, owner_of, sharing
from team_of_laptops import PASSPHRASE, Team

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, Trust
from readiness.services import kept_back
from readiness.services.evidence import attach_evidence
from readiness.services.items import edit_items
from readiness.services.shared_files import set_files_travel
from readiness.storage.exchange import note_seen
from readiness.storage.files import FileStore
from readiness.storage.workspace import driver_cursor
from ui.dialogs.passphrase_dialog import PassphraseDialog
from ui.pages import share_places


@pytest.fixture
def team(tmp_path: Path):
    with founders_team(tmp_path) as made:
        yield made


@pytest.fixture
def app(qtbot: QtBot, opened, team: Team):
    return sharing(qtbot, opened(team.founder_folder))


@pytest.fixture
def page(qtbot: QtBot, app):
    app.window.show_page("share")
    shown = app.window.stack.page("share")
    qtbot.waitUntil(lambda: shown.laptops.table.rowCount() == 2)
    return shown


def colleague_edits(team: Team, reference: str, field: ItemField, value: object) -> None:
    team.edit(0, reference, field, value)  # of the laptops that are left, the first
    team.sync(0)


def synced(qtbot: QtBot, page) -> None:
    with qtbot.waitSignal(page._desk.finished, timeout=20_000):
        page.sync.click()
    qtbot.waitUntil(lambda: not page._desk.is_running)


def test_that_sync_now_brings_an_edit_and_says_who_made_it(qtbot, app, page, team):
    colleague_edits(team, "A01", ItemField.OWNER, "Head of Early Help")
    synced(qtbot, page)
    qtbot.waitUntil(lambda: owner_of(app, "A01") == "Head of Early Help")
    assert page.foot.notice == "1 change from 1 laptop joined."
    tree = page.report.tree
    qtbot.waitUntil(lambda: [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())] == ["SEND (1)"])
    service = tree.topLevelItem(0)
    assert [service.child(0).text(column) for column in range(4)] == [
        "A01 Quality of plans", "Owner", "Head of Early Help", "Director 1’s laptop",
    ]  # fmt: skip
    with qtbot.waitSignal(page.open_item) as opened_item:
        page.report.tree.itemActivated.emit(service.child(0), 0)
    assert opened_item.args[0] == next(row.id for row in app.source.board.items if row.reference == "A01")


def test_that_a_merge_is_undone_as_one(qtbot, app, page, team):
    colleague_edits(team, "A01", ItemField.OWNER, "Head of Early Help")
    colleague_edits(team, "A02", ItemField.OWNER, "Head of Early Help")
    synced(qtbot, page)
    qtbot.waitUntil(lambda: page.report.tree.topLevelItemCount() == 2)
    with qtbot.waitSignal(app.operations.changed):
        page.report.link_activated.emit()
    qtbot.waitUntil(lambda: owner_of(app, "A01") == owner_of(app, "A02") == "")


def test_that_an_edit_during_a_round_finds_its_turn(qtbot, app, page, team):
    colleague_edits(team, "A01", ItemField.OWNER, "Head of Early Help")
    mine = next(row.id for row in app.source.board.items if row.reference == "A02")
    with qtbot.waitSignal(page._desk.finished, timeout=20_000):
        page.sync.click()
        app.operations.change(edit_items, [mine], [ItemEdit(ItemField.OWNER, "Head of SEND")])
    qtbot.waitUntil(lambda: (owner_of(app, "A01"), owner_of(app, "A02")) == ("Head of Early Help", "Head of SEND"))
    synced(qtbot, page)
    team.sync(0)
    assert team.shown(0, "A02").owner == "Head of SEND"


def test_that_a_round_can_be_stopped_and_the_next_goes_on(qtbot, app, page, team):
    colleague_edits(team, "A01", ItemField.OWNER, "Head of Early Help")
    with qtbot.waitSignal(page._desk.finished, timeout=20_000) as ended:
        page.sync.click()
        page.progress.cancel.click()
    assert "Stopped" in ended.args[0].places[0].trouble
    assert not page.progress.isVisible()
    synced(qtbot, page)
    qtbot.waitUntil(lambda: owner_of(app, "A01") == "Head of Early Help")


def test_that_a_place_that_is_away_is_said_beside_it_and_stops_nothing(qtbot, app, page, team):
    away = team.place.rename(team.place.with_name("moved"))
    synced(qtbot, page)
    assert "cannot be reached now" in page.foot.notice
    qtbot.waitUntil(lambda: "cannot be reached now" in page._desk.board.places[0].trouble)
    away.rename(team.place)
    page._desk._on_time()  # by itself
    qtbot.waitUntil(lambda: page._desk.board.places[0].trouble == "", timeout=20_000)


def test_that_the_data_code_is_copied_and_equal_on_both(qtbot, app, page, team):
    page.code.click()
    assert QGuiApplication.clipboard().text() == page.code.text() == team.board(0).data_code


def test_that_places_are_added_and_left(qtbot, app, page, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(share_places.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "stick"))
    page.places.folder.click()
    qtbot.waitUntil(lambda: len(page._desk.board.places) == 2)
    monkeypatch.setattr(share_places.QInputDialog, "getText", lambda *_, **__: ("postgresql://a:secret@b/c", True))
    page.places.hub.click()
    qtbot.waitUntil(lambda: "A password is never kept" in page.foot.notice)
    page.places._on_leave(str(tmp_path / "stick"))
    qtbot.waitUntil(lambda: len(page._desk.board.places) == 1)


def test_that_a_bundle_is_written_and_taken_in(qtbot, app, page, team, tmp_path, monkeypatch):
    target = tmp_path / "out.irtbundle"
    monkeypatch.setattr(share_places.QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.bundles._write(None)
    qtbot.waitUntil(lambda: target.exists() and "out.irtbundle" in page.foot.notice)
    monkeypatch.setattr(share_places.QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(page._desk.finished, timeout=20_000) as ended:
        page.take_in.click()
    assert ended.args[0].places[0].trouble == ""
    target.write_bytes(b"no bundle")
    with qtbot.waitSignal(page._desk.finished, timeout=20_000):
        page.take_in.click()
    assert "no bundle of this program" in page.foot.notice


def test_that_an_evidence_file_comes_once_both_laptops_share_files(qtbot, app, page, team):
    colleague = team.laptops[0]
    stored = FileStore(colleague.folder).keep(b"What the audit found")
    file = AttachmentDraft("Audit.pdf", stored.sha256, stored.size)
    colleague.run(attach_evidence, [id_of(colleague, "A01")], EvidenceDraft("Audit"), [file])
    set_files_travel(colleague, True)
    team.sync(0)
    synced(qtbot, page)
    qtbot.waitUntil(lambda: page.team.lacking.text().startswith("1 evidence file of other laptops not here yet. Share"))
    page.team.files.click()
    qtbot.waitUntil(lambda: page._desk.board.do_files_travel)
    synced(qtbot, page)
    assert page.foot.notice == "Nothing new. 1 evidence file came."
    qtbot.waitUntil(lambda: not page.team.lacking.isVisible())
    assert FileStore(team.founder_folder).verify(stored.sha256)


def test_that_a_laptop_is_confirmed_shut_out_and_let_in(qtbot, app, page, monkeypatch):
    page.laptops.view.selectRow(1)
    monkeypatch.setattr(page.laptops, "_sure", lambda *_: True)
    for press, trust in (
        (page.laptops.confirm, Trust.PINNED),
        (page.laptops.shut_out, Trust.REVOKED),
        (page.laptops.shut_out, Trust.PINNED),
    ):
        press.click()
        qtbot.waitUntil(lambda trust=trust: page._desk.board.laptops[1].trust is trust)
        page.laptops.view.selectRow(1)


def test_that_the_passphrase_dialog_judges_while_one_writes(qtbot, app):
    dialog = PassphraseDialog(app.themes.theme, app.window)
    qtbot.addWidget(dialog)
    for first, second, fits in (("secret", "secret", False), (PASSPHRASE, "", False), (PASSPHRASE, PASSPHRASE, True)):
        dialog.line.setText(first)
        dialog.again.setText(second)
        assert dialog.ok.isEnabled() == fits
        assert bool(dialog.ok.toolTip()) != fits


def test_that_what_waited_a_day_is_counted_and_let_in_as_a_conflict(qtbot, app, page, team, monkeypatch):
    for owner in ("Head of SEND", "Head of Early Help", "Director of Education"):
        colleague_edits(team, "A01", ItemField.OWNER, owner)
    segments = sorted((team.place / "IRT-abababab" / "devices" / team.device(0)).glob("*.irtseg"))
    middle = segments[-2].read_bytes()
    segments[-2].unlink()
    assert page.kept.isHidden()
    synced(qtbot, page)
    qtbot.waitUntil(lambda: "1 change waits for something earlier" in page.kept.lines.text())
    assert not page.kept.treat.isVisible()
    tomorrow = replace(page._desk.board, kept=replace(page._desk.board.kept, overdue=1))
    page._desk.board_read.emit(tomorrow)
    assert page.kept.treat.isVisible()
    assert page.kept.late.text() == "1 field has waited for a day or more."
    monkeypatch.setattr(kept_back, "LONG_ENOUGH", timedelta(0))
    with qtbot.waitSignal(app.operations.changed):
        page.kept.treat.click()
    assert page.foot.notice == "1 field is in conflict now: choose which value stands."
    qtbot.waitUntil(lambda: page.kept.isHidden() and page.choose.isVisible())
    segments[-2].write_bytes(middle)
    synced(qtbot, page)
    qtbot.waitUntil(lambda: not page.choose.isVisible())


def test_that_a_file_that_could_not_be_taken_in_is_named_until_it_is_dismissed(qtbot, app, page):
    name = "relay/eeeeeeeeeeeeeeee/0123456789ab.irtseg"

    def refused(workspace):
        at = "2021-03-01T09:30:00.000Z"
        workspace.maintain(lambda made: note_seen(driver_cursor(made), "bundle:b.irtbundle", name, 9, "damaged", at))

    page._desk.do(refused)
    qtbot.waitUntil(lambda: len(page._desk.board.faults) == 1)
    (dismiss,) = [each for each in page.places.findChildren(QPushButton) if each.text() == "Dismiss"]
    assert dismiss.accessibleName().startswith("Dismiss: 0123456789ab.irtseg: this file is damaged")
    dismiss.click()
    qtbot.waitUntil(lambda: page._desk.board.faults == ())
    assert [each.text() for each in page.places.findChildren(QPushButton) if each.isVisible()].count("Dismiss") == 0
