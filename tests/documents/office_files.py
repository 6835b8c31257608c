"""Office files for tests: made by hand, part by part, so that they can hold what no honest program writes."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://example.org/p"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def paragraph(*runs: str) -> str:
    """Return a paragraph of a Word document: one run after the other."""
    return f"<w:p>{''.join(f'<w:r><w:t>{escape(run)}</w:t></w:r>' for run in runs)}</w:p>"


def word_table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table of a Word document."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


def word_part(body: str, root: str = "document") -> str:
    """Return a part of a Word document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {W}>{body}</w:{root}>'


def word(path: Path, body: str, more: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a Word document."""
    return zipped(path, {"word/document.xml": word_part(body), **(more or {})})


def slide(*texts: str) -> str:
    """Return a slide with a paragraph for each text."""
    paragraphs = "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in texts)
    return f"<p:sld {A}><p:txBody>{paragraphs}</p:txBody></p:sld>"


def book(path: Path, sheets: Mapping[str, Iterable[Iterable[object]]]) -> Path:
    """Write a workbook as the program itself does."""
    with Workbook(str(path), {"strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, list(row))
    return path


def sheet_part(rows: str) -> str:
    """Return a part that is a sheet."""
    return f"<worksheet {S}><sheetData>{rows}</sheetData></worksheet>"


def hand_made_book(path: Path, rows: str, more: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a workbook of one sheet whose rows are given as XML."""
    names = f'<workbook {S} {R}><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
    links = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
    parts = {
        "xl/workbook.xml": names, "xl/_rels/workbook.xml.rels": links, "xl/worksheets/sheet1.xml": sheet_part(rows),
    }  # fmt: skip
    return zipped(path, {**parts, **(more or {})})
