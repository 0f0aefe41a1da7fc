"""Addresses of the lists behind the figures; of rooms that are not built, none."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: int, **query: str) -> str:
    """Return the address of a page with its filters, empty where the page does not exist."""
    try:
        path = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(query)}" if query else path
