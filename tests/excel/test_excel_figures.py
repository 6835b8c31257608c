"""The figures of the workbook are those of the board."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from excel_boards import DAY, REQUEST, area, board, example, export, inspection, item, opened, table_of

from readiness.domain.figures import Figures, figures, inspection_figures, service_figures
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus, Priority, Rating
from readiness.excel.checklist_sheet import COLUMNS
from readiness.excel.contents import REGISTERS

SHEETS = ["Summary", "Gaps", "By owner", "SEN re-visit", "Social Care", *REGISTERS, "Key"]


def summary_rows(path):
    """Return what stands in each row of figures, by its label, in order."""
    found, headings = [], ()
    for cells in opened(path)["Summary"].iter_rows(values_only=True):
        if cells[1] == "Readiness":
            headings = cells
        elif headings and cells[0] is not None and cells[1] is not None:
            found.append((cells[0], cells, headings))
        else:
            headings = () if cells[0] is None else headings
    return found


def agrees(cells, headings, wanted: Figures) -> bool:
    by_heading = dict(zip(headings, cells, strict=True))
    share = "–" if wanted.readiness is None else pytest.approx(wanted.readiness / 100, abs=1e-12)
    day_one = "–" if wanted.day_one_readiness is None else pytest.approx(wanted.day_one_readiness / 100, abs=1e-12)
    return (
        by_heading["Readiness"] == share
        and by_heading["Day-one readiness"] == day_one
        and by_heading["Items"] == wanted.items
        and by_heading["Apply"] == wanted.applicable
        and all(by_heading[status.label] == count for status, count in wanted.by_status.items())
        and all(by_heading[rating.label] == count for rating, count in wanted.by_rating.items())
    )


def test_that_every_figure_of_the_summary_is_that_of_the_board(tmp_path):
    given, texts = example()
    export(tmp_path / "s.xlsx", given, texts)
    wanted = [(each.inspection.short_title, each.figures) for each in inspection_figures(given)]
    wanted += [("All together", figures(given.items))]
    wanted += [(each.service, each.figures) for each in service_figures(given.items)]
    for each in inspection_figures(given):
        wanted += [(f"{row.area.code} {row.area.title}", row.figures) for row in each.areas]
        wanted += [(row.service, row.figures) for row in each.services]
    found = summary_rows(tmp_path / "s.xlsx")
    assert [label for label, _, _ in found] == [label for label, _ in wanted]
    assert all(agrees(cells, headings, each) for (_, cells, headings), (_, each) in zip(found, wanted, strict=True))


def test_that_every_item_stands_once_in_its_sheet_in_framework_order(tmp_path):
    given, texts = example()
    report = export(tmp_path / "s.xlsx", given, texts)
    assert (list(report.sheets), report.items, report.verified) == (SHEETS, 116, True)
    rows = [*table_of(tmp_path / "s.xlsx", "SEN re-visit"), *table_of(tmp_path / "s.xlsx", "Social Care")]
    assert [row["Reference"] for row in rows] == [each.reference for each in given.items]
    for row, each in zip(rows, given.items, strict=True):
        assert (row["Status"], row["Rating"]) == (each.status.label, each.rating.label)
        assert (row["Due"].date() if row["Due"] else None) == each.due
        assert row["Position"] == (texts[each.id].position if each.id in texts else None)


def test_that_what_a_filter_lets_through_is_all_there_is_and_is_said(tmp_path):
    given, texts = example()
    few = replace(given, items=tuple(row for row in given.items if row.status is ItemStatus.DRAFTED))
    export(tmp_path / "s.xlsx", few, texts, replace(REQUEST, filter_text="Status: Drafted"))
    book = opened(tmp_path / "s.xlsx")
    assert "Status: Drafted" in book["Summary"]["A2"].value
    assert any(row[:2] == ("Shows", "Status: Drafted") for row in book["Key"].iter_rows(max_col=2, values_only=True))
    rows = [*table_of(tmp_path / "s.xlsx", "SEN re-visit"), *table_of(tmp_path / "s.xlsx", "Social Care")]
    assert {row["Status"] for row in rows} == {"Drafted"}
    assert len(rows) == len(few.items)


def test_that_a_long_filter_is_brief_at_the_top_and_whole_in_the_key(tmp_path):
    words = "Owner: " + ", ".join(f"Head of service {number}" for number in range(60))
    export(tmp_path / "s.xlsx", board((item(),)), request=replace(REQUEST, filter_text=words))
    book = opened(tmp_path / "s.xlsx")
    assert book["Summary"]["A2"].value.endswith("… (whole on the sheet Key)")
    assert any(row[0] == words for row in book["Key"].iter_rows(min_col=2, max_col=2, values_only=True))


def test_that_gaps_are_worst_first_then_essential_then_due_earliest(tmp_path):
    late, later = DAY - timedelta(days=12), DAY + timedelta(days=3)
    rows = (
        item("soon", due=later),
        item("undated", status=ItemStatus.NOT_STARTED, due=None),
        item("late", due=late),
        item("latest", due=late - timedelta(days=1)),
        item("essential", due=late, priority=Priority.ESSENTIAL),
        item("fine", status=ItemStatus.SIGNED_OFF),
        item("today", due=DAY),
    )
    export(tmp_path / "s.xlsx", board(rows))
    found = table_of(tmp_path / "s.xlsx", "Gaps")
    assert [(row["Reference"], row["Rating"], row["Late or left"]) for row in found] == [
        ("ESSENTIAL", "Off track", "12 days late"),
        ("LATEST", "Off track", "13 days late"),
        ("LATE", "Off track", "12 days late"),
        ("TODAY", "At risk", "due today"),
        ("SOON", "At risk", "3 days left"),
        ("UNDATED", "At risk", "no date yet"),
    ]


def test_that_owners_are_by_name_with_nobody_first_and_their_next_date(tmp_path):
    rows = (
        item("a", owner="Head of SEND", due=DAY + timedelta(days=5)),
        item("b", owner="", due=DAY - timedelta(days=5)),
        item("c", owner="Director of Education", due=DAY, status=ItemStatus.SIGNED_OFF),
        item("d", owner="Head of SEND", due=DAY + timedelta(days=4)),
    )
    export(tmp_path / "s.xlsx", board(rows))
    found = table_of(tmp_path / "s.xlsx", "By owner")
    told = [(row["Owner"], row["Items"], row["Off track"], row["Complete"], row["Next due"]) for row in found]
    next_due = found[2]["Next due"]
    assert told == [
        ("No owner", 1, 1, 0, None),
        ("Director of Education", 1, 0, 1, None),
        ("Head of SEND", 2, 0, 0, next_due),
    ]
    assert next_due.date() == DAY + timedelta(days=4)


def test_that_a_hundred_and_sixteen_thousandths_are_not_rounded(tmp_path):
    rows = (item("a", status=ItemStatus.GATHERING, priority=Priority.ESSENTIAL), item("b"), item("c"))
    export(tmp_path / "s.xlsx", board(rows))
    assert opened(tmp_path / "s.xlsx")["Summary"]["B7"].value == pytest.approx(figures(rows).readiness / 100, abs=1e-15)


@pytest.mark.parametrize("status", [None, ItemStatus.NOT_APPLICABLE])
def test_that_no_value_shows_as_a_dash_and_never_as_a_number(tmp_path, status):
    rows = () if status is None else (item("a", status=status),)
    export(tmp_path / "s.xlsx", board(rows))
    found = summary_rows(tmp_path / "s.xlsx")
    assert found
    assert all(cells[1] == cells[2] == "–" for _, cells, _ in found)


def test_that_an_inspection_without_items_still_has_a_table_that_can_be_worked_in(tmp_path):
    report = export(tmp_path / "s.xlsx", board())
    sheet = opened(tmp_path / "s.xlsx")["SEN re-visit"]
    assert report.items == 0
    assert [table.ref for table in sheet.tables.values()] == ["A4:AD5"]
    assert table_of(tmp_path / "s.xlsx", "SEN re-visit") == []
    assert table_of(tmp_path / "s.xlsx", "Gaps") == []


def test_that_a_board_without_inspections_makes_a_workbook_that_says_so(tmp_path):
    report = export(tmp_path / "s.xlsx", board((), (), ()))
    assert report.sheets == ("Summary", "Gaps", "By owner", *REGISTERS, "Key")
    assert opened(tmp_path / "s.xlsx")["Summary"]["A3"].value == "There are no items to show."


def test_that_areas_of_the_same_name_are_counted_apart(tmp_path):
    areas = (area("a1"), area("a2"))
    export(tmp_path / "s.xlsx", board((item("x", areas[0]), item("y", areas[1]), item("z", areas[1])), areas=areas))
    counts = {label: cells[4] for label, cells, _ in summary_rows(tmp_path / "s.xlsx")}
    assert counts["A Call and control"] == 1
    assert counts["A Call and control (2)"] == 2


def test_that_changed_is_the_local_day_and_due_says_why(tmp_path):
    export(tmp_path / "s.xlsx", board((item("a", due=None, due_text="on selection", changed_at=None),)))
    row = table_of(tmp_path / "s.xlsx", "SEN re-visit")[0]
    assert (row["Due"], row["Due rule"], row["Changed"]) == (None, "on selection", None)


def test_that_days_before_excel_s_calendar_are_kept_as_text(tmp_path):
    export(tmp_path / "s.xlsx", board((item("a", due=date(1899, 12, 31)), item("b", due=date(1900, 1, 1)))))
    rows = table_of(tmp_path / "s.xlsx", "SEN re-visit")
    assert rows[0]["Due"] == "1899-12-31"
    assert rows[1]["Due"].date() == date(1900, 1, 1)


def test_that_a_long_list_keeps_every_row(tmp_path):
    given = board(tuple(item(f"n{number}") for number in range(1200)))
    export(tmp_path / "s.xlsx", given)
    assert len(table_of(tmp_path / "s.xlsx", "SEN re-visit")) == 1200


def test_that_the_same_request_gives_the_same_bytes(tmp_path):
    given, texts = example()
    export(tmp_path / "a.xlsx", given, texts)
    export(tmp_path / "b.xlsx", given, texts)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_that_every_field_of_an_item_has_its_column_or_a_reason():
    elsewhere = {
        "id", "rank", "conflicts",  # inner workings of the record
        "inspection_id",  # the sheet
        "unproven",  # Current is 0
        "due_override",  # it is the due date, and `due_text` says "set by hand"
    }  # fmt: skip
    columns = {
        "area_id": "Area", "reference": "Reference", "title": "Item", "kind": "Kind", "owner": "Owner",
        "service": "Service", "priority": "Priority", "status": "Status", "impact_level": "Impact level",
        "due": "Due", "due_rule": "Due rule", "due_text": "Due rule", "day_one": "Day one", "rating": "Rating",
        "changed_at": "Changed", "confirm": "Confirm again", "proof": "Evidence", "lapsed": "Sign-off",
        "signed": "Sign-off", "claimed_by": "Claimed by", "currency_months": "Stays current",
    }  # fmt: skip
    assert elsewhere | set(columns) == set(ItemRow.__dataclass_fields__)
    assert set(columns.values()) <= {column.heading for column in COLUMNS}


def test_that_what_waits_to_be_confirmed_says_so_and_what_does_not_says_nothing(tmp_path):
    export(tmp_path / "s.xlsx", board((item("a", confirm=True), item("b"))))
    assert [row["Confirm again"] for row in table_of(tmp_path / "s.xlsx", "SEN re-visit")] == ["Yes", None]


def test_that_a_rating_counts_under_each_inspection(tmp_path):
    given = board(
        (item("a"), item("b", area("b1", "i2"), status=ItemStatus.SIGNED_OFF)),
        (inspection(), inspection("i2", "Social Care")),
        (area(), area("b1", "i2")),
    )
    export(tmp_path / "s.xlsx", given)
    rows = summary_rows(tmp_path / "s.xlsx")
    found = {label: dict(zip(headings, cells, strict=True)) for label, cells, headings in rows}
    assert found["SEN re-visit"][Rating.COMPLETE.label] == 0
    assert found["Social Care"][Rating.COMPLETE.label] == 1
