"""Demo papers: what the example's evidence is and says. A made-up council, no people, no rows about children."""

from dataclasses import dataclass

from readiness.domain.vocabulary import Audience, EvidenceSource, Kind, Strength


@dataclass(frozen=True, slots=True)
class Paper:
    """Evidence that several items share: a file with lines, or a page of the web."""

    title: str  # {month} is the month it is about
    source: EvidenceSource
    strength: Strength
    audience: Audience
    references: str  # of the items it serves
    shows: str
    lines: tuple[str, ...] = ()
    url: str = ""
    weeks: int = 12  # how long before the example's day it was made

    @property
    def name(self) -> str:
        """The name of its file, {month} in it."""
        return f"{self.title}.txt"


_DATA, _AUDIT, _VOICE = EvidenceSource.DATA, EvidenceSource.AUDIT, EvidenceSource.VOICE
_PRACTITIONER, _PARTNER, _POLICY = EvidenceSource.PRACTITIONER, EvidenceSource.PARTNER, EvidenceSource.POLICY
_SAYS, _ACTIVITY, _OUTCOME, _CONFIRMED = Strength.SAYS, Strength.ACTIVITY, Strength.OUTCOME, Strength.CONFIRMED
_INTERNAL, _PARTNERS, _INSPECTORS = Audience.INTERNAL, Audience.PARTNERS, Audience.INSPECTORS
_PUBLICATIONS = "https://www.gov.uk/government/publications/"

PAPERS = (
    Paper(
        "Multi-agency audit of EHC plans, {month}", _AUDIT, _OUTCOME, _INSPECTORS,
        "RV-C01 RV-C02 RV-C03 RV-D03 RV-D06 RV-E08",
        "How many plans are good or better, by section, and what moderation changed.",
        ("40 plans were audited by two people each, one of them from health or social care.",
         "71 % were good or better; 38 % were a year before.",
         "Health sections are the weakest: 54 % good or better.",
         "Every plan below good went back to its writer with notes; 9 in 10 came back in time."),
    ),
    Paper(
        "SEND dashboard, {month}", _DATA, _OUTCOME, _PARTNERS,
        "RV-A04 RV-B02 RV-C04 RV-C05 RV-D02 RV-F02 RV-F03",
        "Timeliness, reviews, advice and destinations, by quarter, against the baseline.",
        ("Measure; a year ago; last quarter; this quarter; target",
         "Plans issued in time, %; 48; 61; 66; 70", "Reviews finished in time, %; 39; 55; 58; 75",
         "Advice in time, health, %; 52; 63; 71; 80", "Advice in time, social care, %; 44; 60; 69; 80",
         "Year 9 reviews with adult outcomes, %; 31; 57; 64; 80"),
        weeks=9,
    ),
    Paper(
        "Parent carer survey, {month}", _VOICE, _OUTCOME, _INSPECTORS,
        "RV-C07 RV-D04 RV-G01 RV-G03 RV-G05 RV-E03",
        "What families say of plans, short breaks and being listened to, against a year before.",
        ("214 answers; 187 a year before.", "“The plan describes my child”: 68 % agree, 49 % did.",
         "“I know whom to ask”: 61 % agree, 37 % did.", "“We were asked before things changed”: 57 % agree, 40 % did.",
         "Waiting for therapy remains the first complaint."),
    ),
    Paper(
        "Notes of the young people’s group, {month}", _VOICE, _ACTIVITY, _PARTNERS,
        "RV-F05 RV-G02 RV-G05 RV-F01 I21-F04 I21-F11",
        "What young people asked for, and what became of it.",
        ("They asked for reviews that begin with what they want.", "They asked to meet the college before they choose.",
         "Since then reviews open with one page of their own; two colleges hold open afternoons."),
        weeks=8,
    ),
    Paper(
        "Improvement board minutes, {month}", _PARTNER, _ACTIVITY, _INSPECTORS,
        "RV-A04 RV-A06 RV-A07 RV-B04 RV-E05 I21-D06",
        "Challenge, decisions and the actions that followed.",
        ("The board asked why health advice was late and set a date for the answer.",
         "It agreed the measure for short breaks and moved money to the transition team.",
         "Of 14 actions 11 are done, 2 in hand, 1 late; the late one has a new owner."),
        weeks=7,
    ),
    Paper(
        "Scrutiny commission papers, {month}", _PARTNER, _SAYS, Audience.PUBLIC,
        "RV-A08 RV-A09 I21-D07 I21-D08", "What members were told, what they asked, and what was promised.",
        ("Members asked for waiting times by locality and were promised them for the next meeting.",
         "They noted the pressure on transport and asked for a report in six months."),
    ),
    Paper(
        "Feedback of SENCOs and EHC plan writers, {month}", _PRACTITIONER, _OUTCOME, _INTERNAL,
        "RV-C01 RV-C06 RV-D01 RV-D05 RV-B01", "What those who write and use plans say changed in their work.",
        ("26 schools and 14 writers answered.", "“Outcomes are clearer than a year ago”: 81 % agree.",
         "“I get social care advice I can use”: 66 % agree, 35 % did.",
         "Templates for health advice are still too long."),
    ),
    Paper(
        "CCG contract review, {month}", _PARTNER, _ACTIVITY, _PARTNERS,
        "RV-B03 RV-E01 RV-E02 RV-E04 RV-E05 RV-E06 RV-E07 I21-F05",
        "What is commissioned for whom, and what is missing.",
        ("Therapies to 25 are in the contract from this year.",
         "Health checks from 14: 58 % of the register, 41 % before.",
         "No adult service takes referrals for sleep; a decision is due."),
    ),
    Paper(
        "Practice audits of children’s social care, {month}", _AUDIT, _OUTCOME, _INSPECTORS,
        "I21-C01 I21-C02 I21-C03 I21-C04 I21-D01 I21-E04 I21-F02",
        "How many records are good or better, by team and theme.",
        ("36 records; 64 % good or better, 57 % half a year before.", "Plans say what must change in 7 of 10 records.",
         "Supervision is regular everywhere; its reflection is uneven."),
        weeks=8,
    ),
    Paper(
        "Social care scorecard, {month}", _DATA, _OUTCOME, _INSPECTORS,
        "I21-B12 I21-D01 I21-D02 I21-D03 I21-E02 I21-E05 I21-E08 I21-F10",
        "Volumes, timeliness and caseloads, month by month.",
        ("Measure; three months ago; last month; this month", "Assessments in time, %; 79; 83; 85",
         "Caseload, mean; 18.2; 17.1; 16.8", "Care leavers in touch, %; 91; 92; 94", "Agency workers, %; 14; 13; 11"),
        weeks=5,
    ),
    Paper(
        "Staff conversation on workload and supervision, {month}", _PRACTITIONER, _ACTIVITY, _INTERNAL,
        "I21-D03 I21-D04 I21-C03 I21-E03", "What practitioners say about supervision, caseloads and leaders.",
        ("Eight teams, 61 people.", "Supervision helps with decisions: 8 in 10 agree.",
         "Leaders are visible: 7 in 10 agree. Recording takes too long: 9 in 10 agree."),
        weeks=6,
    ),
    Paper(
        "Accepted written statement of action", _POLICY, _SAYS, Audience.PUBLIC, "RV-A03 RV-B01 RV-G04",
        "What was promised, by whom and until when.",
        ("Five areas of weakness, 41 actions, each with owner, date and measure.",), weeks=14,
    ),
    Paper(
        "Call-day plan and contact tree", _PRACTITIONER, _ACTIVITY, _INTERNAL, "RV-A01 I21-A01 I21-A02",
        "Who rings whom in the first hour, with leave cover; rehearsed.",
        ("First hour: co-ordinator, deputy, five leads, the CCG lead, the forum’s contact.",
         "Rehearsed once; the second rehearsal found two numbers that were out of date."),
        weeks=9,
    ),
    Paper(
        "SEND code of practice: 0 to 25", _POLICY, _SAYS, Audience.PUBLIC, "RV-C06 RV-F01",
        "What the law and the guidance ask of plans and reviews.",
        url=f"{_PUBLICATIONS}send-code-of-practice-0-to-25",
    ),
    Paper(
        "Local area SEND inspection: framework", _POLICY, _SAYS, Audience.PUBLIC, "RV-A02 RV-B05",
        "What inspectors look at when they come again.",
        url=f"{_PUBLICATIONS}local-area-send-inspection-framework",
    ),
    Paper(
        "Working together to safeguard children", _POLICY, _SAYS, Audience.PUBLIC, "I21-E01 I21-E03 I21-E07",
        "What agencies owe each other and the child.",
        url=f"{_PUBLICATIONS}working-together-to-safeguard-children--2",
    ),
    Paper(
        "Inspecting local authority children’s services", _POLICY, _SAYS, Audience.PUBLIC, "I21-A05 I21-A03",
        "How the inspection runs, and what is asked for on which day.",
        url=f"{_PUBLICATIONS}inspecting-local-authority-childrens-services-from-2018",
    ),
    Paper(
        "Promoting the health and wellbeing of looked-after children", _POLICY, _SAYS, Audience.PUBLIC, "I21-F05",
        "What councils and health owe children in care.",
        url=f"{_PUBLICATIONS}promoting-the-health-and-wellbeing-of-looked-after-children--2",
    ),
)  # fmt: skip

