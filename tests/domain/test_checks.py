"""Quality rules: each finds its fault exactly where it was planted, nothing where all is sound; mending cures."""

from dataclasses import replace
from datetime import date, timedelta
from enum import Enum

import pytest
from checked_dossiers import CALENDAR, TODAY, Desk, Shape, action, add_item, laid_out, shapes
from hypothesis import given, settings
from hypothesis import strategies as st
from planted_faults import AUDIT, CHECKED, DRAFTED, FAULTS, IDLE, SIGNED, VOICE, planted

from readiness.domain.assertions import Doubt, assertion_gap, hands_of
from readiness.domain.calendar import WorkingDays
from readiness.domain.checks.files import plain_title, risk_of
from readiness.domain.checks.results import CheckResult, FieldFix
from readiness.domain.checks.run import RULES, RULES_BY_CODE, run_checks
from readiness.domain.evidence import Dossier
from readiness.domain.steps import stored
from readiness.domain.vocabulary import (
    ActionStatus,
    Audience,
    ItemStatus,
    Kind,
    Severity,
)

CODES = [rule.code for rule in RULES]
MENDABLE = [rule.code for rule in RULES if rule.cure]
more = st.lists(shapes, max_size=6)


def of(code: str, dossier: Dossier) -> tuple[CheckResult, ...]:
    return run_checks(dossier, [RULES_BY_CODE[code]])


def mended(desk: Desk, fixes: list[FieldFix]) -> None:
    """Do to a desk what the services would write, and hold what the rule saw against what stands there."""
    for kind, id_, field, value, seen in fixes:
        name = {"due": "due_override"}.get(field, field) if kind == "item" else field
        rows = {"item": desk.items, "evidence": desk.evidence, "action": desk.actions, "finding": desk.findings,
                "inspection": desk.inspections}[kind]  # fmt: skip
        now = getattr(rows[id_], name)
        assert stored(now) == seen
        new = next((word for word in type(now) if word.value == value), value) if isinstance(now, Enum) else value
        desk.change(kind, id_, **{name: date.fromisoformat(str(new)) if isinstance(now, date) else new})


def test_that_there_are_rules_enough_each_with_a_code_of_its_own_and_reasons():
    assert len(CODES) >= 30
    assert len(set(CODES)) == len(CODES)
    assert set(FAULTS) == set(CODES)
    for rule in RULES:
        assert rule.why.endswith(".")
        assert not rule.title.endswith(".")
        assert rule.cure == "" or rule.cure.endswith(".")


@given(more)
def test_that_a_sound_dossier_gives_nothing(extra):
    assert run_checks(laid_out(extra).made()) == ()


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=5)
@given(extra=more)
def test_that_a_fault_is_found_exactly_where_it_was_planted(code, extra):
    desk = laid_out(extra)
    places = planted(code, desk)
    assert {result.place for result in of(code, desk.made())} == places


@pytest.mark.parametrize("code", CODES)
def test_that_a_fault_is_told_in_one_plain_sentence(code):
    desk = laid_out()
    planted(code, desk)
    found = of(code, desk.made())
    assert found[0].sentence == FAULTS[code][1]
    assert found[0].severity is RULES_BY_CODE[code].severity


@pytest.mark.parametrize("code", MENDABLE)
@settings(max_examples=5)
@given(extra=more)
def test_that_mending_cures(code, extra):
    desk = laid_out(extra)
    planted(code, desk)
    found = of(code, desk.made())
    fixes = [each for result in found for each in result.fix]
    assert fixes
    mended(desk, fixes)
    assert of(code, desk.made()) == ()


@pytest.mark.parametrize("code", sorted(set(CODES) - set(MENDABLE)))
def test_that_what_people_must_decide_brings_no_fix(code):
    desk = laid_out()
    planted(code, desk)
    assert not any(result.fix for result in of(code, desk.made()))


@given(st.sets(st.sampled_from(sorted(set(CODES) - {"file-altered", "file-missing"})), min_size=2, max_size=5))
def test_that_results_stand_by_severity_then_inspection_area_and_item(codes):
    desk = laid_out()
    for code in sorted(codes):
        planted(code, desk)
    dossier = desk.made()
    found = run_checks(dossier)
    gravity = [list(Severity).index(result.severity) for result in found]
    assert gravity == sorted(gravity)
    order = {item.id: number for number, item in enumerate(dossier.board.items)}
    for severity in Severity:
        seen = [
            order[result.place.id] for result in found if result.place.kind == "item" and result.severity is severity
        ]
        assert seen == sorted(seen)


def test_that_a_claim_without_any_evidence_says_so():
    desk = laid_out()
    for id_ in desk.proof_of(CHECKED):
        desk.change("evidence", id_, links=())
    (found,) = of("claim-unproven", desk.made())
    assert found.sentence == "Checked, but it has no evidence."


