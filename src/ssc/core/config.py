"""Settings: read once from the environment or `.env`, checked, and documented one by one."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent.parent


class UnsafeSettings(Exception):
    """Production was asked for with settings that endanger people; the message names each."""


class Settings(BaseSettings):
    """What the operator decides. Every field is an environment variable with the prefix `SSC_`."""

    model_config = SettingsConfigDict(env_prefix="SSC_", env_file=".env", extra="ignore", frozen=True)

    env: Literal["development", "production", "test"] = Field(
        "development", description="`production` refuses to start on unsafe settings, and says which."
    )
    base_url: str = Field(
        "http://localhost:8000",
        description="The address people type, by default `http://localhost` with the port. "
        "Links in letters begin with it; other hosts are refused.",
    )
    port: int = Field(8000, ge=1, le=65535, description="The port `ssc serve` listens on.")
    data_dir: Path = Field(Path("data"), description="Where the embedded database, files, mail and made secrets live.")
    database_url: SecretStr | None = Field(
        None, description="A PostgreSQL 17+ address. Absent: the embedded server under `SSC_DATA_DIR`."
    )
    valkey_url: SecretStr | None = Field(
        None, description="A Valkey or Redis address; needed when more than one process serves."
    )
    secret_key: SecretStr | None = Field(
        None, description="Signs cursors and short-lived links. Absent: made once in the data folder."
    )
    mail_url: SecretStr | None = Field(
        None,
        description="`smtp://user:password@host:587` (STARTTLS) or `smtps://…`. Absent: `.eml` files in `mail/`.",
    )
    mail_from: str = Field(
        "Sakura Science Club <club@localhost.localdomain>", description="The sender of every letter."
    )
    notice_delay_s: int = Field(
        300, ge=0, le=86400, description="After how many seconds a notice that nobody has read is mailed."
    )
    mailing_rate: int = Field(
        1000, ge=1, description="How many letters of mailings leave in a minute at most; all others leave at once."
    )
    bounce_secret: SecretStr | None = Field(
        None, description="What a mail server shows to report bounces and hand in mail. Absent: nobody may."
    )
    vapid_key: SecretStr | None = Field(
        None, description="Signs what is pushed to devices: 32 octets in base64url. Absent: made once in the data dir."
    )
    blob_url: str | None = Field(
        None, description="Where files are kept, e.g. `s3://bucket/prefix`. Absent: the data folder."
    )
    trusted_proxies: str = Field(
        "", description="Networks (CIDR, comma-separated) whose `X-Forwarded-For` is believed."
    )
    metrics_token: SecretStr | None = Field(
        None, description="A bearer token that may read `/metrics` from elsewhere than the loopback."
    )
    limits: Literal["on", "off"] = Field(
        "on", description="`off` lifts all rate limits, for tests and benchmarks; production refuses that."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")

    @model_validator(mode="before")
    @classmethod
    def _base_url_follows_the_port(cls, given: dict[str, Any]) -> dict[str, Any]:
        if given.get("base_url") is None and given.get("port"):
            return {**given, "base_url": f"http://localhost:{given['port']}"}
        return given

    @field_validator("base_url")
    @classmethod
    def _without_trailing_slash(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be an http or https address without a path")
        usual = {"http": ":80", "https": ":443"}[parts.scheme]  # browsers leave it out of `Host`
        return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def session_cookie(self) -> str:
        """The cookie's name: browsers bind `__Host-` cookies to https and this very host."""
        return "__Host-ssc_session" if self.secure else "ssc_session"

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The `Host` values that are served, lower case, with their port where it is not the scheme's."""
        parts = urlsplit(self.base_url)
        hosts = {parts.netloc.lower()}
        if self.env != "production":
            port = f":{parts.port}" if parts.port else ""
            hosts |= {f"{name}{port}" for name in ("localhost", "127.0.0.1")}
        return frozenset(hosts)

    @cached_property
    def key(self) -> bytes:
        """The secret key; made once in the data folder when none is given."""
        if self.secret_key:
            return self.secret_key.get_secret_value().encode()
        return made_once(self.data_dir / "secret_key").encode()

    @cached_property
    def vapid(self) -> str:
        """The private number of the push sender's key, in base64url; with another, devices must subscribe anew."""
        if self.vapid_key:
            return self.vapid_key.get_secret_value()
        return made_once(self.data_dir / "vapid_key")

    def check(self) -> None:
        """Raises `UnsafeSettings` naming every setting that production must not run with."""
        if self.env != "production":
            return
        wrong = [name for name, unsafe in self._unsafe().items() if unsafe]
        if wrong:
            raise UnsafeSettings("; ".join(wrong))

    def _unsafe(self) -> dict[str, bool]:
        key = self.secret_key.get_secret_value() if self.secret_key else ""
        return {
            "SSC_BASE_URL must begin with https://": not self.secure,
            "SSC_SECRET_KEY must be set, 32 characters or more": len(key) < 32,
            "SSC_LIMITS must be on": self.limits == "off",
            "SSC_MAIL_URL must name a mail server": self.mail_url is None,
            "SSC_MAIL_FROM must be an address of yours": "localhost" in self.mail_from,
        }


def made_once(path: Path) -> str:
    """A secret of 256 bits kept in `path` (mode 0600), made by whoever comes first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        try:
            path.hardlink_to(fresh)  # atomic: of two processes one wins, and both read the winner's
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


def resource(name: Literal["frontend", "migrations"]) -> Path:
    """The folder of templates and scripts, or of migrations: inside the wheel, else beside `src`."""
    packed = PACKAGE / f"_{name}"
    return packed if packed.is_dir() else PACKAGE.parent.parent / name
