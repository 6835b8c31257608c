"""A framework file that builds on another gives only what differs; every fault says where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.errors import FrameworkError
from readiness.domain.schemes import Event
from readiness.frameworks.bases import shipped_text
from readiness.frameworks.reader import is_only_a_base, read_framework, read_framework_file

COMMON = """\
format = 1
id = "mock-common"
abstract = true
family = "mock"

[scales]
ofsted = ["Good", "Bad"]

[[visits]]
code = "standard"
title = "Standard"
on_site_from = "week 2"
on_site_days = 10
verified = true

[[visits]]
code = "short"
title = "Short"
on_site_from = "week 2"
on_site_days = 5

[[timetable]]
when = "day 1"
title = "The call"

[[expected]]
event = "publication"
days_after = 46
note = "median"

[[lists]]
number = 9
title = "Children in care"
period = "now"
columns = ["Code", "Name of field"]
"""
FIRST = """\
format = 1
id = "mock-2024"
base = "mock-common"
edition = "2024"
since = 2024-04-01
title = "Mock inspection"
short_title = "Mock"
summary = "A rehearsal"

[[judgements]]
title = "Leaders"
scale = "ofsted"
areas = ["A"]

[[areas]]
code = "A"
title = "Call"
scale = "ofsted"

[[areas.items]]
reference = "M-A01"
title = "Call plan"
good = "Rehearsed."
kind = "document"
service = "SEND"
due = "held ready"
priority = "essential"
basis = "P"
was = ["O-01"]

[[areas.items]]
reference = "M-A02"
title = "Record"
kind = "document"
due = "day 1"
priority = "important"

[[areas]]
code = "B"
title = "People"

[[areas.items]]
reference = "M-B01"
title = "Owners"
kind = "interview"
due = "day 2"
priority = "supporting"
"""
SECOND = """\
format = 1
id = "mock-2026"
base = "mock-2024"
edition = "2026"
title = "Mock inspection, renewed"

[[areas]]
code = "A"

