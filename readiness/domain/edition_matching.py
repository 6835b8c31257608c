"""Edition matching: which item of another edition is which of the checklist, and what that means for each.

An item is the same where the words are that it was judged on: with its reference, as the edition says (`was`), or
anywhere. Only then, with other words, where the edition says so (`was`, read both ways), and last where the reference
is. So no judgement is lost whose words still stand somewhere, and none goes along with a reference given to something
else.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from readiness.domain.editions import (
    EarlierWords,
    EditionComparison,
    EditionRow,
    Fate,
    HeldItem,
    Whereabouts,
    comparison,
    given_way,
    wording,
)
from readiness.domain.ordering import woven
from readiness.domain.views import FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import ItemField, Word

_Taken = dict[str, Any]
SETTINGS = tuple(
    (setting, str(setting.value))
    for setting in (
        ItemField.REFERENCE, ItemField.KIND, ItemField.SERVICE, ItemField.DUE_RULE, ItemField.PRIORITY,
        ItemField.CURRENCY,
    )
)  # fmt: skip
"""What an edition may change of an item beside its words, unless the council set it."""


def compare(
    held: Sequence[HeldItem], new: FrameworkDraft, old: FrameworkDraft | None = None, edition: str = ""
) -> EditionComparison:
    """Return what becomes of every item of a checklist, and what another edition brings.

    Args:
        held: The items of the inspection in their order: those that stand, and those under Removed.
        new: The edition to move to.
        old: The edition in force; None: not known, and then everything the council may have set itself stays.
        edition: What the edition in force is called.
    """
    words = _Fingerprints()
    in_force, drafts = _Edition(old, words), _drafted(new, words)
    known = [in_force.known(each) for each in held]
    framed = [each for each in known if each.words]
    pairs = _Pairs(sorted(framed, key=lambda each: each.held.whereabouts is not Whereabouts.STANDS), drafts).found()
    move = _Move(edition, new.edition, frozenset(each.item.reference for each in drafts))
    made = [_row(drafted, pairs.get(number), move) for number, drafted in enumerate(drafts)]
    taken = {row.held.id for row in made if row.held is not None}
    left = [each for each in known if each.held.id not in taken and each.held.whereabouts is Whereabouts.STANDS]
    brought = {row.reference for row in made if _is_brought(row)}
    rows = [*made, *(_unclashed(_left_behind(each), brought) for each in left)]
    by_id = {row.id: row for row in rows}
    order = woven([row.id for row in made], [each.held.id for each in known if each.held.id in by_id])
    return comparison(new.title, new.edition, [by_id[id_] for id_ in order])


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An item of the edition to move to."""

    item: ItemDraft
    area: str
    words: str


class _Fingerprints(dict[tuple[str, str], str]):
    """Fingerprints by title and guidance: most words stand in both editions and in the record, and are read once."""

    def __missing__(self, words: tuple[str, str]) -> str:
        self[words] = wording(*words)
        return self[words]

    def of(self, item: ItemDraft) -> str:
        """Return the fingerprint of an item's words."""
        return self[item.title, item.guidance]


def _drafted(framework: FrameworkDraft, words: _Fingerprints) -> list[_Drafted]:
    return [_Drafted(item, area.code, words.of(item)) for area in framework.areas for item in area.items]


@dataclass(frozen=True, slots=True)
class _Move:
    """From where to where, and the references that the edition gives."""

    edition: str
    to: str
    published: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Known:
    """An item of the record, and what its edition says of it."""

    held: HeldItem
    old: ItemDraft | None
    area: str  # in which the edition in force has it
    words: frozenset[str]  # fingerprints under which its words are known; none: the council's own item
    framed: str  # the fingerprint of its edition's words
    read: str  # and that of its words as they read now

    @property
    def reference(self) -> str:
        """The reference its edition gave it."""
        return (self.old or self.held.item).reference

    @property
    def earlier_names(self) -> tuple[str, ...]:
        """The references that its edition says it had before."""
        return self.old.was if self.old is not None else ()

    @property
    def is_parked(self) -> bool:
        """Whether an earlier move put it under Removed."""
        return self.held.whereabouts is Whereabouts.PARKED

    @property
    def judged_on(self) -> str:
        """The fingerprint of the words that its judgement was made on."""
        return self.held.earlier.wording if self.held.earlier is not None else self.framed


