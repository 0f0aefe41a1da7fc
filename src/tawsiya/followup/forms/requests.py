"""Forms of questionnaires: they clean what was typed; the commands decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.core.fields import DATE_FORMATS, DateInput, long_text
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import QuestionKind, QuestionnaireKind
from tawsiya.followup.commands.questionnaires import QuestionFacts, QuestionnaireFacts
from tawsiya.followup.commands.replies import Given
from tawsiya.followup.forms.fields import InstitutionsChoice, language_choices, named, set_choices
from tawsiya.followup.forms.paces import PaceForm
from tawsiya.followup.models import Question, Questionnaire
from tawsiya.followup.pace import Pace
from tawsiya.mechanisms.models import Review
from tawsiya.recommendations.models import Recommendation

IMPORTED_BYTES = 500_000


class ReviewChoice(forms.ModelChoiceField):
    """A review by its body and year."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the review's name."""
        return str(obj)


def _by_name(choice: tuple[Any, Any]) -> str:
    return str(choice[1])


class QuestionnaireForm(PaceForm):
    """What is asked of whom, until when, and at which pace it is reminded."""

    field_order = ("title", "kind", "review", "introduction", "language", "deadline")

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("It stands in the e-mails: name the occasion, nothing confidential."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionnaireKind.choices, widget=forms.RadioSelect)
    review = ReviewChoice(
        label=_("Review"),
        queryset=Review.objects.none(),
        required=False,
        empty_label=_("No review"),
        help_text=_("For the items of a review: each institution is asked about those it leads or supports."),
    )
    introduction = forms.CharField(label=_("Introduction"), required=False, widget=long_text(4))
    language = forms.ChoiceField(label=_("Language of the questions"))
    deadline = forms.DateField(label=_("Deadline"), widget=DateInput, input_formats=DATE_FORMATS)
    institutions = InstitutionsChoice(
        label=_("Institutions"),
        queryset=Institution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = assignable_institutions().select_related("parent")
        field = self.fields["institutions"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = possible
        field.choices = sorted(named(possible), key=_by_name)
        review = self.fields["review"]
        assert isinstance(review, forms.ModelChoiceField)
        review.queryset = Review.objects.select_related("body").order_by("-year", "pk")
        set_choices(self, "language", language_choices())

    @staticmethod
    def initial_of(questionnaire: Questionnaire | None) -> dict[str, Any]:
        """Return what the form shows of a questionnaire, or of a new one."""
        row = questionnaire or Questionnaire()
        names = ("title", "introduction", "language", "review", "deadline")
        pace = Pace(tuple(row.remind_before), row.remind_every, row.validator_after, row.head_after)
        initial = {name: getattr(row, name, None) for name in names if name != "review"}
        initial |= {
            "kind": row.kind or QuestionnaireKind.FREE,
            "review": row.review_id,
        }
        initial |= PaceForm.initial_of_pace(pace)
        if questionnaire is not None:
            initial["institutions"] = list(questionnaire.replies.values_list("institution_id", flat=True))
        return initial

    def facts(self) -> QuestionnaireFacts:
        """Return what was typed as the command takes it."""
        data = self.cleaned_data
        return QuestionnaireFacts(
            kind=QuestionnaireKind(data["kind"]),
            title=data["title"],
            language=data["language"],
            deadline=data["deadline"],
            introduction=data["introduction"],
            review=data["review"],
            pace=self.pace(),
        )


class QuestionForm(forms.Form):
    """One question of a questionnaire in preparation."""

    number = forms.CharField(
        label=pgettext_lazy("of a question", "Number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    kind = forms.ChoiceField(label=_("Answer"), choices=QuestionKind.choices, required=False)
    text = forms.CharField(label=_("Question"), required=False, widget=long_text(3))
    options = forms.CharField(
        label=_("Options, one a line"),
        required=False,
        widget=long_text(2),
        help_text=_("For a choice only."),
    )
    only_for = forms.TypedMultipleChoiceField(
        label=_("Only for"),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=_("None chosen: for all."),
    )
    recommendation = forms.ModelChoiceField(
        queryset=Recommendation.objects.all(), required=False, widget=forms.HiddenInput
    )
    measure_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, institutions: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "only_for", [(str(pk), name) for pk, name in institutions])

    def facts(self) -> QuestionFacts | None:
        """Return the question, or None for a line left empty or removed."""
        data = self.cleaned_data
        if data.get("DELETE") or not (data.get("text") or data.get("recommendation")):
            return None
        options = [line.strip() for line in data["options"].splitlines() if line.strip()]
        return QuestionFacts(
            text=data["text"],
            number=data["number"],
            kind=QuestionKind(data["kind"] or QuestionKind.TEXT),
            options=options,
            only_for=data["only_for"],
            recommendation=data["recommendation"],
            measure_key=data["measure_key"],
        )


QuestionSet = forms.formset_factory(QuestionForm, extra=1, can_delete=True, max_num=1000)


def question_set(questionnaire: Questionnaire, data: Any = None) -> Any:
    """Return the form of all questions of a questionnaire, with an empty line at its end."""
    replies = questionnaire.replies.select_related("institution")
    institutions = [(row.institution_id, text_of(row.institution.names)) for row in replies]
    initial = [
        {
            "number": row.number,
            "kind": row.kind,
            "text": row.text,
            "options": "\n".join(row.options),
            "only_for": row.only_for,
            "recommendation": row.recommendation_id,
            "measure_key": row.measure_key,
        }
        for row in questionnaire.questions.order_by("order")
    ]
    return QuestionSet(data, initial=initial, prefix="questions", form_kwargs={"institutions": institutions})


class PasteForm(forms.Form):
    """Questions pasted, or imported from a text file."""

    pasted = forms.CharField(
        label=_("Text"),
        required=False,
        widget=long_text(8),
        help_text=_("Numbered paragraphs become questions; lettered parts become questions of their own."),
    )
    file = forms.FileField(
        label=_("Or a text file"),
        required=False,
        help_text=_("Plain text in UTF-8, 500 kB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file into the text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is not None:
            if file.size > IMPORTED_BYTES:
                raise forms.ValidationError(_("The file is larger than 500 kB."))
            try:
                cleaned["pasted"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("The file is no plain text in UTF-8.")) from None
        if not (cleaned.get("pasted") or "").strip():
            raise forms.ValidationError(_("Paste a text, or choose a file."))
        return cleaned


class AnswersForm(forms.Form):
    """The answers of an institution: for each question a field of its kind, and a note."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"a{question.pk}"] = _field_for(question)
            self.fields[f"n{question.pk}"] = forms.CharField(
                label=_("Note"),
                required=False,
                widget=long_text(2),
                help_text=_("Source, period, or why there is nothing to say."),
            )

    def rows(self) -> list[dict[str, Any]]:
        """Return each question with its two bound fields."""
        return [
            {"question": question, "answer": self[f"a{question.pk}"], "note": self[f"n{question.pk}"]}
            for question in self.questions
        ]

    def given(self) -> dict[int, Given]:
        """Return what was answered, by question."""
        found = {}
        for question in self.questions:
            value, note = self.cleaned_data[f"a{question.pk}"], self.cleaned_data[f"n{question.pk}"]
            found[question.pk] = Given(
                text=value if question.kind in (QuestionKind.TEXT, QuestionKind.CHOICE) else "",
                figure=value if question.kind == QuestionKind.FIGURE else None,
                day=value if question.kind == QuestionKind.DATE else None,
                note=note,
            )
        return found


def _field_for(question: Question) -> forms.Field:
    if question.kind == QuestionKind.FIGURE:
        return forms.DecimalField(
            label=_("Figure"),
            required=False,
            max_digits=20,
            decimal_places=4,
            widget=forms.NumberInput(attrs={"step": "any", "dir": "ltr", "inputmode": "decimal"}),
        )
    if question.kind == QuestionKind.DATE:
        return forms.DateField(
            label=_("Date"),
            required=False,
            widget=DateInput,
            input_formats=DATE_FORMATS,
        )
    if question.kind == QuestionKind.CHOICE:
        options = [("", translate("No answer yet")), *((option, option) for option in question.options)]
        return forms.ChoiceField(label=_("Choice"), required=False, choices=options)
    return forms.CharField(label=_("Answer"), required=False, widget=long_text(5))


class TimeForm(forms.Form):
    """Ask for more time."""

    wanted = forms.DateField(label=_("New deadline"), widget=DateInput, input_formats=DATE_FORMATS)
    reason = forms.CharField(label=_("Reason"), widget=long_text(3))


class DecisionForm(forms.Form):
    """Grant more time, or refuse it."""

    until = forms.DateField(
        label=_("New deadline"), required=False, widget=DateInput, input_formats=DATE_FORMATS
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=long_text(3), help_text=_("Needed for a refusal.")
    )
