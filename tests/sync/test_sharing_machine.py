"""Three laptops with real workspaces share through a folder, bundles and a PostgreSQL in any mixture: nothing is lost.

Properties 1 to 3, 8, 9 and 11 of merge.md, section 10.1; the others are held by tests/storage/test_convergence.py,
which hands changes over without carriers. IRT_SCENARIOS sets how many scenarios: 400, and 4,000 before a release.
"""

import os
import random
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from council import fast_folder
from hub_server import HubServer
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from team_of_laptops import Team

from readiness.domain.errors import InConflict, NotFound, NothingToUndo, UndoBlocked
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.conflicts import StaleChoice, keep, read_conflicts, take_newest
from readiness.services.items import edit_items, remove_items
from readiness.services.rounds import Round, share
from readiness.services.undo import undo
from readiness.services.upkeep import find_faults
from readiness.storage.engine import connect
from readiness.storage.exchange import data_code
from readiness.storage.workspace import Workspace

SCENARIOS, PARTS = int(os.environ.get("IRT_SCENARIOS", "400")), 4
laptops, places = st.integers(0, 2), st.sampled_from(["folder", "hub"])
items, words = st.sampled_from(["A01", "A02"]), st.sampled_from(["a", "b"])
fields = st.sampled_from([ItemField.OWNER, ItemField.POSITION])
_LOG = "SELECT c.id, c.status FROM change c ORDER BY c.id"
_HEADS = "SELECT h.eid, h.field, c.id FROM head h JOIN change c ON c.k = h.k ORDER BY 1, 2, 3"
_ITEMS = "SELECT id, owner, position, deleted, conflicts, incomplete FROM item ORDER BY id"


def put_back(laptop: Workspace, folder: Path) -> None:
    """Have an open workspace hold what another file holds."""
    with closing(connect(laptop.database, read_only=False)) as driver:
        driver.execute("ATTACH ? AS before_it", (str(folder / "workspace.db"),))
        driver.execute("BEGIN IMMEDIATE")
        for (name,) in driver.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            driver.execute(f"DELETE FROM main.{name}")
            driver.execute(f"INSERT INTO main.{name} SELECT * FROM before_it.{name}")
        driver.execute("COMMIT")
        driver.execute("DETACH before_it")


