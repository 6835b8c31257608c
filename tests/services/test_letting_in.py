"""Letting in: a new laptop joins without the passphrase; what is wrong with its introduction changes nothing."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from council import board_of
from team_of_laptops import PASSPHRASE, Team

from readiness.domain.errors import BadValue, ReadinessError, WorkspaceError
from readiness.domain.sharing import introduction_name
from readiness.domain.vocabulary import ItemField, Trust
from readiness.services.bundles import make_bundle
from readiness.services.introducing import introduce, introduced_in
from readiness.services.joining import join, join_as_introduced
from readiness.services.letting_in import IntroductionRefused, let_in, look_at_introduction
from readiness.services.queries import read_steps
from readiness.services.team import latest_team_note, name_lead, revoke, set_passphrase
from readiness.storage.newcomer import KEPT
from readiness.storage.roster import roster_files
from readiness.sync.introductions import Introduction, write_introduction
from readiness.sync.keys import DeviceKey, fingerprint


@pytest.fixture
def team(tmp_path):
    made = Team(tmp_path, others=0)
    yield made
    made.close()


@pytest.fixture
def pair(team, tmp_path):
    """The team with a second laptop."""
    team.laptops.append(team.joined(tmp_path / "laptop-1", "Director 1"))
    return team


@pytest.fixture
def folder(tmp_path) -> Path:
    """Where the newcomer's workspace will be."""
    return tmp_path / "newcomer"


@pytest.fixture
def file(team, folder, tmp_path) -> Path:
    out = tmp_path / "fostering.irtintro"
    introduce(folder, out, "Fostering laptop", clock=team.clock_of(9))
    return out


def code_of(folder: Path) -> str:
    return introduced_in(folder).code


def known(team: Team, laptop: int = 0) -> tuple[object, ...]:
    """All that a laptop holds of the team: what a refusal must leave as it is."""
    workspace = team.laptops[laptop]
    return workspace.glance(lambda cursor: sorted(roster_files(cursor))), [
        (row.device, row.trust, row.fingerprint) for row in team.board(laptop).laptops
    ]


@pytest.mark.parametrize("way", ["folder", "bundle for it"])
def test_that_a_laptop_that_was_let_in_joins_without_the_passphrase(pair, folder, file, tmp_path, way):
    found = look_at_introduction(pair.laptops[0], file)
    assert (found.label, found.code) == ("Fostering laptop", code_of(folder))
    code = let_in(pair.laptops[0], file, code_of(folder).lower())
    source = pair.place
    if way == "folder":
        pair.sync(0)
    else:
        source = tmp_path / "for-it.irtbundle"
        make_bundle(pair.laptops[0], source, for_device="fostering laptop")
    pair.laptops.append(join_as_introduced(folder, source, code, at_risk=True, clock=pair.clock_of(2)))
    assert len(board_of(pair.laptops[2]).items) == 4
    assert not (folder / KEPT).exists()
    assert pair.device(2) == found.device
    pair.edit(2, "A01", ItemField.OWNER, "Head of Fostering")
    pair.everybody_syncs()
    assert pair.shown(1, "A01").owner == "Head of Fostering"
    rows = {row.device: row for row in pair.board(1).laptops}
    assert (rows[found.device].trust, rows[found.device].label) == (Trust.PINNED, "Fostering laptop")
    told = [row.label for row in pair.laptops[2].read(read_steps) if row.is_event]
    assert "Let the laptop “Fostering laptop” in" in told
    pair.check()


def test_that_a_laptop_that_was_let_in_joins_from_a_hub(team, folder, file, hub_server):
    url = hub_server.hub("lead_login")
    code = let_in(team.laptops[0], file, code_of(folder))
    team.sync(0, place=url)
    with join_as_introduced(folder, url, code, at_risk=True) as newcomer:
        assert len(board_of(newcomer).items) == 4
    hub_server.clear(url)


def test_that_joining_before_the_lead_synced_or_with_another_code_makes_nothing(team, folder, file, monkeypatch):
    def refused(said: str, code: str) -> None:
        with pytest.raises(BadValue, match=said):
            join_as_introduced(folder, team.place, code, at_risk=True)
        assert [each.name for each in folder.iterdir()] == [KEPT]

    refused("Nobody has let this laptop in there yet", "AAAA-BBBB-CCCC")
    code = let_in(team.laptops[0], file, code_of(folder))
    refused("Nobody has let this laptop in there yet", code)
    team.sync(0)
    refused("The code is not that of the lead", "AAAA-BBBB-CCCC")
    refused("The code is not that of the lead", "")
    with monkeypatch.context() as harm:  # halfway
        harm.setattr("readiness.services.joining.add_place", lambda *_: (_ for _ in ()).throw(BadValue("No.")))
        refused(r"No\.", code)
    join_as_introduced(folder, team.place, code, at_risk=True).close()


def test_that_what_another_lead_seals_later_does_not_spoil_the_code(pair, folder, file):
    pair.everybody_syncs()
    name_lead(pair.laptops[0], pair.device(1))
    code = let_in(pair.laptops[0], file, code_of(folder))
    pair.everybody_syncs()
    set_passphrase(pair.laptops[1], "another five words are enough")
    pair.everybody_syncs()
    assert pair.laptops[0].glance(latest_team_note).by == pair.device(1)
    join_as_introduced(folder, pair.place, code, at_risk=True).close()


