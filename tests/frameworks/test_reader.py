"""A framework file is read whole, or refused with every fault and its place; nothing else ever happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.errors import FrameworkError
from readiness.domain.vocabulary import Kind, Priority
from readiness.frameworks.reader import LARGEST_BYTES, read_framework, read_framework_file
from resources import resource

SOUND = """\
format = 1
id = "mock-2021"
edition = "2021"
title = "Mock inspection"
short_title = "Mock"
summary = "A rehearsal"

[scales]
progress = ["Sufficient", "Not sufficient"]

[[areas]]
code = "A"
title = "Call"
scale = "progress"

[[areas.items]]
reference = "M-A01"
title = "Call plan"
good = "Rehearsed."
kind = "document"
service = "SEND"
due = "held ready"
priority = "essential"
basis = "P"

[[areas.items]]
reference = "M-A02"
title = "Record of the call"
good = "Kept."
kind = "case_sample"
service = "Health (CCG)"
due = "Day  1"
priority = "supporting"
basis = "S"

[[areas]]
code = "B"
title = "People"
"""
LAST_LINE = SOUND.count("\n")


def faults_of(text):
    with pytest.raises(FrameworkError) as refused:
        read_framework(text, "mock.toml")
    assert refused.value.source == "mock.toml"
    return refused.value.faults


def only_fault_of(text):
    (fault,) = faults_of(text)
    return fault


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_that_a_sound_file_becomes_a_draft():
    draft = read_framework(SOUND, "mock.toml")
    assert (draft.id, draft.edition, draft.title, draft.short_title) == ("mock-2021", "2021", "Mock inspection", "Mock")
    assert draft.summary == "A rehearsal"
    assert draft.scales == {"progress": ("Sufficient", "Not sufficient")}
    assert [area.scale for area in draft.areas] == [("Sufficient", "Not sufficient"), ()]
    first, second = draft.areas[0].items
    assert (first.reference, first.guidance, first.kind, first.priority) == (
        "M-A01",
        "Rehearsed.",
        Kind.DOCUMENT,
        Priority.ESSENTIAL,
    )
    assert (second.kind, second.service, second.due_rule, second.basis) == (
        Kind.CASE_SAMPLE,
        "Health (CCG)",
        "day 1",
        "S",
    )


def test_that_an_area_may_have_no_items():
    assert read_framework(SOUND, "mock.toml").areas[1].items == ()


def test_that_windows_line_ends_and_a_byte_order_mark_change_nothing():
    assert read_framework("\ufeff" + SOUND.replace("\n", "\r\n"), "mock.toml") == read_framework(SOUND, "mock.toml")


def test_that_kinds_and_priorities_forgive_capitals_and_spaces():
    text = SOUND.replace('"case_sample"', '"Case sample"').replace('"supporting"', '" Supporting "')
    assert read_framework(text, "mock.toml") == read_framework(SOUND, "mock.toml")


def test_that_what_good_looks_like_may_run_over_several_lines():
    text = SOUND.replace('"Rehearsed."', '"""\nRehearsed.\n[[areas]]\ncode = 7\n"""')
    assert read_framework(text, "mock.toml").areas[0].items[0].guidance == "Rehearsed.\n[[areas]]\ncode = 7"


MALFORMED = {
    "unknown key of the file": (
        'edition = "2021"',
        'edition = "2021"\nauthor = "x"',
        "author",
        "“author” is not known",
    ),
    "unknown key of an area": ('title = "Call"', 'title = "Call"\nweight = 2', "weight", "code, title, scale or items"),
    "unknown key of an item": ('basis = "P"', 'basis = "P"\nauthor = "x"', "author", "“author” is not known"),
    "missing key of an area": ('code = "A"\n', "", "[[areas]]", "“code” is missing"),
    "missing key of an item": ('kind = "document"\n', "", "[[areas.items]]", "“kind” is missing"),
    "number for text": ('title = "Call plan"', "title = 7", "title = 7", "not a number"),
    "truth for text": ('title = "Call plan"', "title = true", "title = true", "not true or false"),
    "date for text": ('edition = "2021"', "edition = 2021-05-01", "edition", "not a date or time"),
    "list for text": ('title = "Call plan"', 'title = ["x"]', 'title = ["x"]', "not a list"),
    "table for text": ('title = "Call plan"', "title = {x = 1}", "title = {", "not a table"),
    "empty text": ('title = "Call plan"', 'title = "  "', 'title = "  "', "is empty"),
    "text too long": ('"Call plan"', f'"{"x" * 301}"', 'title = "xx', "has 301 characters. Shorten it to 300"),
    "control character": ('"Call plan"', '"Call\\u0000plan"', 'title = "Call\\', "control character"),
    "line break in a title": ('"Call plan"', '"Call\\nplan"', 'title = "Call\\', "line break"),
    "bad id": ('"mock-2021"', '"Mock 2021"', "id = ", "cannot be an id"),
    "duplicate reference": ('"M-A02"', '"M-A01"', '"M-A01"\ntitle = "Record', "stands first at line 17"),
    "reference in other capitals": ('"M-A02"', '"m-a01"', '"m-a01"', "“m-a01” is used already"),
    "area code in other capitals": ('code = "B"', 'code = "a"', 'code = "a"', "stands first at line 12"),
    "unknown kind": ('"document"', '"memo"', '"memo"', "document, dataset, interview or case_sample"),
    "unknown priority": ('"essential"', '"urgent"', '"urgent"', "essential, important or supporting"),
    "bad due rule": ('"held ready"', '"soon"', '"soon"', "“soon” is not a due rule. Write held ready, day N"),
    "due rule of day nought": ('"Day  1"', '"day 0"', '"day 0"', "“day 0” is not a due rule"),
    "unknown scale": ('scale = "progress"', 'scale = "stars"', '"stars"', "no scale “stars”"),
    "number for a scale": ('scale = "progress"', "scale = 4", "scale = 4", "not a number"),
    "scale without grades": ('["Sufficient", "Not sufficient"]', "[]", "progress = []", "must list its grades"),
    "grade twice": ('"Not sufficient"]', '"sufficient"]', "progress =", "“sufficient” twice"),
    "grade of another type": ('"Not sufficient"]', "2]", "progress =", "grade 2 of “progress” must be text"),
    "unknown format": ("format = 1", "format = 2", "format", "Write format = 1"),
    "format as text": ("format = 1", 'format = "1"', "format", "Write format = 1"),
    "format as truth": ("format = 1", "format = true", "format", "Write format = 1"),
    "format beyond printing": ("format = 1", f"format = 0x{'f' * 9000}", "format", "Write format = 1"),
}


@pytest.mark.parametrize(("old", "new", "at", "reason"), MALFORMED.values(), ids=MALFORMED.keys())
def test_that_a_malformed_file_names_the_line_and_the_reason(old, new, at, reason):
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    fault = only_fault_of(text)
    assert fault.startswith(f"line {line_of(text, at)}: ")
    assert reason in fault


@pytest.mark.parametrize("key", ["format", "id", "edition", "title", "short_title", "summary"])
def test_that_a_missing_key_of_the_file_is_named(key):
    text = "\n".join(line for number, line in enumerate(SOUND.split("\n")) if number > 5 or line.split(" ")[0] != key)
    assert only_fault_of(text).startswith(f"at the top: “{key}” is missing.")


def test_that_a_file_without_areas_is_refused():
    assert only_fault_of(SOUND[: SOUND.index("[[areas]]")]) == (
        "at the top: There is no area. Add at least one [[areas]] with its code and title."
    )


def test_that_single_brackets_are_corrected_to_double_ones():
    text = SOUND[: SOUND.index("[[areas]]")] + '[areas]\ncode = "A"\ntitle = "Call"\n'
    fault = only_fault_of(text)
    assert fault.startswith(f"line {line_of(text, '[areas]')}: ")
    assert "[[areas]] in double brackets" in fault


def test_that_items_which_are_no_tables_are_named():
    fault = only_fault_of(f"{SOUND}items = [1]\n")
    assert fault.startswith(f"line {LAST_LINE + 1}, areas[2].items[1]: This must be a table, not a number.")


def test_that_scales_which_are_no_table_are_named():
    text = SOUND.replace('[scales]\nprogress = ["Sufficient", "Not sufficient"]', "scales = 4")
    faults = faults_of(text)
    assert faults[0].startswith("line 8: “scales” must be a table, not a number.")
    assert "add it under [scales]" in faults[1]


def test_that_a_fault_in_an_inline_table_has_the_line_and_the_path():
    fault = only_fault_of(f'{SOUND}items = [{{reference = "M-B01", title = "x", good = "x", kind = "memo", '
                          'service = "SEND", due = "last day", priority = "important", basis = "P"}]\n')  # fmt: skip
    assert fault.startswith(f"line {LAST_LINE + 1}, areas[2].items[1].kind: “memo” is no kind.")


def test_that_lines_are_right_after_lists_and_texts_of_several_lines_and_comments():
    text = SOUND.replace(
        '["Sufficient", "Not sufficient"]', '[ # best first [[\n  "Sufficient",\n  "Not ]] sufficient",\n]'
    )
    text = text.replace('"Rehearsed."', '"""\n[[areas]]\nkind = "x"\n\\"""\n"""').replace('"supporting"', '"urgent"')
    assert only_fault_of(text).startswith(f"line {line_of(text, 'urgent')}: ")


def test_that_a_syntax_error_has_its_line_and_column():
    fault = only_fault_of(SOUND.replace('title = "Call plan"', "title = Call plan"))
    assert fault.startswith("line 18, column 9: Invalid value.")


def test_that_a_table_written_twice_is_named_in_plain_words():
    fault = only_fault_of(f"{SOUND}[areas]\n")
    assert fault.startswith(f"line {LAST_LINE + 1}, column 7: Cannot declare “areas” twice.")


def test_that_a_syntax_error_at_the_end_says_so():
    assert only_fault_of(SOUND.replace('"People"\n', '"""People')).startswith("at the end of the file: ")


def test_that_all_faults_are_reported_at_once_in_the_order_of_the_file():
    text = SOUND
    for old, new in (
        ('code = "B"', 'code = "a"'),
        ("format = 1", "format = 3"),
        ('"M-A02"', '"m-a01"'),
        ('"document"', '"memo"'),
        ('"Day  1"', '"day one"'),
        ('priority = "essential"\n', ""),
        ('summary = "A rehearsal"', "summary = 5\nauthor = 1"),
    ):
        text = text.replace(old, new, 1)
    faults = faults_of(text)
    assert len(faults) == 8
    lines = [int(fault.split(":")[0].removeprefix("line ")) for fault in faults]
    assert lines == sorted(lines)


def test_that_the_message_holds_the_file_and_every_fault():
    with pytest.raises(FrameworkError) as refused:
        read_framework(SOUND.replace('"document"', '"memo"').replace('"P"', '""'), "mock.toml")
    message = str(refused.value)
    assert message.startswith("mock.toml cannot be used as it is.")
    assert all(fault in message for fault in refused.value.faults)


@pytest.mark.parametrize(
    "text",
    ["x" * (LARGEST_BYTES + 1), "é" * (LARGEST_BYTES // 2 + 1), "# " + "x" * LARGEST_BYTES],
    ids=["characters", "bytes", "comment"],
)
def test_that_a_text_over_two_megabytes_is_refused(text):
    assert "larger than 2 MB" in only_fault_of(text)


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 100_000, "x = " + "9" * 5_000, "x = 2021-02-31", 'x = "\ud800"', "\x00"]
)
def test_that_hostile_values_are_refused(text):
    assert faults_of(text)


def test_that_half_a_character_is_refused():
    assert "control character" in only_fault_of(SOUND.replace("Call plan", "Call \ud800 plan"))


def test_that_a_file_is_read_whatever_its_byte_order_mark(tmp_path):
    path = tmp_path / "mock.toml"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text(SOUND, encoding=encoding)
        assert read_framework_file(path) == read_framework(SOUND, "mock.toml")


def file_fault_of(path):
    with pytest.raises(FrameworkError) as refused:
        read_framework_file(path)
    assert refused.value.source == path.name
    (fault,) = refused.value.faults
    return fault


def test_that_a_missing_file_is_said_to_be_missing(tmp_path):
    assert file_fault_of(tmp_path / "none.toml").startswith("There is no file ")


@pytest.mark.parametrize("name", ["folder", "a\0b", "x" * 5000])
def test_that_what_cannot_be_opened_is_refused_in_one_sentence(tmp_path, name):
    (tmp_path / "folder").mkdir()
    assert "cannot be opened" in file_fault_of(tmp_path / name)


def test_that_a_file_over_two_megabytes_is_refused(tmp_path):
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (LARGEST_BYTES + 1))
    assert "larger than 2 MB" in file_fault_of(path)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_that_a_file_in_another_encoding_is_refused_with_the_cure(tmp_path, encoding):
    path = tmp_path / "mock.toml"
    path.write_text(SOUND.replace("Rehearsed", "Réhearsed"), encoding=encoding)
    fault = file_fault_of(path)
    assert "with the encoding UTF-8" in fault
    assert fault.startswith("line 19: " if encoding == "cp1252" else "line 1: ")


def test_that_the_reader_and_the_shipped_files_agree_on_every_line():
    text = resource("frameworks", "send-revisit-2018.toml").read_text(encoding="utf-8")
    broken = text.replace('priority = "', 'priority = "x')
    wanted = [number for number, line in enumerate(broken.split("\n"), start=1) if line.startswith('priority = "x')]
    assert [fault.split(":")[0] for fault in faults_of(broken)] == [f"line {number}" for number in wanted]


def never_fails_otherwise(text):
    faults = None
    try:
        read_framework(text, "any")
    except FrameworkError as refused:
        faults = refused.faults
    assert faults is None or (faults and all(fault.strip() and "\n" not in fault for fault in faults))


@given(st.text())
def test_that_arbitrary_text_is_read_or_refused_and_nothing_else(text):
    never_fails_otherwise(text)


STRAY = ["[areas]\n", "[[scales]]\n", "[x.y]\n", "[[areas.items.kind]]\n", "items = [{}, 3]\n", "areas = []\n"]
STRAY += ['"" = {}\n', "a.b.c = 1\n", "scales = {a = [1], 'b\\n' = []}\n", "'''", '"""']
PIECES = st.lists(st.sampled_from([*SOUND.splitlines(keepends=True), *STRAY]), max_size=30)


@given(PIECES.map("".join))
def test_that_pieces_of_a_file_in_any_order_are_read_or_refused_and_nothing_else(text):
    never_fails_otherwise(text)


@given(st.integers(0, len(SOUND)), st.integers(0, 40), st.text(max_size=8))
def test_that_a_damaged_file_is_read_or_refused_and_nothing_else(start, length, put):
    never_fails_otherwise(SOUND[:start] + put + SOUND[start + length :])
