"""migrate, pin and confirm on the command line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from council import board_of, everything, found_council
from council_editions import NEW, OLD

from readiness.cli import run
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items
from readiness.services.schemes import keep_framework
from readiness.storage.opening import open_workspace

OTHER_FAMILY = replace(NEW, id="other", family="ilacs")


@pytest.fixture
def w(tmp_path):
    """The folder of a closed workspace that knows three frameworks of its own."""
    with found_council(tmp_path / "w", frameworks=(OLD,)) as workspace:
        for draft in (OLD, NEW, OTHER_FAMILY):
            workspace.run(keep_framework, draft)
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


def content(folder: str):
    with open_workspace(Path(folder), write=False) as workspace:
        return everything(workspace)


def board(folder: str):
    with open_workspace(Path(folder), write=False) as workspace:
        return board_of(workspace)


def test_that_a_dry_run_tells_all_and_writes_nothing(w, say):
    before = content(w)
    status, out, err = say("migrate", w, "Re-visit", "small-2022", "--dry-run")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == (
        "Small inspection, from 2022: 1 of 4 items keeps its judgement, 1 is to be confirmed again, 2 are new, "
        "2 are parked."
    )
    assert [line for line in lines if line.endswith("):")] == [
        "Reworded (1):", "Added (2):", "Removed (2):", "Unchanged (1):",
    ]  # fmt: skip
    assert "              item was: Focus group of parents" in lines
    assert "              item is now: Focus groups of parents" in lines
    assert "              Due rule: held ready → day 2" in lines
    assert lines[-1] == "Nothing was written: this was a dry run."
    assert content(w) == before


def test_that_json_tells_the_same_in_every_class(w, say):
    status, out, _ = say("migrate", w, "Re-visit", "small-2022", "--dry-run", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["dry_run"] is True
    assert told["counts"] == {"reworded": 1, "added": 2, "removed": 2, "unchanged": 1, "own": 0}
    assert told["reworded"] == [
        {
            "reference": "N03",
            "status": "not_started",
            "before": {"reference": "A03", "title": "Focus group of parents", "guidance": ""},
            "after": {"reference": "N03", "title": "Focus groups of parents", "guidance": ""},
            "notes": ["Reference: A03 → N03", "Area A → C"],
        }
    ]
    assert [row["reference"] for row in told["removed"]] == ["A02", "B01"]
    assert told["added"][0]["before"] is None


def test_that_a_move_is_written_as_one_step_and_undone(w, say):
    before = board(w)
    status, out, _ = say("migrate", w, "Re-visit", "small-2022@from 2022", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["label"] == "Move Re-visit to “Small inspection”, edition “from 2022”"
    assert told["step"]
    assert told["summary"].startswith("1 of 4 items")
    assert board(w).inspections[0].edition == "from 2022"
    assert say("undo", w)[1].startswith("Undo: Move Re-visit")
    assert [row.reference for row in board(w).items] == [row.reference for row in before.items]


def test_that_moving_to_where_it_is_says_so(w, say):
    _, out, _ = say("migrate", w, "Re-visit", "small-2018")
    assert out.splitlines()[-1] == "Move Re-visit to edition “2018”: that was so already, nothing changed."


def test_that_reworded_items_are_confirmed_by_reference(w, say):
    say("migrate", w, "Re-visit", "small-2022")
    items = json.loads(say("items", w, "--json")[1])
    assert [row["reference"] for row in items if row["confirm_again"]] == ["N03"]
    assert say("confirm", w, "n03")[:2] == (0, "Confirm N03 in its new wording\n")
    assert not any(row.confirm for row in board(w).items)
    assert "nothing changed" in say("confirm", w, "N03", "N04")[1]
    assert say("confirm", w, "N99")[0] == 2


def test_that_a_pinned_inspection_does_not_move(w, say):
    assert say("pin", w, "Re-visit")[:2] == (0, "Pin Re-visit to its edition\n")
    before = content(w)
    status, out, err = say("migrate", w, "Re-visit", "small-2022")
    assert (status, out) == (2, "")  # nothing is told that does not happen
    assert err.startswith("Re-visit is pinned to its edition. Unpin it first")
    assert content(w) == before
    assert say("migrate", w, "Re-visit", "small-2022", "--dry-run")[0] == 0
    assert say("pin", w, "Re-visit", "--off")[1] == "Unpin Re-visit from its edition\n"
    assert say("migrate", w, "Re-visit", "small-2022")[0] == 0


@pytest.mark.parametrize(
    ("edition", "cure"),
    [
        ("small-1900", "There is no framework “small-1900”. Choose one of these: "),
        ("ilacs-2024", "“Social care inspection (ILACS)” is for another kind of inspection than Re-visit."),
        ("other", "Track it as an inspection of its own instead."),
        ("small-2022@from 1999", "There is no framework"),
    ],
)
def test_that_an_edition_that_cannot_be_is_refused_in_a_sentence(w, say, edition, cure):
    before = content(w)
    for more in ((), ("--dry-run",)):
        status, out, err = say("migrate", w, "Re-visit", edition, *more)
        assert (status, out) == (2, "")
        assert cure in err
        assert content(w) == before


def test_that_several_editions_of_one_id_are_told_apart(w, say):
    with open_workspace(Path(w), at_risk=True) as workspace:
        workspace.run(keep_framework, replace(NEW, edition="from 2024"))
    status, _, err = say("migrate", w, "Re-visit", "small-2022", "--dry-run")
    assert status == 2
    assert "“small-2022@from 2022”, “small-2022@from 2024”" in err
    assert say("migrate", w, "Re-visit", "SMALL-2022@From 2024", "--dry-run")[0] == 0


def test_that_history_tells_a_move_in_words(w, say):
    with open_workspace(Path(w), at_risk=True) as workspace:
        id_ = next(row.id for row in board_of(workspace).items if row.reference == "A03")
        workspace.run(edit_items, [id_], [ItemEdit(ItemField.STATUS, ItemStatus.DRAFTED)])
    say("migrate", w, "Re-visit", "small-2022")
    said = say("log", w, "--item", "N03")[1]
    assert "Confirm again: No -> Yes" in said
    assert "Item: Focus group of parents -> Focus groups of parents" in said
    assert "wording" not in said
    assert "Wording" not in said
