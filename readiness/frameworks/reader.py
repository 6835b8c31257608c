"""Reader: a framework file becomes a draft, or is refused with all its faults, each with its place and its cure.

The file is TOML and only data: nothing in it is ever run. Source: design.md, sections 2 and 3.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeVar

from readiness.domain.due import parse_due_rule
from readiness.domain.errors import BadValue, FrameworkError
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import Kind, Priority, Word

FORMAT = 1
LARGEST_BYTES = 2_000_000
TOO_LARGE = (
    "The file is larger than 2 MB, so it is no checklist. Choose another file, or take out what does not belong."
)

Place = tuple[str | int, ...]
"""Where something stands: ("areas", 0, "items", 2, "kind"); () is the file itself."""

Table = Mapping[str, object]
AnyWord = TypeVar("AnyWord", bound=Word)

# The keys that hold text, each with the most characters it may have.
_HEAD = {"id": 60, "edition": 60, "title": 300, "short_title": 40, "summary": 300}
_AREA = {"code": 10, "title": 300}
_ITEM = {
    "reference": 30,
    "title": 300,
    "good": 4000,
    "kind": 30,
    "service": 100,
    "due": 60,
    "priority": 30,
    "basis": 100,
}
_LONGEST_GRADE = 60
_OF_SEVERAL_LINES = frozenset({"good"})
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOML_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)

_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_TABLE_LINE = re.compile(r"\s*(\[\[?)\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*\]\]?\s*", re.ASCII)
_KEY_LINE = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=", re.ASCII)


def read_framework_file(path: Path) -> FrameworkDraft:
    """Read a framework from a file of somebody's choice. Raises FrameworkError, also when it cannot be opened."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise FrameworkError(path.name, [f"There is no file {path}. Check its name and its folder."]) from None
    except (OSError, ValueError):  # a folder, no permission, a name the system cannot take
        cure = "Check that it is a file, that you may read it, and that no other program holds it."
        raise FrameworkError(path.name, [f"{path} cannot be opened. {cure}"]) from None
    if len(content) > LARGEST_BYTES:
        raise FrameworkError(path.name, [TOO_LARGE])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = f"line {line}: This is not UTF-8 text. Save the file again as plain text with the encoding UTF-8."
        raise FrameworkError(path.name, [fault]) from None
    return read_framework(text, path.name)


def read_framework(text: str, source: str) -> FrameworkDraft:
    """Read a framework.

    Args:
        text: The whole file.
        source: What the messages call it, such as the file's name.

    Raises:
        FrameworkError: With all faults at once, in the order of the file; a syntax error hides those that follow it.
    """
    text = text.removeprefix("\ufeff")
    document = _parse(text, source)
    faults = _Faults()
    draft = _framework(document, faults)
    if faults.found:
        raise FrameworkError(source, faults.in_words(_line_numbers(text)))
    return draft


def _parse(text: str, source: str) -> Table:
    import tomllib  # 10 ms, and most starts read no framework

    if len(text.encode("utf-8", "replace")) > LARGEST_BYTES:
        raise FrameworkError(source, [TOO_LARGE])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.fullmatch(str(error))
        reason = (match[1] if match else str(error)).rstrip(".")
        reason = reason.replace("', '", ".").replace("('", "“").replace("',)", "”").replace("')", "”")  # a key's path
        line, column = (match[2], match[3]) if match else (None, None)
        place = f"line {line}, column {column}" if line else "at the end of the file"
        cure = 'Correct the line; text stands in straight quotation marks, as in title = "…".'
        fault = f"{place}: {_shown(reason, 200)}. {cure}"
    except RecursionError:
        fault = "The file is nested too deeply. Write [[areas]] and [[areas.items]] only."
    except ValueError:  # a number of thousands of digits, which Python refuses to read
        fault = "The file holds a value that cannot be read, such as a number that is far too long. Correct it."
    raise FrameworkError(source, [fault]) from None


class _Faults:
    """The faults met so far, each with its place; `first` is the place of the other of two that clash."""

    def __init__(self) -> None:
        self.found: list[tuple[Place, str, Place | None]] = []

    def add(self, place: Place, reason: str, first: Place | None = None) -> None:
        self.found.append((place, reason, first))

    def in_words(self, lines: Mapping[Place, int]) -> list[str]:
        """Return the faults as sentences, in the order of the file."""
        ordered = sorted(self.found, key=lambda fault: _nearest_line(fault[0], lines))
        return [
            f"{_where(place, lines)}: {reason}" + (f" It stands first at {_where(first, lines)}." if first else "")
            for place, reason, first in ordered
        ]


