"""Hub: a real PostgreSQL gives back what was left there, lets nobody change it, and says what is wrong."""

import logging
import os
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from sync_samples import AT, KEY, LAPTOP, TEAM, WORKSPACE, made_changes

from readiness.domain.errors import BadValue
from readiness.sync import hub as hub_module
from readiness.sync.carrier import CarrierAway, Parcel
from readiness.sync.hub import HubCarrier, is_hub, safe_url, team_notes, url_from
from readiness.sync.hub_making import HubMade, hub_status, init_hub
from readiness.sync.layout import hello_name, segment_name
from readiness.sync.segments import write_segment

OTHER = "f" * 16


@pytest.fixture
def url(hub_server):
    return hub_server.hub("lead_login", "other_login")


def carrier(url: str, device: str = LAPTOP) -> HubCarrier:
    return HubCarrier(url, WORKSPACE, device, KEY.public, "SEND laptop")


def segments(count: int, device: str = LAPTOP) -> list[Parcel]:
    made = []
    for first in range(1, 1 + 2 * count, 2):
        steps, changes = made_changes(2, device, first)
        content = write_segment(WORKSPACE, KEY, steps, changes, team=TEAM, app="0", at=AT)
        made.append(Parcel(segment_name(device, first, first + 1, sha256(content).digest()), content))
    return made


def test_that_what_was_left_comes_back_to_the_byte(url):
    here, there = carrier(url), carrier(url, OTHER)
    sent = [*segments(150), Parcel(hello_name(LAPTOP, 1), b"hello")]
    assert list(here.deliver(sent)) == sent
    assert list(here.deliver(sent)) == sent  # once more does no harm
    entries = there.look()
    assert sorted((each.name, each.size) for each in entries) == sorted((each.name, len(each.content)) for each in sent)
    found = {each.entry.name: each.content for each in there.fetch(entries)}
    assert found == {each.name: each.content for each in sent}
    here.close()
    there.close()


def test_that_nobody_changes_or_removes_what_lies_there(hub_server, url):
    mine = carrier(hub_server.as_login(url, "lead_login"))
    list(mine.deliver(segments(1)))
    for statement in (
        "UPDATE hub.segment SET content = 'x'",
        "DELETE FROM hub.segment",
        "TRUNCATE hub.segment",
        "UPDATE hub.notice SET content = 'x'",
        "DELETE FROM hub.device",
        "INSERT INTO hub.device (device, pg_login, pub) VALUES ('eeeeeeeeeeeeeeee', 'other_login', 'x')",
        "CREATE TABLE hub.mine (x int)",
    ):
        with psycopg.connect(hub_server.as_login(url, "lead_login")) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()
    mine.close()


def test_that_nobody_leaves_anything_in_another_laptops_name(hub_server, url):
    mine = carrier(hub_server.as_login(url, "lead_login"))
    list(mine.deliver(segments(1)))
    theirs = carrier(hub_server.as_login(url, "other_login"))  # the same laptop, another login
    with pytest.raises(CarrierAway, match="knows this laptop by the login lead_login"):
        list(theirs.deliver([Parcel(hello_name(LAPTOP, 9), b"x")]))
    assert len(theirs.look()) == 1  # but everybody of the team reads
    mine.close()
    theirs.close()


def test_that_a_laptop_goes_on_under_another_login_once_whoever_runs_the_hub_lets_it(hub_server, url):
    mine, other = (carrier(hub_server.as_login(url, f"{each}_login")) for each in ("lead", "other"))
    sent = segments(2)
    list(mine.deliver(sent[:1]))
    mine.close()
    with pytest.raises(CarrierAway, match=f"let other_login have it: in hub.device, pg_login of {LAPTOP}"):
        list(other.deliver(sent))
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE hub.device SET pg_login = 'other_login' WHERE device = %s", (LAPTOP,))
    assert list(other.deliver(sent)) == sent
    assert len(other.look()) == 2
    other.close()


def test_that_a_login_that_is_no_member_is_told_what_it_lacks(hub_server, url):
    hub_server.login("stranger_login")
    stranger = carrier(hub_server.as_login(url, "stranger_login"))
    with pytest.raises(CarrierAway, match="GRANT hub_member"):
        stranger.look()


def test_that_what_is_committed_late_is_seen_in_the_next_look(url):
    here, reader = carrier(url), carrier(url, OTHER)
    one, two = segments(2)
    list(here.deliver([Parcel(hello_name(LAPTOP, 1), b"hello")]))
    with psycopg.connect(url) as slow:
        slow.execute(
            hub_module._ADD_SEGMENT, (WORKSPACE, LAPTOP, one.name, sha256(one.content).digest(), one.content)
        )  # begun first, committed last
        list(here.deliver([two]))
        assert two.name in [each.name for each in reader.look()]
        slow.commit()
    assert one.name in [each.name for each in reader.look()]
    here.close()
    reader.close()


