"""Settings: safe or refused by name, secrets made once, hosts that are served."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from ssc.core.config import Settings, UnsafeSettings, made_once

SAFE: dict[str, Any] = {
    "env": "production",
    "base_url": "https://club.example.org",
    "secret_key": "k" * 32,
    "mail_url": "smtp://mail.example.org:587",
    "mail_from": "Club <club@example.org>",
}


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


def test_production_starts_with_safe_settings() -> None:
    settings(**SAFE).check()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "http://club.example.org"),
        ("secret_key", None),
        ("secret_key", "short"),
        ("limits", "off"),
        ("mail_url", None),
        ("mail_from", "club@localhost.localdomain"),
    ],
)
def test_production_refuses_each_unsafe_setting_by_its_name(name: str, value: str | None) -> None:
    with pytest.raises(UnsafeSettings) as refused:
        settings(**{**SAFE, name: value}).check()
    assert str(refused.value).split()[0] == f"SSC_{name.upper()}"
    assert ";" not in str(refused.value)


def test_production_names_everything_that_is_unsafe_at_once() -> None:
    with pytest.raises(UnsafeSettings) as refused:
        settings(env="production", limits="off").check()
    assert [part.split()[0] for part in str(refused.value).split("; ")] == [
        "SSC_BASE_URL",
        "SSC_SECRET_KEY",
        "SSC_LIMITS",
        "SSC_MAIL_URL",
        "SSC_MAIL_FROM",
    ]


def test_a_newcomer_may_run_with_none_at_all() -> None:
    settings().check()


@pytest.mark.parametrize(
    ("given", "base_url", "hosts"),
    [
        ({}, "http://localhost:8000", {"localhost:8000", "127.0.0.1:8000"}),
        ({"port": 9000}, "http://localhost:9000", {"localhost:9000", "127.0.0.1:9000"}),
        ({"base_url": "http://localhost:80/"}, "http://localhost", {"localhost", "127.0.0.1"}),
        (
            {"base_url": "https://Club.example.org/", "port": 9000},
            "https://Club.example.org",
            {"club.example.org", "localhost", "127.0.0.1"},
        ),
        (SAFE, "https://club.example.org", {"club.example.org"}),
    ],
)
def test_the_address_decides_which_hosts_are_served(given: dict[str, Any], base_url: str, hosts: set[str]) -> None:
    made = settings(**given)
    assert (made.base_url, set(made.hosts)) == (base_url, hosts)


@pytest.mark.parametrize(
    "address", ["club.example.org", "ftp://x.example", "https://", "https://x.example/club", "//x"]
)
def test_an_address_with_a_path_or_without_a_scheme_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        settings(base_url=address)


def test_browsers_bind_the_session_to_https_where_there_is_https() -> None:
    assert settings(**SAFE).session_cookie == "__Host-ssc_session"
    assert settings().session_cookie == "ssc_session"


def test_no_secret_is_shown_when_settings_are_printed() -> None:
    shown = repr(settings(**{**SAFE, "database_url": "postgresql://club:hunter2@db/club", "metrics_token": "hunter2"}))
    assert "hunter2" not in shown
    assert "k" * 32 not in shown


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    """Two processes that start at once agree on it."""
    path = tmp_path / "data" / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: made_once(path), range(32)))
    assert len(made) == 1
    assert len(made.pop()) >= 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret_key"]
