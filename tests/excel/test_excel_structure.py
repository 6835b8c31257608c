"""What makes the workbook one to work in and to print: tables, lists, colours, panes, pages, charts, properties."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from excel_boards import REQUEST, board, example, export, item, opened

from readiness.domain.assertions import Doubt
from readiness.domain.vocabulary import Currency, ImpactLevel, ItemStatus, Kind, Priority, Rating, Strength
from readiness.excel.contents import REGISTERS
from readiness.excel.styles import ACCENT, CHIPS, MARKS

LISTS = {"K": ItemStatus, "F": Priority, "O": ImpactLevel}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    target = tmp_path_factory.mktemp("structure") / "s.xlsx"
    given, texts = example()
    export(target, given, texts)
    return target


@pytest.fixture(scope="module")
def book(path):
    return opened(path, results=False)


def parts_of(path, pattern: str) -> list[str]:
    with ZipFile(path) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if re.search(pattern, name)]


def tables_of(sheet):
    return [(table.name, table) for table in sheet.tables.values()]


def test_that_each_list_is_a_real_table_with_a_name_of_its_own(book):
    tables = {name: (sheet.title, table.ref) for sheet in book for name, table in tables_of(sheet)}
    assert set(tables) == {"Checklist_1", "Checklist_2", "Gaps", "Owners", *REGISTERS}
    assert tables["Checklist_1"] == ("SEN re-visit", "A4:AD62")
    assert all(table.autoFilter is not None for sheet in book for _, table in tables_of(sheet))


def test_that_a_row_added_below_a_table_inherits_weight_and_credit(book):
    columns = {each.name: each for each in book["SEN re-visit"].tables["Checklist_1"].tableColumns}
    for heading in ("Weight", "Credit"):
        inherited = columns[heading].calculatedColumnFormula.attr_text
        cell = book["SEN re-visit"]["Y5" if heading == "Weight" else "Z5"].value
        assert cell == f"={inherited}"


@pytest.mark.parametrize(("column", "words"), LISTS.items())
def test_that_lists_offer_exactly_the_words_of_the_key(book, column, words):
    sheet = book["SEN re-visit"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    rule = rules[f"{column}5:{column}62"]
    first, last = re.fullmatch(r"Key!\$A\$(\d+):\$A\$(\d+)", rule.formula1).groups()
    offered = [book["Key"].cell(row, 1).value for row in range(int(first), int(last) + 1)]
    assert offered == [word.label for word in words]
    assert (rule.type, rule.showErrorMessage) == ("list", True)


def test_that_each_rating_has_its_colours_once_for_the_whole_column(book):
    rules = {str(each.sqref): each.rules for each in book["SEN re-visit"].conditional_formatting}
    found = {rule.formula[0]: rule.dxf for rule in rules["L5:L62"]}
    for rating, (text, fill) in CHIPS.items():
        style = found[f'"{rating.label}"']
        assert style.font.color.rgb == f"FF{text[1:]}"
        assert style.fill.bgColor.rgb == f"FF{fill[1:]}"
    assert sum(len(each) for each in rules.values()) == len(Rating) + 1


def test_that_headings_and_references_stay_in_sight(book):
    assert book["SEN re-visit"].freeze_panes == "D5"
    assert book["Gaps"].freeze_panes == "A5"
    assert book["By owner"].freeze_panes == "B5"


def test_that_every_sheet_prints_on_a4_one_page_wide_with_page_numbers(book):
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what a file means by saying nothing
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "Page &P of &N"
    assert book["SEN re-visit"].page_setup.orientation == "landscape"
    assert book["Key"].page_setup.orientation == "portrait"


def test_that_headings_repeat_and_helper_columns_do_not_print(book):
    sheet = book["SEN re-visit"]
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area.endswith("$A$1:$Q$62")
    assert re.search(r"\$A\$1:\$Q\$[0-9]+$", book["Summary"].print_area)


def test_that_rows_are_high_enough_for_their_texts(tmp_path):
    from readiness.domain.views import Narratives

    texts = {
        "b": Narratives("", "Words that wrap. " * 20, "", "one\ntwo\nthree\nfour"),
        "c": Narratives("", "x" * 32_000, "", ""),
    }
    export(tmp_path / "s.xlsx", board((item("a"), item("b"), item("c"))), texts)
    rows = opened(tmp_path / "s.xlsx")["SEN re-visit"].row_dimensions
    assert rows[5].height < rows[6].height < rows[7].height <= 409
    assert rows[6].height > 340 / 26 * 15


def test_that_weights_credits_and_totals_are_live_formulas(book):
    checklist, summary = book["SEN re-visit"], book["Summary"]
    assert checklist["Y5"].value.startswith("=IFERROR(VLOOKUP(")
    assert checklist["Z5"].value.startswith("=MIN(IFERROR(VLOOKUP(")
    figures = [cell.value for row in summary.iter_rows(min_row=7, max_row=9, min_col=2, max_col=17) for cell in row]
    assert all(str(value).startswith("=") for value in figures)


def test_that_no_formula_needs_a_newer_excel(path):
    assert not [part for part in parts_of(path, r"worksheets/sheet") if "_xlfn" in part or 'cm="1"' in part]


def test_that_charts_are_native_and_say_in_words_what_they_show(path):
    drawing = "".join(parts_of(path, r"drawings/drawing"))
    told = re.findall(r'descr="([^"]*)"', drawing)
    assert len(told) == len(parts_of(path, r"charts/chart")) == 6
    assert told[0].startswith("Bar chart, ratings by inspection: SEN re-visit: ")
    assert re.search(r"readiness by service: Education \d+ %", told[1])


def test_that_charts_keep_to_one_accent_and_the_ratings_colours(path):
    charts = parts_of(path, r"charts/chart")
    stacked = [chart for chart in charts if "stacked" in chart]
    assert len(stacked) == 1
    assert all(colour[1:] in stacked[0] for colour in MARKS.values())
    for chart in charts:
        if "stacked" not in chart:
            assert ACCENT[1:] in chart
            assert "<c:legend>" not in chart
        assert "<c:dLbls>" in chart


def test_that_properties_name_the_exporter_and_no_company(path, book):
    assert book.properties.creator == "Head of SEND"
    assert book.properties.title == "Inspection readiness: Example council"
    assert "<Company></Company>" in parts_of(path, r"docProps/app.xml")[0]


def test_that_an_aware_time_is_told_as_the_clock_on_the_wall(tmp_path):
    at = datetime(2021, 9, 13, 8, 30, tzinfo=UTC)
    export(tmp_path / "s.xlsx", board((item(),)), request=replace(REQUEST, exported_at=at))
    book = opened(tmp_path / "s.xlsx")
    told = {row[0]: row[1] for row in book["Key"].iter_rows(max_col=2, values_only=True)}
    assert told["Exported at"] == at.astimezone().replace(tzinfo=None)
    assert (told["Exported by"], told["Program version"], told["Shows"]) == ("Head of SEND", "0.1.0", "Everything")
    assert book.properties.created == datetime(2021, 9, 13, 8, 30)  # noqa: DTZ001 - files keep UTC, unsaid


def test_that_the_key_says_every_weight_credit_and_rule(book):
    text = "\n".join(str(cell.value) for row in book["Key"].iter_rows() for cell in row if cell.value is not None)
    for word in (*ItemStatus, *Priority, *Rating, *ImpactLevel):
        assert word.label in text
    assert all(word.label in text for word in (*Currency, *Strength, *Doubt, *Kind))
    assert "stay as found on 13 Sep 2021" in text
    weights = {
        row[0]: row[2] for row in book["Key"].iter_rows(values_only=True) if row[0] in ("Essential", "Supporting")
    }
    assert weights == {"Essential": 3, "Supporting": 1}


def test_that_the_summary_opens_first(book):
    assert book.active.title == "Summary"
