"""Packing: what of the evidence goes into a pack, under which names, and what stays behind and why. Pure rules.

Each file goes once, into the folder of the first item that uses it; other items point there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from readiness.domain.evidence import AttachmentRow, Dossier, EvidenceRow, LinkRow
from readiness.domain.file_names import LONGEST_NAME, LONGEST_PATH, Folder, safe_name, units
from readiness.domain.proof import currency, lapsing_after
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow
from readiness.domain.vocabulary import Audience, Currency, ItemStatus, Word

MANIFEST, INDEX_SHEET, INDEX_PAGE = "MANIFEST.json", "index.xlsx", "index.html"
OWN_FILES = (MANIFEST, INDEX_SHEET, INDEX_PAGE)
"""What every pack holds beside the evidence, at its root."""

_LONGEST_INSPECTION, _LONGEST_AREA, _LONGEST_ITEM = 24, 40, 48
_WIDTH = {audience: number for number, audience in enumerate(Audience)}


@dataclass(frozen=True, slots=True)
class PackChoice:
    """What somebody wants in a pack: ids; where none are named, all of that kind."""

    audience: Audience = Audience.INSPECTORS
    inspections: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()

    def takes(self, item: ItemRow) -> bool:
        """Whether an item was chosen."""
        return (
            (not self.inspections or item.inspection_id in self.inspections)
            and (not self.areas or item.area_id in self.areas)
            and (not self.items or item.id in self.items)
        )


@dataclass(frozen=True, slots=True)
class PackFile:
    """One copy of a stored file, under its name in the pack."""

    path: str  # from the pack's root, "/" between folders
    name: str  # as it was attached
    sha256: str
    size: int  # bytes, as recorded


@dataclass(frozen=True, slots=True)
class PackPiece:
    """A piece of evidence as it serves one item of the pack."""

    evidence: EvidenceRow
    until: date | None  # the last good day for this item; None: it never lapses
    currency: Currency
    files: tuple[PackFile, ...]
    links: tuple[AttachmentRow, ...]  # no copy of them is kept
    missing: tuple[AttachmentRow, ...]  # their copies are not in the store as they were taken


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item of the pack; it is listed with evidence or without."""

    item: ItemRow
    pieces: tuple[PackPiece, ...]

    @property
    def wants_evidence(self) -> bool:
        """Whether evidence is needed and there is none of it in the pack."""
        applies = self.item.status is not ItemStatus.NOT_APPLICABLE
        return applies and self.item.kind.needs_evidence and not self.pieces


@dataclass(frozen=True, slots=True)
class PackArea:
    """An area of the pack, with all its items that were chosen."""

    inspection: InspectionRow
    area: AreaRow
    items: tuple[PackItem, ...]

    @property
    def heading(self) -> str:
        """Its letter and title, "A Call and control"."""
        return " ".join(f"{self.area.code} {self.area.title}".split()) or "No title"


