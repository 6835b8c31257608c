"""The guard dialog: shows kinds, counts and places, leaves out unless a reason is given, and names no identifier."""

import random

import pytest
from planted import some_nhs_number, some_upn
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from readiness.domain.identifiers import Identifier
from readiness.domain.sightings import WHY, ScanResult, Sighting
from ui.dialogs.guard_dialog import MOST_ROWS, UNREAD, GuardDialog
from ui.theme import Scheme, ThemeSwitch

LEAVING = "Left out, the workbook is written without these texts."
SEEN = (
    Sighting(Identifier.UPN, 2, "sheet Contacts, row 12"),
    Sighting(Identifier.NHS_NUMBER, 1, "RV-C02, position"),
    Sighting(Identifier.CHILD_LIST, 212, "sheet Contacts, row 1: list 1, Contacts"),
)


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> GuardDialog:
    made = GuardDialog(ThemeSwitch(qapp, Scheme.LIGHT).theme, ScanResult("the workbook", SEEN), LEAVING)
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_what_was_seen_is_told_by_kind_count_and_place(dialog: GuardDialog) -> None:
    assert dialog.title.text() == (
        "The workbook holds what looks like 2 unique pupil numbers, 1 NHS number and 212 rows of a child-level list"
    )
    assert dialog.why.text() == f"{WHY} {LEAVING}"
    assert [dialog.places.item(row).text() for row in range(dialog.places.count())] == [
        "Sheet Contacts, row 12: 2 unique pupil numbers",
        "RV-C02, position: 1 NHS number",
        "Sheet Contacts, row 1: list 1, Contacts: 212 rows of a child-level list",
    ]


def test_that_it_is_left_out_by_whoever_presses_enter(qtbot: QtBot, dialog: GuardDialog) -> None:
    assert dialog.leave.hasFocus()
    assert dialog.leave.isDefault()
    with qtbot.waitSignal(dialog.finished) as finished:
        qtbot.keyClick(dialog.leave, Qt.Key.Key_Return)
    assert finished.args == [QDialog.DialogCode.Rejected]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Enter])
def test_that_it_is_left_out_though_a_reason_was_typed(qtbot: QtBot, dialog: GuardDialog, key: Qt.Key) -> None:
    qtbot.keyClicks(dialog.reason, "The panel asked for it")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog if key is Qt.Key.Key_Escape else dialog.leave, key)


def test_that_keeping_waits_for_a_reason(qtbot: QtBot, dialog: GuardDialog) -> None:
    assert not dialog.keep.isEnabled()
    assert dialog.keep.toolTip() == "Write first why it may stay."
    dialog.reason.setPlainText("  \n ")
    assert not dialog.keep.isEnabled()
    qtbot.keyClicks(dialog.reason, "The panel asked for it")
    assert dialog.keep.isEnabled()
    assert dialog.keep.toolTip() == ""
    with qtbot.waitSignal(dialog.accepted):
        dialog.keep.click()
    assert dialog.given_reason() == "The panel asked for it"


@pytest.mark.parametrize(
    ("reason", "said"),
    [(some_upn(random.Random(1)), "Write it without"), (some_nhs_number(random.Random(1)), "Write it without"),
     ("x" * 3_000, "Shorten it")],
)  # fmt: skip
def test_that_a_reason_that_cannot_be_kept_says_why(dialog: GuardDialog, reason: str, said: str) -> None:
    dialog.reason.setPlainText(reason)
    assert said in dialog.fault.text()
    assert not dialog.fault.isHidden()
    assert not dialog.keep.isEnabled()
    assert said in dialog.keep.toolTip()
    dialog.reason.setPlainText("Agreed")
    assert dialog.fault.isHidden()


def test_that_asking_gives_the_reason_or_nothing(qtbot: QtBot, qapp: QApplication, monkeypatch) -> None:
    theme, found = ThemeSwitch(qapp, Scheme.DARK).theme, ScanResult("Audit.xlsx", SEEN[:1])

    def answered(dialog: GuardDialog) -> int:
        dialog.reason.setPlainText(" Agreed ")
        return answer

    monkeypatch.setattr(GuardDialog, "exec", answered)
    answer = 1
    assert GuardDialog.ask(theme, found, LEAVING, None) == "Agreed"  # type: ignore[arg-type]
    answer = 0
    assert GuardDialog.ask(theme, found, LEAVING, None) is None  # type: ignore[arg-type]


def test_that_many_places_scroll_and_what_was_not_read_is_told(qtbot: QtBot, qapp: QApplication) -> None:
    seen = tuple(Sighting(Identifier.UPN, 1, f"line {number}") for number in range(51))
    found = ScanResult("", seen, ("It is large, so only its first 256 MB were looked through.",))
    dialog = GuardDialog(ThemeSwitch(qapp, Scheme.LIGHT).theme, found, LEAVING)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.places.count() == 51
    assert dialog.places.height() < (MOST_ROWS + 1) * 28
    assert dialog.title.text().startswith("This holds what looks like 51 unique")
    texts = [each.text() for each in dialog.findChildren(type(dialog.why))]
    assert any(text.startswith(f"{UNREAD}: It is large") for text in texts)
    assert dialog.height() < 700


def test_that_the_keyboard_reaches_everything_in_the_order_it_is_read(dialog: GuardDialog) -> None:
    order = [dialog.places, dialog.reason, dialog.keep, dialog.leave]
    dialog.reason.setPlainText("Agreed")
    met = [dialog.places]
    while len(met) < len(order):
        following = met[-1].nextInFocusChain()
        while not (following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isVisible()):
            following = following.nextInFocusChain()
        met.append(following)
    assert met == order
