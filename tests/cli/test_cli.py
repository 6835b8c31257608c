"""The command line: each command, its JSON, its exit status, and one line for whatever is wrong."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from council import FRAMEWORK, board_of, everything, found_council, id_of

import main
from readiness import VERSION
from readiness.cli import parser, run
from readiness.domain.figures import inspection_figures
from readiness.domain.views import InspectionDraft
from readiness.domain.vocabulary import ItemStatus, Rating
from readiness.services.boards import read_narratives
from readiness.services.inspections import start_inspections
from readiness.storage.engine import connect
from readiness.storage.opening import create_workspace, open_workspace

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "new", "demo", "open", "status", "items", "edit", "undo", "redo", "log", "export", "check", "frameworks",
    "notify", "event", "plan", "closures", "migrate", "pin", "confirm", "attach", "evidence", "sweep", "checks",
    "pack", "preflight", "actions", "action", "findings", "finding", "review", "signoff",
    "sync", "bundle", "join", "passphrase", "devices", "datacode", "conflicts", "resolve", "hub", "introduce",
    "let-in",
)  # fmt: skip


@pytest.fixture
def w(tmp_path):
    """The folder of a closed workspace."""
    found_council(tmp_path / "w").close()
    return str(tmp_path / "w")


@pytest.fixture
def say(capsys):
    """Run a command; return its exit status, what it printed and what it complained of."""

    def said(*arguments: object) -> tuple[int, str, str]:
        try:
            status = run([str(each) for each in arguments])
        except SystemExit as error:
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return said


def content(folder: str) -> dict[str, list[tuple[object, ...]]]:
    with open_workspace(Path(folder), write=False) as workspace:
        return everything(workspace)


def board(folder: str):
    with open_workspace(Path(folder), write=False) as workspace:
        return board_of(workspace)


def data(said: tuple[int, str, str]):
    status, printed, complaint = said
    assert (status, complaint) == (0, "")
    return json.loads(printed)


def test_that_every_command_is_listed_and_explains_itself(say):
    status, printed, _ = say("--help")
    assert status == 0
    assert all(f"  {name}" in printed for name in COMMANDS)
    for name in COMMANDS:
        status, printed, complaint = say(name, "--help")
        assert (status, complaint) == (0, "")
        assert printed.startswith(f"usage: readiness {name}")
    assert say("--version") == (0, f"inspection readiness {VERSION}\n", "")


def test_that_the_commands_are_those_and_no_others():
    (action,) = [each for each in parser()._actions if each.choices]
    assert tuple(action.choices) == COMMANDS


# new, demo, frameworks


def test_that_a_workspace_is_made_with_its_checklists(say, tmp_path):
    folder = tmp_path / "new"
    said = say("new", folder, "--framework", "send-revisit-2018", "--framework", "ilacs-2018", "--title", "Our council",
               "--ready-by", "2021-03-19", "--role", "Head of SEND", "--service", "SEND")  # fmt: skip
    made = board(folder)
    assert said == (0, f"Made {folder} with {len(made.items)} items.\n", "")
    assert [row.framework for row in made.inspections] == ["send-revisit-2018", "ilacs-2018"]
    assert {str(row.ready_by) for row in made.inspections} == {"2021-03-19"}
    assert made.workspace.title == "Our council"
    steps = data(say("log", folder, "--json"))
    assert [step["who"] for step in steps] == ["Head of SEND", "Head of SEND"]


def test_that_a_workspace_without_a_title_is_called_like_its_folder(say, tmp_path):
    assert say("new", tmp_path / "Example", "--framework", "ilacs-2018", "--title", " ", "--name", " ")[0] == 0
    assert board(tmp_path / "Example").workspace.title == "Example"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--framework", "nothing-2018"], "Choose one of these: send-revisit-2018, ilacs-2018"),
        ([], "required: --framework"),
        (["--framework", "ilacs-2018", "--ready-by", "soon"], "“soon” is not a date"),
        (["--framework", "ilacs-2018", "--ready-by", "9999-12-31"], "between 1900 and 2900"),
        (["--framework", "ilacs-2018", "--colour", "red"], "unrecognized arguments"),
    ],
)
def test_that_a_workspace_that_cannot_be_made_is_refused_and_leaves_nothing(say, tmp_path, arguments, said):
    status, printed, complaint = say("new", tmp_path / "new", *arguments)
    assert (status, printed) == (2, "")
    assert said in complaint
    assert complaint.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_that_nothing_is_made_over_a_workspace(say, w):
    before = content(w)
    for command in (("new", w, "--framework", "ilacs-2018"), ("demo", w)):
        status, printed, complaint = say(*command)
        assert (status, printed) == (2, "")
        assert "already" in complaint
    assert content(w) == before


def test_that_the_example_is_made_for_a_day(say, tmp_path):
    status, printed, complaint = say("demo", tmp_path / "demo", "--on", "2021-04-19")
    assert (status, complaint) == (0, "")
    assert str(tmp_path / "demo") in printed
    status = data(say("status", tmp_path / "demo", "--on", "2021-04-19", "--json"))
    assert status["on"] == "2021-04-19"
    assert 0 < status["inspections"][0]["readiness"] < 100
    assert say("check", tmp_path / "demo")[0] == 0


def test_that_the_frameworks_are_listed(say):
    listed = data(say("frameworks", "--json"))
    assert [each["id"] for each in listed][:2] == ["send-revisit-2018", "ilacs-2018"]
    assert all(set(each) == {"id", "edition", "title", "areas", "items"} for each in listed)
    status, printed, _ = say("frameworks")
    assert status == 0
    assert len(printed.splitlines()) == len(listed)


# status, items


def test_that_status_prints_the_figures_unrounded(say, w):
    assert say("edit", w, "A01", "status=gathering")[0] == 0
    status = data(say("status", w, "--on", "2021-03-01", "--json"))
    assert set(status) == {"workspace", "on", "inspections", "another_laptop"}
    (each,) = status["inspections"]
    assert set(each) == {
        "id", "title", "framework", "edition", "ready_by", "readiness", "day_one_readiness", "items", "applicable",
        "by_status", "by_rating", "areas", "services",
    }  # fmt: skip
    assert each["readiness"] == inspection_figures(board(w))[0].figures.readiness == 75 / 9
    assert set(each["by_status"]) == {str(word.value) for word in ItemStatus}
    assert set(each["by_rating"]) == {str(word.value) for word in Rating}
    assert each["areas"][0].keys() - each.keys() == {"code"}
    assert {service["service"] for service in each["services"]} == {"SEND", "Education", "No service"}


def test_that_status_without_anything_that_applies_is_null_and_no_zero(say, w):
    for reference in ("A01", "A02", "A03", "B01"):
        say("edit", w, reference, "status=n/a")
    (each,) = data(say("status", w, "--json"))["inspections"]
    assert (each["readiness"], each["day_one_readiness"], each["applicable"]) == (None, None, 0)
    assert "no value ready, no value on day one" in say("status", w)[1]


def test_that_status_reads_like_a_page(say, w):
    status, printed, _ = say("status", w, "--on", "1 Mar 2021")
    assert status == 0
    assert printed.splitlines()[0] == "Small re-visit: 0 % ready, 0 % on day one"
    assert "    A      0 %  Plans" in printed


def test_that_status_says_that_a_copy_counts_as_another_laptop(say, w, tmp_path):
    assert data(say("status", w, "--json"))["another_laptop"] is None
    copy = shutil.copytree(w, tmp_path / "copy")
    assert say("edit", copy, "A01", "status=gathering")[0] == 0
    last = say("status", copy)[1].splitlines()[-1]
    assert last.startswith("This workspace counts as another laptop from now on: it is a copy of the one in ")
    assert data(say("status", copy, "--json"))["another_laptop"] == last


def test_that_items_are_listed_in_their_order(say, w):
    listed = data(say("items", w, "--json"))
    assert [each["reference"] for each in listed] == ["A01", "A02", "A03", "B01"]
    assert set(listed[0]) == {
        "id", "inspection", "area", "reference", "title", "kind", "owner", "service", "priority", "status", "rating",
        "impact_level", "due", "due_rule", "due_set_by_hand", "day_one", "confirm_again",
        "changed_at",
    }  # fmt: skip
    assert (listed[0]["due"], listed[2]["due"], listed[2]["due_rule"]) == ("2021-03-19", None, "on site")
    lines = say("items", w)[1].splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("A01 ")
    for name in (listed[0]["inspection"], "small-2018", "Small", "re-visit"):
        assert data(say("items", w, "--inspection", name, "--json")) == listed
    status, printed, complaint = say("items", w, "--inspection", "nothing")
    assert (status, printed) == (2, "")
    assert "Choose one of: Re-visit" in complaint


# edit, undo, redo, log


def test_that_an_edit_is_said_and_undone_and_redone(say, w):
    assert say("edit", w, "a01", "status=drafted") == (0, "Set status of A01 to Drafted\n", "")
    assert board(w).items[0].status is ItemStatus.DRAFTED
    assert say("undo", w) == (0, "Undo: Set status of A01 to Drafted\n", "")
    assert board(w).items[0].status is ItemStatus.NOT_STARTED
    assert say("redo", w) == (0, "Redo: Set status of A01 to Drafted\n", "")
    assert say("edit", w, "A01", "status=drafted")[1] == (
        "Set status of A01 to Drafted: that was so already, nothing changed.\n"
    )


def test_that_several_fields_are_one_step(say, w):
    said = data(say("edit", w, "A01", "owner=Head of SEND", "due=13 Sep 2021", "gap=a = b", "--json"))
    assert set(said) == {"step", "label", "changed", "left"}
    assert (said["label"], said["changed"], said["left"]) == ("Edit A01", {"item": [board(w).items[0].id]}, [])
    row = board(w).items[0]
    assert (row.owner, str(row.due)) == ("Head of SEND", "2021-09-13")
    with open_workspace(Path(w), write=False) as workspace:
        assert workspace.read(read_narratives)[row.id].gap == "a = b"
    assert data(say("undo", w, "--json"))["label"] == "Undo: Edit A01"
    again = data(say("edit", w, "A01", "owner=", "--json"))
    assert (again["step"], again["changed"]) == (None, {})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["edit", "Z99", "status=drafted"], "There is no item Z99"),
        (["edit", "%", "status=drafted"], "There is no item %"),
        (["edit", "A01", "status=finished"], "“finished” is not a status. Choose one of: Not started"),
        (["edit", "A01", "due=31 Sep 2021"], "Sep 2021 has no day 31"),
        (["edit", "A01", "due_rule=whenever"], "is not a due rule"),
        (["edit", "A01", "colour=red"], "Write field=value"),
        (["edit", "A01", "status=drafted", "title="], "Item cannot be empty"),
        (["edit", "A01"], "required: field=value"),
        (["edit", "A01", "status=drafted", "--inspection", "nothing"], "There is no inspection “nothing” here"),
        (["undo", "now"], "unrecognized arguments"),
        (["redo"], "There is nothing to redo"),
        (["log", "--item", "Z99"], "There is no item Z99"),
        (["log", "--item", ""], "There is no item"),
        (["log", "--limit", "many"], "“many” is not a number, 1 or more"),
        (["log", "--limit", "-1"], "--limit"),
        (["log", "--limit", "0"], "“0” is not a number, 1 or more"),
        (["status", "--on", "soon"], "“soon” is not a date"),
        (["status", "--on", "2021-13-01"], "is not a date"),
        (["export"], "required: OUT.xlsx"),
        (["export", "out.xlsx", "--on", "soon"], "“soon” is not a date"),
        (["check", "--mend"], "unrecognized arguments"),
        (["open"], "main.py open"),
    ],
)
def test_that_bad_input_is_one_line_status_two_and_nothing_changed(say, w, arguments, said):
    before = content(w)
    status, printed, complaint = say(arguments[0], w, *arguments[1:])
    assert (status, printed) == (2, "")
    assert said in complaint
    assert complaint.count("\n") == 1
    assert content(w) == before


@pytest.mark.parametrize("arguments", [[], ["fly"], ["--fly"]])
def test_that_no_command_or_another_is_refused(say, arguments):
    status, printed, complaint = say(*arguments)
    assert (status, printed) == (2, "")
    assert complaint.startswith("readiness: ")
    assert complaint.count("\n") == 1


@pytest.mark.parametrize("command", [["status"], ["items"], ["log"], ["check"], ["edit", "A01", "gap=x"], ["undo"]])
def test_that_where_there_is_no_workspace_nothing_is_made(say, tmp_path, command):
    status, printed, complaint = say(command[0], tmp_path / "nowhere", *command[1:])
    assert (status, printed) == (2, "")
    assert "There is no workspace in" in complaint
    assert not (tmp_path / "nowhere").exists()


def test_that_undoing_ends_with_a_sentence(say, w):
    assert [say("undo", w)[0] for _ in range(3)] == [0, 0, 2]
    assert say("undo", w) == (2, "", "There is nothing to undo.\n")


def test_that_one_of_several_inspections_is_meant(say, tmp_path):
    other = found_council(tmp_path / "w", frameworks=(FRAMEWORK, FRAMEWORK))
    ids = [row.id for row in board_of(other).inspections]
    other.close()
    status, _, complaint = say("edit", tmp_path / "w", "A01", "status=drafted")
    assert (status, complaint) == (2, "2 items have the reference A01. Say which inspection is meant.\n")
    assert say("edit", tmp_path / "w", "A01", "status=drafted", "--inspection", ids[1])[0] == 0
    assert [row.status for row in board(tmp_path / "w").items if row.reference == "A01"] == [
        ItemStatus.NOT_STARTED, ItemStatus.DRAFTED,
    ]  # fmt: skip
    assert len(data(say("log", tmp_path / "w", "--item", "A01", "--inspection", ids[1], "--json"))) == 2


def test_that_an_inspection_is_meant_by_its_id_first_and_never_by_guess(say, tmp_path):
    first = InspectionDraft(FRAMEWORK, title="Re-visit in spring")
    second = InspectionDraft(FRAMEWORK, title="Re-visit in autumn", short_title="Re-visit")
    folder = tmp_path / "w"
    with create_workspace(folder, at_risk=True) as workspace:
        workspace.run(start_inspections, (first, second))
        one, two = board_of(workspace).inspections

    def found(name):
        return {each["inspection"] for each in data(say("items", folder, "--inspection", name, "--json"))}

    assert found(one.id) == found("re-visit in s") == found(" Re-visit in spring ") == {one.id}
    assert found(two.id) == found("Re-visit in a") == found("RE-VISIT") == {two.id}
    for name in ("Re-visit i", "small-2018"):
        status, printed, complaint = say("items", folder, "--inspection", name)
        assert (status, printed) == (2, "")
        assert complaint == (
            f"2 inspections are called “{name}”. Choose one by its short title: “Re-visit in spring”, “Re-visit”.\n"
        )
    with open_workspace(folder, at_risk=True) as workspace:
        workspace.run(start_inspections, (second,))  # under a name that is taken, as a merge may bring it
    assert f"by its id: {two.id} (Re-visit in autumn), " in say("items", folder, "--inspection", "re-visit")[2]
    for name in ("", " ", "Visit"):
        status, printed, complaint = say("items", folder, "--inspection", name)
        assert (status, printed) == (2, "")
        assert (
            f"There is no inspection “{name}” here. Choose one of: Re-visit in spring, Re-visit, Re-visit." in complaint
        )


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be set from inside")
def test_that_the_log_tells_the_time_on_the_wall_and_json_says_its_zone(say, w, monkeypatch):
    monkeypatch.setenv("TZ", "EAST-14")
    time.tzset()
    try:
        lines = [say("log", w)[1], say("log", w, "--item", "A01")[1]]
        steps = data(say("log", w, "--json"))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert all(line.startswith("2021-03-01 23:30 ") for line in lines)
    assert all(step["at"].startswith("2021-03-01T09:30:") and step["at"].endswith("+00:00") for step in steps)


def test_that_the_log_tells_who_did_what(say, w):
    say("edit", w, "A01", "status=drafted")
    say("undo", w)
    steps = data(say("log", w, "--json"))
    assert [step["label"] for step in steps] == [
        "Undo: Set status of A01 to Drafted", "Set status of A01 to Drafted", "Start Re-visit", "Work as Head of SEND",
    ]  # fmt: skip
    assert set(steps[0]) == {"id", "at", "who", "label", "changes", "undo_of", "undone"}
    assert (steps[0]["undo_of"], steps[1]["undone"]) == (steps[1]["id"], True)
    rows = data(say("log", w, "--item", "A01", "--json"))
    assert set(rows[0]) == {"at", "who", "step", "label", "field", "old", "new"}
    assert [(row["field"], row["old"], row["new"]) for row in rows] == [
        ("Status", "Drafted", "Not started"), ("Status", "Not started", "Drafted"), ("Added", "", "Added"),
    ]  # fmt: skip
    assert len(say("log", w, "--limit", 2)[1].splitlines()) == 2
    assert say("log", w, "--item", "A01")[1].splitlines()[0].endswith("Head of SEND: Status: Drafted -> Not started")


# export


def test_that_the_summary_is_written_and_read_back(say, w, tmp_path):
    said = data(say("export", w, tmp_path / "out.xlsx", "--on", "2021-03-01", "--json"))
    assert set(said) == {"path", "items", "sheets"}
    assert (said["items"], Path(said["path"]).stat().st_size > 5000) == (4, True)
    status, printed, complaint = say("export", w, tmp_path / "two.xlsx")
    assert (status, complaint) == (0, "")
    assert "4 items, read back and compared" in printed
    told = say("log", w, "--limit", 2)[1].splitlines()
    assert [line.partition(": ")[2] for line in told] == [
        f"Export “{name}” to Excel" for name in ("two.xlsx", "out.xlsx")
    ]
    assert say("undo", w)[1].startswith("Undo: Start ")  # what went out is no step to be undone


def test_that_a_summary_that_cannot_be_written_is_refused(say, w, tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    status, printed, complaint = say("export", w, tmp_path / "letter.txt" / "out.xlsx")
    assert (status, printed) == (2, "")
    assert complaint.count("\n") == 1
    status, printed, complaint = say("export", w, tmp_path / f"{'a' * 300}.xlsx")
    assert (status, printed) == (2, "")
    assert complaint.endswith("is too long a name. Choose a shorter one.\n")


# check


def test_that_a_sound_file_is_well(say, w):
    assert say("check", w) == (0, "All is well.\n", "")
    assert data(say("check", w, "--json")) == {"ok": True, "faults": []}


def test_that_faults_are_named_and_repaired(say, w):
    before = content(w)
    connection = connect(Path(w) / "workspace.db", read_only=False)
    connection.execute("UPDATE item SET status = 'signed_off' WHERE reference = 'A01'")
    connection.close()
    status, printed, complaint = say("check", w)
    assert (status, complaint) == (1, "")
    assert printed.startswith("cache: item ")
    assert printed.endswith("\n1 fault. Run check --repair.\n")
    status, printed, _ = say("check", w, "--json")
    assert (status, json.loads(printed)["ok"]) == (1, False)
    assert {*json.loads(printed)["faults"][0]} == {"kind", "text"}
    assert say("check", w, "--repair")[0] == 0
    assert content(w) == before
    assert list((Path(w) / "backups").glob("*before-repair.db"))


# beside a window


def test_that_reading_works_beside_a_window_and_writing_names_who_holds_it(say, tmp_path):
    with found_council(tmp_path / "w") as window:
        window.sign_lock("Director of Education")
        before = everything(window)
        for command in (["status"], ["items"], ["log"], ["check"]):
            assert say(command[0], tmp_path / "w")[0] == 0
        assert say("export", tmp_path / "w", tmp_path / "out.xlsx")[0] == 0
        for command in (["edit", "A01", "gap=x"], ["undo"], ["redo"], ["check", "--repair"]):
            status, printed, complaint = say(command[0], tmp_path / "w", *command[1:])
            assert (status, printed) == (2, "")
            assert complaint.startswith("Director of Education has this workspace open on ")
            assert f"(process {os.getpid()})" in complaint
            assert complaint.count("\n") == 1
        assert everything(window) == before
        assert id_of(window, "A01")


def test_that_a_cloud_folder_asks_for_insistence(say, tmp_path):
    folder = tmp_path / "OneDrive - Council" / "w"
    status, _, complaint = say("new", folder, "--framework", "ilacs-2018")
    assert status == 2
    assert "OneDrive copies files there" in complaint
    assert say("new", folder, "--framework", "ilacs-2018", "--at-risk")[0] == 0
    assert say("status", folder)[0] == 0
    assert say("undo", folder)[0] == 2
    assert say("undo", folder, "--at-risk")[0] == 0


def test_that_the_entry_hands_commands_on(w, capsys):
    assert main.main(["items", w]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


# real processes


def started(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "main.py", *map(str, arguments)], cwd=ROOT, env=os.environ | environment, capture_output=True,
        check=False,
    )  # fmt: skip


def test_that_a_real_process_does_the_same(w):
    done = started("edit", w, "A01", "status=drafted", "owner=Pennaeth Addysg ŷ")
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"Edit A01\n")
    listed = started("items", w, "--json", PYTHONIOENCODING="cp1252")
    assert json.loads(listed.stdout.decode("utf-8"))[0]["owner"] == "Pennaeth Addysg ŷ"
    bad = started("edit", w, "Z99", "status=drafted", PYTHONIOENCODING="ascii")
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert bad.stderr.decode("utf-8") == "There is no item Z99. List them with the command items.\n"


def test_that_a_reader_that_has_heard_enough_is_no_error(tmp_path):
    assert run(["demo", str(tmp_path / "demo"), "--on", "2021-04-19"]) == 0
    with subprocess.Popen(
        [sys.executable, "main.py", "log", str(tmp_path / "demo"), "--json", "--limit", "5000"], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        process.stdout.close()
        complaint = process.stderr.read()
    assert complaint == b""
    assert process.returncode == 1
