"""Paths in links, told from the text alone; and paths as a page's links."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.outside import link_to, path_in


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://www.gov.uk/a.pdf", ""),
        ("javascript:alert(1)", ""),
        ("mailto:somebody", ""),
        ("Audit.xlsx", ""),
        (r"C:\Users\Audit.xlsx", r"C:\Users\Audit.xlsx"),
        (r"\\server\share\Audit.xlsx", r"\\server\share\Audit.xlsx"),
        ("/mnt/share/Audit.xlsx", "/mnt/share/Audit.xlsx"),
        ("file:///C:/A%20B/Audit.xlsx", "C:/A B/Audit.xlsx"),
        ("FILE:///mnt/%C3%BC.pdf", "/mnt/ü.pdf"),
        ("file:/mnt/a.pdf", "/mnt/a.pdf"),
        ("file://localhost/mnt/a.pdf", "/mnt/a.pdf"),
        ("file://server/share/a.pdf", "//server/share/a.pdf"),
        (r"file:\\server\share\a.pdf", "//server/share/a.pdf"),
    ],
)
def test_that_only_links_to_files_have_a_path(address, path):
    assert path_in(address) == path


@given(st.text().filter(lambda text: text.isprintable()))
def test_that_links_of_pages_hold_any_name(path):
    link = link_to(path)
    assert link.isascii()
    assert not set(link) & set(" \"'<>&#?:")
    assert unquote(link) == path
