"""Birth dates: finds dates of birth in text and in rows of tables. Pure rules; the day is passed in.

A date is one in three cases, and never when it lies after the day:

1. It stands within a few words after "DOB" or "date of birth", or right before it; or in a column so headed. The words
   between must not be such as make it a deadline or a span ("by", "between", "must").
2. It stands so after "born", and somebody born then is 25 at most. Cohorts ("pupils born on or after") are none.
3. It stands beside a personal name and nothing else that explains it: a given name (given_names.py) with a name beside
   it, in a line of few words whose date is in numbers, or in a row of short cells whose column has no heading. A word
   of meetings, signatures, versions or offices in it (signed, version, due, Cllr, head) says what the date is
   instead, and so does a time of day. Somebody born then is 25 at most.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from readiness.domain.given_names import GIVEN_NAMES

OLDEST_CHILD = 25
"""Years: councils answer for young people with an education, health and care plan until then."""

OLDEST = 120

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
_MONTH += "|nov(?:ember)?|dec(?:ember)?)"
_DATE = re.compile(
    r"(?<![0-9/.-])(?:"
    r"(?P<d1>[0-9]{1,2})(?P<sign>[/.-])(?P<m1>[0-9]{1,2})(?P=sign)(?P<y1>[0-9]{4}|[0-9]{2})"
    r"|(?P<y2>[0-9]{4})-(?P<m2>[0-9]{1,2})-(?P<d2>[0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?"
    rf"|(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?(?P<m3>{_MONTH})\.?,?[ -](?P<y3>[0-9]{{4}}|[0-9]{{2}})"
    r")(?![0-9]|[/.-][0-9])"
    rf"|(?<![A-Za-z])(?P<m4>{_MONTH})\.? (?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>[0-9]{{4}})(?![0-9])",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4}")
_LABEL = re.compile(
    r"(?<![a-z])(?:(?P<birth>d\.?\s?o\.?\s?b(?![a-z])\.?|(?:date|day)\s{1,3}of\s{1,3}birth|birth[\s-]{0,3}da(?:te|y))|(?P<born>born))"
    r"(?![a-z])",
    re.IGNORECASE,
)
_PARTS_OF_LABELS = ("birth", "born", "dob", "d.o", "d o")
_SPAN_OF_BIRTHS = re.compile(r"(?<![a-z])(?:range|from|to|between|before|after)(?![a-z])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_EXPLAINING = """
after amended announced approved audited before between by checked collected completed dates due during each every
exceeding from given include included includes including issued later missing must need needs new no not onwards or
prior published range received recorded records report reported required return returned reviewed sent shall should
since submit submitted than then to until updated when where will with within without
"""
_EXPLAINS = frozenset(_EXPLAINING.split())
"""Words between "date of birth" and a date that say that the date is something else."""

_MANY = re.compile(
    r"(?:children|babies|pupils|students|people|those|all|anyone|anybody|someone|everyone|learners|cohorts?|adults"
    r"|siblings|twins|infants|persons|girls|boys|are|were|if|be)\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*(?:to|and|until|till|or|through|–|—|-)\s*(?:on\s+)?(?:[0-9]|the\s+[0-9]|after|before|later)")
_RIGHT_BEFORE = re.compile(r"\s{0,2}(?:[(\[,–-]\s?)?$")
_MOST_WORDS, _NEAR = 5, 60

_ADMIN_WORDS = """
action actions adviser advisor agenda amended appointed appraisal approved april assistant audit author authorised
board by cabinet chair chairman checked cllr commissioner committee complete completed consultant contact council
councillor created date dated deadline deputy director doctor dr draft due email executive final from governor green
head headteacher inspector interim issue issued joined last lead leader left manager meeting member minutes modified
mp nurse of off office officer on outcome owner page partner posted practice practitioner present printed progress
published re received red report retired review reviewed reviewer revised revision sent signature signed social
sponsor staff start started status submitted supervision supervisor target teacher team training until update
updated uploaded v version visit was went will worker
"""
_ADMIN = frozenset(_ADMIN_WORDS.split())
"""Words that say what the date beside a name is: of a meeting, a signature, a version, an office."""

_PLACE_WORDS = """
academy avenue centre close college commission court garden hospital house infant infants junior lane nursery park
primary road school secondary street surgery trust ward way
"""
_PLACES = frozenset(_PLACE_WORDS.split())
"""Words that make a name that of a place."""

_MARKS = str.maketrans(dict.fromkeys(',;:.()[]|/"“”–-', " "))
_TIME = re.compile(r"[0-9]{1,2}[:.][0-9]{2}(?![0-9./-])|[0-9] ?[ap]\.?m\b", re.IGNORECASE)
_LONGEST_LINE, _MOST_OTHER_WORDS = 80, 2
_LONGEST_CELL, _LONGEST_ROW, _MOST_CELLS = 60, 240, 12


def births_in_text(text: str, day: date) -> Iterator[int]:
    """Yield where the dates of birth of a text of one or more lines stand."""
    seen: set[int] = set()
    for place in _labelled(text, day):
        if place not in seen:
            seen.add(place)
            yield place
    for found in _NUMBERS.finditer(text):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        line = text[start : end if end >= 0 else len(text)]
        if len(line) <= _LONGEST_LINE and found.start() not in seen and _is_name_and_date(line, day):
            seen.add(found.start())
            yield found.start()


def births_in_row(cells: Sequence[str], headings: Sequence[str], day: date) -> int:
    """Return how many dates of birth stand in a row of a table.

    Args:
        cells: The row.
        headings: What stands above its cells; empty where the table has no headings.
        day: The day of the scan.
    """
    headed = [number for number, heading in enumerate(headings[: len(cells)]) if is_birth_heading(heading)]
    count = sum(1 for number in headed if _is_alone_and_past(cells[number], day))
    if count:
        return count
    count = sum(1 for _ in _labelled(" | ".join(filter(None, cells)), day))
    return count or int(_is_record(cells, headings, day))


def is_birth_heading(heading: str) -> bool:
    """Whether a column so headed holds dates of birth."""
    found = _LABEL.search(heading) if len(heading) <= _LONGEST_CELL else None
    return found is not None and not _SPAN_OF_BIRTHS.search(heading)


def holds_date(text: str) -> bool:
    """Whether there is a date in a text."""
    return _DATE.search(text) is not None


def _labelled(text: str, day: date) -> Iterator[int]:
    small = text.lower()  # plain searches first: they are many times as fast as the pattern
    if not any(word in small for word in _PARTS_OF_LABELS):
        return
    for label in _LABEL.finditer(text):
        oldest = OLDEST_CHILD if label["born"] else OLDEST
        line = text.rfind("\n", 0, label.start()) + 1
        before = text[max(line, label.start() - _NEAR) : label.start()]
        if label["born"] and _MANY.search(before):
            continue
        after = text[label.end() : label.end() + _NEAR].split("\n", 1)[0]
        found = _DATE.search(after)
        if found is not None and _is_close(after[: found.start()]) and not _GOES_ON.match(after, found.end()):
            if _is_birth(found, day, oldest):
                yield label.end() + found.start()
        elif label["birth"]:
            dates = [each for each in _DATE.finditer(before) if _RIGHT_BEFORE.fullmatch(before, each.end())]
            if dates and _is_birth(dates[-1], day, OLDEST):
                yield label.start() - len(before) + dates[-1].start()


def _is_close(gap: str) -> bool:
    """Whether what stands between "date of birth" and a date leaves no doubt that they belong together."""
    words = [word.casefold() for word in _WORD.findall(gap)]
    if len(words) > _MOST_WORDS or _EXPLAINS.intersection(words) or ". " in gap or ";" in gap:
        return False
    return "|" not in gap or (gap.count("|") == 1 and not gap.rpartition("|")[2].strip())


def _is_record(cells: Sequence[str], headings: Sequence[str], day: date) -> bool:
    """Whether a row of short cells is a name with a date that nothing explains."""
    filled = list(filter(None, cells))
    if not 2 <= len(filled) <= _MOST_CELLS or sum(map(len, filled)) > _LONGEST_ROW:
        return False
    if max(map(len, filled)) > _LONGEST_CELL or not _names_given(" ".join(filled)):
        return False
    unnamed = (cell for number, cell in enumerate(cells) if not (number < len(headings) and headings[number]))
    if not any(_is_alone_and_past(cell, day, OLDEST_CHILD) for cell in unnamed):
        return False
    if _is_explained(" ".join(filled)):
        return False
    people = [cell for cell in filled if _PLACES.isdisjoint(cell.casefold().split())]
    return any(cell.casefold() in GIVEN_NAMES for cell in people) or _holds_name(" ".join(people))


def _is_name_and_date(line: str, day: date) -> bool:
    """Whether a line is a name with a date in numbers and hardly anything else."""
    if not _names_given(line):
        return False
    dates = list(_DATE.finditer(line))
    if len(dates) != 1 or not _is_birth(dates[0], day, OLDEST_CHILD) or dates[0]["m3"] or dates[0]["m4"]:
        return False
    rest = f"{line[: dates[0].start()]} {line[dates[0].end() :]}"
    if _is_explained(rest) or not _holds_name(rest) or not _PLACES.isdisjoint(rest.casefold().split()):
        return False
    return sum(not word[0].isupper() for word in _WORD.findall(rest)) <= _MOST_OTHER_WORDS


def _is_explained(text: str) -> bool:
    return bool(_ADMIN.intersection(word.casefold() for word in _WORD.findall(text)) or _TIME.search(text))


def _names_given(text: str) -> bool:
    """Whether a given name stands in a text at all: asked first, because it is quick."""
    return not GIVEN_NAMES.isdisjoint(text.translate(_MARKS).casefold().split())


def _holds_name(text: str) -> bool:
    """Whether a given name stands beside another word that may be a name."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    capitals = [word[0].isupper() for word in words]
    return any(
        capitals[number]
        and word.casefold() in GIVEN_NAMES
        and (any(capitals[max(number - 1, 0) : number]) or any(capitals[number + 1 : number + 2]))
        for number, word in enumerate(words)
    )


def _is_alone_and_past(cell: str, day: date, oldest: int = OLDEST) -> bool:
    found = _DATE.fullmatch(cell.strip())
    return found is not None and _is_birth(found, day, oldest)


def _is_birth(found: re.Match[str], day: date, oldest: int) -> bool:
    """Whether somebody born on that date is from 0 to so many years old on the day."""
    born = _date(found, day)
    if born is None or born > day:
        return False
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) <= oldest


def _date(found: re.Match[str], day: date) -> date | None:
    number, month, year = next(
        (found[f"d{form}"], found[f"m{form}"], found[f"y{form}"]) for form in "1234" if found[f"d{form}"]
    )
    months = int(month) if month.isdecimal() else _MONTHS.index(month[:3].casefold()) + 1
    try:
        if len(year) == 4:
            return date(int(year), months, int(number))
        recent = date(day.year // 100 * 100 + int(year), months, int(number))
        return recent if recent <= day else recent.replace(year=recent.year - 100)
    except ValueError:
        return None
