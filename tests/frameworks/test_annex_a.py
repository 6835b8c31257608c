"""The lists of Annex A, column by column, as they were published; names of columns, never rows."""

import pytest

from readiness.domain.headings import check_headings
from readiness.frameworks.shipped import find_framework

ILACS = ("ilacs-2018", "ilacs-2024", "ilacs-2026")
CORE = "Child Unique ID; Gender; Ethnicity; Date of Birth; Age of Child (Years)"
# fmt: off
CURRENT = {
    1: (
        "core; Date of Contact; Contact Source"
    ),
    2: (
        "core; Assessment start date; Assessment completion date; Organisation completing assessment"
    ),
    3: (
        "core; Date of referral; Referral Source; Referral NFA?; Number of Referrals in Last 12 Months; Allocated Team;"
        " Allocated Worker"
    ),
    4: (
        "core; Does the Child have a Disability; Continuous Assessment Start Date; Child Seen During Continuous "
        "Assessment; Continuous Assessment Date of Authorisation; Was the child assessed as requiring LA children's "
        "social care support?; Allocated Team; Allocated Worker"
    ),
    5: (
        "core; Does the Child have a Disability; Strategy discussion initiating Section 47 Enquiry Start Date; Was an "
        "Initial Child Protection Conference deemed unnecessary?; Date of Initial Child Protection Conference; Did the "
        "Initial Child Protection Conference Result in a Child Protection Plan; Number of Section 47 Enquiries in the "
        "last 12 months; Number of ICPCs in the last 12 months; Allocated Team; Allocated Worker"
    ),
    6: (
        "core; Does the Child have a Disability; CIN Start Date; Primary Need Code; Date Child Was Last Seen; CIN "
        "Closure Date; Reason for Closure; Case Status; Allocated Team; Allocated Worker"
    ),
    7: (
        "core; Does the Child have a Disability; Child Protection Plan Start Date; Initial Category of Abuse; Latest "
        "Category of Abuse; Date of the Last Statutory Visit; Was the Child Seen Alone?; Date of latest review "
        "conference; Child Protection Plan End Date; Subject to Emergency Protection Order or Protected Under Police "
        "Powers in Last Six Months (Y/N); Number of Previous Child Protection Plans; Allocated Team; Allocated Worker"
    ),
    8: (
        "core; Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N); Does the Child have a "
        "Disability; Date Started to be Looked After; Child's Category of Need; Is this a second or subsequent period "
        "of being a Looked After Child within the last 12 months (Y/N); Start date of current legal status; Child's "
        "Legal Status; Date of Latest Statutory Review; Date of Last Social Work Visit; What is the permanence plan for"
        " this child?; Date of Last IRO Visit / Contact to the Child; Date of Last Health Assessment; Date of Last "
        "Dental Check; Number of Placements in the Last 12 months; Date Ceased to be Looked After; Reason Ceased to be "
        "Looked After; Start Date of Most Recent Placement; Placement Type; Placement Provider; Placement postcode; URN"
        " of Placement; Placement Location; LA of Placement; Number of Episodes the Child has been 'Missing' from their"
        " Placement in the last 12 months; Number of Episodes the Child has been 'Absent' from their Placement in the "
        "last 12 months; Was the child offered a Return Interview after their last missing episode (Y/N)?; Did the "
        "child accept a Return Interview after their last missing episode (Y/N)?; Allocated Team; Allocated Worker"
    ),
    9: (
        "core; Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N); Does the Child have a "
        "Disability; Allocated Team; Allocated Worker; Allocated Personal Advisor; Eligibility Category; Latest Pathway"
        " Plan Review Date; LA in Touch; Latest Date of Contact; Type of Accommodation; Suitability of Accommodation; "
        "Activity Status"
    ),
    10: (
        "Child Unique ID; Family identifier; Gender; Ethnicity; Date of Birth; Age of Child (Years); Does the Child "
        "have a Disability; Date the Child Entered Care; Date of Decision that Child Should be Placed for Adoption; "
        "Date of Placement Order; Date of Matching Child and Prospective Adopters; Date Placed for Adoption; Date of "
        "Adoption Order; Date of Decision that Child Should No Longer be Placed for Adoption; Reason Why Child No "
        "Longer Placed for Adoption; Date the child was placed for fostering in FFA or concurrent planning placement"
    ),
    11: (
        "Individual adopter identifier; Family identifier; Gender; Ethnicity; Disability; Is the (prospective) adopter "
        "fostering for adoption?; Date enquiry received; Date Stage 1 started; Date Stage 1 ended; Date Stage 2 "
        "started; Date Stage 2 ended; Date application submitted; Date application approved; Date adopter matched with "
        "child(ren); Date child/children placed with adopter(s); No. of children placed; Date of Adoption Order; Date "
        "of leaving adoption process; Reason for leaving adoption process"
    ),
}
SEND = {
    1: (
        "Unique ID; UPN; ULN; Date of birth; Gender; Ethnicity; Date initial EHC plan issued; Date updated EHC plan "
        "issued; Date EHC plan last reviewed; SEN primary need; Main education establishment - URN; Main education "
        "establishment - phase; Subsidiary education establishment - phase (dual registration); Elective home "
        "education; Suspensions; Permanent exclusions; Absence; Pupil Premium; Known to children's social care?; Which "
        "children's social care team?; Does the child or young person have a disability?"
    ),
    2: (
        "Unique ID; UPN; ULN; Date of birth; Gender; Ethnicity; SEN primary need; Main education establishment - URN; "
        "Main education establishment - phase; Subsidiary education establishment - phase (dual registration); "
        "Suspensions; Permanent exclusions; Absence; Pupil Premium; Known to children's social care?; Which children's "
        "social care team?; Does the child or young person have a disability?"
    ),
}
# fmt: on
NOT_IN_2020 = {
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
    "Allocated Personal Advisor",
    "Latest Pathway Plan Review Date",
    "Latest Date of Contact",
}
COUNTS = [7, 8, 11, 12, 14, 14, 17, 34, 17, 16, 19]
TITLES = [
    "Contacts",
    "Early help (assessments)",
    "Referrals",
    "Assessments",
    "Section 47 enquiries and initial conferences",
    "Children in need",
    "Child protection",
    "Children in care",
    "Care leavers",
    "Adoption",
    "Adopters",
]


def columns(text: str) -> tuple[str, ...]:
    return tuple(text.replace("core", CORE, 1).split("; ") if text.startswith("core") else text.split("; "))


def lists_of(id_):
    return {spec.number: spec for spec in find_framework(id_).lists}


def counts_of(id_):
    return [len(spec.columns) for spec in find_framework(id_).lists]


@pytest.mark.parametrize("id_", ILACS[1:])
@pytest.mark.parametrize("number", CURRENT)
def test_that_each_list_has_its_columns_as_published(id_, number):
    assert lists_of(id_)[number].columns == columns(CURRENT[number])


@pytest.mark.parametrize("number", CURRENT)
def test_that_the_2020_layout_differs_in_care_leavers_alone(number):
    left_out = NOT_IN_2020 if number == 9 else set()
    expected = tuple(column for column in columns(CURRENT[number]) if column not in left_out)
    assert lists_of("ilacs-2018")[number].columns == expected


@pytest.mark.parametrize("number", SEND)
def test_that_each_send_list_has_its_columns_as_published(number):
    assert lists_of("area-send-2023")[number].columns == columns(SEND[number])


def test_that_there_are_eleven_lists_of_169_columns_and_two_of_38():
    for id_ in ILACS[1:]:
        assert counts_of(id_) == COUNTS
        assert sum(counts_of(id_)) == 169
    assert counts_of("ilacs-2018") == [*COUNTS[:8], 13, *COUNTS[9:]]
    assert sum(counts_of("ilacs-2018")) == 165
    assert counts_of("area-send-2023") == [21, 17]
    assert find_framework("send-revisit-2018").lists == ()


def test_that_lists_are_numbered_and_named():
    for id_ in ILACS:
        assert [(spec.number, spec.title) for spec in find_framework(id_).lists] == list(enumerate(TITLES, start=1))
    assert [(spec.number, spec.title) for spec in find_framework("area-send-2023").lists] == [
        (1, "EHC plans"),
        (2, "SEN support"),
    ]


@pytest.mark.parametrize(
    ("id_", "expected"),
    [("ilacs-2018", [9]), ("ilacs-2024", []), ("ilacs-2026", [9]), ("area-send-2023", [2])],
)
def test_that_lists_which_no_source_confirms_say_so(id_, expected):
    assert [spec.number for spec in find_framework(id_).lists if not spec.verified] == expected


@pytest.mark.parametrize("id_", [*ILACS, "area-send-2023"])
def test_that_items_promise_as_many_columns_as_their_list_has(id_):
    counts = {spec.number: len(spec.columns) for spec in find_framework(id_).lists}
    items = [item for area in find_framework(id_).areas for item in area.items if item.title.startswith("Annex A list")]
    assert len(items) == len(counts)
    for item in items:
        number = int(item.title.removeprefix("Annex A list ").split(":")[0])
        assert f"{counts[number]} columns" in item.guidance


def test_that_a_list_in_the_old_layout_is_told_what_it_lacks():
    old = lists_of("ilacs-2018")[9].columns
    said = check_headings(lists_of("ilacs-2024")[9], old)
    assert {column for column in NOT_IN_2020 if any(f"“{column}” is missing" in each for each in said)} == NOT_IN_2020
    assert len(said) == 4
