"""Which brackets name States, which belong to the text."""

import pytest

from tawsiya.intake.readers.attribution import attribute

CASES = [
    # text as written, text expected, States, unrecognised, warning codes
    ("Train judges (Chile) (Peru);", "Train judges", ["CHL", "PER"], [], []),
    ("Train judges (Chile); (Estonia); ", "Train judges", ["CHL", "EST"], [], []),
    ("Train judges (Slovakia; Spain);", "Train judges", ["SVK", "ESP"], [], []),
    ("Train judges (Chile, Estonia and Peru).", "Train judges", ["CHL", "EST", "PER"], [], []),
    (
        "Train judges (Bosnia and Herzegovina, Trinidad and Tobago)",
        "Train judges",
        ["BIH", "TTO"],
        [],
        [],
    ),
    ("Train (Iran (Islamic Republic of));", "Train", ["IRN"], [], []),
    ("Train (Iran, Islamic Republic of) (Mali)", "Train", ["IRN", "MLI"], [], []),
    ("Train (UK) (Türkiye) (Holy See)", "Train", ["GBR", "TUR", "VAT"], [], []),
    ("Train (State of Palestine) ;", "Train", ["PSE"], [], []),
    ("Train (Netherlands) (Kingdom of the Netherlands)", "Train", ["NLD"], [], []),
    ("تدريب القضاة (شيلي)؛", "تدريب القضاة", ["CHL"], [], []),
    ("Former les juges (Côte d’Ivoire et Tchad) ;", "Former les juges", ["CIV", "TCD"], [], []),
    # Brackets of the text stay.
    ("Join the pact (ICPPED) (Mali);", "Join the pact (ICPPED)", ["MLI"], [], []),
    (
        "Join the statute (International Criminal Court) (Mali)",
        "Join the statute (International Criminal Court)",
        ["MLI"],
        [],
        [],
    ),
    ("Amend it (arts. 21 and 22) soon (Mali)", "Amend it (arts. 21 and 22) soon", ["MLI"], [], []),
    ("Help women (rural); girls (urban) (Mali)", "Help women (rural); girls (urban)", ["MLI"], [], []),
    (
        "Work with a neighbour (Israel) on water (Mali)",
        "Work with a neighbour (Israel) on water",
        ["MLI"],
        [],
        ["state_in_text"],
    ),
    (
        "Join the statute (International Criminal Court);",
        "Join the statute (International Criminal Court)",
        [],
        [],
        ["bracket_kept", "no_recommending_state"],
    ),
    # What is no State is handed out as written.
    ("Train (Boliva);", "Train", [], ["Boliva"], ["state_suggested"]),
    ("Train (Chile) (Boliva);", "Train", ["CHL"], ["Boliva"], ["state_suggested"]),
    ("Train (Boliva) (Chile);", "Train", ["CHL"], ["Boliva"], ["state_suggested"]),
    ("Train (Atlantis);", "Train", [], ["Atlantis"], ["state_unrecognised"]),
    ("Train (European Union) ", "Train", [], ["European Union"], ["state_unrecognised"]),
    (
        "Train (Norway, on behalf of the Nordic countries)",
        "Train",
        ["NOR"],
        ["Nordic countries"],
        ["state_unrecognised"],
    ),
    (
        "Train (on behalf of the Group of Friends)",
        "Train",
        [],
        ["Group of Friends"],
        ["state_unrecognised"],
    ),
    ("Train (Sierra Le one)", "Train", ["SLE"], [], ["state_spacing"]),
    ("Train (Venezuela (Bolivarian Republic of);", "Train", ["VEN"], [], ["unbalanced_brackets"]),
    ("Train (Chile; (Estonia);", "Train", ["CHL", "EST"], [], ["unbalanced_brackets"]),
    ("Train (Chile", "Train", ["CHL"], [], ["unbalanced_brackets"]),
    ("Train", "Train", [], [], ["no_recommending_state"]),
    ("Train;", "Train", [], [], ["no_recommending_state"]),
    ("", "", [], [], ["no_recommending_state"]),
    ("(Chile)", "", ["CHL"], [], []),
    (
        "Do (a) this (Chile);Do (b) that (Mali) ;",
        "Do (a) this; Do (b) that",
        ["CHL", "MLI"],
        [],
        ["several_recommendations"],
    ),
    ("End this practice. (France)", "End this practice.", ["FRA"], [], []),
]


@pytest.mark.parametrize(("written", "text", "known", "unknown", "codes"), CASES)
def test_brackets(written, text, known, unknown, codes):
    found = attribute(written)
    assert found.text == text
    assert list(found.states) == known
    assert list(found.unrecognised) == unknown
    assert [w.code for w in found.warnings] == codes


def test_the_column_decides_what_a_state_is():
    found = attribute("Train judges (ICC) (Atlantis);", ["Atlantis"])
    assert found.text == "Train judges (ICC)"
    assert found.unrecognised == ("Atlantis",)


def test_a_misspelt_bracket_is_forgiven_where_the_column_is_right():
    found = attribute("Train judges (Boliva);", ["Bolivia (Plurinational State of)"])
    assert (found.text, found.states, found.unrecognised) == ("Train judges", ("BOL",), ())


def test_column_and_brackets_are_united():
    found = attribute("Train judges (Chile)", ["Peru"])
    assert found.states == ("PER", "CHL")
    assert [w.code for w in found.warnings] == ["states_differ"]


def test_column_alone():
    found = attribute("Train judges;", ["Chile, Peru", "Mali"])
    assert (found.text, found.states) == ("Train judges", ("CHL", "PER", "MLI"))
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("bracket", "codes"),
    [
        ("Democratic Republic of the Congo (DRC)", ("COD",)),
        ("The former Yugoslav Republic of Macedonia (FYROM)", ("MKD",)),
        ("Great Britain", ("GBR",)),
        ("Korea (Republic of)", ("KOR",)),
        ("Netherlands (Kingdom of the), Bolivia (Plurinational State of)", ("NLD", "BOL")),
        ("República Islámica del Irán, Países Bajos y Côte d’Ivoire", ("IRN", "NLD", "CIV")),
        (
            "Bosnie-Herzégovine, Trinité-et-Tobago et ex-République yougoslave de Macédoine",
            ("BIH", "TTO", "MKD"),
        ),
        ("جمهورية كوريا، والجزائر، وجمهورية إيران الإسلامية", ("KOR", "DZA", "IRN")),
        ("البوسنة والهرسك وتيمور - ليشتي", ("BIH", "TLS")),
    ],
)
def test_names_as_they_stand_in_brackets(bracket, codes):
    given = attribute(f"Plant trees ({bracket});")
    assert (given.text, given.states, given.unrecognised) == ("Plant trees", codes, ())
