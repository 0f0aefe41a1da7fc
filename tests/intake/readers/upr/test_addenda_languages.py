"""Answers in French, Arabic and Spanish: headings, sentences, lists, tables, partial acceptance."""

import pytest

from tawsiya.intake.readers import detect
from tests.intake.readers.matrixbuilder import docx, paragraph, row, table

FRENCH_FRONT = (
    "A/HRC/59/99/Add.1",
    "8 avril 2025",
    "Rapport du Groupe de travail sur l’Examen périodique universel",
    "Norvège",
    "Additif",
    "Observations sur les conclusions et/ou recommandations, engagements et réponses de l’État examiné",
)
ARABIC_FRONT = (
    "A/HRC/59/99/Add.1",
    "8 نيسان/أبريل 2025",
    "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل",
    "النرويج",
    "إضافة",
    "آراء بشأن الاستنتاجات و/أو التوصيات، والالتزامات الطوعية والردود المقدمة من الدولة موضوع الاستعراض",
)
SPANISH_FRONT = (
    "A/HRC/59/99/Add.1",
    "8 de abril de 2025",
    "Informe del Grupo de Trabajo sobre el Examen Periódico Universal",
    "Noruega",
    "Adición",
)
S, N, B = "supported", "noted", "supported/noted"


def answers(front, *parts):
    body = "".join(paragraph(line) for line in front)
    body += "".join(part if part.startswith("<w:") else paragraph(part) for part in parts)
    result = detect.read(docx(body))
    assert result.document.type == "upr_addendum"
    return {r.paragraph: r for r in result.records if r.kind == "recommendation"}


def positions(found):
    return {name: record.position for name, record in found.items()}


def test_french_headings_and_sentences():
    found = answers(
        FRENCH_FRONT,
        "1. La Norvège remercie les délégations et a examiné les 20 recommandations reçues.",
        "I. Recommandations bénéficiant du soutien de la Norvège",
        "2. Les recommandations suivantes bénéficient du soutien de la Norvège : 144.1, 144.2, 144.4 à 144.6 et 144.9.",
        "II. Recommandations notées",
        "3. La Norvège prend note des recommandations nos 144.3, 144.7 et 144.8.",
        "4. La recommandation 144.10 n’a pas recueilli l’appui de la Norvège, car la loi ne le permet pas.",
        "5. La recommandation 144.11 est partiellement acceptée.",
        "6. La Norvège n’est pas en mesure d’accepter les recommandations 144.12 et 144.13.",
    )
    assert positions(found) == {
        **dict.fromkeys(("144.1", "144.2", "144.4", "144.5", "144.6", "144.9"), S),
        **dict.fromkeys(("144.3", "144.7", "144.8", "144.10", "144.12", "144.13"), N),
        "144.11": B,
    }
    assert found["144.4"].source_of_position == "A/HRC/59/99/Add.1 - Para. 2"
    assert found["144.4"].symbol == "A/HRC/59/99"
    assert found["144.4"].language == "fr"


def test_french_answers_one_by_one():
    found = answers(
        FRENCH_FRONT,
        "1. Réponses de la Norvège.",
        "144.1 Acceptée. Une loi a été adoptée.",
        "144.2 : Notée",
        "Recommandation 144.3 : La Norvège accepte cette recommandation.",
        "144.4 Planter des arbres (Chili) ;",
        "Réponse : Partiellement acceptée. Des arbres sont plantés dans le nord.",
        "144.5 La Norvège prend note de cette recommandation. Le coût serait trop élevé.",
        "144.6 N’est pas acceptée. La Constitution s’y oppose.",
    )
    assert positions(found) == {
        "144.1": S,
        "144.2": N,
        "144.3": S,
        "144.4": B,
        "144.5": N,
        "144.6": N,
    }
    assert found["144.1"].comment == "Une loi a été adoptée."
    assert (found["144.4"].text, found["144.4"].comment) == (
        "Planter des arbres",
        "Des arbres sont plantés dans le nord.",
    )
    assert found["144.5"].comment == "Le coût serait trop élevé."
    assert found["144.6"].comment == "La Constitution s’y oppose."


