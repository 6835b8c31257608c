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


def test_that_what_is_new_arrives_before_the_laptop_is_closed_and_once(team, tmp_path):
    away = Away()
    assert hand_on(team.laptops[0], patience_s=600, opener=away) == 1
    assert team.board(0).waiting == 0
    team.sync(1)
    assert team.shown(1, "A01").owner == "Head of SEND"
    assert hand_on(team.laptops[0], opener=away) == 0
    assert away.asked == [str(team.place)]  # nothing new: no place is even asked
    make_bundle(team.laptops[1], tmp_path / "b.irtbundle")
    assert bundle_author(tmp_path / "b.irtbundle") == team.device(1)


def test_that_a_place_that_hangs_keeps_neither_the_others_nor_whoever_skips_waiting(team, tmp_path):
    add_place(team.laptops[0], str(tmp_path / "stick"))
    away = Away()
    try:
        hand_on(team.laptops[0], patience_s=600, skipped=lambda: True, opener=away)
        team.everybody_syncs()
        assert team.shown(1, "A01").owner == "Head of SEND"
        team.edit(0, "A02", ItemField.OWNER, "Head of SEND")
        assert hand_on(team.laptops[0], patience_s=3.0, opener=away) == 1
    finally:
        away.let_go.set()
    team.sync(1)
    assert team.shown(1, "A02").owner == "Head of SEND"
    team.check()


def test_that_a_place_that_is_away_is_no_matter_and_a_bug_is_not_hidden(team, tmp_path):
    add_place(team.laptops[0], str(tmp_path / "stick"))
    assert hand_on(team.laptops[0], patience_s=600, opener=Away(ReadinessError("It is away."))) == 1
    team.edit(0, "A02", ItemField.OWNER, "Head of SEND")
    with pytest.raises(KeyError):
        hand_on(team.laptops[0], patience_s=600, opener=Away(KeyError("a bug")))
    team.laptops[0].maintain(lambda connection: note_newer(driver_cursor(connection), 99, "9.0"))
    assert hand_on(team.laptops[0]) == 0  # an outdated version hands nothing on
