"""The package: what a wheel holds, and that it serves from anywhere."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = {"src/ssc": "ssc", "frontend": "ssc/_frontend", "migrations": "ssc/_migrations"}


def shipped() -> set[str]:
    """What the wheel must hold, by its names there."""
    found = set()
    for folder, name in SHIPPED.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found.add(f"{name}/{path.relative_to(ROOT / folder).as_posix()}")
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-build-isolation",
        "--no-deps",
        "--no-index",
        "-q",
    ]
    subprocess.run([*command, "-w", folder, ROOT], check=True, stdin=subprocess.DEVNULL)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_holds_templates_styles_catalogues_and_migrations(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}
    assert inside == shipped()


def test_an_installed_wheel_serves_and_migrates_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    """In an environment that has the dependencies but not this checkout."""
    place = tmp_path / "venv"
    venv.create(place, with_pip=False)
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", place / "bin" / "python"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "-q", wheel], check=True, stdin=subprocess.DEVNULL)
    [packages] = place.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(str(Path(pytest.__file__).parent.parent))
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("SSC_", "PYTHON"))}
    settings = {**plain, "SSC_DATA_DIR": str(tmp_path / "data")}

    def called(*command: str | Path) -> str:
        done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=True)
        return done.stdout

    where = called(place / "bin" / "python", "-c", "from ssc.core.config import resource as r; print(r('frontend'))")
    assert Path(where.strip()) == packages / "ssc" / "_frontend"
    assert '"openapi": "3.1' in called(place / "bin" / "ssc", "openapi")
    assert "The database is at revision" in called(place / "bin" / "ssc", "migrate")
    assert called(place / "bin" / "ssc", "doctor").splitlines()[-1] == "All is well."
