"""Names in packs: safe on Windows, unique whatever their capitals, and as near as can be to what people wrote."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_dossiers import NAMES, is_safe

from readiness.domain.file_names import LONGEST_NAME, Folder, safe_name, same_on_disk


@given(NAMES, st.booleans())
def test_that_every_name_is_safe(text, keep_ending):
    assert is_safe(safe_name(text, keep_ending=keep_ending))


@given(st.lists(NAMES, max_size=12), st.integers(16, LONGEST_NAME), st.booleans())
def test_that_a_folder_holds_no_two_names_alike(texts, longest, keep_ending):
    folder = Folder("index.xlsx")
    given = [folder.add(safe_name(text, "File", longest, keep_ending=keep_ending), longest, keep_ending=keep_ending)
             for text in texts]  # fmt: skip
    assert all(is_safe(name, longest) for name in given)
    assert len({same_on_disk(name) for name in (*given, "INDEX.XLSX")}) == len(given) + 1
    assert len({unicodedata.normalize("NFD", name).upper().lower() for name in given}) == len(given)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Audit March.xlsx", "Audit March.xlsx"),
        ("Plan: day 1/2", "Plan - day 1-2"),
        ("100% of plans #3.docx", "100 per cent of plans No 3.docx"),
        ("con.txt", "_con.txt"),
        ("~$draft.docx", "$draft.docx"),
        ("..", "Untitled"),
        ("Who? When*", "Who When"),
        ("Überblick  2021 .", "Überblick 2021"),
    ],
)
def test_that_names_stay_readable(text, name):
    assert safe_name(text, keep_ending=True) == name


def test_that_an_ending_outlives_the_cut():
    assert safe_name("word " * 40 + ".xlsx", longest=30, keep_ending=True) == "word word word word word.xlsx"
    assert safe_name("word " * 40 + ".xlsx", longest=30) == "word word word word word word"


def test_that_a_number_stands_before_the_ending():
    folder = Folder()
    assert [folder.add(name, keep_ending=True) for name in ("Plan.docx", "plan.DOCX", "PLAN.docx")] == [
        "Plan.docx",
        "plan (2).DOCX",
        "PLAN (3).docx",
    ]
