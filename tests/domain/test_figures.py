"""Figures: the parts add up to the whole, by area, by service and by item."""

from domain_rows import board, checklists
from hypothesis import given

from readiness.domain.figures import NO_SERVICE, figures, inspection_figures, service_figures
from readiness.domain.scoring import day_one_readiness, readiness
from readiness.domain.vocabulary import ItemStatus, Rating


@given(checklists)
def test_that_every_item_is_counted_once_by_status_and_by_rating(rows):
    found = figures(iter(rows))
    assert found.items == len(rows) == sum(found.by_status.values()) == sum(found.by_rating.values())
    assert set(found.by_status) == set(ItemStatus)
    assert set(found.by_rating) == set(Rating)
    assert found.applicable == len(rows) - found.by_status[ItemStatus.NOT_APPLICABLE]
    assert found.readiness == readiness(rows)
    assert found.day_one_readiness == day_one_readiness(rows)


@given(checklists)
def test_that_areas_and_services_add_up_to_the_inspection(rows):
    seen = board(rows)
    for each in inspection_figures(seen):
        mine = [row for row in rows if row.inspection_id == each.inspection.id]
        assert each.figures == figures(mine)
        for parts in (each.areas, each.services):
            assert sum(part.figures.items for part in parts) == len(mine)
            assert sum(part.figures.applicable for part in parts) == each.figures.applicable
            for status in ItemStatus:
                assert sum(part.figures.by_status[status] for part in parts) == each.figures.by_status[status]
    assert sum(each.figures.items for each in inspection_figures(seen)) == len(rows)


@given(checklists)
def test_that_readiness_of_the_whole_lies_between_its_parts(rows):
    for each in inspection_figures(board(rows)):
        values = [part.figures.readiness for part in each.areas if part.figures.readiness is not None]
        if each.figures.readiness is None:
            assert not values
        else:
            assert min(values) - 1e-9 <= each.figures.readiness <= max(values) + 1e-9


@given(checklists)
def test_that_services_stand_by_name_and_those_without_one_are_named(rows):
    found = [each.service for each in service_figures(rows)]
    assert found == sorted({row.service or NO_SERVICE for row in rows})
