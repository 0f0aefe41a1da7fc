"""Tags, filters and components, rendered from small templates; expected markup written by hand."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone, translation

from tawsiya.core import instance, looks
from tawsiya.core.models import Instance
from tawsiya.core.templatetags import tawsiya as tags


@pytest.fixture(autouse=True)
def _state(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve a State whose Arabic and French are Morocco's, without a database, in English first."""
    row = Instance(state="MAR", locales={"ar": "ar_MA", "fr": "fr_MA", "en": "en"})
    monkeypatch.setattr(instance, "current", lambda: row)
    with translation.override("en"):
        yield


@pytest.fixture
def arabic() -> Iterator[None]:
    with translation.override("ar"):
        yield


def render(source: str, **context: Any) -> str:
    """Render a template with the library loaded."""
    return Template("{% load tawsiya i18n %}" + source).render(Context(context)).strip()


def soup(source: str, **context: Any) -> BeautifulSoup:
    """Render and parse."""
    return BeautifulSoup(render(source, **context), "html.parser")


def test_an_icon_is_hidden_from_readers_unless_it_has_a_label() -> None:
    silent = soup('{% icon "bell" %}').svg
    spoken = soup('{% icon "bell" label="Alerts" %}').svg
    assert silent and silent["aria-hidden"] == "true" and silent.use["href"].endswith("icons.svg#bell")
    assert spoken and spoken["role"] == "img" and spoken["aria-label"] == "Alerts"


def test_only_directional_icons_turn() -> None:
    assert "tw-icon--turns" in render('{% icon "arrow-left" %}')
    assert "tw-icon--turns" not in render('{% icon "check-lg" %}')
    assert "tw-icon--turns" not in render('{% icon "clock" %}')


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(ValueError, match="no icon 'bel'"):
        render('{% icon "bel" %}')


def test_every_status_has_an_icon_that_exists() -> None:
    names, directional = tags.icon_names()
    assert {look.icon for look in looks.LOOKS.values()} <= names
    assert directional <= names


def test_ltr_isolates_and_escapes() -> None:
    assert render("{{ v|ltr }}", v="<1>") == '<bdi dir="ltr">&lt;1&gt;</bdi>'
    assert render("{{ v|ltr }}", v=None) == '<bdi dir="ltr">—</bdi>'
    assert render("{{ v|ltr }}", v=0) == '<bdi dir="ltr">0</bdi>'


def test_symbols_break_after_slashes_only() -> None:
    assert (
        render("{{ v|symbol }}", v="A/HRC/55/918")
        == '<bdi dir="ltr" class="tw-symbol">A/<wbr>HRC/<wbr>55/<wbr>918</bdi>'
    )
    assert "<script" not in render("{{ v|symbol }}", v="<script>")
    link = soup("{% symbol v '/d/1' %}", v="CAT/C/MAR/CO/4").a
    assert link and link["href"] == "/d/1" and link.text == "CAT/C/MAR/CO/4"
    assert render("{% symbol v '/d/1' %}", v="") == "—"


def test_labels_say_their_language_when_another_had_to_do(arabic: None) -> None:
    assert render("{{ v|label }}", v={"ar": "العدل", "fr": "Justice"}) == "<bdi>العدل</bdi>"
    assert render("{{ v|label }}", v={"fr": "Justice"}) == '<bdi lang="fr" dir="ltr">Justice</bdi>'
    assert render("{{ v|label }}", v={}) == "—"
    assert render("{{ v|label_text }}", v={"fr": "L’eau"}) == "L’eau"


def test_dates_follow_the_state(arabic: None) -> None:
    assert render("{{ v|tw_date }}", v=dt.date(2025, 8, 3)) == '<time datetime="2025-08-03">3 غشت 2025</time>'
    assert render("{{ v|tw_date }}", v=None) == "—"
    moment = dt.datetime(2025, 8, 3, 12, 5, tzinfo=dt.UTC)
    with timezone.override("Africa/Casablanca"):
        assert "3 غشت 2025، 13:05" in render("{{ v|tw_datetime }}", v=moment)


def test_unknown_numbers_are_not_zero() -> None:
    assert render("{{ v|tw_number }}", v=None) == "—"
    assert render("{{ v|tw_number }}", v=0) == "0"
    assert render("{{ v|tw_percent }}", v=None) == "—"


@pytest.mark.parametrize(
    ("days", "done", "words"),
    [
        (-1, False, "Overdue"),
        (0, False, "Due soon"),
        (14, False, "Due soon"),
        (15, False, ""),
        (-1, True, ""),
    ],
)
def test_deadlines_say_in_words_what_is_late(days: int, done: bool, words: str) -> None:
    page = soup(
        "{% deadline v done %}",
        v=timezone.localdate() + dt.timedelta(days=days),
        done=done,
    )
    status = page.select_one(".tw-status")
    assert (status.text.strip() if status else "") == words


def test_a_status_shows_shape_and_words() -> None:
    page = soup("{% status_badge 'partly_implemented' %}")
    assert page.text.strip() == "Partly implemented"
    assert page.use and str(page.use["href"]).endswith("#status-half")
    assert soup("{% status_badge 'with_delegation' 'Under review' %}").text.strip() == "Under review"
    assert soup("{% status_badge 'brand_new' %}").text.strip() == "Brand new"
    assert soup("{% status_badge None %}").text.strip() == "No status yet"


def test_un_texts_keep_their_own_direction(arabic: None) -> None:
    body = soup("{% un_text v 'fr' 'unofficial' %}", v="Repeal <b>").select_one(".tw-un-text__body")
    assert body and body["lang"] == "fr" and body["dir"] == "ltr" and body.text == "Repeal <b>"


