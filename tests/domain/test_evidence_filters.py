"""The library as lines: judged by the use that lapses first, in one inspection or all; filtered and ordered."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow, RevisionRow
from readiness.domain.evidence_filters import (
    Around,
    EvidenceFilter,
    Order,
    in_order,
    is_wanted,
    line_of,
    searchable,
)
from readiness.domain.vocabulary import Audience, Currency, EvidenceSource, Strength

DAY, LAPSING = date(2021, 4, 26), date(2021, 5, 25)
HERE = Around({"a": "one", "b": "one", "c": "two"}, DAY, LAPSING)
FILE = AttachmentRow("f", "Audit.xlsx", "ab" * 32, 5, "")
PLACE = AttachmentRow("p", "Minutes", "", 0, "file:///C:/Minutes.docx")


def piece(title="Audit", uses=(), files=(FILE,), **other) -> EvidenceRow:
    links = tuple(LinkRow(f"l{item}", item, title, None, until) for item, until in uses)
    revisions = (RevisionRow("r", 1, "", datetime(2021, 4, 1, tzinfo=UTC), "Head of SEND", tuple(files)),)
    row = EvidenceRow(
        title, title, "", EvidenceSource.AUDIT, Strength.OUTCOME, Audience.PARTNERS, None, None, None, None, None,
        revisions if files else (), links,
    )  # fmt: skip
    return replace(row, **other)


def wanted(row, chosen, inspection=None, around=HERE):
    return is_wanted(line_of(row, around, inspection), chosen, inspection, searchable(row))


def test_that_a_piece_is_judged_by_the_use_that_lapses_first_where_it_is_looked_at():
    row = piece(uses=[("a", date(2021, 5, 1)), ("b", None), ("c", date(2021, 4, 1))])
    both, one, two = (line_of(row, HERE, each) for each in (None, "one", "two"))
    assert (both.until, both.currency, len(both.links)) == (date(2021, 4, 1), Currency.OUT_OF_DATE, 3)
    assert (one.until, one.currency, len(one.links)) == (date(2021, 5, 1), Currency.DUE_TO_LAPSE, 2)
    assert (two.until, two.currency, len(two.links)) == (date(2021, 4, 1), Currency.OUT_OF_DATE, 1)


def test_that_an_unused_piece_is_judged_by_itself_and_links_to_removed_items_do_not_count():
    assert line_of(piece(valid_until=date(2021, 4, 1)), HERE).currency is Currency.OUT_OF_DATE
    assert line_of(piece(), HERE).currency is Currency.CURRENT
    assert line_of(piece(uses=[("gone", date(2021, 4, 1))]), HERE).links == ()


@pytest.mark.parametrize(
    ("chosen", "passes"),
    [
        (EvidenceFilter(), True),
        (EvidenceFilter(text="AUD xlsx"), True),
        (EvidenceFilter(text="survey"), False),
        (EvidenceFilter(sources=(EvidenceSource.AUDIT, EvidenceSource.DATA)), True),
        (EvidenceFilter(sources=(EvidenceSource.DATA,)), False),
        (EvidenceFilter(strengths=(Strength.OUTCOME,)), True),
        (EvidenceFilter(strengths=(Strength.SAYS,)), False),
        (EvidenceFilter(audiences=(Audience.PUBLIC,)), False),
        (EvidenceFilter(currencies=(Currency.DUE_TO_LAPSE,)), True),
        (EvidenceFilter(currencies=(Currency.CURRENT,)), False),
        (EvidenceFilter(unused=True), False),
        (EvidenceFilter(missing=True), False),
    ],
)
def test_that_fields_of_a_filter_combine(chosen, passes):
    assert wanted(piece(uses=[("a", date(2021, 5, 1))]), chosen) is passes
    assert chosen.is_empty is (chosen == EvidenceFilter())


def test_that_of_an_inspection_only_what_is_used_there_is_wanted_and_unused_is_unused_everywhere():
    row = piece(uses=[("a", None)])
    assert wanted(row, EvidenceFilter(), "one")
    assert not wanted(row, EvidenceFilter(), "two")
    assert not wanted(row, EvidenceFilter(unused=True), "two")
    assert wanted(piece(), EvidenceFilter(unused=True), "two")


def test_that_what_is_not_there_is_known_once_somebody_looked():
    row = piece(files=(FILE, PLACE))
    unseen = line_of(row, HERE)
    assert unseen.missing == ()
    there = replace(HERE, held={FILE.sha256})
    assert line_of(row, there).missing == ()
    gone = replace(HERE, held=set(), gone={"C:/Minutes.docx"})
    assert [file.id for file in line_of(row, gone).missing] == ["f", "p"]
    assert wanted(row, EvidenceFilter(missing=True), around=gone)
    assert line_of(piece(files=()), gone).missing == ()


def test_that_lines_are_ordered_and_those_alike_stay_by_title():
    rows = [
        piece("A", [("a", None)], dated=date(2021, 1, 1), strength=Strength.SAYS),
        piece("B", [("a", date(2021, 4, 1)), ("b", None)], dated=date(2021, 2, 1), strength=Strength.CONFIRMED),
        piece("C", [], strength=Strength.CONFIRMED),
    ]
    lines = [line_of(row, HERE) for row in rows]
    found = {order: "".join(line.id for line in in_order(lines, order)) for order in Order}
    assert found == {
        Order.TITLE: "ABC", Order.LAPSING: "BAC", Order.NEWEST: "BAC", Order.STRONGEST: "BCA", Order.USED: "BAC",
    }  # fmt: skip
