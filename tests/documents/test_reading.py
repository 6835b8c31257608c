"""Reading: whatever stands in a readable file is found, and where; in the hidden places of Office files too."""

import random
import time
from datetime import date
from pathlib import Path

import pytest
from office_files import A, S, book, hand_made_book, paragraph, slide, word, word_part, word_table, zipped
from openpyxl import Workbook
from openpyxl.comments import Comment
from planted import (
    DAY,
    ORDINARY,
    some_nhs_number,
    some_upn,
    written_nhs_number,
    written_upn,
    wrong_nhs_number,
    wrong_upn,
)

from readiness.documents.limits import Limit
from readiness.documents.texts import NAME, READABLE, read_texts
from readiness.domain.identifiers import Identifier
from readiness.domain.sightings import totals
from readiness.domain.watch import Watch
from readiness.frameworks.shipped import shipped_frameworks

LISTS = tuple(spec for draft in shipped_frameworks() for spec in draft.lists)
UPN, NHS, BIRTH, ROW = Identifier
PUPIL, PATIENT = some_upn(random.Random(1)), some_nhs_number(random.Random(2))
SPACED = f"{PATIENT[:3]} {PATIENT[3:6]} {PATIENT[6:]}"


def seen(path: Path, name: str = "") -> list[tuple[Identifier, int, str]]:
    """Return what is found in a file; all of it was read."""
    texts = read_texts(path, Limit(time.monotonic() + 60), name)
    watch = Watch(DAY, LISTS)
    for passage in texts:
        watch.take(passage)
    assert texts.unread == []
    return [(each.kind, each.count, each.place) for each in watch.sightings()]


# ten thousand texts, in files of every kind


def written_in(kind: str, path: Path, texts: list[str]) -> Path:
    """Write texts into a file of a kind, each as a paragraph or a cell of its own."""
    if kind == ".docx":
        half = len(texts) // 2
        return word(path, "".join(map(paragraph, texts[:half])) + word_table([text, "x"] for text in texts[half:]))
    if kind == ".pptx":
        return zipped(path, {f"ppt/slides/slide{n + 1}.xml": slide(*texts[n::5]) for n in range(5)})
    if kind == ".xlsx":
        return book(path, {"One": ([1, text, "x"] for text in texts[::2]), "Two": ([text] for text in texts[1::2])})
    if kind == ".html":
        body = "".join(f"<p>{text.replace(' ', '&nbsp;')}</p>\n<tr><td>x</td><td>y</td></tr>" for text in texts)
        path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    elif kind in (".csv", ".tsv"):
        sign = "," if kind == ".csv" else "\t"
        path.write_text("".join(f'{n}{sign}"{text}"{sign}\n' for n, text in enumerate(texts)), encoding="utf-8-sig")
    else:
        encoding = "utf-16" if kind == ".txt" else "cp1252" if kind == ".text" else "utf-8"
        path.write_text("".join(f"{text}\n\n" for text in texts), encoding=encoding)
    return path


@pytest.mark.parametrize("kind", [".docx", ".pptx", ".xlsx", ".html", ".csv", ".tsv", ".txt", ".text", ".md", ".log"])
def test_that_a_thousand_texts_in_a_file_give_exactly_what_was_planted(tmp_path, kind):
    chance = random.Random(kind)
    texts, upns, numbers = [], 0, 0
    for _ in range(1_000):
        which = chance.randrange(5)
        upns, numbers = upns + (which == 0), numbers + (which == 1)
        words = (
            written_upn(chance, some_upn(chance)), written_nhs_number(chance, some_nhs_number(chance)),
            written_upn(chance, wrong_upn(chance)), written_nhs_number(chance, wrong_nhs_number(chance)), "nobody",
        )[which]  # fmt: skip
        texts.append(
            chance.choice(("{}", "Spoke about {}.", "({}) – tel 0116 454 6350", "In 2021 {} moved")).format(words)
        )
    path = written_in(kind, tmp_path / f"file{kind}", texts)
    counts: dict[Identifier, int] = {}
    for which, count, _ in seen(path):
        counts[which] = counts.get(which, 0) + count
    assert counts == {UPN: upns, NHS: numbers}


