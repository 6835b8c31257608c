"""The checks asked of a workspace: what they see of it, and the step that mends."""

from pathlib import Path

from council import DAY, NOW, board_of, id_of, refuses
from proven_council import add_piece, add_record, set_fields, sign_unrecorded

from readiness.domain.assertions import Doubt, Hands
from readiness.domain.checks.results import CheckResult
from readiness.domain.errors import BadValue
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.checks import CheckReport, _people, checks_data, mend, read_checks, read_hands
from readiness.services.dossiers import read_dossier
from readiness.services.items import edit_items, remove_items
from readiness.services.undo import undo
from readiness.storage.workspace import Workspace


def set_status(workspace: Workspace, reference: str, status: ItemStatus) -> str:
    id_ = id_of(workspace, reference)
    workspace.run(edit_items, [id_], [ItemEdit(ItemField.STATUS, status)])
    return id_


def signed_unrecorded(workspace: Workspace, reference: str) -> str:
    id_ = id_of(workspace, reference)
    workspace.run(sign_unrecorded, id_)
    return id_


def report(workspace: Workspace, store: object = None) -> CheckReport:
    return workspace.read(read_checks, DAY, store)


def of(code: str, workspace: Workspace, store: object = None) -> tuple[CheckResult, ...]:
    return tuple(result for result in report(workspace, store).results if result.code == code)


def test_that_a_claim_is_doubted_until_it_has_current_evidence(workspace):
    id_ = set_status(workspace, "A01", ItemStatus.CHECKED)
    assert [result.place.id for result in of("claim-unproven", workspace)] == [id_]
    assert [item.id for item in report(workspace).gap.by_doubt[Doubt.NO_EVIDENCE]] == [id_]
    workspace.run(add_piece, [id_])
    assert of("claim-unproven", workspace) == ()
    assert report(workspace).gap.doubted == ()


def test_that_reviews_say_who_checked_their_own_claim(workspace):
    id_ = signed_unrecorded(workspace, "A01")
    workspace.run(set_fields, "item", id_, claimed_by="Head of SEND", signed="0" * 16)
    for number, by in enumerate(("QA lead", "Head of SEND")):
        workspace.run(
            add_record, "review", item_id=id_, kind="signed_off", by=by, at=NOW.replace(hour=number).isoformat()
        )
    assert [result.place.id for result in of("same-person", workspace)] == [id_]
    assert workspace.read(read_hands) == ({id_: Hands(signed="Head of SEND")}, True)
    workspace.run(set_fields, "workspace", board_of(workspace).workspace.id, four_eyes=False)
    assert of("same-person", workspace) == ()
    assert workspace.read(read_hands)[1] is False


def test_that_people_and_whoever_did_something_are_not_gone(workspace):
    workspace.acting_as = "Director of Education"
    set_status(workspace, "A01", ItemStatus.DRAFTED)
    workspace.acting_as = ""
    assert workspace.read(_people) == frozenset({"Head of SEND", "Director of Education"})


