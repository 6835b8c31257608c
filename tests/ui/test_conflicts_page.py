"""The Conflicts page: both values stand beside what was before, and a choice is one step that can be undone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from team_of_laptops import Team

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.items import edit_items, remove_items
from readiness.services.undo import undo
from ui.models import conflict_list

BEFORE = "Therapies stop at 19.\n\nNursing has no lead.\n\nThe panel meets monthly."


@pytest.fixture
def team(tmp_path: Path):
    made = Team(tmp_path)
    made.edit(0, "A01", ItemField.GAP, BEFORE)
    made.everybody_syncs()
    made.edit(0, "A01", ItemField.GAP, BEFORE.replace("19", "25"))
    made.edit(0, "A02", ItemField.OWNER, "Head of SEND")
    made.laptops[0].run(remove_items, [made.shown(0, "B01").id])
    made.edit(1, "A01", ItemField.GAP, BEFORE.replace("monthly", "weekly"))
    made.edit(1, "A02", ItemField.OWNER, "Head of Early Help")
    made.edit(1, "B01", ItemField.OWNER, "Head of Early Help")
    made.everybody_syncs()
    yield made
    made.close()


@pytest.fixture
def app(qtbot: QtBot, opened, team: Team):
    founder = team.laptops.pop(0)
    founder.close()
    return opened(founder.folder)


@pytest.fixture
def page(qtbot: QtBot, app):
    app.window.show_page("conflicts")
    shown = app.window.stack.page("conflicts")
    qtbot.waitUntil(lambda: shown.conflicts.rowCount() == 3)
    return shown


def choose(page, reference: str) -> None:
    row = next(number for number, each in enumerate(page.conflicts.rows) if each.reference == reference)
    page.show_row(row)


def row_of(app, reference: str):
    return next((row for row in app.source.board.items if row.reference == reference), None)


def test_that_the_rail_counts_what_is_to_be_chosen(qtbot, app, page):
    qtbot.waitUntil(lambda: app.window.rail._pages["share"].badge == 3)
    assert app.window.rail._pages["share"].isChecked()
    assert page.count.text() == "3 fields changed in two places before they met"


def test_that_a_value_is_kept_by_its_number_and_the_choice_undone(qtbot, app, page):
    choose(page, "A02")
    assert [each.accessibleName() for each in page.chooser.cards][1:] == [
        "This laptop: Head of SEND", "Director 1’s laptop: Head of Early Help",
    ]  # fmt: skip
    with qtbot.waitSignal(app.operations.changed):
        page._actions[0].trigger()
    qtbot.waitUntil(lambda: page.conflicts.rowCount() == 2 and row_of(app, "A02").owner == "Head of SEND")
    with qtbot.waitSignal(app.operations.changed):
        app.operations.change(undo)
    qtbot.waitUntil(lambda: row_of(app, "A02").owner == "Head of Early Help")


def test_that_changes_of_different_paragraphs_are_proposed_and_not_taken_unseen(qtbot, app, page):
    choose(page, "A01")
    proposed = page.chooser.editor.toPlainText()
    assert "25" in proposed
    assert "weekly" in proposed
    assert page.chooser.proposal.isVisible()
    assert row_of(app, "A01").conflicts == 1
    with qtbot.waitSignal(app.operations.changed):
        page.chooser.save.click()
    qtbot.waitUntil(lambda: row_of(app, "A01").conflicts == 0)


def test_that_what_is_typed_stays_while_others_are_looked_at(qtbot, app, page):
    choose(page, "A01")
    page.chooser.editor.setPlainText("Both, in other words")
    choose(page, "A02")
    assert page.chooser.editor.toPlainText() == ""
    with qtbot.waitSignal(app.operations.changed):
        page.chooser.keep(2)
    choose(page, "A01")
    assert page.chooser.editor.toPlainText() == "Both, in other words"
    assert not page.chooser.proposal.isVisible()


@pytest.mark.parametrize(("number", "stays"), [(1, False), (2, True)])
def test_that_what_was_removed_here_and_edited_there_goes_or_stays(qtbot, app, page, number, stays):
    choose(page, "B01")
    assert [card.keep.text() for card in page.chooser.cards] == ["Remove anyway", "Keep it"]
    with qtbot.waitSignal(app.operations.changed):
        page.chooser.keep(number)
    qtbot.waitUntil(lambda: page.conflicts.rowCount() == 2)
    assert (row_of(app, "B01") is not None) is stays


def test_that_the_newest_of_all_is_one_step(qtbot, app, page):
    with qtbot.waitSignal(app.operations.changed) as changed:
        page.newest.click()
    assert changed.args[0].label == "Take the newest of 2 values"
    qtbot.waitUntil(lambda: page.conflicts.rowCount() == 1)  # whether B01 stays is asked all the same


def test_that_a_choice_that_comes_too_late_says_so(qtbot, app, page):
    choose(page, "A02")
    stale = page.conflicts.rows[page.list.currentIndex().row()]
    with qtbot.waitSignal(app.operations.changed):
        page.chooser.keep(1)
    qtbot.waitUntil(lambda: page.conflicts.rowCount() == 2)
    with qtbot.waitSignal(app.operations.failed):
        page._on_keep(stale, stale.versions[1].change_id, "")
    assert "has changed since you looked" in page.foot.notice


def test_that_an_edit_of_a_field_in_conflict_opens_its_chooser(qtbot, app, page):
    app.window.show_page("checklist")
    with qtbot.waitSignal(app.operations.failed):
        app.operations.change(edit_items, [row_of(app, "A02").id], [ItemEdit(ItemField.OWNER, "Somebody")])
    qtbot.waitUntil(lambda: app.window.stack.current_key == "conflicts")
    qtbot.waitUntil(lambda: page.chooser.conflict is not None and page.chooser.conflict.reference == "A02")


def test_that_a_page_without_conflicts_says_what_will_come(qtbot, opened, council):
    app = opened(council)
    app.window.show_page("conflicts")
    page = app.window.stack.page("conflicts")
    qtbot.waitUntil(lambda: page.middle.currentWidget() is page.empty)


def test_that_the_checklist_marks_items_in_conflict(qtbot, app, page):
    from ui.models.item_columns import CONTESTED, marks_of, spoken

    assert marks_of(row_of(app, "A02")) == (CONTESTED,)
    assert marks_of(row_of(app, "A03")) == ()
    assert "in conflict" in spoken(row_of(app, "A02"))


def test_that_thousands_of_conflicts_make_words_for_those_alone_that_are_seen(qtbot, app, page, monkeypatch):
    made = []
    words_of = conflict_list.words_of
    monkeypatch.setattr(conflict_list, "words_of", lambda each: made.append(each.id) or words_of(each))
    found = page.conflicts.rows[0]
    many = tuple(replace(found, id=f"{number:032x}", title=f"Item {number}") for number in range(4_000))
    page._on_read(many)
    page.list.viewport().grab()
    assert 0 < len(set(made)) < 40
    page.show_row(3_999)
    assert page.chooser.conflict == many[-1]
    page.list.viewport().grab()
    assert len(set(made)) < 80
    assert page.list.indexAt(page.list.viewport().rect().center()).row() > 3_900
    assert page.conflicts.data(page.conflicts.index(3_999)).startswith("Item 3999\n")
    QAbstractItemModelTester(page.conflicts, QAbstractItemModelTester.FailureReportingMode.Warning)
    page.conflicts.show_rows(many[:2])
