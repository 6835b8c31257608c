"""Review in the checklist: the panel's section, keys, several items at once, and what changed since a sign-off."""

import pytest
from checklist_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from readiness.domain.review import ReviewVerb
from readiness.domain.views import Identity, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, ReviewKind
from readiness.services import items
from readiness.services.dossiers import read_reviews
from readiness.services.people import set_identity
from readiness.services.review import set_four_eyes
from ui.dialogs.reason_dialog import ReasonDialog
from ui.dialogs.what_changed_dialog import WhatChangedDialog

Key = Qt.Key
CHECK, SIGN, RETURN, WITHDRAW, SUBMIT = (
    ReviewVerb.CHECK, ReviewVerb.SIGN_OFF, ReviewVerb.RETURN, ReviewVerb.WITHDRAW, ReviewVerb.SUBMIT,
)  # fmt: skip


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    made.workspace.run(set_identity, Identity("", "Head of SEND", "SEND"))
    yield made
    made.close()


@pytest.fixture
def section(desk):
    desk.select("RV-A01")
    shown = desk.page.panel.review
    desk.wait(lambda: shown.state is not None)
    return shown


@pytest.fixture
def asked(monkeypatch):
    """The reasons that are given, one for each time that one is asked for; None: somebody thinks better of it."""
    given: list[str | None] = []
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: given.pop(0))
    return given


def offered(section):
    return [verb for verb, made in section.buttons.items() if not made.isHidden()]


def click(desk, section, verb):
    with desk.written():
        section.buttons[verb].click()
    desk.wait(lambda: desk.page.panel.review.state is not None)


def shows(desk, section, words):
    desk.wait(lambda: section.said.text().startswith(words))


def reviews(desk, reference):
    id_ = desk.item(reference).id
    return desk.workspace.read(read_reviews, id_).get(id_, ())


def edit(desk, reference, field, value):
    with desk.written():
        desk.operations.change(items.edit_items, [desk.item(reference).id], [ItemEdit(field, value)])


def test_that_the_panel_leads_from_submitting_to_the_check(desk, section):
    assert section.said.text() == "Not submitted yet."
    assert offered(section) == [SUBMIT, CHECK]
    section.note.setText("Ready")
    click(desk, section, SUBMIT)
    shows(desk, section, "Submitted by Head of SEND on ")
    assert section.note.text() == ""
    assert reviews(desk, "RV-A01")[0].note == "Ready"
    assert section.last.text().endswith("Submitted\nReady")
    assert offered(section) == [CHECK, RETURN]
    assert desk.item("RV-A01").status is ItemStatus.DRAFTED


def test_that_ones_own_claim_says_why_somebody_else_has_to_sign(desk, section):
    click(desk, section, CHECK)
    shows(desk, section, "Checked by Head of SEND")
    sign = section.buttons[SIGN]
    assert not sign.isEnabled()
    assert sign.toolTip() == "RV-A01 was checked by you: somebody else has to sign it off."
    with desk.written():
        desk.operations.change(set_four_eyes, False)
    desk.wait(sign.isEnabled)
    assert sign.toolTip() == "Sign off exactly what stands here (F8)"


def test_that_what_somebody_else_checked_is_signed_off_with_what_is_typed(desk, section):
    desk.checked_by_another("RV-A01")
    shows(desk, section, "Checked by Director of Education")
    position = desk.page.panel.texts.narratives[ItemField.POSITION]
    desk.wait(position.isEnabled)
    position.setFocus()
    desk.qtbot.keyClicks(position, "Known to every team")
    with desk.qtbot.waitSignals([desk.source.refreshed] * 2):
        section.buttons[SIGN].click()
    desk.wait(lambda: section.said.text().startswith("Signed off by Head of SEND"))
    assert reviews(desk, "RV-A01")[0].signed.position == "Known to every team"
    assert (desk.item("RV-A01").signed, desk.item("RV-A01").lapsed) == (True, False)
    assert offered(section) == [RETURN, WITHDRAW]


def test_that_a_lapse_shows_and_opens_what_changed_side_by_side(desk, section):
    desk.checked_by_another("RV-A01")
    desk.do("signoff")
    desk.wait(lambda: desk.item("RV-A01").signed)
    edit(desk, "RV-A01", ItemField.POSITION, "Known to every school")
    desk.wait(section.lapse.isVisible)
    assert section.lapse.text().startswith("Lapsed: position changed on ")
    section.changes.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, WhatChangedDialog)]
    assert dialog.title.text() == "RV-A01 Item 1 of A"
    assert dialog.signed.text().startswith("Signed off by Head of SEND on ")
    assert "Known to every school" in dialog.text.toPlainText()
    assert "Position" in dialog.text.accessibleDescription()
    dialog.reject()


