"""Reader: a framework file becomes a draft, or is refused with all its faults, each with its place and its cure.

The file is TOML and only data: nothing in it is ever run. Source: design.md, sections 2 and 3.
"""

import re
from pathlib import Path

from readiness.domain.errors import FrameworkError
from readiness.domain.plain_words import shown
from readiness.domain.views import FrameworkDraft
from readiness.frameworks.bases import Bases, merged, no_bases, shipped_text
from readiness.frameworks.parts import LONGEST_ID, framework_of
from readiness.frameworks.places import Document, Faults, Source
from readiness.frameworks.values import ID, ID_CURE, flag_of, text_of

FORMAT = 1
LARGEST_BYTES = 2_000_000
TOO_LARGE = (
    "The file is larger than 2 MB, so it is no checklist. Choose another file, or take out what does not belong."
)
MOST_BASES = 8
"""So many files may stand on each other; a scheme of this world has two or three."""

_TOML_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def read_framework_file(path: Path) -> FrameworkDraft:
    """Read a framework from a file of somebody's choice. Raises FrameworkError, also when it cannot be opened.

    What it builds on is looked for among the frameworks that come with the program, then beside the file.
    """

    def bases(id_: str) -> str | None:
        shipped = shipped_text(id_)
        if shipped is not None or not ID.fullmatch(id_):
            return shipped
        beside = path.with_name(f"{id_}.toml")
        return _text_of_file(beside) if beside.exists() else None

    return read_framework(_text_of_file(path), path.name, bases)


def _text_of_file(path: Path) -> str:
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
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = f"line {line}: This is not UTF-8 text. Save the file again as plain text with the encoding UTF-8."
        raise FrameworkError(path.name, [fault]) from None


def read_framework(text: str, source: str, bases: Bases = no_bases) -> FrameworkDraft:
    """Read a framework.

    Args:
        text: The whole file.
        source: What the messages call it, such as the file's name.
        bases: Finds the text of the framework it builds on, by its id.

    Raises:
        FrameworkError: With all faults at once, in the order of the file; a syntax error hides those that follow it.
            Faults of a base are told in the name of the base's file.
    """
    own = _parsed(text, source)
    faults = Faults(is_whole=not _is_abstract(own))
    if not faults.is_whole:
        cure = "Choose a framework that builds on it, or remove the line to make it one of its own."
        faults.add(("abstract",), f"This file is only a base for others. {cure}")
    try:
        document = _on_its_base(own, faults, bases, ())
    except _Circle as circle:
        faults.is_whole = False
        faults.add(("base",), f"The files build on each other in a circle: {circle}. Take out one of these bases.")
        document = own
    draft = framework_of(document.table, faults)
    _check_head(own, faults)
    if faults.found:
        raise FrameworkError(source, faults.in_words(document))
    return draft


def is_only_a_base(text: str) -> bool:
    """Whether a file is there for others to build on, and no framework by itself; False where it cannot be read."""
    try:
        return _is_abstract(_parsed(text, ""))
    except FrameworkError:
        return False


class _Circle(Exception):
    """Files build on each other; the message names them in turn."""


def _on_its_base(own: Document, faults: Faults, bases: Bases, above: tuple[str, ...]) -> Document:
    """Return a file with all that it has from its base, as far as that can be had; `above` are the ids from the
    first file down to this one, none for the first."""
    if "base" not in own.table:
        if "drop" in own.table:
            cure = 'Remove the line, or write base = "…" above it.'
            faults.add(("drop",), f"This file builds on no other, so there is nothing to drop. {cure}")
        return own
    id_ = text_of(own.table["base"], "“base”", LONGEST_ID, ("base",), faults)
    if id_ and not ID.fullmatch(id_):
        faults.add(("base",), f"“{shown(id_)}” cannot be the id of a base. {ID_CURE}")
        id_ = ""
    ids = (*above, id_) if above else (str(own.table.get("id", "")).strip(), id_)
    if id_ and id_ in ids[:-1]:
        raise _Circle(_chain(ids[ids.index(id_) :]))
    if len(ids) > MOST_BASES:
        faults.add(("base",), f"More than {MOST_BASES} files build on each other. Write one of them out whole.")
        id_ = ""
    text = bases(id_) if id_ else None
    if id_ and text is None:
        cure = f"Put {id_}.toml beside this file, or correct the line."
        faults.add(("base",), f"There is no framework “{id_}” to build on. {cure}")
    if text is None:
        faults.is_whole = False  # what is missing may stand in the base
        return own
    return merged(_base(id_, text, bases, ids), own, faults)


def _chain(ids: tuple[str, ...]) -> str:
    """Return “a builds on b, which builds on a”."""
    return f"{ids[0]} builds on " + ", which builds on ".join(ids[1:])


def _base(id_: str, text: str, bases: Bases, ids: tuple[str, ...]) -> Document:
    """Return a base with all that it has from its own. Raises FrameworkError in the name of its file."""
    own = _parsed(text, f"{id_}.toml")
    faults = Faults(is_whole=not _is_abstract(own))
    document = _on_its_base(own, faults, bases, ids)
    framework_of(document.table, faults)
    _check_head(own, faults)
    if own.table.get("id") != id_:
        faults.add(("id",), f'The file {id_}.toml must have the id of its name. Write id = "{id_}".')
    if faults.found:
        raise FrameworkError(own.source.name, faults.in_words(document))
    return document


def _check_head(own: Document, faults: Faults) -> None:
    flag_of(own.table, "abstract", (), faults)
    value = own.table.get("format")
    if "format" not in own.table:
        faults.add((), f"“format” is missing. Write format = {FORMAT} above everything else.")
    elif type(value) is not int or value != FORMAT:  # true is no number here; nor is it shown: it may be endless
        cure = f"Write format = {FORMAT}; a file made for a newer version of the program needs that version."
        faults.add(("format",), f"This format is not known. {cure}")


def _is_abstract(document: Document) -> bool:
    return document.table.get("abstract") is True


def _parsed(text: str, name: str) -> Document:
    import tomllib  # 10 ms, and most starts read no framework

    text = text.removeprefix("\ufeff")
    if len(text.encode("utf-8", "replace")) > LARGEST_BYTES:
        raise FrameworkError(name, [TOO_LARGE])
    try:
        return Document(Source(name, text), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.fullmatch(str(error))
        reason = (match[1] if match else str(error)).rstrip(".")
        reason = reason.replace("', '", ".").replace("('", "“").replace("',)", "”").replace("')", "”")  # a key's path
        line, column = (match[2], match[3]) if match else (None, None)
        place = f"line {line}, column {column}" if line else "at the end of the file"
        cure = 'Correct the line; text stands in straight quotation marks, as in title = "…".'
        fault = f"{place}: {shown(reason, 200)}. {cure}"
    except RecursionError:
        fault = "The file is nested too deeply. Write [[areas]] and [[areas.items]] only."
    except ValueError:  # a number of thousands of digits, which Python refuses to read
        fault = "The file holds a value that cannot be read, such as a number that is far too long. Correct it."
    raise FrameworkError(name, [fault]) from None
