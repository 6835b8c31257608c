"""Joining from the first page: a folder or a bundle and the passphrase; a mistake keeps what was typed."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from team_of_laptops import PASSPHRASE, Team

from readiness.services.bundles import make_bundle
from ui.dialogs.preferences_dialog import PreferencesDialog


@pytest.fixture
def team(tmp_path: Path):
    made = Team(tmp_path, others=0)
    yield made
    made.close()


@pytest.fixture
def app(qtbot: QtBot, opened, monkeypatch):
    monkeypatch.setattr(PreferencesDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    app = opened(None)
    app.first_run.join_requested.emit()
    assert app.joining is not None
    return app


@pytest.mark.parametrize("kind", ["folder", "bundle"])
def test_that_a_team_is_joined_with_its_passphrase(qtbot, app, team, tmp_path, kind):
    source = team.place
    if kind == "bundle":
        source = tmp_path / "b.irtbundle"
        make_bundle(team.laptops[0], source)
    assert not app.joining.ok.isEnabled()
    app.joining.source.setText(str(source))
    app.joining.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        app.joining.ok.click()
    assert [row.reference for row in app.source.board.items] == ["A01", "A02", "A03", "B01"]
    qtbot.waitUntil(lambda: app.joining is None)


def test_that_another_passphrase_keeps_the_dialog_and_says_so(qtbot, app, team):
    app.joining.source.setText(str(team.place))
    app.joining.passphrase.setText("five words are not enough")
    app.joining.ok.click()
    qtbot.waitUntil(lambda: "does not open the team's data" in app.joining.fault.text(), timeout=20_000)
    assert app.joining.isEnabled()
    assert app.joining.source.text() == str(team.place)
    app.joining.source.setText(str(team.place.parent / "nowhere"))
    app.joining.ok.click()
    qtbot.waitUntil(lambda: "There is nothing at" in app.joining.fault.text(), timeout=20_000)
    app.joining.reject()
