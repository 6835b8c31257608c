"""Circles of objects are freed in the GUI thread, and nowhere else."""

import gc
from threading import Thread, get_ident

from ui.rubbish import MOST_PUT_OFF, Rubbish


class Circle:
    """Says in which thread it was freed."""

    freed: list[int]

    def __init__(self, freed) -> None:
        self.freed, self.me = freed, self

    def __del__(self) -> None:
        self.freed.append(get_ident())


def test_that_circles_made_in_a_worker_are_freed_in_the_gui_thread(qtbot, qapp):
    freed: list[int] = []
    rubbish = Rubbish(qapp)
    rubbish.start()

    def work() -> None:
        for _ in range(5_000):
            Circle(freed)

    worker = Thread(target=work)
    worker.start()
    worker.join()
    assert not gc.isenabled()
    assert freed == []
    qtbot.waitUntil(lambda: bool(freed), timeout=10_000)
    assert set(freed) == {get_ident()}
    rubbish._timer.stop()
    gc.unfreeze()


def test_that_the_look_waits_for_the_worker_but_not_for_ever(qapp, monkeypatch):
    busy, looks = [True], []
    monkeypatch.setattr("ui.rubbish.collect_due", lambda: looks.append(len(busy)))
    rubbish = Rubbish(qapp, lambda: busy[0])
    for _ in range(MOST_PUT_OFF):
        rubbish._on_time()
    assert looks == []
    rubbish._on_time()
    assert len(looks) == 1
    busy[0] = False
    rubbish._on_time()
    assert len(looks) == 2
