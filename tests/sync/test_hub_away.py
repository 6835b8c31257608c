"""Hub on a bad day: whatever PostgreSQL answers becomes one sentence, without a password, and nothing is lost by it."""

import logging
from hashlib import sha256

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors
from sync_samples import AT, KEY, LAPTOP, TEAM, WORKSPACE, made_changes

from readiness.services.joining import join
from readiness.services.rounds import share
from readiness.storage.opening import create_workspace
from readiness.sync import hub as hub_module
from readiness.sync import hub_schema
from readiness.sync.carrier import CarrierAway, Entry, Parcel
from readiness.sync.hub import HubCarrier, is_hub, safe_url, team_notes
from readiness.sync.hub_making import hub_status, init_hub
from readiness.sync.layout import hello_name, segment_name
from readiness.sync.segments import write_segment

SECRET = "geheim-1"
URL = f"postgresql://lead:{SECRET}@server.example/readiness"
STEPS, CHANGES = made_changes(2)
CONTENT = write_segment(WORKSPACE, KEY, STEPS, CHANGES, team=TEAM, app="0", at=AT)


def segments(count: int) -> list[Parcel]:
    contents = [n.to_bytes(9) + CONTENT for n in range(1, count + 1)]
    return [Parcel(segment_name(LAPTOP, n, n, sha256(each).digest()), each) for n, each in enumerate(contents, start=1)]


@pytest.fixture(scope="module")
def made_hub(hub_server):
    return hub_server.hub("lead_login")


@pytest.fixture
def url(hub_server, made_hub):
    yield made_hub
    hub_server.clear(made_hub)


@pytest.fixture
def carrier(url):
    made = HubCarrier(url, WORKSPACE, LAPTOP, KEY.public, "SEND laptop")
    yield made
    made.close()


ANSWERS = [
    (errors.DiskFull("could not extend file"), "is full or too busy"),
    (errors.OutOfMemory("out of memory"), "is full or too busy"),
    (errors.TooManyConnections("sorry"), "is full or too busy"),
    (errors.ConfigurationLimitExceeded("limit"), "is full or too busy"),
    (errors.ReadOnlySqlTransaction("cannot execute INSERT"), "may only be read now"),
    (errors.InsufficientPrivilege("permission denied for schema hub"), "GRANT hub_member"),
    (errors.UndefinedTable('relation "hub.segment" does not exist'), "is no hub yet"),
    (errors.InvalidSchemaName('schema "hub" does not exist'), "is no hub yet"),
    (errors.InvalidPassword("password authentication failed"), "does not take this login"),
    (errors.InvalidAuthorizationSpecification("no pg_hba.conf entry"), "does not take this login"),
    (errors.InvalidCatalogName('database "x" does not exist'), "no database of that name"),
    (errors.QueryCanceled("canceling statement due to statement timeout"), "took too long"),
    (errors.AdminShutdown("terminating connection"), "is shutting down or starting"),
    (errors.CannotConnectNow("the database system is starting up"), "is shutting down or starting"),
    (errors.DeadlockDetected("deadlock detected"), "cannot be reached now"),
    (errors.InternalError_("unexpected data beyond EOF"), "has a fault of its own"),
    (errors.IoError("could not read block"), "has a fault of its own"),
    (errors.CheckViolation("violates check constraint"), "does not take what this laptop leaves there"),
    (psycopg.OperationalError(f'password authentication failed for user "lead" {SECRET}'), "does not take this login"),
    (psycopg.OperationalError("fe_sendauth: no password supplied"), "does not take this login"),
    (psycopg.OperationalError('FATAL:  role "lead" does not exist'), "does not take this login"),
    (psycopg.OperationalError('FATAL:  database "readiness" does not exist'), "no database of that name"),
    (psycopg.OperationalError("FATAL:  sorry, too many clients already"), "is full or too busy"),
    (psycopg.OperationalError("FATAL:  remaining connection slots are reserved for roles"), "is full or too busy"),
    (psycopg.OperationalError("SSL error: certificate verify failed"), "does not show a certificate"),
    (psycopg.OperationalError("failed to resolve host 'db.invalid'"), "cannot be reached now"),
    (psycopg.OperationalError("connection timeout expired"), "cannot be reached now"),
    (psycopg.OperationalError("consuming input failed: server closed the connection"), "cannot be reached now"),
    (psycopg.ProgrammingError(f'missing "=" after "{SECRET}" in connection info string'), "understood as an address"),
    (psycopg.ProgrammingError(f'invalid port number: "{SECRET}"'), "understood as an address"),
    (psycopg.InterfaceError("the connection is closed"), "cannot be reached now"),
]