def test_a_component_gets_its_parameters_and_slot_and_nothing_else() -> None:
    page = soup(
        '{% component "panel" title=head %}<p>{{ v }}</p>{% endcomponent %}'
        '{% component "panel" %}{% endcomponent %}',
        head="T <i>",
        v="<x>",
        title="leak",
    )
    first, second = page.select(".tw-panel")
    assert first.h2 and first.h2.text == "T <i>" and first.p and first.p.text == "<x>"
    assert second.h2 is None


def test_an_unknown_component_names_itself() -> None:
    with pytest.raises(Exception, match=r"core/components/nothing\.html"):
        render('{% component "nothing" %}{% endcomponent %}')
    with pytest.raises(TemplateSyntaxError):
        render('{% component "panel" %}')


def test_stacked_segments_fill_the_bar() -> None:
    parts = tags.stacked([{"code": "implemented", "count": 1}, {"code": "in_progress", "count": 3}])
    assert [(part["x"], part["width"], part["tone"]) for part in parts] == [
        ("0.000", "25.000", "success"),
        ("25.000", "75.000", "progress"),
    ]
    assert tags.stacked([{"code": "implemented", "count": 0}])[0]["width"] == "0.000"


def test_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/list?body=upr&body=cat&page=2")
    page = soup(
        '{% include "core/components/pagination.html" %}',
        page=Paginator(range(30), 10).page(2),
        request=request,
    )
    assert [link["href"] for link in page.select("a[rel]")] == [
        "?body=upr&body=cat&page=1",
        "?body=upr&body=cat&page=3",
    ]
    assert "11 to 20 of 30" in page.text


def test_facets_show_the_first_and_fold_the_others() -> None:
    options = [{"value": str(i), "label": f"o{i}", "count": i, "chosen": i == 0} for i in range(9)]
    page = soup(
        '{% include "core/components/facet_group.html" %}',
        facet={"name": "theme", "label": "Theme", "options": options},
    )
    assert len(page.select("input[type=checkbox][name=theme]")) == 9
    assert len(page.select(".tw-facet__more input")) == 2
    assert page.select_one("input[value='0'][checked]")
    few = soup(
        '{% include "core/components/facet_group.html" %}',
        facet={"name": "theme", "label": "Theme", "options": options[:7]},
    )
    assert not few.select(".tw-facet__more")


class Sample(forms.Form):
    """One field of each kind."""

    text = forms.CharField(label="Text", help_text="All of it")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Sure", required=False)
    file = forms.FileField(label="File", required=False)


def test_fields_tie_help_and_errors_to_their_input() -> None:
    page = soup('{% include "core/components/form.html" %}', form=Sample({"kind": "b"}))
    text = page.find("input", {"name": "text"})
    assert text and text["aria-invalid"] == "true" and "is-invalid" in text["class"]
    for reference in str(text["aria-describedby"]).split():
        assert page.find(id=reference), reference
    link = page.select_one("[role=alert] a")
    assert link and link["href"] == f"#{text['id']}"
    radios = page.select("fieldset input[type=radio].form-check-input")
    assert [radio["value"] for radio in radios if radio.has_attr("checked")] == ["b"]
    assert page.select_one(".tw-drop input[type=file]")
    for field in page.select("input:not([type=hidden])"):
        assert page.find("label", {"for": field["id"]}), field["name"]


def test_a_confirmation_asks_for_its_reason_and_carries_the_token() -> None:
    page = soup(
        '{% component "confirm_dialog" id="d" title="Sure?" action="/x" label="Do" reason=True %}'
        "{% endcomponent %}",
        csrf_token="tok",
    )
    form = page.select_one("dialog[popover]#d form[method=post]")
    assert form and form["action"] == "/x"
    assert form.find("textarea", {"name": "reason", "required": True})
    assert form.find("input", {"name": "csrfmiddlewaretoken", "value": "tok"})


@pytest.mark.parametrize(
    ("language", "direction", "sheet"),
    [
        ("ar", "rtl", "bootstrap.rtl.min.css"),
        ("fr", "ltr", "bootstrap.min.css"),
        ("en", "ltr", "bootstrap.min.css"),
    ],
)
@pytest.mark.parametrize("shell", ["base.html", "public_base.html", "auth_base.html", "404.html", "500.html"])
def test_shells_turn_with_the_language_and_hold_nothing_inline(
    shell: str, language: str, direction: str, sheet: str
) -> None:
    demo = Instance(state="XTM", names={"en": "Tamourt"}, is_demo=True)
    with translation.override(language):
        page = soup(
            "{% include shell %}",
            shell=shell,
            instance=demo,
            request=RequestFactory().get("/"),
        )
    html = page.html
    assert html and html["lang"] == language and html["dir"] == direction
    assert page.find("link", href=lambda value: value and value.endswith(f"bootstrap/{sheet}"))
    assert not page.select("[style], style, script:not([src]), [onclick]")
    assert page.select_one("main#main")
    if shell != "500.html":
        assert [span["lang"] for span in page.select(".tw-demo span")] == [
            "ar",
            "fr",
            "en",
        ]


def test_no_banner_on_real_data() -> None:
    page = soup(
        '{% include "base.html" %}',
        instance=Instance(state="MAR"),
        request=RequestFactory().get("/"),
    )
    assert not page.select(".tw-demo")


def test_a_refusal_gives_its_reason() -> None:
    page = soup('{% include "403.html" %}', reason="An author never validates his own text.")
    assert "An author never validates his own text." in page.text
