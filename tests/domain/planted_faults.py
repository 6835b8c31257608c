"""Planted faults: for every rule a way to break a sound dossier, where that is found, and what is said of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from checked_dossiers import AREAS, AT, BASIC, SIGNER, Desk, Shape, action, add_item, finding, piece

from readiness.domain.checks.results import Place
from readiness.domain.evidence import AttachmentRow, RevisionRow
from readiness.domain.vocabulary import (
    ActionStatus,
    Audience,
    EvidenceSource,
    FindingStatus,
    ImpactLevel,
    ItemStatus,
    Strength,
)

Plant = Callable[[Desk], set[Place]]
CHECKED, SIGNED, DRAFTED, IDLE, LEFT_OUT = "x00", "x01", "x02", "x03", "x04"
VOICE, AUDIT = f"{CHECKED}-voice", f"{CHECKED}-audit"
SATURDAY = date(2021, 3, 13)


def on(kind: str, *ids: str, field: str = "") -> set[Place]:
    return {Place(kind, id_, field) for id_ in ids}


def changed(kind: str, id_: str, field: str, **values: Any) -> Plant:
    """Plant by giving fields of one record other values; it is found at one of its fields."""

    def plant(desk: Desk) -> set[Place]:
        desk.change(kind, id_, **values)
        return on(kind, id_, field=field)

    return plant


def of_proof(**values: Any) -> Plant:
    """Plant by giving all the evidence of the checked item other values."""

    def plant(desk: Desk) -> set[Place]:
        for id_ in desk.proof_of(CHECKED):
            desk.change("evidence", id_, **values)
        return on("item", CHECKED, field="evidence")

    return plant


def proof_until(until: date) -> Plant:
    def plant(desk: Desk) -> set[Place]:
        for id_ in desk.proof_of(CHECKED):
            desk.links_until(id_, until)
        return on("item", CHECKED, field="evidence")

    return plant


def attached(row: AttachmentRow | None, field: str = "revisions") -> Plant:
    def plant(desk: Desk) -> set[Place]:
        rows = (RevisionRow("v", 2, "", AT, SIGNER, (row,)),) if row else ()
        desk.change("evidence", AUDIT, revisions=rows)
        return on("evidence", AUDIT, field=field)

    return plant


def of_store(name: str) -> Plant:
    def plant(desk: Desk) -> set[Place]:
        desk.rest[name] = frozenset({desk.evidence[AUDIT].revisions[0].attachments[0].sha256})
        return on("evidence", AUDIT, field="revisions")

    return plant


def acted(**values: Any) -> Callable[[str], Plant]:
    """Plant an action with faults, found at a field."""

    def at(field: str) -> Plant:
        def plant(desk: Desk) -> set[Place]:
            desk.actions["bad"] = action("bad", **values)
            return on("action", "bad", field=field)

        return plant

    return at


def found(field: str, **values: Any) -> Plant:
    """Plant an earlier finding with faults."""

    def plant(desk: Desk) -> set[Place]:
        desk.findings["bad"] = finding("bad", **values)
        return on("finding", "bad", field=field)

    return plant


def after(*plants: Plant) -> Plant:
    """Plant one after the other; what the last one says is found."""

    def plant(desk: Desk) -> set[Place]:
        places: set[Place] = set()
        for each in plants:
            places = each(desk)
        return places

    return plant


def copied(desk: Desk) -> set[Place]:
    for id_ in (CHECKED, DRAFTED):
        desk.change("texts", id_, position="The board  looks at it every month.")
    return on("item", CHECKED, DRAFTED, field="position")


def kept_twice(desk: Desk) -> set[Place]:
    desk.change("evidence", VOICE, revisions=desk.evidence[AUDIT].revisions)
    return on("evidence", VOICE, AUDIT, field="title")


def alike(desk: Desk) -> set[Place]:
    desk.change("evidence", VOICE, title="SEND strategy (2)")
    desk.change("evidence", AUDIT, title="SEND Strategy, final v3")
    return on("evidence", VOICE, AUDIT, field="title")


def unowned_area(desk: Desk) -> set[Place]:
    area = AREAS[3]
    for number in range(2):
        add_item(desk, f"z{number}", f"Z{number}", Shape(ItemStatus.DRAFTED, area=3))
    for row in list(desk.items.values()):
        if row.area_id == area.id:
            desk.change("item", row.id, owner="")
    return on("area", area.id, field="owner")


def owner_gone(desk: Desk) -> set[Place]:
    for number in range(8):
        add_item(desk, f"z{number}", f"Z{number}", BASIC[2])
    return changed("item", DRAFTED, "owner", owner="Head of Sned")(desk)


def one_reference(desk: Desk) -> set[Place]:
    desk.change("item", DRAFTED, reference=desk.items[CHECKED].reference.lower())
    return on("item", CHECKED, DRAFTED, field="reference")


def gap_done(desk: Desk) -> set[Place]:
    desk.change("texts", DRAFTED, gap="Figures by locality are missing.")
    desk.actions["done"] = action(
        "done", item_id=DRAFTED, status=ActionStatus.DONE, practice="p", impact="i", impact_level=ImpactLevel.EARLY
    )
    return on("item", DRAFTED, field="gap")


def behind(desk: Desk) -> set[Place]:
    desk.change("action", "af0", status=ActionStatus.DONE, practice="p", impact="i", impact_level=ImpactLevel.EARLY)
    return on("finding", "f0", field="status")


def signed_since(desk: Desk) -> set[Place]:
    desk.change("item", SIGNED, lapsed=True)
    desk.change("texts", SIGNED, position="Something else", gap="A gap")
    return on("item", SIGNED, field="status")


def undated_piece(desk: Desk) -> set[Place]:
    desk.change("item", CHECKED, currency_months=12)
    return changed("evidence", AUDIT, "dated", dated=None)(desk)


def stray(desk: Desk) -> set[Place]:
    desk.evidence["stray"] = piece("stray", "", "S01")
    return on("evidence", "stray", field="links")


def short_lived(desk: Desk) -> set[Place]:
    desk.links_until(AUDIT, date(2021, 3, 15))
    return on("evidence", AUDIT, field="valid_until")


def long_past(desk: Desk) -> set[Place]:
    desk.links_until(AUDIT, date(2021, 2, 15))
    return on("evidence", AUDIT, field="valid_until")


WEB = AttachmentRow("w", "Dashboard", "", 0, "https://data.example/dashboard")
SHARE = AttachmentRow("w", "Share", "", 0, r"\\server\send\audit.xlsx")
DONE = {"status": ActionStatus.DONE, "practice": "p", "impact": "i", "impact_level": ImpactLevel.EARLY}
MET = {"status": FindingStatus.PROVEN, "proof": "Audit of 40 plans", "tested_on": date(2021, 2, 1)}

FAULTS: dict[str, tuple[Plant, str]] = {
    "claim-unproven": (
        proof_until(date(2021, 2, 1)), "Checked, but the last of its evidence was good until 1 Feb 2021.",
    ),
    "sign-off-lapsed": (signed_since, "Signed off on 15 Feb 2021; position and gap changed since."),
    "sign-off-unrecorded": (
        changed("item", SIGNED, "status", signed=False), "Nobody is recorded as having signed it off.",
    ),
    "same-person": (
        changed("item", SIGNED, "status", claimed_by=f" {SIGNER.upper()}"),
        "Quality assurance lead both claimed it and checked it.",
    ),
    "policy-alone": (
        of_proof(source=EvidenceSource.POLICY), "All that proves it is policy: what should happen, not what does.",
    ),
    "weak-proof": (
        of_proof(strength=Strength.SAYS), "All its current evidence has strength 1: it says so, and shows nothing.",
    ),
    "lapses-by-visit": (
        proof_until(date(2021, 3, 15)),
        "All its evidence lapses after 15 Mar 2021; the call is expected from 22 Mar 2021.",
    ),
    "nothing-to-show": (
        of_proof(audience=Audience.PARTNERS), "None of its current evidence may be shown to inspectors.",
    ),
    "sustained-unheard": (
        after(
            changed("evidence", VOICE, "", source=EvidenceSource.PARTNER),
            changed("texts", CHECKED, "", impact="It lasts"),
            changed("item", CHECKED, "impact_level", impact_level=ImpactLevel.SUSTAINED),
        ),
        "Impact is called Sustained, but no current voice or data shows it.",
    ),
    "one-source": (
        of_proof(source=EvidenceSource.AUDIT), "All its current evidence comes from one source: audit.",
    ),
    "confirmed-alone": (
        of_proof(source=EvidenceSource.AUDIT, strength=Strength.CONFIRMED),
        "Its evidence is said to be confirmed, but it comes from one source.",
    ),
    "position-empty": (changed("texts", CHECKED, "", position=" \n"), "Checked, but the position is empty."),
    "position-copied": (copied, "The same position stands on A02."),
    "impact-unwritten": (
        after(
            changed("texts", DRAFTED, "", impact=""),
            changed("item", DRAFTED, "impact", impact_level=ImpactLevel.CLEAR),
        ),
        "Impact is called Clear, but nobody wrote what changed for children.",
    ),
    "impact-ungraded": (
        after(
            changed("texts", DRAFTED, "", impact="Fewer plans return."),
            changed("item", DRAFTED, "impact_level", impact_level=ImpactLevel.NONE_YET),
        ),
        "Impact is described, but its level is None yet.",
    ),
    "not-applicable-unexplained": (
        changed("texts", LEFT_OUT, "", position="", gap=""), "Not applicable, but neither position nor gap says why.",
    ),
    "gap-without-action": (
        changed("texts", DRAFTED, "", gap="No moderation."), "A gap is written, and no action closes it.",
    ),
    "gap-outlives-actions": (gap_done, "A gap is written, and every action of the item is done."),
    "signed-gap": (changed("texts", SIGNED, "", gap="Health lags behind."), "Signed off while a gap is written."),
    "work-unmarked": (
        changed("texts", IDLE, "", position="The forum meets each month."),
        "It has a position, but its status is Not started.",
    ),
    "confirm-again": (
        changed("item", DRAFTED, "title", confirm=True),
        "A new edition changed its words; somebody has to confirm that the work still answers them.",
    ),
    "file-missing": (
        of_store("missing"),
        "“A00 Audit.xlsx” is not on this laptop; share files with the one that has it, or attach it again.",
    ),
    "file-altered": (
        of_store("altered"), "“A00 Audit.xlsx” no longer holds what was attached; attach it again.",
    ),
    "evidence-empty": (attached(None), "It has neither a file nor a link."),
    "link-risky": (attached(SHARE), r"Its link “\\server\send\audit.xlsx” leads to a network share."),
    "link-offline": (
        attached(WEB),
        "“https://data.example/dashboard” has no stored copy, and cannot be opened without a network.",
    ),
    "kept-twice": (kept_twice, "The same stands under “Audit about A00”."),
    "titles-alike": (alike, "“SEND Strategy, final v3” is called alike; is one a revision of the other?"),
    "evidence-unused": (stray, "No item uses it."),
    "evidence-undescribed": (changed("evidence", AUDIT, "shows", shows=" "), "Nobody wrote what it shows."),
    "out-of-date": (long_past, "It was good until 15 Feb 2021, and is used for A00."),
    "short-lived": (short_lived, "It is good until 15 Mar 2021; the call is expected from 22 Mar 2021."),
    "evidence-undated": (
        undated_piece, "It has no date, so it never lapses; A00 asks for evidence of the last 12 months.",
    ),
    "ahead-of-time": (
        changed("evidence", AUDIT, "received", received=date(2021, 3, 2)),
        "It is received 2 Mar 2021, which has not come yet.",
    ),
    "never-valid": (
        changed("evidence", AUDIT, "valid_until", valid_until=date(2021, 1, 14)),
        "It is valid until 14 Jan 2021, before the day it is about, 15 Jan 2021.",
    ),
    "old-period": (
        changed("evidence", AUDIT, "covers_to", covers_from=date(2019, 1, 1), covers_to=date(2020, 2, 28)),
        "The period it covers ended on 28 Feb 2020, over a year ago.",
    ),
    "period-reversed": (
        changed("evidence", AUDIT, "covers_to", covers_from=date(2021, 1, 1), covers_to=date(2020, 12, 1)),
        "Its period begins on 1 Jan 2021 and ends before that, on 1 Dec 2020.",
    ),
    "audience-too-wide": (
        changed("evidence", AUDIT, "audience", title="Serious case review OFFICIAL-SENSITIVE"),
        "It may be seen by: inspectors; but it is marked “official-sensitive”.",
    ),
    "draft-going-out": (
        changed("evidence", AUDIT, "audience", title="Self-evaluation_draft"),
        "It is called a draft, and may be seen by: inspectors.",
    ),
    "policy-as-outcome": (
        changed("evidence", AUDIT, "strength", source=EvidenceSource.POLICY),
        "It is a policy, and its strength is 3: shows outcome.",
    ),
    "conflict-open": (
        changed("item", CHECKED, "", conflicts=2), "2 fields were changed in two places; choose what stands.",
    ),
    "reference-twice": (one_reference, "2 items have the reference A00."),
    "past-due": (
        changed("item", DRAFTED, "due", due=date(2021, 2, 26)), "It was due 26 Feb 2021 and is drafted.",
    ),
    "essential-idle": (
        changed("item", IDLE, "status", due=date(2021, 3, 15)),
        "Essential, wanted by 15 Mar 2021, and not started.",
    ),
    "days-disordered": (
        changed(
            "inspection", "i2", "on_site_from",
            notified_on=date(2021, 9, 13), on_site_from=date(2021, 9, 20), on_site_to=date(2021, 9, 17),
        ),
        "The last day on site on 17 Sep 2021 lies before the first day on site on 20 Sep 2021.",
    ),
    "undated": (
        changed("item", DRAFTED, "due_rule", due_rule="", due=None), "It has neither a due rule nor a date.",
    ),
    "rule-unread": (
        changed("item", DRAFTED, "due_rule", due_rule="full moon + 2", due=None),
        "Its due rule “full moon + 2” dates nothing in this version.",
    ),
    "due-after-visit": (
        changed("item", DRAFTED, "due", due=date(2021, 3, 23), due_override=date(2021, 3, 23)),
        "It is due 23 Mar 2021; the call is expected from 22 Mar 2021.",
    ),
    "due-on-day-off": (
        changed("item", DRAFTED, "due", due=SATURDAY, due_override=SATURDAY), "It is due 13 Mar 2021: weekend.",
    ),
    "inspection-undated": (
        changed("inspection", "i2", "ready_by", ready_by=None), "It has no ready-by date: nothing falls due.",
    ),
    "ready-on-day-off": (
        changed("inspection", "i2", "ready_by", ready_by=date(2021, 8, 30)), "Ready by 30 Aug 2021: bank holiday.",
    ),
    "area-unowned": (unowned_area, "Nobody owns any of its 2 items."),
    "owner-missing": (changed("item", DRAFTED, "owner", owner=" "), "Nobody owns it."),
    "owner-spelt-twice": (
        changed("item", CHECKED, "owner", owner="head of  SEND"),
        "“head of  SEND” is written “Head of SEND” elsewhere.",
    ),
    "owner-gone": (owner_gone, "“Head of Sned” is named nowhere else: a slip, or somebody who has left."),
    "service-missing": (changed("item", CHECKED, "service", service=""), "No service is named."),
    "finding-idle": (found("status"), "It is open, and no action answers it."),
    "finding-unproven": (
        found("proof", **(MET | {"proof": ""})), "It is called Impact proven, and nothing is named that proves it.",
    ),
    "finding-untested": (
        found("tested_on", **(MET | {"tested_on": None})),
        "It is called Impact proven, and no day is named on which that was tested.",
    ),
    "finding-unowned": (found("owner", owner="", status=FindingStatus.ACTED_ON), "Nobody owns it."),
    "finding-behind": (behind, "It is open, and all its actions are done."),
    "action-overdue": (acted(due=date(2021, 2, 26))("due"), "It was due 26 Feb 2021 and is planned."),
    "action-undated": (acted(due=None)("due"), "It has no date."),
    "action-on-day-off": (acted(due=SATURDAY)("due"), "It is due 13 Mar 2021: weekend."),
    "action-unowned": (acted(owner="")("owner"), "Nobody owns it."),
    "action-without-impact": (
        acted(**(DONE | {"impact": ""}))("impact"), "It is done; what is different for children is empty.",
    ),
    "action-without-practice": (
        acted(**(DONE | {"practice": ""}))("practice"), "It is done; what changed in practice is empty.",
    ),
}  # fmt: skip
"""Code of a rule -> how to plant its fault, and what is said at the first place it is found."""

AT_TEXTS = {
    "position-empty": "position", "not-applicable-unexplained": "position", "gap-without-action": "gap",
    "signed-gap": "gap", "work-unmarked": "status",
}  # fmt: skip


def planted(code: str, desk: Desk) -> set[Place]:
    """Plant the fault of a rule and return exactly where it is to be found."""
    places = FAULTS[code][0](desk)
    return {Place("item", place.id, AT_TEXTS[code]) if place.kind == "texts" else place for place in places}
