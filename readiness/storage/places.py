"""Places: where workspaces live, and which folders put them at risk.

A database in a folder that a cloud program copies, or on a network share, is damaged sooner or later
(merge.md, sections 2.4, 2.5 and 11; peers.md, no. 68).
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

import platformdirs

APP_NAME = "Inspection readiness"
DATABASE = "workspace.db"
BACKUPS = "backups"

_CLOUD_NAMES = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("cloudstorage", "a cloud drive"),
    ("nextcloud", "Nextcloud"),
    ("box sync", "Box"),
    ("sharepoint", "SharePoint"),
)
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK_TYPES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p", "davfs", "ncpfs"})
_DRIVE_REMOTE = 4


def data_folder() -> Path:
    """Return the platform's folder for this program's data; local, never roaming."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def config_folder() -> Path:
    """Return the platform's folder for this user's settings."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def default_workspace() -> Path:
    """Return the folder of the default workspace."""
    return data_folder() / "workspace"


def workspace_folder(path: Path) -> Path:
    """Return a workspace's folder, given it or its database file."""
    return path.parent if path.name == DATABASE else path


def risk_of(folder: Path, environment: Mapping[str, str] | None = None) -> str | None:
    """Return why a folder is a risky place for a workspace, as a clause; None when nothing speaks against it."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would touch the share
    cloud = _cloud(folder, os.environ if environment is None else environment)
    if cloud:
        return f"{cloud} copies files there while they are being written"
    if is_network(folder):
        return "it is on a network share, where two laptops can write over each other"
    return None


def _cloud(folder: Path, environment: Mapping[str, str]) -> str | None:
    for name in _CLOUD_VARIABLES:
        root = environment.get(name)
        if root and folder.is_relative_to(Path(root)):
            return "OneDrive"
    for part in folder.parts:
        for sign, name in _CLOUD_NAMES:
            if part.casefold().startswith(sign):
                return name
    return None


def is_network(folder: Path) -> bool:
    """Whether a folder lies on another machine, as far as the system tells: macOS has no list of mounts to read."""
    if is_unc(folder):
        return True
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\")) == _DRIVE_REMOTE
    return mount_type(folder, _mounts()) in _NETWORK_TYPES


def is_unc(folder: PurePath) -> bool:
    """Whether a path names a server: \\\\server\\share."""
    return str(folder).startswith(("\\\\", "//"))


def mount_type(folder: PurePath, mounts: str) -> str:
    """Return the file system a folder lies on, from the text of /proc/mounts; "" when unknown."""
    best, found = "", ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) > 2:
            point = parts[1].replace("\\040", " ")
            if len(point) >= len(best) and (str(folder) + "/").startswith(point.rstrip("/") + "/"):
                best, found = point, parts[2]
    return found


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
