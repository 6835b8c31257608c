"""The call, its events, the plan and closures on the command line."""

import json
from datetime import date

import pytest
from council import board_of

from readiness.cli import run
from readiness.domain.schemes import HANDBOOK
from readiness.domain.views import InspectionDraft
from readiness.frameworks.shipped import find_framework
from readiness.services.boards import read_board
from readiness.services.inspections import start_inspections
from readiness.storage.opening import create_workspace, open_workspace


@pytest.fixture
def council(tmp_path):
    frameworks = (find_framework("send-revisit-2018"), find_framework("ilacs-2018"))
    drafts = tuple(InspectionDraft(each, ready_by=date(2021, 9, 3)) for each in frameworks)
    with create_workspace(tmp_path / "council", at_risk=True) as workspace:
        workspace.run(start_inspections, drafts, "Example council")
    return tmp_path / "council"


def said(capsys, *arguments, status=0):
    assert run([str(each) for each in arguments]) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def plan_of(capsys, *arguments):
    return json.loads(said(capsys, "plan", *arguments, "--json"))


def board(folder):
    with open_workspace(folder, write=False) as workspace:
        return workspace.read(read_board, date(2021, 9, 13))


def test_that_a_call_is_said_back_and_recorded(capsys, council):
    out = said(capsys, "notify", council, "ilacs-2018", "13 Sep 2021", "--time", "9.15")
    assert "Day 1 is Mon 13 Sep 2021." in out
    assert "Inspectors are on site from Mon 20 Sep 2021 to Fri 1 Oct 2021: 10 working days." in out
    assert out.splitlines()[-1] == "Record the call for Social Care, 13 Sep 2021"
    row = board(council).inspections[1]
    assert (row.notified_on, row.notified_at, row.visit) == (date(2021, 9, 13), "09:15", "standard")
    assert (row.on_site_from, row.on_site_to) == (date(2021, 9, 20), date(2021, 10, 1))
    assert {item.reference: item.due for item in board(council).items}["I21-B01"] == date(2021, 9, 14)


def test_that_a_sunday_is_allowed_and_said_back(capsys, council):
    out = json.loads(said(capsys, "notify", council, "ilacs-2018", "2021-09-12", "--visit", "short", "--json"))
    assert out["said"][0] == "Sun 12 Sep 2021 is at the weekend, so day 1 is Mon 13 Sep 2021."
    assert board(council).inspections[1].on_site_to == date(2021, 9, 24)


def test_that_a_call_is_taken_back(capsys, council):
    said(capsys, "notify", council, "ilacs-2018", "2021-09-13")
    assert said(capsys, "notify", council, "ilacs-2018", "none") == "Take back the call for Social Care\n"
    assert board(council).inspections[1].notified_on is None
    assert "nothing to take back" in said(capsys, "notify", council, "ilacs-2018", "none", status=2)


def test_that_the_plan_says_what_waits_and_what_no_source_confirms(capsys, council):
    lines = said(capsys, "plan", council, "ilacs-2018", "--if", "2021-09-13").splitlines()
    assert "Draft report received: no day yet; 1 item waits for it" in lines
    assert f"    Cases selected (expected; {HANDBOOK})" in lines
    assert "    Report published (expected)" in lines  # counted over published inspections
    assert f"    Action plan (expected; {HANDBOOK})" in lines


def test_that_a_workspace_without_inspections_says_so(capsys, tmp_path):
    create_workspace(tmp_path / "empty", at_risk=True).close()
    assert said(capsys, "plan", tmp_path / "empty", "ilacs", status=2).startswith(
        "This workspace tracks no inspection."
    )


def test_that_a_plan_for_an_imagined_day_records_nothing(capsys, council):
    before = board(council)
    plan = plan_of(capsys, council, "ilacs-2018", "--if", "2021-09-13")
    assert (plan["basis"], plan["call"], plan["on_site_from"]) == ("rehearsed", "2021-09-13", "2021-09-20")
    second = next(day for day in plan["days"] if day["working_day"] == 2)
    assert "I21-B01" in second["due"][0]["items"]
    assert any(load["day"] == "2021-09-14" for load in plan["overloads"])
    assert board(council) == before
    text = said(capsys, "plan", council, "ilacs-2018", "--if", "2021-09-13", "--visit", "short")
    assert "as if they rang on Mon 13 Sep 2021" in text
    assert "Tue 14 Sep 2021 · day 2" in text


def test_that_the_plan_follows_the_record(capsys, council):
    assert plan_of(capsys, council, "ilacs-2018")["basis"] == "planned"
    said(capsys, "notify", council, "ilacs-2018", "2021-09-13")
    said(capsys, "event", council, "ilacs-2018", "selection", "2021-09-15")
    plan = plan_of(capsys, council, "ilacs-2018")
    assert plan["basis"] == "called"
    assert plan["events"]["selection"] == {"day": "2021-09-15", "expected": False}
    said(capsys, "event", council, "ilacs-2018", "selection", "none")
    assert plan_of(capsys, council, "ilacs-2018")["events"]["selection"]["day"] != "2021-09-15"
    said(capsys, "undo", council)
    assert plan_of(capsys, council, "ilacs-2018")["events"]["selection"]["day"] == "2021-09-15"


def test_that_closures_are_listed_and_changed(capsys, council):
    assert "no closures" in said(capsys, "closures", council)
    said(capsys, "closures", council, "--add", "2021-09-14", "--add", "2021-09-15")
    assert json.loads(said(capsys, "closures", council, "--json")) == ["2021-09-14", "2021-09-15"]
    assert said(capsys, "closures", council, "--remove", "2021-09-15") == "Open the council on 15 Sep 2021\n"
    plan = plan_of(capsys, council, "ilacs-2018", "--if", "2021-09-13")
    assert plan["days_off"] == [{"day": "2021-09-14", "why": "council closed"}]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("notify", "nobody", "2021-09-13"), "There is no inspection “nobody” here"),
        (("notify", "ilacs-2018", "2021-09-13", "--visit", "long"), "Choose one of: standard, short."),
        (("notify", "ilacs-2018", "2021-09-13", "--time", "noon"), "Write it as 09:15"),
        (("notify", "ilacs-2018", "2021-09-13", "--on-site-from", "2021-09-01"), "Choose a later day."),
        (("event", "ilacs-2018", "selection", "2021-09-13"), "Record the call first."),
        (("plan", "ilacs-2018", "--visit", "short"), "--visit belongs to --if"),
    ],
)
def test_that_bad_input_is_one_sentence_and_changes_nothing(capsys, council, arguments, why):
    before = board(council)
    verb, *rest = arguments
    err = said(capsys, verb, council, *rest, status=2)
    assert why in err
    assert len(err.splitlines()) == 1
    assert board(council) == before


def test_that_a_checklist_without_dates_says_how_to_get_a_plan(capsys, tmp_path):
    with create_workspace(tmp_path / "w", at_risk=True) as workspace:
        workspace.run(start_inspections, (InspectionDraft(find_framework("ilacs-2018")),), "Council")
        assert board_of(workspace).items
    assert "rehearse a day" in said(capsys, "plan", tmp_path / "w", "ilacs-2018", status=2)
