"""Hostile files: whatever a path leads to or a file holds, a sentence says what was not read; nothing is raised."""

import errno
import io
import os
import random
import socket
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import S, book, hand_made_book, paragraph, sheet_part, word, word_part, word_table, zipped
from planted import DAY, some_nhs_number, some_upn

from readiness.documents import limits
from readiness.documents.limits import Limit
from readiness.documents.opening import why_not
from readiness.documents.texts import NAME, read_texts
from readiness.documents.xml_parts import DEEPEST
from readiness.domain.passages import Passage
from readiness.domain.watch import Watch

PUPIL, PATIENT = some_upn(random.Random(1)), some_nhs_number(random.Random(2))
BAD_BLOCK = b"\x00" * 1_000_000


def read(path: Path, limit: Limit | None = None, name: str = "") -> tuple[list[Passage], list[str]]:
    """Return the passages of a file after its name, and what was not read."""
    texts = read_texts(path, limit or Limit(time.monotonic() + 30), name)
    first, *rest = texts
    assert first.place == NAME
    for sentence in texts.unread:
        assert sentence[-1] == "."
        assert path.name not in sentence
    return rest, texts.unread


def told(path: Path, words: str, limit: Limit | None = None) -> list[Passage]:
    """Read a file of which one sentence with these words says what was not read."""
    found, unread = read(path, limit)
    assert len(unread) == 1, unread
    assert words in unread[0]
    return found


# what a path may lead to


def test_that_what_is_no_file_is_told(tmp_path):
    assert told(tmp_path / "gone.docx", "no longer there") == []
    assert told(tmp_path, "folder") == []
    (tmp_path / "dir.xlsx").mkdir()
    assert told(tmp_path / "dir.xlsx", "folder") == []
    assert told(tmp_path / "file.txt" / "within.txt", "no longer there") == []
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    assert told(tmp_path / "file.txt" / "within.txt", "could not be read") == []
    assert told(tmp_path / ("x" * 300 + ".docx"), "shorter") == []
    assert told(tmp_path / "nul\0.docx", "shorter") == []


@pytest.mark.skipif(os.name == "nt", reason="Windows makes such links and devices otherwise")
def test_that_links_that_loop_pipes_and_devices_are_told_without_waiting(tmp_path, monkeypatch):
    (tmp_path / "loop.docx").symlink_to(tmp_path / "back.docx")
    (tmp_path / "back.docx").symlink_to(tmp_path / "loop.docx")
    assert told(tmp_path / "loop.docx", "leads back to itself") == []
    (tmp_path / "gone.docx").symlink_to(tmp_path / "nothing.docx")
    assert told(tmp_path / "gone.docx", "no longer there") == []
    os.mkfifo(tmp_path / "pipe.txt")
    assert told(tmp_path / "pipe.txt", "device") == []
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    assert told(tmp_path / "zero.txt", "device") == []
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # the name of a socket must be short
        listening.bind("s.txt")
        assert told(tmp_path / "s.txt", "device") == []
    (tmp_path / "real.txt").write_text(PUPIL, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert read(tmp_path / "link.txt") == ([Passage("", PUPIL, line=1)], [])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "denied"), "may not be read"), (OSError(errno.EIO, "bad disk"), "to its end"),
        (FileNotFoundError(errno.ENOENT, "gone"), "no longer there"), (ValueError("embedded null"), "shorter"),
        (OSError(errno.ENAMETOOLONG, "long"), "shorter"), (OSError(errno.ELOOP, "loop"), "leads back"),
    ],
)  # fmt: skip
def test_that_what_the_system_refuses_is_told_in_a_sentence(error, words):
    assert words in why_not(error)
    error.winerror = 32
    assert ("Another program" in why_not(error)) == (words in ("may not be read", "to its end"))


def test_that_a_file_that_is_taken_away_while_it_is_read_is_told(tmp_path, monkeypatch):
    path = tmp_path / "notes.txt"
    path.write_text(f"{PUPIL}\n" * 100_000, encoding="utf-8")
    real = os.fdopen

    class Vanishing(io.BufferedIOBase):
        def __init__(self, stream):
            self.stream, self.left = stream, 3

        def read(self, size=-1):
            self.left -= 1
            if self.left < 0:
                raise OSError(errno.ESTALE, "Stale file handle")
            return self.stream.read(size)

        def close(self):
            self.stream.close()

    monkeypatch.setattr("readiness.documents.opening.os.fdopen", lambda number, mode: Vanishing(real(number, mode)))
    assert told(path, "could not be read to its end")


