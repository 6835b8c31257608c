"""Closing: what is new is handed on to every place that answers, and a place that does not keeps nobody waiting."""

from threading import Event

import pytest
from team_of_laptops import Team

from readiness.domain.errors import ReadinessError
from readiness.domain.vocabulary import ItemField
from readiness.services.bundles import bundle_author, make_bundle
from readiness.services.closing import hand_on
from readiness.services.outdated import note_newer
from readiness.services.sharing_places import add_place, open_place
from readiness.storage.workspace import driver_cursor


@pytest.fixture
def team(tmp_path):
    """Two laptops in step, of which the first has noted its places and something new."""
    made = Team(tmp_path)
    made.everybody_syncs()
    (tmp_path / "stick").mkdir()
    add_place(made.laptops[0], str(made.place))
    made.edit(0, "A01", ItemField.OWNER, "Head of SEND")
    yield made
    made.close()


class Away:
    """Opens places, of which those called “stick” hang until they are let go, or fail."""

    def __init__(self, error: Exception | None = None) -> None:
        self.let_go, self.error, self.asked = Event(), error, []

    def __call__(self, target, team, label):
        self.asked.append(target)
        if not target.endswith("stick"):
            return open_place(target, team, label)
        if self.error is None:
            self.let_go.wait()
        raise self.error or ReadinessError("It is away.")


def test_that_what_is_new_arrives_before_the_laptop_is_closed_and_once(team):
    away = Away()
    assert hand_on(team.laptops[0], opener=away) == 1
    assert team.board(0).waiting == 0
    team.sync(1)
    assert team.shown(1, "A01").owner == "Head of SEND"
    assert hand_on(team.laptops[0], opener=away) == 0
    assert away.asked == [str(team.place)]  # nothing new: no place is even asked


def test_that_a_place_that_does_not_answer_keeps_neither_the_others_nor_anybody_waiting(team, tmp_path):
    add_place(team.laptops[0], str(tmp_path / "stick"))
    away = Away()
    try:
        assert hand_on(team.laptops[0], patience_s=1.0, opener=away) == 1
        team.sync(1)
        assert team.shown(1, "A01").owner == "Head of SEND"
    finally:
        away.let_go.set()


def test_that_skipping_leaves_all_of_it_to_the_next_round(team, tmp_path):
    add_place(team.laptops[0], str(tmp_path / "stick"))
    away = Away()
    try:
        hand_on(team.laptops[0], patience_s=600, skipped=lambda: True, opener=away)
    finally:
        away.let_go.set()
    team.everybody_syncs()
    assert team.shown(1, "A01").owner == "Head of SEND"
    team.check()


def test_that_a_place_that_is_away_is_no_matter_and_a_bug_is_not_hidden(team, tmp_path):
    add_place(team.laptops[0], str(tmp_path / "stick"))
    assert hand_on(team.laptops[0], opener=Away(ReadinessError("It is away."))) == 1
    team.edit(0, "A02", ItemField.OWNER, "Head of SEND")
    with pytest.raises(KeyError):
        hand_on(team.laptops[0], opener=Away(KeyError("a bug")))


def test_that_an_outdated_version_hands_nothing_on_while_it_closes(team):
    team.laptops[0].maintain(lambda connection: note_newer(driver_cursor(connection), 99, "9.0"))
    assert hand_on(team.laptops[0]) == 0
    assert team.board(0).waiting == 1


def test_that_a_bundle_tells_who_made_it_and_a_mixed_one_does_not(team, tmp_path):
    bundle = tmp_path / "b.irtbundle"
    make_bundle(team.laptops[1], bundle)
    assert bundle_author(bundle) == team.device(1)