@pytest.mark.parametrize(("answer", "said"), ANSWERS)
def test_that_whatever_the_hub_answers_is_one_sentence_without_a_password(monkeypatch, caplog, answer, said):
    def connect(*_, **__):
        raise answer

    monkeypatch.setattr(psycopg, "connect", connect)
    there = HubCarrier(URL, WORKSPACE, LAPTOP, KEY.public, "SEND laptop")
    for use in (
        there.look,
        lambda: list(there.fetch([Entry(hello_name(LAPTOP, 1), 5)])),
        lambda: list(there.deliver([Parcel(hello_name(LAPTOP, 1), b"x")])),
        lambda: init_hub(URL),
        lambda: hub_status(URL),
        lambda: team_notes(URL),
    ):
        with caplog.at_level(logging.DEBUG), pytest.raises(CarrierAway) as away:
            use()
        message = str(away.value)
        assert message.startswith("postgresql://lead@server.example/readiness ")
        assert said in message
        assert "\n" not in message
        assert SECRET not in message + repr(away.value) + caplog.text
        assert away.value.__cause__ is None
        assert away.value.__suppress_context__  # nor in a report of a crash


@pytest.mark.parametrize(
    "answer", [errors.DiskFull("full"), errors.ReadOnlySqlTransaction("no"), errors.AdminShutdown("")]
)
def test_that_a_hub_which_fills_up_in_the_middle_keeps_what_it_took_and_takes_the_rest_later(
    carrier, monkeypatch, answer
):
    sent = segments(250)
    done = []
    real = psycopg.Cursor.executemany

    def full(cursor, sql, rows, **more):
        real(cursor, sql, rows, **more)
        if done:
            raise answer  # after the rows: the whole portion must be taken back

    monkeypatch.setattr(psycopg.Cursor, "executemany", full)
    with pytest.raises(CarrierAway):
        done.extend(carrier.deliver(sent))
    monkeypatch.undo()
    assert done == sent[: len(carrier.look())]
    assert len(done) == 100
    assert list(carrier.deliver(sent)) == sent
    assert len(carrier.look()) == 250


def test_that_a_connection_which_drops_while_files_are_fetched_is_taken_up_again(hub_server, carrier):
    sent = segments(250)
    list(carrier.deliver(sent))
    entries = sorted(carrier.look(), key=lambda each: each.name)
    fetching = carrier.fetch(entries)
    first = [next(fetching) for _ in range(100)]
    hub_server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inspection-readiness'"
    )
    with pytest.raises(CarrierAway, match="tried again"):
        next(fetching)
    rest = list(carrier.fetch(entries[100:]))
    found = {each.entry.name: each.content for each in [*first, *rest]}
    assert found == {each.name: each.content for each in sent}


def test_that_a_slow_hub_is_given_up_while_files_are_fetched_and_left(carrier, monkeypatch):
    list(carrier.deliver(segments(1)))
    carrier.close()
    monkeypatch.setattr(hub_module, "STATEMENT_MS", 50)
    monkeypatch.setattr(hub_module, "_SEGMENTS", f"{hub_module._SEGMENTS} AND pg_sleep(5) IS NOT NULL")
    with pytest.raises(CarrierAway, match="took too long"):
        list(carrier.fetch(carrier.look()))
    monkeypatch.setattr(hub_module, "_ADD_DEVICE", "SELECT pg_sleep(5), %s::text, %s::bytea, %s::text")
    other = HubCarrier(carrier._url, WORKSPACE, "f" * 16, KEY.public, "Other laptop")
    with pytest.raises(CarrierAway, match="took too long"):
        list(other.deliver([Parcel(hello_name("f" * 16, 1), b"x")]))
    assert len(carrier.look()) == 1


