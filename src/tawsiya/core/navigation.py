"""The side navigation: each app offers its entries; only what the reader may open is shown.

An app has a module `navigation` with `entries(reader) -> list[Entry]`. `reader` is an
`accounts.reader.Reader`; core only hands it on. Order, by tens: home 10, steering 12, search 15,
recommendations 20, assignments 30, questionnaires 35, contributions 40, rule of assessment 42, other
voices 43, programmes 45, documents 50, imports 60, publications 70, people 80, institutions 82,
invitations 84, outbox 90.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.module_loading import module_has_submodule

from tawsiya.core.errors import Message


@dataclass(frozen=True)
class Entry:
    """One entry of the side navigation.

    Attributes:
        label: its words.
        url_name: the page it opens, `app:name`, without arguments.
        icon: a name of the icon sprite.
        order: entries stand in this order.
        badge: how many things wait there; 0 shows none. Keep it to one cheap query.
        also: further pages on which the entry is the active one, as `app:name`.
    """

    label: Message
    url_name: str
    icon: str
    order: int
    badge: int = 0
    also: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _sources() -> tuple[Callable[[Any], list[Entry]], ...]:
    """Return the `entries` function of every app that has one."""
    return tuple(
        import_module(f"{config.name}.navigation").entries
        for config in apps.get_app_configs()
        if config.name.startswith("tawsiya.")
        and config.label != "core"  # this very module
        and module_has_submodule(config.module, "navigation")
    )


def entries_for(reader: Any) -> list[Entry]:
    """Return the entries of all apps that `reader` may open, in order."""
    found = [entry for source in _sources() for entry in source(reader)]
    return sorted(found, key=lambda entry: (entry.order, entry.url_name))


def rows(reader: Any, view_name: str) -> list[Mapping[str, Any]]:
    """Return the entries as the shell's template takes them; the one of `view_name` is active.

    Args:
        view_name: the page being shown, `app:name`; the twins of a list count as the list.
    """
    shown = view_name.removesuffix("-csv").removesuffix("-json")
    return [
        {
            "label": entry.label,
            "url": reverse(entry.url_name),
            "icon": entry.icon,
            "badge": entry.badge,
            "active": shown == entry.url_name or shown in entry.also,
        }
        for entry in entries_for(reader)
    ]
