"""What may be handed to the system's programs: pages at once, places after asking, programs never."""

import pytest

from readiness.domain.opening import Way, is_program, opening_of_file, opening_of_link


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("https://www.gov.uk/send", Way.OPEN),
        ("HTTP://intranet/page", Way.OPEN),
        ("file:///C:/Data/Audit.xlsx", Way.ASK),
        ("file://server/send/Audit.xlsx", Way.ASK),
        ("\\\\lcc-fs01\\send\\Audit.xlsx", Way.ASK),
        ("C:\\Data\\Audit.xlsx", Way.ASK),
        ("mailto:send@example.gov.uk", Way.ASK),
        ("msteams:l/meetup", Way.ASK),
        ("ms-msdt:/id PCWDiagnostic", Way.ASK),
        ("javascript:alert(1)", Way.NEVER),
        ("JavaScript:alert(1)", Way.NEVER),
        ("data:text/html,<script>", Way.NEVER),
        ("vbscript:msgbox", Way.NEVER),
        ("file:///C:/Data/setup.exe", Way.NEVER),
        ("\\\\lcc-fs01\\send\\macro.vbs", Way.NEVER),
        ("file:///tmp/thing.desktop", Way.NEVER),
    ],
)
def test_that_a_link_is_opened_asked_about_or_left(url, way):
    verdict = opening_of_link(url)
    assert verdict.way is way
    assert (verdict.said == "") is (way is Way.OPEN)
    if way is not Way.OPEN:
        assert verdict.said.startswith("“")
        assert verdict.said[-1] in ".?"


@pytest.mark.parametrize("name", ["a.exe", "A.EXE", "report.pdf.js", "x.lnk", "x.hta ", "x.bat.", "x.ps1", "x.url"])
def test_that_a_program_is_known_by_its_ending(name):
    assert is_program(name)
    assert opening_of_file(name).way is Way.NEVER


@pytest.mark.parametrize("name", ["Audit.xlsx", "exe", "a.exe.pdf", "Report", "notes.txt", "data.csv", ".docx"])
def test_that_a_paper_opens(name):
    assert opening_of_file(name).way is Way.OPEN
