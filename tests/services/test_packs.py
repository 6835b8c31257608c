"""Packs remembered: what went out stays known, whatever is undone afterwards."""

from dataclasses import replace

from council import DAY, board_of
from pack_dossiers import AT, attachment, evidence, stored

from readiness.domain.manifest import sent_files
from readiness.domain.packing import PackChoice, plan_pack
from readiness.domain.vocabulary import Audience
from readiness.services.pack_making import PackReport, write_pack
from readiness.services.packs import read_for_pack, read_packs, record_pack
from readiness.services.undo import undo
from readiness.storage.workspace import Workspace


def packed(workspace: Workspace, name: str = "pack.zip", audience: Audience = Audience.INSPECTORS) -> PackReport:
    """Make a pack of a workspace, with one file for its first item."""
    dossier, _, who = workspace.read(read_for_pack, DAY)
    first = dossier.board.items[0]
    row = evidence("e1", "Übersicht", [first.id], [attachment("Pläne e\u0301.pdf", "plans")])
    plan = plan_pack(replace(dossier, evidence=(row,)), PackChoice(audience))
    return write_pack(plan, stored(workspace.folder, ["plans"]), workspace.folder / name, who, AT)


def test_that_a_pack_is_remembered_with_exactly_what_went_out(workspace):
    report = packed(workspace)
    changes = workspace.run(record_pack, report)
    assert changes.label == "Make an evidence pack for inspectors: Re-visit"
    (kept,) = workspace.read(read_packs)
    assert kept.manifest == report.manifest
    assert (kept.audience, kept.made_at, kept.made_by) == (Audience.INSPECTORS, AT, "Head of SEND")
    assert (kept.title, kept.inspection_id) == ("Re-visit", board_of(workspace).inspections[0].id)
    assert [file.name for file in sent_files(kept.manifest)] == ["Pläne é.pdf"]


def test_that_undoing_the_step_forgets_no_pack(workspace):
    workspace.run(record_pack, packed(workspace))
    workspace.run(undo)
    assert len(workspace.read(read_packs)) == 1


def test_that_packs_come_newest_first(workspace):
    first = packed(workspace)
    second = packed(workspace, "second.zip", Audience.INTERNAL)
    for report, hour in ((first, 9), (second, 11)):
        workspace.run(record_pack, replace(report, making=replace(report.making, at=AT.replace(hour=hour))))
    assert [row.audience for row in workspace.read(read_packs)] == [Audience.INTERNAL, Audience.INSPECTORS]
