"""The Checks page over a real workspace: the gap in a sentence, what was found, the way there, and mending."""

from dataclasses import replace

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, found_council, id_of
from proven_council import add_piece, add_record, set_fields, sign_unrecorded
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QWidget

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Severity
from readiness.services.inspections import remove_inspection
from readiness.services.items import edit_items
from ui.board import BoardSource
from ui.models.check_list import CheckHead
from ui.operations import Operations
from ui.pages.checks import NOWHERE, ChecksPage
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager


@pytest.fixture
def council(tmp_path, clock):
    """Two inspections; in the first, two claims without evidence, one of them signed by nobody."""
    with found_council(tmp_path / "two", clock, frameworks=(FRAMEWORK, OTHER)) as made:
        made.run(edit_items, [id_of(made, "A01")], [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)])
        made.run(sign_unrecorded, id_of(made, "A02"))
        yield made


@pytest.fixture
def operations(qtbot, council):
    made = Operations(council)
    yield made
    made._worker.wait()


@pytest.fixture
def source(qtbot, operations):
    made = BoardSource(operations, DAY)
    with qtbot.waitSignal(made.refreshed):
        made.reload()
    return made


@pytest.fixture
def page(qtbot, operations, source):
    made = ChecksPage(operations, source, make_theme(False, QFont()))
    qtbot.addWidget(made)
    made.resize(1206, 720)
    made.show()
    qtbot.waitUntil(lambda: bool(made.found.checks.rows))
    return made


def said(page: ChecksPage) -> str:
    return page.sentence.text().replace("</span>", "").split(">", 1)[1]


def go_to(page: ChecksPage, code: str, place: str = "") -> None:
    """Make the heading of a rule, or a place of it, the current row."""
    checks = page.found.checks
    checks.set_open(code, bool(place))
    head = checks.place_of((code,))
    rows = [
        number
        for number, row in enumerate(checks.rows)
        if number > head and not isinstance(row, CheckHead) and row.code == code and row.about.name == place
    ]
    page.found.list.setCurrentIndex(checks.index(rows[0] if place else head))


def action(page: ChecksPage, words: str) -> QAction:
    return next(each for found in page.page_actions().values() for each in found if each.text() == words)


def codes(page: ChecksPage) -> list[str]:
    return [row.rule.code for row in page.found.checks.rows if isinstance(row, CheckHead)]


def read_after(qtbot, page: ChecksPage, act) -> None:
    """Do something that writes, and wait until the page shows what came of it."""
    before = page._report
    act()
    qtbot.waitUntil(lambda: page._report is not before)


def test_that_the_page_opens_with_the_assertion_gap(page):
    assert said(page) == "2 of 2 claims do not stand: 2 without current evidence."
    assert page.doubted.text() == "Show all 2"
    assert page.found.count.text().endswith(f" in {len(codes(page))} checks")


def test_that_the_claims_that_do_not_stand_open(qtbot, page, council):
    with qtbot.waitSignal(page.open_items) as told:
        qtbot.mouseClick(page.doubted, Qt.MouseButton.LeftButton)
    assert set(told.args[0].items) == {id_of(council, "A01"), id_of(council, "A02")}
    assert told.args[0].label == "Claimed, not proven"


def test_that_enter_opens_the_item_of_a_place_and_folds_a_heading(qtbot, page, council):
    go_to(page, "claim-unproven", "A01")
    with qtbot.waitSignal(page.open_item) as told:
        qtbot.keyClick(page.found.list, Qt.Key.Key_Return)
    assert told.args == [id_of(council, "A01")]
    go_to(page, "claim-unproven")
    qtbot.keyClick(page.found.list, Qt.Key.Key_Return)
    assert page.found.checks.rows[0].is_open


def test_that_right_and_left_fold(qtbot, page):
    go_to(page, "claim-unproven")
    qtbot.keyClick(page.found.list, Qt.Key.Key_Right)
    assert page.found.checks.rows[0].is_open
    qtbot.keyClick(page.found.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.found.list, Qt.Key.Key_Left)
    assert page.found.list.currentIndex().row() == 0
    assert not page.found.checks.rows[0].is_open


