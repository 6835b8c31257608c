"""The trend is what the board said on each of those days, whatever people did with items and their evidence."""

import random
from datetime import date, timedelta

import pytest
from council import FRAMEWORK, OTHER, board_of, found_council

from readiness.domain.errors import ReadinessError
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceEdit
from readiness.domain.figures import inspection_figures
from readiness.domain.steps import SetField, Step
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import EvidenceField, ItemField, ItemStatus, Kind, Priority
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import add_revision, attach_evidence, edit_evidence, remove_evidence, restore_evidence
from readiness.services.inspections import remove_inspection
from readiness.services.items import edit_items, remove_items, restore_items
from readiness.services.links import link_evidence, set_link_validity, unlink_evidence
from readiness.services.queries import removed_rows, undo_state
from readiness.services.review import set_four_eyes
from readiness.services.trend import read_trend
from readiness.services.undo import undo

FILE = AttachmentDraft("a.txt", "ab" * 32, 1)
HIGH = (ItemStatus.CHECKED, ItemStatus.SIGNED_OFF, ItemStatus.SIGNED_OFF)


class Worker:
    """Somebody who does one thing after the other, at random."""

    def __init__(self, workspace, clock, chance):
        self.workspace, self.clock, self.chance = workspace, clock, chance

    @property
    def today(self):
        return self.clock.now.date()

    def some(self, rows):
        return self.chance.sample(rows, self.chance.randint(1, min(3, len(rows)))) if rows else []

    def soon(self):
        return self.chance.choice((None, self.today + timedelta(days=self.chance.randint(-3, 9))))

    def act(self):
        board, library = board_of(self.workspace, self.today), self.workspace.read(read_evidence)
        items = [row.id for row in board.items]
        removed = self.workspace.read(removed_rows)
        links = [link for row in library for link in row.links]
        edits = (
            ItemEdit(ItemField.STATUS, self.chance.choice((*HIGH, *ItemStatus))),
            ItemEdit(ItemField.PRIORITY, self.chance.choice(tuple(Priority))),
            ItemEdit(ItemField.KIND, self.chance.choice(tuple(Kind))),
            ItemEdit(ItemField.CURRENCY, self.chance.choice((None, 1, 2))),
        )
        deeds = [
            lambda: (edit_items, self.some(items), [self.chance.choice(edits)]),
            lambda: (edit_items, self.some(items), [edits[0]]),
            lambda: (attach_evidence, self.some(items), EvidenceDraft("Audit", dated=self.soon()), [FILE]),
            lambda: (remove_items, self.some(items)),
        ]
        if not (self.workspace.read(undo_state).undo or "Start").startswith(("Start", "Work", "Let people")):
            deeds.append(lambda: (undo,))
        if library:
            some, row = [row.id for row in self.some(library)], self.chance.choice(library)
            field = self.chance.choice((EvidenceField.DATED, EvidenceField.VALID_UNTIL))
            deeds += [
                lambda: (link_evidence, some, self.some(items)),
                lambda: (edit_evidence, row.id, [EvidenceEdit(field, self.soon())]),
                lambda: (add_revision, row.id, [FILE]),
                lambda: (remove_evidence, some),
            ]
        if links:
            deeds += [
                lambda: (unlink_evidence, [self.chance.choice(links).id]),
                lambda: (set_link_validity, self.chance.choice(links).id, self.soon()),
            ]
        if removed:
            row = self.chance.choice(removed)
            deeds.append(lambda: (restore_evidence if row.kind == "evidence" else restore_items, [row.id]))
        return self.chance.choice(deeds)()


@pytest.mark.parametrize("seed", range(8))
def test_that_a_trend_is_what_the_board_said_on_every_day(tmp_path, clock, seed):
    with found_council(tmp_path / "w", clock, frameworks=(FRAMEWORK, OTHER)) as workspace:
        workspace.run(set_four_eyes, False)  # one person does it all here
        worker, expected = Worker(workspace, clock, random.Random(seed)), {}
        for _ in range(25):
            for _ in range(worker.chance.randint(0, 4)):
                verb, *given = worker.act()
                if all(each != [] for each in given):
                    doing(workspace, verb, *given)
            for _ in range(worker.chance.randint(1, 3)):
                board = board_of(workspace, worker.today)
                expected[worker.today] = [each.figures.readiness for each in inspection_figures(board)]
                clock.now += timedelta(days=1)
        days = sorted(expected)
        found = workspace.read(read_trend, board_of(workspace), days)
        assert list(zip(*found.values(), strict=True)) == [tuple(expected[day]) for day in days]
        assert len({tuple(each) for each in expected.values()}) > 5
        alone = workspace.read(read_trend, board_of(workspace), days[9::7])
        assert all(alone[id_] == found[id_][9::7] for id_ in found)


def doing(workspace, verb, *given):
    """Do one thing; what the rules refuse (days out of order) is not done."""
    try:
        workspace.run(verb, *given)
    except ReadinessError:
        return


def test_that_no_days_make_no_trend_and_removed_inspections_none(tmp_path, clock):
    with found_council(tmp_path / "w", clock, frameworks=(FRAMEWORK, OTHER)) as workspace:
        first, second = (row.id for row in board_of(workspace).inspections)
        assert workspace.read(read_trend, board_of(workspace), []) == {first: (), second: ()}
        workspace.run(remove_inspection, second)
        assert list(workspace.read(read_trend, board_of(workspace), [date(2021, 3, 1)])) == [first]


def test_that_what_a_newer_version_wrote_counts_as_the_board_counts_it(workspace, clock):
    board = board_of(workspace)
    odd = [
        SetField("item", board.items[0].id, "status", "triaged"),
        SetField("item", board.items[1].id, "priority", "top"),
        SetField("item", board.items[3].id, "kind", "film"),
        SetField("item", board.items[3].id, "status", "signed_off"),
        SetField("link", "e" * 32, "mood", "new"),
        SetField("evidence", "e" * 32, "status", "new"),
    ]
    workspace.run(lambda session: Step("Odd", odd))
    today = clock.now.date()
    found = workspace.read(read_trend, board, [today])
    assert found[board.inspections[0].id] == (inspection_figures(board_of(workspace, today))[0].figures.readiness,)
