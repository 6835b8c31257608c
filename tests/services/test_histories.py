"""Random histories against a plain model: lists, dictionaries, and a stack of copies for undo."""

import copy
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
from council import DAY, board_of, everything, fast_folder, found_council
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from readiness.domain.errors import BadValue, NothingToUndo, UndoBlocked
from readiness.domain.views import AreaDraft, Changes, Identity, ItemDraft, ItemEdit, UndoState
from readiness.domain.vocabulary import ItemField, ItemStatus, Priority
from readiness.services.areas import add_area, edit_area, move_area, remove_area, restore_area
from readiness.services.boards import read_narratives, refresh_board
from readiness.services.inspections import InspectionEdit, edit_inspection, remove_inspection, restore_inspection
from readiness.services.items import add_item, edit_cells, edit_items, move_items, remove_items, restore_items
from readiness.services.people import set_identity
from readiness.services.queries import undo_state
from readiness.services.review import set_four_eyes
from readiness.services.undo import redo, undo, undo_step
from readiness.services.upkeep import find_faults
from readiness.storage.opening import open_workspace
from readiness.storage.upkeep import rebuild
from readiness.storage.workspace import Workspace

EDITS = (
    st.builds(ItemEdit, st.just(ItemField.STATUS), st.sampled_from(ItemStatus)),
    st.builds(ItemEdit, st.just(ItemField.PRIORITY), st.sampled_from(Priority)),
    st.builds(ItemEdit, st.just(ItemField.OWNER), st.sampled_from(["", "Head of SEND", "Pennaeth Addysg ŷ"])),
    st.builds(ItemEdit, st.just(ItemField.GAP), st.sampled_from(["", "One\nline more", "👩‍👧"])),
    st.builds(ItemEdit, st.just(ItemField.DUE), st.sampled_from([None, DAY, date(2021, 3, 18)])),
    st.builds(ItemEdit, st.just(ItemField.DUE_RULE), st.sampled_from(["", "held ready", "day 3", "on site"])),
)
edits = st.one_of(EDITS)
CLAIMED_BY, SIGNED = "claimed by", "signed"
UNCLAIMED = {CLAIMED_BY: "", SIGNED: None}
numbers = st.integers(0, 50)
several = st.lists(numbers, min_size=1, max_size=3)


@dataclass
class Plain:
    """What the board should say, as plainly as can be."""

    started: bool = False
    inspection: str = ""
    title: str = ""
    ready_by: date | None = None
    areas: list[str] = field(default_factory=list)  # in order, removed ones too
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)  # area -> items in order, removed ones too
    items: dict[str, dict[object, object]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)  # removed record -> the step that removed it
    me: str = "Somebody"
    four_eyes: bool = True

    @property
    def is_open(self) -> bool:
        return self.started and self.inspection not in self.gone

    def live_areas(self) -> list[str]:
        return [id_ for id_ in self.areas if id_ not in self.gone] if self.is_open else []

    def live_items(self) -> list[str]:
        return [id_ for area in self.live_areas() for id_ in self.order[area] if id_ not in self.gone]

    def area_of(self, item: str) -> str:
        return next(area for area, items in self.order.items() if item in items)


@dataclass
class Done:
    """A step that stands or was undone: what it is called, and what the board said on its other side."""

    label: str
    there: Plain
    step: str = ""  # its latest id: a redo has one of its own
    edited: dict[tuple[str, ItemField], object] = field(default_factory=dict)  # what an edit changed, and from what