class LeftWhy(Word):
    """Why a piece of evidence stays behind."""

    AUDIENCE = "audience", "Meant for fewer people"
    EMPTY = "empty", "It has neither file nor link"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of evidence that stays behind. Whoever makes the pack is told; the pack itself does not name it."""

    evidence: EvidenceRow
    why: LeftWhy
    references: tuple[str, ...]  # of the items that it serves


@dataclass(frozen=True, slots=True)
class PackPlan:
    """All that a pack will hold."""

    title: str
    board: Board
    choice: PackChoice
    areas: tuple[PackArea, ...]
    files: tuple[PackFile, ...]  # each once, in the order of the items
    left_out: tuple[LeftOut, ...]

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        return self.choice.audience

    @property
    def items(self) -> Iterator[PackItem]:
        """Every item, in order."""
        return (item for area in self.areas for item in area.items)

    @property
    def pieces(self) -> dict[str, EvidenceRow]:
        """Every piece of evidence that goes, by id."""
        return {piece.evidence.id: piece.evidence for item in self.items for piece in item.pieces}

    @property
    def inspections(self) -> tuple[InspectionRow, ...]:
        """The inspections it is about."""
        return tuple({area.inspection.id: area.inspection for area in self.areas}.values())

    @property
    def missing(self) -> dict[str, AttachmentRow]:
        """Files that should go and cannot, by hash."""
        found: dict[str, AttachmentRow] = {}
        for item in self.items:
            for piece in item.pieces:
                for gone in piece.missing:
                    found.setdefault(gone.sha256, gone)
        return found

    @property
    def size(self) -> int:
        """Bytes of all files together, as recorded."""
        return sum(file.size for file in self.files)


def may_see(evidence: Audience, audience: Audience) -> bool:
    """Whether what was meant for some people may go to others: to as few or fewer."""
    return _WIDTH[evidence] >= _WIDTH[audience]


def plan_pack(dossier: Dossier, choice: PackChoice, without: Iterable[str] = ()) -> PackPlan:
    """Return what a pack will hold.

    Args:
        dossier: All there is, on the board's day.
        choice: What somebody wants of it.
        without: Hashes of stored files that cannot go: they are listed as missing.
    """
    board = dossier.board
    chosen = [item for item in board.items if choice.takes(item)]
    inspections = {row.id: row for row in board.inspections}
    places = _Places(len({item.inspection_id for item in chosen}) > 1)
    making = _Making(board, choice.audience, _by_item(dossier.evidence), frozenset(without), places)
    areas = {row.id: row for row in board.areas}
    grouped: dict[str, list[ItemRow]] = {}
    for item in chosen:
        if item.inspection_id in inspections:
            grouped.setdefault(item.area_id, []).append(item)
    made = []
    for area_id, items in grouped.items():
        inspection = inspections[items[0].inspection_id]
        area = areas.get(area_id) or AreaRow(area_id, inspection.id, "", "Other", ())
        made.append(making.area(inspection, area, items))
    title = ", ".join(dict.fromkeys(area.inspection.short_title for area in made)) or "Nothing chosen"
    return PackPlan(title, board, choice, tuple(made), tuple(making.files.values()), making.left_out())


def _by_item(evidence: Iterable[EvidenceRow]) -> dict[str, list[tuple[EvidenceRow, LinkRow]]]:
    found: dict[str, list[tuple[EvidenceRow, LinkRow]]] = {}
    for row in evidence:
        for link in row.links:
            found.setdefault(link.item_id, []).append((row, link))
    return found


@dataclass
class _Making:
    """Goes through the chosen items once and keeps what each file is called."""

    board: Board
    audience: Audience
    evidence: Mapping[str, list[tuple[EvidenceRow, LinkRow]]]  # by item
    without: frozenset[str]
    places: "_Places"
    files: dict[str, PackFile] = field(default_factory=dict)  # by hash
    _left: dict[str, tuple[EvidenceRow, LeftWhy, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lapsing = lapsing_after(self.board.day, self.board.calendar)

    def area(self, inspection: InspectionRow, area: AreaRow, items: Iterable[ItemRow]) -> PackArea:
        """Return an area with its items."""
        self.places.enter_area(inspection, area)
        return PackArea(inspection, area, tuple(self._item(item) for item in items))

    def _item(self, item: ItemRow) -> PackItem:
        self.places.enter_item(item)
        pieces = []
        for row, link in self.evidence.get(item.id, ()):
            latest = row.latest
            attached = [each for each in latest.attachments if each.sha256 or each.url] if latest else []
            if not may_see(row.audience, self.audience):
                self._leave(row, LeftWhy.AUDIENCE, item)
            elif not attached:
                self._leave(row, LeftWhy.EMPTY, item)
            else:
                pieces.append(self._piece(row, link, attached))
        return PackItem(item, tuple(pieces))

    def _piece(self, row: EvidenceRow, link: LinkRow, attached: Iterable[AttachmentRow]) -> PackPiece:
        files: dict[str, PackFile] = {}
        links, missing = [], []
        for each in attached:
            if not each.sha256:
                links.append(each)
            elif each.sha256 in self.without:
                missing.append(each)
            else:
                files[each.sha256] = self._file(each, row)
        stands = currency(link.until, self.board.day, self._lapsing)
        return PackPiece(row, link.until, stands, tuple(files.values()), tuple(links), tuple(missing))

    def _file(self, attached: AttachmentRow, row: EvidenceRow) -> PackFile:
        found = self.files.get(attached.sha256)
        if found is None:
            path = self.places.file(attached.name, row.title)
            found = PackFile(path, attached.name or row.title, attached.sha256, attached.size)
            self.files[attached.sha256] = found
        return found

    def _leave(self, row: EvidenceRow, why: LeftWhy, item: ItemRow) -> None:
        self._left.setdefault(row.id, (row, why, []))[2].append(item.reference)

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return what stays behind."""
        return tuple(LeftOut(row, why, tuple(references)) for row, why, references in self._left.values())


class _Places:
    """Gives folders and files their names. A folder is named when its first file comes."""

    def __init__(self, by_inspection: bool) -> None:
        self._by_inspection = by_inspection
        self._folders: dict[str, Folder] = {"": Folder(*OWN_FILES)}
        self._named: dict[tuple[str, str], str] = {}  # (folder above, id) -> path
        self._inspection: InspectionRow
        self._area: AreaRow
        self._item: ItemRow

    def enter_area(self, inspection: InspectionRow, area: AreaRow) -> None:
        """What follows belongs to this area."""
        self._inspection, self._area = inspection, area

    def enter_item(self, item: ItemRow) -> None:
        """What follows belongs to this item."""
        self._item = item

    def file(self, name: str, otherwise: str) -> str:
        """Return the path of a new file in the folder of the item."""
        above = self._item_folder()
        longest = min(LONGEST_NAME, LONGEST_PATH - units(above) - 1)
        safe = safe_name(name, otherwise, longest, keep_ending=True)
        return f"{above}/{self._folders[above].add(safe, longest, keep_ending=True)}"

    def _item_folder(self) -> str:
        inspection, area, item = self._inspection, self._area, self._item
        above = ""
        if self._by_inspection:
            above = self._folder(above, inspection.id, inspection.short_title, inspection.title, _LONGEST_INSPECTION)
        above = self._folder(above, area.id, f"{area.code} {area.title}", "Area", _LONGEST_AREA)
        return self._folder(above, item.id, f"{item.reference} {item.title}", "Item", _LONGEST_ITEM)

    def _folder(self, above: str, id_: str, name: str, otherwise: str, longest: int) -> str:
        path = self._named.get((above, id_))
        if path is None:
            given = self._folders[above].add(safe_name(name, otherwise, longest), longest)
            path = self._named[above, id_] = f"{above}/{given}" if above else given
            self._folders[path] = Folder()
        return path
