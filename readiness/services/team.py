"""Team: this laptop's key, the team's keys, the passphrase, and what leads say of laptops. Source: merge.md, 8."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from readiness.domain.errors import BadValue, NotFound, ReadinessError
from readiness.domain.passphrases import tidied, why_too_easy
from readiness.domain.vocabulary import EventKind, Trust
from readiness.services.events import told
from readiness.services.people import identity_at
from readiness.storage import looks
from readiness.storage.exchange import devices, put_device, set_note, vector
from readiness.storage.holding import set_revoked
from readiness.storage.journal import moment
from readiness.storage.roster import keep_roster, roster_files
from readiness.storage.workspace import Workspace, driver_cursor, note
from readiness.sync.keys import DeviceKey, TeamKey, new_salt
from readiness.sync.notes import (
    RosterEntry,
    Standing,
    TeamNote,
    keys_for_laptop,
    keys_for_passphrase,
    read_roster,
    read_team,
    settled,
    write_roster,
    write_team,
)
from readiness.sync.segments import Refused

_EPOCH = "1970-01-01T00:00:00.000Z"
"""When nobody says when."""


@dataclass(frozen=True, slots=True)
class Team:
    """What this laptop needs to exchange anything."""

    workspace: str
    device: str
    key: DeviceKey
    keys: Mapping[int, TeamKey]
    founder: str
    founder_public: bytes
    encrypts: bool

    @property
    def newest(self) -> TeamKey:
        """The key that everything is locked with from now on."""
        return self.keys[max(self.keys)]


def team_at(cursor: Any) -> Team | None:
    """Return the team that this laptop is in, asked of the driver; None: it never shared anything."""
    if not note(cursor, "founder"):
        return None
    me = note(cursor, "device")
    seed = next((bytes(each.seed) for each in devices(cursor) if each.device == me and each.seed), None)
    if seed is None:
        return None
    keys = {
        int(id_): TeamKey(int(id_), bytes.fromhex(key)) for id_, key in json.loads(note(cursor, "team_keys")).items()
    }
    return Team(
        note(cursor, "workspace"),
        me,
        DeviceKey(seed),
        keys,
        note(cursor, "founder"),
        bytes.fromhex(note(cursor, "founder_public")),
        note(cursor, "encrypts") != "0",
    )


def ensure_team(cursor: Any) -> Team:
    """Return the team, founded by this laptop when there is none yet; this laptop has a key of its own afterwards."""
    me = note(cursor, "device")
    mine = next(each for each in devices(cursor) if each.device == me)
    if not mine.seed:
        key = DeviceKey.new()
        put_device(cursor, me, seed=key.seed, sign_pub=key.public)
        if not note(cursor, "founder"):
            set_note(cursor, "team_keys", json.dumps({"1": TeamKey.new().secret.hex()}))
            set_note(cursor, "founder", me)
            set_note(cursor, "founder_public", key.public.hex())
            set_note(cursor, "encrypts", "1")
        _inheritleading(cursor, me, key)
    found = team_at(cursor)
    if found is None:
        raise ReadinessError("This laptop has lost its key. Join the team again from another laptop's file.")
    return found


def _inheritleading(cursor: Any, me: str, key: DeviceKey) -> None:
    """Let a database that was copied or put back lead where it led before: it still has the key it led with."""
    leads = standing(cursor).leads
    for each in devices(cursor):
        if each.trust == Trust.FORMER.value and each.seed and each.device in leads and me not in leads:
            publics = {one.device: bytes(one.sign_pub) for one in devices(cursor) if one.sign_pub}
            n = 1 + max((one.n for one in roster_entries(cursor, publics)), default=0)
            entry = RosterEntry(note(cursor, "workspace"), each.device, n, me, key.public, "lead", 0, _EPOCH)
            content = write_roster(DeviceKey(bytes(each.seed)), entry)
            keep_roster(cursor, sha256(content).digest(), content, "roster", _EPOCH)
            return


def keep_keys(cursor: Any, keys: Mapping[int, TeamKey]) -> None:
    """Keep keys of the team beside those that are here."""
    known: dict[str, str] = json.loads(note(cursor, "team_keys") or "{}")
    known |= {str(each.id): each.secret.hex() for each in keys.values() if str(each.id) not in known}
    set_note(cursor, "team_keys", json.dumps(known))


def standing(cursor: Any) -> Standing:
    """Return what the roster comes to on this laptop."""
    founder, public = note(cursor, "founder"), note(cursor, "founder_public")
    publics = {each.device: bytes(each.sign_pub) for each in devices(cursor) if each.sign_pub}
    if founder:
        publics[founder] = bytes.fromhex(public)
    return settled(founder, roster_entries(cursor, publics))


def roster_entries(cursor: Any, publics: Mapping[str, bytes]) -> Iterable[RosterEntry]:
    """Yield the entries that are here and whose authors' keys are known."""
    workspace = note(cursor, "workspace")
    for content, verdict in roster_files(cursor):
        if verdict == "roster":
            try:
                yield read_roster(content, workspace, publics)
            except Refused:
                continue


