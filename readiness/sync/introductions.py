"""Introductions: what a new laptop says of itself before it is in any team, so that a lead can let it in.

Nothing in it is secret, and it opens nothing: the team's keys are sealed to its key once a lead has heard the code of
that key by telephone. Source: merge.md, section 8.
"""

from dataclasses import dataclass

from readiness.domain.vocabulary import Verdict
from readiness.sync.keys import DeviceKey, is_signed
from readiness.sync.segments import Refused
from readiness.sync.signed import as_text, from_text, read_signed, signed
from readiness.sync.texts import DEVICE, MOMENT, BadText, text

_FMT = "irtintro"
LONGEST_NAME = 60
"""Characters of what a laptop is called."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a new laptop says of itself."""

    device: str  # 16 hex digits
    public: bytes  # its key, 32 bytes
    label: str  # "Fostering laptop"
    at: str  # by its clock


def write_introduction(key: DeviceKey, said: Introduction) -> bytes:
    """Return the file of an introduction, signed by the laptop itself."""
    fields = {
        "fmt": _FMT,
        "v": 1,
        "device": said.device,
        "public": as_text(said.public),
        "label": said.label,
        "at": said.at,
    }
    return signed(key, fields)


def read_introduction(content: bytes) -> Introduction:
    """Return the introduction in a file. Raises Refused: foreign, partial, damaged, too-new, forged."""
    fields, line, signature = read_signed(content, _FMT, "")
    try:
        found = Introduction(
            text(fields["device"], 16, DEVICE),
            from_text(fields["public"], 32),
            text(fields["label"], LONGEST_NAME),
            text(fields["at"], 24, MOMENT),
        )
    except (BadText, KeyError, TypeError) as error:
        raise Refused(Verdict.DAMAGED) from error
    if not is_signed(line, signature, found.public):
        raise Refused(Verdict.FORGED)
    return found
