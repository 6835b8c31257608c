"""The date field: it reads what people type, and keeps what it cannot read."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ui.theme import make_theme
from ui.widgets.date_field import DateField
from ui.widgets.field_fault import FieldFault

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager


@pytest.fixture
def field(qtbot):
    made = DateField("Due", date(2021, 4, 30))
    qtbot.addWidget(made)
    return made


def typed(qtbot, field, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_that_a_date_is_tidied_on_enter(qtbot, field):
    with qtbot.waitSignal(field.day_changed, check_params_cb=lambda day: day == date(2021, 9, 13)):
        typed(qtbot, field, "13/9/2021")
    assert field.text() == "13 Sep 2021"


def test_that_a_fault_keeps_the_text_and_names_the_cure(qtbot, field):
    with qtbot.waitSignal(field.fault_changed) as said:
        typed(qtbot, field, "31 Apr 2021")
    assert "13 Sep 2021" in said.args[0]
    assert field.text() == "31 Apr 2021"
    assert field.property("wrong") is True
    with qtbot.waitSignal(field.fault_changed) as said:
        typed(qtbot, field, "30 Apr 2021")
    assert said.args == [""]


def test_that_an_empty_field_is_sound(qtbot, field):
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    field.settle()
    assert field.is_sound
    assert field.day is None


def test_that_a_date_from_outside_says_nothing(qtbot, field):
    with qtbot.assertNotEmitted(field.day_changed):
        field.set_day(date(2021, 5, 6))
    assert field.day == date(2021, 5, 6)


def test_that_the_sentence_below_shows_only_while_it_is_needed(qtbot, qapp):
    fault = FieldFault(make_theme(False, qapp.font()))
    qtbot.addWidget(fault)
    assert fault.isHidden()
    fault.show_fault("April has 30 days.")
    assert not fault.grab().isNull()
    fault.show_fault("")
    assert fault.isHidden()
