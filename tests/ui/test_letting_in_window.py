"""Joining without the passphrase, in real windows: the new laptop's dialog, and the lead's Share page."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from team_of_laptops import Team

from readiness.domain.vocabulary import Trust
from readiness.services.introducing import introduce, introduced_in
from readiness.services.letting_in import let_in
from readiness.services.sharing_places import add_place
from ui.dialogs.preferences_dialog import PreferencesDialog


@pytest.fixture
def team(tmp_path: Path):
    made = Team(tmp_path, others=0)
    yield made
    made.close()


def test_that_a_new_laptop_introduces_itself_and_joins_once_it_was_let_in(
    qtbot: QtBot, opened, team, tmp_path, monkeypatch
):
    monkeypatch.setattr(PreferencesDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    out = tmp_path / "fostering.irtintro"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    app = opened(None)
    app.first_run.join_requested.emit()
    dialog, form = app.joining, app.joining.form
    dialog.source.setText(str(team.place))
    dialog.by_code.setChecked(True)
    assert (dialog.ok.isEnabled(), dialog.ok.toolTip()) == (False, "Make the file and send it to your lead.")
    assert not form.make.isEnabled()
    form.name.setText("Fostering laptop")
    form.make.click()
    qtbot.waitUntil(lambda: form.newcomer is not None)
    assert form.mine.text() == form.newcomer.code
    form.code.setText("AAAA-BBBB-CCCC")
    dialog.ok.click()
    qtbot.waitUntil(lambda: "Nobody has let this laptop in there yet" in dialog.fault.text(), timeout=20_000)
    code = let_in(team.laptops[0], out, form.newcomer.code)
    team.sync(0)
    form.code.setText(code.lower())
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        dialog.ok.click()
    assert [row.reference for row in app.source.board.items] == ["A01", "A02", "A03", "B01"]
    qtbot.waitUntil(lambda: app.joining is None)


def test_that_a_laptop_that_introduced_itself_before_sees_its_code_again(qtbot: QtBot, opened, tmp_path, monkeypatch):
    folder = tmp_path / "data" / "workspace"  # where the first page proposes to keep it
    found = introduce(folder, tmp_path / "x.irtintro", "SEND laptop")
    app = opened(None)
    app.first_run.join_requested.emit()
    qtbot.waitUntil(app.joining.by_code.isChecked)
    assert app.joining.form.mine.text() == found.code
    assert app.joining.form.name.text() == "SEND laptop"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "where"), ""))
    app.joining.form.make.click()
    qtbot.waitUntil(lambda: "cannot be written" in app.joining.fault.text())
    app.joining.reject()


@pytest.fixture
def page(qtbot: QtBot, opened, team):
    """The Share page on the founder's laptop, which shares through a folder."""
    founder = team.laptops.pop()
    add_place(founder, str(team.place))
    founder.close()
    app = opened(founder.folder)
    app.window.show_page("share")
    shown = app.window.stack.page("share")
    qtbot.waitUntil(lambda: shown.laptops.table.rowCount() == 1)
    return shown


def test_that_a_lead_compares_the_code_and_lets_a_laptop_in_and_nobody_by_another_file(
    qtbot: QtBot, page, tmp_path, monkeypatch
):
    file = tmp_path / "x.irtintro"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    file.write_text("no introduction")
    page.team.let_in.click()
    qtbot.waitUntil(lambda: "is no introduction of a laptop" in page.foot.notice)
    assert page.team.letting_in.dialog is None
    introduce(tmp_path / "other", file, "SEND laptop", replace=True)
    page.team.let_in.click()
    qtbot.waitUntil(lambda: page.team.letting_in.dialog is not None)
    file.unlink()
    introduce(tmp_path / "new", file, "SEND laptop")  # another one than was looked at
    page.team.letting_in.dialog.yes.click()
    qtbot.waitUntil(lambda: page.team.letting_in.dialog is None)
    assert "so nobody was let in" in page.foot.notice
    assert page.laptops.table.rowCount() == 1
    found = introduced_in(tmp_path / "new")
    page.team.let_in.click()
    qtbot.waitUntil(lambda: page.team.letting_in.dialog is not None)
    dialog = page.team.letting_in.dialog
    assert dialog.code.text() == found.code
    assert dialog.no.isDefault()
    with qtbot.waitSignal(page._desk.finished, timeout=20_000):
        dialog.yes.click()
    assert "team’s code" in dialog.code.accessibleName()
    assert dialog.code.text() != found.code
    assert not dialog.yes.isVisible()
    dialog.no.click()
    qtbot.waitUntil(lambda: page.laptops.table.rowCount() == 2)
    assert page._desk.board.laptops[1].trust is Trust.PINNED
    assert page.sentence.text() == "SEND laptop was let in and has not joined yet."
