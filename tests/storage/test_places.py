"""Which folders put a workspace at risk, judged by names, surroundings and mounts."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from readiness.storage.places import (
    DATABASE,
    config_folder,
    data_folder,
    default_workspace,
    is_network,
    is_unc,
    mount_type,
    risk_of,
    workspace_folder,
)

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/council cifs rw 0 0
nas:/export /mnt/council/local\\040team nfs4 rw 0 0
/dev/sdb1 /mnt/council/local\\040team/stick vfat rw 0 0
tmpfs /tmp tmpfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [
        ("/home/x/OneDrive/readiness", "OneDrive"),
        ("/home/x/OneDrive - Example council/readiness", "OneDrive"),
        ("/Users/x/Library/CloudStorage/OneDrive-Council/w", "a cloud drive"),
        ("/Users/x/Library/Mobile Documents/w", "iCloud Drive"),
        ("/home/x/DROPBOX/w", "Dropbox"),
        ("/home/x/Google Drive/w", "Google Drive"),
        ("/home/x/SharePoint/w", "SharePoint"),
    ],
)
def test_that_a_cloud_folder_is_known_by_its_name(folder, cloud):
    risk = risk_of(Path(folder), {})
    assert risk == f"{cloud} copies files there while they are being written"


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_that_a_folder_redirected_into_onedrive_is_known_by_the_environment(tmp_path, variable):
    environment = {variable: str(tmp_path / "Documents")}
    assert "OneDrive" in risk_of(tmp_path / "Documents" / "w", environment)
    assert risk_of(tmp_path / "Local" / "w", environment) is None
    assert risk_of(tmp_path / "Documents" / "w", {variable: ""}) is None


def test_that_an_ordinary_folder_is_no_risk(tmp_path):
    assert risk_of(tmp_path, {}) is None
    assert risk_of(tmp_path / "My notes on OneDrive", {}) is None


def test_that_a_share_is_known_by_its_name():
    assert is_unc(PureWindowsPath(r"\\server\share\readiness"))
    assert is_unc(PurePosixPath("//server/share/readiness"))
    assert not is_unc(PureWindowsPath(r"C:\Users\x"))
    assert not is_unc(PurePosixPath("/home/x"))
    assert is_network(Path("//server/share/readiness"))
    assert "network share" in risk_of(Path("//server/share/readiness"), {})


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("/home/x", "ext4"),
        ("/", "ext4"),
        ("/mnt", "ext4"),
        ("/mnt/council", "cifs"),
        ("/mnt/council/readiness", "cifs"),
        ("/mnt/council2", "ext4"),
        ("/mnt/council/local team/w", "nfs4"),
        ("/mnt/council/local team/stick/w", "vfat"),
        ("/tmp/w", "tmpfs"),
    ],
)
def test_that_the_mount_nearest_to_a_folder_counts(folder, found):
    assert mount_type(PurePosixPath(folder), MOUNTS) == found


def test_that_unreadable_mounts_are_no_network():
    assert mount_type(PurePosixPath("/home"), "") == ""


def test_that_a_mount_over_another_is_the_one_that_counts():
    assert mount_type(PurePosixPath("/data/w"), "a /data ext4 rw 0 0\nb /data cifs rw 0 0\n") == "cifs"


def test_that_a_workspace_is_meant_by_its_folder_or_its_file(tmp_path):
    assert workspace_folder(tmp_path) == tmp_path
    assert workspace_folder(tmp_path / DATABASE) == tmp_path


def test_that_our_own_folders_are_apart_and_no_risk():
    assert default_workspace().parent == data_folder()
    assert config_folder() != default_workspace()
    assert default_workspace().is_absolute()