def test_that_a_file_that_is_cut_while_it_is_read_is_told(tmp_path):
    path = book(tmp_path / "plan.xlsx", {"One": ([f"text {n}", n] for n in range(20_000))})
    texts = read_texts(path, Limit(time.monotonic() + 30))
    passages = iter(texts)
    for _ in range(5):
        next(passages)
    with path.open("r+b") as stream:
        stream.truncate(100)
    assert list(passages) is not None
    assert len(texts.unread) <= 1


# what is not what it says


@pytest.mark.parametrize("kind", [".pdf", ".doc", ".xls", ".jpg", ".msg", ".exe", "", ".9434765919", ".zip"])
def test_that_of_other_kinds_only_the_name_is_read(tmp_path, kind):
    path = tmp_path / f"file{kind}"
    path.write_text(PUPIL, encoding="utf-8")
    (sentence,) = read(path)[1]
    assert "only their names" in sentence
    assert kind[1:5] in sentence or kind == ".9434765919"
    assert "9434765919" not in sentence


@pytest.mark.parametrize("kind", [".xlsx", ".docx", ".pptx"])
def test_that_a_protected_file_and_one_of_an_old_kind_are_told(tmp_path, kind):
    path = tmp_path / f"file{kind}"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 5_000)
    assert told(path, "protected with a password") == []


def test_that_an_encrypted_part_is_told(tmp_path):
    path = word(tmp_path / "report.docx", paragraph(PUPIL))
    content = bytearray(path.read_bytes())
    central = content.rfind(b"PK\x01\x02")
    content[6] |= 1
    content[central + 8] |= 1
    path.write_bytes(content)
    assert told(path, "protected with a password") == []


@pytest.mark.parametrize("kind", [".xlsx", ".docx", ".pptx"])
@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 17, b"\0" * 100_000, PUPIL.encode()])
def test_that_what_is_no_office_file_is_told(tmp_path, kind, content):
    path = tmp_path / f"file{kind}"
    path.write_bytes(content)
    assert told(path, "damaged") == []


def test_that_a_zip_of_nothing_holds_nothing(tmp_path):
    for kind in ("xlsx", "docx", "pptx"):
        assert read(zipped(tmp_path / f"file.{kind}", {})) == ([], [])


PLAN = [["Name", "Number"], *([f"text {number}", number] for number in range(300)), ["x", PUPIL]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> list[Path]:
    """One sound file of each kind of Office file."""
    folder = tmp_path_factory.mktemp("sound")
    inner = book(folder / "inner.xlsx", {"One": PLAN}).read_bytes()
    body = "".join(paragraph(f"text {number}", PATIENT) for number in range(300)) + word_table(
        map(map, [str], PLAN[:1])
    )
    return [
        book(folder / "plan.xlsx", {"One": PLAN, "Two": PLAN}),
        word(folder / "report.docx", body, {"word/embeddings/inner.xlsx": inner}),
        zipped(folder / "talk.pptx", {"ppt/slides/slide1.xml": word_part(paragraph(PUPIL) * 50)}),
    ]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 2), chance=st.integers(0, 2**32).map(random.Random), ways=st.integers(1, 3))
def test_that_a_damaged_file_is_never_more_than_a_sentence(sound, tmp_path, which, chance, ways):
    content = bytearray(sound[which].read_bytes())
    for _ in range(ways):
        way, place = chance.randrange(4), chance.randrange(len(content))
        if way == 0:
            del content[place:]
        elif way == 1:
            content[place] = chance.randrange(256)
        elif way == 2:
            content[place : place + 20] = chance.randbytes(20)
        else:
            del content[place : place + chance.randrange(1, 50)]
        content = content or bytearray(b"x")
    path = tmp_path / f"damaged{sound[which].suffix}"
    path.write_bytes(content)
    read(path)


# bombs