class _Edition:
    """The items of the edition in force, to be found by reference or words."""

    def __init__(self, draft: FrameworkDraft | None, words: _Fingerprints) -> None:
        self._by_reference: dict[str, _Drafted] = {}
        self._by_words: dict[str, list[_Drafted]] = {}
        self._words = words
        for each in _drafted(draft, words) if draft is not None else ():
            self._by_reference[each.item.reference] = each
            self._by_words.setdefault(each.words, []).append(each)

    def known(self, held: HeldItem) -> _Known:
        """Return an item with what the edition says of it."""
        if not held.is_made:
            return _Known(held, None, "", frozenset(), "", "")
        found = self._find(held) if held.whereabouts is not Whereabouts.PARKED else None
        read = self._words.of(held.item)
        framed = held.wording or (found.words if found else read)
        judged = {held.earlier.wording} if held.earlier else set()
        words = frozenset({framed, read, *judged})
        return _Known(held, found.item if found else None, found.area if found else "", words, framed, read)

    def _find(self, held: HeldItem) -> _Drafted | None:
        alike = self._by_words.get(held.wording, [])
        same = [each for each in alike if each.item.reference == held.item.reference]
        if same or len(alike) == 1:
            return (same or alike)[0]
        return self._by_reference.get(held.laid_out_as) or self._by_reference.get(held.item.reference)


class _Pairs:
    """Pairs items of the edition with items of the record, the surest first; each is taken once."""

    def __init__(self, known: Sequence[_Known], drafts: Sequence[_Drafted]) -> None:
        self._free = {each.held.id: each for each in known}
        self._drafts = drafts
        self._pairs: dict[int, _Known] = {}

    def found(self) -> dict[int, _Known]:
        """Return, by the number of the draft, the item that it is."""
        for is_parked in (False, True):  # what stands comes before what an earlier move parked
            self._pair_words(is_parked, lambda known: {known.judged_on})
            self._pair_words(is_parked, lambda known: known.words - {known.judged_on})
        for is_parked in (False, True):
            self._pair(is_parked, lambda drafted: drafted.item.was, lambda known: [known.reference])
            self._pair(is_parked, lambda drafted: [drafted.item.reference], lambda known: known.earlier_names)
        self._pair(False, lambda drafted: [drafted.item.reference], lambda known: [known.reference])
        return self._pairs

    def _pair_words(self, is_parked: bool, words_of: Callable[[_Known], Iterable[str]]) -> None:
        """Pair what has the same words: where several have them, by reference, then as the edition says."""

        def named(known: _Known) -> list[tuple[str, str]]:
            return [(known.reference, words) for words in words_of(known)]

        def named_before(known: _Known) -> list[tuple[str, str]]:
            return [(name, words) for name in known.earlier_names for words in words_of(known)]

        self._pair(is_parked, lambda drafted: [(drafted.item.reference, drafted.words)], named)
        self._pair(is_parked, lambda drafted: [(was, drafted.words) for was in drafted.item.was], named)
        self._pair(is_parked, lambda drafted: [(drafted.item.reference, drafted.words)], named_before)
        self._pair(is_parked, lambda drafted: [drafted.words], words_of)

    def _pair(
        self,
        is_parked: bool,
        of_draft: Callable[[_Drafted], Iterable[Hashable]],
        of_known: Callable[[_Known], Iterable[Hashable]],
    ) -> None:
        shelf: dict[Hashable, deque[str]] = {}
        for id_, known in self._free.items():
            if known.is_parked is is_parked:
                for key in of_known(known):
                    shelf.setdefault(key, deque()).append(id_)
        if not shelf:
            return
        for number, drafted in enumerate(self._drafts):
            if number not in self._pairs:
                found = next((id_ for key in of_draft(drafted) for id_ in self._first(shelf.get(key))), None)
                if found is not None:
                    self._pairs[number] = self._free.pop(found)

    def _first(self, shelf: deque[str] | None) -> tuple[str, ...]:
        """Return the first id of a shelf that nothing has taken yet, if there is one."""
        while shelf and shelf[0] not in self._free:
            shelf.popleft()
        return (shelf[0],) if shelf else ()