def test_that_a_connection_that_drops_in_the_middle_is_taken_up_again(hub_server, url):
    here = carrier(url)
    sent = segments(250)
    delivering = here.deliver(sent)
    next(delivering)
    hub_server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inspection-readiness'"
    )
    with pytest.raises(CarrierAway, match="tried again"):
        list(delivering)
    assert list(here.deliver(sent)) == sent
    assert len(here.look()) == 250
    here.close()


def test_that_a_statement_that_takes_too_long_is_said(url, monkeypatch):
    monkeypatch.setattr(hub_module, "STATEMENT_MS", 50)
    monkeypatch.setattr(hub_module, "_LOOK", "SELECT 'x', 1 FROM pg_sleep(5) WHERE %(w)s != ''")
    with pytest.raises(CarrierAway, match="took too long"):
        carrier(url).look()


def test_that_a_hub_which_may_only_be_read_says_so(hub_server, url):
    database = urlsplit(url).path.strip("/")
    hub_server.run("ALTER DATABASE {} SET default_transaction_read_only = on", database)
    with pytest.raises(CarrierAway, match="may only be read"):
        list(carrier(url).deliver(segments(1)))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("postgresql://lead:geheim-1@127.0.0.1:9/readiness", "cannot be reached"),
        ("postgresql://lead:geheim-1@127.0.0.1:port/readiness", "understood as an address"),
        ("postgresql://127.0.0.1:9/readiness?password=geheim-1", "cannot be reached"),
    ],
)
def test_that_a_hub_that_is_down_is_said_without_the_password(target, said, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(CarrierAway, match=said) as away:
        carrier(target).look()
    told = "".join([str(away.value), repr(away.value), caplog.text, str(away.value.__cause__)])
    assert "geheim" not in told
    assert "geheim" not in carrier(target).key + carrier(target).label


def test_that_a_database_which_is_no_hub_or_a_newer_one_is_said(hub_server, url):
    hub_server.run("CREATE DATABASE {}", "plain")
    with pytest.raises(CarrierAway, match="is no hub yet"):
        carrier(hub_server.address("plain")).look()
    with pytest.raises(CarrierAway, match="no database of that name"):
        carrier(hub_server.address("nowhere")).look()
    hub_server.run("INSERT INTO hub.version (n) VALUES (99)", url=url)
    for use in (carrier(url).look, lambda: init_hub(url)):
        with pytest.raises(CarrierAway, match="newer version"):
            use()


def test_that_making_a_hub_twice_changes_nothing_and_an_unknown_member_is_refused(url):
    assert init_hub(url, ["lead_login"]) == HubMade(2, ())
    with pytest.raises(BadValue, match="no login “nobody_login”"):
        init_hub(url, ["nobody_login"])


def test_that_the_status_counts_what_lies_there(url):
    here = carrier(url)
    list(here.deliver([*segments(3), Parcel("workspace.irtws", b"note")]))
    found = hub_status(url)
    assert [(each.workspace, each.segments, each.laptops) for each in found.teams] == [(WORKSPACE, 3, 1)]
    assert team_notes(url) == [b"note"]
    here.close()


def test_that_an_address_is_known_and_shown_without_its_password():
    assert is_hub("postgresql://server/db")
    assert is_hub("postgres://server/db")
    assert not is_hub("/srv/team")
    assert not is_hub("C:\\team")
    assert safe_url("postgresql://lead:x:y@server:5432/db?sslmode=verify-full&password=z") == (
        "postgresql://lead@server:5432/db?sslmode=verify-full"
    )


def test_that_a_password_in_a_command_is_refused_and_one_in_a_file_is_read(tmp_path: Path, monkeypatch):
    with pytest.raises(BadValue, match="can be seen by everybody") as refused:
        url_from("postgresql://lead:geheim-1@server/db", None)
    assert "geheim" not in str(refused.value)
    (tmp_path / "url").write_text("postgresql://lead:geheim-1@server/db\n")
    assert url_from(None, tmp_path / "url") == "postgresql://lead:geheim-1@server/db"
    with pytest.raises(BadValue, match="no address of a PostgreSQL"):
        url_from("/srv/team", None)
    monkeypatch.setitem(os.environ, "READINESS_HUB", "postgresql://server/db")
    assert url_from(None, None) == "postgresql://server/db"
