"""Knows how folders of ours are made, and that no existing folder's mode is ours to change."""

from pathlib import Path

AWAY = Path("/var/lib/ssc")
"""For whatever root's server account cannot reach where it is."""


def made(folder: Path, mode: int) -> Path:
    """The folder with exactly this mode if it is new, whatever the umask; as it is if it exists."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        return folder
    folder.chmod(mode)
    return folder