def test_that_a_heading_opens_all_items_behind_it(qtbot, page, council):
    go_to(page, "claim-unproven")
    with qtbot.waitSignal(page.open_items) as told:
        action(page, "Open the place, or all places of the check").trigger()
    assert set(told.args[0].items) == {id_of(council, "A01"), id_of(council, "A02")}
    assert told.args[0].label == "Claimed without current evidence"


def test_that_evidence_opens_the_items_that_use_it(qtbot, page, council, operations):
    read_after(qtbot, page, lambda: operations.change(add_piece, [id_of(council, "A03")], "Survey", shows=""))
    go_to(page, "evidence-undescribed", "Survey")
    with qtbot.waitSignal(page.open_items) as told:
        qtbot.keyClick(page.found.list, Qt.Key.Key_Return)
    assert told.args[0].items == (id_of(council, "A03"),)


def test_that_what_nothing_stands_behind_says_so(qtbot, page, operations):
    read_after(qtbot, page, lambda: operations.change(add_piece, [], "Survey"))
    go_to(page, "evidence-unused", "Survey")
    qtbot.keyClick(page.found.list, Qt.Key.Key_Return)
    assert page.foot.notice == NOWHERE


def test_that_a_finding_opens_its_area_or_inspection(qtbot, page, council, operations):
    area = board_of(council).areas[0]
    for title, area_id in (("Of the area", area.id), ("Of all", "")):
        told = {"title": title, "inspection_id": area.inspection_id, "area_id": area_id, "status": "open"}
        read_after(qtbot, page, lambda told=told: operations.change(add_record, "finding", **told))
    go_to(page, "finding-idle", "Of the area")
    with qtbot.waitSignal(page.open_items) as opened:
        qtbot.keyClick(page.found.list, Qt.Key.Key_Return)
    assert opened.args[0].areas == (area.id,)
    go_to(page, "finding-idle", "Of all")
    with qtbot.waitSignal(page.open_items) as opened:
        qtbot.keyClick(page.found.list, Qt.Key.Key_Return)
    assert opened.args[0].inspections == (area.inspection_id,)


def test_that_f_mends_and_the_place_is_gone(qtbot, page, council):
    go_to(page, "sign-off-unrecorded", "A02")
    read_after(qtbot, page, action(page, "Mend").trigger)
    assert "sign-off-unrecorded" not in codes(page)
    assert board_of(council).items[1].status is ItemStatus.CHECKED


def test_that_undo_in_the_foot_brings_it_back(qtbot, page):
    go_to(page, "sign-off-unrecorded")
    read_after(qtbot, page, action(page, "Mend").trigger)
    read_after(qtbot, page, page.foot.undo_asked.emit)
    assert "sign-off-unrecorded" in codes(page)


def test_that_a_whole_check_is_mended_from_any_of_its_places(qtbot, page, council, operations):
    read_after(qtbot, page, lambda: operations.change(sign_unrecorded, id_of(council, "A01")))
    go_to(page, "sign-off-unrecorded", "A02")
    read_after(qtbot, page, action(page, "Mend all places of this check").trigger)
    assert {item.status for item in board_of(council).items[:2]} == {ItemStatus.CHECKED}


def test_that_what_cannot_be_mended_says_so(qtbot, page):
    go_to(page, "claim-unproven", "A01")
    action(page, "Mend").trigger()
    assert "cannot be mended by itself" in page.foot.notice


def test_that_a_click_on_the_word_mends_and_one_on_a_heading_folds(qtbot, page):
    view = page.found.list
    go_to(page, "sign-off-unrecorded")
    rect = view.visualRect(view.currentIndex())
    place = view.delegate.mend_place(rect.toRectF()).center().toPoint()
    assert view.is_on_mend(view.currentIndex(), place)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 60, rect.center().y()))
    assert page.found.checks.row(view.currentIndex()).is_open
    read_after(qtbot, page, lambda: qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place))
    assert "sign-off-unrecorded" not in codes(page)


def test_that_chips_count_and_narrow_by_severity(qtbot, page):
    chips = page.found.chips
    counts = {severity: chip.count for severity, chip in chips.chips.items()}
    assert sum(counts.values()) == len(page._report.results)
    qtbot.mouseClick(chips.chips[Severity.SHOULD], Qt.MouseButton.LeftButton)
    shown = [row for row in page.found.checks.rows if isinstance(row, CheckHead)]
    assert {row.rule.severity for row in shown} == {Severity.SHOULD}
    assert sum(len(row.results) for row in shown) == counts[Severity.SHOULD]
    action(page, "Only what should be mended").trigger()
    assert {row.rule.severity for row in page.found.checks.rows if isinstance(row, CheckHead)} > {Severity.SHOULD}


