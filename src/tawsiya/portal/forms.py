"""Choose what is published: one checkbox for each thing that may leave, and only those."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tawsiya.core.fields import long_text
from tawsiya.core.labels import text_of
from tawsiya.core.looks import look_of
from tawsiya.followup.models import Contribution
from tawsiya.portal.choices import Part, Selection
from tawsiya.portal.composing import Offer, public_parts, withheld_parts
from tawsiya.programme.commands.comments import LONGEST, PublicWords


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


class CommentForm(forms.Form):
    """What anybody says of a measure in consultation."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=long_text(6),
        help_text=_("Words only, without links. Leave out what concerns the private life of anybody."),
    )
    author = forms.CharField(
        label=_("Name or organization"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
        help_text=_("Not required. Published with the comment."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Not required, never published. It is forgotten once the answers are published."),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_of_a_machine(self) -> bool:
        """Whether the field was filled that no person sees."""
        return bool(self.cleaned_data["website"])

    def said(self) -> PublicWords:
        """Return what was written as the command takes it; call on a valid form."""
        data = self.cleaned_data
        return PublicWords(data["text"], get_language() or "en", data["author"], data["email"])
