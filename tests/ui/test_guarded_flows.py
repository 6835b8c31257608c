"""Guarded flows of the window: an export and a list that is brought in ask before they go on."""

import random
from pathlib import Path

import pytest
from council import found_council
from openpyxl import Workbook, load_workbook
from planted import some_nhs_number, some_upn
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from windows import Opened

from readiness.domain.sightings import Occasion, ScanResult
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.guard import read_exemptions
from readiness.services.items import edit_items
from readiness.services.outgoing import LEFT_OUT
from readiness.services.schemes import own_frameworks
from ui.app import App
from ui.dialogs.framework_preview import FrameworkPreview
from ui.dialogs.guard_dialog import GuardDialog
from ui.pages.history import HistoryPage

PATIENT = some_nhs_number(random.Random(1))
PUPIL = some_upn(random.Random(2))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small council's workspace, closed."""
    found_council(tmp_path / "small").close()
    return tmp_path / "small"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ScanResult]:
    """What was asked about; the answer is to leave it out."""
    found: list[ScanResult] = []
    monkeypatch.setattr(GuardDialog, "ask", classmethod(lambda _cls, _theme, result, *_: found.append(result)))
    return found


def settled(qtbot: QtBot, app: App) -> None:
    qtbot.waitUntil(lambda: app.operations.is_idle)


def exempted(qtbot: QtBot, app: App) -> list[tuple[Occasion, str, str]]:
    rows: list[object] = []
    app.operations.ask(rows.append, read_exemptions)
    settled(qtbot, app)
    return [(row.occasion, row.reason, row.about) for row in rows[0]]  # type: ignore[attr-defined]


def plant(qtbot: QtBot, app: App) -> str:
    """Write a narrative that should not be there; return the item's id."""
    board = app.source.board
    assert board is not None
    item = next(row for row in board.items if row.reference == "A02")
    app.operations.change(edit_items, [item.id], [ItemEdit(ItemField.POSITION, f"As for {PATIENT}.")])
    settled(qtbot, app)
    return item.id


def history_of(qtbot: QtBot, app: App) -> HistoryPage:
    app.window.show_page("history")
    page = app.window.stack.page("history")
    assert isinstance(page, HistoryPage)
    qtbot.waitUntil(lambda: page.steps.rowCount() > 0)
    return page


def export(qtbot: QtBot, app: App, monkeypatch: pytest.MonkeyPatch, target: Path) -> str:
    """Write everything to Excel; return every text of the workbook in one."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    app.window.actions_by_name["export_all"].trigger()
    exporting = app.commands.exporting
    assert exporting is not None
    with qtbot.waitSignal(exporting.exported, timeout=30_000):
        pass
    assert not exporting.is_running
    settled(qtbot, app)
    book = load_workbook(target, read_only=True)
    texts = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    book.close()
    return "\n".join(texts)


def test_that_an_ordinary_export_asks_nothing(
    qtbot: QtBot, opened: Opened, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked
) -> None:
    app = opened(small)
    assert LEFT_OUT not in export(qtbot, app, monkeypatch, tmp_path / "all.xlsx")
    assert asked == []
    assert app.window.frame.foot.notice.startswith("Wrote all.xlsx")
    assert "Export" not in app.window.actions_by_name["undo"].text()  # it went out, and that is told in the history
    page = history_of(qtbot, app)
    assert page.steps.rows[0].label == "Export “all.xlsx” to Excel"
    assert page.panel.title.text() == "Export “all.xlsx” to Excel"
    assert not page.panel.undo_button.isEnabled()
    page.page_actions()["Edit"][0].trigger()
    assert page.foot.notice == "This tells what happened, and that cannot be undone."


def test_that_an_export_leaves_out_what_nobody_justifies(
    qtbot: QtBot, opened: Opened, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked
) -> None:
    app = opened(small)
    plant(qtbot, app)
    words = export(qtbot, app, monkeypatch, tmp_path / "all.xlsx")
    assert LEFT_OUT in words
    assert PATIENT not in words
    (result,) = asked
    assert [(each.place, each.count) for each in result.sightings] == [("A02, position", 1)]
    assert "1 text was left out." in app.window.frame.foot.notice
    assert exempted(qtbot, app) == []


def test_that_an_export_keeps_what_somebody_justifies_and_records_why(
    qtbot: QtBot, opened: Opened, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(small)
    item_id = plant(qtbot, app)
    monkeypatch.setattr(GuardDialog, "ask", classmethod(lambda *_: "The regulator asked for it"))
    words = export(qtbot, app, monkeypatch, tmp_path / "all.xlsx")
    assert PATIENT in words
    assert LEFT_OUT not in words
    assert exempted(qtbot, app) == [(Occasion.EXPORT, "The regulator asked for it", item_id)]


def test_that_an_export_that_is_cancelled_asks_nothing_and_writes_nothing(
    qtbot: QtBot, opened: Opened, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked
) -> None:
    app = opened(small)
    plant(qtbot, app)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "all.xlsx"), ""))
    app.window.actions_by_name["export_all"].trigger()
    exporting = app.commands.exporting
    assert exporting is not None
    with qtbot.waitSignal(exporting.cancelled, timeout=30_000):
        exporting._stop.set()
    assert asked == []
    assert not (tmp_path / "all.xlsx").exists()


def brought_in(qtbot: QtBot, app: App, monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Bring a list in; return the titles of the frameworks the workspace then keeps."""
    book = Workbook()
    book.active.append(["Reference", "Area", "Title", "Guidance", "Owner", "Due", "Kind"])
    book.active.append(["O-1", "A. Plans", "Quality", f"as for {PUPIL}", "", "day 3", "document"])
    book.save(path)

    def filled(preview: FrameworkPreview) -> int:
        assert preview.form is not None
        preview.form.title.setText("Ours")
        return 1

    monkeypatch.setattr(FrameworkPreview, "exec", filled)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    app.window.actions_by_name["bring_framework"].trigger()
    settled(qtbot, app)
    settled(qtbot, app)
    kept: list[object] = []
    app.operations.ask(kept.append, own_frameworks)
    settled(qtbot, app)
    return [draft.title for draft in kept[0]]  # type: ignore[attr-defined]


def test_that_a_list_is_not_brought_in_where_nobody_says_why(
    qtbot: QtBot, opened: Opened, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked
) -> None:
    app = opened(small)
    assert brought_in(qtbot, app, monkeypatch, tmp_path / "list.xlsx") == []
    (result,) = asked
    assert [each.place for each in result.sightings] == ["O-1, what good looks like"]


def test_that_a_list_is_brought_in_with_a_reason_which_is_recorded(
    qtbot: QtBot, opened: Opened, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(small)
    monkeypatch.setattr(GuardDialog, "ask", classmethod(lambda *_: "An example by the regulator"))
    assert brought_in(qtbot, app, monkeypatch, tmp_path / "list.xlsx") == ["Ours"]
    assert [each[:2] for each in exempted(qtbot, app)] == [(Occasion.IMPORT, "An example by the regulator")]
