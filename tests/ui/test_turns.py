"""Turns: parts of much work are done one a turn, in order, and none is lost."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from readiness.domain.views import Changes
from ui.turns import MANY, Turns, is_large


def test_that_the_window_has_its_turn_between_two_parts(qtbot):
    owner, done = QObject(), []
    turns = Turns(owner)

    def show_rows():
        done.append("rows")
        QTimer.singleShot(0, owner, lambda: done.append("a key"))

    turns.start(show_rows, lambda: done.append("offer"), at_once=False)
    assert done == []
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["rows", "a key", "offer"]


def test_that_what_is_wanted_at_once_comes_behind_what_waits(qtbot):
    owner, done = QObject(), []
    turns = Turns(owner)
    turns.start(lambda: done.append(1), lambda: done.append(2), at_once=False)
    turns.start(lambda: done.append(3), at_once=True)
    assert done == [1, 2, 3]
    QCoreApplication.processEvents()
    assert done == [1, 2, 3]


def test_that_only_what_many_records_bring_is_spread():
    few = Changes("", "s", {"item": frozenset(map(str, range(MANY)))})
    one = Changes("", "s", {"area": frozenset({"a"})})
    assert not is_large(None)  # a board that is read whole is shown whole
    assert not is_large((few,))
    assert is_large((few, one))