class Histories(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        ids = (f"{number:032x}" for number in count(1))  # random ones would sort another way when a history is replayed
        self.patches = [patch(f"readiness.services.{room}.new_id", partial(next, ids)) for room in ("areas", "items")]
        for each in self.patches:
            each.start()
        self.folder = Path(tempfile.mkdtemp(prefix="irt", dir=fast_folder()))
        self.workspace: Workspace = found_council(self.folder / "w")
        self.model = Plain()
        self.past = [Done("Work as Head of SEND", Plain())]
        self.undone: list[Done] = []
        self.live = board_of(self.workspace)
        self.made = len(self.live.items)
        self.past.append(Done("Start Re-visit", Plain(me="Head of SEND")))
        self.model = self.as_laid_out()

    def as_laid_out(self) -> Plain:
        plain = Plain(True, self.live.inspections[0].id, "Example council", self.live.inspections[0].ready_by)
        plain.me = "Head of SEND"
        plain.areas = [row.id for row in self.live.areas]
        plain.names = {row.id: (row.code, row.title) for row in self.live.areas}
        plain.order = {area: [row.id for row in self.live.items if row.area_id == area] for area in plain.areas}
        for row in self.live.items:
            plain.items[row.id] = {
                ItemField.STATUS: row.status, ItemField.PRIORITY: row.priority, ItemField.OWNER: row.owner,
                ItemField.GAP: "", ItemField.DUE: None, ItemField.DUE_RULE: row.due_rule, **UNCLAIMED,
            }  # fmt: skip
        return plain

    def teardown(self) -> None:
        for each in self.patches:
            each.stop()
        assert self.workspace.read(find_faults) == []
        before, board = everything(self.workspace), board_of(self.workspace)
        self.workspace.maintain(rebuild)
        assert everything(self.workspace) == before
        assert board_of(self.workspace) == board
        self.workspace.close()
        shutil.rmtree(self.folder)

    # what happened, and whether the board says so

    def did(self, changes: Changes, after: Plain) -> None:
        if changes.step_id is not None:
            self.past.append(Done(changes.label, self.model, changes.step_id, edited(self.model, after)))
            self.undone.clear()
        else:
            assert after == self.model
        self.model = after
        self.compare(changes)

    def compare(self, changes: Changes) -> None:
        board = board_of(self.workspace)
        self.live = refresh_board_of(self.workspace, self.live, changes)
        assert self.live == board
        model = self.model
        live = model.live_items()
        assert [row.id for row in board.items] == live
        assert [row.id for row in board.areas] == model.live_areas()
        assert [(row.code, row.title) for row in board.areas] == [model.names[row.id] for row in board.areas]
        assert [row.ready_by for row in board.inspections] == ([model.ready_by] if model.is_open else [])
        assert board.workspace.title == model.title
        assert board.removed == self.made - len(live)
        texts = self.workspace.read(read_narratives)
        for row in board.items:
            wanted = dict(model.items[row.id])
            signed = wanted.pop(SIGNED)  # the gap as it was signed: the one text that these histories write
            assert row.signed == (row.status is ItemStatus.SIGNED_OFF) == (signed is not None)
            assert row.lapsed == (row.signed and signed != wanted[ItemField.GAP])
            assert row.area_id == model.area_of(row.id)
            assert {
                ItemField.STATUS: row.status, ItemField.PRIORITY: row.priority, ItemField.OWNER: row.owner,
                ItemField.GAP: texts[row.id].gap, ItemField.DUE: row.due_override, ItemField.DUE_RULE: row.due_rule,
                CLAIMED_BY: row.claimed_by,
            } == wanted  # fmt: skip
        assert self.workspace.read(undo_state) == UndoState(
            self.past[-1].label if self.past else None, self.undone[-1].label if self.undone else None
        )

    def chosen(self, picks: list[int], among: list[str]) -> list[str]:
        return list(dict.fromkeys(among[pick % len(among)] for pick in picks))

    is_laid_out = precondition(lambda self: self.model.live_items())
    has_areas = precondition(lambda self: self.model.live_areas())

    # moves

    @is_laid_out
    @rule(picks=several, edit=edits)
    def edit_some(self, picks, edit):
        after, ids = copy.deepcopy(self.model), self.chosen(picks, self.model.live_items())
        for id_ in ids:
            after.items[id_][edit.field] = edit.value
        self.edited(after, ids, edit_items, ids, [edit])

    @is_laid_out
    @rule(picks=several, given=st.lists(edits, min_size=1, max_size=3))
    def edit_each_its_own(self, picks, given):
        after, ids = copy.deepcopy(self.model), self.chosen(picks, self.model.live_items())
        cells = {id_: given[: 1 + number] for number, id_ in enumerate(ids)}
        for id_, some in cells.items():
            for edit in some:
                after.items[id_][edit.field] = edit.value
        self.edited(after, ids, edit_cells, cells, "Paste")

    def edited(self, after, ids, verb, *given):
        """Edit where review allows it; where not, nothing happens."""
        if all(claims(self.model, after, id_) for id_ in ids):
            self.did(self.workspace.run(verb, *given), after)
            return
        with pytest.raises(BadValue, match="somebody else has to"):
            self.workspace.run(verb, *given)
        self.compare(Changes("", None, {}))

    @rule(wanted=st.booleans())
    def decide_on_four_eyes(self, wanted):
        after = copy.deepcopy(self.model)
        after.four_eyes = wanted
        self.did(self.workspace.run(set_four_eyes, wanted), after)

    @has_areas
    @rule(area=numbers, before=st.none() | numbers)
    def add(self, area, before):
        after = copy.deepcopy(self.model)
        (area_id,) = self.chosen([area], after.live_areas())
        here = [id_ for id_ in after.order[area_id] if id_ not in after.gone]
        before_id = here[before % len(here)] if here and before is not None else None
        self.made += 1
        draft = ItemDraft(f"X{self.made:03}", "Something", owner="Somebody", due_rule="day 5")
        changes = self.workspace.run(add_item, area_id, draft, before_id)
        (made,) = changes.of("item")
        at = after.order[area_id].index(before_id) if before_id else len(after.order[area_id])
        after.order[area_id].insert(at, made)
        after.items[made] = {
            ItemField.STATUS: ItemStatus.NOT_STARTED, ItemField.PRIORITY: Priority.IMPORTANT,
            ItemField.OWNER: "Somebody", ItemField.GAP: "", ItemField.DUE: None, ItemField.DUE_RULE: "day 5",
            **UNCLAIMED,
        }  # fmt: skip
        self.did(changes, after)

    @is_laid_out
    @rule(picks=several, area=numbers, before=st.none() | numbers)
    def move(self, picks, area, before):
        after, ids = copy.deepcopy(self.model), self.chosen(picks, self.model.live_items())
        (area_id,) = self.chosen([area], after.live_areas())
        there = after.order[area_id]
        before_id = there[before % len(there)] if there and before is not None else None
        rest = there[there.index(before_id) :] if before_id else []
        anchor = next((id_ for id_ in rest if id_ not in ids), None)
        for items in after.order.values():
            items[:] = [id_ for id_ in items if id_ not in ids]
        at = after.order[area_id].index(anchor) if anchor else len(after.order[area_id])
        after.order[area_id][at:at] = ids
        self.did(self.workspace.run(move_items, ids, area_id, before_id), after)

    @is_laid_out
    @rule(picks=several)
    def remove(self, picks):
        after, ids = copy.deepcopy(self.model), self.chosen(picks, self.model.live_items())
        changes = self.workspace.run(remove_items, ids)
        after.gone |= dict.fromkeys(ids, changes.step_id)
        self.did(changes, after)

    @precondition(lambda self: self.model.started and any(id_ in self.model.items for id_ in self.model.gone))
    @rule(picks=several)
    def restore(self, picks):
        after = copy.deepcopy(self.model)
        ids = self.chosen(picks, sorted(id_ for id_ in after.gone if id_ in after.items))
        for id_ in ids:
            after.gone.pop(after.inspection, None)
            after.gone.pop(after.area_of(id_), None)
            after.gone.pop(id_)
        self.did(self.workspace.run(restore_items, ids), after)

    @precondition(lambda self: self.model.is_open)
    @rule(before=st.none() | numbers)
    def add_an_area(self, before):
        after = copy.deepcopy(self.model)
        live = after.live_areas()
        before_id = live[before % len(live)] if live and before is not None else None
        code = f"Z{len(self.past)}{len(self.undone)}{len(after.names)}"
        changes = self.workspace.run(add_area, self.live.inspections[0].id, AreaDraft(code, "More"), before_id)
        (made,) = changes.of("area")
        after.areas.insert(after.areas.index(before_id) if before_id else len(after.areas), made)
        after.names[made], after.order[made] = (code, "More"), []
        self.did(changes, after)

    @has_areas
    @rule(area=numbers, title=st.sampled_from(["Plans", "Partners and health"]))
    def rename_an_area(self, area, title):
        after = copy.deepcopy(self.model)
        (area_id,) = self.chosen([area], after.live_areas())
        code = after.names[area_id][0]
        after.names[area_id] = (code, title)
        self.did(self.workspace.run(edit_area, area_id, code, title), after)

    @has_areas
    @rule(area=numbers, before=st.none() | numbers)
    def move_an_area(self, area, before):
        after = copy.deepcopy(self.model)
        (area_id,) = self.chosen([area], after.live_areas())
        live = [id_ for id_ in after.live_areas() if id_ != area_id]
        before_id = live[before % len(live)] if live and before is not None else None
        after.areas.remove(area_id)
        after.areas.insert(after.areas.index(before_id) if before_id else len(after.areas), area_id)
        self.did(self.workspace.run(move_area, area_id, before_id), after)

    @has_areas
    @rule(area=numbers)
    def remove_an_area(self, area):
        after = copy.deepcopy(self.model)
        (area_id,) = self.chosen([area], after.live_areas())
        changes = self.workspace.run(remove_area, area_id)
        for id_ in (area_id, *(id_ for id_ in after.order[area_id] if id_ not in after.gone)):
            after.gone[id_] = changes.step_id
        self.did(changes, after)

    @precondition(lambda self: self.model.is_open and any(id_ in self.model.areas for id_ in self.model.gone))
    @rule(area=numbers)
    def restore_an_area(self, area):
        after = copy.deepcopy(self.model)
        (area_id,) = self.chosen([area], [id_ for id_ in after.areas if id_ in after.gone])
        step = after.gone.pop(area_id)
        for id_ in after.order[area_id]:
            if after.gone.get(id_) == step:
                del after.gone[id_]
        self.did(self.workspace.run(restore_area, area_id), after)

    @precondition(lambda self: self.model.is_open)
    @rule(day=st.sampled_from([None, date(2021, 3, 12), date(2021, 3, 19)]))
    def change_the_dates(self, day):
        after, row = copy.deepcopy(self.model), self.live.inspections[0]
        after.ready_by = day
        edit = InspectionEdit(row.title, row.short_title, day, None)
        self.did(self.workspace.run(edit_inspection, row.id, edit), after)

    @precondition(lambda self: self.model.is_open)
    @rule()
    def remove_the_inspection(self):
        after = copy.deepcopy(self.model)
        changes = self.workspace.run(remove_inspection, after.inspection)
        ids = (after.inspection, *after.areas, *after.items)
        after.gone |= {id_: changes.step_id for id_ in ids if id_ not in after.gone}
        self.did(changes, after)

    @precondition(lambda self: self.model.started and not self.model.is_open)
    @rule()
    def restore_the_inspection(self):
        after = copy.deepcopy(self.model)
        step = after.gone[after.inspection]
        after.gone = {id_: removal for id_, removal in after.gone.items() if removal != step}
        self.did(self.workspace.run(restore_inspection, after.inspection), after)

    @rule(role=st.sampled_from(["Head of SEND", "Director of Education"]))
    def change_hands(self, role):
        after = copy.deepcopy(self.model)
        after.me = role
        self.did(self.workspace.run(set_identity, Identity("", role, "SEND")), after)

    @rule(times=st.integers(1, 3))
    def undo(self, times):
        for _ in range(times):
            self.turn(undo, self.past, self.undone)

    @rule(times=st.integers(1, 3))
    def redo(self, times):
        for _ in range(times):
            self.turn(redo, self.undone, self.past)

    def turn(self, verb, taken, given):
        if not taken:
            try:
                self.workspace.run(verb)
            except NothingToUndo:
                return
            raise AssertionError("there was nothing to turn back")
        done = taken.pop()
        changes = self.workspace.run(verb)
        given.append(Done(done.label, self.model, changes.step_id, done.edited))
        assert changes.label == f"{verb.__name__.capitalize()}: {done.label}"
        assert changes.left == ()
        self.model = copy.deepcopy(done.there)
        self.compare(changes)

    @precondition(lambda self: any(done.edited for done in self.past))
    @rule(pick=numbers)
    def undo_an_edit_out_of_the_history(self, pick):
        places = [place for place, done in enumerate(self.past) if done.edited]
        place = places[pick % len(places)]
        done, since = self.past[place], self.past[place + 1 :]
        back = {
            where: old
            for where, old in done.edited.items()
            if where[0] not in self.model.gone
            and not any((where[0], part) in later.edited for later in since for part in together(where[1]))
        }
        if not back:
            try:
                self.workspace.run(undo_step, done.step)
            except UndoBlocked:
                return
            raise AssertionError("nothing of it could be put back")
        if back != done.edited:
            return  # part of it would stay, and no longer be a step that the plain stack of copies can take back
        changes = self.workspace.run(undo_step, done.step)
        assert (changes.label, changes.left) == (f"Undo: {done.label}", ())
        self.past = [*self.past[:place], *(with_values(later, back) for later in since)]
        self.undone.append(Done(done.label, self.model, changes.step_id, back))
        self.model = with_values(Done("", self.model), back).there
        self.compare(changes)

    @rule()
    def reopen(self):
        clock, step_id = self.workspace._clock, self.workspace._step_id
        self.workspace.close()
        self.workspace = open_workspace(self.folder / "w", at_risk=True, clock=clock, step_id=step_id)
        self.compare(Changes("", None, {}))


def claims(before: Plain, after: Plain, id_: str) -> bool:
    """Say in the model who claims an item and what was signed, where its status moved; False: review refuses it."""
    was, now, item = before.items[id_][ItemField.STATUS], after.items[id_][ItemField.STATUS], after.items[id_]
    if now is was:
        return True
    if now is ItemStatus.SIGNED_OFF:
        is_checked = was is ItemStatus.CHECKED
        if before.four_eyes and (not is_checked or item[CLAIMED_BY] == before.me):
            return False
        item[SIGNED] = item[ItemField.GAP]
        item[CLAIMED_BY] = item[CLAIMED_BY] if is_checked else before.me
    elif was is ItemStatus.SIGNED_OFF:
        item[SIGNED] = None
    elif now is ItemStatus.CHECKED:
        item[CLAIMED_BY] = before.me
    return True


def together(name: object) -> tuple[object, ...]:
    """Return the fields that go back with a field, or not at all."""
    parts = (ItemField.STATUS, CLAIMED_BY, SIGNED)
    return parts if name in parts else (name,)


def edited(before: Plain, after: Plain) -> dict[tuple[str, ItemField], object]:
    """Return which fields of items a step changed, and what they said before."""
    return {
        (id_, name): values[name]
        for id_, values in before.items.items()
        for name in values
        if after.items[id_][name] != values[name]
    }


def with_values(done: Done, values: dict[tuple[str, ItemField], object]) -> Done:
    """Return a step as it is where some fields say something else."""
    there = copy.deepcopy(done.there)
    for (id_, name), value in values.items():
        there.items[id_][name] = value
    return replace(done, there=there)


def refresh_board_of(workspace: Workspace, board, changes: Changes):
    return workspace.read(refresh_board, board, [changes])


Histories.TestCase.settings = settings(max_examples=100, stateful_step_count=30)
TestThatHistoriesComeToWhatAPlainModelSays = Histories.TestCase
