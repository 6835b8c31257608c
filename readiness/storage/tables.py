"""Tables: the log that is kept for ever, and the domain tables that cache what it comes to.

Only the journal writes these rows. Domain columns are plain text and numbers: fields arrive one at a time, from other
versions too, so there are no UNIQUE, CHECK or foreign keys here; validity is a rule of `domain/`.
Source: merge.md, section 5.2.
"""

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

metadata = MetaData()

device = Table(
    "device",
    metadata,
    Column("n", Integer, primary_key=True),  # local short number, never exchanged
    Column("device", Text, nullable=False, unique=True),
    Column("person", Text, nullable=False, server_default=""),
    Column("label", Text, nullable=False, server_default=""),
    Column("trust", Text, nullable=False),  # self | former | pinned | seen | revoked
    Column("sign_pub", BLOB),  # Ed25519, 32 bytes; None: it has not introduced itself
    Column("seed", BLOB),  # of our own key, and of the keys this database had before
    Column("revoked_after", Integer),  # the last change that still counts; None: all do
    Column("hello", BLOB),  # the latest it signed about itself, as it came, to be handed on
    Column("hello_n", Integer, nullable=False, server_default="0"),
    Column("app_version", Text, nullable=False, server_default=""),
    Column("schema", Integer, nullable=False, server_default="0"),
    Column("have", Text, nullable=False, server_default="{}"),  # JSON: device -> the last change it has without a gap
    Column("code", Text, nullable=False, server_default=""),  # its data code then
    Column("said_at", Text),  # ISO time, UTC, by its clock
    Column("heard_at", Text),  # ISO time, UTC, by ours
)
step = Table(
    "step",
    metadata,
    Column("k", Integer, primary_key=True),  # local row number: the order in which this laptop learned of it
    Column("id", Text, nullable=False, unique=True),
    Column("n", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("undo_of", Text),
    Column("received_at", Text),  # ISO time, UTC, by our clock; None: done here
)
change = Table(
    "change",
    metadata,
    Column("k", Integer, primary_key=True),
    Column("id", BLOB, nullable=False, unique=True),
    Column("n", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("stamp", Integer, nullable=False),
    Column("etype", Text, nullable=False),
    Column("eid", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("parents", BLOB, nullable=False),  # ids, sorted; change_parent finds children
    Column("schema", Integer, nullable=False),
    Column("status", Text, nullable=False),  # applied | unknown (a newer version's field) | held (of a revoked laptop)
    Column("out", Integer, nullable=False),  # 1: mine, not handed on yet
    Index("change_reg", "eid", "field"),
    Index("change_dev", "n", "seq"),
    Index("change_step", "step"),
)
change_parent = Table(
    "change_parent",
    metadata,
    Column("pid", BLOB, primary_key=True),
    Column("k", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
head = Table(
    "head",
    metadata,
    Column("eid", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("k", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
missing = Table(
    "missing",
    metadata,
    Column("eid", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("pid", BLOB, primary_key=True),
    Column("k", Integer, primary_key=True),
    Index("missing_pid", "pid"),
    sqlite_with_rowid=False,
)
reg = Table(
    "reg",
    metadata,
    Column("eid", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("etype", Text, nullable=False),
    Column("win", Integer, nullable=False),
    Column("nvals", Integer, nullable=False),
    Column("incomplete", Integer, nullable=False),
    sqlite_with_rowid=False,
)
segment = Table(  # the signed bytes are kept, so that every laptop can hand them on
    "segment",
    metadata,
    Column("sha", BLOB, primary_key=True),  # of the whole file, 32 bytes
    Column("device", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("key_id", Integer, nullable=False),  # of the team key that locks it; 0: none does
    Column("bytes", BLOB, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
)
delivery = Table(
    "delivery",
    metadata,
    Column("sha", BLOB, primary_key=True),
    Column("carrier", Text, primary_key=True),
    Column("done_at", Text, nullable=False),
    sqlite_with_rowid=False,
)
seen_file = Table(
    "seen_file",
    metadata,
    Column("carrier", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("first_at", Text, nullable=False),
    Column("last_at", Text, nullable=False),
    sqlite_with_rowid=False,
)
roster = Table(  # what leads said of laptops, signed, to be handed on
    "roster",
    metadata,
    Column("sha", BLOB, primary_key=True),
    Column("bytes", BLOB, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
)
blob = Table(  # evidence files that travel, by their name in the carriers
    "blob",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False),  # present | wanted | waiting
)
merge_round = Table(  # what a round of sharing brought: the steps learned in it
    "merge_round",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("first_k", Integer, nullable=False),
    Column("last_k", Integer, nullable=False),
    Column("taken", Integer, nullable=False),  # changes
    Column("report", Text, nullable=False),  # JSON
)
meta = Table("meta", metadata, Column("k", Text, primary_key=True), Column("v", Text, nullable=False))


class Base(DeclarativeBase):
    """Every domain table."""

    metadata = metadata


class Record:
    """What every domain row has besides its fields; all of it follows from the heads of the record."""

    id: Mapped[str] = mapped_column(primary_key=True)
    deleted: Mapped[bool] = mapped_column(default=False)
    conflicts: Mapped[int] = mapped_column(default=0)  # fields in conflict
    incomplete: Mapped[bool] = mapped_column(default=False)  # changes it builds on have not arrived
    changed_ms: Mapped[int | None] = mapped_column(default=None)  # None: as the step that made it left it


class WorkspaceRecord(Record, Base):
    """The workspace's own settings; one row."""

    __tablename__ = "workspace"
    title: Mapped[str] = mapped_column(default="")
    closures: Mapped[str] = mapped_column(default="[]")  # JSON list of ISO dates: days the council is shut
    four_eyes: Mapped[bool] = mapped_column(default=True)  # nobody signs off what they claim themselves


class Person(Record, Base):
    """Somebody who works with the workspace; the id follows from their laptop."""

    __tablename__ = "person"
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")


class Inspection(Record, Base):
    """One expected or running inspection; dates are ISO text."""

    __tablename__ = "inspection"
    framework: Mapped[str] = mapped_column(default="")
    framework_title: Mapped[str] = mapped_column(default="")
    edition: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    short_title: Mapped[str] = mapped_column(default="")
    ready_by: Mapped[str | None] = mapped_column(default=None)
    expected_from: Mapped[str | None] = mapped_column(default=None)
    notified_on: Mapped[str | None] = mapped_column(default=None)
    on_site_from: Mapped[str | None] = mapped_column(default=None)
    on_site_to: Mapped[str | None] = mapped_column(default=None)
    selection_on: Mapped[str | None] = mapped_column(default=None)
    draft_report_on: Mapped[str | None] = mapped_column(default=None)
    publication_on: Mapped[str | None] = mapped_column(default=None)
    rank: Mapped[str] = mapped_column(default="")
    visit: Mapped[str] = mapped_column(default="")  # code of the kind of visit that was announced
    notified_at: Mapped[str] = mapped_column(default="")  # when the call came, as 09:15
    pinned: Mapped[bool] = mapped_column(default=False)  # stays on its edition


class Area(Record, Base):
    """A heading of a checklist."""

    __tablename__ = "area"
    inspection_id: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    scale: Mapped[str] = mapped_column(default="[]")  # JSON list of grades, best first
    rank: Mapped[str] = mapped_column(default="")


class Item(Record, Base):
    """One thing that must be ready."""

    __tablename__ = "item"
    inspection_id: Mapped[str] = mapped_column(default="")
    area_id: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    guidance: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="document")
    owner: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")
    due_rule: Mapped[str] = mapped_column(default="")
    due: Mapped[str | None] = mapped_column(default=None)  # set by hand
    priority: Mapped[str] = mapped_column(default="important")
    status: Mapped[str] = mapped_column(default="not_started")
    position: Mapped[str] = mapped_column(default="")
    impact: Mapped[str] = mapped_column(default="")
    impact_level: Mapped[str] = mapped_column(default="none_yet")
    gap: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    rank: Mapped[str] = mapped_column(default="")
    wording: Mapped[str] = mapped_column(default="")  # fingerprint of the framework's words; "": the council's own
    reworded: Mapped[str] = mapped_column(default="")  # JSON of the words before, until somebody confirms
    parked: Mapped[str] = mapped_column(default="")  # the edition that no longer has it
    currency_months: Mapped[int | None] = mapped_column(default=None)  # how long evidence stays current; None: for ever
    claimed_by: Mapped[str] = mapped_column(default="")  # who last said that it is Checked
    signed: Mapped[str] = mapped_column(default="")  # digest of what was signed off; "": nothing is


class Evidence(Record, Base):
    """Proof that items are met; one piece may serve many items, through Link."""

    __tablename__ = "evidence"
    title: Mapped[str] = mapped_column(default="")
    shows: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="data")
    strength: Mapped[str] = mapped_column(default="1")
    audience: Mapped[str] = mapped_column(default="internal")
    dated: Mapped[str | None] = mapped_column(default=None)  # the day it is about
    covers_from: Mapped[str | None] = mapped_column(default=None)
    covers_to: Mapped[str | None] = mapped_column(default=None)
    received: Mapped[str | None] = mapped_column(default=None)
    valid_until: Mapped[str | None] = mapped_column(default=None)  # last good day, inclusive


class Revision(Record, Base):
    """One state of a piece of evidence; the one with the highest number counts."""

    __tablename__ = "revision"
    evidence_id: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(default="")


class Attachment(Record, Base):
    """One file or link of a revision. A link may have a stored copy too."""

    __tablename__ = "attachment"
    revision_id: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")  # as people see it, "Audit March.xlsx"
    sha256: Mapped[str] = mapped_column(default="")  # of the stored copy; "": none
    size: Mapped[int] = mapped_column(default=0)  # bytes
    url: Mapped[str] = mapped_column(default="")  # "": a file
    rank: Mapped[str] = mapped_column(default="")


class Link(Record, Base):
    """Evidence used for an item; the id follows from both."""

    __tablename__ = "link"
    item_id: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[str] = mapped_column(default="")
    valid_until: Mapped[str | None] = mapped_column(default=None)  # for this item's inspection


class Review(Record, Base):
    """What somebody did with the claim of an item; added, never edited."""

    __tablename__ = "review"
    item_id: Mapped[str] = mapped_column(default="", index=True)
    kind: Mapped[str] = mapped_column(default="submitted")
    by: Mapped[str] = mapped_column(default="")  # signature
    role: Mapped[str] = mapped_column(default="")
    at: Mapped[str] = mapped_column(default="")  # ISO time, UTC
    note: Mapped[str] = mapped_column(default="")
    content: Mapped[str] = mapped_column(default="")  # JSON of exactly what was signed


class Finding(Record, Base):
    """A point of an earlier inspection, and what became of it."""

    __tablename__ = "finding"
    inspection_id: Mapped[str] = mapped_column(default="")
    area_id: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="")  # "Social care inspection 2017"
    dated: Mapped[str | None] = mapped_column(default=None)
    title: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="open")
    proof: Mapped[str] = mapped_column(default="")
    tested_on: Mapped[str | None] = mapped_column(default=None)
    rank: Mapped[str] = mapped_column(default="")


class Action(Record, Base):
    """Work that closes a gap; whether it is done and what it changed are told apart."""

    __tablename__ = "action"
    inspection_id: Mapped[str] = mapped_column(default="")
    area_id: Mapped[str] = mapped_column(default="")
    item_id: Mapped[str] = mapped_column(default="")
    finding_id: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")
    due: Mapped[str | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default="planned")
    source: Mapped[str] = mapped_column(default="self_assessment")
    origin: Mapped[str] = mapped_column(default="")  # "Scrutiny commission, 12 Mar 2021, minute 45"
    practice: Mapped[str] = mapped_column(default="")  # what changed in practice
    impact: Mapped[str] = mapped_column(default="")  # what is different for children
    impact_level: Mapped[str] = mapped_column(default="none_yet")
    rank: Mapped[str] = mapped_column(default="")


class Pack(Record, Base):
    """An evidence pack that went out: exactly what was in it."""

    __tablename__ = "pack"
    inspection_id: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="inspectors")
    made_at: Mapped[str] = mapped_column(default="")  # ISO time, UTC
    made_by: Mapped[str] = mapped_column(default="")
    manifest: Mapped[str] = mapped_column(default="")  # JSON: names in the pack, hashes, sizes, where used


class Exemption(Record, Base):
    """Likely identifiers that somebody let stand, and why. Kinds and counts only, never the identifiers."""

    __tablename__ = "exemption"
    about: Mapped[str] = mapped_column(default="")  # id of the record it is about, or a hash of a file
    place: Mapped[str] = mapped_column(default="")  # "attach", "export" or "import"
    found: Mapped[str] = mapped_column(default="")  # JSON: kind -> count
    reason: Mapped[str] = mapped_column(default="")


class Framework(Record, Base):
    """A checklist of the council's own, kept whole so that every laptop can lay it out and compare it."""

    __tablename__ = "framework"
    code: Mapped[str] = mapped_column(default="")  # its id, such as "our-checklist"
    edition: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")  # the framework file


class EventRecord(Record, Base):
    """What happened to the record as a whole: it went out, came in, or the team changed; added, never edited."""

    __tablename__ = "event"
    told: Mapped[str] = mapped_column(default="")  # JSON: kind, name of the file or laptop, data code; one change


RECORDS: dict[str, type[Record]] = {
    "workspace": WorkspaceRecord,
    "person": Person,
    "inspection": Inspection,
    "area": Area,
    "item": Item,
    "framework": Framework,
    "evidence": Evidence,
    "revision": Revision,
    "attachment": Attachment,
    "link": Link,
    "review": Review,
    "finding": Finding,
    "action": Action,
    "pack": Pack,
    "exemption": Exemption,
    "event": EventRecord,
}
"""Kinds of record and where they are cached. Only ever added to."""
