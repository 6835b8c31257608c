"""Hub schema: the tables of a PostgreSQL hub, made and brought up by `hub init`. Only ever added to.

Rows are added and read, never changed: who may add which is held by row-level security. A segment's row says who put it
there, since a laptop hands on what came to it by a stick; who wrote the segment is signed in its bytes.

Since version 2 nobody can keep others from leaving a file by leaving other bytes under its name or hash: a hash is the
one of the bytes, a name that holds a hash holds that one, names that hold a laptop are that laptop's alone, and where a
name says nothing of what is in it, each content has a row of its own.
Source: merge.md, section 7.3.
"""

VERSION = 2
SINCE_SET_ASIDE = 2
"""The version from which rows are kept apart."""

_MEMBER = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hub_member') THEN
    CREATE ROLE hub_member NOLOGIN;
  END IF;
END $$
"""
STEPS: dict[int, tuple[str, ...]] = {
    1: (
        _MEMBER,
        "CREATE SCHEMA hub",
        "CREATE TABLE hub.version (n integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())",
        """
        CREATE TABLE hub.device (
          device text PRIMARY KEY CHECK (device ~ '^[0-9a-f]{16}$'),
          pg_login name NOT NULL DEFAULT session_user,
          pub bytea NOT NULL,
          label text NOT NULL DEFAULT '',
          since timestamptz NOT NULL DEFAULT clock_timestamp())
        """,
        """
        CREATE TABLE hub.segment (
          workspace text NOT NULL,
          by_device text NOT NULL REFERENCES hub.device,
          name text NOT NULL,
          sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
          content bytea NOT NULL CHECK (octet_length(content) <= 17000000),
          received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
          PRIMARY KEY (workspace, sha256))
        """,
        """
        CREATE TABLE hub.notice (
          workspace text NOT NULL,
          by_device text NOT NULL REFERENCES hub.device,
          name text NOT NULL,
          content bytea NOT NULL CHECK (octet_length(content) <= 27000000),
          received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
          PRIMARY KEY (workspace, name))
        """,
        "GRANT USAGE ON SCHEMA hub TO hub_member",
        "GRANT SELECT ON hub.version, hub.device TO hub_member",
        "GRANT INSERT (device, pub, label) ON hub.device TO hub_member",
        "GRANT SELECT ON hub.segment, hub.notice TO hub_member",
        "GRANT INSERT (workspace, by_device, name, sha256, content) ON hub.segment TO hub_member",
        "GRANT INSERT (workspace, by_device, name, content) ON hub.notice TO hub_member",
        "ALTER TABLE hub.segment ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE hub.notice ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY readable ON hub.segment FOR SELECT TO hub_member USING (true)",
        "CREATE POLICY readable ON hub.notice FOR SELECT TO hub_member USING (true)",
        """
        CREATE POLICY by_oneself ON hub.segment FOR INSERT TO hub_member WITH CHECK (EXISTS (
          SELECT FROM hub.device d WHERE d.device = by_device AND d.pg_login = session_user))
        """,
        """
        CREATE POLICY by_oneself ON hub.notice FOR INSERT TO hub_member WITH CHECK (EXISTS (
          SELECT FROM hub.device d WHERE d.device = by_device AND d.pg_login = session_user))
        """,
        """
        CREATE FUNCTION hub.tell() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify('hub_segment', NEW.workspace); RETURN NULL; END $$
        """,
        "CREATE TRIGGER tell AFTER INSERT ON hub.segment FOR EACH ROW EXECUTE FUNCTION hub.tell()",
    ),
    2: (
        "LOCK TABLE hub.segment, hub.notice IN ACCESS EXCLUSIVE MODE",
        """
        CREATE FUNCTION hub.holds(name text, sha256 bytea) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
          SELECT right(split_part(name, '.', 1), 12) = left(encode(sha256, 'hex'), 12)
            OR split_part(name, '.', 2) NOT IN ('irtseg', 'irtroster', 'irtkey') $$
        """,
        """
        CREATE FUNCTION hub.is_of(name text, device text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
          SELECT name ~ '^(blobs/|workspace\\.)' OR coalesce(
            substring(name from '^(?:devices/|relay/|roster/|keys/)([0-9a-f]{16})[-/]') = device, false) $$
        """,
        """
        CREATE TABLE hub.set_aside (
          n integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          why text NOT NULL,
          workspace text NOT NULL,
          by_device text NOT NULL,
          name text NOT NULL,
          content bytea NOT NULL,
          received_at timestamptz NOT NULL,
          at timestamptz NOT NULL DEFAULT clock_timestamp())
        """,
        """
        WITH gone AS (DELETE FROM hub.segment WHERE sha256 <> sha256(content) OR NOT hub.holds(name, sha256)
          RETURNING *)
        INSERT INTO hub.set_aside (why, workspace, by_device, name, content, received_at)
        SELECT 'its bytes are not those that its name or hash says', workspace, by_device, name, content, received_at
        FROM gone ORDER BY received_at
        """,
        """
        WITH gone AS (DELETE FROM hub.notice WHERE NOT hub.holds(name, sha256(content)) RETURNING *)
        INSERT INTO hub.set_aside (why, workspace, by_device, name, content, received_at)
        SELECT 'its bytes are not those that its name says', workspace, by_device, name, content, received_at
        FROM gone ORDER BY received_at
        """,
        """
        WITH gone AS (DELETE FROM hub.notice WHERE NOT hub.is_of(name, by_device) RETURNING *)
        INSERT INTO hub.set_aside (why, workspace, by_device, name, content, received_at)
        SELECT 'it was left in the name of another laptop', workspace, by_device, name, content, received_at
        FROM gone ORDER BY received_at
        """,
        "ALTER TABLE hub.segment ADD CONSTRAINT is_its_hash CHECK (sha256 = sha256(content))",
        "ALTER TABLE hub.segment ADD CONSTRAINT holds_its_hash CHECK (hub.holds(name, sha256))",
        "ALTER TABLE hub.notice ADD COLUMN sha256 bytea NOT NULL GENERATED ALWAYS AS (sha256(content)) STORED",
        "ALTER TABLE hub.notice DROP CONSTRAINT notice_pkey",
        "ALTER TABLE hub.notice ADD PRIMARY KEY (workspace, name, sha256)",
        "ALTER TABLE hub.notice ADD CONSTRAINT holds_its_hash CHECK (hub.holds(name, sha256))",
        "DROP POLICY by_oneself ON hub.segment",
        "DROP POLICY by_oneself ON hub.notice",
        """
        CREATE POLICY by_oneself ON hub.segment FOR INSERT TO hub_member WITH CHECK (
          hub.is_of(name, by_device)
          AND EXISTS (SELECT FROM hub.device d WHERE d.device = by_device AND d.pg_login = session_user))
        """,
        """
        CREATE POLICY by_oneself ON hub.notice FOR INSERT TO hub_member WITH CHECK (
          hub.is_of(name, by_device)
          AND EXISTS (SELECT FROM hub.device d WHERE d.device = by_device AND d.pg_login = session_user))
        """,
        "GRANT SELECT (n, why, workspace, by_device, name, received_at, at) ON hub.set_aside TO hub_member",
    ),
}
"""The statements that lead to each version, in one transaction each."""

FOUND = "SELECT to_regclass('hub.version')"
CURRENT = "SELECT max(n) FROM hub.version"
REACHED = "INSERT INTO hub.version (n) VALUES (%s)"
IS_MEMBER = "SELECT session_user, pg_has_role(session_user, 'hub_member', 'USAGE')"
WORKSPACES = """
SELECT s.workspace, count(*), count(DISTINCT s.by_device), sum(octet_length(s.content)), max(s.received_at)
FROM hub.segment s GROUP BY s.workspace ORDER BY s.workspace
"""
SET_ASIDE = "SELECT name, by_device, why FROM hub.set_aside ORDER BY n"
LOGIN = "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolcanlogin"
GRANT = "GRANT hub_member TO {}"
