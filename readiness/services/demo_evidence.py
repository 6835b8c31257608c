"""Demo evidence: what the example’s people attach before they claim anything, and where they claim without.

Shared papers and each item's own, files and web pages, some that lapse soon, some out of date. The same every time.
"""

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from readiness.domain.dates import written
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceEdit
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import Audience, EvidenceField
from readiness.services.demo_papers import OWN, PAPERS, Paper, own_lines, written_paper
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import add_revision, attach_evidence
from readiness.services.links import link_evidence, set_link_validity
from readiness.storage.files import FileStore
from readiness.storage.workspace import Workspace

Act = Callable[[Workspace], object]

CLAIMED_FROM = 3
"""From so many steps up the ladder on, an item is Checked."""

_EVERY = 14
"""Of so many claims, one has none of the following, and so on."""
_WITHOUT, _OUT_OF_DATE, _LAPSING, _LAPSING_TOO = 6, 10, 3, 12
_BELOW = 5
"""Of so many items that are not claimed yet, two have nothing."""


@dataclass
class DemoLibrary:
    """What is in the example's library so far; asked item by item, in the order of the board."""

    day: date
    chance: random.Random = field(default_factory=lambda: random.Random("demo evidence"))  # noqa: S311 - repeats
    _ids: dict[str, str] = field(default_factory=dict)  # of papers, by title
    _second: set[str] = field(default_factory=set)  # items of other inspections than the first
    _first: str = ""
    _attached: set[str] = field(default_factory=set)
    _claims: int = 0
    _others: int = 0

    def proof(self, item: ItemRow, steps: int, who: str, started: date) -> Iterator[Act]:
        """Yield what somebody attaches to an item on the day on which they start on it."""
        self._first = self._first or item.inspection_id
        if item.inspection_id != self._first:
            self._second.add(item.id)
        claimed = steps >= CLAIMED_FROM
        if claimed:
            self._claims += 1
            turn = self._claims % _EVERY
        else:
            self._others += 1
            turn = _WITHOUT if self._others % _BELOW < 2 else 0
        if not item.kind.needs_evidence or turn == _WITHOUT:
            return
        until = {
            _OUT_OF_DATE: self.day - timedelta(days=self.chance.randint(2, 12)),
            _LAPSING: self.day + timedelta(days=self.chance.randint(3, 12)),
            _LAPSING_TOO: self.day + timedelta(days=self.chance.randint(13, 26)),
        }.get(turn)
        shared = [paper for paper in PAPERS if item.reference in paper.references.split()]
        if until is None:
            yield from (self._use(paper, item, who, started) for paper in shared)
        if until is not None or not shared or self.chance.random() < 0.3:
            yield self._own(item, who, started, until)

    def newer_versions(self) -> Iterator[Act]:
        """Yield what comes later, to papers in use by then: a newer version, and a shorter life for one use."""
        yield self._renew(PAPERS[1], "With this month’s figures.")
        yield self._shorten

    def _use(self, paper: Paper, item: ItemRow, who: str, started: date) -> Act:
        dated = min(self.day - timedelta(weeks=paper.weeks), started - timedelta(days=3))
        title = paper.title.format(month=_month(dated))
        draft = EvidenceDraft(title, paper.shows, paper.source, paper.strength, paper.audience, dated=dated)
        id_ = self._id(paper.title)

        def act(workspace: Workspace) -> None:
            workspace.acting_as = who
            if id_ in self._attached:
                workspace.run(link_evidence, [id_], [item.id])
            else:
                file = self._file(workspace, paper, title, dated)
                workspace.run(attach_evidence, [item.id], draft, [file], id_=id_)
                self._attached.add(id_)
            workspace.acting_as = ""

        return act

    def _own(self, item: ItemRow, who: str, started: date, until: date | None) -> Act:
        source, strength, shows = OWN[item.kind]
        dated = started - timedelta(days=self.chance.randint(2, 20))
        until = max(until, dated) if until is not None else None
        title, number, id_ = f"{item.title}, {_month(dated)}", self._claims + self._others, self._id(item.id)
        draft = EvidenceDraft(
            title, shows, source, strength, Audience.INSPECTORS, dated=dated, received=started, valid_until=until
        )

        def act(workspace: Workspace) -> None:
            stored = FileStore(workspace.folder).keep(written_paper(title, shows, own_lines(item.kind, number)))
            file = AttachmentDraft(f"{item.reference} {_month(dated)}.txt", stored.sha256, stored.size)
            workspace.acting_as = who
            workspace.run(attach_evidence, [item.id], draft, [file], id_=id_)
            workspace.acting_as = ""

        return act

    def _renew(self, paper: Paper, note: str) -> Act:
        dated = self.day - timedelta(weeks=4)
        title = paper.title.format(month=_month(dated))
        id_, version = self._id(paper.title), self._id(f"{paper.title}, newer")
        edits = [EvidenceEdit(EvidenceField.TITLE, title), EvidenceEdit(EvidenceField.DATED, dated)]

        def act(workspace: Workspace) -> None:
            if id_ in self._attached:
                workspace.acting_as = "Performance Manager"
                file = self._file(workspace, paper, title, dated)
                workspace.run(add_revision, id_, [file], note, edits, id_=version)
                workspace.acting_as = ""

        return act

    def _shorten(self, workspace: Workspace) -> None:
        """Let a paper that both inspections use count for less long for the second."""
        (plan,) = (paper for paper in PAPERS if paper.title.startswith("Call-day plan"))
        links = [link for row in workspace.read(read_evidence, [self._id(plan.title)]) for link in row.links]
        later = [link for link in links if link.item_id in self._second]
        if len(links) > len(later) > 0:
            workspace.run(set_link_validity, later[0].id, self.day + timedelta(weeks=8))

    def _file(self, workspace: Workspace, paper: Paper, title: str, dated: date) -> AttachmentDraft:
        if paper.url:
            return AttachmentDraft(paper.title, url=paper.url)
        stored = FileStore(workspace.folder).keep(written_paper(title, paper.shows, paper.lines))
        return AttachmentDraft(paper.name.format(month=_month(dated)), stored.sha256, stored.size)

    def _id(self, what: str) -> str:
        if what not in self._ids:
            self._ids[what] = uuid.UUID(int=self.chance.getrandbits(128), version=4).hex
        return self._ids[what]


def _month(day: date) -> str:
    return written(day).partition(" ")[2]
