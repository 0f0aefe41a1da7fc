"""What is typed and chosen on the pages of imports."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tawsiya.intake.choices import Scope


class FileForm(forms.Form):
    """One file, whose kind is found out by its content."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is larger than what is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT_BYTES // 2**20}
            )
        return file


class UploadForm(FileForm):
    """A document of the UN to import."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Document")
        self.fields["file"].help_text = _(
            "OHCHR's thematic list of recommendations as a Word file (.docx). "
            "Nothing is imported before you have seen the preview."
        )


class ScopeForm(forms.Form):
    """What the file is declared complete for."""

    complete_for = forms.ChoiceField(
        label=_("The file is complete for"),
        required=False,
        choices=[("", _("Nothing in particular: withdraw nothing")), *Scope.choices],
        help_text=_(
            "Recommendations that the file no longer has, inside this scope, will be marked as withdrawn."
        ),
    )


class ReasonForm(forms.Form):
    """Why a row is left out."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, error_messages={"required": _("Give the reason.")}
    )


class MatrixForm(FileForm):
    """A matrix that an institution filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Filled matrix")
        self.fields["file"].help_text = _(
            "The Word file (.docx) that was exported here and filled in. "
            "Nothing is written before you have seen the preview."
        )
