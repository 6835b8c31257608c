"""What the checklist's panel says of an item and an area: sources of proof, actions, and the chain to children."""

from dataclasses import replace
from datetime import date

import pytest
from action_rows import action
from checklist_boards import DAY, board, item
from checklist_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readiness.domain.actions import registers_of
from readiness.domain.proof import Proof, ProofLink
from readiness.domain.vocabulary import ActionSource, ActionStatus, EvidenceSource, ImpactLevel, Strength
from ui.theme import make_theme
from ui.widgets.area_chain import AreaChain
from ui.widgets.item_actions import ItemActions, say_line
from ui.widgets.source_marks import SourceMarks, say_sources

Source = EvidenceSource


@pytest.fixture
def theme(qtbot):
    return make_theme(False, QApplication.font())


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()


def proof(*sources, until=None):
    return Proof(tuple(ProofLink(f"e{n}", source, Strength.SAYS, until) for n, source in enumerate(sources)))


PROVEN = item(1, proof=proof(Source.DATA, Source.AUDIT, Source.DATA))
BOARD = board([PROVEN, item(2, proof=proof(Source.VOICE, until=date(2021, 4, 1))), item(1, "i1-B")], "A", "B")
ACTIONS = (
    action("x1", item_id="i1-A-1", status=ActionStatus.DONE, due=date(2021, 4, 1), impact="Fewer come back.",
           impact_level=ImpactLevel.EARLY, practice="Two readers a plan."),
    action("x2", item_id="i1-A-1", due=date(2021, 4, 16), owner=""),
    action("x3", area_id="i1-A", status=ActionStatus.DONE),
    action("x4", item_id="i1-B-1"),
)  # fmt: skip
REGISTERS = registers_of(ACTIONS, (), BOARD)


def test_that_two_sources_are_met_and_one_is_not():
    assert say_sources({Source.DATA, Source.AUDIT}) == "2 of 6 sources: met"
    assert say_sources({Source.VOICE}) == "1 source: a second one would confirm it"
    assert say_sources(()) == "No current evidence yet"


def test_that_each_source_has_a_mark_a_word_and_a_voice(qtbot, theme):
    marks = SourceMarks(theme)
    qtbot.addWidget(marks)
    marks.resize(292, 80)
    marks.show_sources({Source.DATA, Source.AUDIT})
    assert marks.marks.accessibleName() == (
        "Sources of current evidence: Data, Audit. 2 of 6 sources: met. Not covered: Voice, Practitioner, Partner, "
        "Policy."
    )
    marks.show()
    image = marks.marks.grab().toImage()
    assert has_colour(image, theme.color("accent_text"))  # the ticks
    marks.show_sources(())
    assert not has_colour(marks.marks.grab().toImage(), theme.color("accent_text"))


def has_colour(image: QImage, colour: QColor) -> bool:
    wanted = colour.rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_that_an_item_shows_its_actions_and_the_sources_that_count_today(qtbot, theme):
    shown = ItemActions(theme)
    qtbot.addWidget(shown)
    shown.take(REGISTERS, DAY)
    shown.show_item(PROVEN)
    assert [row.line.id for row in shown.rows.buttons] == ["x1", "x2"]
    assert shown.count.text() == "2 actions, 1 overdue, 1 done"
    assert shown.sources.marks.met == {Source.DATA, Source.AUDIT}
    assert shown.rows.buttons[1].accessibleName() == (
        "Action x2, Overdue, nobody, due 16 Apr 2021 · no impact yet. Enter opens it"
    )
    shown.show_item(BOARD.items[1])  # its only evidence has lapsed
    assert shown.sources.marks.met == frozenset()
    assert shown.count.text() == "None yet"


def test_that_a_row_says_what_became_of_its_action():
    found = {line.id: say_line(line) for line in REGISTERS.actions}
    assert found["x1"] == "done · impact early"
    assert found["x2"] == "due 16 Apr 2021 · no impact yet"


