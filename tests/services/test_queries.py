"""What pages ask: history, steps, what was removed, boards, figures and trends."""

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from council import DAY, FRAMEWORK, NOW, OTHER, board_of, checked_by_another, found_council, id_of
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.evidence import EvidenceDraft
from readiness.domain.figures import figures, inspection_figures
from readiness.domain.filters import ItemFilter, passes
from readiness.domain.forecast import forecast
from readiness.domain.notification import Call
from readiness.domain.schemes import Event
from readiness.domain.scoring import rating
from readiness.domain.steps import SetField, Step
from readiness.domain.views import Changes, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Priority
from readiness.services.areas import remove_area
from readiness.services.boards import read_calendar, read_narratives, refresh_board
from readiness.services.evidence import attach_evidence
from readiness.services.export import narrowed, read_for_export
from readiness.services.inspections import remove_inspection
from readiness.services.items import add_item, edit_items, move_items, remove_items, restore_items
from readiness.services.notification import record_call, record_event, set_closures
from readiness.services.queries import actors, item_history, read_steps, removed_rows, step_changes
from readiness.services.review import set_four_eyes
from readiness.services.status import item_data, status_of
from readiness.services.trend import read_trend
from readiness.services.undo import redo, undo


def edit(workspace, reference, field, value):
    return workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(field, value)])


def test_that_an_items_history_tells_each_change_newest_first(workspace):
    first = id_of(workspace, "A01")
    edit(workspace, "A01", ItemField.STATUS, ItemStatus.DRAFTED)
    edit(workspace, "A01", ItemField.DUE, date(2021, 9, 13))
    workspace.run(undo)
    workspace.run(move_items, [first], id_of(workspace, "B"))
    rows = workspace.read(item_history, first)
    assert [(row.field, row.old, row.new) for row in rows] == [
        ("Area", "A Plans", "B Partners"),
        ("Due", "13 Sep 2021", ""),
        ("Due", "", "13 Sep 2021"),
        ("Status", "Not started", "Drafted"),
        ("Added", "", "Added"),
    ]
    assert [row.is_undo for row in rows] == [False, True, False, False, False]
    assert {(row.actor, row.record, row.record_id) for row in rows} == {
        ("Head of SEND", "A01 Quality of plans", first),
    }
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert rows[-1].step_label == "Start Re-visit"
    assert len(workspace.read(item_history, first, 2)) <= 2
    assert workspace.read(item_history, "f" * 32) == ()


def test_that_a_steps_changes_are_told_with_one_line_for_what_it_made(workspace):
    ids = [id_of(workspace, name) for name in ("A01", "A02")]
    done = workspace.run(
        edit_items, ids, [ItemEdit(ItemField.OWNER, "Head"), ItemEdit(ItemField.PRIORITY, Priority.SUPPORTING)]
    )
    rows = workspace.read(step_changes, done.step_id)
    assert [(row.record_id, row.field, row.old, row.new) for row in rows] == [
        (ids[0], "Owner", "", "Head"), (ids[0], "Priority", "Essential", "Supporting"),
        (ids[1], "Owner", "", "Head"), (ids[1], "Priority", "Important", "Supporting"),
    ]  # fmt: skip
    added = workspace.run(add_item, id_of(workspace, "A"), ItemDraft("X01", "New"))
    assert [(row.field, row.new) for row in workspace.read(step_changes, added.step_id)] == [("Added", "Added")]
    gone = workspace.run(remove_items, ids[:1])
    assert [(row.field, row.old, row.new) for row in workspace.read(step_changes, gone.step_id)] == [
        ("Removed", "No", "Yes")
    ]
    assert workspace.read(step_changes, "f" * 12) == ()


def test_that_a_call_and_closures_are_told_in_words(workspace):
    row = board_of(workspace).inspections[0]
    call = Call(date(2021, 3, 1), "09:15", "", date(2021, 3, 8), date(2021, 3, 9))
    asked = ((record_call, row.id, call), (record_event, row.id, Event.SELECTION, date(2021, 3, 3)))
    told = {}
    for verb, *args in (*asked, (set_closures, [date(2021, 12, 29), date(2021, 12, 30)])):
        step_id = workspace.run(verb, *args).step_id
        told |= {each.field: each.new for each in workspace.read(step_changes, step_id)}
    assert told == {
        "Day of the call": "1 Mar 2021",
        "Time of the call": "09:15",
        "On site from": "8 Mar 2021",
        "On site to": "9 Mar 2021",
        "Cases selected": "3 Mar 2021",
        "Closed days": "29 Dec 2021, 30 Dec 2021",
    }


