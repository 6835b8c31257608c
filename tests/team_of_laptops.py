"""A team of laptops with real workspaces that share through real places; for tests of sharing."""

import json
import shutil
import tempfile
from collections.abc import Callable, Collection
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from council import NOW, board_of, found_council, id_of

from readiness.domain.sharing import MergeReport, SharingBoard
from readiness.domain.views import Identity, ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.items import edit_items
from readiness.services.joining import join
from readiness.services.people import set_identity
from readiness.services.rounds import share
from readiness.services.sharing import read_sharing
from readiness.services.team import set_passphrase
from readiness.services.upkeep import find_faults
from readiness.storage.engine import connect
from readiness.storage.exchange import data_code
from readiness.storage.opening import open_workspace
from readiness.storage.places import DATABASE
from readiness.storage.workspace import Workspace, note

PASSPHRASE = "five words are quite enough"


class Team:
    """The founding laptop, and as many others as a test wants, sharing through one folder."""

    laptops: list[Workspace]

    def __init__(self, tmp_path: Path, others: int = 1) -> None:
        """Copy a team that was made once in this process: stretching passphrases alone takes half a second."""
        made, now = _made(others)
        shutil.copytree(made.name, tmp_path, dirs_exist_ok=True)
        self._stand(tmp_path, now)
        for number, folder in enumerate(_folders(tmp_path)):
            move_places(folder, Path(made.name), tmp_path)
            self.laptops.append(open_workspace(folder, at_risk=True, copies=False, clock=self.clock_of(number)))

    @classmethod
    def founded(cls, top: Path, others: int) -> "Team":
        """A new team: a laptop founds it, the others join."""
        team = cls.__new__(cls)
        team._stand(top, NOW)
        team.place.mkdir()
        team.laptops.append(found_council(top / "founder", team.clock_of(0)))
        set_passphrase(team.laptops[0], PASSPHRASE)
        team.sync(0)
        for number in range(others):
            team.laptops.append(team.joined(top / f"laptop-{number + 1}", f"Director {number + 1}"))
        return team

    def _stand(self, top: Path, now: datetime) -> None:
        self.place, self.now, self.laptops = top / "shared", now, []
        self.ahead: dict[int, timedelta] = {}  # laptop -> how far its clock is ahead

    @classmethod
    def opened(cls, top: Path, which: Collection[int] | None = None) -> "Team":
        """A team whose folders are there already: founder, laptop-1, ... and what they share; all, or some of them."""
        team = cls.__new__(cls)
        team._stand(top, NOW + timedelta(hours=1))
        team.laptops += [
            open_workspace(each, at_risk=True, copies=False, clock=team.clock_of(number))
            for number, each in enumerate(_folders(top))
            if which is None or number in which
        ]
        team.ids = {row.reference: row.id for row in board_of(team.laptops[0]).items}
        return team

    def set_ahead(self, laptop: int, hours: int) -> None:
        self.ahead[laptop] = timedelta(hours=hours)

    def joined(self, folder: Path, role: str) -> Workspace:
        workspace = join(folder, self.place, PASSPHRASE, at_risk=True, clock=self.clock_of(len(self.laptops)))
        workspace.run(set_identity, Identity("", role, ""))
        return workspace

    def clock_of(self, laptop: int) -> Callable[[], datetime]:
        def clock() -> datetime:
            self.now += timedelta(seconds=1)
            return self.now + self.ahead.get(laptop, timedelta(0))

        return clock

    def sync(self, *which: int, place: str | None = None) -> list[MergeReport]:
        return [share(self.laptops[each], [place or str(self.place)]) for each in which]

    def everybody_syncs(self) -> None:
        for _ in range(2):
            self.sync(*range(len(self.laptops)))

    def edit(self, laptop: int, reference: str, field: ItemField, value: object) -> None:
        workspace = self.laptops[laptop]
        workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(field, value)])

    def shown(self, laptop: int, reference: str):
        return next(row for row in board_of(self.laptops[laptop]).items if row.reference == reference)

    def device(self, laptop: int) -> str:
        return self.laptops[laptop].glance(lambda cursor: note(cursor, "device"))

    def board(self, laptop: int) -> SharingBoard:
        return self.laptops[laptop].read(read_sharing, self.now)

    def codes(self) -> set[str]:
        return {each.glance(data_code) for each in self.laptops}

    def check(self) -> None:
        """All laptops have the same data, and log and tables agree on each."""
        assert len(self.codes()) == 1
        for each in self.laptops:
            assert each.read(find_faults) == []

    def close(self) -> None:
        for each in self.laptops:
            each.close()


@cache
def _made(others: int) -> tuple[tempfile.TemporaryDirectory[str], datetime]:
    """Make a team of so many laptops beside the founder's; return where it lies, and its time."""
    folder = tempfile.TemporaryDirectory(prefix="irt-team")
    team = Team.founded(Path(folder.name), others)
    team.close()
    return folder, team.now


def _folders(top: Path) -> list[Path]:
    return [top / "founder", *sorted(top.glob("laptop-*"))]


def move_places(folder: Path, before: Path, now: Path) -> None:
    """Have a copied laptop share where the copy of the place lies."""
    names = [json.dumps(str(each))[1:-1] for each in (before, now)]
    with closing(connect(folder / DATABASE, read_only=False)) as driver:
        driver.execute("UPDATE meta SET v = replace(v, ?, ?)", names)
