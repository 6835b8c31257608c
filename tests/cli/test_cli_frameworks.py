"""Frameworks on the command line: what there is, checking a file, writing a checklist out, bringing one in."""

import json
from pathlib import Path

import pytest
from council import FRAMEWORK, board_of, everything, found_council
from openpyxl import Workbook

from readiness.cli import run
from readiness.frameworks.reader import read_framework_file
from readiness.frameworks.shipped import find_framework, shipped_frameworks
from readiness.frameworks.writer import framework_text
from readiness.services.schemes import own_frameworks
from readiness.storage.opening import open_workspace

ROWS = [
    ["Reference", "Area", "Title", "Guidance", "Owner", "Due", "Kind"],
    ["O-1", "A. Plans", "Quality", "", "", "day 3", "document"],
    ["O-2", "B. Voice", "Group", "", "", "", "interview"],
]


@pytest.fixture
def w(tmp_path):
    """The folder of a closed workspace."""
    found_council(tmp_path / "w").close()
    return tmp_path / "w"


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


def data(said: tuple[int, str, str], status: int = 0):
    assert (said[0], said[2]) == (status, "")
    return json.loads(said[1])


@pytest.fixture
def listed(tmp_path):
    """An Excel list."""
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "Our list.xlsx")
    return tmp_path / "Our list.xlsx"


@pytest.fixture
def ours(tmp_path):
    """A framework file of the council's own."""
    path = tmp_path / "ours.toml"
    path.write_text('format = 1\nid = "ours"\nedition = "2"\nbase = "ilacs-2018"\ntitle = "Ours"\n', encoding="utf-8")
    return path


def content(folder: Path):
    with open_workspace(folder, write=False) as workspace:
        return everything(workspace)


def own(folder: Path):
    with open_workspace(folder, write=False) as workspace:
        return workspace.read(own_frameworks)


def test_that_frameworks_are_listed_with_and_without_the_word_list(say):
    found = data(say("frameworks", "--json"))
    assert data(say("frameworks", "list", "--json")) == data(say("frameworks", "--json", "list")) == found
    assert [each["id"] for each in found] == [draft.id for draft in shipped_frameworks()]
    assert all(set(each) == {"id", "edition", "title", "areas", "items"} for each in found)
    status, printed, _ = say("frameworks", "list")
    assert status == 0
    assert "ilacs-2018" in printed
    assert "2018 to 2022" in printed
    assert "58 items" in printed


def test_that_a_workspace_lists_its_own_too(say, w, ours):
    assert say("frameworks", "import", w, ours)[0] == 0
    assert data(say("frameworks", "list", w, "--json"))[-1]["id"] == "ours"
    assert "ours" in say("frameworks", "list", w)[1]


def test_that_a_sound_file_is_said_to_be_sound(say, ours, listed):
    assert say("frameworks", "check", ours) == (0, "ours.toml is sound: 8 areas, 58 items.\n", "")
    assert say("frameworks", "check", listed)[1] == (
        "Our list.xlsx is sound: 2 areas, 2 items, from its sheet “Sheet”.\n"
    )
    checked = data(say("frameworks", "check", ours, "--json"))
    assert (checked["ok"], checked["id"], checked["items"]) == (True, "ours", 58)


def test_that_every_fault_of_a_file_is_said_and_nothing_written(say, w, ours, listed):
    before = content(w)
    ours.write_text(ours.read_text(encoding="utf-8") + 'colour = "red"\ndrop = ["X"]\n', encoding="utf-8")
    for command in (("check",), ("import", w)):
        status, printed, complaint = say("frameworks", *command, ours)
        assert (status, printed) == (2, "")
        assert complaint.startswith("ours.toml cannot be used as it is.")
        assert "line 6: The key “colour” is not known here." in complaint
        assert "line 7: The base has no area and no item “X”." in complaint
    found = data(say("frameworks", "check", ours, "--json"), 2)
    assert (found["ok"], len(found["faults"])) == (False, 2)
    book = Workbook()
    book.active.append(ROWS[0])
    book.active.append(["O-1", "A. Plans", "Quality", "", "", "soon", "memo"])
    book.save(listed)
    status, _, complaint = say("frameworks", "import", w, listed)
    assert status == 2
    assert "Sheet “Sheet”, row 2, column F (Due): “soon” is not a due rule." in complaint
    assert say("frameworks", "check", w / "none.xlsx")[0] == 2
    assert content(w) == before


def test_that_a_checklist_is_written_out_and_never_over_another_file(say, w, tmp_path):
    target = tmp_path / "out.toml"
    said = say("frameworks", "export", w, "small", target, "--id", "our-list", "--edition", "2021", "--title", "Ours")
    assert said == (0, f"Wrote {target}: our-list, edition 2021, 4 items.\n", "")
    draft = read_framework_file(target)
    assert (draft.id, draft.edition, draft.title, draft.short_title) == ("our-list", "2021", "Ours", "Re-visit")
    assert b"\r" not in target.read_bytes()
    target.write_text("mine", encoding="utf-8")
    status, printed, complaint = say("frameworks", "export", w, "small", target)
    assert (status, printed) == (2, "")
    assert "exists already" in complaint
    assert target.read_text(encoding="utf-8") == "mine"
    exported = data(say("frameworks", "export", w, "small", target, "--force", "--json"))
    assert (exported["id"], exported["items"]) == ("small-2018", 4)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.toml"]


