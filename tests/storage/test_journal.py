"""How a step is written: parents, collapse, what is not kept, stamps, removal and its undoing."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from devices import Device
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.steps import SetField, Step, sets, stored
from readiness.domain.vocabulary import ItemStatus

START = datetime(2021, 3, 1, 9, tzinfo=UTC)


def put(field: str, value: str | bool | None, eid: str = "r1") -> SetField:
    return SetField("item", eid, field, value)


@pytest.fixture
def laptop():
    device = Device("a", START)
    yield device
    device.close()


def test_that_a_change_names_what_its_author_looked_at(laptop):
    laptop.write(put("status", "a"))
    laptop.write(put("status", "b"))
    (_, first), (_, second) = laptop.log()
    assert (first.parents, first.old, first.new) == ((), '"not_started"', '"a"')
    assert (second.parents, second.old, second.new) == ((first.id,), '"a"', '"b"')
    assert (first.seq, second.seq) == (1, 2)


def test_that_several_settings_of_one_field_collapse_to_the_last(laptop):
    done = laptop.write(put("status", "a"), put("owner", "x"), put("status", "b"))
    assert {(c.field, c.new) for _, c in laptop.log()} == {("status", '"b"'), ("owner", '"x"')}
    assert done.ids == {"item": frozenset({"r1"})}


def test_that_what_is_so_already_is_not_written_again(laptop):
    laptop.write(put("title", "tŷ"))
    again = laptop.write(put("title", "ty\u0302"), label="Again")
    assert (again.step_id, again.ids, again.label) == (None, {}, "Again")
    assert len(laptop.log()) == 1
    assert laptop.rows("SELECT count(*) FROM step") == [(1,)]


def test_that_a_default_is_not_written_where_nothing_was_set(laptop):
    assert laptop.write(put("status", "not_started"), put("due", None), put("title", "")).step_id is None


def test_that_a_step_which_undoes_is_kept_even_when_nothing_is_left_to_put_back(laptop):
    done = laptop.write(undo_of="0" * 12)
    assert done.step_id is not None
    assert done.ids == {}
    assert laptop.rows("SELECT undo_of FROM step") == [("0" * 12,)]


@given(st.lists(st.integers(-3 * 365, 3 * 365), min_size=1, max_size=8))
def test_that_stamps_rise_along_a_field_when_clocks_go_backwards(jumps):
    device = Device("a", START)
    for number, days in enumerate(jumps):
        device.now += timedelta(days=days)
        device.write(put("status", str(number)))
    stamps = [change.stamp for _, change in device.log()]
    assert stamps == sorted(set(stamps))
    assert device.item("r1")["status"] == str(len(jumps) - 1)
    device.close()


def test_that_a_bad_clock_leaves_other_fields_alone(laptop):
    laptop.now = datetime(2100, 1, 1, tzinfo=UTC)
    laptop.write(put("status", "a"))
    laptop.now = START
    laptop.write(put("owner", "x"))
    owner = next(change for _, change in laptop.log() if change.field == "owner")
    assert owner.stamp >> 16 == int(START.timestamp() * 1000) + 1


def test_that_a_removal_names_the_heads_of_every_field(laptop):
    laptop.write(put("status", "a"), put("owner", "x"), put("deleted", False))
    laptop.write(put("status", "b"))
    laptop.write(put("deleted", True))
    log = [change for _, change in laptop.log()]
    heads = {change.id for change in log if change.field == "owner" or change.new in ('"b"', "false")}
    assert set(log[-1].parents) == heads
    assert len(heads) == 3
    assert laptop.item("r1")["deleted"] == 1


def test_that_a_removal_has_seen_what_its_own_step_wrote(laptop):
    laptop.write(put("deleted", True), put("status", "a"))
    assert (laptop.item("r1")["deleted"], laptop.item("r1")["conflicts"]) == (1, 0)
    assert laptop.item("r1")["status"] == "a"


def test_that_restoring_names_the_removal_alone(laptop):
    laptop.write(put("status", "a"), put("deleted", False))
    laptop.write(put("deleted", True))
    laptop.write(put("deleted", False))
    log = [change for _, change in laptop.log()]
    assert log[-1].parents == (log[-2].id,)
    assert laptop.item("r1")["deleted"] == 0


def test_that_restoring_with_other_fields_is_undone_and_redone_whole(laptop):
    laptop.write(put("status", "a"), put("deleted", False))
    laptop.write(put("status", "b"), put("deleted", True))
    restored = laptop.write(put("status", "c"), put("deleted", False))
    assert [change.old for _, change in laptop.log() if change.field == "deleted"][-1] == "true"
    undone = laptop.undo(restored.step_id)
    assert (laptop.item("r1")["deleted"], laptop.item("r1")["status"]) == (1, "b")
    laptop.undo(undone.step_id)
    assert (laptop.item("r1")["deleted"], laptop.item("r1")["status"]) == (0, "c")


def test_that_undoing_the_making_of_a_record_removes_it_and_redoing_brings_it_back_whole(laptop):
    made = laptop.write(put("title", "Plans"), put("deleted", False))
    undone = laptop.undo(made.step_id)
    assert (laptop.item("r1")["deleted"], laptop.item("r1")["title"]) == (1, "Plans")
    laptop.undo(undone.step_id)
    assert (laptop.item("r1")["deleted"], laptop.item("r1")["title"]) == (0, "Plans")


def test_that_a_record_whose_making_has_not_arrived_can_be_removed_and_brought_back(laptop):
    laptop.write(put("status", "a"))
    removed = laptop.write(put("deleted", True))
    assert laptop.item("r1")["deleted"] == 1
    laptop.undo(removed.step_id)
    assert laptop.item("r1")["deleted"] == 0


def test_that_when_a_record_was_changed_is_told_unless_only_one_step_touched_it(laptop):
    laptop.write(put("title", "Plans"), put("deleted", False))
    assert laptop.item("r1")["changed_ms"] is None
    laptop.write(put("title", "Better plans"))
    assert laptop.item("r1")["changed_ms"] == int(laptop.now.timestamp() * 1000)


@given(st.text(st.characters(codec=None), max_size=12))
def test_that_no_text_breaks_a_step(text):
    device = Device("a", START)
    device.write(put("title", text + "x"), put("gap", text), label=f"Set {text}")
    other = Device("b", START)
    other.take(device.log())
    assert other.state() == device.state()
    assert [fault for fault in other.check() if fault.kind != "reference"] == []
    device.close()
    other.close()


def test_that_a_record_keeps_words_dates_texts_and_nothing_else():
    day = datetime(2021, 9, 13, tzinfo=UTC).date()
    made = sets("item", "x", status=ItemStatus.DRAFTED, due=day, gap="a", present=True, extent=3, none=None)
    assert [each.value for each in made] == ["drafted", "2021-09-13", "a", True, 3, None]
    for value in (1.5, ["a"], {}, b"x"):
        with pytest.raises(TypeError, match="a record cannot keep"):
            stored(value)


def test_that_a_batch_taken_twice_announces_nothing_the_second_time(laptop):
    laptop.write(put("status", "a"))
    other = Device("b", START)
    assert other.take(laptop.log()).ids == {"item": frozenset({"r1"})}
    assert other.take(laptop.log()).ids == {}
    assert other.rows("SELECT trust FROM device WHERE device = ?", [laptop.name]) == [("seen",)]
    assert other.rows("SELECT out FROM change") == [(0,)]
    assert laptop.rows("SELECT out FROM change") == [(1,)]
    other.close()


def test_that_a_change_without_its_step_is_refused_whole(laptop):
    laptop.write(put("status", "a"))
    laptop.write(put("status", "b"))
    other = Device("b", START)
    before = other.state()
    (first, one), (_, two) = laptop.log()
    with pytest.raises(ValueError, match="not what it says"):
        other.take([(first, one), (first, two)])
    assert other.state() == before
    other.close()


def test_that_nothing_said_is_shown_as_nothing_set(laptop):
    laptop.write(put("title", "Plans"), put("due", "2021-09-13"))
    laptop.write(put("title", None), put("due", None))
    assert (laptop.item("r1")["title"], laptop.item("r1")["due"]) == ("", None)


def test_that_values_are_kept_as_canonical_json(laptop):
    laptop.write(put("gap", 'a "b"\n'), put("deleted", False))
    assert {json.loads(change.new) for _, change in laptop.log()} == {'a "b"\n', False}
    assert Step("x", ()).undo_of is None


def test_that_a_value_of_a_type_that_its_field_does_not_hold_is_kept_and_does_not_show(laptop):
    device = laptop
    device.write(SetField("item", "r1", "title", 5), SetField("item", "r1", "currency_months", "many"))
    device.write(SetField("workspace", "w1", "four_eyes", "perhaps"), SetField("item", "r1", "owner", True))
    item = device.item("r1")
    assert (item["title"], item["currency_months"], item["owner"]) == ("", None, "")
    assert device.rows("SELECT four_eyes FROM workspace") == [(1,)]
    assert len(device.log()) == 4
    assert [each.kind for each in device.check()] == ["reference"]  # the item stands nowhere
