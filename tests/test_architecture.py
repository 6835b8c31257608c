"""The house's own rules, read from its source: which way imports point, and what nobody does. Source: design.md, 2."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
QT = ("PySide6", "shiboken6")
SHEETS = ("openpyxl", "xlsxwriter")
ARROWS = {
    "readiness": (*QT, "ui"),
    "readiness/domain": (
        "sqlalchemy", "alembic", "sqlcipher3", *SHEETS, "readiness.storage", "readiness.services", "readiness.excel",
        "readiness.frameworks", "readiness.sync", "readiness.documents", "readiness.cli",
    ),
    "readiness/documents": (
        "sqlalchemy", "sqlcipher3", *SHEETS, "readiness.storage", "readiness.services", "readiness.excel",
        "readiness.frameworks", "readiness.cli",
    ),
    "readiness/storage": (
        *SHEETS, "readiness.excel", "readiness.services", "readiness.frameworks", "readiness.documents",
        "readiness.cli",
    ),
    "readiness/excel": (
        "sqlalchemy", "sqlcipher3", "readiness.storage", "readiness.services", "readiness.frameworks",
        "readiness.documents", "readiness.cli",
    ),
    "readiness/frameworks": (
        "sqlalchemy", "sqlcipher3", *SHEETS, "readiness.storage", "readiness.services", "readiness.excel",
        "readiness.documents", "readiness.cli",
    ),
    "readiness/sync": (
        "sqlcipher3", *SHEETS, "readiness.storage", "readiness.services", "readiness.excel", "readiness.frameworks",
        "readiness.documents", "readiness.cli",
    ),
    "readiness/services": (*SHEETS, "sqlcipher3", "readiness.cli"),
    "ui": ("sqlalchemy", "sqlcipher3", *SHEETS, "readiness.storage.tables", "readiness.storage.journal"),
    "resources": ("readiness", "ui", *QT),
}  # fmt: skip
NETWORK_AND_SHELL = (
    "pickle", "shelve", "marshal", "subprocess", "urllib.request", "http", "ftplib", "smtplib", "requests",
    "socketserver", "telnetlib", "xmlrpc",
)  # fmt: skip
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE)\b\s")


def sources(folder: str) -> list[Path]:
    """Return the program's own modules under a folder, or the one module of that name."""
    place = ROOT / folder
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


PROGRAM = [path for folder in ("main.py", "readiness", "ui", "resources") for path in sources(folder)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def for_typing_only(tree: ast.Module) -> set[ast.AST]:
    """Return every node under `if TYPE_CHECKING:`."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for part in node.body
        for inner in ast.walk(part)
    }


class Seen(NamedTuple):
    """What the rules ask of a module. Trees are not kept: a million nodes would slow whatever looks for rubbish."""

    imports: tuple[str, ...]  # the modules, and the names in them, wherever the import stands
    imports_when_run: tuple[str, ...]
    called: frozenset[str]  # what is called by a name, or by names with dots
    built_sql: tuple[str, ...]
    has_header: bool


@cache
def seen_in(path: Path) -> Seen:
    """Read a module once in each process."""
    tree = parsed(path)
    typing_only = for_typing_only(tree)
    imports: list[tuple[ast.AST, str]] = []
    called: set[str] = set()
    built: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that this test can read them"
            imports += ((node, f"{node.module}.{alias.name}") for alias in node.names)
        if isinstance(node, ast.Call):
            called.add(dotted(node.func))
        if SQL.search(built_text(node)):
            built.append(f"line {node.lineno}: {ast.unparse(node)}")
    when_run = tuple(name for node, name in imports if node not in typing_only)
    every = tuple(name for _, name in imports)
    return Seen(every, when_run, frozenset(called), tuple(built), not tree.body or bool(ast.get_docstring(tree)))


def dotted(node: ast.expr) -> str:
    """Return a name with its dots, as `os.system`; "" for anything that is more than names."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def built_text(node: ast.AST) -> str:
    """Return the fixed part of a text that is put together in a place; "" when none is."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        sides = (node.left, node.right)
        return "".join(str(side.value) for side in sides if isinstance(side, ast.Constant))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return ast.unparse(node.func.value)
    return ""


def imported_modules(path: Path, *, only_when_run: bool = False) -> tuple[str, ...]:
    """Return the modules and the names in them that a module imports, wherever in it the import stands."""
    seen = seen_in(path)
    return seen.imports_when_run if only_when_run else seen.imports


def is_within(module: str, names: tuple[str, ...]) -> bool:
    return any(f"{module}.".startswith(f"{name}.") for name in names)


@pytest.mark.parametrize(("folder", "forbidden"), ARROWS.items(), ids=ARROWS)
def test_that_imports_point_one_way(folder, forbidden):
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(folder)
        for module in imported_modules(path, only_when_run=True)
        if is_within(module, forbidden)
    ]
    assert not wrong


def test_that_widgets_name_no_record_even_for_typing_but_sessions():
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources("ui")
        for module in imported_modules(path)
        if is_within(module, ("sqlalchemy", *SHEETS, "readiness.storage.tables")) and module != "sqlalchemy.orm.Session"
    ]
    assert not wrong


def test_that_the_domain_leans_on_nothing_of_ours_but_itself():
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources("readiness/domain")
        for module in imported_modules(path)
        if is_within(module, ("readiness", "ui", "resources", "main")) and not is_within(module, ("readiness.domain",))
    ]
    assert not wrong


def test_that_the_domain_reads_no_clock():
    calls = [
        f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
        for path in sources("readiness/domain")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow", "time_ns")
    ]
    assert not calls


def test_that_only_one_module_knows_charts():
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in PROGRAM
        for module in imported_modules(path)
        if is_within(module, ("PySide6.QtCharts",))
    }
    assert knowing <= {"ui/charts.py"}


def test_that_only_one_sqlite_library_is_ever_loaded():
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in PROGRAM
        for module in imported_modules(path)
        if is_within(module, ("sqlite3", "apsw", "pysqlite3", "PySide6.QtSql"))
    ]
    assert not wrong


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_that_nothing_runs_text_or_reaches_out(path):
    assert not [module for module in imported_modules(path) if is_within(module, NETWORK_AND_SHELL)]
    called = seen_in(path).called
    assert not called & {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.startfile"}
    assert not [name for name in called if name.startswith("socket.") and name != "socket.gethostname"]
    assert not [name for name in imported_modules(path) if name.startswith("socket.")]


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_that_no_sql_is_built_from_texts(path):
    assert not seen_in(path).built_sql


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_that_every_module_says_what_it_is(path):
    assert seen_in(path).has_header, f"{path.relative_to(ROOT)} has no header"


def test_that_only_the_hub_speaks_to_a_server():
    speaking = [
        path.relative_to(ROOT).as_posix()
        for path in PROGRAM
        if any(is_within(module, ("psycopg", "socket")) for module in imported_modules(path))
    ]
    hub = ["readiness/sync/hub.py", "readiness/sync/hub_making.py"]
    assert speaking == ["readiness/storage/lock.py", *hub]  # the lock asks for this machine's name
