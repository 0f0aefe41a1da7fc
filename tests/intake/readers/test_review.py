"""Title, State, cycle and session from the lines of a header."""

import pytest

from tawsiya.intake.readers.review import review_of, title_of


@pytest.mark.parametrize(
    ("line", "cycle", "session", "state"),
    [
        ("UPR of China (2nd Cycle – 17th session)", 2, 17, "CHN"),
        ("UPR of Egypt - Second Cycle", 2, None, "EGY"),
        ("UPR of the Gambia (4th Cycle - 47th Session)", 4, 47, "GMB"),
        ("UPR of Bolivia (Plurinational State of) (2nd Cycle – 20th session)", 2, 20, "BOL"),
        ("UPR of Bosnia and Herzegovina (3rd Cycle – 34th session)", 3, 34, "BIH"),
        ("UPR of Guinea-Bissau, third cycle, 35th session", 3, 35, "GNB"),
        ("UPR of Czech Republic 3rd cycle", 3, None, "CZE"),
        ("UPR of Iran (Islamic Republic of), 34th session", 3, 34, "IRN"),
        ("UPR of the United Kingdom of Great Britain and Northern Ireland (Cycle II)", 2, None, "GBR"),
        ("UPR of Togo\tThematic list of recommendations", None, None, "TGO"),
        ("UPR Morocco (27th session)", 3, 27, "MAR"),
        ("Universal Periodic Review – Morocco (Third Cycle)", 3, None, "MAR"),
        ("Thematic list of recommendations – Morocco (13th session)", 2, 13, "MAR"),
        ("EPU du Maroc (3e cycle – 27e session)", 3, 27, "MAR"),
        ("EPU de la France (quatrième cycle – 43ème session)", 4, 43, "FRA"),
        ("Examen périodique universel de l’Algérie (1er cycle)", 1, None, "DZA"),
        ("EPU de Chad (2.º ciclo – 17.º período de sesiones)", 2, 17, "TCD"),
        ("الاستعراض الدوري الشامل للمغرب (الجولة الثالثة – الدورة 27)", 3, 27, "MAR"),
        ("UPR of Tamourt (4th Cycle – 43rd session)", 4, 43, "XTM"),
        ("Minutes of a meeting", None, None, None),
        ("", None, None, None),
    ],
)
def test_review(line, cycle, session, state):
    review, _ = review_of([line])
    assert (review.cycle, review.session, review.state) == (cycle, session, state)


def test_what_was_derived_is_said():
    warnings = review_of(["UPR Morocco (27th session)"])[1]
    assert [(w.code, w.params) for w in warnings] == [("cycle_from_session", {"cycle": 3})]
    assert [w.code for w in review_of(["x"])[1]] == ["state_under_review_unknown"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["UPR of Chad (2nd Cycle)\t\tList*\t\tPage 1 of 9"], "UPR of Chad (2nd Cycle) – List"),
        (["EPU du Tchad\tPage 1 sur 9"], "EPU du Tchad"),
        (["A", "A", "B\nPage 3"], "A – B"),
        (["Page 1"], None),
        ([], None),
    ],
)
def test_title(lines, title):
    assert title_of(lines) == title
