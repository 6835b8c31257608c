"""Merging: laptops that hand each other changes in any order come to the same, and nothing is lost.

Properties 1 to 8 of merge.md, section 10.1, with an oracle that remembers what each laptop knew at each edit.
"""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from devices import Carried, Device
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from readiness.domain.changes import Change, change_id
from readiness.domain.errors import InConflict, UndoBlocked
from readiness.domain.steps import SetField

START = datetime(2021, 3, 1, 9, tzinfo=UTC)
RECORDS = ("r1", "r2")
FIELDS = ("status", "owner", "rank")
laptops = st.integers(0, 2)
records = st.sampled_from(RECORDS)
values = st.sampled_from("abc")
cells = st.lists(st.tuples(records, st.sampled_from(FIELDS), values), min_size=1, max_size=2)
chances = st.integers(0, 2**32).map(random.Random)


def put(eid: str, field: str, value: str | bool) -> SetField:
    return SetField("item", eid, field, value)


class Laptops(RuleBasedStateMachine):
    """Three laptops; `known` is the oracle: which changes each has, and which each author had when it wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.devices = [Device(name, START) for name in "abc"]
        self.made: dict[bytes, Carried] = {}
        self.known: list[set[bytes]] = [set(), set(), set()]
        self.seen: dict[bytes, frozenset[bytes]] = {}
        self.steps: list[str] = []

    def teardown(self) -> None:
        self.everybody_has_everything()
        for device in self.devices:
            device.close()

    # moves

    def wrote(self, d: int, step_id: str | None) -> None:
        if step_id is None:
            return
        before = frozenset(self.known[d])
        for step, change in self.devices[d].log(step_id):
            self.made[change.id] = (step, change)
            self.seen[change.id] = before
            self.known[d].add(change.id)
        self.steps.append(step_id)
        self.holds(d)

    @rule(d=laptops, wanted=cells)
    def edit(self, d, wanted):
        device = self.devices[d]
        self.wrote(d, device.write(*(put(*cell) for cell in wanted)).step_id)
        shown = device.items()
        for (eid, field), value in {(eid, field): value for eid, field, value in wanted}.items():
            assert shown[eid][field] == value

    @rule(d=laptops, eid=records, value=values)
    def make(self, d, eid, value):
        self.wrote(d, self.devices[d].write(put(eid, "title", value), put(eid, "deleted", False)).step_id)

    @rule(d=laptops, eid=records, gone=st.booleans())
    def remove_or_restore(self, d, eid, gone):
        self.wrote(d, self.devices[d].write(put(eid, "deleted", gone)).step_id)
        shown = self.devices[d].items().get(eid)
        assert shown is None or bool(shown["deleted"]) == gone
        assert shown is None or not gone or self.conflicts_of_removal(d, eid) == 0

    @rule(d=laptops, value=values, gone=st.booleans())
    def resolve_all(self, d, value, gone):
        device = self.devices[d]
        for (eid, field), (_, _, number, waits) in device.registers().items():
            if number > 1 and not waits and field not in ("deleted", "rank"):
                self.wrote(d, device.write(put(eid, field, value)).step_id)
                assert len(device.heads()[eid, field]) == 1
                assert device.registers()[eid, field][2:] == (1, 0)
        for eid in device.items():
            if self.conflicts_of_removal(d, eid):
                self.wrote(d, device.write(put(eid, "deleted", gone)).step_id)
                assert bool(device.item(eid)["deleted"]) == gone
                assert self.conflicts_of_removal(d, eid) == 0

    @precondition(lambda self: self.steps)
    @rule(d=laptops, chance=chances)
    def undo(self, d, chance):
        mine = [step_id for step_id in self.steps if step_id[0] == "abc"[d]]
        if not mine:
            return
        device = self.devices[d]
        step_id = chance.choice(mine)
        changes = [change for _, change in device.log(step_id)]
        heads, before = device.heads(), device.items()
        moved = {change.eid for change in changes if change.field == "deleted"}
        stays_gone = {eid for eid, row in before.items() if row["deleted"] and eid not in moved}
        changes = [change for change in changes if change.eid not in stays_gone]
        try:
            done = device.undo(step_id)
        except InConflict as refused:  # it would remove a record that somebody is to choose for
            removed = refused.id
            assert removed in moved
            assert before[removed]["conflicts"] > 0
            assert device.items() == before
            return
        except UndoBlocked:
            assert not any(set(heads[c.eid, c.field]) == {c.id} for c in changes if self.is_undone_alone(c, changes))
            return
        self.wrote(d, done.step_id)
        after = device.items()
        assert all(after[eid] == before[eid] for eid in stays_gone)
        for change in changes:
            if not self.is_undone_alone(change, changes):
                continue
            shown = after[change.eid][change.field]
            if set(heads[change.eid, change.field]) == {change.id}:
                assert shown == json.loads(change.old)
            elif not self.was_undone(change):
                assert shown == before[change.eid][change.field]

    def is_undone_alone(self, change: Change, changes: list[Change]) -> bool:
        """Whether undo treats a change by itself; what makes a record is undone by removing it."""
        makes = any(
            c.eid == change.eid and c.field == "deleted" and c.new == "false" and not c.parents for c in changes
        )
        return change.field == "deleted" or not makes

    def was_undone(self, change: Change) -> bool:
        return any(step.undo_of and c.eid == change.eid for step, c in self.made.values())

    @rule(d=laptops, days=st.integers(-3, 3))
    def change_the_clock(self, d, days):
        self.devices[d].now += timedelta(days=days)

    @rule(source=laptops, d=laptops, chance=chances, share=st.floats(0.1, 1))
    def hand_over(self, source, d, chance, share):
        known = sorted(self.known[source])
        some = chance.sample(known, round(len(known) * share))
        some += chance.choices(some, k=len(some) // 3) if some else []
        chance.shuffle(some)
        size = max(1, chance.randint(1, len(some) + 1))
        for start in range(0, len(some), size):
            batch = some[start : start + size]
            self.devices[d].take(self.made[id_] for id_ in batch)
            self.known[d].update(batch)
        self.holds(d)

    @precondition(lambda self: self.made)
    @rule(d=laptops, chance=chances)
    def damaged_batch(self, d, chance):
        before = self.devices[d].state()
        batch = [self.made[id_] for id_ in chance.sample(sorted(self.made), chance.randint(1, len(self.made)))]
        step, change = batch[-1]
        batch[-1] = (step, change._replace(new=json.dumps(json.loads(change.new) != "zz" and "zz")))
        with pytest.raises(ValueError, match="not what it says"):
            self.devices[d].take(batch)
        assert self.devices[d].state() == before

    # what must hold

    def conflicts_of_removal(self, d: int, eid: str) -> int:
        """Return how many of a record's conflicts are about its removal."""
        device = self.devices[d]
        asked = sum(
            number > 1 and not waits
            for (each, field), (_, _, number, waits) in device.registers().items()
            if each == eid and field not in ("deleted", "rank")
        )
        return device.item(eid)["conflicts"] - asked

    def holds(self, d: int) -> None:
        device = self.devices[d]
        heads, registers, shown = device.heads(), device.registers(), device.items()
        by_field: dict[tuple[str, str], list[bytes]] = {}
        for id_ in self.known[d]:
            change = self.made[id_][1]
            by_field.setdefault((change.eid, change.field), []).append(id_)
        assert set(by_field) == set(heads) == set(registers)
        waiting = {key for key, found in registers.items() if found[3]}
        for key, ids in by_field.items():
            frontier = {id_ for id_ in ids if not any(id_ in self.seen[other] for other in ids)}
            assert frontier <= set(heads[key])
            lacking = {parent for id_ in ids for parent in self.made[id_][1].parents} - self.known[d]
            assert (key in waiting) == bool(lacking)
            if not lacking:
                assert frontier == set(heads[key])
        for eid, row in shown.items():
            mine = {field: found for (each, field), found in heads.items() if each == eid}
            for field in set(mine) - {"deleted"}:
                winner = max(mine[field], key=lambda id_: (self.made[id_][1].stamp, id_))
                assert row[field] == json.loads(mine[field][winner])
            mine_waiting = {field for each, field in waiting if each == eid}
            assert bool(row["incomplete"]) == bool(mine_waiting)
            self.conflicts_hold(row, mine, mine_waiting)

    def conflicts_hold(self, row: dict, mine: dict[str, dict[bytes, str]], waiting: set[str]) -> None:
        """Whether exactly those fields are asked about that differ and wait for nothing, and contested removals."""
        removers = mine.get("deleted", {})
        wanted_gone = bool(removers) and set(removers.values()) == {"true"}
        complete = {field: ids for field, ids in mine.items() if field not in waiting}
        unseen = any(
            not any(id_ in self.seen[remover] or self.together(id_, remover) for remover in removers)
            for field, ids in complete.items()
            if field != "deleted"
            for id_ in ids
        )
        several = sum(len(set(ids.values())) > 1 for field, ids in complete.items() if field not in ("deleted", "rank"))
        assert row["conflicts"] == several + (wanted_gone and unseen and "deleted" not in waiting)
        if not waiting:
            assert bool(row["deleted"]) == (wanted_gone and not unseen)

    def together(self, one: bytes, other: bytes) -> bool:
        return self.made[one][1].step == self.made[other][1].step

    def everybody_has_everything(self) -> None:
        chance = random.Random(len(self.made))
        for d, device in enumerate(self.devices):
            lacking = [self.made[id_] for id_ in self.made if id_ not in self.known[d]]
            chance.shuffle(lacking)
            device.take(lacking)
            self.known[d] = set(self.made)
            self.holds(d)
        states = [device.state() for device in self.devices]
        assert states[0] == states[1] == states[2]
        assert states[0][0] == sorted(self.made)
        assert states[0][3] == []
        fresh = Device("d", START)
        carried = list(self.made.values())
        chance.shuffle(carried)
        fresh.take(carried)
        assert fresh.state() == states[0]
        for device in (fresh, self.devices[0]):
            assert [fault for fault in device.check() if fault.kind != "reference"] == []
        self.devices[0].rebuild()
        assert self.devices[0].state() == states[0]
        fresh.close()


