"""What is given is taken, or told in one sentence; the rest still is, and nothing is recorded."""

import os
from datetime import UTC, date, datetime

import pytest
from council import everything

from readiness.domain.errors import Cancelled
from readiness.services.taking import GivenAddress, GivenFile, GivenPicture, take_given
from readiness.storage.files import FileStore


@pytest.fixture
def store(workspace):
    return FileStore(workspace.folder)


def test_that_files_pictures_and_links_are_taken_in_their_order(store, tmp_path):
    paper = tmp_path / "Audit March.xlsx"
    paper.write_bytes(b"grades")
    stamp = datetime(2021, 3, 31, 12, tzinfo=UTC).timestamp()
    os.utime(paper, (stamp, stamp))
    found = take_given(
        store,
        [GivenFile(paper), GivenPicture("Pasted picture.png", b"pixels"), GivenAddress(" https://www.gov.uk/a/paper ")],
    )
    assert found.refused == ()
    drafts = [each.attachment for each in found.taken]
    assert [(each.name, each.size, each.url) for each in drafts] == [
        ("Audit March.xlsx", 6, ""), ("Pasted picture.png", 6, ""), ("paper", 0, "https://www.gov.uk/a/paper"),
    ]  # fmt: skip
    assert [each.modified for each in found.taken] == [date(2021, 3, 31), None, None]
    assert store.hashes() == {each.sha256 for each in drafts if each.sha256}


def test_that_what_cannot_be_taken_is_told_in_a_sentence_each_and_the_rest_is_taken(store, tmp_path, workspace):
    good, empty, folder, loop = (tmp_path / name for name in ("Good.pdf", "Empty.pdf", "Folder", "Loop.pdf"))
    good.write_bytes(b"proof")
    empty.touch()
    folder.mkdir()
    loop.symlink_to(loop)
    before = everything(workspace)
    wanted = [folder, empty, loop, tmp_path / "Gone.pdf", tmp_path / ("x" * 300), good]
    found = take_given(store, [*map(GivenFile, wanted), GivenAddress("no link"), GivenPicture("Picture.png", b"")])
    assert [each.attachment.name for each in found.taken] == ["Good.pdf"]
    assert len(found.refused) == len(wanted) - 1 + 2
    for sentence, said in zip(
        found.refused,
        ("is a folder", "is empty", "leads back to itself", "not there any more", "shorter, plain name", "not a link",
         "pasted is empty"),
        strict=True,
    ):  # fmt: skip
        assert said in sentence
        assert sentence.endswith(".")
    assert len(store.hashes()) == 1
    assert everything(workspace) == before


def test_that_progress_counts_the_bytes_of_all_files(store, tmp_path):
    papers = [tmp_path / "One.pdf", tmp_path / "Two.pdf"]
    for paper, size in zip(papers, (3_000_000, 1_000_000), strict=True):
        paper.write_bytes(os.urandom(size))
    told: list[tuple[str, int, int]] = []
    take_given(store, list(map(GivenFile, papers)), lambda *each: told.append(each))
    assert told[0] == ("One.pdf", 0, 4_000_000)
    assert told[-1] == ("Two.pdf", 4_000_000, 4_000_000)
    done = [each[1] for each in told]
    assert done == sorted(done)


def test_that_cancelling_leaves_no_half_file(store, tmp_path):
    paper = tmp_path / "Film.mp4"
    paper.write_bytes(os.urandom(3_000_000))
    asked = iter([False, True, True])
    with pytest.raises(Cancelled, match="Nothing was added"):
        take_given(store, [GivenFile(paper)], cancelled=lambda: next(asked))
    assert store.hashes() == set()
    assert list(store.unfinished()) == []
