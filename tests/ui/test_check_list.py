"""The list of what the checks found: headings that fold, places below them, in the order of the rules."""

import pytest
from council import DAY, id_of
from proven_council import add_piece, sign_unrecorded
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from readiness.domain.checks.run import RULES
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Severity
from readiness.services.checks import read_checks
from readiness.services.items import edit_items
from ui.models.check_list import CheckHead, CheckList, CheckRole, head_tip, spoken


@pytest.fixture
def results(workspace):
    """Two claims without evidence, one of them signed by nobody, and work on an item that says Not started."""
    workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)])
    workspace.run(sign_unrecorded, id_of(workspace, "A02"))
    workspace.run(add_piece, [id_of(workspace, "B01")])
    return workspace.read(read_checks, DAY).results


@pytest.fixture
def checks(qtbot, results):
    made = CheckList()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show_results(results)
    return made


def heads(checks: CheckList) -> list[CheckHead]:
    return [row for row in checks.rows if isinstance(row, CheckHead)]


def test_that_rules_stand_in_their_order_and_only_the_first_is_unfolded(checks, results):
    codes = [head.rule.code for head in heads(checks)]
    assert codes == [rule.code for rule in RULES if rule.code in {result.code for result in results}]
    assert [head.is_open for head in heads(checks)] == [True] + [False] * (len(codes) - 1)
    assert checks.rowCount() == len(codes) + 2
    assert sum(len(head.results) for head in heads(checks)) == len(results)


def test_that_folding_shows_and_hides_the_places_of_a_rule(checks):
    checks.set_open("claim-unproven", False)
    assert checks.rowCount() == len(heads(checks))
    checks.set_open("sign-off-unrecorded", True)
    place = checks.place_of(("sign-off-unrecorded",))
    assert checks.rows[place].is_open
    assert checks.rows[place + 1].about.name == "A02"
    checks.set_open("sign-off-unrecorded", True)
    checks.set_open("no such rule", True)
    assert checks.rowCount() == len(heads(checks)) + 1


def test_that_what_is_folded_stays_so_when_everything_is_read_again(checks, results):
    checks.set_open("claim-unproven", False)
    checks.set_open("service-missing", True)
    checks.show_results(results)
    assert [head.rule.code for head in heads(checks) if head.is_open] == ["service-missing"]


def test_that_severities_narrow_the_list(checks):
    checks.show_severities({Severity.KNOW})
    assert {head.rule.severity for head in heads(checks)} == {Severity.KNOW}
    assert heads(checks)[0].is_open
    checks.show_severities(())
    assert {head.rule.severity for head in heads(checks)} == set(Severity)


def test_that_rows_are_found_again_and_a_row_that_is_gone_leads_to_its_heading(checks, results):
    key = checks.key_of(2)
    assert checks.place_of(key) == 2
    assert checks.head_of(2) == 0
    gone = [result for result in results if result.place.id != key[2] or result.code != key[0]]
    checks.show_results(gone)
    assert checks.place_of(key) == 0
    assert checks.place_of(("no such rule",)) is None


def test_that_every_row_says_itself_in_words(checks):
    head, place = checks.index(0), checks.index(1)
    assert head.data() == "Claimed without current evidence"
    assert head.data(Qt.ItemDataRole.AccessibleTextRole) == "Claimed without current evidence, Must be mended, 2 places"
    assert place.data() == "A01 Quality of plans"
    said = "A01 Quality of plans, Checked, but it has no evidence"
    assert place.data(Qt.ItemDataRole.AccessibleTextRole) == said
    assert place.data(Qt.ItemDataRole.ToolTipRole) == said
    assert place.data(CheckRole.ROW) is checks.rows[1]
    assert place.data(Qt.ItemDataRole.DecorationRole) is None
    folded = checks.index(checks.rowCount() - 1)
    assert folded.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", folded")


def test_that_a_heading_tells_why_it_matters_and_what_mending_does(checks):
    heading = next(head for head in heads(checks) if head.rule.code == "sign-off-unrecorded")
    assert heading.mendable == 1
    assert head_tip(heading).splitlines() == [
        "A sign-off that names nobody answers for nothing.",
        "Mending: sets the status back to Checked until somebody signs it off.",
    ]
    assert spoken(heading.results[0]).endswith("F mends it")
