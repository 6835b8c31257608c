"""The guard: files and texts are looked through, what goes out can be left out, and reasons are recorded without it."""

import json
import random
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from council import DAY, FRAMEWORK, NOW, everything, id_of, refuses
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planted import some_nhs_number, some_upn
from proven_council import add_piece

from readiness.domain.errors import BadValue
from readiness.domain.filters import ItemFilter
from readiness.domain.identifiers import Identifier
from readiness.domain.sightings import Occasion, PlacedText, Sighting, counts_in_words
from readiness.domain.views import AreaDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.excel.workbook import ExportReport
from readiness.frameworks.shipped import shipped_frameworks
from readiness.services.export import leave_out, read_for_export, scan_export, write_export
from readiness.services.guard import (
    FILE_SECONDS,
    STOPPED,
    exempt,
    published_lists,
    read_exemptions,
    scan_file,
    scan_texts,
    texts_of_framework,
    texts_of_items,
)
from readiness.services.items import edit_items
from readiness.services.outgoing import LEFT_OUT, texts_of_export
from readiness.services.undo import undo
from readiness.storage.tables import Exemption

PUPIL, PATIENT = some_upn(random.Random(1)), some_nhs_number(random.Random(2))
SEEN = (Sighting(Identifier.UPN, 2, "sheet One, row 3"), Sighting(Identifier.NHS_NUMBER, 1, "sheet One, row 4"))


def write(workspace, reference: str, field: ItemField, text: str) -> None:
    workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(field, text)])


def to_export(workspace, chosen: ItemFilter | None = None):
    return workspace.read(read_for_export, DAY, chosen or ItemFilter())


def seen(found) -> list[tuple[str, int, str]]:
    return [(str(each.kind.value), each.count, each.place) for each in found.sightings]


# files


def test_that_a_file_is_looked_through_by_the_name_people_call_it(tmp_path):
    path = tmp_path / "0123abcd"
    path.write_text(f"One\n{PUPIL}\nDOB 12/03/2012\n", encoding="utf-8")
    found = scan_file(path, "Notes.txt", DAY, published_lists())
    assert (found.name, found.unread) == ("Notes.txt", ())
    assert seen(found) == [("upn", 1, "line 2"), ("birth_date", 1, "line 3")]
    assert found.in_words == "1 unique pupil number and 1 date of birth"


def test_that_a_name_that_is_an_identifier_itself_is_not_told(tmp_path):
    found = scan_file(tmp_path / "gone.pdf", f"plan_{PATIENT}.pdf", DAY, ())
    assert found.name == "the file"
    assert seen(found) == [("nhs_number", 1, "the file’s name")]
    assert PATIENT not in repr(found)
    assert len(found.unread) == 1


def test_that_texts_are_called_by_no_name_that_is_an_identifier_itself():
    assert scan_texts([], DAY, (), f"plan_{PATIENT}.xlsx").name == "the file"
    assert scan_texts([], DAY, (), "plan.xlsx").name == "plan.xlsx"