Laptops.TestCase.settings = settings(max_examples=400, stateful_step_count=30)
TestThatLaptopsConverge = Laptops.TestCase


# directed: what random search rarely finds


@pytest.fixture
def three():
    devices = [Device(name, START) for name in "abc"]
    yield devices
    for device in devices:
        device.close()


def all_of(device: Device) -> list[Carried]:
    return device.log()


def test_that_a_link_withheld_shows_the_latest_and_asks_nobody(three):
    a, b, c = three
    a.write(put("r1", "status", "a"))
    b.take(all_of(a))
    b.write(put("r1", "status", "b"))
    c.take(all_of(b))
    last = c.write(put("r1", "status", "c")).step_id
    late = Device("d", START)
    late.take(all_of(a))
    late.take(c.log(last))
    row = late.item("r1")
    assert (row["status"], row["incomplete"], row["conflicts"]) == ("c", 1, 0)
    assert late.check() == [fault for fault in late.check() if fault.kind == "reference"]
    late.take(all_of(b))
    row = late.item("r1")
    assert (row["status"], row["incomplete"], row["conflicts"]) == ("c", 0, 0)
    assert late.state() == c.state()
    late.close()


def test_that_a_removal_that_saw_what_is_withheld_asks_nobody(three):
    a, b, _ = three
    a.write(put("r1", "status", "a"), put("r1", "deleted", False))
    b.take(all_of(a))
    edit = b.write(put("r1", "status", "b")).step_id
    removal = b.write(put("r1", "deleted", True)).step_id
    a.take(b.log(removal))
    assert (a.item("r1")["deleted"], a.item("r1")["conflicts"], a.item("r1")["incomplete"]) == (0, 0, 1)
    a.take(b.log(edit))
    assert (a.item("r1")["deleted"], a.item("r1")["conflicts"], a.item("r1")["incomplete"]) == (1, 0, 0)


