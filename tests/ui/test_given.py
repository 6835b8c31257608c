"""What is on the clipboard or dragged is taken for what it is: files, a picture alone, one address; never for cells."""

from datetime import date
from pathlib import Path

import pytest
from evidence_kit import files_mime, text_mime
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from readiness.services.taking import GivenAddress, GivenFile, GivenPicture
from ui.models.given import PastedPicture, can_take, given_in

DAY = date(2021, 9, 13)


def picture() -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#5A45C9"))
    return image


def test_that_files_and_links_of_a_drag_are_taken_in_their_order(qapp, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.pdf")), QUrl("https://www.gov.uk/a?b=1")])
    assert can_take(mime)
    assert given_in(mime, DAY) == [GivenFile(Path(tmp_path / "a b.pdf")), GivenAddress("https://www.gov.uk/a?b=1")]


def test_that_a_picture_alone_becomes_a_file_named_by_the_day(qapp):
    mime = QMimeData()
    mime.setImageData(picture())
    (given,) = given_in(mime, DAY)
    assert isinstance(given, PastedPicture)
    packed = given.packed()
    assert isinstance(packed, GivenPicture)
    assert packed.name == "Pasted picture 13 Sep 2021.png"
    assert packed.content.startswith(b"\x89PNG")


def test_that_cells_which_bring_a_picture_along_stay_cells(qapp):
    mime = text_mime("Drafted\tHead of SEND")
    mime.setImageData(picture())
    assert not can_take(mime)
    assert given_in(mime, DAY) == []


@pytest.mark.parametrize(
    "text",
    ["https://www.gov.uk/send", "  http://intranet/a \n", "\\\\server\\send\\Audit 1.xlsx", "file:///C:/Data/a.csv"],
)
def test_that_an_address_is_taken(qapp, text):
    assert given_in(text_mime(text), DAY) == [GivenAddress(text.strip())]


@pytest.mark.parametrize(
    "text",
    ["", "Agreed: yes", "https://www.gov.uk/a and more", "https://a.uk\nhttps://b.uk", "Drafted", "javascript:alert(1)",
     "1\t2", "C:\\Data", "mailto:a@b.uk", "https://" + "x" * 3_000],
)  # fmt: skip
def test_that_other_text_is_left_to_the_cells(qapp, text):
    assert not can_take(text_mime(text))
    assert given_in(text_mime(text), DAY) == []


def test_that_files_count_also_where_text_comes_along(qapp, tmp_path):
    mime = files_mime(tmp_path / "a.pdf")
    mime.setText("a.pdf")
    assert [type(each) for each in given_in(mime, DAY)] == [GivenFile]
