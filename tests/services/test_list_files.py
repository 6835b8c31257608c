"""A file about to be sent is compared with a published list by its headings alone."""

from dataclasses import replace

import pytest
from council import FRAMEWORK

from readiness.domain.errors import BadValue
from readiness.domain.schemes import HANDBOOK
from readiness.frameworks.shipped import find_framework
from readiness.services.list_files import check_list_file, list_of

CONTACTS = find_framework("ilacs-2026").lists[0]


@pytest.fixture
def checked(tmp_path):
    def check(headings, spec=CONTACTS):
        path = tmp_path / "Contacts.csv"
        path.write_text(",".join(headings) + "\n123,Girl,White British\n", encoding="utf-8")
        return check_list_file(path, spec)

    return check


def test_that_published_headings_are_said_to_be_right(checked):
    found = checked(CONTACTS.columns)
    assert found.faults == ()
    assert found.summary() == "Contacts.csv has the 7 columns of list 1, Contacts, as published and in their order."
    doubtful = checked(CONTACTS.columns, replace(CONTACTS, verified=False))
    assert doubtful.summary().endswith(f"The columns are not verified: {HANDBOOK}.")


def test_that_every_fault_is_named(checked):
    found = checked([*CONTACTS.columns[:5], "Contact Source", "Date of contact", "Postcode"])
    assert found.summary() == "Contacts.csv differs from list 1, Contacts: 2 faults."
    assert [fault.split("”")[0] for fault in found.faults] == ["“Postcode", "“Contact Source"]


@pytest.mark.parametrize("row", [["123", "Girl", "White British", "12"], ["Annex A, list 1"], ["", ""]])
def test_that_a_first_row_that_is_no_row_of_headings_is_never_quoted(checked, row):
    (fault,) = checked(row).faults
    assert "Put the published headings" in fault
    assert not any(text and text in fault for text in row if not text.isdigit())


def test_that_a_list_there_is_none_of_is_refused():
    with pytest.raises(BadValue, match="has no list 12"):
        list_of(find_framework("ilacs-2026"), 12)
    with pytest.raises(BadValue, match="asks for no lists"):
        list_of(FRAMEWORK, 1)
