"""Newcomer: the key of a laptop that introduced itself and is in no team yet, kept where its workspace will be.

It moves into the workspace's database when the laptop joins. Source: merge.md, section 8.1.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from readiness.domain.errors import WorkspaceError

KEPT = "introduction.json"


@dataclass(frozen=True, slots=True)
class KeptNewcomer:
    """What a laptop will be called, and the seed of its key, which leaves this machine never."""

    device: str
    seed: bytes = field(repr=False)
    label: str
    at: str  # when it introduced itself last


def newcomer_in(folder: Path) -> KeptNewcomer | None:
    """Return the newcomer whose workspace will be in a folder; None: nobody introduced this laptop there."""
    try:
        said = json.loads((folder / KEPT).read_text(encoding="utf-8"))
        kept = KeptNewcomer(str(said["device"]), bytes.fromhex(said["seed"]), str(said["label"]), str(said["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kept if (len(kept.device), len(kept.seed)) == (16, 32) else None


def keep_newcomer(folder: Path, newcomer: KeptNewcomer) -> None:
    """Keep a newcomer; nobody else on this machine may read it. Raises WorkspaceError when it cannot be written."""
    said = {"device": newcomer.device, "seed": newcomer.seed.hex(), "label": newcomer.label, "at": newcomer.at}
    making = folder / f"{KEPT}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        making.unlink(missing_ok=True)
        descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(said, file)
            file.flush()
            os.fsync(file.fileno())
        making.replace(folder / KEPT)
    except OSError as error:
        raise WorkspaceError(
            f"{folder} cannot be written ({error.strerror}). Choose a folder in which you may write."
        ) from error


def forget_newcomer(folder: Path) -> None:
    """Keep no newcomer any more: its key is in the workspace by now."""
    (folder / KEPT).unlink(missing_ok=True)