def test_that_steps_are_told_newest_first_in_pages_and_by_person_and_text(workspace):
    edit(workspace, "A01", ItemField.STATUS, ItemStatus.DRAFTED)
    workspace.acting_as = "Director of Education"
    edit(workspace, "B01", ItemField.OWNER, "100 %_\\ sure")
    workspace.acting_as = ""
    workspace.run(undo)
    workspace.run(redo)
    rows = workspace.read(read_steps)
    assert [row.label for row in rows] == [
        "Redo: Set owner of B01 to 100 %_\\ sure", "Undo: Set owner of B01 to 100 %_\\ sure",
        "Set owner of B01 to 100 %_\\ sure", "Set status of A01 to Drafted", "Start Re-visit", "Work as Head of SEND",
    ]  # fmt: skip
    assert [row.undone for row in rows] == [False, True, False, False, False, False]
    assert [row.undo_of for row in rows[:3]] == [rows[1].id, rows[2].id, None]
    assert [row.changes for row in rows[:4]] == [1, 1, 1, 1]
    assert rows[3].records == (id_of(workspace, "A01"),)
    assert rows[3].at > NOW
    paged, last = [], None
    while page := workspace.read(read_steps, 2, last):
        paged += page
        last = page[-1].id
    assert tuple(paged) == rows
    assert [row.label for row in workspace.read(read_steps, actor="Director of Education")] == [rows[2].label]
    assert workspace.read(actors) == ("Director of Education", "Head of SEND")
    for text, count in (("director", 1), ("QUALITY of", 2), ("b01", 4), ("%_\\", 3), ("nothing", 0), (" ", 6)):
        assert len(workspace.read(read_steps, text=text)) == count, text


def test_that_what_was_removed_is_listed_once_with_who_and_when(workspace):
    item, area = id_of(workspace, "A02"), id_of(workspace, "B")
    workspace.run(remove_items, [item])
    workspace.acting_as = "Director of Education"
    workspace.run(remove_area, area)
    rows = workspace.read(removed_rows)
    assert [(row.kind, row.id, row.reference, row.title, row.removed_by) for row in rows] == [
        ("area", area, "B", "Partners", "Director of Education"),
        ("item", item, "A02", "Waiting times", "Head of SEND"),
    ]
    assert rows[0].removed_at > rows[1].removed_at > NOW
    workspace.run(restore_items, [item])
    assert [row.kind for row in workspace.read(removed_rows)] == ["area"]
    inspection = board_of(workspace).inspections[0]
    workspace.run(remove_inspection, inspection.id)
    assert [row.kind for row in workspace.read(removed_rows)] == ["inspection"]


def test_that_a_board_rates_every_item_on_its_day(workspace):
    edit(workspace, "B01", ItemField.DUE, date(2021, 3, 2))
    for day in (DAY, date(2021, 3, 3), date(2021, 6, 1)):
        board = board_of(workspace, day)
        assert board.day == day
        for row in board.items:
            assert row.rating is rating(row.status, row.priority, row.due, day, board.soon)
    row = next(row for row in board.items if row.reference == "B01")
    assert (row.due, row.due_text, row.due_override, row.day_one) == (date(2021, 3, 2), "set by hand", row.due, True)


def test_that_the_councils_closures_push_dates_back(workspace):
    shut = json.dumps(["2021-03-22", "2021-03-23"])
    workspace_id = board_of(workspace).workspace.id
    before, board = {row.reference: row.due for row in board_of(workspace).items}, board_of(workspace)
    changes = workspace.run(lambda session: Step("Shut", [SetField("workspace", workspace_id, "closures", shut)]))
    assert workspace.read(read_calendar).closures == {date(2021, 3, 22), date(2021, 3, 23)}
    after = {row.reference: row.due for row in board_of(workspace).items}
    assert (before["A02"], after["A02"]) == (date(2021, 3, 24), date(2021, 3, 26))
    assert workspace.read(refresh_board, board, [changes]) == board_of(workspace)


