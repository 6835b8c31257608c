"""Looks: what is asked before SQLAlchemy is there, as the text that it would make of the tables.

Importing it takes longer than the first page takes to read and fill. A test holds every text to `tables.py`, and the
compiled statements of the journal (`prepared.py`) remain the rule for all that can wait.
"""

ITEM_COLUMNS = (
    "id", "inspection_id", "area_id", "reference", "title", "kind", "owner", "service", "priority", "status",
    "impact_level", "due_rule", "due", "changed_ms", "conflicts", "rank", "reworded",
)  # fmt: skip
ITEMS = (
    "SELECT id, inspection_id, area_id, reference, title, kind, owner, service, priority, status, impact_level, "
    "due_rule, due, changed_ms, conflicts, rank, reworded FROM item WHERE deleted = 0"
)
SOME_ITEMS = (
    "SELECT id, inspection_id, area_id, reference, title, kind, owner, service, priority, status, impact_level, "
    "due_rule, due, changed_ms, conflicts, rank, reworded FROM item WHERE deleted = 0 "
    "AND id IN (SELECT value FROM json_each(?))"
)
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
TITLE = "SELECT title FROM workspace WHERE id = ?"
PERSON = "SELECT name, role, service FROM person WHERE id = ?"