def test_that_looking_through_a_file_can_be_stopped_and_what_was_seen_counts(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(f"{PUPIL}\n" + "text\n" * 200_000, encoding="utf-8")
    answers = iter([False, False, True])
    found = scan_file(path, "notes.txt", DAY, (), cancelled=lambda: next(answers))
    assert found.unread == (STOPPED,)
    assert seen(found) == [("upn", 1, "line 1")]
    started = time.monotonic()
    assert "takes too long" in scan_file(path, "notes.txt", DAY, (), seconds=0).unread[0]
    assert time.monotonic() - started < FILE_SECONDS / 10


def test_that_the_lists_of_every_shipped_framework_are_known():
    assert {(spec.number, spec.title) for draft in shipped_frameworks() for spec in draft.lists} == {
        (spec.number, spec.title) for spec in published_lists()
    }


# texts that come in


def test_that_the_words_of_items_and_frameworks_are_looked_through_with_their_place():
    items = (ItemDraft("A01", "Title", guidance=f"as for {PUPIL}"), ItemDraft("A02", f"NHS {PATIENT}", owner="Head"))
    assert seen(scan_texts(texts_of_items(items), DAY, ())) == [
        ("upn", 1, "A01, what good looks like"), ("nhs_number", 1, "A02, title"),
    ]  # fmt: skip
    draft = replace(FRAMEWORK, title=f"Plan {PUPIL}", areas=(AreaDraft("A", f"Area {PUPIL}", (), items),))
    assert [place for _, _, place in seen(scan_texts(texts_of_framework(draft), DAY, ()))] == [
        "its title", "area A", "A01, what good looks like", "A02, title",
    ]  # fmt: skip
    for shipped in shipped_frameworks():
        assert scan_texts(texts_of_framework(shipped), DAY, published_lists()).sightings == ()


# what goes out


def test_that_every_text_of_an_export_is_looked_through_with_its_item(workspace):
    for field in (ItemField.POSITION, ItemField.IMPACT, ItemField.GAP, ItemField.GUIDANCE, ItemField.TITLE,
                  ItemField.OWNER, ItemField.SERVICE):  # fmt: skip
        write(workspace, "A02", field, f"Waiting times of {PATIENT}")
    found = scan_export(to_export(workspace), DAY)
    assert {each.about for each in found.sightings} == {id_of(workspace, "A02")}
    assert [place for _, _, place in seen(found)] == [
        f"A02, {label}" for label in ("title", "owner", "service", "what good looks like", "position", "impact", "gap")
    ]
    assert scan_export(to_export(workspace, ItemFilter(text="Joint commissioning")), DAY).sightings == ()


def test_that_an_ordinary_export_raises_no_alarm(workspace):
    write(workspace, "A01", ItemField.POSITION, "64.2 % in 2020 (minute 45), tel 0116 454 6350, on 12 March 2021")
    assert scan_export(to_export(workspace), DAY).sightings == ()
    assert len(list(texts_of_export(to_export(workspace)))) > 20
    same, count = leave_out(to_export(workspace), DAY)
    assert (same, count) == (to_export(workspace), 0)


def test_that_a_list_pasted_into_a_narrative_is_told(workspace):
    columns = published_lists()[0].columns
    rows = "\n".join("\t".join("1" for _ in columns) for _ in range(4))
    write(workspace, "B01", ItemField.POSITION, "As asked:\n" + "\t".join(columns) + f"\n{rows}")
    found = scan_export(to_export(workspace), DAY)
    assert [(kind, count) for kind, count, _ in seen(found)] == [("child_list", 4)]
    assert seen(found)[0][2].startswith("B01, position: list ")


def exported(read, path) -> ExportReport:
    return write_export(read, path, NOW)


def test_that_texts_can_be_left_out_of_a_workbook_which_still_reads_back_right(workspace, tmp_path):
    write(workspace, "A02", ItemField.POSITION, f"Of {PATIENT}.")
    write(workspace, "A02", ItemField.TITLE, f"Times of {PUPIL}")
    write(workspace, "A01", ItemField.GAP, "Nothing of this kind")
    read = to_export(workspace)
    before = everything(workspace)
    cleaned, count = leave_out(read, DAY)
    assert (count, type(cleaned)) == (2, type(read))
    assert scan_export(cleaned, DAY).sightings == ()
    board, narratives = cleaned[0], cleaned[1]
    item = next(row for row in board.items if row.reference == "A02")
    assert (item.title, narratives[item.id].position) == (LEFT_OUT, LEFT_OUT)
    assert narratives[id_of(workspace, "A01")].gap == "Nothing of this kind"
    assert exported(cleaned, tmp_path / "out.xlsx").verified
    assert scan_file(tmp_path / "out.xlsx", "out.xlsx", DAY, published_lists()).sightings == ()
    assert exported(read, tmp_path / "all.xlsx").verified
    assert dict(scan_file(tmp_path / "all.xlsx", "all.xlsx", DAY, published_lists()).counts).keys() == {
        Identifier.UPN, Identifier.NHS_NUMBER,
    }  # fmt: skip
    assert everything(workspace) == before


def test_that_the_words_of_evidence_go_out_only_after_they_were_looked_through(workspace, tmp_path):
    item_id = id_of(workspace, "A02")
    planted = {"shows": f"Audit of {PUPIL}", "name": f"Plan {PUPIL}.xlsx", "url": f"https://example.org/{PUPIL}"}
    workspace.run(add_piece, [item_id], f"Case {PATIENT}", **planted)
    read = to_export(workspace)
    places = [place for _, _, place in seen(scan_export(read, DAY))]
    assert {
        "a piece of evidence, title", "a piece of evidence, what it shows", "a file or link, name",
        "a file or link, address",
    } <= set(places)  # fmt: skip
    cleaned, count = leave_out(read, DAY)
    assert count >= len(planted) + 1
    assert exported(cleaned, tmp_path / "out.xlsx").verified
    assert scan_file(tmp_path / "out.xlsx", "out.xlsx", DAY, published_lists()).sightings == ()
    hidden = to_export(workspace, ItemFilter(text="Joint commissioning"))
    assert hidden.proving.evidence == ()
    assert scan_export(hidden, DAY).sightings == ()


def test_that_whatever_else_an_export_comes_to_hold_is_looked_through(workspace):
    class Wider(NamedTuple):
        board: object
        narratives: object
        filter_text: str
        more: object

    board, narratives, *_ = to_export(workspace)
    area = replace(board.areas[0], title=f"Area of {PUPIL}")
    wider = Wider(board, narratives, f"of {PUPIL}", ((area, "x"), {"id-1": (f"NHS {PATIENT}",)}))
    assert [place for _, _, place in seen(scan_export(wider, DAY))] == [
        "the workbook",
        "an area, title",
        "the workbook",
    ]
    cleaned, count = leave_out(wider, DAY)
    assert (count, type(cleaned)) == (3, Wider)
    assert cleaned.filter_text == LEFT_OUT
    assert cleaned.more == ((replace(area, title=LEFT_OUT), "x"), {"id-1": (LEFT_OUT,)})


# exemptions


def test_that_a_reason_is_recorded_with_kinds_and_counts_only(workspace):
    changes = workspace.run(exempt, "ab" * 32, Occasion.ATTACH, SEEN, "  The panel asked for it.\n")
    assert changes.label == "Let 3 likely identifiers stay"
    (row,) = workspace.read(read_exemptions)
    assert (row.about, row.occasion, row.reason, row.by) == (
        "ab" * 32,
        Occasion.ATTACH,
        "The panel asked for it.",
        "Head of SEND",
    )
    assert row.found == {Identifier.UPN: 2, Identifier.NHS_NUMBER: 1}
    assert row.at is not None
    assert row.at - NOW < timedelta(minutes=1)
    with_session = workspace.read(lambda session: session.get(Exemption, row.id).found)
    assert json.loads(with_session) == {"nhs_number": 1, "upn": 2}


def test_that_each_record_gets_its_own_and_all_are_one_step(workspace):
    found = (
        replace(SEEN[0], about="item-1"),
        replace(SEEN[1], about="item-2"),
        Sighting(Identifier.BIRTH_DATE, 1, "x"),
    )
    workspace.run(exempt, "", Occasion.EXPORT, found, "Agreed")
    rows = workspace.read(read_exemptions)
    assert {row.about: counts_in_words(row.found) for row in rows} == {
        "item-1": "2 unique pupil numbers", "item-2": "1 NHS number", "ab" * 16: "1 date of birth",
    }  # fmt: skip
    assert {row.occasion for row in rows} == {Occasion.EXPORT}
    workspace.run(undo)
    assert workspace.read(read_exemptions) == ()


def test_that_the_newest_comes_first(workspace):
    for reason in ("one", "two", "three"):
        workspace.run(exempt, "x", Occasion.IMPORT, SEEN[:1], reason)
    assert [row.reason for row in workspace.read(read_exemptions)] == ["three", "two", "one"]


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "write a reason"), (" \n\t", "write a reason"), ("x" * 2_001, "Shorten it to 2,000"),
     (f"It is {PUPIL}", "Write it without"), (f"NHS number {PATIENT}", "Write it without")],
)  # fmt: skip
def test_that_a_reason_must_be_given_and_holds_no_identifier(workspace, reason, said):
    refuses(workspace, BadValue, said, exempt, "x", Occasion.ATTACH, SEEN, reason)


