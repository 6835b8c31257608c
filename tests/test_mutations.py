"""Mutations: the list of deliberate bugs keeps up with the code it is planted in."""

from collections import Counter

from mutations import BUGS, ROOT


def test_that_the_place_of_every_deliberate_bug_is_there_once():
    lost = [bug.name for bug in BUGS if (ROOT / bug.file).read_text(encoding="utf-8").count(bug.old) != 1]
    assert not lost


def test_that_every_deliberate_bug_has_a_name_of_its_own_and_tests_that_are_there():
    assert [name for name, count in Counter(bug.name for bug in BUGS).items() if count > 1] == []
    assert [test for bug in BUGS for test in bug.tests if not (ROOT / test).is_file()] == []
