"""The example: the same every time, whole, with something late, and without people."""

import re
from datetime import date, timedelta

import pytest
from council import board_of, everything

from readiness.domain.calendar import WorkingDays
from readiness.domain.lapsing import lapses_by
from readiness.domain.proof import currency, is_triangulated, lapsing_after, only_policy
from readiness.domain.scoring import CLAIMED
from readiness.domain.vocabulary import Currency, EvidenceSource, ItemStatus, Rating, Strength
from readiness.frameworks.shipped import find_framework
from readiness.services.boards import read_narratives
from readiness.services.demo import make_demo
from readiness.services.dossiers import read_evidence
from readiness.services.queries import actors, read_steps, undo_state
from readiness.services.trend import read_trend
from readiness.services.undo import undo
from readiness.services.upkeep import find_faults
from readiness.storage.files import FileStore

DAY = date(2021, 4, 19)
ROLE = re.compile(
    r"\b(Head|Manager|Lead|Worker|Commissioner|Officer|Analyst|Director|Team|Board|Service|Coordinator|Co-ordinator)\b"
)


@pytest.fixture(scope="module")
def frameworks():
    return find_framework("send-revisit-2018"), find_framework("ilacs-2018")


@pytest.fixture(scope="module")
def demo(tmp_path_factory, frameworks):
    with make_demo(tmp_path_factory.mktemp("demo") / "w", DAY, frameworks) as workspace:
        yield workspace


def test_that_two_examples_of_one_day_are_the_same_to_the_last_change(demo, tmp_path, frameworks):
    with make_demo(tmp_path / "w", DAY, frameworks) as again:
        assert everything(again) == everything(demo)


def test_that_another_day_makes_another_example(demo, tmp_path, frameworks):
    with make_demo(tmp_path / "w", date(2024, 2, 29), frameworks) as other:
        assert board_of(other, date(2024, 2, 29)).items
        assert everything(other)["step"] != everything(demo)["step"]
        assert other.read(find_faults) == []


def test_that_the_example_holds_together(demo):
    assert demo.read(find_faults) == []


def test_that_the_example_shows_every_state_and_something_late(demo):
    board = board_of(demo, DAY)
    assert len(board.inspections) == 2
    assert {row.status for row in board.items} == set(ItemStatus)
    assert {row.rating for row in board.items} == set(Rating)
    assert any(row.due_override is not None and row.due < DAY for row in board.items)


def test_that_the_example_shows_evidence_of_every_kind_and_claims_without(demo):
    board, library = board_of(demo, DAY), demo.read(read_evidence)
    assert {row.source for row in library} == set(EvidenceSource)
    assert {row.strength for row in library} == set(Strength)
    assert max(len(row.links) for row in library) >= 4
    assert any(len(row.revisions) == 2 for row in library)
    lapsing = lapsing_after(DAY, WorkingDays())
    assert {currency(link.until, DAY, lapsing) for row in library for link in row.links} == set(Currency)
    ends = [{link.until for link in row.links} for row in library]
    assert any(len(each) > 1 for each in ends)  # fresh for one item, stale sooner for another
    claimed = [row for row in board.items if row.status in CLAIMED and row.kind.needs_evidence]
    proven = [row for row in claimed if not row.unproven]
    assert len(claimed) > len(proven) > 0.8 * len(claimed)
    assert any(not row.proof.links for row in claimed)
    assert any(row.unproven and row.proof.links for row in claimed)
    assert any(is_triangulated(row.proof, DAY) for row in claimed)
    assert any(only_policy(row.proof.links) for row in board.items)
    assert lapses_by(board.items, DAY, DAY + timedelta(days=28))
    assert any(row.rating is Rating.OFF_TRACK for row in board.items if row.unproven)


def test_that_the_examples_files_are_there_and_its_links_lead_to_published_pages(demo):
    store = FileStore(demo.folder)
    files = [each for row in demo.read(read_evidence) for part in row.revisions for each in part.attachments]
    kept = {each.sha256 for each in files if each.is_stored}
    assert store.hashes() == kept
    assert all(store.verify(hash_) for hash_ in kept)
    assert list(store.unfinished()) == []
    urls = [each.url for each in files if each.url]
    assert urls
    assert all(url.startswith("https://www.gov.uk/government/publications/") for url in urls)
    text = "\n".join(store.path_of(hash_).read_text(encoding="utf-8") for hash_ in kept)
    assert not re.search(r"\b(Mr|Mrs|Ms|Dr|Miss)\b|@|\{", text)


def test_that_the_example_has_weeks_of_history_and_none_in_the_future(demo):
    steps = demo.read(read_steps, 10_000)
    weeks = {row.at.date().isocalendar()[:2] for row in steps}
    assert len(weeks) > 6
    assert max(row.at.date() for row in steps) <= DAY
    board = board_of(demo, DAY)
    trend = demo.read(read_trend, board, [date(2021, 3, 1), date(2021, 4, 1), DAY])
    first = trend[board.inspections[0].id]
    assert first[0] < first[1] < first[2]


def test_that_the_example_names_roles_and_no_people(demo):
    board = board_of(demo, DAY)
    named = {row.owner for row in board.items if row.owner} | set(demo.read(actors)) - {"Somebody"}
    assert named
    assert [name for name in named if not ROLE.search(name)] == []
    texts = demo.read(read_narratives)
    written = " ".join(f"{each.position} {each.impact} {each.gap}" for each in texts.values())
    assert not re.search(r"\b(Mr|Mrs|Ms|Dr|Miss)\b|@", written)


def test_that_the_example_can_be_worked_with(tmp_path, frameworks):
    with make_demo(tmp_path / "w", DAY, frameworks) as demo:
        label = demo.read(undo_state).undo
        assert label
        assert demo.run(undo).label == f"Undo: {label}"
