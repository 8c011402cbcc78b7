"""Setting up: what is pinned, what the README promises, and that a killed set-up begins anew."""

import os
import re
import shutil
import signal
import subprocess
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ssc.cli import main
from ssc.core.config import Settings

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)([^\\]*)\\$", re.MULTILINE)


def locked() -> dict[str, set[str]]:
    """Each locked name with its versions (several where platforms differ)."""
    found: dict[str, set[str]] = {}
    for name, version, _marker in ENTRY.findall(LOCK):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def test_the_lock_pins_whatever_the_project_asks_for() -> None:
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    asked += PROJECT["build-system"]["requires"]
    pins = locked()
    for text in asked:
        requirement = Requirement(text)
        versions = pins.get(canonicalize_name(requirement.name), set())
        assert versions != set(), text
        assert [v for v in versions if not requirement.specifier.contains(v, prereleases=True)] == [], text


def test_every_locked_file_has_its_hash_and_no_index_is_named() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert [entry.splitlines()[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert re.findall(r"://|@ |--index|--extra|--find-links|--trusted", LOCK) == []


def test_no_file_names_an_index() -> None:
    """Wherever packages come from is the machine's affair."""
    named = re.compile("|".join(["py" + r"pi\.(org|python)", "python" + "hosted", "deb" + r"ian\.org", "npm" + "js"]))
    for path in [ROOT / "Makefile", ROOT / "Dockerfile", ROOT / "pyproject.toml", ROOT / "README.md"]:
        assert named.findall(path.read_text(encoding="utf-8")) == [], path
    for path in filter(Path.is_file, (ROOT / ".ci").iterdir()):
        assert named.findall(path.read_text(encoding="utf-8")) == [], path


def test_ci_does_what_everybody_does() -> None:
    assert "make --no-print-directory test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for name in ("run", "setup", "browser"):
        assert os.access(ROOT / ".ci" / name, os.X_OK), name


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"^\| `(SSC_[A-Z_]+)` \|", README, re.MULTILINE))
    assert documented == {f"SSC_{name.upper()}" for name in Settings.model_fields}


def test_every_documented_default_is_the_real_one() -> None:
    said = dict(re.findall(r"^\| `SSC_([A-Z_]+)` \| (.+?) \|", README, re.MULTILINE))
    plain = {None: "*absent*", "": "*empty*"}
    for name, field in Settings.model_fields.items():
        assert said[name.upper()] == plain.get(field.default, f"`{field.default}`"), name


def test_every_command_is_documented() -> None:
    assert set(re.findall(r"^\| `ssc ([a-z-]+)", README, re.MULTILINE)) == set(main.commands)


def test_every_package_has_its_place_in_the_picture() -> None:
    picture = README.partition("## The house")[2].partition("### A request's life")[0]
    for package in (ROOT / "src" / "ssc").iterdir():
        if (package / "__init__.py").exists():
            assert re.search(rf"^    .*\b{package.name}\b", picture, re.MULTILINE), package.name


def test_what_runs_in_a_container_is_an_ordinary_users() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["ssc"]
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for asked in PROJECT["dependency-groups"]["dev"]:
        assert Requirement(asked).name in text.partition("pip uninstall")[2].split(), asked
    assert lines[-1] == 'CMD ["ssc", "serve", "--host", "0.0.0.0"]'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh folder with what set-up reads, its lock cut down to the build back-end."""
    folder = tmp_path / "a folder with blanks"
    for name in ("src/ssc/__init__.py", "pyproject.toml", "README.md", "Makefile", ".ci/setup"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name in ("frontend", "migrations"):
        (folder / name).mkdir()
    wanted = ("hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers", "tomlkit")
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    kept = [entry for entry in entries if entry.split("==")[0] in wanted]
    (folder / "requirements.lock").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def set_up(folder: Path) -> "subprocess.CompletedProcess[str]":
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SSC_", "VIRTUAL_ENV", "MAKE", "MFLAGS"))
    }
    return subprocess.run(
        ["make", "setup"], cwd=folder, env=plain, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_set_up_is_done_once_and_begins_anew_after_a_kill(checkout: Path) -> None:
    begun = subprocess.Popen(
        [".ci/setup"], cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while not (checkout / ".venv" / "bin" / "python").exists() and begun.poll() is None:
        time.sleep(0.01)
    os.killpg(begun.pid, signal.SIGKILL)
    begun.wait()
    assert not (checkout / ".venv" / ".ready").exists()

    first, second = set_up(checkout), set_up(checkout)
    assert (first.returncode, "Setting up in .venv" in first.stdout) == (0, True), first.stderr
    assert (second.returncode, second.stdout) == (0, "")
    found = subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-c", "import ssc; print(ssc.__file__)"],
        cwd=checkout.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == checkout / "src" / "ssc" / "__init__.py"

    (checkout / "pyproject.toml").write_text((checkout / "pyproject.toml").read_text() + "\n# changed\n")
    changed = set_up(checkout)
    assert (changed.returncode, changed.stdout) == (0, "Bringing .venv up to date.\n"), changed.stderr
