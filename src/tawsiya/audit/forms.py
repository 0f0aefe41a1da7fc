"""What can be asked of the history."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tawsiya.audit.models import Event


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HistoryForm(forms.Form):
    """Kind of act, words of names, days. An empty field asks nothing."""

    q = forms.CharField(label=_("Person or subject"), required=False, max_length=200)
    code = forms.ChoiceField(label=_("Act"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=_Day())
    until = forms.DateField(label=_("Until"), required=False, widget=_Day())

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", _("All acts")), *codes]  # type: ignore[attr-defined]  # a choice field

    def narrow(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events asked for; what could not be read asks nothing and shows its error."""
        self.full_clean()
        asked = self.cleaned_data
        for word in asked.get("q", "").split():
            rows = rows.filter(
                Q(actor_name__icontains=word)
                | Q(on_behalf_of_name__icontains=word)
                | Q(subject_name__icontains=word)
            )
        if asked.get("code"):
            rows = rows.filter(code=asked["code"])
        if asked.get("since"):
            rows = rows.filter(at__date__gte=asked["since"])
        if asked.get("until"):
            rows = rows.filter(at__date__lte=asked["until"])
        return rows
