"""Fingerprints of words, and what another edition means for each item of a checklist."""

import unicodedata
from collections import Counter
from dataclasses import replace

import pytest
from domain_editions import drafts, framework, histories, laid_out
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.edition_matching import compare
from readiness.domain.editions import (
    EarlierWords,
    EditionComparison,
    Fate,
    HeldItem,
    Whereabouts,
    pack_words,
    unpack_words,
    wording,
)
from readiness.domain.views import ItemDraft
from readiness.domain.vocabulary import ItemStatus, Kind, Priority

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
spaces = st.text(" \n\t\u00a0\u2009", min_size=1, max_size=3)


@given(st.lists(words), st.lists(words), st.data())
def test_that_spaces_and_line_breaks_alone_make_no_other_words(title, guidance, data):
    def spaced(parts):
        return "".join(f"{data.draw(spaces)}{part}" for part in parts)

    assert wording(spaced(title), spaced(guidance)) == wording(" ".join(title), " ".join(guidance))


@given(words, words)
def test_that_a_fingerprint_is_sixteen_digits_and_knows_one_form_of_letters(title, guidance):
    made = wording(title, guidance)
    assert len(made) == 16
    assert int(made, 16) >= 0
    assert wording(unicodedata.normalize("NFD", title), unicodedata.normalize("NFC", guidance)) == made


@pytest.mark.parametrize(
    "other",
    [("plans", "On time"), ("Plans.", "On time"), ("Plans On", "time"), ("Plan s", "On time"), ("Plans", "On time’")],
)
def test_that_a_word_a_case_or_a_point_makes_other_words(other):
    assert wording("Plans", "On time") == "ce2612a8923329ff"  # it stands in people's files: it must never change
    assert wording(*other) != wording("Plans", "On time")


@given(words, words)
def test_that_earlier_words_come_back_as_they_were_kept(title, guidance):
    kept = EarlierWords(title, guidance, "2018 to 2022", "0" * 16, "from April 2026")
    assert unpack_words(pack_words(kept)) == kept


def test_that_no_earlier_words_are_kept_as_nothing_and_strange_ones_are_not_read():
    assert pack_words(None) == ""
    assert [unpack_words(text) for text in ("", "{", "[1]", "3")] == [None] * 4
    assert unpack_words('{"title": "Plans"}') == EarlierWords("Plans", "", "", "")


# what becomes of each item


@given(st.data())
def test_that_every_item_of_now_and_of_the_edition_stands_in_one_row(data):
    old, new = data.draw(drafts("1")), data.draw(drafts("2"))
    held = data.draw(histories(old))
    found = compare(held, new, data.draw(st.sampled_from((old, None))), "1")
    standing = {each.id for each in held if each.whereabouts is Whereabouts.STANDS}
    rows = Counter(row.held.id for row in found.rows if row.held is not None)
    assert set(rows.values()) <= {1}
    assert standing <= set(rows)
    of_edition = [row for row in found.rows if row.fate not in (Fate.REMOVED, Fate.OWN)]
    assert len(of_edition) == new.item_count
    assert found.counts == Counter(row.fate for row in found.rows)
    assert len({row.id for row in found.rows}) == len(found.rows)


@given(st.data())
def test_that_the_same_edition_changes_nothing(data):
    draft = data.draw(drafts())
    found = compare(laid_out(draft), draft, data.draw(st.sampled_from((draft, None))), "1")
    assert [row.fate for row in found.rows] == [Fate.UNCHANGED] * draft.item_count
    assert all(row.before == row.after and row.notes == () and row.earlier is None for row in found.rows)
    assert all(row.area == row.held.area for row in found.rows)


