"""Evidence, Checks, and what the Summary says of claims and of the day of inspection."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from excel_boards import DAY, NO_PROOF, PROOFS, area, board, doubting, example, export, inspection, item, opened
from excel_boards import table_of as rows_of

from readiness.domain.assertions import Doubt, assertion_gap
from readiness.domain.checks.run import run_checks
from readiness.domain.evidence import AttachmentRow, Dossier, EvidenceRow, LinkRow, RevisionRow
from readiness.domain.forecast import forecast
from readiness.domain.proving import Proving, day_of_inspection, proving_of
from readiness.domain.vocabulary import (
    Audience,
    Currency,
    EvidenceSource,
    ItemStatus,
    Kind,
    Severity,
    Strength,
)
from readiness.excel import checks_sheet, evidence_sheet
from readiness.excel.verify import Mismatch

CHECKED, SIGNED = ItemStatus.CHECKED, ItemStatus.SIGNED_OFF
FILES = (
    AttachmentRow("f1", "Audit March.xlsx", "ab" * 32, 9, ""),
    AttachmentRow("f2", "Register", "", 0, "https://example.org/register?a=1"),
    AttachmentRow("f3", "", "", 0, "javascript:alert(1)"),
)


def piece(id_: str = "e1", *links: tuple[str, date | None], **given) -> EvidenceRow:
    made = tuple(LinkRow(f"{id_}{item_id}", item_id, id_, until, until) for item_id, until in links)
    row = EvidenceRow(
        id_, "=Audit of plans", "Quality over time", EvidenceSource.AUDIT, Strength.OUTCOME, Audience.INSPECTORS,
        date(2021, 3, 1), date(2020, 4, 1), date(2021, 3, 31), date(2021, 4, 9), None,
        (RevisionRow("r2", 2, "words of a note", None, "", FILES), RevisionRow("r1", 1, "", None, "", ())), made,
    )  # fmt: skip
    return replace(row, **given)


def whole(given, *evidence: EvidenceRow) -> Proving:
    dossier = Dossier(given, {}, evidence, {}, (), ())
    return proving_of(evidence, run_checks(dossier), assertion_gap(given.items, DAY), given, whole=True)


def claims_of(path) -> list[dict[str, object]]:
    rows = list(opened(path)["Summary"].iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if row[0] == "Claims, and the day of inspection") + 1
    found = []
    for row in rows[first + 1 :]:
        if row[0] is None:
            break
        found.append({str(heading): cell for heading, cell in zip(rows[first], row, strict=True) if heading})
    return found


@pytest.fixture
def path(tmp_path):
    given = board((item("x1"), item("x2", status=SIGNED)))
    lapsing = DAY + timedelta(days=7)
    rows = (
        piece("e1", ("x2", None), ("x1", lapsing)),
        piece("e2", valid_until=DAY - timedelta(days=1), revisions=()),
    )
    target = tmp_path / "s.xlsx"
    export(target, given, proving=whole(given, *rows))
    return target


def test_that_a_piece_of_evidence_is_told_with_its_currency_and_its_uses(path):
    first, second = rows_of(path, "Evidence")
    assert (first["Currency"], first["Title"], first["Source"]) == ("Due to lapse", "=Audit of plans", "Audit")
    assert (first["Strength"], first["Audience"], first["Version"]) == ("3 Shows outcome", "Inspectors", 2)
    assert [first[name].date() for name in ("Dated", "Covers from", "Covers to", "Received")] == [
        date(2021, 3, 1), date(2020, 4, 1), date(2021, 3, 31), date(2021, 4, 9),
    ]  # fmt: skip
    assert first["Where used"] == "X1 (until 20 Sep 2021)\nX2"
    assert first["Inspection"] == "SEN re-visit"
    assert (second["Currency"], second["Where used"], second["Files and links"], second["Version"]) == (
        "Out of date", None, None, None,
    )  # fmt: skip
    assert opened(path)["Evidence"]["A2"].value == (
        "2 pieces of evidence: 1 due to lapse, 1 out of date, 1 used nowhere, as of 13 Sep 2021"
    )


def test_that_addresses_are_text_and_nothing_in_the_sheet_is_live(path):
    first, _ = rows_of(path, "Evidence")
    assert first["Files and links"] == (
        "Audit March.xlsx\nRegister (https://example.org/register?a=1)\njavascript:alert(1)"
    )
    for row in opened(path, results=False)["Evidence"].iter_rows(min_row=5):
        assert all(cell.hyperlink is None and cell.data_type != "f" for cell in row)


def test_that_currencies_and_severities_have_words_and_colours(path):
    book = opened(path, results=False)
    for name, words in (("Evidence", Currency), ("Checks", Severity)):
        rules = [rule for each in book[name].conditional_formatting for rule in each.rules]
        assert {rule.formula[0] for rule in rules} == {f'"{word.label}"' for word in words}


def test_that_every_place_the_checks_find_is_told_with_its_sentence(tmp_path):
    given = board((item("x1", status=CHECKED, proof=NO_PROOF),))
    proving = whole(given)
    export(tmp_path / "s.xlsx", given, proving=proving)
    rows = rows_of(tmp_path / "s.xlsx", "Checks")
    assert len(rows) == len(proving.checks) > 1
    (found,) = [row for row in rows if row["Rule"] == "Claimed without current evidence"]
    assert (found["Severity"], found["Place"], found["Item"]) == ("Must be mended", "X1", "Item x1")
    assert (found["Owner"], found["Inspection"]) == ("Head of SEND", "SEN re-visit")
    assert found["What is wrong"] == "Checked, but it has no evidence."


def test_that_sheets_without_anything_say_so(tmp_path):
    export(tmp_path / "s.xlsx", board((item(),)))
    book = opened(tmp_path / "s.xlsx")
    assert book["Evidence"]["A2"].value.startswith("No evidence is recorded")
    assert book["Checks"]["A2"].value.startswith("The quality rules found nothing")


def test_that_a_checklist_tells_evidence_sign_off_and_doubt(tmp_path):
    given = board((
        item("a", status=SIGNED, signed=True, claimed_by="QA lead", currency_months=12, proof=PROOFS[4]),
        item("b", status=SIGNED, signed=True, lapsed=True, proof=PROOFS[3]),
        item("c", status=CHECKED, proof=PROOFS[2]),
    ))  # fmt: skip
    export(tmp_path / "s.xlsx", given, proving=doubting(given))
    a, b, c = rows_of(tmp_path / "s.xlsx", "SEN re-visit")
    assert (a["Evidence"], a["Current"], a["Sources"], a["Sign-off"]) == (2, 2, "Data, Voice", "Signed off")
    assert (a["Claimed by"], a["Stays current"], a["Claim in doubt"]) == ("QA lead", 12, None)
    assert (b["Sign-off"], b["Claim in doubt"]) == ("Lapsed", "Sign-off has lapsed; Only policy as proof")
    assert (b["Credit"], b["Current then"], b["Credit then"]) == (1, 0, 0.5)
    assert (c["Evidence"], c["Current"], c["Credit"], c["Claim in doubt"]) == (1, 0, 0.5, "No current evidence")


def test_that_the_summary_counts_the_claims_that_do_not_stand(tmp_path):
    given, texts = example()
    export(tmp_path / "s.xlsx", given, texts, proving=doubting(given))
    gap = assertion_gap(given.items, DAY)
    rows = claims_of(tmp_path / "s.xlsx")
    wanted = [gap.within(row.id) for row in given.inspections] + [gap]
    assert [row["Claims"] for row in rows] == [len(each.claimed) for each in wanted]
    assert [row["Do not stand"] for row in rows] == [len(each.doubted) for each in wanted]
    for doubt in Doubt:
        assert [row[doubt.label] for row in rows] == [len(each.by_doubt[doubt]) for each in wanted]
    said = f"Claims that do not stand: {len(gap.doubted)} of {len(gap.claimed)}."
    assert opened(tmp_path / "s.xlsx")["Summary"]["A3"].value.endswith(said)


def test_that_readiness_on_the_day_is_that_of_the_forecast(tmp_path):
    given, texts = example()
    later = replace(given.inspections[1], on_site_from=DAY + timedelta(days=30))
    given = replace(given, inspections=(given.inspections[0], later))
    export(tmp_path / "s.xlsx", given, texts)
    cells = opened(tmp_path / "s.xlsx")["Summary"]
    claims = claims_of(tmp_path / "s.xlsx")
    for row, told, name in zip(given.inspections, claims, ("D7", "D8"), strict=False):
        day, what = day_of_inspection(row, DAY, given.calendar)
        assert (told["Day of inspection"].date(), told["Which is"]) == (day, what)
        (reading,) = forecast(given.items, DAY, day, given.calendar, [row]).readings
        assert cells[name].value == pytest.approx(reading.readiness / 100, abs=1e-12)
        assert cells[name].value < cells[name.replace("D", "B")].value


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ({"ready_by": None}, (DAY, "no date yet")),
        ({}, (date(2021, 9, 14), "call expected")),
        ({"notified_on": date(2021, 9, 20)}, (date(2021, 9, 20), "call")),
        ({"on_site_from": date(2021, 9, 27)}, (date(2021, 9, 27), "on site from")),
        ({"on_site_from": DAY, "on_site_to": DAY}, (DAY, "under way")),
        ({"on_site_from": date(2021, 9, 1), "on_site_to": date(2021, 9, 3)}, (DAY, "over")),
    ],
)
def test_that_the_day_of_inspection_is_named(dates, wanted):
    given = board()
    assert day_of_inspection(replace(inspection(), **dates), DAY, given.calendar) == wanted


def test_that_what_belongs_to_hidden_items_alone_is_left_out():
    areas = (area("a1"), area("a2", code="B"))
    given = board((item("x1", areas[0]), item("x2", areas[1], status=CHECKED, proof=NO_PROOF)), areas=areas)
    rows = (piece("e1", ("x1", None), ("x2", None)), piece("e2", ("x2", None)), piece("e3"))
    shown = replace(given, items=given.items[:1], areas=areas[:1])
    results = run_checks(Dossier(given, {}, rows, {}, (), ()))
    found = proving_of(rows, results, assertion_gap(given.items, DAY), shown, whole=False)
    assert [row.id for row in found.evidence] == ["e1"]
    assert found.doubts == {}
    assert {"x2", "e2", "e3"}.isdisjoint(line.id for line in found.checks)
    assert len(found.evidence[0].revisions) == 1
    assert found.evidence[0].revisions[0].note == ""


@pytest.mark.parametrize(
    ("module", "heading", "cell"), [(evidence_sheet, "Where used", "K5"), (checks_sheet, "What is wrong", "E5")]
)
def test_that_a_cell_that_says_something_else_is_noticed(tmp_path, monkeypatch, module, heading, cell):
    columns = tuple(
        replace(column, value=lambda *_: "Something else") if column.heading == heading else column
        for column in module.REGISTER.columns
    )
    monkeypatch.setattr(module, "REGISTER", replace(module.REGISTER, columns=columns))
    given = board((item("x1", status=CHECKED, kind=Kind.DATASET, proof=NO_PROOF),))
    with pytest.raises(Mismatch, match=f"cell {cell}"):
        export(tmp_path / "s.xlsx", given, proving=whole(given, piece("e1", ("x1", None))))


def test_that_an_export_stops_while_evidence_is_written(tmp_path):
    from readiness.excel.workbook import ExportCancelled

    given = board((item("x1"),))
    rows = tuple(piece(f"e{number}", ("x1", None)) for number in range(600))
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(ExportCancelled):
        export(tmp_path / "s.xlsx", given, proving=Proving(evidence=rows), cancelled=cancelled)
    assert not (tmp_path / "s.xlsx").exists()
