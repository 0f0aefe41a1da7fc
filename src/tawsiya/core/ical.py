"""Write iCalendar files (RFC 5545): all-day events only. Pure, no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_WIDTH = 75  # octets of a line, RFC 5545 §3.1


@dataclass(frozen=True)
class DayEvent:
    """An event of a whole day.

    uid: the same for ever, so that a calendar moves the event rather than adding another.
    changed: when it last changed (aware).
    alarm: how many days before to remind, 0 for no alarm.
    """

    uid: str
    day: date
    title: str
    changed: datetime
    text: str = ""
    url: str = ""
    alarm: int = 0


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> str:
    """Break a line so that no part exceeds 75 octets, never inside a character."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _WIDTH:
            parts.append(part)
            part, size = " ", 1
        part, size = part + character, size + octets
    return "\r\n".join([*parts, part])


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _event(event: DayEvent) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(event.changed)}"
    yield f"LAST-MODIFIED:{_moment(event.changed)}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_escaped(event.text)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    if event.alarm:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.title)}"
        yield f"TRIGGER:-P{event.alarm}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def calendar(events: Iterable[DayEvent], *, name: str, language: str) -> str:
    """Return a calendar file, lines ended as RFC 5545 asks (CRLF) and folded.

    Args:
        name: what calendars show as the name of the subscription.
        language: of the titles, a language code.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tawsiya//Deadlines//" + language.upper(),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"