@given(st.data())
def test_that_only_changed_words_are_asked_about_again(data):
    old, new = data.draw(drafts("1")), data.draw(drafts("2"))
    held = laid_out(old)
    known = data.draw(st.sampled_from((old, None)))
    found = compare(held, new, known, "1")
    for row in found.rows:
        same = row.before and row.after and (row.before.title, row.before.guidance) == (
            row.after.title, row.after.guidance,
        )  # fmt: skip
        if row.fate is Fate.UNCHANGED:
            assert same
            assert row.earlier is None
        elif row.fate is Fate.REWORDED:
            assert not same
            assert (row.earlier.title, row.earlier.guidance) == (row.before.title, row.before.guidance)
            assert row.earlier.wording == row.held.wording
            assert row.wording == wording(row.after.title, row.after.guidance)
    lost = [row.held.wording for row in found.of(Fate.REMOVED)]
    added = [wording(row.after.title, row.after.guidance) for row in found.of(Fate.ADDED)]
    assert not set(lost) & set(added)  # words that stand somewhere are never lost and asked for anew
    if known is not None:
        published = {item.reference for area in new.areas for item in area.items}
        assert {row.after.reference for row in found.rows if row.after} == published


@given(st.data())
def test_that_an_edition_s_references_stand_once(data):
    old, new = data.draw(drafts("1")), data.draw(drafts("2"))
    held = [
        each
        for each in data.draw(histories(old))
        if not (each.is_made and each.whereabouts is Whereabouts.STANDS and each.item.reference == "X1")
    ]
    found = compare(held, new, old, "1")
    standing = [row for row in found.rows if row.after is not None and not row.stays_out]
    brought = {row.reference for row in standing if row.before is None}
    counts = Counter(row.reference for row in standing)
    assert all(counts[reference] == 1 for reference in brought)


@given(st.data())
def test_that_moving_there_and_back_asks_nothing_again(data):
    """Whatever the edition between says: an item that nobody confirmed goes back to the words it was judged on.

    Of several items with the very same words nothing tells which is which; what is asked here is of words that stand
    once in each edition.
    """
    old, new = data.draw(drafts("1")), data.draw(drafts("2"))
    there = compare(laid_out(old), new, old, "1")
    moved = [
        HeldItem(
            row.id, row.area or "", row.after or row.before, ItemStatus.DRAFTED,
            row.wording or row.held.wording, row.earlier,
            Whereabouts.STANDS if row.after else Whereabouts.PARKED,
        )
        for row in there.rows
    ]  # fmt: skip
    back = compare(moved, old, new, "2")
    kept = {row.held.id: row for row in back.rows if row.held is not None}
    often = [
        Counter(wording(item.title, item.guidance) for area in each.areas for item in area.items) for each in (old, new)
    ]
    for item in laid_out(old):
        if max(counted[item.wording] for counted in often) > 1:
            continue
        row = kept[item.id]
        assert row.fate is not Fate.REWORDED
        assert (row.after.title, row.after.guidance) == (item.item.title, item.item.guidance)
        assert row.earlier is None


def test_that_a_reference_given_to_something_else_takes_no_judgement_along():
    plans, audits = ItemDraft("A01", "Plans"), ItemDraft("A02", "Audits")
    old = framework("1", ("A", (plans, audits)))
    new = framework(
        "2", ("A", (ItemDraft("A01", "Leadership"), replace(plans, reference="A02"), replace(audits, reference="A03")))
    )
    found = compare(laid_out(old), new, old, "1")
    assert [(row.fate, row.id, row.reference) for row in found.rows] == [
        (Fate.ADDED, "+A01", "A01"), (Fate.UNCHANGED, "id-A01", "A02"), (Fate.UNCHANGED, "id-A02", "A03"),
    ]  # fmt: skip
    assert found.rows[1].notes == ("Reference: A01 → A02",)


def test_that_an_edition_says_what_its_items_were_and_so_does_the_way_back():
    old = framework("1", ("A", (ItemDraft("I1-A01", "Plans", "Audits"),)))
    new = framework("2", ("A", (ItemDraft("C-A07", "Plans of children", was=("I0-X", "I1-A01")),)))
    (row,) = compare(laid_out(old), new, old, "1").rows
    assert (row.fate, row.id, row.reference) == (Fate.REWORDED, "id-I1-A01", "C-A07")
    (row,) = compare(laid_out(new), old, new, "2").rows
    assert (row.fate, row.id, row.reference) == (Fate.REWORDED, "id-C-A07", "I1-A01")


