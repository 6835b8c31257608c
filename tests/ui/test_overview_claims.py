"""Claimed, not proven: the card counts the assertion gap by its reasons, and every number opens its rows."""

import pytest
from council import DAY, FRAMEWORK, OTHER, found_council, id_of
from proven_council import add_piece, add_record, set_fields, sign_unrecorded
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from readiness.domain.assertions import AssertionGap, Doubt
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items
from ui.board import BoardSource
from ui.operations import Operations
from ui.pages.overview import OverviewPage
from ui.pages.overview_claims import ClaimsCard
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager


@pytest.fixture
def council(tmp_path, clock):
    """A claim without evidence, one on policy alone, and one that its claimer signed."""
    with found_council(tmp_path / "two", clock, frameworks=(FRAMEWORK, OTHER)) as made:
        checked = ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)
        made.run(edit_items, [id_of(made, "A01"), id_of(made, "A02")], [checked])
        made.run(sign_unrecorded, id_of(made, "A03"))
        made.run(add_piece, [id_of(made, "A02")], "Policy", source="policy")
        made.run(set_fields, "item", id_of(made, "A03"), claimed_by="Head of SEND")
        at = "2021-02-01T09:00:00+00:00"
        made.run(add_record, "review", item_id=id_of(made, "A03"), kind="signed_off", by="Head of SEND", at=at)
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
def card(qtbot, operations, source):
    page = OverviewPage(operations, source, make_theme(False, QFont()), ("head of send",))
    qtbot.addWidget(page)
    page.resize(1206, 720)
    page.show()
    qtbot.waitUntil(lambda: page._hands is not None)
    yield page.body.claims
    page.hide()


def counts(card: ClaimsCard) -> dict[str, str]:
    return {row.entry.title: row.entry.right for row in card.list.buttons}


def test_that_every_reason_is_counted(card):
    assert counts(card) == {
        "No current evidence": "1",
        "Sign-off has lapsed": "0",
        "Only policy as proof": "1",
        "Same person claimed and checked": "1",
    }
    assert card._link.text() == "3 items"


@pytest.mark.parametrize(("number", "reference"), [(0, "A01"), (2, "A02"), (3, "A03")])
def test_that_a_count_opens_its_rows(qtbot, card, council, number, reference):
    with qtbot.waitSignal(card.open_items) as told:
        qtbot.mouseClick(card.list.buttons[number], Qt.MouseButton.LeftButton)
    assert told.args[0].items == (id_of(council, reference),)
    assert told.args[0].label.startswith("Claimed, not proven: ")


def test_that_the_link_opens_all_of_them_and_a_nought_opens_nothing(qtbot, card):
    with qtbot.waitSignal(card.open_items) as told:
        qtbot.mouseClick(card._link, Qt.MouseButton.LeftButton)
    assert len(told.args[0].items) == 3
    with qtbot.assertNotEmitted(card.open_items):
        qtbot.mouseClick(card.list.buttons[1], Qt.MouseButton.LeftButton)


def test_that_a_review_and_a_decision_about_two_people_are_seen_at_once(qtbot, card, council, operations, source):
    at = "2021-02-02T09:00:00+00:00"
    operations.change(add_record, "review", item_id=id_of(council, "A03"), kind="signed_off", by="QA lead", at=at)
    qtbot.waitUntil(lambda: counts(card)["Same person claimed and checked"] == "0")
    operations.change(set_fields, "item", id_of(council, "A03"), claimed_by="QA lead")
    qtbot.waitUntil(lambda: counts(card)["Same person claimed and checked"] == "1")
    operations.change(set_fields, "workspace", source.board.workspace.id, four_eyes=False)
    qtbot.waitUntil(lambda: counts(card)["Same person claimed and checked"] == "0")


def test_that_until_reviews_are_read_nobody_is_counted(qtbot):
    card = ClaimsCard(make_theme(False, QFont()))
    qtbot.addWidget(card)
    item = object()
    gap = AssertionGap((item,), (item,), dict.fromkeys(Doubt, ()) | {Doubt.LAPSED: (item,)})  # type: ignore[arg-type]
    card.show_gap(gap, known=False)
    assert counts(card)["Same person claimed and checked"] == "–"
    card.show_gap(gap, known=True)
    assert counts(card)["Same person claimed and checked"] == "0"


def test_that_where_all_claims_stand_or_none_is_made_the_card_says_so(qtbot):
    card = ClaimsCard(make_theme(False, QFont()))
    qtbot.addWidget(card)
    empty = dict.fromkeys(Doubt, ())
    card.show_gap(AssertionGap((), (), empty), known=True)
    assert card.hint.text() == "Nothing is claimed yet: no item is Checked or Signed off."
    card.show_gap(AssertionGap((object(),) * 4, (), empty), known=True)  # type: ignore[arg-type]
    assert card.hint.text() == "All 4 claims stand."
    assert card.list.isHidden()
    assert card._link.isHidden()
