"""Looks: what is asked before SQLAlchemy is there, as the text that it would make of the tables.

Importing it takes longer than the first page takes to read and fill. A test holds every text to `tables.py`, and the
compiled statements of the journal (`prepared.py`) remain the rule for all that can wait.
"""

ITEM_COLUMNS = (
    "id", "inspection_id", "area_id", "reference", "title", "kind", "owner", "service", "priority", "status",
    "impact_level", "due_rule", "due", "changed_ms", "conflicts", "rank", "reworded",
    "currency_months", "claimed_by", "signed",
)  # fmt: skip
ITEMS = (
    "SELECT id, inspection_id, area_id, reference, title, kind, owner, service, priority, status, impact_level, "
    "due_rule, due, changed_ms, conflicts, rank, reworded, currency_months, claimed_by, signed "
    "FROM item WHERE deleted = 0"
)
SOME_ITEMS = (
    "SELECT id, inspection_id, area_id, reference, title, kind, owner, service, priority, status, impact_level, "
    "due_rule, due, changed_ms, conflicts, rank, reworded, currency_months, claimed_by, signed "
    "FROM item WHERE deleted = 0 "
    "AND id IN (SELECT value FROM json_each(?))"
)
LINKS = "SELECT item_id, evidence_id, valid_until FROM link WHERE deleted = 0"
SOME_LINKS = (
    "SELECT item_id, evidence_id, valid_until FROM link WHERE deleted = 0 "
    "AND item_id IN (SELECT value FROM json_each(?))"
)
EVIDENCE = "SELECT id, source, strength, dated, valid_until FROM evidence WHERE deleted = 0"
REVISIONS = "SELECT evidence_id, number, id FROM revision WHERE deleted = 0"
SIGNED_TEXTS = "SELECT id, position, impact, impact_level, gap FROM item WHERE deleted = 0 AND signed != ''"
SOME_TEXTS = "SELECT id, position, impact, impact_level, gap FROM item WHERE id IN (SELECT value FROM json_each(?))"
USES = "SELECT item_id FROM link WHERE evidence_id IN (SELECT value FROM json_each(?))"
LINKED = "SELECT item_id FROM link WHERE id IN (SELECT value FROM json_each(?))"
REVISED = "SELECT evidence_id FROM revision WHERE id IN (SELECT value FROM json_each(?))"
REMOVED_ITEMS = "SELECT count(*) FROM item WHERE deleted = 1"
NARRATIVES = "SELECT id, guidance, position, impact, gap, basis FROM item WHERE deleted = 0"
SOME_NARRATIVES = (
    "SELECT id, guidance, position, impact, gap, basis FROM item WHERE id IN (SELECT value FROM json_each(?))"
)
AREAS = "SELECT id, inspection_id, code, title, scale, rank FROM area WHERE deleted = 0"
INSPECTIONS = (
    "SELECT id, framework, framework_title, edition, title, short_title, ready_by, expected_from, notified_on, "
    "on_site_from, on_site_to, rank, selection_on, draft_report_on, publication_on, visit, notified_at, pinned "
    "FROM inspection "
    "WHERE deleted = 0 ORDER BY rank, id"
)
CLOSURES = "SELECT closures FROM workspace"
TITLE = "SELECT title, four_eyes FROM workspace WHERE id = ?"
PERSON = "SELECT name, role, service FROM person WHERE id = ?"