def _framework(document: Table, faults: _Faults) -> FrameworkDraft:
    texts = _texts(document, _HEAD, (), faults, others=("format", "scales", "areas"))
    _check_format(document, faults)
    if texts["id"] and not _ID.fullmatch(texts["id"]):
        cure = "Write small letters, digits and single hyphens only, such as “ilacs-2018”."
        faults.add(("id",), f"“{_shown(texts['id'])}” cannot be an id. {cure}")
    scales = _scales(document.get("scales", {}), faults)
    tables = _tables(document.get("areas", []), ("areas",), faults)
    if not tables and document.get("areas", []) == []:
        faults.add((), "There is no area. Add at least one [[areas]] with its code and title.")
    codes: dict[str, Place] = {}
    references: dict[str, Place] = {}
    areas = tuple(_area(table, place, scales, codes, references, faults) for place, table in tables)
    return FrameworkDraft(
        texts["id"], texts["edition"], texts["title"], texts["short_title"], texts["summary"], scales, areas
    )


def _check_format(document: Table, faults: _Faults) -> None:
    value = document.get("format")
    if "format" not in document:
        faults.add((), f"“format” is missing. Write format = {FORMAT} above everything else.")
    elif type(value) is not int or value != FORMAT:  # true is no number here; nor is it shown: it may be endless
        cure = f"Write format = {FORMAT}; a file made for a newer version of the program needs that version."
        faults.add(("format",), f"This format is not known. {cure}")


def _scales(value: object, faults: _Faults) -> dict[str, tuple[str, ...]]:
    """Return the scales by name; one with faults keeps its name, so that areas which use it are not blamed too."""
    if not isinstance(value, dict):
        faults.add(
            ("scales",), f"“scales” must be a table, not {_type_in_words(value)}. Write [scales] above its names."
        )
        return {}
    return {name: _grades(grades, ("scales", name), faults) for name, grades in value.items()}


def _grades(value: object, place: Place, faults: _Faults) -> tuple[str, ...]:
    name = _shown(str(place[-1]))
    if not isinstance(value, list) or not value:
        faults.add(place, f'The scale “{name}” must list its grades, best first. Write {name} = ["…", "…"].')
        return ()
    grades = [_text(grade, f"grade {n} of “{name}”", _LONGEST_GRADE, place, faults) for n, grade in enumerate(value, 1)]
    known: set[str] = set()
    for grade in filter(None, grades):
        if grade.casefold() in known:
            faults.add(place, f"The scale “{name}” lists “{_shown(grade)}” twice. Remove one.")
        known.add(grade.casefold())
    return tuple(grades)


def _area(
    table: Table,
    place: Place,
    scales: Mapping[str, tuple[str, ...]],
    codes: dict[str, Place],
    references: dict[str, Place],
    faults: _Faults,
) -> AreaDraft:
    texts = _texts(table, _AREA, place, faults, others=("scale", "items"))
    _check_unique("area code", texts["code"], (*place, "code"), codes, faults)
    items = _tables(table.get("items", []), (*place, "items"), faults)
    return AreaDraft(
        **texts,
        scale=_scale(table, place, scales, faults),
        items=tuple(_item(item, item_place, references, faults) for item_place, item in items),
    )


def _scale(table: Table, place: Place, scales: Mapping[str, tuple[str, ...]], faults: _Faults) -> tuple[str, ...]:
    if "scale" not in table:
        return ()
    place = (*place, "scale")
    name = _text(table["scale"], "“scale”", _LONGEST_GRADE, place, faults)
    if name and name not in scales:
        known = f"write {_listed(scales)}" if scales else "add it under [scales]"
        faults.add(place, f"There is no scale “{_shown(name)}”. Remove the line, or {known}.")
    return scales.get(name, ())


def _item(table: Table, place: Place, references: dict[str, Place], faults: _Faults) -> ItemDraft:
    texts = _texts(table, _ITEM, place, faults)
    _check_unique("reference", texts["reference"], (*place, "reference"), references, faults)
    return ItemDraft(
        reference=texts["reference"],
        title=texts["title"],
        guidance=texts["good"],
        kind=_word(Kind, texts["kind"], (*place, "kind"), faults) or Kind.DOCUMENT,
        service=texts["service"],
        due_rule=_due_rule(texts["due"], (*place, "due"), faults),
        priority=_word(Priority, texts["priority"], (*place, "priority"), faults) or Priority.IMPORTANT,
        basis=texts["basis"],
    )


def _due_rule(text: str, place: Place, faults: _Faults) -> str:
    """Return a rule as it is written everywhere; "" where it is missing or bad."""
    if not text:
        return ""  # its fault is noted
    try:
        return str(parse_due_rule(text))
    except BadValue as error:
        faults.add(place, str(error))
        return ""


def _word(words: type[AnyWord], text: str, place: Place, faults: _Faults) -> AnyWord | None:
    """Return a word by its code, forgiving case and spaces; None where it is missing or unknown."""
    code = "_".join(text.lower().split())
    for word in words:
        if word.value == code:
            return word
    if text:
        faults.add(place, f"“{_shown(text)}” is no {place[-1]}. Write {_listed([word.value for word in words])}.")
    return None


def _check_unique(what: str, text: str, place: Place, seen: dict[str, Place], faults: _Faults) -> None:
    if not text:
        return
    first = seen.setdefault(text.casefold(), place)
    if first != place:
        faults.add(place, f"The {what} “{_shown(text)}” is used already; capitals make no difference.", first)


