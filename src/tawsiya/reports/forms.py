"""What is chosen on the pages of outputs."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TemplateForm(forms.Form):
    """A Word template."""

    file = forms.FileField(
        label=_("Word template"),
        help_text=_("A .docx file with the marks of the template in use. It is tried before it is taken."),
        error_messages={"required": _("Choose a file.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