def test_that_a_severity_of_which_nothing_is_left_can_be_cleared(qtbot, page):
    page.found.chips.press(Severity.MUST)
    report = page._report
    kept = tuple(result for result in report.results if result.severity is not Severity.MUST)
    page.found.show_report(replace(report, results=kept))
    assert page.found.middle.currentWidget() is page.found.empty
    page.found.empty.acted.emit()
    assert page.found.middle.currentWidget() is page.found.list


def test_that_where_everything_holds_the_page_says_so(page):
    page.found.show_report(replace(page._report, results=()))
    assert page.found.middle.currentWidget() is page.found.empty
    assert page.found.empty.accessibleName().startswith("Everything holds")
    assert page.found.chips.isHidden()


def test_that_the_header_switch_narrows_the_page(page, source):
    whole = len(page._report.results)
    page.set_inspection(source.board.inspections[1].id)
    assert said(page) == "Nothing is claimed yet: no item is Checked or Signed off."
    assert page.doubted.isHidden()
    assert 0 < sum(chip.count for chip in page.found.chips.chips.values()) < whole
    page.set_inspection(None)
    assert sum(chip.count for chip in page.found.chips.chips.values()) == whole


def test_that_without_inspections_the_page_says_what_to_do(qtbot, page, source, operations):
    for row in source.board.inspections:
        read_after(qtbot, page, lambda row=row: operations.change(remove_inspection, row.id))
    assert page.middle.currentWidget() is page.nothing


def test_that_the_row_people_are_at_stays_when_something_else_changes(qtbot, page, council, operations):
    go_to(page, "claim-unproven", "A02")
    owner = [ItemEdit(ItemField.OWNER, "Head of SEND")]
    read_after(qtbot, page, lambda: operations.change(edit_items, [id_of(council, "B01")], owner))
    row = page.found.checks.row(page.found.list.currentIndex())
    assert (row.code, row.about.name) == ("claim-unproven", "A02")


def test_that_a_hidden_page_asks_when_it_is_seen_again(qtbot, page, council, operations, source):
    page.hide()
    before = page._report
    with qtbot.waitSignal(source.refreshed):
        operations.change(set_fields, "item", id_of(council, "A01"), status="drafted")
    assert page._report is before
    read_after(qtbot, page, page.show)
    assert said(page).startswith("1 of 1 claim does not stand")


def test_that_long_work_says_what_it_is_about(page):
    page._report = None
    page._on_waited()
    assert page.waiting.text() == "Looking through 5 items and their evidence…"


def test_that_a_second_view_brings_a_switch_and_its_own_actions(qtbot, page):
    assert page.switch.isHidden()

    class Queue(QWidget):
        hints = "1 checks"

        def page_actions(self):
            return {"Item": [QAction("Check", self)]}

    page.add_view("review", "To review", Queue())
    assert page.switch.isVisible()
    assert page.switch.current == "found"
    with qtbot.waitSignal(page.view_changed):
        page.switch.chosen.emit("review")
    assert [each.text() for each in page.page_actions()["Item"]] == ["Check"]
    assert page.switch.current == "review"


def test_that_the_page_is_painted_in_both_themes_and_narrow(page):
    for dark in (True, False):
        for widget in (page, page.found.list, page.foot):
            widget.set_theme(make_theme(dark, QFont()))
        page.resize(900, 500)
        go_to(page, "sign-off-unrecorded", "A02")
        assert not page.grab().isNull()


def test_that_every_action_has_a_key_of_its_own(page):
    keys = [each.shortcut().toString() for found in page.page_actions().values() for each in found]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_that_answers_after_the_page_is_gone_are_dropped(qtbot, operations, source):
    gone = ChecksPage(operations, source, make_theme(False, QFont()))
    gone._ask()
    gone.deleteLater()
    with qtbot.waitSignal(gone.destroyed):
        pass
    with qtbot.waitSignal(source.refreshed):
        source.reload()