def _tables(value: object, place: Place, faults: _Faults) -> list[tuple[Place, Table]]:
    """Return the tables of a list, each with its place."""
    name = ".".join(str(part) for part in place if isinstance(part, str))
    if not isinstance(value, list):
        faults.add(place, f"“{place[-1]}” must be a list of tables. Write [[{name}]] in double brackets above each.")
        return []
    found: list[tuple[Place, Table]] = []
    for number, table in enumerate(value):
        if isinstance(table, dict):
            found.append(((*place, number), table))
        else:
            faults.add(
                (*place, number), f"This must be a table, not {_type_in_words(table)}. Write [[{name}]] above it."
            )
    return found


def _texts(
    table: Table, longest: Mapping[str, int], place: Place, faults: _Faults, others: Collection[str] = ()
) -> dict[str, str]:
    """Return the texts of a table by key, "" where one is faulty; notes unknown and missing keys too."""
    known = [*longest, *others]
    for key in table:
        if key not in known:
            faults.add(
                (*place, key), f"The key “{_shown(key)}” is not known here. Remove it, or write {_listed(known)}."
            )
    texts = dict.fromkeys(longest, "")
    for key, most in longest.items():
        if key in table:
            texts[key] = _text(table[key], f"“{key}”", most, (*place, key), faults)
        else:
            faults.add(place, f'“{key}” is missing. Add {key} = "…" here.')
    return texts


def _text(value: object, name: str, longest: int, place: Place, faults: _Faults) -> str:
    """Return a text without the space around it; "" where it is none, empty, too long, or holds what no page can."""
    if not isinstance(value, str):
        faults.add(place, f"{name} must be text, not {_type_in_words(value)}. Put it in quotation marks.")
        return ""
    text = value.strip()
    breaks = "\n\t" if place[-1] in _OF_SEVERAL_LINES else ""
    if not text:
        faults.add(place, f"{name} is empty. Write something between the quotation marks.")
    elif len(text) > longest:
        faults.add(place, f"{name} has {len(text):,} characters. Shorten it to {longest:,}.")
    elif any(_is_control(character) and character not in breaks for character in text):
        faults.add(place, f"{name} holds a line break or a control character. Write it without.")
    else:
        return text
    return ""


def _is_control(character: str) -> bool:
    """Whether a character cannot be shown or kept in a workbook: controls, halves of characters, non-characters."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in "\ufffe\uffff"


def _type_in_words(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
        case str():
            return "text"
    return "a date or time"


def _shown(text: str, longest: int = 60) -> str:
    """Return somebody's text as a message can carry it: one short line."""
    line = "".join("?" if _is_control(character) else character for character in text[: longest + 1])
    return line if len(line) <= longest else f"{line[:longest]}…"


def _listed(words: Collection[str]) -> str:
    shown = [_shown(word) for word in words]
    return " or ".join([*([", ".join(shown[:-1])] if shown[1:] else []), *shown[-1:]])


def _where(place: Place, lines: Mapping[Place, int]) -> str:
    """Return a place in words: its line; or its path, after the line of what it is in where that is known."""
    if place in lines:
        return f"line {lines[place]}"
    path = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{_shown(part)}" for part in place).lstrip(".")
    line = _nearest_line(place, lines)
    return f"line {line}, {path}" if line else path or "at the top"


def _nearest_line(place: Place, lines: Mapping[Place, int]) -> int:
    """Return the line of a place, or of the nearest it is in; 0: none is known."""
    return next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 0)


def _line_numbers(text: str) -> dict[Place, int]:
    """Return the lines of tables and keys, counted from 1; keys in quotation marks or inside { } are left out.

    Args:
        text: TOML that has been parsed, so it is known to be sound.
    """
    bare = _STRING_OR_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    depth = 0  # of brackets: inside a list of several lines nothing is a table or a key
    for number, line in enumerate(bare.split("\n"), start=1):
        if depth == 0 and (header := _TABLE_LINE.fullmatch(line)):
            table = _table_place(header[2], header[1] == "[[", counts)
            lines.setdefault(table, number)
            continue
        if depth == 0 and (key := _KEY_LINE.match(line)):
            parts = tuple(part.strip() for part in key[1].split("."))
            for end in range(1, len(parts) + 1):
                lines.setdefault((*table, *parts[:end]), number)
        depth += sum(line.count(mark) for mark in "[{") - sum(line.count(mark) for mark in "]}")
    return lines


def _table_place(name: str, is_listed: bool, counts: dict[Place, int]) -> Place:
    """Return the place of [name] or [[name]]; `counts` holds the number of the last table of each list, from 0."""
    *outer, last = (part.strip() for part in name.split("."))
    place: Place = ()
    for part in outer:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place])
    place = (*place, last)
    if is_listed:
        counts[place] = counts.get(place, -1) + 1
        return (*place, counts[place])
    return (*place, counts[place]) if place in counts else place