class Kept:
    """Copies as the store gives them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hashes(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def path_of(self, sha256: str) -> Path:
        return self.folder / sha256


def test_that_copies_which_are_gone_or_of_another_size_are_told_apart(workspace, tmp_path):
    id_ = id_of(workspace, "A01")
    for sha256, size in (("a" * 64, 3), ("b" * 64, 4), ("c" * 64, 3)):
        workspace.run(add_piece, [id_], f"Audit {sha256[0]}", sha256=sha256, size=size)
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("a" * 64, "b" * 64):
        (kept / name).write_bytes(b"abc")
    store = Kept(kept)
    assert [result.about.name for result in of("file-missing", workspace, store)] == ["Audit c"]
    assert [result.about.name for result in of("file-altered", workspace, store)] == ["Audit b"]
    assert of("file-missing", workspace) == ()


def test_that_a_copy_that_vanishes_while_it_is_looked_at_is_told(workspace, tmp_path):
    workspace.run(add_piece, [id_of(workspace, "A01")], sha256="d" * 64)

    class Vanishing(Kept):
        def hashes(self) -> set[str]:
            return {"d" * 64}

    assert of("file-altered", workspace, Vanishing(tmp_path / "nowhere"))


def test_that_mending_is_one_step_that_cures_and_can_be_undone(workspace):
    for reference in ("A01", "A02"):
        workspace.run(add_piece, [id_of(workspace, reference)], f"Audit {reference}")
    found = of("work-unmarked", workspace)
    assert len(found) == 2
    changes = workspace.run(mend, found)
    assert changes.label == "Mend “Work that the status hides” at 2 places"
    assert of("work-unmarked", workspace) == ()
    assert board_of(workspace).items[0].status is ItemStatus.GATHERING
    workspace.run(undo)
    assert len(of("work-unmarked", workspace)) == 2


def test_that_one_place_is_named_in_the_step(workspace):
    signed_unrecorded(workspace, "A02")
    changes = workspace.run(mend, of("sign-off-unrecorded", workspace))
    assert changes.label == "Mend “Signed off without a record” at A02"
    assert board_of(workspace).items[1].status is ItemStatus.CHECKED


def test_that_several_checks_are_mended_at_once(workspace):
    signed_unrecorded(workspace, "A02")
    workspace.run(add_piece, [id_of(workspace, "A01")])
    found = [result for result in report(workspace).results if result.code in ("sign-off-unrecorded", "work-unmarked")]
    assert workspace.run(mend, found).label == "Mend 2 checks at 2 places"


def test_that_what_changed_since_is_left_as_it_is_and_named(workspace):
    signed_unrecorded(workspace, "A01")
    signed_unrecorded(workspace, "A02")
    signed_unrecorded(workspace, "B01")
    found = of("sign-off-unrecorded", workspace)
    set_status(workspace, "A01", ItemStatus.DRAFTED)
    workspace.run(remove_items, [id_of(workspace, "A02")])
    changes = workspace.run(mend, found)
    assert changes.left == (
        "A01 changed since the checks looked at it",
        "A02 changed since the checks looked at it",
    )
    assert {item.reference: item.status for item in board_of(workspace).items} == {
        "A01": ItemStatus.DRAFTED,
        "A03": ItemStatus.NOT_STARTED,
        "B01": ItemStatus.CHECKED,
    }


def test_that_a_fix_of_two_fields_is_done_whole_or_not_at_all(workspace):
    workspace.run(add_piece, [id_of(workspace, "A01")], covers_from="2021-02-01", covers_to="2021-01-01")
    found = of("period-reversed", workspace)
    workspace.run(set_fields, "evidence", found[0].place.id, covers_to="2021-01-15")
    assert workspace.run(mend, found).step_id is None
    (again,) = of("period-reversed", workspace)
    workspace.run(mend, [again])
    (row,) = workspace.read(read_dossier, DAY).evidence
    assert (row.covers_from.isoformat(), row.covers_to.isoformat()) == ("2021-01-15", "2021-02-01")


def test_that_what_people_must_decide_is_refused_with_a_sentence(workspace):
    set_status(workspace, "A01", ItemStatus.CHECKED)
    refuses(workspace, BadValue, "Open the place and decide", mend, of("claim-unproven", workspace))
    refuses(workspace, BadValue, "Open the place and decide", mend, ())


def test_that_every_mendable_rule_mends_what_the_record_really_holds(workspace):
    """What a rule saw is compared with the file: both must be written alike."""
    a01, a02, b01 = (id_of(workspace, reference) for reference in ("A01", "A02", "B01"))
    inspection = board_of(workspace).inspections[0].id
    signed_unrecorded(workspace, "A01")
    workspace.run(set_fields, "item", a01, due="2021-03-06", owner="Head  of SEND", service="SEND")
    workspace.run(set_fields, "item", b01, due="2021-03-06", owner="Head of SEND", service="")
    workspace.run(set_fields, "item", a02, owner="Head of SEND", service="SEND")
    workspace.run(set_fields, "inspection", inspection, ready_by="2021-03-20")
    workspace.run(add_piece, [b01], "Confidential audit", covers_from="2021-02-01", covers_to="2021-01-01")
    workspace.run(add_record, "finding", title="Point", inspection_id=inspection, status="open", owner="Head of SEND")
    (finding,) = workspace.read(read_dossier, DAY).findings
    workspace.run(add_record, "action", title="Work", finding_id=finding.id, status="done", due="2021-03-06")
    workspace.run(add_record, "action", title="More", status="planned", due="2021-03-06")
    found = [result for result in report(workspace).results if result.fix]
    codes = {result.code for result in found}
    assert codes == {
        "sign-off-unrecorded", "due-on-day-off", "owner-spelt-twice", "service-missing", "ready-on-day-off",
        "audience-too-wide", "period-reversed", "finding-behind", "action-on-day-off", "work-unmarked",
    }  # fmt: skip
    assert workspace.run(mend, report(workspace).results).left == ()
    assert not [result for result in report(workspace).results if result.fix]


def test_that_a_report_narrows_to_one_inspection(workspace):
    id_ = set_status(workspace, "A01", ItemStatus.CHECKED)
    whole = report(workspace)
    assert whole.within(None).results == whole.results
    nowhere = whole.within("another")
    assert nowhere.gap.claimed == ()
    assert id_ not in {result.place.id for result in nowhere.results}


def test_that_a_report_becomes_plain_data(workspace):
    id_ = set_status(workspace, "A01", ItemStatus.CHECKED)
    data = checks_data(report(workspace))
    assert data["assertion_gap"]["said"] == "1 of 1 claim does not stand: 1 without current evidence."
    assert data["assertion_gap"]["items"] == [id_]
    assert sum(data["counts"].values()) == len(data["results"])
    first = next(each for each in data["results"] if each["code"] == "claim-unproven")
    assert (first["kind"], first["id"], first["field"], first["severity"]) == ("item", id_, "evidence", "must")
