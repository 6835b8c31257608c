"""Which frameworks are offered: those in force on the day first and ticked, other editions after them and quieter."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QLabel

from readiness.frameworks.shipped import newest_editions, other_editions
from ui import offers
from ui.dialogs.inspection_dialog import InspectionDialog
from ui.offers import read_offer
from ui.pages.first_run import FirstRunPage
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

IN_2021, TODAY = date(2021, 4, 26), date(2026, 11, 25)
READY = date(2027, 2, 22)


@pytest.fixture
def page_on(qtbot, qapp):
    def make(day):
        frameworks, others = newest_editions(day), other_editions(day)
        ready = {each.id: READY for each in (*frameworks, *others)}
        page = FirstRunPage(make_theme(False, qapp.font()), frameworks, ready, "Documents", others=others)
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        qtbot.waitExposed(page)
        return page

    return make


@pytest.fixture
def dialog_on(qtbot, qapp):
    def make(day):
        theme = make_theme(False, qapp.font())
        dialog = InspectionDialog(theme, newest_editions(day), None, day, None, other_editions(day))
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


@pytest.mark.parametrize(
    ("day", "ticked", "others"),
    [
        (IN_2021, ["send-revisit-2018", "ilacs-2018"], ["area-send-2023", "ilacs-2024", "ilacs-2026"]),
        (TODAY, ["area-send-2023", "ilacs-2026"], ["send-revisit-2018", "ilacs-2018", "ilacs-2024"]),
        (date(2017, 1, 1), [], ["send-revisit-2018", "ilacs-2018", "area-send-2023", "ilacs-2024", "ilacs-2026"]),
    ],
)
def test_that_only_what_is_in_force_is_ticked_and_comes_first(page_on, day, ticked, others):
    page = page_on(day)
    assert [card.framework_id for card in page.cards] == [*ticked, *others]
    assert [card.framework_id for card in page.cards if card.is_chosen] == ticked
    assert page.answers.inspections == tuple((id_, READY) for id_ in ticked)


def test_that_the_heading_stands_between_them(page_on):
    page = page_on(TODAY)
    (heading,) = [label for label in page.findChildren(QLabel) if label.text() == "Other editions"]

    def top(widget):
        return widget.mapTo(page, widget.rect().topLeft()).y()

    assert top(page.cards[1]) < top(heading) < top(page.cards[2])


def test_that_another_edition_can_be_ticked_and_asks_for_its_date(qtbot, page_on):
    page = page_on(TODAY)
    card = page.cards[2]
    assert not card.date.isVisible()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert card.date.isVisible()
    card.date.setText("30 Apr 2027")
    assert page.answers.inspections[-1] == ("send-revisit-2018", date(2027, 4, 30))


def test_that_editions_of_one_title_are_told_apart_by_ear(page_on):
    page = page_on(TODAY)
    assert [card.box.accessibleName() or card.box.text() for card in page.cards] == [
        "Area SEND inspection",
        "Social care inspection (ILACS)",
        "SEND re-visit: written statement of action, 2018 to 2022",
        "Social care inspection (ILACS), 2018 to 2022",
        "Social care inspection (ILACS), April 2024 to March 2026",
    ]
    assert page.cards[1].box.accessibleDescription() == "Local authority children’s services, from April 2026"
    fields = [card.date.accessibleName() for card in page.cards]
    assert len(set(fields)) == 5
    assert fields[3] == "Social Care, 2018 to 2022: be ready by"


def test_that_the_dialog_offers_what_is_in_force_first(dialog_on):
    dialog = dialog_on(TODAY)
    box = dialog.framework
    assert [box.itemText(row) for row in range(box.count())] == [
        "Area SEND inspection, from January 2023 (54 items)",
        "Social care inspection (ILACS), from April 2026 (59 items)",
        "Other editions",
        "SEND re-visit: written statement of action, 2018 to 2022 (58 items)",
        "Social care inspection (ILACS), 2018 to 2022 (58 items)",
        "Social care inspection (ILACS), April 2024 to March 2026 (59 items)",
    ]
    assert box.currentIndex() == 0


def test_that_the_heading_of_the_dialog_is_passed_over(qtbot, dialog_on):
    dialog = dialog_on(IN_2021)
    dialog.framework.setFocus()
    chosen = []
    for _ in range(5):
        chosen.append(dialog.draft().framework.id)
        qtbot.keyClick(dialog.framework, Qt.Key.Key_Down)
    assert chosen == ["send-revisit-2018", "ilacs-2018", "area-send-2023", "ilacs-2024", "ilacs-2026"]


def test_that_choosing_another_edition_fills_in_its_names(dialog_on):
    dialog = dialog_on(IN_2021)
    dialog.framework.setCurrentIndex(3)
    assert (dialog.title.text(), dialog.short_title.text()) == ("Area SEND inspection", "Area SEND")
    draft = dialog.draft()
    assert (draft.framework.id, draft.title, draft.ready_by) == ("area-send-2023", "", IN_2021)


def test_that_the_dialog_offers_other_editions_where_none_is_in_force(dialog_on):
    dialog = dialog_on(date(2017, 1, 1))
    assert dialog.framework.currentText().startswith("SEND re-visit")
    assert dialog.draft().framework.id == "send-revisit-2018"


def test_that_the_files_of_frameworks_are_read_in_the_worker(qtbot, opened, council, monkeypatch):
    threads = []

    def read(day):
        threads.append(QThread.currentThread())
        return read_offer(day)

    monkeypatch.setattr(offers, "read_offer", read)
    asked = []
    monkeypatch.setattr(InspectionDialog, "ask_new", lambda *args: asked.append(args))
    app = opened(council)
    app.window.actions_by_name["add_inspection"].trigger()
    qtbot.waitUntil(lambda: bool(asked))
    app.show_first_run("The drive is full. Choose another folder.")
    qtbot.waitUntil(lambda: app.first_run is not None)
    assert app.first_run.notice.words == "The drive is full. Choose another folder."
    assert [draft.id for draft in asked[0][1].frameworks] == ["send-revisit-2018", "ilacs-2018"]
    assert len(threads) == 2
    assert QThread.currentThread() not in threads
