"""Voluntary pledges: their chapter's heading in use, and their lists."""

import pytest

from tawsiya.intake.readers import detect
from tests.intake.readers.matrixbuilder import docx, paragraph

FRONTS = {
    "en": ("A/HRC/52/99", "Report of the Working Group on the Universal Periodic Review", "Norway"),
    "fr": ("A/HRC/52/99", "Rapport du Groupe de travail sur l’Examen périodique universel", "Norvège"),
    "ar": ("A/HRC/52/99", "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل", "النرويج"),
    "es": ("A/HRC/52/99", "Informe del Grupo de Trabajo sobre el Examen Periódico Universal", "Noruega"),
}


def read(language, *lines):
    return detect.read(docx("".join(paragraph(line) for line in (*FRONTS[language], *lines))))


def rows(result):
    return [(r.kind, r.paragraph, r.subparagraph, r.text) for r in result.records]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "III. Voluntary pledges and commitments"),
        ("en", "III. Voluntary commitments of the State under review"),
        ("fr", "III. Engagements et contributions volontaires"),
        ("fr", "III. Engagements exprimés volontairement par l’État examiné"),
        ("fr", "III. Promesses et engagements volontaires"),
        ("ar", "ثالثاً- التعهدات والالتزامات الطوعية"),
        ("ar", "ثالثاً- الالتزامات والتعهدات الطوعية"),
        ("ar", "ثالثاً- التبرعات والالتزامات الطوعية للدولة موضوع الاستعراض"),
        ("es", "III. Promesas y compromisos voluntarios"),
    ],
)
def test_the_chapter(language, heading):
    result = read(language, "1. Tout commence.", heading, "2. Texte.")
    assert [r.kind for r in result.records] == ["other", "pledge"]
    assert result.records[1].heading == heading


def test_lists_of_pledges():
    result = read(
        "fr",
        "1. Le rapport commence.",
        "II. Conclusions et/ou recommandations",
        "2. Les recommandations ci-après recueillent l’adhésion de la Norvège :",
        "2.1 Planter des arbres (Chili) ;",
        "III. Engagements volontaires",
        "3. La Norvège s’est engagée :",
        "a) À traduire le rapport ;",
        "b) À en rendre compte.",
        "4. Elle s’est aussi engagée à ce qui suit :",
        "4.1 Publier les chiffres ;",
        "4.2 Former les juges.",
        "5. Elle a promis :",
        "• De planter des haies ;",
        "• De tenir parole.",
    )
    assert rows(result)[3:] == [
        ("pledge", "3", None, "La Norvège s’est engagée :"),
        ("pledge", "3", "a", "À traduire le rapport ;"),
        ("pledge", "3", "b", "À en rendre compte."),
        ("pledge", "4", None, "Elle s’est aussi engagée à ce qui suit :"),
        ("pledge", "4.1", None, "Publier les chiffres ;"),
        ("pledge", "4.2", None, "Former les juges."),
        ("pledge", "5", None, "Elle a promis :"),
        ("pledge", "5.1", None, "De planter des haies ;"),
        ("pledge", "5.2", None, "De tenir parole."),
    ]
    assert all(r.position is None and r.recommending_states == () for r in result.records[3:])


def test_arabic_lists_of_pledges():
    result = read(
        "ar",
        "1- يبدأ التقرير.",
        "ثالثاً- التعهدات الطوعية",
        "2- تعهدت النرويج بما يلي:",
        "(أ) ترجمة التقرير؛",
        "(ب) تقديم تقرير منتصف المدة.",
        "3- وتعهدت أيضاً بما يلي:",
        "3-1 نشر الأرقام؛",
        "3-2 تدريب القضاة.",
    )
    assert [(kind, number, letter) for kind, number, letter, _ in rows(result)[1:]] == [
        ("pledge", "2", None),
        ("pledge", "2", "أ"),
        ("pledge", "2", "ب"),
        ("pledge", "3", None),
        ("pledge", "3.1", None),
        ("pledge", "3.2", None),
    ]
