"""What several pages of accounts need."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.visibility import reads_people
from tawsiya.core.errors import RuleViolated


def reader_of_people(request: HttpRequest) -> Reader:
    """Return who reads a list of people or institutions.

    Raises:
        Http404: nobody and nothing is shown to this reader.
    """
    reader = reader_of(request)
    if not reads_people(reader):
        raise Http404
    return reader


def carry_out(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Run a command for a form that may be valid; a refusal becomes the form's error.

    Returns:
        Whether it was done. Otherwise the form says why, and keeps what was typed.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except RuleViolated as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors
