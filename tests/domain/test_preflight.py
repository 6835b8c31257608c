"""Pre-flight: each line is judged by what was found, and the page is green only when nothing is to be put right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from readiness.domain.preflight import (
    EditionFact,
    Light,
    LinkFact,
    PreflightFacts,
    head_line,
    is_green,
    judge,
)

NOW = datetime(2021, 4, 26, 9, 30, tzinfo=UTC)
GOOD = PreflightFacts(
    clock=NOW, version="0.1.0", files=212, size=1_300_000_000, missing=(), altered=(), copied_links=2, links=(),
    free=80_000_000_000, faults=(), unknown_changes=0, inspections=2, editions=(), backup=NOW - timedelta(hours=1),
    newest=NOW - timedelta(hours=2), newest_by="Head of SEND", since_backup=0,
)  # fmt: skip
WEB = LinkFact("a1", "Guidance", "https://www.gov.uk/a", "")
PLACE = LinkFact("a2", "Scan", r"\\server\share\scan.pdf", r"\\server\share\scan.pdf")


def line(key, **facts):
    return next(each for each in judge(replace(GOOD, **facts)) if each.key == key)


def test_that_all_in_order_is_green():
    lines = judge(GOOD)
    assert head_line(lines) == "Ready to go offline: everything is in order."
    assert is_green(lines)
    assert [each.cure for each in lines] == [""] * 8
    assert [each.title for each in lines] == [
        "Evidence files", "Links", "Disk space", "Backup", "Workspace", "Program", "Frameworks", "Clock",
    ]  # fmt: skip
    assert lines[0].said == "All 212 files are there and unaltered (1.3 GB)."


@pytest.mark.parametrize(
    ("key", "facts", "light", "said"),
    [
        ("files", {"files": 0, "size": 0}, Light.GOOD, "No evidence files are kept here yet."),
        ("files", {"missing": ("A.pdf",)}, Light.BAD, "1 file is missing: A.pdf."),
        (
            "files", {"missing": ("A.pdf", "B.pdf"), "altered": ("C.pdf",)}, Light.BAD,
            "2 files are missing: A.pdf, B.pdf; 1 file is not what was attached: C.pdf.",
        ),
        ("links", {"copied_links": 0}, Light.GOOD, "No evidence is a mere link."),
        (
            "links", {"links": (WEB, PLACE)}, Light.WARNING,
            "2 links have no copy here and will not open without a network: Guidance, Scan.",
        ),
        ("room", {"free": 1_000_000}, Light.BAD, "Only 1.0 MB are free."),
        ("room", {"free": 1_500_000_000}, Light.WARNING, "1.5 GB are free; a pack of all evidence needs 1.8 GB."),
        ("backup", {"backup": None}, Light.BAD, "No backup of this workspace was made yet."),
        ("backup", {"since_backup": 3}, Light.GOOD, "The last backup is of 26 Apr 2021, 08:30; 3 steps came after it."),
        (
            "backup", {"since_backup": 1, "backup": NOW - timedelta(days=2)}, Light.WARNING,
            "The last backup is of 24 Apr 2021, 09:30; 1 step came after it.",
        ),
        (
            "backup", {"backup": NOW - timedelta(days=40)}, Light.GOOD,
            "The last backup is of 17 Mar 2021, 09:30; nothing changed since.",
        ),
        ("workspace", {"faults": ("a", "b")}, Light.BAD, "2 faults in the workspace’s file, the first: a."),
        (
            "program", {"unknown_changes": 4}, Light.WARNING,
            "Inspection readiness 0.1.0 is not the newest: 4 changes were made by a newer version and cannot be shown.",
        ),
        (
            "frameworks", {"editions": (EditionFact("Social Care", "2018", "ILACS", "January 2024"),)}, Light.WARNING,
            "Social Care follows 2018, in force is ILACS, January 2024.",
        ),
        ("clock", {"newest": NOW + timedelta(minutes=9)}, Light.GOOD, "in step with the last change."),
        ("clock", {"newest": None}, Light.GOOD, "This laptop’s clock says 26 Apr 2021, 09:30."),
        (
            "clock", {"newest": NOW + timedelta(days=7)}, Light.BAD,
            "yet Head of SEND changed something on 3 May 2021, 09:30.",
        ),
        ("clock", {"newest": NOW - timedelta(days=91)}, Light.WARNING, "the last change is of 25 Jan 2021, 09:30."),
    ],
)  # fmt: skip
def test_that_every_line_says_what_was_found(key, facts, light, said):
    found = line(key, **facts)
    assert found.light is light
    assert found.said.endswith(said)
    assert bool(found.cure) is (light is not Light.GOOD)


def test_that_what_can_be_fetched_is_said():
    assert line("links", links=(PLACE,)).cure == "Fetch copies."
    assert line("links", links=(WEB, PLACE)).cure.startswith("1 of them leads to a file: fetch copies.")
    assert "fetch" not in line("links", links=(WEB,)).cure


def test_that_warnings_leave_the_page_green_and_faults_do_not():
    known = judge(replace(GOOD, links=(WEB,), unknown_changes=1))
    assert is_green(known)
    assert head_line(known) == "Ready to go offline, with 2 things to know."
    bad = judge(replace(GOOD, links=(WEB,), backup=None))
    assert not is_green(bad)
    assert head_line(bad) == "Not ready to go offline: 1 thing to put right."


def test_that_names_of_any_length_stay_one_line():
    said = line("files", missing=tuple(f"{'x' * 300}\n{number}" for number in range(9))).said
    assert said.endswith(" and 5 more.")
    assert "\n" not in said
    assert len(said) < 400