@pytest.mark.parametrize("kind", [".docx", ".pptx", ".xlsx", ".html", ".csv", ".txt", ".md"])
def test_that_ordinary_council_papers_raise_no_alarm_in_any_kind_of_file(tmp_path, kind):
    lines = ORDINARY.strip().splitlines()
    assert seen(written_in(kind, tmp_path / f"file{kind}", lines)) == []


def test_that_what_the_program_exports_raises_no_alarm(tmp_path):
    items = [item for draft in shipped_frameworks() for area in draft.areas for item in area.items]
    rows = [[item.reference, item.title, item.guidance, item.owner, item.due_rule, date(2021, 5, 6)] for item in items]
    assert (
        seen(book(tmp_path / "summary.xlsx", {"Checklist": [["Ref", "Item", "Good", "Owner", "Due", "Date"], *rows]}))
        == []
    )


# workbooks


def test_that_the_cells_of_a_workbook_are_told_by_sheet_and_row(tmp_path):
    rows = [["Name", "NHS", "Seen"], ["Jane Example", int(PATIENT), date(2012, 3, 12)], [], [f"see {PUPIL}"]]
    path = book(tmp_path / "plan.xlsx", {"Contacts": [["x"]], "Pupils 2021": rows})
    assert seen(path) == [(UPN, 1, "sheet Pupils 2021, row 4"), (NHS, 1, "sheet Pupils 2021, row 2")]
    rows[0][2] = "DOB"
    path = book(tmp_path / "plan.xlsx", {"Pupils": rows})
    assert (BIRTH, 1, "sheet Pupils, row 2") in seen(path)


def test_that_a_workbook_by_another_program_is_read(tmp_path):
    made = Workbook()
    sheet = made.active
    sheet.title = "Pupils"
    sheet.append(["Child", "Date of birth", "Phone"])
    sheet.append(["x", date(2012, 3, 12), int(PATIENT)])
    sheet["F9"] = f"={PUPIL!r}"
    sheet["F10"] = PUPIL.lower()
    sheet["A2"].comment = Comment(f"NHS {SPACED}", "somebody")
    made.create_sheet("Hidden").sheet_state = "hidden"
    made["Hidden"]["ZZ5000"] = SPACED
    made.save(tmp_path / "other.xlsx")
    assert seen(tmp_path / "other.xlsx") == [
        (UPN, 1, "sheet Pupils, row 10"), (NHS, 1, "the comments"), (NHS, 1, "sheet Hidden, row 5,000"),
        (BIRTH, 1, "sheet Pupils, row 2"),
    ]  # fmt: skip


def test_that_a_child_level_list_in_a_workbook_is_told(tmp_path):
    columns = LISTS[0].columns
    rows = [["List 1"], [], list(columns), *([1, "F", "WBRI", date(2012, 3, 12), 9, "x", "y"] for _ in range(30))]
    found = seen(book(tmp_path / "list.xlsx", {"Contacts": rows}))
    assert (ROW, 30, "sheet Contacts, row 3: list 1, Contacts") in found
    assert sum(count for kind, count, _ in found if kind is BIRTH) == 30
    assert seen(book(tmp_path / "template.xlsx", {"Contacts": rows[:3]})) == []


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (f"<c><v>{PATIENT}</v></c>", 1),
        (f"<c><v>{PATIENT}.0</v></c>", 1),
        (f"<c><v>{PATIENT[0]}.{PATIENT[1:]}E9</v></c>", 1),
        (f"<c><v>{PATIENT}.5</v></c>", 0),
        (f"<c><v>0.{PATIENT}</v></c>", 0),
        (f'<c t="str"><f>A1</f><v>{SPACED}</v></c>', 1),
        (f'<c t="inlineStr"><is><r><t>{PATIENT[:4]}</t></r><r><t>{PATIENT[4:]}</t></r></is></c>', 1),
        (f"<c><f>{PATIENT}</f><v>1</v></c>", 0),
        ('<c t="s"><v>999</v></c><c t="s"><v>x</v></c><c t="e"><v>#REF!</v></c><c/>', 0),
        (f'<c r="A1"><v>1</v></c><c r="A1"><v>{PATIENT}</v></c>', 1),
        (f'<c r="XFD1"><v>{PATIENT}</v></c><c r="XFE1"><v>{PATIENT}</v></c>', 2),
    ],
)
def test_that_a_cell_is_read_however_it_is_written(tmp_path, cell, found):
    path = hand_made_book(tmp_path / "made.xlsx", f"<row>{cell}</row>")
    assert seen(path) == ([(NHS, found, "sheet Data, row 1")] if found else [])


