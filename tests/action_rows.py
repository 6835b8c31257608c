"""Actions and findings made in memory, and strategies for them. Roles and services, never people."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from readiness.domain.evidence import ActionRow, FindingRow
from readiness.domain.vocabulary import ActionSource, ActionStatus, FindingStatus, ImpactLevel

TODAY = date(2021, 3, 1)
SOON = date(2021, 3, 15)


def action(id_: str = "x1", **given: Any) -> ActionRow:
    """An action in hand; its title is "Action x1"."""
    values: dict[str, Any] = {
        "inspection_id": "i1",
        "area_id": "",
        "item_id": "",
        "finding_id": "",
        "title": f"Action {id_}",
        "owner": "Head of SEND",
        "service": "SEND",
        "due": TODAY + timedelta(days=60),
        "status": ActionStatus.IN_HAND,
        "source": ActionSource.SELF_ASSESSMENT,
        "origin": "",
        "practice": "",
        "impact": "",
        "impact_level": ImpactLevel.NONE_YET,
    }
    return ActionRow(id=id_, **{**values, **given})


def finding(id_: str = "f1", **given: Any) -> FindingRow:
    """An open point of an earlier inspection; its title is "Point f1"."""
    values: dict[str, Any] = {
        "inspection_id": "i1",
        "area_id": "",
        "origin": "Local area inspection 2018",
        "dated": date(2018, 6, 25),
        "title": f"Point {id_}",
        "owner": "Head of SEND",
        "status": FindingStatus.OPEN,
        "proof": "",
        "tested_on": None,
    }
    return FindingRow(id=id_, **{**values, **given})


actions = st.builds(
    action,
    st.sampled_from([f"x{number}" for number in range(9)]),
    due=st.none() | st.dates(date(2021, 2, 1), date(2021, 4, 30)),
    status=st.sampled_from(ActionStatus),
    source=st.sampled_from(ActionSource),
    owner=st.sampled_from(["", "Head of SEND", "Principal Social Worker"]),
    practice=st.sampled_from(["", "Every plan is read by two people."]),
    impact=st.sampled_from(["", "Fewer plans come back."]),
    impact_level=st.sampled_from(ImpactLevel),
)
