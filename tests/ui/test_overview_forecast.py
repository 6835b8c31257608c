"""The forecast on the Overview, over a real workspace: a day ahead shows what the board of that day would show."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, found_council, id_of, prove
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from readiness.domain.evidence import EvidenceDraft
from readiness.domain.figures import figures
from readiness.domain.filters import ItemFilter, passes
from readiness.domain.views import Board, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Rating
from readiness.services.evidence import attach_evidence
from readiness.services.items import edit_items
from readiness.storage.workspace import Workspace
from ui.board import BoardSource
from ui.models.forecast_words import INVITATION
from ui.models.overview_words import percent
from ui.operations import Operations
from ui.pages.overview import OverviewPage
from ui.pages.overview_forecast import ForecastRow
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

LATER = date(2021, 3, 22)


@pytest.fixture
def council(tmp_path, clock) -> Iterator[Workspace]:
    """Two inspections laid out three weeks ago; one item is late, another falls due."""
    clock.now -= timedelta(weeks=3)
    with found_council(tmp_path / "two", clock, frameworks=(FRAMEWORK, OTHER)) as made:
        clock.now += timedelta(weeks=1)
        edit(made, "A01", ItemField.STATUS, ItemStatus.GATHERING)
        edit(made, "A02", ItemField.DUE, DAY - timedelta(days=4))
        edit(made, "B01", ItemField.DUE, DAY + timedelta(days=4))
        yield made


def edit(workspace: Workspace, reference: str, field: ItemField, value: object) -> None:
    workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(field, value)])


@pytest.fixture
def operations(qtbot, council):
    made = Operations(council)
    yield made
    made._worker.wait()


@pytest.fixture
def source(qtbot, operations) -> BoardSource:
    made = BoardSource(operations, DAY)
    with qtbot.waitSignal(made.refreshed):
        made.reload()
    return made


@pytest.fixture
def page(qtbot, operations, source) -> OverviewPage:
    made = OverviewPage(operations, source, make_theme(False, QFont()), ("head of send",))
    qtbot.addWidget(made)
    made.resize(1206, 720)
    made.show()
    qtbot.waitUntil(made.body.trend.middle.isVisible)
    return made


@pytest.fixture
def row(page) -> ForecastRow:
    return page.body.trend.forecast


def slide_to(row: ForecastRow, day: date) -> None:
    row.slider.setValue(row._outlook.days.index(day))


def pressed(qtbot, page: OverviewPage, button) -> ItemFilter:
    with qtbot.waitSignal(page.open_items) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return told.args[0]


def rows_behind(board: Board, chosen: ItemFilter) -> Counter[str]:
    return Counter(item.id for item in board.items if passes(item, chosen, board))


def test_that_the_page_begins_with_today_and_invites_to_look_ahead(page, row):
    assert row.slider.value() == 0
    assert row.day.text() == "Today"
    assert row.words.text() == INVITATION
    assert not row.legend.isVisible()
    assert not row.due.isVisible()


def test_that_a_later_day_counts_what_the_board_of_that_day_counts(page, row, council):
    there = figures(board_of(council, LATER).items)
    slide_to(row, LATER)
    for rating, entry in row.entries.items():
        assert entry.count == there.by_rating[rating]
    assert row.entries[Rating.OFF_TRACK].accessibleName() == f"{there.by_rating[Rating.OFF_TRACK]} Off track (1 now)"
    assert row.day.text() == "Mon 22 Mar 2021"
    assert row.legend.isVisible()


def test_that_the_figures_open_their_rows(qtbot, page, row, source, council):
    slide_to(row, LATER)
    off_track = [item.id for item in board_of(council, LATER).items if item.rating is Rating.OFF_TRACK]
    chosen = pressed(qtbot, page, row.entries[Rating.OFF_TRACK])
    assert chosen.label == "Off track on 22 Mar 2021"
    assert rows_behind(source.board, chosen) == Counter(off_track)
    chosen = pressed(qtbot, page, row.due)
    assert chosen.label == "Due by 22 Mar 2021"
    due = [item.id for item in source.board.items if item.due and DAY <= item.due <= LATER]
    assert rows_behind(source.board, chosen) == Counter(due)
    assert row.due.text() == f"{len(due)} items fall due by then"


def test_that_nothing_opens_where_nothing_falls_due(qtbot, page, row, source, operations, council):
    ids = [item.id for item in source.board.items]
    prove(council, *ids)
    with qtbot.waitSignal(source.refreshed):
        operations.change(edit_items, ids, [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)])
    slide_to(row, LATER)
    assert row.none_due.text() == "Nothing falls due"
    assert row.due.isHidden()
    with qtbot.assertNotEmitted(page.open_items):
        row.entries[Rating.OFF_TRACK].click()


def test_that_a_screen_reader_hears_the_day_and_the_figures(page, row):
    slide_to(row, LATER)
    assert row.slider.accessibleName() == "Forecast: Mon 22 Mar 2021"
    said = row.slider.accessibleDescription()
    assert said.startswith("On Mon 22 Mar 2021, if nothing changes: Re-visit ")
    assert "off track (1 now)" in said
    assert "Re-visit ready by 19 Mar 2021." in said


def test_that_the_chart_and_its_table_go_on_to_the_day(page, row):
    slide_to(row, LATER)
    chart, model = page.body.trend.chart, page.body.trend.model
    ends = [max(points.items()) for points in chart.values().values()]
    assert [day for day, _ in ends] == [LATER, LATER]
    assert [percent(value) for _, value in ends] == [card.ready.value for card in page.body.cards]
    assert model.index(0, 0).data() == "22 Mar 2021, if nothing changes"
    row.slider.setValue(0)
    assert [max(points) for points in chart.values().values()] == [DAY, DAY]


def test_that_the_forecast_follows_the_inspection_and_keeps_the_day(page, row, source):
    slide_to(row, LATER)
    all_of_it = row.entries[Rating.OFF_TRACK].count
    page.set_inspection(source.board.inspections[1].id)
    assert row.seen.until == LATER
    assert row.entries[Rating.OFF_TRACK].count < all_of_it
    assert row.words.text() == f"If nothing changes: {percent(0.0)} ready"
    page.set_inspection(None)
    assert row.entries[Rating.OFF_TRACK].count == all_of_it


def test_that_a_scope_that_ends_earlier_shows_its_end_and_gives_the_day_back(qtbot, page, row, source, operations):
    far = source.board.items[0]
    with qtbot.waitSignal(source.refreshed):
        operations.change(edit_items, [far.id], [ItemEdit(ItemField.DUE, date(2021, 7, 30))])
    slide_to(row, date(2021, 8, 2))
    other = next(each.id for each in source.board.inspections if each.id != far.inspection_id)
    page.set_inspection(other)
    assert row.seen.until == row._outlook.days[-1] < date(2021, 7, 1)
    page.set_inspection(None)
    assert row.seen.until == date(2021, 8, 2)


def test_that_a_change_shows_on_the_day_that_is_looked_at(qtbot, page, row, source, operations, council):
    slide_to(row, LATER)
    before = row.entries[Rating.OFF_TRACK].count
    prove(council, id_of(council, "B01"))
    with qtbot.waitSignal(source.refreshed):
        operations.change(edit_items, [id_of(council, "B01")], [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)])
    assert row.seen.until == LATER
    assert row.entries[Rating.OFF_TRACK].count == before - 1


def test_that_a_day_that_has_come_is_today(qtbot, page, row, source):
    slide_to(row, date(2021, 3, 2))
    for day, said in ((date(2021, 3, 2), "Today"), (date(2021, 3, 3), "Today")):
        source.day = day
        with qtbot.waitSignal(source.refreshed):
            source.reload()
        assert row.day.text() == said


def test_that_the_forecast_is_there_without_a_trend(page, row):
    page._past = {}
    page._refresh()
    assert not page.body.trend.middle.isVisible()
    assert row.slider.isVisible()
    slide_to(row, LATER)
    assert row.entries[Rating.OFF_TRACK].isVisible()
    assert page.body.trend.height() < 140


def test_that_nothing_moves_when_somebody_begins_to_slide(qtbot, page, row):
    before = page.body.trend.middle.geometry()
    row.slider.setValue(5)
    page.grab()  # lets the page lay itself out
    assert page.body.trend.middle.geometry() == before


def test_that_a_key_leads_to_the_slider(qtbot, page, row):
    page.activateWindow()
    action = next(each for each in page.page_actions()["View"] if each.text() == "Forecast a later day")
    action.trigger()
    qtbot.waitUntil(row.slider.hasFocus)
    qtbot.keyClick(row.slider, Qt.Key.Key_Right)
    assert row.seen.until == date(2021, 3, 2)


def test_that_another_workspace_is_seen_as_of_today(qtbot, example, opened, tmp_path):
    folders = [shutil.copytree(example, tmp_path / name) for name in ("one", "another")]
    app = opened(folders[0])
    app.window.stack.page("overview").body.trend.forecast.slider.setValue(9)
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        app.open(folders[1])
    assert app.window.stack.page("overview").body.trend.forecast.slider.value() == 0


def test_that_evidence_that_lapses_by_the_day_opens_its_items_and_names_their_owners(
    qtbot, page, row, source, operations, council
):
    assert not row.lapses.isVisible()
    with qtbot.waitSignal(source.refreshed):
        operations.change(
            attach_evidence, [id_of(council, "A01")], EvidenceDraft("Audits", valid_until=LATER - timedelta(days=3))
        )
    with qtbot.waitSignal(source.refreshed):
        operations.change(edit_items, [id_of(council, "A01")], [ItemEdit(ItemField.OWNER, "Head of SEND")])
    slide_to(row, LATER)
    assert row.lapses.text() == "Evidence of 1 item lapses"
    assert row.lapses.toolTip() == "By 22 Mar 2021: Head of SEND 1"
    assert "Evidence of 1 item lapses: Head of SEND 1." in row.slider.accessibleDescription()
    chosen = pressed(qtbot, page, row.lapses)
    assert chosen.label == "Evidence lapses by 22 Mar 2021"
    assert rows_behind(source.board, chosen) == Counter([id_of(council, "A01")])
