"""Parts: the tables of a framework file, each with what it may hold: scales, areas, items, visits, lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from readiness.domain.due import COUNTED_FROM_CALL, Anchor
from readiness.domain.editing import LINE_LIMIT, LONGEST_MONTHS, TEXT_LIMIT
from readiness.domain.plain_words import listed, shown, type_in_words
from readiness.domain.schemes import Event, Expected, Judgement, ListSpec, TimetableEntry, VisitType
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import Kind, Priority
from readiness.frameworks.places import Faults, Place
from readiness.frameworks.values import (
    Table,
    check_id,
    check_known,
    check_unique,
    day_of,
    due_rule_of,
    flag_of,
    list_of_texts,
    note_missing,
    number_of,
    tables_of,
    text_of,
    texts_of,
    word_of,
)

# The keys that hold text, each with the most characters it may have.
HEAD = {"id": 60, "edition": 60, "title": 300, "short_title": 40, "summary": 300, "family": 60}
AREA = {"code": 20, "title": 300}
ITEM = {
    "reference": LINE_LIMIT,
    "title": LINE_LIMIT,
    "good": TEXT_LIMIT,
    "kind": 30,
    "service": LINE_LIMIT,
    "due": 60,
    "priority": 30,
    "basis": 100,
    "owner": LINE_LIMIT,
}
_MAY_BE_LEFT_OUT = ("good", "service", "basis", "owner")
LONGEST_GRADE = 60
LONGEST_ID = 60
LONGEST_COLUMN = 300
MOST_DAYS_ON_SITE, MOST_DAYS_AFTER, MOST_LISTS = 60, 400, 99
LISTED = ("areas", "judgements", "visits", "timetable", "expected", "lists")
OTHERS = ("format", "base", "abstract", "since", "drop", "services", "scales", *LISTED)
_CALL = tuple(anchor for anchor in Anchor if anchor in COUNTED_FROM_CALL)
EVENTS = {event.name.lower().replace("_", " "): event for event in Event}
"""Events as a file writes them: "draft report"."""


@dataclass(slots=True)
class _Reading:
    """What later tables of a file refer to."""

    faults: Faults
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)  # by how they are compared; none: any may be named
    references: dict[str, Place] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)  # by how codes are compared
    visits: dict[str, str] = field(default_factory=dict)


def framework_of(document: Table, faults: Faults) -> FrameworkDraft:
    """Return what a file says, with its faults noted; where there are any, the draft is good for nothing."""
    texts = texts_of(document, HEAD, (), faults, others=OTHERS, optional=("family",))
    for key in ("id", "family"):
        check_id(texts[key], f"{'an' if key == 'id' else 'a'} {key}", (key,), faults)
    services = list_of_texts(document, "services", ITEM["service"], (), faults)
    known = {service.casefold(): service for service in services}
    reading = _Reading(faults, _scales(document.get("scales", {}), faults), known)
    areas = _areas(document, reading)
    visits = _visits(document, reading)
    return FrameworkDraft(
        **texts,
        scales=reading.scales,
        areas=areas,
        since=day_of(document, "since", (), faults),
        judgements=_judgements(document, reading),
        visits=visits,
        timetable=_timetable(document, reading),
        expected=_expected(document, faults),
        lists=_lists(document, faults),
        services=services,
    )


def _scales(value: object, faults: Faults) -> dict[str, tuple[str, ...]]:
    """Return the scales by name; one with faults keeps its name, so that areas which use it are not blamed too."""
    if not isinstance(value, dict):
        faults.add(
            ("scales",), f"“scales” must be a table, not {type_in_words(value)}. Write [scales] above its names."
        )
        return {}
    for name in value:
        if text_of(name, "The name of a scale", LONGEST_GRADE, ("scales", name), faults) not in ("", name):
            faults.add(("scales", name), f"The name of the scale “{shown(name)}” has spaces around it. Take them out.")
    return {name: _grades(grades, ("scales", name), faults) for name, grades in value.items()}


def _grades(value: object, place: Place, faults: Faults) -> tuple[str, ...]:
    name = shown(str(place[-1]))
    if not isinstance(value, list) or not value:
        faults.add(place, f'The scale “{name}” must list its grades, best first. Write {name} = ["…", "…"].')
        return ()
    grades = [
        text_of(grade, f"grade {n} of “{name}”", LONGEST_GRADE, place, faults) for n, grade in enumerate(value, 1)
    ]
    known: set[str] = set()
    for grade in filter(None, grades):
        if grade.casefold() in known:
            faults.add(place, f"The scale “{name}” lists “{shown(grade)}” twice. Remove one.")
        known.add(grade.casefold())
    return tuple(grades)


def _scale(table: Table, place: Place, reading: _Reading) -> tuple[str, ...]:
    if "scale" not in table:
        return ()
    place = (*place, "scale")
    name = text_of(table["scale"], "“scale”", LONGEST_GRADE, place, reading.faults)
    if name and name not in reading.scales:
        known = f"write {listed(reading.scales)}" if reading.scales else "add it under [scales]"
        reading.faults.add_if_whole(place, f"There is no scale “{shown(name)}”. Remove the line, or {known}.")
    return reading.scales.get(name, ())


def _areas(document: Table, reading: _Reading) -> tuple[AreaDraft, ...]:
    faults = reading.faults
    tables = tables_of(document.get("areas", []), ("areas",), faults)
    if not tables and document.get("areas", []) == []:
        faults.add_if_whole((), "There is no area. Add at least one [[areas]] with its code and title.")
    codes: dict[str, Place] = {}
    areas = []
    for place, table in tables:
        texts = texts_of(table, AREA, place, faults, others=("scale", "items"))
        check_unique("area code", texts["code"], (*place, "code"), codes, faults)
        if texts["code"]:
            reading.areas.setdefault(texts["code"].casefold(), texts["code"])
        items = tables_of(table.get("items", []), (*place, "items"), faults)
        drafts = tuple(_item(item, item_place, reading) for item_place, item in items)
        areas.append(AreaDraft(**texts, scale=_scale(table, place, reading), items=drafts))
    return tuple(areas)


def _item(table: Table, place: Place, reading: _Reading) -> ItemDraft:
    faults = reading.faults
    texts = texts_of(table, ITEM, place, faults, others=("was", "due_verified", "currency"), optional=_MAY_BE_LEFT_OUT)
    check_unique("reference", texts["reference"], (*place, "reference"), reading.references, faults)
    return ItemDraft(
        reference=texts["reference"],
        title=texts["title"],
        guidance=texts["good"],
        kind=word_of(Kind, texts["kind"], (*place, "kind"), faults) or Kind.DOCUMENT,
        owner=texts["owner"],
        service=_service(texts["service"], place, reading),
        due_rule=due_rule_of(texts["due"], (*place, "due"), faults),
        priority=word_of(Priority, texts["priority"], (*place, "priority"), faults) or Priority.IMPORTANT,
        basis=texts["basis"],
        was=list_of_texts(table, "was", ITEM["reference"], place, faults),
        due_verified=flag_of(table, "due_verified", place, faults),
        currency_months=number_of(table, "currency", LONGEST_MONTHS, place, faults) if "currency" in table else None,
    )


def _service(text: str, place: Place, reading: _Reading) -> str:
    """Return a service as the file spells it among those that may own items."""
    if text and reading.services:
        check_known("service", [text], reading.services, (*place, "service"), reading.faults)
    return reading.services.get(text.casefold(), text)


def _visits(document: Table, reading: _Reading) -> tuple[VisitType, ...]:
    faults = reading.faults
    longest = {"code": LONGEST_ID, "title": LINE_LIMIT, "on_site_from": 60}
    codes: dict[str, Place] = {}
    visits = []
    for place, table in tables_of(document.get("visits", []), ("visits",), faults):
        texts = texts_of(table, longest, place, faults, others=("on_site_days", "verified"))
        check_id(texts["code"], "a code", (*place, "code"), faults)
        check_unique("code", texts["code"], (*place, "code"), codes, faults)
        if texts["code"]:
            reading.visits.setdefault(texts["code"].casefold(), texts["code"])
        rule = due_rule_of(texts["on_site_from"], (*place, "on_site_from"), faults, _CALL)
        days = number_of(table, "on_site_days", MOST_DAYS_ON_SITE, place, faults)
        visits.append(VisitType(texts["code"], texts["title"], rule, days, flag_of(table, "verified", place, faults)))
    return tuple(visits)


def _judgements(document: Table, reading: _Reading) -> tuple[Judgement, ...]:
    faults = reading.faults
    judgements = []
    for place, table in tables_of(document.get("judgements", []), ("judgements",), faults):
        texts = texts_of(table, {"title": LINE_LIMIT}, place, faults, others=("scale", "areas", "verified"))
        if "scale" not in table:
            note_missing("scale", "…", place, faults)
        codes = list_of_texts(table, "areas", AREA["code"], place, faults)
        check_known("area", codes, reading.areas, (*place, "areas"), faults)
        codes = tuple(reading.areas.get(code.casefold(), code) for code in codes)
        verified = flag_of(table, "verified", place, faults)
        judgements.append(Judgement(texts["title"], _scale(table, place, reading), codes, verified))
    return tuple(judgements)


def _timetable(document: Table, reading: _Reading) -> tuple[TimetableEntry, ...]:
    faults = reading.faults
    longest = {"when": 60, "title": LINE_LIMIT, "until": 60}
    entries = []
    for place, table in tables_of(document.get("timetable", []), ("timetable",), faults):
        texts = texts_of(table, longest, place, faults, others=("visits", "verified"), optional=("until",))
        codes = list_of_texts(table, "visits", LONGEST_ID, place, faults)
        check_known("visit", codes, reading.visits, (*place, "visits"), faults)
        entries.append(
            TimetableEntry(
                when=due_rule_of(texts["when"], (*place, "when"), faults),
                title=texts["title"],
                until=due_rule_of(texts["until"], (*place, "until"), faults),
                visits=tuple(reading.visits.get(code.casefold(), code) for code in codes),
                verified=flag_of(table, "verified", place, faults),
            )
        )
    return tuple(entries)


def _expected(document: Table, faults: Faults) -> tuple[Expected, ...]:
    longest = {"event": 30, "when": 60, "note": LINE_LIMIT}
    seen: dict[str, Place] = {}
    expected = []
    for place, table in tables_of(document.get("expected", []), ("expected",), faults):
        texts = texts_of(table, longest, place, faults, others=("days_after", "verified"), optional=("when", "note"))
        name = " ".join(texts["event"].lower().split())
        if name and name not in EVENTS:
            reason = f"“{shown(texts['event'])}” is no event. Write {listed(EVENTS)}."
            faults.add((*place, "event"), reason)
        check_unique("event", name, (*place, "event"), seen, faults)
        cure = 'Write one: when = "day 12", or days_after = 46 for calendar days after the last day on site.'
        if "when" in table and "days_after" in table:
            faults.add(place, f"“when” and “days_after” stand together. {cure}")
        elif "when" not in table and "days_after" not in table:
            faults.add_if_whole(place, f"Neither “when” nor “days_after” stands here. {cure}")
        rule = due_rule_of(texts["when"], (*place, "when"), faults, _CALL)
        days = number_of(table, "days_after", MOST_DAYS_AFTER, place, faults) if "days_after" in table else 0
        verified = flag_of(table, "verified", place, faults)
        expected.append(Expected(EVENTS.get(name, Event.SELECTION), rule, days, texts["note"], verified))
    return tuple(expected)


def _lists(document: Table, faults: Faults) -> tuple[ListSpec, ...]:
    longest = {"title": LINE_LIMIT, "period": LINE_LIMIT}
    seen: dict[str, Place] = {}
    lists = []
    for place, table in tables_of(document.get("lists", []), ("lists",), faults):
        texts = texts_of(table, longest, place, faults, others=("number", "columns", "verified"))
        number = number_of(table, "number", MOST_LISTS, place, faults)
        check_unique("number", str(number or ""), (*place, "number"), seen, faults)
        columns = list_of_texts(table, "columns", LONGEST_COLUMN, place, faults)
        if not table.get("columns"):
            faults.add_if_whole(place, '“columns” is missing. Add columns = ["…", "…"] here, as published.')
        verified = flag_of(table, "verified", place, faults)
        lists.append(ListSpec(number, texts["title"], texts["period"], columns, verified))
    return tuple(lists)