def test_that_nothing_needs_no_reason(workspace):
    refuses(workspace, BadValue, "Nothing was seen", exempt, "x", Occasion.ATTACH, (), "Agreed")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32).map(random.Random))
def test_that_no_identifier_reaches_the_record(workspace, chance):
    upn, number = some_upn(chance), some_nhs_number(chance)
    texts = [PlacedText(f"{upn} {number} DOB 12/03/2012", f"sheet {upn}")]
    found = scan_texts(texts, DAY, published_lists(), upn)
    workspace.run(exempt, "", Occasion.EXPORT, found.sightings, "Agreed")
    kept = repr(everything(workspace))
    assert upn not in kept
    assert number not in kept
    assert "12/03/2012" not in kept


def test_that_what_another_version_wrote_is_read_as_far_as_it_is_known(workspace):
    from readiness.domain.steps import Step
    from readiness.services.records import create

    for number, found in enumerate(('{"upn": 3, "shoe_size": 4}', "[]", "not JSON", "", '{"upn": "x"}')):
        made = create("exemption", f"{number:032x}", about="x", place="fax", found=found, reason="r")
        workspace.run(lambda _session, made=made: Step("Made", made))
    assert [dict(row.found) for row in reversed(workspace.read(read_exemptions))] == [
        {Identifier.UPN: 3}, {}, {}, {}, {},
    ]  # fmt: skip


def test_that_a_whole_council_is_looked_through_quickly(workspace):
    board, narratives, *rest = to_export(workspace)
    words = "The service issued 64.2 % of plans within 20 weeks in 2020 (minute 45, tel 0116 454 6350). " * 6
    items = tuple(replace(board.items[0], id=f"i{number}", reference=f"R{number}") for number in range(1_800))
    texts = {item.id: replace(narratives[board.items[0].id], position=words, gap=words) for item in items}
    started = time.process_time()
    assert scan_export((replace(board, items=items), texts, *rest), date(2021, 4, 26)).sightings == ()
    assert time.process_time() - started < 5
