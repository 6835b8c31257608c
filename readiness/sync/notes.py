"""Notes: what a laptop says of itself (hello), what a lead says of laptops (roster), and how a team is joined (team).

What names people is locked with the team's key, whose holders alone can introduce a laptop. Source: merge.md, 7.2, 8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from readiness.domain.vocabulary import Verdict
from readiness.sync.keys import DeviceKey, Locked, TeamKey, is_signed, lock_with, seal_to, unlock_with
from readiness.sync.segments import Refused
from readiness.sync.signed import as_text, from_text, read_signed, signed
from readiness.sync.texts import DEVICE, MOMENT, WORKSPACE, BadText, canonical, number, read_json, text

MOST_LAPTOPS = 10_000


@dataclass(frozen=True, slots=True)
class Hello:
    """What a laptop says of itself."""

    workspace: str
    device: str
    n: int  # its hellos are numbered; the highest counts
    public: bytes
    label: str
    person: str
    role: str
    app: str
    schema: int
    at: str  # by its clock
    have: Mapping[str, int]  # device -> the last change it has without a gap
    last: int  # the number of its own last change
    code: str  # its data code


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """What a lead says of a laptop."""

    workspace: str
    by: str  # the lead's laptop
    n: int  # later entries have higher numbers
    about: str
    public: bytes  # the key of that laptop
    deed: str  # pin | revoke | reinstate | lead
    after: int  # of revoke: the last change that still counts
    at: str


DEEDS = ("pin", "revoke", "reinstate", "lead")


@dataclass(frozen=True, slots=True)
class TeamNote:
    """How a team's keys are reached: by its passphrase, or by laptops they were sealed to."""

    workspace: str
    by: str
    public: bytes  # of the laptop that signed it
    n: int  # the highest counts
    title: str
    founder: str
    founder_public: bytes
    key_id: int  # the newest of the keys
    salt: bytes
    locked: bytes  # the keys, locked with the passphrase; b"": there is none
    sealed: Mapping[str, bytes]  # device -> the keys, sealed to it
    at: str


def write_hello(key: DeviceKey, team: TeamKey, hello: Hello) -> bytes:
    """Return the file of a hello; all but the laptop and its key is locked."""
    inside = {
        "device": hello.device,
        "n": hello.n,
        "public": as_text(hello.public),
        "label": hello.label,
        "person": hello.person,
        "role": hello.role,
        "app": hello.app,
        "schema": hello.schema,
        "at": hello.at,
        "have": dict(hello.have),
        "last": hello.last,
        "code": hello.code,
    }
    locked = team.lock(canonical(inside).encode("utf-8"))
    return signed(
        key,
        {
            "fmt": "irthello",
            "v": 1,
            "workspace": hello.workspace,
            "device": hello.device,
            "n": hello.n,
            "public": as_text(hello.public),
            "key_id": team.id,
            "locked": as_text(locked),
        },
    )


def read_hello(content: bytes, workspace: str, keys: Mapping[int, TeamKey]) -> Hello:
    """Return the hello in a file. Raises Refused; forged unless the laptop's own key and a key of the team agree."""
    said, line, signature = read_signed(content, "irthello", workspace)
    try:
        device, n = text(said["device"], 16, DEVICE), number(said["n"], 1)
        public, key_id = from_text(said["public"], 32), number(said["key_id"])
        if not is_signed(line, signature, public):
            raise Refused(Verdict.FORGED)
        if key_id not in keys:
            raise Refused(Verdict.NO_KEY)
        inside = read_json(keys[key_id].unlock(from_text(said["locked"])))
        if (inside["device"], inside["n"], inside["public"]) != (device, n, said["public"]):
            raise Refused(Verdict.FORGED)
        have = inside["have"]
        if not isinstance(have, dict) or len(have) > MOST_LAPTOPS:
            raise BadText("no vector")
        return Hello(
            workspace,
            device,
            n,
            public,
            text(inside["label"], 200),
            text(inside["person"], 500),
            text(inside["role"], 500),
            text(inside["app"], 40),
            number(inside["schema"]),
            text(inside["at"], 24, MOMENT),
            {text(each, 16, DEVICE): number(last) for each, last in have.items()},
            number(inside["last"]),
            text(inside["code"], 9),
        )
    except Locked as error:
        raise Refused(Verdict.FORGED) from error
    except (BadText, KeyError, TypeError, AttributeError) as error:
        raise Refused(Verdict.DAMAGED) from error


def write_roster(key: DeviceKey, entry: RosterEntry) -> bytes:
    """Return the file of an entry of the roster."""
    return signed(
        key,
        {
            "fmt": "irtroster",
            "v": 1,
            "workspace": entry.workspace,
            "by": entry.by,
            "n": entry.n,
            "about": entry.about,
            "public": as_text(entry.public),
            "deed": entry.deed,
            "after": entry.after,
            "at": entry.at,
        },
    )