def test_that_an_interview_needs_no_evidence():
    desk = laid_out([Shape(ItemStatus.CHECKED, Kind.INTERVIEW)])
    for id_ in desk.proof_of("x05"):
        desk.change("evidence", id_, links=(), audience=Audience.INTERNAL)
    assert not [result for result in run_checks(desk.made()) if result.place.id == "x05"]


def test_that_a_council_may_decide_that_one_pair_of_eyes_is_enough():
    desk = laid_out()
    planted("same-person", desk)
    desk.rest["four_eyes"] = False
    assert of("same-person", desk.made()) == ()


def test_that_a_lapsed_sign_off_says_when_evidence_is_what_changed():
    desk = laid_out()
    desk.change("item", SIGNED, lapsed=True)
    desk.change("evidence", f"{SIGNED}-audit", revisions=())
    (found,) = of("sign-off-lapsed", desk.made())
    assert found.sentence == "Signed off on 15 Feb 2021; evidence changed since."
    desk.reviews = {}
    (found,) = of("sign-off-lapsed", desk.made())
    assert found.sentence == "Signed off, but it changed since."


def test_that_an_action_for_the_whole_area_closes_the_gaps_in_it_unless_it_was_stopped():
    desk = laid_out()
    planted("gap-without-action", desk)
    desk.actions["area"] = action("area", area_id=desk.items[DRAFTED].area_id)
    assert of("gap-without-action", desk.made()) == ()
    desk.change("action", "area", status=ActionStatus.STOPPED)
    assert of("gap-without-action", desk.made())


def test_that_a_day_off_ahead_moves_back_and_one_behind_moves_forward():
    desk = laid_out()
    today = TODAY + timedelta(days=5)  # a Saturday
    for day, working in ((TODAY + timedelta(days=12), "2021-03-12"), (today, "2021-03-08")):
        desk.change("item", DRAFTED, due=day, due_override=day)
        board = replace(desk.made().board, day=today)
        (found,) = of("due-on-day-off", replace(desk.made(), board=board))
        assert found.fix[0].value == working
        assert CALENDAR.is_working(date.fromisoformat(working))


def test_that_a_council_closure_is_a_day_off():
    desk = laid_out()
    desk.change("item", DRAFTED, due=date(2021, 3, 10), due_override=date(2021, 3, 10))
    dossier = desk.made()
    closed = replace(dossier.board, calendar=WorkingDays(frozenset({date(2021, 3, 10)})))
    (found,) = of("due-on-day-off", replace(dossier, board=closed))
    assert found.sentence == "It is due 10 Mar 2021: council closed."


def test_that_what_follows_the_report_may_be_due_after_inspectors_left():
    desk = laid_out()
    desk.change("inspection", "i1", notified_on=TODAY, on_site_from=date(2021, 3, 8), on_site_to=date(2021, 3, 19))
    late = {"due": date(2021, 3, 22), "due_override": date(2021, 3, 22)}
    desk.change("item", DRAFTED, **late)
    (found,) = of("due-after-visit", desk.made())
    assert found.sentence == "It is due 22 Mar 2021; inspectors leave on 19 Mar 2021."
    desk.change("item", DRAFTED, due_rule="publication + 5")
    assert of("due-after-visit", desk.made()) == ()


def test_that_a_service_is_only_guessed_where_the_owner_has_one():
    desk = laid_out()
    planted("service-missing", desk)
    (found,) = of("service-missing", desk.made())
    assert [fix.value for fix in found.fix] == ["SEND"]
    add_item(desk, "z", "Z", Shape(ItemStatus.DRAFTED))
    desk.change("item", "z", service="Education")
    (found,) = of("service-missing", desk.made())
    assert found.fix == ()


def test_that_an_area_without_owners_is_told_once_and_not_for_every_item():
    desk = laid_out()
    planted("area-unowned", desk)
    assert of("owner-missing", desk.made()) == ()


def test_that_an_owner_is_not_gone_who_works_here_or_reviewed_something():
    desk = laid_out()
    planted("owner-gone", desk)
    desk.rest["people"] = frozenset({"HEAD of sned"})
    assert of("owner-gone", desk.made()) == ()


def test_that_in_a_small_workspace_nobody_is_held_to_be_gone():
    desk = laid_out()
    desk.change("item", DRAFTED, owner="Head of Sned")
    assert of("owner-gone", desk.made()) == ()


def test_that_an_essential_item_is_wanted_by_the_call_whatever_its_own_day():
    desk = laid_out()
    desk.change("item", IDLE, due=None)
    desk.change("inspection", "i2", expected_from=date(2021, 3, 9))
    (found,) = of("essential-idle", desk.made())
    assert found.sentence == "Essential, wanted by 9 Mar 2021, and not started."


