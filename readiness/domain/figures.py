"""Figures: what a board adds up to. The screens, the sheets and `status --json` all take their numbers from here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from readiness.domain.scoring import day_one_readiness, readiness
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow
from readiness.domain.vocabulary import ItemStatus, Rating

NO_SERVICE = "No service"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one set of items."""

    readiness: float | None  # percent, unrounded; None: nothing applies
    day_one_readiness: float | None
    items: int
    applicable: int
    by_status: Mapping[ItemStatus, int]  # every status, also those with 0
    by_rating: Mapping[Rating, int]


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The numbers of one area."""

    area: AreaRow
    figures: Figures


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """The numbers of one service; items without one stand under NO_SERVICE."""

    service: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class InspectionFigures:
    """The numbers of one inspection, with its areas in order and its services by name."""

    inspection: InspectionRow
    figures: Figures
    areas: tuple[AreaFigures, ...]
    services: tuple[ServiceFigures, ...]


def figures(items: Iterable[ItemRow]) -> Figures:
    """Add up a set of items."""
    items = tuple(items)
    by_status = dict.fromkeys(ItemStatus, 0) | Counter(map(attrgetter("status"), items))
    by_rating = dict.fromkeys(Rating, 0) | Counter(map(attrgetter("rating"), items))
    return Figures(
        readiness=readiness(items),
        day_one_readiness=day_one_readiness(items),
        items=len(items),
        applicable=len(items) - by_status[ItemStatus.NOT_APPLICABLE],
        by_status=by_status,
        by_rating=by_rating,
    )


def service_figures(items: Iterable[ItemRow]) -> tuple[ServiceFigures, ...]:
    """Add up items by service, in the order of the names."""
    by_service: dict[str, list[ItemRow]] = {}
    for item in items:
        by_service.setdefault(item.service or NO_SERVICE, []).append(item)
    return tuple(ServiceFigures(name, figures(by_service[name])) for name in sorted(by_service))


def inspection_figures(board: Board) -> tuple[InspectionFigures, ...]:
    """Add up every inspection of a board."""
    by_inspection: dict[str, list[ItemRow]] = {row.id: [] for row in board.inspections}
    by_area: dict[str, list[ItemRow]] = {row.id: [] for row in board.areas}
    for item in board.items:
        by_inspection[item.inspection_id].append(item)
        by_area[item.area_id].append(item)
    return tuple(
        InspectionFigures(
            inspection=inspection,
            figures=figures(by_inspection[inspection.id]),
            areas=tuple(
                AreaFigures(area, figures(by_area[area.id]))
                for area in board.areas
                if area.inspection_id == inspection.id
            ),
            services=service_figures(by_inspection[inspection.id]),
        )
        for inspection in board.inspections
    )