@pytest.mark.parametrize("days", [0, 4, 18, 21, 40])
def test_that_the_forecast_is_the_board_of_that_day_if_nothing_is_done(workspace, days):
    edit(workspace, "A01", ItemField.STATUS, ItemStatus.GATHERING)
    edit(workspace, "B01", ItemField.DUE, date(2021, 3, 5))
    checked_by_another(workspace, "A02")
    edit(workspace, "A02", ItemField.STATUS, ItemStatus.SIGNED_OFF)
    lapsing = EvidenceDraft("Figures", dated=date(2021, 2, 26), valid_until=date(2021, 3, 18))
    workspace.run(attach_evidence, [id_of(workspace, "A02"), id_of(workspace, "A01")], lapsing)
    today, until = board_of(workspace), DAY + timedelta(days=days)
    seen = forecast(today.items, DAY, until, today.calendar, today.inspections)
    there = board_of(workspace, until)
    assert seen.then == figures(there.items)
    assert {each.item.reference for each in seen.lapsing} == ({"A01", "A02"} if days > 17 else set())
    assert {row.id: then for then, rows in seen.by_rating.items() for row in rows} == {
        row.id: row.rating for row in there.items
    }


@pytest.mark.parametrize("closures", ["soon", '"2021-03-22"', "{}", '["soon", 5, null]', "[", "7"])
def test_that_closures_that_cannot_be_read_are_none(workspace, closures):
    before = board_of(workspace)
    id_ = before.workspace.id
    workspace.run(lambda session: Step("Odd", [SetField("workspace", id_, "closures", closures)]))
    assert workspace.read(read_calendar).closures == frozenset()
    assert board_of(workspace) == before


@pytest.mark.parametrize("scale", ["Good to poor", "7", "[1, 2]"])
def test_that_a_scale_that_cannot_be_read_is_none(workspace, scale):
    area = id_of(workspace, "A")
    workspace.run(lambda session: Step("Odd", [SetField("area", area, "scale", scale)]))
    assert board_of(workspace).areas[0].scale == ()


def test_that_values_of_a_newer_version_do_not_keep_the_board_from_showing(workspace):
    first = id_of(workspace, "A01")
    odd = {
        "status": "triaged",
        "priority": "top",
        "kind": "film",
        "impact_level": "vast",
        "due": "soon",
        "due_rule": "moon 3",
    }
    workspace.run(lambda session: Step("Odd", [SetField("item", first, name, value) for name, value in odd.items()]))
    row = board_of(workspace).items[0]
    assert (row.status, row.priority, row.due_override, row.due) == (
        ItemStatus.NOT_STARTED,
        Priority.IMPORTANT,
        None,
        None,
    )


def test_that_a_board_is_left_alone_by_what_it_does_not_show(workspace):
    board = board_of(workspace)
    assert workspace.read(refresh_board, board, []) is board
    assert workspace.read(refresh_board, board, [Changes("Work as", "x", {"person": frozenset({"p"})})]) is board


def test_that_a_great_paste_refreshes_to_what_is_read(tmp_path):
    many = replace(FRAMEWORK, areas=(replace(FRAMEWORK.areas[0], items=tuple(
        ItemDraft(f"N{number:04}", "One of many") for number in range(700)
    )),))  # fmt: skip
    with found_council(tmp_path / "w", frameworks=(many,)) as workspace:
        board = board_of(workspace)
        ids = [row.id for row in board.items]
        for some in (ids[:499], ids):
            changes = workspace.run(edit_items, some, [ItemEdit(ItemField.OWNER, f"Head of {len(some)}")])
            board = workspace.read(refresh_board, board, [changes])
            assert board == board_of(workspace)


def test_that_texts_are_read_of_some_items_or_of_all_that_stand(workspace):
    first, second = id_of(workspace, "A01"), id_of(workspace, "A02")
    edit(workspace, "A01", ItemField.POSITION, "Here")
    workspace.run(remove_items, [second])
    assert set(workspace.read(read_narratives)) == {row.id for row in board_of(workspace).items}
    found = workspace.read(read_narratives, [first, second])
    assert (found[first].position, found[first].guidance, found[second].gap) == ("Here", "Audits", "")