def test_that_a_row_opens_its_action_and_a_line_adds_one(qtbot, theme):
    shown = ItemActions(theme)
    qtbot.addWidget(shown)
    shown.take(REGISTERS, DAY)
    shown.show_item(PROVEN)
    with qtbot.waitSignal(shown.opened) as opened:
        shown.rows.buttons[0].click()
    assert opened.args == ["x1"]
    with qtbot.waitSignal(shown.added) as added:
        QTest.keyClicks(shown.line, "  Train the  writers ")
        QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert added.args == [PROVEN.id, "Train the writers"]
    assert shown.line.text() == ""
    with qtbot.assertNotEmitted(shown.added):
        QTest.keyClick(shown.line, Qt.Key.Key_Return)
    QTest.keyClicks(shown.line, "half a thought")
    shown.show_item(BOARD.items[1])
    assert shown.line.text() == ""


def test_that_an_area_tells_each_action_as_far_as_children(qtbot, theme):
    chain = AreaChain(theme)
    qtbot.addWidget(chain)
    chain.take(REGISTERS, DAY)
    chain.show_area(BOARD.areas[0])
    whole, late, untold = chain.blocks
    assert [said.text() for said in whole.said] == [
        "Yes.", "Two readers a plan.", "Early signs: Fewer come back.", "Too early to say.",
    ]  # fmt: skip
    assert late.said[0].text() == "Not yet: in hand, overdue since 16 Apr 2021."
    assert late.said[0].property("tone") == "warning"
    assert (untold.said[1].text(), untold.said[1].property("tone")) == ("Nothing is written yet.", "warning")
    with qtbot.waitSignal(chain.opened) as opened:
        late.row.click()
    assert opened.args == ["x2"]
    with qtbot.waitSignal(chain.all_wanted) as wanted:
        chain._more.click()
    assert wanted.args == ["i1-A"]


def test_that_an_area_without_actions_says_so_and_many_are_not_all_laid_out(qtbot, theme):
    chain = AreaChain(theme)
    qtbot.addWidget(chain)
    chain.show_area(BOARD.areas[0])
    assert chain._sum.text() == "No action is recorded for this area or its items yet."
    many = registers_of([replace(ACTIONS[1], id=f"m{number}") for number in range(40)], (), BOARD)
    chain.take(many, DAY)
    assert len(chain.blocks) == 12
    assert chain._more.text() == "Show all 40 in Actions"


def test_that_the_panel_adds_an_action_to_its_item_and_shows_it(desk):
    desk.select("RV-A01")
    desk.do("add_action")
    line = desk.page.panel.item_actions.line
    assert line.hasFocus()
    QTest.keyClicks(line, "Read plans twice")
    QTest.keyClick(line, Qt.Key.Key_Return)
    rows = desk.page.panel.item_actions.rows
    desk.wait(lambda: len(rows.buttons) == 1)
    added = rows.buttons[0].line
    assert (added.action.title, added.item.reference) == ("Read plans twice", "RV-A01")
    assert added.action.source is ActionSource.SELF_ASSESSMENT
    with desk.qtbot.waitSignal(desk.page.action_wanted) as wanted:
        rows.buttons[0].click()
    assert wanted.args == [added.id]
    desk.select("RV-A02")
    assert not rows.buttons


def test_that_the_panel_of_an_area_shows_its_chain(desk):
    desk.page.grid.picks.select([desk.item("RV-A01").area_id])
    assert desk.page.panel.chain.isVisibleTo(desk.page.panel)
    assert not desk.page.panel.item_actions.isVisibleTo(desk.page.panel)
    with desk.qtbot.waitSignal(desk.page.area_actions_wanted) as wanted:
        desk.page.panel.chain.all_wanted.emit(desk.item("RV-A01").area_id)
    assert wanted.args == [desk.item("RV-A01").area_id]
