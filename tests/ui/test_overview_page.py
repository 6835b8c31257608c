"""The Overview over a real workspace: it shows what the domain counts, and every figure opens as many rows."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, found_council, id_of, prove
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from readiness.domain.figures import inspection_figures
from readiness.domain.filters import ItemFilter, passes
from readiness.domain.scoring import readiness
from readiness.domain.views import Board, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Priority, Rating
from readiness.services.inspections import remove_inspection
from readiness.services.items import edit_items
from readiness.services.review import set_four_eyes
from readiness.storage.workspace import Workspace
from ui.board import BoardSource
from ui.models.overview_figures import GroupBar
from ui.models.overview_words import percent
from ui.operations import Operations
from ui.pages.overview import OverviewPage
from ui.pages.overview_lists import FEWEST_BARS, BarsCard
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

ME = ("head of send",)


def set_status(workspace: Workspace, reference: str, status: ItemStatus, owner: str = "") -> None:
    edits = [ItemEdit(ItemField.STATUS, status)]
    if owner:
        edits.append(ItemEdit(ItemField.OWNER, owner))
    workspace.run(edit_items, [id_of(workspace, reference)], edits)


@pytest.fixture
def council(tmp_path, clock):
    """Two inspections laid out four weeks ago; since then something was drafted, and one thing is late."""
    clock.now -= timedelta(weeks=4)
    with found_council(tmp_path / "two", clock, frameworks=(FRAMEWORK, OTHER)) as made:
        made.run(set_four_eyes, False)
        clock.now += timedelta(weeks=1)
        set_status(made, "A01", ItemStatus.DRAFTED, "Head of SEND")
        clock.now += timedelta(weeks=2)
        prove(made, id_of(made, "A02"))
        set_status(made, "A02", ItemStatus.CHECKED)
        late = ItemEdit(ItemField.DUE, DAY - timedelta(days=4))
        made.run(edit_items, [id_of(made, "B01")], [late, ItemEdit(ItemField.OWNER, "head of SEND")])
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
    """The page on the screen, after all it asks for was answered."""
    made = OverviewPage(operations, source, make_theme(False, QFont()), ME)
    qtbot.addWidget(made)
    made.resize(1206, 720)
    made.show()
    qtbot.waitUntil(made.body.trend.middle.isVisible)
    return made


def rows_behind(board: Board, chosen: ItemFilter) -> int:
    return sum(passes(item, chosen, board) for item in board.items)


def opened(qtbot, page: OverviewPage, button: QAbstractButton) -> ItemFilter:
    """Click and return the filter that comes of it."""
    with qtbot.waitSignal(page.open_items) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (chosen,) = told.args
    assert chosen.label
    return chosen


def test_that_the_cards_show_what_the_domain_counts(page, source):
    for card, counted in zip(page.body.cards, inspection_figures(source.board), strict=True):
        assert card.ready.value == percent(counted.figures.readiness)
        assert card.day_one.value == percent(counted.figures.day_one_readiness)
        shown = {rating: entry.count for rating, entry in zip(Rating, card.ratings.legend.buttons, strict=True)}
        assert shown == counted.figures.by_rating


def test_that_the_page_says_in_one_sentence_how_things_stand(page):
    assert "The Re-visit is" in page.body.sentence.text()
    assert "1 item is off track, in partners." in page.body.sentence.text().replace("</span>", "")


def test_that_movement_is_told_since_two_weeks_ago(page, source):
    first = page.body.cards[0]
    drafted = replace_status(source.board, ItemStatus.DRAFTED, only="A01")
    points = round(readiness(first_items(source.board))) - round(readiness(first_items(drafted)))
    assert first.way.text() == f"▲ {points}"
    assert first.since.text() == "since 15 Feb"
    assert page.body.cards[1].way.text() == "="


def first_items(board: Board):
    return [item for item in board.items if item.inspection_id == board.inspections[0].id]


def replace_status(board: Board, status: ItemStatus, only: str) -> Board:
    """The board as it was when one item alone had a status."""
    items = (replace(each, status=status if each.reference == only else ItemStatus.NOT_STARTED) for each in board.items)
    return replace(board, items=tuple(items))


def test_that_every_rating_opens_as_many_rows_as_it_counts(qtbot, page, source):
    for entry in page.body.cards[0].ratings.legend.buttons:
        if entry.isVisible():
            assert rows_behind(source.board, opened(qtbot, page, entry)) == entry.count


def test_that_readiness_and_day_one_open_what_they_count(qtbot, page, source):
    card = page.body.cards[0]
    for figure, value in ((card.ready, card.ready.value), (card.day_one, card.day_one.value)):
        chosen = opened(qtbot, page, figure)
        rows = [item for item in source.board.items if passes(item, chosen, source.board)]
        assert percent(readiness(rows)) == value


def test_that_a_movement_opens_what_changed_since(qtbot, page, source):
    chosen = opened(qtbot, page, page.body.cards[0].since)
    assert chosen.changed_since == datetime.combine(DAY - timedelta(days=14), time(), UTC)
    assert rows_behind(source.board, chosen) == 2


def test_that_every_bar_opens_the_rows_it_adds_up(qtbot, page, source):
    for card in (page.body.areas, page.body.services):
        assert card.list.buttons
        for row in card.list.buttons:
            chosen = opened(qtbot, page, row)
            rows = [item for item in source.board.items if passes(item, chosen, source.board)]
            assert row.bar.percent == readiness(rows)


def test_that_late_deadlines_stand_first_in_words_and_open_their_item(qtbot, page, council):
    first = page.body.deadlines.list.buttons[0]
    assert first.entry.right == "4 days late"  # Thursday to Monday, as a calendar has it
    assert first.accessibleDescription() == "due 25 Feb 2021; 2 working days late, not started"
    assert first.toolTip() == "Joint commissioning: due 25 Feb 2021; 2 working days late, not started"
    assert first.entry.late
    with qtbot.waitSignal(page.open_item) as told:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert told.args == [id_of(council, "B01")]


def test_that_all_dates_opens_every_undone_item_with_a_date(qtbot, page, source):
    with qtbot.waitSignal(page.open_items) as told:
        page.body.deadlines.link_activated.emit()
    undone = [item for item in source.board.items if item.due is not None and item.status.credit in (0, 25, 50)]
    assert rows_behind(source.board, told.args[0]) == len(undone)


def test_that_my_items_are_mine_whatever_the_case(qtbot, page, source):
    titles = [row.entry.title for row in page.body.mine.list.buttons]
    assert titles == ["Joint commissioning", "Quality of plans"]
    with qtbot.waitSignal(page.open_items) as told:
        page.page_actions()["View"][-1].trigger()
    assert rows_behind(source.board, told.args[0]) == len(titles)


def test_that_without_my_items_the_page_says_how_to_get_them(page):
    page.set_me(("somebody else",))
    assert "Set your name and role in Preferences" in page.body.mine.hint.text()
    assert page.body.mine.hint.isVisible()
    assert not page.body.mine.list.buttons


def test_that_one_inspection_narrows_everything(qtbot, page, source):
    other = source.board.inspections[1]
    page.set_inspection(other.id)
    assert len(page.body.cards) == 1
    assert page.body.cards[0].ready.value == percent(0.0)
    assert [row.bar.label for row in page.body.areas.list.buttons] == ["A Help"]
    assert not page.body.mine.list.buttons
    with qtbot.waitSignal(page.open_items) as told:
        page.body.deadlines.link_activated.emit()
    assert told.args[0].inspections == (other.id,)
    page.set_inspection(None)
    assert len(page.body.cards) == 2


def test_that_a_change_shows_without_asking_for_the_trend_again(qtbot, page, source, operations, council, monkeypatch):
    asked = []
    monkeypatch.setattr(type(page), "_read_past", lambda _page: asked.append("trend"))
    before = page.body.cards[0].ready.value
    prove(council, id_of(council, "A01"))
    with qtbot.waitSignal(source.refreshed):
        operations.change(edit_items, [id_of(council, "A01")], [ItemEdit(ItemField.STATUS, ItemStatus.SIGNED_OFF)])
    assert page.body.cards[0].ready.value != before
    assert asked == []


def test_that_a_hidden_page_waits_until_it_is_seen(qtbot, page, source, operations, council):
    before = page.body.cards[0].ready.value
    prove(council, id_of(council, "A01"))
    page.hide()
    with qtbot.waitSignal(source.refreshed):
        operations.change(edit_items, [id_of(council, "A01")], [ItemEdit(ItemField.STATUS, ItemStatus.SIGNED_OFF)])
    assert page.body.cards[0].ready.value == before
    page.show()
    assert page.body.cards[0].ready.value != before


def test_that_the_trend_ends_with_the_figures_of_the_cards(page):
    ends = {name: max(points.items())[1] for name, points in page.body.trend.chart.values().items()}
    assert [percent(value) for value in ends.values()] == [card.ready.value for card in page.body.cards]


def test_that_export_is_asked_for_and_not_done(qtbot, page):
    with qtbot.waitSignal(page.export_requested):
        qtbot.mouseClick(page.body.export, Qt.MouseButton.LeftButton)


def test_that_the_explanation_names_the_figure_and_opens_rows(qtbot, page, source):
    assert page.body.why.text().strip() == f"Why {page.body.cards[0].ready.value}?"
    dialog = page.explain()
    assert dialog.windowTitle() == page.body.why.text().strip()
    chosen = next(target for target in dialog.links.values() if isinstance(target, ItemFilter))
    key = next(key for key, target in dialog.links.items() if target is chosen)
    with qtbot.waitSignal(page.open_items) as told:
        dialog.text.anchorClicked.emit(key)
    assert rows_behind(source.board, told.args[0]) == rows_behind(source.board, chosen)
    assert told.args[0].label == page.body.why.text().strip()


def test_that_the_explanation_opens_the_item_that_holds_back_most(qtbot, page, source):
    dialog = page.explain()
    key, target = next((key, target) for key, target in dialog.links.items() if isinstance(target, str))
    with qtbot.waitSignal(page.open_item) as told:
        dialog.text.anchorClicked.emit(key)
    assert told.args == [target]
    held = next(item for item in source.board.items if item.id == target)
    assert held.priority is Priority.ESSENTIAL or held.status is ItemStatus.NOT_STARTED


def test_that_the_explanation_switches_between_inspections(qtbot, page, source):
    dialog = page.explain()
    dialog.choice.setCurrentIndex(1)
    assert dialog.windowTitle() == f"Why {page.body.cards[1].ready.value}?"
    dialog.reject()


def test_that_without_inspections_the_page_says_what_to_do(qtbot, page, source, operations, council):
    for row in board_of(council).inspections:
        with qtbot.waitSignal(source.refreshed):
            operations.change(remove_inspection, row.id)
    assert page.middle.currentWidget() is page.empty
    assert "Inspection menu" in page.empty.accessibleName()
    assert page.explain() is None


def test_that_every_action_has_a_key_of_its_own(page):
    actions = [action for each in page.page_actions().values() for action in each]
    keys = [action.shortcut().toString() for action in actions]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_that_the_page_follows_the_theme(page):
    page.set_theme(make_theme(True, QFont()))
    assert page.body.cards[0].ready.theme.dark
    assert not page.grab().isNull()


@pytest.mark.parametrize("size", [(1206, 720), (1206, 660), (1760, 1032)])
def test_that_two_inspections_fit_without_scrolling(qtbot, page, size):
    page.resize(*size)
    qtbot.waitUntil(lambda: page.body.verticalScrollBar().maximum() == 0)
    assert page.body.horizontalScrollBar().maximum() == 0
    assert page.body.widget().minimumSizeHint().width() <= 1206


def test_that_a_narrow_page_puts_the_lists_below(qtbot, page):
    page.resize(900, 720)
    qtbot.waitUntil(lambda: page.body.deadlines.y() > page.body.areas.y())
    assert page.body.horizontalScrollBar().maximum() == 0
    page.resize(1206, 720)
    qtbot.waitUntil(lambda: page.body.deadlines.x() > page.body.areas.x())
    assert page.body.deadlines.width() == 308


def service(number: int, off_track: int) -> GroupBar:
    return GroupBar(f"Service {number}", f"Service {number}", 10.0 * number, off_track, ItemFilter(text=str(number)))


def shown_bars(page: OverviewPage) -> list[str]:
    return [row.bar.label for row in page.body.services.list.buttons]


def test_that_a_service_with_something_off_track_is_never_hidden_for_one_without(qtbot, page):
    page.resize(1206, 660)
    bars = [service(number, off_track=3 * (number == 11)) for number in range(12)]
    page.body.services.show_bars(bars)
    assert len(shown_bars(page)) < len(bars)
    assert shown_bars(page)[0] == "Service 0"
    assert shown_bars(page)[-1] == "Service 11"
    assert opened(qtbot, page, page.body.services.list.buttons[-1]).text == "11"


def test_that_a_single_service_is_not_left_out(qtbot, page):
    page.resize(1206, 660)
    page.body.services.show_bars([service(number, 0) for number in range(FEWEST_BARS + 1)])
    assert len(shown_bars(page)) == FEWEST_BARS + 1
    last = page.body.services.list.buttons[-1]
    qtbot.waitUntil(lambda: last.height() >= 20 and page.body.services.list.rect().contains(last.geometry()))


def test_that_a_taller_page_shows_more_rows(qtbot, page, source):
    page.body.mine.show_items(source.board.items * 6, DAY, source.board.calendar, "")
    page.resize(1206, 660)
    few = len(page.body.mine.list.buttons)
    page.resize(1206, 1400)
    qtbot.waitUntil(lambda: len(page.body.mine.list.buttons) > few)


def test_that_a_card_that_grows_while_its_rows_come_shows_as_many_as_fit_then(qtbot):
    holder, above, card = QWidget(), QWidget(), BarsCard(make_theme(False, QFont()), "By service")
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    layout.addWidget(above)
    layout.addWidget(card, 1)
    above.setFixedHeight(400)
    holder.resize(500, 800)
    holder.show()
    card.show_bars([service(number, 0) for number in range(3)])
    above.setFixedHeight(0)  # Qt gives the room to the card as soon as one of its rows is shown
    card.show_bars([service(number, 0) for number in range(40)])
    qtbot.waitUntil(lambda: card.height() > 700)
    rows = card.list.buttons
    assert [row.toolTip() for row in rows] == [f"Service {number}" for number in range(len(rows))]
    assert len(rows) == card.list.height() // rows[0].sizeHint().height()


def test_that_answers_after_the_page_is_gone_are_dropped(qtbot, operations, source):
    gone = OverviewPage(operations, source, make_theme(False, QFont()), ME)
    gone.deleteLater()
    with qtbot.waitSignal(gone.destroyed):
        pass
    with qtbot.waitSignal(source.refreshed):
        source.reload()