def test_that_a_newcomer_takes_up_a_key_that_was_made_after_it_was_let_in(pair, folder, file):
    pair.everybody_syncs()
    code = let_in(pair.laptops[0], file, code_of(folder))
    revoke(pair.laptops[0], pair.device(1))
    pair.edit(0, "A01", ItemField.OWNER, "Under the new key")
    pair.sync(0)
    pair.laptops.append(join_as_introduced(folder, pair.place, code, at_risk=True, clock=pair.clock_of(2)))
    assert pair.shown(2, "A01").owner == "Under the new key"


def test_that_another_code_lets_nobody_in(team, folder, file):
    assert len({let_in(team.laptops[0], file, code_of(folder)) for _ in range(2)}) == 1  # twice does no harm
    before = known(team)
    for code in ("AAAA-BBBB-CCCC", "", code_of(folder)[:-1]):
        with pytest.raises(BadValue, match="so nobody was let in"):
            let_in(team.laptops[0], file, code)
    assert known(team) == before


KEY = DeviceKey.new()


def written(team: Team, **other: object) -> bytes:
    """The file of an introduction by a key of its own, with something else in it."""
    at = team.now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    said = {"device": "f" * 16, "public": KEY.public, "label": "X", "at": at} | other
    return write_introduction(KEY, Introduction(**said))


def test_that_a_file_that_introduces_nobody_is_one_sentence_and_changes_nothing(pair, tmp_path):
    pair.everybody_syncs()
    before = known(pair)
    file = tmp_path / "x.irtintro"
    for content, sentence in (
        (b"PK\x03\x04", "is no introduction of a laptop"),
        (b"IRTNOTE1\n{}\n" + b"y" * 300_000, "is no introduction of a laptop"),
        (written(pair)[:-30], "has not arrived whole"),
        (written(pair).replace(b'"X"', b'"Y"'), "is not signed by the laptop that it names"),
        (written(pair).replace(b'"v":1', b'"v":9'), "made by a newer version"),
        (written(pair, at="2021-01-05T09:30:00.000Z"), "was made on 2021-01-05, more than 30 days ago"),
        (written(pair, device=pair.device(0)), "introduces the laptop that you sit at"),
        (written(pair, device=pair.device(1)), "but with another key"),
        (b"", "is empty"),
    ):
        file.write_bytes(content)
        with pytest.raises(ReadinessError, match=sentence) as refused:
            look_at_introduction(pair.laptops[0], file)
        assert "\n" not in str(refused.value)
        with pytest.raises(ReadinessError):
            let_in(pair.laptops[0], file, "AAAA-BBBB-CCCC")
        assert known(pair) == before
    file.write_bytes(written(pair))
    for laptop, said in ((1, "Only the laptop that founded"), (0, "so nobody was let in")):
        with pytest.raises(BadValue, match=said):
            let_in(pair.laptops[laptop], file, fingerprint(KEY.public) if laptop else "AAAA")
    pair.now += timedelta(days=29)
    look_at_introduction(pair.laptops[0], file)
    pair.now += timedelta(days=2)
    with pytest.raises(IntroductionRefused, match="more than 30 days ago"):
        look_at_introduction(pair.laptops[0], file)


def test_that_a_laptop_that_was_shut_out_is_not_let_in_by_its_introduction(team, folder, file):
    code = code_of(folder)
    let_in(team.laptops[0], file, code)
    revoke(team.laptops[0], introduced_in(folder).device)
    with pytest.raises(IntroductionRefused, match="was shut out"):
        let_in(team.laptops[0], file, code)


def test_that_somebody_who_may_write_in_the_folder_cannot_pass_keys_of_their_own(team, folder, file, tmp_path):
    """A note around other keys, sealed to the newcomer and signed by whoever left it, has another code."""
    code = let_in(team.laptops[0], file, code_of(folder))
    (tmp_path / "theirs").mkdir()
    theirs = Team.founded(tmp_path / "theirs", others=0)
    theirs_code = let_in(theirs.laptops[0], file, code_of(folder))
    theirs.sync(0)
    theirs.close()
    assert theirs_code != code
    with pytest.raises(BadValue, match="The code is not that of the lead"):
        join_as_introduced(folder, theirs.place, code, at_risk=True)


def test_that_an_introduction_needs_a_name_and_a_place_and_stays_the_same_laptop(team, folder, file, tmp_path):
    code = code_of(folder)
    again = introduce(folder, tmp_path / "again.irtintro", " Other   name ", clock=team.clock_of(9))
    assert (again.code, again.label) == (code, "Other name")
    if os.name == "posix":
        assert (folder / KEPT).stat().st_mode & 0o077 == 0  # the seed is nobody else's
    for label in ("", " ", "x" * 61):
        with pytest.raises(BadValue, match="needs a short name"):
            introduce(folder, tmp_path / "y", label)
    with pytest.raises(BadValue, match="is there already"):
        introduce(folder, file, "X")
    with pytest.raises(BadValue, match="cannot be written"):
        introduce(folder, tmp_path / "no" / "where", "X")
    with pytest.raises(WorkspaceError, match="There is a workspace"):
        introduce(team.laptops[0].folder, tmp_path / "y", "X")
    assert not (tmp_path / "y").exists()
    assert introduction_name("SEND: laptop 2") == "SEND--laptop-2.irtintro"
    assert introduction_name(" / ") == "new laptop.irtintro"
    (folder / KEPT).write_text('{"device": "x", "seed": "00", "label": "", "at": ""}')
    assert introduced_in(folder) is None
    with pytest.raises(BadValue, match="has not introduced itself yet"):
        join_as_introduced(folder, team.place, "AAAA", at_risk=True)
    join(folder, team.place, PASSPHRASE, at_risk=True).close()  # after all; no key is left beside the workspace
    assert not (folder / KEPT).exists()
