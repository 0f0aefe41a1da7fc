"""Paragraph numbers, positions, headings and markers, in the languages matrices come in."""

import pytest

from tawsiya.intake.readers.columns import role_of
from tawsiya.intake.readers.labels import (
    heading_text,
    is_position,
    paragraph_number,
    parse_position,
    persons_marker,
    section_position,
    split_source,
)


@pytest.mark.parametrize(
    ("written", "number", "rest"),
    [
        ("140.7 Ratify", "140.7", "Ratify"),
        ("186.28. Continue", "186.28", "Continue"),
        ("186.28.Continue", "186.28", "Continue"),
        ("140.7Ratify", "140.7", "Ratify"),
        ("140. 7 Ratify", "140.7", "Ratify"),
        ("140.7 bis. Ratify", "140.7 bis", "Ratify"),
        ("5.12) Ratify", "5.12", "Ratify"),
        ("140.7: Ratify", "140.7", "Ratify"),
        ("140.7 – Ratify", "140.7", "Ratify"),
        ("Para. 140.7 Ratify", "140.7", "Ratify"),
        ("12. Ratify", "12", "Ratify"),
        ("140-7 التصديق", "140.7", "التصديق"),
        ("١٤٠-٧ التصديق", "140.7", "التصديق"),
        ("140.7", "140.7", ""),
        ("- 140.7 Ratify", "140.7", "Ratify"),
        ("Ratify", None, "Ratify"),
        ("2030 Agenda", None, "2030 Agenda"),
        ("2.5% of income", None, "2.5% of income"),
        ("30 per cent", None, "30 per cent"),
        ("", None, ""),
    ],
)
def test_paragraph_number(written, number, rest):
    assert paragraph_number(written) == (number, rest)


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("Supported", "supported"),
        ("SUPPORTED ", "supported"),
        ("Accepted", "supported"),
        ("Position: Supported", "supported"),
        ("Enjoys the support of the State", "supported"),
        ("Acceptée", "supported"),
        ("Appuyée", "supported"),
        ("Aceptada", "supported"),
        ("Apoyada", "supported"),
        ("مقبولة", "supported"),
        ("تحظى بالتأييد", "supported"),
        ("Noted", "noted"),
        ("Rejected", "noted"),
        ("Not supported", "noted"),
        ("Not accepted", "noted"),
        ("Does not enjoy support", "noted"),
        ("Not accepted, noted", "noted"),
        ("Notée", "noted"),
        ("Pris note", "noted"),
        ("Rejetée", "noted"),
        ("Tomada nota", "noted"),
        ("Rechazada", "noted"),
        ("أحيط علما", "noted"),
        ("مرفوضة", "noted"),
        ("لا تحظى بالتأييد", "noted"),
        ("Supported/Noted", "supported/noted"),
        ("Supported / noted", "supported/noted"),
        ("Partially accepted", "supported/noted"),
        ("Accepted in part", "supported/noted"),
        ("Partiellement acceptée", "supported/noted"),
        ("Parcialmente aceptada", "supported/noted"),
        ("Supported – no action required", "supported"),
        ("Supported1", "supported"),
        ("N’est pas acceptée", "noted"),
        ("Ne recueille pas l’adhésion de l’État", "noted"),
        ("Pending", None),
        ("", None),
        ("Under consideration", None),
    ],
)
def test_position(written, position):
    assert parse_position(written) == position


@pytest.mark.parametrize(
    "theme", ["A12 Acceptance of international norms", "Rights of the child", "Follow-up"]
)
def test_a_theme_is_no_position(theme):
    assert not is_position(theme)
    assert section_position(theme) is None


def test_section_position():
    assert section_position("Supported recommendations") == "supported"
    assert section_position("Noted") == "noted"


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("Theme: D23 Death penalty", ("D23 Death penalty", True)),
        ("THEME : Right to health ", ("Right to health", True)),
        ("Right or area: 2.1. Norms  \n", ("2.1. Norms", True)),
        ("Thème : Droit à la santé", ("Droit à la santé", True)),
        ("Tema: Derecho a la salud", ("Derecho a la salud", True)),
        ("الموضوع: الحق في الصحة", ("الحق في الصحة", True)),
        ("Right to health", ("Right to health", False)),
    ],
)
def test_heading(written, heading):
    assert heading_text(written) == heading


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Affected persons:", ""),
        ("Affected persons", ""),
        ("Groups of Persons: ", ""),
        ("Groupes de personnes : femmes", "femmes"),
        ("Personas afectadas:", ""),
        ("Persons with disabilities", None),
        ("- Groups at risk", None),
    ],
)
def test_persons_marker(line, rest):
    assert persons_marker(line) == rest


@pytest.mark.parametrize(
    ("line", "divided"),
    [
        ("Source of position: A/HRC/1/2", ("", "A/HRC/1/2")),
        ("Source of Position A/HRC/1/2", ("", "A/HRC/1/2")),
        ("Do it (Chile); Source of position: A/HRC/1/2", ("Do it (Chile);", "A/HRC/1/2")),
        ("Source de la position : A/HRC/1/2", ("", "A/HRC/1/2")),
        ("Fuente de la posición: A/HRC/1/2", ("", "A/HRC/1/2")),
        ("مصدر الموقف: A/HRC/1/2", ("", "A/HRC/1/2")),
        ("Use water sources", None),
    ],
)
def test_source(line, divided):
    found = split_source(line)
    assert (
        found == divided
        if divided is None
        else found is not None and ((found[0].strip(), found[1]) == divided)
    )


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Recommendation", "recommendation"),
        ("RECCOMENDATION", "recommendation"),
        ("Recommendation and recommending State", "recommendation"),
        ("Recommandation", "recommendation"),
        ("Recomendación", "recommendation"),
        ("التوصية", "recommendation"),
        ("Recommending state/s", "states"),
        ("Reccomending States", "states"),
        ("État auteur de la recommandation", "states"),
        ("Estado que recomienda", "states"),
        ("Position", "position"),
        ("Position of the State under review", "position"),
        ("State's position", "position"),
        ("Position de l’État", "position"),
        ("Posición del Estado", "position"),
        ("موقف الدولة", "position"),
        ("Full list of themes", "themes"),
        ("Full list of rights/affected persons", "themes"),
        ("Human rights themes and groups of persons", "themes"),
        ("Thèmes", "themes"),
        ("Temas", "themes"),
        ("المواضيع", "themes"),
        ("Affected persons", "persons"),
        ("Groups of persons", "persons"),
        ("Relevant SDGs", "sdgs"),
        ("Sustainable Development Goals", "sdgs"),
        ("ODD pertinents", "sdgs"),
        ("Objectifs de développement durable", "sdgs"),
        ("Assessment/comments on level of implementation", "comment"),
        ("Assesment", "comment"),
        ("Commentaires sur la mise en œuvre", "comment"),
        ("No.", "number"),
        ("Recommendation No.", "number"),
        ("Ministry", None),
        ("", None),
    ],
)
def test_role_of_header(header, role):
    assert role_of(header) == role
