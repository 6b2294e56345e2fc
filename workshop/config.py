"""Reads the settings: the WORKSHOP_* environment, once, into a frozen object."""
import math
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
SQLITE = "tinkuy.sqlite"  # in the data folder, where no database is named
MODES = ("eventlet", "threading", "gevent")


class ConfigError(Exception):
    """Reports a setting that cannot be used; the message is one line for the operator, `values` fill it (words.extract knows
    it)."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message, self.values = message, values


@dataclass(frozen=True)
class Config:
    """Holds every setting, named as its WORKSHOP_* variable in lower case."""

    data: str = "data"  # folder of the SQLite file, the secret, photos and voice notes
    database: str = ""  # URL; empty: SQLite in `data`
    redis: str = ""  # URL; empty: one process
    secret: str = ""  # signs form tokens; empty: made once in `data`
    host: str = "127.0.0.1"
    port: int = 5000
    base_url: str = ""  # the address people type; empty: taken from the request
    origins: str = ""  # further allowed origins, comma between
    async_mode: str = "eventlet"  # WORKSHOP_ASYNC
    language: str = "es"
    proxies: int = 0  # how many proxies in front set X-Forwarded-*
    secure: bool = False  # cookies only over https
    may_create: str = "accounts"  # who may make workshops: or "administrators"
    shared: bool = False  # the group of the data folder may read and write it
    video_mb: int = 200  # megabytes of a video on a block; 0: none is taken
    rate: float = 20.0  # commands per second and device
    burst: int = 60
    connect_within: float = 10.0  # seconds until a new socket must have said who it is
    check_every: float = 1.0  # seconds between looks at the stream heads
    head_every: float = 5.0  # seconds between head frames
    tally_every: float = 1.0  # seconds between two counts of a vote while ballots come in
    fanout: str = "direct"  # or "stock": every frame through Socket.IO's own queues (direct needs eventlet)
    store: str = "fast"  # or "plain": through SQLAlchemy alone, and nothing remembered between transactions
    batch_ms: int = 50  # live frames of one stream are at least this far apart

    @property
    def database_url(self) -> str:
        """Returns the SQLAlchemy URL, with the driver that cooperates under eventlet."""
        if not self.database:
            return f"sqlite:///{Path(self.data).resolve() / SQLITE}"
        scheme, _, rest = self.database.partition("://")
        if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
            return f"postgresql+psycopg2://{rest}"
        return self.database

    @property
    def origin_list(self) -> list[str] | None:
        """Returns the origins that may open a socket or send a form; None: only the page's own."""
        named = [part.strip() for part in f"{self.origins},{self.base_url}".split(",") if part.strip()]
        return named or None

    def __post_init__(self) -> None:
        if self.async_mode not in MODES:
            raise ConfigError("WORKSHOP_ASYNC must be one of {these}", these=", ".join(MODES))
        if self.fanout not in ("direct", "stock"):
            raise ConfigError("WORKSHOP_FANOUT must be direct or stock")
        if self.store not in ("fast", "plain"):
            raise ConfigError("WORKSHOP_STORE must be fast or plain")
        if self.may_create not in ("accounts", "administrators"):
            raise ConfigError("WORKSHOP_MAY_CREATE must be accounts or administrators")
        if "*" in self.origins:
            raise ConfigError("WORKSHOP_ORIGINS must name origins; '*' would let any page act for a participant")
        if self.secret and len(self.secret) < 24:
            raise ConfigError("WORKSHOP_SECRET is too short: at least 24 characters")
        if not 1 <= self.port <= 65_535:
            raise ConfigError("WORKSHOP_PORT must be from 1 to 65535, not {port}", port=self.port)
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, int | float) and not 0 <= value < math.inf:
                raise ConfigError("{name} must be 0 or more, not {value}", name=ENV[field.name], value=value)


NOT_OURS = "WORKSHOP_TEST_"  # of the tests
ENV = {f.name: "WORKSHOP_" + {"async_mode": "ASYNC"}.get(f.name, f.name.upper()) for f in fields(Config)}


def _typed(name: str, kind: Any, text: str) -> Any:
    if kind is bool:
        if text.lower() not in TRUE + FALSE:
            raise ConfigError("{name} must be true or false, not {text}", name=name, text=repr(text))
        return text.lower() in TRUE
    try:
        return kind(text)
    except ValueError:
        if kind is int:
            raise ConfigError("{name} must be a whole number, not {text}", name=name, text=repr(text)) from None
        raise ConfigError("{name} must be a number, not {text}", name=name, text=repr(text)) from None


def from_environment(environ: Mapping[str, str] | None = None, **overrides: Any) -> Config:
    """Reads a Config from the environment; keyword arguments win. Raises ConfigError."""
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for field in fields(Config):
        text = environ.get(ENV[field.name])
        if text is not None:
            values[field.name] = _typed(ENV[field.name], field.type, text)
    return Config(**(values | overrides))


def unguarded(config: Config) -> list[str]:
    """Names the settings that point to a database or Redis on another machine without a password: open to its network."""
    found = []
    for name in ("database", "redis"):
        try:
            there = urlsplit(getattr(config, name))
            away = bool(there.hostname) and there.hostname != "localhost" and not there.hostname.startswith("127.")
        except ValueError:  # whoever opens it reports what is wrong
            continue
        if away and there.hostname != "::1" and not there.password and "password=" not in there.query:
            found.append(ENV[name])
    return found


def unknown(environ: Iterable[str] | None = None) -> list[str]:
    """Names the WORKSHOP_* variables that are no setting: most likely typing errors."""
    names = os.environ if environ is None else environ
    return sorted(name for name in names if name.startswith("WORKSHOP_") and name not in ENV.values()
                  and not name.startswith(NOT_OURS))


def secret_of(config: Config) -> bytes:
    """Returns the signing secret: the setting, or one kept in the data folder (made at first use, mode 0600)."""
    if config.secret:
        return config.secret.encode()
    path = Path(config.data) / "secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_bytes()
