"""Tags and filters of every page: icons, bidirectional text, labels, dates, components. See docs/ui.md."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
)
from django.forms.boundfield import BoundWidget
from django.template.base import Template
from django.template.context import Context
from django.template.engine import Engine
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.core import formats, labels
from tawsiya.core.looks import Look, Tone, look_of
from tawsiya.core.query import without

register = template.Library()

MISSING = "—"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
DUE_SOON_DAYS = 14
_STATIC = Path(__file__).resolve().parent.parent / "static" / "core"


@lru_cache(maxsize=1)
def icon_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return every icon of the sprite, and those that point somewhere and turn in Arabic."""
    listed = json.loads((_STATIC / "icons.json").read_text("utf-8"))
    own = {path.stem for path in (_STATIC / "icons").glob("*.svg")}
    return frozenset(listed["bootstrap"]) | own, frozenset(listed["directional"])


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """Return an icon of the sprite as SVG: hidden from readers of the page's text unless it has a label.

    Raises:
        ValueError: no such icon; add it to `core/static/core/icons.json`.
    """
    return _icon(name, str(label), extra)


@lru_cache(maxsize=1024)
def _icon(name: str, label: str, extra: str) -> SafeString:
    # A page shows a hundred icons, of a few dozen kinds.
    names, directional = icon_names()
    if name not in names:
        raise ValueError(f"no icon {name!r} in core/static/core/icons.json")
    classes = " ".join(filter(None, ["tw-icon", "tw-icon--turns" if name in directional else "", extra]))
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            classes,
            label,
            address,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        classes,
        address,
    )


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr` for a language code."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.simple_tag
def page_direction() -> str:
    """Return the direction of the page's language."""
    return "rtl" if get_language_bidi() else "ltr"


@register.filter
def ltr(value: object) -> SafeString:
    """Isolate a number, reference or address so that right-to-left text around it leaves it whole."""
    return format_html('<bdi dir="ltr">{}</bdi>', MISSING if value in (None, "") else value)


@register.filter(name="symbol")
def symbol_filter(value: object) -> SafeString:
    """Mark a UN document symbol: isolated, breaking only after a slash."""
    if not value:
        return SafeString(MISSING)
    parts = format_html("{}", str(value)).replace("/", "/<wbr>")
    return SafeString(f'<bdi dir="ltr" class="tw-symbol">{parts}</bdi>')


@register.simple_tag(name="symbol")
def symbol_tag(value: object, url: str = "") -> SafeString:
    """Mark a UN document symbol, as a link where an address is given."""
    text = symbol_filter(value)
    return format_html('<a href="{}">{}</a>', url, text) if url and value else text


@register.filter(name="label")
def label_filter(value: Mapping[str, str] | None) -> SafeString:
    """Return a label in the reader's language, marked with its own language when another had to do."""
    text, code = labels.pick(dict(value or {}))
    if not text:
        return SafeString(MISSING)
    if code == (get_language() or "en").split("-")[0]:
        return format_html("<bdi>{}</bdi>", text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', code, direction_of(code), text)


@register.filter
def label_text(value: Mapping[str, str] | None) -> str:
    """Return a label in the reader's language without markup, for attributes and options."""
    return labels.text_of(dict(value or {}))


def _time(value: dt.date, text: str, title: str = "") -> SafeString:
    machine = value.isoformat()
    if title:
        return format_html('<time datetime="{}" title="{}">{}</time>', machine, title, text)
    return format_html('<time datetime="{}">{}</time>', machine, text)


@register.filter
def tw_date(value: dt.date | None, style: formats.Style = "medium") -> SafeString:
    """Write a date by the State's locale; a dash where it is not known."""
    return _time(value, formats.localise_date(value, style)) if value else SafeString(MISSING)


@register.filter
def tw_datetime(value: dt.datetime | None, style: formats.Style = "medium") -> SafeString:
    """Write a moment in local time by the State's locale."""
    return _time(value, formats.localise_datetime(value, style)) if value else SafeString(MISSING)


@register.filter
def tw_ago(value: dt.datetime | None) -> SafeString:
    """Write how long ago a moment is; its title says the moment itself."""
    if not value:
        return SafeString(MISSING)
    return _time(value, formats.localise_ago(value), formats.localise_datetime(value))


@register.filter
def tw_number(value: formats.Number | None, decimals: int | None = None) -> str:
    """Write a number by the State's locale; unknown is a dash, never a zero."""
    return MISSING if value is None or value == "" else formats.localise_number(value, decimals)


@register.filter
def tw_percent(share: formats.Number | None, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return MISSING if share is None or share == "" else formats.localise_percent(share, decimals)


@register.simple_tag
def status_badge(code: str | None, label: str = "", plain: bool = False) -> SafeString:
    """Show a status as shape, colour and words; `plain` leaves the pill out (in dense tables)."""
    look = look_of(str(code or "no_status"), label)
    return _badge(Look(look.tone, look.icon, str(look.label)), bool(plain))


@lru_cache(maxsize=2048)
def _badge(look: Look, plain: bool) -> SafeString:
    # By its words, so that each language has its own. A list shows one in each of its rows.
    context = Context({"look": look, "plain": plain})
    return _engine_template("core/components/status_badge.html").render(context)


@register.simple_tag
def facet_group(facet: dict[str, Any]) -> SafeString:
    """Show a facet as `core/components/facet_group.html` does; what is kept with it is not written again."""
    if "written" not in facet:
        context = Context({"facet": facet, "open": facet.get("open")})
        facet["written"] = _engine_template("core/components/facet_group.html").render(context)
    written: SafeString = facet["written"]
    return written


@register.simple_tag
def deadline(date: dt.date | None, done: bool = False) -> SafeString:
    """Show a deadline; unless the work is done, say that it is overdue or due within two weeks."""
    look: Look | None = None
    if date and not done:
        today = timezone.localdate()
        if date < today:
            look = look_of("overdue")
        elif date <= today + dt.timedelta(days=DUE_SOON_DAYS):
            look = look_of("due_soon")
    shown = (look.tone, look.icon, str(look.label)) if look else None
    return _deadline(date, shown, formats.current_locale())


@lru_cache(maxsize=4096)
def _deadline(date: dt.date | None, shown: tuple[Tone, str, str] | None, locale: str) -> SafeString:
    # By the locale, in which the template writes the date.
    context = Context({"date": date, "look": Look(*shown) if shown else None})
    return _engine_template("core/components/deadline.html").render(context)


@register.inclusion_tag("core/components/un_text.html")
def un_text(text: str, language: str, status: str = "", compact: bool = False) -> dict[str, Any]:
    """Show a UN text in its own language and direction, with what it is worth as a text.

    Args:
        text: the text, escaped unless it is marked safe.
        language: its language code.
        status: `official`, `unofficial` (any `unofficial…` code) or empty for no badge.
        compact: without the reading size, for lists.
    """
    known = "unofficial" if status.startswith("unofficial") else status
    return {
        "text": text,
        "language": language,
        "direction": direction_of(language),
        "look": look_of(known) if known else None,
        "compact": compact,
    }


@register.simple_tag
def language_name(code: str) -> str:
    """Return a language's own name, for example `العربية`."""
    return {
        "ar": "العربية",
        "fr": "Français",
        "en": "English",
        "es": "Español",
        "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    }.get(code, code)


@register.simple_tag
def stacked(segments: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the segments of a stacked bar with their start and share in percent, and their look."""
    rows = list(segments)
    total = sum(row["count"] for row in rows)
    start = 0.0
    placed = []
    for row in rows:
        share = row["count"] / total if total else 0
        look = look_of(row.get("code", ""), row.get("label", ""))
        placed.append(
            {
                **row,
                "label": look.label,
                "icon": look.icon,
                "tone": row.get("tone") or look.tone,
                "share": share,
                # A point, whatever the language: these are SVG numbers.
                "x": f"{start * 100:.3f}",
                "width": f"{share * 100:.3f}",
            }
        )
        start += share
    return placed


@register.filter
def widget(field: BoundField) -> SafeString:
    """Render a form field's input with the classes of its kind; Django adds the aria attributes."""
    kind = field.field.widget
    attrs = {"class": kind.attrs.get("class", "")}
    if isinstance(kind, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        added = "form-check-input"
    elif isinstance(kind, Select):
        added = "form-select"
    else:
        added = "form-control"
    if isinstance(kind, FileInput):
        attrs["data-tw-file"] = ""
    if field.errors:
        added += " is-invalid"
    attrs["class"] = f"{attrs['class']} {added}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def choice(option: BoundWidget) -> SafeString:
    """Render one radio button or checkbox of a group, with the class of its kind."""
    option.data["attrs"]["class"] = "form-check-input"
    return option.tag()


@register.filter
def is_check(field: BoundField) -> bool:
    """Tell whether a field is one checkbox, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Tell whether a field is a group of radio buttons or checkboxes."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_file(field: BoundField) -> bool:
    """Tell whether a field takes a file."""
    return isinstance(field.field.widget, FileInput)


def _engine_template(name: str) -> Template:
    """Return Django's own template: the loader's wrapper would run the context processors again."""
    return Engine.get_default().get_template(name)


@register.simple_block_tag(takes_context=True, end_name="endcomponent")
def component(context: Context, content: str, name: str, **parameters: Any) -> SafeString:
    """Render `core/components/<name>.html` with its parameters and what stands between the tags as `slot`.

    The component sees the request but not the page's other variables: what it shows is what it is given.
    """
    given = {"slot": SafeString(content.strip()), **parameters}
    kept = {key: context[key] for key in ("csrf_token", "request") if key in context}
    return _engine_template(f"core/components/{name}.html").render(Context({**kept, **given}))


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int, param: str = "page") -> str:
    """Return the address of another page of the list, everything else in it kept."""
    query = context["request"].GET.copy()
    query[param] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_of_list(context: Context) -> str:
    """Return the filters in force as a query, without the page."""
    query = without(context["request"].GET, "page")
    return f"?{query.urlencode()}" if query else ""


@register.simple_tag
def page_numbers(page: Any) -> list[int | None]:
    """Return the page numbers to show around a page; None stands for a gap."""
    return [
        n if isinstance(n, int) else None
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1)
    ]


@register.filter
def plain_missing(value: object) -> object:
    """Show a dash and say "not known" where a value is missing."""
    if value in (None, ""):
        return format_html('<span class="tw-muted" title="{}">{}</span>', _("Not known"), MISSING)
    return value


@register.filter
def words(value: str) -> list[str]:
    """Split a text at its blanks: a list written in a template."""
    return value.split()
