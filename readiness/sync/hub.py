"""Hub: a PostgreSQL of the council's as a carrier. Rows are added and read, never changed. Needs the extra `hub`.

There is no cursor on a serial or a time: what lies there is listed whole, which takes a few milliseconds at full
volume, so that a row which was committed late is never missed. Source: merge.md, section 7.3.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from readiness.domain.errors import BadValue
from readiness.sync import hub_schema
from readiness.sync.carrier import CarrierAway, Entry, Fetched, Parcel
from readiness.sync.layout import KEY, SEGMENT, TEAM_FILE, Kind, placed

if TYPE_CHECKING:
    import psycopg

CONNECT_S, STATEMENT_MS = 5, 30_000
_TOGETHER = 100
"""Rows that are asked for, or added, at a time."""
_MOST_BYTES = 8_000_000
"""Bytes of those rows."""
_SCHEMES = ("postgresql", "postgres")
_HOST = re.compile(r"(\[[^\]]*\]|[^:]*)(:[0-9]{0,5}$)?")
_SECRET = frozenset(
    {"password", "passfile", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
)
_ALIVE = {"keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}
"""Seconds, seconds, times: a network that is gone without a word is noticed while an answer is waited for."""

_LOOK = (
    "SELECT name, octet_length(content), encode(sha256, 'hex') FROM hub.segment WHERE workspace = %(w)s "
    "UNION ALL SELECT name, octet_length(content), encode(sha256, 'hex') FROM hub.notice WHERE workspace = %(w)s"
)
_LOOK_1 = (
    "SELECT name, octet_length(content), '' FROM hub.segment WHERE workspace = %(w)s "
    "UNION ALL SELECT name, octet_length(content), '' FROM hub.notice WHERE workspace = %(w)s"
)
_SEGMENTS = "SELECT name, content FROM hub.segment WHERE workspace = %(w)s AND name = ANY(%(names)s)"
_NOTICES = "SELECT name, content FROM hub.notice WHERE workspace = %(w)s AND name = ANY(%(names)s)"
_ADD_DEVICE = "INSERT INTO hub.device (device, pub, label) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_OWNER = "SELECT pg_login, session_user FROM hub.device WHERE device = %s"
_ADD_SEGMENT = (
    "INSERT INTO hub.segment (workspace, by_device, name, sha256, content) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT DO NOTHING"
)
_ADD_NOTICE = (
    "INSERT INTO hub.notice (workspace, by_device, name, content) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_TEAMS = "SELECT content FROM hub.notice WHERE name = ANY(%s) OR name LIKE %s"


def is_hub(target: str) -> bool:
    """Return whether a place is an address of a PostgreSQL."""
    return target.partition("://")[0].casefold() in _SCHEMES and "://" in target


def safe_url(url: str) -> str:
    """Return an address without its password, also where signs in it that should be escaped are not.

    What is no number stands in no port's place, and what an "@" follows may be a password with "/", "?" or "#" in it.
    """
    scheme, sign, rest = url.partition("://")
    who, at, where = rest.rpartition("@")
    if at and ":" in who:
        rest = f"{who.partition(':')[0]}@{where}"
    end = min(found for each in "/?#" if (found := f"{rest}{each}".find(each)) >= 0)
    login, at, hosts = rest[:end].rpartition("@")
    hosts = ",".join(match[0] if (match := _HOST.match(each)) else "" for each in hosts.split(","))
    path, query_sign, query = rest[end:].partition("?")
    kept = [each for each in query.split("&") if "=" in each and _parameter(each) not in _SECRET]
    said = "&".join(kept)
    return f"{scheme}{sign}{login}{at}{hosts}{path}{query_sign if said else ''}{said}"


def _parameter(said: str) -> str:
    return unquote(said.partition("=")[0]).strip().casefold()


class HubCarrier:
    """One team's rows in a hub; the connection is made when it is first needed."""

    def __init__(self, url: str, workspace: str, device: str, public: bytes, label: str) -> None:
        self._url, self._workspace, self._device = url, workspace, device
        self._public, self._label = public, label
        self._connection: psycopg.Connection[Any] | None = None
        self._is_registered = False
        self._version = hub_schema.VERSION  # of the hub, once it is asked

    @property
    def key(self) -> str:
        """The address without its password."""
        return safe_url(self._url)

    @property
    def label(self) -> str:
        """The address without its password."""
        return safe_url(self._url)

    @property
    def is_read_only(self) -> bool:
        """Whether it is, shows when something is left there."""
        return False

    @property
    def hint(self) -> str:
        """That it is of an older version, which serves still."""
        return older_words(self._url) if self._version < hub_schema.VERSION else ""

    def look(self) -> Sequence[Entry]:
        """Return every file of the team's. Several may have one name: whoever may add a row chooses its name."""
        with self._asking() as connection:
            found = connection.execute(_LOOK if self._version > 1 else _LOOK_1, {"w": self._workspace}).fetchall()
        count = Counter(name for name, _, _ in found)
        return [
            Entry(name, size, mark if count[name] > 1 else "") for name, size, mark in found if placed(name) is not None
        ]

    def fetch(self, entries: Iterable[Entry]) -> Iterator[Fetched]:
        """Yield files whole; they are asked for a hundred at a time."""
        for some in _portions((entry, entry.size) for entry in entries):
            contents = self._contents([each.name for each in some if _fits(each.name, each.size)])
            for entry in some:
                content = _meant(entry, contents.get(entry.name, ()))
                if _fits(entry.name, len(content)):
                    yield Fetched(entry, content)
                else:
                    yield Fetched(entry, b"", "it is not there any more, or larger than such a file can be")

    def _contents(self, names: Sequence[str]) -> dict[str, list[bytes]]:
        """Return what lies there by name."""
        found: dict[str, list[bytes]] = {}
        for sql, of_segments in ((_SEGMENTS, True), (_NOTICES, False)):
            wanted = [name for name in names if (_kind(name) == SEGMENT) == of_segments]
            if not wanted:
                continue
            with self._asking() as connection:
                rows = connection.execute(sql, {"w": self._workspace, "names": wanted}).fetchall()
            for name, content in rows:
                found.setdefault(name, []).append(bytes(content))
        return found

    def deliver(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """Add rows, a hundred at a time; each is yielded after its transaction was committed."""
        for some in _portions((parcel, len(parcel.content)) for parcel in parcels):
            segments = [
                (self._workspace, self._device, each.name, sha256(each.content).digest(), each.content)
                for each in some
                if _kind(each.name) == SEGMENT
            ]
            notices = [
                (self._workspace, self._device, each.name, each.content) for each in some if _kind(each.name) != SEGMENT
            ]
            with self._asking() as connection, connection.transaction(), connection.cursor() as cursor:
                if not self._is_registered:
                    self._register(cursor)
                if segments:
                    cursor.executemany(_ADD_SEGMENT, segments)
                if notices:
                    cursor.executemany(_ADD_NOTICE, notices)
            self._is_registered = True
            yield from some

    def _register(self, cursor: "psycopg.Cursor[Any]") -> None:
        """Say which login this laptop's rows are of: the first that it came with. Raises CarrierAway for another."""
        cursor.execute(_ADD_DEVICE, (self._device, self._public, self._label))
        known, mine = cursor.execute(_OWNER, (self._device,)).fetchall()[0]
        if known != mine:
            raise CarrierAway(
                f"{self.label} knows this laptop by the login {known}. Share with that one again, or ask whoever runs "
                f"it to let {mine} have it: in hub.device, pg_login of {self._device}"
            )

    def remove(self, names: Iterable[str]) -> None:
        """Nothing is ever taken away here."""

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _asking(self) -> "Iterator[psycopg.Connection[Any]]":
        with in_words(self._url):
            try:
                if self._connection is None or self._connection.closed:
                    self._connection = connected(self._url)
                    self._version = _checked_version(self._connection, self._url)
                yield self._connection
            except BaseException:
                self.close()  # the next attempt begins anew
                raise


def _kind(name: str) -> Kind | None:
    known = placed(name)
    return known.kind if known is not None else None


def _fits(name: str, size: int) -> bool:
    kind = _kind(name)
    return kind is not None and 0 < size <= kind.largest


def _meant(entry: Entry, contents: Sequence[bytes]) -> bytes:
    """Return which of the files of one name is meant: the one of the mark, else the one that it is the name of."""
    if entry.mark:
        return next((each for each in contents if sha256(each).hexdigest() == entry.mark), b"")
    known = placed(entry.name)
    tag = known.tag if known is not None else ""
    named_after = (each for each in contents if tag and sha256(each).hexdigest().startswith(tag))
    return next(named_after, contents[0] if contents else b"")


def _portions(sized: Iterable[tuple[Any, int]]) -> Iterator[list[Any]]:
    """Yield things in portions of so many, and of so many bytes."""
    some: list[Any] = []
    total = 0
    for each, size in sized:
        some.append(each)
        total += size
        if len(some) >= _TOGETHER or total >= _MOST_BYTES:
            yield some
            some, total = [], 0
    if some:
        yield some


def _psycopg() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise CarrierAway(
            "To share through PostgreSQL this installation lacks psycopg. Install it: pip install psycopg[binary]"
        ) from error
    return psycopg


def connected(url: str) -> "psycopg.Connection[Any]":
    """Return a connection; every statement is a transaction of its own."""
    driver = _psycopg()
    made: psycopg.Connection[Any] = driver.connect(
        url,
        autocommit=True,
        connect_timeout=CONNECT_S,
        options=f"-c statement_timeout={STATEMENT_MS} -c idle_in_transaction_session_timeout={STATEMENT_MS}",
        application_name="inspection-readiness",
        **_ALIVE,
    )
    return made


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Turn what the driver raises into a sentence without a password; the driver's own words may have one."""
    driver = _psycopg()
    try:
        yield
    except driver.Error as error:
        raise CarrierAway(_sentence(error, safe_url(url))) from None


_STATES = (
    ("28", "does not take this login or its password. Look at both, and at the file .pgpass"),
    ("3D", "has no database of that name. Ask who runs it"),
    ("42501", "does not let this login in. Ask who runs it for: GRANT hub_member TO the login"),
    ("3F000", "is no hub yet. Run `hub init` there once"),
    ("42P01", "is no hub yet. Run `hub init` there once"),
    ("53", "is full or too busy. It is tried again; tell who runs it"),
    ("25006", "may only be read now. It is tried again"),
    ("57014", "took too long to answer. It is tried again"),
    ("57", "is shutting down or starting. It is tried again"),
    ("23", "does not take what this laptop leaves there. Tell who runs it"),
    ("58", "has a fault of its own. It is tried again; tell who runs it"),
    ("XX", "has a fault of its own. It is tried again; tell who runs it"),
)


def _sentence(error: Any, where: str) -> str:
    state = error.sqlstate or ""
    text = str(error).casefold()
    for start, said in _STATES:
        if state.startswith(start):
            return f"{where} {said}."
    for sign, said in (
        ("password authentication failed", _STATES[0][1]),
        ("no password supplied", _STATES[0][1]),
        ('role "', _STATES[0][1]),
        ("too many clients", "is full or too busy. It is tried again; tell who runs it"),
        ("connection slots are reserved", "is full or too busy. It is tried again; tell who runs it"),
        ("does not exist", _STATES[1][1]),
        ("certificate", "does not show a certificate that this laptop trusts. Ask who runs it for sslrootcert"),
        ("invalid ", "cannot be understood as an address. Write postgresql://login@server/database"),
        ('missing "="', "cannot be understood as an address. Write postgresql://login@server/database"),
    ):
        if sign in text:
            return f"{where} {said}."
    return f"{where} cannot be reached now. It is tried again; what you do is kept here until then."


def _checked_version(connection: "psycopg.Connection[Any]", url: str) -> int:
    found = version_of(connection)
    if found == 0:
        raise no_hub(url)
    if found > hub_schema.VERSION:
        raise CarrierAway(f"{safe_url(url)} was made by a newer version of this program. Install it to share there.")
    return found


def no_hub(url: str) -> CarrierAway:
    """Return the failure of a database in which no hub was made."""
    return CarrierAway(f"{safe_url(url)} is no hub yet. Run `hub init` there once.")


def older_words(url: str) -> str:
    """Return how a hub of an older version is brought up."""
    return (
        f"{safe_url(url)} is a hub of an older version, which serves still: whoever runs it brings it up with `hub "
        "init`."
    )


def version_of(connection: "psycopg.Connection[Any]") -> int:
    """Return which version of the hub's tables is there; 0: none."""
    (table,) = connection.execute(hub_schema.FOUND).fetchone() or (None,)
    if table is None:
        return 0
    (found,) = connection.execute(hub_schema.CURRENT).fetchone() or (0,)
    return int(found or 0)


def team_notes(url: str) -> list[bytes]:
    """Return the notes of the teams that share through a hub. Raises CarrierAway."""
    with in_words(url), connected(url) as connection:
        _checked_version(connection, url)
        found = connection.execute(_TEAMS, ([f"workspace.{TEAM_FILE.ending}"], f"keys/%.{KEY.ending}")).fetchall()
    return [bytes(content) for (content,) in found]


def url_from(said: str | None, file: Path | None) -> str:
    """Return the address of a hub as it was given to a command. Raises BadValue for a password others could see."""
    if file is not None:
        try:
            said = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadValue(f"{file} cannot be read as text. Write the address into it, on one line.") from error
    elif said is not None and safe_url(said) != said:
        raise BadValue(
            "A password in a command can be seen by everybody on this machine. Put the address into a file and give "
            "that with --url-file, or the password into PGPASSWORD or the file .pgpass."
        )
    said = said or os.environ.get("READINESS_HUB", "")
    if not is_hub(said):
        raise BadValue("This is no address of a PostgreSQL. Write postgresql://login@server/database.")
    return said
