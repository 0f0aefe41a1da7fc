"""The catalogues are complete, and the tool that says so finds what is wrong with one."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_messages", ROOT / "tools/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


messages = tool()
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
ARABIC = HEADER + '"Plural-Forms: nplurals=6; plural=0;\\n"\n\n'
FRENCH = HEADER + '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_catalogue_is_complete(language: str) -> None:
    found = messages.collect(messages.sources())
    assert len(found) > 400, "the search for messages finds little"
    assert messages.problems(language, found) == []


def test_the_english_is_spelt_as_the_united_nations_spell_it() -> None:
    elsewhere = re.compile(
        r"\b(?:\w*(?:rganis|ecognis|ormalis|ealis|inalis|ummaris|rioritis|uthoris|tilis|mphasis)[aei]\w*"
        r"|labor|color|center|fulfill|(?:action|national) program|mails?|[Cc]ivil-society|[Hh]uman-rights)\b"
    )
    texts = [
        text for found in messages.collect(messages.sources()).values() for text in (found.text, found.plural)
    ]
    assert [
        text for text in texts if elsewhere.search(text.replace("e-mail", "").replace("E-mail", ""))
    ] == []


def test_the_english_catalogue_restyles_what_the_sign_in_library_says() -> None:
    import allauth

    library = Path(allauth.__file__).parent / "locale/ar/LC_MESSAGES/django.po"
    with library.open("rb") as stream:
        known = {message.id for message in messages.read_po(stream)}
    own = [message for message in messages.load("en") if message.id]
    assert [message.id for message in own if message.id not in known] == []
    assert [
        message.string
        for message in own
        if not message.string or message.string != message.string.capitalize()
    ] == []


def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, entries: str, *found: object
) -> list[str]:
    """Return what the tool says about a catalogue with these entries."""
    path = tmp_path / language / "LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text((ARABIC if language == "ar" else FRENCH) + entries, "utf-8")
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    said: list[str] = messages.problems(language, {message.key: message for message in found})
    return said


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ('msgid "Save %(name)s"\nmsgstr "Enregistrer %(name)s"\n', []),
        ("", ["fr: not in the catalogue: 'Save %(name)s'"]),
        ('msgid "Save %(name)s"\nmsgstr ""\n', ["fr: not translated: 'Save %(name)s'"]),
        ('#, fuzzy\nmsgid "Save %(name)s"\nmsgstr "Enregistrer %(name)s"\n', ["fr: fuzzy: 'Save %(name)s'"]),
        (
            'msgid "Save %(name)s"\nmsgstr "Enregistrer %(nom)s"\n',
            ["fr: placeholders ['%(nom)s'] instead of ['%(name)s']: 'Save %(name)s'"],
        ),
        (
            'msgid "Save %(name)s"\nmsgstr "Enregistrer %(name)s"\n\nmsgid "Old"\nmsgstr "Vieux"\n',
            ["fr: no longer used: 'Old'"],
        ),
        (
            'msgid "Save %(name)s"\nmsgstr "Enregistrer %(name)s"\n\n#~ msgid "Old"\n#~ msgstr "Vieux"\n',
            ["fr: obsolete entry kept: 'Old'"],
        ),
        (
            'msgid "Save %(name)s"\nmsgid_plural "Saves"\nmsgstr[0] "a"\nmsgstr[1] "b"\n',
            ["fr: singular and plural differ from the sources: 'Save %(name)s'"],
        ),
    ],
    ids=["right", "missing", "untranslated", "fuzzy", "placeholder", "unused", "obsolete", "plural"],
)
def test_a_fault_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: str, said: list[str]
) -> None:
    assert check(tmp_path, monkeypatch, "fr", entries, messages.Found("Save %(name)s")) == said


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("fr", "Motif\u202f: aucun\u202f; «\u202faucun\u202f» n’est là\u202f?", None),
        ("fr", "<a href=\"%(url)s\" title='a'>https://example.org/a?b:c</a>&nbsp;", None),
        ("fr", "L'État", "a straight apostrophe; French has ’"),
        ("fr", "Motif : aucun", "no narrow no-break space before ; : ? ! »"),
        ("fr", "Motif: aucun", "no narrow no-break space before ; : ? ! »"),
        ("fr", "« aucun\u202f»", "no narrow no-break space after «"),
        ("fr", "Et caetera...", "three dots; French has …"),
        ("ar", "السبب: «لا شيء»؛ لماذا؟ 12, 14", None),
        ("ar", "السبب, لا شيء", "Latin punctuation; Arabic has ، ؛ ؟"),
        ("ar", "لماذا?", "Latin punctuation; Arabic has ، ؛ ؟"),
        ("ar", "١٢ صفا", "digits are 0 to 9"),
        ("ar", 'رمز "a"', "straight quotation marks; Arabic has « »"),
    ],
)
def test_typography_is_that_of_an_administration(language: str, text: str, fault: str | None) -> None:
    assert messages.typography(language, text) == ([fault] if fault else [])


def arabic(*forms: str) -> str:
    lines = "".join(f'msgstr[{number}] "{text}"\n' for number, text in enumerate(forms))
    return f'msgid "%(count)s row"\nmsgid_plural "%(count)s rows"\n{lines}'


@pytest.mark.parametrize(
    ("forms", "right"),
    [
        (("لا صفوف", "صف واحد", "صفان", "%(count)s صفوف", "%(count)s صفا", "%(count)s صف"), True),
        (("لا صفوف", "صف واحد", "صفان", "صفوف", "%(count)s صفا", "%(count)s صف"), False),
        (("لا صفوف", "صف واحد", "صفان", "", "%(count)s صفا", "%(count)s صف"), False),
        (("%(count)s صف", "%(count)s صف"), False),
    ],
    ids=["spelled out", "number lost", "form missing", "two forms"],
)
def test_arabic_has_six_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forms: tuple[str, ...], right: bool
) -> None:
    said = check(
        tmp_path, monkeypatch, "ar", arabic(*forms), messages.Found("%(count)s row", "%(count)s rows")
    )
    assert (said == []) is right


def test_messages_are_found_wherever_they_stand(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text(
        '{% load i18n %}{% translate "One" %}{% translate "Two" context "number" as x %}\n'
        "{% blocktranslate trimmed count n=rows|length %}\n  {{ n }} row\n{% plural %}\n  {{ n }} rows\n"
        "{% endblocktranslate %}{{ _('Three')|upper }}{% comment %}{% translate 'Not' %}{% endcomment %}"
    )
    code = tmp_path / "code.py"
    code.write_text(
        "from django.utils.translation import gettext as g, ngettext, pgettext_lazy as p\n"
        "_ = g\n_('Four ' 'and'); g('Five'); ngettext('%(n)s six', '%(n)s sixes', 2); p('place', 'Seven')\n"
        "g(NAMES[code]); other('Not')\n"
    )
    assert set(messages.collect([template, code]).values()) == {
        messages.Found("One"),
        messages.Found("Two", context="number"),
        messages.Found("%(n)s row", "%(n)s rows"),
        messages.Found("Three"),
        messages.Found("Four and"),
        messages.Found("Five"),
        messages.Found("%(n)s six", "%(n)s sixes"),
        messages.Found("Seven", context="place"),
    }


@pytest.mark.parametrize("call", ["_(f'Hello {name}')", "_('Hello ' + name)", "_('Hello %s' % name)", "_(3)"])
def test_a_sentence_put_together_is_refused(tmp_path: Path, call: str) -> None:
    code = tmp_path / "code.py"
    code.write_text(f"from django.utils.translation import gettext as _\n{call}\n")
    with pytest.raises(messages.Unreadable, match=r"code\.py:2"):
        list(messages.from_python(code))


def test_an_update_keeps_translations_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(tmp_path, monkeypatch, "fr", 'msgid "Kept"\nmsgstr "Gardé"\n\nmsgid "Gone"\nmsgstr "Parti"\n')
    found = [messages.Found("Kept"), messages.Found("New")]
    assert messages.update("fr", {message.key: message for message in found}) == (2, 1)
    text = messages.catalogue_path("fr").read_text("utf-8")
    assert 'msgid "Kept"\nmsgstr "Gardé"\n\nmsgid "New"\nmsgstr ""\n' in text
    assert "Gone" not in text
    assert "nplurals=2; plural=(n > 1);" in text


@pytest.mark.parametrize(
    ("language", "english", "translated", "said"),
    [
        ("ar", "Row %(row)s", "الصف %(row)s", []),
        (
            "ar",
            "Row %(row)s",
            "السطر %(row)s",
            ["'Row' is called otherwise", "a row is صف; سطر is a line of text"],
        ),
        ("ar", "A few words in a row", "بضع كلمات متتالية", []),
        ("ar", "Noted recommendations", "توصيات أُحيط بها علما", []),
        ("ar", "The assignment is made", "أُسنِدت التوصية", []),
        ("ar", "Due date", "تاريخ الاستحقاق", ["'Due date' is called otherwise", "a deadline is أجل"]),
        ("fr", "Evidence", "Élément de preuve", []),
        ("fr", "Evidence", "Preuve ou justificatif", ["evidence is “élément de preuve”"]),
        ("fr", "List of issues", "Liste des points", ["'List of issues' is called otherwise"]),
        ("fr", "Names %(deadline)s", "Noms %(deadline)s", []),
    ],
)
def test_a_word_of_the_domain_is_one_word(
    language: str, english: str, translated: str, said: list[str]
) -> None:
    assert list(messages.words(language, english, translated)) == said


def test_a_draft_of_a_programme_is_a_project_and_that_of_a_contribution_is_not() -> None:
    from django.utils.translation import override

    from tawsiya.followup.choices import ContributionState, RuleState
    from tawsiya.programme.choices import VersionState

    states = (VersionState.DRAFT, RuleState.DRAFT, ContributionState.DRAFT)
    for language, words in (
        ("en", ["Draft", "Draft", "Draft"]),
        ("fr", ["Projet", "Projet", "Brouillon"]),
        ("ar", ["مشروع", "مشروع", "مسودة"]),
    ):
        with override(language):
            assert [str(state.label) for state in states] == words
