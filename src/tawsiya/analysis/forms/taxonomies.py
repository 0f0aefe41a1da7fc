"""What is typed and chosen on the pages of taxonomies."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.models import Vocabulary


class NamesForm(forms.Form):
    """The name of a taxonomy in the languages of the interface."""

    name_ar = forms.CharField(
        label=_("Name in Arabic"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )  # fmt: skip
    name_fr = forms.CharField(
        label=_("Name in French"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
    )  # fmt: skip
    name_en = forms.CharField(
        label=_("Name in English"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "lang": "en"}),
    )  # fmt: skip

    def names(self) -> dict[str, str]:
        """Return the names given, by language."""
        values = {code: self.cleaned_data.get(f"name_{code}", "").strip() for code in ("ar", "fr", "en")}
        return {code: name for code, name in values.items() if name}

    def clean(self) -> dict[str, Any]:
        """Ask for a name in one language at least."""
        data = super().clean() or {}
        if not self.names():
            raise forms.ValidationError(_("Give the taxonomy a name."))
        return data


class ImportForm(NamesForm):
    """A file of labels, and the taxonomy that it is."""

    code = forms.SlugField(
        label=_("Code"), max_length=40,
        help_text=_(
            "Letters without accents, digits and hyphens; the code of a taxonomy that exists brings it "
            "in step with the file."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    version = forms.CharField(
        label=_("Version"), required=False, max_length=40, help_text=_("For example the year.")
    )
    exclusive = forms.BooleanField(label=_("One label for each recommendation"), required=False)
    replaces = forms.ModelChoiceField(
        label=_("New version of"), required=False, queryset=Vocabulary.objects.all(), empty_label=_("None"),
        help_text=_("The column “replaces” of the file then says which old labels each new one stands for."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), allow_empty_file=True,
        help_text=_(
            "CSV in UTF-8 or Excel. Columns: code, parent, name_ar, name_fr, name_en, aliases, replaces; "
            "several aliases or codes parted by semicolons."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )  # fmt: skip

    field_order = ("file", "code", "name_ar", "name_fr", "name_en", "version", "replaces", "exclusive")

    def clean_code(self) -> str:
        """Refuse the codes whose labels come with the system."""
        code: str = self.cleaned_data["code"]
        if code in Taxonomy.values:
            raise forms.ValidationError(
                _("The labels of this taxonomy come with UN documents; give yours another code.")
            )
        return code

    def clean_file(self) -> Any:
        """Refuse a file that is larger than what is read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT_BYTES // 2**20}
            )
        return file


class SettingsForm(NamesForm):
    """The name of a taxonomy and what is applied without a person."""

    precision = forms.FloatField(
        label=_("Stated precision, in per cent"), min_value=50, max_value=99.9,
        help_text=_(
            "Of a hundred tags applied automatically, this many must be right on held-back data. Takes "
            "effect when the model is trained again."
        ),
        widget=forms.NumberInput(attrs={"step": "0.1", "dir": "ltr"}),
    )  # fmt: skip
    applies_automatically = forms.BooleanField(
        label=_("Apply sure suggestions automatically after each training"), required=False
    )

    field_order = ("name_ar", "name_fr", "name_en", "precision", "applies_automatically")
