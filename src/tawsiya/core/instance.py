"""The State this installation serves, read once per process."""

from functools import lru_cache

from tawsiya.core.models import Instance


@lru_cache(maxsize=1)
def _cached() -> Instance:
    return Instance.objects.get(pk=1)


def current() -> Instance | None:
    """Return the instance's row, or None before `tawsiya init`. Only a found row is cached."""
    try:
        return _cached()
    except Instance.DoesNotExist:
        return None


def forget() -> None:
    """Drop the cached row, after it was written."""
    _cached.cache_clear()