def read_roster(content: bytes, workspace: str, publics: Mapping[str, bytes]) -> RosterEntry:
    """Return the entry in a file. Raises Refused; unknown-device while the key of its author is not known.

    Whether its author may say so is for `settled` to tell.
    """
    said, line, signature = read_signed(content, "irtroster", workspace)
    try:
        entry = RosterEntry(
            workspace,
            text(said["by"], 16, DEVICE),
            number(said["n"], 1, 1_000_000_000),
            text(said["about"], 16, DEVICE),
            from_text(said["public"], 32),
            text(said["deed"], 20),
            number(said["after"]),
            text(said["at"], 24, MOMENT),
        )
    except (BadText, KeyError, TypeError) as error:
        raise Refused(Verdict.DAMAGED) from error
    if entry.deed not in DEEDS:
        raise Refused(Verdict.TOO_NEW)
    if entry.by not in publics:
        raise Refused(Verdict.UNKNOWN_DEVICE)
    if not is_signed(line, signature, publics[entry.by]):
        raise Refused(Verdict.FORGED)
    return entry


@dataclass(frozen=True, slots=True)
class Standing:
    """What the roster comes to."""

    leads: frozenset[str]
    pinned: Mapping[str, bytes] = field(default_factory=dict)  # device -> the key it was pinned with
    revoked: Mapping[str, int] = field(default_factory=dict)  # device -> its last change that still counts


def settled(founder: str, entries: Iterable[RosterEntry]) -> Standing:
    """Return what a roster comes to: the same for the same entries, whatever order they came in.

    An entry counts when its author leads by the entries before it. The founder leads from the beginning.
    """
    leads = {founder}
    pinned: dict[str, bytes] = {}
    revoked: dict[str, int] = {}
    for each in sorted(set(entries), key=lambda entry: (entry.n, entry.by, entry.about, entry.deed, entry.after)):
        if each.by not in leads or each.by in revoked:
            continue
        if each.deed == "revoke":
            revoked[each.about] = each.after
            continue
        if each.deed == "reinstate":
            revoked.pop(each.about, None)
        elif each.deed == "lead":
            leads.add(each.about)
        pinned[each.about] = each.public
    return Standing(frozenset(leads - revoked.keys()), pinned, revoked)


def write_team(key: DeviceKey, note: TeamNote) -> bytes:
    """Return the file of a team's note."""
    return signed(
        key,
        {
            "fmt": "irtws",
            "v": 1,
            "workspace": note.workspace,
            "by": note.by,
            "public": as_text(note.public),
            "n": note.n,
            "title": note.title,
            "founder": note.founder,
            "founder_public": as_text(note.founder_public),
            "key_id": note.key_id,
            "salt": as_text(note.salt),
            "locked": as_text(note.locked),
            "sealed": {device: as_text(sealed) for device, sealed in note.sealed.items()},
            "at": note.at,
        },
    )


def read_team(content: bytes, workspace: str = "") -> TeamNote:
    """Return the team's note in a file, of a workspace or, where that is "", of any. Raises Refused.

    Who may sign one is told by whoever has the roster; a passphrase that opens it vouches for it too.
    """
    said, line, signature = read_signed(content, "irtws", workspace)
    try:
        sealed = said["sealed"]
        if not isinstance(sealed, dict) or len(sealed) > MOST_LAPTOPS:
            raise BadText("nothing sealed")
        note = TeamNote(
            text(said["workspace"], 32, WORKSPACE),
            text(said["by"], 16, DEVICE),
            from_text(said["public"], 32),
            number(said["n"], 1, 1_000_000_000),
            text(said["title"], 500),
            text(said["founder"], 16, DEVICE),
            from_text(said["founder_public"], 32),
            number(said["key_id"], 1, 1_000_000),
            from_text(said["salt"]),
            from_text(said["locked"]),
            {text(device, 16, DEVICE): from_text(each) for device, each in sealed.items()},
            text(said["at"], 24, MOMENT),
        )
    except (BadText, KeyError, TypeError) as error:
        raise Refused(Verdict.DAMAGED) from error
    if not is_signed(line, signature, note.public):
        raise Refused(Verdict.FORGED)
    return note


def keys_for_passphrase(passphrase: str, salt: bytes, keys: Mapping[int, TeamKey], founder: bytes) -> bytes:
    """Return a team's keys locked with its passphrase, with the founder's key that they belong to."""
    return lock_with(passphrase, salt, _keys_text(keys, founder))


def keys_for_laptop(public: bytes, keys: Mapping[int, TeamKey], founder: bytes) -> bytes:
    """Return a team's keys sealed to a laptop."""
    return seal_to(public, _keys_text(keys, founder))


def keys_by_passphrase(note: TeamNote, passphrase: str) -> dict[int, TeamKey]:
    """Return the keys that a passphrase opens. Raises Locked when it is another one, or the note was altered."""
    return _keys(unlock_with(passphrase, note.salt, note.locked), note)


def keys_sealed_to(note: TeamNote, device: str, key: DeviceKey) -> dict[int, TeamKey]:
    """Return the keys that were sealed to a laptop. Raises Locked when none were."""
    return _keys(key.open_sealed(note.sealed.get(device, b"")), note)


def _keys_text(keys: Mapping[int, TeamKey], founder: bytes) -> bytes:
    said = {"keys": {str(each.id): each.secret.hex() for each in keys.values()}, "founder": founder.hex()}
    return canonical(said).encode("utf-8")


def _keys(content: bytes, note: TeamNote) -> dict[int, TeamKey]:
    try:
        said = read_json(content)
        if said["founder"] != note.founder_public.hex():
            raise Locked  # the keys are the team's, the note that carries them is not
        return {int(id_): TeamKey(int(id_), bytes.fromhex(secret)) for id_, secret in said["keys"].items()}
    except (BadText, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Locked from error
