"""Choose what is published: one checkbox for each thing that may leave, and only those."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tawsiya.core.labels import text_of
from tawsiya.core.looks import look_of
from tawsiya.followup.models import Contribution
from tawsiya.portal.choices import Part, Selection
from tawsiya.portal.composing import Offer, public_parts, withheld_parts


def _withheld(contribution: Contribution) -> str:
    """Say which parts are not offered, and why; empty where every one is."""
    kept = [str(part.label) for part in withheld_parts(contribution)]
    return (
        gettext("Not marked public by the institution: %(parts)s") % {"parts": ", ".join(kept)}
        if kept
        else ""
    )


class SelectionForm(forms.Form):
    """Built from an `Offer`: what is not there to be published has no box."""

    def __init__(self, *args: Any, offered: Offer, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        if offered.assessment:
            label = _("Status: %(status)s") % {"status": look_of(offered.assessment.status).label}
            self._box("status", label, selection.status)
            self._box("justification", _("Its justification"), selection.justification)
        if offered.lead:
            institution = text_of(offered.lead.institution.names)
            self._box("lead", _("Lead institution: %(name)s") % {"name": institution}, selection.lead)
            if offered.lead.deadline:
                self._box("deadline", _("The deadline given to it"), selection.deadline)
        for contribution in offered.contributions:
            name = f"contribution_{contribution.pk}"
            self.fields[name] = forms.MultipleChoiceField(
                label=_("Contribution of %(name)s") % {"name": text_of(contribution.institution.names)},
                choices=[(part.value, part.label) for part in public_parts(contribution)],
                initial=[part.value for part in selection.contributions.get(contribution.pk, ())],
                widget=forms.CheckboxSelectMultiple,
                help_text=_withheld(contribution),
                required=False,
            )
        if offered.evidence:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label=_("Evidence marked public"),
                choices=[(str(file.pk), file.title) for file in offered.evidence],
                initial=[str(pk) for pk in selection.evidence],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Files are copied without their authors' names, comments and other traces."),
                required=False,
            )

        if offered.references:
            self.fields["references"] = forms.MultipleChoiceField(
                label=_("Links and laws marked public"),
                choices=[(str(row.pk), f"{row.title} {row.number}".strip()) for row in offered.references],
                initial=[str(pk) for pk in selection.references],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _box(self, name: str, label: Any, initial: bool) -> None:
        self.fields[name] = forms.BooleanField(label=label, initial=initial, required=False)

    def selection(self) -> Selection:
        """Return what was chosen; call on a valid form. A justification goes with its status only."""
        data = self.cleaned_data
        status = bool(data.get("status"))
        return Selection(
            status=status,
            justification=status and bool(data.get("justification")),
            lead=bool(data.get("lead")),
            deadline=bool(data.get("deadline")),
            contributions={
                contribution.pk: frozenset(Part(part) for part in chosen)
                for contribution in self.offered.contributions
                if (chosen := data.get(f"contribution_{contribution.pk}"))
            },
            evidence=frozenset(int(pk) for pk in data.get("evidence") or ()),
            references=frozenset(int(pk) for pk in data.get("references") or ()),
        )


class ManyForm(forms.Form):
    """How a selection of the list is published."""

    with_parts = forms.BooleanField(label=_("With their lettered parts"), initial=True, required=False)
    with_status = forms.BooleanField(
        label=_("With the confirmed status of implementation, where there is one"), required=False
    )


def pairs_of(selection: Selection) -> list[tuple[str, str]]:
    """Return a selection as the form's own fields: what is published is what the preview showed."""
    pairs = [("chosen", "1")]
    for name in ("status", "justification", "lead", "deadline"):
        if getattr(selection, name):
            pairs.append((name, "on"))
    for pk, parts in selection.contributions.items():
        pairs += [(f"contribution_{pk}", part.value) for part in Part if part in parts]
    pairs += [("evidence", str(pk)) for pk in sorted(selection.evidence)]
    return [*pairs, *(("references", str(pk)) for pk in sorted(selection.references))]
