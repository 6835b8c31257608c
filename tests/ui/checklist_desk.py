"""A desk for tests of the checklist: a small real workspace, its page, and what hands do there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from readiness.domain.views import AreaDraft, FrameworkDraft, InspectionDraft, ItemDraft, ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField, ItemStatus, Priority
from readiness.services import boards, inspections, items
from readiness.storage.opening import create_workspace
from ui.board import BoardSource
from ui.models.item_columns import NUMBERS
from ui.operations import Operations
from ui.pages.checklist import ChecklistPage
from ui.settings import Settings
from ui.theme import make_theme

DAY = date(2021, 4, 26)


def framework(name: str, *codes: str) -> FrameworkDraft:
    """A framework of three items an area: RV-A01 and so on."""
    areas = tuple(
        AreaDraft(
            code,
            f"Area of {code}",
            ("Good", "Weak"),
            tuple(
                ItemDraft(
                    f"{name}-{code}{number:02}",
                    f"Item {number} of {code}",
                    guidance=f"What shows {number}",
                    owner="Head of SEND" if number < 3 else "Headteacher",
                    service="Performance & Data",
                    due_rule="day 3" if number == 2 else "held ready",
                    priority=Priority.ESSENTIAL,
                )
                for number in (1, 2, 3)
            ),
        )
        for code in codes
    )
    return FrameworkDraft(name.lower(), "1", f"Framework {name}", name, "", {}, areas)


class Desk:
    """The page over a workspace; `item` reads from the board as the page has it."""

    def __init__(self, qtbot, folder, settings=None) -> None:
        self.qtbot = qtbot
        self.workspace = create_workspace(folder / "workspace", at_risk=True)
        drafts = [InspectionDraft(framework(name, "A", "B"), ready_by=date(2021, 4, 30)) for name in ("RV", "SC")]
        self.workspace.run(inspections.start_inspections, tuple(drafts))
        self.operations = Operations(self.workspace)
        self.failures: list[Exception] = []
        self.operations.failed.connect(self.failures.append)
        self.source = BoardSource(self.operations, DAY)
        self.source.show(self.workspace.read(boards.read_board, DAY))
        self.settings = settings or Settings(None)
        theme = make_theme(False, QApplication.font())
        self.page = ChecklistPage(self.operations, self.source, theme, ("head of send",), self.settings)
        self.notices: list[str] = []
        self.page.notice.connect(self.notices.append)
        self.page.refused.connect(self.notices.append)
        qtbot.addWidget(self.page)
        self.page.resize(1300, 800)
        self.page.show()
        self.page.set_inspection(self.source.board.inspections[0].id)
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.grid.setFocus()

    def close(self) -> None:
        self.operations.finish()
        assert not self.failures

    def item(self, reference: str) -> ItemRow:
        return next(item for item in self.source.board.items if item.reference == reference)

    def checked_by_another(self, *references: str) -> None:
        """Have somebody else check items, and wait until the page shows it."""
        ids = [self.item(each).id for each in references]
        self.workspace.acting_as = "Director of Education"
        with self.written():
            self.operations.change(items.edit_items, ids, [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)])
        self.workspace.acting_as = ""

    def select(self, *references: str, column: str = "status") -> None:
        self.page.grid.picks.select([self.item(each).id for each in references], NUMBERS[column])
        self.page.grid.setFocus()

    @contextmanager
    def written(self) -> Iterator[None]:
        """Wait until a step was written and the board read again."""
        with self.qtbot.waitSignal(self.source.refreshed, timeout=5_000):
            yield

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier, widget: QWidget | None = None) -> None:
        target = widget or self.page.grid
        target.setFocus()
        QTest.keyClick(target, key, modifier)

    def do(self, key: str) -> None:
        """Trigger an action by its name."""
        action = self.page._actions.by_key[key]
        assert action.isEnabled()
        action.trigger()

    def wait(self, holds) -> None:
        self.qtbot.waitUntil(holds, timeout=5_000)

    def shown(self) -> list[str]:
        return [row.reference for row in self.page.table.rows if isinstance(row, ItemRow)]

    def selected(self) -> list[str]:
        return [row.reference for row in self.page.grid.picks.items()]
