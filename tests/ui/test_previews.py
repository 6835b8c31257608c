"""Previews: pictures, texts and PDFs, bounded; whatever a file holds, nothing of it is run and nothing is raised."""

import os
import struct
import zlib

import pytest
from PySide6.QtCore import QMarginsF, QPoint, QSize
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from ui.patience import Patience
from ui.previews import LARGEST_FILE, NO_KIND, NOT_READ, Previewer, Wanted, has_preview, read_preview


def wanted(path, name="", *, page=0, size=None) -> Wanted:
    return Wanted(path, name or path.name, path.stat().st_size if size is None else size, 290, 280, page)


def picture(path, width, height, kind="PNG"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#5A45C9"))
    assert image.save(str(path), kind)
    return path


def pdf(path, pages=2):
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.drawText(QPoint(500, 900), f"Page {number + 1}")
    painter.end()
    return path


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPG"), ("a.bmp", "BMP"), ("wrong.gif", "PNG")])
def test_that_a_picture_is_read_no_larger_than_it_is_shown(qapp, tmp_path, name, kind):
    found = read_preview(wanted(picture(tmp_path / name, 1_000, 500, kind)))
    assert (found.image.size(), found.why) == (QSize(290, 145), "")


def test_that_a_small_picture_stays_as_it_is(qapp, tmp_path):
    assert read_preview(wanted(picture(tmp_path / "a.png", 40, 30))).image.size() == QSize(40, 30)


def test_that_a_picture_of_too_many_pixels_is_not_decoded(qapp, tmp_path):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)))
    found = read_preview(wanted(path))
    assert found.image is None
    assert found.why == "Too large to show here (3600 megapixels). Open it instead."


def test_that_a_large_file_is_not_read(qapp, tmp_path):
    path = picture(tmp_path / "a.png", 40, 30)
    found = read_preview(wanted(path, size=LARGEST_FILE + 1))
    assert (found.image, found.why) == (None, "Too large to show here (20 MB). Open it instead.")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Was asked, and answered.", "Was asked, and answered."),
        ("“Gefragt” – ja".encode(), "“Gefragt” – ja"),
        (b"\xef\xbb\xbfname,grade", "name,grade"),
        ("Ünïcode".encode("utf-16"), "Ünïcode"),
        (b"caf\xe9", "caf\ufffd"),
        (b"a\0b", "a\ufffdb"),
        (b"", ""),
    ],
)
def test_that_a_text_is_shown_as_plain_text_whatever_it_holds(qapp, tmp_path, content, text):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert read_preview(wanted(path)).text == text


def test_that_of_a_long_text_the_beginning_is_shown(qapp, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("word " * 100_000)
    found = read_preview(wanted(path)).text
    assert len(found) == 64_002
    assert found.endswith("\n…")


def test_that_the_pages_of_a_pdf_are_drawn_one_at_a_time(qapp, tmp_path):
    path = pdf(tmp_path / "report.pdf")
    first, second, beyond = (read_preview(wanted(path, page=page)) for page in (0, 1, 7))
    assert (first.pages, first.page, second.page, beyond.page) == (2, 0, 1, 1)
    assert first.image.height() == 280
    assert first.image.pixelColor(2, 2) == QColor("white")
    assert first.image != second.image


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.pdf", "a.gif", "a.webp"])
@pytest.mark.parametrize("content", [b"", b"not at all", os.urandom(500), b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"])
def test_that_what_cannot_be_shown_says_so(qapp, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert read_preview(wanted(path)).why == NOT_READ


def test_that_other_kinds_and_files_that_are_gone_say_so(qapp, tmp_path):
    assert read_preview(Wanted(tmp_path / "a.docx", "a.docx", 5, 290, 280)).why == NO_KIND
    assert read_preview(Wanted(tmp_path / "a.txt", "a.txt", 5, 290, 280)).why == "The copy of this file cannot be read."
    assert not has_preview("Audit.xlsx")
    assert has_preview("Audit.PDF")


def test_that_a_drawing_is_shown_as_its_text_and_fetches_nothing(qapp, tmp_path):
    path = tmp_path / "a.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>")
    found = read_preview(wanted(path))
    assert found.image is None
    assert found.text.startswith("<svg")


def test_that_only_the_last_wish_is_answered(qtbot, tmp_path):
    paths = [picture(tmp_path / f"{number}.png", 20 + number, 20) for number in range(6)]
    previewer = Previewer()
    found = []
    previewer.ready.connect(found.append)
    for path in paths:
        previewer.want(wanted(path))
    qtbot.waitUntil(lambda: bool(found))
    assert [preview.image.width() for preview in found] == [25]
    previewer.want(wanted(paths[0]))
    previewer.wait(Patience())
    qtbot.wait(20)
    assert len(found) == 1
