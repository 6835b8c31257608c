"""Values: what a framework file says becomes texts, words, rules and numbers, or a fault that names the cure."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TypeVar

from readiness.domain.due import Anchor, parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.plain_words import is_control, listed, shown, type_in_words
from readiness.domain.vocabulary import Word
from readiness.frameworks.places import Faults, Place

Table = Mapping[str, object]
AnyWord = TypeVar("AnyWord", bound=Word)

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_CURE = "Write small letters, digits and single hyphens only, such as “ilacs-2018”."
_OF_SEVERAL_LINES = frozenset({"good"})
_ALWAYS = frozenset({"id", "code", "reference", "number", "event"})
"""What an entry is known by: without it, no file could build on it."""


def texts_of(
    table: Table,
    longest: Mapping[str, int],
    place: Place,
    faults: Faults,
    others: Collection[str] = (),
    optional: Collection[str] = (),
) -> dict[str, str]:
    """Return the texts of a table by key, "" where one is faulty or left out; notes unknown and missing keys too.

    Args:
        table: The table.
        longest: The keys that hold text, each with the most characters it may have.
        place: Where it stands.
        faults: Where faults are noted.
        others: The keys that hold something else.
        optional: The keys that may be left out.
    """
    known = [*longest, *others]
    for key in table:
        if key not in known:
            faults.add((*place, key), f"The key “{shown(key)}” is not known here. Remove it, or write {listed(known)}.")
    texts = dict.fromkeys(longest, "")
    for key, most in longest.items():
        if key in table:
            texts[key] = text_of(table[key], f"“{key}”", most, (*place, key), faults)
        elif key not in optional:
            note_missing(key, "…", place, faults)
    return texts


def note_missing(key: str, example: object, place: Place, faults: Faults) -> None:
    """Note that a key is missing, with an example of what to write."""
    shown_example = f'"{example}"' if isinstance(example, str) else example
    reason = f"“{key}” is missing. Add {key} = {shown_example} here."
    if key in _ALWAYS:
        faults.add(place, reason)
    else:
        faults.add_if_whole(place, reason)


def text_of(value: object, name: str, longest: int, place: Place, faults: Faults) -> str:
    """Return a text without the space around it; "" where it is none, empty, too long, or holds what no page can."""
    if not isinstance(value, str):
        faults.add(place, f"{name} must be text, not {type_in_words(value)}. Put it in quotation marks.")
        return ""
    text = value.strip()
    breaks = "\n\t" if place[-1] in _OF_SEVERAL_LINES else ""
    if not text:
        faults.add(place, f"{name} is empty. Write something between the quotation marks.")
    elif len(text) > longest:
        faults.add(place, f"{name} has {len(text):,} characters. Shorten it to {longest:,}.")
    elif any(is_control(character) and character not in breaks for character in text):
        faults.add(place, f"{name} holds a line break or a control character. Write it without.")
    else:
        return text
    return ""


def list_of_texts(table: Table, key: str, longest: int, place: Place, faults: Faults) -> tuple[str, ...]:
    """Return a list of texts that differ, in any capitals; () where it is left out, and without those with faults."""
    if key not in table:
        return ()
    value, at = table[key], (*place, key)
    if not isinstance(value, list):
        faults.add(at, f'“{key}” must be a list, not {type_in_words(value)}. Write {key} = ["…", "…"].')
        return ()
    found = [text_of(each, f"entry {n} of “{key}”", longest, at, faults) for n, each in enumerate(value, 1)]
    known: set[str] = set()
    for text in filter(None, found):
        if text.casefold() in known:
            faults.add(at, f"“{key}” lists “{shown(text)}” twice. Remove one.")
        known.add(text.casefold())
    return tuple(filter(None, found))


def check_id(text: str, what: str, place: Place, faults: Faults) -> str:
    """Return a text that can be an id; "" where it cannot, or where it is missing and noted already."""
    if not text or ID.fullmatch(text):
        return text
    faults.add(place, f"“{shown(text)}” cannot be {what}. {ID_CURE}")
    return ""


def flag_of(table: Table, key: str, place: Place, faults: Faults) -> bool:
    """Return whether something is true; left out, it is not."""
    value = table.get(key, False)
    if isinstance(value, bool):
        return value
    faults.add((*place, key), f"“{key}” must be true or false, not {type_in_words(value)}. Write {key} = true.")
    return False


def number_of(table: Table, key: str, most: int, place: Place, faults: Faults) -> int:
    """Return a whole number, 1 to `most`; 0 where it is missing or bad."""
    if key not in table:
        note_missing(key, 1, place, faults)
        return 0
    value = table[key]
    if type(value) is int and 1 <= value <= most:  # true is no number here; nor is it shown: it may be endless
        return value
    faults.add((*place, key), f"“{key}” must be a whole number, 1 to {most}. Write {key} = 1.")
    return 0


def day_of(table: Table, key: str, place: Place, faults: Faults) -> date | None:
    """Return a date; None where it is left out or bad."""
    value = table.get(key)
    if key not in table or (isinstance(value, date) and not isinstance(value, datetime)):
        return value if isinstance(value, date) else None
    kind = "a date with a time" if isinstance(value, datetime) else type_in_words(value)
    cure = f"Write {key} = 2024-04-01, without quotation marks."
    faults.add((*place, key), f"“{key}” must be a date, not {kind}. {cure}")
    return None


def due_rule_of(text: str, place: Place, faults: Faults, anchors: Collection[Anchor] = ()) -> str:
    """Return a rule as it is written everywhere; "" where it is missing, bad, or hangs on none of some anchors."""
    if not text:
        return ""  # its fault is noted
    try:
        rule = parse_due_rule(text)
    except BadValue as error:
        faults.add(place, str(error).replace(text, shown(text)))
        return ""
    if anchors and rule.anchor not in anchors:
        counted = listed([f"{anchor.value} N" for anchor in anchors])
        faults.add(place, f"“{rule}” is not counted from the call. Write {counted}.")
        return ""
    return str(rule)


def word_of(words: type[AnyWord], text: str, place: Place, faults: Faults) -> AnyWord | None:
    """Return a word by its code, forgiving case and spaces; None where it is missing or unknown."""
    code = "_".join(text.lower().split())
    for word in words:
        if word.value == code:
            return word
    if text:
        faults.add(place, f"“{shown(text)}” is no {place[-1]}. Write {listed([word.value for word in words])}.")
    return None


def check_unique(what: str, text: str, place: Place, seen: dict[str, Place], faults: Faults) -> None:
    """Note a text that was used before."""
    if not text:
        return
    first = seen.setdefault(text.casefold(), place)
    if first != place:
        faults.add(place, f"The {what} “{shown(text)}” is used already; capitals make no difference.", first)


def check_known(what: str, texts: Collection[str], known: Mapping[str, str], place: Place, faults: Faults) -> None:
    """Note texts that name nothing there is; `known` holds what there is, by how it is compared."""
    for text in texts:
        if text.casefold() not in known:
            cure = f"write {listed(known.values())}" if known else f"add that {what} first"
            faults.add_if_whole(place, f"There is no {what} “{shown(text)}”. Remove it, or {cure}.")


def tables_of(value: object, place: Place, faults: Faults) -> list[tuple[Place, Table]]:
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
                (*place, number), f"This must be a table, not {type_in_words(table)}. Write [[{name}]] above it."
            )
    return found