def test_that_a_network_which_is_gone_without_a_word_is_noticed(carrier):
    carrier.look()
    told = carrier._connection.info.get_parameters()
    assert (told["connect_timeout"], told["keepalives_idle"], told["keepalives_count"]) == ("5", "20", "3")


def test_that_bringing_a_hub_up_is_done_wholly_or_not_at_all(hub_server, monkeypatch):
    url = hub_server.hub()
    monkeypatch.setattr(hub_schema, "VERSION", 3)
    steps = ("ALTER TABLE hub.device ADD COLUMN note text", "ALTER TABLE hub.nothing ADD COLUMN note text")
    monkeypatch.setitem(hub_schema.STEPS, 3, steps)
    with pytest.raises(CarrierAway):
        init_hub(url)
    monkeypatch.undo()
    assert hub_status(url).version == 2
    with psycopg.connect(url) as connection, pytest.raises(errors.UndefinedColumn):
        connection.execute("SELECT note FROM hub.device")


def test_that_a_workspace_goes_on_while_its_hub_is_away(tmp_path, hub_server, url, monkeypatch):
    down = f"postgresql://lead:{SECRET}@127.0.0.1:9/readiness"
    with create_workspace(tmp_path / "w", at_risk=True) as workspace:
        report = share(workspace, [down, url])
        assert [bool(each.trouble) for each in report.places] == [True, False]
        assert SECRET not in report.places[0].trouble
    with pytest.raises(CarrierAway, match="cannot be reached") as away:
        join(tmp_path / "x", down, "five words are quite enough", at_risk=True)
    assert SECRET not in str(away.value)
    assert not (tmp_path / "x").exists()


# Addresses

passwords = st.text(st.characters(codec="ascii", min_codepoint=33), min_size=3, max_size=12).map(
    lambda said: f"q7Z{said}q7Z"
)


@given(
    passwords,
    st.sampled_from(["server", "server:5432", "[::1]:5432", "a:1,b:2"]),
    st.sampled_from(["", "/db", "/db?sslmode=require"]),
)
def test_that_no_password_is_shown_whatever_signs_it_has(password, host, rest):
    for address in (f"postgresql://lead:{password}@{host}{rest}", f"postgresql://:{password}@{host}{rest}"):
        shown = safe_url(address)
        assert "q7Z" not in shown
        assert shown.endswith(f"{host}{rest}")
        assert is_hub(shown)
        assert safe_url(shown) == shown


@pytest.mark.parametrize(
    "name", ["password", "PASSWORD", "pass%77ord", "sslpassword", "passfile", "oauth_client_secret"]
)
@pytest.mark.parametrize("before", ["", "sslmode=require&"])
def test_that_a_password_among_the_settings_is_not_shown(name, before):
    shown = safe_url(f"postgresql://lead@server/db?{before}{name}=q7Z#&q7Z&connect_timeout=3")
    assert shown == f"postgresql://lead@server/db?{before}connect_timeout=3"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://server",
        "postgresql://server/db",
        "postgres://lead@server:5432/db?sslmode=verify-full&sslrootcert=/etc/council.pem",
        "postgresql:///db?host=/var/run/postgresql",
        "postgresql://lead@/db?host=/tmp",
        "postgresql://a:5432,b:5433/db?target_session_attrs=read-write",
        "postgresql://[2001:db8::1]:5432/db",
    ],
)
def test_that_an_address_without_a_password_is_shown_as_it_is(address):
    assert safe_url(address) == address


@pytest.mark.parametrize(
    "address",
    ["postgresql://lead:q7Z", "postgresql://lead:q7Z/db", "postgresql://lead:12345678/db", "postgresql://a:q7Z,b:1/db"],
)
def test_that_what_stands_where_a_port_should_is_not_shown(address):
    assert "q7Z" not in safe_url(address)
    assert "12345678" not in safe_url(address)
