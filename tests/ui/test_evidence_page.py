"""The evidence page over a real workspace: what it shows, what is edited in place, files, versions, uses."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from evidence_kit import answer, copy, drop, files_mime, paper, text_mime
from evidence_stand import EvidenceStand
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from readiness.domain.evidence_filters import Order
from readiness.domain.filters import ItemFilter
from readiness.domain.vocabulary import Audience, Currency, EvidenceField, EvidenceSource, Strength
from readiness.services.undo import undo
from ui.dialogs.address_dialog import AddressDialog
from ui.dialogs.evidence_dialog import EvidenceDialog
from ui.dialogs.removed_dialog import RemovedDialog
from ui.dialogs.tick_dialog import TickDialog
from ui.dialogs.version_dialog import VersionDialog
from ui.pages.evidence import NOT_USED
from ui.pages.evidence_verbs import ANOTHER, NO_FILE, NOT_KEPT

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stand(qtbot, tmp_path, monkeypatch) -> Iterator[EvidenceStand]:
    made = EvidenceStand(qtbot, tmp_path, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def full(stand) -> EvidenceStand:
    stand.add("Audit", "RV-A01", "SC-A02", content=b"grades", source=EvidenceSource.AUDIT, strength=Strength.OUTCOME)
    stand.add("Survey", "RV-A01", source=EvidenceSource.VOICE, valid_until=date(2021, 4, 1), audience=Audience.PUBLIC)
    stand.add("Minutes", "SC-A01", url="https://www.gov.uk/minutes", valid_until=date(2021, 5, 14))
    stand.add("Spare", content=b"spare")
    stand.show()
    stand.wait(lambda: len(stand.shown()) == 4)
    return stand


def enter(dialog) -> None:
    QTest.keyClick(dialog.focusWidget(), KEY.Key_Return)


def reject(dialog) -> None:
    dialog.reject()


def choose(monkeypatch, *paths: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in paths], ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(paths[0]) if paths else "", ""))


# what is shown


def test_that_the_library_is_shown_by_title_with_its_count_and_the_first_piece_in_full(full):
    assert full.shown() == ["Audit", "Minutes", "Spare", "Survey"]
    assert full.page.view.count.text() == "4 pieces of evidence"
    assert full.page.panel.shown_id == full.piece("Audit").id
    assert full.page.panel.title.words.text() == "Audit"


def test_that_an_empty_library_says_what_to_do(stand, tmp_path, monkeypatch):
    stand.show()
    assert stand.page.view._middle.currentWidget() is stand.page.view.empty
    choose(monkeypatch, paper(tmp_path))
    answer(enter, EvidenceDialog)
    with stand.followed():
        stand.page.view.empty._button.click()
    stand.wait(lambda: stand.shown() == ["EHC plan audit grades, March 2021"])
    assert stand.page.panel.shown_id == stand.piece("EHC plan audit grades, March 2021").id


def test_that_the_page_follows_the_inspection_switch(full):
    rv, sc = (row.id for row in full.source.board.inspections)
    full.page.set_inspection(rv)
    assert full.shown() == ["Audit", "Survey"]
    assert full.page.view.count.text() == "2 pieces of evidence"
    full.page.set_inspection(sc)
    assert full.shown() == ["Audit", "Minutes"]
    full.page.set_inspection(None)
    assert len(full.shown()) == 4


def test_that_an_inspection_without_evidence_says_so(stand):
    stand.add("Audit", "RV-A01")
    stand.show()
    stand.page.set_inspection(stand.source.board.inspections[1].id)
    assert "Nothing is used for this inspection yet" in stand.page.view.empty.accessibleName()


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("sources", EvidenceSource.AUDIT, ["Audit"]),
        ("strengths", Strength.SAYS, ["Minutes", "Spare", "Survey"]),
        ("currencies", Currency.OUT_OF_DATE, ["Survey"]),
        ("currencies", Currency.DUE_TO_LAPSE, ["Minutes"]),
        ("audiences", Audience.PUBLIC, ["Survey"]),
    ],
)
def test_that_chips_filter(full, field, value, left):
    chip = full.page.bar.chips[field]
    chip._on_popup_chosen((value,))
    assert full.shown() == left
    assert full.page.view.count.text() == f"{len(left)} of 4 pieces of evidence"
    full.page.view.clear.click()
    assert len(full.shown()) == 4


def test_that_unused_and_words_filter_and_nothing_found_is_told(full):
    full.page.bar.switches["unused"].click()
    assert full.shown() == ["Spare"]
    full.do("clear")
    full.do("filter")
    QTest.keyClicks(full.page.bar.box, "gov.uk")
    full.wait(lambda: full.shown() == ["Minutes"])
    QTest.keyClicks(full.page.bar.box, " nothing")
    full.wait(lambda: full.shown() == [])
    assert "No evidence matches" in full.page.view.empty.accessibleName()
    full.page.view.empty._button.click()
    assert len(full.shown()) == 4


def test_that_the_order_can_be_another(full):
    full.page.bar.order_chip._on_popup_chosen((Order.LAPSING,))
    assert full.shown() == ["Survey", "Minutes", "Audit", "Spare"]


def test_that_a_copy_that_is_gone_is_shown_as_missing_and_put_back(full, tmp_path, monkeypatch):
    file = full.piece("Audit").latest.attachments[0]
    kept = full.store.path_of(file.sha256)
    kept.chmod(0o600)
    kept.unlink()
    full.library.look()
    full.wait(lambda: full.page.table.rows[0].missing == (file,))
    full.page.bar.switches["missing"].click()
    assert full.shown() == ["Audit"]
    line = full.page.panel.files.lines[0]
    assert "not on this laptop" in line.face.accessibleName()
    assert ("mend", "Put the file back…") in line.deeds()
    choose(monkeypatch, paper(tmp_path, "Other.txt", b"other"))
    line.face.click()
    full.wait(lambda: full.said == [ANOTHER])
    choose(monkeypatch, paper(tmp_path, "Grades.txt", b"grades"))
    line.face.click()
    full.wait(lambda: full.said[-1] == "Audit.txt is back.")
    full.wait(lambda: full.shown() == [])
    assert full.store.verify(file.sha256)


def test_that_a_path_that_leads_nowhere_is_shown_and_pointed_elsewhere(stand, tmp_path):
    old, new = tmp_path / "old.pdf", paper(tmp_path, "new.pdf")
    stand.add("Minutes", "RV-A01", url=QUrl.fromLocalFile(str(old)).toString())
    stand.add("Server", "RV-A01", url="\\\\server\\send\\Minutes.docx")
    stand.show()
    stand.wait(lambda: len(stand.shown()) == 2 and bool(stand.page.table.rows[0].missing))
    assert stand.page.table.rows[1].missing == ()
    line = stand.page.panel.files.lines[0]
    assert "not there any more" in line.face.accessibleName()

    def point(dialog) -> None:
        assert not dialog.ok.isEnabled()
        dialog.line.setText(QUrl.fromLocalFile(str(new)).toString())
        enter(dialog)

    met = answer(point, AddressDialog)
    with stand.followed():
        line.face.click()
    assert met == ["Point old.pdf elsewhere"]
    stand.wait(lambda: not stand.page.table.rows[0].missing)
    stand.select("Server")
    assert "not looked for" in stand.page.panel.files.lines[0].face.accessibleName()


# the panel


def test_that_fields_are_edited_in_place_as_steps_that_can_be_undone(full):
    full.select("Audit")
    panel = full.page.panel
    with full.followed():
        panel.title.open()
        panel.title.line.setText("Audit of plans")
        QTest.keyClick(panel.title.line, KEY.Key_Return)
    with full.followed():
        panel.fields.words[EvidenceField.SOURCE].chosen.emit(EvidenceSource.PRACTITIONER)
    day = panel.fields.days[EvidenceField.VALID_UNTIL].line
    day.setFocus()
    QTest.keyClicks(day, "30/4/2021")
    with full.followed():
        QTest.keyClick(day, KEY.Key_Return)
    shows = panel.texts.edits[EvidenceField.SHOWS]
    shows.setFocus()
    with full.followed():
        QTest.keyClicks(shows, "71 % are good")
        full.page.flush()
    found = full.piece("Audit of plans")
    assert (found.source, found.valid_until, found.shows) == (
        EvidenceSource.PRACTITIONER, date(2021, 4, 30), "71 % are good",
    )  # fmt: skip
    assert full.page.table.rows[0].currency is Currency.DUE_TO_LAPSE
    with full.followed():
        full.operations.change(undo)
    full.wait(lambda: full.piece("Audit of plans").shows == "")


def test_that_several_pieces_are_set_at_once_and_undone_at_once(full):
    full.select("Audit", "Minutes", "Spare")
    panel = full.page.panel
    assert panel._many.text() == "3 pieces of evidence"
    assert panel.fields.words[EvidenceField.SOURCE].word is None
    with full.followed():
        panel.fields.words[EvidenceField.AUDIENCE].chosen.emit(Audience.INSPECTORS)
    assert [row.audience for row in full.library.rows].count(Audience.INSPECTORS) == 3
    with full.followed():
        full.operations.change(undo)
    full.wait(lambda: Audience.INSPECTORS not in [row.audience for row in full.library.rows])


def test_that_bad_values_are_told_and_change_nothing(full):
    full.select("Audit")
    panel = full.page.panel
    with full.followed():
        panel.fields.words[EvidenceField.STRENGTH].chosen.emit(Strength.CONFIRMED)
    day = panel.fields.days[EvidenceField.DATED].line
    day.setFocus()
    QTest.keyClicks(day, "31 June 2021")
    full.select("Spare")
    assert "“31 June 2021” is no date" in full.said[-1]
    assert full.piece("Audit").dated is None


def test_that_where_it_is_used_is_listed_opened_dated_and_unlinked(full):
    full.select("Audit")
    uses = full.page.panel.uses
    assert [line.use.item.reference for line in uses.lines] == ["RV-A01", "SC-A02"]
    opened = []
    full.page.open_item.connect(opened.append)
    uses.lines[1].face.click()
    assert opened == [full.item("SC-A02").id]
    uses.lines[0].ask_day()
    QTest.keyClicks(uses.lines[0].day.line, "1 Apr 2021")
    with full.followed():
        QTest.keyClick(uses.lines[0].day.line, KEY.Key_Return)
    assert "lapsed 1 Apr 2021" in uses.lines[0].face.accessibleName()
    assert "current" in uses.lines[1].face.accessibleName()
    assert full.page.table.rows[0].currency is Currency.OUT_OF_DATE
    full.page.set_inspection(full.source.board.inspections[1].id)
    assert full.page.table.rows[0].currency is Currency.CURRENT
    with full.followed():
        full.press(KEY.Key_Delete, widget=uses.lines[0].face)
    assert [line.use.item.reference for line in uses.lines] == ["SC-A02"]


def test_that_evidence_is_linked_to_items_by_keys(full):
    full.select("Audit", "Spare")

    def tick(dialog) -> None:
        QTest.keyClicks(dialog.search, "RV-A03")
        QTest.keyClick(dialog.search, KEY.Key_Return)

    met = answer(tick, TickDialog)
    with full.followed():
        full.press(KEY.Key_L, CTRL)
    assert met == ["Link to items"]
    assert {len(full.piece(title).links) for title in ("Audit", "Spare")} == {3, 1}


def test_that_its_history_is_told_and_what_stood_there_can_be_put_back(full):
    full.select("Audit")
    panel = full.page.panel
    with full.followed():
        panel.fields.words[EvidenceField.SOURCE].chosen.emit(EvidenceSource.VOICE)
    full.wait(lambda: any(row.field == "Source" for row in panel.history._rows))
    entry = panel.history._entries[0]
    full.wait(lambda: entry._link.isVisibleTo(panel))
    with full.followed():
        entry._link.click()
    full.wait(lambda: full.piece("Audit").source is EvidenceSource.AUDIT)


# files and versions


def test_that_a_picture_and_a_text_are_previewed_and_other_files_are_not(stand):
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#5A45C9"))
    path = stand.workspace.folder / "a.png"
    image.save(str(path))
    stand.add("Picture", content=path.read_bytes(), name="a.png")
    stand.add("Text", content=b"What young people say")
    stand.add("Sheet", content=b"xlsx", name="a.xlsx")
    stand.show()
    preview = stand.page.panel.preview
    stand.select("Picture")
    stand.wait(lambda: preview.picture.isVisibleTo(stand.page))
    stand.select("Text")
    stand.wait(lambda: preview.text.toPlainText() == "What young people say")
    assert preview.text.isReadOnly()
    assert not preview.picture.isVisibleTo(stand.page)
    stand.select("Sheet")
    assert not preview.isVisibleTo(stand.page)


def test_that_a_file_is_opened_by_key_and_exported(full, tmp_path, monkeypatch):
    full.select("Audit")
    full.press(KEY.Key_Return, CTRL)
    full.wait(lambda: len(full.urls) == 1)
    assert Path(full.urls[0].toLocalFile()).read_bytes() == b"grades"
    target = tmp_path / "copy.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    full.do("export")
    full.wait(lambda: full.said == [f"Wrote copy.txt to {tmp_path}."])
    assert target.read_bytes() == b"grades"
    full.select("Minutes")
    full.do("export")
    assert full.said[-1] == NOT_KEPT
    full.select("Survey")
    full.do("open")
    assert full.said[-1] == NO_FILE


def test_that_a_newer_version_is_added_and_the_earlier_one_stays(full, tmp_path, monkeypatch):
    full.select("Audit")
    choose(monkeypatch, paper(tmp_path, "Grades April 2021.txt", b"newer"))

    def say(dialog) -> None:
        dialog.note.setText("With April")
        enter(dialog)

    met = answer(say, VersionDialog)
    with full.followed():
        full.press(KEY.Key_G, CTRL)
    assert met == ["Add a version"]
    found = full.piece("Audit")
    assert (found.latest.number, found.latest.note, found.dated) == (2, "With April", date(2021, 4, 26))
    files = full.page.panel.files
    assert [line.face.file.name for line in files.lines] == ["Grades April 2021.txt"]
    files._earlier.click()
    assert [line.face.file.name for line in files.lines] == ["Grades April 2021.txt", "Audit.txt"]
    answer(reject, VersionDialog)
    full.do("version")
    full.wait(lambda: full.said == ["No version was added."])


def test_that_a_link_becomes_the_newer_version(full):
    full.select("Audit")
    copy(text_mime("https://www.gov.uk/newer"))
    answer(lambda dialog: (answer(enter, VersionDialog), enter(dialog)), AddressDialog)
    with full.followed():
        full.page.panel.files.version_asked.emit("link")
    assert full.piece("Audit").latest.attachments[0].url == "https://www.gov.uk/newer"


def test_that_a_copy_is_kept_of_what_a_path_leads_to(stand, tmp_path):
    path = paper(tmp_path, "Minutes.txt", b"minutes")
    stand.add("Minutes", "RV-A01", url=QUrl.fromLocalFile(str(path)).toString())
    stand.show()
    line = stand.page.panel.files.lines[0]
    assert [key for key, _ in line.deeds()] == ["open", "look", "fetch", "point"]
    with stand.followed():
        line._ask("fetch")
    file = stand.piece("Minutes").latest.attachments[0]
    assert (file.size, stand.store.verify(file.sha256)) == (7, True)
    assert [key for key, _ in stand.page.panel.files.lines[0].deeds()] == ["open", "open_copy", "export", "point"]


def test_that_a_server_is_looked_for_only_when_somebody_asks(stand):
    stand.add("Minutes", "RV-A01", url="//192.0.2.1/send/Minutes.docx")
    stand.show()
    line = stand.page.panel.files.lines[0]
    assert stand.page.looking._thread is None
    line._ask("look")
    assert stand.said == ["Looking for Minutes.docx …"]
    assert stand.page.looking._thread is not None


# the library


def test_that_files_are_added_by_key_by_drop_and_by_paste(full, tmp_path, monkeypatch):
    choose(monkeypatch, paper(tmp_path, "One.pdf", b"1"))
    answer(enter, EvidenceDialog)
    with full.followed():
        full.press(KEY.Key_E)
    full.wait(lambda: full.page.panel.shown_id == full.piece("One").id)
    answer(enter, EvidenceDialog)
    with full.followed():
        assert drop(full.page.grid.viewport(), files_mime(paper(tmp_path, "Two.pdf", b"2")), QPoint(100, 300))
    copy(text_mime("https://www.gov.uk/three"))
    answer(enter, EvidenceDialog)
    with full.followed():
        full.do("paste")
    full.wait(lambda: {"One", "Two", "three"} <= set(full.shown()))
    copy(text_mime("Drafted"))
    full.do("paste")
    assert full.said[-1].startswith("There is no file, picture or address to paste.")


def test_that_a_link_is_added_to_the_library(full):
    copy(text_mime("https://www.gov.uk/page"))
    answer(lambda dialog: (answer(enter, EvidenceDialog), enter(dialog)), AddressDialog)
    with full.followed():
        full.page.view.add_link.click()
    assert full.piece("page").links == ()


def test_that_removing_is_undone_from_the_foot_or_restored_later(full):
    full.select("Audit", "Survey")
    with full.followed():
        full.press(KEY.Key_Delete)
    assert full.shown() == ["Minutes", "Spare"]
    assert full.page.panel.shown_id
    with full.followed():
        full.page.foot.undo_asked.emit()
    assert full.shown() == ["Audit", "Minutes", "Spare", "Survey"]
    assert len(full.piece("Audit").links) == 2
    full.select("Audit")
    with full.followed():
        full.do("remove")
    met = answer(lambda dialog: (dialog.list.selectAll(), dialog.accept()), RemovedDialog)
    with full.followed():
        full.do("restore")
    assert met == ["Restore what was removed"]
    assert len(full.piece("Audit").links) == 2


def test_that_the_items_of_what_is_selected_are_shown_on_the_checklist(full):
    wanted: list[ItemFilter] = []
    full.page.open_items.connect(wanted.append)
    full.select("Audit")
    full.do("to_items")
    assert wanted[0].items == tuple(full.item(each).id for each in ("RV-A01", "SC-A02"))
    assert wanted[0].label == "Uses of “Audit”"
    full.select("Spare")
    full.do("to_items")
    assert full.said == [NOT_USED]


def test_that_one_piece_is_gone_to_whatever_was_filtered(full):
    full.page.bar.switches["unused"].click()
    full.page.set_inspection(full.source.board.inspections[0].id)
    full.page.show_evidence(full.piece("Minutes").id)
    assert "Minutes" in full.shown()
    assert full.page.panel.shown_id == full.piece("Minutes").id


def test_that_the_panel_is_closed_opened_and_stepped_by_keys(full):
    full.select("Audit")
    full.do("panel")
    assert not full.page.view.has_panel
    full.press(KEY.Key_Return)
    assert full.page.view.has_panel
    assert full.page.panel.fields.words[EvidenceField.SOURCE].hasFocus()
    full.do("next")
    assert full.page.panel.shown_id == full.piece("Minutes").id
    full.do("previous")
    assert full.page.panel.shown_id == full.piece("Audit").id
    full.press(KEY.Key_Escape, widget=full.page.panel.fields.words[EvidenceField.SOURCE])
    assert full.page.grid.hasFocus()
