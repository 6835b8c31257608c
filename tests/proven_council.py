"""Proof for tests: steps that give the small council evidence, reviews, actions and findings, written as records."""

from typing import Any

from sqlalchemy.orm import Session

from readiness.domain.steps import Step, sets
from readiness.services.records import create, derived_id, new_id


def add_piece(session: Session, item_ids: list[str], title: str = "Audit", **values: Any) -> Step:
    """Add a piece of evidence with one file, for some items."""
    id_, revision = new_id(), new_id()
    file = {"name": values.pop("name", f"{title}.xlsx"), "sha256": values.pop("sha256", id_.ljust(64, "0"))}
    file |= {"size": values.pop("size", 9), "url": values.pop("url", "")}
    told = {"shows": "How it stands", "source": "audit", "strength": "3", "audience": "inspectors"} | values
    made = create("evidence", id_, title=title, **told)
    made += create("revision", revision, evidence_id=id_, number=1)
    made += create("attachment", new_id(), revision_id=revision, rank="m", **file)
    for item_id in item_ids:
        made += create("link", derived_id(session, "link", item_id, id_), item_id=item_id, evidence_id=id_)
    return Step(f"Add {title}", made)


def add_record(session: Session, record: str, /, **values: Any) -> Step:
    """Add a review, an action or a finding."""
    return Step(f"Add {record}", create(record, new_id(), **values))


def sign_unrecorded(session: Session, *item_ids: str) -> Step:
    """Sign items off as versions did that kept no record of it."""
    return Step("Sign off", [each for id_ in item_ids for each in sets("item", id_, status="signed_off")])


def set_fields(session: Session, record: str, id_: str, /, **values: Any) -> Step:
    """Give fields of a record values that no verb of a person gives alone."""
    return Step(f"Set {record}", sets(record, id_, **values))