def test_that_both_branches_of_a_restored_laptop_are_kept(three):
    a, b, _ = three
    a.write(put("r1", "status", "a"))
    backup = all_of(a)
    a.write(put("r1", "status", "b"))
    b.take(all_of(a))
    restored = Device("a", START + timedelta(hours=1))
    restored.take(backup)
    restored.rows("UPDATE step SET n = 1")
    restored.rows("UPDATE change SET n = 1")
    restored._steps = 500  # ids of steps are random, numbers of changes are not
    restored.write(put("r1", "status", "c"))
    restored.take(all_of(b))
    b.take(all_of(restored))
    for device in (b, restored):
        assert len(all_of(device)) == 3
        assert device.item("r1")["status"] == "c"
        assert device.item("r1")["conflicts"] == 1
    assert b.state() == restored.state()
    restored.close()


def test_that_a_clock_three_years_ahead_stays_inside_the_fields_it_touched(three):
    a, b, c = three
    b.now += timedelta(days=3 * 365)
    a.write(put("r1", "status", "a"), put("r1", "owner", "a"))
    b.take(all_of(a))
    b.write(put("r1", "status", "b"))
    a.take(all_of(b))
    a.write(put("r1", "status", "c"), put("r1", "owner", "c"))
    c.take(all_of(a))
    row = c.item("r1")
    assert (row["status"], row["owner"], row["conflicts"]) == ("c", "c", 0)
    stamps = {change.field: change.stamp >> 16 for _, change in c.log() if change.new == '"c"'}
    assert stamps["owner"] < int((START + timedelta(days=1)).timestamp() * 1000) < stamps["status"]


