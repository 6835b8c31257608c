"""Hub making: the tables of a PostgreSQL hub are made, brought up and looked at, by whoever runs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from readiness.domain.errors import BadValue
from readiness.sync import hub_schema
from readiness.sync.carrier import CarrierAway
from readiness.sync.hub import connected, in_words, no_hub, older_words, safe_url, version_of

if TYPE_CHECKING:
    import psycopg


@dataclass(frozen=True, slots=True)
class HubTeam:
    """What a hub keeps of one workspace."""

    workspace: str
    segments: int
    laptops: int
    size: int  # bytes
    last_at: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that a hub keeps apart, since it is not what its name says."""

    name: str
    by_device: str
    why: str


@dataclass(frozen=True, slots=True)
class HubMade:
    """What `hub init` did."""

    version: int
    set_aside: tuple[SetAside, ...]  # this time


@dataclass(frozen=True, slots=True)
class HubStatus:
    """How a hub stands."""

    version: int
    hint: str  # what whoever runs it could do; "": nothing
    login: str
    is_member: bool
    teams: tuple[HubTeam, ...]
    set_aside: tuple[SetAside, ...]


def init_hub(url: str, members: Sequence[str] = ()) -> HubMade:
    """Make the schema of a hub, or bring it up. Doing it twice does no harm, and no row is lost by it.

    Args:
        url: Of a login that may create schemas and roles there.
        members: Logins that may share through it.

    Raises CarrierAway with a sentence; nothing is done then.
    """
    from psycopg import errors, sql

    with in_words(url), connected(url) as connection:
        found = version_of(connection)
        if found > hub_schema.VERSION:
            raise CarrierAway(f"{safe_url(url)} was made by a newer version of this program. Nothing was changed.")
        before = len(_set_aside(connection, found))
        try:
            with connection.transaction():
                for number in range(found + 1, hub_schema.VERSION + 1):
                    for statement in hub_schema.STEPS[number]:
                        connection.execute(sql.SQL(statement))
                    connection.execute(hub_schema.REACHED, (number,))
                for login in members:
                    if connection.execute(hub_schema.LOGIN, (login,)).fetchone() is None:
                        raise BadValue(f"There is no login “{login}” there. Ask who runs the server to make it first.")
                    connection.execute(sql.SQL(hub_schema.GRANT).format(sql.Identifier(login)))
        except errors.InsufficientPrivilege:
            raise CarrierAway(
                f"{safe_url(url)} does not let this login make or bring up a hub. Nothing was changed; run `hub init` "
                "with the login that made it, or that the server's owner gives you."
            ) from None
        return HubMade(hub_schema.VERSION, _set_aside(connection, hub_schema.VERSION)[before:])


def hub_status(url: str) -> HubStatus:
    """Return how a hub stands. Raises CarrierAway."""
    with in_words(url), connected(url) as connection:
        version = version_of(connection)
        if version == 0:
            raise no_hub(url)
        login, is_member = connection.execute(hub_schema.IS_MEMBER).fetchone() or ("", False)
        found = connection.execute(hub_schema.WORKSPACES).fetchall()
        set_aside = _set_aside(connection, version)
    teams = tuple(
        HubTeam(name, count, laptops, int(size or 0), at.isoformat()) for name, count, laptops, size, at in found
    )
    hint = older_words(url) if version < hub_schema.VERSION else ""
    return HubStatus(version, hint, str(login), bool(is_member), teams, set_aside)


def _set_aside(connection: "psycopg.Connection[Any]", version: int) -> tuple[SetAside, ...]:
    """Return the rows that are kept apart, in the order in which they were found."""
    if version < hub_schema.SINCE_SET_ASIDE:
        return ()
    return tuple(SetAside(*row) for row in connection.execute(hub_schema.SET_ASIDE).fetchall())
