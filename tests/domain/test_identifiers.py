"""Identifiers: every valid number is found wherever it stands, none with a wrong check; ordinary numbers raise none."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import (
    nhs_number_of,
    sentence_with,
    some_nhs_number,
    some_upn,
    upn_of,
    written_nhs_number,
    written_upn,
    wrong_nhs_number,
    wrong_upn,
)

from readiness.domain.identifiers import (
    CHECK_LETTERS,
    Identifier,
    is_nhs_number,
    is_upn,
    nhs_numbers_in,
    upns_in,
)
from readiness.domain.sightings import counts_in_words

TELEPHONES = ("Tel", "Tel.", "tel no:", "Telephone:", "phone", "Mobile number", "Fax", "ring us on")
REFERENCES = (
    "ref", "Ref. no.", "Reference:", "our ref", "REF-", "Invoice", "invoice no", "Invoices", "Order no.", "PO",
    "purchase order", "ISBN", "ISBN-10:", "UPRN", "ULN:", "Contract no.", "Application number", "Account no:",
    "Ticket #", "VAT no.",
)  # fmt: skip
chances = st.integers(0, 2**32).map(random.Random)


def found(text: str, heading: str = "") -> tuple[int, int]:
    """Return how many unique pupil numbers and NHS numbers are found in a text."""
    return len(list(upns_in(text))), len(list(nhs_numbers_in(text, heading)))


def test_that_the_check_letters_are_those_of_the_published_examples():
    assert is_upn("B801200005001")
    assert is_upn("b801200005001")
    assert is_upn("P207000016049")
    assert not is_upn("A801200005001")
    assert len(CHECK_LETTERS) == 23


def test_that_the_check_digits_are_those_of_the_published_examples():
    assert is_nhs_number("9434765919")
    assert is_nhs_number("4010232137")
    assert not is_nhs_number("4010232138")
    assert not is_nhs_number("987654432")
    assert nhs_number_of("999999998") is None or is_nhs_number(nhs_number_of("999999998") or "")


@given(st.text("0123456789", min_size=12, max_size=12))
def test_that_one_letter_of_23_fits_a_pupil_number(digits):
    fitting = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if is_upn(letter + digits)]
    assert fitting == [upn_of(digits)[0]]


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_that_a_temporary_pupil_number_ends_with_a_letter_of_value(digits, last):
    fitting = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if is_upn(letter + digits + last)]
    assert fitting == ([] if last in "IOS" else [upn_of(digits, last)[0]])


@given(st.text("0123456789", min_size=9, max_size=9))
def test_that_one_digit_fits_an_nhs_number_or_none_where_it_would_be_10(digits):
    fitting = [digit for digit in "0123456789" if is_nhs_number(digits + digit)]
    right = nhs_number_of(digits)
    assert fitting == ([right[-1]] if right else [])


@given(chances)
def test_that_a_pupil_number_is_found_in_any_text(chance):
    text = sentence_with(chance, written_upn(chance, some_upn(chance)))
    assert found(text) == (1, 0), text


@given(chances)
def test_that_an_nhs_number_is_found_in_any_text(chance):
    text = sentence_with(chance, written_nhs_number(chance, some_nhs_number(chance)))
    assert found(text) == (0, 1), text


@given(chances)
def test_that_a_wrong_check_is_never_reported(chance):
    upn = sentence_with(chance, written_upn(chance, wrong_upn(chance)))
    number = sentence_with(chance, written_nhs_number(chance, wrong_nhs_number(chance)))
    assert found(upn) == found(number) == (0, 0)


def test_that_ten_thousand_texts_give_exactly_what_was_planted_in_them():
    chance = random.Random(20210426)
    for _ in range(10_000):
        upns, numbers, parts = 0, 0, []
        for _ in range(chance.randint(0, 4)):
            kind = chance.randrange(4)
            upns += kind == 0
            numbers += kind == 1
            words = (
                written_upn(chance, some_upn(chance)) if kind == 0
                else written_nhs_number(chance, some_nhs_number(chance)) if kind == 1
                else written_upn(chance, wrong_upn(chance)) if kind == 2
                else written_nhs_number(chance, wrong_nhs_number(chance))
            )  # fmt: skip
            parts.append(sentence_with(chance, words))
        text = "\n".join(parts)
        assert found(text) == (upns, numbers), text


@given(chances, st.integers(2, 12))
def test_that_numbers_side_by_side_are_all_found(chance, count):
    numbers = [some_nhs_number(chance) for _ in range(count)]
    spaced = [f"{each[:3]} {each[3:6]} {each[6:]}" for each in numbers]
    assert found(" ".join(numbers)) == found(", ".join(numbers)) == found(" ".join(spaced)) == (0, count)
    assert found(" ".join(some_upn(chance) for _ in numbers)) == (count, 0)


@given(chances, st.text("0123456789", min_size=1, max_size=12))
def test_that_a_number_within_a_longer_one_is_none(chance, more):
    number, upn = some_nhs_number(chance), some_upn(chance)
    assert found(f"{more}{number}")[1] == found(f"{number}{more}")[1] == 0
    assert found(f"{upn}{more}")[0] == found(f"{more}{upn}")[0] == 0
    assert found(f"X{upn}")[0] == found(f"{upn}X")[0] == 0
    assert found(f"0.{number}")[1] == found(f"{number}.{more}")[1] == 0


@given(chances, st.sampled_from(TELEPHONES))
def test_that_a_telephone_number_is_none(chance, label):
    number = some_nhs_number(chance)
    assert found(f"{label} {number}") == (0, 0)
    for country in ("+44 ", "+44", "0044 ", "+", "+44 (0)", "(0)", "(0) "):
        assert found(f"Contact: {country}{number}") == (0, 0)
        assert found(f"Contact: {country}{number[:3]} {number[3:6]} {number[6:]}") == (0, 0)


@given(chances, st.sampled_from(["", " ", "-"]), st.sampled_from(["01", "02", "03", "07", "08"]))
def test_that_telephone_numbers_as_they_are_written_here_are_none(chance, sign, begin):
    rest = f"{chance.randrange(10**9):09}"
    for sizes in ((4, 3, 4), (3, 4, 4), (5, 6), (5, 3, 3), (11,)):
        digits, parts = begin + rest, []
        for size in sizes:
            parts.append(digits[:size])
            digits = digits[size:]
        assert found(f"You can ring {sign.join(parts)} at any time") == (0, 0)
        assert found(f"({parts[0]}) {sign.join(parts[1:])}") == (0, 0)


@given(chances, st.sampled_from(REFERENCES))
def test_that_a_reference_number_is_none(chance, label):
    number, other = some_nhs_number(chance), some_nhs_number(chance)
    assert found(f"{label} {number}") == found(f"Paid by {label} {number} and {other}.") == (0, 0)
    assert found(f"| {label} | {number} |") == (0, 0)
    assert found(number, label) == (0, 0)


@given(chances, st.sampled_from(REFERENCES[:12]))
def test_that_a_reference_is_reported_when_it_is_written_or_named_like_an_nhs_number(chance, label):
    number = some_nhs_number(chance)
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    assert found(f"{label} {spaced}") == found(f"NHS {label} {number}") == found(f"{label} {number} (NHS)") == (0, 1)
    assert found(number, f"NHS number ({label})") == (0, 1)


@given(chances)
def test_that_a_court_order_is_no_order_number(chance):
    number = some_nhs_number(chance)
    assert found(f"Care order {number}") == found(f"in order {number}") == found(f"in border {number}") == (0, 1)


@given(chances, st.sampled_from("£$€"), st.sampled_from(["", " "]))
def test_that_a_sum_of_money_is_none(chance, sign, space):
    number = some_nhs_number(chance)
    assert found(f"It cost {sign}{space}{number}") == found(f"It cost {number}.50") == (0, 0)
    assert found(f"It cost {int(number):,}") == (0, 0)


@given(chances)
def test_that_a_video_call_is_none(chance):
    number = some_nhs_number(chance)
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    assert found(f"Meeting ID: {spaced}") == found(f"Webinar id {number}") == found(f"Zoom no. {spaced}") == (0, 0)


@given(chances, st.integers(1, 3))
def test_that_parts_of_a_longer_number_are_none(chance, size):
    number = some_nhs_number(chance)
    hyphens = f"{number[:3]}-{number[3:6]}-{number[6:]}"
    more = "1" * size
    assert found(f"{more}-{hyphens}") == found(f"{hyphens}-{more}") == (0, 0)
    assert found(f"{number[:3]} {number[3:6]}-{number[6:]}") == (0, 0)


@given(st.lists(st.integers(1000, 2999), min_size=3, max_size=3), st.sampled_from("ABCDEFGHIJabcdef"))
def test_that_years_and_figures_after_a_letter_are_no_pupil_number(years, letter):
    assert found(f"Grade {letter} {years[0]} {years[1]} {years[2]} all pupils")[0] == 0
    figures = " ".join(f"{year % 900 + 100}" for year in (*years, years[0]))
    assert found(f"Option {letter} {figures} in all")[0] == 0


def test_that_what_was_found_is_told_in_words_without_it():
    assert counts_in_words({}) == ""
    assert counts_in_words({Identifier.UPN: 1}) == "1 unique pupil number"
    counts = {Identifier.BIRTH_DATE: 1, Identifier.NHS_NUMBER: 1200, Identifier.CHILD_LIST: 2}
    assert counts_in_words(counts) == "1,200 NHS numbers, 1 date of birth and 2 rows of a child-level list"


@pytest.mark.parametrize("kind", Identifier)
def test_that_every_kind_has_words_for_one_and_many(kind):
    assert kind.counted(1) == kind.counted(1).strip()
    assert re.fullmatch(r"2 [A-Za-z -]+", kind.counted(2))