def test_that_two_laptops_that_start_one_checklist_make_the_same_records(three):
    a, b, _ = three
    for device in (a, b):
        device.write(put("r1", "title", "Plans"), put("r1", "rank", "V"), put("r1", "deleted", False))
    b.write(put("r1", "status", "b"))
    a.take(all_of(b))
    b.take(all_of(a))
    for device in (a, b):
        assert list(device.items()) == ["r1"]
        assert (device.item("r1")["status"], device.item("r1")["conflicts"]) == ("b", 0)
    assert a.state() == b.state()


def test_that_two_different_resolutions_are_a_new_conflict_and_alike_ones_none(three):
    a, b, c = three
    a.write(put("r1", "status", "a"), put("r1", "owner", "a"))
    b.write(put("r1", "status", "b"), put("r1", "owner", "b"))
    for device in three:
        device.take([*all_of(a), *all_of(b)])
    assert c.item("r1")["conflicts"] == 2
    a.write(put("r1", "status", "a"), put("r1", "owner", "c"))
    b.write(put("r1", "status", "b"), put("r1", "owner", "c"))
    c.take([*all_of(a), *all_of(b)])
    assert c.item("r1")["conflicts"] == 1
    assert {field: len(found) for (_, field), found in c.heads().items()} == {"status": 2, "owner": 2}


def test_that_latest_ranks_win_and_nobody_is_asked(three):
    a, b, c = three
    a.write(put("r1", "rank", "a"))
    b.now += timedelta(seconds=1)
    b.write(put("r1", "rank", "b"))
    c.take([*all_of(b), *all_of(a)])
    assert (c.item("r1")["rank"], c.item("r1")["conflicts"]) == ("b", 0)


