"""Fields in conflict: no verb settles them unseen; one alone is refused, among several they are left and counted."""

from datetime import date

import pytest
from council import DAY, board_of, id_of
from review_council import moment
from team_of_laptops import Team

from readiness.domain.action_editing import ActionEdit, FindingEdit
from readiness.domain.errors import InConflict
from readiness.domain.evidence import ActionDraft, AttachmentDraft, EvidenceDraft, EvidenceEdit, FindingDraft
from readiness.domain.review import ReviewVerb
from readiness.domain.steps import Step, sets
from readiness.domain.views import AreaDraft, ItemEdit
from readiness.domain.vocabulary import ActionField, EvidenceField, FindingField, ItemField, ItemStatus
from readiness.services.actions import add_action, edit_actions, place_actions, revise_action
from readiness.services.areas import add_area, edit_area
from readiness.services.conflicts import conflicted_fields, count_conflicts
from readiness.services.dossiers import read_actions, read_evidence, read_findings
from readiness.services.evidence import (
    add_revision,
    attach_evidence,
    copy_of_link,
    edit_evidence,
    edit_pieces,
    point_link,
)
from readiness.services.findings import add_finding, edit_findings
from readiness.services.items import edit_items, move_items
from readiness.services.links import set_link_validity
from readiness.services.review import VERBS, set_four_eyes
from readiness.storage.files import Stored
from readiness.storage.workspace import Workspace

LEFT = ("1 field in conflict: choose under Share",)
ITEM_LEFT = ("1 item in conflict: choose under Share",)
LINK = AttachmentDraft("The plan", url="https://example.org/plan")


def disagree(workspace: Workspace, laptop: int) -> None:
    """Say of nearly everything what no other laptop says of it."""
    said, day = f"Laptop {laptop}", date(2021, 4, 1 + laptop)
    board = board_of(workspace)
    items = {row.reference: row.id for row in board.items}
    piece = next(row for row in workspace.read(read_evidence) if row.title == "Audit")
    action = next(row for row in workspace.read(read_actions) if row.title == "Train")
    finding = next(row for row in workspace.read(read_findings) if row.title == "Late")
    (link,) = piece.links
    (file,) = piece.revisions[0].attachments
    status = (ItemStatus.GATHERING, ItemStatus.DRAFTED)[laptop]
    workspace.run(edit_items, [items["A01"]], [ItemEdit(ItemField.STATUS, status)])
    workspace.run(edit_items, [items["A02"]], [ItemEdit(ItemField.POSITION, said)])
    workspace.run(move_items, [items["A03"]], board.areas[1 + laptop].id)
    workspace.run(edit_evidence, piece.id, [EvidenceEdit(EvidenceField.SHOWS, said)])
    workspace.run(set_link_validity, link.id, day)
    workspace.run(point_link, file.id, f"https://example.org/{laptop}")
    workspace.run(edit_actions, [action.id], [ActionEdit(ActionField.OWNER, said)])
    workspace.run(edit_findings, [finding.id], [FindingEdit(FindingField.OWNER, said)])
    workspace.run(edit_area, board.areas[1].id, "B", said)


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    made = Team(tmp_path_factory.mktemp("team"))
    founder = made.laptops[0]
    founder.run(attach_evidence, [id_of(founder, "A01")], EvidenceDraft("Audit"), [LINK])
    founder.run(attach_evidence, [], EvidenceDraft("Survey"))
    founder.run(add_area, board_of(founder).areas[0].inspection_id, AreaDraft("C", "Elsewhere", (), ()))
    for title in ("Train", "Write"):
        founder.run(add_action, ActionDraft(title))
    for title in ("Late", "Thin"):
        founder.run(add_finding, FindingDraft(title))
    made.everybody_syncs()
    for number, laptop in enumerate(made.laptops):
        disagree(laptop, number)
    made.everybody_syncs()
    yield made
    made.close()


@pytest.fixture
def here(team: Team):
    """The founder's laptop; what is in conflict there is in conflict still when the test is over."""
    workspace = team.laptops[0]
    before = workspace.read(conflicted_fields)
    assert workspace.read(count_conflicts) == 9
    yield workspace
    assert workspace.read(conflicted_fields) == before


def refused(workspace: Workspace, *call) -> tuple[str, str]:
    with pytest.raises(InConflict, match="changed on two laptops") as raised:
        workspace.run(*call)
    return raised.value.id, raised.value.field


def evidence_of(workspace: Workspace):
    return {row.title: row for row in workspace.read(read_evidence)}


def test_that_evidence_in_conflict_is_refused_alone_and_left_among_others(here):
    audit, survey = evidence_of(here)["Audit"].id, evidence_of(here)["Survey"].id
    shows = [EvidenceEdit(EvidenceField.SHOWS, "Both")]
    assert refused(here, edit_evidence, audit, shows) == (audit, "shows")
    assert refused(here, edit_pieces, [audit], shows) == (audit, "shows")
    assert here.run(edit_pieces, [audit, survey], shows).left == LEFT
    assert evidence_of(here)["Survey"].shows == "Both"
    both = here.run(edit_evidence, audit, [*shows, EvidenceEdit(EvidenceField.DATED, DAY)])
    assert (both.left, evidence_of(here)["Audit"].dated) == (LEFT, DAY)


