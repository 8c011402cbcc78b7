"""Knows where a data folder's cluster and socket live."""

import hashlib
import os
import re
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from ssc.core.embedded.accounts import Account, account_for_new_clusters, account_owning, name_of
from ssc.core.embedded.failure import EmbeddedError
from ssc.core.embedded.folders import AWAY, made

SHARED = Path("/tmp")  # noqa: S108, a folder of our own in it is checked before each use
LONGEST_SOCKET_FOLDER = 88  # a socket's address holds 103 bytes on macOS, and PostgreSQL adds its name
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")  # means the same in a URL, to a shell and to PostgreSQL
NOTE = "THE-DATABASE-IS-ELSEWHERE.txt"


@dataclass(frozen=True)
class Place:
    folder: Path
    """Ours in the data folder: the locks, and the cluster unless that lives elsewhere."""
    cluster: Path
    account: Account


def own_folder(data_dir: Path) -> Path:
    """The embedded server's part of the data folder; whatever is missing of the path is made."""
    mode = 0o711 if os.geteuid() == 0 else 0o700  # root's server runs as an account that must get through
    folder = made(made(data_dir.resolve(), mode) / "postgresql", mode)
    owner = folder.stat().st_uid
    if os.geteuid() not in (0, owner):
        raise EmbeddedError(
            f"{folder} belongs to the account {name_of(owner)}. "
            "Run this command as that account or as root, or choose another SSC_DATA_DIR."
        )
    return folder


def place_of(folder: Path) -> Place:
    """Where this folder's cluster is, or is to be made: inside when its account gets there, else away."""
    inside, away, note = folder / "cluster", _away(folder) / "cluster", folder / NOTE
    if note.exists():
        _check_note(note, away)
        return Place(folder, away, account_owning(away))
    if inside.exists():
        return _inhabited(folder, inside)
    account = account_for_new_clusters()
    if account.reaches(folder):
        return Place(folder, inside, account)
    _set_aside(away.parent)
    made(made(AWAY, 0o755) / away.parent.name, 0o711)
    return Place(folder, away, account)


def note_place(place: Place) -> None:
    """Leaves word in the data folder of a cluster that lives elsewhere."""
    note = place.folder / NOTE
    if place.cluster.parent == place.folder or note.exists():
        return
    note.write_text(
        f"The club's database is not in this folder but in\n\n    {place.cluster}\n\n"
        f"since the account {place.account.name}, which runs the database server on root's behalf, cannot reach\n"
        "this folder. Whoever moves or copies this folder does not move or copy the database: use `ssc backup`\n"
        "and `ssc restore`.\n",
        encoding="utf-8",
    )


def socket_folder(cluster: Path, account: Account) -> Path:
    """The cluster itself, seen by whoever sees the data; elsewhere if its path is too long or not plain."""
    if len(str(cluster)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(cluster)):
        return cluster
    folder = SHARED / f"ssc-{account.uid}-{_digest(cluster)}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _check_private(folder, account)
    else:
        if os.geteuid() == 0:
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    return folder


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _away(folder: Path) -> Path:
    return AWAY / _digest(folder.parent)


def _inhabited(folder: Path, cluster: Path) -> Place:
    account = account_owning(cluster)
    if not account.reaches(cluster):
        raise EmbeddedError(
            f"The account {account.name}, which runs the database server, can no longer reach {cluster}. "
            "Let it pass through the folders above again (chmod o+x), or set SSC_DATABASE_URL."
        )
    return Place(folder, cluster, account)


def _check_note(note: Path, away: Path) -> None:
    if str(away) not in note.read_text(encoding="utf-8"):
        raise EmbeddedError(
            f"This data folder was moved or copied, and its database stayed where {note} says. Move the folder "
            "back, or use `ssc backup` there and `ssc restore` here, after deleting the note."
        )
    if not away.exists():
        raise EmbeddedError(
            f"The database is missing from {away}. Bring that folder back from a backup, or delete {note} "
            "to begin with an empty one."
        )


def _set_aside(away: Path) -> None:
    """Nothing in the data folder speaks of this cluster: it belonged to a deleted one, and is kept."""
    if (away / "cluster").exists():
        away.rename(away.with_name(f"{away.name}-until-{time.time_ns()}"))


def _check_private(folder: Path, account: Account) -> None:
    """Anybody may have made it first: a stranger's socket in it would be given our members."""
    status = folder.lstat()
    if not (stat.S_ISDIR(status.st_mode) and status.st_uid == account.uid and status.st_mode & 0o077 == 0):
        raise EmbeddedError(
            f"{folder} is not a private folder of the account {account.name}. Remove it, or choose "
            "an SSC_DATA_DIR with a short path of plain letters, which does without it."
        )
