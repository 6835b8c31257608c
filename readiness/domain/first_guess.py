"""First guess: what a piece of evidence is likely to be, from the names of its files, for somebody to correct.

A guess never overstates: the strength is the lowest, the audience the smallest. Pure rules: no clock.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from readiness.domain.dates import MONTHS
from readiness.domain.describing import title_from
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.vocabulary import EvidenceSource

_TELLING: tuple[tuple[EvidenceSource, tuple[str, ...]], ...] = (
    (
        EvidenceSource.AUDIT,
        ("audits?", r"moderat\w+", "dip samples?", "qa", "quality assurance", "case reviews?", "peer reviews?"),
    ),
    (
        EvidenceSource.VOICE,
        (
            "voices?", "surveys?", "feedback", "focus groups?", "parents?", "carers?", "young people", "complaints?",
            "compliments?", "participation", "you said", r"testimon\w+",
        ),
    ),
    (
        EvidenceSource.PRACTITIONER,
        ("practitioners?", "supervision", "staff", "workforce", "observations?", "training"),
    ),
    (EvidenceSource.PARTNER, ("partners?", "partnership", "ccg", "icb", "health", "police", "multi-?agency")),
    (EvidenceSource.DATA, ("data(?:sets?)?", "dashboards?", "scorecards?", "performance", "statistics", "figures")),
    (
        EvidenceSource.POLICY,
        (
            "policy", "policies", "procedures?", "strategy", "strategies", "protocols?", "guidance", "handbook",
            "terms of reference", "framework", "statement",
        ),
    ),
)  # fmt: skip
_WORDS = tuple((source, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)) for source, words in _TELLING)
_PAPERS = frozenset({"doc", "docx", "odt", "pdf", "rtf", "txt", "md", "ppt", "pptx"})

_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? ?({_MONTH})\.?,? ?(\d{{4}})(?!\d)", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(\d{4})[-.]?(\d{2})[-.]?(\d{2})(?!\d)")
_BRITISH = re.compile(r"(?<!\d)(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)")
_WHOLE_MONTH = re.compile(rf"(?<![a-z])({_MONTH})\.?,? ?(\d{{4}})(?!\d)", re.IGNORECASE)
_ISO_MONTH = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?![-\d])")
_SOUND_YEARS = range(1990, 2100)


def first_guess(attachment: AttachmentDraft, today: date, modified: date | None = None) -> EvidenceDraft:
    """Return what a file or link is likely to be.

    Args:
        attachment: The file or link.
        today: The day it is taken.
        modified: The day the file was last written; None: unknown.
    """
    title = title_from(attachment.name)
    dated = date_in(attachment.name) or modified or today
    return EvidenceDraft(title=title, source=guessed_source(attachment.name), dated=min(dated, today), received=today)


def guess_of_all(attachments: Sequence[AttachmentDraft], today: date, modified: Sequence[date | None]) -> EvidenceDraft:
    """Return what several files are likely to be when they are one piece: named by the first, dated by the latest."""
    guesses = [first_guess(each, today, day) for each, day in zip(attachments, modified, strict=True)]
    latest = max((guess.dated for guess in guesses if guess.dated is not None), default=None)
    first = guesses[0]
    return EvidenceDraft(title=first.title, source=first.source, dated=latest, received=today)


def guessed_source(name: str) -> EvidenceSource:
    """Return where proof of this name is likely to come from; papers that say nothing of it count as policy."""
    plain = name.replace("_", " ")
    for source, words in _WORDS:
        if words.search(plain):
            return source
    ending = name.rpartition(".")[2].casefold()
    return EvidenceSource.POLICY if ending in _PAPERS else EvidenceSource.DATA


def date_in(name: str) -> date | None:
    """Return the day that a name says, such as 2021-03-12 or 12 March 2021; of a month alone, its last day."""
    plain = name.replace("_", " ")
    for found in _DAY.finditer(plain):
        if day := _made(int(found[3]), _month(found[2]), int(found[1])):
            return day
    for pattern, order in ((_ISO, (1, 2, 3)), (_BRITISH, (3, 2, 1))):
        for found in pattern.finditer(plain):
            if day := _made(*(int(found[place]) for place in order)):
                return day
    for found in _WHOLE_MONTH.finditer(plain):
        if day := _end_of(int(found[2]), _month(found[1])):
            return day
    for found in _ISO_MONTH.finditer(plain):
        if day := _end_of(int(found[1]), int(found[2])):
            return day
    return None


def _month(text: str) -> int:
    return MONTHS.index(text[:3].capitalize()) + 1


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _SOUND_YEARS else None
    except ValueError:
        return None


def _end_of(year: int, month: int) -> date | None:
    first = _made(year, month, 1)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) if first else None
