"""The guard on the command line: it warns on stderr, stops nothing, and records a reason that is given."""

import random
from pathlib import Path

import pytest
from council import everything, found_council, id_of
from openpyxl import Workbook
from planted import some_nhs_number, some_upn

from readiness.cli import run
from readiness.domain.identifiers import Identifier
from readiness.domain.sightings import Occasion
from readiness.services.guard import read_exemptions
from readiness.storage.opening import open_workspace

PUPIL, PATIENT = some_upn(random.Random(1)), some_nhs_number(random.Random(2))


@pytest.fixture
def w(tmp_path):
    """The folder of a closed workspace with one narrative that should not be there."""
    with found_council(tmp_path / "w"):
        pass
    assert run(["edit", str(tmp_path / "w"), "A02", f"position=Of {PATIENT}, {PATIENT}"]) == 0
    return tmp_path / "w"


@pytest.fixture
def say(capsys):
    """Run a command; return its exit status, what it printed and what it complained of."""

    def said(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = run([str(each) for each in arguments])
        except SystemExit as error:
            status = int(error.code or 0)
        printed = capsys.readouterr()
        assert PATIENT not in printed.out + printed.err
        assert PUPIL not in printed.out + printed.err
        return status, printed.out, printed.err

    return said


def exemptions(folder: Path):
    with open_workspace(folder, write=False) as workspace:
        return workspace.read(read_exemptions)


def test_that_an_export_warns_by_item_and_kind_and_goes_on(say, w, tmp_path):
    status, printed, complaint = say("export", w, tmp_path / "out.xlsx", "--json")
    assert status == 0
    assert '"items": 4' in printed
    assert complaint.splitlines() == [
        "The workbook may identify children: 2 NHS numbers. A tracker must not become a store of children’s records.",
        "  A02, position: 2 NHS numbers",
        "Take it out, or say with --reason why it may stay.",
    ]
    assert (tmp_path / "out.xlsx").exists()
    assert exemptions(w) == ()


def test_that_a_reason_is_recorded(say, w, tmp_path):
    status, _, complaint = say("export", w, tmp_path / "out.xlsx", "--reason", "The regulator asked for it")
    assert status == 0
    assert "A02, position: 2 NHS numbers" in complaint
    (row,) = exemptions(w)
    assert (row.occasion, row.reason, dict(row.found)) == (
        Occasion.EXPORT, "The regulator asked for it", {Identifier.NHS_NUMBER: 2},
    )  # fmt: skip
    with open_workspace(w, write=False) as workspace:
        assert row.about == id_of(workspace, "A02")


@pytest.mark.parametrize("reason", ["", "  ", f"NHS {PATIENT}"])
def test_that_a_reason_that_is_none_is_refused_before_anything_is_written(say, w, tmp_path, reason):
    status, printed, complaint = say("export", w, tmp_path / "out.xlsx", "--reason", reason)
    assert (status, printed, complaint.count("\n")) == (2, "", 1)
    assert not (tmp_path / "out.xlsx").exists()


def test_that_no_reason_is_recorded_where_nothing_was_seen(say, w, tmp_path):
    assert say("edit", w, "A02", "position=")[0] == 0
    assert say("export", w, tmp_path / "out.xlsx")[2] == ""
    assert say("export", w, tmp_path / "out.xlsx", "--reason", "Agreed")[2].startswith("Nothing looks like")
    assert exemptions(w) == ()


def test_that_an_export_that_fails_records_nothing(say, w, tmp_path):
    with open_workspace(w, write=False) as workspace:
        before = everything(workspace)
    assert say("export", w, tmp_path / "none" / "out.xlsx", "--reason", "Agreed")[0] == 2
    with open_workspace(w, write=False) as workspace:
        assert everything(workspace) == before


def test_that_a_list_that_is_brought_in_is_looked_through(say, w, tmp_path):
    book = Workbook()
    for row in (["Reference", "Area", "Title", "Guidance", "Owner", "Due", "Kind"],
                ["O-1", "A. Plans", "Quality", f"as for {PUPIL}", "", "day 3", "document"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    names = ("--id", "our-list", "--edition", "2021", "--title", "Ours")
    status, printed, complaint = say("frameworks", "import", w, tmp_path / "list.xlsx", *names)
    assert (status, printed) == (0, "Bring in Ours\n")
    assert "  O-1, what good looks like: 1 unique pupil number" in complaint
    again = ("--id", "our-list", "--edition", "2022", "--title", "Ours", "--reason", "An example by the regulator")
    assert say("frameworks", "import", w, tmp_path / "list.xlsx", *again)[0] == 0
    (row,) = exemptions(w)
    assert (row.occasion, row.reason) == (Occasion.IMPORT, "An example by the regulator")
