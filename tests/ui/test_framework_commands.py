"""Frameworks in the window: what one says, a checklist written out, one brought in with a preview or its faults."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from readiness.excel.list_template import write_framework_list_template
from readiness.frameworks.reader import read_framework_file
from readiness.frameworks.shipped import find_framework
from readiness.frameworks.writer import framework_text
from readiness.services.checklist_files import ChecklistFile, read_checklist_file
from readiness.services.schemes import SchemeNames, own_frameworks
from ui.app import App
from ui.dialogs.framework_dialog import FrameworkDialog
from ui.dialogs.framework_preview import FrameworkPreview
from ui.dialogs.inspection_dialog import InspectionDialog
from ui.dialogs.scheme_names_dialog import SchemeNamesDialog
from ui.framework_commands import FileRead
from ui.models.framework_html import NOT_VERIFIED, framework_sections, section_html

OK = QDialogButtonBox.StandardButton.Ok
ILACS = find_framework("ilacs-2024")


@pytest.fixture
def app(qtbot: QtBot, opened, council) -> Iterator[App]:
    return opened(council)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    write_framework_list_template(tmp_path / "Our list.xlsx")
    return tmp_path / "Our list.xlsx"


def own(app: App) -> list[str]:
    found: list[str] = []
    app.operations.ask(lambda drafts: found.extend(draft.id for draft in drafts), own_frameworks)
    app.operations.settle()
    return found


def choose(app: App, number: int) -> str:
    """Choose an inspection in the switch; return its id."""
    id_ = app.source.board.inspections[number].id
    app.window.switch.choose(id_)
    return id_


def said(app: App) -> str:
    frame = app.window.frame
    return str(getattr(frame.stack.currentWidget(), "foot", frame.foot).notice)


# the dialog about a framework


def test_that_a_framework_says_what_it_judges_and_what_is_not_verified():
    sections = {section.title: section for section in framework_sections(ILACS)}
    assert list(sections)[:5] == ["About", "Judgements", "Kinds of visit", "Timetable", "Expected days"]
    assert len(sections) == 5 + len(ILACS.lists)
    assert len(sections["Judgements"].rows) == 1 + len(ILACS.judgements)
    doubtful = [entry for entry in ILACS.timetable if not entry.verified]
    assert doubtful
    assert sum(row[-1] == NOT_VERIFIED for row in sections["Timetable"].rows) == len(doubtful)
    html = section_html(sections["Timetable"], "#000000", "#ffffff")
    assert html.count("check against the handbook in force") == len(doubtful)


def test_that_what_councils_write_in_a_framework_is_text_and_no_markup():
    draft = replace(ILACS, title="<b>x</b> & y", judgements=(replace(ILACS.judgements[0], title="<img src=x>"),))
    html = "".join(section_html(section, "#000000", "#ffffff") for section in framework_sections(draft))
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in html
    assert "<img" not in html


def test_that_the_dialog_shows_a_section_and_copies_the_columns_of_a_list(qtbot: QtBot, app: App):
    dialog = FrameworkDialog(app.themes.theme, ILACS, app.window)
    qtbot.addWidget(dialog)
    assert ILACS.edition in dialog.text.toPlainText()
    dialog.contents.setCurrentRow(5)
    assert dialog.copy.text() == "&Copy the columns"
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().split("\t") == list(ILACS.lists[0].columns)
    dialog.contents.setCurrentRow(1)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Judgement\tGrades, best first\tRests on\n")


def test_that_a_file_is_compared_with_the_list_that_is_shown(qtbot: QtBot, app: App, monkeypatch, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(",".join(ILACS.lists[0].columns[1:]), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    told: list[str] = []

    def use(dialog: FrameworkDialog) -> int:
        dialog.show()
        assert dialog.check.isHidden()  # no list is shown yet
        dialog.contents.setCurrentRow(5)
        for words in ("differs from list 1", "There is no file"):
            dialog.check.click()
            qtbot.waitUntil(lambda words=words: words in dialog.text.toPlainText())
            told.append(dialog.text.toPlainText())
            path.unlink(missing_ok=True)
        dialog.copy.click()
        dialog.contents.setCurrentRow(6)
        told.append(dialog.text.toPlainText())
        return 0

    monkeypatch.setattr(FrameworkDialog, "exec", use)
    choose(app, 1)
    app.window.actions_by_name["about_framework"].trigger()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert "“Child Unique ID” is missing: it is column 1 of list 1." in told[0]
    assert "There is no file" in QGuiApplication.clipboard().text()
    assert "There is no file" not in told[2]


def test_that_the_command_shows_the_framework_of_the_inspection_in_the_switch(qtbot: QtBot, app: App, monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(FrameworkDialog, "exec", lambda dialog: shown.append(dialog.text.toPlainText()) or 0)
    app.window.actions_by_name["about_framework"].trigger()
    assert "Choose one inspection" in said(app)
    choose(app, 1)
    app.window.actions_by_name["about_framework"].trigger()
    qtbot.waitUntil(lambda: bool(shown))
    assert app.source.board.inspections[1].edition in shown[0]


# writing out


def test_that_the_checklist_in_the_switch_is_written_out(qtbot: QtBot, app: App, monkeypatch, tmp_path):
    asked: list[SchemeNames] = []

    def accept(dialog: SchemeNamesDialog) -> int:
        asked.append(dialog.form.names())
        dialog.form.title.setText("Ours")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(SchemeNamesDialog, "exec", accept)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "ours"), ""))
    number = len([item for item in app.source.board.items if item.inspection_id == choose(app, 0)])
    app.window.actions_by_name["write_framework"].trigger()
    qtbot.waitUntil(lambda: "ours.toml" in said(app))
    draft = read_framework_file(tmp_path / "ours.toml")
    assert (draft.title, draft.item_count) == ("Ours", number)
    assert draft.id == asked[0].id
    assert draft.id.startswith(f"{app.source.board.inspections[0].framework}-")


def test_that_names_that_will_not_do_keep_ok_waiting(qtbot: QtBot, app: App):
    dialog = SchemeNamesDialog(app.themes.theme, SchemeNames("ours", "1", "Ours", "Ours"), app.window)
    qtbot.addWidget(dialog)
    ok = dialog.buttons.button(OK)
    assert ok.isEnabled()
    dialog.form.id.setText("ilacs-2018")
    assert not ok.isEnabled()
    assert "such as “ilacs-2018-own”" in dialog.form.fault.text()
    dialog.form.id.setText("Our list")
    assert "cannot be an id" in ok.toolTip()


# bringing in


def preview_of(app: App, qtbot: QtBot, file: ChecklistFile | None, *faults: str, kept=frozenset()) -> FrameworkPreview:
    preview = FrameworkPreview(app.themes.theme, FileRead(Path("x.toml"), file, faults, kept), app.window)
    qtbot.addWidget(preview)
    return preview


def test_that_a_sound_list_is_shown_with_its_areas_and_items(qtbot: QtBot, app: App, listed: Path):
    preview = preview_of(app, qtbot, read_checklist_file(listed, "2026"), kept=frozenset({("our-list", "2025")}))
    tops = [preview.tree.topLevelItem(number) for number in range(preview.tree.topLevelItemCount())]
    assert [top.text(0) for top in tops] == ["A  Call and control (2)", "B  Voice (1)"]
    first = tops[0].child(0)
    assert [first.text(column) for column in range(4)] == [
        "OUR-A01  Call-day plan and contact tree", "Document", "held ready", "Head of Service",
    ]  # fmt: skip
    assert preview.buttons.button(OK).isEnabled()
    assert not preview.note.isVisibleTo(preview)
    preview.form.edition.setText("2025")
    assert "take its place" in preview.note.text()
    assert preview.note.isVisibleTo(preview)
    assert preview.draft().edition == "2025"


def test_that_a_framework_file_names_itself(qtbot: QtBot, app: App):
    preview = preview_of(app, qtbot, ChecklistFile("x.toml", ILACS))
    assert preview.form.id.isReadOnly()
    assert not preview.buttons.button(OK).isEnabled()
    assert "comes with the program" in preview.buttons.button(OK).toolTip()


def test_that_faults_are_shown_and_can_be_copied_and_nothing_brought_in(qtbot: QtBot, app: App):
    preview = preview_of(app, qtbot, None, "line 1: Wrong.", "line 2: Also wrong.")
    assert not preview.buttons.button(OK).isEnabled()
    assert preview.faults.toPlainText() == "line 1: Wrong.\n\nline 2: Also wrong."
    copy, again = (next(b for b in preview.buttons.buttons() if words in b.text()) for words in ("Copy", "again"))
    copy.click()
    assert QGuiApplication.clipboard().text() == "line 1: Wrong.\nline 2: Also wrong."
    again.click()
    assert preview.wants_again


def answer(monkeypatch, *codes: int) -> list[FrameworkPreview]:
    """Answer the previews that come one after the other; return them."""
    seen: list[FrameworkPreview] = []

    def execute(preview: FrameworkPreview) -> int:
        seen.append(preview)
        return codes[len(seen) - 1]

    monkeypatch.setattr(FrameworkPreview, "exec", execute)
    return seen


def test_that_an_excel_list_is_kept_and_can_then_be_tracked(qtbot: QtBot, app: App, monkeypatch, listed: Path):
    answer(monkeypatch, 1)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(listed), ""))
    with qtbot.waitSignal(app.operations.changed) as announced:
        app.window.actions_by_name["bring_framework"].trigger()
    assert announced.args[0].label == "Bring in Our list"
    assert own(app) == ["our-list"]
    offered: list[list[str]] = []

    def look(dialog: InspectionDialog) -> int:
        offered.append([dialog.framework.itemData(row) for row in range(dialog.framework.count())])
        return 0

    monkeypatch.setattr(InspectionDialog, "exec", look)
    app.window.actions_by_name["add_inspection"].trigger()
    qtbot.waitUntil(lambda: bool(offered))
    assert "our-list" in offered[0]
    app.window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: own(app) == [])


def test_that_a_faulty_file_is_read_again_when_it_was_corrected(qtbot: QtBot, app: App, monkeypatch, listed: Path):
    book = load_workbook(listed)
    book["Items"]["F2"] = "soon"
    book.save(listed)

    def correct(preview: FrameworkPreview) -> int:
        seen.append(preview.faults.toPlainText() if preview.faults else "")
        if preview.faults is None:
            return 1
        book["Items"]["F2"] = "day 2"
        book.save(listed)
        preview.wants_again = True
        return 0

    seen: list[str] = []
    monkeypatch.setattr(FrameworkPreview, "exec", correct)
    with qtbot.waitSignal(app.operations.changed):
        app.commands.frameworks.read_file(listed)
    assert "Sheet “Items”, row 2, column F (Due): “soon” is not a due rule." in seen[0]
    assert seen[1:] == [""]
    assert own(app) == ["our-list"]


def test_that_thinking_better_of_it_keeps_nothing(qtbot: QtBot, app: App, monkeypatch, listed: Path, tmp_path):
    seen = answer(monkeypatch, 0, 0)
    app.commands.frameworks.read_file(listed)
    qtbot.waitUntil(lambda: len(seen) == 1)
    path = tmp_path / "ours.toml"
    path.write_text(framework_text(ILACS).replace('"ilacs-2024"', '"ours"'), encoding="utf-8")
    app.commands.frameworks.read_file(path)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert own(app) == []
    assert seen[1].draft().id == "ours"


def test_that_an_empty_list_is_saved(qtbot: QtBot, app: App, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list.xlsx"), ""))
    app.window.actions_by_name["list_template"].trigger()
    qtbot.waitUntil(lambda: "list.xlsx" in said(app))
    assert read_checklist_file(tmp_path / "list.xlsx", "1").sheet == "Items"
