"""A small programme of no State, on which a template is tried before it is taken."""

_MEASURE = {
    "code": "1.1",
    "title": "Measure",
    "description": "Description",
    "progress": "Planned",
    "basics": [{"label": "Label", "value": "One line\nand another"}],
    "facts": [{"label": "Label", "value": "One line\nand another"}],
    "milestones": [
        {"title": "Milestone", "due": "1 January", "reached": "", "proof": "Letter", "waits": "1.2/1"}
    ],
    "money": [
        dict.fromkeys(("year", "currency", "source", "planned", "committed", "spent", "as_of"), "Money"),
    ],
    "laws": [dict.fromkeys(("kind", "title", "number", "stage", "since", "reported", "planned"), "Law")],
    "indicators": [
        dict.fromkeys(("code", "name", "unit", "baseline", "targets", "last", "standing"), "Indicator"),
    ],
    "report": dict.fromkeys(("institution", "date", "progress", "text"), "Report"),
    "references": ["A/HRC/1/1 § 1"],
}
CONTENT = {
    "title": "Programme <&>",
    "state_name": "State",
    "version": "Version 1",
    "state": "Draft",
    "draft": "Draft",
    "act": "",
    "language": "en",
    "rtl": False,
    "count": 1,
    "axes": [{"code": "1", "title": "Axis", "level": 1, "measures": [_MEASURE]}],
    "annex": [{"reference": "A/HRC/1/1 § 1", "text": "Text", "measures": "1.1"}],
    "words": dict.fromkeys(
        [
            *("annex", "recommendation", "text", "measures", "milestones", "milestone", "due", "reached"),
            *("answers", "contents", "page", "proof", "waits", "budget", "year", "planned", "committed"),
            *("spent", "legislation", "stage", "indicators", "indicator", "baseline", "targets", "last"),
            "report",
        ],
        "Word",
    ),
}
