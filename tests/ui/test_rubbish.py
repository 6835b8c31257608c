"""Circles of objects are freed in the GUI thread, and nowhere else."""

import gc
from threading import Thread, get_ident

from ui.rubbish import Rubbish


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