OLD = framework("1", ("A", (ItemDraft("A01", "Plans", "Audits", due_rule="day 2", service="SEND"),)), ("B", ()))
NEW_ITEM = ItemDraft(
    "A01", "Plans", "Audits", Kind.DATASET, "Somebody", "Health", "day 5", Priority.ESSENTIAL, basis="S"
)
NEW = framework("2", ("A", ()), ("B", (NEW_ITEM,)))


def moved(held: HeldItem, old=OLD, new=NEW):
    return next(row for row in compare([held], new, old, "1").rows if row.held is not None)


def test_that_what_the_council_left_alone_follows_the_edition():
    (held,) = laid_out(OLD)
    row = moved(replace(held, item=replace(held.item, owner="Head of SEND")))
    assert row.after == replace(NEW_ITEM, owner="Head of SEND")
    assert row.area == "B"
    assert row.notes == (
        "Kind: Document → Dataset", "Service: SEND → Health", "Due rule: day 2 → day 5",
        "Priority: Important → Essential", "Area A → B",
    )  # fmt: skip


def test_that_what_the_council_set_stays_and_is_told():
    (held,) = laid_out(OLD)
    row = moved(
        replace(
            held,
            area="Z",
            item=replace(held.item, title="Our plans", due_rule="day 3", service="", kind=Kind.DATASET, reference="X1"),
        )
    )
    assert row.fate is Fate.UNCHANGED
    assert (row.after.title, row.after.due_rule, row.after.service, row.after.reference) == (
        "Our plans", "day 3", "", "X1",
    )  # fmt: skip
    assert row.area is None
    assert row.notes == (
        "Service stays none, as you set it (the edition: Health)",
        "Due rule stays day 3, as you set it (the edition: day 5)", "Priority: Important → Essential",
    )  # fmt: skip


def test_that_without_the_edition_in_force_everything_stays_as_it_is():
    (held,) = laid_out(OLD)
    row = moved(held, None)
    assert replace(row.after, basis="") == held.item
    assert (row.area, row.notes) == (None, ())


def test_that_the_council_s_own_words_go_when_the_edition_s_change_and_are_kept_to_be_read():
    (held,) = laid_out(OLD)
    held = replace(held, item=replace(held.item, title="Our plans"))
    row = moved(held, new=framework("2", ("A", (replace(NEW_ITEM, title="Plans on time"),))))
    assert (row.fate, row.after.title) == (Fate.REWORDED, "Plans on time")
    assert row.earlier == EarlierWords("Our plans", "Audits", "1", wording("Plans", "Audits"), "2")
    row = moved(held, new=framework("2", ("A", (replace(NEW_ITEM, title="Our  plans"),))))
    assert (row.fate, row.after.title, row.wording) == (Fate.UNCHANGED, "Our plans", wording("Our plans", "Audits"))


def test_that_words_changed_twice_are_asked_about_once_with_those_that_were_judged():
    (held,) = laid_out(OLD)
    first = framework("2", ("A", (replace(NEW_ITEM, title="Plans on time"),)))
    row = moved(held, new=first)
    waiting = replace(held, item=row.after, wording=row.wording, earlier=row.earlier)
    again = moved(waiting, first, framework("3", ("A", (replace(NEW_ITEM, title="Plans in time"),))))
    assert again.fate is Fate.REWORDED
    assert again.earlier == replace(row.earlier, since="3")
    still = moved(waiting, first, replace(first, edition="3"))
    assert (still.fate, still.earlier) == (Fate.UNCHANGED, row.earlier)
    assert still.notes[0] == "Still to be confirmed again"