def test_headings_give_the_position_to_what_is_under_them():
    found = answers(
        FRENCH_FRONT,
        "1. Réponses de la Norvège.",
        "Recommandations acceptées",
        "144.1, 144.2 et 144.4",
        "Ces mesures sont prévues par le plan national.",
        "Recommandations partiellement acceptées",
        "144.5",
        "La première partie est acceptée.",
        "Recommandations qui n’ont pas recueilli l’appui de la Norvège",
        "144.3, 144.6-8",
        "Le Parlement ne l’a pas souhaité.",
    )
    assert positions(found) == {
        **dict.fromkeys(("144.1", "144.2", "144.4"), S),
        "144.5": B,
        **dict.fromkeys(("144.3", "144.6", "144.7", "144.8"), N),
    }
    assert found["144.2"].comment == "Ces mesures sont prévues par le plan national."
    assert found["144.7"].comment == "Le Parlement ne l’a pas souhaité."


@pytest.mark.parametrize("dash", [False, True], ids=["points", "dashes"])
def test_arabic_sentences(dash):
    lines = (
        "1- تشكر النرويج الوفود وقد نظرت في جميع التوصيات.",
        "أولاً- التوصيات التي تحظى بتأييد النرويج",
        "2- تحظى التوصيات التالية بتأييد النرويج: 144.1 و144.2 ومن 144.4 إلى 144.6 و144.9.",
        "ثانياً- التوصيات التي أُحيط بها علماً",
        "3- تحيط النرويج علماً بالتوصيات 144.3 و144.7 و144.8.",
        "4- لا تقبل النرويج التوصية 144.10 لأن القانون لا يسمح بذلك.",
        "5- تقبل النرويج التوصية 144.11 جزئياً.",
        "6- لم تحظ التوصيتان 144.12 و144.13 بتأييد النرويج.",
    )
    found = answers(ARABIC_FRONT, *(line.replace("144.", "144-") if dash else line for line in lines))
    assert positions(found) == {
        **dict.fromkeys(("144.1", "144.2", "144.4", "144.5", "144.6", "144.9"), S),
        **dict.fromkeys(("144.3", "144.7", "144.8", "144.10", "144.12", "144.13"), N),
        "144.11": B,
    }
    assert found["144.5"].source_of_position == "A/HRC/59/99/Add.1 - Para. 2"
    assert found["144.5"].language == "ar"


def test_arabic_indic_figures_and_numbers_turned_round():
    found = answers(
        ARABIC_FRONT,
        "١- تؤيد النرويج التوصيات ١٤٤-١ و١٤٤-٢ و١٤٤-٣.",
        "٢- أحاطت النرويج علماً بالتوصيات ٤-١٤٤ و٥-١٤٤.",
    )
    assert positions(found) == {**dict.fromkeys(("144.1", "144.2", "144.3"), S), "144.4": N, "144.5": N}


def test_arabic_answers_one_by_one():
    found = answers(
        ARABIC_FRONT,
        "1- ردود النرويج.",
        "144-1 مقبولة. اعتُمد قانون.",
        "144-2: أُحيط بها علماً",
        "التوصية 144-3: تقبل النرويج هذه التوصية.",
        "144-4 غرس الأشجار (شيلي)؛",
        "الرد: مقبولة جزئياً. تُغرس الأشجار في الشمال.",
        "144-5 غير مقبولة. يحظرها الدستور.",
        "144-6 تحظى بالتأييد.",
        "144-7 لا تحظى بالتأييد.",
    )
    assert positions(found) == {
        "144.1": S,
        "144.2": N,
        "144.3": S,
        "144.4": B,
        "144.5": N,
        "144.6": S,
        "144.7": N,
    }
    assert found["144.1"].comment == "اعتُمد قانون."
    assert (found["144.4"].text, found["144.4"].comment) == ("غرس الأشجار", "تُغرس الأشجار في الشمال.")
    assert found["144.5"].comment == "يحظرها الدستور."


