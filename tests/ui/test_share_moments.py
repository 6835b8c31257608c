"""Rounds at the right moments: when somebody comes back, when the window closes, and the reply to a bundle."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from team_of_laptops import Team

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services import closing
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.items import edit_items
from readiness.services.sharing_places import add_place
from ui import share_moments


@pytest.fixture
def team(tmp_path: Path):
    """Two laptops of which the founder's is opened in the window."""
    made = Team(tmp_path)
    made.everybody_syncs()
    founder = made.laptops.pop(0)
    add_place(founder, str(made.place))
    made.founder_folder = founder.folder
    founder.close()
    yield made
    made.close()


@pytest.fixture
def app(qtbot: QtBot, opened, team: Team):
    app = opened(team.founder_folder)
    qtbot.waitUntil(lambda: app.commands.shares.desk is not None and app.commands.shares.desk.pulse is not None)
    return app


def owner_of(app, reference: str) -> str:
    return next(row.owner for row in app.source.board.items if row.reference == reference)


def comes_back(qapp) -> None:
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def test_that_coming_back_brings_what_is_new_at_most_once_a_minute(qtbot, qapp, app, team):
    moments, desk = app.commands.shares.moments, app.commands.shares.desk
    clock = [1_000.0]
    moments._now = lambda: clock[0]
    team.edit(0, "A01", ItemField.OWNER, "Head of Early Help")
    team.sync(0)
    with qtbot.waitSignal(desk.finished, timeout=20_000):
        comes_back(qapp)
    qtbot.waitUntil(lambda: owner_of(app, "A01") == "Head of Early Help")
    qtbot.waitUntil(lambda: not desk.is_running)
    clock[0] += 59
    comes_back(qapp)
    assert not desk.is_running
    clock[0] += 2
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not desk.is_running
    with qtbot.waitSignal(desk.finished, timeout=20_000):
        comes_back(qapp)


def edit(app, reference: str, owner: str) -> None:
    mine = next(row.id for row in app.source.board.items if row.reference == reference)
    app.operations.change(edit_items, [mine], [ItemEdit(ItemField.OWNER, owner)])


def test_that_closing_hands_on_what_was_just_done(qtbot, app, team):
    edit(app, "A02", "Head of SEND")
    app.window.close()
    assert not app.operations.has_workspace
    team.sync(0)
    assert team.shown(0, "A02").owner == "Head of SEND"


@pytest.mark.parametrize("how", ["Skip", "Esc", "time"])
def test_that_a_place_that_hangs_is_skipped_and_the_window_closes(qtbot, app, team, monkeypatch, how):
    let_go = Event()

    def hangs(target, team, label):
        let_go.wait()
        return real(target, team, label)

    real = closing.open_place
    patient = closing.hand_on.__kwdefaults__ | {"opener": hangs, "patience_s": 600.0}
    monkeypatch.setattr(closing.hand_on, "__kwdefaults__", patient)
    monkeypatch.setattr(share_moments, "SHOWN_AFTER_MS", 0)
    if how == "time":
        monkeypatch.setattr(share_moments, "LONGEST_MS", 50)
    moments = app.commands.shares.moments
    shown = moments._show

    def show_and_press() -> None:
        shown()
        if how == "Skip":
            moments.dialog.findChild(share_moments.ProgressLine).cancel.click()
        elif how == "Esc":
            moments.dialog.reject()

    monkeypatch.setattr(moments, "_show", show_and_press)
    edit(app, "A02", "Head of SEND")
    assert app.window.close()
    assert not app.operations.has_workspace
    let_go.set()


def test_that_a_window_without_places_closes_at_once(qtbot, opened, council):
    app = opened(council)
    qtbot.waitUntil(lambda: app.commands.shares.moments is not None)
    app.commands.shares.moments.leave()
    assert app.commands.shares.moments._loop is None


@pytest.fixture
def page(qtbot: QtBot, app):
    app.window.show_page("share")
    shown = app.window.stack.page("share")
    qtbot.waitUntil(lambda: shown.table.rowCount() == 2)
    return shown


def test_that_a_reply_is_offered_after_a_bundle_and_has_what_its_maker_lacks(
    qtbot, app, page, team, tmp_path, monkeypatch
):
    edit(app, "A02", "Head of SEND")
    team.edit(0, "A01", ItemField.OWNER, "Head of Early Help")
    bundle, reply = tmp_path / "b.irtbundle", tmp_path / "reply.irtbundle"
    make_bundle(team.laptops[0], bundle)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bundle), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(reply), ""))
    assert page.bundles.isHidden()
    page.take_in.click()
    qtbot.waitUntil(lambda: "b.irtbundle is taken in, from Director 1’s laptop." in page.bundles.words.text())
    qtbot.waitUntil(page.bundles.reply.isVisible)
    page.bundles.reply.click()
    qtbot.waitUntil(reply.exists)
    qtbot.waitUntil(page.bundles.isHidden)
    assert "reply.irtbundle: 1 change" in page.foot.notice
    take_bundle(team.laptops[0], reply)
    assert team.shown(0, "A02").owner == "Head of SEND"


def test_that_a_bundle_that_was_refused_offers_no_reply_and_one_during_a_round_is_asked_to_wait(
    qtbot, page, tmp_path, monkeypatch
):
    (tmp_path / "x.irtbundle").write_text("nothing")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "x.irtbundle"), ""))
    page.sync.click()
    page.bundles.take_in()
    assert page.foot.notice == "A round is under way. Take the bundle in once it is over."
    qtbot.waitUntil(lambda: not page._desk.is_running, timeout=20_000)
    with qtbot.waitSignal(page._desk.finished, timeout=20_000):
        page.take_in.click()
    page._desk.read()
    assert page.bundles.isHidden()
    assert page.bundles._taking is None
