"""Texts: JSON from other laptops, read with bounds and without trust; and the same JSON written in one way only."""

import json
import re
from typing import Any, NoReturn

DEVICE = re.compile(r"[0-9a-f]{16}")
WORKSPACE = re.compile(r"[0-9a-f]{32}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
LARGEST_NUMBER = (1 << 63) - 1


class BadText(Exception):
    """Bytes that are not what they should be."""


def _refuse(text: str) -> NoReturn:
    raise ValueError(text[:20])


_DECODER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode
"""UTF-8, sorted keys, no spaces, no NaN."""


def read_json(content: bytes | str) -> Any:
    """Return what JSON says. Raises BadText for what is none, has numbers with a fraction, or is nested too deeply."""
    try:
        return _DECODER.decode(content if isinstance(content, str) else content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadText("no JSON") from error


def number(value: object, least: int = 0, most: int = LARGEST_NUMBER) -> int:
    """Return a whole number within bounds. Raises BadText."""
    if type(value) is not int or not least <= value <= most:
        raise BadText("no number of that size")
    return value


def text(value: object, most: int, pattern: re.Pattern[str] | None = None) -> str:
    """Return a text of at most `most` characters that fits a pattern as a whole. Raises BadText."""
    if not isinstance(value, str) or len(value) > most or (pattern is not None and not pattern.fullmatch(value)):
        raise BadText("no text of that form")
    return value


def hex_bytes(said: bytes) -> bytes:
    """Return the bytes that lower-case hex digits say: other spellings of the same are refused. Raises BadText."""
    try:
        found = bytes.fromhex(said.decode("ascii"))
    except ValueError as error:
        raise BadText("no hex digits") from error
    if found.hex().encode("ascii") != said:
        raise BadText("hex digits in another spelling")
    return found
