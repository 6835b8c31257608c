"""Shared laptops: two laptops of a team, of which the founder's is opened in the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot
from team_of_laptops import Team

from readiness.services.sharing_places import add_place
from ui.app import App


@contextmanager
def founders_team(tmp_path: Path) -> Iterator[Team]:
    """Give two laptops; the founder's is closed, and shares through the folder that both know."""
    made = Team(tmp_path)
    made.everybody_syncs()
    add_place(made.laptops[0], str(made.place))
    made.sync(0)
    founder = made.laptops.pop(0)
    made.founder_folder = founder.folder
    founder.close()
    yield made
    made.close()


def sharing(qtbot: QtBot, app: App) -> App:
    """Return the window once it knows how sharing stands."""
    qtbot.waitUntil(lambda: app.commands.shares.desk is not None and app.commands.shares.desk.pulse is not None)
    return app


def owner_of(app: App, reference: str) -> str:
    """Return the owner of an item as the window has it."""
    return next(row.owner for row in app.source.board.items if row.reference == reference)
