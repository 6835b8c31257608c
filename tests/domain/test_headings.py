"""Headings of a list are compared with the published columns: every fault is named, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.headings import check_headings
from readiness.domain.schemes import ListSpec

SPEC = ListSpec(
    1, "Contacts", "six months", ("Child Unique ID", "Gender", "Child's Ethnicity", "Age of Child (Years)", "NFA?")
)

names = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
specs = st.builds(
    ListSpec,
    st.integers(1, 99),
    st.just("Contacts"),
    st.just("six months"),
    st.lists(names, min_size=2, max_size=12, unique_by=str.casefold).map(tuple),
)


@given(specs)
def test_that_published_headings_are_right(spec):
    assert check_headings(spec, spec.columns) == ()


@given(specs, st.randoms(use_true_random=False), st.integers(0, 3))
def test_that_case_space_and_an_empty_end_are_forgiven(spec, chance, empty):
    def carelessly(text):
        text = "".join(chance.choice((letter.upper(), letter.lower())) for letter in text)
        return chance.choice((" ", "", "\n")) + text + chance.choice((" ", ""))

    assert check_headings(spec, [*(carelessly(column) for column in spec.columns), *[" "] * empty]) == ()


def test_that_apostrophes_and_breaks_of_lines_are_forgiven():
    assert check_headings(SPEC, [*SPEC.columns[:2], "Child’s  Ethnicity", "Age of Child\n(Years)", "NFA?"]) == ()


@given(specs, st.data())
def test_that_a_missing_column_is_named_alone(spec, data):
    gone = data.draw(st.sampled_from(spec.columns))
    (said,) = check_headings(spec, [column for column in spec.columns if column != gone])
    assert f"“{gone}” is missing" in said


@given(specs, names, st.data())
def test_that_an_unknown_column_is_named_alone(spec, name, data):
    place = data.draw(st.integers(0, len(spec.columns)))
    headings = [*spec.columns[:place], f"no {name}", *spec.columns[place:]]
    (said,) = check_headings(spec, headings)
    assert said.startswith(f"“no {name}” (column {place + 1}) is no column of list {spec.number}.")


@given(specs, st.data())
def test_that_a_doubled_column_is_named_alone_with_both_places(spec, data):
    doubled = data.draw(st.integers(1, len(spec.columns)))
    (said,) = check_headings(spec, [*spec.columns, spec.columns[doubled - 1].upper()])
    assert said.startswith(f"“{spec.columns[doubled - 1]}” stands more than once: ")
    assert f"columns {doubled} and {len(spec.columns) + 1}." in said


@given(specs, st.data())
def test_that_one_column_moved_elsewhere_is_one_fault(spec, data):
    place = data.draw(st.integers(0, len(spec.columns) - 1))
    rest = [*spec.columns[:place], *spec.columns[place + 1 :]]
    elsewhere = data.draw(st.integers(0, len(rest)).filter(lambda number: number != place))
    (said,) = check_headings(spec, [*rest[:elsewhere], spec.columns[place], *rest[elsewhere:]])
    assert "is out of order: it belongs" in said


@given(specs, st.randoms(use_true_random=False))
def test_that_moving_what_is_named_out_of_order_puts_all_in_order(spec, chance):
    headings = chance.sample(spec.columns, len(spec.columns))
    said = check_headings(spec, headings)
    named = {column for column in spec.columns if any(each.startswith(f"“{column}” is out of order") for each in said)}
    assert len(named) == len(said)
    staying = [column for column in headings if column not in named]
    assert staying == [column for column in spec.columns if column not in named]
    for sentence in said:
        moved = sentence.split("”")[0].removeprefix("“")
        place = spec.columns.index(moved)
        assert sentence.endswith("belongs first." if place == 0 else f"belongs after “{spec.columns[place - 1]}”.")


@given(specs, st.lists(st.text(max_size=12), max_size=20))
def test_that_every_fault_is_a_sentence_and_none_is_said_twice(spec, headings):
    said = check_headings(spec, headings)
    assert len(set(said)) == len(said)
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in said)


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ([], [f"“{column}” is missing: it is column {n} of list 1." for n, column in enumerate(SPEC.columns, 1)]),
        (
            ["Gender", "Child Unique ID", "", "Gender", "Child's Ethnicity", "Age of Child", "NFA?"],
            [
                "“Age of Child (Years)” is missing: it is column 4 of list 1.",
                "Column 3 has no heading. Write one of list 1, or remove the column.",
                "“Age of Child” (column 6) is no column of list 1. Correct its name, or remove it.",
                "“Gender” stands more than once: columns 1 and 4. Keep one.",
                "“Gender” is out of order: it belongs after “Child Unique ID”.",
            ],
        ),
        (["Child's Ethnicity"] * 3, [
            "“Child Unique ID” is missing: it is column 1 of list 1.",
            "“Gender” is missing: it is column 2 of list 1.",
            "“Age of Child (Years)” is missing: it is column 4 of list 1.",
            "“NFA?” is missing: it is column 5 of list 1.",
            "“Child's Ethnicity” stands more than once: columns 1, 2 and 3. Keep one.",
        ]),
    ],
)  # fmt: skip
def test_that_faults_are_said_as_people_need_them(headings, said):
    assert check_headings(SPEC, headings) == tuple(said)


def test_that_a_very_long_heading_is_shortened():
    (said,) = check_headings(SPEC, [*SPEC.columns, "x" * 5000])
    assert len(said) < 250
    assert "xxx…”" in said
