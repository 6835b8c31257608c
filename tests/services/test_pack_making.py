"""Packs as they are made: every byte, both indexes and their links, and nothing left where it could not be made."""

import errno
import hashlib
import io
import json
import os
import stat
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from pack_dossiers import AT, NAMES, area, attachment, dossier, evidence, example, item, stored, stored_example

from readiness import VERSION
from readiness.domain.errors import Cancelled, PackError, PackFaulty
from readiness.domain.manifest import missing_files, sent_files
from readiness.domain.packing import PackChoice, PackPlan, plan_pack
from readiness.domain.vocabulary import Audience
from readiness.services import pack_making, pack_targets
from readiness.services.pack_making import PackReport, write_pack
from readiness.storage.files import FileStore

INSPECTORS = PackChoice(Audience.INSPECTORS)
WHO = "Head of SEND"


def unescaped(link: str) -> str:
    """Read an address without the program's own words."""
    from urllib.parse import unquote

    return unquote(link)


def contents(pack: Path) -> dict[str, bytes]:
    """Return what a pack holds, zip or folder."""
    if pack.is_dir():
        return {path.relative_to(pack).as_posix(): path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    with ZipFile(pack) as found:
        assert found.testzip() is None
        assert all(info.compress_type == ZIP_STORED for info in found.infolist())
        return {info.filename: found.read(info) for info in found.infolist()}


class Page(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.said += data


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return stored_example(tmp_path / "council")


@pytest.fixture
def plan() -> PackPlan:
    return plan_pack(example(), INSPECTORS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder that packs go to; a pack that fails leaves it empty."""
    place = tmp_path / "out"
    place.mkdir()
    return place


@pytest.fixture(params=[False, True], ids=["zip", "folder"])
def as_folder(request: pytest.FixtureRequest) -> bool:
    return request.param


def made(plan: PackPlan, store: FileStore, out: Path, as_folder: bool, **more: object) -> PackReport:
    return write_pack(plan, store, out / ("pack" if as_folder else "pack.zip"), WHO, AT, as_folder=as_folder, **more)


def test_that_a_pack_holds_every_file_and_its_own_three(plan, store, out, as_folder):
    report = made(plan, store, out, as_folder)
    held = contents(report.path)
    assert {hashlib.sha256(held[file.path]).hexdigest() for file in plan.files} == {file.sha256 for file in plan.files}
    assert set(held) == {file.path for file in plan.files} | {"index.html", "index.xlsx", "MANIFEST.json"}
    assert [path.name for path in out.iterdir()] == [report.path.name]
    assert (report.files, report.size) == (3, 27)


def test_that_the_manifest_says_exactly_what_went_out(plan, store, out, as_folder):
    report = made(plan, store, out, as_folder)
    held = contents(report.path)
    assert held["MANIFEST.json"].decode() == report.manifest
    told = json.loads(report.manifest)
    assert (told["made_by"], told["made_at"], told["audience"]) == (WHO, "2021-04-26T09:30:00+00:00", "inspectors")
    assert told["program"] == f"Inspection readiness {VERSION}"
    for each in (*told["files"], *told["index"]):
        content = held[each["path"]]
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each["size"], each["sha256"])
    assert len(told["files"]) + len(told["index"]) + 1 == len(held)
    assert told["files"][0]["items"] == ["ILC-A01", "ILC-A02"]
    assert told["files"][0]["evidence"] == ["Call plan", "Plan 2"]
    assert [found["reference"] for where in told["areas"] for found in where["items"]] == [
        "ILC-A01", "ILC-A02", "ILC-B01", "ILC-B02", "ILC-B03", "ILC-B04",
    ]  # fmt: skip
    assert [file.path for file in sent_files(report.manifest)] == [file.path for file in plan.files]


def test_that_nothing_kept_back_is_named_in_what_goes_out(plan, store, out):
    held = contents(made(plan, store, out, False).path)
    book = load_workbook(io.BytesIO(held["index.xlsx"]))
    words = " ".join(str(cell.value) for row in book["Index"].iter_rows() for cell in row)
    for text in (words, held["index.html"].decode(), held["MANIFEST.json"].decode()):
        assert "Minutes" not in text
        assert "server" not in text  # a path says how the council's drives are called


def test_that_the_sheet_links_to_every_file_from_where_it_is_unpacked(plan, store, out, as_folder):
    held = contents(made(plan, store, out, as_folder).path)
    sheet = load_workbook(io.BytesIO(held["index.xlsx"]))["Index"]
    headings = [cell.value for cell in sheet[4]]
    rows = [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=5)]
    links = [row["File"].hyperlink.target for row in rows if row["File"].hyperlink]
    inside = [unescaped(link).replace("\\", "/") for link in links if "://" not in link]
    assert set(inside) == {file.path for file in plan.files}
    assert all(path in held for path in inside)
    assert [row["Reference"].value for row in rows if row["Note"].value == "No evidence in this pack"] == ["ILC-B04"]
    notes = [row["Note"].value for row in rows if row["Evidence"].value == "Guidance"]
    assert notes == ["On the web, not in this pack"]
    assert sum("www.gov.uk" in link for link in links) == 1


def test_that_the_page_links_to_every_file_and_runs_nothing(plan, store, out):
    held = contents(made(plan, store, out, False).path)
    page = Page(held["index.html"].decode())
    inside = {unescaped(link) for link in page.links if not link.startswith(("#", "http"))}
    assert inside == {file.path for file in plan.files} | {"index.xlsx", "MANIFEST.json"}
    assert not page.tags & {"script", "img", "link", "iframe", "b"}
    assert "Audits <b>2021</b>" in page.said
    assert "Who does what.\nDay 1 and 2." in page.said
    assert "Out of date: good until 1 Apr 2021" in page.said
    assert [link for link in page.links if link.startswith("http")] == ["https://www.gov.uk/a b?x=1&y=2#z"]


def test_that_formulas_and_markup_stay_text(tmp_path, out):
    words = ["=1+1", "<script>alert(1)</script>", "@SUM(A1)", "<r>x</r>", "a\x00b\ud800", "-2+3|cmd"]
    items = [item(f"x{number}", word, word) for number, word in enumerate(words)]
    library = [
        evidence(f"e{number}", word, [f"x{number}"], [attachment(f"{word}.txt", str(number))], shows=word)
        for number, word in enumerate(words)
    ]
    plan = plan_pack(dossier(items, library), INSPECTORS)
    held = contents(made(plan, stored(tmp_path / "c", [str(n) for n in range(len(words))]), out, False).path)
    sheet = load_workbook(io.BytesIO(held["index.xlsx"]))["Index"]
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "<script" not in held["index.html"].decode()
    json.loads(held["MANIFEST.json"])


@settings(max_examples=15)
@given(NAMES, NAMES, NAMES)
def test_that_packs_of_any_names_read_back(tmp_path_factory, first, second, third):
    folder = tmp_path_factory.mktemp("names")
    items = [item("x1", first, second, area("a1", third, first)), item("x2", first, second, area("a1", third, first))]
    library = [
        evidence("e1", second, ["x1", "x2"], [attachment(third, "one"), attachment(first, "two")], shows=first),
        evidence("e2", third, ["x2"], [attachment(third, "three")]),
    ]
    plan = plan_pack(dossier(items, library, [area("a1", third, first)]), INSPECTORS)
    report = made(plan, stored(folder, ["one", "two", "three"]), folder, True)
    assert len(contents(report.path)) == 6


def test_that_an_empty_choice_still_makes_an_index(store, out, as_folder):
    plan = plan_pack(example(), PackChoice(Audience.PUBLIC))
    held = contents(made(plan, store, out, as_folder).path)
    assert set(held) == {"index.html", "index.xlsx", "MANIFEST.json"}


def test_that_missing_files_are_named_before_anything_is_written(plan, store, out, as_folder, monkeypatch):
    for name in ("Plan.docx", "2"):
        path = store.path_of(attachment("", name).sha256)
        path.chmod(stat.S_IWRITE | stat.S_IREAD)
        path.unlink()
    monkeypatch.setattr(pack_making, "drafted", None)  # nothing is even begun
    with pytest.raises(PackFaulty, match=r"2 stored files are missing: “Plan.docx”, “plan.DOCX”") as raised:
        made(plan, store, out, as_folder)
    assert list(out.iterdir()) == []
    monkeypatch.undo()
    report = made(plan_pack(example(), INSPECTORS, raised.value.hashes), store, out, as_folder)
    assert missing_files(report.manifest) == ("Plan.docx", "plan.DOCX")
    assert len(contents(report.path)) == 4


def alter(store: FileStore, content: str, other: bytes) -> None:
    path = store.path_of(attachment("", content).sha256)
    path.chmod(stat.S_IWRITE | stat.S_IREAD)
    path.write_bytes(other)


def test_that_altered_files_are_all_named_and_nothing_is_kept(plan, store, out, as_folder):
    alter(store, "2", b"3")  # as long as it was
    alter(store, "Audit 95% #3.xlsx", b"Audit 95% #4.xlsx")
    with pytest.raises(PackFaulty, match="2 stored files are not what was attached") as raised:
        made(plan, store, out, as_folder)
    assert [name for _, name in raised.value.altered] == ["plan.DOCX", "Audit 95% #3.xlsx"]
    assert list(out.iterdir()) == []


def test_that_a_copy_of_another_length_is_named_before_anything_is_written(plan, store, out, monkeypatch):
    alter(store, "2", b"longer")
    monkeypatch.setattr(pack_making, "drafted", None)
    with pytest.raises(PackFaulty, match=r"1 stored file is not what was attached: “plan.DOCX”"):
        made(plan, store, out, False)


def test_that_a_file_that_vanishes_meanwhile_is_named(plan, store, out, as_folder):
    last = store.path_of(plan.files[-1].sha256)

    def told(_words: str, done: int, _total: int) -> None:
        if done and last.exists():
            last.chmod(stat.S_IWRITE | stat.S_IREAD)
            last.unlink()

    with pytest.raises(PackFaulty, match=r"1 stored file is missing: “Audit 95% #3.xlsx”"):
        made(plan, store, out, as_folder, told=told)
    assert list(out.iterdir()) == []


def test_that_a_pack_can_be_cancelled_at_any_block(plan, store, out, as_folder, monkeypatch):
    monkeypatch.setattr(pack_making, "BLOCK", 9)
    asked = [0]

    def counting() -> bool:
        asked[0] += 1
        return False

    made(plan, store, out, as_folder, cancelled=counting)
    for path in out.iterdir():
        pack_targets.remove(path)
    assert asked[0] > 100
    for stop in (*range(9), *range(9, asked[0], asked[0] // 9), asked[0] - 1):
        answers = iter([False] * stop + [True])
        with pytest.raises(Cancelled, match="Nothing of it was kept"):
            made(plan, store, out, as_folder, cancelled=lambda answers=answers: next(answers))
        assert list(out.iterdir()) == []


def test_that_progress_ends_at_the_whole(plan, store, out):
    told: list[tuple[str, int, int]] = []
    made(plan, store, out, False, told=lambda *each: told.append(each))
    assert told[0] == ("Writing", 0, 54)
    assert told[-1] == ("Reading back", 54, 54)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


class FullDisk(io.RawIOBase):
    """A file on a disk that has room for so many bytes."""

    def __init__(self, inner, room: list[int]) -> None:
        self._inner, self._room = inner, room

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._room[0] -= len(data)
        if self._room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._inner.write(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


@pytest.mark.parametrize("room", [0, 5, 20, 2000, 12_000])
def test_that_a_full_disk_is_one_sentence_and_leaves_nothing(plan, store, out, as_folder, monkeypatch, room):
    kind = pack_targets.FolderDraft if as_folder else pack_targets.ZipDraft
    left, writing = [room], kind.writing
    monkeypatch.setattr(kind, "writing", lambda draft, path, size: FullDisk(writing(draft, path, size), left))
    with pytest.raises(PackError, match=r"There was no room left for “pack.*”\. Nothing of it was kept"):
        made(plan, store, out, as_folder)
    assert list(out.iterdir()) == []


def test_that_too_little_room_is_said_beforehand(plan, store, out, monkeypatch):
    monkeypatch.setattr(pack_targets.shutil, "disk_usage", lambda _path: Usage())
    with pytest.raises(PackError, match=r"The pack needs 16 MB, and there is only 1.0 MB free"):
        made(plan, store, out, False)


class Usage:
    free = 1_000_000


@pytest.mark.parametrize(
    "changed", ["index.xlsx", "MANIFEST.json", "A Call and control/ILC-A01 Call-day plan/Plan.docx"]
)
def test_that_what_does_not_read_back_is_not_kept(plan, store, out, as_folder, monkeypatch, changed):
    kind = pack_targets.FolderDraft if as_folder else pack_targets.ZipDraft
    reading = kind.reading

    def other(draft, path):
        with reading(draft, path) as file:
            content = file.read()
        return io.BytesIO(content[:-1] + bytes([content[-1] ^ 1]) if path == changed else content)

    monkeypatch.setattr(kind, "reading", other)
    with pytest.raises(PackError, match="did not read back as it was written"):
        made(plan, store, out, as_folder)
    assert list(out.iterdir()) == []


def test_that_an_index_with_a_wrong_link_is_found(plan, store, out, monkeypatch):
    from readiness.excel import pack_index

    monkeypatch.setattr(pack_index, "_target", lambda line: "external:elsewhere.pdf" if line.file else "")
    with pytest.raises(PackError, match=r"a link to “elsewhere.pdf” where"):
        made(plan, store, out, False)
    assert list(out.iterdir()) == []


def test_that_a_zip_is_replaced_only_when_the_new_one_is_whole(plan, store, out):
    made(plan, store, out, False)
    before = (out / "pack.zip").read_bytes()
    with pytest.raises(Cancelled):
        made(plan, store, out, False, cancelled=lambda: True)
    assert (out / "pack.zip").read_bytes() == before
    made(plan_pack(example(), PackChoice(Audience.INTERNAL)), store, out, False)
    assert (out / "pack.zip").read_bytes() != before


def test_that_a_folder_with_something_in_it_is_left_alone(plan, store, out):
    (out / "pack").mkdir()
    made(plan, store, out, True)
    before = contents(out / "pack")
    with pytest.raises(PackError, match=r"There is something in “pack” already"):
        made(plan, store, out, True)
    assert contents(out / "pack") == before


@pytest.mark.parametrize(
    ("name", "said"),
    [("pack.txt", "End it with .zip"), ("none/pack.zip", "does not exist"), ("folder.zip", "is a folder"),
     ("x" * 300 + ".zip", "too long a name")],
)  # fmt: skip
def test_that_a_target_that_cannot_work_is_refused_early(plan, store, out, name, said):
    (out / "folder.zip").mkdir()
    with pytest.raises(PackError, match=said):
        write_pack(plan, store, out / name, WHO, AT)
    assert [path.name for path in out.iterdir()] == ["folder.zip"]


def test_that_windows_is_not_given_paths_it_cannot_open(tmp_path):
    deep = tmp_path / ("d" * 90)
    with pytest.raises(PackError, match="nearer to the top of the drive"):
        pack_targets.check_target(deep, 1, "x" * 180, as_folder=True, on_windows=True)
    pack_targets.check_target(deep, 1, "x" * 180, as_folder=True, on_windows=False)


def test_that_old_clocks_make_packs_too(plan, store, out):
    report = write_pack(plan, store, out / "pack.zip", WHO, datetime(1970, 1, 2, tzinfo=UTC))
    assert len(contents(report.path)) == 6
