"""Saved views: any filter survives the settings file; what cannot be read is left out."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.filters import DueSpan, ItemFilter
from readiness.domain.vocabulary import ItemStatus, Priority, Rating
from ui.models.saved_views import (
    LAST_VISITS,
    MOST_VISITS,
    built_in,
    keep_last_visit,
    keep_view,
    packed,
    read_last_visit,
    read_views,
    unpacked,
)
from ui.settings import Settings


def some(words):
    return st.lists(st.sampled_from(words), unique=True).map(
        lambda found: tuple(word for word in words if word in found)
    )


texts = st.lists(st.text(max_size=8), max_size=3, unique=True).map(tuple)
filters = st.builds(
    ItemFilter,
    text=st.text(max_size=10),
    areas=texts,
    statuses=some(ItemStatus),
    ratings=some(Rating),
    owners=texts,
    services=texts,
    priorities=some(Priority),
    due=some(DueSpan),
    day_one=st.booleans(),
    confirm=st.booleans(),
    mine=texts,
    changed_since=st.none() | st.datetimes(timezones=st.just(UTC)),
    label=st.text(max_size=5),
)


@given(filters)
def test_that_every_filter_comes_back_from_json(chosen):
    assert unpacked(json.loads(json.dumps(packed(chosen)))) == chosen


def test_that_what_a_newer_version_wrote_is_left_out():
    made = {"statuses": ["checked", "polished"], "text": 7, "changed_since": "soon", "moon": "full", "areas": "all"}
    assert unpacked(made) == ItemFilter(statuses=(ItemStatus.CHECKED,))


def test_that_views_are_kept_by_name_and_forgotten():
    kept = Settings(None)
    keep_view(kept, "Late", ItemFilter(due=(DueSpan.LATE,), label="gone"))
    assert read_views(kept) == {"Late": ItemFilter(due=(DueSpan.LATE,))}
    keep_view(kept, "Late", None)
    assert read_views(kept) == {}
    kept.set("checklist.views", "broken")
    assert read_views(kept) == {}


def test_that_my_items_are_offered_only_to_somebody():
    assert "My items" not in built_in((), None)
    since = datetime(2021, 4, 19, tzinfo=UTC)
    assert built_in(("head of send",), since)["My items"] == ItemFilter(mine=("head of send",))
    assert "Changed since my last visit" in built_in((), since)


def test_that_a_last_visit_without_a_zone_counts_as_none():
    kept = Settings(None)
    kept.set(LAST_VISITS, {"w": "2021-04-19T08:00:00"})
    assert read_last_visit(kept, "w") is None
    kept.set(LAST_VISITS, {"w": "2021-04-19T08:00:00+01:00"})
    assert read_last_visit(kept, "w") == datetime(2021, 4, 19, 7, tzinfo=UTC)
    kept.set(LAST_VISITS, "2021-04-19T08:00:00+01:00")
    assert read_last_visit(kept, "w") is None


def test_that_every_workspace_has_a_last_visit_of_its_own_and_old_ones_are_forgotten():
    kept, began = Settings(None), datetime(2021, 4, 19, 7, tzinfo=UTC)
    for number in range(MOST_VISITS + 1):
        keep_last_visit(kept, f"w{number}", began + timedelta(days=number))
    keep_last_visit(kept, "w1", began)
    assert read_last_visit(kept, "w0") is None
    assert read_last_visit(kept, "w1") == began
    assert read_last_visit(kept, f"w{MOST_VISITS}") == began + timedelta(days=MOST_VISITS)
    assert len(kept.get(LAST_VISITS)) == MOST_VISITS
