"""Calendar files after RFC 5545."""

from datetime import UTC, date, datetime

from tawsiya.core.ical import DayEvent, calendar

CHANGED = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


def test_a_whole_file() -> None:
    event = DayEvent(
        uid="reply-7@tawsiya",
        day=date(2031, 12, 31),
        title="Answer “Prisons; detention, courts”",
        changed=CHANGED,
        text="Justice\nhttps://example.org/",
        url="https://example.org/",
        alarm=3,
    )
    assert calendar([event], name="Deadlines", language="en").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tawsiya//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Deadlines",
        "X-WR-CALNAME:Deadlines",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "BEGIN:VEVENT",
        "UID:reply-7@tawsiya",
        "DTSTAMP:20310203T040506Z",
        "LAST-MODIFIED:20310203T040506Z",
        "DTSTART;VALUE=DATE:20311231",
        "DTEND;VALUE=DATE:20320101",
        "SUMMARY:Answer “Prisons\\; detention\\, courts”",
        "DESCRIPTION:Justice\\nhttps://example.org/",
        "URL:https://example.org/",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Answer “Prisons\\; detention\\, courts”",
        "TRIGGER:-P3D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_long_lines_are_folded_at_octets_and_never_inside_a_letter() -> None:
    title = "الجواب عن استبيان يتعلق بالتقرير الوطني المقدم إلى الفريق العامل المعني بالاستعراض الدوري الشامل"
    event = DayEvent(uid="a", day=date(2031, 1, 1), title=title, changed=CHANGED)
    text = calendar([event], name="الآجال", language="ar")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{title}" in text.replace("\r\n ", "")