def test_that_what_was_taken_out_stays_out_until_its_words_change():
    (held,) = laid_out(OLD, whereabouts=Whereabouts.LEFT_OUT)
    row = moved(held)
    assert (row.fate, row.stays_out, row.comes_back) == (Fate.UNCHANGED, True, False)
    row = moved(held, new=framework("2", ("A", (replace(NEW_ITEM, guidance="Audits of a term"),))))
    assert (row.fate, row.stays_out, row.comes_back) == (Fate.REWORDED, False, True)
    assert row.notes[0] == "Comes back from Removed, drafted"


def test_that_what_was_parked_comes_back_with_its_words_and_not_by_its_reference_alone():
    (held,) = laid_out(OLD, whereabouts=Whereabouts.PARKED)
    row = moved(held)
    assert (row.fate, row.id, row.comes_back, row.area) == (Fate.ADDED, "id-A01", True, "B")
    found = compare([held], framework("2", ("A", (ItemDraft("A01", "Leadership"),))), OLD, "1")
    assert [(row.fate, row.id) for row in found.rows] == [(Fate.ADDED, "+A01")]


def test_that_the_council_s_own_items_stay_and_give_way_to_published_references():
    own = HeldItem("own", "", ItemDraft("A01", "Plans", "Audits"), ItemStatus.NOT_STARTED, "", is_made=False)
    rows = compare([own], NEW, OLD, "1").rows
    assert [(row.fate, row.reference) for row in rows] == [(Fate.OWN, "A01-own"), (Fate.ADDED, "A01")]
    assert rows[0].notes == ("Becomes A01-own: the edition has another A01",)
    kept = replace(laid_out(OLD)[0], was_parked=True)
    rows = compare([kept], framework("2", ("A", (ItemDraft("A02", "Leadership"),))), OLD, "1").rows
    assert [(row.fate, row.reference) for row in rows] == [(Fate.OWN, "A01"), (Fate.ADDED, "A02")]


def test_that_items_of_the_first_format_are_known_by_what_they_were_laid_out_as():
    (held,) = laid_out(OLD, wording="")
    renamed = replace(held, item=replace(held.item, reference="X1", title="Our plans"))
    row = moved(renamed)
    assert (row.fate, row.after.title, row.wording) == (Fate.UNCHANGED, "Our plans", wording("Plans", "Audits"))
    assert moved(replace(held, laid_out_as=""), None).fate is Fate.UNCHANGED


@pytest.mark.parametrize(
    ("fates", "said"),
    [
        ("", "There is nothing to move."),
        ("u", "The one item keeps its judgement."),
        ("uu", "All 2 items keep their judgement."),
        ("ua", "The one item keeps its judgement, 1 is new."),
        ("uw", "1 of 2 items keeps its judgement, 1 is to be confirmed again."),
        ("uuwwaarrr", "2 of 7 items keep their judgement, 2 are to be confirmed again, 2 are new, 3 are parked."),
        ("o", "There is nothing to move."),
    ],
)
def test_that_the_whole_is_told_in_a_sentence(fates, said):
    old = framework("1", ("A", tuple(ItemDraft(f"A{n}", f"Item {n}") for n, fate in enumerate(fates) if fate in "uwr")))
    new = framework(
        "2",
        (
            "A",
            tuple(
                ItemDraft(f"A{n}", f"Item {n}{'' if fate == 'u' else ' anew'}")
                for n, fate in enumerate(fates)
                if fate in "uwa"
            ),
        ),
    )
    assert compare(laid_out(old), new, old, "1").summary() == said


def test_that_counts_of_thousands_and_what_comes_back_are_told_too():
    items = tuple(ItemDraft(f"A{n}", f"Item {n}") for n in range(1_800))
    old = framework("1", ("A", items))
    held = [*laid_out(framework("1", ("A", items[:1_799]))), *laid_out(old, whereabouts=Whereabouts.PARKED)[1_799:]]
    found: EditionComparison = compare(held, old, old, "1")
    assert found.summary() == "All 1,799 items keep their judgement, 1 comes back."
    assert len(found.of(None)) == 1_800
