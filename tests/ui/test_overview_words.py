"""The sentences of the Overview, its figures and its arithmetic: pure rules, checked against the domain's own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.filters import ItemFilter, passes
from readiness.domain.scoring import day_one_readiness, rating, readiness, soon_after
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow, WorkspaceRow
from readiness.domain.vocabulary import ImpactLevel, ItemStatus, Kind, Priority, Rating
from ui.inspection_switch import countdown
from ui.models.overview_figures import area_label, nearest, overview_figures
from ui.models.overview_words import as_html, as_text, how_far, moved, movement, named, opening, percent
from ui.models.trend_points import past_days, reading, trend
from ui.models.why_figures import rows_of, why_figures

DAY = date(2021, 4, 26)
SOON = soon_after(DAY, WorkingDays())
REVISIT = InspectionRow(
    "send", "send-revisit", "Re-visit", "2018", "SEND re-visit", "SEN re-visit", date(2021, 4, 30), *[None] * 4
)
SOCIAL_CARE = InspectionRow(
    "care", "ilacs", "ILACS", "2018", "ILACS 2021", "Social Care", date(2021, 9, 3), *[None] * 4
)
AREAS = (
    AreaRow("send-a", "send", "A", "Call, control and the progress story", ()),
    AreaRow("send-e", "send", "E", "Area 4: joint commissioning for health needs after 19", ()),
    AreaRow("care-a", "care", "A", "Call and control", ()),
)


def item(number: int, area: AreaRow = AREAS[0], **other: object) -> ItemRow:
    """An item; its rating follows from its status, priority and date."""
    row = ItemRow(
        id=f"i{number}",
        inspection_id=area.inspection_id,
        area_id=area.id,
        reference=f"RV-{number:02}",
        title=f"Item {number}",
        kind=Kind.DOCUMENT,
        owner="",
        service="SEND",
        priority=Priority.IMPORTANT,
        status=ItemStatus.NOT_STARTED,
        impact_level=ImpactLevel.NONE_YET,
        due_rule="held ready",
        due_override=None,
        due=date(2021, 4, 30),
        due_text="held ready",
        day_one=True,
        rating=Rating.AT_RISK,
        changed_at=None,
    )
    row = replace(row, **other)
    return replace(row, rating=rating(row.status, row.priority, row.due, DAY, SOON, unproven=row.unproven))


def board(*items: ItemRow) -> Board:
    return Board(WorkspaceRow("w", "Leicester", "w"), DAY, SOON, (REVISIT, SOCIAL_CARE), AREAS, items)


def figures_of(shown: Board, inspection: str | None = None, me: tuple[str, ...] = ()):
    return overview_figures(shown, inspection, me)


def said(shown: Board, points: int | None = None) -> str:
    card = figures_of(shown, "send").cards[0]
    return as_text(opening(card, points, shown.items, shown.areas)).replace("\u00a0", " ")


def drawn_items() -> st.SearchStrategy[Board]:
    """Boards of up to thirty items in any state."""
    one = st.builds(
        dict,
        area=st.sampled_from(AREAS),
        status=st.sampled_from(ItemStatus),
        priority=st.sampled_from(Priority),
        due=st.none() | st.integers(-30, 90).map(lambda days: DAY + timedelta(days=days)),
        service=st.sampled_from(["", "SEND", "Education"]),
        owner=st.sampled_from(["", "Head of SEND", "head of send ", "Principal"]),
        day_one=st.booleans(),
        unproven=st.booleans(),
    )
    return st.lists(one, max_size=30).map(lambda all_: board(*(item(n, **each) for n, each in enumerate(all_))))


def test_that_the_sentence_says_how_ready_which_way_and_where_it_is_worst():
    late = {"due": date(2021, 4, 20)}
    shown = board(
        item(1, AREAS[1], **late), item(2, AREAS[1], **late), item(3, **late), item(4, status=ItemStatus.SIGNED_OFF)
    )
    assert said(shown, points=6) == (
        "The SEN re-visit is 25 % ready, up 6 points in two weeks. "
        "3 items are off track, most of them in joint commissioning for health needs after 19."
    )


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([], "The SEN re-visit has no items yet."),
        (["not_applicable"], "Nothing in the checklist of the SEN re-visit applies."),
        (["signed_off"], "The SEN re-visit is 100 % ready. Everything is signed off."),
        (["gathering"], "The SEN re-visit is 25 % ready. Nothing is off track; 1 item is at risk."),
        (["checked"], "The SEN re-visit is 75 % ready. Nothing is off track or at risk."),
    ],
)
def test_that_the_sentence_is_true_at_the_edges(statuses, words):
    assert said(board(*(item(n, status=ItemStatus(each)) for n, each in enumerate(statuses)))) == words


def test_that_one_late_item_is_placed_without_fuss():
    words = said(board(item(1, due=date(2021, 4, 20))))
    assert words.endswith("1 item is off track, in call, control and the progress story.")


def test_that_no_area_is_blamed_where_it_is_spread():
    late = {"due": date(2021, 4, 20)}
    assert said(board(item(1, **late), item(2, AREAS[1], **late))).endswith("2 items are off track.")


def test_that_the_sentence_says_when_nothing_is_tracked():
    assert as_text(opening(None, None, (), ())) == "No inspection is being tracked yet."


def test_that_the_figures_of_the_sentence_are_strong_and_its_text_is_safe():
    shown = board(item(1, due=date(2021, 4, 20)))
    spiky = replace(figures_of(shown, "send").cards[0], inspection=replace(REVISIT, short_title="A <b> & review"))
    html = as_html(opening(spiky, None, shown.items, shown.areas))
    assert "The A &lt;b&gt; &amp; review is" in html
    assert html.count("font-weight:600") == 2


@pytest.mark.parametrize(("title", "name"), [("SEN re-visit", "the SEN re-visit"), ("Social Care", "Social Care")])
def test_that_an_inspection_is_named_as_people_say_it(title, name):
    assert named(replace(REVISIT, short_title=title)) == name


@pytest.mark.parametrize(
    ("ready", "words"),
    [
        (date(2021, 4, 30), "By 30 Apr 2021 · 4 working days"),
        (date(2021, 4, 27), "By 27 Apr 2021 · 1 working day"),
        (DAY, "By 26 Apr 2021 · today"),
        (date(2021, 4, 23), "By 23 Apr 2021 · 1 working day ago"),
        (None, "No ready-by date"),
    ],
)
def test_that_a_card_says_how_far_away_its_day_is(ready, words):
    shown = replace(board(), inspections=(replace(REVISIT, ready_by=ready), SOCIAL_CARE))
    assert how_far(figures_of(shown, "send").cards[0]) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"notified_on": date(2021, 4, 23)}, "Day 2 since the call"),
        ({"notified_on": date(2021, 4, 23), "on_site_from": date(2021, 4, 30)}, "Day 2, on site in 4 working days"),
        ({"notified_on": date(2021, 3, 1), "publication_on": date(2021, 4, 20)}, "Report published 20 Apr 2021"),
        ({"notified_on": date(2021, 4, 27)}, "By 30 Apr 2021 · 4 working days"),  # it is still to come
    ],
)
def test_that_a_card_says_where_it_stands_once_the_call_has_come(dates, words):
    shown = replace(board(), inspections=(replace(REVISIT, **dates), SOCIAL_CARE))
    assert how_far(figures_of(shown, "send").cards[0]) == words


@pytest.mark.parametrize(
    ("now", "then", "points", "words"),
    [
        (62.4, 56.1, 6, "up 6 points in two weeks"),
        (55.6, 57.4, -1, "down 1 point in two weeks"),
        (50.2, 49.9, 0, "the same as two weeks ago"),
        (50.2, None, None, ""),
        (None, 50.0, None, ""),
    ],
)
def test_that_a_movement_is_the_difference_of_the_figures_people_see(now, then, points, words):
    assert movement(now, then) == points
    assert moved(points) == words


def test_that_no_value_is_a_dash_and_never_a_number():
    assert percent(None) == "–"
    assert percent(61.6) == "62\u00a0%"


@pytest.mark.parametrize("first", [-30, -1, 0, 5, None])
@pytest.mark.parametrize("second", [-7, 1, 30])
def test_that_the_page_speaks_of_the_inspection_that_the_header_counts_down_to(first, second):
    ready = [None if days is None else DAY + timedelta(days=days) for days in (first, second)]
    both = (replace(REVISIT, ready_by=ready[0]), replace(SOCIAL_CARE, ready_by=ready[1]))
    shown = replace(board(), inspections=both)
    spoken_of = nearest(figures_of(shown).cards, DAY)
    assert countdown(shown, None).startswith(f"{spoken_of.inspection.short_title}: ")


def test_that_the_page_speaks_first_of_an_inspection_that_runs():
    running = replace(SOCIAL_CARE, notified_on=date(2021, 4, 22))
    shown = replace(board(), inspections=(REVISIT, running))
    spoken_of = nearest(figures_of(shown).cards, DAY)
    assert spoken_of.inspection is running
    assert countdown(shown, None).startswith("Social Care: ")


def test_that_days_on_which_the_council_is_closed_do_not_count():
    closed = replace(board(), calendar=WorkingDays(frozenset({date(2021, 4, 28), date(2021, 4, 29)})))
    assert countdown(closed, None) == "SEN re-visit: 2 working days to ready by 30 Apr 2021"
    assert how_far(figures_of(closed).cards[0]) == "By 30 Apr 2021 · 2 working days"


def test_that_without_inspections_the_page_speaks_of_none():
    assert nearest([], DAY) is None


def test_that_a_numbered_area_is_labelled_by_its_number():
    assert area_label(AREAS[1]) == "4 Joint commissioning for health needs after 19"
    assert area_label(AREAS[2]) == "A Call and control"


def test_that_areas_of_the_same_name_say_whose_they_are():
    twins = (AREAS[2], replace(AREAS[2], id="send-x", inspection_id="send"))
    labels = {bar.label for bar in figures_of(replace(board(), areas=twins)).areas}
    assert labels == {"A Call and control (Social Care)", "A Call and control (SEN re-visit)"}


@given(drawn_items(), st.sampled_from([None, "send", "care"]))
def test_that_every_bar_counts_the_rows_its_filter_shows(shown, inspection):
    added = figures_of(shown, inspection)
    for bar in (*added.areas, *added.services):
        rows = [each for each in shown.items if passes(each, bar.chosen, shown)]
        assert bar.percent == readiness(rows)
        assert bar.off_track == sum(each.rating is Rating.OFF_TRACK for each in rows)


@given(drawn_items())
def test_that_bars_stand_worst_first_and_dashes_last(shown):
    for bars in (figures_of(shown).areas, figures_of(shown).services):
        values = [101.0 if bar.percent is None else bar.percent for bar in bars]
        assert values == sorted(values)


@given(drawn_items(), st.sampled_from([None, "send"]))
def test_that_my_items_are_those_my_filter_shows_the_late_ones_first(shown, inspection):
    me = ("head of send",)
    mine = figures_of(shown, inspection, me).mine
    scope = (inspection,) if inspection else ()
    rows = [each for each in shown.items if passes(each, ItemFilter(inspections=scope, mine=me), shown)]
    assert sorted(each.id for each in mine) == sorted(each.id for each in rows)
    late = [each.due is not None and each.due < DAY and each.status.credit in (0, 25, 50) for each in mine]
    assert late == sorted(late, reverse=True)


@given(drawn_items())
def test_that_deadlines_are_undone_and_in_order(shown):
    deadlines = figures_of(shown).deadlines
    assert all(each.status.credit in (0, 25, 50) for each in deadlines)
    assert [each.due for each in deadlines] == sorted(each.due for each in deadlines)


@given(drawn_items())
def test_that_the_explanation_adds_up_to_the_figure_it_explains(shown):
    why = why_figures(REVISIT, shown.items)
    items = [each for each in shown.items if each.inspection_id == "send"]
    assert why.whole.percent == pytest.approx(readiness(items))
    assert why.day_one.percent == pytest.approx(day_one_readiness(items))
    assert sum(line.earned for line in why.lines) == pytest.approx(why.whole.earned)
    assert sum(line.possible for line in why.lines) == why.whole.possible
    assert why.whole.items + why.not_applicable == len(items)


@given(drawn_items())
def test_that_every_number_of_the_explanation_opens_as_many_rows(shown):
    why = why_figures(REVISIT, shown.items)
    for line in why.lines:
        for priority, count, chosen in zip(Priority, line.counts, line.rows, strict=True):
            rows = [each for each in shown.items if passes(each, chosen, shown)] if not chosen.is_empty else []
            assert count == len(rows)
            assert all(each.priority is priority for each in rows)
            assert sum(each.credit * each.priority.weight for each in rows) == line.credit * priority.weight * count
    assert why.whole.items == sum(passes(each, rows_of(REVISIT), shown) for each in shown.items)


@given(drawn_items())
def test_that_what_holds_back_most_stands_first_and_gains_what_it_says(shown):
    why = why_figures(REVISIT, shown.items)
    missing = [each.missing for each in why.held_back]
    assert missing == sorted(missing, reverse=True)
    assert len(missing) <= 10
    for held in why.held_back:
        proven = replace(held.item, status=ItemStatus.SIGNED_OFF, unproven=False)
        signed = [proven if each == held.item else each for each in shown.items]
        raised = why_figures(REVISIT, signed).whole.percent
        assert raised - why.whole.percent == pytest.approx(held.gain)


def test_that_the_trend_begins_with_the_first_week_that_has_a_value():
    days = past_days(DAY)
    past = {"send": (*[None] * 10, 20.0, 30.0)}
    shown = trend(past, days, DAY, {"send": ("SEN re-visit", 40.0), "care": ("Social Care", None)})
    assert shown.days == (DAY - timedelta(weeks=2), DAY - timedelta(weeks=1), DAY)
    assert [line.values for line in shown.lines] == [(20.0, 30.0, 40.0), (None, None, None)]
    assert shown.has_history
    assert reading(past, days, "send", DAY - timedelta(weeks=2)) == 20.0
    assert reading(past, days, "care", DAY - timedelta(weeks=2)) is None


def test_that_one_day_is_no_trend():
    shown = trend({}, past_days(DAY), DAY, {"send": ("SEN re-visit", 40.0)})
    assert shown.days == (DAY,)
    assert not shown.has_history


def test_that_what_another_edition_reworded_is_told():
    words = said(board(item(1, status=ItemStatus.CHECKED, confirm=True), item(2, status=ItemStatus.CHECKED)))
    assert words.endswith("Nothing is off track or at risk. 1 item is to be confirmed again.")
