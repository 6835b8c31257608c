"""Identifiers: finds unique pupil numbers and NHS numbers in text, by their check characters. Pure rules.

Nothing here returns what was found, only where it begins: an identifier is never copied into a message or a record.

**Unique pupil number**: a check letter, eleven digits, and a digit or (temporary ones) a letter, in capitals or not. It
stands alone, not in a longer word or number. Spaces may part it where the letter stands against the digits (at most
four, and no part but the first is a single character, save in blocks of four from the left), or else where the parts it
is made of meet: authority, school, year, serial. Sums set in columns after a letter are therefore none.

**NHS number**: ten digits whose check digit fits, in one piece or in parts of 3, 3 and 4 with spaces between them or
twice the same hyphen. It stands in no longer number, is no fraction or sum of money, follows no letter but those of
"NHS" or "No", and is no telephone number with its country in front. Every such number is reported, whatever it begins
with, but for these: one that follows "meeting ID" or the like, which video calls write in the same parts; and one
without spaces that follows a word for a telephone, a reference, an invoice, an order or a book, or stands in a column
so headed, unless "NHS" stands near it. One number in eleven passes by chance, so a number that nothing names may be
something else; asking once too often is the better mistake.

Source: the Department for Education's guide to unique pupil numbers; the NHS data dictionary, "NHS number".
"""

import re
from collections.abc import Iterator

from readiness.domain.vocabulary import Word

CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of unique pupil numbers, by their value: I, O and S are not used."""


class Identifier(Word):
    """What tells a child."""

    UPN = "upn", "Unique pupil number"
    NHS_NUMBER = "nhs_number", "NHS number"
    BIRTH_DATE = "birth_date", "Date of birth"
    CHILD_LIST = "child_list", "Row of a child-level list"

    def counted(self, count: int) -> str:
        """Return how many of it in words: "2 NHS numbers"."""
        return f"{count:,} {_ONE[self] if count == 1 else _MANY[self]}"


_ONE = {
    Identifier.UPN: "unique pupil number",
    Identifier.NHS_NUMBER: "NHS number",
    Identifier.BIRTH_DATE: "date of birth",
    Identifier.CHILD_LIST: "row of a child-level list",
}
_MANY = {
    Identifier.UPN: "unique pupil numbers",
    Identifier.NHS_NUMBER: "NHS numbers",
    Identifier.BIRTH_DATE: "dates of birth",
    Identifier.CHILD_LIST: "rows of a child-level list",
}


_SPACE = " \u00a0\u2007\u2009\u202f"
_HYPHEN = "\\-\u2010\u2011\u2013"
_UPN = re.compile(
    rf"(?<![0-9A-Za-z])[A-HJ-NP-RT-Za-hj-np-rt-z]"
    rf"(?:[0-9]{{11}}|[0-9](?:[{_SPACE}]?[0-9]){{10}}[{_SPACE}]?"
    rf"|[{_SPACE}](?:[0-9]{{11}}|[0-9]{{3}}[{_SPACE}][0-9]{{4}}[{_SPACE}][0-9]{{2}}[{_SPACE}]?[0-9]{{2}}))"
    rf"[0-9A-HJ-NP-RT-Za-hj-np-rt-z](?![0-9A-Za-z])"
)
_NHS = re.compile(  # begins with a digit and looks back from there: three times as fast as looking back first
    rf"[0-9](?<![0-9][0-9])[0-9]{{2}}"
    rf"(?:[0-9]{{7}}|(?:[{_SPACE}][0-9]{{3}}[{_SPACE}]|([{_HYPHEN}])[0-9]{{3}}\1)[0-9]{{4}})(?![0-9]|\.[0-9])"
)
_SPACES = re.compile(f"[{_SPACE}]")
_NOT_DIGIT = re.compile("[^0-9]")
_LONGEST_PARTS = 5

_ABROAD = re.compile(
    rf"(?:(?:\+|(?<![0-9])(?<![0-9][{_SPACE}{_HYPHEN}])00)[0-9]{{0,3}}[{_SPACE}{_HYPHEN}]?|\(0\)[{_SPACE}]?|[£$€][{_SPACE}]?)$"
)
"""What goes before a telephone number with its country, or before a sum of money."""

_FRACTION = re.compile(r"[0-9]\.$")
_NAMED_BY_LETTERS = re.compile(r"(?<![A-Za-z])(?:nhs|no|nhsno)$", re.IGNORECASE)

_TELEPHONE = r"tel|tels|telephones?|phones?|mobiles?|mob|fax|freephone|helpline|hotline"
_BOOK = r"isbn(?:-?10)?|issn|uprn|uln|barcode"
_ORDER = (
    "".join(rf"(?<!{word} )" for word in ("care", "court", "adoption", "placement", "protection", "in")) + "orders?"
)
_REFERENCE = rf"refs?|references?|invoices?|inv|po|{_BOOK}|{_ORDER}"
_NUMBERED = r"(?:account|application|company|contact|contract|licence|planning|receipt|serial|ticket|transaction|vat)s?"
_NUMBER_WORD = r"nos?|numbers?|num|ids?|code|ref"
_LABEL = (
    rf"(?<![A-Za-z0-9])(?:{_TELEPHONE}|(?:call|ring|text|dial)(?=.{{0,6}}\bon\b)|{_REFERENCE}"
    rf"|{_NUMBERED}(?=[\s.]*(?:(?:{_NUMBER_WORD})\b|[:#])))"
)
_FILLER = (
    rf"(?:[\s.:,;#/&+()\[\]|\"'“”’_-]|\b(?:{_NUMBER_WORD}|is|are|was|on|us|or|and)\b"
    r"|(?<![0-9])[0-9]{10}(?![0-9])|"
    rf"{_TELEPHONE}|{_REFERENCE})*"
)
_LABELLED = re.compile(rf"{_LABEL}(?![A-Za-z]){_FILLER}$", re.IGNORECASE)
_HEADED = re.compile(rf"{_LABEL}(?![A-Za-z])", re.IGNORECASE)
_MEETING = re.compile(r"(?:meeting|webinar|conference|zoom)[\s_-]*(?:id|number|no)[\s.:#]*$", re.IGNORECASE)
_NAMES_NHS = re.compile(r"(?<![A-Za-z])nhs(?![A-Za-z])|(?<![A-Za-z])nhs_?n(?:o|um)", re.IGNORECASE)
_BEFORE, _NEAR_BEFORE, _NEAR_AFTER = 120, 30, 15


def is_upn(text: str) -> bool:
    """Whether 13 characters, in capitals or not, are a unique pupil number with the right check letter."""
    text = text.upper()
    if len(text) != 13 or text[0] not in CHECK_LETTERS:
        return False
    total = 0
    for weight, character in enumerate(text[1:], start=2):
        if "0" <= character <= "9":
            total += weight * (ord(character) - 48)
        elif weight == 13 and character in CHECK_LETTERS:
            total += weight * CHECK_LETTERS.index(character)
        else:
            return False
    return text[0] == CHECK_LETTERS[total % 23]


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number with the right check digit."""
    if len(digits) != 10 or _NOT_DIGIT.search(digits):
        return False
    return sum(weight * (ord(digit) - 48) for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def upns_in(text: str) -> Iterator[int]:
    """Yield where the unique pupil numbers of a text begin."""
    found = _UPN.search(text)
    while found is not None:
        is_one = is_upn(_SPACES.sub("", found[0])) and _is_parted_within_reason(_SPACES.split(found[0]))
        if is_one:
            yield found.start()
        found = _UPN.search(text, found.end() if is_one else found.start() + 1)


def _is_parted_within_reason(parts: list[str]) -> bool:
    """Whether spaces stand where people put them; a letter that stands alone was looked at before."""
    if len(parts) == 1 or len(parts[0]) == 1:
        return True
    sizes = [len(part) for part in parts]
    return len(parts) <= _LONGEST_PARTS and (min(sizes[1:]) > 1 or sizes == [4, 4, 4, 1])


def nhs_numbers_in(text: str, heading: str = "") -> Iterator[int]:
    """Yield where the NHS numbers of a text begin.

    Args:
        text: One or more lines.
        heading: What stands above it where it is a cell of a table.
    """
    for found in _NHS.finditer(text):
        if is_nhs_number(_NOT_DIGIT.sub("", found[0])) and not _is_something_else(text, found, heading):
            yield found.start()


def _is_something_else(text: str, found: re.Match[str], heading: str) -> bool:
    """Whether what stands around ten digits says that they are no NHS number."""
    start, end = found.span()
    before = text[max(start - _BEFORE, 0) : start].rpartition("\n")[2]
    if text[end : end + 1].isalpha() or (before[-1:].isalpha() and not _NAMED_BY_LETTERS.search(before[-6:])):
        return True
    if _FRACTION.search(before[-2:]) or _ABROAD.search(before[-12:]) or _MEETING.search(before[-24:]):
        return True
    hyphen = found[1]
    if hyphen and (before.endswith(hyphen) or text[end : end + 1] == hyphen):
        return True  # parts of a longer number
    if not hyphen and end - start > 10:
        return False  # with spaces
    labelled = _LABELLED.search(before) or _HEADED.search(heading)
    return bool(labelled) and not _NAMES_NHS.search(
        f"{heading} {before[-_NEAR_BEFORE:]} | {text[end : end + _NEAR_AFTER]}"
    )
