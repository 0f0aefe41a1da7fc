"""What a query finds among recommendations, in whatever language they are stored, and in which order."""

import pytest

from tawsiya.analysis.search.results import Search
from tawsiya.recommendations.models import Recommendation
from tests import factories


@pytest.fixture
def rows(db: None) -> dict[str, Recommendation]:
    upr = factories.make_document("A/HRC/36/6")
    cerd = factories.make_document("CERD/C/MAR/CO/19-21", body="CERD")
    made = {
        "school": factories.make_recommendation(
            upr,
            paragraph="144.5",
            texts={
                "en": "Keep girls in school",
                "fr": "Maintenir les filles à l\u2019École",
                "ar": "إبقاء الفتيات في المَدْرَسَة",
            },
            recommending_states=("FRA",),
        ),
        "prison": factories.make_recommendation(
            upr, paragraph="144.50", texts={"en": "Build 31 new prisons"}, recommending_states=("TUN",)
        ),
        "arabic": factories.make_recommendation(
            upr,
            paragraph="144.6",
            texts={"ar": "اعتماد التشريعات اللازمة لحماية الأطفال"},
            recommending_states=("TUN",),
        ),
        "cerd": factories.make_recommendation(cerd, paragraph="31", texts={"en": "Collect figures"}),
    }
    # A part belongs to its paragraph: what the part says, the recommendation says.
    factories.make_recommendation(
        cerd, paragraph="31", subparagraph="b", texts={"en": "By language and region"}
    )
    return made


FOUND: list[tuple[str, set[str]]] = [
    ("girls", {"school"}),
    ("GIRLS school", {"school"}),
    ("girl schools", {"school"}),
    ("ecole", {"school"}),
    ("l'école", {"school"}),
    ("fille", {"school"}),
    ("مدرسه", {"school"}),
    ("المدارس", {"school"}),
    ("حماية الطفل", {"arabic"}),
    ("تشريع", {"arabic"}),
    # Both words exist, but in no one language together.
    ("girls filles", set()),
    ("figures region", {"cerd"}),
    ('"in school"', {"school"}),
    ('"girls school"', set()),
    ('"GIRLS in"', {"school"}),
    ('"لحماية الاطفال"', {"arabic"}),
    # Word for word: no other form.
    ('"girl in school"', set()),
    ("-girls new", {"prison"}),
    ("new -prison", set()),
    ('collect -"by language"', set()),
    ('collect -"language by"', {"cerd"}),
    ("144.5", {"school"}),
    ("144", {"school", "prison", "arabic"}),
    # The number of a paragraph, and a word of a text.
    ("31", {"cerd", "prison"}),
    ("§ 31", {"cerd"}),
    ("31 (b)", {"cerd"}),
    ("31 (c)", set()),
    ("cerd c mar co 19-21", {"cerd"}),
    ("cerdcmarco19-21", {"cerd"}),
    ("a hrc 36 6 144.50", {"prison"}),
    ("A/HRC/36", {"school", "prison", "arabic"}),
    ("a hrc 36 6 -prisons", {"school", "arabic"}),
    ("France", {"school"}),
    ("Tunisia", {"prison", "arabic"}),
    ("تونس", {"prison", "arabic"}),
    ("USA", set()),
    ("%", set()),
    ("_", set()),
    ("'", set()),
    ("\\ ' & | ! : ()", set()),
    ("girls' \\school", {"school"}),
]


def test_a_query_finds(rows: dict[str, Recommendation]) -> None:
    names = {row.pk: name for name, row in rows.items()}
    hits = [(query, {names[pk] for pk in Search(query).recommendations}) for query, _expected in FOUND]
    assert hits == FOUND


def order(query: str, rows: dict[str, Recommendation]) -> list[str]:
    names = {row.pk: name for name, row in rows.items()}
    hits = Search(query).recommendations
    return [names[pk] for pk in sorted(hits, key=lambda pk: -hits[pk])]


def test_rare_words_and_titles_and_short_texts_come_first(db: None) -> None:
    document = factories.make_document("A/HRC/36/6")

    def make(text: str) -> Recommendation:
        return factories.make_recommendation(document, texts={"en": text}, recommending_states=("FRA",))

    for number in range(12):
        make(f"Protect the rights of all people, measure {number}")
    rows = {
        "rare": make(
            "Protect the albino minority, and go on with what was begun by the commission of inquiry"
        ),
        "both": make("Protect albino children"),
        "long": make(
            "Go on with the work that the commission of inquiry began in the regions of the south and of the "
            "east, publish its report in every language that is spoken there, and protect albino children"
        ),
    }
    assert order("albino", rows) == ["both", "rare", "long"]
    assert order("albino children", rows) == ["both", "long"]


def test_words_as_typed_together_come_first(db: None) -> None:
    document = factories.make_document("A/HRC/36/6")
    rows = {
        name: factories.make_recommendation(document, texts={"en": text}, recommending_states=("FRA",))
        for name, text in {
            "apart": "Ban work that harms a child",
            "together": "Ban child work that harms",
        }.items()
    }
    assert order("child work", rows) == ["together", "apart"]


def test_the_paragraph_itself_comes_before_those_below(rows: dict[str, Recommendation]) -> None:
    assert order("A/HRC/36/6 144.5", rows) == ["school"]
    assert order("144.5", rows) == ["school"]
    assert order("31", rows)[0] == "cerd"