def apply_standing(connection: Connection) -> bool:
    """Bring what is known of laptops in line with the roster; return whether changes came to count, or no longer do."""
    cursor = driver_cursor(connection)
    found = standing(cursor)
    moved = False
    for each in devices(cursor):
        if each.trust in (Trust.SELF.value, Trust.FORMER.value) and each.device not in found.revoked:
            continue
        after = found.revoked.get(each.device)
        trust = Trust.SEEN
        if after is not None:
            trust = Trust.REVOKED
        elif each.device in found.pinned or each.device in found.leads:
            trust = Trust.PINNED
        if after != each.revoked_after:
            set_revoked(connection, each.device, after)
            moved = True
        if each.trust not in (trust.value, Trust.SELF.value, Trust.FORMER.value):
            put_device(cursor, each.device, trust=trust.value)
    return moved


def is_lead(cursor: Any) -> bool:
    """Return whether this laptop may say who belongs to the team; whoever never shared leads."""
    founder = note(cursor, "founder")
    return not founder or note(cursor, "device") in standing(cursor).leads


def name_laptop(workspace: Workspace, label: str) -> None:
    """Give this laptop the name that others see. Raises BadValue."""
    tidy = " ".join(label.split())
    if not tidy or len(tidy) > 60:
        raise BadValue("A laptop needs a short name, such as “Fostering laptop”. Write one of up to 60 characters.")

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        ensure_team(cursor)
        put_device(cursor, note(cursor, "device"), label=tidy)

    workspace.maintain(job)


def set_encrypting(workspace: Workspace, on: bool) -> None:
    """Have what leaves this laptop from now on locked with the team's key, or not."""

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        ensure_team(cursor)
        set_note(cursor, "encrypts", "1" if on else "0")

    workspace.maintain(job)


def check_passphrase(passphrase: str) -> str:
    """Return a passphrase as it is used. Raises BadValue with what makes it a good one."""
    wrong = why_too_easy(passphrase)
    if wrong:
        raise BadValue(wrong)
    return tidied(passphrase)


def set_passphrase(workspace: Workspace, passphrase: str) -> None:
    """Let whoever has a passphrase join the team. Raises BadValue for one that is easy to guess, or when not a lead."""
    tidy, now = check_passphrase(passphrase), workspace.now()

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        team = leading(cursor)
        salt = new_salt()
        locked = keys_for_passphrase(tidy, salt, team.keys, team.founder_public)
        put_team_note(cursor, team, moment(now), salt=salt, locked=locked)
        set_note(cursor, "passphrase", "1")

    workspace.maintain(job)
    told(workspace, EventKind.PASSPHRASE)


def pin(workspace: Workspace, device: str) -> None:
    """Say that a laptop is who it says it is: its key was compared by telephone. Raises BadValue, NotFound."""
    workspace.maintain(lambda connection: say(connection, device, "pin", workspace.now()))
    told(workspace, EventKind.CONFIRM, workspace.glance(label_of, device))


def name_lead(workspace: Workspace, device: str) -> None:
    """Let another laptop say who belongs to the team."""
    workspace.maintain(lambda connection: say(connection, device, "lead", workspace.now()))
    told(workspace, EventKind.LEAD, workspace.glance(label_of, device))


def revoke(workspace: Workspace, device: str) -> None:
    """Shut a laptop out: what it writes after what is here now is held, and the team gets a new key.

    The new key is sealed to every other laptop; the passphrase, which the leaver knows, opens nothing any more.
    """
    now = workspace.now()

    def job(connection: Connection) -> None:
        cursor = driver_cursor(connection)
        team = leading(cursor)
        if device == team.device:
            raise BadValue("This laptop cannot shut itself out. Ask another lead to do it.")
        say(connection, device, "revoke", now)
        keep_keys(cursor, {team.newest.id + 1: TeamKey.new(team.newest.id + 1)})
        renewed = ensure_team(cursor)
        out = standing(cursor).revoked
        sealed = {
            each.device: keys_for_laptop(bytes(each.sign_pub), renewed.keys, renewed.founder_public)
            for each in devices(cursor)
            if each.sign_pub and each.device not in out
        }
        put_team_note(cursor, renewed, moment(now), salt=b"", locked=b"", sealed=sealed)
        set_note(cursor, "passphrase", "")

    workspace.maintain(job)
    told(workspace, EventKind.SHUT_OUT, workspace.glance(label_of, device))


def reinstate(workspace: Workspace, device: str) -> None:
    """Let a laptop in again: what was held counts. The newest key is sealed to it too."""
    now = workspace.now()

    def job(connection: Connection) -> None:
        say(connection, device, "reinstate", now)
        cursor = driver_cursor(connection)
        team = leading(cursor)
        public = next(bytes(each.sign_pub or b"") for each in devices(cursor) if each.device == device)
        seal_to_laptop(cursor, team, device, public, moment(now))

    workspace.maintain(job)
    told(workspace, EventKind.LET_IN, workspace.glance(label_of, device))


