"""What we lean on: that it is what we think it is, and that the README says why each is there."""

import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = [re.split(r"[ <>=~!\[;]", line)[0] for line in PROJECT["dependencies"]]


def test_that_qt_is_of_the_series_that_keeps_none_alive():
    assert version("PySide6").startswith("6.11.")


def test_that_calls_which_return_nothing_keep_their_references(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm")
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("text")
    assert abs(sys.getrefcount(None) - before) < 100  # 6.12.0 loses one a call; others come and go by themselves


def test_that_the_storage_has_search_and_a_current_engine():
    import sqlcipher3

    connection = sqlcipher3.connect(":memory:")
    options = {text for (text,) in connection.execute("PRAGMA compile_options")}
    connection.close()
    assert "ENABLE_FTS5" in options
    assert sqlcipher3.sqlite_version_info >= (3, 50)


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_that_the_readme_says_why_each_dependency_is_there(name):
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    naming = [line for line in lines if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", line, re.IGNORECASE)]
    assert any(len(line) > len(name) + 20 for line in naming), f"README.md names {name} nowhere with a reason"
