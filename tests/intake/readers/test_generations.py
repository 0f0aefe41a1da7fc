"""Each generation of OHCHR's matrices, every field of a record written out by hand."""

import json

from tawsiya.intake.readers import detect
from tests.intake.readers.matrixbuilder import matrix_2013, matrix_2014, matrix_2025

FIELDS = [
    "kind",
    "mechanism",
    "symbol",
    "document",
    "paragraph",
    "subparagraph",
    "ordinal",
    "heading",
    "text",
    "language",
    "recommending_states",
    "recommending_states_unrecognised",
    "position",
    "source_of_position",
    "comment",
    "addressee",
    "follow_up",
    "external_id",
    "themes",
    "affected_persons",
    "sdgs",
    "page",
    "warnings",
]


def test_2013_every_field():
    first, second = (r.as_json() for r in detect.read(matrix_2013()).records)
    document = {
        "title": "UPR of Mauritania (2nd Cycle – 18th session) – Thematic list of recommendations",
        "date": None,
        "review": {"cycle": 2, "session": 18, "state": "MRT"},
        "type": "upr_matrix",
    }
    assert list(first)[: len(FIELDS)] == FIELDS
    assert first == {
        "kind": "recommendation",
        "mechanism": "UPR",
        "symbol": "A/HRC/26/11",
        "document": document,
        "paragraph": "91.4",
        "subparagraph": None,
        "ordinal": 1,
        "heading": "A12 Acceptance of international norms",
        "text": "Join the convention against disappearances (ICPPED)",
        "language": "en",
        "recommending_states": ["CHL"],
        "recommending_states_unrecognised": [],
        "position": "supported",
        "source_of_position": "A/HRC/26/11/Add.1 - Para. 91.4.",
        "comment": None,
        "addressee": None,
        "follow_up": None,
        "external_id": None,
        "themes": ["A12 Acceptance of international norms", "D32 Enforced disappearances"],
        "affected_persons": ["disappeared persons", "general"],
        "sdgs": [],
        "page": None,
        "warnings": [],
        "sdg_codes": [],
        "row": 3,
        "boxes": [],
        "concerns": [],
        "translations": [],
        "national": None,
    }
    assert second["text"] == "End executions; Publish figures on executions"
    assert second["recommending_states"] == ["NOR", "ITA"]
    assert second["comment"] == "Under study.\nBill before parliament."
    assert [w["code"] for w in second["warnings"]] == ["several_recommendations"]
    assert second["warnings"][0]["params"]["parts"] == [
        "End executions (Norway)",
        "Publish figures on executions (Italy)",
    ]


def test_2014_column_of_states():
    result = detect.read(matrix_2014())
    (record,) = result.records
    assert (record.paragraph, record.position) == ("112.31", "supported/noted")
    assert record.text == "Renovate places of detention"
    assert record.recommending_states == ("CIV",)
    assert record.recommending_states_unrecognised == ("Boliva",)
    assert [(w.code, w.params) for w in record.warnings] == [
        ("state_suggested", {"name": "Boliva", "suggestions": ("BOL",)})
    ]
    assert record.heading == "12.6. Conditions of detention"
    assert record.themes == ("12.6. Conditions of detention", "24. Right to health")
    assert record.affected_persons == ("persons deprived of their liberty",)
    assert record.source_of_position == "A/HRC/27/8/Add.1"
    assert result.document.review.session is None
    assert result.document.review.cycle == 2


def test_session_from_the_file_name_only_where_it_agrees_with_the_cycle():
    agreeing = detect.read(matrix_2014(), filename="elsewhere/UPR18_Senegal.docx")
    assert agreeing.document.review.session == 18
    assert [w.code for w in agreeing.warnings] == ["session_from_file_name"]
    assert detect.read(matrix_2014(), filename="UPR31.docx").document.review.session is None


def test_2025_goals_and_groups():
    result = detect.read(matrix_2025())
    (record,) = result.records
    assert (record.paragraph, record.position) == ("118.12", "supported")
    assert record.text == "Keep girls in rural schools"
    assert record.recommending_states == ("NLD", "TUR")
    assert record.themes == ("Right to education", "Discrimination against women")
    assert record.affected_persons == ("Women & girls",)
    assert record.sdgs == ("4 - QUALITY EDUCATION", "4.5 - Equal access", "16.a - Institutions")
    assert record.sdg_codes == ("4", "4.5", "16.a")
    assert record.symbol == "A/HRC/58/12"
    assert result.document.review.state == "GMB"
    assert result.document.title == (
        "UPR of the Gambia (4th Cycle - 47th Session) – Thematic list of recommendations"
    )
    assert record.warnings == ()


def test_records_survive_json():
    from tawsiya.intake.readers.records import Record

    for data in (matrix_2013(), matrix_2014(), matrix_2025()):
        for record in detect.read(data).records:
            assert Record.from_json(json.loads(json.dumps(record.as_json()))) == record