def test_that_the_status_in_data_is_the_figures_unrounded(tmp_path):
    with found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        edit(workspace, "A01", ItemField.STATUS, ItemStatus.GATHERING)
        workspace.run(
            edit_items,
            [row.id for row in board_of(workspace).items[4:]],
            [ItemEdit(ItemField.STATUS, ItemStatus.NOT_APPLICABLE)],
        )
        board = board_of(workspace)
    status = json.loads(json.dumps(status_of(board)))
    first, second = status["inspections"]
    assert first["readiness"] == pytest.approx(3 * 25 / 9, abs=1e-12)
    assert first["day_one_readiness"] == 3 * 25 / 5
    assert (second["readiness"], second["applicable"], second["items"]) == (None, 0, 1)
    assert status["on"] == "2021-03-01"
    for shown, each in zip(status["inspections"], inspection_figures(board), strict=True):
        assert shown["by_status"] == {str(word.value): count for word, count in each.figures.by_status.items()}
        assert [area["readiness"] for area in shown["areas"]] == [area.figures.readiness for area in each.areas]
        assert sum(service["items"] for service in shown["services"]) == shown["items"]
    assert json.loads(json.dumps(item_data(board.items[0])))["status"] == "gathering"


chosen = st.builds(
    ItemFilter,
    text=st.sampled_from(["", "plans", "b01"]),
    statuses=st.lists(st.sampled_from(ItemStatus), max_size=2).map(tuple),
    priorities=st.lists(st.sampled_from(Priority), max_size=2).map(tuple),
    day_one=st.booleans(),
)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    with found_council(tmp_path_factory.mktemp("two") / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        yield workspace


@given(chosen)
def test_that_a_narrowed_board_holds_what_passes_and_where_it_stands(two, chosen):
    board = board_of(two)
    shown = narrowed(board, chosen)
    assert list(shown.items) == [row for row in board.items if passes(row, chosen, board)]
    if not chosen.is_empty:
        assert {row.id for row in shown.areas} == {row.area_id for row in shown.items}
        assert {row.id for row in shown.inspections} == {row.inspection_id for row in shown.items}
    read, texts, _, who, *_ = two.read(read_for_export, DAY, chosen)
    assert (read, who) == (shown, "Head of SEND")
    assert {row.id for row in read.items} <= set(texts)


def test_that_a_trend_is_what_the_figures_were_on_those_days(workspace, clock):
    workspace.run(set_four_eyes, False)  # one person does it all here
    days, expected = [], []
    first = board_of(workspace).inspections[0].id
    moves = [
        lambda: edit(workspace, "A01", ItemField.STATUS, ItemStatus.DRAFTED),
        lambda: workspace.run(remove_items, [id_of(workspace, "B01")]),
        lambda: edit(workspace, "A01", ItemField.PRIORITY, Priority.SUPPORTING),
        lambda: edit(workspace, "A02", ItemField.STATUS, ItemStatus.NOT_APPLICABLE),
        lambda: workspace.run(undo),
        lambda: workspace.run(add_item, id_of(workspace, "A"), ItemDraft("X01", "New")),
        lambda: edit(workspace, "A01", ItemField.STATUS, ItemStatus.SIGNED_OFF),
    ]
    for move in moves:
        clock.now += timedelta(days=2)
        move()
        days.append(clock.now.date())
        expected.append(inspection_figures(board_of(workspace))[0].figures.readiness)
    days_between = [day + timedelta(days=1) for day in days]
    found = workspace.read(read_trend, board_of(workspace), sorted([*days, *days_between]))
    assert found[first][::2] == found[first][1::2] == tuple(expected)
    before = workspace.read(read_trend, board_of(workspace), [NOW.date() - timedelta(days=1), NOW.date()])
    assert before[first] == (None, 0.0)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be set from inside")
def test_that_a_day_of_the_trend_ends_at_midnight_on_the_wall(workspace, clock, monkeypatch):
    workspace.run(set_four_eyes, False)
    clock.now = datetime(2021, 3, 2, 11, tzinfo=UTC)
    edit(workspace, "A01", ItemField.STATUS, ItemStatus.SIGNED_OFF)  # 01:00 on 3 March, in the east
    board = board_of(workspace)
    monkeypatch.setenv("TZ", "EAST-14")
    time.tzset()
    try:
        found = workspace.read(read_trend, board, [date(2021, 3, 2), date(2021, 3, 3)])
    finally:
        monkeypatch.undo()
        time.tzset()
    before, after = found[board.inspections[0].id]
    assert before == 0.0
    assert after > 0


def test_that_a_trend_tells_inspections_apart_and_knows_empty_ones(tmp_path):
    with found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        board = board_of(workspace)
        last = board.items[-1].id
        workspace.run(edit_items, [last], [ItemEdit(ItemField.STATUS, ItemStatus.NOT_APPLICABLE)])
        found = workspace.read(read_trend, board, [DAY])
    assert [found[row.id] for row in board.inspections] == [(0.0,), (None,)]
