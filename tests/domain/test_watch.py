"""The watch: what is counted where; council papers raise no alarm; nothing that is told holds what was found."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import DAY, ORDINARY, ORDINARY_ROWS, some_nhs_number, some_upn, written_upn

from readiness.domain.child_lists import ListHeadings
from readiness.domain.identifiers import Identifier
from readiness.domain.passages import LONGEST, Passage, good_cut, passages_of_lines, passages_of_text, pieces
from readiness.domain.schemes import ListSpec
from readiness.domain.sightings import PlacedText, Sighting, totals
from readiness.domain.watch import ELSEWHERE, MOST_PLACES, UNNAMED, Watch, holds_identifier, look_through
from readiness.frameworks.shipped import shipped_frameworks

LISTS = tuple(dict.fromkeys(spec for draft in shipped_frameworks() for spec in draft.lists))
UPN, NHS, BIRTH, ROW = Identifier
chances = st.integers(0, 2**32).map(random.Random)


def seen(text: str, place: str = "here") -> dict[Identifier, int]:
    return dict(totals(look_through([PlacedText(text, place)], DAY, LISTS)))


def of_rows(*rows: tuple[str, ...]) -> tuple[Sighting, ...]:
    watch = Watch(DAY, LISTS)
    for number, cells in enumerate(rows, start=1):
        watch.take(Passage(f"sheet Contacts, row {number}", cells=cells, table="Contacts"))
    return watch.sightings()


@pytest.mark.parametrize("line", ORDINARY.strip().splitlines())
def test_that_ordinary_council_papers_raise_no_alarm(line):
    assert seen(line) == {}


def test_that_ordinary_council_papers_raise_no_alarm_as_a_whole():
    assert seen(ORDINARY) == {}


@pytest.mark.parametrize("rows", ORDINARY_ROWS)
def test_that_ordinary_tables_raise_no_alarm(rows):
    assert of_rows(*rows) == ()
    assert seen("\n".join("\t".join(row) for row in rows)) == {}


@pytest.mark.parametrize("draft", shipped_frameworks(), ids=lambda draft: draft.id)
def test_that_the_shipped_frameworks_raise_no_alarm(draft):
    items = [item for area in draft.areas for item in area.items]
    texts = [PlacedText(f"{item.title}\n{item.guidance}\n{item.owner}", item.reference) for item in items]
    lists = [PlacedText("; ".join(spec.columns), spec.title) for spec in draft.lists]
    assert look_through([*texts, *lists], DAY, LISTS) == ()


@given(st.lists(st.sampled_from([*ORDINARY.strip().splitlines(), ""]), max_size=8), chances)
def test_that_what_is_planted_among_ordinary_lines_is_counted_and_nothing_else(lines, chance):
    lines = [*lines, f"The pupil {written_upn(chance, some_upn(chance))} has NHS number {some_nhs_number(chance)}."]
    chance.shuffle(lines)
    assert seen("\n".join(lines)) == {UPN: 1, NHS: 1}


def test_that_places_are_lines_where_lines_are_counted():
    text = f"One\n\n{some_upn(random.Random(1))}\nfour\nA\tB\nx\t{some_nhs_number(random.Random(2))}\nDOB 12/03/2012"
    watch = Watch(DAY)
    for passage in passages_of_lines(text.split("\n")):
        watch.take(passage)
    assert [(each.kind, each.count, each.place) for each in watch.sightings()] == [
        (UPN, 1, "line 3"), (NHS, 1, "line 6"), (BIRTH, 1, "line 7"),
    ]  # fmt: skip


def test_that_a_sighting_tells_what_it_is_about():
    number = some_nhs_number(random.Random(3))
    texts = PlacedText(number, "RV-C02, Position", "item-1"), PlacedText(f"{number}, {number}", "RV-C03, Gap", "item-2")
    found = look_through(texts, DAY)
    assert found == (Sighting(NHS, 1, "RV-C02, Position", "item-1"), Sighting(NHS, 2, "RV-C03, Gap", "item-2"))


@pytest.mark.parametrize("heading", ["Telephone", "Mobile no.", "Invoice number", "Order", "UPRN", "Contact number"])
def test_that_the_heading_of_a_column_says_what_its_numbers_are(heading):
    number = some_nhs_number(random.Random(4))
    assert of_rows(("Name", heading), ("A service", number)) == ()
    assert totals(of_rows(("Name", "Number"), ("A service", number))) == {NHS: 1}
    assert totals(of_rows(("NHS number", heading), (number, number))) == {NHS: 1}
    assert totals(of_rows((heading, "NHS number"), (number, number))) == {NHS: 1}
    assert of_rows((heading, number)) == ()


@pytest.mark.parametrize("spec", LISTS, ids=lambda spec: f"{spec.number}-{len(spec.columns)}")
def test_that_the_headings_of_a_child_level_list_with_rows_under_them_are_told(spec: ListSpec):
    row = tuple(f"x{number}" for number, _ in enumerate(spec.columns))
    found = of_rows(("List as of today",), spec.columns, row, row, ("",) * len(spec.columns))
    assert [(each.kind, each.count) for each in found] == [(ROW, 2)]
    assert found[0].place.startswith("sheet Contacts, row 2: list ")
    assert of_rows(spec.columns) == ()
    assert of_rows(spec.columns, ("Total", *[""] * (len(spec.columns) - 1))) == ()


@given(st.sampled_from(LISTS), chances)
def test_that_headings_are_known_in_any_order_and_writing(spec, chance):
    columns = [chance.choice([str.upper, str.lower, str.title, str])(f" {column} ") for column in spec.columns]
    chance.shuffle(columns)
    columns = [column.replace(" ", "  ").replace("'", "’") for column in columns]
    assert ListHeadings(LISTS).matched(columns) is not None
    assert ListHeadings(()).matched(columns) is None


@pytest.mark.parametrize(
    "headings",
    [
        ("Gender", "Ethnicity", "Disability", "Number"), ("Allocated Team", "Allocated Worker", "Gender", "x", "y"),
        ("Reference", "Title", "Owner", "Service", "Status", "Due", "Priority"), ("UPN",), (),
    ],
)  # fmt: skip
def test_that_other_headings_are_those_of_no_list(headings):
    assert ListHeadings(LISTS).matched(headings) is None


def test_that_a_list_pasted_into_a_text_is_told():
    columns = LISTS[0].columns
    text = "As agreed:\n" + "\t".join(columns) + "\n" + "\n".join("\t".join("1" for _ in columns) for _ in range(3))
    assert seen(text) == {ROW: 3}


def test_that_another_table_begins_anew():
    watch = Watch(DAY, LISTS)
    watch.take(Passage("sheet A, row 1", cells=("Name", "Telephone"), table="A"))
    watch.take(Passage("sheet B, row 1", cells=("x", some_nhs_number(random.Random(5))), table="B"))
    assert totals(watch.sightings()) == {NHS: 1}


def test_that_many_places_are_told_together():
    number = some_nhs_number(random.Random(6))
    found = look_through([PlacedText(number, f"page {page}") for page in range(500)], DAY)
    assert sum(each.count for each in found) == 500
    assert len(found) == MOST_PLACES + 1
    assert found[-1].place == ELSEWHERE


@given(chances)
def test_that_nothing_told_holds_an_identifier(chance):
    upn, number = some_upn(chance), some_nhs_number(chance)
    places = (f"sheet {upn}, row 1", f"sheet {number}", "Jane Example 12-03-2012", "x" * 500)
    texts = [PlacedText(f"{upn} {number} Jane Example 12/03/2012", place) for place in places]
    found = look_through(texts, DAY)
    told = repr(found)
    assert {each.place for each in found} == {UNNAMED, "x" * 120}
    assert upn not in told
    assert number not in told
    assert "2012" not in told


def test_that_a_name_is_looked_at_too():
    assert holds_identifier(f"plan {some_upn(random.Random(7))}.docx", DAY)
    assert holds_identifier("Jane Example 12-03-2012", DAY)
    assert not holds_identifier("Audit March 2021.xlsx", date(2021, 4, 26))


# long texts are cut where no identifier is


@settings(max_examples=20)
@given(chances, st.sampled_from([" ", ", ", ". ", "\n", " – ", " and then "]), st.integers(1, 3))
def test_that_a_long_text_is_cut_through_no_identifier(chance, sign, times):
    words = []
    count = 0
    while sum(map(len, words)) < LONGEST * times:
        number = some_nhs_number(chance)
        words.append(number if sign == " " else chance.choice((number, f"{number[:3]} {number[3:6]} {number[6:]}")))
        words.append("x" * chance.randint(2, 300))
        count += 1
    text = sign.join(words)
    assert "".join(pieces(text)) == text
    assert max(map(len, pieces(text))) <= LONGEST
    assert seen(text) == {NHS: count}


@settings(max_examples=20)
@given(chances, st.sampled_from(["nhs", "spaced", "upn", "mixed"]))
def test_that_a_long_text_of_nothing_but_identifiers_is_cut_through_none(chance, kind):
    words, upns, numbers = [], 0, 0
    while upns + numbers < LONGEST // 10:
        number = some_nhs_number(chance)
        is_upn = kind == "upn" or (kind == "mixed" and chance.random() < 0.5)
        spaced = kind == "spaced" or (kind == "mixed" and chance.random() < 0.5)
        upns, numbers = upns + is_upn, numbers + (not is_upn)
        parted = f"{number[:3]} {number[3:6]} {number[6:]}" if spaced else number
        words.append(some_upn(chance) if is_upn else parted)
    assert seen(" ".join(words)) == {kind: count for kind, count in ((UPN, upns), (NHS, numbers)) if count}


@given(st.text(st.sampled_from("0 a-.\n"), min_size=2, max_size=300))
def test_that_a_cut_leaves_something_on_both_sides(text):
    assert 0 < good_cut(text) <= len(text)


def test_that_a_text_is_split_into_lines_and_rows():
    text = "One\nTwo\n| a | b |\nThree\n\tindented\nc\td\n"
    found = [(each.text, each.cells, each.table) for each in passages_of_text(text, "here")]
    assert found == [
        ("One\nTwo", (), ""), ("", ("a", "b"), "table 1"), ("Three\n\tindented", (), ""), ("", ("c", "d"), "table 2"),
    ]  # fmt: skip
