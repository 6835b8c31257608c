"""Review in the window: the queue on the Checks page, and the setting that nobody signs off what they claim."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from test_access import actions_of, focusable, nameless

from readiness.domain.review import QueueKind
from ui.dialogs.preferences_dialog import PreferencesAnswer, PreferencesDialog


@pytest.fixture
def app(qtbot: QtBot, opened, council):
    return opened(council)


@pytest.fixture
def queue(qtbot: QtBot, app):
    app.window.show_page("checks")
    page = app.window.stack.page("checks")
    page.show_view("review")
    shown = page.views.currentWidget()
    qtbot.waitUntil(lambda: shown.queue.rowCount() > 0 and shown.panel.review.state is not None)
    return shown


def test_that_the_queue_stands_on_the_checks_page_with_names_and_keys(app, queue):
    assert {row.kind for row in queue.queue.rows} == set(QueueKind)
    page = app.window.stack.page("checks")
    assert queue in focusable(page) or queue.list in focusable(page)
    assert nameless(page) == []
    listed = [action for top in app.window.menuBar().actions() for _, action in actions_of(top.menu())]
    own = queue.page_actions()["Item"]
    assert {id(action) for action in own} <= {id(action) for action in listed}
    keys = [key.toString() for action in listed for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    assert "C checks" in page.foot._hints.text()


def test_that_enter_leads_to_the_item_in_the_checklist(qtbot: QtBot, app, queue):
    first = queue.queue.rows[0].item
    queue._actions["open"].trigger()
    checklist = app.window.stack.page("checklist")
    qtbot.waitUntil(lambda: checklist.panel.item_id == first.id)
    assert app.window.stack.current_key == "checklist"


def test_that_preferences_say_whether_one_person_may_claim_and_sign(qtbot: QtBot, app, monkeypatch):
    shown: list[bool] = []

    def answer(identity, title, _parent, *, four_eyes):
        shown.append(four_eyes)
        return PreferencesAnswer(identity, title, not four_eyes)

    monkeypatch.setattr(PreferencesDialog, "ask", answer)
    for wanted in (False, True):
        with qtbot.waitSignal(app.source.refreshed):
            app.commands.preferences()
        assert app.source.board.workspace.four_eyes is wanted
    assert shown == [True, False]


def test_that_the_dialog_shows_the_setting_and_gives_it_back(qtbot: QtBot, app):
    for four_eyes in (True, False):
        dialog = PreferencesDialog(app.window.identity, "Council", app.window, four_eyes=four_eyes)
        assert dialog.four_eyes.isChecked() is four_eyes
        dialog.four_eyes.click()
        assert dialog.answer() == replace(dialog.answer(), four_eyes=not four_eyes)
        dialog.deleteLater()