@pytest.mark.parametrize(
    ("target", "options", "said"),
    [
        ("out.txt", [], r"End it with .toml"),
        ("none/out.toml", [], "does not exist"),
        ("out.toml", ["--id", "Our List"], "cannot be an id"),
        ("out.toml", ["--edition", " "], "The edition is empty"),
    ],
)
def test_that_a_checklist_that_cannot_be_written_out_leaves_no_file(say, w, tmp_path, target, options, said):
    status, printed, complaint = say("frameworks", "export", w, "small", tmp_path / target, *options)
    assert (status, printed) == (2, "")
    assert said in complaint
    assert not (tmp_path / target).exists()
    assert "There is no inspection “other”" in say("frameworks", "export", w, "other", tmp_path / "out.toml")[2]


def test_that_a_framework_file_is_kept_and_that_can_be_undone(say, w, ours):
    assert say("frameworks", "import", w, ours) == (0, "Bring in Ours\n", "")
    assert [draft.id for draft in own(w)] == ["ours"]
    again = say("frameworks", "import", w, ours)
    assert again == (0, "Bring in Ours: that was so already, nothing changed.\n", "")
    assert say("undo", w)[0] == 0
    assert own(w) == ()


def test_that_an_excel_list_is_kept_under_the_names_given(say, w, listed):
    said = data(say("frameworks", "import", w, listed, "--id", "our-list", "--edition", "7", "--title", "All of it",
                    "--short-title", "All", "--json"))  # fmt: skip
    assert said["label"] == "Bring in All of it"
    (draft,) = own(w)
    assert (draft.id, draft.edition, draft.title, draft.short_title) == ("our-list", "7", "All of it", "All")
    assert [(area.code, len(area.items)) for area in draft.areas] == [("A", 1), ("B", 1)]


def test_that_an_excel_list_is_named_by_its_file_where_nobody_says(say, w, listed):
    assert say("frameworks", "import", w, listed)[0] == 0
    (draft,) = own(w)
    assert (draft.id, draft.title, draft.short_title) == ("our-list", "Our list", "Our list")
    assert draft.edition.isdecimal()


def test_that_names_of_a_framework_file_are_changed_in_the_file(say, w, ours):
    status, _, complaint = say("frameworks", "import", w, ours, "--id", "other")
    assert status == 2
    assert "says its own id" in complaint
    assert own(w) == ()


def test_that_the_id_of_a_shipped_framework_is_refused(say, w, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(framework_text(find_framework("ilacs-2018")), encoding="utf-8")
    status, _, complaint = say("frameworks", "import", w, path)
    assert status == 2
    assert "such as “ilacs-2018-own”" in complaint


def test_that_what_was_written_out_is_brought_in_elsewhere(say, w, tmp_path):
    target = tmp_path / "out.toml"
    assert say("frameworks", "export", w, "small", target)[0] == 0
    found_council(tmp_path / "colleague").close()
    assert say("frameworks", "import", tmp_path / "colleague", target)[0] == 0
    (draft,) = own(tmp_path / "colleague")
    assert [area.title for area in draft.areas] == [area.title for area in FRAMEWORK.areas]


def test_that_an_empty_list_is_written_and_never_over_another_file(say, tmp_path):
    target = tmp_path / "list.xlsx"
    assert say("frameworks", "template", target) == (0, f"Wrote {target}.\n", "")
    assert data(say("frameworks", "check", target, "--json"))["items"] == 3
    assert "exists already" in say("frameworks", "template", target)[2]
    assert say("frameworks", "template", target, "--force")[0] == 0
    assert "End it with .xlsx" in say("frameworks", "template", tmp_path / "list.toml")[2]


def test_that_a_workspace_is_made_from_files_of_ones_own(say, tmp_path, ours, listed):
    folder = tmp_path / "new"
    assert say("new", folder, "--framework", ours, "--framework", listed, "--framework", "ilacs-2018")[0] == 0
    with open_workspace(folder, write=False) as workspace:
        assert [row.framework for row in board_of(workspace).inspections] == ["ours", "our-list", "ilacs-2018"]
        assert [draft.id for draft in workspace.read(own_frameworks)] == ["our-list", "ours"]


def test_that_a_workspace_from_a_faulty_file_is_not_made(say, tmp_path, ours):
    ours.write_text("format = 2\n", encoding="utf-8")
    status, printed, complaint = say("new", tmp_path / "new", "--framework", ours)
    assert (status, printed) == (2, "")
    assert "Write format = 1" in complaint
    taken = tmp_path / "taken.toml"
    taken.write_text(framework_text(find_framework("ilacs-2018")).replace('"Social Care"', '"X"'), encoding="utf-8")
    assert "id of its own" in say("new", tmp_path / "new", "--framework", taken)[2]
    assert not (tmp_path / "new").exists()


def test_that_a_question_without_an_answer_is_refused_in_one_line(say, w):
    for arguments in (("frameworks", "dance"), ("frameworks", "check"), ("frameworks", "export", w)):
        status, printed, complaint = say(*arguments)
        assert (status, printed, complaint.count("\n")) == (2, "", 1)


def test_that_the_headings_of_a_list_are_compared(say, tmp_path):
    contacts = find_framework("ilacs-2026").lists[0]
    path = tmp_path / "list.csv"
    path.write_text(",".join(contacts.columns), encoding="utf-8")
    assert say("frameworks", "headings", "ilacs-2026", 1, path) == (
        0, "list.csv has the 7 columns of list 1, Contacts, as published and in their order.\n", "",
    )  # fmt: skip
    path.write_text(",".join(contacts.columns[1:]), encoding="utf-8")
    status, printed, complaint = say("frameworks", "headings", "ilacs-2026", 1, path)
    assert (status, printed) == (2, "")
    assert "“Child Unique ID” is missing: it is column 1 of list 1." in complaint
    told = data(say("frameworks", "headings", "ilacs-2026", 1, path, "--json"), 2)
    assert (told["ok"], told["list"], len(told["faults"])) == (False, 1, 1)
    assert "Choose 1 or 2." in say("frameworks", "headings", "area-send-2023", 3, path)[2]
