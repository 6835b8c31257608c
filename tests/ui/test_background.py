"""Background: one job at a time; it tells, it stops, and nobody hears of one that was replaced."""

from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from readiness.domain.errors import Cancelled
from ui.background import Background
from ui.patience import Patience


@pytest.fixture
def background(qtbot: QtBot):
    made = Background()
    yield made
    made.close(Patience())


def test_that_a_job_hands_over_what_comes_of_it(qtbot: QtBot, background: Background):
    found: list[int] = []
    background.start(lambda _told, _stop: 7, found.append, pytest.fail)
    assert background.is_running
    qtbot.waitUntil(lambda: found == [7])
    assert not background.is_running


def test_that_news_of_more_than_two_gigabytes_arrive(qtbot: QtBot, background: Background):
    def job(told, _stop):
        told("Writing", 5_000_000_000, 5_000_000_000)

    with qtbot.waitSignal(background.progressed) as news:
        background.start(job, lambda _none: None, pytest.fail)
    assert news.args == ["Writing", 5_000_000_000, 5_000_000_000]


def test_that_thousands_of_news_become_a_few(qtbot: QtBot, background: Background):
    heard: list[int] = []
    background.progressed.connect(lambda _words, done, _total: heard.append(done))

    def job(told, _stop):
        for done in range(10_001):
            told("Writing", done, 10_000)

    done: list[None] = []
    background.start(job, done.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(done))
    assert (heard[0], heard[-1]) == (0, 10_000)
    assert len(heard) < 100


def test_that_a_failure_is_handed_over_and_a_stop_is_none(qtbot: QtBot, background: Background):
    failed: list[Exception] = []
    stopped: list[bool] = []

    def bad(_told, _stop):
        raise ValueError("a bug")

    def endless(_told, stop):
        while not stop():
            pass
        raise Cancelled("Stopped.")

    background.start(bad, pytest.fail, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    background.start(endless, pytest.fail, failed.append, lambda: stopped.append(True))
    background.stop()
    qtbot.waitUntil(lambda: bool(stopped))
    assert len(failed) == 1


def test_that_a_new_job_takes_the_place_of_the_one_before(qtbot: QtBot, background: Background):
    begun, found = Event(), []

    def first(told, stop):
        begun.set()
        while not stop():
            pass
        told("Late", 1, 1)
        return "first"

    background.start(first, found.append, pytest.fail)
    begun.wait()
    background.start(lambda _told, _stop: "second", found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["second"]


def test_that_closing_waits_and_hands_nothing_over(qtbot: QtBot, background: Background):
    background.start(lambda _told, stop: stop() or 1, pytest.fail, pytest.fail)
    background.close(Patience())
    qtbot.wait(1)
    assert background._pool.activeThreadCount() == 0
