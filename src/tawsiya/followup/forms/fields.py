"""Fields and widgets that the forms of follow-up share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from tawsiya.accounts.models import Institution
from tawsiya.core import instance
from tawsiya.core.labels import text_of


def language_choices() -> list[tuple[str, Any]]:
    """Return the instance's languages with their names; all of the system's before an instance exists."""
    row = instance.current()
    wanted = row.languages if row is not None else [code for code, _name in settings.LANGUAGES]
    return [(code, name) for code, name in settings.LANGUAGES if code in wanted]


class InstitutionChoice(forms.ModelChoiceField):
    """One institution, named in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the institution's name."""
        return text_of(obj.names)


class InstitutionsChoice(forms.ModelMultipleChoiceField):
    """Several institutions, named in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the institution's name."""
        return text_of(obj.names)


def named(institutions: Iterable[Institution]) -> list[tuple[int, str]]:
    """Return the choices of institutions; a directorate stands after its ministry and says whose it is."""
    return [
        (row.pk, f"{text_of(row.parent.names)} · {text_of(row.names)}" if row.parent else text_of(row.names))
        for row in institutions
    ]


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Give a field of choices its choices, known only when the form is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
