"""Rounds at the right moments: when somebody comes back, when the window closes, and the reply to a bundle."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shared_laptops import founders_team, owner_of, sharing
from team_of_laptops import Team

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services import closing
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.items import edit_items
from ui import patience, share_moments


@pytest.fixture
def team(tmp_path: Path):
    with founders_team(tmp_path) as made:
        yield made


@pytest.fixture
def app(qtbot: QtBot, opened, team: Team):
    return sharing(qtbot, opened(team.founder_folder))


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
    clock[0] += 61
    qtbot.waitUntil(lambda: not desk.is_running)
    desk.pulse = replace(desk.pulse, has_places=False)
    comes_back(qapp)
    assert not desk.is_running
    moments.leave()  # nobody to hand anything to
    assert moments._loop is None


def edit(app, reference: str, owner: str) -> None:
    mine = next(row.id for row in app.source.board.items if row.reference == reference)
    app.operations.change(edit_items, [mine], [ItemEdit(ItemField.OWNER, owner)])


def test_that_closing_hands_on_what_is_new_and_waits_for_no_place_that_hangs(qtbot, app, team, monkeypatch):
    moments, real, let_go = app.commands.shares.moments, closing.open_place, Event()
    monkeypatch.setattr(share_moments, "SHOWN_AFTER_MS", 0)

    def hangs(target, team, label):
        let_go.wait()
        return real(target, team, label)

    shown = moments._show

    def show_and_press(how):
        shown()
        if how == "Skip":
            moments.dialog.findChild(share_moments.ProgressLine).cancel.click()
        elif how == "Esc":
            moments.dialog.reject()

    edit(app, "A02", "Head of SEND")
    with monkeypatch.context() as away:
        patient = closing.hand_on.__kwdefaults__ | {"opener": hangs, "patience_s": 600.0}
        away.setattr(closing.hand_on, "__kwdefaults__", patient)
        for how in ("Skip", "Esc", "time"):
            away.setattr(patience, "LONGEST_MS", 50 if how == "time" else 600_000)
            app.operations.patience.begin()
            away.setattr(moments, "_show", partial(show_and_press, how))
            moments.leave()
            assert (moments._loop, moments.dialog) == (None, None), how
    let_go.set()
    assert app.window.close()
    assert not app.operations.has_workspace
    team.sync(0)
    assert team.shown(0, "A02").owner == "Head of SEND"


@pytest.fixture
def page(qtbot: QtBot, app):
    app.window.show_page("share")
    shown = app.window.stack.page("share")
    qtbot.waitUntil(lambda: shown.laptops.table.rowCount() == 2)
    return shown


def test_that_a_reply_is_offered_to_a_bundle_that_was_taken_in_and_to_no_other(
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
    assert "reply.irtbundle: 2 changes" in page.foot.notice  # the edit, and that the bundle was taken in
    take_bundle(team.laptops[0], reply)
    assert team.shown(0, "A02").owner == "Head of SEND"
    (tmp_path / "b.irtbundle").write_text("nothing")
    page.sync.click()
    page.bundles.take_in()
    assert page.foot.notice == "A round is under way. Take the bundle in once it is over."
    qtbot.waitUntil(lambda: not page._desk.is_running, timeout=20_000)
    with qtbot.waitSignal(page._desk.finished, timeout=20_000):
        page.take_in.click()
    app.operations.settle()
    assert page.bundles.isHidden()
    assert page.bundles._taking is None