def seal_to_laptop(cursor: Any, team: Team, device: str, public: bytes, at: str) -> None:
    """Write a note of the team in which its keys are sealed to one more laptop."""
    latest = latest_team_note(cursor)
    sealed = dict(latest.sealed) if latest else {}
    sealed[device] = keys_for_laptop(public, team.keys, team.founder_public)
    put_team_note(cursor, team, at, sealed=sealed)


def leading(cursor: Any) -> Team:
    """Return the team that this laptop leads. Raises BadValue when it does not."""
    team = ensure_team(cursor)
    if not is_lead(cursor):
        raise BadValue("Only the laptop that founded the team, or one that it named a lead, can do that. Ask there.")
    return team


def say(connection: Connection, device: str, deed: str, now: datetime) -> None:
    """Write an entry of the roster and act on it."""
    cursor = driver_cursor(connection)
    team = leading(cursor)
    about = next((each for each in devices(cursor) if each.device == device), None)
    if about is None:
        raise NotFound("laptop", device)
    if not about.sign_pub:
        raise BadValue("This laptop has not introduced itself yet. Wait until it has synced once.")
    publics = {each.device: bytes(each.sign_pub) for each in devices(cursor) if each.sign_pub}
    n = 1 + max((each.n for each in roster_entries(cursor, publics)), default=0)
    after = vector(cursor).get(device, 0) if deed == "revoke" else 0
    public = bytes(about.sign_pub)
    entry = RosterEntry(team.workspace, team.device, n, device, public, deed, after, moment(now))
    content = write_roster(team.key, entry)
    keep_roster(cursor, sha256(content).digest(), content, "roster", moment(now))
    apply_standing(connection)


def latest_team_note(cursor: Any) -> TeamNote | None:
    """Return the team's note that counts; None: there is none."""
    found = [read_team(content) for content, verdict in roster_files(cursor) if verdict == "team"]
    return max(found, key=lambda each: (each.n, each.by), default=None)


def ensure_team_note(cursor: Any, at: str) -> None:
    """Have a note of the team that others can find; without a passphrase it opens nothing."""
    team = ensure_team(cursor)
    if latest_team_note(cursor) is None and is_lead(cursor):
        put_team_note(cursor, team, at)


def take_team_note(cursor: Any, content: bytes, at: str) -> None:
    """Take in a note of the team that somebody left. Raises Refused for one that is not of a lead of this team."""
    from readiness.domain.vocabulary import Verdict
    from readiness.sync.keys import Locked
    from readiness.sync.notes import keys_sealed_to

    team = ensure_team(cursor)
    found = read_team(content, team.workspace)
    if (found.founder, found.founder_public) != (team.founder, team.founder_public):
        raise Refused(Verdict.FOREIGN)
    known = {each.device: bytes(each.sign_pub) for each in devices(cursor) if each.sign_pub}
    known[team.founder] = team.founder_public
    if found.by not in standing(cursor).leads or known.get(found.by) != found.public:
        raise Refused(Verdict.UNKNOWN_DEVICE)  # the entry that makes it a lead may still arrive
    keep_roster(cursor, sha256(content).digest(), content, "team", at)
    if team.device in found.sealed:
        try:
            keep_keys(cursor, keys_sealed_to(found, team.device, team.key))
        except Locked:
            return


def put_team_note(cursor: Any, team: Team, at: str, **more: Any) -> None:
    """Write a newer note of the team: as the one before, but for what is given."""
    before = latest_team_note(cursor)
    title = cursor.execute(looks.TITLE, (team.workspace,)).fetchone()
    blank = TeamNote(
        team.workspace, team.device, team.key.public, 0, "", team.founder, team.founder_public, 1, b"", b"", {}, at
    )
    made = replace(
        before or blank,
        by=team.device,
        public=team.key.public,
        n=(before or blank).n + 1,
        title=str(title[0])[:500] if title else "",
        key_id=team.newest.id,
        at=at,
        **more,
    )
    content = write_team(team.key, made)
    keep_roster(cursor, sha256(content).digest(), content, "team", at)


def label_of(cursor: Any, device: str) -> str:
    """Return what people call a laptop: its name, else its person's laptop, else the start of its id."""
    for each in devices(cursor):
        if each.device == device:
            who = each.label or each.person
            return who if each.label or not who else f"{who}’s laptop"
    return f"laptop {device[:4]}"


def own_label(cursor: Any) -> str:
    """Return what this laptop calls itself to others."""
    me = note(cursor, "device")
    given = next((each.label for each in devices(cursor) if each.device == me), "")
    person = identity_at(cursor)
    who = person.role or person.name
    return given or (f"{who}’s laptop" if who else "")
