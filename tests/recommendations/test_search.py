"""What people type is understood: words of any language, symbols, paragraphs."""

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import recommendations_for
from tawsiya.recommendations.search import Asked, condition, fold, understand
from tests import factories

DOCUMENTS = ["CERD/C/MAR/CO/19-21", "A/HRC/36/6", "A/HRC/36/6/Add.1", "E/C.12/MAR/CO/4"]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("A/HRC/36/6", Asked(symbol="A/HRC/36/6")),
        ("a hrc 36 6", Asked(symbol="A/HRC/36/6")),
        ("a hrc 36 6 add 1", Asked(symbol="A/HRC/36/6/Add.1")),
        ("cerd c mar co 19-21", Asked(symbol="CERD/C/MAR/CO/19-21")),
        ("cerd mar co 19-21", Asked(symbol="CERD/C/MAR/CO/19-21")),
        ("e c.12 mar co 4", Asked(symbol="E/C.12/MAR/CO/4")),
        (
            "A/HRC/36/6 § 144.5",
            Asked(symbol="A/HRC/36/6", paragraph="144.5", only_paragraph=True),
        ),
        (
            "cerd c mar co 19-21 12 (b)",
            Asked(symbol="CERD/C/MAR/CO/19-21", paragraph="12", path="b", only_paragraph=True),
        ),
        ("A/HRC/36/6 torture", Asked(symbol="A/HRC/36/6", words=("torture",))),
        ("31 (b) (ii)", Asked(paragraph="31", path="b.ii", only_paragraph=True, words=("31", "(b)", "(ii)"))),
        ("31b", Asked(paragraph="31", path="b", only_paragraph=True, words=("31b",))),
        ("para. 31", Asked(paragraph="31", only_paragraph=True, words=("para.", "31"))),
        ("الفقرة ٣١", Asked(paragraph="31", only_paragraph=True, words=("الفقره", "31"))),
        ("140.7", Asked(paragraph="140.7", words=("140.7",))),
        ("Éducation des filles", Asked(words=("education", "des", "filles"))),
        ('"sign language" deaf', Asked(words=("sign language", "deaf"))),
        # A symbol of no document that there is: words.
        ("CAT/C/MAR/CO/4", Asked(words=("cat/c/mar/co/4",))),
        ("", Asked()),
    ],
)
def test_a_query_is_understood(query: str, asked: Asked) -> None:
    assert understand(query, DOCUMENTS) == asked


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Éducation", "education"),
        ("l\u2019État", "l'etat"),
        ("الأُسْرَة", "الاسره"),
        ("إلى", "الي"),
        ("١٤٠", "140"),
    ],
)
def test_what_is_not_told_apart(written: str, read: str) -> None:
    assert fold(written) == read


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
        "cerd": factories.make_recommendation(cerd, paragraph="31", texts={"en": "Collect figures"}),
    }
    made["part"] = factories.make_recommendation(
        cerd, paragraph="31", subparagraph="b", texts={"en": "By language and region"}
    )
    return made


FOUND: list[tuple[str, set[str]]] = [
    ("girls", {"school"}),
    ("GIRLS school", {"school"}),
    ("ecole", {"school"}),
    ("l'école", {"school"}),
    ("مدرسه", {"school"}),
    # Both words exist, but in no one language together.
    ("girls filles", set()),
    ("144.5", {"school"}),
    ("144", {"school", "prison"}),
    # The number of a paragraph, and a word of a text.
    ("31", {"cerd", "part", "prison"}),
    ("§ 31", {"cerd", "part"}),
    ("31 (b)", {"part"}),
    ("cerd c mar co 19-21", {"cerd", "part"}),
    ("a hrc 36 6 144.50", {"prison"}),
    ("A/HRC/36", {"school", "prison"}),
    ("France", {"school"}),
    ("Tunisia", {"prison"}),
    ("%", set()),
    ("_", set()),
]


def test_a_query_finds(rows: dict[str, Recommendation]) -> None:
    visible = recommendations_for(factories.make_reader(Role.OBSERVER))
    names = {row.pk: name for name, row in rows.items()}
    hits = [
        (query, {names[pk] for pk in visible.filter(condition(query)).values_list("pk", flat=True)})
        for query, _expected in FOUND
    ]
    assert hits == FOUND
