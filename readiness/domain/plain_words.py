"""Plain words: how messages show what somebody wrote in a file, count, and which characters no page can show."""

import unicodedata
from collections.abc import Collection


def is_control(character: str) -> bool:
    """Whether a character cannot be shown or kept in a workbook: controls, halves of characters, non-characters."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in "\ufffe\uffff"


def shown(text: str, longest: int = 60) -> str:
    """Return somebody's text as a message can carry it: one short line."""
    line = "".join("?" if is_control(character) else character for character in text[: longest + 1])
    return line if len(line) <= longest else f"{line[:longest]}…"


def listed(words: Collection[str]) -> str:
    """Return words as a choice: a, b or c."""
    each = [shown(word) for word in words]
    return " or ".join([*([", ".join(each[:-1])] if each[1:] else []), *each[-1:]])


def counted(count: int, noun: str) -> str:
    """Return "1 item", "9 items", "1,200 items"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def type_in_words(value: object) -> str:
    """Return what kind of value this is, as people who write no programs say it."""
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