class Sharing(RuleBasedStateMachine):
    """Three laptops that were at one once; everything they write is remembered."""

    template: Path
    team: Team  # stays open for all scenarios: only what its files hold is put back
    hub_server: HubServer
    hub: str

    def __init__(self) -> None:
        super().__init__()
        self.top = self.team.place.parent
        self.laptops = self.team.laptops
        self.team.ahead.clear()
        for each in self.laptops:
            put_back(each, self.template / each.folder.name)
        shutil.rmtree(self.team.place)
        shutil.copytree(self.template / "shared", self.team.place)
        self.harmed: dict[Path, bytes] = {}
        self.made: set[bytes] = set()
        self.bundles = 0

    def teardown(self) -> None:
        try:
            self.everybody_meets()
        finally:
            self.hub_server.clear(self.hub)
            for path in self.top.glob("*.irtbundle"):
                path.unlink()

    def everybody_meets(self) -> None:
        for path, good in self.harmed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(good)
        for each in (*self.laptops, *self.laptops):  # whoever wrote a change has it, wherever else it lies
            share(each, [str(self.team.place)])
        told = [[each.glance(_rows, sql) for sql in (_LOG, _HEADS, _ITEMS)] for each in self.laptops]
        assert told[0] == told[1] == told[2]
        assert self.laptops[1].glance(data_code) == self.laptops[2].glance(data_code)
        assert self.made <= {bytes(id_) for id_, _ in told[0][0]}
        assert self.laptops[0].read(find_faults) == []  # and the others are as it is
        assert {len(each.read(read_conflicts)) for each in self.laptops} == {
            sum(row[4] for row in told[0][2])
        }  # every field in conflict can be chosen for
        for each in self.laptops[:1]:
            keys = [(found.id, found.field) for found in each.read(read_conflicts) if found.field != "deleted"]
            if keys:
                each.run(take_newest, keys)
                assert [found for found in each.read(read_conflicts) if found.field != "deleted"] == []

    def did(self, laptop: int, use_case, *args) -> None:
        try:
            changes = self.laptops[laptop].run(use_case, *args)
        except (NotFound, InConflict, NothingToUndo, UndoBlocked, StaleChoice):
            return
        if changes.step_id is not None:
            found = self.laptops[laptop].glance(_rows, "SELECT id FROM change WHERE step = ?", (changes.step_id,))
            self.made |= {bytes(id_) for (id_,) in found}

    @rule(laptop=laptops, reference=items, field=fields, value=words)
    def edit(self, laptop, reference, field, value):
        self.did(laptop, edit_items, [self.team.ids[reference]], [ItemEdit(field, value)])

    @rule(laptop=laptops, reference=items)
    def remove(self, laptop, reference):
        self.did(laptop, remove_items, [self.team.ids[reference]])

    @rule(laptop=laptops)
    def take_back(self, laptop):
        self.did(laptop, undo)

    @rule(laptop=laptops)
    def choose(self, laptop):
        for found in self.laptops[laptop].read(read_conflicts)[:1]:
            self.did(laptop, keep, found.id, found.field, found.versions[0].change_id)

    @rule(laptop=laptops, hours=st.sampled_from([-72, -1, 0, 72]))
    def jump(self, laptop, hours):
        self.team.set_ahead(laptop, hours)

    @rule(laptop=laptops, place=places)
    def sync(self, laptop, place):
        share(self.laptops[laptop], [str(self.team.place) if place == "folder" else self.hub])

    @rule(laptop=laptops, place=places, pieces=st.integers(1, 4))
    def sync_and_stop(self, laptop, place, pieces):
        round_ = Round(self.laptops[laptop], [str(self.team.place) if place == "folder" else self.hub])
        for number, _ in enumerate(round_.pieces(), start=1):
            if number >= pieces:
                round_.stop()
                break
        round_.finish()

    @rule(laptop=laptops, other=laptops)
    def hand_a_bundle_over(self, laptop, other):
        self.bundles += 1
        path = self.top / f"{self.bundles}.irtbundle"
        make_bundle(self.laptops[laptop], path)
        take_bundle(self.laptops[other], path)

    @precondition(lambda self: any(self.team.place.rglob("*.irtseg")))
    @rule(seed=st.integers(0, 2**16))
    def harm_a_file(self, seed):
        chance = random.Random(seed)
        path = chance.choice(sorted(self.team.place.rglob("*.irtseg")))
        content = path.read_bytes()
        self.harmed.setdefault(path, content)
        if not content:
            return
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                path.write_bytes(content[:place])
            case 1:
                path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            case 2:
                path.unlink()
            case _:
                shutil.copy(path, path.with_name(f"{path.stem} (1).irtseg"))


def _rows(cursor, sql, values=()):
    return cursor.execute(sql, values).fetchall()


@pytest.mark.parametrize("part", range(PARTS))
def test_that_laptops_converge_through_any_mixture_of_carriers(part, template, hub_server):
    class Mixed(Sharing):
        pass

    top = Path(tempfile.mkdtemp(prefix="irt", dir=fast_folder()))
    shutil.copytree(template, top, dirs_exist_ok=True)
    Mixed.template, Mixed.team = template, Team.opened(top)
    Mixed.hub_server, Mixed.hub = hub_server, hub_server.hub()
    ours = settings(max_examples=SCENARIOS // PARTS, stateful_step_count=8, deadline=None)
    try:
        run_state_machine_as_test(Mixed, settings=ours)
    finally:
        Mixed.team.close()
        shutil.rmtree(top, ignore_errors=True)
