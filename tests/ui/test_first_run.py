"""The first-run page: Start waits for what is needed, says why, and nothing typed is lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from ui.pages.first_run import FirstRunAnswers, FirstRunPage
from ui.theme import make_theme, retheme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

AREA = AreaDraft("A", "Leadership", items=(ItemDraft("RV-A01", "Strategy"),))
FRAMEWORKS = (
    FrameworkDraft("send-revisit-2018", "2018", "SEN re-visit", "SEN re-visit", "Progress", {}, (AREA,)),
    FrameworkDraft("ilacs-2018", "2018", "Social Care (ILACS)", "Social Care", "Children's services", {}, (AREA,)),
)
READY_BY = {"send-revisit-2018": date(2021, 4, 30)}


@pytest.fixture
def page(qtbot, qapp):
    theme = make_theme(False, qapp.font())
    made = FirstRunPage(theme, FRAMEWORKS, READY_BY, "Documents", choose_folder=lambda parent, folder: f"{folder}/new")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_it_opens_with_the_keyboard_in_the_first_field(qtbot, page):
    qtbot.waitUntil(page.name.hasFocus)


def test_that_start_waits_for_a_name_or_a_role_and_says_so(qtbot, page):
    assert not page.start.isEnabled()
    assert page.start.toolTip() == "Write your name or your role first."
    qtbot.keyClicks(page.role, "Head of SEND")
    assert page.start.isEnabled()
    assert page.start.toolTip() == ""


def test_that_start_brings_the_answers(qtbot, page):
    qtbot.keyClicks(page.name, " Ada Example ")
    page.service.setCurrentText("SEND")
    page.cards[1].date.setText("3/9/2021")
    with qtbot.waitSignal(page.start_requested) as asked:
        qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert asked.args == [
        FirstRunAnswers(
            name="Ada Example",
            role="",
            service="SEND",
            inspections=(("send-revisit-2018", date(2021, 4, 30)), ("ilacs-2018", date(2021, 9, 3))),
            folder="Documents",
        )
    ]


def test_that_enter_in_a_field_starts(qtbot, page):
    qtbot.keyClicks(page.name, "Ada")
    with qtbot.waitSignal(page.start_requested):
        qtbot.keyClick(page.name, Qt.Key.Key_Return)


def test_that_enter_does_nothing_while_start_waits(qtbot, page):
    with qtbot.assertNotEmitted(page.start_requested):
        qtbot.keyClick(page.name, Qt.Key.Key_Return)


def tab_stops(page) -> list:
    stops, here = [], page.name
    while here not in stops:
        stops.append(here)
        here = here.nextInFocusChain()
        while not (here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.isVisible()):
            here = here.nextInFocusChain()
    return stops


def test_that_tab_goes_from_the_cards_to_the_folder_to_start_to_the_other_doors(page):
    stops = tab_stops(page)
    words = [stop.text() for stop in stops if hasattr(stop, "text")]
    assert words.index("Change") < words.index("Start") < words.index("Open the example")
    assert stops.index(page._change) == stops.index(page.cards[-1].date) + 1


def test_that_enter_on_start_starts_and_start_waits_then(qtbot, page):
    qtbot.keyClicks(page.name, "Ada")
    page.start.setFocus()
    with qtbot.waitSignal(page.start_requested):
        qtbot.keyClick(page.start, Qt.Key.Key_Return)
    assert not page.start.isEnabled()
    assert page.start.text() == "Setting up…"
    page.setEnabled(False)
    page.setEnabled(True)
    assert page.start.isEnabled()


def test_that_a_wrong_date_holds_start_and_is_explained(qtbot, page):
    qtbot.keyClicks(page.name, "Ada")
    date_field = page.cards[0].date
    date_field.selectAll()
    qtbot.keyClicks(date_field, "31 Apr 2021")
    qtbot.keyClick(date_field, Qt.Key.Key_Return)
    assert not page.start.isEnabled()
    assert "13 Sep 2021" in page.cards[0]._fault.text()
    page.cards[0].box.setChecked(False)
    assert page.start.isEnabled(), "what is not wanted cannot be wrong"
    assert page.answers.inspections == (("ilacs-2018", None),)


def test_that_one_inspection_at_least_is_needed(qtbot, page):
    qtbot.keyClicks(page.name, "Ada")
    for card in page.cards:
        card.box.setChecked(False)
    assert page.start.toolTip() == "Tick at least one inspection."


def test_that_the_whole_card_can_be_pressed(qtbot, page):
    card = page.cards[0]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().topRight() / 2)
    assert not card.is_chosen
    assert card.date.isHidden() or not card.date.isVisible()


def test_that_an_error_keeps_everything_typed(qtbot, page):
    qtbot.keyClicks(page.name, "Ada")
    page.set_busy(True)
    assert not page.start.isEnabled()
    before = page.answers
    page.show_error("The drive is full. Choose another folder.")
    assert page.notice.words == "The drive is full. Choose another folder."
    assert page.answers == before
    assert page.start.isEnabled()


def test_that_the_folder_can_be_changed(qtbot, page):
    page._change.click()
    assert page.answers.folder == "Documents/new"


def test_that_the_other_doors_open(qtbot, page):
    doors = {button.text(): button for button in page._side.findChildren(type(page.start))}
    with qtbot.waitSignal(page.example_requested):
        doors["Open the example"].click()
    with qtbot.waitSignal(page.open_requested):
        doors["Choose a folder"].click()


def test_that_every_field_has_a_name_for_a_screen_reader(page):
    fields = (page.name, page.role, page.service, *(card.date for card in page.cards))
    assert [field.accessibleName() for field in fields] == [
        "Your name",
        "Your role",
        "Your service",
        "SEN re-visit: be ready by",
        "Social Care: be ready by",
    ]


def test_that_it_fits_a_small_window_and_takes_a_new_theme(page, qapp):
    page.resize(950, 678)
    retheme(page, make_theme(True, qapp.font()))
    assert page.width() == 950
    assert not page.grab().isNull()