@pytest.mark.parametrize(
    ("style", "serial", "date_1904", "found"),
    [("1", "40980", "0", 1), ("1", "40980.5", "0", 1), ("2", "40980", "0", 1), ("0", "40980", "0", 0),
     ("3", "0.5", "0", 0), ("1", "39518", "1", 1), ("1", "1e300", "0", 0), ("1", "x", "0", 0), ("9", "40980", "0", 0)],
)  # fmt: skip
def test_that_true_dates_are_read_by_their_style(tmp_path, style, serial, date_1904, found):
    styles = (
        f'<styleSheet {S}><numFmts><numFmt numFmtId="164" formatCode="[Red]d\\-mmm\\-yy"/><numFmt numFmtId="165" '
        'formatCode="0.0&quot;d&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
    )
    rows = f'<row><c t="inlineStr"><is><t>DOB</t></is></c><c s="{style}"><v>{serial}</v></c></row>'
    path = hand_made_book(tmp_path / "made.xlsx", rows, {"xl/styles.xml": styles})
    if date_1904 == "1":
        path = hand_made_book(tmp_path / "old.xlsx", rows, {"xl/styles.xml": styles, "xl/workbook.xml": (
            f'<workbook {S}><workbookPr date1904="1"/></workbook>')})  # fmt: skip
    assert [count for _, count, _ in seen(path)] == [1] * found


def test_that_the_hidden_copies_of_a_workbook_are_read(tmp_path):
    pivot = (
        f'<pivotCacheDefinition {S}><cacheFields><cacheField name="NHS"><sharedItems><n v="{PATIENT}"/></sharedItems>'
        '</cacheField><cacheField name="Date of birth"><sharedItems><d v="2012-03-12T00:00:00"/></sharedItems>'
        f'</cacheField><cacheField name="Phone"><sharedItems><n v="{PATIENT}"/></sharedItems></cacheField>'
        "</cacheFields></pivotCacheDefinition>"
    )
    records = f'<pivotCacheRecords {S}><r><s v="{PUPIL}"/><x v="0"/></r></pivotCacheRecords>'
    drawing = f"<xdr {A}><a:p><a:r><a:t>{PATIENT[:5]}</a:t></a:r><a:r><a:t>{PATIENT[5:]}</a:t></a:r></a:p></xdr>"
    path = hand_made_book(tmp_path / "made.xlsx", "<row><c><v>1</v></c></row>", {
        "xl/pivotCache/pivotCacheDefinition1.xml": pivot, "xl/pivotCache/pivotCacheRecords1.xml": records,
        "xl/drawings/drawing1.xml": drawing,
        "xl/externalLinks/externalLink1.xml": f"<e><cell><v>{PUPIL}</v></cell></e>",
        "xl/threadedComments/threadedComment1.xml": f"<c><threadedComment><text>{SPACED}</text></threadedComment></c>",
    })  # fmt: skip
    assert seen(path) == [
        (UPN, 1, "what it keeps of other workbooks"), (UPN, 1, "the copy of the data behind a pivot table"),
        (NHS, 1, "the drawings"), (NHS, 1, "the copy of the data behind a pivot table"), (NHS, 1, "the comments"),
        (BIRTH, 1, "the copy of the data behind a pivot table"),
    ]  # fmt: skip


def test_that_texts_shared_by_too_many_cells_are_still_read(tmp_path, monkeypatch):
    monkeypatch.setattr("readiness.documents.sheets._MOST_SHARED", 100)
    rows = [[f"text {number}"] for number in range(50)] + [[f"see {PUPIL}"]]
    assert seen(book(tmp_path / "many.xlsx", {"One": rows})) == [(UPN, 1, "the texts of its cells")]