def test_that_a_removed_record_edited_elsewhere_stays_until_somebody_decides(three):
    a, b, c = three
    a.write(put("r1", "status", "a"), put("r1", "deleted", False))
    b.take(all_of(a))
    a.write(put("r1", "deleted", True))
    b.write(put("r1", "status", "b"))
    for device in three:
        device.take([*all_of(a), *all_of(b)])
        assert (device.item("r1")["deleted"], device.item("r1")["conflicts"]) == (0, 1)
    anyway = c.write(put("r1", "deleted", True))
    assert anyway.step_id is not None
    a.take(all_of(c))
    for device in (a, c):
        assert (device.item("r1")["deleted"], device.item("r1")["conflicts"]) == (1, 0)
    b.write(put("r1", "deleted", False))
    assert (b.item("r1")["deleted"], b.item("r1")["conflicts"]) == (0, 0)
    c.undo(anyway.step_id)
    assert c.item("r1")["deleted"] == 0


def test_that_a_child_added_under_a_removed_area_is_alive_and_named(three):
    a, b, _ = three
    area = [SetField("area", "area", "title", "Plans"), SetField("area", "area", "deleted", False)]
    a.write(*area, put("r1", "area_id", "area"), put("r1", "deleted", False))
    b.take(all_of(a))
    a.write(SetField("area", "area", "deleted", True), put("r1", "deleted", True))
    b.write(put("r2", "area_id", "area"), put("r2", "deleted", False))
    a.take(all_of(b))
    b.take(all_of(a))
    assert a.state() == b.state()
    assert {eid: row["deleted"] for eid, row in a.items().items()} == {"r1": 1, "r2": 0}


def test_that_fields_of_a_newer_version_are_kept_handed_on_and_not_shown(three):
    a, b, c = three
    a.write(put("r1", "status", "a"), put("r1", "triangulated", "yes"), SetField("visit", "v1", "school", "x"))
    b.take(all_of(a))
    c.take(all_of(b))
    assert c.state() == a.state()
    assert "triangulated" not in c.item("r1")
    assert {row[0] for row in c.rows("SELECT status FROM change WHERE field IN ('triangulated', 'school')")} == {
        "unknown"
    }
    assert [fault for fault in c.check() if fault.kind != "reference"] == []


def test_that_a_step_that_lies_about_its_author_changes_nothing(three):
    a, b, _ = three
    a.write(put("r1", "status", "a"))
    ((step, change),) = all_of(a)
    b.take([(step, change)])
    before = b.state()
    with pytest.raises(ValueError, match="not what it says"):
        b.take([(replace(step, actor="Somebody else"), change)])
    assert b.state() == before


def test_that_a_known_step_with_other_content_is_refused_whole(three):
    a, b, _ = three
    a.write(put("r1", "status", "a"))
    b.write(put("r2", "status", "b"))
    twin = Device("a", START + timedelta(hours=1))
    twin.write(put("r2", "owner", "c"))
    b.take(all_of(a))
    before = b.state()
    with pytest.raises(ValueError, match="not the one that is known"):
        b.take(all_of(twin))
    assert b.state() == before
    twin.close()


def as_undoing(step, change, other):
    """Return a step as its author would have sent it, had it undone another."""
    step = replace(step, undo_of=other)
    return step, change._replace(id=change_id(step, change))


def test_that_a_step_that_undoes_itself_is_refused_by_whatever_way(three):
    a, b, _ = three
    one, two = a.write(put("r1", "status", "a")).step_id, a.write(put("r1", "owner", "b")).step_id
    first, second = all_of(a)
    before = b.state()
    for batch in ([as_undoing(*first, one)], [as_undoing(*first, two), as_undoing(*second, one)]):
        with pytest.raises(ValueError, match="undoes itself"):
            b.take(batch)
        assert b.state() == before
    b.take([as_undoing(*first, two)])
    with pytest.raises(ValueError, match="undoes itself"):
        b.take([as_undoing(*second, one)])
    b.take([second])
    assert len(b.log()) == 2
