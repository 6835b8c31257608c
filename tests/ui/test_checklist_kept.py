"""What the Checklist page keeps between runs: views, columns and their widths, the panel, and the last visit."""

import pytest
from checklist_desk import Desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from shiboken6 import delete

from readiness.domain.filters import ItemFilter
from readiness.domain.vocabulary import Rating
from ui.models.item_columns import COLUMNS, NUMBERS
from ui.models.saved_views import WIDTHS
from ui.pages.checklist import ChecklistPage
from ui.settings import Settings

Key = Qt.Key


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()


def test_that_a_view_is_saved_offered_and_forgotten(desk, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: ("  Late ones ", True))
    desk.do("save_view")
    assert desk.notices[-1].startswith("Nothing is filtered")
    desk.page.show_filter(ItemFilter(ratings=(Rating.AT_RISK,), text="item"))
    desk.do("save_view")
    bar = desk.page.head.filters
    assert bar.view.values == ("Late ones",)
    desk.do("clear")
    bar.view.chosen.emit(("Late ones",))
    assert desk.page.current_filter().ratings == (Rating.AT_RISK,)
    desk.do("forget_view")
    assert bar.view.values == ()
    assert desk.settings.get("checklist.views") == {}


def test_that_columns_are_chosen_and_remembered(desk):
    switch = next(action for action in desk.page.head.column_actions() if action.data() == "kind")
    assert desk.page.grid.isColumnHidden(NUMBERS["kind"])
    switch.trigger()
    assert not desk.page.grid.isColumnHidden(NUMBERS["kind"])
    assert desk.settings.get("checklist.columns") == {"kind": True}


def test_that_a_narrow_window_drops_the_service_and_then_the_panel(desk):
    page = desk.page
    assert not page.grid.isColumnHidden(NUMBERS["service"])
    page.resize(1100, 700)
    desk.wait(lambda: page.grid.isColumnHidden(NUMBERS["service"]))
    assert page.view.has_panel
    page.resize(960, 700)
    desk.wait(lambda: not page.view.has_panel)
    assert not page.grid.isColumnHidden(NUMBERS["service"])
    desk.select("RV-A01")
    desk.press(Key.Key_Return)
    assert page.view.has_panel
    page.resize(1300, 700)
    desk.wait(lambda: page.view.has_panel)


def test_that_a_closed_panel_stays_closed_next_time(desk, qtbot, tmp_path):
    desk.page.panel.closed.emit()
    assert desk.settings.get("checklist.panel") is False
    again = Desk(qtbot, tmp_path / "again", desk.settings)
    assert not again.page.view.has_panel
    again.close()


def test_that_changes_since_the_last_visit_are_counted_on_the_next(desk):
    desk.select("RV-A01")
    with desk.written():
        desk.press(Key.Key_2)
    assert desk.page.scope.changed_since is None  # nobody was here before
    assert not desk.page.table.is_changed(desk.item("RV-A01"))
    desk.page.visit_ended()
    again = ChecklistPage(desk.operations, desk.source, desk.page.panel.theme, (), desk.settings)
    assert [item.reference for item in again.visible_items() if again.table.is_changed(item)] == ["RV-A01"]
    assert "1 changed since " in again.head.count.text()
    again.head.filters.view.chosen.emit(("Changed since my last visit",))
    assert [item.reference for item in again.visible_items()] == ["RV-A01"]
    another = ChecklistPage(desk.operations, desk.source, desk.page.panel.theme, (), desk.settings)
    assert another.scope.changed_since == again.scope.changed_since  # until a visit ended, the one before counts
    for page in (again, another):
        desk.operations.settle()
        delete(page)


def drag(desk, key: str, by: int) -> None:
    """Drag the right edge of a column."""
    header = desk.page.grid.horizontalHeader()
    number = NUMBERS[key]
    edge = QPoint(header.sectionViewportPosition(number) + header.sectionSize(number) - 1, header.height() // 2)
    for act, by_now in ((QTest.mouseMove, 0), (QTest.mousePress, 0), (QTest.mouseMove, by), (QTest.mouseRelease, by)):
        place = edge + QPoint(by_now, 0)
        if act is QTest.mouseMove:
            act(header.viewport(), place)
        else:
            act(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_that_the_widths_somebody_gave_to_columns_are_remembered(desk, qtbot, tmp_path):
    grid = desk.page.grid
    before = {key: grid.columnWidth(number) for key, number in NUMBERS.items()}
    drag(desk, "owner", 30)
    kept = desk.settings.get(WIDTHS)
    assert list(kept) == ["owner"]
    assert grid.columnWidth(NUMBERS["owner"]) == before["owner"] + 30
    desk.page.resize(1500, 800)
    assert grid.columnWidth(NUMBERS["owner"]) == before["owner"] + 30  # no longer ours to stretch
    again = Desk(qtbot, tmp_path / "again", desk.settings)
    assert again.page.grid.columnWidth(NUMBERS["owner"]) == before["owner"] + 30
    assert again.page.grid.columnWidth(NUMBERS["status"]) == before["status"]
    again.page.grid.set_theme(again.page.panel.theme)
    assert again.page.grid.columnWidth(NUMBERS["owner"]) == before["owner"] + 30
    again.close()


def test_that_widths_that_are_none_are_passed_over(qtbot, tmp_path):
    settings = Settings(None)
    settings.set(WIDTHS, {"status": "wide", "moon": 90, "rating": -4, "due": True, "service": 120})
    desk = Desk(qtbot, tmp_path, settings)
    widths = {key: desk.page.grid.columns.widths[key] for key in ("status", "rating", "due", "service")}
    usual = {column.key: column.width for column in COLUMNS}
    assert widths == {"status": usual["status"], "rating": usual["rating"], "due": usual["due"], "service": 120}
    desk.close()