# documents and slides


def test_that_paragraphs_and_tables_of_a_document_are_told_by_number(tmp_path):
    body = paragraph("One") + paragraph(SPACED[:5], SPACED[5:9], SPACED[9:]) + word_table([["a", "b"], ["x", PUPIL]])
    body += word_table([["Date of birth", "12 March 2012"], [f"{PUPIL[:6]}", PUPIL[6:]]])
    assert seen(word(tmp_path / "report.docx", body)) == [
        (UPN, 1, "table 1, row 2"), (NHS, 1, "paragraph 2"), (BIRTH, 1, "table 2, row 1"),
    ]  # fmt: skip


def test_that_a_list_in_a_document_is_told(tmp_path):
    columns = LISTS[0].columns
    assert seen(word(tmp_path / "list.docx", word_table([columns, ["1"] * 7, ["2"] * 7]))) == [
        (ROW, 2, "table 1, row 1: list 1, Contacts")
    ]


def test_that_what_a_page_does_not_show_is_read_once(tmp_path):
    deleted = f"<w:p><w:del><w:r><w:delText>{PATIENT}</w:delText></w:r></w:del></w:p>"
    box = f"<w:txbxContent>{paragraph(PUPIL)}</w:txbxContent>"
    drawn = f"<w:p><w:r><w:t>see</w:t></w:r><x><Choice>{box}</Choice><Fallback>{box}</Fallback></x></w:p>"
    path = word(tmp_path / "report.docx", deleted + drawn, {
        "word/header2.xml": word_part(paragraph(PUPIL), "hdr"),
        "word/footer1.xml": word_part(paragraph(PUPIL), "ftr"),
        "word/footnotes.xml": word_part(paragraph(PUPIL), "footnotes"),
        "word/comments.xml": word_part(paragraph(PUPIL), "comments"),
        "word/charts/chart1.xml": f"<chart {A}><pt><v>{PATIENT}</v></pt><pt><v>{PATIENT}</v></pt></chart>",
        "word/styles.xml": word_part(paragraph(PUPIL), "styles"),
    })  # fmt: skip
    assert sorted(seen(path), key=lambda each: each[2]) == [
        (NHS, 1, "paragraph 1"), (UPN, 1, "paragraph 3"), (UPN, 1, "the comments"), (NHS, 2, "the data of a chart"),
        (UPN, 1, "the foot of the pages"), (UPN, 1, "the footnotes"), (UPN, 1, "the head of the pages"),
    ]  # fmt: skip


def test_that_slides_and_their_notes_are_told_by_number(tmp_path):
    cells = "".join(f"<a:tc><a:p><a:t>{text}</a:t></a:p></a:tc>" for text in ("DOB", "12/03/2012"))
    rows = f"<a:tbl><a:tr>{cells}</a:tr></a:tbl>"
    path = zipped(tmp_path / "talk.pptx", {
        "ppt/slides/slide1.xml": slide("One", PUPIL), "ppt/slides/slide10.xml": f"<s {A}>{rows}</s>",
        "ppt/notesSlides/notesSlide2.xml": slide(SPACED), "ppt/comments/comment3.xml": f"<c><text>{PUPIL}</text></c>",
        "ppt/slideMasters/slideMaster1.xml": slide(PUPIL),
    })  # fmt: skip
    assert seen(path) == [
        (UPN, 1, "comments on slide 3"), (UPN, 1, "slide 1"), (NHS, 1, "notes of slide 2"),
        (BIRTH, 1, "slide 10, table 1, row 1"),
    ]  # fmt: skip


def test_that_a_workbook_within_a_document_is_read(tmp_path):
    inner = book(tmp_path / "inner.xlsx", {"Data": [["x", PUPIL]]}).read_bytes()
    path = word(tmp_path / "report.docx", paragraph("See the chart"), {"word/embeddings/Sheet1.xlsx": inner})
    assert seen(path) == [(UPN, 1, "a file inside it, sheet Data, row 1")]


# text, separated values, pages


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_that_text_is_read_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "notes.txt"
    path.write_bytes(f"Café – naïve\r\nZwei\rthree\n{PUPIL}\n\n{SPACED}".encode(encoding))
    assert seen(path) == [(UPN, 1, "line 4"), (NHS, 1, "line 6")]


