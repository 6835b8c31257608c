"""A desk for tests of actions, findings and scrutiny: a small real workspace, one page, and what hands do there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from checklist_desk import DAY, framework
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from readiness.domain.actions import ActionLine, FindingLine
from readiness.domain.evidence import ActionDraft, FindingDraft
from readiness.domain.views import InspectionDraft
from readiness.domain.vocabulary import ActionSource, ActionStatus, FindingStatus, ImpactLevel
from readiness.services import boards, inspections
from readiness.services.actions import add_action
from readiness.services.findings import add_finding
from readiness.storage.opening import create_workspace
from ui.board import BoardSource
from ui.operations import Operations
from ui.pages.register_kinds import KINDS
from ui.pages.register_page import RegisterPage
from ui.registers import RegisterSource
from ui.settings import Settings
from ui.theme import make_theme


def fill(workspace) -> None:
    """Two findings and five actions: late, done, far off, promised, and one of the other inspection."""
    board = workspace.read(boards.read_board, DAY)
    first, second = board.inspections
    item = next(row for row in board.items if row.reference == "RV-A01")
    area = next(row for row in board.areas if row.inspection_id == first.id and row.code == "B")
    workspace.run(add_finding, FindingDraft("Plans are weak", area_id=area.id, origin="Inspection 2018",
                                            owner="Head of SEND"), new="f" * 32)  # fmt: skip
    workspace.run(add_finding, FindingDraft("No strategy", inspection_id=first.id, status=FindingStatus.PROVEN))
    for draft in (
        ActionDraft("Read plans twice", item_id=item.id, owner="EHC Plan Manager", due=date(2021, 4, 16),
                    status=ActionStatus.IN_HAND),
        ActionDraft("Publish the strategy", area_id=area.id, owner="Head of SEND", due=date(2021, 3, 1),
                    status=ActionStatus.DONE, impact="More leave for work.", impact_level=ImpactLevel.CLEAR,
                    finding_id="f" * 32, source=ActionSource.EARLIER_FINDING),
        ActionDraft("Agree the budget", inspection_id=first.id, due=date(2021, 9, 30)),
        ActionDraft("Circulate the slides", inspection_id=first.id, owner="Head of SEND", due=date(2021, 4, 30),
                    source=ActionSource.SCRUTINY, origin="Scrutiny commission, 12 Mar 2021, minute 45"),
        ActionDraft("Move the team", inspection_id=second.id, status=ActionStatus.STOPPED),
    ):  # fmt: skip
        workspace.run(add_action, draft)


class RegisterDesk:
    """One page over a workspace; `line` reads from the registers as the page has them."""

    def __init__(self, qtbot, folder, key: str = "actions") -> None:
        self.qtbot = qtbot
        self.workspace = create_workspace(folder / "workspace", at_risk=True)
        drafts = [InspectionDraft(framework(name, "A", "B"), ready_by=date(2021, 4, 30)) for name in ("RV", "SC")]
        self.workspace.run(inspections.start_inspections, tuple(drafts))
        fill(self.workspace)
        self.operations = Operations(self.workspace)
        self.failures: list[Exception] = []
        self.operations.failed.connect(self.failures.append)
        self.source = BoardSource(self.operations, DAY)
        self.source.show(self.workspace.read(boards.read_board, DAY))
        self.registers = RegisterSource(self.operations, self.source)
        self.theme = make_theme(False, QApplication.font())
        self.page = RegisterPage(self.operations, self.registers, KINDS[key], self.theme, Settings(None))
        self.notices: list[str] = []
        self.page.refused.connect(self.notices.append)
        qtbot.addWidget(self.page)
        self.page.resize(1300, 800)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        qtbot.waitUntil(lambda: self.registers.registers is not None)
        self.page.grid.setFocus()

    def close(self) -> None:
        self.operations.finish()
        assert not self.failures

    def line(self, title: str) -> ActionLine | FindingLine:
        found = self.registers.registers
        lines = [*found.actions, *found.findings]
        return next(line for line in lines if self.title_of(line) == title)

    @staticmethod
    def title_of(line) -> str:
        return line.action.title if isinstance(line, ActionLine) else line.finding.title

    def shown(self) -> list[str]:
        return [self.title_of(line) for line in self.page.table.rows]

    def selected(self) -> list[str]:
        return [self.title_of(line) for line in self.page.grid.picks.rows()]

    def select(self, *titles: str, column: str = "title") -> None:
        number = [each.key for each in self.page.table.columns].index(column)
        self.page.grid.picks.select([self.line(title).id for title in titles], number)
        self.page.grid.setFocus()

    @contextmanager
    def written(self) -> Iterator[None]:
        """Wait until a step was written and the registers read again."""
        with self.qtbot.waitSignal(self.registers.refreshed, timeout=5_000):
            yield

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier, widget: QWidget | None = None) -> None:
        target = widget or self.page.grid
        target.setFocus()
        QTest.keyClick(target, key, modifier)

    def do(self, key: str) -> None:
        action = self.page.actions_of.by_key[key]
        assert action.isEnabled()
        action.trigger()

    def type_in_cell(self, text: str) -> None:
        """Write in the editor that is open and press Enter."""
        editor = self.page.grid.indexWidget(self.page.grid.currentIndex())
        line = editor.lineEdit() if hasattr(editor, "lineEdit") else editor
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