@pytest.mark.parametrize(
    ("url", "risk"),
    [
        ("https://www.example.gov.uk/a:b", ""),
        (" HTTP://intranet/page", ""),
        ("SharePoint, folder SEND", ""),
        ("file:///c:/audit.xlsx", "a file of one computer or network"),
        ("JavaScript:alert(1)", "a script"),
        (r"\\server\share", "a network share"),
        ("//server/share", "a network share"),
        (r"H:\SEND\audit.xlsx", "a folder of one computer"),
        ("onenote:https://x", "something that onenote opens"),
    ],
)
def test_that_risky_addresses_are_told_from_those_of_the_web(url, risk):
    assert risk_of(url) == risk


def test_that_a_risky_link_is_not_also_told_as_one_without_a_copy():
    desk = laid_out()
    planted("link-risky", desk)
    assert of("link-offline", desk.made()) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("SEND strategy v2", "SEND Strategy (final)", True),
        ("Board minutes 12 Mar 2021", "Board minutes 14 Mar 2021", False),
        ("Audit of list 1", "Audit of list 2", False),
        ("Short breaks statement, draft 3", "short-breaks statement", True),
    ],
)
def test_that_titles_are_alike_where_only_the_version_differs(one, other, alike):
    assert (plain_title(one) == plain_title(other)) is alike


@pytest.mark.parametrize(
    "title", ["Confidentiality policy", "Internal audit of payments", "Restrictive practice audit", "Drafting guide"]
)
def test_that_ordinary_titles_are_not_held_to_be_marked(title):
    desk = laid_out()
    desk.change("evidence", AUDIT, title=title)
    assert not [result for result in run_checks(desk.made()) if result.place.field == "audience"]


def test_that_internal_evidence_may_be_marked_as_it_likes():
    desk = laid_out()
    desk.change("evidence", AUDIT, title="Confidential draft", audience=Audience.INTERNAL)
    assert not [result for result in run_checks(desk.made()) if result.place.field == "audience"]


def test_that_evidence_of_both_inspections_concerns_both():
    desk = laid_out()
    links = (*desk.evidence[AUDIT].links, *desk.evidence[f"{SIGNED}-audit"].links)
    desk.change("evidence", AUDIT, links=links, shows="")
    (found,) = of("evidence-undescribed", desk.made())
    assert found.about.inspections == ("i1", "i2")
    assert found.about.items == (CHECKED, SIGNED)
    assert found.is_of("i1")
    assert found.is_of("i2")
    assert not found.is_of("i3")


def test_that_what_belongs_to_no_inspection_concerns_all():
    desk = laid_out()
    planted("evidence-unused", desk)
    (found,) = of("evidence-unused", desk.made())
    assert found.is_of("i1")
    assert found.about.order == len(desk.items)


def test_that_conflicts_are_found_wherever_they_are():
    desk = laid_out()
    for kind, id_ in (("item", CHECKED), ("evidence", VOICE), ("action", "af0"), ("finding", "f0")):
        desk.change(kind, id_, conflicts=1)
    found = of("conflict-open", desk.made())
    assert {(result.place.kind, result.place.id) for result in found} == {
        ("item", CHECKED), ("evidence", VOICE), ("action", "af0"), ("finding", "f0"),
    }  # fmt: skip
    assert {result.sentence for result in found} == {"1 field was changed in two places; choose what stands."}


def test_that_dates_no_calendar_reaches_break_nothing():
    desk = laid_out()
    for day in (date.min, date.max):
        desk.change("item", DRAFTED, due=day, due_override=day)
        desk.change("action", "af0", due=day)
        desk.change("inspection", "i2", ready_by=day)
        desk.change("evidence", AUDIT, covers_to=day, dated=day)
        desk.links_until(AUDIT, day)
        run_checks(desk.made())


@given(more)
def test_that_the_checks_and_the_gap_tell_the_same_of_claims(extra):
    desk = laid_out(extra)
    for code in ("claim-unproven", "sign-off-lapsed", "same-person"):
        planted(code, desk)
    dossier = desk.made()
    hands = {id_: hands_of(rows) for id_, rows in dossier.reviews.items()}
    gap = assertion_gap(dossier.board.items, TODAY, hands)
    for code, doubt in (
        ("claim-unproven", Doubt.NO_EVIDENCE), ("sign-off-lapsed", Doubt.LAPSED), ("same-person", Doubt.SAME_PERSON),
        ("policy-alone", Doubt.ONLY_POLICY),
    ):  # fmt: skip
        assert {result.place.id for result in of(code, dossier)} == {item.id for item in gap.by_doubt[doubt]}