def test_tables_in_french_and_arabic():
    french = answers(
        FRENCH_FRONT,
        table(
            row("Recommandation", "Position", "Commentaires"),
            row("144.1 Planter des arbres (Chili) ;", "Acceptée", "C’est fait."),
            row("144.2", "N’est pas acceptée", "Trop cher."),
            row("144.3", "Prend note", ""),
            row("144.4", "Acceptée en partie", "Le nord seulement."),
        ),
    )
    assert positions(french) == {"144.1": S, "144.2": N, "144.3": N, "144.4": B}
    assert (french["144.1"].text, french["144.1"].comment) == ("Planter des arbres", "C’est fait.")
    assert french["144.4"].comment == "Le nord seulement."
    arabic = answers(
        ARABIC_FRONT,
        table(
            row("التوصية", "الموقف", "التعليق"),
            row("144-1 غرس الأشجار (شيلي)؛", "مقبولة", "تم ذلك."),
            row("144-2", "غير مقبولة", "مكلفة."),
            row("144-3", "أُحيط بها علماً", ""),
            row("144-4", "مقبولة جزئياً", "في الشمال فقط."),
        ),
    )
    assert positions(arabic) == {"144.1": S, "144.2": N, "144.3": N, "144.4": B}
    assert (arabic["144.1"].text, arabic["144.1"].comment) == ("غرس الأشجار", "تم ذلك.")


def test_a_table_whose_rows_name_lists():
    found = answers(
        FRENCH_FRONT,
        table(
            row("Numéro", "Position de la Norvège", "Commentaire"),
            row("144.1-144.3, 144.7", "Soutenues", "Prévu par la loi."),
            row("144.4 à 144.6", "Notées", "Contraire à la loi."),
        ),
    )
    assert positions(found) == {
        **dict.fromkeys(("144.1", "144.2", "144.3", "144.7"), S),
        **dict.fromkeys(("144.4", "144.5", "144.6"), N),
    }
    assert found["144.3"].comment == "Prévu par la loi."


def test_columns_of_numbers_by_position():
    """Some States give a table with a column of accepted and a column of noted numbers."""
    found = answers(
        FRENCH_FRONT,
        table(
            row("Recommandations acceptées", "Recommandations notées"),
            row("144.1, 144.2, 144.5", "144.3, 144.4"),
            row("144.6", "144.7"),
        ),
    )
    assert positions(found) == {
        **dict.fromkeys(("144.1", "144.2", "144.5", "144.6"), S),
        **dict.fromkeys(("144.3", "144.4", "144.7"), N),
    }


def test_spanish():
    found = answers(
        SPANISH_FRONT,
        "1. Noruega agradece las recomendaciones recibidas.",
        "2. Noruega acepta las recomendaciones 144.1, 144.2 y 144.4 a 144.6.",
        "3. Noruega toma nota de las recomendaciones 144.3 y 144.7.",
        "4. La recomendación 144.8 no cuenta con el apoyo de Noruega.",
        "5. Noruega acepta parcialmente la recomendación 144.9.",
    )
    assert positions(found) == {
        **dict.fromkeys(("144.1", "144.2", "144.4", "144.5", "144.6"), S),
        **dict.fromkeys(("144.3", "144.7", "144.8"), N),
        "144.9": B,
    }


def test_french_first_cycle():
    found = answers(
        FRENCH_FRONT,
        "1. La Norvège répond aux recommandations figurant au paragraphe 98 du rapport.",
        "2. La Norvège accepte les recommandations 1, 2 et 4 à 6.",
        "3. La Norvège rejette la recommandation no 3.",
    )
    assert positions(found) == {
        **dict.fromkeys(("98.1", "98.2", "98.4", "98.5", "98.6"), S),
        "98.3": N,
    }