def test_that_key_5_renews_a_sign_off_that_lapsed_and_nothing_that_stands(desk):
    desk.checked_by_another("RV-A01", "RV-A02")
    desk.select("RV-A01", "RV-A02")
    with desk.written():
        desk.press(Key.Key_5)
    edit(desk, "RV-A01", ItemField.GAP, "Something is missing")
    assert desk.item("RV-A01").lapsed
    desk.select("RV-A01", "RV-A02")
    with desk.qtbot.waitSignal(desk.operations.changed) as told, desk.written():
        desk.press(Key.Key_5)
    assert told.args[0].label == "Sign off RV-A01"
    assert not desk.item("RV-A01").lapsed
    with desk.qtbot.assertNotEmitted(desk.operations.changed, wait=100):
        desk.press(Key.Key_5)


def test_that_keys_do_it_to_all_selected_items_as_one_step(desk):
    desk.select("RV-A01", "RV-A02")
    with desk.qtbot.waitSignal(desk.operations.changed) as told, desk.written():
        desk.press(Key.Key_F6)
    assert told.args[0].label == "Submit 2 items"
    with desk.written():
        desk.press(Key.Key_F7)
    assert [desk.item(each).status for each in ("RV-A01", "RV-A02")] == [ItemStatus.CHECKED] * 2
    with desk.qtbot.waitSignal(desk.operations.failed) as failed:
        desk.press(Key.Key_F8)
    assert str(failed.args[0]).startswith("RV-A01 and RV-A02 were checked by you")
    desk.failures.clear()


def test_that_several_items_are_offered_what_is_next_for_some_of_them(desk):
    desk.checked_by_another("RV-A01")
    desk.select("RV-A01", "RV-A02")
    section = desk.page.panel.review
    assert section.isVisible()
    assert section.said.text() == "1 Not started and 1 Checked"
    assert offered(section) == [SUBMIT, CHECK, SIGN, RETURN]
    with desk.qtbot.waitSignal(desk.operations.failed) as failed:
        section.buttons[SIGN].click()
    assert "RV-A02 is not checked yet" in str(failed.args[0])
    desk.failures.clear()


def test_that_a_return_asks_for_its_reason_and_is_let_go_without_one(desk, section, asked):
    desk.checked_by_another("RV-A01")
    shows(desk, section, "Checked")
    asked.append(None)
    with desk.qtbot.assertNotEmitted(desk.operations.changed, wait=100):
        section.buttons[RETURN].click()
    asked.append("Say what the audit found")
    click(desk, section, RETURN)
    shows(desk, section, "Returned by Head of SEND")
    assert reviews(desk, "RV-A01")[0].note == "Say what the audit found"
    assert desk.item("RV-A01").status is ItemStatus.DRAFTED


def test_that_a_reason_written_in_the_panel_is_not_asked_for_again(desk, section, asked):
    desk.checked_by_another("RV-A01")
    with desk.written():
        desk.do("signoff")
    shows(desk, section, "Signed off")
    section.note.setText("Signed the wrong row")
    click(desk, section, WITHDRAW)
    shows(desk, section, "Checked")
    assert [(row.kind, row.note) for row in reviews(desk, "RV-A01")][:1] == [
        (ReviewKind.WITHDRAWN, "Signed the wrong row")
    ]
    assert asked == []


def test_that_a_note_for_one_item_is_not_kept_for_another(desk, section):
    section.note.setText("For the first")
    desk.select("RV-A02")
    desk.wait(lambda: section.state is not None and section.state.claim.reference == "RV-A02")
    assert section.note.text() == ""


def test_that_what_takes_no_part_offers_nothing(desk, section):
    edit(desk, "RV-A01", ItemField.STATUS, ItemStatus.NOT_APPLICABLE)
    shows(desk, section, "Takes no part")
    assert offered(section) == []
    assert section.note.isHidden()


def test_that_undo_takes_a_sign_off_back_in_the_panel_too(desk, section):
    desk.checked_by_another("RV-A01")
    with desk.written():
        desk.do("signoff")
    shows(desk, section, "Signed off")
    with desk.written():
        desk.page.foot.undo_asked.emit()
    shows(desk, section, "Checked by Director of Education")


def test_that_a_reason_is_needed_before_it_can_be_given(qtbot):
    dialog = ReasonDialog("Return A01", "Why?", "Return")
    qtbot.addWidget(dialog)
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert (ok.isEnabled(), ok.text()) == (False, "Return")
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClicks(dialog.text, "Not yet")
    assert ok.isEnabled()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.text, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.reason() == "Not yet"