def test_that_bytes_of_no_encoding_lose_nothing(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(b"x" * 65_535 + b"\xe2\x82 \xff\xfe\x00 " + PUPIL.encode() + b" \x81\n" + PATIENT.encode())
    assert [(kind, count) for kind, count, _ in seen(path)] == [(UPN, 1), (NHS, 1)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_that_separated_values_are_told_by_row(tmp_path, sign):
    path = tmp_path / "list.csv"
    rows = [["Name", "Phone", "NHS"], ["one,two;\nthree", PATIENT, SPACED], ["", "", ""], [PUPIL], ["x", "y", "z"]]
    path.write_text(
        "".join(sign.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows), encoding="utf-8", newline=""
    )
    assert seen(path) == [(UPN, 1, "row 4"), (NHS, 1, "row 2")]


def test_that_a_quotation_mark_that_nobody_closes_hides_nothing(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('a,b\n1,"x\n' + f"2,{PUPIL}\n" * 8_000 + f"3,{PATIENT}\n", encoding="utf-8")
    assert totals_of(path) == {UPN: 8_000, NHS: 1}


def totals_of(path: Path) -> dict[Identifier, int]:
    watch = Watch(DAY)
    for passage in read_texts(path, Limit(time.monotonic() + 60)):
        watch.take(passage)
    return dict(totals(watch.sightings()))


def test_that_a_page_is_read_as_it_shows_and_what_hides_in_it_too(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head><title>A page</title><script>var child = '{PUPIL}';</script></head><body><h1>One</h1>"
        f"<p>The number is {PATIENT[:3]}&nbsp;{PATIENT[3:6]}&#32;<b>{PATIENT[6:]}</b>.</p>"
        f"<!-- once {PATIENT} --><table><tr><th>Child</th><th>Date of birth</th><tr><td>x<td>12/03/2012</table>"
        f'<input type="text" value="{PUPIL}"><div>2 < 3 & 4 > 1</div><p>{PATIENT[:5]}</p><p>{PATIENT[5:]}</p>',
        encoding="utf-8",
    )
    assert seen(path) == [
        (UPN, 1, "paragraph 2"), (UPN, 1, "paragraph 6"), (NHS, 1, "paragraph 4"), (NHS, 1, "paragraph 5"),
        (BIRTH, 1, "table 1, row 2"),
    ]  # fmt: skip


def test_that_a_page_without_any_sign_of_its_end_is_read(tmp_path):
    path = tmp_path / "page.htm"
    path.write_text(f"<p{'x' * 200_000} <!-- {'y ' * 50_000} {PUPIL}", encoding="utf-8")
    assert [kind for kind, _, _ in seen(path)] == [UPN]


def test_that_a_table_in_a_text_is_read_as_one(tmp_path):
    path = tmp_path / "list.md"
    columns = LISTS[0].columns
    path.write_text(
        f"# List\n\n| {' | '.join(columns)} |\n|{'---|' * 7}\n| {' | '.join('1234567')} |\n", encoding="utf-8"
    )
    assert [(kind, place) for kind, _, place in seen(path)] == [(ROW, "line 3: list 1, Contacts")]


# names


def test_that_the_name_is_looked_at_whatever_the_kind(tmp_path):
    for name in (f"{PUPIL}_plan.docx", f"plan-{PATIENT}.xlsx", "Jane_Example_12-03-2012.csv"):
        path = tmp_path / name
        path.write_bytes(b"")
        assert [place for _, _, place in seen(path)] == [NAME]


def test_that_a_stored_copy_is_read_by_the_name_people_call_it(tmp_path):
    path = tmp_path / ("ab" * 32)
    path.write_text(PUPIL, encoding="utf-8")
    assert seen(path, "notes.TXT") == [(UPN, 1, "line 1")]


@pytest.mark.parametrize("kind", sorted(READABLE))
def test_that_an_empty_file_holds_nothing(tmp_path, kind):
    path = tmp_path / f"empty{kind}"
    path.write_bytes(b"")
    assert seen(path) == []
