"""A framework written out is a whole file that stands alone and reads back as the same framework."""

import tomllib
from dataclasses import replace

import pytest
from framework_drafts import drafts
from hypothesis import given

from readiness.domain.errors import BadValue
from readiness.frameworks.reader import read_framework
from readiness.frameworks.shipped import shipped_frameworks
from readiness.frameworks.writer import framework_text


@given(drafts())
def test_that_whatever_is_written_reads_back_as_it_was(draft):
    assert read_framework(framework_text(draft), "written.toml") == draft


@pytest.mark.parametrize("draft", shipped_frameworks(), ids=lambda draft: draft.id)
def test_that_the_shipped_frameworks_written_out_need_no_base(draft):
    text = framework_text(draft)
    assert "base" not in tomllib.loads(text)
    assert read_framework(text, "written.toml") == draft


def test_that_the_file_explains_its_keys_in_remarks():
    text = framework_text(shipped_frameworks()[0])
    remarks = text[: text.index("\nformat = 1\n")].splitlines()
    assert remarks[0] == "# SEND re-visit: written statement of action, edition 2018 to 2022"
    assert all(line.startswith("#") for line in remarks if line)
    assert all(len(line) <= 120 and line == line.rstrip() for line in remarks)


def test_that_a_title_cannot_break_out_of_the_remarks():
    draft = replace(shipped_frameworks()[0], title="x\nabstract = true")
    assert "abstract" not in tomllib.loads(framework_text(draft))


def test_that_what_no_reader_would_take_is_not_written():
    draft = shipped_frameworks()[0]
    long = replace(draft.areas[0].items[0], guidance="x" * 2_000_000)
    with pytest.raises(BadValue, match="larger than 2 MB"):
        framework_text(replace(draft, areas=(replace(draft.areas[0], items=(long,)),)))
