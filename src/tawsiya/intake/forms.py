"""What is typed and chosen on the pages of imports."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.core.fields import long_text
from tawsiya.intake import messages
from tawsiya.intake.choices import Scope
from tawsiya.intake.commands.fixes import Fields
from tawsiya.intake.incoming import MAX_PARAGRAPH
from tawsiya.intake.readers import ocr
from tawsiya.intake.readers.issues import LONGEST, Issue
from tawsiya.mechanisms import states
from tawsiya.recommendations.choices import Kind, Position


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
            "A report of the Universal Periodic Review, its addendum, concluding observations, a report on "
            "a visit, or OHCHR's thematic list of recommendations, in Word or PDF; an export of the "
            "Universal Human Rights Index; or a spreadsheet of your own (Excel, OpenDocument, CSV). "
            "Nothing is imported before you have seen the preview."
        )
        if ocr.available():
            self.fields["scan"] = forms.BooleanField(
                label=_("Recognize the text from the pages (OCR)"),
                required=False,
                help_text=_(
                    "For PDF files whose letters are damaged. Scans without any text are recognized in any "
                    "case; it takes some seconds a page."
                ),
            )


class PlanForm(FileForm):
    """The plan of a programme: our own workbook, or a table from elsewhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Plan")
        self.fields["file"].help_text = _(
            "The workbook of this programme, filled in or corrected; or an existing plan as a table in "
            "Excel, OpenDocument, CSV or Word. Nothing is written before you have seen the preview."
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
            "The Word (.docx) or Excel (.xlsx) file that was exported here and filled in. "
            "Nothing is written before you have seen the preview."
        )


class IssuesForm(FileForm):
    """A list of issues, whose paragraphs become the questions of a questionnaire."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("List of issues")
        self.fields["file"].help_text = _(
            "The Word (.docx) or PDF file of a treaty body, in Arabic, French or English. "
            "You choose and edit its questions before any is added."
        )
        self.fields["file"].widget.attrs["accept"] = ".docx,.doc,.pdf"


class IssueLine(forms.Form):
    """A question found in a list of issues: taken or not, and edited."""

    take = forms.BooleanField(label=_("Take this question"), required=False)
    number = forms.CharField(label=pgettext_lazy("of a question", "Number"), max_length=30, required=False)
    text = forms.CharField(label=_("Question"), max_length=LONGEST, required=False, widget=long_text(3))

    @property
    def is_taken(self) -> bool:
        """Whether a valid line is to become a question."""
        return bool(self.cleaned_data["take"])

    def clean(self) -> dict[str, Any]:
        """Refuse a question that is taken without words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("take") and "text" in cleaned and not cleaned["text"].strip():
            self.add_error("text", _("A question needs its words; leave it out, or write them."))
        return cleaned


def issue_set(rows: Sequence[Issue], data: Any = None) -> Any:
    """Return the lines of a preview, one for each question read; `data` are those that a page sent back."""
    lines = forms.formset_factory(IssueLine, extra=0, max_num=len(rows), absolute_max=len(rows))
    initial = [{"take": True, "number": row.number[:30], "text": row.text} for row in rows]
    if data is not None:
        # As many as were read, whatever the page says.
        data = data.copy()
        data["issues-TOTAL_FORMS"] = data["issues-INITIAL_FORMS"] = str(len(rows))
    return lines(data, initial=initial, prefix="issues")


class RowForm(forms.Form):
    """The fields of a row that a person corrects. States by name, separated by commas."""

    paragraph = forms.CharField(
        label=_("Paragraph"),
        max_length=MAX_PARAGRAPH,
        error_messages={"required": _("Give the number of the paragraph.")},
    )
    subparagraph = forms.CharField(
        label=_("Lettered part"),
        max_length=MAX_PARAGRAPH,
        required=False,
        help_text=_("Its path: “a”, or “a.ii” for (a) (ii)."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    position = forms.ChoiceField(
        label=_("Position"), required=False, choices=[("", _("None yet")), *Position.choices]
    )
    states = forms.CharField(
        label=_("Recommending States"),
        required=False,
        max_length=3000,
        help_text=_("Names separated by commas; a name that is not known is kept as written."),
    )

    def fields_of(self, text: str) -> Fields:
        """Return what was typed, with a text, as a command takes it."""
        given = self.cleaned_data
        names = [name.strip() for name in re.split(r"[,،;]", given["states"]) if name.strip()]
        codes = [(name, states.recognise(name)) for name in names]
        return Fields(
            paragraph=given["paragraph"],
            subparagraph=given["subparagraph"],
            kind=given["kind"],
            position=given["position"],
            text=text,
            states=list(dict.fromkeys(code for _name, code in codes if code)),
            states_as_written=[name for name, code in codes if not code],
        )

    @staticmethod
    def initial_of(record: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row says now, as the form shows it."""
        names = [messages.state_name(code) for code in record.get("recommending_states") or ()]
        names += record.get("recommending_states_unrecognised") or []
        return {
            **{name: record.get(name) or "" for name in ("paragraph", "subparagraph", "kind", "position")},
            "states": ", ".join(names),
        }


class EditForm(RowForm):
    """A row with its text."""

    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": _("Write the text.")},
    )


class CutForm(forms.Form):
    """Where a text is cut in two."""

    begins = forms.CharField(
        label=_("The second part begins with"),
        max_length=500,
        widget=forms.TextInput(attrs={"list": "cuts", "dir": "auto", "autocomplete": "off"}),
        help_text=_("A few words of the text, as they stand there. Likely places are suggested."),
        error_messages={"required": _("Say with which words the second part begins.")},
    )