def _row(drafted: _Drafted, known: _Known | None, move: _Move) -> EditionRow:
    if known is None:
        return EditionRow(Fate.ADDED, None, drafted.item, None, drafted.area, drafted.words)
    held, item = known.held, drafted.item
    fate, taken, earlier, said = _judged(known, drafted, move)
    if fate is Fate.UNCHANGED and held.whereabouts is Whereabouts.LEFT_OUT:
        notes = ("You took it out; it stays under Removed",)
        return EditionRow(fate, held.item, held.item, held, None, drafted.words, held.earlier, known.old, notes)
    told = _settings(known, item, move.published, taken)
    area = _area(known, drafted.area)
    if area is not None and held.area and area != held.area:
        told.append(f"Area {held.area} → {area}")
    if held.whereabouts is not Whereabouts.STANDS:
        said = [*said, f"Comes back from Removed, {held.status.label.lower()}"]
    if fate is Fate.UNCHANGED and held.whereabouts is Whereabouts.PARKED:
        fate = Fate.ADDED
    after = replace(held.item, **taken) if taken else held.item
    return EditionRow(fate, held.item, after, held, area, drafted.words, earlier, known.old, (*said, *told))


def _judged(known: _Known, drafted: _Drafted, move: _Move) -> tuple[Fate, _Taken, EarlierWords | None, list[str]]:
    """Return whether the words an item was judged on are the edition's, and the words it takes."""
    now, earlier = known.held.item, known.held.earlier
    if earlier is not None and drafted.words == earlier.wording:
        back = {"title": earlier.title, "guidance": earlier.guidance}
        return Fate.UNCHANGED, back, None, ["Goes back to the words it was judged on"]
    if drafted.words == known.framed:
        return Fate.UNCHANGED, {}, earlier, ["Still to be confirmed again"] if earlier is not None else []
    if earlier is None and drafted.words == known.read:
        return Fate.UNCHANGED, {}, None, ["The edition now says what you had written"]
    kept = earlier or EarlierWords(now.title, now.guidance, move.edition, known.framed)
    kept = EarlierWords(kept.title, kept.guidance, kept.edition, kept.wording, move.to)
    return Fate.REWORDED, {"title": drafted.item.title, "guidance": drafted.item.guidance}, kept, []


def _settings(known: _Known, item: ItemDraft, published: frozenset[str], taken: _Taken) -> list[str]:
    """Take what an edition changes of an item beside its words; say what changes and what does not."""
    now, old = known.held.item, known.old
    told: list[str] = []
    if now.basis != item.basis:
        taken["basis"] = item.basis
    for setting, name in SETTINGS:
        is_now, wanted = getattr(now, name), getattr(item, name)
        if is_now == wanted:
            continue
        then = getattr(old, name) if old is not None else None
        given = name == "reference" and (is_now in published or known.is_parked)
        if given or is_now == then:
            taken[name] = wanted
            told.append(f"{setting.label}: {_said(is_now)} → {_said(wanted)}")
        elif then is not None and then != wanted:
            told.append(f"{setting.label} stays {_said(is_now)}, as you set it (the edition: {_said(wanted)})")
    return told


def _said(value: object) -> str:
    if isinstance(value, int):
        return f"{value} months"
    return value.label if isinstance(value, Word) else str(value or "none")


def _area(known: _Known, wanted: str) -> str | None:
    """Return where an item is to stand; None: where it does, because the council put it there."""
    held = known.held
    if held.area is None or held.whereabouts is not Whereabouts.STANDS:
        return wanted
    by_hand = known.old is None or held.area != known.area
    return None if by_hand and held.area != wanted else wanted


def _left_behind(known: _Known) -> EditionRow:
    held = known.held
    if not held.is_made:
        return EditionRow(Fate.OWN, held.item, held.item, held)
    if held.was_parked:
        return EditionRow(Fate.OWN, held.item, held.item, held, notes=("You brought it back from Removed; it stays",))
    return EditionRow(Fate.REMOVED, held.item, None, held, old=known.old)


def _is_brought(row: EditionRow) -> bool:
    """Whether a row brings a reference that no standing item had before."""
    held = row.held
    if held is None or held.whereabouts is not Whereabouts.STANDS:
        return not row.stays_out
    return held.item.reference != row.reference


def _unclashed(own: EditionRow, references: set[str]) -> EditionRow:
    """Return an item of the council's own with a reference that the edition does not bring."""
    if own.after is None or own.fate is not Fate.OWN or own.after.reference not in references:
        return own
    reference = given_way(own.after.reference, references)
    references.add(reference)
    note = f"Becomes {reference}: the edition has another {own.after.reference}"
    return replace(own, after=replace(own.after, reference=reference), notes=(*own.notes, note))
