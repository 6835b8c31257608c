"""Editions for tests: frameworks of few words, the items they lay out, and strategies for both."""

from dataclasses import replace

from hypothesis import strategies as st

from readiness.domain.editions import EarlierWords, HeldItem, Whereabouts, wording
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import ItemStatus, Kind, Priority

TITLES = ("Plans", "Plans on time", "Audits", "Waiting times", "Voice of children")
GUIDANCE = ("", "Dated this term", "Signed off")


def framework(edition: str, *areas: tuple[str, tuple[ItemDraft, ...]], family: str = "") -> FrameworkDraft:
    """A framework of areas, each a code and its items."""
    made = tuple(AreaDraft(code, f"Area of {code}", ("Good", "Poor"), items) for code, items in areas)
    return FrameworkDraft("small", edition, "Small", "Small", "", {}, made, family)


def laid_out(draft: FrameworkDraft, **other: object) -> list[HeldItem]:
    """The items that a framework lays out; other fields are given to all of them."""
    return [
        replace(
            HeldItem(
                f"id-{item.reference}", area.code, item, ItemStatus.DRAFTED, wording(item.title, item.guidance),
                laid_out_as=item.reference,
            ),
            **other,
        )
        for area in draft.areas
        for item in area.items
    ]  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn, edition: str = "1") -> FrameworkDraft:
    """A framework with up to seven items; titles repeat, references do not."""
    references = draw(st.lists(st.sampled_from([f"R{number}" for number in range(9)]), unique=True, max_size=7))
    items = [
        ItemDraft(
            reference,
            draw(st.sampled_from(TITLES)),
            draw(st.sampled_from(GUIDANCE)),
            draw(st.sampled_from((Kind.DOCUMENT, Kind.DATASET))),
            due_rule=draw(st.sampled_from(("held ready", "day 2"))),
            priority=draw(st.sampled_from((Priority.ESSENTIAL, Priority.IMPORTANT))),
            was=tuple(draw(st.lists(st.sampled_from([f"R{number}" for number in range(9)]), max_size=1))),
        )
        for reference in references
    ]
    cut = draw(st.integers(0, len(items)))
    return framework(edition, ("A", tuple(items[:cut])), ("B", tuple(items[cut:])))


@st.composite
def histories(draw: st.DrawFn, draft: FrameworkDraft) -> list[HeldItem]:
    """What a council may have made of a framework's items: other texts and settings, removed, parked, own ones."""
    made: list[HeldItem] = []
    for held in laid_out(draft):
        now = held.item
        if draw(st.booleans()):
            now = replace(now, title=draw(st.sampled_from(TITLES)), due_rule=draw(st.sampled_from(("day 2", "day 4"))))
        if draw(st.integers(0, 4)) == 0:
            now = replace(now, reference=draw(st.sampled_from(("R1", "R8", "X1"))))
        earlier = None
        if draw(st.integers(0, 3)) == 0:
            title = draw(st.sampled_from(TITLES))
            earlier = EarlierWords(title, "", "0", wording(title, ""), draft.edition)
        made.append(
            replace(
                held,
                item=now,
                earlier=earlier,
                area=draw(st.sampled_from((held.area, held.area, "", "A"))),
                whereabouts=draw(st.sampled_from((Whereabouts.STANDS, Whereabouts.STANDS, *Whereabouts))),
                was_parked=draw(st.integers(0, 5)) == 0,
            )
        )
    for number in range(draw(st.integers(0, 2))):
        own = ItemDraft(draw(st.sampled_from(("R2", "OWN"))), draw(st.sampled_from(TITLES)))
        made.append(HeldItem(f"own-{number}", "", own, ItemStatus.NOT_STARTED, "", is_made=False))
    return made