[[areas.items]]
reference = "M-A01"
title = "Call plan and contacts"
"""
TEXTS = {"mock-common": COMMON, "mock-2024": FIRST, "mock-2026": SECOND}


def read(text, **others):
    return read_framework(text, "mine.toml", {**TEXTS, **{key.replace("_", "-"): t for key, t in others.items()}}.get)


def faults_of(text, source="mine.toml", **others):
    with pytest.raises(FrameworkError) as refused:
        read(text, **others)
    assert refused.value.source == source
    return list(refused.value.faults)


def only_fault_of(text, source="mine.toml", **others):
    (fault,) = faults_of(text, source, **others)
    return fault


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def references(draft):
    return {area.code: [item.reference for item in area.items] for area in draft.areas}


def test_that_a_file_has_what_its_base_says():
    draft = read(FIRST)
    assert (draft.family, draft.since.isoformat()) == ("mock", "2024-04-01")
    assert draft.scales == {"ofsted": ("Good", "Bad")}
    assert draft.areas[0].scale == ("Good", "Bad")
    assert [visit.code for visit in draft.visits] == ["standard", "short"]
    assert (draft.visits[0].on_site_from, draft.visits[0].on_site_days, draft.visits[0].verified) == (
        "week 2",
        10,
        True,
    )
    assert (draft.expected[0].event, draft.expected[0].days_after) == (Event.PUBLICATION, 46)
    assert draft.lists[0].columns == ("Code", "Name of field")
    assert (draft.judgements[0].scale, draft.judgements[0].areas) == (("Good", "Bad"), ("A",))
    assert draft.areas[0].items[0].was == ("O-01",)


def test_that_an_edition_gives_only_what_differs():
    before, after = read(FIRST), read(SECOND)
    assert (after.id, after.edition, after.title) == ("mock-2026", "2026", "Mock inspection, renewed")
    assert (after.short_title, after.summary, after.family) == ("Mock", "A rehearsal", "mock")
    assert after.since is None  # the day an edition applies from is its own
    changed, same = after.areas[0].items
    assert (changed.title, changed.guidance) == ("Call plan and contacts", "Rehearsed.")
    assert same == before.areas[0].items[1]
    assert after.areas[1] == before.areas[1]
    assert (after.visits, after.timetable, after.lists) == (before.visits, before.timetable, before.lists)


def test_that_what_is_new_comes_last():
    item = (
        '[[areas.items]]\nreference = "M-A03"\ntitle = "x"\nkind = "document"\ndue = "day 1"\npriority = "important"\n'
    )
    draft = read(f'{SECOND}\n{item}\n[[areas]]\ncode = "C"\ntitle = "New"\n')
    assert references(draft) == {"A": ["M-A01", "M-A02", "M-A03"], "B": ["M-B01"], "C": []}


def test_that_an_item_moves_to_the_area_it_stands_in():
    draft = read(f'{SECOND}\n[[areas]]\ncode = "b"\n[[areas.items]]\nreference = "m-a02"\n')
    assert references(draft) == {"A": ["M-A01"], "b": ["M-B01", "m-a02"]}
    assert draft.areas[1].items[1].title == "Record"


def test_that_what_is_dropped_is_gone():
    draft = read(SECOND.replace('edition = "2026"', 'edition = "2026"\ndrop = ["m-a02", "B"]'))
    assert references(draft) == {"A": ["M-A01"]}


def test_that_an_item_may_leave_an_area_that_is_dropped():
    text = SECOND.replace('edition = "2026"', 'edition = "2026"\ndrop = ["B"]')
    assert references(read(f'{text}\n[[areas.items]]\nreference = "M-B01"\n')) == {"A": ["M-A01", "M-A02", "M-B01"]}


def test_that_dropping_something_unknown_is_named():
    fault = only_fault_of(SECOND.replace('edition = "2026"', 'edition = "2026"\ndrop = ["M-A09"]'))
    assert fault == "line 5: The base has no area and no item “M-A09”. Take it out of the list."


def test_that_nothing_can_be_dropped_without_a_base():
    text = SECOND.replace('base = "mock-2024"', 'drop = ["A"]')
    assert any("there is nothing to drop" in fault for fault in faults_of(text))


def test_that_visits_lists_and_events_are_changed_one_by_one():
    draft = read(
        f'{SECOND}\n[[visits]]\ncode = "short"\non_site_days = 4\n[[visits]]\ncode = "long"\ntitle = "Long"\n'
        'on_site_from = "day 11"\non_site_days = 15\n[[lists]]\nnumber = 9\ncolumns = ["Code"]\n'
        '[[expected]]\nevent = "Publication"\nwhen = "day 60"\n[[timetable]]\nwhen = "day 2"\ntitle = "Lists"\n'
    )
    assert [(visit.code, visit.on_site_days) for visit in draft.visits] == [
        ("standard", 10),
        ("short", 4),
        ("long", 15),
    ]
    assert (draft.lists[0].title, draft.lists[0].columns) == ("Children in care", ("Code",))
    assert (draft.expected[0].when, draft.expected[0].days_after, draft.expected[0].note) == ("day 60", 0, "median")
    assert [entry.title for entry in draft.timetable] == ["Lists"]


def test_that_a_base_alone_is_no_framework():
    assert only_fault_of(COMMON).startswith("line 3: This file is only a base for others. Choose a framework that ")
    assert is_only_a_base(COMMON)
    assert not is_only_a_base(FIRST)
    assert not is_only_a_base("abstract =")


def test_that_a_missing_base_is_named_with_the_other_faults():
    faults = faults_of(SECOND.replace("mock-2024", "mock-1999").replace('code = "A"', 'code = "A"\ncolour = 4'))
    assert faults[0].startswith("line 3: There is no framework “mock-1999” to build on. Put mock-1999.toml beside ")
    assert faults[1].startswith("line 9: The key “colour” is not known here.")
    assert len(faults) == 2


@pytest.mark.parametrize("id_", ["../secret", "C:\\\\x", "a/b", "Mock", "a--b", " "])
def test_that_no_path_is_smuggled_in_as_a_base(id_):
    def never(asked):
        raise AssertionError(asked)

    with pytest.raises(FrameworkError) as refused:
        read_framework(SECOND.replace('"mock-2024"', f'"{id_}"'), "mine.toml", never)
    assert all(fault.startswith("line 3: ") for fault in refused.value.faults)


def test_that_a_circle_of_bases_is_named_link_by_link():
    one, two = (SECOND.replace("mock-2026", a).replace("mock-2024", b) for a, b in (("a-1", "b-1"), ("b-1", "a-1")))
    fault = only_fault_of(one, b_1=two, a_1=one)
    assert fault.startswith(
        "line 3: The files build on each other in a circle: a-1 builds on b-1, which builds on a-1."
    )
    assert "a-1 builds on a-1." in only_fault_of(one.replace("b-1", "a-1"))
    assert ": b-1 builds on a-1, which builds on b-1." in only_fault_of(
        SECOND.replace("mock-2024", "b-1"), b_1=two, a_1=one
    )


def test_that_a_chain_of_bases_has_an_end():
    def endless(id_):
        return SECOND.replace("mock-2026", id_).replace("mock-2024", f"{id_}-x")

    with pytest.raises(FrameworkError, match="files build on each other"):
        read_framework(SECOND, "mine.toml", endless)


def test_that_faults_of_a_base_are_told_in_its_own_name():
    broken = FIRST.replace('"interview"', '"memo"')
    fault = only_fault_of(SECOND, "mock-2024.toml", mock_2024=broken)
    assert fault.startswith(f"line {line_of(broken, 'memo')}: “memo” is no kind.")
    fault = only_fault_of(SECOND, "mock-common.toml", mock_common=COMMON.replace('"day 1"', '"soon"'))
    assert "“soon” is not a due rule" in fault
    assert only_fault_of(SECOND, "mock-2024.toml", mock_2024="x = y").startswith("line 1, column 5: ")


def test_that_a_base_must_have_the_id_of_its_file():
    fault = only_fault_of(SECOND, "mock-2024.toml", mock_2024=FIRST.replace("mock-2024", "mock-2023"))
    assert fault == 'line 2: The file mock-2024.toml must have the id of its name. Write id = "mock-2024".'


def test_that_faults_in_merged_content_point_to_where_it_stands():
    text = f'{SECOND}kind = "memo"\n\n[[areas]]\ncode = "C"\n'
    wrong_kind, no_title = faults_of(text)
    assert wrong_kind.startswith(f"line {line_of(text, 'kind')}: “memo” is no kind.")
    there = line_of(text, 'code = "C"') - 1
    assert no_title.startswith(f"line {there}: “title” is missing.")


def test_that_what_fits_no_more_points_to_the_base_and_its_line_there():
    text = SECOND.replace('edition = "2026"', 'edition = "2026"\ndrop = ["A"]')[: SECOND.index("[[areas]]") + 13]
    there = line_of(FIRST, 'areas = ["A"]')
    assert only_fault_of(text) == (
        f"line 3 (mock-2024.toml, line {there}): There is no area “A”. Remove it, or write B."
    )


def test_that_a_base_that_is_no_whole_framework_is_asked_for_what_is_missing_by_who_builds_on_it():
    common = COMMON.replace('title = "Short"\n', "")
    fault = only_fault_of(FIRST, mock_common=common)
    there = line_of(common, 'code = "short"') - 1
    assert fault.startswith(f"line 3 (mock-common.toml, line {there}): “title” is missing.")
    assert (
        read(f'{FIRST}\n[[visits]]\ncode = "short"\ntitle = "Brief"\n', mock_common=common).visits[1].title == "Brief"
    )


def test_that_the_same_thing_twice_in_a_file_is_named_also_on_a_base():
    text = f'{SECOND}\n[[areas]]\ncode = "B"\n[[areas.items]]\nreference = "m-a01"\n'
    faults = faults_of(text)
    first = line_of(text, 'reference = "M-A01"')
    wanted = f"“m-a01” is used already; capitals make no difference. It stands first at line {first}."
    assert any(wanted in fault for fault in faults)


def test_that_bases_stand_beside_the_file(tmp_path):
    for id_, text in TEXTS.items():
        (tmp_path / f"{id_}.toml").write_text(text, encoding="utf-8")
    assert read_framework_file(tmp_path / "mock-2026.toml") == read(SECOND)
    (tmp_path / "mock-common.toml").write_bytes(b"\xff")
    with pytest.raises(FrameworkError) as refused:
        read_framework_file(tmp_path / "mock-2026.toml")
    assert refused.value.source == "mock-common.toml"


def test_that_shipped_frameworks_are_bases_everywhere(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('format = 1\nid = "ours"\nedition = "1"\nbase = "ilacs-2018"\n', encoding="utf-8")
    (tmp_path / "ilacs-2018.toml").write_text("not this one", encoding="utf-8")
    assert read_framework_file(path).item_count == 58
    assert shipped_text("../frameworks/ilacs-2018") is None
    assert shipped_text("no-such-one") is None


def never_fails_otherwise(text, base):
    faults = None
    try:
        read_framework(text, "any", {**TEXTS, "mock-2024": base}.get)
    except FrameworkError as refused:
        faults = refused.faults
    assert faults is None or (faults and all(fault.strip() and "\n" not in fault for fault in faults))


STRAY = [
    'base = "mock-2024"\n', 'base = "mock-common"\n', "base = 4\n", 'drop = ["A", 4, "M-B01"]\n', "drop = {}\n",
    "visits = 4\n", "areas = [{code = 'A', items = 4}, 5, {items = [{reference = 'M-A01'}]}]\n", "scales = []\n",
    "lists = [{number = 9}, {number = true}]\n", "expected = [{event = []}]\n", "timetable = {}\n", "abstract = 1\n",
    "[[judgements]]\n", "[visits]\n", "[[areas.items]]\n", "areas = [{code = 7}]\n",
]  # fmt: skip
LINES = [line for text in TEXTS.values() for line in text.splitlines(keepends=True)]
PIECES = st.lists(st.sampled_from([*LINES, *STRAY]), max_size=40).map("".join)
DAMAGED = st.builds(
    lambda text, start, length, put: text[: start % len(text)] + put + text[start % len(text) + length :],
    st.sampled_from([COMMON, FIRST, SECOND]),
    st.integers(0, 3000),
    st.integers(0, 60),
    st.text(max_size=6) | st.sampled_from(STRAY),
)


@given(PIECES | DAMAGED, PIECES | DAMAGED | st.just(FIRST))
def test_that_any_file_on_any_base_is_read_or_refused_and_nothing_else(text, base):
    never_fails_otherwise(text, base)


@given(st.lists(st.sampled_from(STRAY), unique=True, max_size=3).map("".join))
def test_that_strange_shapes_on_a_sound_base_are_refused_and_nothing_else(stray):
    never_fails_otherwise(f'format = 1\nid = "x"\nedition = "1"\n{stray}', FIRST)
