"""Forms of the rule of assessment: one branch, one group or one condition at a time."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tawsiya.core.fields import DATE_FORMATS, DateInput, long_text
from tawsiya.core.labels import Label, language_within
from tawsiya.followup.forms.fields import language_choices, set_choices
from tawsiya.followup.rule.conditions import CONDITIONS, Condition, Parameter
from tawsiya.followup.rule.tree import GROUPS, SCALES, Node


class BranchForm(forms.Form):
    """A status, and in words when it is proposed."""

    status = forms.ChoiceField(label=_("Status"))

    def __init__(self, *args: Any, scale: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "status", [(status.value, status.label) for status in SCALES[scale][1]])
        for code, name in settings.LANGUAGES:
            self.fields[f"label_{code}"] = forms.CharField(
                label=_("When it is proposed, in words (%(language)s)") % {"language": language_within(name)},
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )

    def labels(self) -> Label:
        """Return the words in each language in which some were typed."""
        typed = {code: self.cleaned_data[f"label_{code}"].strip() for code, _name in settings.LANGUAGES}
        return {code: text for code, text in typed.items() if text}


def initial_of_branch(branch: Node) -> dict[str, str]:
    """Return a branch as the initial values of `BranchForm`."""
    labels = {f"label_{code}": text for code, text in branch["labels"].items()}
    return {"status": branch["status"], **labels}


class KindForm(forms.Form):
    """What is added to a group: a condition, or another group."""

    kind = forms.ChoiceField(label=_("What is asked"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conditions = [(code, condition.name) for code, condition in CONDITIONS.items()]
        set_choices(self, "kind", [*conditions, *GROUPS.items()])


class GroupForm(forms.Form):
    """How a group joins what stands in it."""

    group = forms.ChoiceField(label=_("It is true where"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "group", [("all", GROUPS["all"]), ("any", GROUPS["any"])])


class ConditionForm(forms.Form):
    """The parameters of a condition."""

    def __init__(self, *args: Any, condition: Condition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.condition = condition
        for parameter in condition.parameters:
            self.fields[parameter.name] = _field(parameter)

    def node(self) -> Node:
        """Return the condition as the tree has it."""
        return {"is": self.condition.code} | {
            parameter.name: self.cleaned_data[parameter.name] for parameter in self.condition.parameters
        }


def _field(parameter: Parameter) -> forms.Field:
    if parameter.kind == "number":
        return forms.IntegerField(
            label=str(parameter.label),
            min_value=parameter.low,
            max_value=parameter.high,
            initial=parameter.low,
        )
    if parameter.kind == "one":
        return forms.ChoiceField(label=str(parameter.label), choices=list(parameter.choices))
    return forms.MultipleChoiceField(
        label=str(parameter.label), choices=list(parameter.choices), widget=forms.CheckboxSelectMultiple
    )


class PublishRuleForm(forms.Form):
    """From when a version holds, and what it changes."""

    in_force_from = forms.DateField(label=_("In force from"), widget=DateInput, input_formats=DATE_FORMATS)
    note = forms.CharField(
        label=_("What changes, and why"), widget=long_text(4), help_text=_("The public reads it.")
    )
    language = forms.ChoiceField(label=_("Language"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "language", language_choices())
