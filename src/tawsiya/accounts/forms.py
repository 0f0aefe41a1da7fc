"""Forms of accounts: they clean what was typed; the commands decide."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.choices import InstitutionKind, MailPace, Role
from tawsiya.accounts.commands import InstitutionFacts, Person
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import existing_institutions
from tawsiya.accounts.roles import HOME
from tawsiya.core import instance
from tawsiya.core.fields import DATE_FORMATS, DateInput
from tawsiya.core.labels import Label, text_of

LANGUAGE_NAMES = {"ar": "العربية", "fr": "Français", "en": "English"}


class DateField(forms.DateField):
    """A day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=DateInput(), input_formats=DATE_FORMATS, **options)


def language_choices() -> list[tuple[str, str]]:
    """Return the instance's languages in their own words; all of the system's before an instance exists."""
    row = instance.current()
    wanted = row.languages if row is not None else [code for code, _name in settings.LANGUAGES]
    return [(code, LANGUAGE_NAMES[code]) for code in wanted if code in LANGUAGE_NAMES]


def _main_language() -> str:
    return language_choices()[0][0]


class InstitutionChoice(forms.ModelChoiceField):
    """One institution of today, named in the reader's language; a directorate stands under its ministry."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the institution's name, a directorate's after its ministry's."""
        name = text_of(obj.names) or obj.key
        return f"{text_of(obj.parent.names)} › {name}" if obj.parent else name


class PersonChoice(forms.ModelChoiceField):
    """One person, named in the script of the page where it is known."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name and the address: two people can share a name."""
        name: str = obj.name_in(get_language() or "")
        return f"{name} ({obj.email})"


def _check_home(form: forms.Form) -> None:
    """Say at the role's field that it does not exist in the institution chosen (`roles.HOME`)."""
    institution, role = form.cleaned_data.get("institution"), form.cleaned_data.get("role")
    if institution and role and InstitutionKind(institution.kind) not in HOME[Role(role)]:
        form.add_error(
            "role",
            _("This role does not exist in an institution of this kind: %(kind)s.")
            % {"kind": institution.get_kind_display()},
        )


class InviteForm(forms.Form):
    """Who is invited, and to which role."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    name = forms.CharField(
        label=_("Name in Latin script"),
        max_length=150,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name_ar = forms.CharField(
        label=_("Name in Arabic script"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=language_choices,
        initial=_main_language,
        help_text=_("Of the invitation, the pages and the e-mails. The person can change it."),
    )
    institution = InstitutionChoice(label=_("Institution"), queryset=Institution.objects.none())
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_("Each role exists only in certain institutions: see the page of roles."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["institution"].queryset = existing_institutions()  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """See that the role fits."""
        _check_home(self)
        return self.cleaned_data

    def person(self) -> Person:
        """Return who is invited."""
        data = self.cleaned_data
        return Person(data["email"], data["name"], data["name_ar"], data["language"])


class RoleForm(forms.Form):
    """A role to give."""

    institution = InstitutionChoice(label=_("Institution"), queryset=Institution.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    starts_on = DateField(label=_("From"), initial=timezone.localdate)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["institution"].queryset = existing_institutions()  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """See that the role fits."""
        _check_home(self)
        return self.cleaned_data


class EndRoleForm(forms.Form):
    """The last day of a role."""

    ends_on = DateField(label=_("Last day"), required=False)


class DeputyForm(forms.Form):
    """Who replaces a person, and when."""

    deputy = PersonChoice(label=_("Deputy"), queryset=User.objects.none())
    deputy_from = DateField(label=_("First day"), initial=timezone.localdate)
    deputy_to = DateField(label=_("Last day"))

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]  # a choice field


def _name(label: Any, language: str, length: int = 300) -> forms.CharField:
    direction = "rtl" if language == "ar" else "ltr"
    return forms.CharField(
        label=label,
        max_length=length,
        required=False,
        widget=forms.TextInput(attrs={"dir": direction, "lang": language, "autocomplete": "off"}),
    )


class InstitutionForm(forms.Form):
    """Names, acronyms, kind and first day of an institution. A directorate has its institution's kind."""

    names_ar = _name(_("Name in Arabic"), "ar")
    names_fr = _name(_("Name in French"), "fr")
    names_en = _name(_("Name in English"), "en")
    acronyms_ar = _name(_("Acronym in Arabic"), "ar", 40)
    acronyms_fr = _name(_("Acronym in French"), "fr", 40)
    acronyms_en = _name(_("Acronym in English"), "en", 40)
    kind = forms.ChoiceField(label=_("Kind"), choices=InstitutionKind.choices)
    exists_from = DateField(
        label=_("Exists since"), required=False, help_text=_("Leave it empty where it is not known.")
    )

    def __init__(self, *args: Any, directorate: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if directorate:
            del self.fields["kind"]

    @staticmethod
    def initial_of(institution: Institution) -> dict[str, Any]:
        """Return what the form shows of an institution."""
        names = {f"names_{code}": institution.names.get(code, "") for code in LANGUAGE_NAMES}
        acronyms = {f"acronyms_{code}": institution.acronyms.get(code, "") for code in LANGUAGE_NAMES}
        return names | acronyms | {"kind": institution.kind, "exists_from": institution.exists_from}

    def facts(self, kind: str = "") -> InstitutionFacts:
        """Return what was typed; `kind` where the form does not ask for it."""
        return InstitutionFacts(
            kind=InstitutionKind(self.cleaned_data.get("kind") or kind),
            names=self._label("names"),
            acronyms=self._label("acronyms"),
            exists_from=self.cleaned_data["exists_from"],
        )

    def _label(self, field: str) -> Label:
        typed = {code: self.cleaned_data[f"{field}_{code}"] for code in LANGUAGE_NAMES}
        return {code: text for code, text in typed.items() if text}


class SuccessorForm(forms.Form):
    """Which institution takes over, and from which day."""

    successor = InstitutionChoice(label=_("Replaced by"), queryset=Institution.objects.none())
    on = DateField(label=_("From"), help_text=_("The first day of the institution that takes over."))

    def __init__(self, *args: Any, institution: Institution, **options: Any) -> None:
        super().__init__(*args, **options)
        others = existing_institutions().exclude(pk=institution.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]  # a choice field


class AcceptForm(forms.Form):
    """The password that an invited person chooses, twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least twelve characters; a few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    again = forms.CharField(
        label=_("Password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        first, second = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if first and second and first != second:
            self.add_error("again", _("The two passwords differ."))
        return self.cleaned_data


class LanguageForm(forms.Form):
    """The language a person chooses, and how often mails come."""

    language = forms.ChoiceField(
        label=_("Language"), choices=language_choices, help_text=_("Of the pages and the e-mails.")
    )
    mail_pace = forms.ChoiceField(
        label=_("E-mails"),
        choices=MailPace.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Questionnaires and reminders of them come at once; "
            "reminders of assignments are in the weekly e-mail."
        ),
    )
