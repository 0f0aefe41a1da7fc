"""The form that keeps a view of the analysis page."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tawsiya.analysis.crossing import OWN

_LONGEST_QUERY = 2000


class SaveViewForm(forms.Form):
    """The title of a view that is kept, and whether others inside may open it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    is_shared = forms.BooleanField(label=_("Shared with everyone inside"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=_LONGEST_QUERY)

    def clean_query(self) -> str:
        """Return the query in the form that addresses have, whatever was sent; without page and form."""
        given = QueryDict(self.cleaned_data["query"].removeprefix("?"), mutable=True)
        for name in OWN - {"rows", "columns", "chart"}:
            given.pop(name, None)
        return given.urlencode()


def save_form(query: str, data: Any = None) -> SaveViewForm:
    """Return the form for the view at hand."""
    return SaveViewForm(data, initial={"query": query}, prefix="view")