OWN = {
    Kind.DOCUMENT: (_PARTNER, _ACTIVITY, "The version in force, agreed with partners, with what was delivered so far."),
    Kind.DATASET: (_DATA, _OUTCOME, "The figures as they stood, with the quarter before and the target."),
    Kind.CASE_SAMPLE: (_AUDIT, _CONFIRMED, "What the sample showed, what was done about it, and what held since."),
    Kind.INTERVIEW: (_PRACTITIONER, _SAYS, "Who will be there, and the points they want to make."),
}
"""Of what an item has for itself: its source, its strength and what it shows."""

_OWN_LINES = {
    _PARTNER: (
        ("Shared with all partners two weeks before.", "What changed since the last version is marked in the margin."),
        ("Agreed with the parent carer forum and health colleagues.", "Of the actions in it most are done."),
        ("Prepared by the service and read by the improvement team.", "The next review is planned for the term."),
    ),
    _DATA: (
        ("Measure; quarter before; this quarter; target", "In time, %; 58; 63; 75", "Open at the end; 214; 187; 150"),
        (
            "Measure; quarter before; this quarter; target",
            "Number; 412; 396; -",
            "Waiting longer than planned; 31; 24; 0",
        ),
    ),
    _AUDIT: (
        ("12 records were read by two people each.", "Good or better: 8. The other 4 were read again and held."),
        ("10 records, chosen by chance.", "What was promised was done in 9; in 1 it was late."),
    ),
    _PRACTITIONER: (("Three points, agreed beforehand.",),),
}


def own_lines(kind: Kind, number: int) -> tuple[str, ...]:
    """Return what stands in the file that an item has for itself."""
    ways = _OWN_LINES[OWN[kind][0]]
    return ways[number % len(ways)]


def written_paper(title: str, shows: str, lines: tuple[str, ...]) -> bytes:
    """Return the text of a paper, as a file holds it."""
    text = "\n".join(["Example council", title, "=" * len(title), "", shows, "", *(f"- {line}" for line in lines), ""])
    return text.encode("utf-8")
