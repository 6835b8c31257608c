"""Random histories with moves between editions: undo puts all back, and no judgement is lost while its words stand."""

import shutil
import tempfile
from pathlib import Path

from council import board_of, everything, fast_folder, found_council
from council_editions import NEW, OLD, records, stands
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from readiness.domain.editions import Fate, wording
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.areas import add_area, edit_area, move_area, remove_area
from readiness.services.boards import read_narratives
from readiness.services.editions import compare_with, confirm_items, earlier_words, move_to_edition
from readiness.services.items import add_item, edit_items, move_items, remove_items, restore_items
from readiness.services.review import set_four_eyes
from readiness.services.undo import redo, undo
from readiness.services.upkeep import find_faults
from readiness.storage.upkeep import rebuild

THIRD = FrameworkDraft(
    "small-2024", "from 2024", "Small", "Small", "", {},
    (
        AreaDraft("C", "Voice", (), (ItemDraft("A01", "Survey"), ItemDraft("N03", "Focus group of parents"))),
        AreaDraft("B", "Plans", (), (ItemDraft("N02", "Quality of plans", "Audits"), ItemDraft("B01", "Leadership"))),
    ),
)  # fmt: skip
EDITIONS = {(each.id, each.edition): each for each in (OLD, NEW, THIRD)}
numbers = st.integers(0, 50)
edits = st.one_of(
    st.builds(ItemEdit, st.just(ItemField.STATUS), st.sampled_from(ItemStatus)),
    st.builds(ItemEdit, st.just(ItemField.POSITION), st.sampled_from(("", "So far"))),
    st.builds(ItemEdit, st.just(ItemField.TITLE), st.sampled_from(("Survey", "Our words"))),
    st.builds(ItemEdit, st.just(ItemField.DUE_RULE), st.sampled_from(("day 2", "day 9"))),
)


class Moves(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="irt", dir=fast_folder()))
        self.workspace = found_council(self.folder / "w")
        self.workspace.run(set_four_eyes, False)  # one person does it all here
        self.inspection = board_of(self.workspace).inspections[0].id
        self.past: list[object] = []
        self.undone: list[object] = []
        self.made = 0

    def teardown(self) -> None:
        assert self.workspace.read(find_faults) == []
        before = everything(self.workspace)
        self.workspace.maintain(rebuild)
        assert everything(self.workspace) == before
        self.workspace.close()
        shutil.rmtree(self.folder)

    def did(self, use_case, *args):
        before = stands(self.workspace)
        changes = self.workspace.run(use_case, *args)
        if changes.step_id is not None:
            self.past.append(before)
            self.undone.clear()
        return changes

    def items(self):
        return board_of(self.workspace).items

    def areas(self):
        return board_of(self.workspace).areas

    has_items = precondition(lambda self: self.items())

    @rule(to=st.sampled_from(tuple(EDITIONS.values())), knows=st.booleans())
    def move(self, to, knows):
        board = board_of(self.workspace)
        row = board.inspections[0]
        old = EDITIONS[row.framework, row.edition] if knows else None
        texts, judged = self.workspace.read(read_narratives), self.judged()
        told = self.workspace.read(compare_with, self.inspection, to, old)
        self.did(move_to_edition, self.inspection, to, old)
        now = {item.id: item for item in self.items()}
        said = self.workspace.read(read_narratives)
        for item in board.items:
            if item.id in now:
                assert now[item.id].status is item.status
                assert said[item.id].position == texts[item.id].position
        waiting = {id_ for id_, item in now.items() if item.confirm}
        kept = {words for id_, words in self.judged().items() if id_ not in waiting and words}
        published = {wording(each.title, each.guidance) for area in to.areas for each in area.items}
        assert published & set(judged.values()) <= kept  # whose words still stand is not asked about again
        counts = told.counts
        assert len(now) == sum(row.after is not None and not row.stays_out for row in told.rows)
        assert counts[Fate.REWORDED] <= len(waiting)
        assert {row.held.id for row in told.of(Fate.REWORDED)} <= waiting
        assert self.workspace.read(compare_with, self.inspection, to, to).of(Fate.REMOVED) == ()

    def judged(self):
        """Return, by item, the fingerprint of the framework's words that its judgement was made on."""
        found = {}
        for row in records(self.workspace, "item"):
            if not row["deleted"]:
                earlier = self.workspace.read(earlier_words, row["id"])
                found[row["id"]] = earlier.wording if earlier else row["wording"]
        return found

    @has_items
    @rule(picks=st.lists(numbers, min_size=1, max_size=3), edit=edits)
    def edit(self, picks, edit):
        items = self.items()
        self.did(edit_items, list({items[pick % len(items)].id for pick in picks}), [edit])

    @has_items
    @rule(picks=st.lists(numbers, min_size=1, max_size=2))
    def confirm(self, picks):
        items = self.items()
        self.did(confirm_items, list({items[pick % len(items)].id for pick in picks}))

    @has_items
    @rule(pick=numbers)
    def take_out(self, pick):
        items = self.items()
        self.did(remove_items, [items[pick % len(items)].id])

    @rule(pick=numbers)
    def bring_back(self, pick):
        gone = sorted(str(row["id"]) for row in records(self.workspace, "item") if row["deleted"])
        if gone:
            self.did(restore_items, [gone[pick % len(gone)]])

    @precondition(lambda self: self.areas())
    @rule(pick=numbers, place=numbers)
    def move_item(self, pick, place):
        items, areas = self.items(), self.areas()
        if items:
            self.did(move_items, [items[pick % len(items)].id], areas[place % len(areas)].id)

    @precondition(lambda self: self.areas())
    @rule(pick=numbers, reference=st.sampled_from(("N01", "X")))
    def add(self, pick, reference):
        self.made += 1
        areas = self.areas()
        draft = ItemDraft(f"{reference}{self.made if reference == 'X' else ''}", "Ours")
        if all(item.reference != draft.reference for item in self.items()):
            self.did(add_item, areas[pick % len(areas)].id, draft)

    @rule(code=st.sampled_from("CD"))
    def add_an_area(self, code):
        if all(area.code != code for area in self.areas()):
            self.did(add_area, self.inspection, AreaDraft(code, "Ours"))

    @precondition(lambda self: self.areas())
    @rule(pick=numbers, verb=st.sampled_from(("rename", "remove", "move")))
    def change_an_area(self, pick, verb):
        areas = self.areas()
        area = areas[pick % len(areas)]
        if verb == "rename" and [each.code for each in areas].count(area.code) > 1:
            return  # what was brought back has the letter of another by now
        if verb == "rename":
            self.did(edit_area, area.id, area.code, "Our title")
        elif verb == "remove":
            self.did(remove_area, area.id)
        else:
            self.did(move_area, area.id)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        self.undone.append(stands(self.workspace))
        assert self.workspace.run(undo).left == ()
        assert stands(self.workspace) == self.past.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        self.past.append(stands(self.workspace))
        assert self.workspace.run(redo).left == ()
        assert stands(self.workspace) == self.undone.pop()


Moves.TestCase.settings = settings(max_examples=60, stateful_step_count=20)
TestThatMovesLoseNothing = Moves.TestCase
