"""What publishing now would change for the public, in the words of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tawsiya.core.errors import Message
from tawsiya.core.labels import language_within, text_of
from tawsiya.core.looks import look_of
from tawsiya.portal.choices import Part

Plain = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One thing that would change: empty `before` where it is new, empty `after` where it goes."""

    label: Message
    before: str
    after: str


def differences(before: Plain, after: Plain) -> list[Difference]:
    """Return what differs between two contents of snapshots, in the order of the page.

    Args:
        before: what is public, `{}` where nothing is.
        after: what would be.
    """
    old, new = (dict(_lines(content)) if content else {} for content in (before, after))
    return [
        Difference(label, old.get(key, ""), new.get(key, ""))
        for key, label in {**_labels(before), **_labels(after)}.items()
        if old.get(key, "") != new.get(key, "")
    ]


def _labels(content: Plain) -> Mapping[tuple[Any, ...], str]:
    return {key: _label(key) for key, _value in _lines(content)} if content else {}


def _language(code: object) -> str:
    return language_within(dict(settings.LANGUAGES).get(str(code), code))


def _label(key: tuple[Any, ...]) -> str:
    kind, *rest = key
    fixed = {
        "document": _("Document"),
        "heading": _("Heading"),
        "position": _("Position of the State"),
        "states": _("Recommending States"),
        "themes": _("Themes"),
        "persons": _("Affected persons"),
        "sdgs": _("Sustainable Development Goals"),
        "status": _("Status of implementation"),
        "justification": _("Justification"),
        "lead": _("Lead institution"),
        "deadline": _("Deadline"),
        "evidence": _("Evidence"),
        "reference": _("Evidence"),
        "indicator": _("Indicators"),
    }
    if kind == "text":
        return _("Text (%(language)s)") % {"language": _language(rest[0])}
    if kind == "lead_in":
        return _("Text of the paragraph (%(language)s)") % {"language": _language(rest[0])}
    if kind == "contribution":
        return f"{rest[1]} · {Part(rest[2]).label}"
    return fixed[kind]


def _lines(content: Plain) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield each published thing with a key that recognises it again."""
    yield ("document",), f"{content['document']['symbol']} § {content['item']['label']}"
    yield ("heading",), text_of(content["headings"])
    for name in ("lead_in", "texts"):
        for row in content[name]:
            official = look_of(row["status"]).label
            yield (name.removesuffix("s"), row["language"]), f"{row['text']} ({official})"
    yield ("position",), str(look_of(content["position"]).label) if content["position"] else ""
    yield ("states",), ", ".join(text_of(row["names"]) for row in content["recommending_states"])
    for name in ("themes", "persons", "sdgs"):
        yield (name,), ", ".join(text_of(tag["names"]) or tag["code"] for tag in content[name])
    yield from _follow_up(content)


def _follow_up(content: Plain) -> Iterator[tuple[tuple[Any, ...], str]]:
    status = content["status"]
    if status:
        yield ("status",), str(look_of(status["code"]).label)
        if status["justification"]:
            yield ("justification",), status["justification"]["text"]
    if content["lead"]:
        yield ("lead",), text_of(content["lead"]["names"])
    if content["deadline"]:
        yield ("deadline",), content["deadline"]
    for row in content["contributions"]:
        for part in row["parts"]:
            yield ("contribution", row["id"], text_of(row["institution"]), part["part"]), part["text"]
    for file in content["evidence"]:
        yield ("evidence", file["id"], file["sha256"]), file["title"]
    for row in content.get("references", ()):
        yield ("reference", row["id"]), " · ".join(filter(None, (row["title"], row["number"], row["url"])))
    for row in content.get("indicators", ()):
        last = max(row["values"], key=lambda value: str(value["period"]), default=None)
        figure = (str(last["value"] or "—"), str(last["period"])) if last else ()
        # Whatever changed of it, a former value too, shows in the number of values or in the last one.
        yield (
            ("indicator", row["code"]),
            " · ".join((row["code"], text_of(row["names"]), *figure, f"({len(row['values'])})")),
        )
