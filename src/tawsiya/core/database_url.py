"""Addresses of databases: `postgresql://user:password@host:port/name?host=/socket/folder`."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit


def as_django(url: str) -> dict[str, Any]:
    """Return Django's settings for an address (a dictionary for `DATABASES`)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": query.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def is_postgresql(url: str) -> bool:
    """Tell whether an address is one of a PostgreSQL database, with the database named."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    return parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1


def role_of(url: str) -> str:
    """Return the role that an address names, "" where it names none."""
    return unquote(urlsplit(url).username or "")


def at(url: str, role: str, database: str) -> str:
    """Return the address of another database for another role (without password) on the same server."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}@{host}", path=f"/{database}"))
