"""The dialogs of evidence: defaults make Enter enough; OK waits until all is sound; each says what is in the way."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from readiness.domain.evidence import AttachmentDraft, EvidenceEdit, EvidenceRow
from readiness.domain.vocabulary import Audience, EvidenceField, EvidenceSource, Strength
from readiness.services.taking import Taken
from ui.dialogs.address_dialog import AddressDialog
from ui.dialogs.evidence_dialog import EvidenceDialog
from ui.dialogs.tick_dialog import TickDialog, TickWords
from ui.dialogs.version_dialog import VersionDialog
from ui.models.tick_rows import TickRow, matching
from ui.theme import make_theme

DAY = date(2021, 4, 26)
HASH, OTHER = "ab" * 32, "cd" * 32
AUDIT = Taken(AttachmentDraft("EHC plan audit grades, March 2021.xlsx", HASH, 1_440_000), date(2021, 4, 1))
SURVEY = Taken(AttachmentDraft("Parent survey.pdf", OTHER, 30_000), date(2021, 2, 3))
PAGE = Taken(AttachmentDraft("statistics", url="https://www.gov.uk/statistics"))
ROW = EvidenceRow(
    "e", "Audit of plans", "", EvidenceSource.AUDIT, Strength.OUTCOME, Audience.PARTNERS, date(2020, 3, 1), None, None,
    None, date(2021, 3, 31), (), (),
)  # fmt: skip


@pytest.fixture
def theme(qapp):
    return make_theme(False, QApplication.font())


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def dialog_for(qtbot, theme, *taken, where="RV-C02 Audit results", known=None, refused=()):
    return shown(qtbot, EvidenceDialog(theme, taken, where, DAY, known, refused))


def test_that_a_usual_piece_needs_nothing_but_enter(qtbot, theme):
    dialog = dialog_for(qtbot, theme, AUDIT)
    assert dialog.ok.isEnabled()
    assert dialog.ok.text() == "Attach"
    assert dialog.form.title.selectedText() == "EHC plan audit grades, March 2021"
    (piece,) = dialog.answer().pieces
    assert (piece.draft.title, piece.draft.source, piece.draft.dated, piece.draft.received) == (
        "EHC plan audit grades, March 2021", EvidenceSource.AUDIT, date(2021, 3, 31), DAY,
    )  # fmt: skip
    assert (piece.draft.strength, piece.draft.audience) == (Strength.SAYS, Audience.INTERNAL)
    assert piece.attachments == (AUDIT.attachment,)


def test_that_everything_that_is_asked_is_answered(qtbot, theme):
    dialog = dialog_for(qtbot, theme, PAGE)
    form = dialog.form
    form.title.setText("  National   figures ")
    form.shows.setPlainText("We are above the national figure.")
    form.source.show_word(EvidenceSource.DATA)
    form.strength.show_word(Strength.CONFIRMED)
    form.audience.show_word(Audience.PUBLIC)
    for field, text in (
        (form.dated, "1 Apr 2021"), (form.valid_until, "30/9/2021"), (form.covers_from, "2020-04-01"),
        (form.covers_to, "31 Mar 2021"),
    ):  # fmt: skip
        field.setText(text)
    draft = dialog.answer().pieces[0].draft
    assert draft.title == "  National   figures "
    assert (draft.shows, draft.strength, draft.audience) == (
        "We are above the national figure.", Strength.CONFIRMED, Audience.PUBLIC,
    )  # fmt: skip
    assert (draft.dated, draft.valid_until) == (date(2021, 4, 1), date(2021, 9, 30))
    assert (draft.covers_from, draft.covers_to) == (date(2020, 4, 1), date(2021, 3, 31))


@pytest.mark.parametrize(
    ("field", "text", "said", "cure"),
    [
        ("title", " ", "needs a title", "Audit"),
        ("title", "x" * 301, "too long", "Audit"),
        ("dated", "31 June 2021", "has no day 31", "30 June 2021"),
        ("valid_until", "1 Jan 2021", "cannot be valid until 1 Jan 2021", "1 Jan 2022"),
        ("covers_to", "soon", "is not a date", "1 Apr 2021"),
    ],
)
def test_that_ok_waits_until_all_is_sound(qtbot, theme, field, text, said, cure):
    dialog = dialog_for(qtbot, theme, AUDIT)
    line = getattr(dialog.form, field)
    line.selectAll()
    QTest.keyClicks(line, text)
    line.editingFinished.emit()
    assert not dialog.ok.isEnabled()
    assert said in dialog.ok.toolTip()
    assert said in dialog.fault.text()
    assert dialog.answer() is None
    line.clear()
    QTest.keyClicks(line, cure)
    assert dialog.ok.isEnabled()


def test_that_several_files_are_a_piece_each_with_its_own_title_source_and_day(qtbot, theme):
    dialog = dialog_for(qtbot, theme, AUDIT, SURVEY)
    assert [title.text() for title in dialog.titles] == ["EHC plan audit grades, March 2021", "Parent survey"]
    assert not dialog.form.title.isVisibleTo(dialog)
    dialog.titles[1].setText("Survey of parents")
    dialog.form.audience.show_word(Audience.INSPECTORS)
    pieces = dialog.answer().pieces
    assert [(piece.draft.title, piece.draft.source, piece.draft.dated) for piece in pieces] == [
        ("EHC plan audit grades, March 2021", EvidenceSource.AUDIT, date(2021, 3, 31)),
        ("Survey of parents", EvidenceSource.VOICE, date(2021, 2, 3)),
    ]
    assert {piece.draft.audience for piece in pieces} == {Audience.INSPECTORS}
    dialog.titles[0].setText(" ")
    assert not dialog.ok.isEnabled()


def test_that_several_files_may_be_one_piece(qtbot, theme):
    dialog = dialog_for(qtbot, theme, AUDIT, SURVEY)
    dialog.one_box.setChecked(True)
    assert dialog.form.title.isVisibleTo(dialog)
    (piece,) = dialog.answer().pieces
    assert (piece.draft.title, piece.draft.dated) == ("EHC plan audit grades, March 2021", date(2021, 3, 31))
    assert piece.attachments == (AUDIT.attachment, SURVEY.attachment)


def test_that_what_the_library_has_is_linked_unless_somebody_wants_it_twice(qtbot, theme):
    dialog = dialog_for(qtbot, theme, AUDIT, known={HASH: ROW})
    assert "The library has this file already: “Audit of plans”." in dialog.known_said.text()
    assert not dialog.form.isVisibleTo(dialog)
    assert dialog.ok.text() == "Link"
    assert (dialog.answer().pieces, dialog.answer().known_ids) == ((), ("e",))
    dialog.known_box.setChecked(False)
    assert dialog.form.isVisibleTo(dialog)
    assert (len(dialog.answer().pieces), dialog.answer().known_ids) == (1, ())


def test_that_of_several_files_only_the_known_are_linked(qtbot, theme):
    dialog = dialog_for(qtbot, theme, AUDIT, SURVEY, known={HASH: ROW})
    assert "The library has 1 of these files already" in dialog.known_said.text()
    assert [title.isEnabled() for title in dialog.titles] == [False, True]
    found = dialog.answer()
    assert ([piece.draft.title for piece in found.pieces], found.known_ids) == (["Parent survey"], ("e",))
    dialog.one_box.setChecked(True)
    assert [len(piece.attachments) for piece in dialog.answer().pieces] == [2]


def test_that_a_file_for_the_library_alone_is_added_and_what_was_refused_is_said(qtbot, theme):
    dialog = dialog_for(qtbot, theme, AUDIT, where="", known={HASH: ROW}, refused=["“Old.docx” is empty."])
    assert dialog.windowTitle() == "Add evidence"
    assert dialog.ok.text() == "Add"
    assert not dialog.known_box.isVisibleTo(dialog)
    assert "“Old.docx” is empty." in [label.text() for label in dialog.findChildren(type(dialog.known_said))]
    assert len(dialog.answer().pieces) == 1


# addresses


def test_that_an_address_is_begun_from_the_clipboard_and_judged_as_it_is_written(qtbot, theme):
    QApplication.clipboard().setText("https://www.gov.uk/send")
    dialog = shown(qtbot, AddressDialog(theme, "Add a link"))
    assert dialog.address() == "https://www.gov.uk/send"
    assert dialog.ok.isEnabled()
    dialog.line.setText("www.gov.uk")
    assert not dialog.ok.isEnabled()
    assert "is not a link" in dialog.fault.text()
    dialog.line.setText("\\\\server\\send\\Audit.xlsx")
    assert dialog.ok.isEnabled()
    assert "kept as text and not opened without asking" in dialog.note.text()
    dialog.line.setText("")
    assert not dialog.ok.isEnabled()


def test_that_pointing_elsewhere_needs_another_address_and_a_file_can_be_chosen(qtbot, theme, tmp_path, monkeypatch):
    dialog = shown(qtbot, AddressDialog(theme, "Point elsewhere", "https://www.gov.uk/old"))
    assert not dialog.ok.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "a b.pdf"), ""))
    dialog.browse.click()
    assert dialog.address() == f"file://{tmp_path}/a%20b.pdf"
    assert dialog.ok.isEnabled()


# ticking

WORDS = TickWords("Link", "For RV-C02", "Search", "Nothing there.", "Choose one.")
ROWS = [
    TickRow("a", "Audit of plans", "Audit · used for RV-C01"),
    TickRow("b", "Audit tool", "linked already · Audit", is_off=True),
    TickRow("c", "Parent survey", "Voice · not used yet"),
]


def ticking(qtbot, theme, find=None):
    dialog = shown(qtbot, TickDialog(theme, WORDS, find or (lambda text, then: then(matching(ROWS, text)))))
    dialog._delay.setInterval(0)
    return dialog


def test_that_a_word_and_enter_choose_what_is_found_first(qtbot, theme):
    dialog = ticking(qtbot, theme)
    assert dialog.chosen() == ("a",)
    QTest.keyClicks(dialog.search, "parent")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.chosen() == ("c",)


def test_that_enter_waits_for_the_words_typed_last(qtbot, theme):
    answers = []
    dialog = ticking(qtbot, theme, lambda text, then: answers.append((text, then)))
    answers.pop()[1](ROWS)
    QTest.keyClicks(dialog.search, "parent")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    text, then = answers.pop()
    assert text == "parent"
    then(matching(ROWS, text))
    assert not dialog.isVisible()
    assert dialog.chosen() == ("c",)


def test_that_several_are_ticked_over_several_searches_and_what_is_linked_cannot_be(qtbot, theme):
    dialog = ticking(qtbot, theme)
    QTest.keyClick(dialog.search, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    dialog.search.setText("parent")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.chosen() == ("a", "c")
    assert dialog.ok.text() == "Link 2"
    dialog.search.setText("tool")
    qtbot.waitUntil(lambda: dialog.model.rows[0].id == "b")
    dialog.model.toggle(dialog.model.index(0))
    assert dialog.chosen() == ("a", "c")


def test_that_arrows_move_in_the_list_while_the_keyboard_stays_in_the_words(qtbot, theme):
    dialog = ticking(qtbot, theme)
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.model.row(dialog.list.currentIndex()).id == "c"


def test_that_a_search_without_a_find_says_so_and_ok_waits(qtbot, theme):
    dialog = ticking(qtbot, theme)
    dialog.search.setText("nobody")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert dialog.none.text() == "Nothing has these words."
    assert not dialog.ok.isEnabled()
    assert dialog.ok.toolTip() == "Choose one."
    assert ticking(qtbot, theme, lambda _, then: then([])).none.text() == "Nothing there."


# versions


def test_that_a_newer_version_brings_its_day_and_asks_anew_how_long_it_counts(qtbot, theme):
    dialog = shown(qtbot, VersionDialog(theme, ROW, [AUDIT], DAY))
    assert dialog.answer() == (
        "",
        (
            EvidenceEdit(EvidenceField.DATED, date(2021, 3, 31)),
            EvidenceEdit(EvidenceField.VALID_UNTIL, None),
        ),
    )
    dialog.note.setText("With the spring term")
    dialog.valid_until.setText("31 Mar 2021")
    assert dialog.answer() == ("With the spring term", (EvidenceEdit(EvidenceField.DATED, date(2021, 3, 31)),))
    dialog.valid_until.setText("1 Mar 2021")
    dialog.valid_until.textEdited.emit("1 Mar 2021")
    assert not dialog.ok.isEnabled()
    assert "cannot be valid until" in dialog.fault.text()
    same = replace(ROW, dated=date(2021, 3, 31), valid_until=None)
    assert shown(qtbot, VersionDialog(theme, same, [AUDIT], DAY)).answer() == ("", ())
