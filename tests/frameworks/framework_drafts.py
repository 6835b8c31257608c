"""Drafts of frameworks in every shape that a file may have, for properties."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from readiness.domain.schemes import Event, Expected, Judgement, ListSpec, TimetableEntry, VisitType
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import Kind, Priority

_SPECIAL = [
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\n",
    "#",
    "[[areas]]",
    "ŵ",
    "ŷ",
    "zażółć",
    "🙂",
    "👩\u200d👧",
    "=",
    "\u200b",
]
_LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
lines = st.lists(st.sampled_from(_SPECIAL) | st.text(_LETTERS, max_size=6), min_size=1, max_size=4).map("".join)
lines = lines.map(str.strip).filter(lambda text: 0 < len(text) <= 20)
texts = st.lists(lines | st.just("\n") | st.just("\t"), min_size=1, max_size=5).map("".join).map(str.strip).filter(bool)
ids = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
verified = st.booleans()
from_call = st.builds("{} {}".format, st.sampled_from(["day", "week"]), st.integers(1, 999))
rules = from_call | st.sampled_from(["held ready", "on site", "last day", "selection + 2", "publication + 70"])


def several(of, **sizes):
    """Return tuples without doubles, however they are written."""
    return st.lists(of, unique_by=str.casefold, **sizes).map(tuple)


items = st.builds(
    ItemDraft,
    reference=lines,
    title=lines,
    guidance=st.just("") | texts,
    kind=st.sampled_from(Kind),
    owner=st.just("") | lines,
    service=st.just("") | lines,
    due_rule=rules,
    priority=st.sampled_from(Priority),
    basis=st.just("") | lines,
    was=several(lines, max_size=2),
    due_verified=verified,
    currency_months=st.none() | st.integers(1, 120),
)
lists = st.builds(ListSpec, st.integers(1, 99), lines, lines, several(lines, min_size=1, max_size=4), verified)
visits = st.builds(VisitType, ids, lines, from_call, st.integers(1, 60), verified)
events = st.sampled_from(Event)
expected = st.builds(Expected, events, from_call, st.just(0), st.just("") | lines, verified) | st.builds(
    Expected, events, st.just(""), st.integers(1, 400), st.just("") | lines, verified
)


@st.composite
def drafts(draw):
    """Draw a draft that a file may hold: references differ, scales, areas and visits are there."""
    scales = draw(st.dictionaries(lines, several(lines, min_size=1, max_size=4), max_size=3))
    scale = st.sampled_from([*scales.values()]) if scales else st.nothing()
    pool = draw(st.lists(items, unique_by=lambda item: item.reference.casefold(), max_size=6))
    used = {item.service.casefold(): item.service for item in pool if item.service}
    pool = [replace(item, service=used.get(item.service.casefold(), "")) for item in pool]
    codes = draw(several(lines, min_size=1, max_size=3))
    areas = tuple(
        AreaDraft(code, draw(lines), draw(st.just(()) | scale), tuple(pool[number :: len(codes)]))
        for number, code in enumerate(codes)
    )
    kinds = tuple(draw(st.lists(visits, unique_by=lambda visit: visit.code, max_size=3)))
    some_visits = several(st.sampled_from([kind.code for kind in kinds]), max_size=2) if kinds else st.just(())
    some_areas = several(st.sampled_from(codes), max_size=2)
    judged = st.builds(Judgement, lines, scale, some_areas, verified)
    entries = st.builds(TimetableEntry, rules, lines, st.just("") | rules, some_visits, verified)
    return FrameworkDraft(
        id=draw(ids),
        edition=draw(lines),
        title=draw(lines),
        short_title=draw(lines),
        summary=draw(lines),
        scales=scales,
        areas=areas,
        family=draw(st.just("") | ids),
        since=draw(st.none() | st.dates(date(1900, 1, 1))),
        judgements=tuple(draw(st.lists(judged, max_size=2 if scales else 0))),
        visits=kinds,
        timetable=tuple(draw(st.lists(entries, max_size=2))),
        expected=tuple(draw(st.lists(expected, unique_by=lambda each: each.event, max_size=3))),
        lists=tuple(draw(st.lists(lists, unique_by=lambda each: each.number, max_size=2))),
        services=draw(st.just(()) | st.just(tuple(used.values()))),
    )
