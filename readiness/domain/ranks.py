"""Ranks: text keys that order children, with room for another between any two (fractional indexing, base 62).

Source: merge.md, section 6.8.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)
_VALUE = {digit: number for number, digit in enumerate(DIGITS)}


def between(before: str, after: str) -> str:
    """Return a key that sorts after `before` and before `after`; "" stands for the start or the end.

    Raises ValueError when `after` does not sort after `before`.
    """
    if after and not before < after.rstrip("0"):  # nothing lies between "a" and "a0"
        raise ValueError(f"no key lies between {before!r} and {after!r}")
    key = ""
    place = 0
    while True:
        low = _VALUE[before[place]] if place < len(before) else 0
        bounded = after and after.startswith(key)
        high = (_VALUE[after[place]] if place < len(after) else 0) if bounded else _BASE
        if high - low > 1:
            return key + DIGITS[(low + high) // 2]
        key += DIGITS[low]
        if bounded and high > low:
            after = ""  # the key is below it already: from here on nothing bounds it above
        place += 1


def spread(count: int) -> list[str]:
    """Return `count` keys in order, evenly far apart, all of one length."""
    length, room = 1, _BASE
    while room < 2 * (count + 1):
        length, room = length + 1, room * _BASE
    return [_written(number * room // (count + 1), length) for number in range(1, count + 1)]


def _written(number: int, length: int) -> str:
    digits = ""
    for _ in range(length):
        number, rest = divmod(number, _BASE)
        digits = DIGITS[rest] + digits
    return digits.rstrip("0") or "1"


def following(last: str) -> str:
    """Return a key that sorts after `last`, and short however many are added one after another at the end."""
    number = 0
    for digit in (last + _PADDING)[:_PLACES]:
        number = number * _BASE + _VALUE[digit]
    return _written(number + _BASE, _PLACES) if number + _BASE < _BASE**_PLACES else between(last, "")


_PLACES = 4
_PADDING = DIGITS[0] * _PLACES