def bomb(path: Path, part: str, megabytes: int, begin: bytes = b"", block: bytes = BAD_BLOCK) -> Path:
    """Write a zip of which one part unpacks to that many megabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(part, "w") as stream:
        stream.write(begin)
        for _ in range(megabytes):
            stream.write(block)
    return path


def test_that_a_zip_that_promises_too_much_is_not_unpacked(tmp_path):
    path = bomb(tmp_path / "bomb.xlsx", "xl/worksheets/sheet1.xml", 100)
    started = time.monotonic()
    assert told(path, "unpacks to far more") == []
    assert time.monotonic() - started < 1


def test_that_a_zip_that_lies_about_its_sizes_is_read_to_the_limit_only(tmp_path):
    row = b"<row>" + b"<c><v>1</v></c>" * 66_666 + b"</row>"
    path = bomb(tmp_path / "bomb.xlsx", "xl/worksheets/sheet1.xml", 30, b"<worksheet><sheetData>", row)
    content = bytearray(path.read_bytes())
    central = content.rfind(b"PK\x01\x02")
    assert struct.unpack_from("<L", content, central + 24)[0] > 30_000_000
    struct.pack_into("<L", content, central + 24, 1_000)  # the directory says: a thousand bytes
    path.write_bytes(content)
    _, unread = read(path, Limit(time.monotonic() + 30, size=2_000_000))
    assert len(unread) == 1


def test_that_parts_that_share_their_bytes_are_not_unpacked(tmp_path):
    path = word(tmp_path / "report.docx", paragraph("x" * 5_000))
    content = path.read_bytes()
    central, end = content.rfind(b"PK\x01\x02"), content.rfind(b"PK\x05\x06")
    entry = content[central:end]
    many = content[:central] + entry * 50
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(entry) * 50, central, 0)
    path.write_bytes(many + tail)
    assert told(path, "unpacks to far more") == []


def test_that_a_directory_without_end_is_not_read(tmp_path):
    path = tmp_path / "many.xlsx"
    path.write_bytes(b"PK\x01\x02" * 1_000_000 + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 4_000_000, 0, 0))
    started = time.monotonic()
    assert told(path, "unpacks to far more") == []
    assert time.monotonic() - started < 1


def test_that_files_within_files_are_read_so_deep_and_no_deeper(tmp_path):
    path = word(tmp_path / "0.docx", paragraph(PUPIL))
    for depth in range(1, 8):
        inner = {"word/embeddings/inner.docx": path.read_bytes()}
        path = word(tmp_path / f"{depth}.docx", paragraph(f"depth {depth}"), inner)
    found = told(path, "files within files")
    assert [each.text for each in found] == ["depth 7", "depth 6", "depth 5"]


def test_that_what_is_inside_and_cannot_be_read_is_told_and_the_rest_is_read(tmp_path):
    inside = {
        "word/embeddings/a.bin": b"x", "word/embeddings/b.xlsx": b"x", "word/embeddings/c.docx": b"",
        "word/embeddings/d.xlsx": book(tmp_path / "inner.xlsx", {"One": [["x", PUPIL]]}).read_bytes(),
    }  # fmt: skip
    found, unread = read(word(tmp_path / "report.docx", paragraph("One"), inside))
    assert found[-1].cells == ("x", PUPIL)
    assert len(unread) == 2


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE a>",
    ],
)
def test_that_a_document_type_is_refused(tmp_path, declared):
    part = f"<?xml version='1.0'?>{declared}<a>{paragraph('&b;')}</a>".replace("&amp;", "&")
    assert told(zipped(tmp_path / "report.docx", {"word/document.xml": part}), "damaged") == []
    parts = {"xl/sharedStrings.xml": part, "xl/worksheets/sheet1.xml": sheet_part("")}
    assert told(zipped(tmp_path / "plan.xlsx", parts), "damaged") == []


def test_that_elements_without_end_are_refused(tmp_path):
    deep = f"<row><c><is>{'<r>' * DEEPEST * 5}"
    assert told(hand_made_book(tmp_path / "deep.xlsx", deep), "damaged") is not None
    noise = random.Random(1).randbytes(500_000).hex().encode()
    path = bomb(tmp_path / "wide.docx", "word/document.xml", 12, b'<document a="', noise)
    assert told(path, "damaged") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_that_parts_in_other_encodings_are_read(tmp_path, encoding):
    part = f'<?xml version="1.0" encoding="{encoding}"?><d>{paragraph(f"é {PUPIL}")}</d>'.encode(encoding)
    found, unread = read(zipped(tmp_path / "report.docx", {"word/document.xml": part}))
    assert (found[0].text, unread) == (f"é {PUPIL}", [])
    part = part.replace(encoding.encode(), b"nothing-1") if encoding == "utf-8" else b"\xff\xff\xff"
    assert told(zipped(tmp_path / "report.docx", {"word/document.xml": part}), "damaged") == []


@pytest.mark.parametrize(
    "row",
    [
        "<c><v>1</v>", "<c r='ZZZ1'><v>1</v></c>", "<c r='\U0001f600'><v>1</v></c>", "<c t='s'><v>-1</v></c>",
        "<c t='s'><v>99999999999999999999</v></c>", "<c s='x'><v>1e999</v></c>", "<c><v>nan</v></c>",
        "<c><v>١٢٣</v></c>", "<c t='s'><v>²</v></c>", "</row><c><v>1</v></c><row>", "<row r='-1'><row r='x'></row>",
    ],
)  # fmt: skip
def test_that_odd_cells_are_never_more_than_a_sentence(tmp_path, row):
    read(hand_made_book(tmp_path / "odd.xlsx", f"<row>{row}</row>"))


@pytest.mark.parametrize(
    "body",
    ["</w:p>", "<w:tr/>", "<w:tc/>", "<w:tbl/>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "<w:t>x</w:t>", "<w:br/>",
     "<w:p><w:p><w:t>x</w:t></w:p></w:p>", "<Fallback/>", "<w:tbl><w:tc><w:tr></w:tr></w:tc></w:tbl>"],
)  # fmt: skip
def test_that_odd_paragraphs_are_never_more_than_a_sentence(tmp_path, body):
    read(word(tmp_path / "odd.docx", body))


def test_that_regular_expressions_do_not_run_away(tmp_path):
    formats = f'<styleSheet {S}><numFmts><numFmt numFmtId="1" formatCode="{"[" * 500_000}"/></numFmts></styleSheet>'
    started = time.monotonic()
    read(hand_made_book(tmp_path / "odd.xlsx", "", {"xl/styles.xml": formats}))
    read(zipped(tmp_path / "odd.pptx", {f"ppt/slides/slide{'1' * 30_000}.x": "x"}))
    parts = (
        "<p" + "x" * 300_000, "birth" + " " * 300_000, "<" * 300_000, "value=" * 50_000, "date of " * 50_000,
        "1/" * 100_000, "A1 " * 100_000, "&" * 300_000, "<!--" * 50_000, "ref 9434765919 " * 4_000, "1/1/11 " * 40_000,
        "DOB " * 8_000, "Jane Example 1/1/11 " * 10_000, "|" * 200_000, "\t" * 100_000, "943 476 " * 30_000,
        "tel: " * 60_000 + "9434765919", "born 1 January " * 4_000, "d. o. b " * 30_000,
    )  # fmt: skip
    for kind in ("html", "txt", "csv"):
        path = tmp_path / f"odd.{kind}"
        path.write_text("\n".join(parts), encoding="utf-8")
        watch = Watch(DAY)
        for passage in read_texts(path, Limit(time.monotonic() + 30)):
            watch.take(passage)
    assert time.monotonic() - started < 15


# limits


@pytest.mark.parametrize("kind", [".xlsx", ".docx", ".txt", ".csv", ".html"])
def test_that_reading_ends_at_the_deadline(tmp_path, kind):
    path = tmp_path / f"file{kind}"
    if kind == ".xlsx":
        book(path, {"One": PLAN})
    elif kind == ".docx":
        word(path, paragraph("x"))
    else:
        path.write_text("x,y\n" * 10, encoding="utf-8")
    assert told(path, "takes too long", Limit(time.monotonic() - 1)) == []


@pytest.mark.parametrize("kind", [".xlsx", ".docx", ".txt", ".csv", ".html"])
def test_that_reading_ends_at_the_limit_and_what_was_read_counts(tmp_path, kind):
    path = tmp_path / f"file{kind}"
    if kind == ".xlsx":
        book(path, {"One": ([f"text {n}", n] for n in range(30_000))})
    elif kind == ".docx":
        word(path, "".join(paragraph(f"text {n}") for n in range(30_000)))
    else:
        path.write_text("".join(f"<p>text {n},{n}\n" for n in range(30_000)), encoding="utf-8")
    found = told(path, "first 100,000 bytes", Limit(time.monotonic() + 30, size=100_000))
    assert found or kind == ".xlsx"  # the texts of its cells come first


def test_that_the_usual_limit_is_told_in_megabytes():
    with pytest.raises(limits.Stopped, match="its first 256 MB"):
        limits.Meter(Limit(time.monotonic() + 9)).take(10**9)


@pytest.mark.parametrize("kind", [".txt", ".csv", ".html", ".xlsx", ".docx", "one line", "one cell", "one row"])
def test_that_memory_stays_flat_whatever_the_size(tmp_path, kind):
    path = tmp_path / f"file{kind if kind[0] == '.' else '.docx' if kind == 'one row' else '.txt'}"
    size = 2_000_000
    if kind == ".xlsx":
        rows = "".join(f'<row r="{n}"><c t="inlineStr"><is><t>some text {n}</t></is></c></row>' for n in range(30_000))
        hand_made_book(path, rows)
    elif kind == ".docx":
        word(path, "".join(paragraph(f"some text {n}") for n in range(30_000)))
    elif kind == "one row":
        word(path, f"<w:tbl><w:tr>{'<w:tc><w:p><w:t>some text</w:t></w:p></w:tc>' * 30_000}</w:tr></w:tbl>")
    elif kind == "one cell":
        path = word(tmp_path / "cell.docx", word_table([["some text " * (size // 10)]]))
    elif kind == "one line":
        path.write_text("some text " * (size // 10), encoding="utf-8")
    else:
        path.write_text("<p>some text,and more of it\n" * (size // 28), encoding="utf-8")
    texts = read_texts(path, Limit(time.monotonic() + 120))
    tracemalloc.start()
    count = sum(len(each.text) + sum(map(len, each.cells)) for each in texts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert texts.unread == []
    assert count > 250_000
    assert peak < 1_500_000, peak
