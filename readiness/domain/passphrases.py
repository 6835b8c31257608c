"""Passphrases: what makes one good enough for a team's data."""

SHORTEST = 16
"""Characters; five words have more."""


def tidied(passphrase: str) -> str:
    """Return a passphrase as it is used: with one space between words, none at the ends."""
    return " ".join(passphrase.split())


def why_too_easy(passphrase: str) -> str:
    """Return why a passphrase is too easy to guess, in a sentence; "" when it is not."""
    found = tidied(passphrase)
    if len(found) < SHORTEST or len(set(found.casefold())) < 6:
        return f"This passphrase is too easy to guess. Choose five words or more, {SHORTEST} characters at least."
    return ""