def test_that_a_newer_version_is_added_though_what_it_says_beside_is_in_conflict(here):
    survey = evidence_of(here)["Audit"].id
    done = here.run(add_revision, survey, [LINK], "", [EvidenceEdit(EvidenceField.SHOWS, "Both")])
    assert done.left == LEFT
    assert len(evidence_of(here)["Audit"].revisions) == 2


def test_that_addresses_and_days_of_links_in_conflict_are_refused(here):
    audit = evidence_of(here)["Audit"]
    file = audit.revisions[-1].attachments[0]
    assert refused(here, set_link_validity, audit.links[0].id, None) == (audit.links[0].id, "valid_until")
    assert refused(here, point_link, file.id, "https://example.org/else") == (file.id, "url")
    here.run(copy_of_link, file.id, Stored("ab" * 32, 5))  # of another field


def test_that_actions_in_conflict_are_refused_alone_and_left_among_others(here):
    ids = {row.title: row.id for row in here.read(read_actions)}
    owner = [ActionEdit(ActionField.OWNER, "Director")]
    assert refused(here, edit_actions, [ids["Train"]], owner) == (ids["Train"], "owner")
    done = here.run(edit_actions, list(ids.values()), owner)
    assert (done.label, done.left) == ("Set owner of action “Write” to Director", LEFT)
    due = ActionEdit(ActionField.DUE, DAY)
    revised = here.run(revise_action, ids["Train"], [*owner, due], {"item_id": id_of(here, "A01")})
    assert revised.left == LEFT
    now = {row.title: row for row in here.read(read_actions)}
    assert (now["Train"].due, now["Train"].item_id) == (DAY, id_of(here, "A01"))
    assert now["Train"].owner != "Director"


def test_that_where_an_action_belongs_is_chosen_as_one(team):
    first, second = team.laptops
    ids = {row.title: row.id for row in first.read(read_actions)}
    for laptop, reference in ((first, "A02"), (second, "B01")):
        laptop.run(place_actions, [ids["Write"]], "", "", id_of(laptop, reference))
    team.everybody_syncs()
    assert refused(first, place_actions, [ids["Write"]])[0] == ids["Write"]
    assert first.run(place_actions, list(ids.values())).left == ("1 action in conflict: choose under Share",)
    nowhere = sets("action", ids["Write"], inspection_id="", area_id="", item_id="")
    first.run(lambda _session: Step("Choose", nowhere, settles=True))  # as before: the others find what they expect


def test_that_findings_and_areas_in_conflict_are_refused(here):
    ids = {row.title: row.id for row in here.read(read_findings)}
    owner = [FindingEdit(FindingField.OWNER, "Director")]
    assert refused(here, edit_findings, [ids["Late"]], owner) == (ids["Late"], "owner")
    assert here.run(edit_findings, list(ids.values()), owner).left == LEFT
    assert here.run(edit_area, board_of(here).areas[1].id, "D", "Both").left == LEFT
    assert board_of(here).areas[1].code == "D"


@pytest.mark.parametrize("verb", list(ReviewVerb))
def test_that_a_claim_whose_status_is_in_conflict_is_not_moved(here, verb):
    id_ = id_of(here, "A01")
    assert refused(here, VERBS[verb], [id_], moment(here), "Because") == (id_, "status")


def test_that_review_leaves_items_in_conflict_and_does_the_others(here):
    ids = [id_of(here, each) for each in ("A01", "B01")]
    done = here.run(VERBS[ReviewVerb.CHECK], ids, moment(here), "")
    assert (done.label, done.left) == ("Check B01", ITEM_LEFT)


def test_that_nobody_signs_a_text_that_is_in_conflict(here):
    here.run(set_four_eyes, False)
    id_, other = id_of(here, "A02"), id_of(here, "A03")
    here.run(VERBS[ReviewVerb.CHECK], [id_, other], moment(here), "")  # says nothing of the text
    assert refused(here, VERBS[ReviewVerb.SIGN_OFF], [id_], moment(here), "") == (id_, "position")
    signed = [ItemEdit(ItemField.STATUS, ItemStatus.SIGNED_OFF)]
    assert refused(here, edit_items, [id_], signed) == (id_, "position")
    assert here.run(edit_items, [id_, other], signed).left == LEFT


def test_that_an_item_of_two_areas_is_not_moved(here):
    ids, area = [id_of(here, each) for each in ("A03", "A02")], board_of(here).areas[0].id
    assert refused(here, move_items, ids[:1], area) == (ids[0], "area_id")
    assert here.run(move_items, ids, area).left == ITEM_LEFT


def test_that_the_order_is_nobodys_conflict(team):
    for laptop, before in zip(team.laptops, ("A01", None), strict=True):
        area = board_of(laptop).areas[0].id
        laptop.run(move_items, [id_of(laptop, "A02")], area, id_of(laptop, before) if before else None)
    team.everybody_syncs()
    first = team.laptops[0]
    assert first.run(move_items, [id_of(first, "A02")], board_of(first).areas[0].id).left == ()
