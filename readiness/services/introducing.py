"""Introducing: a new laptop makes a file about itself, which a lead opens to let it in without the passphrase.

Source: merge.md, section 8.1 (sealing to a device).
"""

import os
from pathlib import Path

from readiness.domain.errors import BadValue, WorkspaceError
from readiness.domain.sharing import Newcomer
from readiness.storage.journal import moment
from readiness.storage.newcomer import KeptNewcomer, keep_newcomer, newcomer_in
from readiness.storage.opening import refuse_risk
from readiness.storage.places import DATABASE, workspace_folder
from readiness.storage.workspace import Clock, utc_now
from readiness.sync.introductions import LONGEST_NAME, Introduction, write_introduction
from readiness.sync.keys import DeviceKey, fingerprint


def introduce(
    folder: Path, out: Path, label: str, *, at_risk: bool = False, replace: bool = False, clock: Clock = utc_now
) -> Newcomer:
    """Write the introduction of this laptop and return it, with the code that its lead hears by telephone.

    Asked again for the same folder, it is the same laptop with the same code.

    Args:
        folder: Where its workspace will be once it was let in; its key is kept there until then.
        out: The file; nothing in it is secret.
        label: What colleagues call the laptop.
        at_risk: Go ahead in a folder that a cloud program or a network may damage.
        replace: Overwrite a file that is there.
        clock: Where the time comes from.

    Raises BadValue, WorkspaceError; no file is written then.
    """
    folder = workspace_folder(folder)
    name = " ".join(label.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadValue("A laptop needs a short name, such as “Fostering laptop”. Write one of up to 60 characters.")
    if (folder / DATABASE).exists():
        raise WorkspaceError(f"There is a workspace in {folder} already. Choose another folder for the team's.")
    if out.exists() and not replace:
        raise BadValue(f"{out} is there already. Choose another name, or remove it first.")
    refuse_risk(folder, at_risk)
    before = newcomer_in(folder)
    device, seed = (before.device, before.seed) if before else (os.urandom(8).hex(), DeviceKey.new().seed)
    kept = KeptNewcomer(device, seed, name, moment(clock()))
    keep_newcomer(folder, kept)
    key = DeviceKey(seed)
    try:
        out.write_bytes(write_introduction(key, Introduction(device, key.public, name, kept.at)))
    except OSError as error:
        raise BadValue(f"{out} cannot be written ({error.strerror}). Choose another place for it.") from error
    return _shown(kept)


def introduced_in(folder: Path) -> Newcomer | None:
    """Return how this laptop introduced itself for a workspace in a folder; None: it did not."""
    kept = newcomer_in(workspace_folder(folder))
    return _shown(kept) if kept is not None else None


def _shown(kept: KeptNewcomer) -> Newcomer:
    return Newcomer(kept.device, kept.label, fingerprint(DeviceKey(kept.seed).public), kept.at)
