"""Forms about what is said of a recommendation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.mechanisms.choices import TextStatus
from tawsiya.recommendations.choices import TagOrigin, grades_for
from tawsiya.recommendations.models import Recommendation, Tag
from tawsiya.recommendations.reading import tag_name
from tawsiya.recommendations.vocabularies import vocabularies


class TagChoice(forms.ModelMultipleChoiceField):
    """Tags of one family, named in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the tag's name."""
        return tag_name(obj.code, obj.names, obj.taxonomy)


class TagsForm(forms.Form):
    """The tags that people set; those of imports are not offered, they stay as the document has them.

    Automatic ones stand among them: saving confirms what is ticked and takes away what is not.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: Recommendation, **kwargs: Any) -> None:
        links = list(item.tag_links.all())
        by_person = {link.tag_id for link in links if link.origin != TagOrigin.IMPORT}
        imported = {link.tag_id for link in links} - by_person
        super().__init__(*args, **kwargs)
        self.initial = {"seen_version": item.version, **_grouped(links, by_person)}
        self._families: list[str] = []
        for vocabulary in vocabularies():
            offered = (
                Tag.objects.filter(taxonomy=vocabulary.code)
                .filter(Q(is_retired=False) | Q(pk__in=by_person))
                .exclude(pk__in=imported)
                .order_by("sort_key")
            )
            if not offered:
                continue
            self._families.append(vocabulary.code)
            self.fields[vocabulary.code] = TagChoice(
                label=vocabulary.label,
                queryset=offered,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def groups(self) -> list[forms.BoundField]:
        """Return the families that have something to choose."""
        return [self[name] for name in self._families]

    def chosen(self) -> list[Tag]:
        """Return the tags chosen, of all families."""
        return [tag for name in self._families for tag in self.cleaned_data[name]]


def _grouped(links: Iterable[Any], chosen: set[int]) -> dict[str, list[int]]:
    grouped: dict[str, list[int]] = {}
    for link in links:
        if link.tag_id in chosen:
            grouped.setdefault(link.tag.taxonomy, []).append(link.tag_id)
    return grouped


class TranslationForm(forms.Form):
    """An unofficial text in a language that has no official one."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    language = forms.ChoiceField(label=_("Language"))
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        help_text=_("Without the paragraph's number and without the names of the recommending States."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def __init__(self, *args: Any, item: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = item.version
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = open_languages(item)


class GradeForm(forms.Form):
    """The national grade, of those that fit the position recorded at the UN."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    grade = forms.ChoiceField(label=_("National grade"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, item: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seen_version": item.version, "grade": item.national_grade}
        field = self.fields["grade"]
        assert isinstance(field, forms.ChoiceField)
        offered = [(grade.value, grade.label) for grade in grades_for(item.position)]
        field.choices = [("", _("No grade")), *offered]


def open_languages(item: Recommendation) -> list[tuple[str, Any]]:
    """Return the languages in which a translation can be written: those without an official text."""
    official = {row.language for row in item.texts.all() if row.status == TextStatus.OFFICIAL}
    return [(code, name) for code, name in settings.LANGUAGES if code not in official]
