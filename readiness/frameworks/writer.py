"""Writer: a draft becomes a framework file that stands alone, which the reader turns into the same draft again.

Source: design.md, sections 2 and 3.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from readiness.domain.errors import BadValue
from readiness.domain.plain_words import shown
from readiness.domain.schemes import Expected, Judgement, ListSpec, TimetableEntry, VisitType
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.frameworks.parts import EVENTS
from readiness.frameworks.reader import FORMAT, LARGEST_BYTES

if TYPE_CHECKING:
    from tomlkit.items import AoT, Table

_KEYS = """
This file is a checklist for an inspection: text, UTF-8, only data. Edit it with any text editor and bring it back;
what does not fit is named with its line. After a # stands a remark. Texts stand in straight quotation marks.

At the top:
  format              stays 1
  id, edition         how this checklist is known: small letters, digits and hyphens; and which edition it is.
                      Give it an id of your own before you change it, so that it is not taken for another
  family, since       optional: what the editions of one scheme have in common; the first day this one applies
  title, short_title  as it is named in full, and in the switch between inspections
  summary             one line about it
  services            optional: the services that may own items; an item that names another one is a fault
  base                optional: the id of a framework on which this one builds. Then give only what differs;
                      drop = ["…"] lists the areas and references of the base that are left out
[scales]              grades by the name of their scale, best first
[[judgements]]        what is judged: title, scale, and optionally the codes of the areas it rests on
[[visits]]            kinds of visit: code, title, on_site_from (week N or day N from the call), on_site_days
[[timetable]]         what happens when: when (a due rule), title; optionally until (a due rule) and visits (codes)
[[expected]]          when selection, draft report or publication usually come: when (day N or week N) or days_after
                      (calendar days after the last day on site), and a note
[[lists]]             lists that inspectors ask for: number, title, period, and the names of their columns; never rows
[[areas]]             the headings: code, title, and optionally a scale
[[areas.items]]       what must be ready, under its area:
  reference, title    how the item is named; a reference stands once only
  kind                document, dataset, interview or case_sample
  due                 held ready, day N, week N, before on site, on site, on site day N, last day, selection + N,
                      draft report + N, before publication or publication + N; N counts working days (weeks count
                      from the week of the call), and the day of the call is day 1
  priority            essential, important or supporting; they weigh 3, 2 and 1
  good                optional: what good evidence looks like; may run over several lines in three quotation marks
  owner, service      optional: who sees to it, and the service that usually owns it
  basis               optional: where the item comes from
  was                 optional: its references in earlier editions
  due_verified        optional: true where a source confirms the due rule
  currency            optional: for how many months evidence for it stays current, counted from the day it is about
verified = true says that a source confirms a fact; without it the screen says to check the handbook in force.
"""


def framework_text(draft: FrameworkDraft) -> str:
    """Return a framework as a whole file, which needs no other. Raises BadValue when it is larger than a file may be.

    The scale of an area or a judgement is written by its name, so it is one of `draft.scales`.
    """
    import tomlkit  # 20 ms, and only whoever writes a file needs it

    document = tomlkit.document()
    for key, value in _head(draft).items():
        document.add(key, tomlkit.item(value))
    if draft.scales:
        document.add("scales", _table({name: list(grades) for name, grades in draft.scales.items()}))
    names = {grades: name for name, grades in draft.scales.items()}
    for key, entries in {
        "judgements": [_judgement(each, names) for each in draft.judgements],
        "visits": [_visit(each) for each in draft.visits],
        "timetable": [_entry(each) for each in draft.timetable],
        "expected": [_expected(each) for each in draft.expected],
        "lists": [_list(each) for each in draft.lists],
        "areas": [_area(each, names) for each in draft.areas],
    }.items():
        if entries:
            document.add(key, _tables(entries))
    first = f"{shown(draft.title, 200)}, edition {shown(draft.edition)}"
    header = "".join(f"# {line}".rstrip() + "\n" for line in [first, *_KEYS.rstrip().split("\n")])
    text = f"{header}\n{tomlkit.dumps(document)}"
    if len(text.encode("utf-8")) > LARGEST_BYTES:
        raise BadValue(
            "As a file this checklist would be larger than 2 MB. Shorten what good looks like in some items."
        )
    return text


def _head(draft: FrameworkDraft) -> dict[str, object]:
    head = {"format": FORMAT, "id": draft.id, "edition": draft.edition, "family": draft.family, "since": draft.since}
    names = {"title": draft.title, "short_title": draft.short_title, "summary": draft.summary}
    services = {"services": list(draft.services)}
    return {key: value for key, value in {**head, **names, **services}.items() if value}


def _judgement(each: Judgement, names: Mapping[tuple[str, ...], str]) -> "Table":
    rests = {"scale": names.get(each.scale), "areas": list(each.areas)}
    return _table({"title": each.title, **rests, "verified": each.verified})


def _visit(each: VisitType) -> "Table":
    days = {"on_site_from": each.on_site_from, "on_site_days": each.on_site_days}
    return _table({"code": each.code, "title": each.title, **days, "verified": each.verified})


def _entry(each: TimetableEntry) -> "Table":
    days = {"when": each.when, "until": each.until}
    return _table({**days, "title": each.title, "visits": list(each.visits), "verified": each.verified})


def _expected(each: Expected) -> "Table":
    event = next(name for name, event in EVENTS.items() if event is each.event)
    days = {"when": each.when, "days_after": each.days_after}
    return _table({"event": event, **days, "note": each.note, "verified": each.verified})


def _list(each: ListSpec) -> "Table":
    import tomlkit

    table = _table({"number": each.number, "title": each.title, "period": each.period})
    columns = tomlkit.array()
    columns.extend(each.columns)
    table.add("columns", columns.multiline(multiline=True))  # published names are long: one a line
    if each.verified:
        table.add("verified", each.verified)
    return table


def _area(each: AreaDraft, names: Mapping[tuple[str, ...], str]) -> "Table":
    table = _table({"code": each.code, "title": each.title, "scale": names.get(each.scale)})
    if each.items:
        table.add("items", _tables(_item(item) for item in each.items))
    return table


def _item(each: ItemDraft) -> "Table":
    return _table(
        {
            "reference": each.reference,
            "title": each.title,
            "good": each.guidance,
            "kind": each.kind.value,
            "owner": each.owner,
            "service": each.service,
            "due": each.due_rule,
            "priority": each.priority.value,
            "basis": each.basis,
            "was": list(each.was),
            "due_verified": each.due_verified,
            "currency": each.currency_months,
        }
    )


def _table(values: Mapping[str, object]) -> "Table":
    """Return a table of the values that say something."""
    import tomlkit

    table = tomlkit.table()
    for key, value in values.items():
        if value:
            is_long = isinstance(value, str) and "\n" in value
            table.add(key, tomlkit.string(str(value), multiline=True) if is_long else value)
    return table


def _tables(tables: Iterable["Table"]) -> "AoT":
    import tomlkit

    listed = tomlkit.aot()
    for table in tables:
        listed.append(table)
    return listed
