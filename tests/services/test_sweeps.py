"""The sweep as the record decides it: which copies something names, and since when it names others no more."""

from datetime import UTC, datetime, timedelta

import pytest

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.steps import SetField, Step
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import add_revision, attach_evidence, copy_of_link, remove_evidence, restore_evidence
from readiness.services.sweeping import copies_named, sweep_files
from readiness.services.undo import undo
from readiness.storage.files import FileStore, Stored
from readiness.storage.sweeping import UNNAMED_FOR

ONE, TWO = "ab" * 32, "cd" * 32
LONG_AGO = datetime(2021, 3, 1, tzinfo=UTC)


def attach(workspace, hash_, title="Audit"):
    workspace.run(attach_evidence, [], EvidenceDraft(title), [AttachmentDraft("a.txt", hash_, 1)])
    return next(row for row in workspace.read(read_evidence) if row.title == title)


def test_that_what_a_live_revision_has_is_named_and_so_are_older_versions(workspace):
    found = attach(workspace, ONE)
    workspace.run(add_revision, found.id, [AttachmentDraft("b.txt", TWO, 1)])
    assert workspace.read(copies_named) == ({ONE, TWO}, {})


def test_that_removing_says_since_when_and_restoring_names_again(workspace, clock):
    found = attach(workspace, ONE)
    clock.now += timedelta(days=5)
    workspace.run(remove_evidence, [found.id])
    assert workspace.read(copies_named) == (set(), {ONE: clock.now})
    workspace.run(restore_evidence, [found.id])
    assert workspace.read(copies_named) == ({ONE}, {})


def test_that_undoing_an_attachment_unnames_its_file_from_then_on(workspace, clock):
    attach(workspace, ONE)
    clock.now += timedelta(days=5)
    workspace.run(undo)
    assert workspace.read(copies_named) == (set(), {ONE: clock.now})


def test_that_a_file_that_other_evidence_has_stays_named(workspace):
    found = attach(workspace, ONE)
    attach(workspace, ONE, "The same by another name")
    workspace.run(remove_evidence, [found.id])
    assert workspace.read(copies_named) == ({ONE}, {})


def test_that_a_copy_that_was_put_in_the_place_of_another_unnames_that_one(workspace, clock):
    url = AttachmentDraft("page", url="https://www.gov.uk/")
    workspace.run(attach_evidence, [], EvidenceDraft("Page"), [url])
    (found,) = workspace.read(read_evidence)
    workspace.run(copy_of_link, found.latest.attachments[0].id, Stored(ONE, 1))
    clock.now += timedelta(days=5)
    workspace.run(copy_of_link, found.latest.attachments[0].id, Stored(TWO, 1))
    named, since = workspace.read(copies_named)
    assert (named, since) == ({TWO}, {ONE: clock.now})


def test_that_a_clock_that_goes_wrong_deletes_nothing_too_soon(workspace, clock):
    found = attach(workspace, ONE)
    clock.now += timedelta(days=40)
    today = clock.now
    attach(workspace, TWO, "Another")
    clock.now = LONG_AGO - timedelta(days=400)
    workspace.run(remove_evidence, [found.id])
    _, since = workspace.read(copies_named)
    assert since[ONE] > today  # the stamp alone would say: right after it was attached


def test_that_values_of_another_version_name_nothing_and_break_nothing(workspace):
    odd = [SetField("attachment", "e" * 32, "sha256", None), SetField("attachment", "e" * 32, "deleted", False)]
    workspace.run(lambda session: Step("Odd", odd))
    assert workspace.read(copies_named)[1] == {}


@pytest.mark.parametrize(("days", "is_there"), [(29, True), (31, False)])
def test_that_undo_finds_the_file_of_what_was_removed_within_a_month(workspace, clock, days, is_there):
    store = FileStore(workspace.folder)
    clock.now = datetime.now(UTC)
    stored = store.keep(b"Audit")
    found = attach(workspace, stored.sha256)
    clock.now += timedelta(days=60)
    assert sweep_files(workspace, clock.now).copies == ()
    workspace.run(remove_evidence, [found.id])
    swept = sweep_files(workspace, clock.now + timedelta(days=days))
    assert store.holds(stored.sha256) == is_there
    assert (swept.copies == (stored.sha256,)) == (not is_there)
    assert timedelta(days=30) == UNNAMED_FOR
