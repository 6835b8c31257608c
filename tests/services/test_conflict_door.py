"""The door of the record: no use case gives a field in conflict a value or removes its record, unless it is the choice.

Every use case is asked here, against a workspace in which whatever it would write is in conflict: one that is added
without being listed fails.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, id_of
from review_council import moment
from team_of_laptops import Team

import readiness.services
from readiness.domain.action_editing import ActionEdit, FindingEdit
from readiness.domain.checks.results import About, CheckResult, FieldFix
from readiness.domain.checks.run import RULES
from readiness.domain.errors import InConflict, RemovalInConflict
from readiness.domain.evidence import ActionDraft, AttachmentDraft, EvidenceDraft, EvidenceEdit, FindingDraft
from readiness.domain.notification import Call
from readiness.domain.preflight import LinkFact
from readiness.domain.schemes import Event
from readiness.domain.sightings import Identifier, Occasion, Sighting
from readiness.domain.steps import SetField, Step
from readiness.domain.views import AreaDraft, Identity, InspectionDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ActionField, EventKind, EvidenceField, FindingField, ItemField, ItemStatus
from readiness.services.actions import add_action
from readiness.services.attaching import Piece
from readiness.services.conflicts import conflict_of, conflicted_fields
from readiness.services.dossiers import read_actions, read_evidence, read_findings
from readiness.services.evidence import attach_evidence
from readiness.services.fetching import Fetched
from readiness.services.findings import add_finding
from readiness.services.inspections import InspectionEdit
from readiness.services.items import edit_items, remove_items
from readiness.services.records import derived_id
from readiness.services.schemes import keep_framework
from readiness.services.undo import undo
from readiness.storage.files import Stored
from readiness.storage.history import own_steps
from readiness.storage.workspace import Workspace, device_id, workspace_id

OWN = replace(OTHER, id="our-own", edition="1")
NEXT = replace(FRAMEWORK, edition="2020", areas=(replace(FRAMEWORK.areas[0], title="Plans and audits"),))
STORED = Stored("ab" * 32, 5)
LINK = AttachmentDraft("The plan", url="https://example.org/plan")
TEXTS = {
    "item": ("title", "owner", "position", "reference"),
    "area": ("code", "title"),
    "inspection": ("title", "short_title", "visit"),
    "workspace": ("title",),
    "person": ("name",),
    "evidence": ("shows",),
    "attachment": ("sha256",),
    "action": ("owner",),
    "finding": ("owner",),
    "framework": ("text",),
}
DAYS = {"inspection": ("notified_on", "selection_on", "ready_by"), "link": ("valid_until",)}
BUILDERS = {"registers"}  # they make the steps of actions and findings, and are run as those
ITSELF = {"record_pack"}  # writes down what it is given, as a record of its own, and asks for nothing


def use_cases() -> dict[str, Callable[..., Step]]:
    """Return every verb of the services: a function of a session that returns a step."""
    found: dict[str, Callable[..., Step]] = {}
    for each in pkgutil.iter_modules(readiness.services.__path__):
        module = import_module(f"readiness.services.{each.name}")
        for name, verb in vars(module).items():
            is_own = inspect.isfunction(verb) and verb.__module__ == module.__name__ and not name.startswith("_")
            if is_own and each.name not in BUILDERS and verb.__annotations__.get("return") in (Step, "Step"):
                found[name] = verb
    return found


USE_CASES = use_cases()
REFUSED: dict[str, Callable[[SimpleNamespace], tuple[object, ...]]] = {
    "edit_actions": lambda w: ([w.action], [ActionEdit(ActionField.OWNER, "Both")]),
    "place_actions": lambda w: ([w.action], w.inspection),
    "revise_action": lambda w: (w.action, [ActionEdit(ActionField.OWNER, "Both")]),
    "remove_actions": lambda w: ([w.action],),
    "remove_area": lambda w: (w.area,),
    "edit_area": lambda w: (w.area, "D", "Both"),
    "mend": lambda w: ([fault(w)],),
    "move_to_edition": lambda w: (w.inspection, NEXT, FRAMEWORK),
    "pin_edition": lambda w: (w.inspection, True),
    "edit_evidence": lambda w: (w.evidence, [EvidenceEdit(EvidenceField.SHOWS, "Both")]),
    "edit_pieces": lambda w: ([w.evidence], [EvidenceEdit(EvidenceField.SHOWS, "Both")]),
    "remove_evidence": lambda w: ([w.evidence],),
    "point_link": lambda w: (w.attachment, "https://example.org/else"),
    "copy_of_link": lambda w: (w.attachment, STORED),
    "keep_copies": lambda w: (Fetched(((LinkFact(w.attachment, "The plan", "", ""), STORED),), ()),),
    "edit_findings": lambda w: ([w.finding], [FindingEdit(FindingField.OWNER, "Both")]),
    "place_findings": lambda w: ([w.finding], w.inspection),
    "revise_finding": lambda w: (w.finding, [FindingEdit(FindingField.OWNER, "Both")]),
    "remove_findings": lambda w: ([w.finding],),
    "start_inspections": lambda w: ((InspectionDraft(OTHER),), "Both"),
    "remove_inspection": lambda w: (w.inspection,),
    "edit_items": lambda w: ([w.item], [ItemEdit(ItemField.OWNER, "Both")]),
    "edit_cells": lambda w: ({w.item: [ItemEdit(ItemField.TITLE, "Both")]},),
    "move_items": lambda w: ([w.item], w.other_area),
    "remove_items": lambda w: ([w.item],),
    "unlink_evidence": lambda w: ([w.link],),
    "set_link_validity": lambda w: (w.link, DAY),
    "record_call": lambda w: (w.inspection, Call(DAY)),
    "withdraw_call": lambda w: (w.inspection,),
    "record_event": lambda w: (w.inspection, Event.SELECTION, date(2021, 6, 1)),
    "set_closures": lambda w: ([DAY],),
    "set_identity": lambda w: (Identity("", "Both", ""),),
    "rename_workspace": lambda w: ("Both",),
    "submit": lambda w: ([w.item], w.at),
    "return_items": lambda w: ([w.item], w.at, "Because"),
    "check": lambda w: ([w.item], w.at),
    "sign_off": lambda w: ([w.item], w.at),
    "withdraw": lambda w: ([w.item], w.at, "Because"),
    "set_four_eyes": lambda w: (True,),
    "keep_framework": lambda w: (OWN,),
    "undo_step": lambda w: (w.making,),
}
APART: dict[str, Callable[[SimpleNamespace], tuple[object, ...]]] = {
    "add_action": lambda w: (ActionDraft("Another", item_id=w.item),),
    "action_from_finding": lambda w: (w.finding,),
    "move_actions": lambda w: ([w.action],),
    "restore_actions": lambda w: ([w.action],),
    "add_area": lambda w: (w.inspection, AreaDraft("E", "Another", (), ())),
    "move_area": lambda w: (w.area,),
    "restore_area": lambda w: (w.area,),
    "attach_pieces": lambda w: ([w.item], [Piece(EvidenceDraft("New"), (LINK,))], [w.evidence]),
    "confirm_items": lambda w: ([w.item],),
    "attach_evidence": lambda w: ([w.item], EvidenceDraft("New"), [LINK]),
    "add_revision": lambda w: (w.evidence, [LINK], "", [EvidenceEdit(EvidenceField.SHOWS, "Both")]),
    "restore_evidence": lambda w: ([w.evidence],),
    "add_finding": lambda w: (FindingDraft("Another", inspection_id=w.inspection),),
    "move_findings": lambda w: ([w.finding],),
    "restore_findings": lambda w: ([w.finding],),
    "exempt": lambda w: (w.item, Occasion.EXPORT, [Sighting(next(iter(Identifier)), 1, "its title")], "It is public"),
    "start_inspection": lambda w: (InspectionDraft(OTHER),),
    "edit_inspection": lambda w: (w.inspection, InspectionEdit("Both", "Both", DAY, None)),
    "restore_inspection": lambda w: (w.inspection,),
    "add_item": lambda w: (w.area, ItemDraft("A09", "Another")),
    "restore_items": lambda w: ([w.item],),
    "link_evidence": lambda w: ([w.evidence], [w.item, w.other]),
    "tell": lambda w: (EventKind.EXPORT, "Summary.xlsx"),
    "undo_merge": lambda w: (w.arrived,),
    "undo": lambda w: (),
    "redo": lambda w: (),
}
CHOICES: dict[str, Callable[[SimpleNamespace], tuple[object, ...]]] = {
    "keep": lambda w: (w.item, "owner", w.version),
    "resolve": lambda w: (w.item, "owner", "Both"),
    "settle_removal": lambda w: (w.gone, True),
    "take_all_from": lambda w: (w.device, [(w.item, "owner")]),
    "take_newest": lambda w: ([(w.item, "owner")],),
}


def fault(w: SimpleNamespace) -> CheckResult:
    fix = FieldFix("item", w.item, "owner", "Both", w.owner)
    return CheckResult(RULES[0], "item", w.item, "owner", About("A01", "", "", (), "", (), 0), "Odd.", (fix,))


def put(workspace: Workspace, kind: str, id_: str, **values: object) -> None:
    workspace.run(lambda _session: Step("Edit", [SetField(kind, id_, *each) for each in values.items()]))  # type: ignore[arg-type]


def records_of(workspace: Workspace) -> dict[str, str]:
    """Return one record of each kind, all of whose fields will be in conflict."""
    (piece,), (action,), (finding,) = (workspace.read(each) for each in (read_evidence, read_actions, read_findings))
    board = board_of(workspace)
    return {
        "item": id_of(workspace, "A01"),
        "area": board.areas[0].id,
        "inspection": board.inspections[0].id,
        "workspace": workspace.read(workspace_id),
        "person": workspace.read(device_id),
        "evidence": piece.id,
        "attachment": piece.revisions[0].attachments[0].id,
        "link": piece.links[0].id,
        "action": action.id,
        "finding": finding.id,
        "framework": workspace.read(derived_id, "framework", f"{OWN.id}@{OWN.edition}"),
    }


def disagree(workspace: Workspace, laptop: int, ids: dict[str, str], gone: str) -> None:
    area, other = (board_of(workspace).areas[number].id for number in (laptop, 1 - laptop))
    for kind, id_ in ids.items():
        texts = {field: f"{field} {laptop}" for field in TEXTS.get(kind, ())}
        put(workspace, kind, id_, **texts, **dict.fromkeys(DAYS.get(kind, ()), f"2021-05-0{1 + laptop}"))
    put(workspace, "item", ids["item"], status=("gathering", "drafted")[laptop], area_id=other)
    put(workspace, "item", ids["item"], area_id=area)
    put(workspace, "action", ids["action"], area_id=area)
    put(workspace, "finding", ids["finding"], area_id=area)
    put(workspace, "attachment", ids["attachment"], url=f"https://example.org/{laptop}")
    put(workspace, "workspace", ids["workspace"], closures=f'["2021-07-0{1 + laptop}"]')
    for wanted in ((False, True), (True, False))[laptop]:  # each laptop's last word is another, and is written
        put(workspace, "inspection", ids["inspection"], pinned=wanted)
        put(workspace, "workspace", ids["workspace"], four_eyes=not wanted)
    if laptop:
        workspace.run(remove_items, [gone])
    else:
        workspace.run(edit_items, [gone], [ItemEdit(ItemField.OWNER, "Head of SEND")])


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[SimpleNamespace]:
    team = Team(tmp_path_factory.mktemp("team"))
    founder = team.laptops[0]
    founder.run(attach_evidence, [id_of(founder, "A01")], EvidenceDraft("Audit"), [LINK])
    made = founder.run(add_action, ActionDraft("Train"))
    founder.run(add_finding, FindingDraft("Late"))
    founder.run(keep_framework, OWN)
    team.everybody_syncs()
    ids, gone, areas = records_of(founder), id_of(founder, "A03"), board_of(founder).areas
    for number, laptop in enumerate(team.laptops):
        disagree(laptop, number, ids, gone)
    founder.run(edit_items, [id_of(founder, "B01")], [ItemEdit(ItemField.OWNER, "Education")])
    reports = [each for _ in range(2) for each in team.sync(0, 1)]
    founder.run(undo)
    found = founder.read(conflict_of, ids["item"], "owner")
    yield SimpleNamespace(
        **ids, here=founder, gone=gone, making=made.step_id, other=id_of(founder, "A02"), other_area=areas[1].id,
        at=moment(founder), arrived=next(each.steps for each in reports[::2] if each.steps), device=team.device(1),
        version=found.versions[0].change_id, owner=next(each.value for each in found.versions if each.is_shown),
    )  # fmt: skip
    team.close()


def proposed(workspace: Workspace, verb: Callable[..., Step], *given: object) -> Step:
    """Return what a verb would have written; nothing is."""
    made: list[Step] = []

    def ask(session: object) -> Step:
        made.append(verb(session, *given))
        return Step("Nothing", [])

    workspace.run(ask)
    return made[0]


def touched(world: SimpleNamespace, step: Step) -> list[SetField]:
    """Return what a step would settle: values of fields in conflict, and records with any that it removes."""
    found = world.here.read(conflicted_fields)
    return [
        each
        for each in step.sets
        if (each.id in found if each.field == "deleted" else each.field in found.get(each.id, ()))
        and (each.field != "deleted" or each.value is True)  # what is kept or brought back loses nothing
    ]


def test_that_every_use_case_is_asked_what_it_does_with_conflicts():
    asked = [*REFUSED, *APART, *CHOICES, *ITSELF]
    assert sorted(asked) == sorted(USE_CASES)


def test_that_everything_there_is_in_conflict(world):
    found = world.here.read(conflicted_fields)
    for kind, fields in [*TEXTS.items(), *DAYS.items()]:
        assert set(fields) <= found[getattr(world, kind)], kind
    assert {"pinned", "visit"} <= found[world.inspection]
    assert {"four_eyes", "closures"} <= found[world.workspace]
    assert found[world.gone] == {"deleted"}


@pytest.mark.parametrize("name", list(REFUSED))
def test_that_a_verb_refuses_what_is_in_conflict_in_one_sentence(world, name):
    with pytest.raises(InConflict, match=r"Share, Conflicts.*\.$") as raised:
        proposed(world.here, USE_CASES[name], *REFUSED[name](world))
    assert raised.value.field in world.here.read(conflicted_fields)[raised.value.id]
    assert str(raised.value).count(". ") == 1  # what is the matter, and the cure


@pytest.mark.parametrize("name", list(APART))
def test_that_a_verb_leaves_what_is_in_conflict_alone(world, name):
    assert touched(world, proposed(world.here, USE_CASES[name], *APART[name](world))) == []


@pytest.mark.parametrize("name", list(CHOICES))
def test_that_a_choice_alone_settles(world, name):
    step = proposed(world.here, USE_CASES[name], *CHOICES[name](world))
    assert step.settles
    assert touched(world, step) != []


def test_that_the_journal_refuses_what_a_verb_forgot(world):
    workspace = world.here
    before = workspace.read(conflicted_fields)
    with pytest.raises(InConflict, match="changed on two laptops") as raised:
        put(workspace, "item", world.item, owner="Both", gap="Thin")
    assert (raised.value.id, raised.value.field) == (world.item, "owner")
    with pytest.raises(RemovalInConflict, match="This cannot be removed yet: something of it was changed"):
        put(workspace, "link", world.link, deleted=True)
    with pytest.raises(RemovalInConflict, match="removed on one laptop and edited on another"):
        put(workspace, "item", world.gone, deleted=True)
    assert workspace.read(conflicted_fields) == before
    assert next(row for row in board_of(workspace).items if row.id == world.item).status is not ItemStatus.CHECKED


def test_that_the_latest_wins_where_nobody_is_asked(world):
    put(world.here, "item", world.item, rank="zz", claimed_by="Somebody")
    assert world.here.read(lambda session: next(own_steps(session)).label) == "Edit"


def said_of(world: SimpleNamespace, name: str) -> str:
    with pytest.raises(InConflict) as raised:
        proposed(world.here, USE_CASES[name], *REFUSED[name](world))
    return str(raised.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("remove_items", "Reference 1 cannot be removed yet: its “Area” was changed on two laptops."),
        ("remove_area", "Code 1 title 1 cannot be removed yet: its “Letter” was changed on two laptops."),
        ("remove_evidence", "Evidence Audit cannot be removed yet: its “What it shows” was changed on two laptops."),
        ("remove_actions", "Action Train cannot be removed yet: its “Area” was changed on two laptops."),
        ("record_call", "“Day of the call” of short_title 1 was changed on two laptops."),
        ("set_closures", "“Closed days” of title 1 was changed on two laptops."),
        ("undo_step", "“Area” of action Train was changed on two laptops."),
    ],
)
def test_that_the_conflict_is_named_and_what_waits_for_it(world, name, said):
    before = {
        "record_call": "you record the call",
        "set_closures": "you change it",
        "undo_step": "you undo “Add action",
    }
    first, cure = said_of(world, name).split(" Choose under Share, Conflicts, before ")
    assert first == said
    assert cure.startswith(before.get(name, "you remove it"))


def test_that_records_in_conflict_are_skipped_and_counted_in_bulk(world):
    workspace = world.here
    items = proposed(workspace, USE_CASES["remove_items"], [world.item, world.gone, world.other])
    assert (items.label, items.left) == ("Remove A02", ("2 items in conflict: choose under Share",))
    assert [each.id for each in items.sets] == [world.other]
    new = workspace.run(attach_evidence, [world.other], EvidenceDraft("Survey"), [LINK])
    (survey,), links = new.of("evidence"), new.of("link")
    pieces = proposed(workspace, USE_CASES["remove_evidence"], [world.evidence, survey])
    assert (pieces.label, pieces.left) == ("Remove “Survey”", ("1 piece in conflict: choose under Share",))
    assert {each.kind for each in pieces.sets} == {"evidence", "revision", "attachment", "link"}
    unlinked = proposed(workspace, USE_CASES["unlink_evidence"], [world.link, *links])
    assert (unlinked.label, unlinked.left) == (
        "Unlink “Survey” from A02",
        ("1 link in conflict: choose under Share",),
    )
    actions = workspace.run(add_action, ActionDraft("Write")).of("action")
    kept = proposed(workspace, USE_CASES["remove_actions"], [world.action, *actions])
    assert (kept.label, kept.left) == ("Remove action “Write”", ("1 action in conflict: choose under Share",))


def test_that_places_in_conflict_are_not_mended_and_are_counted(world):
    free = fault(world)._replace(id=world.other, fix=(FieldFix("item", world.other, "owner", "Both", ""),))
    mended = proposed(world.here, USE_CASES["mend"], [fault(world), free])
    assert mended.left == ("1 place in conflict: choose under Share",)
    assert [each.id for each in mended.sets] == [world.other]


def test_that_undoing_a_merge_leaves_what_it_brought_in_conflict(tmp_path):
    team = Team(tmp_path, others=2)
    founder, second, third = team.laptops
    (made,) = second.run(add_action, ActionDraft("Train")).of("action")
    team.sync(1, 2)
    for laptop in (second, third):
        put(laptop, "action", made, owner=laptop.read(device_id))
    team.sync(1, 2)
    (report,) = team.sync(0)
    assert founder.read(conflicted_fields) == {made: frozenset({"owner"})}
    team.edit(1, "A01", ItemField.OWNER, "Director")  # so that there is something to put back
    team.sync(1)
    (later,) = team.sync(0)
    undone = founder.run(USE_CASES["undo_merge"], [*report.steps, *later.steps])
    assert undone.left == ("action Train is in conflict: choose under Share",)
    assert founder.read(conflicted_fields) == {made: frozenset({"owner"})}
    team.close()


def test_that_evidence_stays_whole_while_its_link_or_file_is_in_conflict(tmp_path):
    team = Team(tmp_path)
    founder, second = team.laptops
    founder.run(attach_evidence, [id_of(founder, "A01")], EvidenceDraft("Audit"), [LINK])
    team.everybody_syncs()
    (piece,) = founder.read(read_evidence)
    file = piece.revisions[0].attachments[0].id
    for number, laptop in enumerate((founder, second)):
        put(laptop, "attachment", file, url=f"https://example.org/{number}")
    team.everybody_syncs()
    with pytest.raises(RemovalInConflict) as raised:
        founder.run(USE_CASES["remove_evidence"], [piece.id])
    assert str(raised.value) == (
        "Evidence Audit cannot be removed yet: “Address” of The plan was changed on two laptops. "
        "Choose under Share, Conflicts, before you remove it."
    )
    assert (raised.value.id, raised.value.field) == (file, "url")
    team.close()
